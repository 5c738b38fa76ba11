"""Reminds those who were asked to look at an invitation to many."""

from bot.events import telling
from bot.events.going_out import screens_sending, store_approvals
from bot.events.going_out.actions_sending import Look
from bot.events.going_out.approving import ask_to_look
from bot.routes import Routes
from bot.turn import Tick, button
from bot.words import phrase

routes = Routes()


@routes.at_tick(store_approvals.REMINDERS_DUE)
async def remind_those_asked(tick: Tick) -> bool:
    """A working day has passed and nobody has looked: those who can are reminded, and its author knows, each once."""
    claimed = await store_approvals.claim_reminder(tick.db, tick.now)
    if claimed is None:
        return False
    event = await store_approvals.submitted(tick.db, claimed)
    if event is None:  # decided on, or being written again
        return True
    asked = await store_approvals.second_pairs(tick.db, event)
    await ask_to_look(tick, event, asked, "events.staff.look_reminder")
    if event.created_by is not None:
        tick.tell(
            event.created_by,
            phrase(
                "events.staff.nobody_looked",
                title=event.title,
                when=telling.when(event),
                names=screens_sending.names(asked),
            ),
            keyboard=((button("events.staff.button.open_submitted", Look(event.id)),),),
        )
    return True

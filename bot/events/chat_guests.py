"""Young people and staff who were invited: they answer, change their answer, and look at what is coming."""

from typing import assert_never

from bot.events import guests, rules, screens, store, store_guests
from bot.events.actions import Answer, ShowInvitation, ShowMine
from bot.events.rules import Event, Invitation
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Turn, button

routes = Routes()

routes.offer({Role.YOUTH}, 30, button("events.youth.button.mine", ShowMine()))


@routes.press(ShowMine)
async def mine(turn: Turn, _: ShowMine) -> None:
    await guests.show_mine(turn)


@routes.press(ShowInvitation)
async def show_invitation(turn: Turn, action: ShowInvitation) -> None:
    found = await _invited_to(turn, action.event)
    if found is not None:
        event, invitation = found
        if not _too_late(turn, rules.answer(event, invitation.reply, rules.Reply.YES, turn.now)):
            guests.show_invitation(turn, event, invitation.reply)


@routes.press(Answer)
async def answer(turn: Turn, action: Answer) -> None:
    found = await _invited_to(turn, action.event)
    if found is None:
        return
    event, invitation = found
    outcome = rules.answer(event, invitation.reply, action.reply, turn.now)
    if _too_late(turn, outcome):
        return
    if outcome == rules.Answered(changed=True):
        await store_guests.save_reply(turn.db, event.id, turn.person.id, action.reply, turn.now)
        await turn.note("event.answered", "event", event.id)
    guests.show_invitation(turn, event, action.reply)


async def _invited_to(turn: Turn, event_id: int) -> tuple[Event, Invitation] | None:
    """The event with this person's invitation; without one they are told the same as if there were no such event."""
    event = await store.event(turn.db, event_id)
    invitation = await store_guests.invitation(turn.db, event_id, turn.person.id)
    if event is None or invitation is None:
        await turn.forbidden()
        return None
    return event, invitation


def _too_late(turn: Turn, outcome: rules.Outcome) -> bool:
    """Whether there is nothing left to answer, in which case that has been said."""
    is_youth = turn.person.is_youth
    to = screens.voice(is_youth=is_youth)
    keyboard = screens.helped((screens.mine_row(is_youth=is_youth),), is_youth=is_youth)
    match outcome:
        case rules.Answered():
            return False
        case rules.Started():
            turn.say(f"events.{to}.has_started", keyboard=keyboard)
        case rules.CalledOff():
            turn.say(f"events.{to}.was_cancelled", keyboard=keyboard)
        case never:
            assert_never(never)
    return True

"""Hands a change with words for many to the other coordinators; its author sees that it waits."""

from bot.events import screens
from bot.events.changed import changes, screens_handed, store_handed
from bot.events.changed.actions_handed import LookAtChange
from bot.events.changed.changes import Told
from bot.events.changed.store_handed import Handed
from bot.events.event import Event
from bot.events.going_out import store_approvals
from bot.events.rules import may_run
from bot.events.whom import heard_by
from bot.people import store as people
from bot.roles import Person
from bot.turn import Turn, button


async def needs_another(turn: Turn, event: Event, new: Told) -> bool:
    """Whether whoever wrote it may not tell it alone."""
    above = turn.settings.four_eyes_above
    return changes.needs_another(new, await heard_by.exactly(turn, event, new), above)


async def hand_over(turn: Turn, event: Event, new: Told) -> None:
    """Ask each of the others once; where there is nobody else, it stays as it was written, and it is said whom it
    takes."""
    asked = await store_approvals.others(turn.db, event, turn.person.id)
    if not asked:
        screens.show(turn, *screens_handed.nobody_to_ask(event, turn.settings.four_eyes_above))
        return
    number = await store_handed.hand_over(turn.db, event.id, turn.person.id, turn.now)
    handed = None if number is None else await store_handed.handed(turn.db, number)
    if handed is None:
        return
    await turn.note("event.change_handed", "event", event.id)
    what = screens_handed.please(event, named(turn.person), await heard_by.change(turn, event, new))
    for one in asked:
        turn.tell(one.id, what, keyboard=((button("events.staff.button.look_at_change", LookAtChange(handed.id)),),))
    await show_waiting(turn, event, handed)


async def show_waiting(turn: Turn, event: Event, handed: Handed) -> None:
    """What its author sees of it until somebody has looked."""
    asked = await store_approvals.others(turn.db, event, turn.person.id)
    screens.show(turn, screens_handed.waits(event, asked), screens_handed.waits_keyboard(handed))


async def is_waiting(turn: Turn, event: Event) -> bool:
    """Whether this person handed something over that nobody has looked at: then they were shown that."""
    handed = await store_handed.of(turn.db, event.id, turn.person.id)
    if handed is None:
        return False
    await show_waiting(turn, event, handed)
    return True


async def author(turn: Turn, event: Event, handed: Handed) -> Person | None:
    """Whoever wrote it, if they are still there and may still run the event."""
    found = None if handed.by is None else await people.person(turn.db, handed.by)
    return found if found is not None and may_run(found, event) else None


async def author_name(turn: Turn, handed: Handed) -> str:
    """What they are called, though they may run nothing any more; a dash where they have been erased."""
    found = None if handed.by is None else await people.person(turn.db, handed.by)
    return "-" if found is None else named(found)


def named(person: Person) -> str:
    """A colleague's name."""
    return person.name or person.code_name

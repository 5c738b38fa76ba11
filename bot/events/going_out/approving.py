"""Asks the other coordinators to look at an invitation to many before it goes out."""

from collections.abc import Sequence

from bot.calendar import Hours, add_working_days
from bot.events import telling
from bot.events.event import Event, State
from bot.events.going_out import screens_sending, sending, sending_plan, store_approvals
from bot.events.whom.reach import Reach
from bot.events.whom.screens_audience import whom
from bot.people import store as people
from bot.roles import Person
from bot.turn import Tick
from bot.words import phrase


async def hand_in(tick: Tick, event: Event, reach: Reach, *, was: State = State.DRAFT) -> list[Person]:
    """Hand it in, and ask those who can look at it, who are returned; nobody can: nothing changes."""
    asked = await store_approvals.second_pairs(tick.db, event)
    if not asked:
        return []
    handed_in = sending.digest(event), reach.stated(tick.settings.fewest_shown)
    hours: Hours = await tick.hours()
    next_at = add_working_days(tick.now, 1, hours)
    if was is State.DRAFT:
        moved = await store_approvals.submit(tick.db, event.id, event.created_by, handed_in, tick.now, next_at)
    else:
        moved = await store_approvals.submit_what_was_to_go(tick.db, event, handed_in, tick.now, next_at)
    if moved:
        await tick.record("event.submitted", actor=event.created_by, subject="event", subject_id=event.id)
        await ask_to_look(tick, event, asked, "events.staff.look_please")
    return asked


async def ask_to_look(tick: Tick, event: Event, asked: Sequence[Person], key: str) -> None:
    """Tell each of them once that it waits."""
    author = None if event.created_by is None else await people.person(tick.db, event.created_by)
    found = await sending_plan.reach(tick, event)
    what = phrase(
        key,
        title=event.title,
        when=telling.when(event),
        author="-" if author is None else author.name or author.code_name,
        people=screens_sending.people(found, tick.settings.fewest_shown),
        whom=await whom(tick, event),
    )
    for one in asked:
        tick.tell(one.id, what, keyboard=screens_sending.look_keyboard(event))

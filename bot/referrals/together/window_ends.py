"""How a window for three ends, whoever or whatever ends it: once, and everybody in it is told."""

from enum import StrEnum

from bot.people import store as people
from bot.referrals import rules, screens
from bot.referrals.referral import Circle
from bot.referrals.together import screens_windows, store_windows
from bot.referrals.together.windows import Three, Window, three
from bot.roles import Person
from bot.turn import Tick, Turn
from bot.words import phrase


class Why(StrEnum):
    """Why it ended; the last word of the notices' keys."""

    CLOSED = "window_closed"
    """One of the three closed it."""
    TIME_OVER = "window_time_over"
    ENDED = "window_ended"
    """The referral is over, the mentor another, or one of the three cannot be reached any more."""


async def guide_of(tick: Tick, window: Window) -> Person | None:
    return await people.person(tick.db, window.opened_by)


async def three_of(tick: Tick, circle: Circle, window: Window) -> Three | None:
    """The three as they still are; None where one of them is none any more."""
    return three(circle, await guide_of(tick, window))


async def end(tick: Tick, circle: Circle, window: Window, why: Why) -> None:
    """End it and tell them; of an offer that nobody has answered only whoever made it hears."""
    if not await store_windows.end(tick.db, window, tick.now):
        return
    actor = tick.person.id if isinstance(tick, Turn) else None
    await tick.record("referral.window_ended", actor=actor, subject="referral", subject_id=window.referral_id)
    still = await three_of(tick, circle, window)
    for person in await _concerned(tick, circle, window):
        if person.id != actor:
            _tell(tick, circle, window, still, person, why)


async def _concerned(tick: Tick, circle: Circle, window: Window) -> list[Person]:
    """Those who are still what they were when it opened."""
    guide, receiver = await guide_of(tick, window), circle.receiver
    guides = [guide] if guide is not None and rules.refers(guide, circle.referral, circle.case) else []
    if window.agreed_at is None:
        return guides
    return [circle.youth, *guides, *([receiver] if receiver is not None else [])]


def _tell(tick: Tick, circle: Circle, window: Window, still: Three | None, person: Person, why: Why) -> None:
    lapsed = window.agreed_at is None and why is Why.TIME_OVER
    name = "window_not_answered" if lapsed else why.value
    facts = screens.youth_facts_of(circle) if person.is_youth else screens.facts_of(circle)
    tick.tell(
        person.id,
        phrase(f"referrals.{screens_windows.audience(person)}.{name}", **facts),
        keyboard=screens_windows.way_on(person, circle, still),
        about=None if person.is_youth else circle.youth.id,
    )

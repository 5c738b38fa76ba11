"""What a case's check-ins hang on, gathered from where it is kept: rhythm, dates, pauses, and both people's clocks."""

from datetime import date

from bot.calendar import Hours
from bot.checkins.replanning import Term
from bot.people.store_zone import zone_names
from bot.people.zones import zone_of
from bot.programme.afterwards import aftercare
from bot.programme.period import store_pauses
from bot.programme.rules import JOINED, Case
from bot.storage import days_off
from bot.turn import Tick


async def hours_of(tick: Tick, case: Case) -> tuple[Hours, tuple[Hours, ...]]:
    """The hours of the young person, whose wall clock a check-in goes by, and of the mentor, who must be awake too."""
    free = await days_off.load(tick.db)
    ids = [case.youth_id, *([] if case.mentor_id is None else [case.mentor_id])]
    named = await zone_names(tick.db, ids)
    young, *others = (Hours.latvia(zone_of(named.get(one), tick.zone), free) for one in ids)
    return young, tuple(one for one in others if one.zone != young.zone)


async def term_of(tick: Tick, case: Case) -> Term | None:
    """What a case is planned from; None where nothing is to be planned for it."""
    if case.stage not in JOINED or case.rhythm is None or case.starts_on is None or case.ends_on is None:
        return None
    young, others = await hours_of(tick, case)
    pauses = tuple((one.starts_on, one.resumes_on) for one in await store_pauses.of_case(tick.db, case.id))
    after = aftercare.starts_on(case)
    later: tuple[date, ...] = ()
    if after is not None and case.aftercare_until is not None:
        later = tuple(aftercare.aftercare_days(after, case.aftercare_until, case.rhythm.weekday))
    return Term(case.rhythm, case.starts_on, case.ends_on, young, others, later, pauses)

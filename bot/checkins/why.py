"""Why a check-in is due when it is, in one sentence: from the calendar's own reasons, and from who moved it."""

from datetime import date, timedelta

from bot.calendar import Move, Reason, holiday_names, planned_days, slot_of, wall
from bot.checkins import store_plan
from bot.checkins.replanning import Term
from bot.checkins.rules import CheckIn
from bot.checkins.terms import term_of
from bot.people import store as people
from bot.programme.cards import rhythm, shown
from bot.programme.rules import Case
from bot.turn import Tick
from bot.words import InLanguages, Language, Listing, Phrase, phrase

_ONE_DAY = timedelta(days=1)


async def why_of(tick: Tick, checkin: CheckIn, case: Case) -> Phrase:
    """The same for a check-in and its case, with all that it hangs on looked up."""
    if (term := await term_of(tick, case)) is None:
        return phrase("checkins.any.why.no_plan")
    mover = None
    if checkin.sequence and (number := await store_plan.moved_by(tick.db, checkin.id)) is not None:
        mover = await people.person(tick.db, number)
    return why(checkin, term, None if mover is None else shown(mover))


def why(checkin: CheckIn, term: Term, moved_by: str | None = None) -> Phrase:
    """Why this check-in is due at its moment; `moved_by` is who put it there, where somebody did and is still known.

    A time that people chose comes before every rule; then what the calendar says; then the rhythm itself.
    """
    planned = wall(checkin.planned_on, term.rhythm.at, term.hours.zone)
    if checkin.agreed_at is not None:
        return phrase("checkins.any.why.agreed", planned=planned)
    if checkin.sequence:
        if moved_by is None:
            return phrase("checkins.any.why.moved", planned=planned)
        return phrase("checkins.any.why.moved_by", planned=planned, who=moved_by)
    slot = slot_of(checkin.planned_on, term.rhythm.at, term.hours, term.others)
    if slot.moves:
        last = term.local(slot.at)
        reasons = tuple(_reason(move, checkin.planned_on, last, term) for move in slot.moves)
        return phrase("checkins.any.why.waits", planned=planned, reasons=Listing(reasons))
    if checkin.planned_on in term.later:
        return phrase("checkins.any.why.aftercare")
    if (resumes_on := _pause_before(checkin.planned_on, term)) is not None:
        return phrase("checkins.any.why.after_pause", day=resumes_on)
    return phrase("checkins.any.why.rhythm", rhythm=rhythm(term.rhythm))


def _reason(move: Move, first: date, last: date, term: Term) -> Phrase:
    match move.reason:
        case Reason.HOLIDAY:
            return phrase("checkins.any.why.holiday", name=_holiday(move, first, last, term))
        case Reason.DAY_OFF if move.name:
            return phrase("checkins.any.why.day_off", name=move.name)
        case Reason.DAY_OFF:
            return phrase("checkins.any.why.unnamed_day_off")
        case Reason.QUIET_HOURS | Reason.WEEKEND | Reason.CLOCK_CHANGE:
            return phrase(f"checkins.any.why.{move.reason.value}")


def _holiday(move: Move, first: date, last: date, term: Term) -> InLanguages | str:
    """The holiday's name in each language; it lies between the day planned and the day it goes out."""
    day = first
    while day <= last:
        if term.hours.holidays(day) == move.name and (names := holiday_names(day)):
            return InLanguages({Language(code): name for code, name in names.items()}, Language.LV)
        day += _ONE_DAY
    return move.name or ""


def _pause_before(day: date, term: Term) -> date | None:
    """When things went on, if this is the first check-in after a pause that left others out."""
    before = [one for one in planned_days(term.rhythm, term.starts_on, day) if one < day]
    if not before or not term.is_paused(before[-1]):
        return None
    return max(resumes_on for starts_on, resumes_on in term.pauses if starts_on <= before[-1] < resumes_on)

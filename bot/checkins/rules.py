"""Check-ins: when a mentor is asked about one, how it is recorded or moved, and what follows when nobody does.

The ladder runs in working days and only in working time: asked, asked once more, then the deputy where there is one,
then the programme lead; whoever is above is told together with the mentor, so that nobody is talked about unknowingly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, assert_never

from bot.calendar import Hours, Kind, add_working_days, allowed, is_working_day, wall
from bot.happenings import Happening
from bot.programme.rules import Case
from bot.roles import Person, Role

LOW_PULSE: Final = 2
"""An answer of 1 or 2 of 5 brings the way to talk with somebody; it is no label and no measurement."""

TIMES: Final = (30, 60, 90, 120)
"""How long a check-in took, in minutes, as the buttons offer it."""

MOODS: Final = (1, 2, 3, 4, 5)
"""How somebody seemed to their mentor, worst first: a memory aid, no measurement."""

MOST_NOTE: Final = 500
"""Characters of a mentor's note."""

MOVE_AHEAD: Final = timedelta(days=14)
"""How far a check-in may be moved; a button for it goes stale by itself."""

SOON: Final = timedelta(days=7)
"""How far ahead the list of the day looks."""


REMIND_AFTER: Final = 1
DEPUTY_AFTER: Final = 1
LEAD_AFTER: Final = 1
"""Working days from the due hour to the second question, from there to the deputy, and from there to the lead. Nobody
has published such terms for the programme: they are ours, short enough that a young person is not left for a week."""


class Way(StrEnum):
    """How a check-in went."""

    MET = "met"
    CALLED = "called"
    WROTE = "wrote"
    UNREACHABLE = "unreachable"


class State(StrEnum):
    """Where a check-in stands."""

    PLANNED = "planned"
    ASKED = "asked"
    REMINDED = "reminded"
    DEPUTY = "deputy"
    """Whoever stands in for the mentor has been told that it is not recorded."""
    ESCALATED = "escalated"
    """The programme lead has been told that it is not recorded."""
    MISSED = "missed"
    """It fell due while the bot was down, too long ago to ask."""
    RECORDED = "recorded"
    CANCELLED = "cancelled"


WANTED: Final = (State.PLANNED, State.ASKED, State.REMINDED, State.DEPUTY, State.ESCALATED, State.MISSED)
"""States in which a check-in can still be recorded."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One check-in of one case. Moments are UTC; `planned_on` is the local day the rhythm named it for."""

    id: int
    case_id: int
    number: int
    planned_on: date
    due_at: datetime
    state: State
    next_at: datetime | None
    way: Way | None
    minutes: int | None
    late: bool
    pulse: int | None
    pulse_asked_at: datetime | None
    pulse_at: datetime | None
    earliest_at: datetime | None = None
    latest_at: datetime | None = None
    """Between these two moments it is on time."""
    agreed_at: datetime | None = None
    """When both sides chose this very time."""
    sequence: int = 0
    """Grows with each move (RFC 5545, SEQUENCE)."""


@dataclass(frozen=True, slots=True)
class CheckInRecorded(Happening):
    """Somebody wrote down how a check-in went: whoever waited for that need not wait any more."""

    checkin_id: int
    case_id: int
    way: Way


@dataclass(frozen=True, slots=True)
class TimeChanged(Happening):
    """A check-in was put to another time, or will not be: who has it in a calendar is sent the change."""

    checkin_id: int


# --- what falls due ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask how it went; without an answer the next step is due at `next_at`."""

    next_at: datetime


@dataclass(frozen=True, slots=True)
class Remind:
    """Ask once more; without an answer the next step is due at `next_at`."""

    next_at: datetime


@dataclass(frozen=True, slots=True)
class TellDeputy:
    """Whoever stands in sees it, and the mentor that they do; the lead's turn is at `next_at`."""

    next_at: datetime


@dataclass(frozen=True, slots=True)
class TellLead:
    """The programme lead sees it; nothing more happens by itself."""


@dataclass(frozen=True, slots=True)
class Miss:
    """The bot was down: say so, and leave it on the list."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Nobody is asked to work now; look again at `until`."""

    until: datetime


Step = Ask | Remind | TellDeputy | TellLead | Miss | Wait


def step(checkin: CheckIn, case: Case, now: datetime, hours: Hours, useful_days: int = 1) -> Step:
    """What to do about a check-in whose next step is due; see `useful_until` for `useful_days`."""
    if (opens := allowed(now, hours, Kind.WORK).at) > now:
        return Wait(opens)
    match checkin.state:
        case State.PLANNED if now >= useful_until(checkin, hours, useful_days):
            return Miss()
        case State.PLANNED if case.mentor_id is None:
            return TellLead()
        case State.PLANNED:
            return Ask(_working_days_on(_asked_from(checkin, now, hours), REMIND_AFTER, hours))
        case State.ASKED:
            return Remind(_working_days_on(now, DEPUTY_AFTER, hours))
        case State.REMINDED if case.mentor_id is not None and case.deputy_id not in (None, case.mentor_id):
            return TellDeputy(_working_days_on(now, LEAD_AFTER, hours))
        case State.REMINDED | State.DEPUTY | State.ESCALATED | State.MISSED | State.RECORDED | State.CANCELLED:
            return TellLead()
    assert_never(checkin.state)


def useful_until(checkin: CheckIn, hours: Hours, useful_days: int = 1) -> datetime:
    """Until when asking still makes sense after an outage (UTC): the end of the last of so many working days after the
    one it was due on. Who met on Monday remembers on Tuesday; later the question stands in the next one's way."""
    last_day = add_working_days(checkin.due_at, useful_days, hours).astimezone(hours.zone).date()
    return wall(last_day + timedelta(days=1), time.min, hours.zone)


def _asked_from(checkin: CheckIn, now: datetime, hours: Hours) -> datetime:
    """Where the ladder starts: at the hour it was due, unless an outage pushed the question to another day."""
    same_day = now.astimezone(hours.zone).date() == checkin.due_at.astimezone(hours.zone).date()
    return checkin.due_at if same_day else now


def _working_days_on(at: datetime, days: int, hours: Hours) -> datetime:
    return allowed(add_working_days(at, days, hours), hours, Kind.WORK).at


# --- recording --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recorded:
    """It may be recorded; `late` behind the latest moment at which it was on time."""

    late: bool


@dataclass(frozen=True, slots=True)
class AlreadyRecorded:
    """Somebody recorded it before."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The case ended, and the check-in with it."""


def record(checkin: CheckIn, now: datetime, hours: Hours) -> Recorded | AlreadyRecorded | Cancelled:
    """Whether it can be recorded now; late is recorded as late, never refused."""
    match checkin.state:
        case State.RECORDED:
            return AlreadyRecorded()
        case State.CANCELLED:
            return Cancelled()
        case State.PLANNED | State.ASKED | State.REMINDED | State.DEPUTY | State.ESCALATED | State.MISSED:
            if checkin.latest_at is not None:
                return Recorded(late=now > checkin.latest_at)
            return Recorded(late=now >= add_working_days(checkin.due_at, 1, hours))
    assert_never(checkin.state)


def asks_pulse(checkin: CheckIn, way: Way) -> bool:
    """Whether the young person is asked how they are: once for each check-in at which there was contact."""
    return way is not Way.UNREACHABLE and checkin.pulse_asked_at is None


# --- moving -----------------------------------------------------------------------------------------------------

_LATER_TODAY: Final = timedelta(hours=2)
_DAYS_OFFERED: Final = 3


def places_to_move(checkin: CheckIn, now: datetime, hours: Hours, others: Sequence[Hours] = ()) -> list[datetime]:
    """In two hours if that is still working time, then the next three working days at the same hour (UTC).

    `hours` are those of whose clock the hour stays on, `others` those of whoever lives by another."""
    later = now.replace(minute=now.minute // 5 * 5, second=0, microsecond=0) + _LATER_TODAY
    today = wall(now.astimezone(hours.zone).date(), checkin.due_at.astimezone(hours.zone).time(), hours.zone)
    days = [add_working_days(today, days, hours) for days in range(1, _DAYS_OFFERED + 1)]
    return [at for at in (later, *days) if may_move_to(at, now, hours, others)]


def may_move_to(at: datetime, now: datetime, hours: Hours, others: Sequence[Hours] = ()) -> bool:
    """Whether a check-in may be put to that moment: ahead, not too far, and in everybody's working time."""
    return now < at <= now + MOVE_AHEAD and all(allowed(at, one, Kind.WORK).at == at for one in (hours, *others))


def may_move(checkin: CheckIn) -> bool:
    """Whether it can be moved at all."""
    return checkin.state in WANTED


# --- days off ---------------------------------------------------------------------------------------------------


DAYS_OFF_AHEAD: Final = timedelta(days=366)
MOST_DAY_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class MayBeOff:
    """The day can be given off."""


@dataclass(frozen=True, slots=True)
class NotAhead:
    """It lies behind, or further ahead than a year."""


@dataclass(frozen=True, slots=True)
class FreeAlready:
    """A weekend, a holiday, or a day off that somebody added before."""


def day_off(day: date, now: datetime, hours: Hours) -> MayBeOff | NotAhead | FreeAlready:
    """Whether that local day can become a day off."""
    today = now.astimezone(hours.zone).date()
    if not today <= day <= today + DAYS_OFF_AHEAD:
        return NotAhead()
    return MayBeOff() if is_working_day(day, hours) else FreeAlready()


def may_set_days_off(person: Person) -> bool:
    """A day off is one for the whole country, so only who answers for the whole country adds or removes it."""
    return Role.ADMIN in person.roles or person.holds(Role.COORDINATOR, None)


def working_days_ahead(now: datetime, hours: Hours, number: int) -> list[date]:
    """The next working days, today included, to choose a day off from."""
    today = now.astimezone(hours.zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(DAYS_OFF_AHEAD.days))
    return [day for day in days if is_working_day(day, hours)][:number]


# --- the list of the day ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Agenda:
    """Open check-ins as a day's work: what is overdue, what is left of today, what comes in the next seven days."""

    overdue: Sequence[CheckIn]
    today: Sequence[CheckIn]
    soon: Sequence[CheckIn]


def agenda(checkins: Sequence[CheckIn], now: datetime, hours: Hours) -> Agenda:
    """The check-ins sorted into overdue, today and soon, each in the order of their hours."""
    ordered = sorted(checkins, key=lambda one: one.due_at)
    day = now.astimezone(hours.zone).date()

    def is_today(one: CheckIn) -> bool:
        return one.due_at.astimezone(hours.zone).date() == day

    ahead = [one for one in ordered if one.due_at > now]
    return Agenda(
        overdue=[one for one in ordered if one.due_at <= now],
        today=[one for one in ahead if is_today(one)],
        soon=[one for one in ahead if not is_today(one) and one.due_at <= now + SOON],
    )

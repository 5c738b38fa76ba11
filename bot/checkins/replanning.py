"""Planning check-ins anew: what a plan hangs on, which days it means, and what of the present rows it changes.

Only what lies ahead is changed, and nothing that somebody has put their hand to: what was asked, recorded or agreed
stays as it is, and so does what is due today.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from bot.calendar import Hours, Occurrence, Rhythm, Window, is_working_day, on_days, planned_days, window

DIGEST_LENGTH: Final = 16

A_LONG_BREAK: Final = timedelta(days=31)
"""How far behind the last day of a term a day off can still move what is planned in it."""


@dataclass(frozen=True, slots=True)
class Term:
    """All that a case's check-ins are planned from.

    `hours` are the young person's, whose wall clock counts; the check-in also waits for the hours of `others`, its
    mentor's. `later` are days after `ends_on` that another rule named: those of aftercare. A pause leaves out the local
    days from its first until before its second.
    """

    rhythm: Rhythm
    starts_on: date
    ends_on: date
    hours: Hours
    others: tuple[Hours, ...] = ()
    later: tuple[date, ...] = ()
    pauses: tuple[tuple[date, date], ...] = ()

    def is_paused(self, day: date) -> bool:
        """Whether nothing is planned on that local day."""
        return any(starts_on <= day < resumes_on for starts_on, resumes_on in self.pauses)

    def local(self, at: datetime) -> date:
        """The young person's own day at that moment."""
        return at.astimezone(self.hours.zone).date()


@dataclass(frozen=True, slots=True)
class Standing:
    """A check-in's row as planning looks at it. `is_free`: nobody was asked or moved it, nothing is recorded."""

    id: int
    number: int
    planned_on: date
    due_at: datetime
    earliest_at: datetime | None
    latest_at: datetime | None
    is_free: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """What a row is to hold."""

    planned_on: date
    due_at: datetime
    window: Window


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes of the rows: some get other days, some are added with their numbers, some are not needed."""

    moved: tuple[tuple[Standing, Planned], ...] = ()
    added: tuple[tuple[int, Planned], ...] = ()
    dropped: tuple[Standing, ...] = ()


def digest(term: Term) -> str:
    """Tells whether anything that the plan hangs on has changed: rhythm, days, pauses, clocks, and the days off that
    lie in it. Days off elsewhere and the passing of time change nothing."""
    until = max((term.ends_on, *term.later)) + A_LONG_BREAK
    parts = (
        repr(term.rhythm),
        term.starts_on,
        term.ends_on,
        *term.later,
        sorted(term.pauses),
        *((one.zone.key, one.quiet_from, one.quiet_until) for one in (term.hours, *term.others)),
        sorted(day for day in term.hours.days_off if term.starts_on <= day <= until),
    )
    return sha256("|".join(map(str, parts)).encode()).hexdigest()[:DIGEST_LENGTH]


def laid_out(term: Term) -> tuple[Occurrence, ...]:
    """Every check-in of the whole term, in order; what a holiday would push into a pause is left out as well."""
    days = [*planned_days(term.rhythm, term.starts_on, term.ends_on), *term.later]
    wanted = (day for day in sorted(set(days)) if not term.is_paused(day))
    found = on_days(wanted, term.rhythm, term.hours, term.others)
    return tuple(one for one in found if not term.is_paused(term.local(one.due_at)))


def changes(standing: Sequence[Standing], term: Term, now: datetime, last_number: int) -> Changes:
    """What the rows of a case have to become so that all that lies ahead is what the term says.

    A row keeps its number, and the day it was planned for where the term still names it; new rows get the numbers after
    `last_number`, the highest that any row of the case has or had. Nothing new is planned for a day or an occurrence
    that a row which stays has already.
    """
    free = sorted((one for one in standing if _may_change(one, term, now)), key=lambda one: (one.due_at, one.id))
    kept = [one for one in standing if one not in free]
    wanted = _ahead(kept, term, now)
    by_day = {one.planned_on: one for one in free}
    pairs = [(by_day[one.planned_on], one) for one in wanted if one.planned_on in by_day]
    paired = {row.id for row, _ in pairs}
    rows = [one for one in free if one.id not in paired]
    rest = [one for one in wanted if one.planned_on not in by_day]
    pairs += zip(rows, rest, strict=False)
    return Changes(
        tuple((row, planned) for row, planned in pairs if _differs(row, planned)),
        tuple(enumerate(rest[len(rows) :], start=last_number + 1)),
        tuple(rows[len(rest) :]),
    )


def after(standing: Iterable[Standing], found: Changes, now: datetime) -> list[datetime]:
    """When check-ins would be due from now on, once these changes are made; in order."""
    gone = {one.id for one in found.dropped} | {row.id for row, _ in found.moved}
    due = [one.due_at for one in standing if one.id not in gone and one.due_at > now]
    due += [planned.due_at for _, planned in (*found.moved, *found.added)]
    return sorted(due)


def _may_change(one: Standing, term: Term, now: datetime) -> bool:
    """Today's stays, as people have set out for it; unless nobody works today any more."""
    if not one.is_free or one.due_at <= now:
        return False
    day = term.local(one.due_at)
    return day > term.local(now) or not is_working_day(day, term.hours)


def _ahead(kept: Iterable[Standing], term: Term, now: datetime) -> list[Planned]:
    kept = list(kept)
    days, occasions = {term.local(one.due_at) for one in kept}, {one.planned_on for one in kept}
    return [
        as_planned(one, term.hours)
        for one in laid_out(term)
        if one.due_at > now and one.planned_on not in occasions and term.local(one.due_at) not in days
    ]


def as_planned(one: Occurrence, hours: Hours) -> Planned:
    """An occurrence with its window."""
    return Planned(one.planned_on, one.due_at, window(one.due_at, one.slack, hours))


def _differs(row: Standing, planned: Planned) -> bool:
    window = planned.window
    return (row.planned_on, row.due_at, row.earliest_at, row.latest_at) != (
        planned.planned_on,
        planned.due_at,
        window.earliest_at,
        window.latest_at,
    )

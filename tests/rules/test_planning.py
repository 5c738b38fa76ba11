"""Planning anew changes only what lies ahead and nobody has touched, never doubles, and leaves alone what is right."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendar import Every, Hours, Kind, Rhythm, allowed, wall
from bot.checkins.replanning import Changes, Planned, Standing, Term, changes, digest, laid_out

RIGA = ZoneInfo("Europe/Riga")
LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
DAY = timedelta(days=1)
MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
WEEKLY = Rhythm(Every.WEEKLY, weekday=1, at=time(10))


def hours(zone: ZoneInfo = RIGA, days_off: dict[date, str] | None = None) -> Hours:
    return Hours.latvia(zone, days_off or {})


def term(rhythm: Rhythm = WEEKLY, *, days: int = 91, **others: object) -> Term:
    whole = Term(rhythm, MONDAY, MONDAY + days * DAY, hours())
    return replace(whole, **others)  # type: ignore[arg-type]  # the fields of a term, by name


@dataclass
class Rows:
    """Rows as a database would hold them."""

    rows: dict[int, Standing] = field(default_factory=dict)
    last_number: int = 0

    def planned_anew(self, of: Term, now: datetime) -> Changes:
        """Apply what planning says, and hand it on."""
        found = changes(list(self.rows.values()), of, now, self.last_number)
        for row in found.dropped:
            del self.rows[row.id]
        for row, planned in found.moved:
            self.rows[row.id] = filled(row, planned)
        for number, planned in found.added:
            blank = Standing(1000 + number, number, planned.planned_on, planned.due_at, None, None, is_free=True)
            self.rows[blank.id] = filled(blank, planned)
        self.last_number = max([self.last_number, *(row.number for row in self.rows.values())])
        return found

    def touch(self, row: Standing, **values: object) -> None:
        """Somebody recorded, asked about or moved it."""
        self.rows[row.id] = replace(row, is_free=False, **values)  # type: ignore[arg-type]  # fields by name

    def ahead(self, now: datetime) -> list[Standing]:
        return sorted((row for row in self.rows.values() if row.due_at > now), key=lambda row: row.due_at)


def filled(row: Standing, planned: Planned) -> Standing:
    window = planned.window
    return replace(
        row,
        planned_on=planned.planned_on,
        due_at=planned.due_at,
        earliest_at=window.earliest_at,
        latest_at=window.latest_at,
    )


def days_of(rows: list[Standing], zone: ZoneInfo = RIGA) -> list[str]:
    return [f"{row.due_at.astimezone(zone):%d.%m %H:%M}" for row in rows]


# --- one thing at a time ---


@pytest.mark.feature("G2")
def test_another_rhythm_gives_what_lies_ahead_other_days_and_leaves_what_was_recorded() -> None:
    rows = Rows()
    rows.planned_anew(term(days=27), NOON)
    first = rows.ahead(NOON)[0]
    rows.touch(first)
    now = NOON + 2 * DAY
    found = rows.planned_anew(term(Rhythm(Every.FORTNIGHTLY, weekday=3, at=time(15)), days=27), now)
    assert rows.rows[first.id].due_at == first.due_at
    assert days_of(rows.ahead(now)) == ["05.03 15:00", "19.03 15:00"]
    assert [row.number for row, _ in found.moved] == [2, 3]
    assert [row.number for row in found.dropped] == [4]
    assert found.added == ()


@pytest.mark.feature("G2")
def test_planning_the_same_again_changes_nothing() -> None:
    rows = Rows()
    rows.planned_anew(term(), NOON)
    assert rows.planned_anew(term(), NOON + 8 * DAY) == Changes()


@pytest.mark.feature("G2")
def test_what_is_due_today_stays_when_the_rhythm_changes() -> None:
    rows = Rows()
    rows.planned_anew(term(), NOON)
    tuesday_morning = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
    rows.planned_anew(term(replace(WEEKLY, at=time(16))), tuesday_morning)
    assert days_of(rows.ahead(tuesday_morning))[:2] == ["03.03 10:00", "10.03 16:00"]


def test_what_was_agreed_stays_and_its_own_week_gets_no_second_one() -> None:
    rows = Rows()
    rows.planned_anew(term(), NOON)
    second = rows.ahead(NOON)[1]
    rows.touch(second, due_at=second.due_at + 2 * DAY)
    rows.planned_anew(term(pauses=((date(2026, 4, 1), date(2026, 4, 20)),)), NOON)
    assert days_of(rows.ahead(NOON))[:3] == ["03.03 10:00", "12.03 10:00", "17.03 10:00"]


@pytest.mark.feature("G16")
def test_a_pause_leaves_its_days_out_and_taken_back_gives_them_again_under_new_numbers() -> None:
    rows = Rows()
    rows.planned_anew(term(days=27), NOON)
    rows.planned_anew(term(days=27, pauses=((date(2026, 3, 9), date(2026, 3, 23)),)), NOON)
    assert days_of(rows.ahead(NOON)) == ["03.03 10:00", "24.03 10:00"]
    rows.planned_anew(term(days=27), NOON)
    assert days_of(rows.ahead(NOON)) == ["03.03 10:00", "10.03 10:00", "17.03 10:00", "24.03 10:00"]
    assert [row.number for row in rows.ahead(NOON)] == [1, 5, 6, 4]


@pytest.mark.feature("G7")
def test_a_day_off_moves_its_check_in_and_taken_back_moves_it_home() -> None:
    rows = Rows()
    rows.planned_anew(term(), NOON)
    off = term(hours=hours(days_off={date(2026, 3, 10): "Novada svētki"}))
    assert digest(off) != digest(term())
    rows.planned_anew(off, NOON)
    assert days_of(rows.ahead(NOON))[1] == "11.03 10:00"
    rows.planned_anew(term(), NOON)
    assert days_of(rows.ahead(NOON))[1] == "10.03 10:00"


def test_a_day_that_is_given_off_today_moves_what_nobody_was_asked_about() -> None:
    rows = Rows()
    rows.planned_anew(term(), NOON)
    tuesday_morning = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
    rows.planned_anew(term(hours=hours(days_off={date(2026, 3, 3): ""})), tuesday_morning)
    assert days_of(rows.ahead(tuesday_morning))[0] == "04.03 10:00"


def test_days_off_outside_the_term_and_time_passing_leave_the_digest_alone() -> None:
    assert digest(term(hours=hours(days_off={date(2027, 3, 10): "x"}))) == digest(term())
    assert digest(term(hours=hours(LONDON))) != digest(term())
    assert digest(term(replace(WEEKLY, weekday=2))) != digest(term())
    assert digest(term(later=(date(2026, 7, 1),))) != digest(term())
    assert digest(term(pauses=((MONDAY, MONDAY + DAY),))) != digest(term())


@pytest.mark.feature("G5")
def test_the_clock_of_the_young_person_counts_and_the_mentor_sleeps() -> None:
    """10:00 in London is noon in Riga; 15:00 in New York is 22:00 there, so it is the next time neither sleeps."""
    abroad = term(hours=hours(LONDON), others=(hours(),))
    assert {f"{one.due_at.astimezone(LONDON):%H:%M}" for one in laid_out(abroad)} == {"10:00"}
    far = term(replace(WEEKLY, at=time(15)), hours=hours(NEW_YORK), others=(hours(),))
    for one in laid_out(far):
        assert all(allowed(one.due_at, of, Kind.WORK).at == one.due_at for of in (hours(), hours(NEW_YORK)))
    plain = [one for one in laid_out(far) if one.planned_on.month == 4]
    assert {f"{one.due_at.astimezone(NEW_YORK):%H:%M}" for one in plain} == {"09:00"}


def test_on_opposite_sides_of_the_earth_the_young_persons_clock_alone_counts() -> None:
    kiritimati = ZoneInfo("Pacific/Kiritimati")
    found = laid_out(term(days=20, hours=hours(kiritimati), others=(hours(),)))
    assert {f"{one.due_at.astimezone(kiritimati):%H:%M}" for one in found} == {"10:00"}


@pytest.mark.feature("G3")
def test_each_check_in_stands_in_its_window_and_windows_of_one_rhythm_never_meet() -> None:
    rows = Rows()
    rows.planned_anew(
        term(Rhythm(Every.WEEKLY, 1, time(10), extra_weekdays=(2, 4), often_until=MONDAY + 20 * DAY)), NOON
    )
    rest = rows.ahead(NOON)
    assert all(one.earliest_at and one.latest_at and one.earliest_at <= one.due_at < one.latest_at for one in rest)
    assert all(
        one.latest_at is not None and after.earliest_at is not None and one.latest_at <= after.earliest_at
        for one, after in pairwise(rest)
    )


# --- any story ---


rhythms = st.one_of(
    st.builds(
        Rhythm,
        st.sampled_from(Every),
        st.integers(0, 4),
        st.integers(9, 18).map(time),
        extra_weekdays=st.lists(st.integers(0, 4), max_size=3, unique=True).map(tuple),
        often_until=st.one_of(st.none(), st.integers(0, 40).map(lambda n: MONDAY + n * DAY)),
        tapers_from=st.one_of(st.none(), st.integers(0, 100).map(lambda n: MONDAY + n * DAY)),
    ),
    st.builds(lambda day, hour: Rhythm(Every.MONTHLY, 0, time(hour), day), st.integers(1, 31), st.integers(9, 18)),
)
spans = st.tuples(st.integers(0, 120), st.integers(1, 30)).map(
    lambda span: (MONDAY + span[0] * DAY, MONDAY + (span[0] + span[1]) * DAY)
)
happenings = st.lists(
    st.one_of(
        st.tuples(st.just("rhythm"), rhythms),
        st.tuples(st.just("pauses"), st.lists(spans, max_size=2).map(tuple)),
        st.tuples(st.just("days off"), st.lists(st.integers(0, 140), max_size=6)),
        st.tuples(st.just("zone"), st.sampled_from((RIGA, LONDON, NEW_YORK))),
        st.tuples(st.just("length"), st.integers(20, 270)),
        st.tuples(st.just("record"), st.integers(0, 3)),
        st.tuples(st.just("agree"), st.tuples(st.integers(0, 3), st.integers(-2, 3))),
        st.tuples(st.just("time"), st.integers(1, 30 * 24)),
    ),
    max_size=12,
)


@pytest.mark.feature("G2")
@settings(max_examples=150, deadline=None)
@given(happenings)
def test_after_any_story_what_lies_behind_is_untouched_and_what_lies_ahead_is_the_newest_plan(
    story: list[object],
) -> None:
    rows, of, now = Rows(), term(), NOON
    rows.planned_anew(of, now)
    for what, how in story:  # type: ignore[misc]  # pairs of a name and its value
        before = {row.id: row for row in rows.rows.values()}
        match what, how:
            case "rhythm", rhythm:
                of = replace(of, rhythm=rhythm)
            case "pauses", pauses:
                of = replace(of, pauses=pauses)
            case "days off", days:
                free = {MONDAY + n * DAY: "Novada svētki" for n in days}
                of = replace(of, hours=hours(of.hours.zone, free), others=(hours(days_off=free),))
            case "zone", zone:
                of = replace(of, hours=hours(zone, dict(of.hours.days_off)))
            case "length", length:
                of = replace(of, ends_on=MONDAY + length * DAY)
            case "record", place:
                for row in rows.ahead(now)[place : place + 1]:
                    rows.touch(row)
            case "agree", (place, shift):
                for row in rows.ahead(now)[place : place + 1]:
                    if row.due_at + shift * DAY not in {other.due_at for other in rows.ahead(now)}:
                        rows.touch(row, due_at=row.due_at + shift * DAY)
            case "time", passed:
                now += timedelta(hours=passed)
        touched = {row.id for row in rows.rows.values() if not row.is_free}
        before = {**before, **{number: rows.rows[number] for number in touched}}
        rows.planned_anew(of, now)
        _holds(rows, before, of, now)


def _holds(rows: Rows, before: dict[int, Standing], of: Term, now: datetime) -> None:
    today = now.astimezone(of.hours.zone).date()
    for row in before.values():
        if not row.is_free or row.due_at <= now:
            assert rows.rows[row.id] == row
    numbers = Counter(row.number for row in rows.rows.values())
    assert set(numbers.values()) <= {1}
    free = [row for row in rows.ahead(now) if row.is_free]
    held = [row for row in rows.rows.values() if row not in free]
    days = [of.local(row.due_at) for row in free]
    assert len(set(days)) == len(days)
    assert not set(days) & {of.local(row.due_at) for row in held}
    newest = {one.due_at: one.planned_on for one in laid_out(of)}
    assert all(newest.get(row.due_at) == row.planned_on or of.local(row.due_at) == today for row in free)
    kept = [row for row in rows.rows.values() if not row.is_free or of.local(row.due_at) <= today]
    taken = {of.local(row.due_at) for row in kept} | {row.planned_on for row in kept}
    due = {row.due_at for row in rows.ahead(now)}
    assert all(at in due for at, day in newest.items() if at > now and not {day, of.local(at)} & taken)
    assert rows.planned_anew(of, now) == Changes()
    assert all(
        allowed(row.due_at, of.hours, Kind.WORK).at == row.due_at for row in free if of.local(row.due_at) > today
    )


def test_a_wall_clock_is_kept_over_both_changes_of_the_clocks_at_home_and_abroad() -> None:
    for zone in (RIGA, LONDON, NEW_YORK):
        for starts_on in (date(2026, 3, 2), date(2026, 10, 5)):
            found = laid_out(Term(WEEKLY, starts_on, starts_on + 42 * DAY, hours(zone)))
            assert {f"{one.due_at.astimezone(zone):%H:%M}" for one in found} == {"10:00"}
            assert found[0].due_at == wall(found[0].planned_on, time(10), zone)

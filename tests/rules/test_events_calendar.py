"""An event in calendars, checked by a second reader of the format, and the moments at which people are reminded."""

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendar import Hours, Kind, allowed, wall
from bot.calendar.files import LASTS, Entry, Method, Status, written
from bot.events.audience import Audience
from bot.events.calendar import reminders
from bot.events.calendar.calendar_files import facts, make, uid
from bot.events.calendar.reminders import Reminder
from bot.events.calendar.store_calendar import Kept
from bot.events.event import Event, Particulars, State
from bot.roles import Person
from bot.words import InLanguages, Language, Phrase
from tests.faults.counts import full

RIGA = ZoneInfo("Europe/Riga")
HOURS = Hours.latvia(RIGA, {})
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ANNA = Person(1, Language.LV, "Kompass-101")
SHY = Person(2, Language.LV, "Kompass-102", discreet=True)

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=120).filter(str.strip)
MOMENTS = st.datetimes(datetime(2025, 1, 2), datetime(2034, 12, 30), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)


def kept(shows: int | None = None, turns: int | None = None, *, comes: bool = True, sequence: int = 0) -> Kept:
    title = InLanguages({Language.LV: "Picas vakars"}, Language.LV)
    told = Particulars(link="https://example.org/pica", latitude=56.8153, longitude=24.6042)
    starts = NOW + timedelta(days=10)
    event = Event(
        7,
        1,
        State.SENT,
        title,
        title,
        "Jauniešu centrs",
        starts,
        Audience(None, frozenset()),
        particulars=told,
        sequence=sequence,
    )
    return Kept(1, 1, event, shows, turns, comes)


def read(content: bytes):  # type: ignore[no-untyped-def]
    return vobject.readOne(content.decode())


# --- the file ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("I10")
@settings(max_examples=full(40, 400), deadline=None)
@given(
    summary=WORDS,
    place=st.none() | WORDS,
    description=st.none() | WORDS,
    starts=MOMENTS,
    lasts=st.none() | st.timedeltas(timedelta(minutes=1), timedelta(days=9)),
    spot=st.none() | st.tuples(st.floats(-89, 89), st.floats(-179, 179)),
    sequence=st.integers(0, 999),
    method=st.sampled_from(Method),
)
def test_a_second_reader_finds_the_same_fields(  # type: ignore[no-untyped-def]
    summary, place, description, starts, lasts, spot, sequence, method
) -> None:
    ends = None if lasts is None else starts + timedelta(seconds=int(lasts.total_seconds()))
    link = "https://example.org/pica?a=1,2;b#c"
    entry = Entry("one", sequence, starts, summary, place, ends, description, link, spot)
    content = written([entry], method, NOW, RIGA)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    calendar = read(content)
    event = calendar.vevent
    assert (calendar.method.value, event.uid.value, event.sequence.value) == (method.value, "one", str(sequence))
    assert event.dtstart.value.astimezone(UTC) == starts
    assert event.dtend.value.astimezone(UTC) == (ends or starts + LASTS)
    assert event.summary.value == summary
    assert event.url.value == link
    assert event.status.value == ("CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    assert "organizer" in event.contents
    assert ("attendee" in event.contents) is (method is not Method.PUBLISH)
    for name, value in (("location", place), ("description", description)):
        assert [one.value for one in event.contents.get(name, [])] == ([] if value is None else [value])
    if spot is not None:
        assert [float(part) for part in event.geo.value.split(";")] == pytest.approx(list(spot), abs=1e-5)


@pytest.mark.feature("I10")
@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)])
def test_over_a_night_in_which_the_clocks_change_both_ends_stand_as_told(day: date) -> None:
    starts, ends = wall(day, time(18), RIGA), wall(day + timedelta(days=1), time(12), RIGA)
    content = written([Entry("one", 0, starts, "Nometne", ends=ends)], Method.REQUEST, NOW, RIGA)
    event = read(content).vevent
    assert event.dtstart.value.replace(tzinfo=None) == datetime.combine(day, time(18))
    assert event.dtend.value.replace(tzinfo=None) == datetime.combine(day + timedelta(days=1), time(12))
    zone = tzical(StringIO(content.decode())).get()
    for moment in (starts, ends):
        assert moment.astimezone(RIGA).replace(tzinfo=zone).utcoffset() == moment.astimezone(RIGA).utcoffset()


def test_an_end_before_the_start_is_no_end() -> None:
    entry = Entry("one", 0, NOW, "Saruna", ends=NOW - timedelta(hours=1), status=Status.TENTATIVE)
    event = read(written([entry], Method.PUBLISH, NOW, RIGA)).vevent
    assert event.dtend.value - event.dtstart.value == LASTS
    assert event.status.value == "TENTATIVE"


# --- whose it is ------------------------------------------------------------------------------------------------


@pytest.mark.feature("I10")
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2)), min_size=1, max_size=12))
def test_whatever_changes_the_event_or_their_mind_one_persons_sequence_only_grows(
    happened: list[tuple[bool, int]],
) -> None:
    sequence, one, files = 0, kept(), []
    for comes, changed in happened:
        sequence += changed
        one = kept(one.shows, one.turns, sequence=sequence)
        is_right = one.shows == sequence if comes else one.shows is None
        if not is_right:
            one = one.turned(there=comes)
            files.append((one.sequence, comes))
        assert (one.shows is not None) is comes
    assert all(before[0] < after[0] for before, after in pairwise(files))


def test_an_entry_keeps_its_name_and_no_two_events_share_one() -> None:
    assert uid(7) == uid(7)
    assert len({uid(number) for number in range(100)}) == 100


@pytest.mark.feature("I10", "O10")
def test_the_file_of_somebody_discreet_holds_nothing_of_what_it_is() -> None:
    told = facts(kept(), SHY, Method.REQUEST, NOW, RIGA, asked=True)
    assert isinstance(told["summary"], Phrase)
    made = make({**told, "summary": "Tikšanās", "title": "Picas vakars"})
    content = made.attachments[0].content.decode()
    for word in ("Pica", "pica", "centrs", "56.8", "example"):
        assert word not in content


@pytest.mark.feature("I10")
def test_the_file_of_everybody_else_holds_all_that_is_told() -> None:
    told = facts(kept(), ANNA, Method.REQUEST, NOW, RIGA, asked=False)
    made = make({**told, "summary": "Picas vakars", "title": "Picas vakars", "description": "Picas vakars"})
    assert made.unasked
    assert made.phrase.key == "events.youth.calendar_changed"
    event = read(made.attachments[0].content).vevent
    assert (event.summary.value, event.location.value) == ("Picas vakars", "Jauniešu centrs")
    assert (event.url.value, event.geo.value) == ("https://example.org/pica", "56.8153;24.6042")


# --- when people are reminded -----------------------------------------------------------------------------------


@pytest.mark.feature("I9")
def test_the_reminder_is_due_at_ten_on_the_day_before() -> None:
    starts_at = wall(date(2026, 3, 30), time(17), RIGA)  # the clocks go forward on the day between
    assert reminders.day_before(starts_at, NOW, HOURS) == wall(date(2026, 3, 29), time(10), RIGA)


def test_whoever_is_invited_after_that_is_not_reminded_of_the_day_before() -> None:
    assert reminders.day_before(wall(date(2026, 3, 3), time(9), RIGA), NOW, HOURS) is None


@given(st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=400)))
def test_no_reminder_of_the_day_before_is_due_in_the_last_three_hours_or_in_quiet_hours(ahead: timedelta) -> None:
    due = reminders.day_before(NOW + ahead, NOW, HOURS)
    if due is not None:
        assert NOW < due <= NOW + ahead - timedelta(hours=3)
        assert time(9) <= due.astimezone(RIGA).time() < time(21)


@pytest.mark.feature("I9")
@pytest.mark.parametrize(
    ("starts", "due"),
    [
        ((12, 17, 0), (12, 15, 0)),
        ((12, 11, 0), (12, 9, 0)),
        ((12, 10, 30), (12, 9, 0)),  # in the morning, with an hour and a half left
        ((12, 10, 0), (12, 9, 0)),
        ((12, 9, 30), (11, 20, 0)),  # half an hour would be too late
        ((12, 8, 0), (11, 20, 0)),
        ((12, 0, 30), (11, 20, 0)),
        ((12, 23, 30), (12, 20, 0)),
    ],
)
def test_the_hours_before_never_fall_into_the_night(starts: tuple[int, int, int], due: tuple[int, int, int]) -> None:
    def moment(day: int, hour: int, minute: int) -> datetime:
        return wall(date(2026, 3, day), time(hour, minute), RIGA)

    assert reminders.soon_before(moment(*starts), NOW, HOURS, 2) == moment(*due)


def test_without_hours_there_is_no_second_reminder() -> None:
    assert reminders.soon_before(NOW + timedelta(days=3), NOW, HOURS, 0) is None


@pytest.mark.feature("I9", "G11")
@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=20)), st.integers(1, 12), st.integers(1, 9))
def test_however_the_clock_jumps_the_second_reminder_is_due_once_before_the_start_and_by_day(
    starts_at: datetime, earlier: timedelta, ahead: int, looks: int
) -> None:
    """Asked again at any later moment it names the same hour, or none once that is over: days with 23 and 25 hours
    among them."""
    first = starts_at - earlier
    due = reminders.soon_before(starts_at, first, HOURS, ahead)
    for number in range(looks):
        later = first + earlier * number / looks
        again = reminders.soon_before(starts_at, later, HOURS, ahead)
        assert again == (due if due is not None and later < due else None)
    if due is not None:
        assert first < due <= reminders.useful_until(Reminder.SOON, starts_at)
        assert allowed(due, HOURS, Kind.MESSAGE).at == due
        assert starts_at - due <= timedelta(hours=36)

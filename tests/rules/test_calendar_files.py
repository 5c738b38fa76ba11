"""What stands in a calendar file: checked by a second reader, on both sides of each change of clocks."""

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import wall
from bot.calendar.files import LASTS, Entry, Method, written
from bot.checkins.calendar_files import uid
from bot.programme.rules import Case, Stage

RIGA = ZoneInfo("Europe/Riga")
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def case(number: int, opened_at: datetime = NOW) -> Case:
    return Case(
        number, 1, "LV-067", Stage.PROGRAMME, "likely", "18_28", None, False, False, 2, 3, opened_at, None, None
    )


def read(content: bytes):  # type: ignore[no-untyped-def]
    return vobject.readOne(content.decode())


def offsets(calendar, year: int) -> list[tuple[timedelta | None, timedelta | None]]:  # type: ignore[no-untyped-def]
    """What the file itself says of noon in January and in July."""
    zone = calendar.vtimezone.gettzinfo()
    return [datetime(year, month, 1, 12, tzinfo=zone).utcoffset() for month in (1, 7)]


@pytest.mark.feature("G4")
@pytest.mark.parametrize(
    "day",
    [
        *(date(2026, 3, 27), date(2026, 3, 30)),
        *(date(2026, 10, 23), date(2026, 10, 26)),
        *(date(2027, 3, 29), date(2027, 11, 1)),
    ],
)
def test_ten_o_clock_is_ten_o_clock_on_both_sides_of_each_change_of_clocks(day: date) -> None:
    starts = wall(day, time(10), RIGA)
    content = written([Entry("one", 1, starts, "Saruna")], Method.REQUEST, NOW, RIGA)
    calendar = read(content)
    event = calendar.vevent
    assert event.dtstart.value.replace(tzinfo=None) == datetime.combine(day, time(10))
    assert event.dtstart.value.astimezone(UTC) == starts
    assert event.dtend.value - event.dtstart.value == LASTS
    assert calendar.vtimezone.tzid.value == "Europe/Riga"
    assert b"DTSTART;TZID=Europe/Riga:" in content
    assert offsets(calendar, day.year) == [timedelta(hours=2), timedelta(hours=3)]


@given(st.datetimes(datetime(2025, 1, 2), datetime(2035, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001
def test_any_moment_comes_back_as_it_went_in(starts: datetime) -> None:
    starts = starts.replace(microsecond=0)
    calendar = read(written([Entry("one", 1, starts, "Saruna")], Method.REQUEST, NOW, RIGA))
    assert calendar.vevent.dtstart.value.astimezone(UTC) == starts


@pytest.mark.feature("G4")
@pytest.mark.parametrize("year", range(2025, 2036))
def test_the_file_itself_knows_each_change_of_clocks(year: int) -> None:
    """At 01:00 UTC on the last Sundays of March and October (Directive 2000/84/EC), asked of the second reader."""
    content = written([Entry("one", 0, datetime(year, 6, 1, tzinfo=UTC), "Saruna")], Method.REQUEST, NOW, RIGA)
    zone = tzical(StringIO(content.decode())).get()
    for month, before, after in ((3, 2, 3), (10, 3, 2)):
        last = date(year, month, 31)
        change = datetime.combine(last - timedelta(days=(last.weekday() + 1) % 7), time(1), UTC)
        for moment, offset in ((change - timedelta(minutes=1), before), (change + timedelta(hours=1), after)):
            shown = moment.astimezone(RIGA).replace(tzinfo=zone, fold=0)
            assert shown.utcoffset() == timedelta(hours=offset)


def test_a_cancellation_names_the_same_talk_with_a_higher_sequence() -> None:
    asked, called_off = (
        read(written([Entry("one", sequence, NOW, "Saruna")], method, NOW, RIGA))
        for sequence, method in ((1, Method.REQUEST), (2, Method.CANCEL))
    )
    assert (asked.method.value, called_off.method.value) == ("REQUEST", "CANCEL")
    assert asked.vevent.uid.value == called_off.vevent.uid.value == "one"
    assert int(called_off.vevent.sequence.value) > int(asked.vevent.sequence.value)
    assert (asked.vevent.status.value, called_off.vevent.status.value) == ("CONFIRMED", "CANCELLED")


def test_words_of_three_languages_and_signs_of_the_format_come_back_whole() -> None:
    for summary in ("Saruna ar Jāni; šķēle, ūdens", "Розмова їжак ґанок", "A talk\\with, signs;", "ē" * 200):
        assert read(written([Entry("one", 0, NOW, summary)], Method.PUBLISH, NOW, RIGA)).vevent.summary.value == summary


def test_no_line_is_longer_than_the_format_allows() -> None:
    content = written([Entry("one", 0, NOW, "ї" * 300)], Method.PUBLISH, NOW, RIGA, name="Розмови" * 20)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_an_empty_feed_is_a_calendar_too() -> None:
    content = written([], Method.PUBLISH, NOW, RIGA, name="Saziņas reizes")
    assert read(content).contents["x-wr-calname"][0].value == "Saziņas reizes"
    assert b"BEGIN:VEVENT" not in content


def test_a_talk_keeps_its_name_and_no_two_share_one() -> None:
    assert uid(1, case(1)) == uid(1, case(1))
    others = {uid(1, case(1)), uid(2, case(1)), uid(1, case(2)), uid(1, case(1, NOW + timedelta(seconds=1)))}
    assert len(others) == 4

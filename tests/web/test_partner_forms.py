"""Whatever is filled into the forms of the partner page, by a browser or not, is read or refused, never an error."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.referrals.referral import MOST_TIMES, Meeting
from bot.web.notices import Notice
from bot.web.partner_forms import day_in, deed_of, meeting_in, moment_of, reason_in, said_in, times_in
from bot.words import Language

RIGA = ZoneInfo("Europe/Riga")
NAMES = ["do", "at", "date1", "time1", "date2", "time2", "reason", "said", "place", "spoken", "interpreter", "until"]


@pytest.mark.parametrize(
    ("filled", "found"),
    [
        ({}, Notice.NOTHING),
        ({"date1": ["2026-03-05"]}, Notice.UNREADABLE),
        ({"time1": ["10:00"]}, Notice.UNREADABLE),
        ({"date1": ["5. marts"], "time1": ["10:00"]}, Notice.UNREADABLE),
        ({"date1": ["0001-01-01"], "time1": ["00:00"]}, Notice.UNREADABLE),
        ({"at": ["-1"]}, Notice.UNREADABLE),
        ({"at": ["1", "2", "3", "4"]}, Notice.TOO_MANY),
        ({"at": ["29542080"]}, (datetime(2026, 3, 3, 8, 0, tzinfo=UTC),)),
        ({"date2": ["2026-03-05"], "time2": ["12:30"]}, (datetime(2026, 3, 5, 10, 30, tzinfo=UTC),)),
        ({"date1": ["2026-03-03"], "time1": ["10:00"], "at": ["29542080"]}, (datetime(2026, 3, 3, 8, 0, tzinfo=UTC),)),
    ],
)
def test_times_are_ticked_or_typed_by_the_clock_in_latvia(
    filled: dict[str, list[str]], found: tuple[datetime, ...] | Notice
) -> None:
    assert times_in(filled, RIGA) == found


@pytest.mark.feature("X53")
@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.text(max_size=300), min_size=1, max_size=5)))
def test_anything_at_all_is_read_or_refused(fields: dict[str, list[str]]) -> None:
    times = times_in(fields, RIGA)
    assert isinstance(times, Notice) or 0 < len(times) <= MOST_TIMES
    meeting = meeting_in(fields)
    assert isinstance(meeting, Notice) or len(meeting.place or "") <= 200
    for read in (deed_of, reason_in, said_in):
        assert read(fields) is None or fields
    assert day_in(fields, "until") is None or fields
    assert all(moment_of(one) is None or one.isdecimal() for values in fields.values() for one in values)


def test_a_place_is_one_visible_line() -> None:
    filled = {"place": ["Brīvības iela 1,\n\u202eOgre"], "spoken": ["uk"], "interpreter": ["on"]}
    assert meeting_in(filled) == Meeting(place="Brīvības iela 1, Ogre", spoken=Language.UK, interpreter=True)
    assert meeting_in({"place": ["x" * 201]}) is Notice.TOO_LONG
    assert meeting_in({"place": [""], "spoken": ["xx"]}) is Notice.NOTHING

"""Tickets and walk-in codes as data, and what a scan means."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Hours, wall
from bot.events.audience import Audience, Group
from bot.events.door import attendance, tickets
from bot.events.door.attendance import Attendance, Came, CameBefore, Full, GaveBack, IsOff, NotArriving
from bot.events.event import Event, Invitation, Reply, Seat, State, Via
from bot.outreach import rules as links
from bot.words import InLanguages, Language

RIGA = ZoneInfo("Europe/Riga")
HOURS = Hours.latvia(RIGA, {})
START = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)
COMING = Invitation(Reply.YES, Seat.HELD)
TITLE = InLanguages({Language.LV: "Picas vakars"}, Language.LV)
EVENT = Event(7, 1, State.SENT, TITLE, TITLE, "Centrs", START, Audience("LV-067", frozenset({Group.YOUTH})))
KEY = bytes(32)


# --- codes ---


NUMBERS = st.integers(min_value=1, max_value=10**15 - 1)


@given(st.builds(tickets.Guest, NUMBERS, NUMBERS, NUMBERS), NUMBERS)
def test_a_ticket_is_its_guest_s_alone_and_fits_a_link(guest: tickets.Guest, another: int) -> None:
    payload = tickets.ticket_payload(KEY, guest)
    assert payload == tickets.ticket_payload(KEY, guest)
    match links.read(payload):
        case links.Ticket(signed):
            assert tickets.invitation_of(signed) == guest.invitation
            assert tickets.is_ticket_of(KEY, signed, guest)
            assert not tickets.is_ticket_of(bytes([1] * 32), signed, guest)
            for other in (replace(guest, **{name: another}) for name in ("invitation", "event", "person")):
                assert tickets.is_ticket_of(KEY, signed, other) is (other == guest)
        case other:
            raise AssertionError(other)


@given(st.integers(min_value=1, max_value=10**15 - 1))
def test_a_walk_in_link_opens_its_own_event_and_no_other(event_id: int) -> None:
    payload = tickets.door_payload(KEY, event_id)
    match links.read(payload):
        case links.AtDoor(signed):
            assert tickets.door_of(KEY, signed) == event_id
            assert tickets.door_of(bytes([1] * 32), signed) is None
            number, _, rest = signed.partition("_")
            assert tickets.door_of(KEY, f"{int(number) + 1}_{rest}") is None
        case other:
            raise AssertionError(other)


@given(st.text(max_size=80))
def test_nothing_made_up_opens_a_door(signed: str) -> None:
    assert tickets.door_of(KEY, signed) is None
    assert not tickets.is_ticket_of(KEY, signed, tickets.Guest(1, 1, 1))


# --- a scan ---


def test_a_ticket_counts_once_and_then_says_when_it_was_used() -> None:
    assert isinstance(attendance.scanned(EVENT, COMING, START), Came)
    used = replace(COMING, came_at=START)
    assert attendance.scanned(EVENT, used, START + timedelta(hours=1)) == CameBefore(START)


@pytest.mark.parametrize(
    ("event", "invitation", "at", "expected"),
    [
        (EVENT, COMING, START - timedelta(hours=2), Came),
        (EVENT, COMING, START - timedelta(hours=2, seconds=1), NotArriving),
        (EVENT, COMING, START + timedelta(hours=4), Came),
        (EVENT, COMING, START + timedelta(hours=4, seconds=1), NotArriving),
        (replace(EVENT, ends_at=START + timedelta(days=2)), COMING, START + timedelta(days=1), Came),
        (replace(EVENT, state=State.CANCELLED), COMING, START, IsOff),
        (EVENT, Invitation(Reply.NO), START, GaveBack),
        (EVENT, Invitation(Reply.YES, Seat.WAITING), START, GaveBack),
    ],
)
def test_what_a_ticket_is_worth(event: Event, invitation: Invitation, at: datetime, expected: type) -> None:
    assert isinstance(attendance.scanned(event, invitation, at), expected)


@pytest.mark.parametrize(
    ("room", "invitation", "expected"),
    [
        (None, None, Came),
        (1, None, Came),
        (0, None, Full),
        (0, COMING, Came),
        (0, Invitation(Reply.YES, Seat.OFFERED), Came),
        (0, Invitation(Reply.YES, Seat.WAITING), Full),
        (0, Invitation(Reply.NO), Full),
        (1, Invitation(Reply.NO), Came),
    ],
)
def test_nobody_walks_in_over_the_last_place_without_a_word(
    room: int | None, invitation: Invitation | None, expected: type
) -> None:
    assert isinstance(attendance.walked_in(EVENT, invitation, room, START), expected)


def test_a_walk_in_is_one_only_around_the_hours_of_the_event() -> None:
    assert isinstance(attendance.walked_in(EVENT, None, 9, START - timedelta(hours=3)), NotArriving)
    assert isinstance(attendance.walked_in(EVENT, None, 9, START + timedelta(hours=5)), NotArriving)
    there = replace(COMING, came_at=START, via=Via.DOOR)
    assert attendance.walked_in(EVENT, there, 0, START) == CameBefore(START)


# --- what is known afterwards ---


def test_where_nobody_used_the_door_nobody_is_missing() -> None:
    after = attendance.end_of(EVENT)
    assert Attendance(10, 0, 0, 0).missing(EVENT, after) is None
    assert Attendance(10, 4, 1, 0).missing(EVENT, after) == 6
    assert Attendance(10, 0, 0, 3).missing(EVENT, after) is None  # heads were counted, and nobody's name
    assert Attendance(10, 4, 1, 0).missing(EVENT, after - timedelta(seconds=1)) is None


# --- when it is asked ---


@given(st.integers(0, 366 * 24 * 4), st.integers(0, 72))
def test_the_question_comes_on_the_morning_after_it_ended(quarters: int, hours: int) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarters)
    ends = at + timedelta(hours=hours)
    asked = attendance.ask_at(at, ends, HOURS)
    local = asked.astimezone(RIGA)
    assert asked > ends
    assert local.time() == time(11)
    assert (local.date() - ends.astimezone(RIGA).date()).days == 1


def test_without_an_end_it_counts_as_two_hours_long() -> None:
    late = wall(date(2026, 3, 12), time(23), RIGA)
    assert attendance.ask_at(late, None, HOURS) == wall(date(2026, 3, 14), time(11), RIGA)

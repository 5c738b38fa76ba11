"""Sending without a chat: what goes out and to how many, who looks at it first, how long it takes, what is shown."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Hours, Kind, allowed, wall
from bot.events.audience import Audience, Group
from bot.events.event import Delivered, Event, State
from bot.events.going_out import progress, sending
from bot.events.going_out.progress import Counts, Shown
from bot.events.going_out.sending import Circumstances, Confirmed, SendOn
from bot.events.whom.reach import Heads, Reach
from bot.roles import Grant, Person, Role
from bot.words import InLanguages, Language

RIGA = ZoneInfo("Europe/Riga")
HOURS = Hours.latvia(RIGA, {})
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday, 10:00 in Rīga
OGRE, CESIS = "LV-067", "LV-022"
EVENT = Event(
    7,
    1,
    State.DRAFT,
    InLanguages({Language.LV: "Picas vakars"}, Language.LV),
    InLanguages({Language.LV: "Cepsim picu."}, Language.LV),
    "Jauniešu centrs",
    NOW + timedelta(days=5),
    Audience(OGRE, frozenset({Group.YOUTH})),
)
WHEN = Circumstances(NOW, HOURS, above=50, fewest=5)


def reaching(count: int, *, narrowed: bool = False) -> Reach:
    return Reach(Heads(youth=count), narrowed=narrowed)


def given_for(stated: int, event: Event = EVENT) -> Confirmed:
    return Confirmed(stated, sending.digest(event))


def coordinator(number: int, *places: str | None) -> Person:
    grants = frozenset(Grant(Role.COORDINATOR, place) for place in places)
    return Person(number, Language.LV, f"Tilts-{number}", grants=grants)


# --- what goes out, and to how many ---


@pytest.mark.feature("X43")
def test_it_goes_out_to_the_number_that_was_stated_or_not_at_all() -> None:
    assert isinstance(sending.send(EVENT, given_for(12), reaching(12), WHEN), sending.Going)
    assert isinstance(sending.send(EVENT, given_for(12), reaching(13), WHEN), sending.CountChanged)
    assert isinstance(sending.send(EVENT, given_for(0), reaching(0), WHEN), sending.NobodyThere)


@pytest.mark.feature("X43")
def test_where_the_number_is_told_as_a_range_what_was_agreed_to_holds_within_it() -> None:
    assert isinstance(sending.send(EVENT, given_for(10), reaching(14, narrowed=True), WHEN), sending.Going)
    assert isinstance(sending.send(EVENT, given_for(10), reaching(15, narrowed=True), WHEN), sending.CountChanged)


@pytest.mark.feature("X43")
@pytest.mark.parametrize(
    "change",
    [
        {"place": "Elsewhere"},
        {"starts_at": NOW + timedelta(days=6)},
        {"send_at": NOW + timedelta(hours=1)},
        {"title": InLanguages({Language.LV: "Cits"}, Language.LV)},
        {"audience": Audience(CESIS, frozenset({Group.YOUTH}))},
        {"listed": True},
    ],
)
def test_what_was_changed_since_it_was_shown_is_shown_again(change: dict[str, object]) -> None:
    changed = replace(EVENT, **change)  # type: ignore[arg-type]
    assert isinstance(sending.send(changed, given_for(12), reaching(12), WHEN), sending.TextChanged)
    assert isinstance(sending.approve(changed, given_for(12), reaching(12), WHEN), sending.TextChanged)


def test_nothing_is_sent_to_what_has_begun() -> None:
    begun = replace(EVENT, starts_at=NOW)
    assert isinstance(sending.send(begun, given_for(12, begun), reaching(12), WHEN), sending.AlreadyPast)


def test_nothing_is_sent_that_would_arrive_when_nobody_can_answer_any_more() -> None:
    night = Circumstances(wall(date(2026, 3, 2), time(22), RIGA), HOURS, 50, 5)
    early = replace(EVENT, starts_at=wall(date(2026, 3, 3), time(8, 30), RIGA))
    outcome = sending.send(early, given_for(12, early), reaching(12), night)
    assert outcome == sending.TooLate(wall(date(2026, 3, 3), time(9), RIGA))
    closes = replace(EVENT, send_at=NOW + timedelta(days=2), reply_by=NOW + timedelta(days=1))
    assert isinstance(sending.send(closes, given_for(12, closes), reaching(12), WHEN), sending.TooLate)


# --- four eyes ---


@pytest.mark.feature("I3")
@given(st.integers(1, 200), st.integers(0, 200))
def test_nobody_sends_alone_to_more_than_is_allowed(people: int, above: int) -> None:
    outcome = sending.send(EVENT, given_for(people), reaching(people), replace(WHEN, above=above))
    assert isinstance(outcome, sending.Submitted) is (0 < above < people)
    assert isinstance(sending.approve(EVENT, given_for(people), reaching(people), WHEN), sending.Going)


@pytest.mark.feature("I3")
def test_a_second_coordinator_of_these_people_looks_at_it_and_never_its_author() -> None:
    assert sending.may_approve(coordinator(2, OGRE), EVENT)
    assert sending.may_approve(coordinator(2, None), EVENT)
    assert not sending.may_approve(coordinator(2, CESIS), EVENT)
    assert not sending.may_approve(coordinator(1, OGRE, None), EVENT)


@pytest.mark.feature("I5", "X43")
def test_what_was_changed_after_the_second_look_its_author_does_not_send_on_alone() -> None:
    stopped = replace(EVENT, state=State.STOPPED)
    shown = sending.digest(stopped)

    def outcome(by: int, approved: str | None, people: int = 60) -> object:
        return sending.resume(
            stopped, given_for(people), reaching(people), WHEN, by=coordinator(by, OGRE), approved=approved, writer=1
        )

    assert isinstance(outcome(1, shown), sending.Going)
    assert isinstance(outcome(1, "00000000"), sending.NeedsAnother)
    assert isinstance(outcome(1, None), sending.NeedsAnother)
    assert isinstance(outcome(2, None), sending.Going)
    assert isinstance(outcome(1, None, people=50), sending.Going)


# --- when ---


def test_the_offered_mornings_are_those_that_are_still_to_come() -> None:
    at_seven = wall(date(2026, 3, 28), time(7), RIGA)  # the clocks go forward the night after
    assert sending.offered(at_seven, HOURS) == (SendOn.NOW, SendOn.TODAY, SendOn.TOMORROW)
    assert sending.moment_of(SendOn.TOMORROW, at_seven, HOURS) == wall(date(2026, 3, 29), time(10), RIGA)
    assert sending.offered(NOW, HOURS) == (SendOn.NOW, SendOn.TOMORROW)


@given(st.integers(0, 60 * 24 * 40), st.integers(0, 400_000), st.sampled_from([0.5, 7.0, 28.7]))
def test_how_long_it_takes_is_what_a_clock_would_show(minutes: int, messages: int, per_second: float) -> None:
    """Beside a slow model that sends minute by minute where it is allowed."""
    begins = NOW + timedelta(minutes=minutes)
    at, left = allowed(begins, HOURS, Kind.MESSAGE).at, messages / per_second
    while left > 60:
        at = allowed(at, HOURS, Kind.MESSAGE).at + timedelta(minutes=1)
        left -= 60
    done = progress.done_at(begins, messages, per_second, HOURS)
    assert abs(done - allowed(at, HOURS, Kind.MESSAGE).at - timedelta(seconds=left)) <= timedelta(minutes=1) or (
        allowed(done, HOURS, Kind.MESSAGE).moves  # exactly at the end of a day
    )


def test_without_quiet_hours_it_takes_as_long_as_the_messages() -> None:
    always = Hours(RIGA, time(0), time(0))
    assert progress.done_at(NOW, 86_400, 1.0, always) == NOW + timedelta(days=1)


def test_ten_thousand_take_six_minutes_and_a_hundred_thousand_an_hour() -> None:
    rate = 29 / 1.01
    assert progress.done_at(NOW, 10_000, rate, HOURS) - NOW < timedelta(minutes=6)
    assert timedelta(minutes=57) < progress.done_at(NOW, 100_000, rate, HOURS) - NOW < timedelta(minutes=59)
    evening = wall(date(2026, 3, 2), time(20, 30), RIGA)
    overnight = progress.done_at(evening, 100_000, rate, HOURS)
    assert wall(date(2026, 3, 3), time(9, 25), RIGA) < overnight < wall(date(2026, 3, 3), time(9, 30), RIGA)


# --- what is shown ---

COUNTS = st.builds(Counts, *(st.integers(0, 100_000),) * 4)


@given(st.sampled_from(State), COUNTS, st.integers(0, 10**9))
def test_what_was_shown_is_read_as_it_was_kept(state: State, counts: Counts, seconds: int) -> None:
    shown = Shown(state, counts, NOW + timedelta(seconds=seconds))
    assert progress.shown_from(shown.kept()) == shown
    assert len(shown.kept()) <= 60


@given(COUNTS)
def test_everybody_is_counted_once(counts: Counts) -> None:
    delivered = Delivered(counts.delivered, counts.waiting, 0, counts.unreachable, counts.kept_back)
    assert progress.counted(delivered, 5, is_stopped=False).total == counts.total + 5
    assert progress.counted(delivered, 5, is_stopped=True).kept_back == counts.kept_back + 5
    assert counts.rounded(5).total <= counts.total


@given(COUNTS, st.sampled_from([State.SENDING, State.SENT, State.STOPPED]), st.integers(0, 60 * 24))
def test_the_next_look_is_neither_at_once_nor_in_the_night_nor_after_the_end(
    counts: Counts, state: State, minutes: int
) -> None:
    now = NOW + timedelta(minutes=minutes)
    done = progress.done_at(now, counts.waiting, 28.7, HOURS)
    again = progress.next_look(replace(EVENT, state=state), counts, now=now, rested=timedelta(), done=done, hours=HOURS)
    if again is None:
        assert counts.waiting == 0
        assert state is not State.SENDING
        return
    assert again - now >= progress.LOOKS_AT_LEAST
    if not allowed(now, HOURS, Kind.MESSAGE).moves:
        assert again - now <= progress.LOOKS_AT_MOST
    elif state is not State.STOPPED:
        assert again == allowed(now, HOURS, Kind.MESSAGE).at + progress.LOOKS_AT_LEAST


def test_where_nothing_moves_it_is_looked_at_ever_more_rarely() -> None:
    """Somebody who asked for help is not written to: their message waits for days."""
    waits, now, looks = Counts(10, 0, 1, 0), NOW, 0
    while now < NOW + timedelta(hours=8):
        again = progress.next_look(
            replace(EVENT, state=State.SENT), waits, now=now, rested=now - NOW, done=now, hours=HOURS
        )
        assert again is not None
        now, looks = again, looks + 1
    assert looks < 20

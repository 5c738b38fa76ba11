"""When it grows quiet: simulated cohorts with a known drift, how soon it is noticed, and how little is written."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.drift import QUIET_AT, Around, Talk, is_quiet, weight
from bot.checkins.rules import Way

BEGAN = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
A_WEEK = timedelta(days=7)
REACHED = (Way.MET, Way.CALLED)
NOTHING_ELSE = Around()


def talk(number: int, way: Way, pulse: int | None = None, *, asked: bool | None = None) -> Talk:
    at = BEGAN + number * A_WEEK
    is_asked = way is not Way.UNREACHABLE if asked is None else asked
    return Talk(at, way, at if is_asked else None, at if pulse else None, pulse)


def quiet_after(ways: Sequence[Way], around: Around = NOTHING_ELSE) -> bool:
    talks = [talk(number, way) for number, way in enumerate(ways)]
    return is_quiet(talks, around, talks[-1].at)


@pytest.mark.feature("O9")
@pytest.mark.parametrize(
    ("ways", "quiet"),
    [
        ([Way.MET], False),
        ([Way.MET, Way.UNREACHABLE], False),
        ([Way.MET, Way.UNREACHABLE, Way.UNREACHABLE], True),
        ([Way.UNREACHABLE, Way.MET, Way.UNREACHABLE], False),
        ([Way.UNREACHABLE, Way.UNREACHABLE, Way.CALLED], False),
        ([Way.WROTE, Way.WROTE, Way.WROTE], False),
        ([Way.WROTE, Way.WROTE, Way.UNREACHABLE], True),
    ],
)
def test_two_talks_without_anybody_or_one_and_lesser_signs_are_quiet(ways: list[Way], quiet: bool) -> None:
    assert quiet_after(ways) is quiet


@pytest.mark.feature("O9")
def test_answers_that_got_harder_and_an_event_unread_make_it_noticed_a_talk_sooner() -> None:
    talks = [talk(0, Way.MET, 5), talk(1, Way.MET, 2), talk(2, Way.UNREACHABLE)]
    assert not is_quiet(talks, Around(), talks[-1].at)
    assert is_quiet(talks, Around(event_since=BEGAN + A_WEEK), talks[-1].at)


def test_whoever_answered_since_is_not_quiet_and_a_fresh_invitation_is_no_silence() -> None:
    talks = [talk(0, Way.UNREACHABLE), talk(1, Way.UNREACHABLE)]
    now = talks[-1].at
    assert is_quiet(talks, Around(), now)
    assert not is_quiet(talks, Around(heard_at=now), now)
    one = talks[:1]
    assert weight(one, Around(meeting_since=now), now) == weight(one, Around(), now)


@pytest.mark.feature("O9")
@given(st.lists(st.sampled_from(REACHED), min_size=1, max_size=12), st.integers(1, 5))
def test_whoever_is_reached_is_never_called_quiet(ways: list[Way], pulse: int) -> None:
    talks = [talk(number, way, pulse) for number, way in enumerate(ways)]
    around = Around(meeting_since=BEGAN, event_since=BEGAN)
    assert not is_quiet(talks, around, talks[-1].at + A_WEEK)


@given(st.lists(st.sampled_from(list(Way)), max_size=12))
def test_a_sign_of_life_clears_what_was_counted_before_it(ways: list[Way]) -> None:
    talks = [talk(number, way) for number, way in enumerate([*ways, Way.MET])]
    assert weight(talks, Around(), talks[-1].at) == 0
    assert weight(talks, Around(), talks[-1].at) < QUIET_AT


def _lived(chance: random.Random, *, drifts_at: int | None, weeks: int = 39) -> tuple[int | None, int]:
    """Weekly talks of one person: the week in which it was noticed first, and how many messages that brought.

    Before the drift nine of ten talks take place; from it on nobody is reached. Who is noticed wrongly answers."""
    talks: list[Talk] = []
    around, noticed, messages = Around(), None, 0
    for week in range(weeks):
        drifted = drifts_at is not None and week >= drifts_at
        away = drifted or chance.random() < 0.1
        way = Way.UNREACHABLE if away else chance.choice([*REACHED, Way.WROTE])
        talks.append(talk(week, way, None if away or chance.random() < 0.3 else chance.randint(2, 5)))
        now = talks[-1].at
        if is_quiet(talks, around, now):
            messages += 1
            if drifted:
                return week, messages
            around = Around(heard_at=now)
    return noticed, messages


@pytest.mark.feature("O9")
def test_in_a_cohort_of_known_drift_everybody_is_noticed_soon_and_hardly_anybody_by_mistake() -> None:
    chance = random.Random(20260303)
    drifting = [(at, *_lived(chance, drifts_at=at)) for at in (chance.randrange(2, 30) for _ in range(1000))]
    steady = [_lived(chance, drifts_at=None) for _ in range(1000)]
    delays = sorted(week - at + 1 for at, week, _ in drifting if week is not None)
    mistaken = sum(messages for _, messages in steady) / len(steady)
    print(
        f"\nquiet: of {len(drifting)} who drifted {len(delays)} were noticed, after {delays[0]} to {delays[-1]} silent "
        f"talks, half of them by {delays[len(delays) // 2]}; messages to each at most "
        f"{max(messages for *_, messages in drifting)}; to the 1000 who did not drift {mistaken:.2f} each in nine "
        f"months, at most {max(messages for _, messages in steady)}"
    )
    assert len(delays) == len(drifting)
    assert delays[-1] <= 2
    assert mistaken < 1
    assert max(messages for _, messages in steady) <= 4

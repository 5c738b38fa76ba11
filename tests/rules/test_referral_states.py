"""Referrals cannot get lost: everything that can be reached is walked, and from everywhere there is an end."""

from collections import deque
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import product

import pytest

from bot.referrals import ladder, rules
from bot.referrals.referral import CLOSED, Ending, Guardianship, Referral, Side, State
from bot.referrals.rules import InThePast, Moved, MovedOn, NotTheirs, TooEarly, TooFar
from tests.rules.referral_cast import ACTORS, ACTS, AFTER, HOURS, MONDAY, PASSED_ON, TERMS, referral

REFUSALS = (NotTheirs, MovedOn, InThePast, TooFar, TooEarly)
MOMENTS = (MONDAY, AFTER)
"""Before every appointment, and after each of them."""


def alike(one: Referral) -> Referral:
    """What counts of a referral for where it may go; how often it was changed, when, and which lines, does not."""
    meeting = replace(one.meeting, sequence=0, place=None, spoken=None)
    said = replace(one, passed_on=PASSED_ON, changed_at=MONDAY, next_at=None)
    return replace(said, meeting=meeting, session=min(one.session, 1))


def passed(one: Referral, now: datetime) -> Referral | None:
    """The referral after the next step of its ladder, as if that fell due at `now`; None where there is none."""
    planned = ladder.planned(one, HOURS, TERMS)
    if planned.next_at is None:
        return None
    fell = ladder.fell_due(planned, max(planned.next_at, now), HOURS, TERMS)
    return None if fell is None else fell.after


@cache
def explored() -> tuple[list[Referral], int]:
    """Every referral that can be reached from a draft, whoever does what and whatever falls due; and how many cells
    (act, side, moment; what happens outside; the clock) were walked."""
    found: dict[str, Referral] = {}
    cells = 0
    under_age = replace(referral(State.DRAFT), guardian=Guardianship.WANTED)
    waiting = deque([alike(referral(State.DRAFT)), alike(under_age)])
    while waiting:
        stands = waiting.popleft()
        if repr(stands) in found:
            continue
        found[repr(stands)] = stands
        for (act, rule), side, now in product(ACTS.items(), [*Side, None], MOMENTS):
            by = frozenset() if side is None else frozenset({side})
            answer = rule(stands, by, now)
            assert isinstance(answer, (Moved, *REFUSALS)), (act, side, now, stands)
            cells += 1
            if side not in ACTORS[act]:
                assert answer == NotTheirs(), (act, side)
            if isinstance(answer, Moved):
                assert stands.state not in CLOSED, (act, side, stands)
                waiting.append(alike(answer.after))
        for outside in (rules.end_with_case, rules.undeliverable):
            answer = outside(stands, MONDAY)
            cells += 1
            if isinstance(answer, Moved):
                waiting.append(alike(answer.after))
        for now in MOMENTS:
            after = passed(stands, now)
            cells += 1
            if after is not None:
                waiting.append(alike(after))
    return list(found.values()), cells


@pytest.fixture(scope="module")
def exploration() -> tuple[list[Referral], int]:
    return explored()


@pytest.fixture(scope="module")
def everything(exploration: tuple[list[Referral], int]) -> list[Referral]:
    return exploration[0]


@pytest.mark.feature("H5", "O1")
def test_everything_that_can_be_reached_answers_everybody_in_a_defined_way(
    exploration: tuple[list[Referral], int],
) -> None:
    everything, cells = exploration
    print(f"\n{len(everything)} referrals reached, {cells} cells of act, side and moment, 0 undefined")
    assert {one.state for one in everything} == set(State)
    reasons = {one.reason for one in everything if one.state in (State.FAILED, State.CANCELLED)}
    assert reasons == set(Ending)


@pytest.mark.feature("H6", "O1")
def test_from_everything_that_can_be_reached_silence_leads_to_an_end(everything: list[Referral]) -> None:
    longest = timedelta(0)
    for start, now in product(everything, MOMENTS):
        stands = ladder.planned(replace(start, changed_at=now), HOURS, TERMS)
        steps = 0
        while stands.next_at is not None:
            due = max(stands.next_at, now)
            fell = ladder.fell_due(stands, due, HOURS, TERMS)
            assert fell is not None, stands
            assert fell.after.next_at is None or fell.after.next_at > stands.next_at, stands
            stands, steps, longest = fell.after, steps + 1, max(longest, due - now)
            assert steps < 20, start
        assert stands.state in CLOSED, start
    print(f"\nthe longest way to an end when nobody acts: {longest.days} days")
    assert longest < timedelta(days=60)


@pytest.mark.feature("H12")
def test_a_closed_referral_moves_for_nobody(everything: list[Referral]) -> None:
    closed = [one for one in everything if one.state in CLOSED]
    assert closed
    for stands, rule, now in product(closed, ACTS.values(), MOMENTS):
        assert not isinstance(rule(stands, frozenset(Side), now), Moved)


@pytest.mark.parametrize("act", sorted(ACTS.keys() - {"strike"}))  # a line struck twice is back, as its button says
def test_the_same_press_twice_has_one_effect(everything: list[Referral], act: str) -> None:
    everybody = frozenset(Side)
    for stands, now in product(everything, MOMENTS):
        first = ACTS[act](stands, everybody, now)
        if isinstance(first, Moved):
            assert not isinstance(ACTS[act](first.after, everybody, now), Moved), stands

"""The waiting list against any order of answers, give-backs, changes of capacity and time; and how long an offer is."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.calendar import Hours, Kind, allowed
from bot.events.audience import Group
from bot.events.event import Seat
from bot.events.places import places
from bot.events.places.offers import SHORTEST, offer_until
from bot.events.places.places import Claim, Places

RIGA = ZoneInfo("Europe/Riga")
HOURS = Hours.latvia(RIGA, {})
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday, 10:00 in Rīga
DAY = timedelta(hours=24)
STARTS = NOW + timedelta(days=6)
GROUPS = (Group.YOUTH, Group.MENTORS, None)
PEOPLE = st.integers(1, 12)
SIZES = st.one_of(st.none(), st.integers(0, 5))
QUOTAS = st.dictionaries(st.sampled_from((Group.YOUTH, Group.MENTORS)), st.integers(0, 4))


def group_of(person: int) -> Group | None:
    return GROUPS[person % 3]


class WaitingList(RuleBasedStateMachine):
    """One event from its first answer to its start; every move is followed by dealing, as in the conversations."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.places = Places(2, {Group.YOUTH: 1})
        self.unreachable: set[int] = set()

    @property
    def until(self) -> datetime | None:
        return offer_until(self.now, STARTS, HOURS, DAY)

    @property
    def begun(self) -> bool:
        return self.now >= STARTS

    def moved(self, after: Places, may_lose: Collection[int] = ()) -> None:
        """Deals, and holds what no move may do against the way it was before."""
        before, queue = self.places, self.places.waiting
        after = places.dealt(after, self.until)
        lost = set(before.claims) - set(after.claims)
        assert lost <= set(may_lose), "nobody loses anything but by giving it back, or by letting an offer lapse"
        for one in before.claims.values():
            if one.person in after.claims and one.seat is Seat.HELD:
                assert after.claims[one.person].seat is Seat.HELD, "a place stays a place"
        same_size = (before.capacity, before.quotas) == (after.capacity, after.quotas)
        assert not same_size or after.over <= before.over, "never more places than there are"
        gained = {one.person for one in places.changes(before, after) if one.after and one.after.seat in places.TAKEN}
        gained -= {one.person for one in before.claims.values() if one.seat in places.TAKEN}
        for number in gained:
            group = after.claims[number].group
            rooms = [(after.capacity, after.taken()), (after.quotas.get(group) if group else None, after.taken(group))]
            assert all(most is None or taken <= most for most, taken in rooms), "nothing is given above the limits"
            earlier = [one for one in queue if number not in [ahead.person for ahead in queue[: queue.index(one) + 1]]]
            passed = [one for one in earlier if after.claims[one.person].seat is Seat.WAITING] if self.until else []
            assert all(not after.has_room(one.group) or not one.reachable for one in passed), "nobody is passed over"
        self.places = after

    @precondition(lambda self: not self.begun)
    @rule(person=PEOPLE, stays=st.booleans())
    def somebody_says_yes(self, person: int, stays: bool) -> None:
        after = places.said_yes(self.places, person, group_of(person))
        if stays:
            reachable = person not in self.unreachable
            after = places.waits(after, person, group_of(person), self.now, reachable=reachable)
        self.moved(after)

    @precondition(lambda self: not self.begun)
    @rule(person=PEOPLE)
    def somebody_gives_back_declines_or_leaves(self, person: int) -> None:
        self.moved(places.left(self.places, person), {person})

    @rule(hours=st.integers(0, 40))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        offered = {one.person for one in self.places.claims.values() if one.until and one.until <= self.now}
        self.moved(places.lapsed(self.places, self.now), offered)

    @precondition(lambda self: not self.begun)
    @rule(capacity=SIZES, quotas=QUOTAS)
    def the_places_become_more_or_fewer(self, capacity: int | None, quotas: dict[Group, int]) -> None:
        self.moved(places.resized(self.places, capacity, quotas))

    @precondition(lambda self: not self.begun)
    @rule(person=PEOPLE)
    def somebody_can_be_written_to_no_more_or_again(self, person: int) -> None:
        self.unreachable ^= {person}
        since = {one.person: one.since for one in self.places.claims.values()}
        after = places.stepped_back(self.places, person) if person in self.unreachable else self.places
        claim = after.claims.get(person)
        if claim is not None and claim.seat is Seat.WAITING:
            assert claim.since == since[person], "their turn stays theirs"
            seen = replace(claim, reachable=person not in self.unreachable)
            after = replace(after, claims={**after.claims, person: seen})
        self.moved(after)

    @invariant()
    def no_place_is_idle_while_somebody_waits_who_could_have_it(self) -> None:
        if self.until is not None:
            idle = [one for one in self.places.waiting if one.reachable and self.places.has_room(one.group)]
            assert not idle

    @invariant()
    def an_offer_that_is_out_ends_in_the_future_and_before_the_start(self) -> None:
        for one in self.places.claims.values():
            assert (one.seat is Seat.OFFERED) == (one.until is not None)
            assert one.until is None or self.now < one.until < STARTS

    @invariant()
    def when_there_is_no_time_for_offers_whoever_presses_first_gets_the_place(self) -> None:
        for person in places.open_to(self.places):
            assert places.said_yes(self.places, person, None).claims[person].seat is Seat.HELD


WaitingList.TestCase.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
TestAnyOrderOfMoves = pytest.mark.feature("I7", "S2.11")(WaitingList.TestCase)


# --- single moves -----------------------------------------------------------------------------------------------


def holders(capacity: int | None, held: int, waiting: int = 0) -> Places:
    """So many who hold a place, numbers from 1, and so many who wait after them, all young people."""
    claims = [Claim(number, Seat.HELD, Group.YOUTH) for number in range(1, held + 1)]
    queue = range(held + 1, held + waiting + 1)
    claims += [Claim(one, Seat.WAITING, Group.YOUTH, since=NOW + timedelta(minutes=one)) for one in queue]
    return Places(capacity, {}, {one.person: one for one in claims})


@pytest.mark.feature("S2.11")
def test_of_two_who_want_the_last_place_the_first_has_it_and_the_second_would_be_first_to_wait() -> None:
    after = places.said_yes(holders(2, 1), 8, Group.YOUTH)
    again = places.said_yes(after, 9, Group.YOUTH)
    assert after.claims[8].seat is Seat.HELD
    assert again == after
    assert again.position(9) == 1


@pytest.mark.feature("I7")
def test_a_place_given_back_is_offered_to_whoever_waited_longest() -> None:
    after = places.dealt(places.left(holders(2, 2, waiting=2), 1), NOW + DAY)
    assert after.claims[3].seat is Seat.OFFERED
    assert after.claims[3].until == NOW + DAY
    assert after.claims[4].seat is Seat.WAITING


@pytest.mark.feature("I7")
def test_an_offer_that_lapsed_goes_to_the_next_and_its_owner_may_wait_again_at_the_end() -> None:
    offered = places.dealt(places.left(holders(2, 2, waiting=3), 1), NOW + DAY)
    after = places.dealt(places.lapsed(offered, NOW + DAY), NOW + 2 * DAY)
    assert 3 not in after.claims
    assert after.claims[4].seat is Seat.OFFERED
    assert places.waits(after, 3, Group.YOUTH, NOW + DAY).position(3) == 2


@pytest.mark.feature("I7")
def test_an_offer_that_lapsed_while_nobody_could_write_to_its_owner_leaves_them_their_turn() -> None:
    offered = places.dealt(places.left(holders(2, 2, waiting=3), 1), NOW + DAY)
    away = replace(offered, claims={**offered.claims, 3: replace(offered.claims[3], reachable=False)})
    after = places.dealt(places.lapsed(away, NOW + DAY), NOW + 2 * DAY)
    assert after.claims[3].seat is Seat.WAITING
    assert after.position(3) == 1
    assert after.claims[4].seat is Seat.OFFERED


def test_a_full_quota_lets_the_next_group_go_ahead_and_no_capacity_means_room_for_all() -> None:
    claims = {
        1: Claim(1, Seat.HELD, Group.YOUTH),
        2: Claim(2, Seat.WAITING, Group.YOUTH, since=NOW),
        3: Claim(3, Seat.WAITING, Group.MENTORS, since=NOW + DAY),
    }
    after = places.dealt(Places(2, {Group.YOUTH: 1}, claims), NOW + DAY)
    assert after.claims[2].seat is Seat.WAITING
    assert after.claims[3].seat is Seat.OFFERED
    assert Places().free(Group.YOUTH) is None


@pytest.mark.feature("I7")
def test_fewer_places_take_nothing_from_anybody_and_shrink_as_people_give_back() -> None:
    fewer = places.dealt(places.resized(holders(3, 3, waiting=1), 1, {}), NOW + DAY)
    assert fewer.over == 2
    assert [fewer.claims[number].seat for number in (1, 2, 3, 4)] == [Seat.HELD] * 3 + [Seat.WAITING]
    one_less = places.dealt(places.left(fewer, 1), NOW + DAY)
    assert one_less.claims[4].seat is Seat.WAITING
    none_left = places.dealt(places.left(places.left(one_less, 2), 3), NOW + DAY)
    assert none_left.claims[4].seat is Seat.OFFERED


# --- how long an offer is ---------------------------------------------------------------------------------------


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(datetime(2026, 3, day), time(hour, minute), RIGA).astimezone(UTC)  # noqa: DTZ001


@pytest.mark.feature("I7")
@pytest.mark.parametrize(
    ("made", "starts", "until"),
    [
        (local(2, 10), local(20, 17), local(3, 10)),  # by day: a day later
        (local(2, 23), local(20, 17), local(4, 9)),  # at night: told in the morning, and a day from then
        (local(2, 10), local(3, 10), local(2, 20, 30)),  # the morning would be too late: until the evening
        (local(2, 10), local(3, 18), local(3, 9)),  # half of what is left ends at night: in the morning
        (local(2, 10), local(2, 16), local(2, 13)),  # short before the start
        (local(2, 10), local(2, 13), None),  # too short: whoever presses first
        (local(2, 22), local(3, 11), None),  # nobody could read it before nine
    ],
)
def test_an_offer_lasts_a_day_by_day_and_less_before_the_start(
    made: datetime, starts: datetime, until: datetime | None
) -> None:
    assert offer_until(made, starts, HOURS, DAY) == until


@given(
    made=st.datetimes(datetime(2026, 3, 20), datetime(2026, 4, 5)),  # noqa: DTZ001
    ahead=st.integers(1, 400),
    lasting=st.integers(1, 168),
)
def test_an_offer_ends_by_day_before_the_start_and_half_of_it_is_not_slept_through(
    made: datetime, ahead: int, lasting: int
) -> None:
    now = made.replace(tzinfo=UTC)
    starts = now + timedelta(hours=ahead)
    until = offer_until(now, starts, HOURS, timedelta(hours=lasting))
    if until is None:
        return
    told = allowed(now, HOURS, Kind.MESSAGE).at
    assert allowed(until, HOURS, Kind.MESSAGE).at == until
    assert told + SHORTEST <= until <= starts - SHORTEST
    quarters = [told + timedelta(minutes=15 * step) for step in range(int((until - told) / timedelta(minutes=15)))]
    awake = sum(not allowed(one, HOURS, Kind.MESSAGE).moves for one in quarters)
    whole = min(timedelta(hours=lasting), (starts - told) / 2)
    assert awake * timedelta(minutes=15) >= (
        whole / 2 if until >= told + whole and until < starts - SHORTEST else SHORTEST
    ) - timedelta(minutes=30)

"""The places of one event: who has one, who waits, to whom one is offered, and what every move makes of that. Pure.

The rules, which tests/rules/test_events_places.py holds against any order of moves:

* Held and offered places together are never more than the capacity, nor than the quota of a group. Where a coordinator
  lowered either, whoever has a place or an offer keeps it, nothing new is offered until all fits, and the excess goes
  as people give back.
* Offers go in the order in which people began to wait. Somebody is passed over only where their group's quota is full,
  or while they cannot be written to at all: an offer nobody reads would keep the place from the others.
* No place that somebody who waits could have stays idle: it is offered at once. In the last hours before the start
  there is no time for offers (`until` is None): the place is then for whoever presses first.
* Who lets an offer lapse leaves the list, and may join again at its end. Whoever could not be written to by then, as
  when they had asked for help, keeps their turn instead.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from bot.events.audience import Group
from bot.events.event import Seat

TAKEN: Final = frozenset({Seat.HELD, Seat.OFFERED})
"""What counts against the capacity."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one person has of the places. Moments are aware."""

    person: int
    seat: Seat
    group: Group | None = None
    """Whose quota it counts against; none: only against the capacity."""
    since: datetime | None = None
    """Since when they wait, or waited before it was offered to them."""
    until: datetime | None = None
    """Until when the offer stands."""
    reachable: bool = True
    """Whether an offer can be sent to them and is theirs to answer."""


def free(
    capacity: int | None, quotas: Mapping[Group, int], group: Group | None, taken: int, taken_by_group: int
) -> int | None:
    """How many places somebody of that group could have, never below zero; None: as many as they like."""
    rooms = [] if capacity is None else [capacity - taken]
    if group is not None and group in quotas:
        rooms.append(quotas[group] - taken_by_group)
    return max(0, min(rooms)) if rooms else None


@dataclass(frozen=True, slots=True)
class Places:
    """All of them, by person."""

    capacity: int | None = None
    quotas: Mapping[Group, int] = field(default_factory=dict)
    claims: Mapping[int, Claim] = field(default_factory=dict)

    @property
    def waiting(self) -> tuple[Claim, ...]:
        """The waiting list, in its order; who began in the same moment goes by number."""
        found = (one for one in self.claims.values() if one.seat is Seat.WAITING and one.since is not None)
        return tuple(sorted(found, key=lambda one: (one.since, one.person)))

    def taken(self, group: Group | None = None) -> int:
        """How many places are held or offered; of one group only, where one is given."""
        return sum(one.seat in TAKEN and group in (None, one.group) for one in self.claims.values())

    def free(self, group: Group | None) -> int | None:
        """How many places somebody of that group could have now, never below zero; None: as many as they like."""
        return free(self.capacity, self.quotas, group, self.taken(), self.taken(group))

    def has_room(self, group: Group | None) -> bool:
        """Whether somebody of that group could have a place now."""
        return self.free(group) != 0

    def position(self, person: int) -> int:
        """Their place in the waiting list, from 1; for whoever is not on it the one they would get."""
        queue = [one.person for one in self.waiting]
        return queue.index(person) + 1 if person in queue else len(queue) + 1

    @property
    def over(self) -> int:
        """By how many the places taken are too many: the worst of the capacity and the quotas."""
        over = [0] if self.capacity is None else [self.taken() - self.capacity]
        return max(0, *over, *(self.taken(group) - most for group, most in self.quotas.items()))


# --- moves ------------------------------------------------------------------------------------------------------


def said_yes(places: Places, person: int, group: Group | None) -> Places:
    """They want to come: they have a place if there is one for them, else everything stays as it was.

    An offer is accepted by it. Who waits takes a place that is open to all.
    """
    claim = places.claims.get(person)
    if claim is not None and claim.seat is Seat.HELD:
        return places
    if claim is not None and claim.seat is Seat.OFFERED:
        return _with(places, [replace(claim, seat=Seat.HELD, since=None, until=None)])
    group = group if claim is None else claim.group
    return _with(places, [Claim(person, Seat.HELD, group)]) if places.has_room(group) else places


def waits(places: Places, person: int, group: Group | None, now: datetime, *, reachable: bool = True) -> Places:
    """They go to the end of the waiting list; who has a place, an offer or waits already keeps what they have."""
    if person in places.claims:
        return places
    return _with(places, [Claim(person, Seat.WAITING, group, since=now, reachable=reachable)])


def left(places: Places, person: int) -> Places:
    """They give their place back, decline the offer, or leave the list."""
    return replace(places, claims={number: one for number, one in places.claims.items() if number != person})


def stepped_back(places: Places, person: int) -> Places:
    """Who was offered a place cannot take it for now: they wait where they stood, and are passed over meanwhile."""
    claim = places.claims.get(person)
    if claim is None or claim.seat is not Seat.OFFERED:
        return places
    return _with(places, [replace(claim, seat=Seat.WAITING, until=None, reachable=False)])


def lapsed(places: Places, now: datetime) -> Places:
    """Whoever was offered a place and did not take it in time leaves the list, or steps back."""
    over = [one for one in places.claims.values() if one.seat is Seat.OFFERED and one.until and one.until <= now]
    for one in over:
        places = left(places, one.person) if one.reachable else stepped_back(places, one.person)
    return places


def resized(places: Places, capacity: int | None, quotas: Mapping[Group, int]) -> Places:
    """From now on there are so many places."""
    return replace(places, capacity=capacity, quotas=quotas)


def dealt(places: Places, until: datetime | None) -> Places:
    """Every place that somebody who waits could have is offered to them until that moment, in the list's order.

    Without a moment nothing is offered: there is no time left for it.
    """
    if until is None:
        return places
    for one in places.waiting:
        if places.has_room(one.group) and one.reachable:
            places = _with(places, [replace(one, seat=Seat.OFFERED, until=until)])
    return places


def open_to(places: Places) -> tuple[int, ...]:
    """Who waits and could take a place this moment by pressing first."""
    return tuple(one.person for one in places.waiting if places.has_room(one.group))


# --- what a move changed ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Changed:
    """What one person had before a move and has after it; None: nothing."""

    person: int
    before: Claim | None
    after: Claim | None


def changes(before: Places, after: Places) -> tuple[Changed, ...]:
    """Everybody for whom something is different now, by their number."""
    numbers = sorted({*before.claims, *after.claims})
    found = (Changed(number, before.claims.get(number), after.claims.get(number)) for number in numbers)
    return tuple(one for one in found if one.before != one.after)


def _with(places: Places, claims: Iterable[Claim]) -> Places:
    return replace(places, claims={**places.claims, **{one.person: one for one in claims}})

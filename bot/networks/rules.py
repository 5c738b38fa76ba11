"""Networks: who runs one, who may be brought in, how votes are counted, when opinions are due. Pure.

A network belongs to a municipality or to the whole country, and whoever coordinates that runs it; one of them leads it.
Members are staff of any place: what they learn of each other is the name and for whom somebody speaks.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.calendar import Hours, add_working_days, wall
from bot.directory.rules import Region, find
from bot.networks.network import (
    TAKES_ANSWERS,
    Coverage,
    Member,
    Network,
    Note,
    Opinion,
    Standing,
    StandsFor,
    Subject,
    Topic,
    Value,
)
from bot.roles import Person, Role

LONGEST_NAME: Final = 80
LONGEST_ORGANIZATION: Final = 120
LONGEST_TOPIC: Final = 200
LONGEST_QUESTION: Final = 1500
LONGEST_ANSWER: Final = 2000
LONGEST_TITLE: Final = 80
LONGEST_LINK: Final = 300
"""In UTF-16 units, as Telegram counts them."""

VOTES: Final = 3
MOST_OPEN: Final = 12
"""Topics under one vote: as many as still can be read and pressed in one message."""

MOST_OF_ONE: Final = 3
"""Topics that one person may have under the same vote."""

MOST_CHOSEN: Final = 5
"""Topics that one meeting has time for."""

EARLIEST: Final = date(1991, 1, 1)
"""Of what holds as of an earlier day nobody keeps a note here."""

LINK_VALID: Final = timedelta(days=7)
PAYLOAD_PREFIX: Final = "n_"
"""A start payload that begins so is the link into a network; what follows is its token."""

DUE_AT: Final = time(17)
REMIND_AT: Final = time(10)
"""Local hours: when answers are due, and when, a working day before, those who are silent are reminded."""

LATEST: Final = timedelta(days=366)
WORKING_DAYS: Final = (3, 5, 10)
"""Deadlines that buttons offer."""

_NO_REMINDER_WITHIN: Final = timedelta(hours=4)
"""So soon after the question nobody is reminded of it."""

_OF_A_MUNICIPALITY: Final = (Role.COORDINATOR, Role.LEAD, Role.MENTOR)


def length(text: str) -> int:
    """How long Telegram finds a text: UTF-16 units, so that an emoji counts for two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


# --- who runs it, who is in it ----------------------------------------------------------------------------------


def places_run(person: Person) -> tuple[str | None, ...]:
    """The municipalities whose networks this person runs; None among them: the whole country, and with it all."""
    return tuple(
        sorted(
            {grant.municipality for grant in person.grants if grant.role is Role.COORDINATOR}, key=lambda one: one or ""
        )
    )


def may_run(person: Person, network: Network) -> bool:
    """Whether they may lead it: they coordinate its municipality, or the country; nothing is done in a closed one."""
    return not network.closed and person.holds(Role.COORDINATOR, network.municipality)


def may_found(person: Person, municipality: str | None) -> bool:
    """Whether they may begin a network there."""
    return person.holds(Role.COORDINATOR, municipality)


def may_bring_in(person: Person, colleague: Person) -> bool:
    """Whether they may put that colleague into a network: staff who hold a role where this person coordinates."""
    return any(person.holds(Role.COORDINATOR, grant.municipality) for grant in colleague.grants)


def standing_of(person: Person) -> Standing:
    """For whom somebody speaks as long as they have not said so: the municipality whose work they do, if it is one."""
    places = {grant.municipality for grant in person.grants if grant.role in _OF_A_MUNICIPALITY and grant.municipality}
    if len(places) == 1:
        return Standing(StandsFor.MUNICIPALITY, next(iter(places)))
    return Standing(StandsFor.OTHER)


def region_of(standing: Standing) -> Region | None:
    """The planning region that they speak for, or in which their municipality lies; None for all of the country."""
    place = None if standing.municipality is None else find(standing.municipality)
    return standing.region if place is None else place.region


def by_region(members: Iterable[Member]) -> list[Member]:
    """Region by region in the order that these are offered, within each as they come; last who is of none."""
    order = list(Region)

    def at(member: Member) -> int:
        region = region_of(member.standing)
        return len(order) if region is None else order.index(region)

    return sorted(members, key=at)


def hash_of(token: str) -> str:
    """What is kept of the token in a link: 96 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


# --- topics -----------------------------------------------------------------------------------------------------


def chosen(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """Those that a vote brings to the meeting: the most voted for, of equal ones the older; none without a vote."""
    voted = [one for one in topics if one.votes > 0]
    return tuple(sorted(voted, key=lambda one: (-one.votes, one.id))[:MOST_CHOSEN])


# --- opinions ---------------------------------------------------------------------------------------------------


def deadline_on(day: date, now: datetime, hours: Hours) -> datetime | None:
    """The end of that local day's office hours (UTC); None where it is over or more than a year ahead."""
    moment = wall(day, DUE_AT, hours.zone)
    return moment if now < moment <= now + LATEST else None


def offered_days(now: datetime, hours: Hours) -> tuple[date, ...]:
    """The working days that buttons offer as deadlines."""
    return tuple(add_working_days(now, days, hours).astimezone(hours.zone).date() for days in WORKING_DAYS)


def remind_at(deadline: datetime, now: datetime, hours: Hours) -> datetime | None:
    """When those who are silent are reminded: the morning of the working day before; None where that is too soon."""
    morning = wall(deadline.astimezone(hours.zone).date(), REMIND_AT, hours.zone)
    at = add_working_days(morning, -1, hours)
    return at if at >= now + _NO_REMINDER_WITHIN else None


def takes_answers(opinion: Opinion, now: datetime) -> bool:
    """Whether an answer may still be written or changed."""
    return opinion.stage in TAKES_ANSWERS and now < opinion.deadline


# --- what is known of municipalities ----------------------------------------------------------------------------


def current(notes: Iterable[Note]) -> Coverage:
    """Of each municipality and subject what holds: the note of the latest day, of one day the one written last."""
    found: dict[tuple[str, Subject], Note] = {}
    for note in notes:
        key = (note.municipality, note.subject)
        held = found.get(key)
        if held is None or (held.as_of, held.id) < (note.as_of, note.id):
            found[key] = note
    return found


def value_of(coverage: Coverage, municipality: str, subject: Subject) -> Value:
    """What is known; unknown where nobody has told, which is never the same as no."""
    note = coverage.get((municipality, subject))
    return Value.UNKNOWN if note is None else note.value


def counted(coverage: Coverage, municipalities: Sequence[str], subject: Subject) -> dict[Value, int]:
    """How many of these municipalities are yes, no and unknown."""
    found = [value_of(coverage, one, subject) for one in municipalities]
    return {value: found.count(value) for value in Value}


def may_hold(day: date, today: date) -> bool:
    """Whether something can be known as of that day: not ahead, and not before there was anything to know."""
    return EARLIEST <= day <= today


def may_note(person: Person, municipality: str) -> bool:
    """Whether they may say how it stands there, and put up how youth work is organised."""
    return person.holds(Role.COORDINATOR, municipality)

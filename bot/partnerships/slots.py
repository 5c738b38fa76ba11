"""An expert's hours that can be booked: coaching through a cycle of events, or advice on writing a project. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.calendar import Hours, Kind, allowed, wall

LENGTHS: Final = (30, 45, 60, 90)
"""Minutes."""

MOST_IN_A_ROW: Final = 8
LONGEST_SUBJECT: Final = 100
LONGEST_PLACE: Final = 200
LONGEST_ABOUT: Final = 300
REMIND_AT: Final = time(10)
FURTHEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Slot:
    """One hour of an expert. Moments are aware, in UTC; `event_id`: for those who took part in that event alone."""

    id: int
    expert_id: int
    subject: str
    starts_at: datetime
    minutes: int
    place: str
    event_id: int | None = None
    booked_by: int | None = None
    about: str | None = None
    sequence: int = 0
    cancelled_at: datetime | None = None
    came: bool | None = None
    next_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Offer:
    """Hours that an expert is about to offer."""

    id: int
    expert_id: int
    subject: str
    event_id: int | None = None
    place: str | None = None
    starts_at: datetime | None = None


class Booked:
    """It is theirs."""


class Taken:
    """Somebody was quicker, or it is off."""


class TooLate:
    """It has begun."""


class OwnHour:
    """Nobody books an hour of their own."""


class NotForThem:
    """It is for those who took part in an event, and they did not."""


class HasOneAlready:
    """They have another hour with this expert on the same subject ahead; others should have a turn, too."""


def book(
    slot: Slot, person_id: int, now: datetime, *, took_part: bool, has_one: bool
) -> Booked | Taken | TooLate | OwnHour | NotForThem | HasOneAlready:
    """Whether that person gets this hour."""
    if slot.expert_id == person_id:
        return OwnHour()
    if slot.cancelled_at is not None or slot.booked_by is not None:
        return Taken()
    if slot.starts_at <= now:
        return TooLate()
    if slot.event_id is not None and not took_part:
        return NotForThem()
    return HasOneAlready() if has_one else Booked()


def in_a_row(first: datetime, minutes: int, how_many: int) -> tuple[datetime, ...]:
    """The starts of so many hours, one behind the other; ValueError for a number or length that is not offered."""
    if minutes not in LENGTHS or not 1 <= how_many <= MOST_IN_A_ROW:
        raise ValueError(f"{how_many} of {minutes} minutes are not offered")
    return tuple(first + timedelta(minutes=minutes * each) for each in range(how_many))


def overlap(starts: tuple[datetime, ...], minutes: int, others: tuple[Slot, ...]) -> bool:
    """Whether one of these new hours lies over one the expert has already."""
    lasts = timedelta(minutes=minutes)
    return any(start < one.ends_at and one.starts_at < start + lasts for start in starts for one in others)


def remind_at(slot: Slot, now: datetime, hours: Hours) -> datetime:
    """When both are next thought of: at ten the day before in allowed hours, or where that is over, after its end, when
    the expert is asked whether it took place."""
    eve: date = slot.starts_at.astimezone(hours.zone).date() - timedelta(days=1)
    due = allowed(wall(eve, REMIND_AT, hours.zone), hours, Kind.MESSAGE).at
    return due if now < due < slot.starts_at else slot.ends_at

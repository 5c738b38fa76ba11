"""Who came: when people arrive, what a scan means, what is known afterwards, and when they are asked how it was. Pure.

Where nobody used the door, nothing is known of who came: that is "not recorded", and never "did not come".
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from bot.calendar import Hours, Kind, allowed, wall
from bot.events.event import OFF, Event, Invitation, Reply, Seat

USUAL_LENGTH: Final = timedelta(hours=2)
"""How long an event counts as lasting where nobody said."""

AROUND: Final = timedelta(hours=2)
"""So long before its start and after its end people still come through the door."""

LIST_OPEN_FOR: Final = timedelta(days=7)
"""How long after the end an organiser can still tick who came, and a guest change what they said of it."""

_ASK_AT: Final = time(11)
"""When, on the next day and by local clocks, those who came are asked."""


def ends(starts_at: datetime, ends_at: datetime | None) -> datetime:
    """Its end, or what counts as one."""
    return starts_at + USUAL_LENGTH if ends_at is None else max(ends_at, starts_at)


def end_of(event: Event) -> datetime:
    return ends(event.starts_at, event.ends_at)


def ask_at(starts_at: datetime, ends_at: datetime | None, hours: Hours) -> datetime:
    """When those who came are asked one question: at 11:00 of the day after it ended, or when next allowed (UTC)."""
    day_after = ends(starts_at, ends_at).astimezone(hours.zone).date() + timedelta(days=1)
    return allowed(wall(day_after, _ASK_AT, hours.zone), hours, Kind.MESSAGE).at


def is_arriving(event: Event, now: datetime) -> bool:
    """Whether people come through the door now."""
    return event.starts_at - AROUND <= now <= end_of(event) + AROUND


def may_tick(event: Event, now: datetime) -> bool:
    """Whether who came can be noted on the list; longer than at the door, for lists are often kept on paper first."""
    return event.starts_at - AROUND <= now <= end_of(event) + LIST_OPEN_FOR


def comes(invitation: Invitation) -> bool:
    """Whether they said yes and have a place."""
    return invitation.reply is Reply.YES and invitation.seat is Seat.HELD


def was_there(invitation: Invitation, *, recorded: bool) -> bool:
    """Whether they count as having come; where nobody noted who came, that is everybody who was expected."""
    return invitation.came_at is not None or (not recorded and comes(invitation))


# --- a scan -----------------------------------------------------------------------------------------------------


class Came:
    """They are in."""


@dataclass(frozen=True, slots=True)
class CameBefore:
    """This guest came at that moment (UTC): a ticket counts once."""

    at: datetime


class NotArriving:
    """It is for another time: too early, or long over."""


class IsOff:
    """The event was cancelled."""


class GaveBack:
    """They have no place any more."""


Scan = Came | CameBefore | NotArriving | IsOff | GaveBack


def scanned(event: Event, invitation: Invitation, now: datetime) -> Scan:
    """What a guest's ticket is worth when an organiser scans it."""
    if event.state in OFF:
        return IsOff()
    if invitation.came_at is not None:
        return CameBefore(invitation.came_at)
    if not is_arriving(event, now):
        return NotArriving()
    return Came() if comes(invitation) else GaveBack()


class Full:
    """No place is free: the organiser decides."""


def walked_in(event: Event, invitation: Invitation | None, room: int | None, now: datetime) -> Scan | Full:
    """What it means that somebody opened the walk-in link, when there is `room` for so many of their group; None: for
    all."""
    if event.state in OFF:
        return IsOff()
    if invitation is not None and invitation.came_at is not None:
        return CameBefore(invitation.came_at)
    if not is_arriving(event, now):
        return NotArriving()
    if invitation is not None and invitation.seat in (Seat.HELD, Seat.OFFERED):
        return Came()  # the place is counted already
    return Full() if room == 0 else Came()


# --- what is known of it ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attendance:
    """Numbers of one event. `walk_ins` came without having signed up; `unnamed` were counted and nothing else."""

    expected: int
    """Who said yes beforehand and have a place."""
    came: int
    """Of those expected."""
    walk_ins: int
    unnamed: int

    @property
    def is_recorded(self) -> bool:
        """Whether anybody noted who came; to count heads alone tells nothing of that."""
        return self.came + self.walk_ins > 0

    @property
    def present(self) -> int:
        return self.came + self.walk_ins + self.unnamed

    def missing(self, event: Event, now: datetime) -> int | None:
        """Who said yes and did not come; None while that cannot be known."""
        if not self.is_recorded or now < end_of(event):
            return None
        return self.expected - self.came

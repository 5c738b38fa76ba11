"""How far an invitation has got, how long the rest takes, and when its counts are looked at again. Pure: time is an
argument (aware, UTC)."""

from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.calendar import Hours, Kind, allowed, wall
from bot.events.event import Delivered, Event, State

LOOKS_AT_LEAST: Final = timedelta(seconds=3)
"""Between two edits of one message: enough to read it, and far from what Telegram allows in one chat."""

LOOKS_AT_MOST: Final = timedelta(seconds=20)
"""While it goes out: whoever watches a long one sees it move."""

RESTS_AT_MOST: Final = timedelta(hours=1)
"""While nothing moves, for somebody is not to be written to now: the longer, the more rarely it is looked at."""

_LOOKS: Final = 30
"""About how often the message changes on the way, however long the way is."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Of everybody it is for: how many have it (Telegram took it), cannot be reached, wait, and will not get it."""

    delivered: int
    unreachable: int
    waiting: int
    """In flight, queued, or still to be queued."""
    kept_back: int
    """Stopped, or too late to be of use."""

    @property
    def total(self) -> int:
        return self.delivered + self.unreachable + self.waiting + self.kept_back

    @property
    def sent(self) -> int:
        """Handed to Telegram, whatever came of it."""
        return self.delivered + self.unreachable

    def rounded(self, step: int) -> "Counts":
        """Each of them rounded down, as ranges of counts are told."""
        return Counts(
            *(count - count % step for count in (self.delivered, self.unreachable, self.waiting, self.kept_back))
        )


def counted(delivered: Delivered, not_queued: int, *, is_stopped: bool) -> Counts:
    """What the outbox knows, and those whom it does not know: they wait to be queued, unless it was stopped."""
    waiting = delivered.waiting + delivered.in_flight
    if is_stopped:
        return Counts(delivered.sent, delivered.unreachable, waiting, delivered.kept_back + not_queued)
    return Counts(delivered.sent, delivered.unreachable, waiting + not_queued, delivered.kept_back)


def done_at(begins: datetime, messages: int, per_second: float, hours: Hours) -> datetime:
    """When the last of so many messages has left, the first leaving at `begins` or after the quiet hours it lies in."""
    at = allowed(begins, hours, Kind.MESSAGE).at
    left = timedelta(seconds=messages / per_second)
    while (quiet := _quiet_from(at, hours)) is not None and at + left > quiet:
        left -= quiet - at
        at = allowed(quiet, hours, Kind.MESSAGE).at
    return at + left


def _quiet_from(at: datetime, hours: Hours) -> datetime | None:
    """When quiet hours begin next after an allowed moment; None where there are none."""
    if hours.quiet_from == hours.quiet_until:
        return None
    today = at.astimezone(hours.zone).date()
    days = (wall(today + timedelta(days=ahead), hours.quiet_from, hours.zone) for ahead in (0, 1))
    return next(one for one in days if one > at)


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the progress message, and since when; kept as a line of text beside the event."""

    state: State
    counts: Counts
    since: datetime

    def kept(self) -> str:
        """What `shown_from` reads."""
        numbers = (*astuple(self.counts), int(self.since.timestamp()))
        return " ".join((self.state.value, *map(str, numbers)))

    def says(self, state: State, counts: Counts) -> bool:
        """Whether it says these very things."""
        return (self.state, self.counts) == (state, counts)


def shown_from(kept: str | None) -> Shown | None:
    """What `Shown.kept` wrote; None where nothing was shown yet."""
    if kept is None:
        return None
    state, *numbers = kept.split()
    *counts, since = map(int, numbers)
    return Shown(State(state), Counts(*counts), datetime.fromtimestamp(since, UTC))


def next_look(
    event: Event, counts: Counts, *, now: datetime, rested: timedelta, done: datetime, hours: Hours
) -> datetime | None:
    """When its counts are looked at again; None where they will not change any more.

    Often enough to be worth watching and some thirty times in all, never in quiet hours while nothing can move, and
    ever more rarely while nothing does, `rested` being how long it has not.
    """
    if counts.waiting == 0 and event.state is not State.SENDING:
        return None
    if (leaves := begins_again(event, now, hours)) > now and event.state is not State.STOPPED:
        return leaves + LOOKS_AT_LEAST
    pace = min(max((done - now) / _LOOKS, LOOKS_AT_LEAST), LOOKS_AT_MOST)
    return now + max(pace, min(rested, RESTS_AT_MOST))


def begins_again(event: Event, now: datetime, hours: Hours) -> datetime:
    """From when on its messages leave: its own time, or the end of quiet hours; `now` while they do."""
    later = event.send_at if event.state is State.SENDING else None
    return allowed(max(now, later or now), hours, Kind.MESSAGE).at

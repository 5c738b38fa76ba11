"""How long rows wait beyond their time, asked of the database. One moment's view, no person and no content in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calendar import Hours, Kind, allowed, wall
from bot.delivery.packing import State
from bot.storage.due import DUE
from bot.storage.tables import outbox, people
from bot.turn import Priority

_OPEN: Final = (State.WAITING, State.IN_FLIGHT)


@dataclass(frozen=True, slots=True)
class Ages:
    """Seconds: how long the oldest message of each priority may go by now, and how late the latest of each kind is."""

    messages: dict[str, float]
    due: dict[str, float]


async def ages(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> Ages:
    """The oldest of everything that should have happened by `now`; 0 where nothing waits."""
    messages = {one.name.lower(): await _oldest_message(db, one, now, zone) for one in Priority}
    return Ages(messages, await late_rows(db, now))


async def late_rows(db: AsyncConnection, now: datetime) -> dict[str, float]:
    """Seconds since the oldest row of each kind fell due."""
    return {kind: _seconds(await db.scalar(_since(column, now)), now) for kind, column in DUE.items()}


async def oldest_reply(db: AsyncConnection, now: datetime, zone: ZoneInfo) -> float:
    """Seconds that the oldest reply may go by now."""
    return await _oldest_message(db, Priority.REPLY, now, zone)


async def rows_by_state(db: AsyncConnection) -> dict[str, int]:
    """How many rows of the outbox stand where."""
    counted = await db.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
    return {state.value: 0 for state in State} | {row[0]: row[1] for row in counted}


async def answer_times(db: AsyncConnection, after: datetime, until: datetime) -> list[float]:
    """Seconds from taking an update to the answer's arrival, of the answers that arrived after the one moment until
    the other."""
    query = select(outbox.c.created_at, outbox.c.done_at).where(
        outbox.c.done_at > after,
        outbox.c.done_at <= until,
        outbox.c.state == State.SENT.value,
        outbox.c.priority == int(Priority.REPLY),
    )
    return [(row.done_at - row.created_at).total_seconds() for row in await db.execute(query)]


def _since(column: ColumnElement[datetime], now: datetime) -> Select[datetime]:
    return select(func.min(column)).where(column <= now)


async def _oldest_message(db: AsyncConnection, priority: Priority, now: datetime, zone: ZoneInfo) -> float:
    """Of the first message that may go: since its own moment, or since the morning where it had to wait for one."""
    hours = Hours.latvia(zone, {})
    quiet = bool(allowed(now, hours, Kind.MESSAGE).moves)
    if quiet and priority is Priority.BROADCAST:  # none goes at night, and there may be a hundred thousand of them
        return 0.0
    found = [row for state in _OPEN if (row := (await db.execute(_first(state, priority, now, quiet=quiet))).first())]
    morning = wall(now.astimezone(zone).date(), hours.quiet_until, zone)
    since = [row.not_before if row.at_night else max(row.not_before, morning) for row in found]
    return _seconds(min(since, default=None), now)


def _first(state: State, priority: Priority, now: datetime, *, quiet: bool) -> Select[tuple[datetime, bool]]:
    """The gate would take this row next. What failed makes its chat wait, and nothing of such a chat is late."""
    failed = outbox.alias("failed")
    chat_waits = exists().where(
        failed.c.person_id == outbox.c.person_id,
        failed.c.state == State.WAITING.value,
        failed.c.attempts > 0,
        failed.c.not_before > now,
    )
    is_abroad = exists().where(people.c.id == outbox.c.person_id, people.c.zone.is_not(None))
    query = select(outbox.c.not_before, outbox.c.at_night).where(
        outbox.c.state == state.value,
        outbox.c.priority == int(priority),
        outbox.c.not_before <= now,
        or_(outbox.c.expires_at.is_(None), outbox.c.expires_at >= now),
        ~chat_waits,
        or_(outbox.c.at_night, ~is_abroad),  # by another clock it may be night
    )
    return (query.where(outbox.c.at_night) if quiet else query).order_by(outbox.c.id).limit(1)


def _seconds(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())

"""Whether the bot does what it is for, part by part: not only that the process lives."""

import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from bot.mail.post import LOOK_EVERY as POST_LOOKS_EVERY
from bot.mail.post import Post
from bot.web.ages import late_rows, oldest_reply
from bot.web.parts import Parts

POLL_EVERY: Final = 25.0
"""Telegram holds a poll that long when nobody writes; by webhook the token is looked at every 30 seconds."""
HOOK_EVERY: Final = 30.0
UPDATES_LATE: Final = 25.0
"""One more poll: a single lost answer is nothing, and within a minute it is told that Telegram is away."""

ROUND_EVERY: Final = 1.0
"""The gate looks and the schedule rings every second."""
GATE_LATE: Final = 30.0
"""Twenty answers may wait for one person, at one a second; what waits longer than that does not get out."""
SCHEDULE_LATE: Final = 15.0
"""A commit may wait five seconds for another process, twice, and a page of an invitation to many takes one or two."""

DUE_LATE: Final = 120.0
"""After a day's outage everything that fell due meanwhile is told within a minute."""

MAIL_LATE: Final = 900.0
"""Letters may wait for hours, but somebody should look at a mail server that takes nothing for so long."""

LEAST_FREE: Final = 50_000_000
"""Bytes on the database's disk; a full day of the whole country writes less, so there is time to make room."""


@dataclass(frozen=True, slots=True)
class Part:
    """`late_by` in seconds, 0 when on time, None where it has not begun; `why` says in words what is not ok."""

    ok: bool
    late_by: float | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """The bot is ready when all its parts are ok."""

    parts: Mapping[str, Part]

    @property
    def ready(self) -> bool:
        return all(part.ok for part in self.parts.values())

    def as_json(self) -> dict[str, Any]:
        return {"ready": self.ready, "parts": {name: asdict(part) for name, part in self.parts.items()}}


async def look(parts: Parts) -> Health:
    """How every part does at this moment."""
    reply, due, database = await _database(parts)
    found = {
        "webhook" if parts.by_webhook else "poll": _updates(parts),
        "gate": _gate(parts, reply),
        "schedule": _schedule(parts, due),
        "database": database,
    }
    return Health(found if parts.post is None else found | {"mail": _mail(parts.post, parts.clock.monotonic())})


def _updates(parts: Parts) -> Part:
    late = parts.updates.late(parts.clock.monotonic(), HOOK_EVERY if parts.by_webhook else POLL_EVERY)
    return _judged(late, UPDATES_LATE, "Telegram does not answer")


def _gate(parts: Parts, reply: float) -> Part:
    now = parts.clock.monotonic()
    round_late = parts.gate.late(now, ROUND_EVERY)
    late = None if round_late is None else max(round_late, parts.sendings.stuck_for(now), reply)
    return _judged(late, GATE_LATE, "messages do not get out")


def _mail(post: Post, now: float) -> Part:
    round_late = post.heartbeat.late(now, POST_LOOKS_EVERY)
    late = None if round_late is None else max(round_late, post.stuck_for(now))
    return _judged(late, MAIL_LATE, "the mail server takes no letters")


def _schedule(parts: Parts, due: float) -> Part:
    ring_late = parts.schedule.late(parts.clock.monotonic(), ROUND_EVERY)
    if parts.clock.doubted:
        return Part(False, ring_late, "the machine's clock is wrong")
    if due > DUE_LATE and ring_late is not None:
        return Part(False, round(max(due, ring_late), 1), "what fell due is not done")
    return _judged(ring_late, SCHEDULE_LATE, "the bell does not ring")


async def _database(parts: Parts) -> tuple[float, float, Part]:
    """The oldest reply, the oldest due row, and whether the file can be read, and written as far as can be told.

    Gate and schedule each commit every second: when the later of them last did is when it could last be written.
    """
    monotonic, now = parts.clock.monotonic(), parts.clock.now()
    commits = (parts.gate.late(monotonic, ROUND_EVERY), parts.schedule.late(monotonic, ROUND_EVERY))
    late = min((one for one in commits if one is not None), default=None)
    try:
        async with parts.database.read() as db:
            reply = await oldest_reply(db, now, parts.zone)
            due = max((await late_rows(db, now)).values())
    except SQLAlchemyError:
        return 0.0, 0.0, Part(False, late, "it cannot be read")
    if parts.database.away:
        return reply, due, Part(False, late, "it cannot be written")
    if shutil.disk_usage(parts.database_file.parent).free < LEAST_FREE:
        return reply, due, Part(False, late, "its disk is full")
    return reply, due, _judged(late, SCHEDULE_LATE, "it cannot be written")


def _judged(late: float | None, most: float, why: str) -> Part:
    if late is None:
        return Part(False, None, "it has not begun")
    return Part(True, round(late, 1)) if late <= most else Part(False, round(late, 1), why)

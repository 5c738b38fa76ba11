"""What cannot be said to somebody who closed the chat, and is said once they are back.

Their notices are set aside instead of being tried, as each try would be refused. They keep for as long as settled rows
do (`outbox.KEEP_SENT_FOR`). Answers to presses and what goes to many do not keep: by then nobody waits for them.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.packing import State
from bot.storage.tables import outbox, people
from bot.turn import Message, Priority

MOST_SAID_AGAIN: Final = 10
"""The newest so many: whoever was away for long does not want to read all of it."""

BLANK: Final[dict[str, Any]] = {
    "facts": {},
    "keyboard": [],
    "attachment": None,
    "attachment_name": None,
    "location": None,
    "picture": None,
    "mail_to": None,
    "deletes": None,
}
"""What is left of a row that nobody will read any more."""

_KEEPS: Final = and_(outbox.c.priority == int(Priority.NOTICE), outbox.c.batch.is_(None))
_GONE: Final = select(people.c.id).where(
    people.c.id.in_(bindparam("ids", expanding=True)), people.c.unreachable_at.is_not(None)
)
_SET_ASIDE: Final = (
    update(outbox)
    .where(outbox.c.person_id.in_(_GONE), outbox.c.state == State.WAITING.value, _KEEPS)
    .values(state=State.UNREACHABLE.value, done_at=bindparam("now"))
)


async def set_aside(db: AsyncConnection, messages: Collection[Message], now: datetime) -> None:
    """Of messages just queued, keep back the notices to people who cannot be reached."""
    ids = {one.to for one in messages if one.priority is Priority.NOTICE and one.batch is None}
    if ids:
        await db.execute(_SET_ASIDE, {"ids": list(ids), "now": now})


async def set_all_aside(db: AsyncConnection, person_id: int, now: datetime) -> None:
    """What waits for somebody who turned out to be gone, or is under way to them."""
    waits = (outbox.c.person_id == person_id, outbox.c.state.in_([State.WAITING.value, State.IN_FLIGHT.value]))
    gone: dict[str, Any] = {"state": State.UNREACHABLE.value, "done_at": now}
    await db.execute(update(outbox).where(*waits, not_(_KEEPS)).values(gone | BLANK))
    await db.execute(update(outbox).where(*waits).values(gone))


async def say_again(db: AsyncConnection, person_id: int, now: datetime) -> None:
    """Queue what was set aside for this person and still matters, in its order; it finds its words when it goes out."""
    aside = (outbox.c.person_id == person_id, outbox.c.state == State.UNREACHABLE.value, _KEEPS)
    matters = (*aside, or_(outbox.c.expires_at.is_(None), outbox.c.expires_at > now))
    newest = select(outbox.c.id).where(*matters).order_by(outbox.c.id.desc()).limit(MOST_SAID_AGAIN)
    ids = (await db.scalars(newest)).all()
    again = update(outbox).where(outbox.c.id.in_(ids))
    await db.execute(again.values(state=State.WAITING.value, done_at=None, attempts=0))
    await db.execute(update(outbox).where(*aside).values(state=State.EXPIRED.value, **BLANK))

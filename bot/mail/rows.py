"""Letters as rows of the outbox: claimed by the post, settled, and found again by what their Message-ID says."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery import outbox
from bot.delivery.packing import SUBJECT, State
from bot.delivery.returning import BLANK
from bot.storage.inserting import each
from bot.storage.tables import outbox as rows
from bot.turn import Priority
from bot.words import Language, Phrase, decode_facts

log = logging.getLogger(__name__)

_IS_LETTER: Final = rows.c.priority == int(Priority.MAIL)
_WAITS: Final = (_IS_LETTER, rows.c.state == State.WAITING.value, rows.c.not_before <= bindparam("now"))
_NEXT: Final = (
    select(func.min(rows.c.id))
    .where(*_WAITS, func.lower(rows.c.mail_to).not_in(bindparam("busy", expanding=True)))
    .group_by(func.lower(rows.c.mail_to))
    .order_by(func.min(rows.c.id))
    .limit(bindparam("most"))
)
_ANY: Final = select(rows.c.id).where(*_WAITS).limit(1)
_READ: Final = select(
    rows.c.id,
    rows.c.mail_to,
    rows.c.language,
    rows.c.key,
    rows.c.facts,
    rows.c.once,
    rows.c.attempts,
    rows.c.created_at,
).where(rows.c.id.in_(bindparam("ids", expanding=True)))
_TAKE: Final = (
    update(rows)
    .where(rows.c.id == bindparam("row"), rows.c.state == State.WAITING.value)
    .values(state=State.IN_FLIGHT.value, attempts=rows.c.attempts + 1)
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter in the post's hands; `attempts` counts this one too, `since` is when it was written."""

    id: int
    to: str
    language: Language
    subject: Phrase
    body: Phrase
    occasion: str
    attempts: int
    since: datetime

    @property
    def mailbox(self) -> str:
        """Two letters to the same one never go side by side."""
        return self.to.lower()


async def claim(db: AsyncConnection, now: datetime, most: int, busy: Collection[str]) -> list[Claimed]:
    """Take at most so many letters that may go now, one for each mailbox and none for those that are `busy`.

    A row that cannot be read any more is set aside as rejected, so that it holds nobody else up.
    """
    ids = list(await db.scalars(_NEXT, {"now": now, "busy": list(busy), "most": most})) if most > 0 else []
    found: list[Claimed] = []
    for row in (await db.execute(_READ, {"ids": ids})).all() if ids else ():
        try:
            found.append(_claimed(row))
        except (ValueError, KeyError, TypeError, AttributeError) as broken:
            await outbox.mark_rejected(db, row.id, f"cannot be read: {type(broken).__name__}", now)
    if found:
        await db.execute(_TAKE, each([{"row": one.id} for one in found]))
    return found


def _claimed(row: Any) -> Claimed:
    facts = dict(decode_facts(row.facts))
    subject = facts.pop(SUBJECT)
    if not isinstance(subject, Phrase):
        raise TypeError("a letter without a subject")
    language, body = Language(row.language), Phrase(row.key, facts)
    return Claimed(row.id, row.mail_to, language, subject, body, row.once, row.attempts + 1, row.created_at)


async def sent(db: AsyncConnection, row: int, at: datetime) -> None:
    """It was taken over."""
    await _settle(db, row, State.SENT, at)


async def undeliverable(db: AsyncConnection, row: int, fault: str, at: datetime) -> bool:
    """It will never arrive; False where a report of it was quicker."""
    return await _settle(db, row, State.UNREACHABLE, at, fault)


async def _settle(db: AsyncConnection, row: int, state: State, at: datetime, fault: str | None = None) -> bool:
    of_ours = (rows.c.id == row, rows.c.state == State.IN_FLIGHT.value)
    done = await db.execute(update(rows).where(*of_ours).values(state=state.value, done_at=at, fault=fault, **BLANK))
    return done.rowcount == 1


async def put_back(db: AsyncConnection, row: int, not_before: datetime) -> None:
    """It did not go: it waits again, at least until then."""
    of_ours = (rows.c.id == row, rows.c.state == State.IN_FLIGHT.value)
    await db.execute(update(rows).where(*of_ours).values(state=State.WAITING.value, not_before=not_before))


async def reopen(db: AsyncConnection, *, but: Collection[int] = ()) -> None:
    """What was under way when the process ended goes again: at most once twice, and never not at all."""
    lost = (_IS_LETTER, rows.c.state == State.IN_FLIGHT.value, rows.c.id.not_in(but))
    await db.execute(update(rows).where(*lost).values(state=State.WAITING.value))


async def anything_due(db: AsyncConnection, now: datetime) -> bool:
    """Whether any letter may go now."""
    return (await db.execute(_ANY, {"now": now})).first() is not None


async def occasion_of(db: AsyncConnection, row: int) -> str | None:
    """What that letter was for, as long as the row is kept; None where there is no such letter."""
    occasion: str | None = await db.scalar(select(rows.c.once).where(rows.c.id == row, _IS_LETTER))
    return occasion


async def came_back(db: AsyncConnection, row: int, fault: str, at: datetime) -> bool:
    """Somebody's mail server reports that it could not deliver it; False where that is known."""
    states = [State.WAITING.value, State.IN_FLIGHT.value, State.SENT.value]
    lost = {"state": State.UNREACHABLE.value, "fault": fault, "done_at": at, **BLANK}
    done = await db.execute(update(rows).where(rows.c.id == row, _IS_LETTER, rows.c.state.in_(states)).values(lost))
    return done.rowcount == 1

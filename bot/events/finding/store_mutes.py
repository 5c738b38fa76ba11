"""What somebody wants no invitations or news of: the mutes table, typed."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.event import Kind, Particulars
from bot.storage.tables import mutes


class Mutable(StrEnum):
    """What can be muted of a kind of event: invitations to it, and news of it that others hold."""

    EVENT = "event"
    NEWS = "news"


def subject(of: Mutable, kind: Kind) -> str:
    """The one name under which this is muted, at most 40 characters: `event:camp`, `news:training`."""
    return f"{of.value}:{kind.value}"


def subject_of(kind: Kind, particulars: Particulars) -> str:
    """What one has to have muted to be spared this: news goes by what it is news of."""
    if kind is Kind.ANNOUNCEMENT:
        return subject(Mutable.NEWS, particulars.news_of or Kind.OTHER)
    return subject(Mutable.EVENT, kind)


SUBJECTS: Final = frozenset(subject(of, kind) for of in Mutable for kind in Kind if kind is not Kind.ANNOUNCEMENT)
"""Everything that can be muted."""


async def mute(db: AsyncConnection, person_id: int, what: str, now: datetime) -> None:
    """No invitations to that any more; ValueError for what cannot be muted, and a second time changes nothing."""
    if what not in SUBJECTS:
        raise ValueError(f"{what} is nothing that can be muted")
    if what not in await muted(db, person_id):
        await db.execute(insert(mutes).values(person_id=person_id, subject=what, at=now))


async def unmute(db: AsyncConnection, person_id: int, what: str) -> None:
    """Invitations to that again."""
    await db.execute(delete(mutes).where(mutes.c.person_id == person_id, mutes.c.subject == what))


async def muted(db: AsyncConnection, person_id: int) -> frozenset[str]:
    """What this person has muted."""
    return frozenset(await db.scalars(select(mutes.c.subject).where(mutes.c.person_id == person_id)))

"""The referral_sessions table, typed."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.referrals.closed.sessions import Session
from bot.referrals.referral import Referral, Said
from bot.referrals.rules import Words
from bot.storage.tables import referral_sessions


async def keep(db: AsyncConnection, referral_id: int, words: Words) -> None:
    """What both sides have said of that appointment so far; the first word of it makes its row."""
    said = {"provider_said": words.provider and words.provider.value, "youth_said": words.youth and words.youth.value}
    this = (referral_sessions.c.referral_id == referral_id, referral_sessions.c.at == words.at)
    if (await db.execute(update(referral_sessions).where(*this).values(said))).rowcount:
        return
    so_far = select(func.count()).where(referral_sessions.c.referral_id == referral_id)
    number = (await db.execute(so_far)).scalar_one() + 1
    await db.execute(insert(referral_sessions).values(referral_id=referral_id, number=number, at=words.at, **said))


async def session_at(db: AsyncConnection, referral_id: int, at: datetime) -> Session | None:
    """The appointment that began at that moment (UTC); None where nobody has said a word of such a one."""
    found = await db.execute(
        select(referral_sessions).where(referral_sessions.c.referral_id == referral_id, referral_sessions.c.at == at)
    )
    row = found.one_or_none()
    return None if row is None else _session(row)


async def disputed(db: AsyncConnection, referral: Referral) -> Session | None:
    """The latest earlier appointment of which both sides say different things; the present one has its own state."""
    table = referral_sessions
    found = await db.execute(select(table).where(table.c.referral_id == referral.id).order_by(table.c.number.desc()))
    sessions = (_session(row) for row in found.all())
    return next((one for one in sessions if one.is_disputed and one.at != referral.meeting.at), None)


async def say(db: AsyncConnection, referral_id: int, before: Session, after: Session) -> bool:
    """Keep the young person's word; True for the one caller who found the session as `before` has it."""
    table = referral_sessions
    as_before = table.c.youth_said.is_(None) if before.youth is None else table.c.youth_said == before.youth.value
    changed = await db.execute(
        update(table)
        .where(table.c.referral_id == referral_id, table.c.number == before.number, as_before)
        .values(youth_said=after.youth and after.youth.value)
    )
    return changed.rowcount == 1


def _session(row: Any) -> Session:
    return Session(row.number, row.at, _said(row.provider_said), _said(row.youth_said))


def _said(value: str | None) -> Said | None:
    return Said(value) if value else None

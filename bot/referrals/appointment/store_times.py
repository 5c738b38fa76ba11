"""Where a receiver's appointments are, as they last said it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.referrals.referral import Meeting, Referral
from bot.storage.tables import referrals
from bot.words import Language


async def last_described(db: AsyncConnection, referral: Referral) -> Meeting | None:
    """Place, language and interpreter of the receiver's last other referral that has a place; no time."""
    to = referral.to
    same = referrals.c.service_id == to.service_id
    if to.person_id is not None:
        same = referrals.c.receiver_id == to.person_id
    found = await db.execute(
        select(referrals.c.place, referrals.c.spoken, referrals.c.interpreter)
        .where(same, referrals.c.id != referral.id, referrals.c.place.is_not(None))
        .order_by(referrals.c.changed_at.desc(), referrals.c.id.desc())
        .limit(1)
    )
    row = found.one_or_none()
    if row is None:
        return None
    return Meeting(place=row.place, spoken=Language(row.spoken) if row.spoken else None, interpreter=row.interpreter)

"""How busy services are."""

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import referrals

_PASSED_ON: Final = ("requested", "received", "accepted", "in_progress")
"""The states of a referral that takes a place, as `bot.referrals` has them."""


async def under_way(db: AsyncConnection, service_ids: Collection[int]) -> Mapping[int, int]:
    """How many referrals each of these services has that are not over."""
    rows = await db.execute(
        select(referrals.c.service_id, func.count())
        .where(referrals.c.service_id.in_(list(service_ids)), referrals.c.state.in_(_PASSED_ON))
        .group_by(referrals.c.service_id)
    )
    return {row[0]: row[1] for row in rows}

"""What has to be known of those who may receive a referral, beside who they are."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.referrals.referral import Kind, State
from bot.storage.tables import people, referrals


async def asked_in_vain(
    db: AsyncConnection, case_id: int, kind: Kind, since: datetime, *, apart: bool
) -> frozenset[str]:
    """Who got a referral of that case and kind and has since then declined it or left it without an answer: services
    and people, as `offers` names them; with `apart` those as well that were asked without the mentor's knowledge."""
    known = true() if apart else ~referrals.c.without_mentor
    found = await db.execute(
        select(referrals.c.receiver_id, referrals.c.service_id).where(
            referrals.c.case_id == case_id,
            referrals.c.kind == kind.value,
            referrals.c.state.in_([State.REJECTED.value, State.FAILED.value]),
            or_(referrals.c.text_hash.is_not(None), referrals.c.override_reason.is_not(None)),
            referrals.c.changed_at >= since,
            known,
        )
    )
    return frozenset(
        id_
        for row in found
        for id_ in (row.receiver_id and f"person:{row.receiver_id}", row.service_id and f"service:{row.service_id}")
        if id_
    )


async def unreachable(db: AsyncConnection, person_ids: Collection[int]) -> frozenset[int]:
    """Those of them whom the bot can no longer reach."""
    query = select(people.c.id).where(people.c.id.in_(list(person_ids)), people.c.unreachable_at.is_not(None))
    return frozenset(await db.scalars(query))

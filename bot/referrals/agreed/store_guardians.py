"""A parent's or guardian's yes to one kind of help, as whoever guides the young person saw it."""

from datetime import date, datetime

from sqlalchemy import insert, select

from bot.referrals.agreed.actions_consent import GuardianForm
from bot.referrals.referral import Kind
from bot.storage.tables import guardian_consents
from bot.turn import Connection


async def is_recorded(db: Connection, case_id: int, kind: Kind) -> bool:
    """Whether one is; it holds for every referral of that case and kind."""
    found = await db.execute(
        select(guardian_consents.c.id).where(
            guardian_consents.c.case_id == case_id, guardian_consents.c.kind == kind.value
        )
    )
    return found.first() is not None


async def record(
    db: Connection, case_id: int, kind: Kind, form: GuardianForm, on: date, recorded_by: int, now: datetime
) -> None:
    """Write it down: in which form and on which day, and who saw it; never who it was."""
    await db.execute(
        insert(guardian_consents).values(
            case_id=case_id,
            kind=kind.value,
            form=form.value,
            given_on=on,
            recorded_by=recorded_by,
            recorded_at=now,
        )
    )

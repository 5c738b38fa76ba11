"""The yes to one text for one receiver: who gave it to which words, and whether it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from bot.referrals.referral import Referral
from bot.storage import records
from bot.storage.records import Look
from bot.storage.tables import cases, referral_consents, referrals
from bot.turn import Connection
from bot.words import Language


@dataclass(frozen=True, slots=True)
class Consent:
    """A young person's yes: `text_hash` is of the text in the receiver's language, `language` the one they read."""

    referral_id: int
    recipient: str
    text_hash: str
    language: Language
    given_at: datetime
    withdrawn_at: datetime | None


async def give(db: Connection, referral: Referral, text_hash: str, language: Language, at: datetime) -> None:
    """Keep the young person's yes to this text for this receiver."""
    await db.execute(
        insert(referral_consents).values(
            referral_id=referral.id,
            recipient=referral.to.recipient,
            text_hash=text_hash,
            language=language.value,
            given_at=at,
        )
    )


async def withdraw(db: Connection, referral_id: int, at: datetime) -> None:
    """From now on none stands."""
    standing = (referral_consents.c.referral_id == referral_id, referral_consents.c.withdrawn_at.is_(None))
    await db.execute(update(referral_consents).where(*standing).values(withdrawn_at=at))


async def withdraw_all(db: Connection, youth_id: int, at: datetime) -> None:
    """None of this young person's stands any longer."""
    theirs = select(referrals.c.id).join(cases, cases.c.id == referrals.c.case_id).where(cases.c.youth_id == youth_id)
    standing = (referral_consents.c.referral_id.in_(theirs), referral_consents.c.withdrawn_at.is_(None))
    await db.execute(update(referral_consents).where(*standing).values(withdrawn_at=at))


async def stands(db: Connection, referral: Referral, text_hash: str) -> bool:
    """Whether the yes of the case's young person to exactly this text, for exactly this receiver, stands."""
    found = await db.execute(
        select(referral_consents.c.id).where(
            referral_consents.c.referral_id == referral.id,
            referral_consents.c.recipient == referral.to.recipient,
            referral_consents.c.text_hash == text_hash,
            referral_consents.c.withdrawn_at.is_(None),
        )
    )
    return found.first() is not None


async def note_override(db: Connection, referrer_id: int, youth_id: int, at: datetime) -> None:
    """Stands in the log of who looked at what, for whoever answers for data protection."""
    await records.looked(db, at, [Look(referrer_id, youth_id, "override")])


async def of(db: Connection, referral_id: int) -> Sequence[Consent]:
    """Every yes to it, oldest first."""
    found = await db.execute(
        select(referral_consents)
        .where(referral_consents.c.referral_id == referral_id)
        .order_by(referral_consents.c.given_at, referral_consents.c.id)
    )
    return [
        Consent(row.referral_id, row.recipient, row.text_hash, Language(row.language), row.given_at, row.withdrawn_at)
        for row in found.all()
    ]

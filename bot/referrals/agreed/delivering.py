"""The one door to the words that are passed on: nobody who receives a referral is shown them any other way."""

from dataclasses import dataclass

from bot.referrals import rules
from bot.referrals.agreed import store_consents
from bot.referrals.referral import CLOSED, Circle, hash_of
from bot.turn import Connection


@dataclass(frozen=True, slots=True)
class Withheld:
    """There is nothing to show: no yes to this very text stands, or the referral is over."""


async def text_for(db: Connection, circle: Circle) -> str | Withheld:
    """What the receiver may read, in their language.

    The young person's yes to exactly this text for exactly this receiver must stand, or whoever guides them must have
    passed it on as a child is in danger (`rules.override`).
    """
    referral = circle.referral
    if not rules.is_passed_on(referral) or referral.state in CLOSED:
        return Withheld()
    if referral.override_reason is not None:
        return referral.text
    agreed = await store_consents.stands(db, referral, hash_of(referral.text))
    return referral.text if agreed else Withheld()

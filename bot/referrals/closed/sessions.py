"""The appointments of a referral that were spoken about: what both sides said of each, never what was talked about."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.referrals.closed.closing import Settling, settle
from bot.referrals.referral import Said
from bot.referrals.rules import MovedOn

OF_AN_EARLIER_ONE: Final = (Said.HELPED, Said.TOOK_PLACE, Said.DID_NOT)
"""What can still be said of an appointment once the next one is looked for."""


@dataclass(frozen=True, slots=True)
class Session:
    """`number` counts the appointments of the referral from 1; `at` is UTC."""

    number: int
    at: datetime
    provider: Said | None
    youth: Said | None

    @property
    def is_disputed(self) -> bool:
        """Whether one side says that it took place and the other that it did not."""
        return settle(self.provider, self.youth, final=False) is Settling.MISMATCH


def say_later(session: Session, said: Said) -> Session | MovedOn:
    """The young person says of an earlier appointment what they did not say at the time, or says it anew."""
    if said not in OF_AN_EARLIER_ONE or session.youth is said:
        return MovedOn()
    return replace(session, youth=said)

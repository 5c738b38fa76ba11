"""How long somebody is waited for, in working days, by kind of help."""

from dataclasses import dataclass
from typing import Final

from bot.referrals.referral import Kind
from bot.settings import Settings

LAST: Final = 5
"""Working days before the step that ends it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """`patience` is between two steps while somebody's answer is awaited, `last` before the one that ends it."""

    patience: int
    last: int = LAST


def terms_of(kind: Kind, settings: Settings) -> Terms:
    """The terms of that kind of help: BOT_REFERRAL_DAYS."""
    return Terms(settings.referral_days[kind.value])

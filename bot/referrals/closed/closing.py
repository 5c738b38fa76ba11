"""How a referral closes: when both sides have said what happened, or when there is no hope that they will.

Every combination of what the provider and the young person say, or do not say, leads to one `Settling`.
"""

from enum import Enum, StrEnum
from typing import Final

from bot.referrals.referral import Said


class Settling(StrEnum):
    """Where the two words lead."""

    WAIT = "wait"
    """The other side may still say something."""
    COMPLETED = "completed"
    NOT_HAPPENED = "not_happened"
    AGAIN = "again"
    """It did not take place and another time is wanted: back to looking for one."""
    MISMATCH = "mismatch"
    """They say different things: whoever guides the young person finds out."""
    UNCONFIRMED = "unconfirmed"
    """One side said that it took place, the other nothing for too long."""
    NOBODY = "nobody"
    """Neither said anything for too long."""


class _Heard(Enum):
    HAPPENED = "happened"
    DID_NOT = "did_not"
    NOT_YET = "not_yet"
    SILENT = "silent"


_HEARD: Final = {
    Said.HELPED: _Heard.HAPPENED,
    Said.TOOK_PLACE: _Heard.HAPPENED,
    Said.DID_NOT: _Heard.DID_NOT,
    Said.NOT_YET: _Heard.NOT_YET,
    None: _Heard.SILENT,
}


def settle(provider: Said | None, youth: Said | None, *, final: bool) -> Settling:
    """Where these two words lead; `final` says that nobody is waited for any longer."""
    heard = (_HEARD[provider], _HEARD[youth])
    match heard:
        case (_Heard.HAPPENED, _Heard.HAPPENED):
            return Settling.COMPLETED
        case (_Heard.HAPPENED, _Heard.DID_NOT | _Heard.NOT_YET) | (_Heard.DID_NOT | _Heard.NOT_YET, _Heard.HAPPENED):
            return Settling.MISMATCH
        case (_Heard.DID_NOT, _Heard.DID_NOT):
            return Settling.NOT_HAPPENED
        case (_Heard.NOT_YET, _):
            return Settling.AGAIN  # the provider can name a time at once; nobody else is waited for
        case (_Heard.DID_NOT, _Heard.NOT_YET):
            return Settling.AGAIN
        case _ if not final:
            return Settling.WAIT
        case (_Heard.SILENT, _Heard.SILENT):
            return Settling.NOBODY
        case (_Heard.SILENT, _Heard.NOT_YET):
            return Settling.AGAIN
        case (_Heard.DID_NOT, _) | (_, _Heard.DID_NOT):
            return Settling.NOT_HAPPENED
        case _:
            return Settling.UNCONFIRMED

"""Every reason for which a case moves to a stage, in words: one key for each code."""

from typing import Final

from bot.programme.afterwards.reopening import Comeback
from bot.programme.joining.eligibility import TAKEN_BACK, Ground
from bot.programme.rules import NotNow, Outcome
from bot.words import Phrase, phrase

DUPLICATE: Final = "duplicate"
"""The young person goes on with another account, where their other case is."""

_OUTCOMES: Final = frozenset(outcome.value for outcome in Outcome)
_REASONS: Final = frozenset({*NotNow, *Ground, *Comeback, TAKEN_BACK, DUPLICATE})


def reason(code: str | None) -> Phrase | None:
    """The reason of a move in words; None where there is none, or it is told elsewhere.

    Why somebody is paused is read on the page of the pauses alone: it may be their health, and they were promised that
    only those who guide them see it.
    """
    if code in _OUTCOMES:
        return phrase(f"programme.any.outcome.{code}")
    return phrase(f"programme.any.reason.{code}") if code in _REASONS else None

"""What a locked screen shows of a message, and whether that tells a stranger what the chat is about."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from bot.words import Language

SHOWN: Final = 80
"""Characters that a notification surely shows; its beginning is what counts."""

_WORDS: Final = Path(__file__).parents[1] / "locales" / "sensitive_words.toml"


def tells(text: str, language: Language) -> str | None:
    """The first sensitive word among the characters that are shown; None where there is none."""
    found = _sensitive(language).search(text[:SHOWN])
    return found[0] if found else None


@cache
def _sensitive(language: Language) -> re.Pattern[str]:
    words = tomllib.loads(_WORDS.read_text("utf-8"))[language.value]
    return re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)

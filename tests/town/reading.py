"""How a test recognises words by their key: the catalogue's text with its facts left open."""

import re
from functools import cache
from html import unescape

from bot.texts import catalogue
from bot.words import Language

_TAG = re.compile(r"<[^>]+>")


@cache
def pattern(key: str, language: Language) -> re.Pattern[str]:
    """Matches the key's words in that language, whatever its facts; raises KeyError for a key that is not there."""
    forms = catalogue(language).forms[key]
    alternatives = [_open(unescape(_TAG.sub("", form)).strip()) for form in forms]
    return re.compile("|".join(f"(?:{one})" for one in alternatives), re.DOTALL)


def _open(words: str) -> str:
    parts = re.split(r"\{[a-z_]+\}", words)
    if parts[-1] == "" and any(part.strip() for part in parts):  # a last fact that says nothing takes its lines along
        parts[-2] = parts[-2].rstrip()
    return "(?:.*?)".join(re.escape(part) for part in parts)

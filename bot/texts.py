"""Key, facts and language become words: gettext catalogues, Babel's dates, everything escaped for Telegram's HTML.

A fact is escaped because it may hold anything; a translation is not, because it carries the tags. Catalogues lie in
`locales/<language>/LC_MESSAGES/<capability>.po`, with the same keys as ids in all three, and are compiled at start.
"""

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po

from bot.words import Fact, InLanguages, Language, Lines, Listing, Phrase, SaidIn

LOCALES: Final = Path(__file__).resolve().parent.parent / "locales"

_MOMENT: Final = {
    Language.LV: "EEE, d. MMM, HH:mm",
    Language.UK: "EEE, d MMM, HH:mm",
    Language.EN: "EEE d MMM, HH:mm",
}
_DATE: Final = {
    Language.LV: "dd.MM.y.",
    Language.UK: "dd.MM.y",
    Language.EN: "d MMM y",
}


class MissingText(LookupError):
    """A key that no catalogue holds, or a fact that its text asks for: a mistake of ours, found by the tests."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language: for each key its plural forms, one where it has no plural."""

    forms: Mapping[str, tuple[str, ...]]
    plural: Callable[[int], int]


@cache
def catalogue(language: Language, root: Path = LOCALES) -> Catalogue:
    """One language's words, read from its .po files and kept for the life of the process."""
    forms: dict[str, tuple[str, ...]] = {}
    plural = "n != 1"
    for path in sorted((root / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            found = read_po(file, locale=Locale(language.value))
        plural = found.plural_expr
        for message in found:
            if not message.id:
                continue
            key = message.id if isinstance(message.id, str) else message.id[0]
            words = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if key in forms:
                raise ValueError(f"{path.name}: {key} stands in another catalogue too")
            forms[key] = words
    return Catalogue(forms, gettext.c2py(plural))


class Texts:
    """Finds the words. `zone` is where moments are told (Europe/Riga unless the settings say otherwise)."""

    def __init__(self, zone: ZoneInfo, root: Path = LOCALES) -> None:
        self._zone = zone
        self._catalogues = {language: catalogue(language, root) for language in Language}

    def html(self, phrase: Phrase, language: Language) -> str:
        """The phrase as Telegram HTML; raises MissingText."""
        return self._say(phrase, language, escaped=True)

    def plain(self, phrase: Phrase, language: Language) -> str:
        """The phrase without escapes, for buttons, file names and commands; raises MissingText."""
        return self._say(phrase, language, escaped=False)

    def _say(self, phrase: Phrase, language: Language, *, escaped: bool) -> str:
        words = self._catalogues[language]
        try:
            forms = words.forms[phrase.key]
        except KeyError:
            raise MissingText(f"no text for {phrase.key} in {language.value}") from None
        count = phrase.facts.get("count")
        form = forms[words.plural(count)] if isinstance(count, int) and len(forms) > 1 else forms[0]
        if "{" not in form:
            return form
        facts = {name: self._fact(fact, language, escaped=escaped) for name, fact in phrase.facts.items()}
        try:
            return form.format_map(facts)
        except KeyError as missing:
            raise MissingText(f"{phrase.key} wants the fact {missing}") from None

    def _fact(self, fact: Fact, language: Language, *, escaped: bool) -> str:
        match fact:
            case str():
                return escape(fact, quote=False) if escaped else fact
            case int():
                return str(fact)
            case datetime():
                return _moment(fact.astimezone(self._zone).replace(second=0, microsecond=0, tzinfo=None), language)
            case date():
                return _day(fact, language)
            case Phrase():
                return self._say(fact, language, escaped=escaped)
            case Lines():
                return "\n".join(self._say(line, language, escaped=escaped) for line in fact.phrases)
            case Listing():
                return ", ".join(self._say(item, language, escaped=escaped) for item in fact.phrases)
            case InLanguages():
                written = fact.texts.get(language) or fact.texts[fact.fallback]
                return escape(written, quote=False) if escaped else written
            case SaidIn():
                return self._say(fact.phrase, fact.language, escaped=escaped)
            case never:
                assert_never(never)


@cache
def _moment(local: datetime, language: Language) -> str:
    return format_datetime(local, _MOMENT[language], locale=language.value)


@cache
def _day(day: date, language: Language) -> str:
    return format_date(day, _DATE[language], locale=language.value)

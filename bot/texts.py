"""Key, facts and language become words: gettext catalogues, Babel's dates, everything escaped for Telegram's HTML.

A fact is escaped because it may hold anything; a translation is not, because it carries the tags. Catalogues lie in
`locales/<language>/LC_MESSAGES/<capability>.po`, with the same keys as ids in all three, and are compiled at start.
"""

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from string import Formatter
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
        self._forms = {language: _all_cut(language, root) for language in Language}

    def html(self, phrase: Phrase, language: Language, zone: ZoneInfo | None = None) -> str:
        """The phrase as Telegram HTML, moments by the clock of `zone` where the reader has one; raises MissingText."""
        return self._say(phrase, language, _escaped, zone or self._zone)

    def plain(self, phrase: Phrase, language: Language, zone: ZoneInfo | None = None) -> str:
        """The phrase without escapes, for buttons, file names and commands; raises MissingText."""
        return self._say(phrase, language, str, zone or self._zone)

    def fact(self, fact: Fact, language: Language) -> str:
        """One fact as plain words, for what is drawn or written into a file; raises MissingText."""
        return self._fact(fact, language, str, self._zone)

    def _say(self, phrase: Phrase, language: Language, safe: Callable[[str], str], zone: ZoneInfo) -> str:
        try:
            forms = self._forms[language][phrase.key]
        except KeyError:
            raise MissingText(f"no text for {phrase.key} in {language.value}") from None
        cut = forms[0] if len(forms) == 1 else forms[self._catalogues[language].plural(_count(phrase))]
        if not cut.facts:
            return cut.pieces[0]
        pieces, facts = list(cut.pieces), phrase.facts
        try:
            for place, name in cut.facts:
                pieces[place] = self._fact(facts[name], language, safe, zone)
        except KeyError as missing:
            raise MissingText(f"{phrase.key} wants the fact {missing}") from None
        return "".join(pieces)

    def _fact(self, fact: Fact, language: Language, safe: Callable[[str], str], zone: ZoneInfo) -> str:
        """One fact in words; what invitations hold is asked for first."""
        match fact:
            case str():
                return safe(fact)
            case InLanguages():
                return safe(fact.texts.get(language) or fact.texts[fact.fallback])
            case datetime():
                return _moment(fact, zone, language)
            case Phrase():
                return self._say(fact, language, safe, zone)
            case int():
                return str(fact)
            case date():
                return _day(fact, language)
            case Lines():
                return "\n".join(self._say(line, language, safe, zone) for line in fact.phrases)
            case Listing():
                return ", ".join(self._say(item, language, safe, zone) for item in fact.phrases)
            case SaidIn():
                return self._say(fact.phrase, fact.language, safe, zone)
            case never:
                assert_never(never)


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut at its placeholders, which stand empty in `pieces`; `facts` says where each fact goes."""

    pieces: tuple[str, ...]
    facts: tuple[tuple[int, str], ...]


@cache
def _all_cut(language: Language, root: Path) -> Mapping[str, tuple[Cut, ...]]:
    """Each text is cut once: to look for its placeholders in every message would take as long as to fill them."""
    return {key: tuple(_cut(form) for form in forms) for key, forms in catalogue(language, root).forms.items()}


def _cut(form: str) -> Cut:
    pieces: list[str] = []
    facts: list[tuple[int, str]] = []
    for words, name, _, _ in Formatter().parse(form):
        pieces.append(words)
        if name is not None:
            facts.append((len(pieces), name))
            pieces.append("")
    return Cut(tuple(pieces) or ("",), tuple(facts))


def _escaped(text: str) -> str:
    """As Telegram's HTML wants it; hardly any text holds one of the three."""
    if "&" in text or "<" in text or ">" in text:
        return escape(text, quote=False)
    return text


def _count(phrase: Phrase) -> int:
    """What the plural form hangs on; where a text is used without a number it is about one."""
    count = phrase.facts.get("count")
    return count if isinstance(count, int) else 1


# Many are told of the same moment. Each minute of each day would add up over months, so not all are kept.
@lru_cache(maxsize=4096)
def _moment(at: datetime, zone: ZoneInfo, language: Language) -> str:
    return format_datetime(at.astimezone(zone).replace(tzinfo=None), _MOMENT[language], locale=language.value)


@lru_cache(maxsize=4096)
def _day(day: date, language: Language) -> str:
    return format_date(day, _DATE[language], locale=language.value)

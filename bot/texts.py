"""Key, facts and language become words: gettext catalogues, Babel's dates, everything escaped for Telegram's HTML.

A fact is escaped because it may hold anything; a translation is not, because it carries the tags. Catalogues lie in
`locales/<language>/LC_MESSAGES/<capability>.po`, with the same keys as ids in all three, and are read at start.
"""

import gettext
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from string import Formatter
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

from bot.cities import city
from bot.words import Fact, InLanguages, Language, Lines, Listing, Phrase, SaidIn, Span

LOCALES: Final = Path(__file__).resolve().parent.parent / "locales"

_MOMENT: Final = {
    Language.LV: "EEE, d. MMM, HH:mm",
    Language.UK: "EEE, d MMM, HH:mm",
    Language.EN: "EEE d MMM, HH:mm",
}
_WITH_YEAR: Final = {
    Language.LV: "EEE, y. 'gada' d. MMM, HH:mm",
    Language.UK: "EEE, d MMM y 'р'., HH:mm",
    Language.EN: "EEE d MMM y, HH:mm",
}
_NEAR: Final = timedelta(days=183)
"""A moment that is further away than half a year is told with its year."""

_DATE: Final = {
    Language.LV: "dd.MM.y.",
    Language.UK: "dd.MM.y",
    Language.EN: "d MMM y",
}


class MissingText(LookupError):
    """A key that no catalogue holds, or a fact that its text asks for: a mistake of ours, found by the tests."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """By which clock moments are told, and what time it is; where nobody knows, no moment counts as far away."""

    zone: ZoneInfo
    now: datetime | None = None

    def is_far(self, at: datetime) -> bool:
        return self.now is not None and abs(at - self.now) > _NEAR


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of one language: for each key its plural forms, one where it has no plural."""

    forms: Mapping[str, tuple[str, ...]]
    plural: Callable[[int], int]


@cache
def catalogue(language: Language, root: Path = LOCALES) -> Catalogue:
    """One language's words, read from its .po files and kept for the life of the process."""
    forms: dict[str, tuple[str, ...]] = {}
    header = ""
    for path in sorted((root / language / "LC_MESSAGES").glob("*.po")):
        for key, words in _entries(path.read_text("utf-8")):
            if not key:
                header = words[0]
            elif key in forms:
                raise ValueError(f"{path.name}: {key} stands in another catalogue too")
            else:
                forms[key] = words
    return Catalogue(forms, gettext.c2py(_plural(header)))


def _plural(header: str) -> str:
    """The rule by which a count finds its plural form, as C writes it; two forms where there are no words yet."""
    _, _, rule = header.partition(" plural=")
    return rule.partition(";")[0] or "n != 1"


def _entries(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The entries of a .po file, each with its plural forms; an empty line stands between two, and quotes and escapes
    are those of JSON. Babel's reader, which knows all that a .po file may hold, would be an eighth of the start.
    """
    for entry in text.replace('"\n"', "").split("\n\n"):
        found: dict[str, str] = {}
        for line in entry.splitlines():
            if line.startswith("#"):
                continue
            name, _, quoted = line.partition(" ")
            if name in found:
                raise ValueError(f"no empty line before {line}")
            found[name] = json.loads(quoted)
        if found:
            yield found.pop("msgid"), tuple(words for name, words in found.items() if name != "msgid_plural")


class Texts:
    """Finds the words. `zone` is where moments are told (Europe/Riga unless the settings say otherwise)."""

    def __init__(self, zone: ZoneInfo, root: Path = LOCALES) -> None:
        self._zone = zone
        self._usual = Clocks(zone)
        self._catalogues = {language: catalogue(language, root) for language in Language}
        self._forms = {language: _cuts(language, root) for language in Language}

    def html(
        self, phrase: Phrase, language: Language, zone: ZoneInfo | None = None, now: datetime | None = None
    ) -> str:
        """The phrase as Telegram HTML; raises MissingText. Where the reader lives by another clock than the programme,
        moments are told by theirs, that of `zone`, and say so; those far from `now` with their year."""
        return self._say(phrase, language, _escaped, self._clocks(zone, now))

    def plain(
        self, phrase: Phrase, language: Language, zone: ZoneInfo | None = None, now: datetime | None = None
    ) -> str:
        """The phrase without escapes, for buttons, file names and commands; raises MissingText."""
        return self._say(phrase, language, str, self._clocks(zone, now))

    def fact(self, fact: Fact, language: Language, now: datetime | None = None) -> str:
        """One fact as plain words, for what is drawn or written into a file; raises MissingText."""
        return self._fact(fact, language, str, self._clocks(None, now))

    def _clocks(self, zone: ZoneInfo | None, now: datetime | None) -> Clocks:
        return self._usual if zone is None and now is None else Clocks(zone or self._zone, now)

    def _say(self, phrase: Phrase, language: Language, safe: Callable[[str], str], clocks: Clocks) -> str:
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
                pieces[place] = self._fact(facts[name], language, safe, clocks)
        except KeyError as missing:
            raise MissingText(f"{phrase.key} wants the fact {missing}") from None
        return "".join(pieces)

    def _fact(self, fact: Fact, language: Language, safe: Callable[[str], str], clocks: Clocks) -> str:
        """One fact in words; what invitations hold is asked for first."""
        match fact:
            case Phrase():
                return self._say(fact, language, safe, clocks)
            case Lines():
                return "\n".join([self._say(line, language, safe, clocks) for line in fact.phrases])
            case str():
                return safe(fact)
            case InLanguages():
                return safe(fact.texts.get(language) or fact.texts[fact.fallback])
            case datetime():
                told = _moment(fact, clocks.zone, language, clocks.is_far(fact))
                return told + self._by_whose_clock(clocks.zone, language, safe)
            case int():
                return str(fact)
            case date():
                return _day(fact, language)
            case Listing():
                return ", ".join(self._say(item, language, safe, clocks) for item in fact.phrases)
            case SaidIn():
                return self._say(fact.phrase, fact.language, safe, clocks)
            case Span():
                return _span(fact, clocks, language) + self._by_whose_clock(clocks.zone, language, safe)
            case never:
                assert_never(never)

    def _by_whose_clock(self, zone: ZoneInfo, language: Language, safe: Callable[[str], str]) -> str:
        """The city behind a moment that is not told by the programme's clock; on a button there is no room for it."""
        if zone is self._zone or zone.key == self._zone.key or safe is not _escaped:
            return ""
        return f" ({city(zone.key, language)})"


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut at its placeholders, which stand empty in `pieces`; `facts` says where each fact goes."""

    pieces: tuple[str, ...]
    facts: tuple[tuple[int, str], ...]


class _Cuts(dict[str, tuple[Cut, ...]]):
    """Each text is cut once, when it is first said: to look for its placeholders in every message would take as long as
    to fill them, and to cut all of them at the start as long as to read them."""

    def __init__(self, forms: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._forms = forms

    def __missing__(self, key: str) -> tuple[Cut, ...]:
        self[key] = cut = tuple(_cut(form) for form in self._forms[key])
        return cut


@cache
def _cuts(language: Language, root: Path) -> _Cuts:
    """One language's texts, cut for whoever says them in this process."""
    return _Cuts(catalogue(language, root).forms)


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
def _moment(at: datetime, zone: ZoneInfo, language: Language, is_far: bool) -> str:
    form = (_WITH_YEAR if is_far else _MOMENT)[language]
    return format_datetime(at.astimezone(zone).replace(tzinfo=None), form, locale=language.value)


def _span(span: Span, clocks: Clocks, language: Language) -> str:
    start, end = span.start.astimezone(clocks.zone), span.end.astimezone(clocks.zone)
    begins = _moment(span.start, clocks.zone, language, clocks.is_far(span.start))
    if start.date() != end.date():
        return f"{begins} – {_moment(span.end, clocks.zone, language, clocks.is_far(span.end))}"
    return f"{begins}–{end:%H:%M}"


@lru_cache(maxsize=4096)
def _day(day: date, language: Language) -> str:
    return format_date(day, _DATE[language], locale=language.value)

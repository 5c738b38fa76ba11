"""What a message says before it has a language: keys and facts, never sentences.

A handler names a key and the facts that belong into it; `bot.texts` finds the words when the message is sent, in the
language its reader has at that moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, assert_never


class Language(StrEnum):
    """The three equal languages of the bot."""

    LV = "lv"
    UK = "uk"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A catalogue key with its facts; `count` among the facts chooses the plural form."""

    key: str
    facts: Mapping[str, "Fact"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lines:
    """Phrases one below the other."""

    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Phrases in one line, with commas between."""

    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class InLanguages:
    """A text that people wrote themselves in up to three languages; where one is missing, `fallback` is shown."""

    texts: Mapping[Language, str]
    fallback: Language


@dataclass(frozen=True, slots=True)
class SaidIn:
    """A phrase in that language, whatever its reader's own is: for looking at what others will read."""

    language: Language
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to a later one; within a day, that day is named once."""

    start: datetime
    end: datetime


Fact = str | int | datetime | date | Phrase | Lines | Listing | InLanguages | SaidIn | Span
Facts = Mapping[str, Fact]


def phrase(key: str, **facts: Fact) -> Phrase:
    """A phrase, written the short way."""
    return Phrase(key, facts)


_KIND: Final = "is"


def encode(fact: Fact) -> Any:
    """The fact as JSON can hold it; text and numbers stay themselves."""
    match fact:
        case bool():
            raise TypeError("a truth value has no words: choose a key instead")
        case str() | int():
            return fact
        case datetime():
            if fact.tzinfo is None:
                raise ValueError("a moment in a message must be aware")
            return {_KIND: "moment", "at": fact.isoformat()}
        case date():
            return {_KIND: "date", "on": fact.isoformat()}
        case Phrase():
            return {_KIND: "phrase", "key": fact.key, "facts": encode_facts(fact.facts)}
        case Lines():
            return {_KIND: "lines", "of": [encode(line) for line in fact.phrases]}
        case Listing():
            return {_KIND: "listing", "of": [encode(item) for item in fact.phrases]}
        case InLanguages():
            return {_KIND: "written", "texts": dict(fact.texts), "fallback": fact.fallback.value}
        case SaidIn():
            return {_KIND: "said", "in": fact.language.value, "phrase": encode(fact.phrase)}
        case Span():
            if fact.start.tzinfo is None or fact.end.tzinfo is None:
                raise ValueError("a moment in a message must be aware")
            return {_KIND: "span", "from": fact.start.isoformat(), "to": fact.end.isoformat()}
        case never:
            assert_never(never)


def encode_facts(facts: Facts) -> dict[str, Any]:
    return {name: encode(fact) for name, fact in facts.items()}


def decode(raw: Any) -> Fact:
    """The fact that `encode` wrote; raises ValueError on anything else."""
    match raw:
        case str() | int():
            return raw
        case {"is": "moment", "at": str(at)}:
            return datetime.fromisoformat(at)
        case {"is": "date", "on": str(on)}:
            return date.fromisoformat(on)
        case {"is": "phrase", "key": str(key), "facts": dict(facts)}:
            return Phrase(key, decode_facts(facts))
        case {"is": "lines", "of": list(lines)}:
            return Lines(tuple(_phrase(line) for line in lines))
        case {"is": "listing", "of": list(items)}:
            return Listing(tuple(_phrase(item) for item in items))
        case {"is": "written", "texts": dict(texts), "fallback": str(fallback)}:
            return InLanguages({Language(language): text for language, text in texts.items()}, Language(fallback))
        case {"is": "said", "in": str(language), "phrase": dict(said)}:
            return SaidIn(Language(language), _phrase(said))
        case {"is": "span", "from": str(start), "to": str(end)}:
            return Span(datetime.fromisoformat(start), datetime.fromisoformat(end))
        case _:
            raise ValueError("not a fact that was ever encoded")


def decode_facts(raw: Mapping[str, Any]) -> dict[str, Fact]:
    return {name: decode(value) for name, value in raw.items()}


def _phrase(raw: Any) -> Phrase:
    fact = decode(raw)
    if not isinstance(fact, Phrase):
        raise ValueError("a line holds phrases only")
    return fact

"""What is told of an event beside its title and text, in its further languages. Pure.

The first language's text stands in the `Particulars` themselves; who reads another language reads the text kept for it
there, and the first one where there is none.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.events.event import FREE, Particulars
from bot.words import InLanguages, Language

AGENDA: Final = "agenda"
NAMES: Final = ("cost", "access", "travel", AGENDA)
"""What can be said in each language of the event: fields of `Particulars`."""


def first(told: Particulars, name: str) -> str | None:
    """The text of the first language; an agenda a line a point. "For nothing" is said in every language anyway."""
    if name == AGENDA:
        return "\n".join(told.agenda) or None
    text: str | None = getattr(told, name)
    return None if text == FREE else text


def text_in(told: Particulars, name: str, language: Language) -> str | None:
    """The text kept for that further language."""
    return told.further.get(language, {}).get(name)


def said(told: Particulars, name: str, language: Language) -> InLanguages | None:
    """The text as each reads it, `language` being the first one; None where nothing is said."""
    text = first(told, name)
    return None if text is None else InLanguages({**_others(told, name), language: text}, language)


def points(told: Particulars, language: Language) -> tuple[InLanguages, ...]:
    """The points of the agenda as each reads them."""
    others = {one: text.split("\n") for one, text in _others(told, AGENDA).items()}
    return tuple(
        InLanguages({**{one: lines[at] for one, lines in others.items() if at < len(lines)}, language: point}, language)
        for at, point in enumerate(told.agenda)
    )


def with_text(told: Particulars, name: str, language: Language, text: str) -> Particulars:
    """With that text in that further language."""
    return replace(told, further={**told.further, language: {**told.further.get(language, {}), name: text}})


def of_first_alone(told: Particulars, name: str) -> Particulars:
    """With what the first language says of it alone: a new first text leaves none of the others, which said the old."""
    kept = {one: {other: text for other, text in texts.items() if other != name} for one, texts in told.further.items()}
    return replace(told, further={one: texts for one, texts in kept.items() if texts})


def beginning_with(told: Particulars, was: Language, now: Language) -> Particulars:
    """The same where another of the event's languages is the first one from now on: their texts change places."""
    here = told.further.get(now, {})
    further = {one: texts for one, texts in told.further.items() if one is not now}
    if left := {name: first(told, name) or "" for name in here}:
        further[was] = left
    changes: dict[str, Any] = {name: text for name, text in here.items() if name != AGENDA}
    if AGENDA in here:
        changes[AGENDA] = tuple(here[AGENDA].split("\n"))
    return replace(told, further=further, **changes)


def in_languages(told: Particulars, languages: Collection[Language]) -> Particulars:
    """Without what is said in any other language than these."""
    return replace(told, further={one: texts for one, texts in told.further.items() if one in languages})


def as_json(further: Mapping[Language, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """What `from_json` reads, in one order whatever was written first."""
    return {one.value: dict(sorted(further[one].items())) for one in sorted(further)}


def from_json(kept: Mapping[str, Mapping[str, str]]) -> dict[Language, dict[str, str]]:
    """What `as_json` wrote."""
    return {Language(one): dict(texts) for one, texts in kept.items()}


def _others(told: Particulars, name: str) -> dict[Language, str]:
    return {one: texts[name] for one, texts in told.further.items() if name in texts}

"""Reads what a coordinator types for a detail of an event in one of its further languages. Pure."""

from dataclasses import replace
from typing import Final

from bot.events import further
from bot.events.details import Detail, Why, Wrong
from bot.events.writing.details_typed import line, points
from bot.events.writing.drafts import Draft
from bot.words import Language

TRANSLATED: Final = frozenset(Detail(name) for name in further.NAMES)


def languages_of(draft: Draft, detail: Detail) -> tuple[Language, ...]:
    """In which further languages it can be said: those of the event, once there is a first text."""
    if detail not in TRANSLATED or further.first(draft.particulars, detail.value) is None:
        return ()
    return draft.translated


def next_language(draft: Draft, detail: Detail, after: Language | None = None) -> Language | None:
    """The next of them, `after` that one, in which it is not said yet."""
    languages = languages_of(draft, detail)
    later = languages[languages.index(after) + 1 :] if after is not None and after in languages else languages
    return next((one for one in later if further.text_in(draft.particulars, detail.value, one) is None), None)


def typed(draft: Draft, detail: Detail, language: Language, text: str) -> Draft | Wrong:
    """The draft with that text in that language; an agenda has as many points in each."""
    if detail is not Detail.AGENDA:
        said = line(detail, text)
    else:
        found = points(text)
        said = found if isinstance(found, Wrong) else "\n".join(found)
        if not isinstance(found, Wrong) and len(found) != len(draft.particulars.agenda):
            return Wrong(Why.OTHER_POINTS, len(draft.particulars.agenda))
    if isinstance(said, Wrong):
        return said
    return replace(draft, particulars=further.with_text(draft.particulars, detail.value, language, said))

"""How an invitation is written: what is asked in which order, what fits, and when a draft is whole. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, assert_never

from bot.events.rules import Audience, Event, Group, State, may_reach, own_places
from bot.roles import Person
from bot.typed import in_one_line
from bot.words import InLanguages, Language


class Step(StrEnum):
    """A question of the writing, in the order they are asked; the page shows the whole draft."""

    TITLE = "title"
    DETAILS = "details"
    PLACE = "place"
    WHEN = "when"
    LANGUAGES = "languages"
    AUDIENCE = "audience"
    PAGE = "page"


MOST: Final[Mapping[Step, int]] = {Step.TITLE: 100, Step.DETAILS: 1500, Step.PLACE: 200}
"""The longest texts, in UTF-16 units as Telegram counts them; together they stay below a message's 4096."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An invitation being written. `language` is that of the first text, shown to all who have no other."""

    id: int
    created_by: int | None
    language: Language
    titles: Mapping[Language, str] = field(default_factory=dict)
    details: Mapping[Language, str] = field(default_factory=dict)
    place: str | None = None
    starts_at: datetime | None = None
    audience: Audience | None = None

    @property
    def translated(self) -> tuple[Language, ...]:
        """The further languages in which nothing is missing; a text that is half there is shown to nobody."""
        both = self.titles.keys() & self.details.keys()
        return tuple(language for language in Language if language in both and language is not self.language)


def may_write(person: Person, draft: Draft) -> bool:
    """Whether the draft is theirs and its audience still within their reach."""
    return (
        draft.created_by == person.id
        and bool(own_places(person))
        and (draft.audience is None or may_reach(person, draft.audience.municipality))
    )


def length(text: str) -> int:
    """How long Telegram finds a text: UTF-16 units, so that an emoji counts for two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def next_step(draft: Draft) -> Step:
    """What to ask next: the first thing missing, the languages once, then the page."""
    missing = _missing(draft)
    if missing is not None and missing is not Step.AUDIENCE:
        return missing
    return Step.LANGUAGES if draft.audience is None else Step.PAGE


def previous_step(draft: Draft, step: Step) -> Step | None:
    """Where "back" leads: to the page once there is one, before that to the question before; None before the first."""
    if draft.audience is not None and _missing(draft) is None:
        return Step.PAGE
    steps = list(Step)
    index = steps.index(step)
    return steps[index - 1] if index else None


def _missing(draft: Draft) -> Step | None:
    if not draft.titles.get(draft.language):
        return Step.TITLE
    if not draft.details.get(draft.language):
        return Step.DETAILS
    if draft.place is None:
        return Step.PLACE
    if draft.starts_at is None:
        return Step.WHEN
    return Step.AUDIENCE if draft.audience is None else None


@dataclass(frozen=True, slots=True)
class TooLong:
    """The text has `length` of at most `most` UTF-16 units."""

    length: int
    most: int


def written(draft: Draft, step: Step, language: Language, text: str) -> Draft | TooLong:
    """The draft with that title, details or place; ValueError for a step that takes no plain text."""
    if step not in MOST:
        raise ValueError(f"{step.value} is not answered with a plain text")
    text = text if step is Step.DETAILS else in_one_line(text)
    if length(text) > MOST[step]:
        return TooLong(length(text), MOST[step])
    if step is Step.TITLE:
        return replace(draft, titles={**draft.titles, language: text})
    if step is Step.DETAILS:
        return replace(draft, details={**draft.details, language: text})
    return replace(draft, place=text)


def answer_to(draft: Draft, step: Step, language: Language) -> str | datetime | None:
    """What is there already for that step in that language, of those that are answered by typing."""
    match step:
        case Step.TITLE:
            return draft.titles.get(language)
        case Step.DETAILS:
            return draft.details.get(language)
        case Step.PLACE:
            return draft.place
        case Step.WHEN:
            return draft.starts_at
        case Step.LANGUAGES | Step.AUDIENCE | Step.PAGE:
            return None
        case never:
            assert_never(never)


def begun_in(draft: Draft, language: Language) -> Draft:
    """The draft with another first language: what was written under the old one was meant for the new one."""
    if language in draft.titles or language in draft.details:
        return replace(draft, language=language)
    return replace(
        draft,
        language=language,
        titles={language if one is draft.language else one: text for one, text in draft.titles.items()},
        details={language if one is draft.language else one: text for one, text in draft.details.items()},
    )


def without(draft: Draft, language: Language) -> Draft:
    """The draft without that translation; the first language stays."""
    if language is draft.language:
        return draft
    return replace(
        draft,
        titles={one: text for one, text in draft.titles.items() if one is not language},
        details={one: text for one, text in draft.details.items() if one is not language},
    )


def starting(draft: Draft, at: datetime) -> Draft:
    """The draft with its start (aware)."""
    return replace(draft, starts_at=at)


def addressed(draft: Draft, audience: Audience) -> Draft:
    """The draft for that audience."""
    return replace(draft, audience=audience)


def choosing(audience: Audience, group: Group, *, chosen: bool) -> Audience:
    """The audience with the group in it, or without it."""
    return replace(audience, groups=audience.groups | {group} if chosen else audience.groups - {group})


def whole(draft: Draft) -> Event | Step:
    """The event that this draft describes, or the step that is still missing."""
    missing = _missing(draft)
    if missing is not None or draft.place is None or draft.starts_at is None or draft.audience is None:
        return missing or Step.TITLE
    languages = (draft.language, *draft.translated)
    return Event(
        draft.id,
        draft.created_by,
        State.DRAFT,
        InLanguages({one: draft.titles[one] for one in languages}, draft.language),
        InLanguages({one: draft.details[one] for one in languages}, draft.language),
        draft.place,
        draft.starts_at,
        draft.audience,
    )

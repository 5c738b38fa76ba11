"""How an invitation is written: what is asked in which order, what fits, and when a draft is whole. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, assert_never

from bot.events import further
from bot.events.audience import Audience
from bot.events.event import Arranged, Event, Kind, Particulars, State, Terms
from bot.events.rules import may_reach, own_places
from bot.roles import Person
from bot.typed import in_one_line
from bot.words import InLanguages, Language


class Step(StrEnum):
    """A question of the writing; which of them a draft is asked, its kind decides. The page shows the whole draft."""

    NEWS_OF = "news_of"
    TITLE = "title"
    DETAILS = "details"
    PLACE = "place"
    LINK = "link"
    WHEN = "when"
    LANGUAGES = "languages"
    AUDIENCE = "audience"
    PAGE = "page"


_LAST: Final = (Step.WHEN, Step.LANGUAGES, Step.AUDIENCE, Step.PAGE)

MOST: Final[Mapping[Step, int]] = {Step.TITLE: 100, Step.DETAILS: 1500, Step.PLACE: 200, Step.LINK: 200}
"""The longest texts, in UTF-16 units as Telegram counts them; together they stay below a message's 4096."""


_OF_NEWS: Final = ("link", "languages", "level", "country", "funder", "news_of", "publicity")
"""What is told of an event that others hold."""

_LINK: Final = re.compile(r"https://[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:[/?#][^\s<>\"]*)?")
"""Nothing but a secure address, without a name before an @ that would hide where it leads."""


@dataclass(frozen=True, slots=True)
class Draft(Arranged):
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


def questions(kind: Kind) -> tuple[Step, ...]:
    """What is asked about an event of that kind, in that order: by video there is no place, and news are of a kind."""
    match kind:
        case Kind.ANNOUNCEMENT:
            return (Step.NEWS_OF, Step.TITLE, Step.DETAILS, *_LAST)
        case Kind.VIDEO_CONFERENCE:
            return (Step.TITLE, Step.DETAILS, Step.LINK, *_LAST)
        case _:
            return (Step.TITLE, Step.DETAILS, Step.PLACE, *_LAST)


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
    steps = questions(draft.kind)
    index = steps.index(step) if step in steps else 0
    return steps[index - 1] if index else None


def _missing(draft: Draft) -> Step | None:
    return next((step for step in questions(draft.kind) if not _is_there(draft, step)), None)


def _is_there(draft: Draft, step: Step) -> bool:
    """Whether that question needs no answer any more; an event with a link of its own can do without a place."""
    match step:
        case Step.PLACE:
            return bool(draft.place) or draft.particulars.link is not None
        case Step.AUDIENCE:
            return draft.audience is not None
        case Step.LANGUAGES | Step.PAGE:
            return True
        case _:
            return bool(answer_to(draft, step, draft.language))


@dataclass(frozen=True, slots=True)
class TooLong:
    """The text has `length` of at most `most` UTF-16 units."""

    length: int
    most: int


class NotALink:
    """What should be the address of a video conference is none, or not a secure one."""


def written(draft: Draft, step: Step, language: Language, text: str) -> Draft | TooLong | NotALink:
    """The draft with that title, details, place or link; ValueError for a step that takes no plain text."""
    if step not in MOST:
        raise ValueError(f"{step.value} is not answered with a plain text")
    text = text if step is Step.DETAILS else in_one_line(text)
    if length(text) > MOST[step]:
        return TooLong(length(text), MOST[step])
    if step is Step.LINK:
        return with_link(draft, text)
    if step is Step.TITLE:
        return replace(draft, titles={**draft.titles, language: text})
    if step is Step.DETAILS:
        return replace(draft, details={**draft.details, language: text})
    return replace(draft, place=text)


def is_link(text: str) -> bool:
    """Whether it is an address that a phone can open."""
    return _LINK.fullmatch(text) is not None


def with_link(draft: Draft, text: str) -> Draft | NotALink:
    """The draft with that address of where it is held by video."""
    if not is_link(text):
        return NotALink()
    return replace(draft, particulars=replace(draft.particulars, link=text))


def of_kind(draft: Draft, kind: Kind) -> Draft:
    """The draft as an event of that kind; what the new kind has no use for stays, in case it was chosen by mistake."""
    return replace(draft, kind=kind)


def telling_of(draft: Draft, kind: Kind) -> Draft:
    """The announcement as news of an event of that kind."""
    return replace(draft, particulars=replace(draft.particulars, news_of=kind))


def answer_to(draft: Draft, step: Step, language: Language) -> str | datetime | None:
    """What is there already for that step in that language, of those that are answered by typing."""
    match step:
        case Step.TITLE:
            return draft.titles.get(language)
        case Step.DETAILS:
            return draft.details.get(language)
        case Step.PLACE:
            return draft.place
        case Step.LINK:
            return draft.particulars.link
        case Step.NEWS_OF:
            return draft.particulars.news_of
        case Step.WHEN:
            return draft.starts_at
        case Step.LANGUAGES | Step.AUDIENCE | Step.PAGE:
            return None
        case never:
            assert_never(never)


def begun_in(draft: Draft, language: Language) -> Draft:
    """The draft with another first language: what was written under the old one was meant for the new one."""
    if language in draft.titles or language in draft.details:
        told = further.beginning_with(draft.particulars, draft.language, language)
        return replace(draft, language=language, particulars=told)
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
    others = [one for one in Language if one is not language]
    return replace(
        draft,
        particulars=further.in_languages(draft.particulars, others),
        titles={one: text for one, text in draft.titles.items() if one is not language},
        details={one: text for one, text in draft.details.items() if one is not language},
    )


def starting(draft: Draft, at: datetime) -> Draft:
    """The draft with its start (aware); its end and the last day to sign up move along."""
    if draft.starts_at is None:
        return replace(draft, starts_at=at)
    later = at - draft.starts_at
    return replace(
        draft,
        starts_at=at,
        ends_at=None if draft.ends_at is None else draft.ends_at + later,
        reply_by=None if draft.reply_by is None else draft.reply_by + later,
    )


def addressed(draft: Draft, audience: Audience) -> Draft:
    """The draft for that audience."""
    return replace(draft, audience=audience)


def copied(event: Event, empty: Draft) -> Draft:
    """The empty draft with all of that event but its dates, and what only holds for one of several sessions."""
    return replace(
        empty,
        language=event.title.fallback,
        titles=dict(event.title.texts),
        details=dict(event.details.texts),
        place=event.place or None,
        audience=event.audience,
        kind=event.kind,
        particulars=replace(event.particulars, held_in=None),
        terms=event.terms,
        listed=event.listed,
    )


def _fitting(draft: Draft) -> Draft:
    """The draft without what an event of its kind has no use for."""
    told = draft.particulars
    match draft.kind:
        case Kind.ANNOUNCEMENT:
            told = replace(Particulars(), **{name: getattr(told, name) for name in _OF_NEWS})
            return replace(
                draft, place=None, ends_at=None, reply_by=None, particulars=told, terms=Terms(), listed=False
            )
        case Kind.VIDEO_CONFERENCE:
            told = replace(told, latitude=None, longitude=None, travel=None, news_of=None)
            told = further.of_first_alone(told, "travel")
            return replace(draft, place=None, particulars=told)
        case _:
            return replace(draft, particulars=replace(told, news_of=None))


def whole(draft: Draft) -> Event | Step:
    """The event that this draft describes, or the step that is still missing."""
    missing = _missing(draft)
    starts_at, audience = draft.starts_at, draft.audience
    if missing is not None or starts_at is None or audience is None:
        return missing or Step.WHEN
    draft = _fitting(draft)
    languages = (draft.language, *draft.translated)
    told = further.in_languages(draft.particulars, languages)
    return Event(
        draft.id,
        draft.created_by,
        State.DRAFT,
        InLanguages({one: draft.titles[one] for one in languages}, draft.language),
        InLanguages({one: draft.details[one] for one in languages}, draft.language),
        draft.place or "",
        starts_at,
        audience,
        kind=draft.kind,
        ends_at=draft.ends_at,
        reply_by=draft.reply_by,
        particulars=told,
        terms=draft.terms,
        listed=draft.listed,
        series_id=draft.series_id,
        send_at=draft.send_at,
    )

"""What is told of an event, line by line: to those it is for, and to whoever writes it. What is not known is not said.

Pure. All lines together, with the longest of texts, stay within a message (`drafts.MOST`, `details.MOST`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.directory.countries import country_key, spoken_key
from bot.events import further
from bot.events.event import FREE, Event, Funder, Kind, Particulars, Terms
from bot.turn import Keyboard, Picture, Spot
from bot.words import Fact, Lines, Listing, Phrase, Span, phrase

ORGANISERS_MOST: Final = 160
"""Letters of all the organisers' names together that an invitation shows; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is told of an event and kept elsewhere: who holds it, the line of whoever pays for it, its files."""

    organisers: Sequence[str] = ()
    publicity: str | None = None
    files: Keyboard = ()
    """A button for each file that goes with it."""
    picture: tuple[str, int] | None = None
    """Telegram's id of a photo among them, and which of the `files` brings it."""

    def above(self, keyboard: Keyboard) -> Picture | None:
        """The photo, for a message with that keyboard, in which the row that brings it need not stand as well."""
        if self.picture is None:
            return None
        file_id, number = self.picture
        return Picture(file_id, keyboard.index(self.files[number]))


ALONE: Final = Around()
"""Nothing of it is known, or there is no room for it."""


def publicity(told: Particulars, usual: str) -> str | None:
    """The line of its own, or the `usual` one for what the programme pays; none where nothing of the kind is said."""
    if told.publicity is not None:
        return told.publicity
    return usual or None if told.funder is Funder.PROTI_UN_DARI else None


def kind_of(kind: Kind) -> Phrase:
    """What sort of event it is, in a word or two."""
    return phrase(f"events.any.kind.{kind.value}")


def when(event: Event) -> Fact:
    """From its start to its end, or its start alone; of news, until when they are of use."""
    return event.starts_at if event.ends_at is None else Span(event.starts_at, event.ends_at)


def where(event: Event) -> Fact:
    """The place, or the link where there is none; empty for news."""
    return event.place or event.particulars.link or ""


def spot(event: Event) -> Spot | None:
    """Where it is on the map, if that is known."""
    told = event.particulars
    return None if told.latitude is None or told.longitude is None else Spot(told.latitude, told.longitude)


def facts(event: Event, around: Around = ALONE, *, of_all: bool = False) -> Lines:
    """When, where and for whom, one line each; `of_all` sessions, only what holds for each of them."""
    told, first = event.particulars, event.title.fallback
    lines = [
        *_kind(event),
        *([] if of_all else _when_and_where(event)),
        *_if("link", link=told.link),
        *_spoken(told.languages),
        *_terms(event.terms),
        *_if("cost", cost=cost(event)),
        *_if("access", access=further.said(told, "access", first)),
        *_if("travel", travel=further.said(told, "travel", first)),
        *_organisers(around.organisers),
        *_tags(told),
    ]
    return Lines(tuple(lines))


def agenda(event: Event) -> Phrase | None:
    """What is talked about, point by point."""
    said = further.points(event.particulars, event.title.fallback)
    if not said:
        return None
    points = tuple(phrase("events.any.fact.point", point=one) for one in said)
    return _fact("agenda", points=Lines(points))


def paragraphs(*parts: Phrase | None) -> Lines:
    """Those parts that are there, with an empty line between them."""
    there = [part for part in parts if part is not None]
    return Lines((*(phrase("events.any.paragraph", part=part) for part in there[:-1]), *there[-1:]))


def _when_and_where(event: Event) -> list[Phrase]:
    return [
        _fact("when" if event.takes_answers else "until", when=when(event)),
        *_if("where", place=event.place),
        *_if("reply_by", when=event.reply_by),
        *_if("capacity", places=event.terms.capacity),
    ]


def _fact(name: str, **facts: Fact) -> Phrase:
    return phrase(f"events.any.fact.{name}", **facts)


def _if(name: str, **known: Fact | None) -> list[Phrase]:
    """The line, where what it tells is known."""
    there = {key: value for key, value in known.items() if value}
    return [_fact(name, **there)] if there else []


def _kind(event: Event) -> list[Phrase]:
    kind = event.kind if event.takes_answers else event.particulars.news_of
    return [] if kind in (None, Kind.OTHER) else [_fact("kind", sort=kind_of(kind))]


def _spoken(languages: Sequence[str]) -> list[Phrase]:
    return _if("spoken", languages=Listing(tuple(phrase(spoken_key(one)) for one in languages)) if languages else None)


def _terms(terms: Terms) -> list[Phrase]:
    lines: list[Phrase] = []
    if (wanted := ages(terms)) is not None:
        lines.append(_fact("ages", ages=wanted))
    if terms.guardian:
        lines.append(_fact("guardian"))
    if terms.after:
        lines.append(_fact("after"))
    return lines


def ages(terms: Terms) -> Phrase | None:
    """From which age to which one."""
    match terms.minimum_age, terms.maximum_age:
        case int(youngest), int(oldest):
            return phrase("events.any.age.both", youngest=youngest, oldest=oldest)
        case int(youngest), None:
            return phrase("events.any.age.from", youngest=youngest)
        case None, int(oldest):
            return phrase("events.any.age.to", oldest=oldest)
        case _:
            return None


def cost(event: Event) -> Fact | None:
    """What it costs, where that is said."""
    told = event.particulars
    return phrase("events.any.free") if told.cost == FREE else further.said(told, "cost", event.title.fallback)


def _organisers(names: Sequence[str]) -> list[Phrase]:
    """As many names as there is room for, and how many more there are."""
    shown: list[str] = []
    for name in names:
        if sum(len(one) + 2 for one in shown) + len(name) > ORGANISERS_MOST:
            break
        shown.append(name)
    if not shown:
        return []
    if len(shown) < len(names):
        return [_fact("organisers_and_more", names=", ".join(shown), count=len(names) - len(shown))]
    return [_fact("organisers", names=", ".join(shown))]


def _tags(told: Particulars) -> list[Phrase]:
    level, country, funder = told.level, told.country, told.funder
    return [
        *_if("level", level=None if level is None else phrase(f"events.any.level.{level.value}")),
        *_if("country", country=None if country is None else phrase(country_key(country))),
        *_if("funder", funder=None if funder is None else phrase(f"events.any.funder.{funder.value}")),
    ]

"""The help card: a warm sentence, the lines for this person and hour, and that the talk goes on."""

from datetime import datetime

from bot.people.screens import Resume, with_help
from bot.safety import store
from bot.safety.lines import Age, HelpLine, choose
from bot.safety.lines import lines as known_lines
from bot.turn import Keyboard, Link, Turn, button
from bot.words import Language, Lines, Listing, Phrase, phrase

_MINOR = frozenset({"under_15", "15_17"})


async def show(turn: Turn, *, way: str) -> None:
    """Say the card, ahead of whatever else this turn says; `way` tells how it was opened, not by whom."""
    await store.opened(turn.db, turn.now, way)
    told, links = shown(await _age(turn), turn.person.language, turn.now)
    turn.say("safety.youth.card", keyboard=with_way_on(links), lines=told)


def shown(age: Age, language: Language, now: datetime) -> tuple[Lines, Keyboard]:
    """The lines for such a person at this hour, and buttons to those that are addresses."""
    chosen = choose(age, language, now)
    links = tuple(
        (Link(phrase(f"safety.youth.button.{line.id}"), line.url),) for line in chosen if line.url is not None
    )
    return Lines(tuple(_told(line) for line in chosen)), links


def with_way_on(links: Keyboard) -> Keyboard:
    """The card's buttons: the lines to write to, and that the talk goes on."""
    return (*links, (button("people.youth.button.carry_on", Resume()),))


def point_to_card(turn: Turn) -> None:
    """The card was shown a short while ago: hear them all the same, and offer it again."""
    emergency = known_lines()["emergency"].number or ""
    turn.say("safety.youth.again", keyboard=with_help(), emergency=emergency)


async def _age(turn: Turn) -> Age:
    given = await store.age_answer(turn.db, turn.person.id)
    if given is None:
        return Age.UNKNOWN
    return Age.MINOR if given in _MINOR else Age.ADULT


def _told(line: HelpLine) -> Phrase:
    languages = Listing(tuple(phrase(f"safety.youth.speaks_{one}") for one in line.languages))
    hours = "always" if line.always else "unstated"
    return phrase(
        f"safety.youth.line_{line.id}",
        number=line.number or line.url or "",
        hours=phrase(f"safety.youth.hours_{hours}"),
        languages=languages if line.languages else phrase("safety.youth.speaks_unknown"),
    )

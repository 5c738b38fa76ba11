"""The help card: a warm sentence, the lines for this person and hour, and that the talk goes on."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.people.screens import Resume, with_help
from bot.safety import store, store_lines
from bot.safety.actions import AskForPerson, ReadMyPlan
from bot.safety.alerts import Kind
from bot.safety.lines import Age, HelpLine, choose, is_stale, local_day, may_be_abroad
from bot.safety.lines import lines as known_lines
from bot.safety.local_lines import LocalLine, for_card
from bot.safety.store import Circumstances
from bot.turn import Keyboard, Link, Turn, button
from bot.words import Language, Lines, Listing, Phrase, phrase


async def show(turn: Turn, *, way: str, kind: Kind = Kind.CONTACT) -> None:
    """Say the card, ahead of whatever else this turn says; `way` tells how it was opened, not by whom."""
    await store.opened(turn.db, turn.now, way)
    about = await store.circumstances(turn.db, turn.person.id)
    told, links = await lines_for(turn, about)
    turn.say("safety.youth.card", keyboard=with_way_on(links, kind, has_plan=about.has_plan), lines=told)


async def lines_for(turn: Turn, about: Circumstances) -> tuple[Lines, Keyboard]:
    """The lines for this person now, their municipality's own after the national ones."""
    language = turn.person.language
    told, links = shown(Age.of(about.band), language, turn.now)
    local = for_card(await store_lines.of(turn.db, about.municipality), about.band)
    abroad = (phrase("safety.youth.abroad"),) if may_be_abroad(language, about.municipality) else ()
    doubt = unsure([one.checked_on for one in local], turn.now)
    said = () if doubt and doubt[0] in told.phrases else doubt
    return Lines((*told.phrases, *_local(local), *said, *abroad)), links


def shown(age: Age, language: Language, now: datetime) -> tuple[Lines, Keyboard]:
    """The national lines for such a person at this hour, and buttons to those that are addresses."""
    chosen = choose(age, language, now)
    links = tuple(
        (Link(phrase(f"safety.youth.button.{line.id}"), line.url),) for line in chosen if line.url is not None
    )
    doubt = unsure([line.checked_on for line in chosen if line.id != "emergency"], now)
    return Lines((*(_told(line) for line in chosen), *doubt)), links


def unsure(rung: Sequence[date | None], now: datetime) -> tuple[Phrase, ...]:
    """Lines that nobody rang lately stay, as one too few may cost more than one too many; but it is said, and what to
    do then."""
    if not any(is_stale(one, local_day(now)) for one in rung):
        return ()
    return (phrase("safety.youth.not_rung_lately", emergency=known_lines()["emergency"].number or ""),)


def with_way_on(links: Keyboard, kind: Kind = Kind.CONTACT, *, has_plan: bool = False) -> Keyboard:
    """The card's buttons: the lines to write to, a person to ask for, and that the talk goes on."""
    plan = ((button("safety.youth.button.my_plan", ReadMyPlan()),),) if has_plan else ()
    return (
        *links,
        *plan,
        (button("safety.youth.button.ask", AskForPerson(kind)),),
        (button("people.youth.button.carry_on", Resume()),),
    )


def point_to_card(turn: Turn) -> None:
    """The card was shown a short while ago: hear them all the same, and offer it again."""
    emergency = known_lines()["emergency"].number or ""
    turn.say("safety.youth.again", keyboard=with_help(), emergency=emergency)


def _told(line: HelpLine) -> Phrase:
    hours = "always" if line.always else "unstated"
    return phrase(
        f"safety.youth.line_{line.id}",
        number=line.number or line.url or "",
        hours=phrase(f"safety.youth.hours_{hours}"),
        languages=_spoken(line.languages),
    )


def _local(lines: Sequence[LocalLine]) -> Sequence[Phrase]:
    return [
        phrase(
            "safety.youth.line_local",
            number=line.number,
            name=line.name,
            hours=line.hours,
            languages=_spoken(line.languages),
        )
        for line in lines
    ]


def _spoken(languages: Sequence[str]) -> Listing | Phrase:
    if not languages:
        return phrase("safety.youth.speaks_unknown")
    return Listing(tuple(phrase(f"safety.youth.speaks_{one}") for one in languages))

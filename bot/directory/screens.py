"""What of the directory is shown: where to look, a municipality's card, and what its own people write on it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from bot.actions import Action
from bot.directory.cards import TYPED, Card, Field, card_lines
from bot.directory.naming import Found, Match, matches
from bot.directory.rules import Municipality, Region, in_region, place_key, region_key
from bot.people.menu import ShowMenu, audience, helped
from bot.turn import Keyboard, Link, Turn, button
from bot.words import Lines, Phrase, phrase

PROGRAMME_SITE: Final = "https://jaunatne.gov.lv/par-agenturu/programmas-projekti/proti-un-dari-2/"
"""The agency's page of the programme (JSPA)."""

_ACROSS: Final = 2
"""Names of places are short: so many fit beside each other."""


# --- what the buttons mean --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenContacts(Action):
    """The card of the place where they live, where that is known. Also what a typed place answers."""

    tag: ClassVar[str] = "directory.contacts"


@dataclass(frozen=True, slots=True)
class OpenOtherPlace(Action):
    """Where do you live? Whatever is known."""

    tag: ClassVar[str] = "directory.elsewhere"


@dataclass(frozen=True, slots=True)
class OpenRegion(Action):
    tag: ClassVar[str] = "directory.region"
    region: Region


@dataclass(frozen=True, slots=True)
class OpenPlace(Action):
    """The card of that municipality."""

    tag: ClassVar[str] = "directory.place"
    municipality: str


@dataclass(frozen=True, slots=True)
class ShowOnMap(Action):
    tag: ClassVar[str] = "directory.map"
    municipality: str


@dataclass(frozen=True, slots=True)
class AskForContact(Action):
    """Have the national coordinators told that somebody looked for a contact there."""

    tag: ClassVar[str] = "directory.ask"
    municipality: str


@dataclass(frozen=True, slots=True)
class AskByName(Action):
    """Have them told who it was."""

    tag: ClassVar[str] = "directory.ask_by_name"
    municipality: str


@dataclass(frozen=True, slots=True)
class WriteCards(Action):
    """Whose card is it to be?"""

    tag: ClassVar[str] = "directory.cards"


@dataclass(frozen=True, slots=True)
class WriteRegion(Action):
    tag: ClassVar[str] = "directory.cards_region"
    region: Region


@dataclass(frozen=True, slots=True)
class WriteCard(Action):
    tag: ClassVar[str] = "directory.card"
    municipality: str


@dataclass(frozen=True, slots=True)
class WriteField(Action):
    """Ask for it; also what the typed line or the location that follows answers."""

    tag: ClassVar[str] = "directory.field"
    municipality: str
    field: Field


@dataclass(frozen=True, slots=True)
class LeaveOut(Action):
    """Take it off the card."""

    tag: ClassVar[str] = "directory.leave_out"
    municipality: str
    field: Field


# --- for anybody ------------------------------------------------------------------------------------------------


def where(turn: Turn, *, not_found: bool = False) -> None:
    """Which municipality? By region, or typed; `not_found` where what was typed is no place."""
    rows = tuple((button(region_key(region), OpenRegion(region)),) for region in Region)
    keyboard = helped(turn, (*rows, *_menu_row()))
    turn.replace(f"directory.{audience(turn)}.{'not_found' if not_found else 'where'}", keyboard=keyboard)
    turn.expect(OpenContacts())


def places(turn: Turn, region: Region) -> None:
    """The municipalities of a region; what is typed now counts too."""
    buttons = [button(place_key(one.code), OpenPlace(one.code)) for one in in_region(region)]
    rows = tuple(tuple(buttons[at : at + _ACROSS]) for at in range(0, len(buttons), _ACROSS))
    keyboard = helped(turn, (*rows, (button("directory.any.button.other_place", OpenOtherPlace()),)))
    turn.replace("directory.any.places", keyboard=keyboard, region=phrase(region_key(region)))
    turn.expect(OpenContacts())


def several(turn: Turn, found: tuple[Match, ...]) -> None:
    """What they typed can mean each of these, or is spelled like them."""
    rows = tuple((button(place_key(one.code), OpenPlace(one.code)),) for one in found)
    other = (button("directory.any.button.other_place", OpenOtherPlace()),)
    alike = found[0].found is Found.ALIKE
    asked = "directory.any.did_you_mean" if alike else "directory.any.which_of_these"
    turn.replace(asked, keyboard=helped(turn, (*rows, other)))
    turn.expect(OpenContacts())


def card(turn: Turn, place: Municipality, known: Card | None, *, somebody_finds_out: bool, by: Match | None) -> None:
    """The card, or honestly that there is none, and who can find out."""
    lines = card_lines(known)
    about = phrase("directory.any.takes_part.yes" if place.takes_part else "directory.any.takes_part.unknown")
    where_it_lies: tuple[Phrase, ...] = ()
    if by is not None and not _is_its_own_name(by):
        where_it_lies = (phrase("directory.any.lies_in", name=by.name, place=phrase(place_key(place.code))),)
    nobody = "directory.any.no_contact_yet" if somebody_finds_out else "directory.any.no_contact"
    shown = Lines((*where_it_lies, *(lines or (phrase(nobody),))))
    keyboard = helped(turn, _ways_on(place, known, asks=somebody_finds_out and not lines))
    turn.replace(
        "directory.any.card", keyboard=keyboard, place=phrase(place_key(place.code)), lines=shown, takes_part=about
    )


def _is_its_own_name(by: Match) -> bool:
    """The town of Ogre tells nothing about where in the county of Ogre they found it."""
    return any(one.found is Found.NAME and one.code == by.code for one in matches(by.name))


def _ways_on(place: Municipality, known: Card | None, *, asks: bool) -> Keyboard:
    on_map = known is not None and known.has(Field.SPOT)
    return (
        *(((button("directory.any.button.on_map", ShowOnMap(place.code)),),) if on_map else ()),
        *(((button("directory.any.button.ask", AskForContact(place.code)),),) if asks else ()),
        (Link(phrase("directory.any.button.site"), PROGRAMME_SITE),),
        (button("directory.any.button.other_place", OpenOtherPlace()),),
        *_menu_row(),
    )


def _menu_row() -> Keyboard:
    return ((button("people.any.button.menu", ShowMenu()),),)


# --- for those who write it -------------------------------------------------------------------------------------


def whose(turn: Turn, codes: list[str]) -> None:
    """Whose card? Those of their own municipalities."""
    rows = tuple((button(place_key(code), WriteCard(code)),) for code in codes)
    turn.replace("directory.staff.whose_card", keyboard=(*rows, *_menu_row()))


def whose_region(turn: Turn) -> None:
    rows = tuple((button(region_key(region), WriteRegion(region)),) for region in Region)
    turn.replace("directory.staff.whose_card", keyboard=(*rows, *_menu_row()))


class Note(StrEnum):
    """What stands above a card that is being written."""

    LIVE = "card_live"
    SAVED = "card_saved"
    LEFT_OUT = "card_left_out"


def draft(turn: Turn, municipality: str, known: Card | None, note: Note = Note.LIVE) -> None:
    """The card as young people see it, and a button for each thing on it."""
    lines = card_lines(known)
    on_it = [(field, known is not None and known.has(field)) for field in Field]
    rows = tuple(
        (
            button(
                "directory.staff.button.change" if there else "directory.staff.button.add",
                WriteField(municipality, field),
                field=phrase(f"directory.staff.field.{field.value}"),
            ),
        )
        for field, there in on_it
    )
    as_shown = (button("directory.staff.button.as_shown", OpenPlace(municipality)),)
    hidden = known is not None and not lines and any(known.text(field) for field in TYPED)
    empty = "directory.staff.card_unreachable" if hidden else "directory.staff.card_empty"
    shown = Lines((*lines, phrase("directory.staff.card_spot"))) if _has_spot(known) else Lines(lines)
    turn.replace(
        "directory.staff.card",
        keyboard=(*rows, as_shown, *_menu_row()),
        note=phrase(f"directory.staff.{note.value}"),
        place=phrase(place_key(municipality)),
        lines=shown if shown.phrases else phrase(empty),
    )


def _has_spot(known: Card | None) -> bool:
    return known is not None and known.has(Field.SPOT)


def ask_field(turn: Turn, action: WriteField, known: Card | None, refusal: Phrase | None = None) -> None:
    """Ask for one thing, with what is wrong with what they sent where something is."""
    there = known is not None and known.has(action.field)
    out = (button("directory.staff.button.leave_out", LeaveOut(action.municipality, action.field)),)
    back = (button("directory.staff.button.back", WriteCard(action.municipality)),)
    asked = phrase(f"directory.staff.ask.{action.field.value}")
    keyboard = (*((out,) if there else ()), back)
    if refusal is None:
        turn.replace_with(asked, keyboard)
    else:
        turn.say("directory.staff.ask_again", keyboard=keyboard, refusal=refusal, asked=asked)
    turn.expect(action)

"""The menu, by shelves where it is long, and the form in which somebody is spoken to: young people as friends, staff
formally."""

from dataclasses import dataclass
from typing import ClassVar, Final

from bot.actions import Action
from bot.people.screens import with_help
from bot.turn import MORE, Keyboard, Shelf, Turn, button
from bot.words import Phrase

MANY: Final = 12
"""A menu of more lines than this shows the shelves in place of what stands on them."""


@dataclass(frozen=True, slots=True)
class ShowMenu(Action):
    tag: ClassVar[str] = "people.menu"


@dataclass(frozen=True, slots=True)
class OpenShelf(Action):
    """What stands on that shelf of a long menu."""

    tag: ClassVar[str] = "people.shelf"
    shelf: Shelf


def audience(turn: Turn) -> str:
    """The middle part of the keys of what is said to this person."""
    return "youth" if turn.person.is_youth else "staff"


def helped(turn: Turn, keyboard: Keyboard) -> Keyboard:
    """The keyboard, with the help row below it for young people."""
    return with_help(keyboard) if turn.person.is_youth else keyboard


async def show_menu(turn: Turn, remark: Phrase | None = None) -> None:
    """What this person can do here, with a remark above it where there is something to explain."""
    name = turn.person.name or turn.person.code_name
    keyboard = helped(turn, _whole(turn))
    if remark is None:
        turn.replace(f"people.{audience(turn)}.menu", keyboard=keyboard, name=name)
    else:
        turn.replace("people.any.remark", keyboard=keyboard, remark=remark)


def _whole(turn: Turn) -> Keyboard:
    """Everything this person can begin here, one button a row: a shelf where its first thing would stand."""
    items = [item for item in turn.offered if item.order != MORE]
    if len(items) <= MANY:
        return tuple((item.button,) for item in items)
    shelves = tuple(Shelf) if not turn.person.is_youth else ()
    standing = tuple((item.button,) for item in items if item.shelf not in shelves)
    opening = tuple(
        (button(f"people.staff.button.shelf_{shelf.value}", OpenShelf(shelf)),)
        for shelf in shelves
        if any(item.shelf is shelf for item in items)
    )
    return (*standing, *opening)


def show_shelf(turn: Turn, shelf: Shelf) -> None:
    """What this person can begin of that purpose, and the way back to the whole."""
    rows = tuple((item.button,) for item in turn.offered if item.shelf is shelf)
    back = (button("people.any.button.menu", ShowMenu()),)
    turn.replace(f"people.staff.shelf_{shelf.value}", keyboard=(*rows, back))

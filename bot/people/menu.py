"""The menu, and the form in which somebody is spoken to: young people as friends, staff formally."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.people.screens import with_help
from bot.turn import Keyboard, Turn
from bot.words import Phrase


@dataclass(frozen=True, slots=True)
class ShowMenu(Action):
    tag: ClassVar[str] = "people.menu"


def audience(turn: Turn) -> str:
    """The middle part of the keys of what is said to this person."""
    return "youth" if turn.person.is_youth else "staff"


def helped(turn: Turn, keyboard: Keyboard) -> Keyboard:
    """The keyboard, with the help row below it for young people."""
    return with_help(keyboard) if turn.person.is_youth else keyboard


async def show_menu(turn: Turn, remark: Phrase | None = None) -> None:
    """What this person can do here, with a remark above it where there is something to explain."""
    name = turn.person.name or turn.person.code_name
    keyboard = helped(turn, turn.whole_menu)
    if remark is None:
        turn.replace(f"people.{audience(turn)}.menu", keyboard=keyboard, name=name)
    else:
        turn.replace("people.any.remark", keyboard=keyboard, remark=remark)

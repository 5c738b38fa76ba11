"""What a block looks like: to whoever was blocked, and on the buttons of staff."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.actions import Action
from bot.blocks import rules
from bot.blocks.rules import Block, Reason
from bot.people.menu import ShowMenu
from bot.people.screens import with_help
from bot.turn import Keyboard, Row, button
from bot.words import Phrase, phrase


@dataclass(frozen=True, slots=True)
class OpenBlock(Action):
    """Show staff whether somebody is blocked, and what can be done."""

    tag: ClassVar[str] = "blocks.open"
    person: int


@dataclass(frozen=True, slots=True)
class Lift(Action):
    tag: ClassVar[str] = "blocks.lift"
    person: int


@dataclass(frozen=True, slots=True)
class Appeal(Action):
    """They object; also what the typed line then means."""

    tag: ClassVar[str] = "blocks.appeal"


@dataclass(frozen=True, slots=True)
class Decide(Action):
    """Somebody else's answer to an objection."""

    tag: ClassVar[str] = "blocks.decide"
    person: int
    lift: bool


def notice(block: Block, now: datetime) -> tuple[Phrase, Keyboard]:
    """What somebody who is blocked reads: what it means, until when, what stays theirs, and how to object."""
    rows: Keyboard = ((button("blocks.youth.button.appeal", Appeal()),),) if rules.may_object(block, now) else ()
    return phrase("blocks.youth.blocked", reason=reason_of(block.reason), until=until(block.until)), with_help(rows)


def until(moment: datetime | None) -> Phrase:
    return phrase("blocks.any.until_lifted") if moment is None else phrase("blocks.any.until", at=moment)


def reason_of(reason: Reason) -> Phrase:
    return phrase(f"blocks.any.reason.{reason.value}")


def menu_row() -> Row:
    return (button("people.any.button.menu", ShowMenu()),)

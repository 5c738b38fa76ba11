"""Discreet mode: nothing on a locked screen tells what this chat is about, and what stands in it can be cleared."""

from dataclasses import dataclass, replace
from typing import ClassVar

from bot.actions import Action
from bot.people import store_discreet as store
from bot.people.menu import ShowMenu
from bot.people.screens import with_help
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import phrase

routes = Routes()


@dataclass(frozen=True, slots=True)
class ShowDiscreet(Action):
    """What discreet mode is, and whether it is on."""

    tag: ClassVar[str] = "people.discreet"


@dataclass(frozen=True, slots=True)
class SetDiscreet(Action):
    tag: ClassVar[str] = "people.set_discreet"
    on: bool


@dataclass(frozen=True, slots=True)
class HideNow(Action):
    """Clear the chat as far as Telegram lets a bot."""

    tag: ClassVar[str] = "people.hide"


routes.offer({Role.YOUTH}, 88, button("people.youth.button.discreet", ShowDiscreet()))


@routes.command("discreet")
async def discreet(turn: Turn, _: str) -> None:
    _show(turn)


@routes.press(ShowDiscreet)
async def discreet_pressed(turn: Turn, _: ShowDiscreet) -> None:
    _show(turn)


@routes.press(SetDiscreet)
async def set_discreet(turn: Turn, action: SetDiscreet) -> None:
    await store.set_discreet(turn.db, turn.person.id, discreet=action.on)
    turn.person = replace(turn.person, discreet=action.on)
    _show(turn)


def _show(turn: Turn) -> None:
    on = turn.person.discreet
    switch = "discreet_turn_off" if on else "discreet_turn_on"
    keyboard: Keyboard = (
        (button(f"people.youth.button.{switch}", SetDiscreet(not on)),),
        (button("people.youth.button.hide", HideNow()),),
        (button("people.any.button.menu", ShowMenu()),),
    )
    turn.replace(f"people.youth.discreet_{'on' if on else 'off'}", keyboard=with_help(keyboard))


@routes.command("hide")
async def hide(turn: Turn, _: str) -> None:
    await _hide(turn)


@routes.press(HideNow)
async def hide_pressed(turn: Turn, _: HideNow) -> None:
    await _hide(turn)


async def _hide(turn: Turn) -> None:
    """What was cleared and what could not be is said honestly, in words that anybody may see."""
    found = await store.take_deletable(turn.db, turn.person.id, turn.now)
    turn.take_away([*found.ours, *found.theirs])
    kept = "old" if turn.person.discreet else "old_and_theirs"
    turn.say(
        "people.youth.hidden",
        keyboard=with_help(((button("people.any.button.menu", ShowMenu()),),)),
        number=len(found.ours) + len(found.theirs),
        left=phrase(f"people.youth.not_hidden.{kept}"),
    )

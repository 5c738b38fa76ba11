"""The kind sentences for whatever nothing else answers, each with a way on: nobody meets silence."""

from bot.people import store
from bot.people.menu import ShowMenu, audience, helped
from bot.people.screens import with_help
from bot.roles import Person
from bot.routes import Case, Routes
from bot.turn import Keyboard, Message, Turn, button
from bot.words import phrase

routes = Routes()


async def _answer(turn: Turn, name: str) -> None:
    """Say it, and show a young person where they are: an open question stays open.

    After a sentence of danger they have just been answered, by the help card: only the way on is shown.
    """
    if not turn.person.is_youth:
        turn.say(f"people.staff.{name}", keyboard=turn.home)
    elif turn.heard_danger or not await store.language_chosen(turn.db, turn.person.id):
        await turn.carry_on()
    else:
        await turn.carry_on(phrase(f"people.youth.{name}"))


def _keep_waiting(turn: Turn) -> None:
    """What was awaited is still awaited: this was no answer to it."""
    if turn.expecting is not None:
        turn.expect(turn.expecting)


@routes.when(Case.UNKNOWN_TEXT)
async def unknown_text(turn: Turn) -> None:
    await _answer(turn, "not_understood")


@routes.when(Case.UNKNOWN_COMMAND)
async def unknown_command(turn: Turn) -> None:
    _keep_waiting(turn)
    await _answer(turn, "no_such_command")


@routes.when(Case.OLD_BUTTON)
async def old_button(turn: Turn) -> None:
    turn.pressed = None  # the old message stays as it is; the way on comes below
    await _answer(turn, "old_button")


@routes.when(Case.FORBIDDEN)
async def forbidden(turn: Turn) -> None:
    turn.say(f"people.{audience(turn)}.not_available", keyboard=helped(turn, turn.home))


@routes.when(Case.NOT_TEXT)
async def not_text(turn: Turn) -> None:
    _keep_waiting(turn)
    await _answer(turn, "only_text")


@routes.when(Case.EDITED)
async def edited(turn: Turn) -> None:
    _keep_waiting(turn)
    await _answer(turn, "edited")


@routes.when(Case.TOO_LONG)
async def too_long(turn: Turn) -> None:
    _keep_waiting(turn)
    await _answer(turn, "too_long")


@routes.when(Case.TOO_FAST)
async def too_fast(turn: Turn) -> None:
    turn.say(f"people.{audience(turn)}.too_fast", keyboard=helped(turn, turn.home))


def apology(to: Person) -> Message:
    """What somebody reads whose answer Telegram would not take from us: never nothing."""
    who = "youth" if to.is_youth else "staff"
    menu: Keyboard = ((button("people.any.button.menu", ShowMenu()),),)
    return Message(to.id, phrase(f"people.{who}.broken"), with_help(menu) if to.is_youth else menu, at_night=True)


@routes.when(Case.BROKEN)
async def broken(turn: Turn) -> None:
    turn.say(f"people.{audience(turn)}.broken", keyboard=helped(turn, turn.home))


@routes.when(Case.RETURNED)
async def returned(turn: Turn) -> None:
    await _answer(turn, "welcome_back")

"""Menu, language, privacy, and the kind sentences for whatever nothing else answers."""

import json
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from bot.actions import Action
from bot.people import belongings, store
from bot.people.language import PickLanguage, language_keyboard
from bot.people.rules import NOTICE_VERSION, UNFINISHED_DAYS, Leaving, Purpose, Withdrew
from bot.people.screens import with_help
from bot.roles import Role
from bot.routes import Case, Routes
from bot.turn import Attachment, Farewell, Keyboard, Turn, button
from bot.words import Lines, Phrase, phrase

routes = Routes()

@dataclass(frozen=True, slots=True)
class ShowMenu(Action):
    tag: ClassVar[str] = "people.menu"


@dataclass(frozen=True, slots=True)
class ShowLanguages(Action):
    tag: ClassVar[str] = "people.languages"


@dataclass(frozen=True, slots=True)
class ReadPrivacy(Action):
    tag: ClassVar[str] = "people.privacy"


@dataclass(frozen=True, slots=True)
class ShowMyData(Action):
    tag: ClassVar[str] = "people.mydata"


@dataclass(frozen=True, slots=True)
class Forget(Action):
    """Erase me: asked once more unless `sure`."""

    tag: ClassVar[str] = "people.forget"
    sure: bool


@dataclass(frozen=True, slots=True)
class Withdraw(Action):
    """Take back one consent."""

    tag: ClassVar[str] = "people.withdraw"
    purpose: Purpose


routes.offer({Role.YOUTH}, 80, button("people.youth.button.my_data", ShowMyData()))
routes.offer(Role, 90, button("people.any.button.language", ShowLanguages()))


def _audience(turn: Turn) -> str:
    return "youth" if turn.person.is_youth else "staff"


def _helped(turn: Turn, keyboard: Keyboard) -> Keyboard:
    return with_help(keyboard) if turn.person.is_youth else keyboard


# --- menu and language ------------------------------------------------------------------------------------------


async def show_menu(turn: Turn) -> None:
    """What this person can do here."""
    turn.replace(f"people.{_audience(turn)}.menu", keyboard=_helped(turn, turn.home), name=_called(turn))


def _called(turn: Turn) -> str:
    return turn.person.name or turn.person.code_name


@routes.command("menu")
async def menu(turn: Turn, _: str) -> None:
    await show_menu(turn)


@routes.press(ShowMenu)
async def menu_pressed(turn: Turn, _: ShowMenu) -> None:
    await show_menu(turn)


@routes.command("language")
async def language(turn: Turn, _: str) -> None:
    turn.say("people.any.choose_language", keyboard=_helped(turn, language_keyboard(turn.client_language)))


@routes.press(ShowLanguages)
async def languages(turn: Turn, _: ShowLanguages) -> None:
    turn.replace("people.any.choose_language", keyboard=_helped(turn, language_keyboard(turn.client_language)))


@routes.press(PickLanguage)
async def pick_language(turn: Turn, action: PickLanguage) -> None:
    await store.set_language(turn.db, turn.person.id, action.language)
    turn.person = replace(turn.person, language=action.language)
    await turn.carry_on()


# --- what is kept -----------------------------------------------------------------------------------------------


@routes.command("privacy")
async def privacy(turn: Turn, _: str) -> None:
    _show_privacy(turn)


@routes.press(ReadPrivacy)
async def privacy_pressed(turn: Turn, _: ReadPrivacy) -> None:
    _show_privacy(turn)


def _show_privacy(turn: Turn) -> None:
    keyboard: Keyboard = ()
    if turn.person.is_youth:
        keyboard = (
            (button("people.youth.button.my_data", ShowMyData()),),
            (button("people.youth.button.forget", Forget(sure=False)),),
            (button("people.any.button.menu", ShowMenu()),),
        )
    turn.say(
        f"people.{_audience(turn)}.privacy", keyboard=_helped(turn, keyboard), version=NOTICE_VERSION,
        days=UNFINISHED_DAYS,
    )


@routes.command("mydata")
async def my_data(turn: Turn, _: str) -> None:
    await _show_my_data(turn)


@routes.press(ShowMyData)
async def my_data_pressed(turn: Turn, _: ShowMyData) -> None:
    await _show_my_data(turn)


async def _show_my_data(turn: Turn) -> None:
    found = await belongings.collect(turn.db, turn.person.id)
    content = json.dumps(found, ensure_ascii=False, indent=2).encode()
    person = turn.person
    purposes = [Purpose(row["purpose"]) for row in found.get("consents", []) if row["withdrawn_at"] is None]
    agreed = [phrase(f"people.youth.agreed_{purpose.value}") for purpose in purposes]
    kept: list[Phrase] = [
        phrase(f"people.youth.kept_{table}", count=len(rows))
        for table, rows in found.items()
        if table in _TOLD_BY_NUMBER
    ]
    withdraw = tuple(
        (button(f"people.youth.button.withdraw_{purpose.value}", Withdraw(purpose)),)
        for purpose in purposes
        if purpose is Purpose.CONTACT
    )
    forget = (button("people.youth.button.forget", Forget(sure=False)),)
    back = (button("people.any.button.menu", ShowMenu()),)
    turn.say(
        "people.youth.my_data",
        keyboard=with_help((*withdraw, forget, back)),
        attachment=Attachment("my-data.json", content),
        code_name=person.code_name,
        language=phrase(f"people.any.language.{person.language.value}"),
        agreed=Lines(tuple(agreed or [phrase("people.youth.agreed_nothing")])),
        kept=Lines(tuple(kept or [phrase("people.youth.kept_nothing")])),
    )


_TOLD_BY_NUMBER: Final = frozenset({"screenings", "cases", "checkins", "referrals", "invitations"})


@routes.press(Withdraw)
async def withdraw(turn: Turn, action: Withdraw) -> None:
    await store.withdraw_consent(turn.db, turn.person.id, action.purpose.value, turn.now)
    await turn.note("consent.withdrawn", "person", turn.person.id)
    await turn.happened(Withdrew(turn.person.id, action.purpose))
    turn.say(f"people.youth.withdrawn_{action.purpose.value}", keyboard=with_help(turn.home))


@routes.command("forget")
async def forget(turn: Turn, _: str) -> None:
    _ask_forget(turn)


@routes.press(Forget)
async def forget_pressed(turn: Turn, action: Forget) -> None:
    if not action.sure:
        _ask_forget(turn)
        return
    person = turn.person
    await turn.happened(Leaving(person.id, person.code_name))
    await turn.note("person.erased", "person", person.id)
    await belongings.erase(turn.db, person.id)
    turn.say_farewell("people.youth.forgotten", Farewell(turn.telegram_id, person.language))


def _ask_forget(turn: Turn) -> None:
    keyboard = (
        (button("people.youth.button.forget_sure", Forget(sure=True)),),
        (button("people.youth.button.keep", ShowMenu()),),
    )
    turn.say("people.youth.forget_ask", keyboard=with_help(keyboard))


# --- whatever nothing else answers ------------------------------------------------------------------------------


@routes.when(Case.UNKNOWN_TEXT)
async def unknown_text(turn: Turn) -> None:
    turn.say(f"people.{_audience(turn)}.not_understood", keyboard=_helped(turn, turn.home))


@routes.when(Case.UNKNOWN_COMMAND)
async def unknown_command(turn: Turn) -> None:
    turn.say(f"people.{_audience(turn)}.no_such_command", keyboard=_helped(turn, turn.home))


@routes.when(Case.OLD_BUTTON)
async def old_button(turn: Turn) -> None:
    turn.say(f"people.{_audience(turn)}.old_button", keyboard=_helped(turn, turn.home))


@routes.when(Case.FORBIDDEN)
async def forbidden(turn: Turn) -> None:
    turn.say(f"people.{_audience(turn)}.not_available", keyboard=_helped(turn, turn.home))


@routes.when(Case.NOT_TEXT)
async def not_text(turn: Turn) -> None:
    if turn.expecting is not None:
        turn.expect(turn.expecting)
    turn.say(f"people.{_audience(turn)}.only_text", keyboard=_helped(turn, turn.home))


@routes.when(Case.EDITED)
async def edited(turn: Turn) -> None:
    if turn.expecting is not None:
        turn.expect(turn.expecting)
    turn.say(f"people.{_audience(turn)}.edited", keyboard=_helped(turn, turn.home))


@routes.when(Case.TOO_LONG)
async def too_long(turn: Turn) -> None:
    if turn.expecting is not None:
        turn.expect(turn.expecting)
    turn.say(f"people.{_audience(turn)}.too_long", keyboard=_helped(turn, turn.home))


@routes.when(Case.BROKEN)
async def broken(turn: Turn) -> None:
    turn.say(f"people.{_audience(turn)}.broken", keyboard=_helped(turn, turn.home))


@routes.when(Case.RETURNED)
async def returned(turn: Turn) -> None:
    turn.say(f"people.{_audience(turn)}.welcome_back", keyboard=_helped(turn, turn.home))

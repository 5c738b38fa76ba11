"""Menu and language; what concerns one's own data and whatever nothing else answers stands beside this file."""

from dataclasses import dataclass, replace
from typing import ClassVar

from bot.actions import Action
from bot.people import chat_consents, chat_discreet, chat_otherwise, chat_rights, chat_zone, consenting, store
from bot.people.language import PickLanguage, language_keyboard
from bot.people.menu import OpenShelf, ShowMenu, helped, show_menu, show_shelf
from bot.people.screens import Resume
from bot.roles import Role
from bot.routes import Routes, joined
from bot.turn import MORE, Shelf, Turn, button

_menu = Routes()


@dataclass(frozen=True, slots=True)
class ShowLanguages(Action):
    tag: ClassVar[str] = "people.languages"


_menu.offer(Role, MORE, button("people.any.button.menu", ShowMenu()))
_menu.offer(Role, 90, button("people.any.button.language", ShowLanguages()), Shelf.SELF)


@_menu.command("menu")
async def menu(turn: Turn, _: str) -> None:
    await show_menu(turn)
    await consenting.ask_if_notice_changed(turn)


@_menu.press(ShowMenu)
async def menu_pressed(turn: Turn, _: ShowMenu) -> None:
    await show_menu(turn)


@_menu.press(OpenShelf)
async def shelf_pressed(turn: Turn, action: OpenShelf) -> None:
    show_shelf(turn, action.shelf)


@_menu.press(Resume)
async def resume(turn: Turn, _: Resume) -> None:
    turn.pressed = None  # what they were reading stays readable
    await turn.carry_on()


@_menu.command("language")
async def language(turn: Turn, _: str) -> None:
    turn.say("people.any.choose_language", keyboard=helped(turn, language_keyboard(turn.client_language)))


@_menu.press(ShowLanguages)
async def languages(turn: Turn, _: ShowLanguages) -> None:
    turn.replace("people.any.choose_language", keyboard=helped(turn, language_keyboard(turn.client_language)))


@_menu.press(PickLanguage)
async def pick_language(turn: Turn, action: PickLanguage) -> None:
    await store.set_language(turn.db, turn.person.id, action.language)
    turn.person = replace(turn.person, language=action.language)
    if turn.expecting is not None:
        turn.expect(turn.expecting)
    await turn.carry_on()


routes = joined(
    (
        _menu,
        chat_zone.routes,
        chat_discreet.routes,
        chat_rights.routes,
        chat_consents.routes,
        chat_otherwise.routes,
    )
)

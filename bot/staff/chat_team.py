"""The team: who works here, and taking somebody's role away, at once and with everything it opened."""

from dataclasses import dataclass
from typing import ClassVar, Final

from bot.actions import Action
from bot.people.menu import ShowMenu
from bot.roles import Role
from bot.routes import Routes
from bot.staff import store
from bot.staff.rules import RoleTaken, may_take_away, place_named, role_named
from bot.staff.store import Held
from bot.turn import Button, Keyboard, Priority, Row, Shelf, Turn, button
from bot.words import phrase

routes = Routes()

A_PAGE: Final = 8
"""Colleagues under one message."""


@dataclass(frozen=True, slots=True)
class ShowTeam(Action):
    tag: ClassVar[str] = "staff.team"
    page: int = 0


@dataclass(frozen=True, slots=True)
class TakeRole(Action):
    """Take this role away; asked once more unless `sure`."""

    tag: ClassVar[str] = "staff.take_role"
    grant: int
    sure: bool = False


routes.offer({Role.LEAD, Role.COORDINATOR, Role.ADMIN}, 72, button("staff.staff.button.team", ShowTeam()), Shelf.TEAM)


@routes.press(ShowTeam)
async def team(turn: Turn, action: ShowTeam) -> None:
    """Everybody whose role this person may take away, by name."""
    held = [one for one in await store.held(turn.db) if may_take_away(turn.person, one.person, one.grant)]
    first = max(action.page, 0) * A_PAGE
    page = held[first : first + A_PAGE]
    rows: Keyboard = tuple((_button(one),) for one in page)
    paging: Row = ()
    if first:
        paging = (*paging, button("staff.staff.button.team_earlier", ShowTeam(action.page - 1)))
    if len(held) > first + A_PAGE:
        paging = (*paging, button("staff.staff.button.team_later", ShowTeam(action.page + 1)))
    keyboard = (*rows, *((paging,) if paging else ()), _menu_row())
    turn.replace("staff.staff.team" if page else "staff.staff.team_empty", keyboard=keyboard)


def _button(one: Held) -> Button:
    name = one.person.name or one.person.code_name
    return button("staff.staff.button.colleague", TakeRole(one.id), name=name[:14], role=role_named(one.grant))


def _menu_row() -> Row:
    return (button("people.any.button.menu", ShowMenu()),)


@routes.press(TakeRole)
async def take_role(turn: Turn, action: TakeRole) -> None:
    """Whatever the role opened is closed before the answer is read."""
    held = await store.held_by_number(turn.db, action.grant)
    if held is None or not may_take_away(turn.person, held.person, held.grant):
        await turn.forbidden()
        return
    if not action.sure:
        sure = button("staff.staff.button.take_role", TakeRole(held.id, sure=True))
        keep = button("staff.staff.button.keep_role", ShowTeam())
        _say(turn, "staff.staff.take_role_sure", held, ((sure,), (keep,)))
        return
    if await store.take_away(turn.db, held.id):
        await turn.note("staff.role_taken", "person", held.person.id)
        # Whoever has no role left is a young person to the outbox, and this is no message to one.
        turn.tell(
            held.person.id,
            phrase("staff.staff.role_taken", role=role_named(held.grant), place=place_named(held.grant)),
            priority=Priority.REPLY,
        )
        await turn.happened(RoleTaken(held.person.id, held.person.name or held.person.code_name, held.grant))
    back = button("staff.staff.button.team", ShowTeam())
    _say(turn, "staff.staff.role_taken_away", held, ((back,), _menu_row()))


def _say(turn: Turn, key: str, held: Held, keyboard: Keyboard) -> None:
    """About that role: whose it is and where."""
    name = held.person.name or held.person.code_name
    turn.replace(key, keyboard=keyboard, name=name, role=role_named(held.grant), place=place_named(held.grant))

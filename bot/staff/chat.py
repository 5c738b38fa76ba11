"""Inviting colleagues: role, place, and a link that works once."""

import secrets
from dataclasses import dataclass
from typing import ClassVar

from bot.actions import SAME_PRESS_WITHIN, Action
from bot.directory.rules import Region, find, in_region, place_key
from bot.people.menu import ShowMenu
from bot.roles import Grant, Role
from bot.routes import Routes, joined
from bot.staff import chat_team, joining, store
from bot.staff.rules import (
    PAYLOAD_PREFIX,
    VALID_FOR,
    WITH_SPECIALITY,
    Speciality,
    hash_of,
    may_invite,
    may_invite_as,
    reach,
)
from bot.turn import Keyboard, Row, Turn, button
from bot.words import phrase

_inviting = Routes()


@dataclass(frozen=True, slots=True)
class StartInvite(Action):
    tag: ClassVar[str] = "staff.invite"


@dataclass(frozen=True, slots=True)
class PickRole(Action):
    tag: ClassVar[str] = "staff.role"
    role: Role


@dataclass(frozen=True, slots=True)
class PickRegion(Action):
    tag: ClassVar[str] = "staff.region"
    role: Role
    region: Region


@dataclass(frozen=True, slots=True)
class PickPlace(Action):
    """The municipality, or the whole country where there is none."""

    tag: ClassVar[str] = "staff.place"
    role: Role
    municipality: str | None


@dataclass(frozen=True, slots=True)
class PickKind(Action):
    tag: ClassVar[str] = "staff.kind"
    role: Role
    municipality: str | None
    speciality: Speciality


_inviting.offer({Role.ADMIN, Role.COORDINATOR}, 45, button("staff.staff.button.invite", StartInvite()))


@_inviting.command("invite")
async def invite(turn: Turn, _: str) -> None:
    await _ask_role(turn)


@_inviting.press(StartInvite)
async def invite_pressed(turn: Turn, _: StartInvite) -> None:
    await _ask_role(turn)


async def _ask_role(turn: Turn) -> None:
    roles = may_invite_as(turn.person)
    keyboard: Keyboard = tuple((button(f"staff.any.role.{role.value}", PickRole(role)),) for role in roles)
    turn.replace("staff.staff.invite_role", keyboard=(*keyboard, _menu_row()))


@_inviting.press(PickRole)
async def pick_role(turn: Turn, action: PickRole) -> None:
    if action.role not in may_invite_as(turn.person):
        await turn.forbidden()
        return
    covered = reach(turn.person)
    if covered is None:
        rows: Keyboard = tuple(
            (button(f"directory.any.region.{region.value}", PickRegion(action.role, region)),) for region in Region
        )
        country = (button("staff.any.whole_country", PickPlace(action.role, None)),)
        rows = (*rows, country)
    else:
        rows = tuple((button(place_key(code), PickPlace(action.role, code)),) for code in sorted(covered))
    turn.replace("staff.staff.invite_place", keyboard=(*rows, _menu_row()))


@_inviting.press(PickRegion)
async def pick_region(turn: Turn, action: PickRegion) -> None:
    places: Keyboard = tuple(
        (button(place_key(one.code), PickPlace(action.role, one.code)),) for one in in_region(action.region)
    )
    turn.replace("staff.staff.invite_place", keyboard=(*places, _menu_row()))


@_inviting.press(PickPlace)
async def pick_place(turn: Turn, action: PickPlace) -> None:
    kinds = WITH_SPECIALITY.get(action.role)
    if kinds is None:
        await _give_link(turn, Grant(action.role, action.municipality))
        return
    rows: Keyboard = tuple(
        (button(f"staff.any.role.{kind.value}", PickKind(action.role, action.municipality, kind)),) for kind in kinds
    )
    turn.replace("staff.staff.invite_kind", keyboard=(*rows, _menu_row()))


@_inviting.press(PickKind)
async def pick_kind(turn: Turn, action: PickKind) -> None:
    if action.speciality not in WITH_SPECIALITY.get(action.role, ()):
        await turn.forbidden()
        return
    await _give_link(turn, Grant(action.role, action.municipality, action.speciality.value))


async def _give_link(turn: Turn, granted: Grant) -> None:
    known = granted.municipality is None or find(granted.municipality) is not None
    if not known or not may_invite(turn.person, granted):
        await turn.forbidden()
        return
    if await store.invited_since(turn.db, turn.person.id, granted, turn.now - SAME_PRESS_WITHIN):
        turn.say("staff.staff.invite_above", keyboard=(_menu_row(),))
        return
    token = secrets.token_urlsafe(18)
    await store.create(turn.db, hash_of(token), granted, turn.person.id, turn.now)
    await turn.note("staff.invited", granted.role.value)
    turn.say(
        "staff.staff.invite_link",
        keyboard=(_menu_row(),),
        link=turn.deep_link(PAYLOAD_PREFIX + token),
        role=phrase(f"staff.any.role.{granted.speciality or granted.role.value}"),
        place=phrase(place_key(granted.municipality) if granted.municipality else "staff.any.whole_country"),
        count=VALID_FOR.days,
    )


def _menu_row() -> Row:
    return (button("people.any.button.menu", ShowMenu()),)


routes = joined((_inviting, joining.routes, chat_team.routes))

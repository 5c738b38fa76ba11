"""Whoever is abroad says so: from then on times are told by their own clock, and their own nights are quiet."""

from dataclasses import dataclass
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.actions import Action
from bot.people import store_zone
from bot.people.menu import helped
from bot.people.own_clock import city_of
from bot.people.zones import LONGEST_PLACE, OFFERED, ZoneChanged, clock_in, is_zone, typed_zone, zone_of
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button

routes = Routes()


@dataclass(frozen=True, slots=True)
class OpenZone(Action):
    """Show by which clock this person lives; also what a typed place then means."""

    tag: ClassVar[str] = "people.zone"


@dataclass(frozen=True, slots=True)
class SetZone(Action):
    """By the clock of that zone from now on; None: the programme's own."""

    tag: ClassVar[str] = "people.set_zone"
    zone: str | None = None


@routes.command("zone")
async def zone_typed(turn: Turn, argument: str) -> None:
    """With a place behind it, that place at once."""
    if argument.strip():
        await place_typed(turn, OpenZone(), argument)
    else:
        await _show(turn)


@routes.press(OpenZone)
async def open_zone(turn: Turn, _: OpenZone) -> None:
    await _show(turn)


async def _show(turn: Turn) -> None:
    zone = zone_of(await store_zone.zone_name(turn.db, turn.person.id), turn.zone)
    turn.replace("people.any.zone", city=city_of(zone), clock=clock_in(zone, turn.now), keyboard=_choices(turn))
    turn.expect(OpenZone())


def _choices(turn: Turn) -> Keyboard:
    offered = [button("people.any.button.zone", SetZone(name), city=city_of(ZoneInfo(name))) for name in OFFERED]
    home = button("people.any.button.zone_home", SetZone())
    return helped(turn, ((home,), tuple(offered[:2]), tuple(offered[2:])))


@routes.text(OpenZone)
async def place_typed(turn: Turn, action: OpenZone, text: str) -> None:
    found = typed_zone(text)
    if found is None:
        key = "people.any.zone_unclear" if len(text) <= LONGEST_PLACE else "people.any.zone_too_long"
        turn.say(key, keyboard=_choices(turn))
        turn.expect(action)
        return
    await _set(turn, found)


@routes.press(SetZone)
async def set_zone(turn: Turn, action: SetZone) -> None:
    if action.zone is not None and not is_zone(action.zone):
        await turn.forbidden()
        return
    await _set(turn, action.zone)


async def _set(turn: Turn, name: str | None) -> None:
    """Home's own clock is kept as none, so that it stays home's should the programme's zone ever be another."""
    kept = None if name is None or name == turn.zone.key else name
    if await store_zone.set_zone(turn.db, turn.person.id, kept):
        await turn.note("person.zone")
        await turn.happened(ZoneChanged(turn.person.id))
    zone = zone_of(kept, turn.zone)
    turn.replace(
        "people.any.zone_set", city=city_of(zone), clock=clock_in(zone, turn.now), keyboard=helped(turn, turn.home)
    )

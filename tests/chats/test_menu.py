"""The whole menu: short for everybody, with shelves where there would be many lines, and nothing out of reach."""

import pytest

from bot.app import all_routes
from bot.people.menu import MANY, OpenShelf
from bot.roles import Role
from bot.turn import MORE, Shelf
from tests.chats.events_talk import OGRE
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


def offered(role: Role) -> set[str]:
    """What the buttons of all lines of that role's menu carry."""
    return {item.button.action.pack() for item in all_routes().menu if role in item.roles and item.order != MORE}


def shown(person: Inhabitant) -> list[str]:
    """What the buttons of their newest message carry."""
    message = next(one for one in reversed(person.phone.messages) if one.buttons)
    return [one.data for one in message.buttons if one.data is not None]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEAD, Role.MENTOR, Role.PARTNER])
async def test_every_line_of_a_menu_is_at_most_one_tap_further(town: Town, role: Role) -> None:
    one = await town.staff("kaspars", role, OGRE)
    await one.says("/menu")
    one.sees("people.staff.menu")
    reached = set(shown(one))
    assert len(reached) <= MANY
    for shelf in Shelf:
        if OpenShelf(shelf).pack() in reached:
            await one.forges(OpenShelf(shelf).pack())
            one.sees(f"people.staff.shelf_{shelf.value}")
            reached |= set(shown(one))
    assert offered(role) <= reached


async def test_a_shelf_leads_back_to_the_menu(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    await kaspars.says("/menu")
    await kaspars.taps("people.staff.button.shelf_team")
    kaspars.sees("people.staff.shelf_team")
    await kaspars.taps("people.any.button.menu")
    kaspars.sees("people.staff.menu")


async def test_a_short_menu_has_no_shelves(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    await marta.says("/menu")
    marta.sees("people.staff.menu")
    assert set(shown(marta)) == offered(Role.MENTOR)

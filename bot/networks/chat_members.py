"""Who is in a network: brought in by whoever runs it, taken out, leaving; and for whom each of them speaks."""

from bot.directory.rules import find
from bot.networks import rules, screens, store
from bot.networks.actions import Add, AddFrom, AddPerson, AddRegion, Leave, ListNetworks, Members, OpenNetwork, Remove
from bot.networks.chat_network import run_by_them, show_again, theirs
from bot.networks.network import Network
from bot.people import store as people
from bot.roles import Person
from bot.routes import Routes
from bot.staff.rules import role_named
from bot.turn import Button, Keyboard, Turn, button
from bot.words import phrase

routes = Routes()


@routes.press(Members)
async def members(turn: Turn, action: Members) -> None:
    found = await theirs(turn, action.network)
    if found is not None:
        network, _ = found
        every = await store.members(turn.db, network.id)
        screens.members(turn, network, every, action.page, runs=rules.may_run(turn.person, network))


@routes.press(Remove)
async def remove(turn: Turn, action: Remove) -> None:
    member = await store.member(turn.db, action.member)
    network = None if member is None else await store.network(turn.db, member.network_id)
    if member is None or network is None or not rules.may_run(turn.person, network):
        await turn.forbidden()
        return
    if not action.sure:
        sure = (button("networks.staff.button.remove_sure", Remove(member.id, sure=True)),)
        keyboard = (sure, (button("networks.staff.button.members", Members(network.id)),))
        turn.replace("networks.staff.remove_sure", keyboard=keyboard, name=member.name, network=network.name)
        return
    if await store.leave(turn.db, member.id, turn.now):
        await turn.note("network.removed", "network", network.id)
        if member.person_id != turn.person.id:
            turn.tell(member.person_id, phrase("networks.staff.you_were_removed", network=network.name))
    every = await store.members(turn.db, network.id)
    screens.members(turn, network, every, 0, runs=True)


@routes.press(Leave)
async def leave(turn: Turn, action: Leave) -> None:
    """In one tap; whoever leads it hears of it."""
    member = await store.membership(turn.db, action.network, turn.person.id)
    network = None if member is None else await store.network(turn.db, member.network_id)
    if member is None or network is None:
        await turn.forbidden()
        return
    if await store.leave(turn.db, member.id, turn.now):
        await turn.note("network.left", "network", network.id)
        if network.led_by not in (None, turn.person.id):
            told = phrase("networks.staff.somebody_left", name=member.name, network=network.name)
            turn.tell(network.led_by, told, keyboard=_way(network))
    on = (button("networks.staff.button.list", ListNetworks()),)
    turn.replace("networks.staff.left", keyboard=(on, screens.menu_row()), network=network.name)


def _way(network: Network) -> Keyboard:
    return ((button("networks.staff.button.open", OpenNetwork(network.id)),),)


# --- bringing somebody in ---------------------------------------------------------------------------------------


@routes.press(Add)
async def add(turn: Turn, action: Add) -> None:
    """Where do they work? Only places that this person coordinates are offered."""
    network = await run_by_them(turn, action.network)
    if network is None:
        return
    places = rules.places_run(turn.person)
    if None in places:
        country = (Button(screens.whose(None), AddFrom(network.id, None)),)
        rows = (*screens.regions(lambda region: AddRegion(network.id, region)), country)
    elif len(places) == 1:
        await add_from(turn, AddFrom(network.id, places[0]))
        return
    else:
        rows = tuple((Button(screens.whose(one), AddFrom(network.id, one)),) for one in places)
    turn.replace("networks.staff.add_where", keyboard=(*rows, screens.back_to(network.id)), network=network.name)


@routes.press(AddRegion)
async def add_region(turn: Turn, action: AddRegion) -> None:
    network = await run_by_them(turn, action.network)
    if network is None:
        return
    if None not in rules.places_run(turn.person):
        await turn.forbidden()
        return
    rows = screens.places(action.region, lambda code: AddFrom(network.id, code))
    back = (button("networks.staff.button.add", Add(network.id)),)
    turn.replace("networks.staff.add_where", keyboard=(*rows, back), network=network.name)


@routes.press(AddFrom)
async def add_from(turn: Turn, action: AddFrom) -> None:
    network = await run_by_them(turn, action.network)
    if network is None:
        return
    known = action.municipality is None or find(action.municipality) is not None
    if not known or not rules.may_found(turn.person, action.municipality):
        await turn.forbidden()
        return
    page = max(action.page, 0)
    found = await store.staff(turn.db, action.municipality, network.id, page * screens.A_PAGE, screens.A_PAGE + 1)
    rows: Keyboard = tuple((_button(network, one, action.municipality),) for one in found[: screens.A_PAGE])
    more = screens.paging(page, len(found) > screens.A_PAGE, lambda at: AddFrom(network.id, action.municipality, at))
    key = "networks.staff.add_whom" if found else "networks.staff.add_nobody"
    keyboard = (*rows, *more, screens.back_to(network.id))
    turn.replace(key, keyboard=keyboard, place=screens.whose(action.municipality), network=network.name)


def _button(network: Network, person: Person, municipality: str | None) -> Button:
    held = min((one for one in person.grants if one.municipality == municipality), key=lambda one: one.role.value)
    name = screens.short(person.name or person.code_name, 16)
    return button("networks.staff.button.colleague", AddPerson(network.id, person.id), name=name, role=role_named(held))


@routes.press(AddPerson)
async def add_person(turn: Turn, action: AddPerson) -> None:
    network = await run_by_them(turn, action.network)
    if network is None:
        return
    colleague = await people.person(turn.db, action.person)
    if colleague is None or colleague.is_youth or not rules.may_bring_in(turn.person, colleague):
        await turn.forbidden()
        return
    if await store.join(turn.db, network.id, colleague.id, rules.standing_of(colleague), turn.now):
        await turn.note("network.joined", "network", network.id)
        if colleague.id != turn.person.id:
            keyboard = (
                (button("networks.staff.button.open", OpenNetwork(network.id)),),
                (button("networks.staff.button.leave", Leave(network.id)),),
            )
            turn.tell(colleague.id, phrase("networks.staff.you_were_added", network=network.name), keyboard=keyboard)
    await show_again(turn, network.id)

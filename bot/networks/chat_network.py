"""`/network`: the networks somebody is in or runs; one is founded, named, handed over and closed."""

from bot.directory.actions_find import Found as Offers
from bot.directory.register import Help
from bot.directory.rules import find
from bot.networks import rules, screens, store
from bot.networks.actions import (
    CloseNetwork,
    Found,
    FoundThere,
    HandOver,
    HandTo,
    ListNetworks,
    NameIt,
    OpenNetwork,
    Rename,
)
from bot.networks.network import Member, Network, NetworkKind
from bot.people import store as people
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Button, Keyboard, Row, Shelf, Turn, button
from bot.typed import in_one_line
from bot.words import phrase

routes = Routes()

STAFF = set(Role) - {Role.YOUTH}

routes.offer(STAFF, 64, button("networks.staff.button.networks", ListNetworks()), Shelf.PARTNERS)


@routes.command("network")
async def network_command(turn: Turn, _: str) -> None:
    await show_list(turn, ListNetworks())


@routes.press(ListNetworks)
async def show_list(turn: Turn, action: ListNetworks) -> None:
    mine, run = await store.of(turn.db, turn.person.id), await store.choosable(turn.db, turn.person)
    screens.networks(turn, mine, run, action.page, may_found=bool(rules.places_run(turn.person)))


@routes.press(OpenNetwork)
async def opened(turn: Turn, action: OpenNetwork) -> None:
    found = await theirs(turn, action.network)
    if found is not None:
        await show(turn, *found)


async def theirs(turn: Turn, network_id: int) -> tuple[Network, Member | None] | None:
    """The open network that this person is in or runs; else they have been told that there is none for them."""
    network = await store.network(turn.db, network_id)
    mine = await store.membership(turn.db, network_id, turn.person.id)
    if network is None or network.closed or (mine is None and not rules.may_run(turn.person, network)):
        await turn.forbidden()
        return None
    return network, mine


async def run_by_them(turn: Turn, network_id: int) -> Network | None:
    """The same of one that they run."""
    network = await store.network(turn.db, network_id)
    if network is None or not rules.may_run(turn.person, network):
        await turn.forbidden()
        return None
    return network


async def show(turn: Turn, network: Network, mine: Member | None) -> None:
    leader = None if network.led_by is None else await people.person(turn.db, network.led_by)
    members = await store.members(turn.db, network.id)
    offers = Offers(Help.PARTNER, network.municipality, turn.person.language)
    finds = (button("networks.staff.button.organizations", offers),) if turn.person.may(Offers.tag) else ()
    screens.network(
        turn,
        network,
        len(members),
        None if leader is None else leader.name or leader.code_name,
        mine,
        runs=rules.may_run(turn.person, network),
        finds=finds,
    )


async def show_again(turn: Turn, network_id: int) -> None:
    """The network as it is now, or the list where it is theirs no more."""
    network = await store.network(turn.db, network_id)
    mine = await store.membership(turn.db, network_id, turn.person.id)
    if network is None or network.closed or (mine is None and not rules.may_run(turn.person, network)):
        await show_list(turn, ListNetworks())
    else:
        await show(turn, network, mine)


# --- founding it ------------------------------------------------------------------------------------------------


@routes.press(Found)
async def begin(turn: Turn, _: Found) -> None:
    """Whose network is it? Asked of those who answer for several places only."""
    places = rules.places_run(turn.person)
    if not places:
        await turn.forbidden()
    elif len(places) == 1:
        await kind(turn, FoundThere(places[0]))
    else:
        rows: Keyboard = tuple((Button(screens.whose(one), FoundThere(one)),) for one in places)
        turn.replace("networks.staff.found_where", keyboard=(*rows, _list_row()))


@routes.press(FoundThere)
async def kind(turn: Turn, action: FoundThere) -> None:
    if not _may_found(turn, action.municipality):
        await turn.forbidden()
        return
    rows: Keyboard = tuple(
        (button(f"networks.any.kind.{one.value}", NameIt(action.municipality, one)),) for one in NetworkKind
    )
    turn.replace("networks.staff.found_kind", keyboard=(*rows, _list_row()))


@routes.press(NameIt)
async def ask_name(turn: Turn, action: NameIt) -> None:
    if not _may_found(turn, action.municipality):
        await turn.forbidden()
        return
    turn.replace("networks.staff.ask_name", keyboard=(_list_row(),), most=rules.LONGEST_NAME)
    turn.expect(action)


@routes.text(NameIt)
async def named(turn: Turn, action: NameIt, text: str) -> None:
    if not _may_found(turn, action.municipality):
        await turn.forbidden()
        return
    name = in_one_line(text)
    if not _is_name(name):
        turn.say("networks.staff.name_unclear", keyboard=(_list_row(),), most=rules.LONGEST_NAME)
        turn.expect(action)
        return
    number = await store.found(turn.db, name, action.kind, action.municipality, turn.person.id, turn.now)
    await store.join(turn.db, number, turn.person.id, rules.standing_of(turn.person), turn.now)
    await turn.note("network.founded", "network", number)
    await show_again(turn, number)


@routes.press(Rename)
async def ask_rename(turn: Turn, action: Rename) -> None:
    network = await run_by_them(turn, action.network)
    if network is not None:
        turn.replace("networks.staff.ask_name", keyboard=(screens.back_to(network.id),), most=rules.LONGEST_NAME)
        turn.expect(action)


@routes.text(Rename)
async def renamed(turn: Turn, action: Rename, text: str) -> None:
    network = await run_by_them(turn, action.network)
    if network is None:
        return
    name = in_one_line(text)
    if not _is_name(name):
        turn.say("networks.staff.name_unclear", keyboard=(screens.back_to(network.id),), most=rules.LONGEST_NAME)
        turn.expect(action)
        return
    await store.rename(turn.db, network.id, name)
    await turn.note("network.renamed", "network", network.id)
    await show_again(turn, network.id)


def _may_found(turn: Turn, municipality: str | None) -> bool:
    known = municipality is None or find(municipality) is not None
    return known and rules.may_found(turn.person, municipality)


def _is_name(name: str) -> bool:
    return any(sign.isalnum() for sign in name) and rules.length(name) <= rules.LONGEST_NAME


def _list_row() -> Row:
    return (button("networks.staff.button.list", ListNetworks()),)


# --- handing it over, closing it --------------------------------------------------------------------------------


@routes.press(HandOver)
async def hand_over(turn: Turn, action: HandOver) -> None:
    """To whom? Whoever coordinates where it belongs may lead it; whoever asks may also take it themselves."""
    network = await run_by_them(turn, action.network)
    if network is None:
        return
    able = await people.holders_for(turn.db, Role.COORDINATOR, network.municipality)
    rows: Keyboard = tuple(
        (
            button(
                "networks.staff.button.person",
                HandTo(network.id, one.id),
                name=screens.short(one.name or one.code_name),
            ),
        )
        for one in able[: screens.A_PAGE * 2]
        if one.id != network.led_by
    )
    key = "networks.staff.hand_over" if rows else "networks.staff.hand_over_nobody"
    turn.replace(key, keyboard=(*rows, screens.back_to(network.id)), name=network.name)


@routes.press(HandTo)
async def hand_to(turn: Turn, action: HandTo) -> None:
    network = await run_by_them(turn, action.network)
    if network is None:
        return
    heir = await people.person(turn.db, action.person)
    if heir is None or not rules.may_run(heir, network):
        await turn.forbidden()
        return
    if heir.id != network.led_by:
        await store.lead(turn.db, network.id, heir.id)
        await store.join(turn.db, network.id, heir.id, rules.standing_of(heir), turn.now)
        await turn.note("network.handed_over", "network", network.id)
        if heir.id != turn.person.id:
            way = (button("networks.staff.button.open", OpenNetwork(network.id)),)
            turn.tell(heir.id, phrase("networks.staff.now_yours", name=network.name), keyboard=(way,))
    await show_again(turn, network.id)


@routes.press(CloseNetwork)
async def close(turn: Turn, action: CloseNetwork) -> None:
    network = await run_by_them(turn, action.network)
    if network is None:
        return
    if not action.sure:
        sure = (button("networks.staff.button.close_sure", CloseNetwork(network.id, sure=True)),)
        turn.replace("networks.staff.close_sure", keyboard=(sure, screens.back_to(network.id)), name=network.name)
        return
    if await store.close(turn.db, network.id, turn.now):
        await turn.note("network.closed", "network", network.id)
    turn.replace("networks.staff.closed", keyboard=(_list_row(),), name=network.name)

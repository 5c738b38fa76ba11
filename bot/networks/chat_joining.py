"""Coming into a network by its link, and saying for whom one speaks; both ask the same questions."""

import secrets
from collections.abc import Callable

from bot.actions import Action
from bot.directory.rules import Region, find
from bot.networks import rules, screens, store
from bot.networks.actions import Join, MakeLink, NameOrganization, OpenNetwork, Stand
from bot.networks.chat_network import run_by_them, show_again
from bot.networks.network import Network, Standing, StandsFor
from bot.routes import Routes
from bot.turn import Button, Keyboard, Row, Turn, button
from bot.typed import in_one_line
from bot.words import phrase

routes = Routes()

To = Callable[[StandsFor, Region | None, str | None], Action]

_BYTES = 12
"""Of a token: 96 random bits, short enough for a button."""

_NAMED = (StandsFor.MINISTRY, StandsFor.ASSOCIATION, StandsFor.OTHER)
"""Those who speak for an organisation, whose name is asked."""


@routes.press(MakeLink)
async def make_link(turn: Turn, action: MakeLink) -> None:
    network = await run_by_them(turn, action.network)
    if network is None:
        return
    token = secrets.token_urlsafe(_BYTES)
    if not await store.make_link(turn.db, network.id, rules.hash_of(token), turn.now):
        turn.say("staff.staff.invite_above", keyboard=(screens.back_to(network.id),))
        return
    await turn.note("network.link_made", "network", network.id)
    turn.say(
        "networks.staff.link",
        keyboard=(screens.back_to(network.id),),
        network=network.name,
        link=turn.deep_link(rules.PAYLOAD_PREFIX + token),
        count=rules.LINK_VALID.days,
    )


async def came_by_link(turn: Turn, token: str) -> None:
    """Somebody of the staff opened it: which network it is, and for whom they would speak in it."""
    await _join(turn, Join(token))


@routes.press(Join)
async def join(turn: Turn, action: Join) -> None:
    await _join(turn, action)


async def _join(turn: Turn, action: Join) -> None:
    network = await store.by_link(turn.db, rules.hash_of(action.token), turn.now)
    if network is None:
        turn.say("networks.staff.link_over", keyboard=turn.home)
        return
    if await store.membership(turn.db, network.id, turn.person.id) is not None:
        await show_again(turn, network.id)
        return

    def to(stands_for: StandsFor, region: Region | None, municipality: str | None) -> Action:
        return Join(action.token, stands_for, region, municipality)

    given = _standing(action)
    if given is None:
        _ask(turn, network, action, to, (screens.menu_row(),))
        return
    await store.join(turn.db, network.id, turn.person.id, given, turn.now)
    await turn.note("network.joined", "network", network.id)
    if network.led_by not in (None, turn.person.id):
        name = turn.person.name or turn.person.code_name
        told = phrase("networks.staff.somebody_joined", name=name, network=network.name, whom=screens.standing(given))
        turn.tell(network.led_by, told, keyboard=((button("networks.staff.button.open", OpenNetwork(network.id)),),))
    await _stands(turn, network, given)


@routes.press(Stand)
async def stand(turn: Turn, action: Stand) -> None:
    network = await store.network(turn.db, action.network)
    member = await store.membership(turn.db, action.network, turn.person.id)
    if network is None or network.closed or member is None:
        await turn.forbidden()
        return

    def to(stands_for: StandsFor, region: Region | None, municipality: str | None) -> Action:
        return Stand(action.network, stands_for, region, municipality)

    given = _standing(action)
    if given is None:
        _ask(turn, network, action, to, (screens.back_to(network.id),))
        return
    await store.stand(turn.db, member.id, given)
    await turn.note("network.stands", "network", network.id)
    await _stands(turn, network, given)


def _standing(action: Join | Stand) -> Standing | None:
    """What the press says in full; None where something has still to be asked, or is no place of ours."""
    match action.stands_for:
        case None:
            return None
        case StandsFor.MUNICIPALITY:
            known = action.municipality is not None and find(action.municipality) is not None
            return Standing(action.stands_for, action.municipality) if known else None
        case StandsFor.REGION:
            return None if action.region is None else Standing(action.stands_for, region=action.region)
        case _:
            return Standing(action.stands_for)


def _ask(turn: Turn, network: Network, action: Join | Stand, to: To, last: Keyboard) -> None:
    """For whom? Then in which region, and which municipality of it; one's own stands first."""
    own = rules.standing_of(turn.person)
    if action.stands_for is None:
        rows: Keyboard = tuple((button(f"networks.any.stands.{one.value}", to(one, None, None)),) for one in StandsFor)
        if own.municipality is not None:
            rows = ((Button(screens.standing(own), to(StandsFor.MUNICIPALITY, None, own.municipality)),), *rows)
    elif action.stands_for is StandsFor.MUNICIPALITY and action.region is not None:
        rows = screens.places(action.region, lambda code: to(StandsFor.MUNICIPALITY, None, code))
    else:
        what = action.stands_for
        rows = screens.regions(lambda region: to(what, region, None))
    turn.replace("networks.staff.for_whom", keyboard=(*rows, *last), network=network.name)


async def _stands(turn: Turn, network: Network, given: Standing) -> None:
    """Said; the name of an organisation is asked, and may be left out."""
    if given.stands_for not in _NAMED:
        await show_again(turn, network.id)
        return
    turn.replace("networks.staff.ask_organization", keyboard=(_unnamed(network),), most=rules.LONGEST_ORGANIZATION)
    turn.expect(NameOrganization(network.id))


def _unnamed(network: Network) -> Row:
    return (button("networks.staff.button.unnamed", OpenNetwork(network.id)),)


@routes.text(NameOrganization)
async def organization_named(turn: Turn, action: NameOrganization, text: str) -> None:
    network = await store.network(turn.db, action.network)
    member = await store.membership(turn.db, action.network, turn.person.id)
    if network is None or member is None:
        await turn.forbidden()
        return
    name = in_one_line(text)
    if not name or rules.length(name) > rules.LONGEST_ORGANIZATION:
        turn.say("networks.staff.ask_organization", keyboard=(_unnamed(network),), most=rules.LONGEST_ORGANIZATION)
        turn.expect(action)
        return
    given = Standing(member.standing.stands_for, member.standing.municipality, member.standing.region, name)
    await store.stand(turn.db, member.id, given)
    await show_again(turn, network.id)

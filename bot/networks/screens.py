"""What a network looks like to its members and to whoever runs it."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.actions import Action
from bot.directory.rules import Region, in_region, place_key, region_key
from bot.networks import rules
from bot.networks.actions import (
    Add,
    CloseNetwork,
    Found,
    HandOver,
    Leave,
    ListNetworks,
    MakeLink,
    Members,
    OpenNetwork,
    Remove,
    Rename,
    Stand,
)
from bot.networks.actions_opinions import Opinions
from bot.networks.actions_places import Country
from bot.networks.actions_topics import Topics
from bot.networks.network import Member, Network, Standing, StandsFor
from bot.people.menu import ShowMenu
from bot.turn import Button, Keyboard, Row, Turn, button
from bot.typed import shortened
from bot.words import Lines, Phrase, phrase

A_PAGE: Final = 8
"""People under one message, where each is a button."""

ON_A_BUTTON: Final = 30


def menu_row() -> Row:
    return (button("people.any.button.menu", ShowMenu()),)


def short(text: str, most: int = ON_A_BUTTON) -> str:
    """As much of it as a button holds."""
    return shortened(text, most)


def back_to(network_id: int) -> Row:
    return (button("networks.staff.button.back", OpenNetwork(network_id)),)


def whose(municipality: str | None) -> Phrase:
    """Whose network it is."""
    return phrase("directory.any.whole_country" if municipality is None else place_key(municipality))


def standing(given: Standing) -> Phrase:
    """For whom somebody speaks, in words."""
    if given.stands_for is StandsFor.MUNICIPALITY and given.municipality is not None:
        return phrase(place_key(given.municipality))
    if given.stands_for is StandsFor.REGION and given.region is not None:
        return phrase("networks.any.stands.of_region", region=phrase(region_key(given.region)))
    if given.organization is not None:
        return phrase("networks.any.stands.named", organization=given.organization)
    return phrase(f"networks.any.stands.{given.stands_for.value}")


def body(given: Standing) -> Phrase:
    """The same for a table, where the organisation has a column of its own."""
    if given.stands_for is StandsFor.MUNICIPALITY and given.municipality is not None:
        return phrase(place_key(given.municipality))
    return phrase(f"networks.any.stands.{given.stands_for.value}")


def those_who_run(network: Network) -> Phrase:
    """Who sees what is written for it."""
    if network.municipality is None:
        return phrase("networks.any.seen_by.country")
    return phrase("networks.any.seen_by.place", place=phrase(place_key(network.municipality)))


def networks(turn: Turn, mine: Sequence[Network], run: Sequence[Network], page: int, *, may_found: bool) -> None:
    """A page of those that concern this person, first the ones they are in."""
    every = list({one.id: one for one in (*mine, *run)}.values())
    first = max(page, 0) * A_PAGE
    rows: list[Row] = [
        (button("networks.staff.button.network", OpenNetwork(one.id), name=short(one.name)),)
        for one in every[first : first + A_PAGE]
    ]
    rows += paging(page, len(every) > first + A_PAGE, ListNetworks)
    rows.append((button("networks.staff.button.municipalities", Country()),))
    if may_found:
        rows.append((button("networks.staff.button.found", Found()),))
    turn.replace("networks.staff.list" if every else "networks.staff.list_empty", keyboard=(*rows, menu_row()))


def network(
    turn: Turn, one: Network, count: int, leader: str | None, mine: Member | None, *, runs: bool, finds: Row
) -> None:
    """One network, with what this person may do in it."""
    rows: list[Row] = [
        (
            button("networks.staff.button.topics", Topics(one.id)),
            button("networks.staff.button.opinions", Opinions(one.id)),
        ),
        (button("networks.staff.button.members", Members(one.id)),),
    ]
    if runs:
        rows.append(
            (button("networks.staff.button.add", Add(one.id)), button("networks.staff.button.link", MakeLink(one.id)))
        )
        rows.append(
            (
                button("networks.staff.button.rename", Rename(one.id)),
                button("networks.staff.button.hand_over", HandOver(one.id)),
            )
        )
        rows.append((button("networks.staff.button.close", CloseNetwork(one.id)),))
    if mine is not None:
        rows.append(
            (button("networks.staff.button.stand", Stand(one.id)), button("networks.staff.button.leave", Leave(one.id)))
        )
    rows.append((button("networks.staff.button.municipalities", Country()),))
    if finds:
        rows.append(finds)
    turn.replace(
        "networks.staff.network",
        keyboard=(*rows, (button("networks.staff.button.list", ListNetworks()),)),
        name=one.name,
        kind=phrase(f"networks.any.kind.{one.kind.value}"),
        whose=whose(one.municipality),
        leader=leader or phrase("networks.staff.nobody"),
        members=phrase("networks.staff.members_count", count=count),
        mine=phrase("networks.staff.not_in_it")
        if mine is None
        else phrase("networks.staff.i_stand", whom=standing(mine.standing)),
    )


def members(turn: Turn, one: Network, found: Sequence[Member], page: int, *, runs: bool) -> None:
    """A page of who is in it; whoever runs it takes somebody out by a press on the name."""
    every, first = rules.by_region(found), max(page, 0) * A_PAGE
    here = every[first : first + A_PAGE]
    lines: list[Phrase] = []
    for before, each in zip((None, *here), here, strict=False):
        region = rules.region_of(each.standing)
        if before is None or rules.region_of(before.standing) is not region:
            lines.append(phrase("networks.any.heading", name=_region(region)))
        lines.append(_member(turn, each))
    rows: list[Row] = []
    if runs:
        rows = [(button("networks.staff.button.remove", Remove(each.id), name=short(each.name, 24)),) for each in here]
    rows += paging(page, len(found) > first + A_PAGE, lambda at: Members(one.id, at))
    key = "networks.staff.members" if here else "networks.staff.members_none"
    turn.replace(key, keyboard=(*rows, back_to(one.id)), name=one.name, count=len(found), members=Lines(tuple(lines)))


def _member(turn: Turn, each: Member) -> Phrase:
    since = each.since.astimezone(turn.zone).date()
    return phrase("networks.staff.member_since", name=each.name, whom=standing(each.standing), since=since)


def _region(region: Region | None) -> Phrase:
    return phrase("networks.any.no_region" if region is None else region_key(region))


def paging(page: int, more: bool, at: Callable[[int], Action]) -> list[Row]:
    """The way to the page before and the page after, where there are any."""
    row: list[Button] = []
    if page > 0:
        row.append(button("networks.staff.button.earlier", at(page - 1)))
    if more:
        row.append(button("networks.staff.button.later", at(page + 1)))
    return [tuple(row)] if row else []


def regions(to: Callable[[Region], Action]) -> Keyboard:
    """A button for each planning region."""
    return tuple((button(region_key(one), to(one)),) for one in Region)


def places(region: Region, to: Callable[[str], Action]) -> Keyboard:
    """A button for each municipality of the region."""
    return tuple((button(place_key(one.code), to(one.code)),) for one in in_region(region))

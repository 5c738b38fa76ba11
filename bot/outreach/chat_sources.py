"""Coordinators and their sources: make one, see it, have its poster and code made, name it, take it out of use."""

import secrets
from typing import Final

from bot.directory.rules import Region, find, in_region, place_key
from bot.outreach import rules, screens, store
from bot.outreach.actions import (
    AskRename,
    ChoosePoster,
    FirstLanguage,
    ListSources,
    MakeCode,
    MakePoster,
    NameNew,
    NewSource,
    PickKind,
    PickLanguage,
    PickPlace,
    PickRegion,
    Rename,
    ShowSource,
    Switch,
)
from bot.outreach.making import code_facts, poster_facts
from bot.outreach.rules import OFFERED, Kind, Source
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Keyboard, Shelf, Turn, button
from bot.typed import in_one_line
from bot.words import phrase

routes = Routes()

_SAVED: Final = phrase("outreach.staff.saved")

routes.offer({Role.COORDINATOR}, 65, button("outreach.staff.button.sources", ListSources(0)), Shelf.REACH)


@routes.command("sources")
async def sources(turn: Turn, _: str) -> None:
    await _list(turn, 0)


@routes.press(ListSources)
async def sources_pressed(turn: Turn, action: ListSources) -> None:
    await _list(turn, action.page)


async def _list(turn: Turn, page: int) -> None:
    reach = rules.reach(turn.person)
    of = await store.count(turn.db, reach)
    page = max(0, min(page, (of - 1) // screens.A_PAGE))
    shown = await store.listed(turn.db, reach, skip=page * screens.A_PAGE, most=screens.A_PAGE)
    screens.listing(turn, list(shown), page, of)


@routes.press(ShowSource)
async def show(turn: Turn, action: ShowSource) -> None:
    source = await _theirs(turn, action.source)
    if source is not None:
        screens.one(turn, source)


async def _theirs(turn: Turn, source_id: int) -> Source | None:
    """The source, if it is there and theirs to keep; otherwise the one answer to both, and None."""
    source = await store.source_by_id(turn.db, source_id)
    if source is not None and rules.may_keep(turn.person, source.municipality):
        return source
    await turn.forbidden()
    return None


# --- a new one --------------------------------------------------------------------------------------------------


@routes.press(NewSource)
async def new(turn: Turn, _: NewSource) -> None:
    """Where, unless there is only one place it could be for."""
    covered = rules.reach(turn.person)
    if covered is None:
        regions: Keyboard = tuple((button(f"directory.any.region.{one.value}", PickRegion(one)),) for one in Region)
        country = (button("staff.any.whole_country", PickPlace(None)),)
        turn.replace("outreach.staff.ask_place", keyboard=(*regions, country, screens.menu_row()))
    elif len(covered) == 1:
        _ask_kind(turn, next(iter(covered)))
    else:
        places: Keyboard = tuple((button(place_key(code), PickPlace(code)),) for code in sorted(covered))
        turn.replace("outreach.staff.ask_place", keyboard=(*places, screens.menu_row()))


@routes.press(PickRegion)
async def pick_region(turn: Turn, action: PickRegion) -> None:
    places: Keyboard = tuple((button(place_key(one.code), PickPlace(one.code)),) for one in in_region(action.region))
    turn.replace("outreach.staff.ask_place", keyboard=(*places, screens.menu_row()))


@routes.press(PickPlace)
async def pick_place(turn: Turn, action: PickPlace) -> None:
    if _may_make(turn, action.municipality, Kind.OTHER):
        _ask_kind(turn, action.municipality)
    else:
        await turn.forbidden()


def _may_make(turn: Turn, municipality: str | None, kind: Kind) -> bool:
    """Whether what these buttons carry is anything they could have chosen."""
    there = municipality is None or find(municipality) is not None
    return there and kind in OFFERED and rules.may_keep(turn.person, municipality)


def _ask_kind(turn: Turn, municipality: str | None) -> None:
    rows: Keyboard = tuple(
        (button(f"outreach.staff.kind.{kind.value}", PickKind(municipality, kind)),) for kind in OFFERED
    )
    turn.replace("outreach.staff.ask_kind", keyboard=(*rows, screens.menu_row()))


@routes.press(PickKind)
async def pick_kind(turn: Turn, action: PickKind) -> None:
    if not _may_make(turn, action.municipality, action.kind):
        await turn.forbidden()
        return
    rows: Keyboard = tuple(
        (button(_label(first), PickLanguage(action.municipality, action.kind, first)),) for first in FirstLanguage
    )
    turn.replace("outreach.staff.ask_language", keyboard=(*rows, screens.menu_row()))


def _label(first: FirstLanguage) -> str:
    language = first.language
    return f"people.any.button.language_{language.value}" if language else "outreach.staff.button.first_any"


@routes.press(PickLanguage)
async def pick_language(turn: Turn, action: PickLanguage) -> None:
    if not _may_make(turn, action.municipality, action.kind):
        await turn.forbidden()
        return
    turn.replace("outreach.staff.ask_name", keyboard=(screens.menu_row(),))
    turn.expect(NameNew(action.municipality, action.kind, action.first))


@routes.text(NameNew)
async def name_new(turn: Turn, action: NameNew, text: str) -> None:
    if not _may_make(turn, action.municipality, action.kind):
        await turn.forbidden()
        return
    name = in_one_line(text)
    if not rules.is_name(name):
        turn.say("outreach.staff.name_unclear", keyboard=(screens.menu_row(),), longest=rules.LONGEST_NAME)
        turn.expect(action)
        return
    source = None
    while source is None:  # one code in seventeen million is taken
        code = rules.code_for(action.municipality, secrets.randbelow(rules.CODES))
        source = await store.make_source(
            turn.db, code, action.municipality, name, action.kind, action.first.language, turn.now
        )
    await turn.note("outreach.made", "source", source.id)
    screens.one(turn, source, note=phrase("outreach.staff.made"))


# --- what can be done with one ----------------------------------------------------------------------------------


@routes.press(AskRename)
async def ask_rename(turn: Turn, action: AskRename) -> None:
    source = await _theirs(turn, action.source)
    if source is not None:
        turn.replace("outreach.staff.ask_name", keyboard=(screens.back_row(source),))
        turn.expect(Rename(source.id))


@routes.text(Rename)
async def rename(turn: Turn, action: Rename, text: str) -> None:
    source = await _theirs(turn, action.source)
    if source is None:
        return
    name = in_one_line(text)
    if not rules.is_name(name):
        turn.say("outreach.staff.name_unclear", keyboard=(screens.back_row(source),), longest=rules.LONGEST_NAME)
        turn.expect(action)
        return
    await store.rename(turn.db, source.id, name)
    await turn.note("outreach.renamed", "source", source.id)
    await _show_again(turn, source)


@routes.press(Switch)
async def switch(turn: Turn, action: Switch) -> None:
    source = await _theirs(turn, action.source)
    if source is None:
        return
    if source.in_use is not action.on:
        await store.switch(turn.db, source.id, on=action.on, at=turn.now)
        await turn.note("outreach.switched_on" if action.on else "outreach.switched_off", "source", source.id)
    await _show_again(turn, source)


async def _show_again(turn: Turn, source: Source) -> None:
    changed = await store.source_by_id(turn.db, source.id)
    screens.one(turn, changed or source, note=_SAVED)


@routes.press(ChoosePoster)
async def choose_poster(turn: Turn, action: ChoosePoster) -> None:
    source = await _theirs(turn, action.source)
    if source is not None:
        screens.poster(turn, source, action.ticked)


@routes.press(MakePoster)
async def make_poster(turn: Turn, action: MakePoster) -> None:
    source = await _theirs(turn, action.source)
    if source is None:
        return
    if not action.ticked:
        screens.poster(turn, source, action.ticked)
        return
    publicity = turn.settings.publicity_line
    turn.make("outreach.poster", poster_facts(source, turn.deep_link(source.code), action.ticked, publicity, turn.now))
    turn.replace("outreach.staff.being_made", keyboard=(screens.back_row(source), screens.menu_row()))


@routes.press(MakeCode)
async def make_code(turn: Turn, action: MakeCode) -> None:
    source = await _theirs(turn, action.source)
    if source is not None:
        turn.make("outreach.code", code_facts(source, turn.deep_link(source.code)))
        turn.replace("outreach.staff.being_made", keyboard=(screens.back_row(source), screens.menu_row()))

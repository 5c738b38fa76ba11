"""`/contacts`: whom to turn to in a municipality, for anybody, without a question about themselves."""

from bot.directory import screens, store
from bot.directory.cards import card_lines
from bot.directory.naming import Match, matches, the_one
from bot.directory.rules import find, place_key
from bot.directory.screens import (
    AskByName,
    AskForContact,
    OpenContacts,
    OpenOtherPlace,
    OpenPlace,
    OpenRegion,
    ShowOnMap,
    WriteCard,
)
from bot.people import store as people
from bot.people.menu import helped
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Keyboard, Spot, Turn, button
from bot.words import phrase

routes = Routes()

routes.offer({Role.YOUTH}, 72, button("directory.any.button.contacts", OpenContacts()))


@routes.command("contacts")
async def contacts(turn: Turn, argument: str) -> None:
    if argument:
        await _look_up(turn, argument)
    else:
        await _where_they_live(turn)


@routes.press(OpenContacts)
async def open_contacts(turn: Turn, _: OpenContacts) -> None:
    await _where_they_live(turn)


async def _where_they_live(turn: Turn) -> None:
    """Whoever has told where they live is not asked again; another place is a button away."""
    if turn.person.municipality is None:
        screens.where(turn)
    else:
        await _show(turn, turn.person.municipality)


@routes.press(OpenOtherPlace)
async def open_other_place(turn: Turn, _: OpenOtherPlace) -> None:
    screens.where(turn)


@routes.text(OpenContacts)
async def place_typed(turn: Turn, _: OpenContacts, text: str) -> None:
    await _look_up(turn, text)


async def _look_up(turn: Turn, text: str) -> None:
    """A place of Latvia opens its card; several are offered; else how to say it, unless they wrote of danger."""
    found = matches(text)
    sure = the_one(found)
    if sure is not None:
        await _show(turn, sure.code, sure)
    elif found:
        screens.several(turn, found)
    else:
        screens.where(turn, not_found=not turn.heard_danger)


@routes.press(OpenRegion)
async def open_region(turn: Turn, action: OpenRegion) -> None:
    screens.places(turn, action.region)


@routes.press(OpenPlace)
async def open_place(turn: Turn, action: OpenPlace) -> None:
    await _show(turn, action.municipality)


async def _show(turn: Turn, municipality: str, by: Match | None = None) -> None:
    place = find(municipality)
    if place is None:
        await turn.forbidden()
        return
    known = await store.card(turn.db, place.code)
    finds_out = bool(await _who_finds_out(turn))
    screens.card(turn, place, known, somebody_finds_out=finds_out, by=by)


@routes.press(ShowOnMap)
async def show_on_map(turn: Turn, action: ShowOnMap) -> None:
    known = await store.card(turn.db, action.municipality)
    if known is None or known.spot is None:
        await turn.forbidden()
        return
    turn.say(
        "directory.any.on_map",
        location=Spot(*known.spot),
        keyboard=helped(turn, _back(action.municipality)),
        place=phrase(place_key(action.municipality)),
    )


# --- who finds out ----------------------------------------------------------------------------------------------


async def _who_finds_out(turn: Turn) -> list[Person]:
    """The national coordinators; where there are none nobody is promised."""
    return await people.holders(turn.db, Role.COORDINATOR, None)


@routes.press(AskForContact)
async def ask_for_contact(turn: Turn, action: AskForContact) -> None:
    """Once a municipality and week the coordinators hear that somebody looked; never who."""
    if not await _tell_coordinators(turn, action.municipality, _week(turn)):
        return
    if not turn.person.is_youth:
        turn.replace("directory.staff.asked", keyboard=_back(action.municipality))
        return
    by_name = (button("directory.any.button.ask_by_name", AskByName(action.municipality)),)
    turn.replace(
        "directory.youth.asked",
        keyboard=helped(turn, (by_name, *_back(action.municipality))),
        code_name=turn.person.code_name,
    )


@routes.press(AskByName)
async def ask_by_name(turn: Turn, action: AskByName) -> None:
    """They agree to be named: the coordinators learn the code name and the language, and that is gone with them."""
    if not turn.person.is_youth:
        await turn.forbidden()
        return
    occasion = f"{_week(turn)}:{turn.person.id}"
    if await _tell_coordinators(turn, action.municipality, occasion, by=turn.person):
        turn.replace(
            "directory.youth.asked_by_name",
            keyboard=helped(turn, _back(action.municipality)),
            code_name=turn.person.code_name,
        )


async def _tell_coordinators(turn: Turn, municipality: str, occasion: str, *, by: Person | None = None) -> bool:
    """Whether there was somebody to tell and something to find out; otherwise the card as it is now is shown."""
    place, told = find(municipality), await _who_finds_out(turn)
    if place is None:
        await turn.forbidden()
        return False
    if not told or card_lines(await store.card(turn.db, place.code)):
        await _show(turn, place.code)
        return False
    where = phrase(place_key(place.code))
    what = phrase("directory.staff.contact_wanted", place=where)
    if by is not None:
        language = phrase(f"people.any.language.{by.language.value}")
        what = phrase("directory.staff.contact_wanted_by", place=where, code_name=by.code_name, language=language)
    for one in told:
        turn.tell(
            one.id,
            what,
            keyboard=((button("directory.staff.button.write_card", WriteCard(place.code)),),),
            about=by.id if by else None,
            once=f"contact:{place.code}:{occasion}:{one.id}",
        )
    return True


def _week(turn: Turn) -> str:
    """The ISO week here, e.g. 2026-W10."""
    year, week, _ = turn.now.astimezone(turn.zone).isocalendar()
    return f"{year}-W{week:02}"


def _back(municipality: str) -> Keyboard:
    return ((button("directory.any.button.back_to_card", OpenPlace(municipality)),),)

"""`/contact_card`: programme leads and coordinators write their municipality's card, one thing at a time."""

from typing import assert_never

from bot.directory import cards, screens, store
from bot.directory.cards import Accepted, Field, NotAccepted
from bot.directory.rules import find, in_region
from bot.directory.screens import LeaveOut, Note, WriteCard, WriteCards, WriteField, WriteRegion
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Shelf, Spot, Turn, button
from bot.typed import in_one_line
from bot.words import phrase

routes = Routes()

routes.offer(
    {Role.LEAD, Role.COORDINATOR}, 68, button("directory.staff.button.contact_card", WriteCards()), Shelf.REACH
)


@routes.command("contact_card")
async def contact_card(turn: Turn, _: str) -> None:
    await _choose(turn)


@routes.press(WriteCards)
async def write_cards(turn: Turn, _: WriteCards) -> None:
    await _choose(turn)


async def _choose(turn: Turn) -> None:
    mine = cards.places_of(turn.person)
    if mine is None:
        screens.whose_region(turn)
    elif len(mine) > 1:
        screens.whose(turn, sorted(mine))
    else:
        for one in mine:
            await _draft(turn, one)


@routes.press(WriteRegion)
async def write_region(turn: Turn, action: WriteRegion) -> None:
    mine = cards.places_of(turn.person)
    screens.whose(turn, [one.code for one in in_region(action.region) if mine is None or one.code in mine])


@routes.press(WriteCard)
async def write_card(turn: Turn, action: WriteCard) -> None:
    if await _theirs(turn, action.municipality):
        await _draft(turn, action.municipality)


@routes.press(WriteField)
async def ask_field(turn: Turn, action: WriteField) -> None:
    if await _theirs(turn, action.municipality):
        screens.ask_field(turn, action, await store.card(turn.db, action.municipality))


@routes.text(WriteField)
async def field_typed(turn: Turn, action: WriteField, text: str) -> None:
    if not await _theirs(turn, action.municipality):
        return
    if action.field is Field.SPOT:
        await _refuse(turn, action, "no_spot")
        return
    match cards.accepted(action.field, in_one_line(text)):
        case Accepted(value):
            await store.write(turn.db, action.municipality, action.field, value, turn.person.id, turn.now)
            await _saved(turn, action.municipality, Note.SAVED)
        case NotAccepted(why, most):
            await _refuse(turn, action, why, most)
        case never:
            assert_never(never)


@routes.spot(WriteField)
async def spot_sent(turn: Turn, action: WriteField, spot: Spot) -> None:
    """A location while another field is asked for is no answer to it."""
    if not await _theirs(turn, action.municipality):
        return
    if action.field is not Field.SPOT:
        await _refuse(turn, action, "no_text")
    elif not cards.in_latvia(spot.latitude, spot.longitude):
        await _refuse(turn, action, "not_in_latvia")
    else:
        at = (spot.latitude, spot.longitude)
        await store.place(turn.db, action.municipality, at, turn.person.id, turn.now)
        await _saved(turn, action.municipality, Note.SAVED)


@routes.press(LeaveOut)
async def leave_out(turn: Turn, action: LeaveOut) -> None:
    if not await _theirs(turn, action.municipality):
        return
    if action.field is Field.SPOT:
        await store.place(turn.db, action.municipality, None, turn.person.id, turn.now)
    else:
        await store.write(turn.db, action.municipality, action.field, None, turn.person.id, turn.now)
    await _saved(turn, action.municipality, Note.LEFT_OUT)


# --- what these share -------------------------------------------------------------------------------------------


async def _theirs(turn: Turn, municipality: str) -> bool:
    """Whether they may write that card; otherwise they have been told."""
    if find(municipality) is not None and cards.may_write(turn.person, municipality):
        return True
    await turn.forbidden()
    return False


async def _draft(turn: Turn, municipality: str, note: Note = Note.LIVE) -> None:
    screens.draft(turn, municipality, await store.card(turn.db, municipality), note)


async def _saved(turn: Turn, municipality: str, note: Note) -> None:
    await turn.note("card.changed")
    await _draft(turn, municipality, note)


async def _refuse(turn: Turn, action: WriteField, why: str, most: int = 0) -> None:
    known = await store.card(turn.db, action.municipality)
    screens.ask_field(turn, action, known, phrase(f"directory.staff.refused.{why}", most=most))

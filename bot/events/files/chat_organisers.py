"""Who holds an event: chosen among the partners of the directory, or typed; several of each."""

from typing import Final

from bot.events import pages, screens
from bot.events.event import Event
from bot.events.event_page import own_text
from bot.events.files import store_organisers
from bot.events.files.actions_files import AddPartner, DropOrganiser, ListPartners, ShowOrganisers, TypeOrganiser
from bot.events.files.store_organisers import Kept
from bot.events.writing.actions_writing import Ask
from bot.events.writing.drafts import Draft, Step
from bot.routes import Routes
from bot.turn import Button, Keyboard, Turn, button
from bot.typed import in_one_line, shortened
from bot.words import Lines, phrase

MOST: Final = 10
LONGEST_NAME: Final = 120
A_PAGE: Final = 8
_SHORT: Final = 32
_ALIKE: Final = 5
"""As many partners are offered for a name that is typed."""

_LONG_ENOUGH: Final = 3
"""Letters that a name must share with a partner's to be offered as theirs."""

routes = Routes()


@routes.press(ShowOrganisers)
async def show_organisers(turn: Turn, action: ShowOrganisers) -> None:
    draft = await own_text(turn, action.event)
    if draft is not None:
        await _show(turn, draft)


async def _show(turn: Turn, draft: Draft | Event) -> None:
    kept = await store_organisers.of(turn.db, draft.id)
    rows: list[tuple[Button, ...]] = [(_drop(draft, one),) for one in kept]
    if len(kept) < MOST:
        rows.append((button("events.staff.button.partners", ListPartners(draft.id, 0)),))
        rows.append((button("events.staff.button.type_organiser", TypeOrganiser(draft.id)),))
    rows.append((button("events.any.button.back", Ask(draft.id, Step.PAGE)),))
    if kept:
        screens.show(turn, phrase("events.staff.organisers", names=_names(kept)), tuple(rows))
    else:
        screens.show(turn, phrase("events.staff.organisers_none"), tuple(rows))


def _drop(draft: Draft | Event, one: Kept) -> Button:
    return button(
        "events.staff.button.drop_organiser", DropOrganiser(draft.id, one.id), name=shortened(one.name, _SHORT)
    )


def _names(kept: list[Kept]) -> Lines:
    return Lines(tuple(phrase("events.any.organiser_line", name=one.name) for one in kept))


@routes.press(ListPartners)
async def list_partners(turn: Turn, action: ListPartners) -> None:
    """A page of the partners of the place it is for, and of the whole country."""
    draft = await own_text(turn, action.event)
    if draft is None:
        return
    place = draft.audience.municipality if draft.audience else None
    chosen = {one.organization for one in await store_organisers.of(turn.db, draft.id)}
    found = [one for one in await store_organisers.partners(turn.db, place) if one[0] not in chosen]
    first = max(0, action.page) * A_PAGE
    rows = [_partner(draft, number, name) for number, name in found[first : first + A_PAGE]]
    ways = pages.ways(action.page, lambda to: ListPartners(draft.id, to), more=len(found) > first + A_PAGE)
    keyboard = (*rows, *ways, _back(draft))
    turn.replace("events.staff.choose_partner" if rows else "events.staff.no_partners", keyboard=keyboard)


def _partner(draft: Draft | Event, number: int, name: str, instead: int | None = None) -> tuple[Button]:
    return (button("events.any.button.organiser", AddPartner(draft.id, number, instead), name=shortened(name, _SHORT)),)


def _back(draft: Draft | Event) -> tuple[Button]:
    return (button("events.any.button.back", ShowOrganisers(draft.id)),)


@routes.press(AddPartner)
async def add_partner(turn: Turn, action: AddPartner) -> None:
    draft = await own_text(turn, action.event)
    if draft is None:
        return
    name = await store_organisers.partner(turn.db, action.organization)
    if name is None:
        await turn.forbidden()
        return
    if action.organiser is not None:
        await store_organisers.remove(turn.db, draft.id, action.organiser)
    if len(await store_organisers.of(turn.db, draft.id)) < MOST:
        await store_organisers.add(turn.db, draft.id, name, action.organization)
    await _show(turn, draft)


@routes.press(TypeOrganiser)
async def ask_name(turn: Turn, action: TypeOrganiser) -> None:
    draft = await own_text(turn, action.event)
    if draft is not None:
        turn.expect(action)
        turn.replace("events.staff.organiser_ask", keyboard=(_back(draft),), most=LONGEST_NAME)


@routes.text(TypeOrganiser)
async def typed(turn: Turn, action: TypeOrganiser, text: str) -> None:
    """Keep the name as typed; where partners are called alike, one of them can be put in its place."""
    draft = await own_text(turn, action.event)
    if draft is None:
        return
    name = in_one_line(text)
    if len(name) > LONGEST_NAME:
        turn.expect(action)
        turn.say("events.staff.organiser_ask", keyboard=(_back(draft),), most=LONGEST_NAME)
        return
    partners = await store_organisers.partners(turn.db, None)
    exact = next((number for number, known in partners if known.casefold() == name.casefold()), None)
    if len(await store_organisers.of(turn.db, draft.id)) < MOST:
        await store_organisers.add(turn.db, draft.id, name, exact)
    alike = [one for one in partners if _is_alike(name, one[1])][:_ALIKE] if exact is None else []
    kept = await store_organisers.of(turn.db, draft.id)
    mine = next((one.id for one in kept if one.name == name), None)
    if not alike or mine is None:
        await _show(turn, draft)
        return
    rows: Keyboard = tuple(_partner(draft, number, known, mine) for number, known in alike)
    keep = (button("events.staff.button.keep_typed", ShowOrganisers(draft.id)),)
    turn.say("events.staff.organiser_alike", keyboard=(*rows, keep), name=name)


def _is_alike(typed_name: str, known: str) -> bool:
    """Whether one holds the other, or they share a long word."""
    mine, theirs = typed_name.casefold(), known.casefold()
    if len(mine) >= _LONG_ENOUGH and mine in theirs:
        return True
    return any(len(word) > 2 * _LONG_ENOUGH and word in theirs for word in mine.split())


@routes.press(DropOrganiser)
async def drop_organiser(turn: Turn, action: DropOrganiser) -> None:
    draft = await own_text(turn, action.event)
    if draft is not None:
        await store_organisers.remove(turn.db, draft.id, action.organiser)
        await _show(turn, draft)

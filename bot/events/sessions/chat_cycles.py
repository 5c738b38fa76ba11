"""National coordinators lead cycles of events: they begin one, change and end it, and put events into it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.directory.countries import COUNTRIES
from bot.events import screens
from bot.events.changed import store_changes
from bot.events.changed.changes import Kind
from bot.events.details import Section
from bot.events.event_page import own_draft
from bot.events.rules import may_reach
from bot.events.sessions import cycles, screens_cycles, store_cycle_notices, store_cycles
from bot.events.sessions.actions_series import (
    AskCycleCountries,
    AskCycleDates,
    AskCycleTitle,
    ChooseCycle,
    EndCycle,
    NewCycle,
    PickCycle,
    SetCycleCountries,
    SetCycleDates,
    ShowCycle,
    ShowCycles,
    TypedCycle,
    TypedCycleCountries,
    TypedCycleDates,
)
from bot.events.sessions.cycles import LONGEST_TITLE, Cycle, Why, as_told, from_codes
from bot.events.writing import drafts, store_drafts
from bot.events.writing.chat_details import show_all
from bot.events.writing.drafts import Draft
from bot.routes import Routes
from bot.turn import Keyboard, Turn
from bot.typed import in_one_line
from bot.words import Phrase

routes = Routes()


# --- looking at them --------------------------------------------------------------------------------------------


@routes.command("cycles")
async def cycles_command(turn: Turn, _: str) -> None:
    await _show_all(turn)


@routes.press(ShowCycles)
async def show_cycles(turn: Turn, _: ShowCycles) -> None:
    await _show_all(turn)


async def _show_all(turn: Turn) -> None:
    found = await store_cycles.cycles(turn.db)
    screens.show(turn, *screens_cycles.listing(found, leads=_leads(turn)))


@routes.press(ShowCycle)
async def show_cycle(turn: Turn, action: ShowCycle) -> None:
    cycle = await store_cycles.cycle(turn.db, action.cycle)
    if cycle is None:
        await turn.forbidden()
    else:
        await _show(turn, cycle)


async def _show(turn: Turn, cycle: Cycle) -> None:
    events = await store_cycles.events_of(turn.db, cycle.id)
    screens.show(turn, *screens_cycles.page(cycle, events, leads=_leads(turn)))


def _leads(turn: Turn) -> bool:
    return may_reach(turn.person, None)


async def _own(turn: Turn, cycle_id: int) -> Cycle | None:
    """The cycle, for a coordinator of the whole country; anybody else hears that there is none for them."""
    cycle = await store_cycles.cycle(turn.db, cycle_id) if _leads(turn) else None
    if cycle is None:
        await turn.forbidden()
    return cycle


# --- beginning one ----------------------------------------------------------------------------------------------


@routes.press(NewCycle)
async def new_cycle(turn: Turn, _: NewCycle) -> None:
    if _leads(turn):
        turn.expect(TypedCycle())
        turn.replace("events.staff.ask_cycle", keyboard=screens_cycles.to_all(), most=LONGEST_TITLE)
    else:
        await turn.forbidden()


@routes.press(AskCycleTitle)
async def ask_title(turn: Turn, action: AskCycleTitle) -> None:
    if (cycle := await _own_open(turn, action.cycle)) is not None:
        turn.expect(TypedCycle(cycle.id))
        keyboard = screens_cycles.back_to(cycle.id)
        turn.replace("events.staff.ask_cycle_title", keyboard=keyboard, title=cycle.title, most=LONGEST_TITLE)


@routes.text(TypedCycle)
async def typed_cycle(turn: Turn, action: TypedCycle, text: str) -> None:
    if action.cycle is not None and await _own_open(turn, action.cycle) is None:
        return
    if not _leads(turn):
        await turn.forbidden()
        return
    title = in_one_line(text)
    if title and drafts.length(title) <= LONGEST_TITLE:
        await _named(turn, action.cycle, title)
        return
    turn.expect(action)
    key = "events.staff.too_long" if title else "events.staff.ask_cycle"
    keyboard = screens_cycles.to_all() if action.cycle is None else screens_cycles.back_to(action.cycle)
    turn.say(key, keyboard=keyboard, length=drafts.length(title), most=LONGEST_TITLE)


async def _named(turn: Turn, number: int | None, title: str) -> None:
    """A new cycle of that name, or that one under it."""
    if number is None:
        number = await store_cycles.begin(turn.db, title, turn.person.language, turn.person.id, turn.now)
        await turn.note("cycle.begun", "cycle", number)
    else:
        await store_cycles.rename(turn.db, number, title, turn.person.language)
        await turn.note("cycle.renamed", "cycle", number)
    cycle = await store_cycles.cycle(turn.db, number)
    if cycle is not None:
        await _show(turn, cycle)


# --- ending it --------------------------------------------------------------------------------------------------


@routes.press(EndCycle)
async def end_cycle(turn: Turn, action: EndCycle) -> None:
    cycle = await _own(turn, action.cycle)
    if cycle is None:
        return
    if action.ended and not action.sure and not cycle.ended:
        screens.show(turn, *screens_cycles.ask_end(cycle, await store_cycles.coming(turn.db, cycle.id, turn.now)))
        return
    if await store_cycles.end(turn.db, cycle.id, turn.now if action.ended else None):
        await turn.note("cycle.ended" if action.ended else "cycle.reopened", "cycle", cycle.id)
    await _show(turn, replace(cycle, ended=action.ended))


# --- changing it ------------------------------------------------------------------------------------------------


async def _own_open(turn: Turn, cycle_id: int) -> Cycle | None:
    """The same where it goes on; one that has ended is shown as it is."""
    cycle = await _own(turn, cycle_id)
    if cycle is None or not cycle.ended:
        return cycle
    await _show(turn, cycle)
    return None


@routes.press(AskCycleDates)
async def ask_dates(turn: Turn, action: AskCycleDates) -> None:
    if (cycle := await _own_open(turn, action.cycle)) is not None:
        turn.expect(TypedCycleDates(cycle.id))
        turn.replace("events.staff.ask_cycle_dates", keyboard=screens_cycles.back_to(cycle.id))


@routes.text(TypedCycleDates)
async def typed_dates(turn: Turn, action: TypedCycleDates, text: str) -> None:
    cycle = await _own_open(turn, action.cycle)
    if cycle is not None:
        dates = cycles.read_dates(text)
        new = dates if isinstance(dates, Why) else replace(cycle, from_on=dates[0], until_on=dates[1])
        await _confirm(turn, action, cycle, new, screens_cycles.confirm_dates)


async def _confirm(
    turn: Turn,
    typed: TypedCycleDates | TypedCycleCountries,
    old: Cycle,
    new: Cycle | Why,
    shown: Callable[[Cycle, Cycle, int], tuple[Phrase, Keyboard]],
) -> None:
    """The old and the new, before anybody hears of it; or why what was typed cannot stand."""
    if isinstance(new, Why):
        turn.expect(typed)
        screens.show(turn, screens_cycles.wrong(new), screens_cycles.back_to(old.id))
    else:
        screens.show(turn, *shown(old, new, await store_cycles.count_coming(turn.db, old.id, turn.now)))


@routes.press(SetCycleDates)
async def set_dates(turn: Turn, action: SetCycleDates) -> None:
    cycle = await _own_open(turn, action.cycle)
    if cycle is not None and _in_order(action.begins, action.ends):
        await _change(turn, cycle, replace(cycle, from_on=action.begins, until_on=action.ends), action.version)


def _in_order(begins: date, ends: date) -> bool:
    return begins <= ends


@routes.press(AskCycleCountries)
async def ask_countries(turn: Turn, action: AskCycleCountries) -> None:
    if (cycle := await _own_open(turn, action.cycle)) is not None:
        turn.expect(TypedCycleCountries(cycle.id))
        known = ", ".join(COUNTRIES)
        turn.replace("events.staff.ask_cycle_countries", keyboard=screens_cycles.back_to(cycle.id), known=known)


@routes.text(TypedCycleCountries)
async def typed_countries(turn: Turn, action: TypedCycleCountries, text: str) -> None:
    cycle = await _own_open(turn, action.cycle)
    if cycle is not None:
        countries = cycles.read_countries(text)
        new = countries if isinstance(countries, Why) else replace(cycle, countries=countries)
        await _confirm(turn, action, cycle, new, screens_cycles.confirm_countries)


@routes.press(SetCycleCountries)
async def set_countries(turn: Turn, action: SetCycleCountries) -> None:
    cycle, countries = await _own_open(turn, action.cycle), from_codes(action.code)
    if cycle is not None and countries is not None:
        await _change(turn, cycle, replace(cycle, countries=countries), action.version)


async def _change(turn: Turn, was: Cycle, to: Cycle, version: int) -> None:
    """The next version, if this one was shown; everybody who comes to a coming event of it hears the old and the new.

    What was shown before somebody else's change does nothing: the cycle is shown as it is.
    """
    changed = await store_cycles.change(turn.db, was, to, turn.now) if was.version == version else None
    if changed is not None:
        await turn.note("cycle.changed", "cycle", was.id)
        await store_cycle_notices.overtake(turn.db, was.id, turn.now)
        for event in await store_cycles.coming(turn.db, was.id, turn.now):
            old, new = as_told(was), as_told(changed)
            sequence = event.sequence
            await store_changes.add(
                turn.db, event.id, Kind.CYCLE, old, new, turn.person.id, turn.now, sequence=sequence
            )
    await _show(turn, changed or was)


# --- putting events into it -------------------------------------------------------------------------------------


@routes.press(ChooseCycle)
async def choose_cycle(turn: Turn, action: ChooseCycle) -> None:
    draft = await _own_draft(turn, action.event)
    if draft is not None:
        open_ones = [one for one in await store_cycles.cycles(turn.db) if not one.ended or one.id == draft.series_id]
        screens.show(turn, *screens_cycles.choose(draft, open_ones))


@routes.press(PickCycle)
async def pick_cycle(turn: Turn, action: PickCycle) -> None:
    draft = await _own_draft(turn, action.event)
    if draft is None or (action.cycle is not None and await _own_open(turn, action.cycle) is None):
        return
    changed = replace(draft, series_id=action.cycle)
    await store_drafts.save(turn.db, changed)
    await show_all(turn, changed, Section.FRAME)


async def _own_draft(turn: Turn, event_id: int) -> Draft | None:
    """A draft of a coordinator of the whole country that is held once; one of several sessions is in no cycle."""
    draft = await own_draft(turn, event_id)
    if draft is None:
        return None
    if not _leads(turn) or draft.particulars.held_in is not None:
        await turn.forbidden()
        return None
    return draft

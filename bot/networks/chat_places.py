"""Municipalities: what is known of their youth work and since when, noted by coordinators; nothing told is not "no"."""

from datetime import date

from bot.directory.naming import Found, matches, the_one
from bot.directory.rules import find
from bot.networks import coverage_map, coverage_sheet, rules, screens_places, store_places
from bot.networks.actions_places import Country, CoverageMap, CoverageTable, History, NoteIt, ShowPlace, ShowRegion
from bot.people import store as people
from bot.routes import Routes
from bot.turn import Turn
from bot.typed import typed_day
from bot.words import Phrase, phrase

routes = Routes()


@routes.press(Country)
async def country(turn: Turn, action: Country) -> None:
    """All of Latvia in numbers; the regions, the table and the map are buttons, a municipality can be typed."""
    screens_places.country(turn, rules.current(await store_places.notes(turn.db)))
    turn.expect(action)


@routes.text(Country)
async def place_typed(turn: Turn, action: Country, text: str) -> None:
    """A name from before 2021 finds the municipality that the place belongs to now."""
    found = matches(text)
    sure = the_one(found)
    if sure is not None:
        note = None
        if sure.found is Found.FORMER:
            note = phrase("networks.staff.was_before", name=sure.name)
        await _show(turn, sure.code, note)
    elif found:
        screens_places.several(turn, [one.code for one in found])
    else:
        screens_places.not_found(turn)
        turn.expect(action)


@routes.press(ShowRegion)
async def region(turn: Turn, action: ShowRegion) -> None:
    screens_places.region(turn, action.region, rules.current(await store_places.notes(turn.db)))


@routes.press(ShowPlace)
async def place(turn: Turn, action: ShowPlace) -> None:
    if find(action.municipality) is None:
        await turn.forbidden()
    else:
        await _show(turn, action.municipality)


async def _show(turn: Turn, municipality: str, note: Phrase | None = None) -> None:
    notes = await store_places.notes(turn.db, [municipality])
    papers = await store_places.papers(turn.db, municipality)
    coverage = rules.current(notes)
    authors = [*(one.noted_by for one in coverage.values()), *(one.added_by for one in papers)]
    known = await people.persons(turn.db, [one for one in authors if one is not None])
    screens_places.place(
        turn,
        municipality,
        coverage,
        {number: one.name or one.code_name for number, one in known.items()},
        papers,
        may_note=rules.may_note(turn.person, municipality),
        has_history=len(notes) > len(coverage),
        note=note,
    )


@routes.press(History)
async def history(turn: Turn, action: History) -> None:
    if find(action.municipality) is None:
        await turn.forbidden()
        return
    notes = await store_places.notes(turn.db, [action.municipality])
    noters = await people.persons(turn.db, [one.noted_by for one in notes if one.noted_by is not None])
    names = {number: one.name or one.code_name for number, one in noters.items()}
    screens_places.history(turn, action.municipality, notes, names)


# --- noting it --------------------------------------------------------------------------------------------------


@routes.press(NoteIt)
async def note_it(turn: Turn, action: NoteIt) -> None:
    if await _may_note(turn, action):
        if action.day is None:
            screens_places.ask_day(turn, action)
            turn.expect(action)
        else:
            await _keep(turn, action, action.day)


@routes.text(NoteIt)
async def day_typed(turn: Turn, action: NoteIt, text: str) -> None:
    """The day as of which it is so: today or before, with the year where it is not this one."""
    if not await _may_note(turn, action):
        return
    today = turn.now.astimezone(turn.zone).date()
    day = typed_day(text, today.replace(month=1, day=1))
    if day is None or not rules.may_hold(day, today):
        screens_places.ask_day(turn, action, "networks.staff.day_unclear")
        turn.expect(action)
    else:
        await _keep(turn, action, day)


async def _may_note(turn: Turn, action: NoteIt) -> bool:
    if find(action.municipality) is not None and rules.may_note(turn.person, action.municipality):
        return True
    await turn.forbidden()
    return False


async def _keep(turn: Turn, action: NoteIt, day: date) -> None:
    """Keep it, once however often it is pressed."""
    if not rules.may_hold(day, turn.now.astimezone(turn.zone).date()):
        await turn.forbidden()
        return
    coverage = rules.current(await store_places.notes(turn.db, [action.municipality]))
    held = coverage.get((action.municipality, action.subject))
    if held is None or (held.value, held.as_of) != (action.value, day):
        await store_places.note(
            turn.db, action.municipality, action.subject, action.value, day, turn.person.id, turn.now
        )
        await turn.note("coverage.noted", action.municipality)
    await _show(turn, action.municipality)


# --- all of it --------------------------------------------------------------------------------------------------


@routes.press(CoverageTable)
async def table(turn: Turn, _: CoverageTable) -> None:
    coverage = rules.current(await store_places.notes(turn.db))
    noters = await people.persons(turn.db, [one.noted_by for one in coverage.values() if one.noted_by is not None])
    names = {number: one.name or one.code_name for number, one in noters.items()}
    turn.make(coverage_sheet.KIND, coverage_sheet.facts(coverage, names, turn.now.astimezone(turn.zone).date()))
    turn.say("networks.staff.being_made", keyboard=(screens_places.country_row(),))


@routes.press(CoverageMap)
async def picture(turn: Turn, action: CoverageMap) -> None:
    coverage = rules.current(await store_places.notes(turn.db))
    today = turn.now.astimezone(turn.zone).date()
    turn.make(coverage_map.KIND, coverage_map.facts(coverage, action.subject, today))
    turn.say("networks.staff.being_made", keyboard=(screens_places.country_row(),))

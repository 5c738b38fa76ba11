"""A coordinator sends a table or a calendar with events: what was understood is shown, and a press makes drafts of it.

The file is fetched and read beside the conversation. Taking it over reads it once more, and makes drafts of what this
person has not written by then, so that neither a second press nor a second file makes anything twice.
"""

from collections.abc import Mapping
from typing import Any, Final

from bot.events.from_file import screens_import, store_import
from bot.events.from_file.actions_import import ImportFile, LeaveFile, MakeTemplate, TakeIn
from bot.events.from_file.importing import Reading, Understood
from bot.events.from_file.importing_file import understood
from bot.events.from_file.importing_opening import MOST_BYTES, MOST_ROWS
from bot.events.from_file.importing_template import NAME, template
from bot.roles import Person
from bot.routes import Read, Routes, Sent
from bot.storage import files
from bot.turn import Attachment, Document, Made, Priority, Tick, Turn
from bot.words import Language, phrase

TEMPLATE: Final = "events.template"
"""The kind of making."""

routes = Routes()


@routes.press(ImportFile)
async def ask_for_file(turn: Turn, action: ImportFile) -> None:
    turn.replace("events.staff.sheet.ask", keyboard=screens_import.ways(), most=MOST_ROWS)
    turn.expect(action)


@routes.text(ImportFile)
async def not_a_file(turn: Turn, action: ImportFile, _: str) -> None:
    turn.say("events.staff.sheet.ask", keyboard=screens_import.ways(), most=MOST_ROWS)
    turn.expect(action)


@routes.press(MakeTemplate)
async def make_template(turn: Turn, _: MakeTemplate) -> None:
    turn.make(TEMPLATE, {"language": turn.person.language.value, "name": NAME})
    turn.say("events.staff.sheet.being_made", keyboard=(screens_import.events_row(),))
    turn.expect(ImportFile())


@routes.make(TEMPLATE)
def made_template(facts: Mapping[str, Any]) -> Made:
    file = Attachment(f"{facts['name']}.xlsx", template(Language(str(facts["language"]))))
    return Made(phrase("events.staff.sheet.made"), (file,), (screens_import.import_row(), screens_import.events_row()))


@routes.document(ImportFile)
async def file_sent(turn: Turn, action: ImportFile, document: Document) -> None:
    if document.size is not None and document.size > MOST_BYTES:
        turn.say("events.staff.sheet.too_large", keyboard=screens_import.ways(), most=MOST_BYTES // 1_000_000)
        turn.expect(action)
        return
    file = await files.keep(turn.db, turn.person.id, document.file_id, document.name, turn.now)
    turn.have_fetched(turn.person.id, action, file)
    turn.expect(action)  # what was wrong in it is corrected and sent again
    turn.say("events.staff.sheet.arrived", keyboard=(screens_import.events_row(),))


async def load(tick: Tick, person: Person) -> Reading:
    organizations = await store_import.organizations_by_name(tick.db)
    return Reading(person, tick.now, tick.zone, organizations)


def read_file(sent: Sent) -> Understood:
    return understood(sent.content, sent.beside)


@routes.fetched(ImportFile, reading=read_file, beside=load)
async def looked_over(tick: Tick, person: Person, _: ImportFile, read: Read) -> Made:
    """What is wrong with it, or what would come of it."""
    found: Understood = read.value
    if found.faults:
        await files.forget(tick.db, person.id, read.file)
        return _wrong(tick, person, found)
    there = await store_import.marks(tick.db, person.id, tick.now)
    new = found.new(there)
    if not new:
        await files.forget(tick.db, person.id, read.file)
        return Made(screens_import.seen(found, there), keyboard=screens_import.again())
    return Made(screens_import.seen(found, there), keyboard=screens_import.choice(read.file, len(new)))


def _wrong(tick: Tick, person: Person, found: Understood) -> Made:
    """All that is wrong, in as many messages as it takes; the last has the way on."""
    faults = found.faults
    for page in range(faults.pages - 1):
        said = phrase("events.staff.sheet.faults", faults=faults.told(page))
        tick.tell(person.id, said, priority=Priority.REPLY, at_night=True)
    last = phrase("events.staff.sheet.wrong", faults=faults.told(faults.pages - 1), count=faults.count)
    return Made(last, keyboard=screens_import.again())


@routes.press(TakeIn)
async def take_in(turn: Turn, action: TakeIn) -> None:
    file = await files.of(turn.db, turn.person.id, action.file)
    if file is None:
        turn.replace("events.staff.sheet.gone", keyboard=screens_import.again())
        return
    turn.have_fetched(turn.person.id, action, file)
    turn.replace("events.staff.sheet.being_taken", keyboard=(screens_import.events_row(),))


@routes.fetched(TakeIn, reading=read_file, beside=load)
async def taken_in(tick: Tick, person: Person, _: TakeIn, read: Read) -> Made:
    """Drafts of all that is new, or of nothing: it may be at fault by now, as time passes and roles are taken."""
    found: Understood = read.value
    if await files.of(tick.db, person.id, read.file) is None:
        return Made(phrase("events.staff.sheet.gone"), keyboard=screens_import.again())
    await files.forget(tick.db, person.id, read.file)
    if found.faults:
        return _wrong(tick, person, found)
    there = await store_import.marks(tick.db, person.id, tick.now)
    new = found.new(there)
    if not new:
        return Made(screens_import.seen(found, there), keyboard=screens_import.again())
    for planned in new:
        draft = await store_import.take_in(tick.db, person.id, planned, tick.now)
        await tick.record("event.imported", actor=person.id, subject="event", subject_id=draft.id)
    ways = (screens_import.drafts_row(), screens_import.events_row())
    return Made(phrase("events.staff.sheet.taken", count=len(new)), keyboard=ways)


@routes.press(LeaveFile)
async def leave_file(turn: Turn, action: LeaveFile) -> None:
    await files.forget(turn.db, turn.person.id, action.file)
    turn.replace("events.staff.sheet.left", keyboard=screens_import.again())

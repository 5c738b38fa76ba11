"""`/exchange`: a coordinator has the directory made into a file, or sends one and looks at what it would change.

A file is fetched, read and compared beside the conversation. Taking it over does all of that once more, against the
directory as it is by then: if that is not what was compared, nothing is changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.directory import store_exchange
from bot.directory.actions_exchange import Exchange, LeaveIt, SendOut, TakeIn, TakeOver
from bot.directory.difference import Difference, difference
from bot.directory.entries import Directory
from bot.directory.hsds_opening import opened
from bot.directory.hsds_reading import Mine, TakenIn, taken_in
from bot.directory.hsds_writing import as_lists, from_lists, packed, tables
from bot.directory.screens_register import menu_row, short
from bot.directory.store_exchange import Writing
from bot.roles import Person, Role
from bot.routes import Read, Routes, Sent
from bot.storage import files
from bot.turn import MOST_FETCHED, Attachment, Button, Document, Keyboard, Made, Priority, Tick, Turn, button
from bot.words import Lines, Phrase, phrase

FILE: Final = "directory.file"
"""The kind of making."""

_NAMES: Final = 10
"""Names of each list that are shown."""

_LONGEST: Final = 70

routes = Routes()


@routes.command("exchange")
async def exchange_command(turn: Turn, _: str) -> None:
    await exchange(turn, Exchange())


@routes.press(Exchange)
async def exchange(turn: Turn, _: Exchange) -> None:
    turn.replace("directory.staff.exchange", keyboard=_ways())


def _ways() -> Keyboard:
    send_out = (button("directory.staff.button.send_out", SendOut()),)
    return (send_out, (button("directory.staff.button.take_in", TakeIn()),), menu_row())


# --- out --------------------------------------------------------------------------------------------------------


@routes.press(SendOut)
async def send_out(turn: Turn, _: SendOut) -> None:
    """The entries that are theirs to write, as a .zip."""
    theirs = _only(await store_exchange.load(turn.db, turn.zone), written_by(turn.person))
    today = turn.now.astimezone(turn.zone).date()
    facts = {"tables": as_lists(tables(theirs)), "name": f"directory-{today}.zip", "count": len(theirs)}
    turn.make(FILE, facts)
    await turn.note("directory.exported")
    turn.replace("directory.staff.being_made")


@routes.make(FILE)
def made_file(facts: Mapping[str, Any]) -> Made:
    content = packed(from_lists(facts["tables"]))
    told = phrase("directory.staff.file_out", count=int(facts["count"]))
    return Made(told, (Attachment(str(facts["name"]), content),), (menu_row(),))


def written_by(person: Person) -> Mine:
    """The municipalities whose entries this person writes."""
    places = {grant.municipality for grant in person.grants if grant.role is Role.COORDINATOR}
    return None if None in places else frozenset(place for place in places if place)


def _only(directory: Directory, mine: Mine) -> Directory:
    return {code: one for code, one in directory.items() if mine is None or one.municipality in mine}


# --- in ---------------------------------------------------------------------------------------------------------


@routes.press(TakeIn)
async def ask_for_file(turn: Turn, action: TakeIn) -> None:
    turn.replace("directory.staff.send_file", keyboard=((_back(),),))
    turn.expect(action)


@routes.text(TakeIn)
async def not_a_file(turn: Turn, action: TakeIn, _: str) -> None:
    turn.say("directory.staff.send_file", keyboard=((_back(),),))
    turn.expect(action)


@routes.document(TakeIn)
async def file_sent(turn: Turn, action: TakeIn, document: Document) -> None:
    if document.size is not None and document.size > MOST_FETCHED:
        turn.say("directory.staff.file_too_large", keyboard=((_back(),),), most=MOST_FETCHED // 1_000_000)
        turn.expect(action)
        return
    file = await files.keep(turn.db, turn.person.id, document.file_id, document.name, turn.now)
    turn.have_fetched(turn.person.id, action, file)
    turn.say("directory.staff.file_arrived")


@dataclass(frozen=True, slots=True)
class Here:
    """The directory as it was when the file was looked at, with its mark, and whose entries they write."""

    directory: Directory
    mark: str
    mine: Mine


@dataclass(frozen=True, slots=True)
class LookedOver:
    """What a file would make of the directory, compared with what it was."""

    before: Here
    found: TakenIn
    changes: Difference


async def load(tick: Tick, person: Person) -> Here:
    mine = written_by(person)
    return Here(await store_exchange.load(tick.db, tick.zone), await store_exchange.mark(tick.db, mine), mine)


def look_over(sent: Sent) -> LookedOver:
    before: Here = sent.beside
    found = taken_in(before.directory, opened(sent.name, sent.content), before.mine)
    return LookedOver(before, found, difference(before.directory, found.directory))


@routes.fetched(TakeIn, reading=look_over, beside=load)
async def looked_over(tick: Tick, person: Person, _: TakeIn, read: Read) -> Made:
    """What is wrong with it, or what it would change."""
    seen: LookedOver = read.value
    if seen.found.faults:
        await files.forget(tick.db, person.id, read.file)
        return _wrong(tick, person, seen.found)
    if not seen.changes:
        await files.forget(tick.db, person.id, read.file)
        return Made(phrase("directory.staff.file_changes_nothing"), keyboard=((_back(),),))
    keyboard = (
        (button("directory.staff.button.take_over", TakeOver(read.file, seen.before.mark)),),
        (button("directory.staff.button.leave_it", LeaveIt(read.file)),),
    )
    return Made(phrase("directory.staff.file_changes", changes=told(seen.changes)), keyboard=keyboard)


@routes.press(TakeOver)
async def take_over(turn: Turn, action: TakeOver) -> None:
    file = await files.of(turn.db, turn.person.id, action.file)
    if file is None:
        turn.replace("directory.staff.file_gone", keyboard=((_back(),),))
        return
    turn.have_fetched(turn.person.id, action, file)
    turn.replace("directory.staff.being_taken_over")


@routes.fetched(TakeOver, reading=look_over, beside=load)
async def taken_over(tick: Tick, person: Person, action: TakeOver, read: Read) -> Made:
    """Change the directory, if it is what it was when they saw the difference."""
    if await files.of(tick.db, person.id, read.file) is None:
        return Made(phrase("directory.staff.file_gone"), keyboard=((_back(),),))
    await files.forget(tick.db, person.id, read.file)
    seen: LookedOver = read.value
    now = await store_exchange.mark(tick.db, written_by(person))
    if seen.found.faults or not action.compared == seen.before.mark == now:
        return Made(phrase("directory.staff.changed_meanwhile"), keyboard=((_back(),),))
    how = Writing(person.id, tick.now, tick.zone, await tick.hours(), tick.settings.verify_days)
    await store_exchange.write(tick.db, seen.before.directory, seen.found.directory, how)
    await tick.record("directory.imported", actor=person.id)
    return Made(phrase("directory.staff.taken_over", changes=told(seen.changes)), keyboard=_ways())


@routes.press(LeaveIt)
async def leave_it(turn: Turn, action: LeaveIt) -> None:
    await files.forget(turn.db, turn.person.id, action.file)
    turn.replace("directory.staff.left", keyboard=_ways())


def _wrong(tick: Tick, person: Person, found: TakenIn) -> Made:
    """All that is wrong, in as many messages as it takes; the last has the way on."""
    faults = found.faults
    for page in range(faults.pages - 1):
        said = phrase("directory.staff.faults", faults=faults.told(page))
        tick.tell(person.id, said, priority=Priority.REPLY, at_night=True)
    last = phrase("directory.staff.file_wrong", faults=faults.told(faults.pages - 1), count=faults.count)
    return Made(last, keyboard=((button("directory.staff.button.take_in", TakeIn()),), (_back(),)))


def told(changes: Difference) -> Lines:
    """What changes, in words: how many of each and their names."""
    lists = {"new": changes.new, "changed": changes.changed, "retired": changes.retired}
    return Lines(
        tuple(
            phrase(f"directory.staff.changes.{how}", count=len(names), names=_names(names))
            for how, names in lists.items()
            if names
        )
    )


def _names(names: Sequence[str]) -> Phrase:
    shown = "; ".join(short(name, _LONGEST) for name in names[:_NAMES])
    more = len(names) - _NAMES
    return (
        phrase("directory.staff.and_more", names=shown, count=more)
        if more > 0
        else phrase("directory.any.as_written", text=shown)
    )


def _back() -> Button:
    return button("directory.staff.button.exchange", Exchange())

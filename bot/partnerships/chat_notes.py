"""Practice notes: read from Latvia and from abroad, written in three short steps, taken out again."""

from typing import Final

from bot.directory.countries import COUNTRIES, country_key
from bot.directory.rules import place_key
from bot.partnerships import notes, store_notes
from bot.partnerships.actions import BeginNote, NoteLink, NoteText, NoteTitle, RetireNote, ShowNote, ShowNotes
from bot.partnerships.notes import Note
from bot.partnerships.screens import hub_row
from bot.routes import Routes
from bot.turn import Button, Keyboard, Link, Row, Turn, button
from bot.typed import in_one_line, shortened, visible
from bot.words import Phrase, phrase

routes = Routes()

PAGE: Final = 8
HOME: Final = "LV"


@routes.press(ShowNotes)
async def show_notes(turn: Turn, action: ShowNotes) -> None:
    await _show_page(turn, abroad=action.abroad, page=max(0, action.page))


async def _show_page(turn: Turn, *, abroad: bool, page: int) -> None:
    """One more than fits is read, to know whether there is another page."""
    found = await store_notes.page(turn.db, abroad=abroad, offset=page * PAGE, limit=PAGE + 1)
    rows: list[Row] = [
        (button("partnerships.any.button.note", ShowNote(one.id), title=shortened(one.title, 32)),)
        for one in found[:PAGE]
    ]
    steps: list[Button] = []
    if page:
        steps.append(button("partnerships.any.button.newer", ShowNotes(abroad, page - 1)))
    if len(found) > PAGE:
        steps.append(button("partnerships.any.button.older", ShowNotes(abroad, page + 1)))
    rows += [tuple(steps)] if steps else []
    rows.append((button(f"partnerships.staff.button.notes_{'here' if abroad else 'abroad'}", ShowNotes(not abroad)),))
    rows.append((button("partnerships.staff.button.write_note", BeginNote()),))
    where = "abroad" if abroad else "here"
    turn.replace(f"partnerships.staff.{'notes' if found else 'no_notes'}_{where}", keyboard=(*rows, hub_row()))


@routes.press(ShowNote)
async def show_note(turn: Turn, action: ShowNote) -> None:
    note = await _there(turn, action.practice_note)
    if note is not None:
        _show(turn, note)


def _show(turn: Turn, note: Note) -> None:
    rows: list[Row] = []
    if note.link is not None:
        rows.append((Link(phrase("partnerships.any.button.more"), note.link),))
    if notes.may_retire(turn.person, note):
        rows.append((button("partnerships.staff.button.retire", RetireNote(note.id, sure=False)),))
    rows.append((button("partnerships.any.button.back", ShowNotes(note.country is not None)),))
    turn.replace("partnerships.any.note", keyboard=tuple(rows), title=note.title, text=note.text, where=_where(note))


def _where(note: Note) -> Phrase:
    if note.country is not None:
        return phrase(country_key(note.country))
    return phrase("partnerships.any.all_latvia") if note.municipality is None else phrase(place_key(note.municipality))


async def _there(turn: Turn, note_id: int) -> Note | None:
    """A note that can be read: one without a text yet is its author's alone."""
    note = await store_notes.note(turn.db, note_id)
    if note is None or (not note.text and note.written_by != turn.person.id):
        await turn.forbidden()
        return None
    return note


# --- writing ----------------------------------------------------------------------------------------------------


@routes.press(BeginNote)
async def begin(turn: Turn, action: BeginNote) -> None:
    back = (button("partnerships.any.button.back", ShowNotes()),)
    if action.abroad is None:
        choices: Keyboard = (
            (button("partnerships.staff.button.from_here", BeginNote(abroad=False)),),
            (button("partnerships.staff.button.from_abroad", BeginNote(abroad=True)),),
        )
        turn.replace("partnerships.staff.note_from", keyboard=(*choices, back))
    elif action.abroad:
        named = [button(country_key(one), NoteTitle(one)) for one in COUNTRIES if one != HOME]
        rows: Keyboard = tuple(tuple(named[first : first + 2]) for first in range(0, len(named), 2))
        turn.replace("partnerships.staff.note_country", keyboard=(*rows, back))
    else:
        _ask_title(turn, NoteTitle(None))


@routes.press(NoteTitle)
async def ask_title(turn: Turn, action: NoteTitle) -> None:
    if action.country is None or action.country in COUNTRIES:
        _ask_title(turn, action)
    else:
        await turn.forbidden()


def _ask_title(turn: Turn, action: NoteTitle) -> None:
    turn.expect(action)
    back = (button("partnerships.any.button.back", ShowNotes()),)
    turn.replace("partnerships.staff.note_title", keyboard=(back,), most=notes.LONGEST_TITLE)


@routes.text(NoteTitle)
async def title_typed(turn: Turn, action: NoteTitle, text: str) -> None:
    title = in_one_line(text)
    if not title or len(title) > notes.LONGEST_TITLE:
        _ask_title(turn, action)
        return
    own = {one.municipality for one in turn.person.grants}
    municipality = next(iter(own)) if len(own) == 1 and action.country is None else None
    place = {"municipality": municipality, "country": action.country}
    number = await store_notes.write(turn.db, turn.person, title, place, turn.now)
    _ask_text(turn, number)


def _ask_text(turn: Turn, note_id: int) -> None:
    turn.expect(NoteText(note_id))
    back = (button("partnerships.any.button.back", ShowNotes()),)
    turn.say("partnerships.staff.note_text", keyboard=(back,), most=notes.LONGEST_TEXT)


@routes.text(NoteText)
async def text_typed(turn: Turn, action: NoteText, text: str) -> None:
    if await _own(turn, action.practice_note) is None:
        return
    written = visible(text)
    if not written or len(written) > notes.LONGEST_TEXT:
        _ask_text(turn, action.practice_note)
        return
    await store_notes.set_text(turn.db, action.practice_note, written)
    await turn.note("practice_note.written", "practice_note", action.practice_note)
    _ask_link(turn, action.practice_note)


def _ask_link(turn: Turn, note_id: int) -> None:
    turn.expect(NoteLink(note_id, without=False))
    without = (button("partnerships.staff.button.without_link", NoteLink(note_id, without=True)),)
    turn.say("partnerships.staff.note_link", keyboard=(without,))


@routes.press(NoteLink)
async def without_link(turn: Turn, action: NoteLink) -> None:
    note = await _own(turn, action.practice_note)
    if note is not None:
        await store_notes.set_link(turn.db, note.id, None)
        await _written(turn, note.id)


@routes.text(NoteLink)
async def link_typed(turn: Turn, action: NoteLink, text: str) -> None:
    note = await _own(turn, action.practice_note)
    if note is None:
        return
    link = in_one_line(text)
    if not notes.is_link(link):
        _ask_link(turn, note.id)
        return
    await store_notes.set_link(turn.db, note.id, link)
    await _written(turn, note.id)


async def _written(turn: Turn, note_id: int) -> None:
    note = await _there(turn, note_id)
    if note is not None:
        _show(turn, note)


# --- taking out -------------------------------------------------------------------------------------------------


@routes.press(RetireNote)
async def retire(turn: Turn, action: RetireNote) -> None:
    note = await _there(turn, action.practice_note)
    if note is None:
        return
    if not notes.may_retire(turn.person, note):
        await turn.forbidden()
    elif not action.sure:
        sure = (button("partnerships.staff.button.retire_sure", RetireNote(note.id, sure=True)),)
        back = (button("partnerships.any.button.back", ShowNote(note.id)),)
        turn.replace("partnerships.staff.retire_ask", keyboard=(sure, back), title=note.title)
    else:
        if await store_notes.retire(turn.db, note.id, turn.now):
            await turn.note("practice_note.retired", "practice_note", note.id)
        await _show_page(turn, abroad=note.country is not None, page=0)


async def _own(turn: Turn, note_id: int) -> Note | None:
    note = await store_notes.note(turn.db, note_id)
    if note is None or note.written_by != turn.person.id:
        await turn.forbidden()
        return None
    return note

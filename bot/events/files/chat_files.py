"""Pictures and PDF files of an event: attached by its coordinator, and brought to those whom they are for.

A file stays with Telegram. It is fetched once to look whether it is what may be attached, and again for whoever asks.
"""

from dataclasses import dataclass

from bot.events import rules, screens, store
from bot.events.door import attendance, store_attendance
from bot.events.event import NEVER_SENT, Event, Invitation
from bot.events.event_page import may_add_to, own_event, own_text
from bot.events.files import attached, screens_files, store_files
from bot.events.files.actions_files import AddFile, DropFile, GetFile, NameFile, Purpose, ShowFiles
from bot.events.files.attached import Content
from bot.events.files.store_files import EventFile
from bot.events.finding import fitting
from bot.events.going_out import sending, store_approvals
from bot.events.signup import screens_guests, store_guests
from bot.events.signup.knowing import was_invited, way_back
from bot.events.whom import store_audience
from bot.events.whom.asking import asking
from bot.events.writing import drafts, store_drafts
from bot.roles import Person
from bot.routes import Read, Routes, Sent
from bot.storage import files
from bot.storage.files import Received
from bot.turn import MOST_FETCHED, Attachment, AttachmentKind, Document, Keyboard, Made, Tick, Turn, button
from bot.words import phrase

routes = Routes()


# --- putting them together -----------------------------------------------------------------------------------------


async def _theirs(turn: Turn, event_id: int, purpose: Purpose) -> bool:
    """Whether this person may attach to it; otherwise they have been told."""
    if purpose is Purpose.WITH:
        return await own_text(turn, event_id) is not None
    return await own_event(turn, event_id) is not None


async def _their_file(turn: Turn, event_id: int, number: int) -> EventFile | None:
    file = await store_files.one(turn.db, number)
    if file is None or file.event_id != event_id:
        await turn.forbidden()
        return None
    return file if await _theirs(turn, event_id, file.purpose) else None


@routes.press(ShowFiles)
async def show_files(turn: Turn, action: ShowFiles) -> None:
    if await _theirs(turn, action.event, action.purpose):
        await _show(turn, action.event, action.purpose)
        turn.expect(AddFile(action.event, action.purpose))  # many send the file before they look for a button


async def _show(turn: Turn, event_id: int, purpose: Purpose) -> None:
    page, keyboard = screens_files.page(event_id, purpose, await store_files.of(turn.db, event_id, purpose))
    screens.show(turn, page, keyboard)


@routes.press(AddFile)
async def add_file(turn: Turn, action: AddFile) -> None:
    if not await _theirs(turn, action.event, action.purpose):
        return
    if len(await store_files.of(turn.db, action.event, action.purpose)) >= attached.MOST_FILES:
        await _show(turn, action.event, action.purpose)
        return
    _ask(turn, action, f"events.staff.file_send_{action.purpose.value}")


def _ask(turn: Turn, action: AddFile, key: str) -> None:
    keyboard = screens_files.waiting(action.event, action.purpose)
    turn.replace(key, keyboard=keyboard, most=MOST_FETCHED // 1_000_000)
    turn.expect(action)


@routes.text(AddFile)
async def text_for_file(turn: Turn, action: AddFile, text: str) -> None:
    """An address, where one will do."""
    if not await _theirs(turn, action.event, action.purpose):
        return
    link = attached.link_in(text) if action.purpose is Purpose.AFTER else None
    if link is None:
        _ask(turn, action, f"events.staff.file_send_{action.purpose.value}")
        return
    if len(await store_files.of(turn.db, action.event, action.purpose)) < attached.MOST_FILES:
        title = attached.host_of(link)
        number = await store_files.add_link(turn.db, action.event, action.purpose, link, title, turn.now)
        await turn.note("event.file_added", "event", action.event)
        turn.expect(NameFile(action.event, number))
        keyboard = screens_files.waiting(action.event, action.purpose)
        turn.say("events.staff.file_name_it", keyboard=keyboard, title=title, most=attached.LONGEST_TITLE)
    else:
        await _show(turn, action.event, action.purpose)


@routes.document(AddFile)
async def file_sent(turn: Turn, action: AddFile, document: Document) -> None:
    if not await _theirs(turn, action.event, action.purpose):
        return
    if document.size is not None and document.size > MOST_FETCHED:
        _ask(turn, action, "events.staff.file_too_large")
        return
    file = await files.keep(turn.db, turn.person.id, document.file_id, document.name, turn.now)
    turn.have_fetched(turn.person.id, action, file)
    turn.expect(action)  # they may send several, one after the other
    turn.say("events.staff.file_arrived", keyboard=screens_files.waiting(action.event, action.purpose))


@dataclass(frozen=True, slots=True)
class Seen:
    """A file that was fetched: what it is, if it is what may be attached, and what is in it."""

    content: Content | None
    data: bytes


def look_at(sent: Sent) -> Seen:
    return Seen(attached.content_of(sent.content), sent.content)


@routes.fetched(AddFile, reading=look_at)
async def file_seen(tick: Tick, person: Person, action: AddFile, read: Read) -> Made:
    """Attach it, if it is what may be attached and there is still room for it."""
    received = await files.of(tick.db, person.id, read.file)
    await files.forget(tick.db, person.id, read.file)
    waiting = screens_files.waiting(action.event, action.purpose)
    seen: Seen = read.value
    if received is None or not await _may_attach(tick, person, action):
        return Made(phrase("events.staff.file_not_attached"), keyboard=waiting)
    if seen.content is None:
        return Made(phrase("events.staff.file_unknown"), keyboard=waiting)
    if len(await store_files.of(tick.db, action.event, action.purpose)) >= attached.MOST_FILES:
        return Made(phrase("events.staff.files_enough", most=attached.MOST_FILES), keyboard=waiting)
    name = attached.file_name(received.name, seen.content)
    title = attached.title_from(name)
    number = await store_files.add_file(tick.db, action.event, action.purpose, received.file_id, name, title, tick.now)
    await tick.record("event.file_added", actor=person.id, subject="event", subject_id=action.event)
    rename = (button("events.staff.button.name_file", NameFile(action.event, number)),)
    return Made(phrase("events.staff.file_attached", title=title), keyboard=(rename, *waiting))


async def _may_attach(tick: Tick, person: Person, action: AddFile) -> bool:
    event = await store.event(tick.db, action.event)
    if event is not None and rules.may_run(person, event):
        return action.purpose is Purpose.AFTER or may_add_to(tick, event)
    draft = await store_drafts.draft(tick.db, action.event)
    return action.purpose is Purpose.WITH and draft is not None and drafts.may_write(person, draft)


@routes.press(NameFile)
async def ask_name(turn: Turn, action: NameFile) -> None:
    file = await _their_file(turn, action.event, action.event_file)
    if file is not None:
        _ask_name(turn, action, file)


def _ask_name(turn: Turn, action: NameFile, file: EventFile) -> None:
    turn.expect(action)
    keyboard = screens_files.waiting(file.event_id, file.purpose)
    turn.replace("events.staff.file_name_it", keyboard=keyboard, title=file.title, most=attached.LONGEST_TITLE)


@routes.text(NameFile)
async def named(turn: Turn, action: NameFile, text: str) -> None:
    file = await _their_file(turn, action.event, action.event_file)
    if file is None:
        return
    if len(text) > attached.LONGEST_TITLE:
        _ask_name(turn, action, file)
        return
    await store_files.rename(turn.db, file.id, attached.short(text))
    await _show(turn, file.event_id, file.purpose)


@routes.press(DropFile)
async def drop_file(turn: Turn, action: DropFile) -> None:
    if not await _theirs(turn, action.event, action.purpose):
        return
    there = await store_files.of(turn.db, action.event, action.purpose)
    if action.event_file in [one.id for one in there]:
        await store_files.drop(turn.db, action.event_file)
        await turn.note("event.file_dropped", "event", action.event)
    await _show(turn, action.event, action.purpose)


# --- bringing them -------------------------------------------------------------------------------------------------


async def may_have(tick: Tick, person: Person, file: EventFile) -> bool:
    """Who runs the event, and who was invited or may find it by themselves; materials are for those who came."""
    draft = await store_drafts.draft(tick.db, file.event_id)
    if draft is not None:
        handed_in = await store_approvals.submitted(tick.db, file.event_id)
        may_look = handed_in is not None and sending.may_approve(person, handed_in)
        return may_look or drafts.may_write(person, draft)
    event = await store.event(tick.db, file.event_id)
    if event is None:
        return False
    if rules.may_run(person, event):
        return True
    invitation = await store_guests.invitation(tick.db, event.id, person.id)
    if file.purpose is Purpose.AFTER:
        return invitation is not None and await _was_there(tick, event, invitation)
    if await was_invited(tick, person, event):
        return True
    return (
        fitting.can_be_found(event, tick.now, is_youth=person.is_youth)
        and await store_audience.belongs(tick.db, asking(event, tick.now, tick.settings), person.id) is not None
    )


async def _was_there(tick: Tick, event: Event, invitation: Invitation) -> bool:
    """Where nobody noted who came, whoever was expected, once it began: those are offered the materials too."""
    is_known = tick.now < event.starts_at or (await store_attendance.attendance(tick.db, event.id)).is_recorded
    return attendance.was_there(invitation, recorded=is_known)


@routes.press(GetFile)
async def get_file(turn: Turn, action: GetFile) -> None:
    file = await store_files.one(turn.db, action.event_file)
    if file is None or file.file_id is None or not await may_have(turn, turn.person, file):
        await turn.forbidden()
        return
    turn.have_fetched(turn.person.id, action, Received(file.id, file.file_id, file.name or ""))
    to = "youth" if turn.person.is_youth else "staff"
    back = await _ways_from(turn, turn.person, file)
    turn.say(f"events.{to}.file_comes", keyboard=screens_guests.helped(back, is_youth=turn.person.is_youth))


async def _ways_from(tick: Tick, person: Person, file: EventFile) -> Keyboard:
    """Back to the event, or to the draft that it is attached to."""
    event = await store.event(tick.db, file.event_id)
    if event is None or event.state in NEVER_SENT:
        return ((screens_files.back(file.event_id, file.purpose),),)
    return (await way_back(tick, person, event), screens_guests.mine_row(is_youth=person.is_youth))


@routes.fetched(GetFile, reading=look_at)
async def file_brought(tick: Tick, person: Person, action: GetFile, read: Read) -> Made:
    """The file, if it is still there and still theirs to have."""
    file = await store_files.one(tick.db, action.event_file)
    seen: Seen = read.value
    to = "youth" if person.is_youth else "staff"
    if file is None or seen.content is None or not await may_have(tick, person, file):
        return Made(phrase(f"events.{to}.file_gone"), keyboard=(screens_guests.mine_row(is_youth=person.is_youth),))
    kind = AttachmentKind.PICTURE if seen.content.is_picture else AttachmentKind.DOCUMENT
    return Made(
        phrase("events.any.file_title", title=file.title),
        (Attachment(file.name or attached.file_name("", seen.content), seen.data, kind),),
        await _ways_from(tick, person, file),  # the workshop puts help below
    )

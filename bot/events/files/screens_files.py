"""Files of an event as buttons: below the invitation, after the event, and where they are put together."""

from collections.abc import Sequence

from bot.events.files import attached, store_files
from bot.events.files.actions_files import AddFile, DropFile, GetFile, Purpose, ShowFiles, ShowOrganisers
from bot.events.files.store_files import EventFile
from bot.events.going_out.actions_sending import Open
from bot.events.writing.actions_writing import Ask
from bot.events.writing.drafts import Step
from bot.turn import Button, Connection, Keyboard, Link, button
from bot.words import Lines, Listing, Phrase, phrase


def draft_rows(event_id: int) -> Keyboard:
    """On the page of a draft."""
    return (
        (
            button("events.staff.button.organisers", ShowOrganisers(event_id)),
            button("events.staff.button.files", ShowFiles(event_id, Purpose.WITH)),
        ),
    )


def event_rows(event_id: int) -> Keyboard:
    """On the page of an event that was sent."""
    return ((button("events.staff.button.materials", ShowFiles(event_id, Purpose.AFTER)),),)


async def material_rows(db: Connection, event_id: int) -> Keyboard:
    """For those who came: a button for each file and each address."""
    return file_rows(await store_files.of(db, event_id, Purpose.AFTER))


def named(files: Sequence[EventFile]) -> list[Phrase]:
    """What they are called, in a line; no line where there are none."""
    titles = tuple(phrase("events.any.written", text=one.title) for one in files)
    return [phrase("events.staff.draft_files", files=Listing(titles))] if titles else []


def file_rows(files: Sequence[EventFile]) -> Keyboard:
    """A button for each."""
    return tuple((_button(one),) for one in files)


def _button(file: EventFile) -> Button | Link:
    if file.link is not None:
        return Link(phrase("events.any.button.link", title=file.title), file.link)
    return Button(_named(file), GetFile(file.id))


def _named(file: EventFile) -> Phrase:
    """Its title with what it is behind it."""
    is_pdf = file.name is not None and file.name.endswith(attached.Content.PDF.value)
    return phrase("events.any.button.pdf" if is_pdf else "events.any.button.picture", title=file.title)


def page(event_id: int, purpose: Purpose, files: Sequence[EventFile]) -> tuple[Phrase, Keyboard]:
    """What there is, and the ways to add and to take off."""
    lines = Lines(
        tuple(phrase("events.any.file_line", title=one.title, name=one.link or one.name or "") for one in files)
    )
    rows: list[tuple[Button, ...]] = [
        (button("events.staff.button.drop_file", DropFile(event_id, one.id, purpose), title=one.title),)
        for one in files
    ]
    if len(files) < attached.MOST_FILES:
        rows.append((button(f"events.staff.button.add_{purpose.value}", AddFile(event_id, purpose)),))
    rows.append((back(event_id, purpose),))
    if not files:
        return phrase(f"events.staff.files_none_{purpose.value}", most=attached.MOST_FILES), tuple(rows)
    return phrase(f"events.staff.files_{purpose.value}", files=lines, most=attached.MOST_FILES), tuple(rows)


def back(event_id: int, purpose: Purpose) -> Button:
    """To the page of the draft, or of the event."""
    to = Ask(event_id, Step.PAGE) if purpose is Purpose.WITH else Open(event_id)
    return button("events.any.button.back", to)


def waiting(event_id: int, purpose: Purpose) -> Keyboard:
    """While a file is awaited."""
    return ((button("events.any.button.back", ShowFiles(event_id, purpose)),),)

"""What a coordinator sees who takes events over from a file."""

from collections.abc import Sequence
from typing import Final

from bot.events.from_file.actions_import import ImportFile, LeaveFile, MakeTemplate, ShowDrafts, TakeIn
from bot.events.from_file.importing import Mark, Planned, Understood, mark_of
from bot.events.going_out.actions_sending import ShowEvents
from bot.turn import Button, Keyboard, button
from bot.words import Lines, Phrase, phrase

_SHOWN: Final = 25
"""Events that are listed by name."""


def import_row() -> tuple[Button, ...]:
    """The way in, for wherever an invitation can be begun."""
    return (button("events.staff.button.import", ImportFile()),)


def drafts_row() -> tuple[Button, ...]:
    return (button("events.staff.button.drafts", ShowDrafts()),)


def events_row() -> tuple[Button, ...]:
    """Back to where events are begun and run."""
    return (button("events.staff.button.events", ShowEvents()),)


def ways() -> Keyboard:
    """Below the question for the file."""
    return ((button("events.staff.button.template", MakeTemplate()),), drafts_row(), events_row())


def again() -> Keyboard:
    """After what cannot be taken over."""
    return ((button("events.staff.button.import_again", ImportFile()),), *ways())


def choice(file: int, count: int) -> Keyboard:
    return (
        (button("events.staff.button.take_in", TakeIn(file), count=count),),
        (button("events.staff.button.import_leave", LeaveFile(file)),),
    )


def seen(found: Understood, there: frozenset[Mark]) -> Phrase:
    """What was understood, and which of it is there already."""
    listed, notes = listing(found.planned, there), Lines(tuple(_notes(found, there)))
    if not found.planned:
        return phrase("events.staff.sheet.nothing_coming", notes=notes)
    if not found.new(there):
        return phrase("events.staff.sheet.nothing_new", events=listed, notes=notes)
    return phrase("events.staff.sheet.understood", count=len(found.planned), events=listed, notes=notes)


def listing(planned: Sequence[Planned], there: frozenset[Mark] = frozenset()) -> Lines:
    lines = [_line(one, is_there=mark_of(one.draft) in there) for one in planned[:_SHOWN]]
    more = len(planned) - _SHOWN
    return Lines((*lines, phrase("events.staff.sheet.and_more", count=more)) if more > 0 else tuple(lines))


def _line(one: Planned, *, is_there: bool) -> Phrase:
    if one.draft.starts_at is None:
        raise AssertionError("what was understood has a start")
    if is_there:
        return phrase("events.staff.sheet.event_there", title=one.title, when=one.draft.starts_at)
    if one.sessions:
        count = len(one.sessions)
        return phrase("events.staff.sheet.event_series", title=one.title, when=one.draft.starts_at, count=count)
    return phrase("events.staff.sheet.event", title=one.title, when=one.draft.starts_at)


def _notes(found: Understood, there: frozenset[Mark]) -> list[Phrase]:
    notes = [phrase("events.staff.sheet.note_to_send")] if found.new(there) else []
    if found.cancelled:
        notes.append(phrase("events.staff.sheet.note_cancelled", count=found.cancelled))
    if found.past:
        notes.append(phrase("events.staff.sheet.note_past", count=found.past))
    return notes

"""Sessions of one event in several places: as they are written, and as those see them who are invited."""

from collections.abc import Sequence
from typing import Final

from bot.directory.rules import place_key
from bot.events import pages, telling
from bot.events.event import Event, Reply
from bot.events.sessions.actions_series import DropSession, EditSessions, ShowSessions
from bot.events.sessions.series import Fault, Session, nearest
from bot.events.signup import screens_guests
from bot.events.signup.actions_guests import Answer
from bot.events.telling import ALONE, Around
from bot.events.writing.actions_writing import Ask
from bot.events.writing.drafts import Step
from bot.turn import Button, Keyboard, Row, button
from bot.typed import shortened
from bot.words import Lines, Phrase, phrase

FIRST: Final = 5
"""Sessions that an invitation names; the others are a press away."""

A_PAGE: Final = 8

_PLACE: Final = 60
"""Letters of a place in a list."""


# --- being written ----------------------------------------------------------------------------------------------


def edit_page(event_id: int, sessions: Sequence[Session]) -> tuple[Phrase, Keyboard]:
    """What is planned so far; more of them are typed."""
    back = (button("events.any.button.back", Ask(event_id, Step.PAGE)),)
    if not sessions:
        return phrase("events.staff.ask_sessions"), (back,)
    drops: Keyboard = tuple(
        (
            button(
                "events.staff.button.drop_session", DropSession(event_id, one.id), place=phrase(place_key(one.held_in))
            ),
        )
        for one in sessions
        if one.id is not None
    )
    page = phrase("events.staff.sessions", sessions=Lines(tuple(_planned(one) for one in sessions)))
    return page, (*drops, back)


def wrong(event_id: int, faults: Sequence[Fault]) -> tuple[Phrase, Keyboard]:
    """Which lines cannot be read, and why; nothing of the rest was kept."""
    lines = tuple(
        phrase("events.staff.session_fault", line=one.line, why=phrase(f"events.staff.session_wrong.{one.why.value}"))
        for one in faults
    )
    back = (button("events.any.button.back", EditSessions(event_id)),)
    return phrase("events.staff.sessions_wrong", faults=Lines(lines)), (back,)


def _planned(session: Session) -> Phrase:
    where, place = phrase(place_key(session.held_in)), shortened(session.place, _PLACE)
    if session.capacity is None:
        return phrase("events.any.session", where=where, place=place, when=session.starts_at)
    return phrase("events.staff.session", where=where, place=place, when=session.starts_at, places=session.capacity)


# --- being invited ----------------------------------------------------------------------------------------------


def invitation(
    event: Event, sessions: Sequence[Event], home: str | None, *, is_youth: bool, around: Around = ALONE
) -> Phrase:
    """The invitation to come to one of them; those nearest to `home` are named."""
    to = screens_guests.voice(is_youth=is_youth)
    first = Lines(tuple(line(one) for one in nearest(sessions, home)[:FIRST]))
    body = telling.paragraphs(
        phrase("events.any.lines", lines=telling.facts(event, around, of_all=True)),
        phrase("events.any.written", text=event.details),
        telling.agenda(event),
        phrase("events.any.sessions", sessions=first, count=len(sessions)),
        phrase(f"events.{to}.choose_session"),
        None if around.publicity is None else phrase("events.any.publicity", line=around.publicity),
    )
    return phrase(f"events.{to}.invitation", title=event.title, body=body)


def choices(
    event: Event,
    sessions: Sequence[Event],
    home: str | None,
    *,
    is_youth: bool,
    around: Around = ALONE,
    below: Keyboard = (),
) -> Keyboard:
    """One button for each of the nearest, the way to the others, and no; on a page the ways `below` as well."""
    rows = [(session_button(one),) for one in nearest(sessions, home)[:FIRST]]
    if len(sessions) > FIRST:
        rows.append((button("events.any.button.sessions", ShowSessions(event.id)),))
    rows.append((button("events.any.button.no", Answer(event.id, Reply.NO)),))
    return screens_guests.helped((*rows, *around.files, *below), is_youth=is_youth)


def all_of_them(
    event: Event, sessions: Sequence[Event], page: int, back: Row, *, is_youth: bool
) -> tuple[Phrase, Keyboard]:
    """A page of them, in the order in which they are given, with the way back."""
    last = (len(sessions) - 1) // A_PAGE
    page = max(0, min(page, last))
    shown = sessions[page * A_PAGE : (page + 1) * A_PAGE]
    ways = pages.ways(page, lambda to: ShowSessions(event.id, to), more=page < last)
    rows: Keyboard = tuple((session_button(one),) for one in shown)
    keyboard = (*rows, *ways, back, screens_guests.mine_row(is_youth=is_youth))
    said = phrase("events.any.all_sessions", title=event.title, sessions=Lines(tuple(line(one) for one in shown)))
    return said, screens_guests.helped(keyboard, is_youth=is_youth)


def session_button(session: Event) -> Button:
    """To come to that one."""
    where = phrase(place_key(session.particulars.held_in))
    return button("events.any.button.session", Answer(session.id, Reply.YES), where=where, when=session.starts_at)


def line(session: Event) -> Phrase:
    """Where and when, in a line."""
    where = phrase(place_key(session.particulars.held_in))
    return phrase("events.any.session", where=where, place=shortened(session.place, _PLACE), when=session.starts_at)

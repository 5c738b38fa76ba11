"""A coordinator's events: the list, and the page of each."""

from datetime import timedelta
from typing import Final

from bot.actions import Action
from bot.events import rules, screens, store, telling
from bot.events.event import Event, Replies
from bot.events.event_page import own_event, show_event
from bot.events.finding import chat_open
from bot.events.from_file.screens_import import drafts_row, import_row
from bot.events.going_out import screens_sending, store_approvals
from bot.events.going_out.actions_sending import Look, Open, ShowEvents
from bot.events.sessions import screens_sessions, store_sessions
from bot.events.sessions.actions_sessions import OpenSeries
from bot.events.signup import screens_guests, store_guests
from bot.events.signup.guests import show_mine
from bot.events.whom.audience_choices import is_narrowed
from bot.events.writing.actions_writing import Write
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import Lines, Phrase, phrase

routes = Routes()

routes.offer({Role.COORDINATOR}, 20, button("events.staff.button.events", ShowEvents()))

KEEP_IN_LIST: Final = timedelta(days=7)
"""How long an event stays in the coordinators' list after it began."""

LIST_LIMIT: Final = 20


@routes.command("events")
async def events_command(turn: Turn, _: str) -> None:
    await _show_events(turn)


@routes.press(ShowEvents)
async def events_pressed(turn: Turn, _: ShowEvents) -> None:
    await _show_events(turn)


async def _show_events(turn: Turn) -> None:
    places = rules.own_places(turn.person)
    if not places:
        if turn.person.is_youth:
            await chat_open.show_open(turn)
        else:
            await show_mine(turn)
        return
    waiting = await store_approvals.waiting(turn.db, turn.person.id, places, LIST_LIMIT)
    found = await store.run_by(turn.db, places, turn.now - KEEP_IN_LIST, LIST_LIMIT)
    replies = await store_guests.replies(turn.db, [event.id for event in found])
    rows: Keyboard = (
        *((button("events.any.button.title", Look(one.id), title=screens.short(one.title)),) for one in waiting),
        *((button("events.any.button.title", _way_to(one), title=screens.short(one.title)),) for one in found),
    )
    more: Keyboard = (
        (button("events.staff.button.write", Write()),),
        import_row(),
        drafts_row(),
        screens_guests.mine_row(is_youth=False),
    )
    if not found and not waiting:
        turn.replace("events.staff.no_events", keyboard=more)
        return
    lines = (
        *(phrase("events.staff.line_submitted", title=one.title, when=telling.when(one)) for one in waiting),
        *[await _line(turn, event, replies[event.id]) for event in found],
    )
    turn.replace("events.staff.events", keyboard=(*rows, *more), events=Lines(lines))


def _way_to(event: Event) -> Action:
    return OpenSeries(event.id) if event.is_session else Open(event.id)


async def _line(turn: Turn, event: Event, replies: Replies) -> Phrase:
    """A series of sessions is one line, with its sessions behind it."""
    is_narrow = is_narrowed(event.audience, event.terms, turn.settings)
    fewest = turn.settings.fewest_shown if is_narrow else None
    if not event.is_session:
        return screens.line(event, replies, screens_sending.number(replies.invited, fewest))
    sessions = await store_sessions.all_of(turn.db, event)
    of_all = await store_sessions.replies(turn.db, sessions)
    return screens_sessions.line(sessions, of_all, screens_sending.number(of_all.invited, fewest))


@routes.press(OpenSeries)
async def open_series(turn: Turn, action: OpenSeries) -> None:
    event = await own_event(turn, action.event)
    if event is None:
        return
    if not event.is_session:
        await show_event(turn, event)
        return
    sessions = await store_sessions.all_of(turn.db, event)
    replies = await store_guests.replies(turn.db, [one.id for one in sessions])
    ahead = next((one for one in sessions if rules.may_cancel(one, turn.now)), None)
    screens.show(turn, *screens_sessions.page(ahead or event, sessions, replies, can_cancel=ahead is not None))


@routes.press(Open)
async def open_event(turn: Turn, action: Open) -> None:
    event = await own_event(turn, action.event)
    if event is not None:
        await show_event(turn, event)

"""What is said when one session of several, or all of them, is called off; and a series as its coordinator sees it."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.directory.rules import place_key
from bot.events import telling
from bot.events.changed.actions_changes import AskReason
from bot.events.event import OFF, Event, Replies
from bot.events.going_out.actions_sending import Cancel, Open, ShowEvents
from bot.events.sessions import screens_series
from bot.events.sessions.actions_series import ShowSessions
from bot.events.sessions.actions_sessions import CancelSeries, OpenSeries
from bot.events.sessions.series import nearest
from bot.events.signup import screens_guests
from bot.turn import Keyboard, Row, button
from bot.words import Fact, Lines, Phrase, phrase

NAMED: Final = 3
"""Sessions that whoever loses theirs is offered at once; the others are a press away."""


# --- to those it concerns ---------------------------------------------------------------------------------------


def called_off(event: Event, others: Sequence[Event], why: str | None, *, is_youth: bool) -> tuple[Phrase, Keyboard]:
    """To whoever signed up for this session: which others are still to come, and a button for the nearest of them."""
    to = screens_guests.voice(is_youth=is_youth)
    here = event.particulars.held_in
    offered = nearest(others, here)[:NAMED]
    body = telling.paragraphs(
        None if why is None else phrase("events.any.written", text=why),
        phrase(f"events.{to}.other_sessions", sessions=Lines(tuple(screens_series.line(one) for one in offered))),
    )
    said = phrase(
        f"events.{to}.session_cancelled",
        title=event.title,
        where=phrase(place_key(here)),
        when=event.starts_at,
        body=body,
    )
    more: Keyboard = ((button("events.any.button.sessions", ShowSessions(event.id)),),) if len(others) > NAMED else ()
    keyboard = (
        *((screens_series.session_button(one),) for one in offered),
        *more,
        screens_guests.mine_row(is_youth=is_youth),
    )
    return said, screens_guests.helped(keyboard, is_youth=is_youth)


def all_called_off(event: Event, why: str | None, *, is_youth: bool) -> tuple[Phrase, Keyboard]:
    """To everybody whom it concerned: it is held nowhere."""
    to = screens_guests.voice(is_youth=is_youth)
    reason = None if why is None else phrase("events.any.written", text=why)
    body = telling.paragraphs(reason, phrase(f"events.{to}.series_sorry"))
    said = phrase(f"events.{to}.series_cancelled", title=event.title, body=body)
    return said, screens_guests.helped((screens_guests.mine_row(is_youth=is_youth),), is_youth=is_youth)


# --- to whoever runs it -----------------------------------------------------------------------------------------


def ask_session(event: Event, people: Fact) -> tuple[Phrase, Keyboard]:
    """One session, or all of them?"""
    keyboard: Keyboard = (
        (button("events.staff.button.cancel_session_sure", Cancel(event.id, sure=True)),),
        (button("events.staff.button.say_why", AskReason(event.id)),),
        (button("events.staff.button.cancel_series", CancelSeries(event.id, sure=False)),),
        (button("events.any.button.back", Open(event.id)),),
    )
    return phrase("events.staff.cancel_session_ask", **_which(event), count=people), keyboard


def ask_series(event: Event, people: Fact, sessions: int) -> tuple[Phrase, Keyboard]:
    """All that are still to come."""
    keyboard: Keyboard = (
        (button("events.staff.button.cancel_series_sure", CancelSeries(event.id, sure=True)),),
        (button("events.staff.button.say_why", AskReason(event.id)),),
        (button("events.any.button.back", Open(event.id)),),
    )
    return phrase("events.staff.cancel_series_ask", title=event.title, count=people, sessions=sessions), keyboard


def _which(event: Event) -> dict[str, Fact]:
    return {"title": event.title, "where": phrase(place_key(event.particulars.held_in)), "when": event.starts_at}


def session_is_off(event: Event, people: Fact) -> tuple[Phrase, Keyboard]:
    """Done."""
    return phrase("events.staff.session_called_off", **_which(event), count=people), (series_row(event),)


def series_row(session: Event) -> Row:
    """To all sessions of its series."""
    return (button("events.staff.button.series", OpenSeries(session.id)),)


def line(sessions: Sequence[Event], replies: Replies, invited: Fact) -> Phrase:
    """A whole series in the coordinator's list; the first of its sessions that the list looks back on says when."""
    still_on = [one for one in sessions if one.state not in OFF]
    return phrase(
        "events.staff.line_series",
        title=sessions[0].title,
        when=(still_on or sessions)[0].starts_at,
        count=len(still_on),
        yes=replies.yes,
        maybe=replies.maybe,
        invited=invited,
    )


def page(
    event: Event, sessions: Sequence[Event], replies: Mapping[int, Replies], *, can_cancel: bool
) -> tuple[Phrase, Keyboard]:
    """The sessions of one series, each with its numbers and the way to it."""
    lines = tuple(_session(one, replies[one.id]) for one in sessions)
    ways: Keyboard = tuple(
        (
            button(
                "events.staff.button.session",
                Open(one.id),
                where=phrase(place_key(one.particulars.held_in)),
                when=one.starts_at,
            ),
        )
        for one in sessions
    )
    cancel: Keyboard = ((button("events.staff.button.cancel_series", CancelSeries(event.id, sure=False)),),)
    back = (button("events.staff.button.events", ShowEvents()),)
    said = phrase("events.staff.series", title=event.title, sessions=Lines(lines))
    return said, (*ways, *(cancel if can_cancel else ()), back)


def _session(event: Event, replies: Replies) -> Phrase:
    where = phrase(place_key(event.particulars.held_in))
    if event.state in OFF:
        return phrase("events.staff.line_session_off", where=where, when=event.starts_at)
    numbers = {"yes": replies.yes, "maybe": replies.maybe}
    return phrase("events.staff.line_session", where=where, when=event.starts_at, **numbers)

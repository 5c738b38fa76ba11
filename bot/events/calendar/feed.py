"""A calendar of one's own events at a secret address, of which only a hash is kept: for young people and staff alike.

What they have a place for stands there as certain, what they wait for or only may come to as tentative, and what was
cancelled stays for a while, so that a calendar that looks rarely learns of it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.calendar.files import Entry, Method, Status, written
from bot.events.calendar import store_calendar
from bot.events.calendar.calendar_files import uid
from bot.events.calendar.screens_calendar import described, in_language
from bot.events.calendar.store_calendar import Kept
from bot.events.event import OFF, Reply, Seat
from bot.people import store as people
from bot.roles import Person
from bot.turn import Connection
from bot.words import Phrase, phrase

_BACK: Final = timedelta(days=31)
"""For how long what is over stays in it."""

_MOST: Final = 200
"""Entries; nobody comes to as many, and a page must not grow without end."""


def address(public_url: str, secret: str) -> str:
    """Where a calendar finds it."""
    return f"{public_url.rstrip('/')}/events/{secret}.ics"


async def feed(
    db: Connection, feed_hash: str, now: datetime, zone: ZoneInfo, say: Callable[[Phrase, Person], str]
) -> bytes | None:
    """The calendar of whoever has that address; None where nobody has it, or not any more.

    The database looks for a hash, never for the secret, so how long it takes tells nothing about one.
    """
    person_id = await store_calendar.whose_feed(db, feed_hash)
    person = None if person_id is None else await people.person(db, person_id)
    if person is None:
        return None
    neutral = say(phrase("events.any.calendar_summary"), person) if person.discreet else None
    found = await store_calendar.of_person(db, person.id, now - _BACK, _MOST)
    entries = [_entry(kept, reply, seat, person, neutral) for kept, reply, seat in found]
    return written(entries, Method.PUBLISH, now, zone, name=neutral or say(phrase("events.any.feed_name"), person))


def _entry(kept: Kept, reply: Reply, seat: Seat | None, reader: Person, neutral: str | None) -> Entry:
    event, particulars = kept.event, kept.event.particulars
    status = _status(kept, reply, seat)
    if neutral is not None:
        return Entry(uid(event.id), kept.sequence, event.starts_at, neutral, ends=event.ends_at, status=status)
    spot = None
    if particulars.latitude is not None and particulars.longitude is not None:
        spot = (particulars.latitude, particulars.longitude)
    return Entry(
        uid(event.id),
        kept.sequence,
        event.starts_at,
        in_language(event.title, reader.language),
        event.place or None,
        event.ends_at,
        in_language(described(event.details), reader.language),
        particulars.link,
        spot,
        status,
    )


def _status(kept: Kept, reply: Reply, seat: Seat | None) -> Status:
    if kept.event.state in OFF:
        return Status.CANCELLED
    return Status.CONFIRMED if reply is Reply.YES and seat is Seat.HELD else Status.TENTATIVE

"""Calendar feeds, a mentor's and everybody's own events: whoever has an address reads that calendar; every other
address is not found, in the same words.

The secret stands in the path, as calendars can do nothing else: nothing here logs a path, and the server keeps no
access log. A proxy in front of it should not either (README).
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.calendar.addresses import hash_of
from bot.checkins import feed as checkins
from bot.events.calendar import feed as events
from bot.roles import Person
from bot.texts import Texts
from bot.turn import Connection
from bot.web.guard import address_of
from bot.web.parts import Parts
from bot.web.tap import Taps
from bot.words import Language, Phrase, phrase

EACH: Final = (1.0, 40.0)
TOGETHER: Final = (10.0, 100.0)
"""Feeds read a second, and at once, from one address and from all: calendars ask every hour or so, and people's presses
come first. Who guesses is out of breath long before anybody else notices."""

_PRIVATE: Final = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Reader = Callable[[Connection, str, datetime], Awaitable[bytes | None]]
"""What stands in the calendar whose address has that hash, at that moment."""


def mentors_feed(parts: Parts) -> Handler:
    """The aiohttp handler of /calendar/<secret>.ics."""
    texts = Texts(parts.zone)

    def name(language: Language) -> str:
        return texts.plain(phrase("checkins.staff.feed_name"), language)

    async def read(db: Connection, looked_for: str, now: datetime) -> bytes | None:
        return await checkins.feed(db, looked_for, now, parts.zone, name)

    return _calendar_feed(parts, read)


def events_feed(parts: Parts) -> Handler:
    """The aiohttp handler of /events/<secret>.ics."""
    texts = Texts(parts.zone)

    def say(what: Phrase, reader: Person) -> str:
        return texts.plain(what, reader.language)

    async def read(db: Connection, looked_for: str, now: datetime) -> bytes | None:
        return await events.feed(db, looked_for, now, parts.zone, say)

    return _calendar_feed(parts, read)


def _calendar_feed(parts: Parts, read: Reader) -> Handler:
    """The aiohttp handler of such an address: 429 when too much is asked."""
    taps = Taps(EACH, TOGETHER)

    async def answer(request: web.Request) -> web.Response:
        if not taps.lets_through(address_of(request), parts.clock.monotonic()):
            return web.Response(status=429, headers={**_PRIVATE, "Retry-After": "60"})
        looked_for = hash_of(request.match_info["secret"])
        try:
            async with parts.database.read() as db:
                content = await read(db, looked_for, parts.clock.now())
        except SQLAlchemyError:
            return web.Response(status=503, headers={**_PRIVATE, "Retry-After": "60"})
        if content is None:
            return web.Response(status=404, text="404: Not Found", headers=_PRIVATE)
        return web.Response(body=content, content_type="text/calendar", charset="utf-8", headers=_PRIVATE)

    return answer

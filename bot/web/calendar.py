"""Calendar feeds: whoever has an address reads that calendar; every other address is not found, in the same words.

The secret stands in the path, as calendars can do nothing else: nothing here logs a path, and the server keeps no
access log. A proxy in front of it should not either (README).
"""

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.checkins.feed import feed, hash_of
from bot.texts import Texts
from bot.web.parts import Parts
from bot.web.tap import Tap
from bot.words import Language, phrase

A_SECOND: Final = 10.0
BURST: Final = 40.0
"""Feeds read a second, and at once: calendars ask every hour or so, and people's presses come first."""

_PRIVATE: Final = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def calendar_feed(parts: Parts) -> Handler:
    """The aiohttp handler of /calendar/<secret>.ics: 429 when too much is asked, whoever asks."""
    tap = Tap(A_SECOND, BURST)
    texts = Texts(parts.zone)

    def name(language: Language) -> str:
        return texts.plain(phrase("checkins.staff.feed_name"), language)

    async def read(request: web.Request) -> web.Response:
        if not tap.lets_through(parts.clock.monotonic()):
            return web.Response(status=429, headers={**_PRIVATE, "Retry-After": "60"})
        looked_for = hash_of(request.match_info["secret"])
        try:
            async with parts.database.read() as db:
                content = await feed(db, looked_for, parts.clock.now(), parts.zone, name)
        except SQLAlchemyError:
            return web.Response(status=503, headers={**_PRIVATE, "Retry-After": "60"})
        if content is None:
            return web.Response(status=404, text="404: Not Found", headers=_PRIVATE)
        return web.Response(body=content, content_type="text/calendar", charset="utf-8", headers=_PRIVATE)

    return read

"""The page behind the link in a letter, where a receiver without Telegram reads, answers and says what happened.

Reading it changes nothing and shows nothing of anybody until somebody presses "open", as mail scanners follow links.
Each press is one transaction like a press in a chat, answered by a redirect to the page as it then stands; so going
back, reloading and pressing twice do nothing twice. The secret stands in the path: nothing here logs a path, and a
proxy in front should not either (README).
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, assert_never
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot import workshop
from bot.delivery import outbox
from bot.directory import store_availability
from bot.referrals import store
from bot.referrals.agreed.delivering import Withheld, text_for
from bot.referrals.appointment.calendars import calendar_of
from bot.referrals.by_letter import links, store_links
from bot.referrals.by_letter.letters import Letter, write
from bot.referrals.by_letter.links import Expired, Found, Gone, Opens, Unknown
from bot.referrals.referral import Circle, State
from bot.referrals.together import store_introductions
from bot.turn import Tick
from bot.web.guard import Fields, Refused, address_of, form_of, headers
from bot.web.notices import Notice
from bot.web.partner_acts import Amiss, Done, do
from bot.web.partner_forms import Deed, deed_of
from bot.web.partner_page import STYLE_HASH, Pages, Sight, suggested
from bot.web.parts import Parts
from bot.web.tap import Taps
from bot.words import Language

log = logging.getLogger(__name__)

EACH: Final = (1.0, 60.0)
TOGETHER: Final = (20.0, 200.0)
"""Requests a second, and at once: from one address, and from all."""

ANEW_EVERY: Final = timedelta(hours=1)
"""How often an expired link has a new letter sent."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A page, or where its address goes on."""

    status: int
    page: str = ""
    onward: str | None = None
    calendar: bytes | None = None


class PartnerPage:
    """Answers everything at /r/<token>."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._pages = Pages(parts.zone)
        self._taps = Taps(EACH, TOGETHER)
        self._strangers = Taps(EACH, TOGETHER)  # who guesses, from however many addresses, shuts out no link of ours
        self._headers = headers(STYLE_HASH, parts.settings.public_url)
        self._key: bytes | None = None

    async def answer(self, request: web.Request) -> web.Response:
        """The aiohttp handler, whatever the method: every answer has the same headers and says something kind."""
        chosen = _chosen_language(request)
        language = chosen or Language.LV
        try:
            secret = links.secret_in(request.match_info["token"], await self._signing_key())
            taps = self._taps if secret is not None else self._strangers
            if not taps.lets_through(address_of(request), self._parts.clock.monotonic()):
                answer = Answer(429, self._pages.plain("busy", language))
            elif secret is None:
                answer = self._unknown(language)
            elif request.method in ("GET", "HEAD"):
                answer = await self._show(secret, chosen, request)
            elif request.method == "POST":
                fields = await form_of(request, self._parts.settings.public_url)
                answer = await self._press(secret, chosen, fields)
            else:
                answer = Answer(405, self._pages.plain("refused", language))
        except Refused:
            answer = Answer(403, self._pages.plain("refused", language))
        except SQLAlchemyError:
            answer = Answer(503, self._pages.plain("busy", language))
        except Exception:  # our mistake: undone, told of without any address, and nobody meets a bare error
            log.exception("page failed", extra={"action": "page_failed"})
            answer = Answer(500, self._pages.plain("busy", language))
        return self._response(answer)

    async def _signing_key(self) -> bytes:
        if self._key is None:
            async with self._parts.database.write() as db:
                self._key = await links.signing_key(db)
        return self._key

    # --- reading ---

    async def _show(self, secret: str, chosen: Language | None, request: web.Request) -> Answer:
        now = self._parts.clock.now()
        async with self._parts.database.read() as db:
            opens = await links.find(db, secret, now)
            if isinstance(opens, Unknown) or (circle := await store.circle(db, opens.referral_id)) is None:
                return self._unknown(chosen or Language.LV)
            language = chosen or circle.referral.to.reads
            if not isinstance(opens, Found):
                return self._closed(opens, language, sent="sent" in request.query)
            if isinstance(await text_for(db, circle), Withheld):
                return self._closed(_withheld(circle), language, sent=False)
            if not opens.opened or circle.referral.state is State.REQUESTED:
                return Answer(200, self._pages.door(circle, language))
            if "ics" in request.query:
                return self._calendar(circle, now, language)
            sight = await self._sight(Tick(now, db, self._parts.zone), circle)
        return Answer(200, self._pages.referral(sight, language, _notice(request), {}))

    def _calendar(self, circle: Circle, now: datetime, language: Language) -> Answer:
        """The appointment for the receiver's own calendar; back to the page where none stands any more."""
        content = calendar_of(circle, now, self._parts.zone)
        return _onward(language) if content is None else Answer(200, calendar=content)

    async def _sight(self, tick: Tick, circle: Circle) -> Sight:
        today = tick.now.astimezone(tick.zone).date()
        services = [one for one in (circle.referral.to.service_id,) if one is not None]
        full = (await store_availability.full_until_of(tick.db, (), services, today)).of_service
        until = full.get(services[0]) if services else None
        introduced = await store_introductions.were_introduced(tick.db, circle.referral.id)
        return Sight(circle, tick.now, tick.zone, suggested(tick.now, await tick.hours()), until, introduced)

    def _closed(self, opens: Gone | Expired, language: Language, *, sent: bool) -> Answer:
        match opens:
            case Gone(_, state, wrong):
                return Answer(410, self._pages.gone(state, language, wrong=wrong))
            case Expired():
                return Answer(410, self._pages.expired(language, sent=sent))
            case never:
                assert_never(never)

    def _unknown(self, language: Language) -> Answer:
        return Answer(404, self._pages.plain("unknown", language))

    # --- pressing ---

    async def _press(self, secret: str, chosen: Language | None, fields: Fields) -> Answer:
        """One press, one transaction; what it leads others to be told commits with it."""
        deed = deed_of(fields)
        if deed is None:
            raise Refused
        now = self._parts.clock.now()
        async with self._parts.database.write() as db:
            tick = Tick(now, db, self._parts.zone, self._parts.subscribers, settings=self._parts.settings)
            opens = await links.find(db, secret, now)
            answer = await self._pressed(tick, opens, deed, fields, chosen)
            await outbox.add(db, tick.said, now)
            await workshop.queue(db, tick.making, now)
        if tick.said:
            self._parts.wake()
        return answer

    async def _pressed(self, tick: Tick, opens: Opens, deed: Deed, fields: Fields, chosen: Language | None) -> Answer:
        if isinstance(opens, Unknown) or (circle := await store.circle(tick.db, opens.referral_id)) is None:
            return self._unknown(chosen or Language.LV)
        language = chosen or circle.referral.to.reads
        if isinstance(opens, Found) and isinstance(await text_for(tick.db, circle), Withheld):
            return self._closed(_withheld(circle), language, sent=False)
        if isinstance(opens, Found):
            return await self._do(tick, circle, opens, deed, fields, language)
        if isinstance(opens, Expired) and deed is Deed.ANEW:
            await _write_anew(tick, circle)
            return _onward(language, sent="1")
        return self._closed(opens, language, sent=False)

    async def _do(
        self, tick: Tick, circle: Circle, found: Found, deed: Deed, fields: Fields, language: Language
    ) -> Answer:
        if deed is not Deed.OPEN and deed is not Deed.WRONG and not found.opened:
            return _onward(language)  # nobody answers what they have not opened
        match await do(tick, circle, found, deed, fields):
            case Done(notice):
                return _onward(language) if notice is None else _onward(language, n=notice.value)
            case Amiss(notice):
                sight = await self._sight(tick, circle)
                return Answer(422, self._pages.referral(sight, language, notice, fields))
            case never:
                assert_never(never)

    def _response(self, answer: Answer) -> web.Response:
        told = dict(self._headers)
        if answer.status in (429, 503):
            told["Retry-After"] = "60"
        if answer.onward is not None:
            told["Location"] = answer.onward
        if answer.calendar is not None:
            return web.Response(body=answer.calendar, content_type="text/calendar", charset="utf-8", headers=told)
        return web.Response(
            status=answer.status, text=answer.page, content_type="text/html", charset="utf-8", headers=told
        )


def _withheld(circle: Circle) -> Gone:
    """As after a withdrawal: no yes to this very text stands."""
    return Gone(circle.referral.id, State.CANCELLED, wrong=False)


async def _write_anew(tick: Tick, circle: Circle) -> None:
    """A new letter to the same address, unless one went there a moment ago."""
    last = await store_links.last_made(tick.db, circle.referral.id)
    if last is None or tick.now - last >= ANEW_EVERY:
        await write(tick, circle, circle, Letter.ANEW)


def _onward(language: Language, **more: str) -> Answer:
    """To the same page, as it stands now."""
    return Answer(303, onward="?" + urlencode({"l": language.value, **more}))


def _chosen_language(request: web.Request) -> Language | None:
    chosen = request.query.get("l", "")
    return Language(chosen) if chosen in set(Language) else None


def _notice(request: web.Request) -> Notice | None:
    told = request.query.get("n", "")
    return Notice(told) if told in set(Notice) else None

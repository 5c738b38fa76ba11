"""The phones page's server: static files, what a visitor does on a phone or to the clock, a stream of what changed."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from bot.demo.emulator.phone import Phone
from bot.demo.emulator.telegram import Telegram
from bot.demo.mailbox import Mailboxes
from bot.demo.page.feed import Feed, Watcher
from bot.demo.page.safeguards import add_headers, answer_kindly, keep_strangers_out
from bot.demo.page.stage import Move, Stage, StagePhone, target, travel
from bot.demo.page.views import BecameDue, clock_view, mailbox_view, phone_view, stage_view

STATIC = Path(__file__).parent / "static"
HEARTBEAT = 15.0  # seconds between events when nothing happens, so a dead connection shows
LARGEST_UPLOAD = 11 * 1024 * 1024  # Telegram takes photos of up to 10 MB; the rest is the form around it
LONGEST_TEXT = 4096  # what a Telegram client lets a person type
HERE: Final = (56.8169, 24.6142)
"""Where a phone of the page says it is, in degrees (WGS 84): in the town of Ogre, where the cast lives."""

SHOWN_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})


def make_page(stage: Stage) -> web.Application:
    """The page as an application to run on 127.0.0.1; anyone who reaches it can act for the whole cast."""
    page = _Page(stage)
    page.watch_world()
    app = web.Application(middlewares=[answer_kindly, keep_strangers_out], client_max_size=LARGEST_UPLOAD)
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(page.close)
    app.add_routes(
        [
            web.get("/", page.index),
            web.static("/static", STATIC),
            web.get("/api/stage", page.show_stage),
            web.get("/api/clock", page.show_clock),
            web.get("/api/mailbox", page.show_mailbox),
            web.get("/api/events", page.events),
            web.get(r"/api/phones/{person:\d+}", page.show_phone),
            web.get(r"/api/phones/{person:\d+}/files/{message:\d+}", page.file),
            web.post(r"/api/phones/{person:\d+}/text", page.send_text),
            web.post(r"/api/phones/{person:\d+}/press", page.press),
            web.post(r"/api/phones/{person:\d+}/edit", page.edit),
            web.post(r"/api/phones/{person:\d+}/sticker", page.send_sticker),
            web.post(r"/api/phones/{person:\d+}/voice", page.send_voice),
            web.post(r"/api/phones/{person:\d+}/location", page.send_location),
            web.post(r"/api/phones/{person:\d+}/upload", page.upload),
            web.post(r"/api/phones/{person:\d+}/block", page.block),
            web.post(r"/api/phones/{person:\d+}/unblock", page.unblock),
            web.post("/api/clock", page.move_clock),
            web.post("/api/reset", page.reset),
        ]
    )
    return app


@dataclass(slots=True)
class _Page:
    """One stage, its watchers, and the one move of the clock that may be under way."""

    stage: Stage
    feed: Feed = field(default_factory=Feed)
    moving: asyncio.Lock = field(default_factory=asyncio.Lock)
    became_due: list[BecameDue] | None = None
    watched: Telegram | None = None
    watched_mail: Mailboxes | None = None

    def watch_world(self) -> None:
        """Hear of every change of a chat and every letter, once per world: a reset may have put a new one there."""
        if self.watched is not self.stage.telegram:
            self.watched = self.stage.telegram
            self.watched.subscribe(self._chat_changed)
        if self.stage.mail is not None and self.watched_mail is not self.stage.mail:
            self.watched_mail = self.stage.mail
            self.watched_mail.subscribe(self._letter_arrived)

    def _letter_arrived(self) -> None:
        self.feed.tell(clock=True, mail=True)

    def _chat_changed(self, chat_id: int) -> None:
        self.feed.tell(clock=True, phones=[chat_id])

    async def close(self, _: web.Application) -> None:
        self.feed.close()

    # What the page reads

    async def index(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(STATIC / "index.html")

    async def show_stage(self, _: web.Request) -> web.Response:
        return web.json_response(stage_view(self.stage))

    async def show_clock(self, _: web.Request) -> web.Response:
        return web.json_response(await clock_view(self.stage, self.moving.locked(), self.became_due))

    async def show_phone(self, request: web.Request) -> web.Response:
        return web.json_response(phone_view(self.stage.telegram, self._stage_phone(request)))

    async def show_mailbox(self, _: web.Request) -> web.Response:
        if self.stage.mail is None:
            raise web.HTTPNotFound(reason="There is no mailbox on the stage.")
        return web.json_response(mailbox_view(self.stage.mail))

    async def file(self, request: web.Request) -> web.Response:
        """An attachment: pictures to look at, everything else only to download, so no file runs as a page."""
        phone = self._stage_phone(request).phone
        wanted = int(request.match_info["message"])
        attachment = next((each.attachment for each in phone.messages if each.id == wanted), None)
        if attachment is None:
            raise web.HTTPNotFound(reason="There is no such file.")
        shown = attachment.mime_type in SHOWN_PICTURES
        return web.Response(
            body=attachment.content,
            content_type=attachment.mime_type if shown else "application/octet-stream",
            headers={"Content-Disposition": "inline" if shown else "attachment"},
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events `stage`, `clock`, `mailbox` and `phone`: everything at first, then what changed."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        watcher = self.feed.join(each.phone.id for each in self.stage.phones)
        try:
            while not self.feed.closed:
                await self._tell(response, watcher)
        except ConnectionResetError:
            pass  # the visitor closed the page
        finally:
            self.feed.leave(watcher)
        return response

    async def _tell(self, response: web.StreamResponse, watcher: Watcher) -> None:
        news = await watcher.news(HEARTBEAT)
        if news.stage:
            await response.write(_event("stage", stage_view(self.stage)))
        if news.clock:
            clock = await clock_view(self.stage, self.moving.locked(), self.became_due)
            await response.write(_event("clock", clock))
        if news.mail and self.stage.mail is not None:
            await response.write(_event("mailbox", mailbox_view(self.stage.mail)))
        for stage_phone in self.stage.phones:
            if stage_phone.phone.id in news.phones:
                await response.write(_event("phone", phone_view(self.stage.telegram, stage_phone)))

    # What a person does on a phone

    async def send_text(self, request: web.Request) -> web.Response:
        text = await _words(request)
        await self._phone(request).send(text)
        return _done()

    async def press(self, request: web.Request) -> web.Response:
        body = await _body(request)
        message_id, data = body.get("message"), body.get("data")
        if not isinstance(message_id, int) or not isinstance(data, str):
            raise web.HTTPBadRequest(reason="A press needs a message and its button's data.")
        try:
            await self._phone(request).press(message_id, data)
        except LookupError:
            raise web.HTTPConflict(reason="That button is no longer there.") from None
        return _done()

    async def edit(self, request: web.Request) -> web.Response:
        message_id = (await _body(request)).get("message")
        if not isinstance(message_id, int):
            raise web.HTTPBadRequest(reason="An edit needs a message.")
        text = await _words(request)
        try:
            await self._phone(request).edit(message_id, text)
        except LookupError:
            raise web.HTTPConflict(reason="That message cannot be changed.") from None
        return _done()

    async def send_sticker(self, request: web.Request) -> web.Response:
        await self._phone(request).send_sticker()
        return _done()

    async def send_voice(self, request: web.Request) -> web.Response:
        await self._phone(request).send_voice()
        return _done()

    async def send_location(self, request: web.Request) -> web.Response:
        await self._phone(request).send_location(*HERE)
        return _done()

    async def upload(self, request: web.Request) -> web.Response:
        """A picture goes as a photo, any other file as a document, as a messenger does it."""
        phone = self._phone(request)
        sent = (await request.post()).get("file")
        if not isinstance(sent, web.FileField):
            raise web.HTTPBadRequest(reason="There is no file in that form.")
        content = sent.file.read()
        if sent.content_type in SHOWN_PICTURES:
            await phone.send_photo(content)
        else:
            await phone.send_document(sent.filename, content)
        return _done()

    async def block(self, request: web.Request) -> web.Response:
        await self._phone(request).block()
        return _done()

    async def unblock(self, request: web.Request) -> web.Response:
        await self._phone(request).unblock()
        return _done()

    # What a visitor does to the world

    async def move_clock(self, request: web.Request) -> web.Response:
        try:
            move = Move((await _body(request)).get("move", ""))
        except ValueError:
            raise web.HTTPBadRequest(reason=f"The clock moves by one of: {', '.join(Move)}.") from None
        self._refuse_while_moving()
        async with self.moving:
            self.became_due = []
            self.feed.tell(clock=True)
            await self._move(move)
        self.feed.tell(clock=True)
        return await self.show_clock(request)

    async def _move(self, move: Move) -> None:
        due = await self.stage.next_due()
        to = target(move, self.stage.clock.now(), due[0] if due else None)
        if to is None:
            raise web.HTTPConflict(reason="Nothing is planned yet.")
        await travel(self.stage, to, self._stopped)

    def _stopped(self, lines: Sequence[str]) -> None:
        now = self.stage.clock.now()
        self.became_due = [*(self.became_due or []), *(BecameDue(now, line) for line in lines)]
        self.feed.tell(clock=True)

    async def reset(self, _: web.Request) -> web.Response:
        if self.stage.reset is None:
            raise web.HTTPConflict(reason="This demo cannot start over.")
        self._refuse_while_moving()
        async with self.moving:
            await self.stage.reset()
            self.became_due = None
            self.watch_world()
        self.feed.tell(stage=True, clock=True, mail=True, phones=[each.phone.id for each in self.stage.phones])
        return _done()

    def _refuse_while_moving(self) -> None:
        if self.moving.locked():
            raise web.HTTPConflict(reason="The clock is still moving.")

    def _stage_phone(self, request: web.Request) -> StagePhone:
        found = self.stage.person(int(request.match_info["person"]))
        if found is None:
            raise web.HTTPNotFound(reason="There is no such phone on the stage.")
        return found

    def _phone(self, request: web.Request) -> Phone:
        return self._stage_phone(request).phone


def _event(kind: str, data: Any) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def _done() -> web.Response:
    return web.json_response({})


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(reason="A JSON object is needed.")
    return body


async def _words(request: web.Request) -> str:
    text = (await _body(request)).get("text")
    if not isinstance(text, str) or not text.strip():
        raise web.HTTPBadRequest(reason="There are no words in that message.")
    if len(text) > LONGEST_TEXT:
        raise web.HTTPBadRequest(reason=f"A message holds at most {LONGEST_TEXT} characters.")
    return text

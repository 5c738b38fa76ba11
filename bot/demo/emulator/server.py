"""The emulator over HTTP, as api.telegram.org answers (core.telegram.org/bots/api#making-requests)."""

import asyncio
import json
from collections.abc import AsyncIterator
from email.utils import format_datetime
from typing import Any

from aiohttp import BodyPartReader, web

from bot.demo.emulator.answer import Answer, Line, refused
from bot.demo.emulator.model import UploadedFile
from bot.demo.emulator.refusals import bad_request
from bot.demo.emulator.telegram import Telegram
from bot.demo.emulator.webhook import WebhookSender

LARGEST_REQUEST = 64 * 1024 * 1024
LONGEST_HANG = 600.0


class _Server:
    """The routes; `closing` ends calls that hang on purpose."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.closing = asyncio.Event()

    async def call(self, request: web.Request) -> web.StreamResponse:
        match = request.match_info
        try:
            params, files = await _read(request)
        except ValueError:
            return await self._reply(request, refused(bad_request("can't parse the request body")))
        answer = await self.telegram.call(match["method"], params, files, match["token"], patient=True)
        return await self._reply(request, answer)

    async def download(self, request: web.Request) -> web.StreamResponse:
        match = request.match_info
        return await self._reply(request, self.telegram.download(match["path"], match["token"]))

    async def _reply(self, request: web.Request, answer: Answer) -> web.StreamResponse:
        match answer.line:
            case Line.WHOLE:
                date = format_datetime(self.telegram.clock.now(), usegmt=True)
                headers = {"Content-Type": "application/json", "Date": date, **answer.headers}
                return web.Response(body=answer.payload(), status=answer.status, headers=headers)
            case Line.HANGS:
                await self._hang()
            case Line.CUT if answer.raw is not None:
                return await _half_a_file(request, answer.raw)
            case Line.CUT | Line.REFUSES:
                pass
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=503)

    async def _hang(self) -> None:
        try:
            await asyncio.wait_for(self.closing.wait(), LONGEST_HANG)
        except TimeoutError:
            return

    async def close(self, app: web.Application) -> None:
        self.closing.set()
        self.telegram.polling.wake()

    async def deliver_webhook(self, app: web.Application) -> AsyncIterator[None]:
        sender = WebhookSender(self.telegram)
        await sender.start()
        yield
        await sender.stop()


async def _half_a_file(request: web.Request, content: bytes) -> web.StreamResponse:
    """Promises twice what it sends, then cuts the line."""
    response = web.StreamResponse(headers={"Content-Length": str(2 * len(content) + 1)})
    await response.prepare(request)
    await response.write(content)
    if request.transport is not None:
        request.transport.close()
    return response


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, UploadedFile]]:
    """Parameters from the address and from a form, a multipart form or JSON."""
    params: dict[str, Any] = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return params, {}
    kind = request.content_type
    if kind == "application/json":
        body = json.loads(await request.read() or b"{}")
        params.update(body if isinstance(body, dict) else {})
        return params, {}
    if kind == "multipart/form-data":
        return await _read_parts(request, params)
    params.update(await request.post())
    return params, {}


async def _read_parts(request: web.Request, params: dict[str, Any]) -> tuple[dict[str, Any], dict[str, UploadedFile]]:
    files: dict[str, UploadedFile] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        if part.filename is None:
            params[part.name] = await part.text()
            continue
        mime_type = part.headers.get("Content-Type", "application/octet-stream")
        files[part.name] = UploadedFile(part.filename, bytes(await part.read()), mime_type)
    return params, files


def make_app(telegram: Telegram) -> web.Application:
    """An application that serves `/bot<token>/<method>` and `/file/bot<token>/<path>` and posts to the webhook."""
    app = web.Application(client_max_size=LARGEST_REQUEST)
    server = _Server(telegram)
    app.router.add_route("*", "/bot{token:[^/]+}/{method:[A-Za-z]+}", server.call)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", server.download)
    app.on_shutdown.append(server.close)
    app.cleanup_ctx.append(server.deliver_webhook)
    return app

"""What keeps the page to itself: its headers, its refusals in a sentence, and no posts from other sites."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.demo.emulator.phone import BlockedByPerson

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def answer_kindly(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refusals as JSON with one sentence, which the page shows on the phone."""
    try:
        return await handler(request)
    except BlockedByPerson:
        return web.json_response({"error": "This phone has blocked the bot."}, status=409)
    except web.HTTPException as refusal:
        if refusal.status < 400:
            raise
        return web.json_response({"error": refusal.reason}, status=refusal.status)


@web.middleware
async def keep_strangers_out(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Another site open in the visitor's browser may not look or act here, under whatever name it reaches this page."""
    if request.url.host not in ("127.0.0.1", "localhost"):
        raise web.HTTPForbidden(reason="This page answers to 127.0.0.1 and localhost only.")
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin is not None and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden(reason="Only this page may act on the phones.")
    return await handler(request)


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)

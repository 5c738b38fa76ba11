"""What stands before a page that holds something private: what browsers may do with it, and whose forms are taken.

The headers follow the OWASP cheat sheets on CSP and HTTP headers: nothing is loaded, nothing is kept, nothing frames
the page, and no address of it goes anywhere else.
"""

import asyncio
import ipaddress
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs, urlsplit

from aiohttp import web

LARGEST_FORM: Final = 8_000
"""Bytes; the longest honest one has some hundreds."""
MOST_FIELDS: Final = 30
BODY_WITHIN: Final = 10.0
"""Seconds for a body to arrive."""

_ALWAYS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_HSTS: Final = "max-age=63072000"
"""Two years, as browsers' makers advise; of this host alone, as others under it are not ours to speak for."""

Fields = Mapping[str, list[str]]
"""A form as it came: every value of each name."""


class Refused(Exception):
    """A form that this page never sent."""


def headers(style_hash: str, public_url: str | None) -> dict[str, str]:
    """For every answer of such a page; `style_hash` is the one style that it may have."""
    policy = (
        f"default-src 'none'; style-src 'sha256-{style_hash}'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'"
    )
    secure = {"Strict-Transport-Security": _HSTS} if public_url and public_url.startswith("https:") else {}
    return {**_ALWAYS, "Content-Security-Policy": policy, **secure}


def address_of(request: web.Request) -> str:
    """Who asks, as far as a limit is concerned; behind a proxy of our own network, whom the proxy names last: some
    proxies add to the line that came, others write one of their own below it."""
    peer = request.remote or ""
    try:
        is_proxy = ipaddress.ip_address(peer).is_private
    except ValueError:
        is_proxy = False
    told = ",".join(request.headers.getall("X-Forwarded-For", ())).rpartition(",")[2].strip()
    return _household(told[:64] if is_proxy and told else peer)


def _household(address: str) -> str:
    """Of IPv6 the network of 64 bits: one connection has as many addresses in it as it likes."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if read.version == 4 or read.ipv4_mapped is not None:
        return address
    return str(ipaddress.ip_network((read, 64), strict=False))


async def form_of(request: web.Request, public_url: str | None) -> Fields:
    """The fields of a form of ours; raises Refused for anything else."""
    if not _comes_from_here(request, public_url) or request.content_type != "application/x-www-form-urlencoded":
        raise Refused
    if (request.content_length or 0) > LARGEST_FORM:
        raise Refused
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN):
            async for piece in request.content.iter_any():
                body += piece
                if len(body) > LARGEST_FORM:
                    raise Refused
        return parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except (TimeoutError, ValueError):  # too slow, too many fields, or no UTF-8
        raise Refused from None


def _comes_from_here(request: web.Request, public_url: str | None) -> bool:
    """Whether a browser sent it from one of our own pages: another site's form is refused.

    A page that lets no referrer out says "null" for its origin, also to us; then what else the browser says decides.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    ours = {request.host, urlsplit(public_url or "").netloc}
    return origin in (None, "null") or urlsplit(origin).netloc in ours

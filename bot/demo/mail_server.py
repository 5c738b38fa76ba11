"""A mail server for the demo: real SMTP on 127.0.0.1, which puts every letter into a mailbox and sends none on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.clock import Clock
from bot.demo.mailbox import Mailboxes


class _Taking:
    def __init__(self, boxes: Mailboxes, clock: Clock) -> None:
        self._boxes = boxes
        self._clock = clock

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # its name
        content = envelope.content
        for to in envelope.rcpt_tos:
            self._boxes.receive(to, content if isinstance(content, bytes) else b"", self._clock.now())
        return "250 OK"


@asynccontextmanager
async def receiving(boxes: Mailboxes, clock: Clock) -> AsyncIterator[str]:
    """Listen on a free port; gives what BOT_SMTP_URL should be."""
    loop = asyncio.get_running_loop()
    taking = _Taking(boxes, clock)
    server = await loop.create_server(lambda: SMTP(taking, loop=loop, hostname="localhost"), "127.0.0.1", 0)
    try:
        yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}?starttls=no"
    finally:
        server.close()

"""Hands one letter to the mail server by SMTP: one try, in TLS unless the settings name this very machine.

What the server says of the recipient or of the letter itself for good (RFC 5321, 4.2.1: 5yz) is `Refused`. Everything
else may mend by itself or by an operator and is `Later`: no connection, no TLS, a wrong password, a sender that may not
send or is not relayed for, 4yz and greylisting, time-outs, nonsense. A connection lost after the letter was handed over
leaves open whether it arrived, so it goes again, with the same Message-ID by which mail servers and readers know a
repeat.
"""

import asyncio
import ssl
from contextlib import suppress
from typing import Final

from aiosmtplib import SMTP
from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
)

from bot.mail.letter import Letter
from bot.mail.sender import Later, Refused, Sent, Verdict, Whose
from bot.settings import MailServer

_ALTOGETHER: Final = 4
"""A try may take so many times the time-out of one command: a server that drips must not hold a letter for ever."""


class SmtpSender:
    """One connection for each letter: they are few, and what one of them meets touches no other."""

    def __init__(self, server: MailServer, timeout: float, greets_as: str, tls: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._timeout = timeout
        self._greets_as = greets_as
        self._tls = tls

    async def __call__(self, letter: Letter) -> Verdict:
        client = self._client()
        try:
            async with asyncio.timeout(self._timeout * _ALTOGETHER):
                await client.connect()
                await client.mail(letter.sender)
                await client.rcpt(letter.to)
                await client.data(letter.message)
        except (SMTPException, OSError, ValueError) as broken:  # time-outs and TLS are among OSError
            return _verdict(broken)
        else:
            return Sent()
        finally:
            await self._leave(client)

    async def lets_us_in(self) -> Verdict:
        """Whether it would take letters from us: connect, TLS and login, and nothing more."""
        client = self._client()
        try:
            async with asyncio.timeout(self._timeout):
                await client.connect()
        except (SMTPException, OSError, ValueError) as broken:
            return _verdict(broken)
        else:
            return Sent()
        finally:
            await self._leave(client)

    def _client(self) -> SMTP:
        return SMTP(
            hostname=self._server.host,
            port=self._server.port,
            username=self._server.user,
            password=self._server.password,
            local_hostname=self._greets_as,
            timeout=self._timeout,
            use_tls=self._server.tls == "at_once",
            start_tls=self._server.tls == "starttls",
            tls_context=self._tls,
        )

    async def _leave(self, client: SMTP) -> None:
        """Say goodbye where somebody listens; what the letter came to is known already."""
        if client.is_connected:
            with suppress(SMTPException, OSError):
                await client.quit(timeout=min(self._timeout, 5.0))
        client.close()


_OF_THIS_LETTER: Final = frozenset({501, *range(550, 560)})
"""5yz about a mailbox or a letter; 500, 502 to 504 and 53z speak of commands and of who may send."""

_WHO_MAY_SEND: Final = "5.7."
"""How the words begin where a server does not relay for us or trust us (RFC 3463, X.7.Z): it would say so of every
letter, and none of them should be given up for that at once."""


def _verdict(broken: Exception) -> Verdict:
    """What came of it; the fault is made of codes and names of kinds, never of what a server wrote."""
    match broken:
        case SMTPAuthenticationError():
            return Later(f"login {broken.code}", Whose.OURS)
        case SMTPRecipientRefused() | SMTPDataError():
            of = "recipient" if isinstance(broken, SMTPRecipientRefused) else "letter"
            fault = f"{of} {broken.code}"
            if broken.code not in _OF_THIS_LETTER:
                return Later(fault, Whose.LETTERS)
            return Later(fault, Whose.OURS) if broken.message.startswith(_WHO_MAY_SEND) else Refused(fault)
        case SMTPResponseException():
            return Later(f"answer {broken.code}", Whose.OURS if 500 <= broken.code < 600 else Whose.SERVERS)
        case _ if isinstance(broken, ssl.SSLError) or isinstance(broken.__cause__, ssl.SSLError):
            return Later("TLS", Whose.OURS)
        case OSError():
            return Later(type(broken).__name__)
        case _:  # the library has no kind of its own for a server without STARTTLS or without logins
            return Later("not offered", Whose.OURS)

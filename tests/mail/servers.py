"""Real mail servers for the tests: aiosmtpd in this loop, told what to do with each letter, and some that talk."""

import asyncio
import shutil
import ssl
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PASSWORD = "planted-secret-password"
USER = "post@bot.example"


class Fault(StrEnum):
    """What happens to one try of a letter."""

    CUT_BEFORE = "the line is cut before the letter is taken"
    CUT_AFTER = "the line is cut after it is taken, before the answer"
    GREYLISTED = "451 at RCPT"
    BUSY = "421 at DATA"
    REFUSED = "550 at RCPT"
    REFUSED_LETTER = "554 at DATA"
    NO_RELAY = "554 5.7.1 at RCPT"
    NO_SENDER = "553 at MAIL"


@dataclass
class Mailserver:
    """Takes letters; `faults` are met by the next tries, one each, and then it takes what comes.

    Without slots, as aiosmtpd looks at every attribute, and the first releases of Python 3.11 leave one that cannot be
    read on a dataclass with slots.
    """

    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    met: Counter[Fault] = field(default_factory=Counter)
    logins: int = 0
    in_tls: list[bool] = field(default_factory=list)

    def arrived(self, to: str) -> list[EmailMessage]:
        return [letter for address, letter in self.letters if address == to]

    @property
    def ids(self) -> Counter[str]:
        """How often each Message-ID arrived."""
        return Counter(str(letter["Message-ID"]) for _, letter in self.letters)

    def _meets(self, *faults: Fault) -> Fault | None:
        if self.faults and self.faults[0] in faults:
            self.met[self.faults[0]] += 1
            return self.faults.pop(0)
        return None

    # --- what aiosmtpd asks ---

    async def handle_MAIL(self, _s: SMTP, _e: Session, envelope: Envelope, sender: str, options: list[str]) -> str:  # noqa: N802
        if self._meets(Fault.NO_SENDER):
            return "553 5.7.1 not allowed to send"
        envelope.mail_from = sender
        return "250 OK"

    async def handle_RCPT(self, _s: SMTP, _e: Session, envelope: Envelope, to: str, options: list[str]) -> str:  # noqa: N802
        match self._meets(Fault.REFUSED, Fault.GREYLISTED, Fault.NO_RELAY):
            case Fault.NO_RELAY:
                return "554 5.7.1 relay access denied"
            case Fault.REFUSED:
                return f"550 5.1.1 no {to} here"
            case Fault.GREYLISTED:
                return "451 4.7.1 come again"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        fault = self._meets(Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.BUSY, Fault.REFUSED_LETTER)
        if fault is Fault.BUSY:
            return "421 4.3.2 not now"
        if fault is Fault.REFUSED_LETTER:
            return "554 5.6.0 no such letters"
        if fault is not Fault.CUT_BEFORE:
            assert isinstance(envelope.content, bytes)
            letter = message_from_bytes(envelope.content, policy=policy.default)
            self.letters += [(to, letter) for to in envelope.rcpt_tos]
            self.in_tls.append(session.ssl is not None)
        if fault in (Fault.CUT_BEFORE, Fault.CUT_AFTER):
            assert server.transport is not None
            server.transport.abort()
        return "250 OK"

    def login(self, _s: SMTP, _e: Session, _v: Envelope, _m: str, login: Any) -> AuthResult:
        assert isinstance(login, LoginPassword)
        good = (login.login, login.password) == (USER.encode(), PASSWORD.encode())
        self.logins += good
        return AuthResult(success=good, handled=False)


@asynccontextmanager
async def serving(taking: Mailserver, *, tls: ssl.SSLContext | None = None, logins: bool = False) -> AsyncIterator[int]:
    """Listen on a free port of 127.0.0.1, with STARTTLS where there is a certificate; gives the port."""
    loop = asyncio.get_running_loop()

    def connected() -> SMTP:
        return SMTP(
            taking,
            loop=loop,
            hostname="mail.example",
            tls_context=tls,
            require_starttls=tls is not None,
            auth_required=logins,
            authenticator=taking.login,
        )

    server = await loop.create_server(connected, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def talking(talk: Talk) -> AsyncIterator[int]:
    """A server that says whatever `talk` says; gives the port."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.CancelledError):
            await talk(reader, writer)
        writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@dataclass(frozen=True, slots=True)
class Certificate:
    """Of a server on 127.0.0.1, and what trusts it."""

    servers: ssl.SSLContext
    clients: ssl.SSLContext
    file: Path


def certificate(folder: Path) -> Certificate:
    """A certificate that nobody else trusts, made now."""
    assert shutil.which("openssl"), "these tests make a certificate with openssl: apt-get install openssl"
    pem, key = folder / "localhost.pem", folder / "localhost.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", str(key), "-out", str(pem)],
        check=True, capture_output=True,
    )  # fmt: skip
    servers = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    servers.load_cert_chain(pem, key)
    return Certificate(servers, ssl.create_default_context(cafile=str(pem)), pem)

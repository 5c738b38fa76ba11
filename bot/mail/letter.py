"""A letter as a mail server takes it, put together from rendered words; the same row gives the same letter again."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from html import unescape
from typing import Final

from bot.words import Language

_TAG: Final = re.compile(r"</?[bi]>")
_LINK: Final = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_MAILBOX: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{{2,}}")
_LONGEST_ADDRESS: Final = 254
"""RFC 5321, 4.5.3.1.3, without the angle brackets."""
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""What a header would take for its end, or a reader for none of its words."""


class BadAddress(ValueError):
    """No letter can go there: it is no address of a mailbox."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says in its reader's language: a plain subject, and a body with no tags but <b> and <i>."""

    subject: str
    html: str
    language: Language


@dataclass(frozen=True, slots=True)
class Letter:
    """Ready for the transport: the envelope's two addresses, and the bytes between them."""

    sender: str
    to: str
    message: bytes


def compose(words: Words, sender: tuple[str, str], to: str, message_id: str, at: datetime) -> Letter:
    """Put it together. `sender` is a name and an address, `at` is aware. Raises BadAddress.

    Auto-Submitted (RFC 3834) keeps well-behaved machines from answering; there is nothing in it to load from elsewhere.
    """
    if len(to) > _LONGEST_ADDRESS or _MAILBOX.fullmatch(to) is None:
        raise BadAddress("no mailbox can be there")
    name, address = sender
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_one_line(name), addr_spec=address)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = _one_line(words.subject)
    message["Date"] = at
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_plain(words.html), cte="quoted-printable")
    message.add_alternative(_page(words), subtype="html", cte="quoted-printable")
    message["Content-Language"] = words.language.value  # last, or it would go into the first part alone
    message.set_boundary(f"=_{sha256(message_id.encode()).hexdigest()[:32]}")
    return Letter(address, to, message.as_bytes())


def _one_line(words: str) -> str:
    return _CONTROL.sub(" ", words).strip()


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))


def _page(words: Words) -> str:
    """The same words for those who read letters as pages; no style, no picture, nothing from anywhere."""
    paragraphs = "".join(f"<p>{_linked(one)}</p>\n" for one in words.html.split("\n\n") if one.strip())
    return f'<!DOCTYPE html>\n<html lang="{words.language.value}"><body>\n{paragraphs}</body></html>\n'


def _linked(html: str) -> str:
    lines = html.replace("\n", "<br>\n")
    return _LINK.sub(lambda link: f'<a href="{link[0]}">{link[0]}</a>', lines)

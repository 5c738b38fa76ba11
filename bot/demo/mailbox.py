"""Mailboxes of the demo's partners: letters as their mail program would show them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Final

_LINK: Final = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter that arrived. `at` is when (aware); `raw` is all of it."""

    to: str
    sender: str
    subject: str
    text: str
    html: str
    message_id: str
    at: datetime
    raw: bytes

    @property
    def link(self) -> str | None:
        """The first address of a page in it."""
        found = _LINK.search(self.text)
        return None if found is None else found[0]

    @property
    def pieces(self) -> Sequence[tuple[str, bool]]:
        """Its text in order, cut so that each address of a page stands alone: (words, whether they are one)."""
        parts: list[tuple[str, bool]] = []
        done = 0
        for found in _LINK.finditer(self.text):
            parts += [(self.text[done : found.start()], False), (found[0], True)]
            done = found.end()
        return [one for one in [*parts, (self.text[done:], False)] if one[0]]


class Mailboxes:
    """All mailboxes there are: whatever address a letter goes to has one."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self._listeners: list[Callable[[], None]] = []

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Have this called whenever a letter arrives."""
        self._listeners.append(listener)

    def receive(self, to: str, raw: bytes, at: datetime) -> Letter:
        """A letter arrives for `to` at that moment."""
        message = message_from_bytes(raw, policy=policy.default)
        letter = Letter(
            to,
            str(message["From"]),
            str(message["Subject"]),
            _part(message, "plain"),
            _part(message, "html"),
            str(message["Message-ID"]),
            at,
            raw,
        )
        self.letters.append(letter)
        for listener in self._listeners:
            listener()
        return letter


def _part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    return "" if found is None else str(found.get_content()).replace("\r\n", "\n")

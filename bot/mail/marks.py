"""The Message-ID of a letter: the same for every try of its row, and signed, so that a report of it can be believed."""

import hmac
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Self

KEY: Final = "letters"
"""The name of our own key for this (`bot.storage.own_keys`)."""

_MARK: Final = re.compile(r"<?letter\.([0-9]{1,18})\.([0-9a-f]{40})@[^\s<>@]+>?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a Message-ID says: which row of the outbox, and a signature that has yet to be compared."""

    row: int
    signature: str

    @classmethod
    def read(cls, message_id: str) -> Self | None:
        """The mark in a Message-ID, if it could be one of ours."""
        found = _MARK.fullmatch(message_id.strip())
        return None if found is None else cls(int(found[1]), found[2])

    def is_genuine(self, key: bytes, occasion: str) -> bool:
        """Whether we signed it for that occasion: after a restored backup the same number may stand for another."""
        return hmac.compare_digest(self.signature, _signature(key, self.row, occasion))


def message_id(key: bytes, row: int, occasion: str, sender: str) -> str:
    """The Message-ID of the letter in that row; `sender` is the address it comes from."""
    return f"<letter.{row}.{_signature(key, row, occasion)}@{sender.rpartition('@')[2]}>"


def _signature(key: bytes, row: int, occasion: str) -> str:
    return hmac.new(key, f"letter\n{row}\n{occasion}".encode(), sha256).hexdigest()[:40]

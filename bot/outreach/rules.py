"""What stands behind `/start`: the payload of a t.me link, which anybody can also type by hand."""

import re
from dataclasses import dataclass
from typing import Final

INVITE: Final = "i_"
"""What the payload of a staff invite begins with; the rest is its single-use token."""

_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""All that Telegram lets a deep link carry (core.telegram.org/bots/features#deep-linking)."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A /start without anything behind it."""


@dataclass(frozen=True, slots=True)
class Invite:
    """A staff invite with this token."""

    token: str


@dataclass(frozen=True, slots=True)
class Code:
    """Perhaps the code of a source, in the one case that codes are kept in."""

    code: str


@dataclass(frozen=True, slots=True)
class Strange:
    """Nothing that a link of ours could carry."""


Payload = Bare | Invite | Code | Strange


def read(payload: str) -> Payload:
    """What the text behind /start is; whether such an invite or source exists is for others to look up."""
    if not payload:
        return Bare()
    if not _PAYLOAD.fullmatch(payload):
        return Strange()
    if payload.startswith(INVITE) and payload != INVITE:
        return Invite(payload.removeprefix(INVITE))
    return Code(payload.lower())


@dataclass(frozen=True, slots=True)
class Source:
    """Where somebody first heard of us: a poster, a school, a friend. `municipality` is an ISO code, if it has one."""

    id: int
    code: str
    municipality: str | None

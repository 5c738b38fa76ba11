"""What stands in the codes at the door: a guest's own ticket, and the way in for whoever just came.

Both are t.me links, so any phone's camera reads them, and both are numbers signed with our own key, so that nobody
comes upon another one by counting. A ticket is one person's for one event, the same picture however often they ask for
it, and counts once. The walk-in link may hang on a wall, and works only while people arrive (`attendance.is_arriving`).
Pure.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Final

from bot.outreach.rules import AT_DOOR, TICKET

_SIGNED: Final = 18
"""Bytes of a signature that are kept: 144 bits."""

KEY: Final = "event doors"
"""The name of our own key that signs both (`bot.storage.own_keys`)."""

_NUMBER_SIGNED: Final = re.compile(r"([1-9][0-9]{0,14})_([A-Za-z0-9_-]{24})")


@dataclass(frozen=True, slots=True)
class Guest:
    """What a ticket stands for: an invitation, of one person to one event."""

    invitation: int
    event: int
    person: int


def ticket_payload(key: bytes, guest: Guest) -> str:
    """What stands behind /start where this guest's ticket is scanned; the same each time."""
    return f"{TICKET}{guest.invitation}_{_signature(key, _as_written(guest))}"


def invitation_of(signed: str) -> int | None:
    """The number of the invitation that a ticket names (`signed` is the payload without its beginning); None where it
    names none. Whether it is genuine only `is_ticket_of` says."""
    found = _NUMBER_SIGNED.fullmatch(signed)
    return None if found is None else int(found[1])


def is_ticket_of(key: bytes, signed: str, guest: Guest) -> bool:
    """Whether this is the ticket of that guest and no other: not even of whoever has their number one day."""
    return hmac.compare_digest(ticket_payload(key, guest).encode(), f"{TICKET}{signed}".encode())


def door_payload(key: bytes, event_id: int) -> str:
    """What stands behind /start on the walk-in code of this event; the same each time, for paper."""
    return f"{AT_DOOR}{event_id}_{_signature(key, f'door {event_id}')}"


def door_of(key: bytes, signed: str) -> int | None:
    """The event whose walk-in link this is (`signed` is the payload without its beginning); None if it is forged."""
    found = _NUMBER_SIGNED.fullmatch(signed)
    if found is None:
        return None
    event_id = int(found[1])
    return event_id if hmac.compare_digest(_signature(key, f"door {event_id}"), found[2]) else None


def _as_written(guest: Guest) -> str:
    return f"ticket {guest.invitation} {guest.event} {guest.person}"


def _signature(key: bytes, of: str) -> str:
    return urlsafe_b64encode(hmac.digest(key, of.encode(), "sha256")[:_SIGNED]).decode()

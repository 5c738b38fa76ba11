"""What mail servers report of our letters (RFC 3464, multipart/report): which one, and whether it is lost. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from enum import StrEnum
from typing import Final

from bot.mail.marks import Mark

LONGEST: Final = 200_000
"""Bytes that are read of a report: our letters are short, what is returned of them stands near its beginning, and parts
within parts take time that grows with their number and with the length."""

_MOST_PARTS: Final = 50


class Fate(StrEnum):
    """What became of the letter, as the report's Action says (RFC 3464, 2.3.3)."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    """Also relayed or expanded: nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report on one letter of ours; the mark has yet to be compared with the row."""

    mark: Mark
    fate: Fate


def read(raw: bytes) -> Report | None:
    """The report in a message that came to the address letters are from; None where it is none, or not of ours.

    Whatever the message holds, it raises nothing: anybody can write to that address.
    """
    try:
        return _report(message_from_bytes(raw[:LONGEST], policy=policy.compat32))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _report(message: Message) -> Report | None:
    if message.get_content_type() != "multipart/report":
        return None
    parts = list(_parts(message))
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    mark = next((mark for part in parts if (mark := _mark(part)) is not None), None)
    if status is None or mark is None:
        return None
    fates = [fate for fields in _payload(status) if (fate := _fate(fields)) is not None]
    return None if not fates else Report(mark, next(one for one in Fate if one in fates))


def _parts(message: Message) -> Iterator[Message]:
    """The parts of the report and, for the returned letter, what it is wrapped in."""
    for _, part in zip(range(_MOST_PARTS), message.walk(), strict=False):
        if part is not message:
            yield part


def _payload(part: Message) -> list[Message]:
    fields = part.get_payload()
    return [one for one in fields if isinstance(one, Message)] if isinstance(fields, list) else []


def _mark(part: Message) -> Mark | None:
    """Ours in the headers of the returned letter, or in its returned headers alone (RFC 3462, text/rfc822-headers)."""
    if part.get_content_type() == "text/rfc822-headers":
        text = part.get_payload(decode=True)
        part = message_from_bytes(text, policy=policy.compat32) if isinstance(text, bytes) else part
    return Mark.read(str(part.get("Message-ID", "")))


def _fate(fields: Message) -> Fate | None:
    match str(fields.get("Action", "")).strip().partition(" ")[0].lower():
        case "failed":
            return Fate.FAILED
        case "delayed":
            return Fate.DELAYED
        case "delivered" | "relayed" | "expanded":
            return Fate.DELIVERED
        case _:
            return None

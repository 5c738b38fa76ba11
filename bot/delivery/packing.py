"""How a message lies in the outbox: keys, facts and buttons as plain data, found again as they were."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.storage.columns import Written
from bot.turn import Button, Keyboard, Link, Mail, Message
from bot.words import Phrase, decode_facts, encode_facts


class State(StrEnum):
    """Where a row stands; all but the first two are ends."""

    WAITING = "waiting"
    IN_FLIGHT = "in_flight"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    REJECTED = "rejected"
    EXPIRED = "expired"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Key:
    """A button as the outbox keeps it: words still by key, and what it carries."""

    label: Phrase
    data: str | None
    url: str | None
    says: Phrase | None = None


class Packing:
    """Rows of messages. Those of a broadcast share their words and their buttons, which are packed once for all."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._facts: dict[int, Written] = {}
        self._keyboards: dict[int, Written] = {}

    def row(self, message: Message) -> dict[str, Any]:
        attached = message.attachment
        elsewhere = message.farewell or message.mail
        return {
            "person_id": None if elsewhere else message.to,
            "chat_id": message.farewell.chat if message.farewell else None,
            "language": elsewhere.language.value if elsewhere else None,
            "mail_to": message.mail.to if message.mail else None,
            "about_id": message.about,
            "key": message.phrase.key,
            "facts": _letter_facts(message.mail) if message.mail else self._facts_of(message.phrase),
            "keyboard": self._keyboard_of(message.keyboard),
            "priority": int(message.priority),
            "at_night": message.at_night,
            "edits": message.edits,
            "not_before": message.not_before or self._now,
            "expires_at": message.expires_at,
            "once": message.once,
            "batch": message.batch,
            "attachment_name": attached.name if attached else None,
            "attachment": attached.content if attached else None,
            "attachment_kind": attached.kind.value if attached else None,
            "location": [message.location.latitude, message.location.longitude] if message.location else None,
            "picture": [message.picture.file_id, message.picture.row] if message.picture else None,
            "deletes": list(message.deletes) or None,
            "state": State.WAITING.value,
            "attempts": 0,
            "created_at": self._now,
        }

    def _facts_of(self, said: Phrase) -> Written:
        if id(said) not in self._facts:
            self._facts[id(said)] = Written.of(encode_facts(said.facts))
        return self._facts[id(said)]

    def _keyboard_of(self, keyboard: Keyboard) -> Written:
        if id(keyboard) not in self._keyboards:
            self._keyboards[id(keyboard)] = Written.of([[_packed_key(key) for key in row] for row in keyboard])
        return self._keyboards[id(keyboard)]


SUBJECT: Final = "subject"
"""The fact that holds a letter's subject, beside those of its body."""


def _letter_facts(letter: Mail) -> dict[str, Any]:
    return encode_facts({**letter.body.facts, SUBJECT: letter.subject})


def _packed_key(key: Button | Link) -> dict[str, Any]:
    label = {"key": key.label.key, "facts": encode_facts(key.label.facts)}
    if isinstance(key, Button):
        return {**label, "data": key.action.pack()}
    says = {} if key.says is None else {"says": {"key": key.says.key, "facts": encode_facts(key.says.facts)}}
    return {**label, "url": key.url, **says}


def unpacked(keyboard: Iterable[Iterable[Any]]) -> tuple[tuple[Key, ...], ...]:
    return tuple(
        tuple(Key(_phrase(k), k.get("data"), k.get("url"), _phrase(k["says"]) if "says" in k else None) for k in row)
        for row in keyboard
    )


def _phrase(packed: Any) -> Phrase:
    return Phrase(packed["key"], decode_facts(packed["facts"]))

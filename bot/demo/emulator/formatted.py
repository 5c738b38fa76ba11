"""Formatted text: entities count in UTF-16 units, as the Bot API says (core.telegram.org/bots/api#messageentity)."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Entity:
    """One stretch of formatted text; offset and length in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    user_id: int | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length


def utf16_length(text: str) -> int:
    """How long Telegram says a text is: characters beyond the basic plane count twice."""
    if text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of `text` that an entity with this offset and length covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def to_html(text: str, entities: Sequence[Entity]) -> str:
    """The text as safe HTML with Telegram's own tags, for a page that shows the chat."""
    pieces: list[str] = []
    open_entities: list[Entity] = []
    waiting = sorted(entities, key=lambda entity: (entity.offset, -entity.length))
    position = 0
    for character in text:
        while open_entities and open_entities[-1].end <= position:
            pieces.append(_closing(open_entities.pop()))
        while waiting and waiting[0].offset <= position:
            entity = waiting.pop(0)
            pieces.append(_opening(entity, text))
            open_entities.append(entity)
        pieces.append(html.escape(character, quote=False))
        position += 2 if character > "\uffff" else 1
    pieces.extend(_closing(entity) for entity in reversed(open_entities))
    return "".join(pieces)


_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def _opening(entity: Entity, text: str) -> str:
    covered = utf16_slice(text, entity.offset, entity.length)
    match entity.type:
        case "text_link":
            return _link(entity.url or "")
        case "text_mention":
            return _link(f"tg://user?id={entity.user_id}")
        case "url":
            return _link(covered if "://" in covered else f"http://{covered}")
        case "email":
            return _link(f"mailto:{covered}")
        case "phone_number":
            return _link("tel:" + covered.replace(" ", ""))
        case kind:
            return f"<{_TAGS[kind]}>" if kind in _TAGS else ""


def _closing(entity: Entity) -> str:
    if entity.type in {"text_link", "text_mention", "url", "email", "phone_number"}:
        return "</a>"
    return f"</{_TAGS[entity.type]}>" if entity.type in _TAGS else ""


def _link(address: str) -> str:
    return f'<a href="{html.escape(address)}">'


def entity_json(entity: Entity) -> dict[str, Any]:
    """The entity as the Bot API writes it."""
    body: dict[str, Any] = {"type": entity.type, "offset": entity.offset, "length": entity.length}
    if entity.url is not None:
        body["url"] = entity.url
    if entity.language:
        body["language"] = entity.language
    if entity.custom_emoji_id is not None:
        body["custom_emoji_id"] = entity.custom_emoji_id
    if entity.user_id is not None:
        body["user"] = {"id": entity.user_id, "is_bot": False, "first_name": ""}
    return body

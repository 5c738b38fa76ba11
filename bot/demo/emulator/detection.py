"""The entities Telegram finds by itself in a plain text: commands, addresses, mentions."""

import re

from bot.demo.emulator.formatted import Entity, utf16_length

_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])"
    r"|(?P<email>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"
    r"|(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?\b)"
    r"|(?P<mention>(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}\b)"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
    r"|(?P<phone_number>(?<![\w+])\+\d[\d ]{7,14}\d\b)"
)
_HINT = re.compile(r"[/@#+]")


def detected(text: str, taken: tuple[Entity, ...] = ()) -> tuple[Entity, ...]:
    """`taken` and, where they leave room, what Telegram would add."""
    if not _HINT.search(text):
        return taken
    added: list[Entity] = []
    for found in _FOUND.finditer(text):
        kind = found.lastgroup
        if kind is None:
            continue
        offset = utf16_length(text[: found.start()])
        entity = Entity(kind, offset, utf16_length(found.group()))
        if not any(_excludes(other, entity) for other in taken):
            added.append(entity)
    if not added:
        return taken
    return tuple(sorted((*taken, *added), key=lambda entity: (entity.offset, -entity.length)))


def _excludes(other: Entity, entity: Entity) -> bool:
    overlaps = other.offset < entity.end and entity.offset < other.end
    encloses = other.offset <= entity.offset and entity.end <= other.end
    return overlaps and (other.type in {"code", "pre", "text_link", "text_mention"} or not encloses)

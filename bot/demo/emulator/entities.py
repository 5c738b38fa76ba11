"""HTML parse mode as Telegram reads it (core.telegram.org/bots/api#html-style), with its words and byte offsets."""

import re
from dataclasses import dataclass, replace

from bot.demo.emulator.formatted import Entity, utf16_length
from bot.demo.emulator.model import Json
from bot.demo.emulator.refusals import ProblemKind, Refused, bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPECIAL = re.compile(r"[<&]")
_SPACES = " \t\r\n\0\v"


class _Unparsable(Exception):
    """The reason, in Telegram's words, without the prefix."""


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    begins_at: int


def parse(text: str, parse_mode: str | None, given: list[Json] | None = None) -> tuple[str, tuple[Entity, ...]]:
    """The plain text and its entities; raises `Refused` with "can't parse entities: ..." where Telegram does."""
    if not parse_mode:
        return _trimmed(text, [_given(entity) for entity in given or ()])
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode", ProblemKind.ENTITIES)
    try:
        plain, found = _Parser(text).run()
    except _Unparsable as reason:
        raise Refused(400, f"Bad Request: can't parse entities: {reason}", problem=ProblemKind.ENTITIES) from None
    return _trimmed(plain, found)


def check_text(text: str, *, limit: int = TEXT_LIMIT, too_long: str = "message is too long") -> None:
    """Refuses an empty or too long text; the length is counted after parsing, in UTF-16 units."""
    if not text:
        raise bad_request("text must be non-empty", ProblemKind.TEXT)
    if utf16_length(text) > limit:
        raise bad_request(too_long, ProblemKind.TEXT)


class _Parser:
    """One pass over the text, as tdlib's MessageEntity.cpp makes it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.plain: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            special = _SPECIAL.search(self.source, self.at)
            if special is None:
                self._add(self.source[self.at :])
                break
            self._add(self.source[self.at : special.start()])
            self.at = special.start()
            if self.source[self.at] == "&":
                self._add(self._reference() or self._one())
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise _Unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.plain), self.entities

    def _add(self, text: str) -> None:
        if text:
            self.plain.append(text)
            self.offset += utf16_length(text)

    def _one(self) -> str:
        self.at += 1
        return self.source[self.at - 1]

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _bytes_before(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _reference(self) -> str | None:
        """Reads `&lt;`, `&#60;`, `&#x3c;`; leaves anything else as it stands."""
        found = re.compile(r"&(?:#(\d+|x[0-9a-fA-F]+)|([a-zA-Z]+));?").match(self.source, self.at)
        if found is None:
            return None
        number, name = found.groups()
        if name is not None:
            character = _NAMED.get(name)
        else:
            code = int(number[1:], 16) if number.startswith("x") else int(number)
            valid = 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF
            character = chr(code) if valid else None
        if character is not None:
            self.at = found.end()
        return character

    def _skip(self, pattern: str) -> str:
        found = re.compile(pattern).match(self.source, self.at)
        text = found.group() if found else ""
        self.at += len(text)
        return text

    def _start_tag(self) -> None:
        begin = self._bytes_before(self.at)
        self.at += 1
        tag = self._skip(r"[^\s>]*").lower()
        if not self._peek():
            raise _Unparsable(f"Unclosed start tag at byte offset {begin}")
        if tag not in _KINDS:
            raise _Unparsable(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = ""
        while self._peek() != ">":
            self._skip(r"\s*")
            if self._peek() == ">":
                break
            argument = self._attribute(tag, begin) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise _Unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        if tag == "tg-emoji" and not argument.isdigit():
            raise _Unparsable(f"Invalid custom emoji identifier specified at byte offset {begin}")
        self.open.append(_Open(tag, argument, self.offset, len(self.plain)))

    def _attribute(self, tag: str, begin: int) -> str:
        name = self._skip(r"[^\s=>/\"']*")
        if not name:
            raise _Unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._skip(r"\s*")
        if self._peek() != "=":
            if not self._peek():
                raise _Unparsable(f'Unclosed start tag "{tag}" at byte offset {begin}')
            return "expandable" if (tag, name) == ("blockquote", "expandable") else ""
        self.at += 1
        self._skip(r"\s*")
        if not self._peek():
            raise _Unparsable(f'Unclosed start tag "{tag}" at byte offset {begin}')
        value = self._attribute_value()
        if not self._peek():
            raise _Unparsable(f"Unclosed start tag at byte offset {begin}")
        return _argument(tag, name, value)

    def _attribute_value(self) -> str:
        quote = self._peek()
        if quote not in "'\"":
            token_begin = self._bytes_before(self.at)
            token = self._skip(r"[A-Za-z0-9.-]*").lower()
            if self._peek() != ">" and not self._peek().isspace():
                raise _Unparsable(f"Unexpected end of name token at byte offset {token_begin}")
            return token
        self.at += 1
        value: list[str] = []
        while self._peek() not in {quote, ""}:
            value.append((self._reference() if self._peek() == "&" else None) or self._one())
        self.at += 1 if self._peek() else 0
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self._bytes_before(self.at)
        if not self.open:
            raise _Unparsable(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        tag = self._skip(r"[^\s>]*")
        self._skip(r"\s*")
        if self._peek() != ">":
            raise _Unparsable(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        opened = self.open.pop()
        if tag and tag != opened.tag:
            raise _Unparsable(f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{tag}>"')
        if self.offset > opened.offset:
            entity = self._entity(opened)
            if entity is not None:
                self.entities.append(entity)

    def _entity(self, opened: _Open) -> Entity | None:
        entity = Entity(_KINDS[opened.tag], opened.offset, self.offset - opened.offset)
        match opened.tag:
            case "a":
                return _linked(entity, opened.argument or "".join(self.plain[opened.begins_at :]))
            case "tg-emoji":
                return replace(entity, custom_emoji_id=opened.argument)
            case "blockquote" if opened.argument:
                return replace(entity, type="expandable_blockquote")
            case "code":
                return replace(entity, language=opened.argument or None)
            case "pre":
                return self._pre(entity)
            case _:
                return entity

    def _pre(self, entity: Entity) -> Entity:
        """`<pre><code class="language-x">` is one entity that knows its language."""
        inner = self.entities[-1] if self.entities else None
        if inner and inner.type == "code" and (inner.offset, inner.length) == (entity.offset, entity.length):
            self.entities.pop()
            return replace(entity, language=inner.language)
        return entity


def _argument(tag: str, name: str, value: str) -> str:
    match tag, name:
        case "a", "href":
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "tg-emoji", "emoji-id":
            return value
        case "blockquote", "expandable":
            return "expandable"
        case _:
            return ""


def _linked(entity: Entity, address: str) -> Entity | None:
    mention = re.fullmatch(r"tg://(?:user\?id=|openmessage\?user_id=)(\d+)", address)
    if mention:
        return replace(entity, type="text_mention", user_id=int(mention.group(1)))
    checked = checked_url(address)
    return replace(entity, url=checked) if checked else None


def checked_url(address: str) -> str | None:
    """The address as Telegram keeps it, or None where it sees no web or tg: address."""
    stripped = address.strip()
    if re.match(r"(tg|ton|tonsite)://", stripped, re.IGNORECASE):
        return stripped
    found = re.fullmatch(r"(?:(https?)://)?([^\s/?#@:]+\.[^\s/?#@:.]{2,}|localhost|[\d.]+)(:\d+)?([/?#]\S*)?", stripped)
    if found is None:
        return None
    scheme, host, port, rest = found.groups()
    return f"{scheme or 'http'}://{host}{port or ''}{rest or '/'}"


def _given(entity: Json) -> Entity:
    user = entity.get("user") or {}
    return Entity(
        type=entity["type"],
        offset=entity["offset"],
        length=entity["length"],
        url=entity.get("url"),
        language=entity.get("language"),
        custom_emoji_id=entity.get("custom_emoji_id"),
        user_id=user.get("id"),
    )


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, tuple[Entity, ...]]:
    """Telegram drops blank ends, shifts what stood behind them, and lets nothing live inside code."""
    text = text.replace("\r", "")
    lead = len(text) - len(text.lstrip(_SPACES))
    text = text.strip(_SPACES)
    if not entities:
        return text, ()
    end = utf16_length(text)
    kept: list[Entity] = []
    for entity in entities:
        start, stop = max(entity.offset - lead, 0), min(entity.end - lead, end)
        if stop > start:
            kept.append(replace(entity, offset=start, length=stop - start))
    kept.sort(key=lambda entity: (entity.offset, -entity.length))
    solid = [entity for entity in kept if entity.type in {"code", "pre"}]
    return text, tuple(entity for entity in kept if not any(_inside(entity, other) for other in solid))


def _inside(entity: Entity, other: Entity) -> bool:
    return entity is not other and other.offset <= entity.offset and entity.end <= other.end

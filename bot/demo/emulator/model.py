"""What Telegram knows: people, chats, messages, files. Frozen; a change is a new value."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from bot.demo.emulator.formatted import Entity, to_html

Json = dict[str, Any]


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class FileKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    STICKER = "sticker"


@dataclass(frozen=True, slots=True)
class User:
    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Chat:
    """A private chat has the id of its person; groups have negative ids."""

    id: int
    kind: ChatKind
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """One button; under a message (`data`, `url`, `copy_text`) or instead of the keyboard (`asks_for`)."""

    text: str
    data: str | None = None
    url: str | None = None
    copy_text: str | None = None
    asks_for: Literal["contact", "location"] | None = None
    raw: Json = field(default_factory=dict, compare=False, repr=False)


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """One file of a multipart request."""

    name: str
    content: bytes = field(repr=False)
    mime_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class File:
    """A file that Telegram keeps; `path` is the last part of its download address, sizes in bytes."""

    id: str
    unique_id: str
    kind: FileKind
    name: str
    mime_type: str
    path: str
    content: bytes = field(repr=False)

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Location:
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Contact:
    phone_number: str
    first_name: str
    user_id: int | None


@dataclass(frozen=True, slots=True)
class Message:
    """One message as its readers see it now; `text` is plain and also holds a caption, times are UTC."""

    id: int
    chat_id: int
    sender: Literal["bot", "person"]
    author: User
    sent_at: datetime
    text: str = ""
    entities: tuple[Entity, ...] = ()
    keyboard: Keyboard = ()
    reply_keyboard: Keyboard = ()
    removes_keyboard: bool = False
    attachment: File | None = None
    location: Location | None = None
    contact: Contact | None = None
    forwarded_from: User | None = None
    replied_to: int | None = None
    edited_at: datetime | None = None
    deleted: bool = False
    reaction: str | None = None
    service: Json = field(default_factory=dict)

    @property
    def html(self) -> str:
        """The text as safe HTML, with the tags that Telegram's HTML mode knows."""
        return to_html(self.text, self.entities)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button under the message, row by row."""
        return tuple(button for row in self.keyboard for button in row)


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button that waits for answerCallbackQuery."""

    id: str
    person_id: int
    chat_id: int
    message_id: int
    data: str
    pressed_at: datetime


@dataclass(frozen=True, slots=True)
class Toast:
    """What an answer to a press showed the person."""

    press_id: str
    text: str
    alert: bool
    shown_at: datetime


@dataclass(slots=True, eq=False)
class Update:
    """Something the bot has not confirmed yet; `chat_id` keeps a person's updates in order."""

    id: int
    body: Any
    chat_id: int
    expires_at: datetime
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One text the bot sent or edited in, for scans of everything ever said."""

    chat_id: int
    text: str
    method: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A person's message or press after which the bot did nothing in that chat."""

    chat_id: int
    what: Literal["message", "edit", "press"]
    message_id: int
    at: datetime

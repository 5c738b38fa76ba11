"""The two things that change: a room (one chat and its messages) and a person (one account and its presses)."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.demo.emulator.model import Chat, ChatKind, Keyboard, Message, Press, Toast, Unanswered, User
from bot.demo.emulator.refusals import Refused, bad_request, forbidden, migrated

DELETABLE_FOR = timedelta(hours=48)


@dataclass(slots=True)
class Person:
    """One account as the bot may meet it."""

    user: User
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    presses: dict[str, Press] = field(default_factory=dict)
    toasts: deque[Toast] = field(default_factory=lambda: deque(maxlen=1000))


@dataclass(slots=True)
class Room:
    """One chat; `kept` newest messages stay, None for all. `person` is set in a private chat."""

    chat: Chat
    next_id: Callable[[], int]
    person: Person | None = None
    members: set[int] = field(default_factory=set)
    bot_is_member: bool = True
    bot_sees_everything: bool = True
    moved_to: int | None = None
    kept: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    unanswered: deque[Unanswered] = field(default_factory=lambda: deque(maxlen=1000))

    def add(self, message: Message) -> Message:
        self.messages[message.id] = message
        if self.kept is not None and len(self.messages) > self.kept:
            del self.messages[next(iter(self.messages))]
        return message

    def find(self, message_id: int) -> Message | None:
        """The message, unless it was deleted."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message

    def change(self, message: Message, **changes: Any) -> Message:
        changed = self.messages[message.id] = replace(message, **changes)
        return changed

    def delete(self, message: Message, now: datetime) -> None:
        """For everyone; raises `Refused` when older than 48 hours."""
        self.delete_all([message], now)

    def delete_all(self, messages: Sequence[Message], now: datetime) -> None:
        """The same for several: one that is too old refuses them all."""
        if any(now - message.sent_at > DELETABLE_FOR for message in messages):
            raise bad_request("message can't be deleted for everyone")
        for message in messages:
            self.change(message, deleted=True, keyboard=(), attachment=None)

    @property
    def seen(self) -> tuple[Message, ...]:
        return tuple(message for message in self.messages.values() if not message.deleted)

    @property
    def reply_keyboard(self) -> Keyboard:
        """The buttons in place of the phone's own keyboard, by the newest message that says so."""
        for message in reversed(self.messages.values()):
            if message.removes_keyboard:
                return ()
            if message.reply_keyboard and not message.deleted:
                return message.reply_keyboard
        return ()

    def refusal(self) -> Refused | None:
        """Why the bot may not write here, in Telegram's words; None where it may."""
        if self.moved_to is not None:
            return migrated(self.moved_to)
        if self.person is None:
            kind = "supergroup" if self.chat.kind is ChatKind.SUPERGROUP else "group"
            return None if self.bot_is_member else forbidden(f"bot is not a member of the {kind} chat")
        if self.person.deactivated:
            return forbidden("user is deactivated")
        if not self.person.started:
            return forbidden("bot can't initiate conversation with a user")
        return forbidden("bot was blocked by the user") if self.person.blocked else None

"""A person's side: what they send and press, and what they see. Everything only touches the model."""

from typing import TYPE_CHECKING, Any, Literal

from bot.demo.emulator.chats import Person, Room
from bot.demo.emulator.detection import detected
from bot.demo.emulator.model import (
    Button,
    Contact,
    FileKind,
    Keyboard,
    Location,
    Message,
    Press,
    Toast,
    Unanswered,
    User,
)
from bot.demo.emulator.wire import membership_json, message_json, press_json, seconds, user_json

if TYPE_CHECKING:
    from bot.demo.emulator.telegram import Telegram

PHONE_TEXT_LIMIT = 4096
SPINNERS_KEPT = 1000


class BlockedByPerson(Exception):
    """This person has blocked the bot or is gone, so their own client would not send."""


class Phone:
    """One person's Telegram. Verbs speak in the private chat with the bot unless told another `chat`."""

    def __init__(self, telegram: "Telegram", person: Person, room: Room) -> None:
        self._telegram = telegram
        self._person = person
        self._room = room

    @property
    def id(self) -> int:
        return self._person.user.id

    @property
    def user(self) -> User:
        return self._person.user

    # What the person sees

    @property
    def messages(self) -> tuple[Message, ...]:
        """The private chat as it looks now, oldest first."""
        return self._room.seen

    @property
    def history(self) -> tuple[Message, ...]:
        """The private chat with what was deleted from it."""
        return tuple(self._room.messages.values())

    @property
    def spinners(self) -> tuple[Press, ...]:
        """Presses that the bot has not answered yet."""
        return tuple(self._person.presses.values())

    @property
    def toasts(self) -> tuple[Toast, ...]:
        """Answers to presses that had a text."""
        return tuple(self._person.toasts)

    @property
    def reply_keyboard(self) -> Keyboard:
        """The buttons in place of the phone's own keyboard."""
        return self._room.reply_keyboard

    @property
    def has_blocked(self) -> bool:
        return self._person.blocked

    # What the person does

    async def send(self, text: str, *, reply_to: int | None = None, chat: int | None = None) -> Message:
        """Send a text; a client sends at most 4096 characters and never an empty one."""
        if not text.strip() or len(text) > PHONE_TEXT_LIMIT:
            raise ValueError("a client sends 1 to 4096 characters")
        message = self._message(chat, text=text, entities=detected(text), replied_to=reply_to)
        return self._sent(message)

    async def send_sticker(self, emoji: str = "👍", *, chat: int | None = None) -> Message:
        return self._sent(self._with_file(FileKind.STICKER, emoji, b"RIFF0000WEBP", "image/webp", "", chat))

    async def send_voice(self, content: bytes = b"OggS voice", *, chat: int | None = None) -> Message:
        return self._sent(self._with_file(FileKind.VOICE, "voice.oga", content, "audio/ogg", "", chat))

    async def send_photo(
        self, content: bytes = b"\xff\xd8\xff photo", caption: str = "", *, chat: int | None = None
    ) -> Message:
        return self._sent(self._with_file(FileKind.PHOTO, "photo.jpg", content, "image/jpeg", caption, chat))

    async def send_document(
        self,
        name: str,
        content: bytes,
        caption: str = "",
        *,
        mime_type: str = "application/octet-stream",
        chat: int | None = None,
    ) -> Message:
        """Send a file; name and type are the client's word and may lie."""
        return self._sent(self._with_file(FileKind.DOCUMENT, name, content, mime_type, caption, chat))

    async def send_location(self, latitude: float, longitude: float, *, chat: int | None = None) -> Message:
        return self._sent(self._message(chat, location=Location(latitude, longitude)))

    async def share_contact(
        self, of: "Phone | None" = None, *, number: str = "+37120000000", chat: int | None = None
    ) -> Message:
        """Share one's own contact card, or that of another person."""
        user = (of or self).user
        return self._sent(self._message(chat, contact=Contact(number, user.first_name, user.id)))

    async def forward(self, message: Message, *, chat: int | None = None) -> Message:
        """Forward a message this person can see anywhere."""
        copied = self._message(
            chat,
            text=message.text,
            entities=message.entities,
            attachment=message.attachment,
            forwarded_from=message.forwarded_from or message.author,
        )
        return self._sent(copied)

    async def edit(self, message_id: int, text: str) -> Message:
        """Change one's own message; raises LookupError for any other."""
        message = self._room.find(message_id)
        if message is None or message.author.id != self.id:
            raise LookupError(f"no message {message_id} of this person")
        now = self._telegram.clock.now()
        edited = self._room.change(message, text=text, entities=detected(text), edited_at=now)
        self._expects("edit", message_id, self._room)
        self._telegram.happened("edited_message", message_json(edited, self._room), self._room)
        return edited

    async def react(self, message_id: int, emoji: str) -> None:
        """Put an emoji on a message; the bot hears of it only when it asked for reactions."""
        message = self._room.find(message_id)
        if message is None:
            raise LookupError(f"no message {message_id}")
        self._room.change(message, reaction=emoji)
        body = {
            "chat": message_json(message, self._room)["chat"],
            "message_id": message_id,
            "user": user_json(self.user),
            "date": seconds(self._telegram.clock.now()),
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": emoji}],
        }
        self._telegram.happened("message_reaction", body, self._room)

    async def press(self, message_id: int, data: str, *, chat: int | None = None) -> str:
        """Press a button; LookupError where that message has no such button now. Returns the id of the press."""
        room = self._room_of(chat)
        message = room.find(message_id)
        if message is None or all(button.data != data for button in message.buttons):
            raise LookupError(f"message {message_id} has no button with {data!r}")
        return self._pressed(room, message_id, data)

    async def tap(self, label: str, occurrence: int = -1) -> str | Message:
        """Press a visible button whose text contains `label`: the newest, or the one at `occurrence`.

        A button in place of the keyboard sends its text, contact or location instead. LookupError lists what is there.
        """
        found = [
            (message, button)
            for message in self.messages
            for button in message.buttons
            if button.data is not None and label in button.text
        ]
        if found and -len(found) <= occurrence < len(found):
            message, button = found[occurrence]
            return self._pressed(self._room, message.id, button.data or "")
        for button in (button for row in self.reply_keyboard for button in row):
            if label in button.text:
                return await self._press_key(button)
        seen = [button.text for message in self.messages for button in message.buttons]
        raise LookupError(f"no button {label!r}; there are {seen}")

    async def forge_press(self, data: str, message_id: int | None = None, *, chat: int | None = None) -> str:
        """What a dishonest client may send: any data, on any message."""
        room = self._room_of(chat)
        if message_id is None:
            message_id = next((message.id for message in reversed(room.seen) if message.sender == "bot"), 1)
        return self._pressed(room, message_id, data)

    async def block(self) -> None:
        """Stop the bot: sends to this person are 403 from now on."""
        if not self._person.blocked:
            self._person.blocked = True
            self._membership_changed("member", "kicked")

    async def unblock(self) -> None:
        if self._person.blocked:
            self._person.blocked = False
            self._membership_changed("kicked", "member")

    async def deactivate(self) -> None:
        """The account is deleted; Telegram tells the bot nothing, the next send is 403."""
        self._person.deactivated = True
        self._telegram.changed(self._room.chat.id)

    async def delete(self, message_id: int) -> None:
        """Delete a message for both sides; the bot is not told."""
        message = self._room.find(message_id)
        if message is None:
            raise LookupError(f"no message {message_id}")
        self._room.change(message, deleted=True, keyboard=(), attachment=None)
        self._telegram.changed(self._room.chat.id)

    # How it reaches the bot

    def _room_of(self, chat: int | None) -> Room:
        if self._person.deactivated or (chat is None and self._person.blocked):
            raise BlockedByPerson(f"person {self.id} has no open chat with the bot")
        room = self._room if chat is None else self._telegram.rooms.get(chat)
        if room is None or self.id not in room.members:
            raise LookupError(f"person {self.id} is not in chat {chat}")
        return room

    def _message(self, chat: int | None, **content: Any) -> Message:
        room = self._room_of(chat)
        now = self._telegram.clock.now()
        return Message(room.next_id(), room.chat.id, "person", self.user, now, **content)

    def _with_file(
        self, kind: FileKind, name: str, content: bytes, mime_type: str, caption: str, chat: int | None
    ) -> Message:
        file = self._telegram.files.add(kind, name, content, mime_type)
        return self._message(chat, text=caption, entities=detected(caption), attachment=file)

    def _sent(self, message: Message) -> Message:
        room = self._telegram.rooms[message.chat_id]
        room.add(message)
        if room.person is not None:
            self._person.started = True
        if self._reaches_the_bot(message, room):
            self._expects("message", message.id, room)
            self._telegram.happened("message", message_json(message, room), room)
        else:
            self._telegram.changed(room.chat.id)
        return message

    def _reaches_the_bot(self, message: Message, room: Room) -> bool:
        """Privacy mode of groups: core.telegram.org/bots/features#privacy-mode."""
        if room.bot_sees_everything or message.text.startswith("/"):
            return True
        replied = room.messages.get(message.replied_to or 0)
        mentioned = f"@{self._telegram.bot.username}" in message.text
        return mentioned or (replied is not None and replied.sender == "bot")

    def _pressed(self, room: Room, message_id: int, data: str) -> str:
        press_id = self._telegram.presses.new_id()
        press = Press(press_id, self.id, room.chat.id, message_id, data, self._telegram.clock.now())
        self._person.presses[press_id] = press
        if len(self._person.presses) > SPINNERS_KEPT:
            del self._person.presses[next(iter(self._person.presses))]
        self._expects("press", message_id, room)
        self._telegram.pressed(press, press_json(press, self.user, room), room)
        return press_id

    async def _press_key(self, button: Button) -> Message:
        match button.asks_for:
            case "contact":
                return await self.share_contact()
            case "location":
                return await self.send_location(57.31, 25.27)
            case None:
                return await self.send(button.text)

    def _expects(self, what: Literal["message", "edit", "press"], message_id: int, room: Room) -> None:
        room.unanswered.append(Unanswered(room.chat.id, what, message_id, self._telegram.clock.now()))

    def _membership_changed(self, was: str, becomes: str) -> None:
        now = self._telegram.clock.now()
        body = membership_json(self._room, self.user, self._telegram.bot, now, was, becomes)
        self._telegram.happened("my_chat_member", body, self._room)

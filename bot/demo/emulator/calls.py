"""One checked call on its way through a method, and what several methods ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.demo.emulator import keyboards
from bot.demo.emulator.chats import Room
from bot.demo.emulator.detection import detected
from bot.demo.emulator.entities import CAPTION_LIMIT, TEXT_LIMIT, check_text, parse
from bot.demo.emulator.formatted import Entity
from bot.demo.emulator.model import Json, Keyboard, Message, UploadedFile
from bot.demo.emulator.refusals import bad_request
from bot.demo.emulator.wire import message_json

if TYPE_CHECKING:
    from bot.demo.emulator.telegram import Telegram


@dataclass(frozen=True, slots=True)
class Call:
    """`params` have passed the schema."""

    telegram: "Telegram"
    method: str
    params: Json
    files: Mapping[str, UploadedFile]

    def room(self, *, writing: bool = True) -> Room:
        return self.telegram.room_for(self.params.get("chat_id", ""), writing=writing)

    def text(self, too_long: str = "message is too long") -> tuple[str, tuple[Entity, ...]]:
        """The message's text and entities, checked and counted after parsing."""
        raw = self.params.get("text", "")
        if not raw:
            raise bad_request("message text is empty")
        text, entities = parse(raw, self.params.get("parse_mode"), self.params.get("entities"))
        check_text(text, limit=TEXT_LIMIT, too_long=too_long)
        return text, detected(text, entities)

    def caption(self) -> tuple[str, tuple[Entity, ...]]:
        raw = self.params.get("caption", "")
        if not raw:
            return "", ()
        text, entities = parse(raw, self.params.get("parse_mode"), self.params.get("caption_entities"))
        if text:
            check_text(text, limit=CAPTION_LIMIT, too_long="message caption is too long")
        return text, detected(text, entities)

    def keyboard(self) -> Keyboard:
        return keyboards.inline(self.params.get("reply_markup"))

    def message_in(self, room: Room, purpose: str, name: str = "message_id") -> Message:
        """The message the call names; raises `Refused` "message to ... not found"."""
        message = room.find(self.params.get(name, 0))
        if message is None:
            raise bad_request(f"message to {purpose} not found")
        return message

    def post(self, room: Room, **content: Any) -> Json:
        """A new message of the bot in this chat, within the limits; returns it as the Bot API writes it."""
        telegram = self.telegram
        markup = self.params.get("reply_markup")
        content["keyboard"] = self.keyboard()
        content["reply_keyboard"] = keyboards.below_the_text(markup)
        content["removes_keyboard"] = bool(markup and markup.get("remove_keyboard"))
        content["replied_to"] = self._replied_to(room)
        telegram.admit(room.chat.id)
        now = telegram.clock.now()
        message = room.add(Message(room.next_id(), room.chat.id, "bot", telegram.bot, now, **content))
        telegram.acted_in(room, self.method, message.text)
        return message_json(message, room)

    def _replied_to(self, room: Room) -> int | None:
        asked = self.params.get("reply_parameters")
        if asked is None:
            return None
        message_id = asked.get("message_id")
        if message_id is not None and room.find(message_id) is not None:
            return int(message_id)
        if asked.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")

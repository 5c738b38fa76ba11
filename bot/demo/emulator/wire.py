"""How the Bot API writes what the model holds (core.telegram.org/bots/api#available-types)."""

from datetime import datetime

from bot.demo.emulator.chats import Room
from bot.demo.emulator.formatted import entity_json
from bot.demo.emulator.model import Button, File, FileKind, Json, Keyboard, Message, Press, User


def user_json(user: User) -> Json:
    body: Json = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    if user.last_name is not None:
        body["last_name"] = user.last_name
    if user.username is not None:
        body["username"] = user.username
    if user.language_code is not None:
        body["language_code"] = user.language_code
    return body


def chat_json(room: Room) -> Json:
    body: Json = {"id": room.chat.id, "type": room.chat.kind.value}
    if room.person is None:
        return {**body, "title": room.chat.title or ""}
    user = room.person.user
    body["first_name"] = user.first_name
    if user.last_name is not None:
        body["last_name"] = user.last_name
    if user.username is not None:
        body["username"] = user.username
    return body


def seconds(moment: datetime) -> int:
    """Unix time, as every date of the Bot API."""
    return int(moment.timestamp())


def message_json(message: Message, room: Room, *, with_reply: bool = True) -> Json:
    body: Json = {
        "message_id": message.id,
        "from": user_json(message.author),
        "chat": chat_json(room),
        "date": seconds(message.sent_at),
    }
    if message.edited_at is not None:
        body["edit_date"] = seconds(message.edited_at)
    if message.forwarded_from is not None:
        origin = {"type": "user", "sender_user": user_json(message.forwarded_from), "date": seconds(message.sent_at)}
        body["forward_origin"] = origin
    if message.replied_to is not None and with_reply:
        replied = room.messages.get(message.replied_to)
        if replied is not None:
            body["reply_to_message"] = message_json(replied, room, with_reply=False)
    _add_content(body, message)
    if message.keyboard:
        body["reply_markup"] = {"inline_keyboard": keyboard_json(message.keyboard)}
    body.update(message.service)
    return body


def _add_content(body: Json, message: Message) -> None:
    if message.attachment is not None:
        body[message.attachment.kind.value] = attachment_json(message.attachment)
    if message.text:
        text, entities = ("caption", "caption_entities") if message.attachment is not None else ("text", "entities")
        body[text] = message.text
        if message.entities:
            body[entities] = [entity_json(entity) for entity in message.entities]
    if message.location is not None:
        body["location"] = {"latitude": message.location.latitude, "longitude": message.location.longitude}
    if message.contact is not None:
        contact: Json = {"phone_number": message.contact.phone_number, "first_name": message.contact.first_name}
        if message.contact.user_id is not None:
            contact["user_id"] = message.contact.user_id
        body["contact"] = contact


def attachment_json(file: File) -> Json | list[Json]:
    body: Json = {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}
    match file.kind:
        case FileKind.PHOTO:
            return [{**body, "width": 640, "height": 480}]
        case FileKind.DOCUMENT:
            return {**body, "file_name": file.name, "mime_type": file.mime_type}
        case FileKind.VOICE:
            return {**body, "duration": 3, "mime_type": file.mime_type}
        case FileKind.STICKER:
            looks = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return {**body, **looks, "emoji": file.name}


def keyboard_json(keyboard: Keyboard) -> list[list[Json]]:
    return [[_button_json(button) for button in row] for row in keyboard]


def _button_json(button: Button) -> Json:
    if button.raw:
        return button.raw
    body: Json = {"text": button.text}
    if button.data is not None:
        body["callback_data"] = button.data
    if button.url is not None:
        body["url"] = button.url
    return body


def press_json(press: Press, person: User, room: Room) -> Json:
    """A callback query; a message that is gone is given as inaccessible, with date 0."""
    message = room.find(press.message_id)
    shown: Json = {"chat": chat_json(room), "message_id": press.message_id, "date": 0}
    return {
        "id": press.id,
        "from": user_json(person),
        "message": message_json(message, room) if message is not None else shown,
        "chat_instance": str(abs(press.chat_id) * 7919),
        "data": press.data,
    }


def membership_json(room: Room, by: User, bot: User, at: datetime, was: str, becomes: str) -> Json:
    """The body of my_chat_member: the bot's own status changed; 'kicked' in a private chat is a block."""

    def member(status: str) -> Json:
        body: Json = {"user": user_json(bot), "status": status}
        return {**body, "until_date": 0} if status == "kicked" else body

    return {
        "chat": chat_json(room),
        "from": user_json(by),
        "date": seconds(at),
        "old_chat_member": member(was),
        "new_chat_member": member(becomes),
    }

"""Methods that change, remove or answer what is there (core.telegram.org/bots/api#updating-messages)."""

from typing import Any

from bot.demo.emulator.calls import Call
from bot.demo.emulator.chats import Room
from bot.demo.emulator.formatted import utf16_length
from bot.demo.emulator.model import Json, Message, Toast
from bot.demo.emulator.refusals import ProblemKind, bad_request, not_modified
from bot.demo.emulator.wire import message_json

TOAST_LIMIT = 200
_BATCH = 100


def _editable(call: Call, room: Room) -> Message:
    if "message_id" not in call.params:
        raise bad_request("message identifier is not specified", ProblemKind.SCHEMA)
    message = call.message_in(room, "edit")
    if message.sender != "bot" or message.forwarded_from is not None or message.reply_keyboard:
        raise bad_request("message can't be edited")
    return message


def _edited(call: Call, room: Room, message: Message, **changes: Any) -> Json:
    changes["keyboard"] = call.keyboard()
    if all(getattr(message, name) == value for name, value in changes.items()):
        raise not_modified()
    call.telegram.admit(room.chat.id)
    now = call.telegram.clock.now()
    edited = room.change(message, **changes, edited_at=now)
    call.telegram.acted_in(room, call.method, changes.get("text"))
    return message_json(edited, room)


def _edit_message_text(call: Call) -> Json:
    text, entities = call.text(too_long="MESSAGE_TOO_LONG")
    room = call.room()
    message = _editable(call, room)
    if message.attachment is not None or not message.text:
        raise bad_request("there is no text in the message to edit")
    return _edited(call, room, message, text=text, entities=entities)


def _edit_message_caption(call: Call) -> Json:
    text, entities = call.caption()
    room = call.room()
    message = _editable(call, room)
    if message.attachment is None:
        raise bad_request("there is no caption in the message to edit")
    return _edited(call, room, message, text=text, entities=entities)


def _edit_message_reply_markup(call: Call) -> Json:
    room = call.room()
    return _edited(call, room, _editable(call, room))


def _delete_message(call: Call) -> bool:
    room = call.room()
    room.delete(call.message_in(room, "delete"), call.telegram.clock.now())
    call.telegram.acted_in(room, call.method)
    return True


def _delete_messages(call: Call) -> bool:
    """Skips what is not there, as documented."""
    wanted = call.params["message_ids"]
    if len(wanted) > _BATCH:
        raise bad_request("too many message identifiers specified", ProblemKind.SCHEMA)
    if not wanted:
        raise bad_request("message identifiers are not specified", ProblemKind.SCHEMA)
    room = call.room()
    there = [found for number in wanted if (found := room.find(number)) is not None]
    room.delete_all(there, call.telegram.clock.now())
    call.telegram.acted_in(room, call.method)
    return True


def _answer_callback_query(call: Call) -> bool:
    text = call.params.get("text", "")
    if utf16_length(text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG", ProblemKind.TEXT)
    press = call.telegram.presses.answer(call.params["callback_query_id"])
    person = call.telegram.people[press.person_id]
    person.presses.pop(press.id, None)
    if text:
        person.toasts.append(Toast(press.id, text, call.params.get("show_alert", False), call.telegram.clock.now()))
    call.telegram.acted_in(call.telegram.rooms[press.chat_id], call.method, text or None)
    return True


def _set_message_reaction(call: Call) -> bool:
    room = call.room()
    message = call.message_in(room, "react")
    wanted = call.params.get("reaction") or []
    emoji = wanted[0].get("emoji") if wanted else None
    room.change(message, reaction=emoji)
    call.telegram.acted_in(room, call.method)
    return True


DEEDS: dict[str, Any] = {
    "editMessageText": _edit_message_text,
    "editMessageCaption": _edit_message_caption,
    "editMessageReplyMarkup": _edit_message_reply_markup,
    "deleteMessage": _delete_message,
    "deleteMessages": _delete_messages,
    "answerCallbackQuery": _answer_callback_query,
    "setMessageReaction": _set_message_reaction,
}

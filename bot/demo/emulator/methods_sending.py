"""Methods that put a message into a chat (core.telegram.org/bots/api#available-methods)."""

from typing import Any

from bot.demo.emulator.calls import Call
from bot.demo.emulator.model import FileKind, Json, Location
from bot.demo.emulator.refusals import ProblemKind, bad_request

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def _send_message(call: Call) -> Json:
    room = call.room()
    text, entities = call.text()
    return call.post(room, text=text, entities=entities)


def _send_file(call: Call, kind: FileKind) -> Json:
    room = call.room()
    text, entities = call.caption()
    file = call.telegram.files.received(kind, kind.value, call.params.get(kind.value), call.files)
    return call.post(room, text=text, entities=entities, attachment=file)


def _send_photo(call: Call) -> Json:
    return _send_file(call, FileKind.PHOTO)


def _send_document(call: Call) -> Json:
    return _send_file(call, FileKind.DOCUMENT)


def _send_voice(call: Call) -> Json:
    return _send_file(call, FileKind.VOICE)


def _send_location(call: Call) -> Json:
    room = call.room()
    return call.post(room, location=Location(call.params["latitude"], call.params["longitude"]))


def _send_chat_action(call: Call) -> bool:
    call.room()
    if call.params["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request", ProblemKind.SCHEMA)
    return True


def _copy_message(call: Call) -> Json:
    room = call.room()
    source = call.telegram.room_for(call.params["from_chat_id"], writing=False)
    message = call.message_in(source, "copy")
    text, entities = (message.text, message.entities)
    if "caption" in call.params and message.attachment is not None:
        text, entities = call.caption()
    sent = call.post(
        room,
        text=text,
        entities=entities,
        attachment=message.attachment,
        location=message.location,
        contact=message.contact,
    )
    return {"message_id": sent["message_id"]}


def _forward_message(call: Call) -> Json:
    room = call.room()
    source = call.telegram.room_for(call.params["from_chat_id"], writing=False)
    message = call.message_in(source, "forward")
    return call.post(
        room,
        text=message.text,
        entities=message.entities,
        attachment=message.attachment,
        location=message.location,
        contact=message.contact,
        forwarded_from=message.forwarded_from or message.author,
    )


DEEDS: dict[str, Any] = {
    "sendMessage": _send_message,
    "sendPhoto": _send_photo,
    "sendDocument": _send_document,
    "sendVoice": _send_voice,
    "sendLocation": _send_location,
    "sendChatAction": _send_chat_action,
    "copyMessage": _copy_message,
    "forwardMessage": _forward_message,
}

"""Methods about the bot itself, chats and files."""

from typing import Any

from bot.demo.emulator.calls import Call
from bot.demo.emulator.files import DOWNLOAD_LIMIT
from bot.demo.emulator.model import Json
from bot.demo.emulator.profile import scope_of
from bot.demo.emulator.refusals import ProblemKind, bad_request
from bot.demo.emulator.wire import chat_json, user_json

_NAME_LIMIT, _DESCRIPTION_LIMIT, _SHORT_LIMIT = 64, 512, 120


def _get_me(call: Call) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**user_json(call.telegram.bot), **abilities}


def _always_true(call: Call) -> bool:
    return True


def _get_chat(call: Call) -> Json:
    room = call.room(writing=False)
    return {**chat_json(room), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}


_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def _leave_chat(call: Call) -> bool:
    room = call.room()
    if room.person is not None:
        raise bad_request("chat member status can't be changed in private chats")
    room.bot_is_member = False
    call.telegram.acted_in(room, call.method)
    return True


def _get_file(call: Call) -> Json:
    file = call.telegram.files.named(call.params["file_id"])
    if file is None:
        raise bad_request("invalid file_id", ProblemKind.FILE)
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size, "file_path": file.path}


def _language(call: Call) -> str:
    code: str = call.params.get("language_code", "")
    if code and not (len(code) == 2 and code.isalpha() and code.islower()):
        raise bad_request("invalid language code specified", ProblemKind.SCHEMA)
    return code


def _set_my_commands(call: Call) -> bool:
    scope = scope_of(call.params.get("scope"))
    if scope[1] is not None:
        call.telegram.room_for(scope[1], writing=False)
    call.telegram.profile.set_commands(call.params["commands"], scope, _language(call))
    return True


def _get_my_commands(call: Call) -> list[Json]:
    scope = scope_of(call.params.get("scope"))
    return call.telegram.profile.commands.get((scope, _language(call)), [])


def _delete_my_commands(call: Call) -> bool:
    call.telegram.profile.commands.pop((scope_of(call.params.get("scope")), _language(call)), None)
    return True


def _keep(call: Call, texts: dict[str, str], field: str, limit: int) -> bool:
    text = call.params.get(field, "")
    if len(text) > limit:
        raise bad_request(f"bot {field.replace('_', ' ')} is too long", ProblemKind.TEXT)
    if text:
        texts[_language(call)] = text
    else:
        texts.pop(_language(call), None)
    return True


def _set_my_name(call: Call) -> bool:
    return _keep(call, call.telegram.profile.names, "name", _NAME_LIMIT)


def _get_my_name(call: Call) -> Json:
    profile = call.telegram.profile
    return {"name": profile.names.get(_language(call)) or profile.names.get("") or profile.name}


def _set_my_description(call: Call) -> bool:
    return _keep(call, call.telegram.profile.descriptions, "description", _DESCRIPTION_LIMIT)


def _get_my_description(call: Call) -> Json:
    texts = call.telegram.profile.descriptions
    return {"description": texts.get(_language(call)) or texts.get("", "")}


def _set_my_short_description(call: Call) -> bool:
    return _keep(call, call.telegram.profile.short_descriptions, "short_description", _SHORT_LIMIT)


def _get_my_short_description(call: Call) -> Json:
    texts = call.telegram.profile.short_descriptions
    return {"short_description": texts.get(_language(call)) or texts.get("", "")}


def _set_chat_menu_button(call: Call) -> bool:
    chat_id = call.params.get("chat_id")
    if chat_id is not None:
        call.telegram.room_for(chat_id, writing=False)
    call.telegram.profile.menu_buttons[chat_id] = call.params.get("menu_button") or {"type": "default"}
    return True


def _get_chat_menu_button(call: Call) -> Json:
    buttons = call.telegram.profile.menu_buttons
    return buttons.get(call.params.get("chat_id")) or buttons.get(None) or {"type": "commands"}


DEEDS: dict[str, Any] = {
    "getMe": _get_me,
    "close": _always_true,
    "logOut": _always_true,
    "getChat": _get_chat,
    "leaveChat": _leave_chat,
    "getFile": _get_file,
    "setMyCommands": _set_my_commands,
    "getMyCommands": _get_my_commands,
    "deleteMyCommands": _delete_my_commands,
    "setMyName": _set_my_name,
    "getMyName": _get_my_name,
    "setMyDescription": _set_my_description,
    "getMyDescription": _get_my_description,
    "setMyShortDescription": _set_my_short_description,
    "getMyShortDescription": _get_my_short_description,
    "setChatMenuButton": _set_chat_menu_button,
    "getChatMenuButton": _get_chat_menu_button,
}

"""What a call may hold, from `bot/demo/botapi/api.json`: one compiled check per method, made when first needed."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.demo.emulator.model import Json, UploadedFile
from bot.demo.emulator.refusals import ProblemKind, Refused, bad_request

Check = Callable[[Any], Any]

_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "latitude": "latitude is empty",
    "longitude": "longitude is empty",
}
_PREFIXES = {
    "InlineKeyboardButton": "Can't parse inline keyboard button: ",
    "KeyboardButton": "Can't parse keyboard button: ",
    "BotCommand": "Can't parse BotCommand: ",
    "BotCommandScope": "Can't parse BotCommandScope: ",
    "MenuButton": "Can't parse menu button: ",
    "MessageEntity": "Can't parse MessageEntity: ",
    "ReactionType": "Can't parse ReactionType: ",
}


class WrongValue(Exception):
    """A value that does not fit its type; the text is Telegram's."""


class _Incomplete(WrongValue):
    """An object without a field it must have: perhaps another type was meant."""


class _OtherKind(WrongValue):
    """An object that says it is of another type."""


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the Bot API and the checks of its parameters."""

    name: str
    checks: Mapping[str, Check]
    required: tuple[str, ...]

    def check(self, params: Json, files: Mapping[str, UploadedFile]) -> tuple[Json, tuple[str, ...]]:
        """The parameters with their right types, and the names that the method does not have.

        Raises `Refused` for a missing or wrong one. Unknown names are ignored by Telegram, so only reported.
        """
        for name in self.required:
            if params.get(name) in (None, "") and name not in files:
                words = _MISSING.get(name, f'Parameter "{name}" is required')
                raise bad_request(words, ProblemKind.SCHEMA)
        checked: Json = {}
        unknown: list[str] = []
        for name, value in params.items():
            check = self.checks.get(name)
            if check is None:
                unknown.append(name)
                continue
            if value is None:
                continue
            try:
                checked[name] = check(value)
            except WrongValue as wrong:
                raise _wrong(name, wrong) from None
        return checked, tuple(unknown)


def _wrong(name: str, wrong: WrongValue) -> Refused:
    words = str(wrong)
    return bad_request(words or f'Field "{name}" has a wrong type', ProblemKind.SCHEMA)


@cache
def _api() -> Json:
    loaded: Json = json.loads((Path(__file__).parents[1] / "botapi" / "api.json").read_text(encoding="utf-8"))
    return loaded


@cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in _api()["methods"]}


def method_named(name: str) -> Method | None:
    """The method, by its name in any case as Telegram allows; None when there is none."""
    known = _names().get(name.lower())
    return _compiled(known) if known is not None else None


@cache
def _compiled(name: str) -> Method:
    fields = _api()["methods"][name].get("fields", [])
    checks = {field["name"]: _top_level(field["name"], tuple(field["types"])) for field in fields}
    return Method(name, checks, tuple(field["name"] for field in fields if field["required"]))


def _top_level(name: str, types: tuple[str, ...]) -> Check:
    """A parameter as it arrives: a form has only strings, so numbers and JSON are read out of them."""
    if types == ("Integer",):
        return lambda value: _to_integer(name, value)
    if types == ("Float",):
        return lambda value: _to_float(name, value)
    if types == ("Boolean",):
        return _to_boolean
    if types == ("Integer", "String"):
        return _to_chat
    if types == ("String",) or types == ("InputFile", "String") or types == ("InputFile",):
        return lambda value: _to_string(name, value)
    inner = _check_for(types)

    def structured(value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError:
                raise WrongValue(f"Can't parse {_spoken(name)} JSON object") from None
        return inner(value)

    return structured


def _spoken(name: str) -> str:
    return "reply keyboard markup" if name == "reply_markup" else name.replace("_", " ")


def _to_integer(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str | float):
        raise WrongValue(f'Field "{name}" must be of type Number')
    try:
        return int(value)
    except ValueError:
        raise WrongValue(f'Field "{name}" must be of type Number') from None


def _to_float(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise WrongValue(f'Field "{name}" must be of type Number')
    try:
        return float(value)
    except ValueError:
        raise WrongValue(f'Field "{name}" must be of type Number') from None


def _to_boolean(value: Any) -> bool:
    return value.lower() in {"true", "yes", "1"} if isinstance(value, str) else bool(value)


def _to_chat(value: Any) -> int | str:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        return int(value) if re.fullmatch(r"-?\d{1,19}", value) else value
    raise WrongValue("chat identifier must be of type Number or String")


def _to_string(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise WrongValue(f'Field "{name}" must be of type String')


def _must_be(expected: type | tuple[type, ...], words: str) -> Check:
    def check(value: Any) -> Any:
        if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
            raise WrongValue(words)
        return value

    return check


@cache
def _check_for(types: tuple[str, ...]) -> Check:
    """The check inside JSON, where types are strict; built when first used, as types may contain themselves."""
    if len(types) == 1:
        return _check_of_type(types[0])
    return _one_of(types, types[0])


@cache
def _check_of_type(name: str) -> Check:
    match name:
        case "Integer":
            return _must_be(int, "must be of type Number")
        case "Float":
            return _must_be((int, float), "must be of type Number")
        case "String" | "InputFile":
            return _must_be(str, "must be of type String")
        case "Boolean" | "True":
            return _must_be(bool, "must be of type Boolean")
    if name.startswith("Array of "):
        return _array_of(name.removeprefix("Array of "))
    described = _api()["types"][name]
    if described.get("subtypes"):
        return _one_of(tuple(described["subtypes"]), name)
    return _object(name, described)


def _array_of(item: str) -> Check:
    def check(value: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise WrongValue(f"Expected an Array of {item}")
        inner = _check_of_type(item)
        return [inner(element) for element in value]

    return check


def _object(name: str, described: Json) -> Check:
    prefix = _PREFIXES.get(name, "")
    fields = described.get("fields", [])
    types = {field["name"]: tuple(field["types"]) for field in fields}
    required = [field["name"] for field in fields if field["required"]]
    constants = {field["name"]: constant for field in fields if (constant := _constant(field))}

    def check(value: Any) -> Any:
        if name == "KeyboardButton" and isinstance(value, str):
            value = {"text": value}
        if not isinstance(value, dict):
            raise WrongValue("Object expected as reply markup" if "Keyboard" in name else f"{prefix}expected an Object")
        for field, constant in constants.items():
            if value.get(field, constant) != constant:
                raise _OtherKind(f"{prefix}unsupported {field} specified")
        for field in required:
            if field not in value:
                raise _Incomplete(f'{prefix}Can\'t find field "{field}"')
        for field, item in value.items():
            if field in types and item is not None:
                _check_field(prefix, field, types[field], item)
        return value

    return check


def _check_field(prefix: str, field: str, types: tuple[str, ...], item: Any) -> None:
    try:
        _check_for(types)(item)
    except WrongValue as wrong:
        words = str(wrong)
        raise WrongValue(f'{prefix}Field "{field}" {words}' if words.startswith("must be") else words) from None


def _constant(field: Json) -> str | None:
    """The one value of a discriminating field: 'must be default', 'always “emoji”'."""
    if field["types"] != ["String"]:
        return None
    found = re.search(r"(?:, must be|, always) [“\"]?([a-z_]+)[”\"]?\.?$", field["description"])
    return found.group(1) if found else None


def _one_of(names: tuple[str, ...], union: str) -> Check:
    """Any of several types. If none fits, the complaint is that of the type which came nearest."""

    def check(value: Any) -> Any:
        nearest: WrongValue = _OtherKind(f"{_PREFIXES.get(union, '')}unsupported type specified")
        for name in names:
            try:
                return _check_of_type(name)(value)
            except _OtherKind:
                continue
            except _Incomplete as wrong:
                if isinstance(nearest, _OtherKind):
                    nearest = wrong
            except WrongValue as wrong:
                nearest = wrong
                break
        raise nearest

    return check

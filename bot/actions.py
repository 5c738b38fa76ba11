"""Buttons that carry their whole meaning: typed, packed into the 64 bytes Telegram allows, never trusted."""

import re
import typing
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Final, Self

MOST_BYTES: Final = 64
"""callback_data is 1 to 64 bytes (Bot API, InlineKeyboardButton)."""

SAME_PRESS_WITHIN: Final = timedelta(seconds=10)
"""A second press so soon after the first asks for the same thing, not for another one."""

_BETWEEN: Final = ":"
_WHOLE_NUMBER: Final = re.compile(r"-?[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Action:
    """What a press asks for. Subclasses are frozen dataclasses whose fields are int, str, bool, date, StrEnum or None.

    The same class names what an awaited text will mean: `turn.expect(SomeAction(...))`.
    """

    tag: ClassVar[str]

    def pack(self) -> str:
        """The callback data; raises ValueError where it would not fit, for that is a mistake of ours."""
        parts = [self.tag, *(_packed(getattr(self, name)) for name, _, _ in _fields(type(self)))]
        data = _BETWEEN.join(parts)
        if len(data.encode()) > MOST_BYTES:
            raise ValueError(f"{self.tag} packs to more than {MOST_BYTES} bytes")
        return data

    @classmethod
    def unpack(cls, data: str) -> Self | None:
        """The action, or None where the data is not one of this class: forged, damaged or from an older version."""
        tag, *parts = data.split(_BETWEEN)
        wanted = _fields(cls)
        if tag != cls.tag or len(parts) != len(wanted):
            return None
        values: list[Any] = []
        for part, (_, kind, optional) in zip(parts, wanted, strict=True):
            if part == "" and optional:
                values.append(None)
                continue
            value = _unpacked(part, kind)
            if value is None:
                return None
            values.append(value)
        return cls(*values)


def tag_of(data: str) -> str:
    """The tag in front of packed data."""
    return data.split(_BETWEEN, 1)[0]


def _packed(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case str() if _BETWEEN not in value and value:
            return str(value)
        case _:
            raise ValueError("a button can hold numbers, dates, codes and nothing with a colon")


def _unpacked(part: str, kind: type) -> object | None:
    if kind is bool:
        return {"1": True, "0": False}.get(part)
    if issubclass(kind, StrEnum):
        return next((member for member in kind if member.value == part), None)
    if kind is int:
        return int(part) if _WHOLE_NUMBER.fullmatch(part) else None
    if kind is date:
        try:
            return date.fromisoformat(part)
        except ValueError:
            return None
    return part or None


_KNOWN: Final[dict[type[Action], tuple[tuple[str, type, bool], ...]]] = {}


def _fields(action: type[Action]) -> tuple[tuple[str, type, bool], ...]:
    """For each field its name, the class of its value and whether it may be missing."""
    if action in _KNOWN:
        return _KNOWN[action]
    hints = typing.get_type_hints(action)
    found = []
    for one in fields(action):
        alternatives = typing.get_args(hints[one.name]) or (hints[one.name],)
        kinds = [kind for kind in alternatives if kind is not type(None)]
        if len(kinds) != 1:
            raise TypeError(f"{action.__name__}.{one.name} must have one type")
        found.append((one.name, kinds[0], len(alternatives) > len(kinds)))
    return _KNOWN.setdefault(action, tuple(found))

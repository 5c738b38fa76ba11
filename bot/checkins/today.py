"""The list of the day: its parts in their order, what stands in each, and how a page of it reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from bot.actions import Action
from bot.checkins.screens import Today
from bot.turn import Keyboard, Row, button
from bot.words import Lines, Phrase, phrase

MOST_SHOWN: Final = 10
FEW_SHOWN: Final = 5
"""Lines of one part, and how many where there are so many parts that the list would become a wall."""
MANY_PARTS: Final = 4

MOST_READ: Final = 100
"""What is read of one part at most; who has more than that to do is shown the rest once this is done."""


class PartName(StrEnum):
    """The parts, the most pressing first. Their headings stand under `checkins.staff.heading.<value>`."""

    OVERDUE = "overdue"
    TODAY = "today"
    CONTACTS = "contacts"
    PROPOSALS = "proposals"
    WISHES = "wishes"
    TASKS = "tasks"
    WAITING = "waiting"
    UNRECORDED = "unrecorded"
    ENDED = "ended"
    SOON = "soon"
    RESTING = "resting"


NOT_WAITING: Final = (PartName.SOON, PartName.RESTING)
"""Parts that ask nobody for anything today."""


@dataclass(frozen=True, slots=True)
class MorePart(Action):
    """One part alone, from that page on."""

    tag: ClassVar[str] = "checkins.part"
    part: PartName
    page: int


@dataclass(frozen=True, slots=True)
class Item:
    """One line, and the buttons that belong to it."""

    line: Phrase
    buttons: Row


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the list."""

    name: PartName
    items: Sequence[Item]


def in_order(parts: Sequence[Part]) -> list[Part]:
    """Those with anything in them, the most pressing first."""
    places = list(PartName)
    return sorted((part for part in parts if part.items), key=lambda part: places.index(part.name))


def first_page(parts: Sequence[Part]) -> tuple[Lines, Keyboard]:
    """The beginning of every part."""
    most = FEW_SHOWN if len(parts) > MANY_PARTS else MOST_SHOWN
    lines: list[Phrase] = []
    rows: list[Row] = []
    for part in parts:
        lines += [phrase(f"checkins.staff.heading.{part.name.value}"), *(item.line for item in part.items[:most])]
        rows += [item.buttons for item in part.items[:most]]
        if (rest := len(part.items) - most) > 0:
            lines.append(phrase("checkins.staff.line.more", more=rest))
            rows.append((button("checkins.staff.button.more", MorePart(part.name, 0), more=rest),))
    return Lines(tuple(lines)), tuple(rows)


def page_of(part: Part, number: int) -> tuple[Lines, Keyboard]:
    """One page of one part; a number beyond its end shows the last."""
    last = max(0, (len(part.items) - 1) // MOST_SHOWN)
    number = min(max(number, 0), last)
    here = part.items[number * MOST_SHOWN : (number + 1) * MOST_SHOWN]
    lines = [phrase(f"checkins.staff.heading.{part.name.value}"), *(item.line for item in here)]
    turning = []
    if number > 0:
        turning.append(button("checkins.staff.button.page_back", MorePart(part.name, number - 1)))
    if number < last:
        turning.append(button("checkins.staff.button.page_on", MorePart(part.name, number + 1)))
    rows = [*(item.buttons for item in here), tuple(turning), (button("checkins.staff.button.whole_list", Today()),)]
    return Lines(tuple(lines)), tuple(row for row in rows if row)

"""The poster before it is drawn: what stands where on an A4 page, in millimetres from its upper left corner. Pure.

Whatever the languages and the place are, everything has room: the words above and beside the code are set as large as
they fit, all languages alike.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from bot.fonts import BOLD, REGULAR

WIDTH: Final = 210.0
HEIGHT: Final = 297.0
MARGIN: Final = 16.0
POINT: Final = 25.4 / 72

Colour = tuple[int, int, int]

INK: Final[Colour] = (24, 32, 40)
DEEP: Final[Colour] = (11, 70, 94)
SUN: Final[Colour] = (245, 176, 39)
GREY: Final[Colour] = (90, 98, 106)
PAPER: Final[Colour] = (255, 255, 255)

NAME: Final = "PROTI un DARI! 2.0"
CODE_SIDE: Final = 72.0
"""With its quiet zone; across a room a code is read from about ten times its size."""

_BAND: Final = 40.0
_TOP_OF_WORDS: Final = 48.0
_TOP_OF_CODE: Final = 162.0
_LINK: Final = _TOP_OF_CODE + CODE_SIDE + 12
_LOGOS_UNTIL: Final = 279.0
"""Between the link and this the page stays white: room for the emblems that a project's publicity rules ask for."""

_LINE: Final = 1.28
_LARGEST, _SMALLEST, _FINE = 1.6, 0.3, 0.02


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Words:
    """One line; `x` is where it begins, `y` its baseline, `size` in points."""

    x: float
    y: float
    size: float
    text: str
    colour: Colour = INK
    bold: bool = False

    @property
    def width(self) -> float:
        return measured(self.text, self.size, bold=self.bold)


@dataclass(frozen=True, slots=True)
class Code:
    """The QR code with its quiet zone."""

    x: float
    y: float
    side: float
    link: str


Item = Box | Words | Code


@dataclass(frozen=True, slots=True)
class Block:
    """What the poster says in one language."""

    headline: str
    offer: str
    how: str
    promise: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the poster says; `place` and `publicity` may be empty."""

    place: str
    blocks: tuple[Block, ...]
    link: str
    publicity: str


def composed(sheet: Sheet) -> tuple[Item, ...]:
    """Everything on the page, in the order in which it is drawn."""
    return (*_band(sheet), *_above(sheet), *_beside(sheet), *_below(sheet))


@cache
def _font(*, bold: bool) -> Any:
    from PIL import ImageFont  # only who makes a poster pays for it

    return ImageFont.truetype(BOLD if bold else REGULAR, 200, layout_engine=ImageFont.Layout.BASIC)


def measured(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in millimetres."""
    return float(_font(bold=bold).getlength(text)) / 200 * size * POINT


# --- the parts --------------------------------------------------------------------------------------------------


def _band(sheet: Sheet) -> Iterator[Item]:
    yield Box(0, 0, WIDTH, _BAND, DEEP)
    yield Box(0, _BAND, WIDTH, 1.6, SUN)
    yield Words(MARGIN, 20, 30, NAME, PAPER, bold=True)
    if sheet.place:
        yield Words(MARGIN, 32, _fitting(sheet.place, 18, WIDTH - 2 * MARGIN), sheet.place, PAPER)


def _above(sheet: Sheet) -> list[Words]:
    """Headline and offer of each language."""
    room = _TOP_OF_CODE - 5 - _TOP_OF_WORDS
    gap = 7.0

    def at(scale: float) -> list[Words]:
        column = _Column(MARGIN, _TOP_OF_WORDS, WIDTH - 2 * MARGIN)
        for number, block in enumerate(sheet.blocks):
            column.skip(gap if number else 0)
            column.write(block.headline, 30 * scale, DEEP, bold=True)
            column.skip(2.5 * scale)
            column.write(block.offer, 16 * scale, INK)
        return column.lines

    return _largest(at, _TOP_OF_WORDS + room)


def _beside(sheet: Sheet) -> list[Item]:
    """The code, and beside it what to do, in each language."""
    x = MARGIN + CODE_SIDE + 2

    def at(scale: float) -> list[Words]:
        column = _Column(x, _TOP_OF_CODE, WIDTH - MARGIN - x)
        for number, block in enumerate(sheet.blocks):
            column.skip(4.5 if number else 0)
            column.write(block.how, 13 * scale, INK)
            column.skip(1.5 * scale)
            column.write(block.promise, 13 * scale, DEEP, bold=True)
        return column.lines

    return [Code(MARGIN, _TOP_OF_CODE, CODE_SIDE, sheet.link), *_largest(at, _LINK - 8)]


def _below(sheet: Sheet) -> Iterator[Item]:
    """The link for whoever types it, and the publicity line at the foot."""
    link = sheet.link.removeprefix("https://")
    yield Words(MARGIN, _LINK, _fitting(link, 15, WIDTH - 2 * MARGIN, bold=True), link, INK, bold=True)
    if sheet.publicity:
        yield Box(MARGIN, _LOGOS_UNTIL, WIDTH - 2 * MARGIN, 0.3, GREY)
        foot = _LOGOS_UNTIL + 2

        def at(scale: float) -> list[Words]:
            column = _Column(MARGIN, foot, WIDTH - 2 * MARGIN)
            column.write(sheet.publicity, min(9.0, 9.0 * scale), GREY)
            return column.lines

        yield from _largest(at, HEIGHT - 5)


# --- lines ------------------------------------------------------------------------------------------------------


class _Column:
    """Lines one below the other within a width."""

    def __init__(self, x: float, y: float, width: float) -> None:
        self._x = x
        self._y = y
        self._width = width
        self.lines: list[Words] = []

    def skip(self, height: float) -> None:
        self._y += height

    def write(self, text: str, size: float, colour: Colour, *, bold: bool = False) -> None:
        for line in _broken(text, size, self._width, bold=bold):
            self._y += size * POINT * _LINE
            self.lines.append(Words(self._x, self._y - size * POINT * 0.25, size, line, colour, bold))


def _broken(text: str, size: float, width: float, *, bold: bool) -> Iterator[str]:
    """The text in lines of that width; a word alone may be wider."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and measured(longer, size, bold=bold) > width:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _largest(at: Callable[[float], list[Words]], until: float) -> list[Words]:
    """The lines at about the largest scale at which none ends below `until` or beyond the right margin."""
    fitting, too_large = _SMALLEST, _LARGEST
    lines = at(fitting)
    while too_large - fitting > _FINE:
        scale = (fitting + too_large) / 2
        larger = at(scale)
        if all(_fits(line, until) for line in larger):
            fitting, lines = scale, larger
        else:
            too_large = scale
    return lines


def _fits(line: Words, until: float) -> bool:
    return line.y + line.size * POINT * 0.25 <= until and line.x + line.width <= WIDTH - MARGIN + 0.01


def _fitting(text: str, size: float, width: float, *, bold: bool = False) -> float:
    """The size, or the one at which the line is just that wide."""
    return min(size, size * width / measured(text, size, bold=bold))

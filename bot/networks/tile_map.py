"""The 42 municipalities as tiles, about where they lie, a thick line between planning regions. Pure.

What a tile says it says three times, so that it is read in grey, by the colour-blind and on a bad print: by how dark it
is, by its pattern, and by a sign. No borders are drawn, so nobody's map is copied. Pillow is loaded with this module:
import it when there is something to draw.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot import fonts
from bot.directory.rules import Region, find
from bot.networks.network import Value

At = tuple[int, int]
"""Column and row, from the west and from the north."""

TILES: Final[Mapping[str, At]] = {
    "LV-101": (6, 0), "LV-054": (5, 1), "LV-113": (6, 1), "LV-094": (7, 1), "LV-007": (8, 1),
    "LV-VEN": (0, 2), "LV-106": (1, 2), "LV-097": (2, 2), "LV-089": (4, 2), "LV-091": (5, 2), "LV-022": (6, 2),
    "LV-033": (7, 2), "LV-015": (8, 2),
    "LV-050": (1, 3), "LV-099": (2, 3), "LV-JUR": (3, 3), "LV-011": (4, 3), "LV-080": (5, 3), "LV-067": (6, 3),
    "LV-059": (7, 3), "LV-077": (8, 3), "LV-058": (9, 3),
    "LV-LPX": (0, 4), "LV-088": (1, 4), "LV-026": (2, 4), "LV-062": (3, 4), "LV-RIX": (4, 4), "LV-087": (5, 4),
    "LV-002": (6, 4), "LV-056": (7, 4), "LV-REZ": (8, 4),
    "LV-112": (0, 5), "LV-041": (2, 5), "LV-JEL": (3, 5), "LV-068": (4, 5), "LV-052": (5, 5), "LV-042": (6, 5),
    "LV-073": (7, 5), "LV-047": (8, 5),
    "LV-016": (4, 6), "LV-111": (7, 6), "LV-DGV": (8, 6),
}  # fmt: skip

NAMES: Final[Mapping[Region, At]] = {
    Region.KURZEME: (1, 1), Region.VIDZEME: (7, 0), Region.RIGA: (3, 2), Region.ZEMGALE: (2, 6), Region.LATGALE: (9, 4),
}  # fmt: skip
"""Where the regions' names stand: on no tile."""

_WIDE: Final = 156
_HIGH: Final = 118
_MARGIN: Final = 40
_COLUMNS: Final = 10
WIDTH: Final = _COLUMNS * _WIDE + 2 * _MARGIN
_INK, _PAPER, _LINE = "#1c2430", "#ffffff", "#8a94a3"


@dataclass(frozen=True, slots=True)
class _Look:
    """How a value is drawn: the ground, the letters on it, the colour of its hatching, its sign."""

    ground: str
    letters: str
    hatch: str | None
    sign: str


LOOKS: Final[Mapping[Value, _Look]] = {
    Value.YES: _Look("#14508c", "#ffffff", None, "✓"),
    Value.NO: _Look("#f2b04c", "#1c2430", "#d08a1e", "✗"),
    Value.UNKNOWN: _Look("#f6f7f9", "#3f4957", None, "?"),
}


def draw(
    title: str,
    places: Mapping[str, str],
    values: Mapping[str, Value],
    regions: Mapping[Region, str],
    legend: Mapping[Value, str],
    note: str,
) -> bytes:
    """The picture as PNG; the same facts give the same bytes. All words are in the reader's language."""
    scratch = ImageDraw.Draw(Image.new("RGB", (1, 1)))
    head = _lines(scratch, title, _font(38, bold=True), WIDTH - 2 * _MARGIN)
    foot = _lines(scratch, note, _font(24), WIDTH - 2 * _MARGIN)
    top = _MARGIN + 50 * len(head) + 16
    under = top + 7 * _HIGH + 24
    picture = Image.new("RGB", (WIDTH, under + 60 * len(legend) + 34 * len(foot) + _MARGIN), _PAPER)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(head):
        pen.text((_MARGIN, _MARGIN + 50 * number), line, font=_font(38, bold=True), fill=_INK)
    for code, at in TILES.items():
        _tile(pen, _corner(at, top), LOOKS[values[code]], places[code])
    _borders(pen, top)
    for region, at in NAMES.items():
        left, upper = _corner(at, top)
        _words(pen, regions[region], left, upper, _HIGH, _INK, bold=True)
    for number, (value, words) in enumerate(legend.items()):
        _legend(pen, under + 60 * number, LOOKS[value], words)
    for number, line in enumerate(foot):
        pen.text((_MARGIN, under + 60 * len(legend) + 34 * number), line, font=_font(24), fill=_INK)
    file = BytesIO()
    picture.save(file, "PNG", compress_level=3)
    return file.getvalue()


def _corner(at: At, top: int) -> tuple[int, int]:
    return _MARGIN + at[0] * _WIDE, top + at[1] * _HIGH


def _tile(pen: ImageDraw.ImageDraw, corner: tuple[int, int], look: _Look, name: str) -> None:
    left, upper = corner
    _ground(pen, (left, upper, left + _WIDE, upper + _HIGH), look)
    pen.text((left + _WIDE - 30, upper + 4), look.sign, font=_font(26, bold=True), fill=look.letters)
    _words(pen, name, left, upper + 26, _HIGH - 30, look.letters)


def _ground(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], look: _Look) -> None:
    left, upper, right, lower = box
    pen.rectangle(box, fill=look.ground)
    if look.hatch is not None:
        height = lower - upper
        for start in range(left - height, right, 16):
            x, y = max(start, left), lower - (max(start, left) - start)
            end = min(start + height, right)
            pen.line((x, y, end, lower - (end - start)), fill=look.hatch, width=2)
    pen.rectangle(box, outline=_LINE, width=1)


def _borders(pen: ImageDraw.ImageDraw, top: int) -> None:
    """A thick line wherever the neighbour is of another region, or nobody."""
    of = {at: place.region for code, at in TILES.items() if (place := find(code)) is not None}
    lines = []
    for (column, row), region in of.items():
        left, upper = _corner((column, row), top)
        right, lower = left + _WIDE, upper + _HIGH
        sides = {
            (column, row - 1): (left, upper, right, upper),
            (column, row + 1): (left, lower, right, lower),
            (column - 1, row): (left, upper, left, lower),
            (column + 1, row): (right, upper, right, lower),
        }
        lines += [line for beside, line in sides.items() if of.get(beside) is not region]
    for colour, width in ((_PAPER, 11), (_INK, 5)):  # a light edge, to stand out from dark tiles
        for line in lines:
            pen.line(line, fill=colour, width=width)


def _legend(pen: ImageDraw.ImageDraw, at: int, look: _Look, words: str) -> None:
    _ground(pen, (_MARGIN, at, _MARGIN + 80, at + 46), look)
    pen.text((_MARGIN + 28, at + 6), look.sign, font=_font(28, bold=True), fill=look.letters)
    pen.text((_MARGIN + 100, at + 8), words, font=_font(26), fill=_INK)


def _words(
    pen: ImageDraw.ImageDraw, words: str, left: int, upper: int, height: int, colour: str, *, bold: bool = False
) -> None:
    """In the middle of that box, as large as fits."""
    for size in range(22, 9, -1):
        font = _font(size, bold=bold)
        lines = _lines(pen, words, font, _WIDE - 12)
        fits = all(pen.textlength(line, font=font) <= _WIDE - 12 for line in lines)
        if fits and len(lines) * (size + 4) <= height:
            break
    start = upper + (height - len(lines) * (size + 4)) // 2
    for number, line in enumerate(lines):
        wide = pen.textlength(line, font=font)
        pen.text((left + (_WIDE - wide) / 2, start + number * (size + 4)), line, font=font, fill=colour)


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(fonts.BOLD if bold else fonts.REGULAR, size)


def _lines(pen: ImageDraw.ImageDraw, words: str, font: ImageFont.FreeTypeFont, most: int) -> list[str]:
    """The words in lines no wider than that, as far as they can be parted."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pen.textlength(longer, font=font) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]

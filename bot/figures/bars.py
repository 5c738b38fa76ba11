"""Counts as bars, drawn for a phone: a thousand pixels wide, words above each bar, nothing exact that is not known.

A bar is solid as far as its count certainly goes and hatched as far as it may go, or with a short hatched tip where
nobody can say how far. A hidden one is hatched alone, the same for nobody and for four. Pillow is loaded with this
module: import it when there is something to draw.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot import fonts

WIDTH: Final = 1000
_MARGIN: Final = 44
_INNER: Final = WIDTH - 2 * _MARGIN
_BAR: Final = 34
_LONGEST: Final = round(_INNER * 0.6)
_TIP: Final = 20
_SOLID, _HATCHED, _INK, _PALE, _PAPER = "#1f5fa8", "#7fa6d3", "#1c2430", "#5b6675", "#ffffff"
_MOST_BARS: Final = 60
"""Telegram shows pictures up to ten thousand pixels in width and height together."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it counts, between what the count lies (None: open), the same in words, and what else to say."""

    label: str
    at_least: int
    at_most: int | None
    words: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Bars under a heading, drawn to one scale."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(slots=True)
class _Pen:
    """Where drawing goes on; without a picture it only measures."""

    draw: ImageDraw.ImageDraw
    y: int = _MARGIN

    def text(self, words: str, size: int, *, bold: bool = False, colour: str = _INK) -> None:
        """Words over the whole width, broken into lines."""
        font = _font(size, bold=bold)
        for line in _lines(self.draw, words, font):
            self.draw.text((_MARGIN, self.y), line, font=font, fill=colour)
            self.y += round(size * 1.35)

    def bar(self, bar: Bar, longest: int) -> None:
        self.text(bar.label, 30)
        certain = round(bar.at_least / longest * _LONGEST)
        possible = certain + _TIP if bar.at_most is None else round(bar.at_most / longest * _LONGEST)
        self._hatch(_MARGIN, self.y + 2, _MARGIN + possible, self.y + _BAR)
        if certain:
            self.draw.rectangle((_MARGIN, self.y + 2, _MARGIN + certain, self.y + _BAR), fill=_SOLID)
        self.draw.text((_MARGIN + possible + 16, self.y), bar.words, font=_font(28, bold=True), fill=_INK)
        self.y += _BAR + 6
        if bar.aside:
            self.text(bar.aside, 26, colour=_PALE)
        self.y += 16

    def _hatch(self, left: int, top: int, right: int, bottom: int) -> None:
        self.draw.rectangle((left, top, right, bottom), outline=_HATCHED, width=2)
        height = bottom - top
        for start in range(left - height, right, 9):
            x, y = max(start, left), bottom - (max(start, left) - start)
            end = min(start + height, right)
            self.draw.line((x, y, end, bottom - (end - start)), fill=_HATCHED, width=2)


def draw(title: str, sections: Sequence[Section], note: str) -> bytes:
    """The picture as PNG; the same figures give the same bytes."""
    measured = _paint(Image.new("RGB", (WIDTH, 1)), title, sections, note)
    picture = Image.new("RGB", (WIDTH, measured + _MARGIN), _PAPER)
    _paint(picture, title, sections, note)
    file = BytesIO()
    picture.save(file, "PNG", compress_level=3)
    return file.getvalue()


def _paint(picture: Image.Image, title: str, sections: Sequence[Section], note: str) -> int:
    pen = _Pen(ImageDraw.Draw(picture))
    pen.text(title, 40, bold=True)
    left = _MOST_BARS
    for section in sections:
        pen.y += 26
        pen.text(section.title, 32, bold=True, colour=_SOLID)
        pen.y += 10
        longest = max((bar.at_most or bar.at_least for bar in section.bars), default=1)
        for bar in section.bars[:left]:
            pen.bar(bar, max(longest, 1))
        left = max(0, left - len(section.bars))
    pen.y += 12
    pen.text(note, 26, colour=_PALE)
    return pen.y


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(fonts.BOLD if bold else fonts.REGULAR, size)


def _lines(draw: ImageDraw.ImageDraw, words: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """The words in lines that fit; a single word too long for a line is cut."""
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if draw.textlength(longer, font=font) <= _INNER:
            line = longer
            continue
        if line:
            yield line
        line = word
        while draw.textlength(line, font=font) > _INNER:
            fits = next(n for n in range(len(line) - 1, 0, -1) if draw.textlength(line[:n], font=font) <= _INNER)
            yield line[:fits]
            line = line[fits:]
    yield line

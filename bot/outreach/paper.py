"""Draws the poster: as a PDF for the printer and as a picture for the screen, from one layout. Pure.

The libraries are loaded when something is drawn: most starts of the bot never need them.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any, Final, assert_never

from bot.fonts import BOLD, REGULAR
from bot.outreach.layout import HEIGHT, NAME, WIDTH, Box, Code, Item, Words

DOTS_PER_INCH: Final = 200
_QUIET: Final = 4
"""Modules of white around a code that its standard asks for (ISO/IEC 18004)."""

_A_DOT: Final = 25.4 / DOTS_PER_INCH
_COLOURS: Final = 48
_CODE_ALONE: Final = 24
"""Dots of one module where the code stands alone: about 1,000 across, enough for any wall."""


def modules(link: str) -> Sequence[Sequence[bool]]:
    """The code as rows of dark and light, without quiet zone. Level M or better: a torn corner does no harm."""
    import segno

    return [[bool(dark) for dark in row] for row in segno.make_qr(link, error="m").matrix]


def code_alone(link: str) -> bytes:
    """The code with its quiet zone, as PNG."""
    import segno

    file = BytesIO()
    segno.make_qr(link, error="m").save(file, kind="png", scale=_CODE_ALONE, border=_QUIET)
    return file.getvalue()


def _runs(code: Code) -> Iterator[tuple[float, float, float, float]]:
    """Each unbroken row of dark modules: x, y, width, height."""
    rows = modules(code.link)
    one = code.side / (len(rows) + 2 * _QUIET)
    for y, row in enumerate(rows):
        begins: int | None = None
        for x, dark in enumerate([*row, False]):
            if dark and begins is None:
                begins = x
            elif not dark and begins is not None:
                left, top = code.x + (begins + _QUIET) * one, code.y + (y + _QUIET) * one
                yield left, top, (x - begins) * one, one
                begins = None


# --- PDF --------------------------------------------------------------------------------------------------------


def as_pdf(items: Sequence[Item], title: str, language: str, made_on: date) -> bytes:
    """One A4 page; letters stay letters, so that they can be searched and read aloud."""
    from fpdf import FPDF

    pdf = FPDF(unit="mm", format="A4")
    pdf.set_creation_date(datetime.combine(made_on, time(12), UTC))
    pdf.set_title(title)
    pdf.set_author(NAME)
    pdf.set_lang(language)
    pdf.set_auto_page_break(False)
    pdf.add_font("page", "", REGULAR)
    pdf.add_font("page", "B", BOLD)
    pdf.add_page()
    for item in items:
        _onto_page(pdf, item)
    return bytes(pdf.output())


def _onto_page(pdf: Any, item: Item) -> None:
    match item:
        case Box():
            pdf.set_fill_color(*item.colour)
            pdf.rect(item.x, item.y, item.width, item.height, style="F")
        case Words():
            pdf.set_font("page", "B" if item.bold else "", item.size)
            pdf.set_text_color(*item.colour)
            pdf.text(item.x, item.y, item.text)
        case Code():
            pdf.set_fill_color(0, 0, 0)
            for run in _runs(item):
                pdf.rect(*run, style="F")
        case never:
            assert_never(never)


# --- picture ----------------------------------------------------------------------------------------------------


def as_png(items: Sequence[Item]) -> bytes:
    """The same page as a picture."""
    from PIL import Image, ImageDraw

    page = Image.new("RGB", (_dots(WIDTH), _dots(HEIGHT)), "white")
    draw = ImageDraw.Draw(page)
    for item in items:
        _onto_picture(draw, item)
    file = BytesIO()
    few = page.quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(file, "PNG", optimize=True, dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return file.getvalue()


def _onto_picture(draw: Any, item: Item) -> None:
    from PIL import ImageFont

    match item:
        case Box():
            draw.rectangle(_corners(item.x, item.y, item.width, item.height), fill=item.colour)
        case Words():
            font = ImageFont.truetype(
                BOLD if item.bold else REGULAR, item.size * DOTS_PER_INCH / 72, layout_engine=ImageFont.Layout.BASIC
            )
            draw.text((_dots(item.x), _dots(item.y)), item.text, font=font, fill=item.colour, anchor="ls")
        case Code():
            for run in _runs(item):
                draw.rectangle(_corners(*run), fill="black")
        case never:
            assert_never(never)


def _dots(millimetres: float) -> int:
    return round(millimetres / _A_DOT)


def _corners(x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
    """Both corners belong to the rectangle, and it is one dot wide at least."""
    left, top = _dots(x), _dots(y)
    return left, top, max(left, _dots(x + width) - 1), max(top, _dots(y + height) - 1)

"""The answers to "how are you" as a small picture: a dot for each, with a line between, on paper of its own.

The paper is white, so that it reads the same in a light and in a dark chat. No colour says good or bad.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from bot import fonts
from bot.checkins.pulses import Point
from bot.turn import Attachment, AttachmentKind, Made
from bot.words import phrase

KIND: Final = "checkins.trend"

WIDTH: Final = 1000
HEIGHT: Final = 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 40, 48, 84
_LINE, _INK, _GRID, _PAPER = "#1f5fa8", "#1c2430", "#d5dae2", "#ffffff"
_DOT: Final = 13


def facts(points: Sequence[Point], about: int) -> dict[str, Any]:
    """What `make` needs: numbers, days in the reader's language, and whose they are."""
    return {
        "about": about,
        "pulses": [one.pulse for one in points],
        "first": points[0].on,
        "last": points[-1].on,
    }


def make(told: Mapping[str, Any]) -> Made:
    """The picture, with the same in words below it for whoever cannot see it."""
    numbers: list[int] = told["pulses"]
    picture = draw(numbers, str(told["first"]), str(told["last"]))
    said = phrase(
        "checkins.staff.trend_made",
        answers=", ".join(map(str, numbers)),
        since=str(told["first"]),
        until=str(told["last"]),
    )
    return Made(said, (Attachment("trend.png", picture, AttachmentKind.PICTURE),), about=told["about"])


def draw(pulses: Sequence[int], first: str, last: str) -> bytes:
    """The picture as PNG; the same answers give the same bytes."""
    from PIL import Image, ImageDraw, ImageFont  # only who looks at a trend pays for it

    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(fonts.REGULAR, 28)
    for level in range(1, 6):
        y = _y(level)
        pen.line((_LEFT, y, WIDTH - _RIGHT, y), fill=_GRID, width=2)
        pen.text((_LEFT - 44, y), str(level), font=font, fill=_INK, anchor="lm")
    dots = [(_x(place, len(pulses)), _y(pulse)) for place, pulse in enumerate(pulses)]
    if len(dots) > 1:
        pen.line(dots, fill=_LINE, width=5, joint="curve")
    for x, y in dots:
        pen.ellipse((x - _DOT, y - _DOT, x + _DOT, y + _DOT), fill=_LINE, outline=_PAPER, width=3)
    pen.text((_LEFT, HEIGHT - 40), first, font=font, fill=_INK, anchor="lm")
    if len(dots) > 1:
        pen.text((WIDTH - _RIGHT, HEIGHT - 40), last, font=font, fill=_INK, anchor="rm")
    file = BytesIO()
    picture.save(file, "PNG", compress_level=3)
    return file.getvalue()


def _x(place: int, number: int) -> float:
    """The latest answer stands at the right edge."""
    span = WIDTH - _LEFT - _RIGHT - 2 * _DOT
    return _LEFT + _DOT + (span if number == 1 else span * place / (number - 1))


def _y(level: int) -> float:
    return _TOP + (HEIGHT - _TOP - _BOTTOM) * (5 - level) / 4

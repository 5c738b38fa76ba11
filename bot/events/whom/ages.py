"""How old a young person is, as far as they told: the bands of the questions in years. Pure."""

from collections.abc import Mapping
from typing import Final

from bot.settings import Settings

_NEVER_OVER: Final = 200


def span_of(band: str | None, settings: Settings) -> tuple[int, int] | None:
    """The youngest and the oldest of that band, both included; None where they told nothing that still counts.

    The codes are names, as in the questions: what ages they mean stands in the settings.
    """
    alone, joins, adult, last = settings.age_alone, settings.age_joins, settings.age_adult, settings.age_last
    spans: Mapping[str | None, tuple[int, int]] = {
        "under_13": (0, alone - 1),
        "13_14": (alone, joins - 1),
        "under_15": (0, joins - 1),
        "15_17": (joins, adult - 1),
        "18_28": (adult, last - 1),
        "29": (last, last),
        "over_29": (last + 1, _NEVER_OVER),
    }
    return spans.get(band)

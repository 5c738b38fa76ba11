"""The one question to those who came, and what may be shown of the answers. Pure.

The programme wants to hear of growth, of inspiration, and whether one could talk openly of what is hard (feedback of
the agency's own seminars); so that is what one can answer, in one tap. Nobody is given points.
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.figures.suppression import Table, protect


class Rating(StrEnum):
    """What somebody took home from it. At most ten signs each, as it is kept."""

    GROWTH = "growth"
    SPARK = "spark"
    """The wish to do something."""
    OPENNESS = "openness"
    """One could talk openly, of what is hard as well."""
    COMPANY = "company"
    NOT_MINE = "not_mine"
    ABSENT = "absent"
    """They were not there: asked only where nobody noted who came."""


OF_THOSE_THERE = tuple(one for one in Rating if one is not Rating.ABSENT)


def shown(counts: Mapping[Rating, int], fewest: int) -> Table[Rating] | None:
    """The answers as ranges that give nobody away; None where fewer than `fewest` people answered at all."""
    rows: dict[Rating, tuple[int]] = {one: (counts.get(one, 0),) for one in OF_THOSE_THERE}
    if sum(count for (count,) in rows.values()) < fewest:
        return None
    return protect(rows, fewest)

"""Every button about the sessions of a series that is out."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action


@dataclass(frozen=True, slots=True)
class OpenSeries(Action):
    """The sessions of the series that event belongs to, each with its numbers."""

    tag: ClassVar[str] = "events.series"
    event: int


@dataclass(frozen=True, slots=True)
class CancelSeries(Action):
    """Call off every session that is still to come, for the reason that was typed (`change`) if there is one: asked
    once more unless `sure`."""

    tag: ClassVar[str] = "events.cancel_series"
    event: int
    sure: bool
    change: int | None = None

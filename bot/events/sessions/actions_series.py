"""Every button and awaited text of sessions in several places, and of cycles of events."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.actions import Action


@dataclass(frozen=True, slots=True)
class EditSessions(Action):
    """The sessions of a draft, to add and to take out."""

    tag: ClassVar[str] = "events.edit_sessions"
    event: int


@dataclass(frozen=True, slots=True)
class TypedSessions(Action):
    """Sessions, a line each."""

    tag: ClassVar[str] = "events.typed_sessions"
    event: int


@dataclass(frozen=True, slots=True)
class DropSession(Action):
    """Take that session out of the draft's."""

    tag: ClassVar[str] = "events.drop_session"
    event: int
    session: int


@dataclass(frozen=True, slots=True)
class ShowSessions(Action):
    """All sessions of the series that event belongs to, for whoever is invited: the nearest first."""

    tag: ClassVar[str] = "events.sessions"
    event: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowCycles(Action):
    """All cycles of events."""

    tag: ClassVar[str] = "events.cycles"


@dataclass(frozen=True, slots=True)
class NewCycle(Action):
    """Begin one, by its title."""

    tag: ClassVar[str] = "events.new_cycle"


@dataclass(frozen=True, slots=True)
class TypedCycle(Action):
    """The title of a new cycle, or the new one of that."""

    tag: ClassVar[str] = "events.typed_cycle"
    cycle: int | None = None


@dataclass(frozen=True, slots=True)
class ShowCycle(Action):
    """One cycle with its events, and what follows what."""

    tag: ClassVar[str] = "events.cycle"
    cycle: int


@dataclass(frozen=True, slots=True)
class AskCycleTitle(Action):
    """What is it called from now on?"""

    tag: ClassVar[str] = "events.cycle_ask_title"
    cycle: int


@dataclass(frozen=True, slots=True)
class EndCycle(Action):
    """No event is put into it any more, asked once more unless `sure`; or it goes on after all."""

    tag: ClassVar[str] = "events.cycle_end"
    cycle: int
    ended: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class AskCycleDates(Action):
    """From when to when does it run?"""

    tag: ClassVar[str] = "events.cycle_ask_dates"
    cycle: int


@dataclass(frozen=True, slots=True)
class TypedCycleDates(Action):
    """From then to then."""

    tag: ClassVar[str] = "events.cycle_typed_dates"
    cycle: int


@dataclass(frozen=True, slots=True)
class SetCycleDates(Action):
    """These dates, if the cycle is still the version that was shown; whoever comes to its events is told."""

    tag: ClassVar[str] = "events.cycle_dates"
    cycle: int
    begins: date
    ends: date
    version: int


@dataclass(frozen=True, slots=True)
class AskCycleCountries(Action):
    """Which countries hold it together?"""

    tag: ClassVar[str] = "events.cycle_ask_lands"
    cycle: int


@dataclass(frozen=True, slots=True)
class TypedCycleCountries(Action):
    """Their codes."""

    tag: ClassVar[str] = "events.cycle_typed_lands"
    cycle: int


@dataclass(frozen=True, slots=True)
class SetCycleCountries(Action):
    """These countries, two letters each, if the cycle is still the version that was shown."""

    tag: ClassVar[str] = "events.cycle_lands"
    cycle: int
    code: str
    version: int


@dataclass(frozen=True, slots=True)
class PickCycle(Action):
    """The draft is an event of that cycle; None: of none."""

    tag: ClassVar[str] = "events.pick_cycle"
    event: int
    cycle: int | None


@dataclass(frozen=True, slots=True)
class ChooseCycle(Action):
    """To which cycle does the draft belong?"""

    tag: ClassVar[str] = "events.choose_cycle"
    event: int

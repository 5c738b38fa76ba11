"""Every button of choosing whom an invitation is for."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.directory.rules import Region
from bot.events.audience import Group, Standing
from bot.events.whom.audience_choices import Cut
from bot.words import Language


@dataclass(frozen=True, slots=True)
class ShowPlaces(Action):
    """Where may it go: the coordinator's own municipalities, or the regions."""

    tag: ClassVar[str] = "events.places"
    event: int


@dataclass(frozen=True, slots=True)
class ShowRegion(Action):
    """That region as a whole, or one of its municipalities."""

    tag: ClassVar[str] = "events.region"
    event: int
    region: Region


@dataclass(frozen=True, slots=True)
class PickPlace(Action):
    """The audience lives there; None: in all of Latvia."""

    tag: ClassVar[str] = "events.place"
    event: int
    municipality: str | None


@dataclass(frozen=True, slots=True)
class PickRegion(Action):
    """The audience lives in that planning region."""

    tag: ClassVar[str] = "events.whole_region"
    event: int
    region: Region


@dataclass(frozen=True, slots=True)
class Toggle(Action):
    """That group in, or out: the button says which, so that a second press does not undo the first."""

    tag: ClassVar[str] = "events.toggle"
    event: int
    group: Group
    chosen: bool


# --- narrowing it down; each says like `Toggle` whether it puts in or takes out ---------------------------------


@dataclass(frozen=True, slots=True)
class ShowCuts(Action):
    """By what can the audience be narrowed down?"""

    tag: ClassVar[str] = "events.cuts"
    event: int


@dataclass(frozen=True, slots=True)
class ShowCut(Action):
    """What is there to choose of that; long lists have pages, from 0."""

    tag: ClassVar[str] = "events.cut"
    event: int
    cut: Cut
    page: int = 0


@dataclass(frozen=True, slots=True)
class Everybody(Action):
    """No longer narrowed down by that."""

    tag: ClassVar[str] = "events.everybody"
    event: int
    cut: Cut


@dataclass(frozen=True, slots=True)
class WithLanguage(Action):
    """Those who read the bot in that language."""

    tag: ClassVar[str] = "events.with_language"
    event: int
    language: Language
    chosen: bool


@dataclass(frozen=True, slots=True)
class WithStanding(Action):
    """Young people who stand there on the road."""

    tag: ClassVar[str] = "events.with_standing"
    event: int
    standing: Standing
    chosen: bool


@dataclass(frozen=True, slots=True)
class WithInterest(Action):
    """Young people who said in the questions that this draws them (`audience_choices.WISHES`)."""

    tag: ClassVar[str] = "events.with_interest"
    event: int
    interest: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PickAges(Action):
    """Young people of these ages, in years, both included; None: no such end."""

    tag: ClassVar[str] = "events.ages"
    event: int
    youngest: int | None
    oldest: int | None


@dataclass(frozen=True, slots=True)
class WithNetwork(Action):
    """Members of that network."""

    tag: ClassVar[str] = "events.with_network"
    event: int
    network: int
    chosen: bool
    page: int


@dataclass(frozen=True, slots=True)
class WithEarlier(Action):
    """Those who took part in that earlier event."""

    tag: ClassVar[str] = "events.with_earlier"
    event: int
    earlier: int
    chosen: bool
    page: int

"""Every button and awaited answer of setting the particulars of a draft."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.events.audience import Group
from bot.events.details import Detail, Section
from bot.words import Language


@dataclass(frozen=True, slots=True)
class ShowMore(Action):
    """All that can be told beside the title, text, place and start, or what stands in that section of it."""

    tag: ClassVar[str] = "events.more"
    event: int
    section: Section | None = None


@dataclass(frozen=True, slots=True)
class AskDetail(Action):
    """Ask for that detail; in that further language, where one is named."""

    tag: ClassVar[str] = "events.detail"
    event: int
    detail: Detail
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class TypedDetail(Action):
    """What was typed for that detail."""

    tag: ClassVar[str] = "events.detail_typed"
    event: int
    detail: Detail
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class PickDetail(Action):
    """That choice in, or out."""

    tag: ClassVar[str] = "events.detail_pick"
    event: int
    detail: Detail
    code: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SwitchDetail(Action):
    """That detail holds, or does not."""

    tag: ClassVar[str] = "events.detail_switch"
    event: int
    detail: Detail
    chosen: bool


@dataclass(frozen=True, slots=True)
class DropDetail(Action):
    """Take that detail out."""

    tag: ClassVar[str] = "events.detail_drop"
    event: int
    detail: Detail


@dataclass(frozen=True, slots=True)
class Free(Action):
    """It costs nothing."""

    tag: ClassVar[str] = "events.free"
    event: int


@dataclass(frozen=True, slots=True)
class AskQuota(Action):
    """How many places are for that group?"""

    tag: ClassVar[str] = "events.quota"
    event: int
    group: Group


@dataclass(frozen=True, slots=True)
class TypedQuota(Action):
    """So many."""

    tag: ClassVar[str] = "events.quota_typed"
    event: int
    group: Group


@dataclass(frozen=True, slots=True)
class DropQuota(Action):
    """That group has no limit of its own."""

    tag: ClassVar[str] = "events.quota_drop"
    event: int
    group: Group


@dataclass(frozen=True, slots=True)
class SpotFor(Action):
    """The place on the map that is awaited for a draft."""

    tag: ClassVar[str] = "events.spot"
    event: int


@dataclass(frozen=True, slots=True)
class PickEarlier(Action):
    """Only those who took part in that earlier event may come; or they no longer count."""

    tag: ClassVar[str] = "events.after"
    event: int
    earlier: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShowMap(Action):
    """Where an event is on the map, for whoever is invited."""

    tag: ClassVar[str] = "events.map"
    event: int

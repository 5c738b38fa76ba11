"""Every button of the directory of open events, and of what somebody wants none of."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.directory.rules import Region
from bot.events.event import Kind
from bot.events.finding.store_mutes import Mutable


@dataclass(frozen=True, slots=True)
class ShowOpen(Action):
    """What there is for people of that municipality; none: where the one who asks lives, if that is known."""

    tag: ClassVar[str] = "events.nearby"
    municipality: str | None
    page: int


@dataclass(frozen=True, slots=True)
class ChooseRegion(Action):
    """Where else? By region."""

    tag: ClassVar[str] = "events.open_regions"


@dataclass(frozen=True, slots=True)
class ChoosePlace(Action):
    """Where in that region?"""

    tag: ClassVar[str] = "events.open_places"
    region: Region


@dataclass(frozen=True, slots=True)
class KeepPlace(Action):
    """They live there, and say so."""

    tag: ClassVar[str] = "events.keep_place"
    municipality: str


@dataclass(frozen=True, slots=True)
class LookAt(Action):
    """One open event; the one who looks need not be invited. The rest is which page of what list they came from."""

    tag: ClassVar[str] = "events.look_at"
    event: int
    municipality: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowByPartner(Action):
    """What else a partner of the directory holds."""

    tag: ClassVar[str] = "events.by_partner"
    organization: int


@dataclass(frozen=True, slots=True)
class MuteKind(Action):
    """No more of the kind that this event is of."""

    tag: ClassVar[str] = "events.mute"
    event: int


@dataclass(frozen=True, slots=True)
class Unmute(Action):
    """That kind again."""

    tag: ClassVar[str] = "events.unmute"
    of: Mutable
    kind: Kind


@dataclass(frozen=True, slots=True)
class ShowMuted(Action):
    """Everything they want none of."""

    tag: ClassVar[str] = "events.muted"


@dataclass(frozen=True, slots=True)
class ShowOpenNews(Action):
    """News of what others hold, for young people."""

    tag: ClassVar[str] = "events.open_news"

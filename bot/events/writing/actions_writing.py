"""Every button and awaited text of writing an invitation."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.actions import Action
from bot.events.event import Kind
from bot.events.writing.drafts import Step
from bot.words import Language


@dataclass(frozen=True, slots=True)
class Write(Action):
    """Begin an invitation, or go on with the one begun."""

    tag: ClassVar[str] = "events.write"


@dataclass(frozen=True, slots=True)
class WriteAnew(Action):
    """Begin another; what was begun before stays among the drafts."""

    tag: ClassVar[str] = "events.write_anew"


@dataclass(frozen=True, slots=True)
class ChooseKind(Action):
    """What kind of event is it: the one of that draft, or a new one."""

    tag: ClassVar[str] = "events.choose_kind"
    event: int | None


@dataclass(frozen=True, slots=True)
class PickKind(Action):
    """It is an event of that kind."""

    tag: ClassVar[str] = "events.kind"
    event: int | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class PickNewsOf(Action):
    """The announcement tells of an event of that kind."""

    tag: ClassVar[str] = "events.news_of"
    event: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class ShowEarlier(Action):
    """Earlier events, to begin with a copy of one."""

    tag: ClassVar[str] = "events.earlier"


@dataclass(frozen=True, slots=True)
class CopyOf(Action):
    """A new draft with everything of that event but its dates."""

    tag: ClassVar[str] = "events.copy"
    event: int


@dataclass(frozen=True, slots=True)
class Begin(Action):
    """Write the first text in this language: in the draft named, or in a new one for an event of that kind."""

    tag: ClassVar[str] = "events.begin"
    event: int | None
    language: Language
    kind: Kind


@dataclass(frozen=True, slots=True)
class ChooseFirst(Action):
    """Ask again for the language of the first text."""

    tag: ClassVar[str] = "events.choose_first"
    event: int


@dataclass(frozen=True, slots=True)
class Ask(Action):
    """Show this step; texts are asked for in `language`, or in the first one."""

    tag: ClassVar[str] = "events.ask"
    event: int
    step: Step
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Typed(Action):
    """The text for this step."""

    tag: ClassVar[str] = "events.typed"
    event: int
    step: Step
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class TypedWhen(Action):
    """The text that says when it starts; with a day known, the hour is enough."""

    tag: ClassVar[str] = "events.typed_when"
    event: int
    day: date | None = None


@dataclass(frozen=True, slots=True)
class SureWhen(Action):
    """It does start at that minute, as it was understood."""

    tag: ClassVar[str] = "events.sure_when"
    event: int
    minutes: int


@dataclass(frozen=True, slots=True)
class PickHour(Action):
    """It starts on that day at that full hour."""

    tag: ClassVar[str] = "events.pick_hour"
    event: int
    day: date
    hour: int


@dataclass(frozen=True, slots=True)
class DropLanguage(Action):
    """Take that translation out."""

    tag: ClassVar[str] = "events.drop_language"
    event: int
    language: Language


@dataclass(frozen=True, slots=True)
class Discard(Action):
    """Throw the draft away: asked once more unless `sure`."""

    tag: ClassVar[str] = "events.discard"
    event: int
    sure: bool

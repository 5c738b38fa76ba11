"""Every button and awaited text of events; the conversations share them, so they stand beside, not in, the chats."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.actions import Action
from bot.directory.rules import Region
from bot.events.drafts import Step
from bot.events.rules import Group, Reply
from bot.words import Language

# --- writing ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Write(Action):
    """Begin an invitation, or go on with the one begun."""

    tag: ClassVar[str] = "events.write"


@dataclass(frozen=True, slots=True)
class WriteAnew(Action):
    """Leave that draft and begin another."""

    tag: ClassVar[str] = "events.write_anew"
    draft: int


@dataclass(frozen=True, slots=True)
class Begin(Action):
    """Write the first text in this language: in the draft named, or in a new one, which may replace `instead`."""

    tag: ClassVar[str] = "events.begin"
    event: int | None
    language: Language
    instead: int | None = None


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


# --- audience ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowPlaces(Action):
    """Where may it go: the coordinator's own municipalities, or the regions."""

    tag: ClassVar[str] = "events.places"
    event: int


@dataclass(frozen=True, slots=True)
class ShowRegion(Action):
    """The municipalities of that region."""

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
class Toggle(Action):
    """That group in, or out: the button says which, so that a second press does not undo the first."""

    tag: ClassVar[str] = "events.toggle"
    event: int
    group: Group
    chosen: bool


# --- sending ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Preview(Action):
    """Show it as somebody reads it whose language that is."""

    tag: ClassVar[str] = "events.preview"
    event: int
    language: Language


@dataclass(frozen=True, slots=True)
class SendToMe(Action):
    """One copy to the coordinator, buttons and all."""

    tag: ClassVar[str] = "events.send_to_me"
    event: int


@dataclass(frozen=True, slots=True)
class Sample(Action):
    """A button of that copy."""

    tag: ClassVar[str] = "events.sample"


@dataclass(frozen=True, slots=True)
class AskSend(Action):
    """State the count and ask once more."""

    tag: ClassVar[str] = "events.ask_send"
    event: int


@dataclass(frozen=True, slots=True)
class Send(Action):
    """Send what the coordinator was shown (`digest`) to so many people (`stated`), and nothing else."""

    tag: ClassVar[str] = "events.send"
    event: int
    stated: int
    digest: str


# --- running ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowEvents(Action):
    """A coordinator's events with their numbers; for everybody else the same as `ShowMine`."""

    tag: ClassVar[str] = "events.list"


@dataclass(frozen=True, slots=True)
class Open(Action):
    """The page of one event: how far the sending is, and the answers."""

    tag: ClassVar[str] = "events.open"
    event: int


@dataclass(frozen=True, slots=True)
class Stop(Action):
    """Stop the sending, at once."""

    tag: ClassVar[str] = "events.stop"
    event: int


@dataclass(frozen=True, slots=True)
class Cancel(Action):
    """Call the event off: asked once more unless `sure`."""

    tag: ClassVar[str] = "events.cancel"
    event: int
    sure: bool


# --- being invited ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowMine(Action):
    """What somebody is invited to, with their answers."""

    tag: ClassVar[str] = "events.mine"


@dataclass(frozen=True, slots=True)
class ShowInvitation(Action):
    """One invitation once more."""

    tag: ClassVar[str] = "events.invitation"
    event: int


@dataclass(frozen=True, slots=True)
class Answer(Action):
    """Yes, maybe or no."""

    tag: ClassVar[str] = "events.answer"
    event: int
    reply: Reply

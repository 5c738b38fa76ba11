"""Every button of looking at an invitation, sending it and running it."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.events.audience import Group
from bot.events.going_out.sending import SendOn
from bot.words import Language


@dataclass(frozen=True, slots=True)
class Preview(Action):
    """Show it as somebody of that group reads it whose language that is; without them, as most will read it."""

    tag: ClassVar[str] = "events.preview"
    event: int
    language: Language | None = None
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class SendToMe(Action):
    """One copy in that form to whoever looks at it, buttons and all."""

    tag: ClassVar[str] = "events.send_to_me"
    event: int
    language: Language
    group: Group | None


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
    """Send what the coordinator was shown (`digest`) to so many people (`stated`), and nothing else; to many, hand it
    in."""

    tag: ClassVar[str] = "events.send"
    event: int
    stated: int
    digest: str


@dataclass(frozen=True, slots=True)
class AskSendAt(Action):
    """When is it to go out?"""

    tag: ClassVar[str] = "events.ask_send_at"
    event: int


@dataclass(frozen=True, slots=True)
class SendAt(Action):
    """It goes out then."""

    tag: ClassVar[str] = "events.send_at"
    event: int
    on: SendOn


@dataclass(frozen=True, slots=True)
class SendAtTyped(Action):
    """The text that says when it goes out."""

    tag: ClassVar[str] = "events.send_at_typed"
    event: int


@dataclass(frozen=True, slots=True)
class Look(Action):
    """What waits for a second coordinator, as that one has to see it, or its author."""

    tag: ClassVar[str] = "events.look"
    event: int


@dataclass(frozen=True, slots=True)
class Approve(Action):
    """The second coordinator's yes to this text (`digest`) for so many people (`stated`): it goes out."""

    tag: ClassVar[str] = "events.approve"
    event: int
    stated: int
    digest: str


@dataclass(frozen=True, slots=True)
class Return(Action):
    """The second coordinator has something to say about it first."""

    tag: ClassVar[str] = "events.return"
    event: int


@dataclass(frozen=True, slots=True)
class ReturnWhy(Action):
    """The text that says what."""

    tag: ClassVar[str] = "events.return_why"
    event: int


@dataclass(frozen=True, slots=True)
class Withdraw(Action):
    """Its author takes back what was handed in."""

    tag: ClassVar[str] = "events.withdraw"
    event: int


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
    """Stop the sending, at once; what was to go out later becomes a draft again."""

    tag: ClassVar[str] = "events.stop"
    event: int


@dataclass(frozen=True, slots=True)
class AskResume(Action):
    """State how many have not got it, and ask once more."""

    tag: ClassVar[str] = "events.ask_resume"
    event: int


@dataclass(frozen=True, slots=True)
class Resume(Action):
    """Send to the rest, as `Send` does."""

    tag: ClassVar[str] = "events.resume"
    event: int
    stated: int
    digest: str


@dataclass(frozen=True, slots=True)
class Cancel(Action):
    """Call the event off: asked once more unless `sure`."""

    tag: ClassVar[str] = "events.cancel"
    event: int
    sure: bool

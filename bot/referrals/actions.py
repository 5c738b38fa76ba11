"""Every button of a referral."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.referrals.referral import Choice, Decline, Kind


@dataclass(frozen=True, slots=True)
class Refer(Action):
    """Choose the young person to refer."""

    tag: ClassVar[str] = "referrals.refer"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ChooseKind(Action):
    """Choose what kind of help this case needs."""

    tag: ClassVar[str] = "referrals.kind"
    case: int


@dataclass(frozen=True, slots=True)
class ChooseReceiver(Action):
    """Choose who is asked."""

    tag: ClassVar[str] = "referrals.receiver"
    case: int
    kind: Kind
    page: int = 0


@dataclass(frozen=True, slots=True)
class AddNote(Action):
    """A receiver is chosen; the next text is the note to them."""

    tag: ClassVar[str] = "referrals.note"
    case: int
    kind: Kind
    receiver: int | None
    service: int | None = None


@dataclass(frozen=True, slots=True)
class AskYouth(Action):
    """Ask the young person, without a note."""

    tag: ClassVar[str] = "referrals.ask"
    case: int
    kind: Kind
    receiver: int | None
    service: int | None = None


@dataclass(frozen=True, slots=True)
class Agree(Action):
    """The young person says yes to what is passed on: the text whose hash begins with `shown`."""

    tag: ClassVar[str] = "referrals.agree"
    referral: int
    shown: str


@dataclass(frozen=True, slots=True)
class Refuse(Action):
    """The young person says no to it."""

    tag: ClassVar[str] = "referrals.refuse"
    referral: int


@dataclass(frozen=True, slots=True)
class ChooseTime(Action):
    """The young person answers the proposal of that minute (`rules.minute_of`)."""

    tag: ClassVar[str] = "referrals.time"
    referral: int
    minute: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class Mine(Action):
    """The young person's own referrals."""

    tag: ClassVar[str] = "referrals.mine"


@dataclass(frozen=True, slots=True)
class ShowMine(Action):
    """One of the young person's own referrals."""

    tag: ClassVar[str] = "referrals.show_mine"
    referral: int


@dataclass(frozen=True, slots=True)
class WithdrawMine(Action):
    """The young person takes a referral back; asked once more before it is done."""

    tag: ClassVar[str] = "referrals.withdraw_mine"
    referral: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Sent(Action):
    """The open referrals of the young people somebody guides."""

    tag: ClassVar[str] = "referrals.sent"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowSent(Action):
    """One referral, as its referrer sees it."""

    tag: ClassVar[str] = "referrals.show_sent"
    referral: int


@dataclass(frozen=True, slots=True)
class TakeBack(Action):
    """The referrer takes a referral back; asked once more before it is done."""

    tag: ClassVar[str] = "referrals.take_back"
    referral: int
    sure: bool


@dataclass(frozen=True, slots=True)
class GiveUp(Action):
    """The referrer waits no longer and chooses somebody else."""

    tag: ClassVar[str] = "referrals.give_up"
    referral: int


@dataclass(frozen=True, slots=True)
class Inbox(Action):
    """The open referrals addressed to somebody."""

    tag: ClassVar[str] = "referrals.inbox"
    page: int = 0


@dataclass(frozen=True, slots=True)
class Open(Action):
    """The receiver opens a referral; the first time that is recorded."""

    tag: ClassVar[str] = "referrals.open"
    referral: int


@dataclass(frozen=True, slots=True)
class Accept(Action):
    """The receiver takes it."""

    tag: ClassVar[str] = "referrals.accept"
    referral: int


@dataclass(frozen=True, slots=True)
class AskTime(Action):
    """The receiver looks for times to propose; these are chosen so far, and the next text may be one too."""

    tag: ClassVar[str] = "referrals.ask_time"
    referral: int
    first: int | None = None
    second: int | None = None
    third: int | None = None


@dataclass(frozen=True, slots=True)
class AskReason(Action):
    """Show the reasons for which the receiver may decline."""

    tag: ClassVar[str] = "referrals.ask_reason"
    referral: int


@dataclass(frozen=True, slots=True)
class DeclineFor(Action):
    """The receiver cannot take it, for that reason."""

    tag: ClassVar[str] = "referrals.decline"
    referral: int
    reason: Decline


@dataclass(frozen=True, slots=True)
class CallOff(Action):
    """The receiver cannot make the agreed time; asked once more before it is done."""

    tag: ClassVar[str] = "referrals.call_off"
    referral: int
    sure: bool

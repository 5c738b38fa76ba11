"""The buttons of an appointment, beside `AskTime`, `ChooseTime` and `CallOff`: times, and where and how it is."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.words import Language


@dataclass(frozen=True, slots=True)
class SendTimes(Action):
    """The receiver proposes these times (`bot.calendar.in_minutes`)."""

    tag: ClassVar[str] = "referrals.send_times"
    referral: int
    first: int
    second: int | None = None
    third: int | None = None


@dataclass(frozen=True, slots=True)
class TakeTime(Action):
    """The receiver takes the time of that minute, which the young person proposed."""

    tag: ClassVar[str] = "referrals.take_time"
    referral: int
    minute: int


@dataclass(frozen=True, slots=True)
class MyTimes(Action):
    """The young person looks for times to propose; these are chosen so far, and the next text may be one too."""

    tag: ClassVar[str] = "referrals.my_times"
    referral: int
    first: int | None = None
    second: int | None = None
    third: int | None = None


@dataclass(frozen=True, slots=True)
class SendMyTimes(Action):
    """The young person proposes these times."""

    tag: ClassVar[str] = "referrals.send_my_times"
    referral: int
    first: int
    second: int | None = None
    third: int | None = None


@dataclass(frozen=True, slots=True)
class CannotCome(Action):
    """The young person cannot make the agreed time; asked once more before it is done."""

    tag: ClassVar[str] = "referrals.cannot_come"
    referral: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Describe(Action):
    """The receiver says where the appointment is (the next text) and in which language; so far this is chosen."""

    tag: ClassVar[str] = "referrals.describe"
    referral: int
    spoken: Language | None
    interpreter: bool


@dataclass(frozen=True, slots=True)
class Described(Action):
    """The language and the interpreter as chosen; the place stays as it is."""

    tag: ClassVar[str] = "referrals.described"
    referral: int
    spoken: Language | None
    interpreter: bool


@dataclass(frozen=True, slots=True)
class DescribeAlike(Action):
    """Place, language and interpreter as at the receiver's last appointment."""

    tag: ClassVar[str] = "referrals.describe_alike"
    referral: int

"""What can be pressed about one's own data: the notice, the consents, everything that is kept, and its end."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.actions import Action
from bot.people.retention import DataClass
from bot.people.rules import Purpose


@dataclass(frozen=True, slots=True)
class ReadPrivacy(Action):
    """The privacy notice."""

    tag: ClassVar[str] = "people.privacy"


@dataclass(frozen=True, slots=True)
class ReadTerms(Action):
    """How long each kind of data is kept."""

    tag: ClassVar[str] = "people.terms"


class NoticeAnswer(StrEnum):
    """What somebody says to a notice that has changed."""

    FINE = "fine"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class AnswerNotice(Action):
    """What they agreed to holds for the notice of that version too; or all ends, asked once more unless `sure`."""

    tag: ClassVar[str] = "people.notice"
    answer: NoticeAnswer
    version: str
    sure: bool


@dataclass(frozen=True, slots=True)
class ShowConsents(Action):
    """All that can be agreed to, and what was."""

    tag: ClassVar[str] = "people.consents"


@dataclass(frozen=True, slots=True)
class AboutPictures(Action):
    """What becomes of pictures taken at events, before anybody says yes to being seen in them."""

    tag: ClassVar[str] = "people.about_pictures"


@dataclass(frozen=True, slots=True)
class Give(Action):
    """Agree to one purpose."""

    tag: ClassVar[str] = "people.give"
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Withdraw(Action):
    """Take back one consent: where more than that ends with it, asked once more unless `sure`."""

    tag: ClassVar[str] = "people.withdraw"
    purpose: Purpose
    sure: bool


@dataclass(frozen=True, slots=True)
class ShowMyData(Action):
    """Everything that is kept of me."""

    tag: ClassVar[str] = "people.mydata"


@dataclass(frozen=True, slots=True)
class KeepMyData(Action):
    """What was about to be deleted is to stay."""

    tag: ClassVar[str] = "people.keep"
    data_class: DataClass


@dataclass(frozen=True, slots=True)
class Forget(Action):
    """Erase me: asked once more unless `sure`."""

    tag: ClassVar[str] = "people.forget"
    sure: bool

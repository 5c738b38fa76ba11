"""What the buttons of the register mean."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from bot.actions import Action
from bot.directory.register import Help, Offer, OrganizationField, PartnerKind, ServiceField
from bot.directory.rules import Region
from bot.words import Language

# --- looking ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShowRegister(Action):
    """The partners of one's own municipality; where there are several, which?"""

    tag: ClassVar[str] = "directory.register"


@dataclass(frozen=True, slots=True)
class RegisterRegion(Action):
    tag: ClassVar[str] = "directory.register_region"
    region: Region


@dataclass(frozen=True, slots=True)
class ListPartners(Action):
    """The partners of that municipality; None: those of the whole country."""

    tag: ClassVar[str] = "directory.partners"
    municipality: str | None
    page: int = 0
    retired: bool = False


@dataclass(frozen=True, slots=True)
class ShowPartner(Action):
    tag: ClassVar[str] = "directory.partner"
    organization: int


@dataclass(frozen=True, slots=True)
class ShowService(Action):
    tag: ClassVar[str] = "directory.service"
    service: int


# --- an organisation --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddPartner(Action):
    """A new one: of what kind?"""

    tag: ClassVar[str] = "directory.add_partner"
    municipality: str | None


@dataclass(frozen=True, slots=True)
class NamePartner(Action):
    """What is it called? The typed name makes the entry."""

    tag: ClassVar[str] = "directory.name_partner"
    municipality: str | None
    kind: PartnerKind


@dataclass(frozen=True, slots=True)
class ChangePartner(Action):
    """What is to be changed?"""

    tag: ClassVar[str] = "directory.change_partner"
    organization: int


@dataclass(frozen=True, slots=True)
class PartnerField(Action):
    """Ask for it; also what the typed line answers."""

    tag: ClassVar[str] = "directory.partner_field"
    organization: int
    field: OrganizationField


@dataclass(frozen=True, slots=True)
class ClearPartnerField(Action):
    tag: ClassVar[str] = "directory.partner_clear"
    organization: int
    field: OrganizationField


@dataclass(frozen=True, slots=True)
class PickPartnerKind(Action):
    tag: ClassVar[str] = "directory.partner_kind"
    organization: int
    kind: PartnerKind


@dataclass(frozen=True, slots=True)
class PickOwner(Action):
    """Who is asked whether it is still right; None: the coordinators."""

    tag: ClassVar[str] = "directory.owner"
    organization: int
    person: int | None


@dataclass(frozen=True, slots=True)
class RetirePartner(Action):
    """Take it out of use; asked once more unless `sure`."""

    tag: ClassVar[str] = "directory.retire_partner"
    organization: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class BringBackPartner(Action):
    tag: ClassVar[str] = "directory.bring_partner"
    organization: int


# --- a service --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddService(Action):
    """A new one: what does it answer?"""

    tag: ClassVar[str] = "directory.add_service"
    organization: int


@dataclass(frozen=True, slots=True)
class NameService(Action):
    """What is it called? The typed name makes the entry."""

    tag: ClassVar[str] = "directory.name_service"
    organization: int
    kind: Help


@dataclass(frozen=True, slots=True)
class ChangeService(Action):
    """What is to be changed?"""

    tag: ClassVar[str] = "directory.change_service"
    service: int


@dataclass(frozen=True, slots=True)
class AskField(Action):
    """Ask for it; also what the typed line answers. `guided`: the next question follows."""

    tag: ClassVar[str] = "directory.service_field"
    service: int
    field: ServiceField
    guided: bool = False


@dataclass(frozen=True, slots=True)
class ClearField(Action):
    """It has none of that."""

    tag: ClassVar[str] = "directory.service_clear"
    service: int
    field: ServiceField
    guided: bool


@dataclass(frozen=True, slots=True)
class PickHelp(Action):
    tag: ClassVar[str] = "directory.service_kind"
    service: int
    kind: Help


@dataclass(frozen=True, slots=True)
class SwitchOffer(Action):
    """Put it into what the service gives, or take it out."""

    tag: ClassVar[str] = "directory.offer"
    service: int
    offer: Offer
    there: bool
    guided: bool


@dataclass(frozen=True, slots=True)
class SwitchLanguage(Action):
    """Put it among the languages spoken there, or take it out."""

    tag: ClassVar[str] = "directory.spoken"
    service: int
    language: str
    there: bool
    guided: bool


@dataclass(frozen=True, slots=True)
class PickAges(Action):
    tag: ClassVar[str] = "directory.ages"
    service: int
    youngest: int | None
    oldest: int | None
    guided: bool


class Reach(StrEnum):
    """How far a service reaches, where nobody types the names of its municipalities."""

    OWN = "own"
    REGION = "region"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class PickReach(Action):
    tag: ClassVar[str] = "directory.reach"
    service: int
    reach: Reach
    guided: bool


@dataclass(frozen=True, slots=True)
class SwitchOnline(Action):
    tag: ClassVar[str] = "directory.online"
    service: int
    online: bool
    guided: bool


@dataclass(frozen=True, slots=True)
class PickReceiver(Action):
    """Who answers for it on Telegram."""

    tag: ClassVar[str] = "directory.answers"
    service: int
    receiver: int
    guided: bool


@dataclass(frozen=True, slots=True)
class PickReads(Action):
    """The language of letters to it."""

    tag: ClassVar[str] = "directory.reads"
    service: int
    language: Language
    guided: bool


@dataclass(frozen=True, slots=True)
class RetireService(Action):
    """Take it out of use; asked once more unless `sure`."""

    tag: ClassVar[str] = "directory.retire_service"
    service: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class BringBackService(Action):
    tag: ClassVar[str] = "directory.bring_service"
    service: int


# --- still right, and full --------------------------------------------------------------------------------------


class Check(StrEnum):
    """What somebody says of an entry."""

    RIGHT = "right"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class AnswerCheck(Action):
    """Is it still right?"""

    tag: ClassVar[str] = "directory.check"
    service: int
    answer: Check


@dataclass(frozen=True, slots=True)
class AskFull(Action):
    """Until which day is nobody new taken? Also what the typed day answers. None: by oneself, without an entry."""

    tag: ClassVar[str] = "directory.full"
    service: int | None


@dataclass(frozen=True, slots=True)
class SayFull(Action):
    tag: ClassVar[str] = "directory.full_until"
    service: int | None
    until: date


@dataclass(frozen=True, slots=True)
class TakeAgain(Action):
    tag: ClassVar[str] = "directory.takes_again"
    service: int | None


@dataclass(frozen=True, slots=True)
class ShowFull(Action):
    """What one receives referrals for, and what of it is full."""

    tag: ClassVar[str] = "directory.fullness"


# --- agreements -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListAgreements(Action):
    tag: ClassVar[str] = "directory.agreements"
    organization: int


@dataclass(frozen=True, slots=True)
class NewAgreement(Action):
    """A new one: of which municipality? Also what the typed name of it answers."""

    tag: ClassVar[str] = "directory.agree"
    organization: int


@dataclass(frozen=True, slots=True)
class AgreementWith(Action):
    """Is it strategic?"""

    tag: ClassVar[str] = "directory.agree_kind"
    organization: int
    municipality: str


@dataclass(frozen=True, slots=True)
class AgreementFrom(Action):
    """From which day? Also what the typed day answers."""

    tag: ClassVar[str] = "directory.agree_from"
    organization: int
    municipality: str
    strategic: bool


@dataclass(frozen=True, slots=True)
class AgreementUntil(Action):
    """Until which day? Also what the typed day answers."""

    tag: ClassVar[str] = "directory.agree_until"
    organization: int
    municipality: str
    strategic: bool
    first: date


@dataclass(frozen=True, slots=True)
class AgreementNoted(Action):
    """That is all: keep it; it has no end."""

    tag: ClassVar[str] = "directory.agreed"
    organization: int
    municipality: str
    strategic: bool
    first: date


@dataclass(frozen=True, slots=True)
class ShowAgreement(Action):
    tag: ClassVar[str] = "directory.agreement"
    agreement: int


@dataclass(frozen=True, slots=True)
class AgreementEnd(Action):
    """Until which day instead? Also what the typed day answers."""

    tag: ClassVar[str] = "directory.agree_end"
    agreement: int


@dataclass(frozen=True, slots=True)
class DropAgreement(Action):
    """It was noted by mistake; asked once more unless `sure`."""

    tag: ClassVar[str] = "directory.agree_drop"
    agreement: int
    sure: bool = False

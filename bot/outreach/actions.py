"""The buttons around sources. Steps of a new one carry what was chosen so far; the handlers check all of it again."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.actions import Action
from bot.directory.rules import Region
from bot.outreach.rules import Kind
from bot.words import Language


class FirstLanguage(StrEnum):
    """The language that a source asks in first; `ANY`: the one of the phone that opens it."""

    LV = "lv"
    UK = "uk"
    EN = "en"
    ANY = "any"

    @property
    def language(self) -> Language | None:
        return None if self is FirstLanguage.ANY else Language(self.value)


@dataclass(frozen=True, slots=True)
class ListSources(Action):
    tag: ClassVar[str] = "outreach.sources"
    page: int


@dataclass(frozen=True, slots=True)
class ShowSource(Action):
    tag: ClassVar[str] = "outreach.source"
    source: int


@dataclass(frozen=True, slots=True)
class ShowFigures(Action):
    """How far those got who came by this source."""

    tag: ClassVar[str] = "outreach.figures"
    source: int


# --- a new one --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NewSource(Action):
    tag: ClassVar[str] = "outreach.new"


@dataclass(frozen=True, slots=True)
class PickRegion(Action):
    tag: ClassVar[str] = "outreach.region"
    region: Region


@dataclass(frozen=True, slots=True)
class PickPlace(Action):
    """The municipality, or the whole country where there is none."""

    tag: ClassVar[str] = "outreach.place"
    municipality: str | None


@dataclass(frozen=True, slots=True)
class PickKind(Action):
    tag: ClassVar[str] = "outreach.kind"
    municipality: str | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class PickLanguage(Action):
    tag: ClassVar[str] = "outreach.language"
    municipality: str | None
    kind: Kind
    first: FirstLanguage


@dataclass(frozen=True, slots=True)
class NameNew(Action):
    """The next text is the name of this new source."""

    tag: ClassVar[str] = "outreach.name"
    municipality: str | None
    kind: Kind
    first: FirstLanguage


# --- what can be done with one ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AskRename(Action):
    tag: ClassVar[str] = "outreach.ask_rename"
    source: int


@dataclass(frozen=True, slots=True)
class Rename(Action):
    """The next text is this source's new name."""

    tag: ClassVar[str] = "outreach.rename"
    source: int


@dataclass(frozen=True, slots=True)
class Switch(Action):
    """Off or on. Nothing changes for whoever opens it: printed posters cannot be called back."""

    tag: ClassVar[str] = "outreach.switch"
    source: int
    on: bool


@dataclass(frozen=True, slots=True)
class ChoosePoster(Action):
    """The poster's languages, as ticked so far."""

    tag: ClassVar[str] = "outreach.choose"
    source: int
    lv: bool
    uk: bool
    en: bool

    @property
    def ticked(self) -> tuple[Language, ...]:
        return tuple(language for language in Language if getattr(self, language.value))


@dataclass(frozen=True, slots=True)
class MakePoster(Action):
    tag: ClassVar[str] = "outreach.poster"
    source: int
    lv: bool
    uk: bool
    en: bool

    @property
    def ticked(self) -> tuple[Language, ...]:
        return tuple(language for language in Language if getattr(self, language.value))


@dataclass(frozen=True, slots=True)
class MakeCode(Action):
    """The QR code alone."""

    tag: ClassVar[str] = "outreach.code"
    source: int


# --- young people -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InviteFriend(Action):
    tag: ClassVar[str] = "outreach.friend"

"""Buttons around municipalities: what is known of their youth work, and how it is organised there."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bot.actions import Action
from bot.directory.rules import Region
from bot.networks.network import Subject, Value


@dataclass(frozen=True, slots=True)
class Country(Action):
    """All of Latvia in numbers; a typed name finds its municipality."""

    tag: ClassVar[str] = "networks.country"


@dataclass(frozen=True, slots=True)
class ShowRegion(Action):
    tag: ClassVar[str] = "networks.region"
    region: Region


@dataclass(frozen=True, slots=True)
class ShowPlace(Action):
    tag: ClassVar[str] = "networks.place"
    municipality: str


@dataclass(frozen=True, slots=True)
class History(Action):
    """All that was ever noted there."""

    tag: ClassVar[str] = "networks.history"
    municipality: str


@dataclass(frozen=True, slots=True)
class CoverageTable(Action):
    tag: ClassVar[str] = "networks.table"


@dataclass(frozen=True, slots=True)
class CoverageMap(Action):
    tag: ClassVar[str] = "networks.map"
    subject: Subject


@dataclass(frozen=True, slots=True)
class NoteIt(Action):
    """How does it stand there, as of when? The day may be typed."""

    tag: ClassVar[str] = "networks.note"
    municipality: str
    subject: Subject
    value: Value
    day: date | None = None


@dataclass(frozen=True, slots=True)
class AddPaper(Action):
    """The next file, or https address, tells how youth work is organised there; `paper` is what it replaces."""

    tag: ClassVar[str] = "networks.add_paper"
    municipality: str
    paper: int | None = None


@dataclass(frozen=True, slots=True)
class ShowPaper(Action):
    tag: ClassVar[str] = "networks.paper"
    paper: int


@dataclass(frozen=True, slots=True)
class NamePaper(Action):
    """The next text is its title."""

    tag: ClassVar[str] = "networks.name_paper"
    paper: int


@dataclass(frozen=True, slots=True)
class RetirePaper(Action):
    tag: ClassVar[str] = "networks.retire_paper"
    paper: int


@dataclass(frozen=True, slots=True)
class GetPaper(Action):
    """The file itself, fetched from where it stays with Telegram."""

    tag: ClassVar[str] = "networks.get_paper"
    paper: int

"""Buttons of the search."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.actions import Action
from bot.directory.register import Help
from bot.directory.rules import Region
from bot.words import Language


class Band(StrEnum):
    """The age bands of the young people who can be referred, as screening asks them."""

    YOUNGER = "15_17"
    ADULT = "18_28"
    LAST = "29"


@dataclass(frozen=True, slots=True)
class Find(Action):
    """Begin: which kind of help; a typed name is looked for."""

    tag: ClassVar[str] = "directory.find"


@dataclass(frozen=True, slots=True)
class Found(Action):
    """Who offers that kind of help; `municipality` None: wherever, `band` None: any age."""

    tag: ClassVar[str] = "directory.found"
    kind: Help
    municipality: str | None
    language: Language
    band: Band | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class FindRegion(Action):
    """Look elsewhere: in which region."""

    tag: ClassVar[str] = "directory.find_region"
    kind: Help
    language: Language
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class FindPlace(Action):
    """Look elsewhere: in which municipality of that region."""

    tag: ClassVar[str] = "directory.find_place"
    kind: Help
    language: Language
    band: Band | None
    region: Region

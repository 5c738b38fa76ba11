"""Every button and awaited answer about the files and the organisers of an event."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.actions import Action


class Purpose(StrEnum):
    """When a file is offered."""

    WITH = "with"
    """With the invitation."""
    AFTER = "after"
    """As material, to those who came."""


@dataclass(frozen=True, slots=True)
class ShowFiles(Action):
    """The files of a draft, or the materials of an event."""

    tag: ClassVar[str] = "events.files"
    event: int
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class AddFile(Action):
    """Wait for one more."""

    tag: ClassVar[str] = "events.add_file"
    event: int
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class NameFile(Action):
    """Wait for what its button shall say."""

    tag: ClassVar[str] = "events.name_file"
    event: int
    event_file: int


@dataclass(frozen=True, slots=True)
class DropFile(Action):
    """Take it off."""

    tag: ClassVar[str] = "events.drop_file"
    event: int
    event_file: int
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class GetFile(Action):
    """Bring it to whoever asks, if they may have it."""

    tag: ClassVar[str] = "events.get_file"
    event_file: int


@dataclass(frozen=True, slots=True)
class ShowOrganisers(Action):
    """Who holds the event."""

    tag: ClassVar[str] = "events.organisers"
    event: int


@dataclass(frozen=True, slots=True)
class ListPartners(Action):
    """A page of the partners to choose from."""

    tag: ClassVar[str] = "events.partners"
    event: int
    page: int


@dataclass(frozen=True, slots=True)
class AddPartner(Action):
    """That partner holds it too; it stands in place of an organiser who was typed, where one is named."""

    tag: ClassVar[str] = "events.add_partner"
    event: int
    organization: int
    organiser: int | None = None


@dataclass(frozen=True, slots=True)
class TypeOrganiser(Action):
    """Wait for a name."""

    tag: ClassVar[str] = "events.type_organiser"
    event: int


@dataclass(frozen=True, slots=True)
class DropOrganiser(Action):
    """That one does not hold it."""

    tag: ClassVar[str] = "events.drop_organiser"
    event: int
    organiser: int

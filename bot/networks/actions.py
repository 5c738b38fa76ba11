"""Buttons around a network: founding it, who is in it, who leads it."""

from dataclasses import dataclass
from typing import ClassVar

from bot.actions import Action
from bot.directory.rules import Region
from bot.networks.network import NetworkKind, StandsFor


@dataclass(frozen=True, slots=True)
class ListNetworks(Action):
    """The networks this person is in or runs."""

    tag: ClassVar[str] = "networks.list"
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenNetwork(Action):
    tag: ClassVar[str] = "networks.open"
    network: int


@dataclass(frozen=True, slots=True)
class Found(Action):
    """Begin a new one: whose is it?"""

    tag: ClassVar[str] = "networks.found"


@dataclass(frozen=True, slots=True)
class FoundThere(Action):
    """What kind of network is it there? None: of the whole country."""

    tag: ClassVar[str] = "networks.found_there"
    municipality: str | None


@dataclass(frozen=True, slots=True)
class NameIt(Action):
    """The next text is its name."""

    tag: ClassVar[str] = "networks.name"
    municipality: str | None
    kind: NetworkKind


@dataclass(frozen=True, slots=True)
class Rename(Action):
    """The next text is another name for it."""

    tag: ClassVar[str] = "networks.rename"
    network: int


@dataclass(frozen=True, slots=True)
class CloseNetwork(Action):
    """It is over; asked once more unless `sure`."""

    tag: ClassVar[str] = "networks.close"
    network: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class HandOver(Action):
    """Who else may lead it?"""

    tag: ClassVar[str] = "networks.hand_over"
    network: int


@dataclass(frozen=True, slots=True)
class HandTo(Action):
    """They lead it from now on."""

    tag: ClassVar[str] = "networks.hand_to"
    network: int
    person: int


# --- members ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Members(Action):
    """Who is in it, for whom they speak."""

    tag: ClassVar[str] = "networks.members"
    network: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Remove(Action):
    """Take somebody out of it; asked once more unless `sure`."""

    tag: ClassVar[str] = "networks.remove"
    member: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Leave(Action):
    """They are in it no more, at once."""

    tag: ClassVar[str] = "networks.leave"
    network: int


@dataclass(frozen=True, slots=True)
class Add(Action):
    """Where do those work who are to be brought in?"""

    tag: ClassVar[str] = "networks.add"
    network: int


@dataclass(frozen=True, slots=True)
class AddRegion(Action):
    """In which municipality of that region?"""

    tag: ClassVar[str] = "networks.add_region"
    network: int
    region: Region


@dataclass(frozen=True, slots=True)
class AddFrom(Action):
    """The staff of that municipality; None: those with a role for the whole country."""

    tag: ClassVar[str] = "networks.add_from"
    network: int
    municipality: str | None
    page: int = 0


@dataclass(frozen=True, slots=True)
class AddPerson(Action):
    tag: ClassVar[str] = "networks.add_person"
    network: int
    person: int


@dataclass(frozen=True, slots=True)
class MakeLink(Action):
    """A link by which staff come in by themselves; the one before it opens nothing any more."""

    tag: ClassVar[str] = "networks.link"
    network: int


# --- for whom one speaks ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stand(Action):
    """A member says for whom they speak; with no more than the kind they are asked for the rest."""

    tag: ClassVar[str] = "networks.stand"
    network: int
    stands_for: StandsFor | None = None
    region: Region | None = None
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class Join(Action):
    """The same of somebody who came by the link that holds this token; it lets them in."""

    tag: ClassVar[str] = "networks.join"
    token: str
    stands_for: StandsFor | None = None
    region: Region | None = None
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class NameOrganization(Action):
    """The next text is the organisation for which they speak."""

    tag: ClassVar[str] = "networks.organization"
    network: int

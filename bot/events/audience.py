"""Whom an invitation is for: groups of people, narrowed down step by step. Pure; `store_audience` finds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bot.directory.rules import Region
from bot.roles import Role
from bot.words import Language


class Group(StrEnum):
    """Whom an invitation can be for."""

    YOUTH = "youth"
    MENTORS = "mentors"
    LEADS = "leads"
    COORDINATORS = "coordinators"
    SPECIALISTS = "specialists"
    PARTNERS = "partners"


ROLE_OF: Final[Mapping[Group, Role]] = {
    Group.MENTORS: Role.MENTOR,
    Group.LEADS: Role.LEAD,
    Group.COORDINATORS: Role.COORDINATOR,
    Group.SPECIALISTS: Role.SPECIALIST,
    Group.PARTNERS: Role.PARTNER,
}
"""The staff among the groups; young people hold no role."""


class Standing(StrEnum):
    """Where a young person is on the road; whoever has no case has only found the bot."""

    NEW = "new"
    CONTACT = "contact"
    PROGRAMME = "programme"
    """From profiling to its end, paused or not."""
    AFTERCARE = "aftercare"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is invited: these groups of one municipality (ISO 3166-2 code), or of all Latvia where there is none; every
    further field that is not empty leaves out whoever it does not name.

    Networks and what people took part in before are numbers of records, and are asked for whatever the municipality.
    """

    municipality: str | None
    groups: frozenset[Group]
    region: Region | None = None
    """A planning region; only where there is no municipality."""
    languages: frozenset[Language] = frozenset()
    standings: frozenset[Standing] = frozenset()
    """Of young people."""
    youngest: int | None = None
    oldest: int | None = None
    """Of young people, in years, both included; whoever did not tell an age is left out where one is set."""
    wishes: frozenset[str] = frozenset()
    """Of young people: what they said in the screening that they are drawn to, as its codes."""
    networks: frozenset[int] = frozenset()
    attended: frozenset[int] = frozenset()
    """Events of which somebody took part in at least one."""

    def as_json(self) -> dict[str, Any]:
        """As it is kept beside the event; the municipality has a column of its own. Empty fields are left out."""
        kept: dict[str, Any] = {
            "region": None if self.region is None else self.region.value,
            "languages": sorted(self.languages),
            "standings": sorted(self.standings),
            "youngest": self.youngest,
            "oldest": self.oldest,
            "wishes": sorted(self.wishes),
            "networks": sorted(self.networks),
            "attended": sorted(self.attended),
        }
        return {"groups": sorted(self.groups)} | {
            name: value for name, value in kept.items() if value not in (None, [])
        }


def audience_from(municipality: str | None, kept: Mapping[str, Any]) -> Audience | None:
    """What `as_json` wrote; None where nothing was chosen yet."""
    if "groups" not in kept:
        return None
    region = kept.get("region")
    return Audience(
        municipality,
        frozenset(Group(one) for one in kept["groups"]),
        None if region is None else Region(region),
        frozenset(Language(one) for one in kept.get("languages", ())),
        frozenset(Standing(one) for one in kept.get("standings", ())),
        kept.get("youngest"),
        kept.get("oldest"),
        frozenset(kept.get("wishes", ())),
        frozenset(kept.get("networks", ())),
        frozenset(kept.get("attended", ())),
    )

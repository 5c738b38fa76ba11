"""The safety plan: what a young person and their mentor wrote down for hard moments, and who may look at it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.roles import Person, Role

MOST_STEPS: Final = 1000
"""Characters."""


class Level(StrEnum):
    """How closely staff look after somebody: their own word on it, never the bot's.

    On no screen of the young person, but in what `/mydata` gives, as everything about them (GDPR, article 15).
    """

    NONE = "none"
    WATCH = "watch"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Plan:
    """One young person's plan; `steps` may still be empty."""

    level: Level
    steps: str = field(repr=False)
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Guided:
    """A young person as far as these screens go: their code name, and who guides their open case."""

    youth_id: int
    code_name: str
    municipality: str | None
    mentor_id: int | None
    language: str
    deputy_id: int | None = None


def may_guide(person: Person, guided: Guided) -> bool:
    """The mentor or who stands in, while they are one there, and the programme leads of the place; nobody else."""
    is_mentor = person.id in (guided.mentor_id, guided.deputy_id) and person.holds(Role.MENTOR, guided.municipality)
    return person.id != guided.youth_id and (is_mentor or person.holds(Role.LEAD, guided.municipality))

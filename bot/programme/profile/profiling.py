"""Profiling: topics of the first talks with short notes by buttons, and what the young person wants in their own words.

The topics are those of an initial study as municipalities tell of it: education, work, free time and civic activity so
far, skills, interests, what is to be developed. Health, addiction, ethnicity and religion are none of them: they are
taken face to face, into the official form.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.programme import rules
from bot.programme.rules import JOINED, Case, Stage
from bot.roles import Person, Role

MOST_OWN_WORDS: Final = 500
"""Characters of what somebody wants, in their own words."""

ASKED_FOR: Final = timedelta(days=14)
"""How long words that a mentor wrote down wait for the young person's yes; then they are gone."""


class Topic(StrEnum):
    """What is talked about, in no order."""

    EDUCATION = "education"
    WORK = "work"
    FREE_TIME = "free_time"
    SKILLS = "skills"
    LANGUAGES = "languages"
    EVERYDAY = "everyday"
    PEOPLE = "people"
    DEVELOP = "develop"


class Mark(StrEnum):
    """A short note to a topic."""

    TALKED = "talked"
    AGAIN = "again"
    STRENGTH = "strength"
    WANTS = "wants"


Notes = Mapping[Topic, frozenset[Mark]]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is noted of the first talks.

    `own_words` count only where `shared`: until then nobody of the staff reads them. `drop_at` (UTC) is set while words
    that a mentor wrote down wait for the young person's yes.
    """

    case_id: int
    notes: Notes
    own_words: str | None = None
    shared: bool = False
    drop_at: datetime | None = None

    @property
    def is_asked(self) -> bool:
        """Whether a mentor's writing waits for the young person's answer."""
        return self.own_words is not None and not self.shared and self.drop_at is not None

    @property
    def shared_words(self) -> str | None:
        """What they want, where they agreed that it is kept and read."""
        return self.own_words if self.shared else None

    @property
    def version(self) -> str:
        """Names these very words, so that a yes to others does not count for them."""
        return version_of(self.own_words or "")


def version_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def talked_of(notes: Notes) -> int:
    """About how many topics somebody has talked."""
    return sum(Mark.TALKED in marks for marks in notes.values())


def is_done(notes: Notes) -> bool:
    """Whether every topic was talked about and none is left for another time."""
    return talked_of(notes) == len(Topic) and not any(Mark.AGAIN in marks for marks in notes.values())


def marked(notes: Notes, topic: Topic, mark: Mark, *, on: bool) -> dict[Topic, frozenset[Mark]]:
    """The notes with that one put or taken away. What is to be talked about again or is somebody's strength has been
    talked about."""
    marks = set(notes.get(topic, frozenset()))
    if on:
        marks |= {mark, Mark.TALKED}
    elif mark is Mark.TALKED:
        marks.clear()
    else:
        marks.discard(mark)
    return {**notes, topic: frozenset(marks)}


# --- who may see which field --------------------------------------------------------------------------------------


class Field(StrEnum):
    """What a profile holds."""

    IS_DONE = "is_done"
    TOPICS = "topics"
    SHARED_WORDS = "shared_words"
    """What the young person wants, once they agreed that it is read."""
    OWN_WORDS = "own_words"
    """The same words before."""


class Viewer(StrEnum):
    """What somebody is to the young person of a profile."""

    YOUTH = "youth"
    MENTOR = "mentor"
    DEPUTY = "deputy"
    LEAD = "lead"
    COORDINATOR = "coordinator"


_EVERYTHING: Final = frozenset(Field)
_GUIDING: Final = frozenset({Field.IS_DONE, Field.TOPICS, Field.SHARED_WORDS})

MAY_SEE: Final[Mapping[Viewer, frozenset[Field]]] = {
    Viewer.YOUTH: _EVERYTHING,
    Viewer.MENTOR: _GUIDING,
    Viewer.DEPUTY: _GUIDING,
    Viewer.LEAD: _GUIDING,
    Viewer.COORDINATOR: frozenset({Field.IS_DONE}),
}
"""Whoever is none of these (specialist, partner, data officer, administrator, staff of elsewhere) sees nothing."""


def viewers(person: Person, case: Case) -> Iterable[Viewer]:
    """Everything this person is to the young person of the case."""
    if person.id == case.youth_id:
        return (Viewer.YOUTH,)
    held = {
        Viewer.MENTOR: rules.mentors(person, case),
        Viewer.DEPUTY: rules.deputises(person, case),
        Viewer.LEAD: person.holds(Role.LEAD, case.municipality),
        Viewer.COORDINATOR: person.holds(Role.COORDINATOR, case.municipality),
    }
    return tuple(viewer for viewer, holds in held.items() if holds)


def fields_for(person: Person, case: Case) -> frozenset[Field]:
    """Which fields of the profile this person may see."""
    return frozenset[Field]().union(*(MAY_SEE[viewer] for viewer in viewers(person, case)))


_NOTED_AT: Final = (Stage.PROFILING, *JOINED)


def may_note(person: Person, case: Case) -> bool:
    """Whether they may write notes now: who sees the topics, while the case is guided."""
    return person.id != case.youth_id and Field.TOPICS in fields_for(person, case) and case.stage in _NOTED_AT


def may_write_own_words(case: Case) -> bool:
    """Whether the young person of the case may say now what they want."""
    return case.stage in _NOTED_AT

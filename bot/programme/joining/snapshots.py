"""What was so on the joining day, one for each young person: taken once, filled within 28 days, never rewritten. Pure.

CFLA, which pays out EU money, asks for each participant's data as of the moment of joining; a later change of age or
labour status is not rewritten, and results are due within 4 weeks. Which fields are asked is a setting. What belongs to
the special categories (GDPR Art. 9), or says who somebody is by origin, is never asked here: it is taken face to face,
into the official form.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.programme.joining.eligibility import Ground

FILLED_WITHIN: Final = timedelta(days=28)
"""From the joining day until nothing is filled in any more, as for the results on leaving (CFLA: 4 weeks)."""


class Field(StrEnum):
    """What a programme lead may be asked to fill in, as BOT_SNAPSHOT_FIELDS names it."""

    AGE = "age"
    """Asked only where the age is not known from the first questions; no setting names it."""
    EDUCATION = "education"
    RURAL = "rural"
    HOUSING = "housing"
    GENDER = "gender"


NOT_SAID: Final = "not_said"
"""The young person would rather not say, which is an answer too."""

ANSWERS: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.AGE: ("under_18", "from_18"),
    Field.EDUCATION: ("isced_0_2", "isced_3_4", "isced_5_8", NOT_SAID),
    Field.RURAL: ("yes", "no", NOT_SAID),
    Field.HOUSING: ("yes", "no", NOT_SAID),
    Field.GENDER: ("woman", "man", NOT_SAID),
}

PAPER_ONLY: Final = ("disability", "health", "ethnicity", "third_country", "foreign_background", "minority")
"""Fields of the official form that the chat refuses, whatever the setting says."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The joining day of one case. `age` is None where nobody knows it yet; `answers` has every field that was wanted
    on that day, None where it is missing; `kept_on` is the day from which it counts as whole."""

    case_id: int
    joined_on: date
    age: str | None
    municipality: str | None
    language: str
    ground: str | None
    answers: Mapping[Field, str | None]
    kept_on: date | None = None

    @property
    def is_answered(self) -> bool:
        return None not in self.answers.values()

    @property
    def is_inactive(self) -> bool | None:
        """Whether they count as inactive (EECO04) and not as employed (EECO05); None where the ground leaves it open,
        as with parental leave from a job: then the official form says it."""
        return True if self.ground in _INACTIVE else None

    @property
    def fill_until(self) -> date:
        """The last day on which a field can be filled in."""
        return self.joined_on + FILLED_WITHIN


_INACTIVE: Final = frozenset(one.value for one in (Ground.FOUR_RULES, Ground.PART_TIME_STUDY, Ground.NVA_ENDS))
"""On these grounds somebody neither works nor is registered as unemployed on the joining day."""

_AGES: Final = {"15_17": "under_18", "18_28": "from_18", "29": "from_18"}
"""The bands of the first questions as the indicators count them (EECO06, EECO07)."""


def take(
    case_id: int,
    joined_on: date,
    age_band: str,
    municipality: str | None,
    language: str,
    ground: str | None,
    wanted: Iterable[str],
) -> Snapshot:
    """The snapshot of a programme that begins; with nothing to fill in it is whole at once."""
    age = _AGES.get(age_band)
    fields = [*([Field.AGE] if age is None else []), *(field for field in Field if field.value in set(wanted))]
    answers = dict.fromkeys(fields, None)
    return Snapshot(case_id, joined_on, age, municipality, language, ground, answers, None if answers else joined_on)


@dataclass(frozen=True, slots=True)
class Filled:
    """The snapshot with that answer in it."""

    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Frozen:
    """It is whole, or its time is over: a correction goes into the official form."""


@dataclass(frozen=True, slots=True)
class NotAsked:
    """No such field, or no such answer: a forged or outdated button."""


def fill(snapshot: Snapshot, field: Field, answer: str, today: date) -> Filled | Frozen | NotAsked:
    """Put an answer in; until the snapshot is kept as whole, another takes its place."""
    if is_frozen(snapshot, today):
        return Frozen()
    if field not in snapshot.answers or answer not in ANSWERS[field]:
        return NotAsked()
    return Filled(replace(snapshot, answers={**snapshot.answers, field: answer}))


@dataclass(frozen=True, slots=True)
class StillMissing:
    """These fields have no answer."""

    fields: tuple[Field, ...]


def keep(snapshot: Snapshot, today: date) -> Filled | Frozen | StillMissing:
    """Say that it is whole: from here on nothing of it changes."""
    if is_frozen(snapshot, today):
        return Frozen()
    if missing := tuple(field for field, answer in snapshot.answers.items() if answer is None):
        return StillMissing(missing)
    return Filled(replace(snapshot, kept_on=today))


def is_frozen(snapshot: Snapshot, today: date) -> bool:
    """Whether nothing of it may change any more."""
    return snapshot.kept_on is not None or today > snapshot.fill_until


def refused(wanted: Iterable[str]) -> tuple[str, ...]:
    """What the setting names and the chat does not ask."""
    named = set(wanted)
    return tuple(field for field in PAPER_ONLY if field in named)

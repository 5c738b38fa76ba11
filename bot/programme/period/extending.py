"""A programme made longer: by whole months, with a reason, never beyond the longest length of its municipality."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.calendar import add_months
from bot.programme.period.limits import Limits, latest_end
from bot.programme.rules import Case, Stage

LONGEST_REASON: Final = 200
"""Characters."""


class ExtensionState(StrEnum):
    """Where the wish for more time stands."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    OVER = "over"
    """The programme ended, or another extension was agreed, before anybody decided."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A programme is to end on `ends_on` instead, for that reason."""

    id: int
    case_id: int
    ends_on: date
    reason: str
    state: ExtensionState
    asked_by: int | None


@dataclass(frozen=True, slots=True)
class MayExtend:
    """The new last day."""

    ends_on: date


@dataclass(frozen=True, slots=True)
class NotInProgramme:
    """There is no programme to make longer; after it comes aftercare."""


@dataclass(frozen=True, slots=True)
class AtTheLimit:
    """It would be longer than programmes may be there: no day later than this, and aftercare after it."""

    latest: date
    longest: int


def extend(case: Case, ends_on: date, today: date, limits: Limits) -> MayExtend | NotInProgramme | AtTheLimit:
    """Whether the programme may end on that day instead; `limits` are those of its joining day."""
    runs = case.stage in (Stage.PROGRAMME, Stage.PAUSED) and case.aftercare_until is None
    if not runs or case.starts_on is None or case.ends_on is None or ends_on <= max(case.ends_on, today):
        return NotInProgramme()
    latest = latest_end(case.starts_on, limits)
    return MayExtend(ends_on) if ends_on <= latest else AtTheLimit(latest, limits.longest)


def choices(case: Case, today: date, limits: Limits) -> list[date]:
    """The last days to choose from: a month later, two months later and so on, as far as the limit goes, the very last
    possible day among them."""
    if case.starts_on is None or case.ends_on is None:
        return []
    latest = latest_end(case.starts_on, limits)
    later = [add_months(case.ends_on + timedelta(days=1), more) - timedelta(days=1) for more in limits.months]
    days = sorted({*(day for day in later if day < latest), latest})
    return [day for day in days if isinstance(extend(case, day, today, limits), MayExtend)]

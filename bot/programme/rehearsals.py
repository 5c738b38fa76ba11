"""What is to be rehearsed: a made-up young person with an age, a language, a place and a rhythm. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final, Self

from bot.programme.joining.rhythms import Cadence
from bot.settings import Settings
from bot.words import Language

KIND: Final = "programme.rehearsal"
"""What the workshop calls it."""

UNDER_AGE: Final = "15_17"
"""The band of ages for which somebody at home has to agree."""

MONTHS: Final = 9
USUAL_WEEKDAY: Final = 1
USUAL_HOUR: Final = 10
"""What is rehearsed where nobody says otherwise: Tuesdays at 10:00."""


class Habit(StrEnum):
    """How a made-up person takes part."""

    DILIGENT = "diligent"
    """A mentor records every check-in an hour after being asked, a young person answers every "how are you"."""
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Wish:
    """One rehearsal. `weekday` counts from 0, Monday; `hour` is local; `variation` is what is special about the rhythm,
    see `rhythms`; `shown_from` leaves out the days before it."""

    age_band: str
    language: Language
    municipality: str | None
    cadence: Cadence
    weekday: int
    hour: int
    months: int
    starts_on: date
    shown_from: date
    variation: str | None = None
    staff_language: Language = Language.LV
    youth: Habit = Habit.DILIGENT
    mentor: Habit = Habit.DILIGENT
    days_off: Mapping[date, str] = field(default_factory=dict)
    pauses: tuple[tuple[date, date], ...] = ()
    """Each from its first day until before the day on which things go on; agreed on the first day, or as soon after it
    as a pause may be."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Numbers, yes or no, and the time zone: what the people who run the bot decided."""

    def facts(self) -> dict[str, Any]:
        """As the workshop keeps it; `of` reads it back."""
        return {
            "age_band": self.age_band,
            "language": self.language.value,
            "municipality": self.municipality,
            "cadence": self.cadence.value,
            "weekday": self.weekday,
            "hour": self.hour,
            "months": self.months,
            "starts_on": self.starts_on.isoformat(),
            "shown_from": self.shown_from.isoformat(),
            "variation": self.variation,
            "staff_language": self.staff_language.value,
            "youth": self.youth.value,
            "mentor": self.mentor.value,
            "days_off": {day.isoformat(): name for day, name in self.days_off.items()},
            "pauses": [[day.isoformat() for day in one] for one in self.pauses],
            "settings": dict(self.settings),
        }

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Self:
        """The wish that these facts were made of."""
        return cls(
            facts["age_band"],
            Language(facts["language"]),
            facts["municipality"],
            Cadence(facts["cadence"]),
            facts["weekday"],
            facts["hour"],
            facts["months"],
            date.fromisoformat(facts["starts_on"]),
            date.fromisoformat(facts["shown_from"]),
            facts["variation"],
            Language(facts["staff_language"]),
            Habit(facts["youth"]),
            Habit(facts["mentor"]),
            {date.fromisoformat(day): name for day, name in facts["days_off"].items()},
            tuple((date.fromisoformat(begins), date.fromisoformat(ends)) for begins, ends in facts.get("pauses", ())),
            facts["settings"],
        )


def decided(settings: Settings) -> dict[str, Any]:
    """The settings that a rehearsal keeps to: no token, no key, no address, no file."""
    kept = {name: value for name, value in settings if isinstance(value, int)}
    return {**kept, "timezone": settings.timezone, "child_danger_alert": settings.child_danger_alert}


def band_of(age: int, settings: Settings) -> str:
    """The band in which the first questions put that age, in years."""
    if age < settings.age_adult:
        return UNDER_AGE
    return "29" if age == settings.age_last else "18_28"

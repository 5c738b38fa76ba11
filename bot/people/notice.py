"""The privacy notice as code: what it tells follows from the same settings as the jobs, and so does its version.

The version stands in every consent. It has three parts, one for each section, so that with an old one at hand it can be
said in a word what changed. It hangs on the facts and on the edition of the sentences, never on a language.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bot.people.retention import BACKUP_DAYS, DataClass, days
from bot.settings import Settings


class Section(StrEnum):
    """What the notice tells."""

    WHAT = "what"
    WHO = "who"
    TERMS = "terms"


EDITION: Final[Mapping[Section, int]] = {Section.WHAT: 3, Section.WHO: 3, Section.TERMS: 1}
"""To be raised by whoever changes what the sentences of a section mean (`people.youth.privacy` and what stands in it):
then everybody is asked about them once. A better word for the same thing is no new edition."""

_LETTERS: Final = 6
"""30 bits for each section: three with two hyphens between are the twenty letters that a consent has room for."""


def facts(settings: Settings) -> Mapping[Section, Mapping[str, str | int]]:
    """What each section tells, as far as it can differ from one installation or day to another."""
    terms = {data_class.value: count for data_class, count in days(settings).items()}
    return {
        Section.WHAT: {"age_alone": settings.age_alone, "age_adult": settings.age_adult},
        Section.WHO: {"child_danger_alert": settings.child_danger_alert},
        Section.TERMS: {**terms, "backups": BACKUP_DAYS},
    }


def version(settings: Settings) -> str:
    """The version of the live notice: 20 letters."""
    return "-".join(_hash(EDITION[section], told) for section, told in facts(settings).items())


def _hash(edition: int, told: Mapping[str, str | int]) -> str:
    written = json.dumps([edition, dict(told)], sort_keys=True)
    return base64.b32encode(hashlib.sha256(written.encode()).digest()).decode()[:_LETTERS].lower()


def changed(before: str, now: str) -> tuple[Section, ...]:
    """The sections that differ between two versions; all of them where the older is none of ours."""
    old, new = before.split("-"), now.split("-")
    if len(old) != len(Section) or any(len(part) != _LETTERS for part in old):
        return tuple(Section)
    return tuple(section for section, was, is_ in zip(Section, old, new, strict=True) if was != is_)


TOLD_FIRST: Final = (DataClass.UNFINISHED, DataClass.ANSWERS, DataClass.CASES)
"""The terms that stand in the notice itself; all others are one tap further."""

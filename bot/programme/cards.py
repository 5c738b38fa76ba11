"""A case as staff read it: code name, age band, place, wish, language, where it stands. Never anything of Telegram."""

from typing import Final

from bot.calendar import Rhythm
from bot.directory.rules import place_key
from bot.programme.joining.plans import Plan
from bot.programme.reasons import reason
from bot.programme.rules import JOINED, Candidate, Case
from bot.roles import Person
from bot.words import Lines, Listing, Phrase, phrase

_LAST_OF_ANY_MONTH: Final = 31

LONGEST_ON_BUTTON: Final = 16
"""Letters of a name that fit on a button beside what else stands there."""


def details(case: Case, youth: Person) -> Lines:
    """Who it is about, from the screening."""
    lines = [
        phrase(
            "programme.staff.line.who",
            code_name=youth.code_name,
            age=phrase(f"programme.any.age.{case.age_band}"),
        )
    ]
    if case.urgent:
        lines.append(phrase("programme.staff.line.urgent"))
    lines.append(phrase("programme.staff.line.place", place=phrase(place_key(case.municipality))))
    if case.wish is not None:
        lines.append(phrase("programme.staff.line.wish", wish=phrase(f"programme.any.wish.{case.wish}")))
    lines.append(phrase("programme.staff.line.language", language=phrase(f"people.any.language.{youth.language}")))
    if case.with_parent:
        lines.append(phrase("programme.staff.line.with_parent"))
    return Lines(tuple(lines))


def standing(case: Case, mentor: Person | None, deputy: Person | None = None) -> Lines:
    """Where the case stands, who is the mentor and who stands in, and what is agreed."""
    lines = [phrase("programme.staff.line.stage", stage=phrase(f"programme.any.stage.{case.stage.value}"))]
    if case.outcome is not None:
        lines.append(phrase("programme.staff.line.outcome", outcome=phrase(f"programme.any.outcome.{case.outcome}")))
    elif (why := reason(case.stage_reason)) is not None:
        lines.append(phrase("programme.staff.line.reason", reason=why))
    if mentor is not None:
        lines.append(phrase("programme.staff.line.mentor", mentor=shown(mentor)))
    elif case.is_open:
        lines.append(phrase("programme.staff.line.no_mentor"))
    if deputy is not None:
        lines.append(phrase("programme.staff.line.deputy", deputy=shown(deputy)))
    if case.stage in JOINED and case.rhythm and case.starts_on and case.ends_on:
        lines.append(phrase("programme.staff.line.from_until", starts_on=case.starts_on, ends_on=case.ends_on))
        if case.aftercare_until is None:
            lines.append(phrase("programme.staff.line.rhythm", rhythm=rhythm(case.rhythm)))
    if case.is_open and case.aftercare_until is not None:
        lines.append(phrase("programme.staff.line.aftercare_until", until=case.aftercare_until))
    return Lines(tuple(lines))


def planned(plan: Plan, number: int) -> Lines:
    """The plan to be confirmed, with the number of check-ins that it means."""
    return Lines(
        (
            phrase("programme.staff.line.from_until", starts_on=plan.starts_on, ends_on=plan.ends_on),
            phrase("programme.staff.line.rhythm", rhythm=rhythm(plan.rhythm)),
            phrase("programme.staff.line.check_ins", count=number),
        )
    )


def rhythm(of: Rhythm) -> Phrase:
    """A rhythm in words: every week on Tuesday at 10:00, and what is special about its beginning and its end."""
    said = _regular(of)
    if of.extra_weekdays and of.often_until is not None:
        days = sorted((of.weekday, *of.extra_weekdays))
        said = phrase(
            "programme.any.rhythm.often",
            days=Listing(tuple(phrase(f"programme.any.on_weekday.{day}") for day in days)),
            until=of.often_until,
            hour=f"{of.at:%H:%M}",
            rhythm=said,
        )
    if of.tapers_from is not None:
        said = phrase("programme.any.rhythm.tapers", rhythm=said, day=of.tapers_from)
    return said


def _regular(of: Rhythm) -> Phrase:
    hour = f"{of.at:%H:%M}"
    if of.monthday is None:
        weekday = phrase(f"programme.any.on_weekday.{of.weekday}")
        return phrase(f"programme.any.rhythm.{of.every.value}", weekday=weekday, hour=hour)
    if of.monthday == _LAST_OF_ANY_MONTH:
        return phrase("programme.any.rhythm.last_day", hour=hour)
    return phrase("programme.any.rhythm.by_date", day=str(of.monthday), hour=hour)


def candidate_label(one: Candidate) -> Phrase:
    """A mentor on a button: name, load and language."""
    key = "programme.staff.button.full_mentor" if one.is_full else "programme.staff.button.mentor"
    return phrase(
        key, name=shortened(shown(one.mentor)), load=one.load.total, most=one.most, lang=one.mentor.language.value
    )


def shown(staff: Person) -> str:
    """The name somebody of the staff goes by."""
    return staff.name or staff.code_name


def shortened(name: str) -> str:
    """The name as a button has room for it."""
    if len(name) <= LONGEST_ON_BUTTON:
        return name
    return name[: LONGEST_ON_BUTTON - 1].rstrip(" (") + "…"

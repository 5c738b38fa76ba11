"""The questions that lead to a rhythm, for joining and for changing it: how often, on which day, at what hour."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final, TypeVar

from bot.programme.joining.rhythm_screens import ChangeRhythm
from bot.programme.joining.rhythms import (
    HOURS,
    MONTHDAYS,
    MOST_EXTRA,
    OFTEN_WEEKS,
    WEEKDAYS,
    ByDate,
    Cadence,
    Often,
    code_of,
    variation_of,
)
from bot.programme.screens import Begin
from bot.turn import Button, Keyboard, button
from bot.words import Listing, phrase

C = TypeVar("C", Begin, ChangeRhythm)

_A_ROW: Final = 3
"""Short choices beside each other."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked next, and the choices that answer it."""

    key: str
    choices: Keyboard


def in_rows(buttons: Sequence[Button], a_row: int = _A_ROW) -> Keyboard:
    return tuple(tuple(buttons[at : at + a_row]) for at in range(0, len(buttons), a_row))


def missing(chosen: C) -> Question | None:
    """The next question about the rhythm; None where all is chosen."""
    variation = variation_of(chosen.variation)
    if chosen.cadence is None:
        return _cadence(chosen)
    if variation == ByDate():
        return _monthday(chosen)
    if chosen.weekday is None:
        weekdays = [
            button(f"programme.staff.button.weekday.{weekday}", replace(chosen, weekday=weekday))
            for weekday in WEEKDAYS
        ]
        return Question("programme.staff.begin.weekday", in_rows(weekdays, 1))
    if isinstance(variation, Often) and not variation.extra:
        return _extra(chosen, variation, chosen.weekday)
    if chosen.hour is None:
        hours = [button("programme.staff.button.hour", replace(chosen, hour=hour), hour=f"{hour}:00") for hour in HOURS]
        return Question("programme.staff.begin.hour", in_rows(hours))
    return None


def before(chosen: C) -> C | None:
    """The same with the last choice about the rhythm taken back; None where there is none."""
    variation = variation_of(chosen.variation)
    if chosen.hour is not None:
        return replace(chosen, hour=None)
    if isinstance(variation, Often) and variation.extra:
        return replace(chosen, variation=code_of(Often(variation.weeks)))
    if chosen.cadence is None:
        return None
    if isinstance(variation, ByDate) and variation.day is not None:
        return replace(chosen, weekday=None, variation=code_of(ByDate()))
    if chosen.weekday is not None:
        return replace(chosen, weekday=None)
    return replace(chosen, cadence=None, variation=None)


def _cadence(chosen: C) -> Question:
    plain: list[Button] = [
        button(f"programme.staff.button.cadence.{cadence.value}", replace(chosen, cadence=cadence))
        for cadence in Cadence
    ]
    by_date = replace(chosen, cadence=Cadence.MONTHLY, variation=code_of(ByDate()))
    often: list[Button] = [
        button(
            "programme.staff.button.cadence.often",
            replace(chosen, cadence=Cadence.WEEKLY, variation=code_of(Often(weeks))),
            count=weeks,
        )
        for weeks in OFTEN_WEEKS
    ]
    choices = (*plain, button("programme.staff.button.cadence.by_date", by_date), *often)
    return Question("programme.staff.begin.cadence", in_rows(choices, 1))


def _monthday(chosen: C) -> Question:
    """The weekday then says nothing; it stands for the first of the week, for what comes after the programme."""
    days = [
        button(
            "programme.staff.button.last_day" if day == MONTHDAYS[-1] else "programme.staff.button.monthday",
            replace(chosen, weekday=WEEKDAYS[0], variation=code_of(ByDate(day))),
            day=str(day),
        )
        for day in MONTHDAYS
    ]
    return Question("programme.staff.begin.monthday", in_rows(days))


def _extra(chosen: C, often: Often, weekday: int) -> Question:
    others = [one for one in WEEKDAYS if one != weekday]
    found = [extra for number in range(1, MOST_EXTRA + 1) for extra in combinations(others, number)]
    buttons = [
        button(
            "programme.staff.button.also_on",
            replace(chosen, variation=code_of(Often(often.weeks, extra))),
            days=Listing(tuple(phrase(f"programme.any.weekday_short.{one}") for one in extra)),
        )
        for extra in found
    ]
    return Question("programme.staff.begin.extra_weekdays", in_rows(buttons, 2))

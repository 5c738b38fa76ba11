"""Having a programme rehearsed: for somebody made up, or for the young person of a case. Nothing is sent to anybody."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar, Final

from bot.actions import Action
from bot.calendar import Rhythm
from bot.people import store as people
from bot.people.menu import ShowMenu
from bot.programme import rules, store
from bot.programme.joining.rhythms import ByDate, Cadence, Often, code_of
from bot.programme.period import store_pauses
from bot.programme.period.pauses import PauseState
from bot.programme.rehearsals import KIND, MONTHS, USUAL_HOUR, USUAL_WEEKDAY, Wish, decided
from bot.programme.rules import Case
from bot.programme.screens import RehearseCase, back_to, proposal_of
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Keyboard, Row, Shelf, Turn, button
from bot.words import Language

routes = Routes()

_MENU: Final[Row] = (button("people.any.button.menu", ShowMenu()),)

_BANDS: Final = ("15_17", "18_28", "29")


@dataclass(frozen=True, slots=True)
class Rehearse(Action):
    """One more step towards a rehearsal of somebody made up: the first choice that is missing is asked for next."""

    tag: ClassVar[str] = "programme.rehearse"
    age_band: str | None = None
    language: Language | None = None
    cadence: Cadence | None = None


@routes.press(Rehearse)
async def step(turn: Turn, action: Rehearse) -> None:
    if action.age_band not in _BANDS:
        choices = {Rehearse(band): f"programme.any.age.{band}" for band in _BANDS}
        _ask(turn, "programme.staff.rehearsal.age_question", choices)
    elif action.language is None:
        languages = {replace(action, language=one): f"people.any.language.{one.value}" for one in Language}
        _ask(turn, "programme.staff.rehearsal.language_question", languages)
    elif action.cadence is None:
        rhythms = {replace(action, cadence=one): f"programme.staff.button.cadence.{one.value}" for one in Cadence}
        _ask(turn, "programme.staff.rehearsal.rhythm_question", rhythms)
    else:
        wish = _wish(turn, action.age_band, action.language, _place(turn), action.cadence)
        await _make(turn, wish)
        turn.replace("programme.staff.rehearsal.coming", keyboard=(_MENU,))


def _ask(turn: Turn, key: str, choices: dict[Rehearse, str]) -> None:
    rows: Keyboard = tuple((button(label, action),) for action, label in choices.items())
    turn.replace(key, keyboard=(*rows, _MENU))


def _place(turn: Turn) -> str | None:
    """Where they lead or coordinate; None for the whole country."""
    places = {one.municipality for one in turn.person.grants if one.role in (Role.LEAD, Role.COORDINATOR)}
    return None if None in places else min((one for one in places if one), default=None)


def _wish(turn: Turn, age_band: str, language: Language, municipality: str | None, cadence: Cadence) -> Wish:
    """A programme that begins today, as long as they mostly are."""
    today = turn.now.astimezone(turn.zone).date()
    return Wish(
        age_band,
        language,
        municipality,
        cadence,
        USUAL_WEEKDAY,
        USUAL_HOUR,
        min(MONTHS, turn.settings.programme_longest_months),
        today,
        today,
        staff_language=turn.person.language,
        settings=decided(turn.settings),
    )


async def _make(turn: Turn, wish: Wish) -> None:
    """Have it made with the days off as they stand now."""
    days_off = (await turn.hours()).days_off
    turn.make(KIND, {"wish": replace(wish, days_off=days_off).facts(), "reader": turn.person.language.value})


@routes.press(RehearseCase)
async def rehearse_case(turn: Turn, action: RehearseCase) -> None:
    """What the young person of this case would receive from today on, or from their first day if that lies ahead."""
    case = await store.case(turn.db, action.case)
    if case is None or not rules.may_see(turn.person, case) or turn.person.id == case.youth_id:
        await turn.forbidden()
        return
    youth = await people.person(turn.db, case.youth_id)
    assert youth is not None
    standing = await store_pauses.of_case(turn.db, case.id)
    if turn.settings.pause_extends and case.ends_on is not None:  # the rehearsal adds their days once more
        running = (one.resumes_on - one.starts_on for one in standing if one.state is PauseState.RUNNING)
        case = replace(case, ends_on=case.ends_on - sum(running, timedelta(0)))
    agreed = tuple((one.starts_on, one.resumes_on) for one in standing)
    await _make(turn, replace(_of_case(turn, case, youth.language), pauses=agreed))
    turn.replace(
        "programme.staff.rehearsal.coming_for",
        about=youth.id,
        code_name=youth.code_name,
        keyboard=(back_to(case.id),),
    )


def _of_case(turn: Turn, case: Case, language: Language) -> Wish:
    """The plan that runs or that a mentor laid before the leads; without one, a usual one from today on."""
    band = case.age_band if case.age_band in _BANDS else _BANDS[1]
    usual = _wish(turn, band, language, case.municipality, Cadence.WEEKLY)
    if case.rhythm is not None and case.starts_on is not None and case.ends_on is not None:
        return replace(
            usual,
            cadence=Cadence(case.rhythm.every.value),
            weekday=case.rhythm.weekday,
            hour=case.rhythm.at.hour,
            months=_months(case.starts_on, case.ends_on),
            starts_on=case.starts_on,
            variation=_variation(case.rhythm, case.starts_on),
        )
    if (proposed := proposal_of(case)) is not None and proposed.starts_on is not None:
        return replace(
            usual,
            cadence=proposed.cadence or usual.cadence,
            weekday=usual.weekday if proposed.weekday is None else proposed.weekday,
            hour=proposed.hour or usual.hour,
            months=proposed.months or usual.months,
            starts_on=proposed.starts_on,
            variation=proposed.variation,
        )
    return usual


def _variation(rhythm: Rhythm, starts_on: date) -> str | None:
    """What is special about the rhythm, as the questions offer it."""
    if rhythm.monthday is not None:
        return code_of(ByDate(rhythm.monthday))
    if rhythm.extra_weekdays and rhythm.often_until is not None:
        return code_of(Often(((rhythm.often_until - starts_on).days + 1) // 7, tuple(rhythm.extra_weekdays)))
    return None


def _months(starts_on: date, ends_on: date) -> int:
    """Whole months, the last of them begun."""
    months = (ends_on.year - starts_on.year) * 12 + ends_on.month - starts_on.month
    return max(months + (ends_on.day >= starts_on.day), 1)


routes.offer({Role.LEAD, Role.COORDINATOR}, 85, button("programme.staff.button.rehearse", Rehearse()), Shelf.TEAM)

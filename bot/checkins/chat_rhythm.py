"""Another rhythm for a running programme: chosen by its mentor or lead, shown with the next days before it counts, told
to both sides."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.calendar import Rhythm, add_months
from bot.checkins import replanning, store, store_plan
from bot.checkins.replanning import Changes, Standing
from bot.checkins.terms import term_of
from bot.programme import cards
from bot.programme import store as programme
from bot.programme.chat_cases import show
from bot.programme.joining.rhythm_questions import before, missing
from bot.programme.joining.rhythm_screens import ChangeRhythm, may_change_rhythm
from bot.programme.joining.rhythms import rhythm_of
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.rules import Case, RhythmChanged, may_guide
from bot.programme.screens import OpenCase, back_to, case_button, with_plan_and_help
from bot.routes import Routes
from bot.turn import Button, Keyboard, Turn, button
from bot.words import Fact, Lines, Phrase, phrase

routes = Routes()

DATES_SHOWN: Final = 5

TAPER_MONTHS: Final = 1
"""How long before the last day the rhythm may thin out."""


@routes.press(ChangeRhythm)
async def step(turn: Turn, action: ChangeRhythm) -> None:
    """Ask for what is missing; with everything there, show what it would mean; on a word more, change it."""
    case = await programme.case(turn.db, action.case)
    if case is None or not may_guide(turn.person, case):
        await turn.forbidden()
        return
    if not may_change_rhythm(turn.person, case) or case.rhythm is None:
        await show(turn, case)
        return
    if (question := missing(action)) is not None:
        youth = await youth_of(turn.db, case)
        keyboard = (*question.choices, (_step_back(action),))
        turn.replace(question.key, keyboard=keyboard, about=youth.id, code_name=youth.code_name)
        return
    rhythm = _chosen(action, case, turn.now.astimezone(turn.zone).date())
    if rhythm is None:
        await step(turn, ChangeRhythm(case.id))
    elif rhythm == case.rhythm and action.sure:
        await _say_changed(turn, case, rhythm)  # pressed twice
    elif rhythm == case.rhythm:
        keyboard = ((_step_back(action),), back_to(case.id))
        turn.replace("checkins.staff.rhythm.same", rhythm=cards.rhythm(rhythm), keyboard=keyboard, about=case.youth_id)
    elif action.sure:
        await _change(turn, case, rhythm)
    else:
        await _preview(turn, case, action, rhythm)


def _step_back(chosen: ChangeRhythm) -> Button:
    """The question before; before the first one lies the case."""
    last = before(replace(chosen, taper=False))
    if last is None:
        return button("programme.staff.button.back_to_case", OpenCase(chosen.case))
    return button("programme.staff.button.back", last)


def _chosen(chosen: ChangeRhythm, case: Case, today: date) -> Rhythm | None:
    """The rhythm of the choices; its first weeks count from tomorrow, as today's is not touched."""
    if chosen.cadence is None or chosen.weekday is None or chosen.hour is None:
        return None
    tapers_from = _taper_day(case, today) if chosen.taper else None
    tomorrow = today + timedelta(days=1)
    return rhythm_of(chosen.cadence, chosen.weekday, chosen.hour, chosen.variation, tomorrow, tapers_from)


def _taper_day(case: Case, today: date) -> date | None:
    """From when it may thin out: the last month; None where that has begun."""
    if case.ends_on is None:
        return None
    day = add_months(case.ends_on, -TAPER_MONTHS) + timedelta(days=1)
    return day if day > today else None


async def _ahead(turn: Turn, case: Case, rhythm: Rhythm) -> tuple[list[Standing], Changes]:
    """What stands now, and what the rhythm would make of it."""
    term = await term_of(turn, case)
    if term is None:
        raise ValueError("a running programme has its dates")
    found = await store_plan.standing(turn.db, case.id)
    last = await store_plan.last_number(turn.db, case.id)
    return found, replanning.changes(found, replace(term, rhythm=rhythm), turn.now, last)


async def _preview(turn: Turn, case: Case, chosen: ChangeRhythm, rhythm: Rhythm) -> None:
    """The next days, and how many there were and would be; nothing is changed yet."""
    youth = await youth_of(turn.db, case)
    found, changes = await _ahead(turn, case, rhythm)
    due = replanning.after(found, changes, turn.now)
    turn.replace(
        "checkins.staff.rhythm.preview",
        code_name=youth.code_name,
        rhythm=cards.rhythm(rhythm),
        dates=_dates(due[:DATES_SHOWN]),
        was=sum(one.due_at > turn.now for one in found),
        will_be=len(due),
        keyboard=_preview_keyboard(chosen, case, turn),
        about=youth.id,
    )


def _preview_keyboard(chosen: ChangeRhythm, case: Case, turn: Turn) -> Keyboard:
    confirm = (button("checkins.staff.button.rhythm_confirm", replace(chosen, sure=True)),)
    rows: Keyboard = (confirm,)
    if _taper_day(case, turn.now.astimezone(turn.zone).date()) is not None:
        key = "checkins.staff.button.rhythm_even" if chosen.taper else "checkins.staff.button.rhythm_taper"
        rows = (*rows, (button(key, replace(chosen, taper=not chosen.taper)),))
    return (*rows, (_step_back(chosen),), back_to(case.id))


def _dates(due: list[datetime]) -> Lines:
    if not due:
        return Lines((phrase("checkins.any.rhythm.no_date"),))
    return Lines(tuple(phrase("checkins.any.rhythm.date", at=at) for at in due))


async def _change(turn: Turn, case: Case, rhythm: Rhythm) -> None:
    """Plan anew what lies ahead, and let both sides know."""
    if not await programme.set_rhythm(turn.db, case, rhythm):
        await show(turn, case)
        return
    await turn.note("case.rhythm_changed", "case", case.id)
    await turn.happened(RhythmChanged(case.id))
    youth = await youth_of(turn.db, case)
    said = cards.rhythm(rhythm)
    following = await _next(turn, case)
    turn.tell(
        youth.id,
        phrase("checkins.youth.rhythm_changed", who=cards.shown(turn.person), rhythm=said, next=following),
        keyboard=with_plan_and_help(),
    )
    mentor = await mentor_of(turn.db, case)
    if mentor is not None and mentor.id != turn.person.id:
        facts: dict[str, Fact] = {"code_name": youth.code_name, "rhythm": said, "next": following}
        turn.tell(
            mentor.id,
            phrase("checkins.staff.rhythm.changed_by", who=cards.shown(turn.person), **facts),
            keyboard=((case_button(case.id),),),
            about=youth.id,
        )
    await _say_changed(turn, case, rhythm)


async def _say_changed(turn: Turn, case: Case, rhythm: Rhythm) -> None:
    youth = await youth_of(turn.db, case)
    turn.replace(
        "checkins.staff.rhythm.changed",
        code_name=youth.code_name,
        rhythm=cards.rhythm(rhythm),
        next=await _next(turn, case),
        keyboard=((case_button(case.id),), *turn.home),
        about=youth.id,
    )


async def _next(turn: Turn, case: Case) -> Phrase:
    following = await store.next_of_case(turn.db, case.id)
    if following is None:
        return phrase("checkins.any.rhythm.no_date")
    return phrase("checkins.any.rhythm.next", at=following.due_at)

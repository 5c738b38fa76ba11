"""Pauses as both sides make them: why, from when, until when; longer, shorter or over in one tap."""

from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from bot.calendar import add_months
from bot.people.own_clock import own_today
from bot.programme import cards, rules, store
from bot.programme.joining import plans
from bot.programme.keepers import working_with, youth_of
from bot.programme.period import pauses, store_pauses
from bot.programme.period.due_pauses import begin, go_on, lengthen, today
from bot.programme.period.pauses import (
    MayPause,
    NotAhead,
    NotRunning,
    Overlaps,
    Pause,
    PauseReason,
    PauseState,
    TooLong,
)
from bot.programme.period.screens_time import ChangePause, EndPause, MakePause, MyPauses, OpenPauses, PauseLater
from bot.programme.rules import JOINED, Case, RhythmChanged
from bot.programme.screens import back_to, case_button, with_plan_and_help
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Keyboard, Row, Turn, button
from bot.words import Lines, Phrase, phrase

routes = Routes()


def _may_pause(person: Person, case: Case) -> bool:
    return person.id == case.youth_id or rules.may_guide(person, case)


async def _their_case(turn: Turn, case_id: int) -> Case | None:
    case = await store.case(turn.db, case_id)
    return case if case is not None and _may_pause(turn.person, case) else None


def _today(turn: Turn, case: Case) -> date:
    """The day it is for whoever is to pause: by their own clock where they are abroad."""
    return own_today(turn, turn.person) if turn.person.id == case.youth_id else today(turn)


def _to(turn: Turn, case: Case) -> str:
    """Who is spoken to, as keys name them."""
    return "youth" if turn.person.id == case.youth_id else "staff"


# --- the page ---------------------------------------------------------------------------------------------------


@routes.press(OpenPauses)
async def open_pauses(turn: Turn, action: OpenPauses) -> None:
    if (case := await _their_case(turn, action.case)) is None:
        await turn.forbidden()
        return
    await _show(turn, case)


@routes.press(MyPauses)
async def my_pauses(turn: Turn, _: MyPauses) -> None:
    case = await store.case_of_youth(turn.db, turn.person.id)
    if case is None:
        await turn.forbidden()
        return
    await _show(turn, case)


async def _show(turn: Turn, case: Case) -> None:
    """The pauses that are planned or running, what may be done with each, and the reasons for another."""
    to = _to(turn, case)
    if case.stage not in JOINED:
        turn.replace(f"programme.{to}.pause.not_running", keyboard=_back(turn, case), about=case.youth_id)
        return
    standing = await store_pauses.of_case(turn.db, case.id)
    rows = [row for one in standing for row in _changes(turn, case, one)]
    reasons = [
        button(f"programme.any.pause_reason.{reason.value}", MakePause(case.id, reason, _today(turn, case)))
        for reason in PauseReason
    ]
    why: Keyboard = tuple(tuple(reasons[at : at + 2]) for at in range(0, len(reasons), 2))
    turn.replace(
        f"programme.{to}.pause.some" if standing else f"programme.{to}.pause.none",
        about=case.youth_id,
        keyboard=(*rows, *why, *_back(turn, case)),
        **({"lines": Lines(tuple(_line(one) for one in standing))} if standing else {}),
    )


def _line(one: Pause) -> Phrase:
    return phrase(
        "programme.any.pause_line",
        why=phrase(f"programme.any.pause_reason.{one.reason.value}"),
        starts_on=one.starts_on,
        resumes_on=one.resumes_on,
    )


def _changes(turn: Turn, case: Case, one: Pause) -> Keyboard:
    to = _to(turn, case)
    longer = button(f"programme.{to}.button.pause_longer", ChangePause(one.id, one.resumes_on + pauses.ONE_WEEK))
    row: Row = (longer,)
    if one.resumes_on - pauses.ONE_WEEK > max(one.starts_on, _today(turn, case)):
        shorter = ChangePause(one.id, one.resumes_on - pauses.ONE_WEEK)
        row = (longer, button(f"programme.{to}.button.pause_shorter", shorter))
    over = "pause_over" if one.state is PauseState.RUNNING else "pause_call_off"
    return (row, (button(f"programme.{to}.button.{over}", EndPause(one.id), starts_on=one.starts_on),))


def _back(turn: Turn, case: Case) -> Keyboard:
    return with_plan_and_help() if turn.person.id == case.youth_id else (back_to(case.id),)


# --- a new one --------------------------------------------------------------------------------------------------


@routes.press(MakePause)
async def make(turn: Turn, action: MakePause) -> None:
    """Without an end, ask for it: a week, two, a month, or a typed day."""
    if (case := await _their_case(turn, action.case)) is None:
        await turn.forbidden()
    elif action.resumes_on is not None:
        await _make(turn, case, action)
    else:
        _ask_until(turn, case, action, "until")
        turn.expect(action)


def _ask_until(turn: Turn, case: Case, action: MakePause, what: str, **facts: int) -> None:
    to = _to(turn, case)
    lengths = {
        "week": action.starts_on + pauses.ONE_WEEK,
        "two_weeks": action.starts_on + 2 * pauses.ONE_WEEK,
        "month": add_months(action.starts_on, 1),
    }
    rows = [
        button(f"programme.any.button.pause.{name}", MakePause(case.id, action.reason, action.starts_on, day))
        for name, day in lengths.items()
    ]
    later = button(f"programme.{to}.button.pause_later", PauseLater(case.id, action.reason))
    turn.replace(
        f"programme.{to}.pause.{what}",
        starts_on=action.starts_on,
        about=case.youth_id,
        keyboard=(tuple(rows[:2]), tuple(rows[2:]), (later,), *_back(turn, case)),
        **facts,
    )


@routes.text(MakePause)
async def end_typed(turn: Turn, action: MakePause, text: str) -> None:
    """The day on which things go on; what cannot be read is asked for again."""
    if (case := await _their_case(turn, action.case)) is None:
        await turn.forbidden()
        return
    day = plans.typed_day(text, action.starts_on + timedelta(days=1))
    if day is None:
        _ask_until(turn, case, action, "day_unclear")
        turn.expect(action)
        return
    await _make(turn, case, MakePause(case.id, action.reason, action.starts_on, day))


@routes.press(PauseLater)
async def later(turn: Turn, action: PauseLater) -> None:
    if (case := await _their_case(turn, action.case)) is None:
        await turn.forbidden()
        return
    turn.replace(f"programme.{_to(turn, case)}.pause.from_when", keyboard=_back(turn, case), about=case.youth_id)
    turn.expect(action)


@routes.text(PauseLater)
async def start_typed(turn: Turn, action: PauseLater, text: str) -> None:
    """The day on which the pause begins."""
    if (case := await _their_case(turn, action.case)) is None:
        await turn.forbidden()
        return
    day = plans.typed_day(text, _today(turn, case))
    if day is None or not _today(turn, case) <= day <= _today(turn, case) + pauses.AHEAD:
        turn.say(f"programme.{_to(turn, case)}.pause.from_when", keyboard=_back(turn, case), about=case.youth_id)
        turn.expect(action)
        return
    await make(turn, MakePause(case.id, action.reason, day))


async def _make(turn: Turn, case: Case, action: MakePause) -> None:
    assert action.resumes_on is not None
    others = await store_pauses.of_case(turn.db, case.id)
    hours = await turn.hours()
    longest = turn.settings.longest_pause_days
    match pauses.pause(case, others, action.starts_on, action.resumes_on, _today(turn, case), longest, hours):
        case MayPause(starts_on, resumes_on):
            first = pauses.first_step_at(starts_on, hours)
            one = await store_pauses.make(
                turn.db, case.id, action.reason, starts_on, resumes_on, first, turn.person.id, turn.now
            )
            await turn.note("pause.made", "case", case.id)
            if starts_on <= _today(turn, case):
                next_at = pauses.next_step_at(resumes_on, turn.now, hours)
                await store_pauses.advance(turn.db, one, PauseState.RUNNING, next_at)
                await begin(turn, case, one, turn.person.id)
            else:
                await turn.happened(RhythmChanged(case.id))
            await _tell(turn, case, _Done.MADE, starts_on, resumes_on)
        case refused:
            _refuse(turn, case, refused)


def _refuse(turn: Turn, case: Case, refused: pauses.Refusal) -> None:
    to = _to(turn, case)
    keyboard: Keyboard = _back(turn, case)
    if case.stage in JOINED:
        way_back = MyPauses() if to == "youth" else OpenPauses(case.id)
        keyboard = ((button(f"programme.{to}.button.pauses", way_back),), *keyboard)
    match refused:
        case NotRunning():
            turn.replace(f"programme.{to}.pause.not_running", keyboard=keyboard, about=case.youth_id)
        case NotAhead():
            turn.replace(f"programme.{to}.pause.not_ahead", keyboard=keyboard, about=case.youth_id)
        case TooLong(latest):
            turn.replace(
                f"programme.{to}.pause.too_long",
                most=turn.settings.longest_pause_days,
                latest=latest,
                keyboard=keyboard,
                about=case.youth_id,
            )
        case Overlaps(other):
            turn.replace(
                f"programme.{to}.pause.overlaps",
                starts_on=other.starts_on,
                resumes_on=other.resumes_on,
                keyboard=keyboard,
                about=case.youth_id,
            )
        case never:
            assert_never(never)


# --- one that stands --------------------------------------------------------------------------------------------


async def _standing(turn: Turn, pause_id: int) -> tuple[Case, Pause] | None:
    one = await store_pauses.pause(turn.db, pause_id)
    case = None if one is None else await _their_case(turn, one.case_id)
    return None if one is None or case is None else (case, one)


@routes.press(ChangePause)
async def change(turn: Turn, action: ChangePause) -> None:
    """Longer or shorter; the button carries the day itself, so that a second tap changes nothing more."""
    if (found := await _standing(turn, action.pause)) is None:
        await turn.forbidden()
        return
    case, one = found
    if one.state not in (PauseState.PLANNED, PauseState.RUNNING):
        await _show(turn, case)
        return
    hours = await turn.hours()
    others = await store_pauses.of_case(turn.db, case.id)
    longest = turn.settings.longest_pause_days
    match pauses.change(case, one, others, action.resumes_on, _today(turn, case), longest, hours):
        case MayPause(starts_on, resumes_on):
            running = one.state is PauseState.RUNNING
            next_at = (
                pauses.next_step_at(resumes_on, turn.now, hours) if running else pauses.first_step_at(starts_on, hours)
            )
            if resumes_on == one.resumes_on or not await store_pauses.advance(
                turn.db, one, one.state, next_at, resumes_on=resumes_on
            ):
                await _show(turn, case)
                return
            await turn.note("pause.changed", "case", case.id)
            if running:
                await lengthen(turn, case.id, (resumes_on - one.resumes_on).days)
            await turn.happened(RhythmChanged(case.id))
            await _tell(turn, case, _Done.CHANGED, starts_on, resumes_on)
        case refused:
            _refuse(turn, case, refused)


@routes.press(EndPause)
async def end(turn: Turn, action: EndPause) -> None:
    """Back to the programme at once, or the pause that lay ahead does not happen."""
    if (found := await _standing(turn, action.pause)) is None:
        await turn.forbidden()
        return
    case, one = found
    match one.state:
        case PauseState.RUNNING:
            ends_on = max(_today(turn, case), one.starts_on)  # on the other side of midnight it had not begun
            if await store_pauses.advance(turn.db, one, PauseState.OVER, None, resumes_on=ends_on):
                await lengthen(turn, case.id, (ends_on - one.resumes_on).days)
                again = await store.case(turn.db, case.id)
                assert again is not None
                await go_on(turn, again, turn.person.id)
                await _tell(turn, case, _Done.OVER, one.starts_on, ends_on)
                return
        case PauseState.PLANNED:
            if await store_pauses.advance(turn.db, one, PauseState.STOPPED, None):
                await turn.note("pause.called_off", "case", case.id)
                await turn.happened(RhythmChanged(case.id))
                await _tell(turn, case, _Done.CALLED_OFF, one.starts_on, one.resumes_on)
                return
        case PauseState.OVER | PauseState.STOPPED:
            pass
        case never:
            assert_never(never)
    await _show(turn, case)


class _Done(StrEnum):
    """What was done about a pause."""

    MADE = "made"
    CHANGED = "changed"
    OVER = "over"
    CALLED_OFF = "called_off"


async def _tell(turn: Turn, case: Case, done: _Done, starts_on: date, resumes_on: date) -> None:
    """Both sides, each in their own words: what it means, and what is there all the same. The reason stays on the page
    of the pauses."""
    youth = await youth_of(turn.db, case)
    for_youth = phrase(f"programme.youth.pause.{done.value}", starts_on=starts_on, resumes_on=resumes_on)
    for_staff = phrase(
        f"programme.staff.pause.{done.value}",
        code_name=youth.code_name,
        by=_by(turn, case),
        starts_on=starts_on,
        resumes_on=resumes_on,
    )
    ways = ((button("programme.youth.button.pauses", MyPauses()),),)
    if turn.person.id == case.youth_id:
        turn.replace_with(for_youth, with_plan_and_help(ways))
    else:
        turn.tell(youth.id, for_youth, keyboard=with_plan_and_help(ways))
        pauses_row = (button("programme.staff.button.pauses", OpenPauses(case.id)),)
        turn.replace(for_staff.key, keyboard=(pauses_row, back_to(case.id)), about=youth.id, **for_staff.facts)
    for staff in await working_with(turn.db, case):
        if staff.id != turn.person.id and rules.may_guide(staff, case):
            turn.tell(staff.id, for_staff, keyboard=((case_button(case.id),),), about=youth.id)


def _by(turn: Turn, case: Case) -> Phrase | str:
    """Who did it, as staff read it."""
    is_theirs = turn.person.id == case.youth_id
    return phrase("programme.staff.pause.by_youth") if is_theirs else cards.shown(turn.person)

"""How a programme ends: rarer talks in its last month, mentoring after it, the closing talk, and the case kept open."""

from datetime import date, timedelta
from typing import Final, assert_never

from bot.programme import rules, store, store_tasks
from bot.programme.afterwards import aftercare
from bot.programme.afterwards.aftercare import MayFollow, NotInProgramme, OutsideLimits
from bot.programme.chat_cases import show
from bot.programme.keepers import mentor_of, working_with, youth_of
from bot.programme.period import periods, store_extensions
from bot.programme.period.screens_time import BeginAftercare, Extend, KeepOpen, OpenClosingTalk, OpenEnding, ThinOut
from bot.programme.rules import AftercareBegan, Case, RhythmChanged, Stage
from bot.programme.screens import ChooseOutcome, back_to, case_button, talk_row, with_plan_and_help
from bot.programme.tasks import TaskKind
from bot.routes import Routes
from bot.turn import Keyboard, Row, Turn, button
from bot.words import phrase

routes = Routes()

_A_ROW: Final = 3


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.zone).date()


async def _decided(turn: Turn, case_id: int) -> Case | None:
    case = await store.case(turn.db, case_id)
    return case if case is not None and rules.may_decide(turn.person, case) else None


@routes.press(OpenEnding)
async def open_ending(turn: Turn, action: OpenEnding) -> None:
    """Aftercare first; then rarer talks, more time, or closing, with what closing means."""
    if (case := await _decided(turn, action.case)) is None:
        await turn.forbidden()
        return
    runs = case.stage in (Stage.PROGRAMME, Stage.PAUSED) and case.aftercare_until is None
    if not runs or case.ends_on is None:
        await show(turn, case)
        return
    thins = await store_extensions.thins_from(turn.db, case.id) is not None
    thinner = button(
        "programme.staff.button.thin_out" if not thins else "programme.staff.button.as_before",
        ThinOut(case.id, on=not thins),
    )
    ahead: Keyboard = ((thinner,),) if _today(turn) <= case.ends_on else ()
    turn.replace(
        "programme.staff.ending.page",
        code_name=(await youth_of(turn.db, case)).code_name,
        ends_on=case.ends_on,
        about=case.youth_id,
        keyboard=(
            (button("programme.staff.button.aftercare", BeginAftercare(case.id)),),
            *ahead,
            (button("programme.staff.button.extend", Extend(case.id)),),
            (button("programme.staff.button.close", ChooseOutcome(case.id)),),
            back_to(case.id),
        ),
    )


# --- rarer talks ------------------------------------------------------------------------------------------------


@routes.press(ThinOut)
async def thin_out(turn: Turn, action: ThinOut) -> None:
    """Every other week in the last month, so that the end does not come from one week to the next; or not after all."""
    if (case := await _decided(turn, action.case)) is None:
        await turn.forbidden()
        return
    runs = case.stage in (Stage.PROGRAMME, Stage.PAUSED) and case.aftercare_until is None
    thins = await store_extensions.thins_from(turn.db, case.id) is not None
    if not runs or case.ends_on is None or _today(turn) > case.ends_on or thins == action.on:
        await show(turn, case)
        return
    from_on = store_extensions.last_month_of(case.ends_on)
    if not await store.agree(turn.db, case, tapers_from=from_on if action.on else None):
        await show(turn, case)
        return
    await turn.note("case.thinned" if action.on else "case.not_thinned", "case", case.id)
    await turn.happened(RhythmChanged(case.id))
    youth = await youth_of(turn.db, case)
    what = "thins_out" if action.on else "as_before"
    facts = {"from_on": max(from_on, _today(turn)), "ends_on": case.ends_on}
    turn.tell(youth.id, phrase(f"programme.youth.ending.{what}", **facts), keyboard=with_plan_and_help())
    mentor = await mentor_of(turn.db, case)
    if mentor is not None and mentor.id != turn.person.id:
        turn.tell(
            mentor.id,
            phrase(f"programme.staff.ending.{what}", code_name=youth.code_name, **facts),
            keyboard=((case_button(case.id),),),
            about=youth.id,
        )
    turn.replace(
        f"programme.staff.ending.{what}",
        code_name=youth.code_name,
        about=youth.id,
        keyboard=((case_button(case.id),), *turn.home),
        **facts,
    )


# --- aftercare --------------------------------------------------------------------------------------------------


@routes.press(BeginAftercare)
async def begin(turn: Turn, action: BeginAftercare) -> None:
    """How long, then once more with the days, then it begins."""
    if (case := await _decided(turn, action.case)) is None:
        await turn.forbidden()
        return
    if action.months is None:
        _ask_months(turn, case)
        return
    match aftercare.begin(case, action.months, _today(turn)):
        case MayFollow() as days if action.sure:
            await _begin(turn, case, days)
        case MayFollow() as days:
            await _show_days(turn, case, action.months, days)
        case NotInProgramme():
            await show(turn, case)
        case OutsideLimits():
            _ask_months(turn, case)
        case never:
            assert_never(never)


def _ask_months(turn: Turn, case: Case) -> None:
    """The usual length first, in a row of its own."""
    fit = [months for months in aftercare.MONTHS if isinstance(aftercare.begin(case, months, _today(turn)), MayFollow)]
    if not fit:
        turn.replace(
            "programme.staff.aftercare.too_late", about=case.youth_id, keyboard=(_close_row(case), back_to(case.id))
        )
        return
    usual = turn.settings.aftercare_months
    choices = [
        button("programme.staff.button.months", BeginAftercare(case.id, months), count=months)
        for months in sorted(fit, key=lambda months: months != usual)
    ]
    others = choices[1:]
    rows: Keyboard = tuple(tuple(others[at : at + _A_ROW]) for at in range(0, len(others), _A_ROW))
    turn.replace(
        "programme.staff.aftercare.how_long", about=case.youth_id, keyboard=((choices[0],), *rows, back_to(case.id))
    )


def _close_row(case: Case) -> Row:
    return (button("programme.staff.button.close", ChooseOutcome(case.id)),)


async def _show_days(turn: Turn, case: Case, months: int, days: MayFollow) -> None:
    """The talks that it means, and, where the programme would still run, that it ends today."""
    planned = _talks(case, days)
    turn.replace(
        "programme.staff.aftercare.sure",
        code_name=(await youth_of(turn.db, case)).code_name,
        ends_on=days.ends_on,
        until=days.until,
        number=len(planned),
        about=case.youth_id,
        keyboard=(
            (button("programme.staff.button.begin_aftercare", BeginAftercare(case.id, months, sure=True)),),
            (button("programme.staff.button.back", BeginAftercare(case.id)),),
            back_to(case.id),
        ),
    )


def _talks(case: Case, days: MayFollow) -> list[date]:
    if case.rhythm is None:
        return []
    return aftercare.aftercare_days(days.ends_on + timedelta(days=1), days.until, case.rhythm.weekday)


async def _begin(turn: Turn, case: Case, days: MayFollow) -> None:
    """The programme is over and aftercare begins: in a pause it waits there, and the case goes on into it."""
    hours = await turn.hours()
    agreed = {
        "ends_on": days.ends_on,
        "aftercare_until": days.until,
        "remind_at": periods.closing_talk_at(days.until, turn.now, hours),
        "escalate_at": None,
        "tapers_from": None,
    }
    if case.stage is Stage.PAUSED:
        won = await store.agree(turn.db, case, **agreed)
    else:
        won = await store.enter(turn.db, case, Stage.AFTERCARE, None, turn.person.id, turn.now, **agreed)
    if not won:
        await show(turn, case)
        return
    await store_extensions.leave(turn.db, case.id)
    await store_tasks.finish_of_case(turn.db, case.id, TaskKind.EXTENSION, turn.person.id, turn.now)
    await turn.note("case.aftercare", "case", case.id)
    await turn.happened(AftercareBegan(case.id))
    youth = await youth_of(turn.db, case)
    turn.tell(
        youth.id,
        phrase("programme.youth.aftercare.began", ends_on=days.ends_on, until=days.until),
        keyboard=with_plan_and_help((talk_row(),)),
    )
    told = phrase("programme.staff.aftercare.began", code_name=youth.code_name, until=days.until)
    for staff in await working_with(turn.db, case):
        if staff.id != turn.person.id and rules.may_guide(staff, case):
            turn.tell(staff.id, told, keyboard=((case_button(case.id),),), about=youth.id)
    turn.replace(
        told.key,
        code_name=youth.code_name,
        until=days.until,
        about=youth.id,
        keyboard=((case_button(case.id),), *turn.home),
    )


# --- the closing talk, and after it -----------------------------------------------------------------------------


@routes.press(OpenClosingTalk)
async def closing_talk(turn: Turn, action: OpenClosingTalk) -> None:
    """What it is for, in short, until somebody says that it has been had."""
    case = await store.case(turn.db, action.case)
    if case is None or not rules.may_guide(turn.person, case):
        await turn.forbidden()
        return
    if action.done:
        await store_tasks.finish_of_case(turn.db, case.id, TaskKind.CLOSING_TALK, turn.person.id, turn.now)
        await turn.note("case.closing_talk", "case", case.id)
    if action.done or case.aftercare_until is None:
        await show(turn, case)
        return
    turn.replace(
        "programme.staff.aftercare.closing_talk",
        code_name=(await youth_of(turn.db, case)).code_name,
        until=case.aftercare_until,
        about=case.youth_id,
        keyboard=(
            (button("programme.staff.button.closing_talk_done", OpenClosingTalk(case.id, done=True)),),
            back_to(case.id),
        ),
    )


@routes.press(KeepOpen)
async def keep_open(turn: Turn, action: KeepOpen) -> None:
    """Nothing changes, and it is said what that means: no check-ins, one question after six months, then closing."""
    if (case := await _decided(turn, action.case)) is None:
        await turn.forbidden()
        return
    if case.aftercare_until is None or not case.is_open:
        await show(turn, case)
        return
    await turn.note("case.kept_open", "case", case.id)
    turn.replace(
        "programme.staff.aftercare.kept_open",
        code_name=(await youth_of(turn.db, case)).code_name,
        about=case.youth_id,
        keyboard=((case_button(case.id),), *turn.home),
    )

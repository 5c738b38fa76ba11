"""How somebody is after the programme: the young person's one answer, and the outcome that staff record."""

from typing import assert_never

from bot.programme import cards, rules, store, store_tasks
from bot.programme.afterwards import results, store_results
from bot.programme.afterwards.results import (
    Answer,
    Better,
    KeptBefore,
    MayKeep,
    NotAsked,
    Result,
    ResultKind,
    ResultState,
)
from bot.programme.keepers import keepers_of, mentor_of, youth_of
from bot.programme.period.screens_time import AnswerResult, ChooseResult, OpenResults, RecordResult, ToggleBetter
from bot.programme.rules import OUTCOMES, Case, OutcomeGroup
from bot.programme.screens import ChooseOutcome, back_to, case_button, talk_row, with_plan_and_help
from bot.programme.tasks import TaskKind
from bot.routes import Routes
from bot.turn import Button, Keyboard, Turn, button
from bot.words import Lines, Listing, Phrase, phrase

routes = Routes()


async def _found(turn: Turn, result_id: int) -> tuple[Case, Result] | None:
    result = await store_results.result(turn.db, result_id)
    case = None if result is None else await store.case(turn.db, result.case_id)
    return None if result is None or case is None else (case, result)


# --- the young person -------------------------------------------------------------------------------------------


@routes.press(AnswerResult)
async def answer(turn: Turn, action: AnswerResult) -> None:
    """The first answer is kept; then what got better, if they like to say."""
    found = await _found(turn, action.result)
    if found is None or found[0].youth_id != turn.person.id:
        await turn.forbidden()
        return
    case, result = found
    match results.answer(result, case):
        case MayKeep():
            if await store_results.answer(turn.db, result.id, action.answer, turn.now):
                await turn.note("result.answered", "case", case.id)
            if action.answer is Answer.NOT_SAID:
                turn.replace("programme.youth.result.not_said", keyboard=with_plan_and_help((talk_row(),)))
            else:
                _ask_better(turn, result.id, frozenset())
        case KeptBefore():
            turn.replace("programme.youth.result.kept", keyboard=with_plan_and_help((talk_row(),)))
        case NotAsked():
            turn.replace("programme.youth.result.over", keyboard=with_plan_and_help())
        case never:
            assert_never(never)


def _ask_better(turn: Turn, result_id: int, chosen: frozenset[Better]) -> None:
    rows = tuple((_better_button(result_id, one, one in chosen),) for one in Better)
    enough = (button("programme.youth.button.better_done", ToggleBetter(result_id)),)
    turn.replace("programme.youth.result.better", keyboard=with_plan_and_help((*rows, enough)))


def _better_button(result_id: int, one: Better, is_chosen: bool) -> Button:
    label = phrase(f"programme.any.better.{one.value}")
    key = "programme.youth.button.better_chosen" if is_chosen else "programme.youth.button.better"
    return button(key, ToggleBetter(result_id, one), what=label)


@routes.press(ToggleBetter)
async def better(turn: Turn, action: ToggleBetter) -> None:
    """Choose, take back, be done; nothing is added up."""
    found = await _found(turn, action.result)
    if found is None or found[0].youth_id != turn.person.id:
        await turn.forbidden()
        return
    case, result = found
    if not case.is_open or result.answer is None:
        turn.replace("programme.youth.result.over", keyboard=with_plan_and_help())
        return
    if action.better is not None:
        chosen = result.better ^ {action.better}
        await store_results.set_better(turn.db, result.id, chosen)
        _ask_better(turn, result.id, chosen)
        return
    turn.replace("programme.youth.result.thanks", keyboard=with_plan_and_help((talk_row(),)))
    mentor = await mentor_of(turn.db, case)
    if mentor is not None:
        turn.tell(
            mentor.id,
            phrase("programme.staff.result.answered", code_name=turn.person.code_name, said=_said(result)),
            keyboard=((button("programme.staff.button.results", OpenResults(case.id)),), (case_button(case.id),)),
            about=case.youth_id,
            once=f"result:{result.id}:{result.due_on}:answered:{mentor.id}",
        )


def _said(result: Result) -> Phrase:
    """The young person's own words of choice."""
    if result.answer is None:
        return phrase("programme.any.answer.none_yet")
    answer = phrase(f"programme.any.answer.{result.answer.value}")
    if not result.better:
        return answer
    named = Listing(tuple(phrase(f"programme.any.better.{one.value}") for one in Better if one in result.better))
    return phrase("programme.any.answer_and_better", answer=answer, better=named)


# --- staff ------------------------------------------------------------------------------------------------------


@routes.press(OpenResults)
async def open_results(turn: Turn, action: OpenResults) -> None:
    case = await store.case(turn.db, action.case)
    if case is None or not rules.may_guide(turn.person, case):
        await turn.forbidden()
        return
    await _show(turn, case)


async def _show(turn: Turn, case: Case) -> None:
    both = await store_results.of_case(turn.db, case.id)
    if not both:
        turn.replace("programme.staff.result.none", about=case.youth_id, keyboard=(back_to(case.id),))
        return
    rows: Keyboard = tuple(
        (button(f"programme.staff.button.record_result_of.{one.kind.value}", ChooseResult(one.id)),)
        for one in both
        if one.waits
    )
    turn.replace(
        "programme.staff.result.page",
        code_name=(await youth_of(turn.db, case)).code_name,
        lines=Lines(tuple(_line(one) for one in both)),
        about=case.youth_id,
        keyboard=(*rows, back_to(case.id)),
    )


def _line(one: Result) -> Phrase:
    kind = one.kind.value
    match one.state:
        case ResultState.PLANNED:
            return phrase(f"programme.staff.result.line.planned.{kind}", due_on=one.due_on)
        case ResultState.OFF:
            return phrase(f"programme.staff.result.line.off.{kind}")
        case ResultState.RECORDED:
            outcome = phrase(f"programme.any.outcome.{one.outcome}")
            return phrase(f"programme.staff.result.line.recorded.{kind}", outcome=outcome, said=_said(one))
        case _:
            return phrase(f"programme.staff.result.line.waits.{kind}", due_on=one.due_on, said=_said(one))


async def _guided(turn: Turn, result_id: int) -> tuple[Case, Result] | None:
    found = await _found(turn, result_id)
    return found if found is not None and rules.may_guide(turn.person, found[0]) else None


@routes.press(ChooseResult)
async def choose(turn: Turn, action: ChooseResult) -> None:
    """What it is, first by group, then precisely; what the young person said stands above."""
    if (found := await _guided(turn, action.result)) is None:
        await turn.forbidden()
        return
    case, result = found
    if not isinstance(results.record(result), MayKeep):
        await _show(turn, case)
        return
    if action.group is None:
        rows: Keyboard = tuple(
            (button(f"programme.staff.button.outcomes.{group.value}", ChooseResult(result.id, group)),)
            for group in OutcomeGroup
        )
    else:
        rows = (
            *(
                (button(f"programme.any.outcome.{outcome.value}", RecordResult(result.id, outcome)),)
                for outcome in OUTCOMES[action.group]
            ),
            (button("programme.staff.button.back", ChooseResult(result.id)),),
        )
    turn.replace(
        f"programme.staff.result.choose.{result.kind.value}",
        code_name=(await youth_of(turn.db, case)).code_name,
        due_on=result.due_on,
        said=_said(result),
        about=case.youth_id,
        keyboard=(*rows, back_to(case.id)),
    )


@routes.press(RecordResult)
async def record(turn: Turn, action: RecordResult) -> None:
    """Keep it; after the last one of an open case, whoever decides is asked to close it."""
    if (found := await _guided(turn, action.result)) is None:
        await turn.forbidden()
        return
    case, result = found
    match results.record(result):
        case MayKeep():
            if not await store_results.record(turn.db, result.id, action.outcome, turn.person.id, turn.now):
                await _show(turn, case)
                return
            await store_tasks.finish_of_subject(turn.db, TaskKind.RESULT, result.id, turn.person.id, turn.now)
            await turn.note("result.recorded", "case", case.id)
            await _say_kept(turn, case, result, action)
        case KeptBefore() | NotAsked():
            await _show(turn, case)
        case never:
            assert_never(never)


async def _say_kept(turn: Turn, case: Case, result: Result, action: RecordResult) -> None:
    youth = await youth_of(turn.db, case)
    closes = case.is_open and result.kind is ResultKind.SIX_MONTHS
    turn.replace(
        "programme.staff.result.recorded_last" if closes else "programme.staff.result.recorded",
        code_name=youth.code_name,
        outcome=phrase(f"programme.any.outcome.{action.outcome.value}"),
        about=youth.id,
        keyboard=(
            *(_closing(case) if closes and rules.may_decide(turn.person, case) else ()),
            (case_button(case.id),),
            *turn.home,
        ),
    )
    if not closes:
        return
    for keeper in await keepers_of(turn.db, case):
        if keeper.id != turn.person.id:
            turn.tell(
                keeper.id,
                phrase("programme.staff.result.now_close", code_name=youth.code_name, by=cards.shown(turn.person)),
                keyboard=(*(_closing(case) if rules.may_decide(keeper, case) else ()), (case_button(case.id),)),
                about=youth.id,
            )


def _closing(case: Case) -> Keyboard:
    return ((button("programme.staff.button.close", ChooseOutcome(case.id)),),)

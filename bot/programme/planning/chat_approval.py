"""The programme lead reads an individual programme, approves it or sends it back with a comment."""

from dataclasses import dataclass
from typing import assert_never

from bot.people import store as people
from bot.programme import cards, store, store_tasks
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.planning import approvals, cards_plan, goals, store_approvals
from bot.programme.planning.actions_plan import ApprovePlan, OpenGoals, ReadPlan, SendBack
from bot.programme.planning.approvals import (
    MOST_COMMENT,
    IsDecided,
    Laid,
    MayDecide,
    NotTheirs,
    OthersDecide,
    State,
)
from bot.programme.planning.chat_lay import back_to_goals
from bot.programme.rules import Case
from bot.programme.screens import back_to, case_button, with_plan_and_help
from bot.programme.tasks import Audience, TaskKind
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Keyboard, Row, Turn, button
from bot.words import phrase

routes = Routes()


@dataclass(frozen=True, slots=True)
class Before:
    """A plan before the lead, with its case and everybody who leads there."""

    laid: Laid
    case: Case
    leads: list[Person]


# --- the lead reads it ------------------------------------------------------------------------------------------


async def _before(turn: Turn, decision_id: int) -> Before | None:
    """The plan, where this person may read it: its mentor or who leads there."""
    laid = await store_approvals.laid(turn.db, decision_id)
    case = None if laid is None else await store.case(turn.db, laid.case_id)
    if laid is None or case is None or not goals.may_read(turn.person, case):
        return None
    return Before(laid, case, await people.holders_for(turn.db, Role.LEAD, case.municipality))


@routes.press(ReadPlan)
async def read(turn: Turn, action: ReadPlan) -> None:
    if (before := await _before(turn, action.decision)) is None:
        await turn.forbidden()
        return
    await _show(turn, before, action.page)


async def _show(turn: Turn, before: Before, page: int = 0) -> None:
    """What was laid down, in full, in pages where it is long, with what this person may do about it."""
    case, laid = before.case, before.laid
    youth = await youth_of(turn.db, case)
    pages = cards_plan.pages(await store_approvals.goals_in(turn.db, laid))
    at = min(max(page, 0), len(pages) - 1)
    turning: Row = ()
    if at > 0:
        turning = (*turning, button("programme.staff.button.page_back", ReadPlan(laid.id, at - 1)))
    if at < len(pages) - 1:
        turning = (*turning, button("programme.staff.button.page_on", ReadPlan(laid.id, at + 1)))
    said, deciding = _deciding(turn, before)
    turn.replace(
        "programme.staff.lay.page",
        code_name=youth.code_name,
        laid_at=laid.laid_at,
        goals=pages[at],
        state=phrase(f"programme.staff.lay.{said}"),
        keyboard=(*((turning,) if turning else ()), *deciding, back_to_goals(case), back_to(case.id)),
        about=youth.id,
    )


def _deciding(turn: Turn, before: Before) -> tuple[str, Keyboard]:
    """What is said of it to this person, and the buttons that go with it."""
    laid = before.laid
    buttons: Keyboard = (
        (button("programme.staff.button.approve", ApprovePlan(laid.id)),),
        (button("programme.staff.button.send_back", SendBack(laid.id)),),
    )
    match approvals.decide(turn.person, before.case, laid, before.leads):
        case MayDecide(alone=True):
            return "state_alone", buttons
        case MayDecide():
            return "state_yours", buttons
        case OthersDecide():
            return "state_others", ()
        case IsDecided() | NotTheirs():
            return f"state_{laid.state.value}", ()
        case never:
            assert_never(never)


# --- and decides ------------------------------------------------------------------------------------------------


@routes.press(ApprovePlan)
async def approve(turn: Turn, action: ApprovePlan) -> None:
    if (before := await _before(turn, action.decision)) is None:
        await turn.forbidden()
        return
    match approvals.decide(turn.person, before.case, before.laid, before.leads):
        case MayDecide(alone):
            if await store_approvals.decide(turn.db, before.laid.id, State.APPROVED, None, turn.person.id, turn.now):
                await turn.note("plan.approved_alone" if alone else "plan.approved", "case", before.case.id)
                await _approved(turn, before)
                return
            await _show_again(turn, before)
        case NotTheirs():
            await turn.forbidden()
        case OthersDecide() | IsDecided():
            await _show(turn, before)
        case never:
            assert_never(never)


async def _show_again(turn: Turn, before: Before) -> None:
    """Somebody was quicker in this very moment: what they decided is shown."""
    anew = await _before(turn, before.laid.id)
    assert anew is not None
    await _show(turn, anew)


async def _approved(turn: Turn, before: Before) -> None:
    """The young person learns that there is a plan; the mentor that they may go by it."""
    case = before.case
    await store_tasks.finish_of_case(turn.db, case.id, TaskKind.APPROVE_PLAN, turn.person.id, turn.now)
    youth = await youth_of(turn.db, case)
    turn.tell(
        youth.id,
        phrase("programme.youth.plan_approved"),
        keyboard=with_plan_and_help(),
        once=f"plan:{before.laid.id}:approved:{youth.id}",
    )
    await _tell_mentor(turn, before, youth, "programme.staff.lay.approved_told")
    turn.replace(
        "programme.staff.lay.approved",
        code_name=youth.code_name,
        keyboard=((case_button(case.id),), *turn.home),
        about=youth.id,
    )


async def _tell_mentor(turn: Turn, before: Before, youth: Person, key: str, comment: str | None = None) -> None:
    """The mentor, and whoever stands in for them where it was they who sent it."""
    laid_by = before.laid.laid_by
    author = None if laid_by is None else await people.person(turn.db, laid_by)
    both = [one for one in (await mentor_of(turn.db, before.case), author) if one is not None]
    for told in {one.id: one for one in both}.values():
        if told.id == turn.person.id or not goals.may_read(told, before.case):
            continue
        turn.tell(
            told.id,
            phrase(
                key,
                code_name=youth.code_name,
                lead=cards.shown(turn.person),
                **({} if comment is None else {"comment": comment}),
            ),
            keyboard=(
                (button("programme.staff.button.open_goals", OpenGoals(before.case.id)),),
                (case_button(before.case.id),),
            ),
            about=youth.id,
            once=f"plan:{before.laid.id}:decided:{told.id}",
        )


@routes.press(SendBack)
async def ask_comment(turn: Turn, action: SendBack) -> None:
    before = await _before(turn, action.decision)
    if before is None:
        await turn.forbidden()
    elif isinstance(approvals.decide(turn.person, before.case, before.laid, before.leads), MayDecide):
        _ask_comment(turn, action, before, "programme.staff.lay.ask_comment")
    else:
        await _show(turn, before)


def _ask_comment(turn: Turn, action: SendBack, before: Before, key: str) -> None:
    turn.replace(
        key,
        most=MOST_COMMENT,
        keyboard=((button("programme.staff.button.back", ReadPlan(before.laid.id)),),),
        about=before.case.youth_id,
    )
    turn.expect(action)


@routes.text(SendBack)
async def comment_typed(turn: Turn, action: SendBack, text: str) -> None:
    before = await _before(turn, action.decision)
    if before is None:
        await turn.forbidden()
        return
    comment = text.strip()
    if not isinstance(approvals.decide(turn.person, before.case, before.laid, before.leads), MayDecide):
        await _show(turn, before)
    elif not comment or len(comment) > MOST_COMMENT:
        _ask_comment(turn, action, before, "programme.staff.lay.comment_too_long")
    elif not await store_approvals.decide(turn.db, before.laid.id, State.SENT_BACK, comment, turn.person.id, turn.now):
        await _show_again(turn, before)
    else:
        await _sent_back(turn, before, comment)


async def _sent_back(turn: Turn, before: Before, comment: str) -> None:
    case = before.case
    await turn.note("plan.sent_back", "case", case.id)
    await store_tasks.finish_of_case(turn.db, case.id, TaskKind.APPROVE_PLAN, turn.person.id, turn.now)
    await store_tasks.open_task(
        turn.db, case.id, Audience.MENTOR, TaskKind.REFILL_PLAN, turn.now, subject_id=before.laid.id
    )
    youth = await youth_of(turn.db, case)
    await _tell_mentor(turn, before, youth, "programme.staff.lay.sent_back_told", comment)
    turn.replace(
        "programme.staff.lay.sent_back",
        code_name=youth.code_name,
        keyboard=((case_button(case.id),), *turn.home),
        about=youth.id,
    )

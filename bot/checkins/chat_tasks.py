"""What somebody is asked to do beside check-ins: each task with the way to it, and done at a tap."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, assert_never

from bot.actions import Action
from bot.checkins.screens import Today
from bot.checkins.today import MOST_READ, Item, Part, PartName
from bot.people import store as people
from bot.programme import store as programme
from bot.programme import store_tasks
from bot.programme.cards import shortened
from bot.programme.mentors.screens_mentors import ReadHandover
from bot.programme.period.screens_time import OpenClosingTalk, OpenExtension, OpenResults
from bot.programme.planning.actions_plan import OpenGoals, ReadPlan
from bot.programme.rules import Case, deputises, may_decide, may_guide, mentors
from bot.programme.screens import OpenCase, OpenDuplicate, OpenSnapshot
from bot.programme.tasks import Audience, Task, TaskKind
from bot.referrals.actions import ShowSent
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Row, Tick, Turn, button
from bot.words import Phrase, phrase

routes = Routes()


@dataclass(frozen=True, slots=True)
class FinishTask(Action):
    """It is done."""

    tag: ClassVar[str] = "checkins.task_done"
    task: int


def opens(task: Task) -> Action:
    """What a press on that task opens."""
    match task.kind:
        case TaskKind.HANDED_OVER if task.subject_id is not None:
            return ReadHandover(task.subject_id)
        case TaskKind.HANDED_OVER | TaskKind.PULSE_DROP | TaskKind.QUIET:
            return OpenCase(task.case_id)
        case TaskKind.REFILL_PLAN:
            return OpenGoals(task.case_id)
        case TaskKind.APPROVE_PLAN:
            return OpenCase(task.case_id) if task.subject_id is None else ReadPlan(task.subject_id)
        case TaskKind.DUPLICATE:
            return OpenDuplicate(task.case_id)
        case TaskKind.SNAPSHOT:
            return OpenSnapshot(task.case_id)
        case TaskKind.MISMATCH | TaskKind.EARLIER_MISMATCH:
            return OpenCase(task.case_id) if task.subject_id is None else ShowSent(task.subject_id)
        case TaskKind.CLOSING_TALK:
            return OpenClosingTalk(task.case_id)
        case TaskKind.RESULT:
            return OpenResults(task.case_id)
        case TaskKind.EXTENSION:
            return OpenCase(task.case_id) if task.subject_id is None else OpenExtension(task.subject_id)
    assert_never(task.kind)


def done_by_word(task: Task) -> bool:
    """Whether somebody's word settles it; the others are done when what they ask for is recorded."""
    match task.kind:
        case TaskKind.PULSE_DROP | TaskKind.QUIET | TaskKind.CLOSING_TALK | TaskKind.EARLIER_MISMATCH:
            return True
        case TaskKind.HANDED_OVER | TaskKind.RESULT | TaskKind.EXTENSION | TaskKind.REFILL_PLAN | TaskKind.APPROVE_PLAN:
            return False
        case TaskKind.DUPLICATE | TaskKind.SNAPSHOT | TaskKind.MISMATCH:
            return False
    assert_never(task.kind)


async def part(tick: Tick, person: Person) -> Part:
    """Everything that this person is asked to do, the longest waiting first."""
    tasks = await store_tasks.open_tasks(tick.db, person, MOST_READ)
    cases = await programme.cases_by_id(tick.db, {task.case_id for task in tasks})
    youths = await people.persons(tick.db, [case.youth_id for case in cases.values()])
    return Part(PartName.TASKS, [_item(task, cases, youths) for task in tasks])


def _item(task: Task, cases: Mapping[int, Case], youths: Mapping[int, Person]) -> Item:
    name = youths[cases[task.case_id].youth_id].code_name
    row: Row = (button("checkins.staff.button.task", opens(task), code_name=shortened(name)),)
    if done_by_word(task):
        row = (*row, button("checkins.staff.button.task_done", FinishTask(task.id)))
    return Item(_line(task, name), row)


def _line(task: Task, code_name: str) -> Phrase:
    words = phrase(f"programme.staff.task.{task.kind.value}", code_name=code_name)
    if task.due_at is None:
        return phrase("checkins.staff.line.task", task=words)
    return phrase("checkins.staff.line.task_until", task=words, due=task.due_at)


@routes.press(FinishTask)
async def finish(turn: Turn, action: FinishTask) -> None:
    """Done, whether now or before: a second press says the same."""
    task = await store_tasks.task(turn.db, action.task)
    case = await programme.case(turn.db, task.case_id) if task is not None else None
    if task is None:
        turn.replace("checkins.staff.task_gone", keyboard=((button("checkins.staff.button.today", Today()),),))
        return
    if case is None or not _is_theirs(turn.person, task, case) or not done_by_word(task):
        await turn.forbidden()
        return
    if await store_tasks.finish(turn.db, task.id, turn.person.id, turn.now):
        await turn.note("task.done", "task", task.id)
    turn.replace("checkins.staff.task_finished", keyboard=((button("checkins.staff.button.today", Today()),),))


def _is_theirs(person: Person, task: Task, case: Case) -> bool:
    """A lead's, or whoever guides; of a referral that was asked for apart from the mentor never the mentor's, who may
    lead as well."""
    if task.audience is not Audience.LEAD:
        return may_guide(person, case)
    guides = mentors(person, case) or deputises(person, case)
    return may_decide(person, case) and not (guides and task.kind in (TaskKind.MISMATCH, TaskKind.EARLIER_MISMATCH))

"""Perhaps the same young person: a programme lead is asked, and says that they are two, or which account goes on."""

from dataclasses import dataclass
from typing import ClassVar, assert_never

from bot.actions import Action
from bot.people.screens import with_help
from bot.programme import cards, rules, store, store_tasks
from bot.programme.chat_cases import show
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.reasons import DUPLICATE
from bot.programme.rules import Case, CaseEnded, CasePlaced, Stage
from bot.programme.screens import OpenCase, OpenDuplicate, back_to, case_button
from bot.programme.tasks import Audience, TaskKind
from bot.programme.twice import duplicates, store_duplicates
from bot.programme.twice.duplicates import HasJoined, IsOver, MayMerge
from bot.routes import Routes
from bot.storage.records import Look, looked
from bot.turn import Tick, Turn, button
from bot.words import Lines, phrase

routes = Routes()


@dataclass(frozen=True, slots=True)
class SayDifferent(Action):
    """They are two people; the question does not come again."""

    tag: ClassVar[str] = "programme.different"
    case: int
    other: int


@dataclass(frozen=True, slots=True)
class SaySame(Action):
    """They are one; `keeps` is the case of the account that goes on, once the lead has said it."""

    tag: ClassVar[str] = "programme.same"
    case: int
    other: int
    keeps: int | None = None


@routes.on(CasePlaced)
async def look(tick: Tick, happened: CasePlaced) -> None:
    """A contact has its municipality, from the start or since now: is somebody like that there already?"""
    new = await store_duplicates.trace(tick.db, happened.case_id)
    if new is None:
        return
    for other in duplicates.hints(new, await store_duplicates.around(tick.db, new)):
        if await store_duplicates.was_asked(tick.db, new.case_id, other.case_id):
            continue
        older, newer = sorted((new.case_id, other.case_id))
        await store_tasks.open_task(tick.db, newer, Audience.LEAD, TaskKind.DUPLICATE, tick.now, subject_id=older)


@routes.on(CaseEnded)
async def ended(tick: Tick, happened: CaseEnded) -> None:
    """There is nothing left to bring together."""
    await store_tasks.finish_of_case(tick.db, happened.case_id, TaskKind.DUPLICATE, None, tick.now)
    await store_tasks.finish_of_subject(tick.db, TaskKind.DUPLICATE, happened.case_id, None, tick.now)


async def _both(turn: Turn, case_id: int, other_id: int) -> tuple[Case, Case] | None:
    """The newer and the older case, where this person decides on both and the question stands; else the one answer."""
    case, other = await store.case(turn.db, case_id), await store.case(turn.db, other_id)
    if case is None or not rules.may_decide(turn.person, case):
        await turn.forbidden()
        return None
    waits = await store_duplicates.waits(turn.db, case)
    if other is None or other_id not in waits or not rules.may_decide(turn.person, other):
        await show(turn, case)
        return None
    return case, other


@routes.press(OpenDuplicate)
async def open_duplicate(turn: Turn, action: OpenDuplicate) -> None:
    """Both side by side, by what the bot knows of them; with nothing left to ask, the case."""
    case = await store.case(turn.db, action.case)
    if case is None or not rules.may_decide(turn.person, case):
        await turn.forbidden()
        return
    for other_id in await store_duplicates.waits(turn.db, case):
        other = await store.case(turn.db, other_id)
        if other is not None and rules.may_decide(turn.person, other):
            await _ask(turn, case, other)
            return
    await show(turn, case)


async def _ask(turn: Turn, case: Case, other: Case) -> None:
    youth, other_youth = await youth_of(turn.db, case), await youth_of(turn.db, other)
    await looked(turn.db, turn.now, [Look(turn.person.id, other_youth.id, "programme")])
    turn.replace(
        "programme.staff.duplicate",
        keyboard=(
            (button("programme.staff.button.different", SayDifferent(case.id, other.id)),),
            (button("programme.staff.button.same", SaySame(case.id, other.id)),),
            (button("programme.staff.button.case", OpenCase(other.id), code_name=other_youth.code_name),),
            back_to(case.id),
        ),
        about=youth.id,
        newer=Lines((*cards.details(case, youth).phrases, *cards.standing(case, None).phrases[:1])),
        older=Lines((*cards.details(other, other_youth).phrases, *cards.standing(other, None).phrases[:1])),
    )


@routes.press(SayDifferent)
async def different(turn: Turn, action: SayDifferent) -> None:
    if (both := await _both(turn, action.case, action.other)) is None:
        return
    case, other = both
    await store_duplicates.settle(turn.db, case, other, turn.person.id, turn.now)
    await turn.note("case.different", "case", case.id)
    await show(turn, case)


@routes.press(SaySame)
async def same(turn: Turn, action: SaySame) -> None:
    """Which account goes on, as the lead has asked the young person; the case of the other one ends."""
    if (both := await _both(turn, action.case, action.other)) is None:
        return
    case, other = both
    if action.keeps not in (case.id, other.id):
        await _ask_which(turn, case, other)
        return
    kept, left = (case, other) if action.keeps == case.id else (other, case)
    match duplicates.merge(kept, left):
        case MayMerge():
            await _merge(turn, case, other, kept, left)
        case HasJoined():
            youth = await youth_of(turn.db, left)
            turn.replace(
                "programme.staff.duplicate.joined",
                keyboard=((case_button(left.id),), back_to(case.id)),
                about=youth.id,
                code_name=youth.code_name,
            )
        case IsOver():
            await store_duplicates.settle(turn.db, case, other, turn.person.id, turn.now)
            await show(turn, case)
        case never:
            assert_never(never)


async def _ask_which(turn: Turn, case: Case, other: Case) -> None:
    names = {one.id: (await youth_of(turn.db, one)).code_name for one in (other, case)}
    choices = tuple(
        (button("programme.staff.button.goes_on", SaySame(case.id, other.id, number), code_name=cards.shortened(name)),)
        for number, name in names.items()
    )
    turn.replace("programme.staff.duplicate.which", keyboard=(*choices, back_to(case.id)), about=case.youth_id)


async def _merge(turn: Turn, case: Case, other: Case, kept: Case, left: Case) -> None:
    """End the one that is left. Its account reads what is true for whoever holds it: that this chat rests, and how to
    come back."""
    if not await store.enter(
        turn.db, left, Stage.CLOSED, DUPLICATE, turn.person.id, turn.now,
        remind_at=None, escalate_at=None, proposal=None,
    ):  # fmt: skip
        await show(turn, case)
        return
    await store_duplicates.settle(turn.db, case, other, turn.person.id, turn.now)
    await turn.note("case.duplicate", "case", left.id)
    await turn.happened(CaseEnded(left.id, left.youth_id))
    youth, mentor = await youth_of(turn.db, left), await mentor_of(turn.db, left)
    turn.tell(left.youth_id, phrase("programme.youth.duplicate"), keyboard=with_help())
    if mentor is not None and mentor.id != turn.person.id:
        turn.tell(
            mentor.id,
            phrase("programme.staff.duplicate.told", code_name=youth.code_name, by=cards.shown(turn.person)),
            keyboard=((case_button(left.id),),),
            about=youth.id,
        )
    again = await store.case(turn.db, kept.id)
    assert again is not None
    await show(turn, again)

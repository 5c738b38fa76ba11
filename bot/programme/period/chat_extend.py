"""More time for a programme: a mentor asks with a reason, a lead decides, and the young person hears the new end."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from bot.people import store as people
from bot.programme import cards, rules, store, store_tasks
from bot.programme.chat_cases import show
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.period import extending, periods, store_extensions, store_limits
from bot.programme.period.extending import AtTheLimit, Extension, ExtensionState, MayExtend, NotInProgramme
from bot.programme.period.limits import Limits, latest_end
from bot.programme.period.screens_time import DecideExtension, Extend, OpenEnding, OpenExtension
from bot.programme.rules import Case, RhythmChanged
from bot.programme.screens import back_to, case_button, with_plan_and_help
from bot.programme.tasks import Audience, TaskKind
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.typed import in_one_line
from bot.words import phrase

routes = Routes()


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.zone).date()


async def _guided(turn: Turn, case_id: int) -> Case | None:
    case = await store.case(turn.db, case_id)
    return case if case is not None and rules.may_guide(turn.person, case) else None


async def _limits(turn: Turn, case: Case) -> Limits:
    """Those of the joining day, extensions included."""
    joined = case.starts_on or _today(turn)
    return await store_limits.limits_on(turn.db, case.municipality, joined, turn.settings)


@routes.press(Extend)
async def extend(turn: Turn, action: Extend) -> None:
    """First until when, then why."""
    if (case := await _guided(turn, action.case)) is None:
        await turn.forbidden()
        return
    limits = await _limits(turn, case)
    if action.ends_on is None:
        await _offer(turn, case, limits)
        return
    match extending.extend(case, action.ends_on, _today(turn), limits):
        case MayExtend(ends_on):
            turn.replace(
                "programme.staff.extend.why",
                ends_on=ends_on,
                most=extending.LONGEST_REASON,
                about=case.youth_id,
                keyboard=(back_to(case.id),),
            )
            turn.expect(action)
        case NotInProgramme():
            await show(turn, case)
        case AtTheLimit() as limit:
            _say_limit(turn, case, limit)
        case never:
            assert_never(never)


async def _offer(turn: Turn, case: Case, limits: Limits) -> None:
    if case.aftercare_until is not None or case.starts_on is None or case.ends_on is None:
        await show(turn, case)
        return
    days = extending.choices(case, _today(turn), limits)
    if not days:
        _say_limit(turn, case, AtTheLimit(latest_end(case.starts_on, limits), limits.longest))
        return
    rows: Keyboard = tuple(
        (button("programme.staff.button.extend_until", Extend(case.id, day), ends_on=day),) for day in days
    )
    turn.replace(
        "programme.staff.extend.until_when",
        ends_on=case.ends_on,
        longest=limits.longest,
        about=case.youth_id,
        keyboard=(*rows, back_to(case.id)),
    )


def _say_limit(turn: Turn, case: Case, limit: AtTheLimit) -> None:
    """Which limit it is, and what is possible instead."""
    aftercare = ((button("programme.staff.button.ending", OpenEnding(case.id)),),)
    turn.replace(
        "programme.staff.extend.at_limit",
        latest=limit.latest,
        longest=limit.longest,
        about=case.youth_id,
        keyboard=(*(aftercare if rules.may_decide(turn.person, case) else ()), back_to(case.id)),
    )


@routes.text(Extend)
async def reason_typed(turn: Turn, action: Extend, text: str) -> None:
    """A lead's word extends it; a mentor's goes to the leads."""
    if (case := await _guided(turn, action.case)) is None:
        await turn.forbidden()
        return
    reason = in_one_line(text)
    if not 0 < len(reason) <= extending.LONGEST_REASON:
        turn.say(
            "programme.staff.extend.reason_length",
            most=extending.LONGEST_REASON,
            about=case.youth_id,
            keyboard=(back_to(case.id),),
        )
        turn.expect(action)
        return
    limits = await _limits(turn, case)
    allowed = extending.extend(case, action.ends_on or _today(turn), _today(turn), limits)
    if isinstance(allowed, AtTheLimit):
        _say_limit(turn, case, allowed)
        return
    if isinstance(allowed, NotInProgramme):
        await show(turn, case)
        return
    leads = await people.holders_for(turn.db, Role.LEAD, case.municipality)
    if not leads:
        turn.say("programme.staff.begin.no_lead", about=case.youth_id, keyboard=(back_to(case.id),))
        return
    number = await store_extensions.ask(turn.db, case.id, allowed.ends_on, reason, turn.person.id, turn.now)
    extension = await store_extensions.extension(turn.db, number)
    assert extension is not None
    if rules.may_decide(turn.person, case):
        await _agree(turn, case, extension)
    else:
        await turn.note("extension.asked", "case", case.id)
        await _ask_leads(turn, case, extension, leads)


async def _ask_leads(turn: Turn, case: Case, extension: Extension, leads: Sequence[Person]) -> None:
    youth = await youth_of(turn.db, case)
    await store_tasks.finish_of_case(turn.db, case.id, TaskKind.EXTENSION, None, turn.now)
    await store_tasks.open_task(turn.db, case.id, Audience.LEAD, TaskKind.EXTENSION, turn.now, subject_id=extension.id)
    for lead in leads:
        turn.tell(
            lead.id,
            phrase(
                "programme.staff.extend.asked",
                mentor=cards.shown(turn.person),
                code_name=youth.code_name,
                ends_on=extension.ends_on,
                reason=extension.reason,
            ),
            keyboard=_decisions(extension),
            about=youth.id,
            once=f"extension:{extension.id}:{lead.id}",
        )
    turn.replace("programme.staff.extend.sent_to_lead", about=youth.id, keyboard=((case_button(case.id),), *turn.home))


def _decisions(extension: Extension) -> Keyboard:
    return (
        (
            button("programme.staff.button.extension_yes", DecideExtension(extension.id, agreed=True)),
            button("programme.staff.button.extension_no", DecideExtension(extension.id, agreed=False)),
        ),
        (case_button(extension.case_id),),
    )


# --- the decision -----------------------------------------------------------------------------------------------


async def _to_decide(turn: Turn, extension_id: int) -> tuple[Case, Extension] | None:
    extension = await store_extensions.extension(turn.db, extension_id)
    case = None if extension is None else await store.case(turn.db, extension.case_id)
    if extension is None or case is None or not rules.may_decide(turn.person, case):
        return None
    return case, extension


@routes.press(OpenExtension)
async def open_extension(turn: Turn, action: OpenExtension) -> None:
    if (found := await _to_decide(turn, action.extension)) is None:
        await turn.forbidden()
        return
    case, extension = found
    if extension.state is not ExtensionState.ASKED:
        await show(turn, case)
        return
    asker = None if extension.asked_by is None else await people.person(turn.db, extension.asked_by)
    youth = await youth_of(turn.db, case)
    turn.replace(
        "programme.staff.extend.asked",
        mentor="" if asker is None else cards.shown(asker),
        code_name=youth.code_name,
        ends_on=extension.ends_on,
        reason=extension.reason,
        about=youth.id,
        keyboard=_decisions(extension),
    )


@routes.press(DecideExtension)
async def decide(turn: Turn, action: DecideExtension) -> None:
    if (found := await _to_decide(turn, action.extension)) is None:
        await turn.forbidden()
        return
    case, extension = found
    if extension.state is not ExtensionState.ASKED:
        await show(turn, case)
    elif not action.agreed:
        await _decline(turn, case, extension)
    else:
        match extending.extend(case, extension.ends_on, _today(turn), await _limits(turn, case)):
            case MayExtend():
                await _agree(turn, case, extension)
            case AtTheLimit() as limit:
                _say_limit(turn, case, limit)
            case NotInProgramme():
                await show(turn, case)
            case never:
                assert_never(never)


async def _decline(turn: Turn, case: Case, extension: Extension) -> None:
    if not await store_extensions.decide(turn.db, extension.id, ExtensionState.DECLINED, turn.person.id, turn.now):
        await show(turn, case)
        return
    await store_tasks.finish_of_case(turn.db, case.id, TaskKind.EXTENSION, turn.person.id, turn.now)
    await turn.note("extension.declined", "case", case.id)
    youth = await youth_of(turn.db, case)
    if extension.asked_by is not None and extension.asked_by != turn.person.id:
        turn.tell(
            extension.asked_by,
            phrase("programme.staff.extend.declined", code_name=youth.code_name, by=cards.shown(turn.person)),
            keyboard=((case_button(case.id),),),
            about=youth.id,
        )
    await show(turn, case)


async def _agree(turn: Turn, case: Case, extension: Extension) -> None:
    """The period has a new end: what lies ahead is planned anew, its end is spoken of later, everybody hears it."""
    decided = await store_extensions.decide(turn.db, extension.id, ExtensionState.AGREED, turn.person.id, turn.now)
    assert case.starts_on is not None
    remind_at = periods.next_step_at(case.starts_on, extension.ends_on, turn.now, await turn.hours())
    if not decided or not await store_extensions.move_end(turn.db, case, extension.ends_on, remind_at):
        await show(turn, case)
        return
    await store_tasks.finish_of_case(turn.db, case.id, TaskKind.EXTENSION, turn.person.id, turn.now)
    await turn.note("case.extended", "case", case.id)
    await turn.happened(RhythmChanged(case.id))
    youth = await youth_of(turn.db, case)
    turn.tell(
        youth.id,
        phrase("programme.youth.extended", ends_on=extension.ends_on),
        keyboard=with_plan_and_help(),
    )
    asker = None if extension.asked_by is None else await people.person(turn.db, extension.asked_by)
    both = [one for one in (await mentor_of(turn.db, case), asker) if one is not None]
    for told in {one.id: one for one in both}.values():
        if told.id == turn.person.id or not rules.may_guide(told, case):
            continue
        turn.tell(
            told.id,
            phrase("programme.staff.extend.done", code_name=youth.code_name, ends_on=extension.ends_on),
            keyboard=((case_button(case.id),),),
            about=youth.id,
        )
    turn.replace(
        "programme.staff.extend.done",
        code_name=youth.code_name,
        ends_on=extension.ends_on,
        about=youth.id,
        keyboard=((case_button(case.id),), *turn.home),
    )

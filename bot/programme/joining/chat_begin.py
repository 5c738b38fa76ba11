"""Joining, step by step: start, months, rhythm, weekday, hour. The choices travel in the buttons, not in the database.

A mentor may walk the same steps and lay the plan before the programme lead; only a lead confirms it.
"""

from dataclasses import replace
from datetime import date
from typing import assert_never

from bot.outreach import funnel, store_reached
from bot.people import consenting
from bot.people import store as people
from bot.people.rules import Purpose
from bot.programme import cards, rules, store
from bot.programme.chat_cases import show
from bot.programme.joining import eligibility_screens, guardians, plans
from bot.programme.joining.plans import OutsideLimits, Plan, WrongLength
from bot.programme.joining.rhythm_questions import Question, before, in_rows, missing
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.period import periods, store_limits
from bot.programme.period.limits import Limits
from bot.programme.rules import Case, HasBegun, IsEnded, MayBegin, ProgrammeBegan, WantsMentor
from bot.programme.screens import (
    Begin,
    OpenCase,
    Propose,
    RecordGuardian,
    TypedStart,
    back_to,
    case_button,
    in_full,
    proposal_of,
    with_plan_and_help,
)
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Button, Turn, button
from bot.words import phrase

routes = Routes()


@routes.press(Begin)
async def step(turn: Turn, action: Begin) -> None:
    """Ask for what is missing; with everything there, show the plan; on a lead's word, begin."""
    case = await store.case(turn.db, action.case)
    if case is None or not rules.may_guide(turn.person, case):
        await turn.forbidden()
        return
    match rules.begin(case):
        case MayBegin():
            await _ask_or_begin(turn, case, action)
        case HasBegun() | IsEnded() | WantsMentor():
            await show(turn, case)
        case never:
            assert_never(never)


@routes.press(RecordGuardian)
async def guardian(turn: Turn, action: RecordGuardian) -> None:
    """Keep how the yes was given and go on: to the plan that a mentor laid before the leads, if one waits."""
    case = await store.case(turn.db, action.case)
    if case is None or not rules.may_decide(turn.person, case):
        await turn.forbidden()
    elif isinstance(rules.begin(case), MayBegin) and await guardians.is_wanted(turn, case):
        await guardians.record(turn, case, action.how)
        await step(turn, proposal_of(case) or Begin(case.id))
    else:
        await show(turn, case)


@routes.text(TypedStart)
async def start_typed(turn: Turn, action: TypedStart, text: str) -> None:
    """The start as somebody typed it; what cannot be read is asked for again."""
    case = await store.case(turn.db, action.case)
    if case is None or not rules.may_guide(turn.person, case):
        await turn.forbidden()
        return
    today = _today(turn)
    day = plans.typed_day(text, today - plans.START_BACK)
    if day is None or not plans.may_start(day, today):
        turn.say(
            "programme.staff.begin.start_unclear",
            keyboard=(back_to(case.id),),
            earliest=today - plans.START_BACK,
            latest=today + plans.START_AHEAD,
        )
        turn.expect(action)
        return
    await step(turn, Begin(case.id, day))


async def _ask_or_begin(turn: Turn, case: Case, chosen: Begin) -> None:
    if eligibility_screens.is_wanted(turn, case):
        await eligibility_screens.ask(turn, case)
        return
    if rules.may_decide(turn.person, case) and await guardians.is_wanted(turn, case):
        await guardians.ask(turn, case)
        return
    limits = await _limits(turn, case, chosen)
    if (question := _missing(chosen, _today(turn), limits)) is not None:
        youth = await youth_of(turn.db, case)
        if chosen.starts_on is None:
            turn.expect(TypedStart(case.id))
        turn.replace(
            question.key,
            keyboard=(*question.choices, (_step_back(chosen),)),
            about=youth.id,
            code_name=youth.code_name,
        )
        return
    match _plan(chosen, _today(turn), limits):
        case OutsideLimits():
            await _ask_or_begin(turn, case, Begin(case.id))
        case WrongLength():
            _say_wrong_length(turn, case, chosen, limits)
        case Plan() as plan if chosen.sure and rules.may_decide(turn.person, case):
            await _begin(turn, case, plan)
        case Plan() as plan:
            await _show_plan(turn, case, chosen, plan)
        case never:
            assert_never(never)


async def _limits(turn: Turn, case: Case, chosen: Begin | Propose) -> Limits:
    """How long it may be for who joins there on the chosen day."""
    return await store_limits.limits_on(turn.db, case.municipality, chosen.starts_on or _today(turn), turn.settings)


def _say_wrong_length(turn: Turn, case: Case, chosen: Begin, limits: Limits) -> None:
    """The limits by name, and the way to choose another length."""
    turn.replace(
        "programme.staff.begin.wrong_length",
        months=chosen.months or 0,
        shortest=limits.shortest,
        longest=limits.longest,
        about=case.youth_id,
        keyboard=(
            (button("programme.staff.button.other_length", replace(chosen, months=None, sure=False)),),
            back_to(case.id),
        ),
    )


def _missing(chosen: Begin, today: date, limits: Limits) -> Question | None:
    """The next question, in the order of the fields."""
    if chosen.starts_on is None:
        return Question(
            "programme.staff.begin.start",
            (
                (button("programme.staff.button.start_today", replace(chosen, starts_on=today), day=today),),
                (
                    button(
                        "programme.staff.button.start_monday",
                        day=plans.next_monday(today),
                        action=replace(chosen, starts_on=plans.next_monday(today)),
                    ),
                ),
            ),
        )
    if chosen.months is None:
        months = [
            button("programme.staff.button.months", replace(chosen, months=months), count=months)
            for months in limits.months
        ]
        return Question("programme.staff.begin.months", in_rows(months))
    return missing(chosen)


def _step_back(chosen: Begin) -> Button:
    """The question before: the last choice is taken back; before the first one lies the case."""
    if chosen.starts_on is None:
        return button("programme.staff.button.back_to_case", OpenCase(chosen.case))
    if chosen.months is None:
        return button("programme.staff.button.back", replace(chosen, starts_on=None))
    return button("programme.staff.button.back", before(chosen) or replace(chosen, months=None))


def _plan(chosen: Begin | Propose, today: date, limits: Limits) -> Plan | OutsideLimits | WrongLength:
    if (
        chosen.starts_on is None
        or chosen.months is None
        or chosen.cadence is None
        or chosen.weekday is None
        or chosen.hour is None
    ):
        return OutsideLimits()
    return plans.plan(
        chosen.starts_on,
        chosen.months,
        chosen.cadence,
        chosen.weekday,
        chosen.hour,
        today,
        limits,
        chosen.variation,
    )


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.zone).date()


async def _check_ins(turn: Turn, plan: Plan) -> int:
    """How many check-ins the plan means from now on."""
    hours = await turn.hours()
    return len(plans.check_ins(plan.rhythm, plan.starts_on, plan.ends_on, hours, turn.now))


async def _show_plan(turn: Turn, case: Case, chosen: Begin, plan: Plan) -> None:
    """The whole plan: a lead confirms it, a mentor lays it before the lead."""
    youth = await youth_of(turn.db, case)
    decides = rules.may_decide(turn.person, case)
    onward = (
        button("programme.staff.button.confirm_plan", replace(chosen, sure=True))
        if decides
        else button("programme.staff.button.propose_plan", _proposal(chosen))
    )
    turn.replace(
        "programme.staff.begin.plan" if decides else "programme.staff.begin.plan_to_propose",
        about=youth.id,
        code_name=youth.code_name,
        plan=cards.planned(plan, await _check_ins(turn, plan)),
        keyboard=((onward,), (_step_back(chosen),), back_to(case.id)),
    )


def _proposal(chosen: Begin) -> Propose:
    if (
        chosen.starts_on is None
        or chosen.months is None
        or chosen.cadence is None
        or chosen.weekday is None
        or chosen.hour is None
    ):
        raise ValueError("only a whole plan can be proposed")
    return Propose(
        chosen.case,
        chosen.starts_on,
        chosen.months,
        chosen.cadence,
        chosen.weekday,
        chosen.hour,
        chosen.variation,
    )


@routes.press(Propose)
async def propose(turn: Turn, action: Propose) -> None:
    """All leads get the plan with a button to confirm it, once while it waits; it stays listed until it is decided."""
    case = await store.case(turn.db, action.case)
    if case is None or not rules.may_guide(turn.person, case):
        await turn.forbidden()
        return
    limits = await _limits(turn, case, action)
    plan = _plan(action, _today(turn), limits)
    if isinstance(plan, WrongLength) and isinstance(rules.begin(case), MayBegin):
        _say_wrong_length(turn, case, in_full(action), limits)
        return
    if not isinstance(plan, Plan) or not isinstance(rules.begin(case), MayBegin):
        await show(turn, case)
        return
    youth = await youth_of(turn.db, case)
    leads = await people.holders_for(turn.db, Role.LEAD, case.municipality)
    if not leads:
        turn.replace("programme.staff.begin.no_lead", keyboard=(back_to(case.id),), about=youth.id)
        return
    waits_already = case.proposal == action.pack()
    await store.propose(turn.db, case, action.pack())
    confirm = replace(in_full(action), sure=True)
    for lead in () if waits_already else leads:
        turn.tell(
            lead.id,
            phrase(
                "programme.staff.begin.proposed",
                mentor=cards.shown(turn.person),
                code_name=youth.code_name,
                plan=cards.planned(plan, await _check_ins(turn, plan)),
            ),
            keyboard=(
                (button("programme.staff.button.confirm_plan", confirm),),
                (button("programme.staff.button.change_plan", Begin(case.id)),),
                (case_button(case.id),),
            ),
            about=youth.id,
            once=f"case:{case.id}:proposed:{turn.now.timestamp():.0f}:{lead.id}",
        )
    if not waits_already:
        await turn.note("case.proposed", "case", case.id)
    turn.replace("programme.staff.begin.sent_to_lead", keyboard=((case_button(case.id),), *turn.home), about=youth.id)


async def _begin(turn: Turn, case: Case, plan: Plan) -> None:
    """The programme begins: the rows of all check-ins are planned by who listens, then everybody is told."""
    first_step = periods.first_step_at(plan, await turn.hours())
    if not await store.begin(turn.db, case, plan, turn.person.id, turn.now, first_step):
        await show(turn, case)
        return
    await turn.note("case.began", "case", case.id)
    await consenting.record(turn, case.youth_id, Purpose.PROGRAMME)
    await turn.happened(ProgrammeBegan(case.id))
    await store_reached.reached(turn.db, case.youth_id, funnel.Stage.JOINED, turn.now)
    youth = await youth_of(turn.db, case)
    mentor = await mentor_of(turn.db, case)
    assert mentor is not None
    summary = cards.planned(plan, await _check_ins(turn, plan))
    turn.tell(
        youth.id,
        phrase(
            "programme.youth.began",
            mentor=cards.shown(mentor),
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            rhythm=cards.rhythm(plan.rhythm),
        ),
        keyboard=with_plan_and_help(),
    )
    if mentor.id != turn.person.id:
        turn.tell(
            mentor.id,
            phrase("programme.staff.began", code_name=youth.code_name, plan=summary),
            keyboard=((case_button(case.id),),),
            about=youth.id,
        )
    turn.replace(
        "programme.staff.began",
        code_name=youth.code_name,
        plan=summary,
        about=youth.id,
        keyboard=((case_button(case.id),), *turn.home),
    )

"""What a young person sees of it all: who the mentor is, until when, how often, and what comes next."""

from typing import assert_never

from bot.checkins import store
from bot.people.screens import with_help
from bot.programme import store as programme
from bot.programme.cards import rhythm, shown
from bot.programme.keepers import mentor_of
from bot.programme.rules import Case, Stage
from bot.programme.screens import OpenPlan
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Turn, button
from bot.words import Lines, phrase

routes = Routes()


@routes.command("plan")
async def plan(turn: Turn, _: str) -> None:
    await _show(turn)


@routes.press(OpenPlan)
async def open_plan(turn: Turn, _: OpenPlan) -> None:
    await _show(turn)


async def _show(turn: Turn) -> None:
    """A new message: what the button stood under, often a letter from the mentor, stays where it is."""
    case = await programme.case_of_youth(turn.db, turn.person.id)
    keyboard = with_help(turn.home)
    if case is None:
        turn.say("checkins.youth.plan.none", keyboard=keyboard)
        return
    mentor = await mentor_of(turn.db, case)
    match case.stage:
        case Stage.CONTACT:
            turn.say("checkins.youth.plan.contact", keyboard=keyboard)
        case Stage.PROFILING | Stage.PROGRAMME | Stage.PAUSED | Stage.AFTERCARE if mentor is None:
            turn.say("checkins.youth.plan.mentor_changes", keyboard=keyboard)
        case Stage.PROFILING:
            assert mentor is not None
            turn.say("checkins.youth.plan.profiling", mentor=shown(mentor), keyboard=keyboard)
        case Stage.PROGRAMME | Stage.PAUSED | Stage.AFTERCARE:
            assert mentor is not None
            turn.say("checkins.youth.plan.programme", lines=await _lines(turn, case, shown(mentor)), keyboard=keyboard)
        case Stage.ELSEWHERE | Stage.NOT_NOW | Stage.CLOSED:
            turn.say("checkins.youth.plan.ended", keyboard=keyboard)
        case never:
            assert_never(never)


async def _lines(turn: Turn, case: Case, mentor: str) -> Lines:
    lines = [phrase("checkins.youth.line.mentor", mentor=mentor)]
    if case.starts_on is not None and case.ends_on is not None:
        lines.append(phrase("checkins.youth.line.dates", starts_on=case.starts_on, ends_on=case.ends_on))
    if case.rhythm is not None:
        lines.append(phrase("checkins.youth.line.rhythm", rhythm=rhythm(case.rhythm)))
    following = await store.next_of_case(turn.db, case.id)
    if following is not None:
        lines.append(phrase("checkins.youth.line.next", due=following.due_at))
    else:
        lines.append(phrase("checkins.youth.line.no_next"))
    return Lines(tuple(lines))


routes.offer({Role.YOUTH}, 20, button("programme.youth.button.plan", OpenPlan()))

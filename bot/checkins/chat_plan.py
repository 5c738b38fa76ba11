"""What a young person sees of it all: who the mentor is, until when, how often, and what comes next."""

from typing import assert_never

from bot.checkins import chat_my_goals, chat_nudge, store
from bot.checkins.due_drift import back_from_silence
from bot.checkins.screens_youth import plans_row
from bot.people.menu import ShowMenu
from bot.people.screens import with_help
from bot.programme.cards import rhythm, shown
from bot.programme.keepers import mentor_of
from bot.programme.mentors.screens_mentors import another_mentor_row
from bot.programme.period import store_pauses
from bot.programme.period.pauses import PauseState
from bot.programme.rules import Case, Stage
from bot.programme.screens import OpenPlan
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import Lines, Phrase, phrase

routes = Routes()


@routes.command("plan")
async def plan(turn: Turn, _: str) -> None:
    await _show(turn)


@routes.press(OpenPlan)
async def open_plan(turn: Turn, _: OpenPlan) -> None:
    await _show(turn)


async def _show(turn: Turn) -> None:
    """A new message: what the button stood under, often a letter from the mentor, stays where it is."""
    case = await back_from_silence(turn)
    if case is None:
        turn.say("checkins.youth.plan.none", keyboard=with_help((plans_row(), *turn.home)))
        return
    menu = (button("people.any.button.menu", ShowMenu()),)
    keyboard = with_help((plans_row(), *another_mentor_row(case), menu))
    mentor = await mentor_of(turn.db, case)
    match case.stage:
        case Stage.CONTACT:
            turn.say("checkins.youth.plan.contact", keyboard=keyboard)
        case Stage.PROFILING | Stage.PROGRAMME | Stage.PAUSED | Stage.AFTERCARE if mentor is None:
            await _say(turn, case, phrase("checkins.youth.plan.mentor_changes"), keyboard)
        case Stage.PROFILING:
            assert mentor is not None
            await _say(turn, case, phrase("checkins.youth.plan.profiling", mentor=shown(mentor)), keyboard)
        case Stage.PROGRAMME | Stage.PAUSED | Stage.AFTERCARE:
            assert mentor is not None
            late, nudge = await chat_nudge.offered(turn, case)
            lines = Lines((*(await _lines(turn, case, shown(mentor))).phrases, *late))
            await _say(turn, case, phrase("checkins.youth.plan.programme", lines=lines), (*nudge, *keyboard))
        case Stage.ELSEWHERE | Stage.NOT_NOW | Stage.CLOSED:
            turn.say("checkins.youth.plan.ended", keyboard=keyboard)
        case never:
            assert_never(never)


async def _say(turn: Turn, case: Case, top: Phrase, keyboard: Keyboard) -> None:
    """What is said of mentor and talks, with their words and goals below it."""
    whole, rows = await chat_my_goals.shown(turn, case, top)
    turn.say("programme.youth.plan.page", page=whole, keyboard=(*rows, *keyboard))


async def _lines(turn: Turn, case: Case, mentor: str) -> Lines:
    lines = [phrase("checkins.youth.line.mentor", mentor=mentor)]
    if case.starts_on is not None and case.ends_on is not None:
        lines.append(phrase("checkins.youth.line.dates", starts_on=case.starts_on, ends_on=case.ends_on))
    if case.aftercare_until is not None:
        lines.append(phrase("checkins.any.why.aftercare"))
    elif case.rhythm is not None:
        lines.append(phrase("checkins.youth.line.rhythm", rhythm=rhythm(case.rhythm)))
    standing = await store_pauses.of_case(turn.db, case.id)
    lines += [
        phrase("checkins.youth.line.paused", resumes_on=one.resumes_on)
        for one in standing
        if one.state is PauseState.RUNNING
    ]
    following = await store.next_of_case(turn.db, case.id)
    if following is not None:
        lines.append(phrase("checkins.youth.line.next", due=following.due_at))
    else:
        lines.append(phrase("checkins.youth.line.no_next"))
    return Lines(tuple(lines))


routes.offer({Role.YOUTH}, 20, button("programme.youth.button.plan", OpenPlan()))

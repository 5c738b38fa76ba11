"""The questions by buttons: answering, going back to any of them, stopping, starting over, and the page at the end."""

from typing import assert_never

from bot.people.screens import with_help
from bot.routes import Routes
from bot.screening import child, rules, screens, screens_end, store
from bot.screening.buttons import (
    Back,
    Change,
    Continue,
    Correct,
    Give,
    LookCloser,
    NoReminders,
    ShowAnswers,
    ShowOutcome,
    StartOver,
    Stop,
    Talk,
)
from bot.screening.chat_arriving import has_open_case
from bot.screening.moves import MOVED_ON, begin_run, finish, finished_run, follow, move, newest, open_run
from bot.screening.questionnaire import LINK, Outcome
from bot.screening.rules import Asked, Ended, Repeated, Stale
from bot.turn import Turn, button

routes = Routes()


@routes.press(Give)
async def given(turn: Turn, action: Give) -> None:
    run = await open_run(turn, action.run)
    if run is None:
        return
    done = rules.give(run, action.question, action.code)
    if isinstance(done, Asked | Ended) and rules.is_child(action.question, action.code):
        await child.stop(turn)
    else:
        await follow(turn, run, done, very_hard=rules.says_very_hard(action.question, action.code))


@routes.press(Back)
async def back(turn: Turn, action: Back) -> None:
    run = await open_run(turn, action.run)
    if run is None:
        return
    match rules.go_back(run, action.question):
        case None:
            screens.welcome(turn)
        case Repeated():
            screens.ask(turn, run)
        case Stale():
            screens.ask(turn, run, note=MOVED_ON)
        case previous:
            await move(turn, run, run.answers, previous.id)


@routes.press(ShowAnswers)
async def answers(turn: Turn, action: ShowAnswers) -> None:
    run = await open_run(turn, action.run)
    if run is not None:
        screens.answers(turn, run)


@routes.press(Change)
async def change(turn: Turn, action: Change) -> None:
    run = await open_run(turn, action.run)
    if run is None:
        return
    match rules.change(run, action.question):
        case Stale():
            screens.answers(turn, run)
        case question:
            await move(turn, run, run.answers, question.id)


@routes.press(Stop)
async def stop(turn: Turn, action: Stop) -> None:
    run = await open_run(turn, action.run)
    if run is None:
        return
    keyboard = (
        (button("screening.youth.button.go_on", Continue()),),
        (button("screening.youth.button.talk", Talk()),),
    )
    quiet = ((button("screening.youth.button.no_reminders", NoReminders(run.id)),),) if run.may_be_reminded else ()
    key = "screening.youth.stopped" if run.may_be_reminded else "screening.youth.stopped_quietly"
    turn.replace(key, keyboard=with_help((*keyboard, *quiet)), count=turn.settings.keep_unfinished_days)


@routes.press(NoReminders)
async def no_reminders(turn: Turn, action: NoReminders) -> None:
    """From now on nobody asks them whether they go on, in this run or a later one; the answers stay."""
    run = await store.latest(turn.db, turn.person.id)
    if run is not None:
        await store.silence(turn.db, run.id)
    keyboard = ((button("screening.youth.button.questions", Continue()),),)
    turn.replace("screening.youth.no_reminders", keyboard=with_help(keyboard))


@routes.press(StartOver)
async def start_over(turn: Turn, action: StartOver) -> None:
    """The only way that wipes answers; what the link told stays known. A second press finds another run and stops."""
    run = await newest(turn, action.run)
    if run is None:
        return
    known = {LINK: run.answers[LINK]} if LINK in run.answers else {}
    if not run.finished:
        await store.remove(turn.db, run.id)
    await begin_run(turn, known, reminded=run.reminded)


# --- the page at the end ----------------------------------------------------------------------------------------


@routes.press(ShowOutcome)
async def outcome_again(turn: Turn, action: ShowOutcome) -> None:
    await finished_run(turn, action.run, show=True)


@routes.press(Correct)
async def correct(turn: Turn, action: Correct) -> None:
    """Back from the page to the last question; not where a contact has been passed on or nothing was kept."""
    run = await finished_run(turn, action.run)
    if run is None:
        return
    if run.outcome is Outcome.REFER_CHILD or await has_open_case(turn):
        await screens_end.outcome(turn, run)
    else:
        await move(turn, run, run.answers, rules.path(run.form, run.answers)[-1].id)


@routes.press(LookCloser)
async def look_closer(turn: Turn, action: LookCloser) -> None:
    run = await finished_run(turn, action.run)
    if run is None:
        return
    match rules.look_closer(run, action.code):
        case Asked(given_so_far, following):
            await move(turn, run, given_so_far, following.id)
        case Ended(all_given, outcome):
            await finish(turn, run, all_given, outcome)
        case Stale():
            await screens_end.outcome(turn, run)
        case never:
            assert_never(never)

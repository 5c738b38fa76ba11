"""The questions: answering, going back, stopping, starting over, and the page at the end."""

from dataclasses import replace
from typing import assert_never

from bot.people import store as people
from bot.people.rules import UNFINISHED_DAYS, Purpose, Withdrew
from bot.people.screens import with_help
from bot.routes import Routes
from bot.safety import card
from bot.screening import rules, screens, store
from bot.screening.buttons import (
    Back,
    Continue,
    Correct,
    Give,
    LookCloser,
    ShowOutcome,
    StartOver,
    Stop,
    Talk,
    Typed,
)
from bot.screening.chat_arriving import begin_run, has_open_case
from bot.screening.chat_contact import hand_over
from bot.screening.questionnaire import LINK, Answers, Outcome, published
from bot.screening.rules import Asked, Ended, Repeated, Run, Stale
from bot.turn import Turn, button
from bot.words import phrase

routes = Routes()

_MOVED_ON = phrase("screening.youth.note.moved_on")
_OLD_RUN = phrase("screening.youth.note.old_run")


@routes.press(Give)
async def given(turn: Turn, action: Give) -> None:
    run = await _open_run(turn, action.run)
    if run is None:
        return
    match rules.give(published()[run.version], run, action.question, action.code):
        case Asked(answers, following):
            await _move(turn, run, answers, following.id, very_hard=rules.says_very_hard(action.question, action.code))
        case Ended(answers, outcome):
            await _finish(turn, run, answers, outcome)
        case Repeated():
            screens.ask(turn, run)
        case Stale():
            screens.ask(turn, run, note=_MOVED_ON)
        case never:
            assert_never(never)


@routes.text(Typed)
async def typed(turn: Turn, action: Typed, text: str) -> None:
    """A line where a button was expected: taken where it can be understood, else the question again, with help."""
    code = rules.understood(action.question, text)
    if code is not None:
        await given(turn, Give(action.run, action.question, code))
        return
    run = await _open_run(turn, action.run)
    if run is not None:
        why = "age_example" if action.question == "age" else "not_understood"
        note = None if turn.heard_danger else phrase(f"screening.youth.note.{why}")
        screens.ask(turn, run, note=note, stuck=True)


@routes.press(Back)
async def back(turn: Turn, action: Back) -> None:
    run = await _open_run(turn, action.run)
    if run is None:
        return
    match rules.go_back(published()[run.version], run, action.question):
        case None:
            screens.welcome(turn)
        case Repeated():
            screens.ask(turn, run)
        case Stale():
            screens.ask(turn, run, note=_MOVED_ON)
        case previous:
            await _move(turn, run, run.answers, previous.id)


@routes.press(Stop)
async def stop(turn: Turn, action: Stop) -> None:
    if await _open_run(turn, action.run) is None:
        return
    keyboard = (
        (button("screening.youth.button.go_on", Continue()),),
        (button("screening.youth.button.talk", Talk()),),
    )
    turn.replace("screening.youth.stopped", keyboard=with_help(keyboard), count=UNFINISHED_DAYS)


@routes.press(StartOver)
async def start_over(turn: Turn, action: StartOver) -> None:
    """The only way that wipes answers; what the link told stays known. A second press finds another run and stops."""
    run = await _newest(turn, action.run)
    if run is None:
        return
    known = {LINK: run.answers[LINK]} if LINK in run.answers else {}
    if not run.finished:
        await store.remove(turn.db, run.id)
    await begin_run(turn, known)


# --- the page at the end ----------------------------------------------------------------------------------------


@routes.press(ShowOutcome)
async def outcome_again(turn: Turn, action: ShowOutcome) -> None:
    await _finished_run(turn, action.run, show=True)


@routes.press(Correct)
async def correct(turn: Turn, action: Correct) -> None:
    """Back from the page to the last question; not where a contact has been passed on or nothing was kept."""
    run = await _finished_run(turn, action.run)
    if run is None:
        return
    asked = rules.path(published()[run.version], run.answers)
    if run.outcome is Outcome.REFER_CHILD or await has_open_case(turn):
        screens.outcome(turn, run)
    else:
        await _move(turn, run, run.answers, asked[-1].id)


@routes.press(LookCloser)
async def look_closer(turn: Turn, action: LookCloser) -> None:
    run = await _finished_run(turn, action.run)
    if run is None:
        return
    match rules.look_closer(published()[run.version], run, action.code):
        case Asked(answers, following):
            await _move(turn, run, answers, following.id)
        case Ended(answers, outcome):
            await _finish(turn, run, answers, outcome)
        case Stale():
            screens.outcome(turn, run)
        case never:
            assert_never(never)


# --- what these share -------------------------------------------------------------------------------------------


async def _newest(turn: Turn, run_id: int) -> Run | None:
    """The person's newest run if the button was made for it; otherwise says where they are, and None."""
    run = await store.latest(turn.db, turn.person.id)
    if run is None:
        start = (button("screening.youth.button.questions", Continue()),)
        turn.replace("screening.youth.gone", keyboard=with_help((start,)))
    elif run.id == run_id:
        return run
    elif run.finished:
        screens.outcome(turn, run)
    else:
        screens.ask(turn, run, note=_OLD_RUN)
    return None


async def _open_run(turn: Turn, run_id: int) -> Run | None:
    """The same for an unfinished run; a finished one shows its page."""
    run = await _newest(turn, run_id)
    if run is None or not run.finished:
        return run
    screens.outcome(turn, run)
    return None


async def _finished_run(turn: Turn, run_id: int, *, show: bool = False) -> Run | None:
    """The same for a finished run; an unfinished one shows its question. `show` says the page as well."""
    run = await _newest(turn, run_id)
    if run is None:
        return None
    if not run.finished:
        screens.ask(turn, run)
        return None
    if show:
        screens.outcome(turn, run)
    return run


async def _move(turn: Turn, run: Run, answers: Answers, shown: str, *, very_hard: bool = False) -> None:
    """Keep the answers and show that question; after "very hard" the card comes first and the question below it."""
    await store.save(turn.db, run.id, answers, shown, turn.now)
    moved = replace(run, answers=answers, shown=shown, outcome=None)
    if very_hard:
        turn.replace("screening.youth.very_hard")
        await card.show(turn, way="screening")
    screens.ask(turn, moved, anew=very_hard)


async def _finish(turn: Turn, run: Run, answers: Answers, outcome: Outcome) -> None:
    """Close the run, keep what is needed of it, show the page, and pass the contact on if they agreed."""
    kept = rules.to_keep(answers, outcome)
    done = replace(run, answers=kept, shown=None, outcome=outcome)
    if not await store.finish(turn.db, run.id, kept, outcome, turn.now):
        screens.outcome(turn, done)
        return
    await turn.note("screening.finished", "screening", run.id)
    place = rules.municipality(kept)
    if rules.tells_where(answers) or outcome is Outcome.REFER_CHILD:
        await people.set_municipality(turn.db, turn.person.id, place)
        turn.person = replace(turn.person, municipality=place)
    screens.outcome(turn, done)
    if rules.may_be_written_to(kept):
        await hand_over(turn, done)
    elif kept.get("contact") == "no":
        await people.withdraw_consent(turn.db, turn.person.id, Purpose.CONTACT.value, turn.now)
        await turn.happened(Withdrew(turn.person.id, Purpose.CONTACT))

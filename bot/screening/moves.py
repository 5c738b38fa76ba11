"""What the conversations of first contact share: whose run a button is for, the next question, and the end."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.people import consenting
from bot.people import store as people
from bot.people.rules import Purpose
from bot.people.screens import with_help
from bot.safety import card
from bot.screening import rules, screens, screens_end, store, store_versions
from bot.screening.buttons import Continue
from bot.screening.chat_contact import hand_over
from bot.screening.questionnaire import Answers, Outcome
from bot.screening.rules import Asked, Ended, Repeated, Run, Stale
from bot.settings import Settings
from bot.turn import Turn, button
from bot.words import phrase

MOVED_ON = phrase("screening.youth.note.moved_on")
_OLD_RUN = phrase("screening.youth.note.old_run")


async def begin_run(turn: Turn, known: Answers, *, reminded: int = 0) -> None:
    """A new run of the version that is current, from its first question; `known` is what the link told."""
    form = await store_versions.current(turn.db)
    run = Run(0, turn.person.id, form, known, None, None, reminded)
    run = replace(run, id=await store.start(turn.db, run, turn.now, _remind_at(turn, run)))
    await turn.note("screening.started", "screening", run.id)
    screens.ask(turn, run)


async def newest(turn: Turn, run_id: int) -> Run | None:
    """The person's newest run if the button was made for it; otherwise says where they are, and None."""
    run = await store.latest(turn.db, turn.person.id)
    if run is None:
        start = (button("screening.youth.button.questions", Continue()),)
        turn.replace("screening.youth.gone", keyboard=with_help((start,)))
    elif run.id == run_id:
        return run
    elif run.finished:
        await screens_end.outcome(turn, run)
    else:
        screens.ask(turn, run, note=_OLD_RUN)
    return None


async def open_run(turn: Turn, run_id: int) -> Run | None:
    """The same for an unfinished run; a finished one shows its page."""
    run = await newest(turn, run_id)
    if run is None or not run.finished:
        return run
    await screens_end.outcome(turn, run)
    return None


async def finished_run(turn: Turn, run_id: int, *, show: bool = False) -> Run | None:
    """The same for a finished run; an unfinished one shows its question. `show` says the page as well."""
    run = await newest(turn, run_id)
    if run is None:
        return None
    if not run.finished:
        screens.ask(turn, run)
        return None
    if show:
        await screens_end.outcome(turn, run)
    return run


async def follow(turn: Turn, run: Run, done: Asked | Ended | Repeated | Stale, *, very_hard: bool = False) -> None:
    """What an answer leads to; `very_hard`: the help card comes first."""
    match done:
        case Asked(answers, following):
            await move(turn, run, answers, following.id, very_hard=very_hard)
        case Ended(answers, outcome):
            await finish(turn, run, answers, outcome)
        case Repeated():
            screens.ask(turn, run)
        case Stale():
            screens.ask(turn, run, note=MOVED_ON)
        case never:
            assert_never(never)


async def move(turn: Turn, run: Run, answers: Answers, shown: str, *, very_hard: bool = False) -> None:
    """Keep the answers and show that question; after "very hard" the card comes first and the question below it."""
    await store.save(turn.db, run.id, answers, shown, turn.now, _remind_at(turn, run))
    moved = replace(run, answers=answers, shown=shown, outcome=None)
    if very_hard:
        turn.replace("screening.youth.very_hard")
        await card.show(turn, way="screening")
    screens.ask(turn, moved, anew=very_hard)


async def finish(turn: Turn, run: Run, answers: Answers, outcome: Outcome) -> None:
    """Close the run, keep what is needed of it, show the page, and pass the contact on if they agreed."""
    kept = rules.to_keep(answers, outcome)
    done = replace(run, answers=kept, shown=None, outcome=outcome)
    if not await store.finish(turn.db, run.id, kept, outcome, turn.now):
        await screens_end.outcome(turn, done)
        return
    await turn.note("screening.finished", "screening", run.id)
    place = rules.municipality(kept)
    if rules.tells_where(answers) or outcome is Outcome.REFER_CHILD:
        await people.set_municipality(turn.db, turn.person.id, place)
        turn.person = replace(turn.person, municipality=place)
    await screens_end.outcome(turn, done)
    if rules.may_be_written_to(kept):
        await hand_over(turn, done)
    elif kept.get("contact") == "no" and await people.agreed(turn.db, turn.person.id, Purpose.CONTACT):
        await consenting.withdraw(turn, Purpose.CONTACT)


def _remind_at(turn: Turn, run: Run) -> datetime | None:
    return rules.remind_at(turn.now, run.reminded, reminder_days(turn.settings))


def reminder_days(settings: Settings) -> tuple[int, int]:
    """After how many days somebody who left in the middle is asked whether they go on, and once more."""
    return settings.remind_first_days, settings.remind_second_days

"""Answers left in the middle: two gentle reminders at most. `bot.people.due` deletes them in the end."""

from datetime import timedelta
from typing import Final

from bot.people.rules import Purpose, Withdrew
from bot.people.screens import with_help
from bot.programme import store as programme
from bot.routes import Routes
from bot.safety import store as safety
from bot.screening import rules, store
from bot.screening.buttons import Continue, NoReminders
from bot.screening.moves import reminder_days
from bot.screening.rules import Run
from bot.turn import Tick, button
from bot.words import phrase

routes = Routes()

_AT_ONCE: Final = 100


@routes.at_tick(store.REMIND)
async def remind(tick: Tick) -> bool:
    """Ask those who left in the middle whether they go on: on a working day, never at night, at most twice in all.

    They agreed to exactly this when they began, and to being written to for nothing else; see the words of the welcome.
    """
    waiting = await store.to_remind(tick.db, tick.now, _AT_ONCE)
    polite = rules.next_polite_moment(tick.now, await tick.hours()) if waiting else tick.now
    for run, due, touched in waiting:
        if polite > tick.now:
            await store.claim_reminder(tick.db, run, due, run.reminded, polite)
            continue
        number = run.reminded + 1
        following = rules.remind_at(touched, number, reminder_days(tick.settings))
        later = max(following, tick.now + timedelta(days=1)) if following else None
        if await store.claim_reminder(tick.db, run, due, number, later) and await _is_on_their_mind(tick, run):
            _tell(tick, run, number)
    return len(waiting) == _AT_ONCE


async def _is_on_their_mind(tick: Tick, run: Run) -> bool:
    """Not where people of the programme work with them already, and not while they wait for somebody's help."""
    case = await programme.case_of_youth(tick.db, run.person_id)
    return (case is None or not case.is_open) and not await safety.has_open_alert(tick.db, run.person_id)


def _tell(tick: Tick, run: Run, number: int) -> None:
    keyboard = (
        (button("screening.youth.button.go_on", Continue()),),
        (button("screening.youth.button.no_reminders", NoReminders(run.id)),),
    )
    key = "reminder_last" if number == rules.MOST_REMINDERS else "reminder"
    tick.tell(
        run.person_id,
        phrase(f"screening.youth.{key}"),
        keyboard=with_help(keyboard),
        once=f"screening:{run.id}:remind:{number}",
        consent=Purpose.SCREENING.value,
    )


@routes.on(Withdrew)
async def forget_answers(tick: Tick, withdrew: Withdrew) -> None:
    """Without the consent to keep answers none are kept; what a case needs, it holds itself."""
    if withdrew.purpose is Purpose.SCREENING:
        await store.remove_all(tick.db, withdrew.person_id)

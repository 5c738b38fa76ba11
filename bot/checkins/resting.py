"""Young people whose talks rest: for how long, and why nothing of theirs is due, as their mentor reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.checkins.today import MOST_READ
from bot.people import store as people
from bot.programme import store
from bot.programme.cards import shortened
from bot.programme.period import store_pauses
from bot.programme.period.pauses import Pause
from bot.programme.rules import QUIET, Case
from bot.roles import Person
from bot.turn import Tick
from bot.words import Phrase, phrase


@dataclass(frozen=True, slots=True)
class Resting:
    """One of them, in a line."""

    case_id: int
    short_name: str
    line: Phrase


async def of_mentor(tick: Tick, mentor: Person) -> Sequence[Resting]:
    """Those whom this person guides."""
    cases = await store.paused(tick.db, mentor, MOST_READ)
    running = await store_pauses.running(tick.db, [case.id for case in cases])
    youths = await people.persons(tick.db, [case.youth_id for case in cases])
    return [
        Resting(case.id, shortened(name), _line(case, running.get(case.id), name))
        for case in cases
        for name in (youths[case.youth_id].code_name,)
    ]


def _line(case: Case, pause: Pause | None, code_name: str) -> Phrase:
    if pause is not None:
        return phrase("checkins.staff.line.paused_until", code_name=code_name, resumes_on=pause.resumes_on)
    key = "checkins.staff.line.rests_quietly" if case.stage_reason == QUIET else "checkins.staff.line.paused"
    return phrase(key, code_name=code_name)

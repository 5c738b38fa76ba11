"""All that lies ahead of a young person: what their tables hold, and when each pause says that it is about to end."""

from bot.checkins import store_plans
from bot.checkins.coming import Coming, What, in_order
from bot.programme.period import pauses, store_pauses
from bot.turn import Turn
from bot.words import Phrase, phrase


async def ahead(turn: Turn, case_id: int | None) -> list[Coming]:
    """Everything that the bot will write to this young person about by itself, the nearest first."""
    planned = await store_plans.coming(turn.db, case_id, turn.person.id, turn.now)
    return in_order((planned, await _pauses(turn, case_id)))


def line(one: Coming) -> Phrase:
    """When it comes and what it is, with the moment of its reminder where that is another one."""
    if one.reminds_at is None:
        return phrase(f"checkins.youth.coming.{one.what.value}", at=one.at)
    return phrase(f"checkins.youth.coming.{one.what.value}_reminded", at=one.at, reminds_at=one.reminds_at)


async def _pauses(turn: Turn, case_id: int | None) -> list[Coming]:
    if case_id is None:
        return []
    hours = await turn.hours()
    standing = await store_pauses.of_case(turn.db, case_id)
    told = [(one.id, pauses.next_step_at(one.resumes_on, turn.now, hours)) for one in standing]
    return [Coming(What.PAUSE, at, number) for number, at in told if at > turn.now]

"""Whose check-in it is: asked by every handler of staff before it shows or changes anything."""

from bot.checkins import store
from bot.checkins.rules import CheckIn
from bot.programme import store as programme
from bot.programme.rules import Case, may_guide
from bot.turn import Turn


async def guided(turn: Turn, checkin_id: int) -> tuple[CheckIn, Case] | None:
    """The check-in with its case, if this person guides it: its mentor, a deputy, or who leads there."""
    checkin = await store.checkin(turn.db, checkin_id)
    case = await programme.case(turn.db, checkin.case_id) if checkin is not None else None
    if checkin is None or case is None or not may_guide(turn.person, case):
        return None
    return checkin, case

"""A referral that answers what a young person asked for: who may open it, and whether the mentor may know."""

from bot.programme.rules import Case, may_guide
from bot.referrals import rules
from bot.referrals.own_request import store_requests
from bot.referrals.own_request.requests import Request, RequestState
from bot.referrals.referral import Kind
from bot.turn import Turn


async def may_refer(turn: Turn, case: Case) -> bool:
    """Whoever guides the young person; and whoever decides on what they asked for apart from their mentor."""
    return may_guide(turn.person, case) or (
        rules.may_decide_apart(turn.person, case) and bool(await _apart(turn, case))
    )


async def answer(turn: Turn, case: Case, kind: Kind) -> bool:
    """Close what this referral answers; whether it is to stay apart from the mentor.

    The mentor's own referral of the same kind answers nothing that the mentor does not know of.
    """
    knows = rules.may_decide_apart(turn.person, case)
    standing = await store_requests.open_of_case(turn.db, case.id)
    answered = [one for one in standing if one.kind is kind and (knows or not one.without_mentor)]
    for one in answered:
        if await store_requests.close(turn.db, one.id, RequestState.REFERRED, turn.now):
            await turn.note("referral_request.referred", "referral_request", one.id)
    return any(one.without_mentor for one in answered)


async def _apart(turn: Turn, case: Case) -> list[Request]:
    return [one for one in await store_requests.open_of_case(turn.db, case.id) if one.without_mentor]

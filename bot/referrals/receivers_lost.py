"""Somebody may receive no referrals any more: what was passed on to them is out of their chat at once, nothing more
about it reaches them, and whoever guides the young person looks for somebody else."""

from bot.programme.mentors import store_handovers
from bot.referrals import rules, screens, store
from bot.referrals.agreed import consents
from bot.referrals.referral import Circle
from bot.referrals.together import store_windows, window_ends
from bot.referrals.together.window_ends import Why
from bot.routes import Routes
from bot.staff.rules import RoleTaken
from bot.turn import Tick
from bot.words import phrase

routes = Routes()

_OURS = "referrals."
"""How the keys of notices about referrals begin."""


@routes.on(RoleTaken)
async def role_taken(tick: Tick, happened: RoleTaken) -> None:
    """The role may have been for one municipality or kind of several: only what is theirs no longer is closed."""
    addressed = await store.addressed_to(tick.db, happened.person_id)
    lost = [one for one in addressed if one.receiver is None]
    kept = {one.youth.id for one in addressed if one.receiver is not None}
    hidden = {one.youth.id for one in lost} - kept
    await store_handovers.withhold(tick.db, happened.person_id, hidden, tick.now, only=_OURS)
    for circle in lost:
        if rules.is_passed_on(circle.referral):
            await _close(tick, circle)


async def _close(tick: Tick, circle: Circle) -> None:
    await consents.take_from_chat(tick, circle, "referrals.staff.hidden_from_chat")
    window = await store_windows.running(tick.db, circle.referral.id)
    if window is not None:
        await window_ends.end(tick, circle, window, Why.ENDED)
    if circle.referrer is not None:
        tick.tell(
            circle.referrer.id,
            phrase("referrals.staff.sender_told.receiver_gone", **screens.facts_of(circle)),
            keyboard=((screens.choose_other_button(circle),), *screens.show_sent_keyboard(circle)),
            about=circle.youth.id,
        )

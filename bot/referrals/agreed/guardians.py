"""Somebody under age: for which kinds of help a parent or guardian has to agree as well is a setting.

The young person is asked first, and says whether anybody at home may be asked. The bot writes to no parent and asks
nothing of them through the young person's chat: whoever guides them asks in person and records the yes.
"""

from bot.programme.rules import Case, wants_guardian
from bot.referrals.agreed import store_guardians
from bot.referrals.referral import Guardianship, Kind
from bot.turn import Tick


async def is_missing(tick: Tick, case: Case, kind: Kind) -> bool:
    """Whether a parent's or guardian's yes is needed for that kind of help and none is recorded."""
    wanted = wants_guardian(case) and kind.value in tick.settings.guardian_kinds
    return wanted and not await store_guardians.is_recorded(tick.db, case.id, kind)


async def for_new(tick: Tick, case: Case, kind: Kind) -> Guardianship | None:
    """How a referral that is opened now begins in this."""
    return Guardianship.WANTED if await is_missing(tick, case, kind) else None

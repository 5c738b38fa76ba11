"""A letter to a receiver came back, or could not be sent for days: whoever guides the young person turns elsewhere."""

import re
from typing import Final

from bot.happenings import MailLost
from bot.referrals import notices, rules, screens, store
from bot.referrals.notices import Change
from bot.referrals.referral import CLOSED, UNOPENED, Circle
from bot.referrals.rules import Moved
from bot.routes import Routes
from bot.turn import Tick
from bot.words import phrase

routes = Routes()

_LETTER: Final = re.compile(r"referral:(\d+):mail:\d+")
"""The occasion of every letter about a referral (`bot.referrals.by_letter.letters`)."""


@routes.on(MailLost)
async def lost(tick: Tick, happened: MailLost) -> None:
    """Before anybody opened it that ends it, and the next partner is offered; later somebody has to ring."""
    found = _LETTER.fullmatch(happened.occasion)
    circle = await store.circle(tick.db, int(found[1])) if found else None
    if circle is None or circle.referral.state in CLOSED:
        return
    moved = rules.undeliverable(circle.referral, tick.now)
    if circle.referral.state in UNOPENED and isinstance(moved, Moved):
        await notices.carry_out(tick, circle, moved, Change.NOT_DELIVERED, None)
    else:
        _ask_to_ring(tick, circle, happened.occasion)


def _ask_to_ring(tick: Tick, circle: Circle, occasion: str) -> None:
    if circle.referrer is None:
        return
    tick.tell(
        circle.referrer.id,
        phrase("referrals.staff.letter_lost", **screens.facts_of(circle)),
        keyboard=screens.show_sent_keyboard(circle),
        about=circle.youth.id,
        once=f"{occasion}:lost",
    )

"""Which messages in a receiver's chat show what was passed on to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import exists, select, update

from bot.delivery.packing import State
from bot.storage.tables import outbox
from bot.turn import Connection

CARD: Final = "referrals.staff.card"
OVERRIDDEN: Final = "referrals.staff.card_overridden"
"""The messages that show it: with a yes, and without one."""


async def cards(db: Connection, receiver_id: int, youth_id: int) -> Sequence[int]:
    """The numbers of the messages that show this young person's referral to this receiver; a message that has been
    rewritten since shows it no more, and one that is older than the sent rows are kept cannot be found."""
    later = outbox.alias("later")
    rewritten = exists().where(
        later.c.person_id == receiver_id, later.c.message_id == outbox.c.message_id, later.c.id > outbox.c.id
    )
    found = await db.scalars(
        select(outbox.c.message_id)
        .where(
            outbox.c.person_id == receiver_id,
            outbox.c.about_id == youth_id,
            outbox.c.key.in_((CARD, OVERRIDDEN)),
            outbox.c.message_id > 0,
            ~rewritten,
        )
        .distinct()
    )
    return found.all()


async def stop_unsent(db: Connection, receiver_id: int, youth_id: int, now: datetime) -> None:
    """A card that has not arrived yet never will: it waits for Telegram, or would be tried once more."""
    waits = (
        outbox.c.person_id == receiver_id,
        outbox.c.about_id == youth_id,
        outbox.c.key.in_((CARD, OVERRIDDEN)),
        outbox.c.state.in_([State.WAITING.value, State.IN_FLIGHT.value]),
    )
    stopped = {"state": State.STOPPED.value, "done_at": now, "facts": {}, "keyboard": []}
    await db.execute(update(outbox).where(*waits).values(stopped))

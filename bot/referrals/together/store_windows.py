"""The relays table, typed: who is in which window until when; never what is written in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.packing import State as Sending
from bot.referrals.together.actions_hand_over import WriteIntoWindow
from bot.referrals.together.windows import Window
from bot.storage.columns import NOW
from bot.storage.tables import cases, outbox, referrals, relays

A_TICK: Final = 100
"""Due rows taken at a time."""

TEXTS: Final = ("referrals.youth.window_text", "referrals.staff.window_text")
"""The keys under which what is written lies in the outbox until it is sent."""

FELL_DUE: Final = select(relays.c.id).where(relays.c.next_at <= NOW)


def _window(row: Any) -> Window:
    return Window(row.id, row.referral_id, row.opened_by, row.opened_at, row.until_at, row.agreed_at, row.ended_at)


async def offer(db: AsyncConnection, referral_id: int, by: int, now: datetime, until: datetime) -> Window:
    values = {"referral_id": referral_id, "opened_by": by, "opened_at": now, "until_at": until, "next_at": until}
    return _window((await db.execute(insert(relays).values(values).returning(relays))).one())


async def running(db: AsyncConnection, referral_id: int) -> Window | None:
    """The window of this referral that nobody and nothing has ended yet."""
    found = await _running(db, relays.c.referral_id == referral_id)
    return found[0] if found else None


async def running_in_case(db: AsyncConnection, case_id: int) -> Sequence[Window]:
    return await _running(db, referrals.c.case_id == case_id)


async def running_with(db: AsyncConnection, person_id: int) -> Sequence[Window]:
    """Those in which this person is one of the three."""
    return await _running(
        db,
        or_(relays.c.opened_by == person_id, referrals.c.receiver_id == person_id, cases.c.youth_id == person_id),
    )


async def _running(db: AsyncConnection, which: ColumnElement[bool]) -> Sequence[Window]:
    found = await db.execute(
        select(relays)
        .join(referrals, referrals.c.id == relays.c.referral_id)
        .join(cases, cases.c.id == referrals.c.case_id)
        .where(which, relays.c.ended_at.is_(None))
        .order_by(relays.c.id.desc())
    )
    return [_window(row) for row in found.all()]


async def due(db: AsyncConnection, now: datetime) -> Sequence[Window]:
    """Those whose time is over, at most `A_TICK`."""
    found = await db.execute(select(relays).where(relays.c.next_at <= now).order_by(relays.c.next_at).limit(A_TICK))
    return [_window(row) for row in found.all()]


async def agree(db: AsyncConnection, before: Window, after: Window) -> bool:
    """True for the one caller who found it still offered."""
    offered = (relays.c.id == before.id, relays.c.agreed_at.is_(None), relays.c.ended_at.is_(None))
    values = {"agreed_at": after.agreed_at, "until_at": after.until_at, "next_at": after.until_at}
    return (await db.execute(update(relays).where(*offered).values(values))).rowcount == 1


async def forget_unsaid(db: AsyncConnection, person_id: int) -> None:
    """Texts of a window that cannot reach this person are not kept for their return, as other notices are."""
    unsaid = outbox.c.state.in_([Sending.WAITING.value, Sending.UNREACHABLE.value])
    await db.execute(delete(outbox).where(outbox.c.person_id == person_id, outbox.c.key.in_(TEXTS), unsaid))


async def forget_unsaid_of(db: AsyncConnection, referral_id: int) -> None:
    """Texts of this referral's window that have not gone out never will; the button under each says which window."""
    under = WriteIntoWindow(referral_id).pack()
    unsaid = outbox.c.state.in_([Sending.WAITING.value, Sending.UNREACHABLE.value])
    rows = await db.execute(select(outbox.c.id, outbox.c.keyboard).where(outbox.c.key.in_(TEXTS), unsaid))
    of_this = [one.id for one in rows if any(key.get("data") == under for row in one.keyboard for key in row)]
    await db.execute(delete(outbox).where(outbox.c.id.in_(of_this)))


async def end(db: AsyncConnection, window: Window, now: datetime) -> bool:
    """True for the one caller who ended it."""
    still = (relays.c.id == window.id, relays.c.ended_at.is_(None))
    return (await db.execute(update(relays).where(*still).values(ended_at=now, next_at=None))).rowcount == 1

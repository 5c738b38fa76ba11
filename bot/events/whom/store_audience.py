"""Whom an invitation reaches: counted while it is written, and read in pages while it is sent, by the same query.

What is asked is put together in an `Asking` for one moment. Between the count and the sending, and between one page and
the next, somebody may mute, ask for help, be invited to something else or grow out of a filter: each page asks anew for
its own moment, so nobody gets what they should not get by then, and whoever sends states the number again.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.audience import Group
from bot.events.whom.asking import Asking, asking
from bot.events.whom.audience_choices import holds_youth
from bot.events.whom.reach import Heads, Reach
from bot.events.whom.store_belonging import IS_STAFF, belonging, group_of, people_of
from bot.events.whom.store_sparing import NOTHING, NUMBERS, STAFF, agreed, why_not
from bot.storage.tables import invitations, people

__all__ = ["Asking", "Guest", "agreed", "asking", "belongs", "count", "numbers", "page", "reach"]


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody an invitation is for; staff are written to formally."""

    person_id: int
    is_youth: bool
    group: Group | None = None
    """Whose quota a place of theirs counts against: of several groups the first in their order."""


async def count(db: AsyncConnection, asked: Asking, after: int = 0) -> int:
    """How many people would get it now, those with a number up to `after` left out."""
    return await db.scalar(select(func.count()).select_from(numbers(asked, after).subquery())) or 0


def numbers(asked: Asking, after: int = 0) -> Select[tuple[int]]:
    """The numbers of those people, as a query."""
    return _getting(asked, after, people.c.id)


async def page(db: AsyncConnection, asked: Asking, after: int, limit: int) -> list[Guest]:
    """The next people who get it now, by their number."""
    rows = await db.execute(_getting(asked, after, *_guest_columns(asked)).order_by(people.c.id).limit(limit))
    return [_guest(row) for row in rows]


async def reach(db: AsyncConnection, asked: Asking) -> Reach:
    """How many would get it now, and how many of the audience would not, by the reason."""
    everybody = _of(asked, 0, why_not(asked).label("why")).subquery()
    rows = await db.execute(select(everybody.c.why, func.count().label("heads")).group_by(everybody.c.why))
    found: dict[int, int] = {row.why: row.heads for row in rows}

    def heads(of: int) -> Heads:
        return Heads(found.get(of, 0), found.get(STAFF + of, 0))

    left_out = {why: heads(number) for why, number in NUMBERS.items() if heads(number).total}
    return Reach(heads(NOTHING), left_out, asked.narrowed, holds_youth(asked.audience))


async def belongs(db: AsyncConnection, asked: Asking, person_id: int) -> Guest | None:
    """This person, if the audience holds them and they were not invited, whatever speaks against inviting them: who
    finds the event by themselves may come."""
    query = _of(asked, 0, *_guest_columns(asked)).where(people.c.id == person_id)
    row = (await db.execute(query)).one_or_none()
    return _guest(row) if row else None


def _of(asked: Asking, after: int, *columns: ColumnElement[Any]) -> Select[Any]:
    """Everybody of the audience, but never the sender, nor anybody who was invited to it before."""
    query = select(*columns).select_from(people_of(asked)).where(people.c.id > after, belonging(asked))
    if asked.sender is not None:
        query = query.where(people.c.id != asked.sender)
    if asked.sent_as is not None:
        invited = select(invitations.c.id).where(
            invitations.c.event_id == asked.sent_as, invitations.c.person_id == people.c.id
        )
        query = query.where(not_(invited.exists()))
    return query


def _getting(asked: Asking, after: int, *columns: ColumnElement[Any]) -> Select[Any]:
    return _of(asked, after, *columns).where(why_not(asked).in_((NOTHING, STAFF)))


def _guest_columns(asked: Asking) -> tuple[ColumnElement[Any], ...]:
    return people.c.id, IS_STAFF.label("is_staff"), group_of(asked.audience).label("audience_group")


def _guest(row: Any) -> Guest:
    return Guest(row.id, not row.is_staff, None if row.audience_group is None else Group(row.audience_group))

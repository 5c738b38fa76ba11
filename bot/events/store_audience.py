"""Whom an invitation would reach: counted while it is written, and read in pages while it is sent."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, not_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.rules import ROLES_OF, Audience, Group
from bot.people.rules import Purpose
from bot.people.store import has_agreed
from bot.storage.tables import cases, grants, people


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody an invitation is for; staff are written to formally."""

    person_id: int
    is_youth: bool


async def count(db: AsyncConnection, audience: Audience, sender: int | None, after: int = 0) -> int:
    """How many people the audience is, those with a number up to `after` left out."""
    return await db.scalar(select(func.count()).select_from(_of(audience, sender, after).subquery())) or 0


async def page(db: AsyncConnection, audience: Audience, sender: int | None, after: int, limit: int) -> list[Guest]:
    """The next people of the audience by their number."""
    rows = await db.execute(_of(audience, sender, after).order_by(people.c.id).limit(limit))
    return [Guest(row.id, not row.is_staff) for row in rows]


def _of(audience: Audience, sender: int | None, after: int) -> Select[Any]:
    """Everybody of the groups who can be reached at all, but never the sender."""
    groups = [_group(group, audience.municipality) for group in sorted(audience.groups)]
    return select(people.c.id, _is_staff().label("is_staff")).where(
        people.c.id > after,
        people.c.unreachable_at.is_(None),
        true() if sender is None else people.c.id != sender,
        or_(false(), *groups),
    )


def _group(group: Group, municipality: str | None) -> ColumnElement[bool]:
    if group is Group.YOUTH:
        return _youth(municipality)
    roles = [role.value for role in ROLES_OF[group]]
    here = true() if municipality is None else grants.c.municipality == municipality
    return exists().where(grants.c.person_id == people.c.id, grants.c.role.in_(roles), here)


def _youth(municipality: str | None) -> ColumnElement[bool]:
    """Young people of that place who agreed to be invited to events."""
    return and_(not_(_is_staff()), _lives_in(municipality), agreed())


def _is_staff() -> ColumnElement[bool]:
    return exists().where(grants.c.person_id == people.c.id)


def _lives_in(municipality: str | None) -> ColumnElement[bool]:
    if municipality is None:
        return true()
    case_there = exists().where(cases.c.youth_id == people.c.id, cases.c.municipality == municipality)
    return or_(people.c.municipality == municipality, case_there)


def agreed() -> ColumnElement[bool]:
    """The consent to be invited stands; without it `bot.delivery.outbox` takes no invitation for a young person."""
    return has_agreed(Purpose.EVENTS)

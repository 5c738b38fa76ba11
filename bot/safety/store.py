"""That the card was opened (never by whom), and when somebody saw it last, so that it does not come on every line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.inserting import upsert
from bot.storage.tables import alerts, cases, help_card_openings, help_card_shown, people, safety_plans, screenings

SHOWN_AGAIN_AFTER: Final = timedelta(hours=4)
"""The card once per some hours for the same kind of danger; another kind shows it again (screening.md section 5)."""


async def opened(db: AsyncConnection, at: datetime, way: str) -> None:
    await db.execute(insert(help_card_openings).values(at=at, way=way))


async def first_in_a_while(db: AsyncConnection, person_id: int, kind: str, now: datetime) -> bool:
    """Whether the card is due for this kind of danger; if so, it counts as shown from now."""
    query = select(help_card_shown.c.at).where(help_card_shown.c.person_id == person_id, help_card_shown.c.kind == kind)
    last: datetime | None = await db.scalar(query)
    if last is not None and now - last < SHOWN_AGAIN_AFTER:
        return False
    await upsert(db, help_card_shown, [{"person_id": person_id, "kind": kind, "at": now}], "person_id", "kind")
    return True


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the card depends on: the age they gave as its code, their municipality, and whether a plan is written."""

    band: str | None
    municipality: str | None
    has_plan: bool


_AGE: Final = (
    select(screenings.c.answers)
    .where(screenings.c.person_id == people.c.id)
    .order_by(screenings.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_CASE: Final = select(cases.c.municipality).where(cases.c.youth_id == people.c.id).order_by(cases.c.id.desc()).limit(1)
_BAND: Final = select(cases.c.age_band).where(cases.c.youth_id == people.c.id).order_by(cases.c.id.desc()).limit(1)
_PLAN: Final = exists().where(safety_plans.c.youth_id == people.c.id, safety_plans.c.steps != "")
_CIRCUMSTANCES: Final = select(
    _AGE.label("answers"),
    _BAND.scalar_subquery().label("band"),
    func.coalesce(_CASE.scalar_subquery(), people.c.municipality).label("municipality"),
    _PLAN.label("has_plan"),
).where(people.c.id == bindparam("person"))


async def circumstances(db: AsyncConnection, person_id: int) -> Circumstances:
    """What is known of somebody as far as the card goes; their newest answer counts."""
    row = (await db.execute(_CIRCUMSTANCES, {"person": person_id})).one_or_none()
    if row is None:
        return Circumstances(None, None, has_plan=False)
    given = row.answers.get("age") if row.answers else None
    return Circumstances(given or row.band, row.municipality, bool(row.has_plan))


async def has_open_alert(db: AsyncConnection, person_id: int) -> bool:
    """Whether somebody asked for a person and this is not settled: invitations and questions wait until it is."""
    query = select(alerts.c.id).where(alerts.c.youth_id == person_id, alerts.c.closed_at.is_(None))
    return await db.scalar(query.limit(1)) is not None

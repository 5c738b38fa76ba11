"""The alerts and whom they were told to, typed; and who stands in line for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.packing import State as Delivery
from bot.people import store as people_store
from bot.roles import Person, Role
from bot.safety.alerts import Alert, Circle, Kind, Outcome, State, Step
from bot.storage.columns import NOW
from bot.storage.tables import alert_tellings, alerts, cases, contact_cards, deputies, outbox, people
from bot.turn import Priority

AT_ONCE: Final = 100

_KINDS: Final = [kind.value for kind in Kind]
FELL_DUE: Final = select(alerts.c.id).where(alerts.c.next_at <= NOW, alerts.c.kind.in_(_KINDS))
"""Due rows taken at one look at the clock."""

_ENDED_CASES: Final = ("elsewhere", "not_now", "closed")
_THEIR_CASE: Final = (
    select(cases.c.municipality, cases.c.mentor_id, deputies.c.person_id.label("deputy_id"))
    .outerjoin_from(cases, deputies, deputies.c.case_id == cases.c.id)
    .where(cases.c.stage.not_in(_ENDED_CASES))
    .order_by(cases.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Telling:
    """That somebody was told, at which step and when (UTC), and when they said "I have it"."""

    person_id: int
    step: Step
    told_at: datetime
    acknowledged_at: datetime | None


def _alert(row: Any) -> Alert:
    return Alert(
        row.id,
        row.youth_id,
        row.municipality,
        Kind(row.kind),
        State(row.state),
        Step(row.step),
        row.opened_at,
        row.opened_by,
        row.next_at,
        row.acknowledged_by,
        row.acknowledged_at,
        row.words,
    )


# --- who stands in line -----------------------------------------------------------------------------------------


async def place_of(db: AsyncConnection, youth_id: int) -> str | None:
    """The municipality whose people answer for this young person: their open case's, else where they said they live."""
    row = (await db.execute(_THEIR_CASE.where(cases.c.youth_id == youth_id))).one_or_none()
    if row is not None and row.municipality is not None:
        return str(row.municipality)
    place: str | None = await db.scalar(select(people.c.municipality).where(people.c.id == youth_id))
    return place


async def circle(db: AsyncConnection, municipality: str | None, youth_id: int | None) -> Circle:
    """Who can be told at each step: first the mentor and whoever stands in for them. A drill, which has no young
    person, begins with every mentor of the place.

    Who blocked the bot or holds the role no more is in no step.
    """
    here = {
        Step.MENTORS: await _mentors(db, municipality, youth_id),
        Step.LEADS: await _holders(db, Role.LEAD, municipality),
        Step.COORDINATORS: await _holders(db, Role.COORDINATOR, municipality),
        Step.NATIONAL: await people_store.holders(db, Role.COORDINATOR, None),
    }
    reachable = await _reachable(db, [one.id for step in here.values() for one in step])
    return {step: [one for one in found if one.id in reachable] for step, found in here.items()}


async def _mentors(db: AsyncConnection, municipality: str | None, youth_id: int | None) -> Sequence[Person]:
    if youth_id is None:
        return await _holders(db, Role.MENTOR, municipality)
    row = (await db.execute(_THEIR_CASE.where(cases.c.youth_id == youth_id))).one_or_none()
    if row is None:
        return ()
    found = await people_store.persons(db, [one for one in (row.mentor_id, row.deputy_id) if one is not None])
    in_order = (found.get(row.mentor_id), found.get(row.deputy_id))
    return tuple(one for one in in_order if one is not None and one.holds(Role.MENTOR, row.municipality))


async def _holders(db: AsyncConnection, role: Role, municipality: str | None) -> Sequence[Person]:
    return () if municipality is None else await people_store.holders(db, role, municipality)


async def _reachable(db: AsyncConnection, ids: Sequence[int]) -> set[int]:
    if not ids:
        return set()
    return set(await db.scalars(select(people.c.id).where(people.c.id.in_(ids), people.c.unreachable_at.is_(None))))


async def office_hours(db: AsyncConnection, municipality: str | None) -> str | None:
    """When the municipality's programme can be reached, in the words of its coordinator."""
    hours: str | None = await db.scalar(
        select(contact_cards.c.hours).where(contact_cards.c.municipality == municipality)
    )
    return hours


# --- reading ----------------------------------------------------------------------------------------------------


async def alert(db: AsyncConnection, alert_id: int) -> Alert | None:
    """One alert by its number."""
    row = (await db.execute(select(alerts).where(alerts.c.id == alert_id, alerts.c.kind.in_(_KINDS)))).one_or_none()
    return _alert(row) if row else None


async def unfinished_of(db: AsyncConnection, youth_id: int) -> Alert | None:
    """The alert of this young person that is not closed; there is at most one."""
    query = select(alerts).where(alerts.c.youth_id == youth_id, alerts.c.state != State.CLOSED.value)
    row = (await db.execute(query.order_by(alerts.c.id.desc()).limit(1))).one_or_none()
    return _alert(row) if row else None


async def last_drill(db: AsyncConnection, municipality: str) -> Alert | None:
    """The newest drill of this municipality, running or over."""
    query = select(alerts).where(alerts.c.municipality == municipality, alerts.c.kind == Kind.DRILL.value)
    row = (await db.execute(query.order_by(alerts.c.id.desc()).limit(1))).one_or_none()
    return _alert(row) if row else None


async def tellings(db: AsyncConnection, alert_id: int) -> list[Telling]:
    """Everybody who was told of it, in order."""
    query = select(alert_tellings).where(alert_tellings.c.alert_id == alert_id)
    rows = await db.execute(query.order_by(alert_tellings.c.step, alert_tellings.c.id))
    return [Telling(row.person_id, Step(row.step), row.told_at, row.acknowledged_at) for row in rows]


async def fell_due(db: AsyncConnection, now: datetime) -> list[Alert]:
    """Alerts for which a step is due."""
    query = select(alerts).where(alerts.c.next_at <= now, alerts.c.kind.in_(_KINDS))
    return [_alert(row) for row in await db.execute(query.order_by(alerts.c.next_at).limit(AT_ONCE))]


async def told_to(db: AsyncConnection, person_id: int) -> list[Alert]:
    """Unfinished alerts that this member of the staff was told of."""
    told = select(alert_tellings.c.alert_id).where(alert_tellings.c.person_id == person_id)
    query = select(alerts).where(alerts.c.id.in_(told), alerts.c.state != State.CLOSED.value)
    return [_alert(row) for row in await db.execute(query.order_by(alerts.c.id))]


# --- changing: each answers whether this call was the one that did it -----------------------------------------------


async def open_alert(
    db: AsyncConnection,
    kind: Kind,
    youth_id: int | None,
    municipality: str | None,
    *,
    words: str | None = None,
    by: int,
    now: datetime,
    begins_at: datetime,
) -> Alert:
    """A new alert whose first step is due at `begins_at`."""
    values = {
        "youth_id": youth_id,
        "municipality": municipality,
        "kind": kind.value,
        "drill": kind is Kind.DRILL,
        "words": words,
        "state": State.OPEN.value,
        "step": int(Step.NOBODY),
        "opened_at": now,
        "opened_by": by,
        "next_at": begins_at,
    }
    return _alert((await db.execute(insert(alerts).values(values).returning(alerts))).one())


async def move_on(db: AsyncConnection, found: Alert, step: Step, next_at: datetime | None) -> bool:
    """Claim the next step."""
    same = (alerts.c.step == int(found.step), alerts.c.next_at == found.next_at)
    return await _changed(db, found, *same, step=int(step), next_at=next_at)


async def note_told(db: AsyncConnection, alert_id: int, people_ids: Sequence[int], step: Step, now: datetime) -> None:
    """Keep who was told."""
    rows = [{"alert_id": alert_id, "person_id": one, "step": int(step), "told_at": now} for one in people_ids]
    if rows:
        await db.execute(insert(alert_tellings), rows)


async def take(db: AsyncConnection, found: Alert, person_id: int, now: datetime, next_at: datetime) -> bool:
    """They have it now; `next_at` is when they are asked what came of it."""
    taken: Mapping[str, object] = {"acknowledged_by": person_id, "acknowledged_at": now}
    won = await _changed(db, found, state=State.TAKEN.value, next_at=next_at, **taken)
    await note_answer(db, found.id, person_id, now)
    return won


async def note_answer(db: AsyncConnection, alert_id: int, person_id: int, now: datetime) -> None:
    """Keep when somebody who was told first answered."""
    mine = (alert_tellings.c.alert_id == alert_id, alert_tellings.c.person_id == person_id)
    unanswered = alert_tellings.c.acknowledged_at.is_(None)
    await db.execute(update(alert_tellings).where(*mine, unanswered).values(acknowledged_at=now))


async def close(db: AsyncConnection, found: Alert, outcome: Outcome, now: datetime) -> bool:
    """It is over, for the one caller that found it open; what the young person had written for it goes, also what waits
    for somebody who cannot be reached."""
    if found.youth_id is not None:
        await db.execute(_UNREAD_WORDS, {"youth": found.youth_id})
    return await _changed(
        db,
        found,
        alerts.c.state != State.CLOSED.value,
        state=State.CLOSED.value,
        outcome=outcome.value,
        closed_at=now,
        next_at=None,
        words=None,
    )


_UNREAD_WORDS: Final = delete(outbox).where(
    outbox.c.about_id == bindparam("youth"),
    outbox.c.key.in_(["safety.staff.alert", "safety.staff.youth_wrote"]),
    outbox.c.priority == int(Priority.NOTICE),
    outbox.c.state.in_([Delivery.WAITING.value, Delivery.UNREACHABLE.value]),
)


async def ask_later(db: AsyncConnection, found: Alert, next_at: datetime) -> bool:
    """Look again at that moment."""
    return await _changed(db, found, alerts.c.next_at == found.next_at, next_at=next_at)


async def give_back(db: AsyncConnection, found: Alert, now: datetime) -> bool:
    """Whoever had it is gone: the next in line is due at once; after the end of the line it ends there once more."""
    step = int(min(found.step, Step.NATIONAL))
    nobody = {"acknowledged_by": None, "acknowledged_at": None}
    return await _changed(db, found, state=State.OPEN.value, step=step, next_at=now, **nobody)


async def turn_grave(db: AsyncConnection, found: Alert, words: str | None) -> bool:
    """What they asked for before is danger to a child; with what they have added since, if they did."""
    same = alerts.c.kind == Kind.CONTACT.value
    kept = found.words if words is None else words
    return await _changed(db, found, same, kind=Kind.CHILD_DANGER.value, words=kept)


async def _changed(db: AsyncConnection, found: Alert, *conditions: ColumnElement[bool], **values: object) -> bool:
    still_so = (alerts.c.id == found.id, alerts.c.state == found.state.value, *conditions)
    return (await db.execute(update(alerts).where(*still_so).values(values))).rowcount == 1

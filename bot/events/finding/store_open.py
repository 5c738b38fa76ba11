"""What somebody finds who looks for events: those that are open, and what is known of the one who looks."""

from datetime import datetime
from typing import Final

from sqlalchemy import and_, case, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.event import Event, Kind, Reply, Seat, State
from bot.events.finding.fitting import Seeker
from bot.events.finding.store_mutes import muted
from bot.events.store import STILL_ON
from bot.events.store_rows import event_from
from bot.people.store import municipality_of
from bot.roles import Person
from bot.storage.tables import cases, event_organisers, events, invitations, screenings

_MOST: Final = 200
"""Open events that are looked through: more than Latvia holds at a time."""

_UNKNOWN: Final = "unknown"


async def open_events(db: AsyncConnection, now: datetime) -> list[Event]:
    """All that can still be signed up for, the soonest first."""
    return await _on(db, now, announcements=False)


async def held_by(db: AsyncConnection, organization: int, now: datetime) -> list[Event]:
    """Those of the open ones that this partner holds."""
    theirs = set(
        await db.scalars(select(event_organisers.c.event_id).where(event_organisers.c.organization_id == organization))
    )
    return [one for one in await open_events(db, now) if one.id in theirs]


async def open_news(db: AsyncConnection, now: datetime) -> list[Event]:
    """News of what others hold that are still of use."""
    return await _on(db, now, announcements=True)


async def _on(db: AsyncConnection, now: datetime, *, announcements: bool) -> list[Event]:
    is_news = events.c.kind == Kind.ANNOUNCEMENT.value
    query = select(events).where(
        is_news if announcements else and_(~is_news, events.c.listed.is_(True)),
        STILL_ON,
        or_(events.c.state != State.SENDING.value, events.c.send_at.is_(None), events.c.send_at <= now),
        events.c.starts_at > now,
        or_(events.c.reply_by.is_(None), events.c.reply_by > now),
    )
    rows = await db.execute(query.order_by(events.c.starts_at, events.c.id).limit(_MOST))
    return [event_from(row) for row in rows]


async def mine(db: AsyncConnection, person_id: int, now: datetime) -> list[tuple[Event, Reply | None, Seat | None]]:
    """What this person was invited to or signed up for and has not begun, with the answer, the soonest first."""
    rows = await db.execute(
        select(events, invitations.c.answer, invitations.c.seat)
        .join(invitations, invitations.c.event_id == events.c.id)
        .where(invitations.c.person_id == person_id, events.c.starts_at > now, STILL_ON)
        .order_by(events.c.starts_at, events.c.id)
        .limit(_MOST)
    )
    return [
        (event_from(row), Reply(row.answer) if row.answer else None, Seat(row.seat) if row.seat else None)
        for row in rows
    ]


async def seeker(db: AsyncConnection, person: Person) -> Seeker:
    """What is known of somebody who looks."""
    return Seeker(
        await municipality_of(db, person.id),
        person.language,
        await _band(db, person.id),
        await muted(db, person.id),
    )


async def _band(db: AsyncConnection, person_id: int) -> str | None:
    """Their age as their case tells it, else as they said in the questions."""
    known = case((cases.c.age_band != _UNKNOWN, cases.c.age_band))
    of_case = select(known).where(cases.c.youth_id == person_id).order_by(cases.c.id.desc()).limit(1)
    band: str | None = await db.scalar(of_case)
    if band is not None:
        return band
    answer = screenings.c.answers["age"].as_string()
    said = select(answer).where(screenings.c.person_id == person_id, answer.is_not(None))
    told: str | None = await db.scalar(said.order_by(screenings.c.id.desc()).limit(1))
    return told

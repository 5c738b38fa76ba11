"""The sessions of one event in several places: kept beside the draft while it is written, sent along with it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.audience import Group
from bot.events.event import NEVER_SENT, Event, State
from bot.events.sessions.series import Series, Session, held_as, in_order, own
from bot.events.store import STILL_ON
from bot.events.store_rows import draft_from, event_from
from bot.events.writing.drafts import Draft, whole
from bot.events.writing.store_drafts import save, values_of
from bot.storage.tables import cases, event_series, events, grants, invitations, people

# --- while it is written ----------------------------------------------------------------------------------------


async def planned(db: AsyncConnection, draft: Draft) -> list[Session]:
    """All sessions of the draft with its own, the soonest first; none where it is held once."""
    mine = own(draft)
    if draft.series_id is None or mine is None:
        return []
    found = [own(draft_from(row)) for row in await db.execute(_beside(draft.series_id))]
    return in_order([mine, *(one for one in found if one is not None)])


async def keep(db: AsyncConnection, draft: Draft, sessions: Sequence[Session], now: datetime) -> Draft:
    """The draft as the last of these sessions, the others beside it; as one event again where only one is left."""
    if draft.series_id is not None:
        await drop_others(db, draft)
    *others, last = in_order(sessions)
    if not others:
        alone = held_as(draft, last)
        return await _saved(db, replace(alone, series_id=None, particulars=replace(alone.particulars, held_in=None)))
    changed = held_as(draft, last)
    if changed.series_id is None:
        changed = replace(changed, series_id=await _begin(db, changed, now))
    changed = await _saved(db, changed)
    rows = [
        {**values_of(held_as(changed, one)), "created_by": draft.created_by, "state": State.SESSION.value,
         "cursor": 0, "created_at": now}
        for one in others
    ]  # fmt: skip
    await db.execute(insert(events), rows)
    return changed


async def drop_others(db: AsyncConnection, draft: Draft) -> None:
    """The sessions beside the draft are gone with it, or before others take their place."""
    if draft.series_id is not None:
        await db.execute(
            update(events)
            .where(events.c.series_id == draft.series_id, events.c.state == State.SESSION.value)
            .values(state=State.DISCARDED.value, titles={}, details={}, place=None, starts_at=None, series_id=None)
        )


async def _saved(db: AsyncConnection, draft: Draft) -> Draft:
    await save(db, draft)
    return draft


async def _begin(db: AsyncConnection, draft: Draft, now: datetime) -> int:
    made = await db.execute(
        insert(event_series)
        .values(
            kind=Series.SESSIONS.value,
            titles=dict(draft.titles),
            language=draft.language.value,
            created_by=draft.created_by,
            countries=[],
            created_at=now,
            changed_at=now,
        )
        .returning(event_series.c.id)
    )
    return int(made.scalar_one())


# --- once it goes out -------------------------------------------------------------------------------------------


async def sessions(db: AsyncConnection, event: Event) -> list[Event]:
    """All sessions that people can come to, with this one; none where it is held once."""
    if not event.is_session or event.series_id is None:
        return []
    if event.state in NEVER_SENT:
        return await _as_they_would_be(db, event)
    query = select(events).where(events.c.series_id == event.series_id, STILL_ON).order_by(events.c.starts_at)
    return [event_from(row) for row in await db.execute(query)]


async def send_others(db: AsyncConnection, event: Event, now: datetime) -> list[Event]:
    """The other sessions, from now on sent like the one that people are invited to, with its words and audience."""
    sent = [one for one in await _as_they_would_be(db, event) if one.id != event.id]
    lead = draft_from((await db.execute(select(events).where(events.c.id == event.id))).one())
    for one in sent:
        values = values_of(held_as(lead, _session_of(one)))
        await db.execute(
            update(events)
            .where(events.c.id == one.id, events.c.state == State.SESSION.value)
            .values(**values, state=State.SENT.value, sent_at=now)
        )
    return sent


async def take_back_others(db: AsyncConnection, event: Event) -> None:
    """They are being written again: the one that people are invited to was taken back before it went out."""
    if event.is_session:
        await db.execute(
            update(events)
            .where(events.c.series_id == event.series_id, events.c.id != event.id, events.c.state == State.SENT.value)
            .values(state=State.SESSION.value, remind_at=None, remind_soon_at=None, ask_at=None)
        )


async def _as_they_would_be(db: AsyncConnection, event: Event) -> list[Event]:
    """What is kept of the others is their place, start and number of places; all else is the draft's."""
    if not event.is_session or event.series_id is None:
        return []
    lead = draft_from((await db.execute(select(events).where(events.c.id == event.id))).one())
    beside = [draft_from(row) for row in await db.execute(_beside(event.series_id))]
    others = [(one.id, session) for one in beside if (session := own(one)) is not None]
    described = [whole(lead), *(whole(replace(held_as(lead, session), id=number)) for number, session in others)]
    return sorted((one for one in described if isinstance(one, Event)), key=lambda one: (one.starts_at, one.id))


def _session_of(event: Event) -> Session:
    return Session(event.place, event.particulars.held_in or "", event.starts_at, event.terms.capacity, event.id)


def _beside(series_id: int) -> Any:
    return select(events).where(events.c.series_id == series_id, events.c.state == State.SESSION.value)


# --- people -----------------------------------------------------------------------------------------------------


async def invited_as(db: AsyncConnection, event: Event, person_id: int) -> tuple[bool, Group | None]:
    """Whether this person was invited to any of the sessions, and as one of which group."""
    row = (
        await db.execute(
            select(invitations.c.audience_group)
            .join(events, events.c.id == invitations.c.event_id)
            .where(events.c.series_id == event.series_id, invitations.c.person_id == person_id)
            .limit(1)
        )
    ).one_or_none()
    if row is None or not event.is_session:
        return False, None
    return True, None if row.audience_group is None else Group(row.audience_group)


async def homes(db: AsyncConnection, person_ids: Sequence[int]) -> dict[int, str]:
    """Where these people live, are guided or work, as far as that is known."""
    if not person_ids:
        return {}
    guided = await db.execute(
        select(cases.c.youth_id, cases.c.municipality).where(cases.c.youth_id.in_(person_ids)).order_by(cases.c.id)
    )
    found = {row.youth_id: row.municipality for row in guided if row.municipality is not None}
    works = await db.execute(
        select(grants.c.person_id, grants.c.municipality).where(grants.c.person_id.in_(person_ids))
    )
    found |= {row.person_id: row.municipality for row in works if row.municipality is not None}
    told = await db.execute(select(people.c.id, people.c.municipality).where(people.c.id.in_(person_ids)))
    return found | {row.id: row.municipality for row in told if row.municipality is not None}

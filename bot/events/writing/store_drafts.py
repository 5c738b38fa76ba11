"""Drafts of invitations, kept until they are sent or thrown away."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.events.event import Kind, State
from bot.events.kept import particulars_as_json, terms_as_json
from bot.events.store_rows import draft_from
from bot.events.writing.drafts import Draft
from bot.storage.tables import events
from bot.words import Language

_WRITABLE: Final = (State.DRAFT.value, State.SUBMITTED.value)
"""What its author can still change: what was handed in becomes a draft again by it."""


async def start_draft(db: AsyncConnection, author: int, language: Language, kind: Kind, now: datetime) -> Draft:
    """A new, empty draft, beside any that this author has begun before."""
    made = await db.execute(
        insert(events)
        .values(
            created_by=author,
            state=State.DRAFT.value,
            kind=kind.value,
            language=language.value,
            titles={},
            details={},
            audience={},
            particulars={},
            terms={},
            cursor=0,
            created_at=now,
        )
        .returning(events.c.id)
    )
    return Draft(made.scalar_one(), author, language, kind=kind)


async def draft(db: AsyncConnection, event_id: int) -> Draft | None:
    """The draft with that number, handed in or not; None if there is none or it has been sent."""
    return await _one_draft(db, select(events).where(events.c.id == event_id, events.c.state.in_(_WRITABLE)))


async def is_discarded(db: AsyncConnection, event_id: int, author: int) -> bool:
    """Whether this author threw that draft away."""
    theirs = (events.c.id == event_id, events.c.created_by == author, events.c.state == State.DISCARDED.value)
    return await db.scalar(select(events.c.id).where(*theirs)) is not None


async def draft_of(db: AsyncConnection, author: int) -> Draft | None:
    """What this author began to write last."""
    mine = select(events).where(events.c.created_by == author, events.c.state == State.DRAFT.value)
    return await _one_draft(db, mine)


async def save(db: AsyncConnection, changed: Draft) -> None:
    """Keep the draft as it is now, unless it has been sent meanwhile; what was handed in is a draft again."""
    await db.execute(
        update(events)
        .where(events.c.id == changed.id, events.c.state.in_(_WRITABLE))
        .values(state=State.DRAFT.value, **values_of(changed))
    )


async def reopen(db: AsyncConnection, event_id: int) -> None:
    """What goes along with it is not what was handed in any more: it is a draft again."""
    handed_in = (events.c.id == event_id, events.c.state == State.SUBMITTED.value)
    await db.execute(update(events).where(*handed_in).values(state=State.DRAFT.value))


def values_of(draft: Draft) -> dict[str, Any]:
    """What is kept of a draft, by column; not whose it is, nor where it stands."""
    audience = draft.audience
    return {
        "language": draft.language.value,
        "titles": dict(draft.titles),
        "details": dict(draft.details),
        "place": draft.place,
        "starts_at": draft.starts_at,
        "municipality": audience.municipality if audience else None,
        "audience": audience.as_json() if audience else {},
        "kind": draft.kind.value,
        "ends_at": draft.ends_at,
        "reply_by": draft.reply_by,
        "particulars": particulars_as_json(draft.particulars),
        "terms": terms_as_json(draft.terms),
        "listed": draft.listed,
        "series_id": draft.series_id,
        "send_at": draft.send_at,
    }


async def discard(db: AsyncConnection, event_id: int) -> None:
    """Throw the draft away; its text is gone."""
    await _throw_away(db, events.c.id == event_id)


async def _throw_away(db: AsyncConnection, which: ColumnElement[bool]) -> None:
    await db.execute(
        update(events)
        .where(which, events.c.state.in_(_WRITABLE))
        .values(
            state=State.DISCARDED.value,
            titles={},
            details={},
            place=None,
            starts_at=None,
            ends_at=None,
            reply_by=None,
            audience={},
            particulars={},
            terms={},
        )
    )


async def _one_draft(db: AsyncConnection, query: Select[Any]) -> Draft | None:
    row = (await db.execute(query.order_by(events.c.id.desc()).limit(1))).one_or_none()
    return draft_from(row) if row else None

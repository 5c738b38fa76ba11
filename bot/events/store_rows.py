"""From a row of the events table to what the capability works with."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.events.audience import audience_from
from bot.events.event import Event, Kind, State
from bot.events.kept import particulars_from, terms_from
from bot.events.writing.drafts import Draft, whole
from bot.words import Language


def draft_from(row: Any) -> Draft:
    """A row of `events` as it is written in, whatever its state."""
    return Draft(
        row.id,
        row.created_by,
        Language(row.language),
        texts_of(row.titles),
        texts_of(row.details),
        row.place,
        row.starts_at,
        audience_from(row.municipality, row.audience),
        kind=Kind(row.kind),
        ends_at=row.ends_at,
        reply_by=row.reply_by,
        particulars=particulars_from(row.particulars),
        terms=terms_from(row.terms),
        listed=row.listed,
        series_id=row.series_id,
        send_at=row.send_at,
    )


def event_from(row: Any) -> Event:
    """A row of `events` that has been sent; ValueError where something is missing in it."""
    described = whole(draft_from(row))
    if not isinstance(described, Event):
        raise ValueError(f"event {row.id} was sent without its {described.value}")
    return replace(
        described,
        state=State(row.state),
        cursor=row.cursor,
        sequence=row.sequence,
        remind_at=row.remind_at,
        remind_soon_at=row.remind_soon_at,
        ask_at=row.ask_at,
        send_at=row.send_at,
    )


def texts_of(raw: Mapping[str, str]) -> dict[Language, str]:
    """What was written in which language."""
    return {Language(language): text for language, text in raw.items()}

"""Contact cards, typed."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.directory.cards import Card, Field
from bot.storage.inserting import insert_new
from bot.storage.tables import contact_cards


async def card(db: AsyncConnection, municipality: str) -> Card | None:
    """The card of that municipality (ISO 3166-2 code); None where nobody has put anything in."""
    query = select(contact_cards).where(contact_cards.c.municipality == municipality)
    row = (await db.execute(query)).one_or_none()
    if row is None:
        return None
    spot = None if row.latitude is None or row.longitude is None else (row.latitude, row.longitude)
    return Card(row.municipality, row.office, row.phone, row.email, row.address, row.hours, spot)


async def write(
    db: AsyncConnection, municipality: str, field: Field, value: str | None, by: int, now: datetime
) -> None:
    """Put one typed field on the card, or take it off."""
    await _change(db, municipality, {field.value: value}, by, now)


async def place(
    db: AsyncConnection, municipality: str, spot: tuple[float, float] | None, by: int, now: datetime
) -> None:
    """Put the point on the map (degrees) on the card, or take it off."""
    latitude, longitude = spot or (None, None)
    await _change(db, municipality, {"latitude": latitude, "longitude": longitude}, by, now)


async def _change(db: AsyncConnection, municipality: str, changed: dict[str, Any], by: int, now: datetime) -> None:
    signed = {"changed_at": now, "changed_by": by}
    await insert_new(db, contact_cards, [{"municipality": municipality} | signed], "municipality")
    await db.execute(
        update(contact_cards).where(contact_cards.c.municipality == municipality).values(**changed, **signed)
    )

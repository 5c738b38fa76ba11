"""Keys that the bot makes for itself and signs with; they never leave its database."""

import secrets

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.inserting import insert_new
from bot.storage.tables import keys


async def own_key(db: AsyncConnection, name: str) -> bytes:
    """The 32 bytes of that name, made when they are first asked for; of two who ask at once both get the same."""
    known = select(keys.c.value).where(keys.c.name == name)
    value = await db.scalar(known)
    if value is None:
        await insert_new(db, keys, [{"name": name, "value": secrets.token_hex(32)}], "name")
        value = await db.scalar(known)
    return bytes.fromhex(str(value))

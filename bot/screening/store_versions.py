"""The versions of the questions: the package's own, and those imported from a file. None is ever changed.

Which one new runs get is decided here alone: the one imported last, or the package's CURRENT where none was imported.
It is read in the transaction of each beginning, so a running bot needs no restart.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.screening.questionnaire import CURRENT, Questionnaire, published, read, texts_of_package
from bot.storage.tables import questionnaires

_TEXT: Final = select(questionnaires.c.text).where(questionnaires.c.version == bindparam("version"))
_NEWEST: Final = select(questionnaires.c.text).order_by(questionnaires.c.imported_at.desc()).limit(1)


async def form(db: AsyncConnection, version: str) -> Questionnaire:
    """That version, for whoever is in the middle of it; raises LookupError for one that never was."""
    own = published().get(version)
    if own is not None:
        return own
    text = await db.scalar(_TEXT, {"version": version})
    if text is None:
        raise LookupError(f"there never was a version {version} of the questions")
    return read(text)


async def current(db: AsyncConnection) -> Questionnaire:
    """The version that new runs get."""
    text = await db.scalar(_NEWEST)
    return published()[CURRENT] if text is None else read(text)


async def publish(db: AsyncConnection, text: str, at: datetime) -> bool:
    """Keep this version and make it the one that new runs get; False, and nothing changed, where it has another text.

    The same text again makes it current again.
    """
    version = read(text).version
    known = texts_of_package().get(version) or await db.scalar(_TEXT, {"version": version})
    if known is not None and known != text:
        return False
    again = update(questionnaires).where(questionnaires.c.version == version).values(imported_at=at)
    if (await db.execute(again)).rowcount == 0:
        await db.execute(insert(questionnaires).values(version=version, text=text, imported_at=at))
    return True

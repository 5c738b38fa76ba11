"""Loads what is told of an event and kept beside it, once for everybody it is told to."""

from bot.events.event import Event
from bot.events.files import screens_files, store_files, store_organisers
from bot.events.files.actions_files import Purpose
from bot.events.telling import Around, publicity
from bot.turn import Tick


async def around(tick: Tick, event: Event) -> Around:
    """Who holds it, the line of whoever pays for it and what was attached, as they are now."""
    names = await store_organisers.names(tick.db, event.id)
    line = publicity(event.particulars, tick.settings.publicity_line)
    files = await store_files.of(tick.db, event.id, Purpose.WITH)
    photos = [(one.file_id, number) for number, one in enumerate(files) if one.is_photo and one.file_id is not None]
    return Around(names, line, screens_files.file_rows(files), photos[0] if photos else None)

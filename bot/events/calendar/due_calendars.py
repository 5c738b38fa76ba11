"""Brings files in people's calendars in line with what is so: changed, cancelled, or not for them any more."""

from typing import Final

from bot.calendar.files import Method
from bot.events.calendar import calendar_files, store_calendar
from bot.people import store as people
from bot.routes import Routes
from bot.turn import Tick

routes = Routes()

PAGE: Final = 100


@routes.at_tick(store_calendar.OUT_OF_LINE)
async def bring_in_line(tick: Tick) -> bool:
    """A file for each whose calendar shows what is not so any more, whoever did it, and by whatever way; where they are
    told in words as well, below those."""
    page = await store_calendar.out_of_line(tick.db, tick.now, PAGE)
    readers = await people.persons(tick.db, [kept.person_id for kept in page])
    for kept in page:
        async with tick.apart(kept.invitation):
            now = kept.turned(there=kept.comes)
            if await store_calendar.keep(tick.db, kept, now):
                method = Method.REQUEST if kept.comes else Method.CANCEL
                reader = readers[kept.person_id]
                file = calendar_files.facts(now, reader, method, tick.now, tick.zone, asked=False)
                tick.have_made(reader.id, calendar_files.KIND, file)
    return bool(page)

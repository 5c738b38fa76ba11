"""By whose clock somebody types times."""

from zoneinfo import ZoneInfo

from bot.people.store_zone import zone_name
from bot.people.zones import zone_of
from bot.turn import Turn


async def clock_of(turn: Turn) -> ZoneInfo:
    """By whose clock this person types times: their own where they are abroad."""
    return zone_of(await zone_name(turn.db, turn.person.id), turn.zone)

"""What hangs on the end of an agreement: when it is reminded of, and when its municipality is looked at again."""

from datetime import date, datetime

from bot.calendar import Kind, allowed, next_working_morning, wall
from bot.directory import store_agreements
from bot.directory.agreements import remind_days
from bot.turn import Tick


async def remind_at(tick: Tick, last: date | None) -> datetime | None:
    """When its coordinator is next reminded that it ends: in the morning of the day, on a working day."""
    hours = await tick.hours()
    days = remind_days(last, tick.settings.agreement_days, tick.now.astimezone(tick.zone).date())
    moments = [allowed(wall(day, hours.quiet_until, hours.zone), hours, Kind.WORK).at for day in days]
    return next((moment for moment in moments if moment > tick.now), None)


async def look_anew(tick: Tick, municipality: str) -> None:
    """Whether there is a strategic partner is looked at the next morning, whatever was planned."""
    morning = next_working_morning(tick.now, await tick.hours())
    await store_agreements.look_again(tick.db, municipality, morning)

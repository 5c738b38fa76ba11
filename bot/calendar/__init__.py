"""When may this go out, and why: one pure answer from clock changes, quiet hours, weekends and holidays.

Due things are rows with a moment in UTC. That moment is computed here, by stepping the local date and only then asking
the time zone: timers that step hours slide from 09:00 to 08:00 when the clocks change, and cron-like ones ring twice or
late.

`zones` turns a wall clock into a moment, `hours` says when a moment is allowed, `working` counts in working days and
working time, `rhythm` lays out check-ins, `windows` says from when until when one is on time, `moments` is how
buttons and people name a moment, `typed_days` how they write it, `files` how calendars do, `addresses` where they
read. Every moment taken is aware (a naive one raises ValueError); every moment given is in UTC.
"""

from bot.calendar.hours import Hours, Kind, Move, Reason, Slot, allowed, holiday_names, is_working_day
from bot.calendar.moments import at_minute, in_minutes, typed_moment
from bot.calendar.rhythm import Every, Occurrence, Rhythm, occurrences, on_days, planned_days, slot_of
from bot.calendar.typed_days import Typed, typed_when
from bot.calendar.windows import Window, window
from bot.calendar.working import add_working_days, add_working_time, next_working_morning
from bot.calendar.zones import add_months, wall

__all__ = [
    "Every",
    "Hours",
    "Kind",
    "Move",
    "Occurrence",
    "Reason",
    "Rhythm",
    "Slot",
    "Typed",
    "Window",
    "add_months",
    "add_working_days",
    "add_working_time",
    "allowed",
    "at_minute",
    "holiday_names",
    "in_minutes",
    "is_working_day",
    "next_working_morning",
    "occurrences",
    "on_days",
    "planned_days",
    "slot_of",
    "typed_moment",
    "typed_when",
    "wall",
    "window",
]

"""A file that somebody sent, read as events: a table of them, or a calendar. Pure."""

from typing import assert_never

from bot.events.from_file.importing import Reading, Understood
from bot.events.from_file.importing_entries import understood_calendar
from bot.events.from_file.importing_opening import Calendar, Table, opened
from bot.events.from_file.importing_rows import understood_table


def understood(content: bytes, reading: Reading) -> Understood:
    """What the file says. Never raises."""
    file = opened(content)
    match file.found:
        case _ if file.faults:
            return Understood(faults=file.faults)
        case Table() as table:
            return understood_table(table, reading)
        case Calendar() as calendar:
            return understood_calendar(calendar, reading)
        case None:
            raise AssertionError("a file is understood or at fault")
        case never:
            assert_never(never)

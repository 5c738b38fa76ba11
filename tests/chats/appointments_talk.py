"""What the conversations about appointments share: the way to the times, and the files on a phone."""

from datetime import UTC, datetime

from icalendar import Calendar

from tests.chats.referrals_talk import (
    S,
    all_read,
    requested,
)
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town
from tests.town.walked_once import walked_once

WEDNESDAY = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
"""10:00 in Rīga."""


@walked_once
async def accepted(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Ilze has taken it, and looks at the times she may offer."""
    anna, marta, ilze = await requested(town)
    await ilze.taps(f"{S}.button.open")
    await ilze.taps(f"{S}.button.accept")
    all_read(anna, marta)
    ilze.sees(f"{S}.accepted")
    return anna, marta, ilze


@walked_once
async def offered(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Ilze has offered Wednesday at 10:00, at 16:00, and 12 March at 14:30."""
    anna, marta, ilze = await accepted(town)
    await ilze.taps(f"{S}.button.time_out")
    await ilze.taps_label("4. marts, 16:00")
    await ilze.says("12.03. 14:30")
    ilze.sees(f"{S}.ask_time")
    await ilze.taps(f"{S}.button.send_times")
    all_read(marta, ilze)
    return anna, marta, ilze


def files(person: Inhabitant) -> list[tuple[str, int, datetime]]:
    """Method, sequence and start in every calendar file on that phone, in order."""
    found = []
    for message in person.phone.messages:
        if message.attachment is not None:
            calendar = Calendar.from_ical(message.attachment.content)
            (event,) = calendar.walk("VEVENT")
            found.append((str(calendar["METHOD"]), int(event["SEQUENCE"]), event["DTSTART"].dt.astimezone(UTC)))
    return found


def last_file(person: Inhabitant) -> bytes:
    return next(one.attachment.content for one in reversed(person.phone.messages) if one.attachment is not None)

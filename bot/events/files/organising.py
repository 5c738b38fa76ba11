"""Who answers for an event, and how staff may know its guests."""

from bot.events import rules
from bot.events.door.store_attendance import AtDoor
from bot.events.event import Event
from bot.people import store as people
from bot.roles import Person, Role
from bot.turn import Connection
from bot.words import Phrase, phrase


async def organisers(db: Connection, event: Event) -> list[Person]:
    """Whoever wrote it, while they may run it; otherwise its coordinators, or the national ones where it has none."""
    if event.created_by is not None:
        author = await people.person(db, event.created_by)
        if author is not None and rules.may_run(author, event):
            return [author]
    found = await people.holders(db, Role.COORDINATOR, event.municipality)
    return found or await people.holders(db, Role.COORDINATOR, None)


async def all_in_charge(db: Connection, event: Event) -> list[Person]:
    """Everybody who may run it."""
    return await people.holders_for(db, Role.COORDINATOR, event.municipality)


def known_as(reader: Person, guest: AtDoor) -> Phrase:
    """What this coordinator calls that guest: a number for young people of whom nothing else is theirs to know."""
    if not guest.is_youth:
        return phrase("events.any.written", text=guest.name or guest.code_name)
    if rules.may_reach(reader, guest.municipality):
        return phrase("events.any.written", text=guest.code_name)
    return phrase("events.staff.guest_number", number=guest.invitation_id)

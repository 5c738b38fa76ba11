"""What is seen at the door: by a guest with a ticket, and by whoever lets them in."""

from collections.abc import Sequence
from typing import Final

from bot.events import pages
from bot.events.door.actions_door import CountUnnamed, DoorCode, GuestList, MyTicket, OpenDoor, TickGuest
from bot.events.door.attendance import Attendance
from bot.events.door.store_attendance import AtDoor
from bot.events.event import Event
from bot.events.files.organising import known_as
from bot.events.going_out.actions_sending import Open
from bot.events.places.actions_seats import NotePermission
from bot.roles import Person
from bot.turn import Button, Keyboard, Message, Row, Turn, button
from bot.words import Lines, Phrase, phrase

A_PAGE: Final = 12
"""Guests on one page of the list: as many as a thumb reaches."""


def ticket_row(event_id: int, *, is_youth: bool) -> Row:
    """For whoever comes."""
    return (button(f"events.{'youth' if is_youth else 'staff'}.button.ticket", MyTicket(event_id)),)


def door_row(event_id: int) -> Row:
    """The way from an event's page to its door."""
    return (button("events.staff.button.door", OpenDoor(event_id)),)


def door(event: Event, numbers: Attendance, missing: int | None) -> Phrase:
    """Who is there, in numbers."""
    lines = [
        phrase("events.staff.door.expected", number=numbers.expected),
        phrase("events.staff.door.came", number=numbers.came),
        phrase("events.staff.door.walk_ins", number=numbers.walk_ins),
        phrase("events.staff.door.unnamed", number=numbers.unnamed),
    ]
    capacity = event.terms.capacity
    if capacity is not None:
        key = "over" if numbers.present > capacity else "capacity"
        lines.append(phrase(f"events.staff.door.{key}", present=numbers.present, capacity=capacity))
    if missing is not None:
        lines.append(phrase("events.staff.door.missing", number=missing))
    elif not numbers.is_recorded:
        lines.append(phrase("events.staff.door.nothing_noted"))
    return phrase("events.staff.door", title=event.title, when=event.starts_at, numbers=Lines(tuple(lines)))


def door_keyboard(event: Event, *, may_tick: bool, arriving: bool) -> Keyboard:
    """The list, the code for walk-ins, one more, one less."""
    rows: list[Row] = []
    if may_tick:
        rows.append((button("events.staff.button.guest_list", GuestList(event.id, 0)),))
        more, less = CountUnnamed(event.id, one_more=True), CountUnnamed(event.id, one_more=False)
        rows.append((button("events.staff.button.one_more", more), button("events.staff.button.one_less", less)))
    if arriving:
        rows.append((button("events.staff.button.door_code", DoorCode(event.id)),))
    rows.append((button("events.staff.button.refresh", OpenDoor(event.id)),))
    rows.append((button("events.staff.button.open", Open(event.id)),))
    return tuple(rows)


def guest_list(event: Event, reader: Person, guests: Sequence[AtDoor], page: int, of: int) -> tuple[Phrase, Keyboard]:
    """One page of those who come, a tick for each; whose permission is missing is marked."""
    rows: list[Row] = [(_guest_button(event, reader, one, page),) for one in guests]
    rows += pages.ways(page, lambda to: GuestList(event.id, to), more=(page + 1) * A_PAGE < of)
    rows.append((button("events.staff.button.door", OpenDoor(event.id)),))
    key = "events.staff.guest_list" if guests else "events.staff.guest_list_empty"
    return phrase(key, title=event.title, when=event.starts_at, of=of), tuple(rows)


def _guest_button(event: Event, reader: Person, guest: AtDoor, page: int) -> Button:
    came = guest.came_at is not None
    if lacks_permission(event, guest):
        key = "there_without_permission" if came else "permission_missing"
    else:
        key = "there" if came else "not_there"
    action = TickGuest(event.id, guest.person_id, came=not came, page=page)
    return button(f"events.staff.button.guest_{key}", action, guest=known_as(reader, guest))


def show_guest(turn: Turn, guest: AtDoor, what: Phrase, keyboard: Keyboard) -> None:
    """Say something of one guest, in place of the pressed message; it goes when they are erased."""
    about = guest.person_id if guest.is_youth else None
    turn.said.append(Message(turn.person.id, what, keyboard, edits=turn.pressed, about=about, at_night=True))


def lacks_permission(event: Event, guest: AtDoor) -> bool:
    """Whether a guardian's permission is wanted of this guest and was not noted."""
    is_minor = guest.age_band == _MINOR if guest.under_age is None else guest.under_age
    return event.terms.guardian and guest.is_youth and is_minor and guest.guardian_at is None


def may_be_minor(event: Event, guest: AtDoor) -> bool:
    """Whether a permission may be wanted, and nobody ever asked how old this guest is."""
    unknown = guest.under_age is None and guest.age_band is None
    return event.terms.guardian and guest.is_youth and unknown and guest.guardian_at is None


def wants_in(event: Event, numbers: Attendance, taken: int) -> Phrase:
    """Somebody stands at the door for whom there is no place: all are taken, or all of their group."""
    capacity = event.terms.capacity
    if capacity is None or taken < capacity:
        return phrase("events.staff.walk_in_over_quota", title=event.title, present=numbers.present)
    return phrase("events.staff.walk_in_when_full", title=event.title, capacity=capacity, present=numbers.present)


_MINOR: Final = "15_17"


def let_in(event: Event, reader: Person, guest: AtDoor) -> tuple[Phrase, Keyboard]:
    """What the organiser reads after a guest came in: who, and whether a permission is missing."""
    key = "came_without_permission" if lacks_permission(event, guest) else "came"
    key = "came_age_unknown" if may_be_minor(event, guest) else key
    undo = button("events.staff.button.not_come", TickGuest(event.id, guest.person_id, came=False, page=None))
    what = phrase(f"events.staff.{key}", guest=known_as(reader, guest), title=event.title)
    if guest.under_age and lacks_permission(event, guest):
        noted = NotePermission(event.id, guest.person_id, given=True)
        return what, ((button("events.staff.button.permission_noted", noted),), (undo,), door_row(event.id))
    return what, ((undo,), door_row(event.id))

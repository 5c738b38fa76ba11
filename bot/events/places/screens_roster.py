"""The guests of an event as those see them who look after it: code names within their scope, and no more."""

from collections.abc import Mapping, Sequence

from bot.events import pages, screens
from bot.events.event import Event
from bot.events.going_out.actions_sending import Open
from bot.events.places.actions_seats import NotePermission, Part, ShowGuests, ShowNeeds
from bot.events.places.screens_seats import numbers_line
from bot.events.places.store_roster import Guest
from bot.events.signup.signing import Numbers, in_scope
from bot.roles import Person
from bot.turn import Button, Keyboard, Row, Turn, button
from bot.words import Lines, Phrase, phrase


def show_guests(
    turn: Turn,
    event: Event,
    part: Part,
    page: int,
    most: int,
    counts: Mapping[Part, int],
    found: Sequence[Guest],
    numbers: Numbers,
) -> None:
    """One page of them, with the ways to the other parts."""
    lines = tuple(_line(turn.person, event, one, part) for one in found)
    if part is Part.COMING and any(one.is_youth for one in found):
        lines = (*lines, phrase("events.staff.pictures_rule"))
    said = phrase(
        "events.staff.guests",
        title=event.title,
        numbers=numbers_line(event.terms, numbers),
        part=phrase(f"events.staff.part.{part.value}", number=counts[part]),
        guests=Lines(lines) if lines else phrase("events.staff.no_guests"),
    )
    keyboard: Keyboard = (
        *(_permission(event, one) for one in found if _can_note(turn.person, event, one, part)),
        *pages.ways(page, lambda to: ShowGuests(event.id, part, to), more=page * most + len(found) < counts[part]),
        *((_part(event, one, counts[one]),) for one in Part if one is not part and counts[one]),
        *_needs(event, numbers),
        _back(event),
    )
    screens.show(turn, said, keyboard)


def _line(viewer: Person, event: Event, guest: Guest, part: Part) -> Phrase:
    if not guest.is_youth:
        return phrase("events.staff.guest", guest=guest.name or guest.code_name)
    if not in_scope(viewer, guest.places):
        return phrase("events.staff.guest_elsewhere")
    if part is Part.OFFERED and guest.until is not None:
        return phrase("events.staff.guest_offered", guest=guest.code_name, until=guest.until)
    key = "guest"
    if guest.under_age and event.terms.guardian:
        key = "guest_permitted" if guest.permission else "guest_unpermitted"
    line = phrase(f"events.staff.{key}", guest=guest.code_name)
    return phrase("events.staff.guest_pictured", guest=line) if guest.pictures and part is Part.COMING else line


def _can_note(viewer: Person, event: Event, guest: Guest, part: Part) -> bool:
    return part is Part.NO_PERMISSION and event.terms.guardian and in_scope(viewer, guest.places)


def _permission(event: Event, guest: Guest) -> Row:
    noted = NotePermission(event.id, guest.person_id, given=True)
    return (button("events.staff.button.permission_of", noted, guest=guest.code_name),)


def _part(event: Event, part: Part, number: int) -> Button:
    return button(f"events.staff.button.part.{part.value}", ShowGuests(event.id, part, 0), number=number)


def _needs(event: Event, numbers: Numbers) -> Keyboard:
    count = numbers.needs + numbers.travel
    return ((button("events.staff.button.needs", ShowNeeds(event.id, 0)),),) if count else ()


def _back(event: Event) -> Row:
    return (button("events.staff.button.open", Open(event.id)),)


def show_needs(turn: Turn, event: Event, page: int, most: int, found: Sequence[str], numbers: Numbers) -> None:
    """What guests wrote, without who it was; with how many want help with the way."""
    lines = tuple(phrase("events.staff.need", need=one) for one in found)
    said = phrase(
        "events.staff.needs",
        title=event.title,
        travel=numbers.travel,
        number=numbers.needs,
        needs=Lines(lines) if lines else phrase("events.staff.no_needs_written"),
    )
    ways = pages.ways(page, lambda to: ShowNeeds(event.id, to), more=page * most + len(found) < numbers.needs)
    screens.show(turn, said, (*ways, (button("events.staff.button.guests", ShowGuests(event.id, Part.COMING, 0)),)))


def show_permission(turn: Turn, event: Event, youth: Person, *, given: bool, runs: bool) -> None:
    """It is noted, or taken back; one tap undoes either."""
    undo = NotePermission(event.id, youth.id, given=not given)
    key = "permission_is_noted" if given else "permission_is_not_noted"
    on: Keyboard = (
        ((button("events.staff.button.part_back", ShowGuests(event.id, Part.NO_PERMISSION, 0)),),)
        if runs
        else turn.home
    )
    label = "undo" if given else "permission_noted"
    turn.replace(
        f"events.staff.{key}",
        keyboard=((button(f"events.staff.button.{label}", undo),), *on),
        about=youth.id,
        code_name=youth.code_name,
        title=event.title,
    )

"""At the door: the organiser's page and list, walk-ins by the code that hangs there, and who is only counted."""

from collections.abc import Mapping
from typing import Any, assert_never

from bot.events import rules, store
from bot.events.audience import Group
from bot.events.door import attendance, chat_tickets, screens_door, store_attendance, tickets
from bot.events.door.actions_door import CountUnnamed, DoorCode, GuestList, LetIn, OpenDoor, TickGuest
from bot.events.door.chat_tickets import ticket_shown
from bot.events.event import Event, Invitation
from bot.events.event_page import own_event
from bot.events.files.organising import organisers
from bot.events.places import places, seats
from bot.events.screens import show
from bot.events.signup import screens_guests
from bot.events.signup import store_guests as guests
from bot.outreach.paper import code_alone
from bot.people import consenting
from bot.routes import Routes, joined
from bot.storage.own_keys import own_key
from bot.turn import Attachment, AttachmentKind, Keyboard, Made, Priority, Turn, button
from bot.words import phrase

__all__ = ["at_the_door", "routes", "ticket_shown"]

_door = Routes()


# --- the organiser ----------------------------------------------------------------------------------------------


@_door.press(OpenDoor)
async def open_door(turn: Turn, action: OpenDoor) -> None:
    event = await own_event(turn, action.event)
    if event is not None:
        await _show_door(turn, event)


async def _show_door(turn: Turn, event: Event) -> None:
    numbers = await store_attendance.attendance(turn.db, event.id)
    keyboard = screens_door.door_keyboard(
        event,
        may_tick=attendance.may_tick(event, turn.now),
        arriving=turn.now <= attendance.end_of(event) + attendance.AROUND,
    )
    show(turn, screens_door.door(event, numbers, numbers.missing(event, turn.now)), keyboard)


@_door.press(GuestList)
async def guest_list(turn: Turn, action: GuestList) -> None:
    event = await own_event(turn, action.event)
    if event is not None:
        await _show_list(turn, event, action.page)


async def _show_list(turn: Turn, event: Event, page: int) -> None:
    of = await store_attendance.on_list(turn.db, event.id)
    page = max(0, min(page, (of - 1) // screens_door.A_PAGE))
    here = await store_attendance.page(turn.db, event.id, page * screens_door.A_PAGE, screens_door.A_PAGE)
    what, keyboard = screens_door.guest_list(event, turn.person, here, page, of)
    show(turn, what, keyboard)


@_door.press(TickGuest)
async def tick(turn: Turn, action: TickGuest) -> None:
    event = await own_event(turn, action.event)
    if event is None:
        return
    if not attendance.may_tick(event, turn.now):
        _list_closed(turn, event)
        return
    if action.came:
        if await store_attendance.note_came(turn.db, event.id, action.person, turn.now):
            await turn.note("event.came", "event", event.id)
    else:
        await _did_not_come(turn, event, action.person)
    if action.page is None:
        await _show_door(turn, event)
    else:
        await _show_list(turn, event, action.page)


def _list_closed(turn: Turn, event: Event) -> None:
    """Nobody is let in or ticked any more, or not yet."""
    door = (screens_door.door_row(event.id),)
    turn.replace("events.staff.list_closed", keyboard=door, title=event.title, when=event.starts_at)


async def _did_not_come(turn: Turn, event: Event, person_id: int) -> None:
    """Noted by mistake. The place of a walk-in is free again, and goes to whoever waits."""
    guest = await store_attendance.guest(turn.db, event.id, person_id)
    if guest is None or guest.came_at is None:
        return
    if await store_attendance.stands_at_door(turn.db, event.id, person_id):
        await seats.release(turn, event.id, person_id, reply=None)
    if await store_attendance.take_back(turn.db, event.id, person_id):
        await turn.note("event.came_not", "event", event.id)


@_door.press(CountUnnamed)
async def count_unnamed(turn: Turn, action: CountUnnamed) -> None:
    event = await own_event(turn, action.event)
    if event is None:
        return
    if attendance.may_tick(event, turn.now):
        await store_attendance.count_unnamed(turn.db, event.id, one_more=action.one_more)
    await _show_door(turn, event)


@_door.press(DoorCode)
async def door_code(turn: Turn, action: DoorCode) -> None:
    event = await own_event(turn, action.event)
    if event is None:
        return
    link = turn.deep_link(tickets.door_payload(await own_key(turn.db, tickets.KEY), event.id))
    turn.make("events.door_code", {"link": link, "title": event.title, "when": event.starts_at, "event": event.id})
    turn.replace("events.staff.door_code_coming", keyboard=(screens_door.door_row(event.id),), title=event.title)


@_door.make("events.door_code")
def code(facts: Mapping[str, Any]) -> Made:
    """The walk-in code, to be shown on the phone or printed."""
    picture = Attachment(f"door-{facts['event']}.png", code_alone(facts["link"]), AttachmentKind.PICTURE)
    keyboard: Keyboard = (screens_door.door_row(facts["event"]),)
    said = phrase("events.staff.door_code", title=facts["title"], when=facts["when"])
    return Made(said, (picture,), keyboard)


# --- whoever just came ------------------------------------------------------------------------------------------


async def at_the_door(turn: Turn, signed: str) -> None:
    """Somebody opened the walk-in link on their own phone."""
    event_id = tickets.door_of(await own_key(turn.db, tickets.KEY), signed)
    event = None if event_id is None else await store.event(turn.db, event_id)
    if event is None or not event.takes_answers:
        _say_to_guest(turn, "door_unknown")
    elif rules.may_run(turn.person, event):
        await _show_door(turn, event)
    else:
        await _walk_in(turn, event)


async def _walk_in(turn: Turn, event: Event) -> None:
    person_id = turn.person.id
    invitation = await guests.invitation(turn.db, event.id, person_id)
    about_it = {"title": event.title, "when": event.starts_at}
    match attendance.walked_in(event, invitation, await _room(turn, event, invitation), turn.now):
        case attendance.Came() | attendance.GaveBack():
            if await store_attendance.let_in(turn.db, event.id, person_id, event.sequence, turn.now):
                await turn.note("event.walked_in", "event", event.id)
                await _warn_organisers(turn, event)
            _say_to_guest(turn, "you_are_in", *await consenting.events_row(turn), **about_it)
        case attendance.CameBefore():
            _say_to_guest(turn, "you_are_in", *await consenting.events_row(turn), **about_it)
        case attendance.NotArriving():
            _say_to_guest(turn, "door_other_time", **about_it)
        case attendance.IsOff():
            _say_to_guest(turn, "was_cancelled")
        case attendance.Full():
            await _ask_organisers(turn, event)
            _say_to_guest(turn, "door_full", **about_it)
        case never:
            assert_never(never)


async def _room(turn: Turn, event: Event, invitation: Invitation | None) -> int | None:
    """How many places there are for somebody of their group: quotas hold at the door as well."""
    group = None if invitation is None else invitation.group
    group = group or await store_attendance.group_of(turn.db, turn.person.id)
    taken, by_group = await store_attendance.taken(turn.db, event.id, group)
    return places.free(event.terms.capacity, event.terms.quotas, group, taken, by_group)


async def _warn_organisers(turn: Turn, event: Event) -> None:
    """Where a permission is wanted, nobody saw this guest come in: whose age is not known has to be asked."""
    guest = await store_attendance.guest(turn.db, event.id, turn.person.id)
    if guest is None or not (screens_door.lacks_permission(event, guest) or screens_door.may_be_minor(event, guest)):
        return
    for one in await organisers(turn.db, event):
        what, keyboard = screens_door.let_in(event, one, guest)
        turn.tell(
            one.id,
            what,
            keyboard=keyboard,
            about=guest.person_id,
            once=f"event:{event.id}:{guest.person_id}:permission_at_door:{one.id}",
            at_night=True,
        )


def _say_to_guest(turn: Turn, name: str, *rows: Any, **facts: Any) -> None:
    is_youth = turn.person.is_youth
    keyboard = screens_guests.helped((*rows, screens_guests.mine_row(is_youth=is_youth)), is_youth=is_youth)
    turn.say(f"events.{screens_guests.voice(is_youth=is_youth)}.{name}", keyboard=keyboard, **facts)


async def _ask_organisers(turn: Turn, event: Event) -> None:
    """All places are taken: nobody comes in over that without the organiser's word, asked once a guest."""
    person_id = turn.person.id
    await store_attendance.stand_at_door(turn.db, event.id, person_id)
    numbers = await store_attendance.attendance(turn.db, event.id)
    taken, _ = await store_attendance.taken(turn.db, event.id, Group.YOUTH)
    yes, no = LetIn(event.id, person_id, sure=True), LetIn(event.id, person_id, sure=False)
    for one in await organisers(turn.db, event):
        turn.tell(
            one.id,
            screens_door.wants_in(event, numbers, taken),
            keyboard=(
                (button("events.staff.button.let_in", yes), button("events.staff.button.let_not_in", no)),
                screens_door.door_row(event.id),
            ),
            about=person_id if turn.person.is_youth else None,
            once=f"event:{event.id}:{person_id}:at_door:{one.id}",
            at_night=True,
        )


@_door.press(LetIn)
async def let_in(turn: Turn, action: LetIn) -> None:
    event = await own_event(turn, action.event)
    if event is None:
        return
    if not attendance.is_arriving(event, turn.now):
        _list_closed(turn, event)
        return
    guest = await store_attendance.guest(turn.db, event.id, action.person)
    if guest is None or not await store_attendance.stands_at_door(turn.db, event.id, action.person):
        await turn.forbidden()
        return
    if guest.came_at is not None and not action.sure:  # another organiser has let them in meanwhile
        await _show_door(turn, event)
        return
    to = screens_guests.voice(is_youth=guest.is_youth)
    turn.tell(
        action.person,
        phrase(
            f"events.{to}.{'you_are_in' if action.sure else 'door_no_room'}", title=event.title, when=event.starts_at
        ),
        keyboard=screens_guests.helped((screens_guests.mine_row(is_youth=guest.is_youth),), is_youth=guest.is_youth),
        priority=Priority.REPLY,
        at_night=True,
        once=f"event:{event.id}:{action.person}:at_door:{'in' if action.sure else 'out'}",
    )
    if not action.sure:
        await _show_door(turn, event)
        return
    if await store_attendance.let_in(turn.db, event.id, action.person, event.sequence, turn.now):
        await turn.note("event.walked_in", "event", event.id)
    what, keys = screens_door.let_in(event, turn.person, guest)
    screens_door.show_guest(turn, guest, what, keys)


routes = joined((_door, chat_tickets.routes))

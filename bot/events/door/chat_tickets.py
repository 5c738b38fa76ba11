"""A guest asks for their ticket; somebody scans one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, assert_never

from bot.events import rules, store
from bot.events.door import attendance, screens_door, store_attendance, tickets
from bot.events.door.actions_door import MyTicket
from bot.events.door.store_attendance import AtDoor
from bot.events.event import OFF, Event
from bot.events.files.organising import known_as
from bot.events.signup import screens_guests, store_guests
from bot.events.signup.actions_guests import ShowInvitation
from bot.outreach.paper import code_alone
from bot.routes import Routes
from bot.storage.own_keys import own_key
from bot.turn import Attachment, AttachmentKind, Keyboard, Made, Turn, button
from bot.words import Phrase, phrase

routes = Routes()


@routes.press(MyTicket)
async def my_ticket(turn: Turn, action: MyTicket) -> None:
    """A picture to show at the door; the same each time, so that whichever they open there is good."""
    event = await store.event(turn.db, action.event)
    invitation = await store_guests.invitation(turn.db, action.event, turn.person.id)
    if event is None or invitation is None:
        await turn.forbidden()
        return
    is_youth = turn.person.is_youth
    to = screens_guests.voice(is_youth=is_youth)
    back: Keyboard = ((button("events.any.button.back", ShowInvitation(event.id)),),)
    keyboard = screens_guests.helped(back, is_youth=is_youth)
    over = event.state in OFF or attendance.end_of(event) + attendance.AROUND < turn.now
    if over or invitation.came_at is not None or not attendance.comes(invitation):
        turn.replace(f"events.{to}.no_ticket", keyboard=keyboard, title=event.title)
        return
    me = await store_attendance.guest(turn.db, event.id, turn.person.id)
    if me is None:
        await turn.forbidden()
        return
    payload = tickets.ticket_payload(
        await own_key(turn.db, tickets.KEY), tickets.Guest(me.invitation_id, event.id, turn.person.id)
    )
    called = turn.person.code_name if is_youth else turn.person.name or turn.person.code_name
    facts = {
        "link": turn.deep_link(payload),
        "event": event.id,
        "to": to,
        "title": event.title,
        "when": event.starts_at,
        "called": called,
        "number": me.invitation_id,
    }
    turn.make("events.ticket", facts)
    turn.replace(f"events.{to}.ticket_coming", keyboard=keyboard, title=event.title)


@routes.make("events.ticket")
def ticket(facts: Mapping[str, Any]) -> Made:
    """The ticket as a picture, with what to do with it."""
    picture = Attachment("ticket.png", code_alone(facts["link"]), AttachmentKind.PICTURE)
    keyboard: Keyboard = ((button("events.any.button.back", ShowInvitation(facts["event"])),),)
    said = phrase(
        f"events.{facts['to']}.ticket",
        title=facts["title"],
        when=facts["when"],
        called=facts["called"],
        number=facts["number"],
    )
    return Made(said, (picture,), keyboard)


async def ticket_shown(turn: Turn, signed: str) -> None:
    """Somebody opened the link of a ticket. Who does not let people in there learns nothing, not even whether it is
    one."""
    holder = await _holder(turn, signed)
    event = None if holder is None else await store.event(turn.db, holder.event)
    if event is None or holder is None or not rules.may_run(turn.person, event):
        is_youth = turn.person.is_youth
        keyboard = screens_guests.helped(turn.home, is_youth=is_youth)
        turn.say(f"events.{screens_guests.voice(is_youth=is_youth)}.ticket_is_for_the_door", keyboard=keyboard)
        return
    await _let_in(turn, event, holder.person)


async def _holder(turn: Turn, signed: str) -> tickets.Guest | None:
    """Whose ticket it is; None where it is nobody's."""
    number = tickets.invitation_of(signed)
    holder = None if number is None else await store_attendance.holder(turn.db, number)
    if holder is None or not tickets.is_ticket_of(await own_key(turn.db, tickets.KEY), signed, holder):
        return None
    return holder


async def _let_in(turn: Turn, event: Event, person_id: int) -> None:
    """What the one at the door is told of the guest, who is noted if this is the first time."""
    invitation = await store_guests.invitation(turn.db, event.id, person_id)
    guest = await store_attendance.guest(turn.db, event.id, person_id)
    if invitation is None or guest is None:
        await turn.forbidden()
        return
    door: Keyboard = (screens_door.door_row(event.id),)
    what: Phrase
    keyboard = door
    match attendance.scanned(event, invitation, turn.now):
        case attendance.Came():
            if await store_attendance.note_came(turn.db, event.id, person_id, turn.now):
                await turn.note("event.came", "event", event.id)
            what, keyboard = screens_door.let_in(event, turn.person, guest)
        case attendance.CameBefore(at):
            what = _of(turn, event, guest, "came_before", at=at)
        case attendance.NotArriving():
            what = _of(turn, event, guest, "ticket_other_time", when=event.starts_at)
        case attendance.IsOff():
            what = _of(turn, event, guest, "ticket_cancelled", when=event.starts_at)
        case attendance.GaveBack():
            what = _of(turn, event, guest, "ticket_given_back")
        case never:
            assert_never(never)
    screens_door.show_guest(turn, guest, what, keyboard)


def _of(turn: Turn, event: Event, guest: AtDoor, name: str, **facts: datetime) -> Phrase:
    return phrase(f"events.staff.{name}", guest=known_as(turn.person, guest), title=event.title, **facts)

"""What an invited person sees: their invitations, and one of them with the answer they gave and the place they have."""

from typing import Final

from bot.events import rules, screens
from bot.events.after import after_rows
from bot.events.around import around
from bot.events.calendar import screens_calendar
from bot.events.event import Event, Invitation, Seat
from bot.events.places import screens_seats, store_seats
from bot.events.places.screens_seats import Standing
from bot.events.sessions import screens_series, store_series
from bot.events.signup import confirming, screens_guests, store_guests
from bot.events.signup.actions_guests import ShowInvitation
from bot.events.telling import Around
from bot.people import consenting
from bot.turn import Keyboard, Turn, button
from bot.words import Lines, Phrase, phrase

LIST_LIMIT: Final = 10


async def show_mine(turn: Turn) -> None:
    """What is coming that this person was invited to, and what they said."""
    is_youth = turn.person.is_youth
    to = screens_guests.voice(is_youth=is_youth)
    found = await store_guests.coming_to(turn.db, turn.person.id, turn.now, LIST_LIMIT)
    if not found:
        ways = (*await consenting.events_row(turn), *screens_guests.home_rows(is_youth=is_youth))
        turn.replace(f"events.{to}.nothing_coming", keyboard=screens_guests.helped(ways, is_youth=is_youth))
        return
    rows: Keyboard = tuple(
        (button("events.any.button.title", ShowInvitation(event.id), title=screens.short(event.title)),)
        for event, _ in found
    )
    lines = tuple(
        phrase(
            "events.any.line",
            title=event.title,
            when=event.starts_at,
            answer=phrase(f"events.{to}.line_{_stands(invitation)}"),
        )
        for event, invitation in found
    )
    ways = (*screens_calendar.mine_rows(is_youth=is_youth), *screens_guests.home_rows(is_youth=is_youth))
    keyboard = screens_guests.helped((*rows, *ways), is_youth=is_youth)
    turn.replace(f"events.{to}.coming", keyboard=keyboard, events=Lines(lines))


def _stands(invitation: Invitation) -> str:
    if invitation.seat in (Seat.WAITING, Seat.OFFERED):
        return invitation.seat.value
    return invitation.reply.value if invitation.reply else "silent"


async def show_invitation(turn: Turn, event: Event, invitation: Invitation, said: Phrase | None = None) -> None:
    """One invitation with the answer given so far; `said` is what has just been done with their place."""
    is_youth = turn.person.is_youth
    told = await around(turn, event)
    if not event.takes_answers:
        page = screens_guests.invitation(event, is_youth=is_youth, around=told)
        mine = (screens_guests.mine_row(is_youth=is_youth),)
        screens.show(turn, page, screens_guests.answers(event, None, is_youth=is_youth, around=told, below=mine))
        return
    if said is None and invitation.reply is None and await _chooses_session(turn, event, told):
        return
    below, rows = await _standing(turn, event, invitation)
    keyboard = (
        *rows,
        *screens_calendar.rows_for_guest(event, invitation, is_youth=is_youth),
        *after_rows.rows_for_guest(event, invitation, turn.now, is_youth=is_youth),
        *screens_guests.ways(event, told),
        screens_guests.mine_row(is_youth=is_youth),
    )
    page = screens_guests.invitation(event, is_youth=is_youth, after=said or below, around=told)
    screens.show(turn, page, screens_guests.helped(keyboard, is_youth=is_youth))


async def _chooses_session(turn: Turn, event: Event, told: Around) -> bool:
    """Whoever was invited to a series and has chosen no session sees those that are to come, as they are by now."""
    sessions = [one for one in await store_series.sessions(turn.db, event) if one.starts_at > turn.now]
    if sessions in ([], [event]) or await store_seats.other_sessions(turn.db, event, turn.person.id):
        return False
    home, is_youth = (await store_series.homes(turn.db, [turn.person.id])).get(turn.person.id), turn.person.is_youth
    screens.show(
        turn,
        screens_series.invitation(event, sessions, home, is_youth=is_youth, around=told),
        screens_series.choices(
            event, sessions, home, is_youth=is_youth, around=told, below=(screens_guests.mine_row(is_youth=is_youth),)
        ),
    )
    return True


async def _standing(turn: Turn, event: Event, invitation: Invitation) -> tuple[Phrase, Keyboard]:
    """How this person stands with the event, and what they can do about it."""
    is_youth = turn.person.is_youth
    if await confirming.wanted(turn.db, event, invitation):
        to = screens_guests.voice(is_youth=is_youth)
        return phrase(f"events.{to}.please_confirm"), (screens_guests.answer_row(event.id, None),)
    to_be_invited = await consenting.events_row(turn)
    standing = await standing_of(turn, event, invitation, written_to=not to_be_invited)
    rows = screens_seats.rows(event, standing, is_youth=is_youth)
    if invitation.seat in (Seat.WAITING, Seat.HELD):
        rows = (*rows, *to_be_invited)
    if invitation.seat is Seat.HELD:
        rows = (*rows, *await consenting.pictures_row(turn))
    return screens_seats.below(event, standing, is_youth=is_youth), rows


async def standing_of(turn: Turn, event: Event, invitation: Invitation, *, written_to: bool) -> Standing:
    """How this person stands with the places of the event."""
    position, room = await store_seats.look(turn.db, event, turn.person.id, invitation)
    return Standing(
        invitation,
        position,
        room,
        written_to,
        written_to and rules.will_remind(event, turn.now),
        turn.settings.age_adult,
    )

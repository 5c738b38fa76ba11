"""What those who come see of an event in time: reminders, the way into their calendar, the address of a calendar."""

from typing import Final

from bot.events.calendar.actions_calendar import AddToCalendar, ShowFeed
from bot.events.calendar.reminders import Reminder
from bot.events.door.screens_door import ticket_row
from bot.events.event import Event, Invitation, Reply, Seat
from bot.events.signup import screens_guests
from bot.events.signup.actions_guests import CannotCome, ShowInvitation
from bot.turn import Keyboard, button
from bot.typed import shortened
from bot.words import Fact, InLanguages, Language, Phrase, phrase

LONGEST_DESCRIPTION: Final = 300
"""Letters of an event's text that go into a calendar: the whole of it stands in the chat."""


def where(event: Event) -> Fact:
    """The place, and the link where it is held by video: who goes there now needs both in one glance."""
    link = event.particulars.link
    if link is None:
        return event.place
    return phrase("events.any.place_and_link", place=event.place, link=link) if event.place else link


def reminder(event: Event, which: Reminder, *, is_youth: bool) -> tuple[Phrase, Keyboard]:
    """What those who come hear, with a way to say that their plans have changed."""
    to = screens_guests.voice(is_youth=is_youth)
    said = phrase(
        f"events.{to}.{'reminder' if which is Reminder.DAY_BEFORE else 'reminder_soon'}",
        title=event.title,
        when=event.starts_at,
        place=where(event),
    )
    rows: Keyboard = (
        (button(f"events.{to}.button.cannot_come", CannotCome(event.id)),),
        (button(f"events.{to}.button.see", ShowInvitation(event.id)),),
    )
    if which is Reminder.SOON:
        rows = (ticket_row(event.id, is_youth=is_youth), *rows)
    return said, screens_guests.helped(rows, is_youth=is_youth)


def rows_for_guest(event: Event, invitation: Invitation, *, is_youth: bool) -> Keyboard:
    """The way into their calendar, for those who come."""
    if not event.takes_answers or invitation.reply is not Reply.YES or invitation.seat is not Seat.HELD:
        return ()
    key = f"events.{screens_guests.voice(is_youth=is_youth)}.button.add_to_calendar"
    return ((button(key, AddToCalendar(event.id)),),)


def mine_rows(*, is_youth: bool) -> Keyboard:
    """The way to the address of their own calendar."""
    return ((button(f"events.{screens_guests.voice(is_youth=is_youth)}.button.feed", ShowFeed()),),)


def described(details: InLanguages) -> InLanguages:
    """The event's text, short."""
    short = {language: shortened(text, LONGEST_DESCRIPTION) for language, text in details.texts.items()}
    return InLanguages(short, details.fallback)


def in_language(text: InLanguages, language: Language) -> str:
    """The text as it is read in that language."""
    return text.texts.get(language) or text.texts[text.fallback]

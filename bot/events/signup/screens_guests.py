"""What an event looks like to those who are invited."""

from bot.events import telling
from bot.events.event import Event, Reply
from bot.events.finding.actions_open import ShowOpen
from bot.events.finding.screens_news import mute_row
from bot.events.going_out.actions_sending import Sample
from bot.events.sessions.actions_series import ShowSessions
from bot.events.signup.actions_guests import Answer, ShowInvitation, ShowMine
from bot.events.telling import ALONE, Around
from bot.events.writing.actions_details import ShowMap
from bot.people.menu import ShowMenu
from bot.people.screens import with_help
from bot.turn import Button, Keyboard, Picture, button
from bot.words import Phrase, phrase


def voice(*, is_youth: bool) -> str:
    """The part of a key that says how its reader is addressed."""
    return "youth" if is_youth else "staff"


def helped(keyboard: Keyboard, *, is_youth: bool) -> Keyboard:
    """The keyboard, with the way to help where a young person reads it."""
    return with_help(keyboard) if is_youth else keyboard


def invitation(event: Event, *, is_youth: bool, after: Phrase | None = None, around: Around = ALONE) -> Phrase:
    """The invitation itself, or the news; `after` is what stands below it, the question whether they come unless told
    otherwise. Nothing is asked below news."""
    to = voice(is_youth=is_youth)
    if after is None and event.takes_answers:
        after = question(event, is_youth=is_youth)
    body = telling.paragraphs(
        phrase("events.any.lines", lines=telling.facts(event, around)),
        phrase("events.any.written", text=event.details),
        telling.agenda(event),
        after,
        None if around.publicity is None else phrase("events.any.publicity", line=around.publicity),
    )
    return phrase(f"events.{to}.{'invitation' if event.takes_answers else 'tidings'}", title=event.title, body=body)


def question(event: Event, *, is_youth: bool) -> Phrase:
    """Whether they come, and until when they can say so."""
    to = voice(is_youth=is_youth)
    if event.reply_by is None:
        return phrase(f"events.{to}.will_you_come")
    return phrase(f"events.{to}.will_you_come_by", until=event.last_answer)


def answers(
    event: Event, given: Reply | None, *, is_youth: bool, around: Around = ALONE, below: Keyboard = ()
) -> Keyboard:
    """Yes, maybe, no, the one they gave ticked; below news, that they want no more of the kind. On a page the ways
    `below` as well."""
    row = answer_row(event.id, given) if event.takes_answers else mute_row(event)
    return helped((row, *ways(event, around), *below), is_youth=is_youth)


def ways(event: Event, around: Around = ALONE) -> Keyboard:
    """Below the answers: where it is on the map, where else it is held, and what was attached."""
    spot: Keyboard = ((button("events.any.button.map", ShowMap(event.id)),),) if telling.spot(event) else ()
    others: Keyboard = ((button("events.any.button.sessions", ShowSessions(event.id)),),) if event.is_session else ()
    return (*spot, *others, *around.files)


def answer_row(event_id: int, given: Reply | None) -> tuple[Button, ...]:
    """Yes, maybe, no; the one they gave is ticked."""
    return tuple(_reply_button(event_id, reply, ticked=reply is given) for reply in Reply)


def event_row(event_id: int, *, is_youth: bool) -> tuple[Button]:
    """The way back to the event, for whoever is invited to it or is of its audience."""
    return (button(f"events.{voice(is_youth=is_youth)}.button.to_event", ShowInvitation(event_id)),)


def mine_row(*, is_youth: bool) -> tuple[Button]:
    """The way to one's invitations."""
    return (button(f"events.{voice(is_youth=is_youth)}.button.mine", ShowMine()),)


def home_rows(*, is_youth: bool) -> Keyboard:
    """The ways on from one's own list: what else there is, for young people, and the menu."""
    menu = (button("people.any.button.menu", ShowMenu()),)
    return ((button("events.youth.button.open", ShowOpen(None, 0)),), menu) if is_youth else (menu,)


def _reply_button(event_id: int, reply: Reply, *, ticked: bool) -> Button:
    label = phrase(f"events.any.button.{reply.value}")
    action = Answer(event_id, reply)
    return button("events.any.button.ticked", action, answer=label) if ticked else Button(label, action)


def samples(files: Keyboard, *, is_youth: bool) -> Keyboard:
    """The answers and the files as they look on a copy that nobody is invited by."""
    row = tuple(button(f"events.any.button.{reply.value}", Sample()) for reply in Reply)
    return helped((row, *(tuple(Button(key.label, Sample()) for key in those) for those in files)), is_youth=is_youth)


def picture_of_sample(file_id: str, number: int) -> Picture:
    """The photo above such a copy: the answers are its first row, then come the files."""
    return Picture(file_id, number + 1)

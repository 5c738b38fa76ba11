"""What an event looks like: to those who are invited, and to the coordinator who writes and runs it."""

from collections.abc import Container
from datetime import datetime
from typing import Final

from bot.directory.rules import place_key
from bot.events.actions import (
    Answer,
    Ask,
    AskSend,
    Cancel,
    Discard,
    Open,
    Preview,
    Sample,
    SendToMe,
    ShowEvents,
    ShowMine,
    Stop,
)
from bot.events.drafts import Step
from bot.events.rules import OFF, Audience, Delivered, Event, Group, Replies, Reply, State
from bot.people.screens import with_help
from bot.turn import Button, Keyboard, Message, Turn, button
from bot.words import InLanguages, Language, Listing, Phrase, phrase

_SHORT: Final = 31
"""Letters of a title on a button, before the three dots."""


def voice(*, is_youth: bool) -> str:
    """The part of a key that says how its reader is addressed."""
    return "youth" if is_youth else "staff"


def helped(keyboard: Keyboard, *, is_youth: bool) -> Keyboard:
    """The keyboard, with the way to help where a young person reads it."""
    return with_help(keyboard) if is_youth else keyboard


def show(turn: Turn, page: Phrase, keyboard: Keyboard) -> None:
    """Rewrite the pressed message as this page; after a typed line, say it anew."""
    turn.said.append(Message(turn.person.id, page, keyboard, edits=turn.pressed, at_night=True))


# --- for those who are invited ----------------------------------------------------------------------------------


def invitation(event: Event, *, is_youth: bool, after: Phrase | None = None) -> Phrase:
    """The invitation itself; `after` is what stands below it, the question whether they come unless told otherwise."""
    to = voice(is_youth=is_youth)
    return phrase(
        f"events.{to}.invitation",
        title=event.title,
        when=event.starts_at,
        place=event.place,
        details=event.details,
        after=after or phrase(f"events.{to}.will_you_come"),
    )


def answers(event: Event, given: Reply | None, *, is_youth: bool) -> Keyboard:
    """Yes, maybe, no; the one they gave is ticked."""
    row = tuple(_reply_button(event.id, reply, ticked=reply is given) for reply in Reply)
    return helped((row,), is_youth=is_youth)


def invitation_keyboard(event: Event, given: Reply | None, *, is_youth: bool) -> Keyboard:
    """The answers with the way to the person's other invitations."""
    row = tuple(_reply_button(event.id, reply, ticked=reply is given) for reply in Reply)
    return helped((row, mine_row(is_youth=is_youth)), is_youth=is_youth)


def mine_row(*, is_youth: bool) -> tuple[Button]:
    """The way to one's invitations."""
    return (button(f"events.{voice(is_youth=is_youth)}.button.mine", ShowMine()),)


def _reply_button(event_id: int, reply: Reply, *, ticked: bool) -> Button:
    label = phrase(f"events.any.button.{reply.value}")
    action = Answer(event_id, reply)
    return button("events.any.button.ticked", action, answer=label) if ticked else Button(label, action)


def samples(*, is_youth: bool) -> Keyboard:
    """The answers as they look on a copy that nobody is invited by."""
    row = tuple(button(f"events.any.button.{reply.value}", Sample()) for reply in Reply)
    return helped((row,), is_youth=is_youth)


def speaks_to_youth(audience: Audience) -> bool:
    """Whether a preview shows the words for young people: wherever they are among the invited."""
    return Group.YOUTH in audience.groups


def short(title: InLanguages) -> InLanguages:
    """The title, cut so that it fits on a button."""
    return InLanguages({language: _cut(text) for language, text in title.texts.items()}, title.fallback)


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rstrip()}..."


# --- for the coordinator ----------------------------------------------------------------------------------------


def place_of(audience: Audience) -> Phrase:
    """Where the audience lives."""
    if audience.municipality is None:
        return phrase("events.staff.all_latvia")
    return phrase(place_key(audience.municipality))


def groups_of(audience: Audience) -> Phrase:
    """Which groups it is, in the order they are offered."""
    chosen = tuple(phrase(f"events.staff.group.{group.value}") for group in Group if group in audience.groups)
    return phrase("events.staff.groups", groups=Listing(chosen)) if chosen else phrase("events.staff.no_groups")


def people(count: int) -> Phrase:
    """So many people."""
    return phrase("events.staff.people", count=count)


def in_language(language: Language) -> Phrase:
    """ "In Latvian"."""
    return phrase(f"events.staff.in.{language.value}")


def written_in(first: Language, languages: Container[Language]) -> Phrase:
    """In which languages the text exists, and which one the others read."""
    found = tuple(language for language in Language if language in languages)
    if len(found) == len(Language):
        return phrase("events.staff.written_in_all")
    there = Listing(tuple(in_language(language) for language in found))
    return phrase("events.staff.written_in", languages=there, fallback=in_language(first))


def draft_page(event: Event, count: int) -> Phrase:
    """The whole draft: the text, who gets it and how many they are, and what those read who have no translation."""
    return phrase(
        "events.staff.draft",
        title=event.title,
        when=event.starts_at,
        place=event.place,
        details=event.details,
        texts=written_in(event.title.fallback, event.title.texts),
        groups=groups_of(event.audience),
        where=place_of(event.audience),
        people=people(count),
    )


def draft_keyboard(event_id: int) -> Keyboard:
    """Change anything, look at it as each language, send."""
    return (
        (_change(event_id, Step.TITLE), _change(event_id, Step.DETAILS)),
        (_change(event_id, Step.PLACE), _change(event_id, Step.WHEN)),
        (_change(event_id, Step.LANGUAGES), _change(event_id, Step.AUDIENCE)),
        tuple(previews(event_id)),
        (button("events.staff.button.send_to_me", SendToMe(event_id)),),
        (button("events.staff.button.send", AskSend(event_id)),),
        (button("events.staff.button.discard", Discard(event_id, sure=False)),),
    )


def previews(event_id: int) -> list[Button]:
    """A look at it as the readers of each language will see it."""
    return [button(f"events.staff.button.preview_{one.value}", Preview(event_id, one)) for one in Language]


def _change(event_id: int, step: Step) -> Button:
    return button(f"events.staff.button.change_{step.value}", Ask(event_id, step))


def event_page(event: Event, state: Phrase, delivered: Delivered, still_to_queue: int, replies: Replies) -> Phrase:
    """How far the sending is, and the answers so far."""
    return phrase(
        "events.staff.event",
        title=event.title,
        when=event.starts_at,
        place=event.place,
        groups=groups_of(event.audience),
        where=place_of(event.audience),
        state=state,
        sent=delivered.sent,
        waiting=delivered.waiting + delivered.in_flight + still_to_queue,
        unreachable=delivered.unreachable,
        yes=replies.yes,
        maybe=replies.maybe,
        no=replies.no,
        silent=replies.silent,
    )


def event_keyboard(event: Event, *, can_stop: bool, can_cancel: bool) -> Keyboard:
    """Look again; stop and cancel while there is something to stop and to cancel."""
    rows: list[tuple[Button, ...]] = [(button("events.staff.button.refresh", Open(event.id)),)]
    if can_stop:
        rows.append((button("events.staff.button.stop", Stop(event.id)),))
    if can_cancel:
        rows.append((button("events.staff.button.cancel", Cancel(event.id, sure=False)),))
    rows.append((button("events.staff.button.events", ShowEvents()),))
    return tuple(rows)


def line(event: Event, replies: Replies) -> Phrase:
    """One event in the coordinator's list."""
    if event.state in OFF:
        return phrase("events.staff.line_cancelled", title=event.title, when=event.starts_at)
    return phrase(
        "events.staff.line",
        title=event.title,
        when=event.starts_at,
        yes=replies.yes,
        maybe=replies.maybe,
        no=replies.no,
        invited=replies.invited,
    )


def state_line(event: Event, delivered: Delivered, still_to_queue: int, held_until: datetime | None) -> Phrase:
    """What is happening with it now, said as it is; `held_until` is the end of quiet hours while they last."""
    if event.state in OFF:
        return phrase("events.staff.state.cancelled")
    if event.state is State.STOPPED:
        if delivered.in_flight:
            return phrase("events.staff.state.stopped_in_flight", count=delivered.in_flight)
        return phrase("events.staff.state.stopped")
    if delivered.waiting + delivered.in_flight + still_to_queue == 0:
        return phrase("events.staff.state.done")
    if held_until is not None:
        return phrase("events.staff.state.held", until=held_until)
    return phrase("events.staff.state.going")

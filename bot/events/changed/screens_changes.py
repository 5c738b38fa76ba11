"""What is said of a change: to those it concerns, from what was to what is now, and to whoever makes it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.events import screens, telling
from bot.events.changed import changes
from bot.events.changed.actions_changes import AskChange, Change, ClearChange, DropChange, ReviewChange, TellChange
from bot.events.changed.changes import Difference, Part, Told, Value
from bot.events.event import Event, Reply
from bot.events.going_out.actions_sending import Open, ShowEvents
from bot.events.signup import screens_guests
from bot.events.signup.actions_guests import ShowInvitation
from bot.turn import Keyboard, Row, button
from bot.words import Fact, Language, Lines, Phrase, SaidIn, phrase

CLEARED: Final = frozenset({Part.ENDS, Part.PLACE, Part.LINK, Part.REPLY_BY, Part.NOTE})
"""What can be taken out."""

_OF_NEWS: Final = (Part.STARTS, Part.LINK, Part.TITLE, Part.DETAILS, Part.NOTE)


def offered(event: Event) -> Sequence[Part]:
    """What can be changed of it; news have no end, place or deadline."""
    return tuple(Part) if event.takes_answers else _OF_NEWS


# --- to those it concerns ---------------------------------------------------------------------------------------


def notice(event: Event, new: Difference, reply: Reply | None, *, is_youth: bool) -> tuple[Phrase, Keyboard]:
    """From what was to what is now, and what that means to somebody with that answer; `event` is as it is now."""
    to = screens_guests.voice(is_youth=is_youth)
    asks = changes.asks_again(new, event)
    said = phrase(
        f"events.{to}.{'corrected' if set(new) <= changes.WORDS else 'changed'}",
        title=event.title,
        changes=lines(new),
        after=phrase(f"events.{to}.{_after(reply, asks=asks)}") if event.takes_answers else "",
    )
    if asks:
        return said, screens_guests.answers(event, None, is_youth=is_youth)
    look = (button(f"events.{to}.button.see", ShowInvitation(event.id)),)
    return said, screens_guests.helped((look, screens_guests.mine_row(is_youth=is_youth)), is_youth=is_youth)


def _after(reply: Reply | None, *, asks: bool) -> str:
    if not asks:
        return "answer_stands" if reply is not None else "nothing_to_do"
    match reply:
        case Reply.YES:
            return "please_confirm"
        case Reply.NO:
            return "able_now"
        case _:
            return "come_then"


def lines(new: Difference) -> Lines:
    """Part by part, with an empty line between them."""
    return telling.paragraphs(*(_line(part, *new[part]) for part in Part if part in new))


def _line(part: Part, was: Value, now: Value) -> Phrase:
    if part in (Part.DETAILS, Part.NOTE):
        return phrase(f"events.any.changed.{part.value}", now=_said(now))
    if was is None:
        return phrase(f"events.any.changed.{part.value}_new", now=_said(now))
    return phrase(f"events.any.changed.{part.value}", was=_said(was), now=_said(now))


def _said(value: Value) -> Fact:
    return phrase("events.any.changed.none") if value is None else value


# --- to whoever makes it ----------------------------------------------------------------------------------------


def event_rows(event: Event, now: datetime) -> Keyboard:
    """The way to change it, while there is something to change."""
    return ((button("events.staff.button.change", Change(event.id)),),) if changes.may_change(event, now) else ()


def correction_row(event_id: int) -> Row:
    """A word to those whom an invitation reached that was stopped."""
    return (button("events.staff.button.correction", AskChange(event_id, Part.NOTE)),)


def page(event: Event, new: Told) -> Phrase:
    """What can be changed, and what is about to be."""
    pending = lines(changes.difference(event, new)) if new else phrase("events.staff.nothing_changed_yet")
    return phrase("events.staff.change", title=event.title, when=event.starts_at, pending=pending)


def page_keyboard(event: Event, new: Told) -> Keyboard:
    """Each part, then what comes of it."""
    parts = [button(f"events.staff.button.part_{one.value}", AskChange(event.id, one)) for one in offered(event)]
    rows: list[Row] = [tuple(parts[first : first + 2]) for first in range(0, len(parts), 2)]
    if new:
        rows.append((button("events.staff.button.review_change", ReviewChange(event.id)),))
        rows.append((button("events.staff.button.drop_change", DropChange(event.id)),))
    rows.append((button("events.any.button.back", Open(event.id)),))
    return tuple(rows)


def question(event: Event, part: Part, now: Value) -> Phrase:
    """What is to be typed, with what it is now."""
    return phrase(f"events.staff.ask_change.{part.value}", title=event.title, now=_said(now))


def question_keyboard(event: Event, part: Part, now: Value) -> Keyboard:
    """Take it out where that makes sense, or leave it."""
    back = (button("events.any.button.back", Change(event.id)),)
    if part in CLEARED and now is not None:
        return ((button("events.staff.button.clear_change", ClearChange(event.id, part)),), back)
    return (back,)


def languages(event: Event, part: Part) -> Keyboard:
    """In which of its languages the text changes."""
    rows: list[Row] = [
        (button(f"people.any.button.language_{one.value}", AskChange(event.id, part, one)),)
        for one in Language
        if one in event.title.texts
    ]
    return (*rows, (button("events.any.button.back", Change(event.id)),))


def review(event: Event, new: Told, language: Language, people: Fact, held: Phrase) -> Phrase:
    """Whom it goes to and when, and the notice as it is read in that language by somebody who said yes."""
    after = changes.applied(event, new)
    read = changes.read_in(changes.difference(event, new), language)
    shown: Fact = phrase("events.staff.nothing_for_readers")
    if read:
        is_youth = screens.speaks_to_youth(event.audience)
        shown = SaidIn(language, notice(after, read, Reply.YES, is_youth=is_youth)[0])
    return phrase(
        "events.staff.review_change",
        people=phrase("events.staff.change_goes_to", count=people),
        held=held,
        language=screens.in_language(language),
        notice=shown,
    )


def told_keyboard(event_id: int) -> Keyboard:
    """Back to it, and to the others."""
    return (
        (button("events.staff.button.open", Open(event_id)),),
        (button("events.staff.button.events", ShowEvents()),),
    )


def review_keyboard(event: Event, new: Told, *, hands_over: bool) -> Keyboard:
    """The other languages, the one press that tells it or hands it over, and back."""
    looks = tuple(button(f"events.staff.button.preview_{one.value}", ReviewChange(event.id, one)) for one in Language)
    name = "hand_change_over" if hands_over else "tell_change"
    tell = (button(f"events.staff.button.{name}", TellChange(event.id, changes.digest(event, new))),)
    return (looks, tell, (button("events.any.button.back", Change(event.id)),))

"""A change that waits for a second coordinator: as its author sees it, and as whoever looks at it does."""

from collections.abc import Sequence

from bot.events import telling
from bot.events.changed import changes
from bot.events.changed.actions_changes import Change
from bot.events.changed.actions_handed import LookAtChange, ReturnChange, TakeBackChange, TellHanded
from bot.events.changed.changes import Told
from bot.events.changed.store_handed import Handed
from bot.events.event import Event
from bot.events.going_out import screens_sending
from bot.events.going_out.actions_sending import Open
from bot.roles import Person
from bot.turn import Keyboard, Row, button
from bot.words import Fact, Language, Phrase, phrase


def rows(waiting: Sequence[Handed]) -> Keyboard:
    """On the event's page: what waits of it."""
    return tuple((button("events.staff.button.look_at_change", LookAtChange(one.id)),) for one in waiting)


# --- to its author ----------------------------------------------------------------------------------------------


def waits(event: Event, asked: Sequence[Person]) -> Phrase:
    """Who has been asked; nothing has changed yet."""
    if not asked:
        return phrase("events.staff.change_waits_for_nobody", title=event.title)
    return phrase("events.staff.change_waits", title=event.title, names=screens_sending.names(asked))


def waits_keyboard(handed: Handed) -> Keyboard:
    return (
        (button("events.staff.button.take_back_change", TakeBackChange(handed.id)),),
        to_event(handed.event_id),
    )


def nobody_to_ask(event: Event, above: int) -> tuple[Phrase, Keyboard]:
    """There is nobody but them; it stays as they wrote it."""
    back: Keyboard = ((button("events.any.button.back", Change(event.id)),),)
    return phrase("events.staff.change_nobody_to_ask", above=above), back


# --- to whoever looks at it -------------------------------------------------------------------------------------


def please(event: Event, author: str, people: Fact) -> Phrase:
    """What each of them is asked."""
    return phrase(
        "events.staff.look_at_change_please",
        title=event.title,
        when=telling.when(event),
        author=author,
        people=phrase("events.staff.change_goes_to", count=people),
    )


def look(event: Event, handed: Handed, author: str, review: Phrase, *, again: bool) -> Phrase:
    """Who wrote it, whom it goes to, and the notice itself."""
    return phrase(
        f"events.staff.look_at_change{'_again' if again else ''}",
        title=event.title,
        when=telling.when(event),
        author=author,
        at=handed.at,
        review=review,
    )


def look_keyboard(event: Event, handed: Handed, new: Told, *, has_author: bool) -> Keyboard:
    """The other languages, the one press that tells it, and what else can become of it."""
    looks = tuple(button(f"events.staff.button.preview_{one.value}", LookAtChange(handed.id, one)) for one in Language)
    tell = (button("events.staff.button.tell_handed", TellHanded(handed.id, changes.digest(event, new))),)
    return (looks, tell, *away(handed, has_author=has_author))


def away(handed: Handed, *, has_author: bool) -> Keyboard:
    """Back to its author, or nowhere, and to the event."""
    name = "return_change" if has_author else "drop_handed"
    return (
        (button(f"events.staff.button.{name}", ReturnChange(handed.id)),),
        to_event(handed.event_id),
    )


def to_event(event_id: int) -> Row:
    return (button("events.staff.button.open", Open(event_id)),)


def to_look(handed: Handed) -> Keyboard:
    """Back from the question what to write otherwise."""
    return ((button("events.any.button.back", LookAtChange(handed.id)),),)


def go_on(event: Event) -> Keyboard:
    """Its author writes it again."""
    return ((button("events.staff.button.go_on", Change(event.id)),),)

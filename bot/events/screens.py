"""What the coordinator sees who writes and runs an event."""

from collections.abc import Container, Sequence
from typing import Final

from bot.directory.rules import place_key, region_key
from bot.events import telling
from bot.events.audience import Audience, Group
from bot.events.event import OFF, Event, Replies
from bot.events.files import screens_files
from bot.events.going_out.actions_sending import AskSend, Preview
from bot.events.sessions.actions_series import EditSessions
from bot.events.telling import Around
from bot.events.whom.audience_choices import holds_youth, is_open
from bot.events.writing.actions_details import ShowMore
from bot.events.writing.actions_writing import Ask, Discard
from bot.events.writing.drafts import Step, questions
from bot.turn import Button, Keyboard, Message, Turn, button
from bot.typed import shortened
from bot.words import Fact, InLanguages, Language, Lines, Listing, Phrase, phrase

ON_A_BUTTON: Final = 34
"""Letters that a button shows on a narrow phone."""


def show(turn: Turn, page: Phrase, keyboard: Keyboard) -> None:
    """Rewrite the pressed message as this page; after a typed line, say it anew."""
    turn.said.append(Message(turn.person.id, page, keyboard, edits=turn.pressed, at_night=True))


def two_a_row(buttons: Sequence[Button]) -> Keyboard:
    """The buttons in two columns."""
    return tuple(tuple(buttons[index : index + 2]) for index in range(0, len(buttons), 2))


def speaks_to_youth(audience: Audience) -> bool:
    """Whether a preview shows the words for young people: wherever they are among the invited."""
    return holds_youth(audience)


def short(title: InLanguages, most: int = ON_A_BUTTON) -> InLanguages:
    """The title, cut so that it fits on a button."""
    return InLanguages({language: shortened(text, most) for language, text in title.texts.items()}, title.fallback)


def place_of(audience: Audience) -> Phrase:
    """Where the audience lives; members of networks and those who came before are asked wherever they are."""
    if audience.networks or audience.attended:
        return phrase("events.staff.anywhere")
    if audience.municipality is not None:
        return phrase(place_key(audience.municipality))
    return phrase("events.staff.all_latvia" if audience.region is None else region_key(audience.region))


def groups_of(audience: Audience) -> Phrase:
    """Which groups it is, in the order they are offered."""
    if is_open(audience):
        return phrase("events.staff.every_group")
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


def draft_page(event: Event, whom: Lines, people: Phrase, around: Around, along: Sequence[Phrase]) -> Phrase:
    """The whole draft: the text and who holds it, who gets it and how many they are, what those read who have no
    translation, and what goes along with it."""
    return phrase(
        "events.staff.draft",
        title=event.title,
        facts=telling.facts(event, around),
        details=event.details,
        texts=Lines((written_in(event.title.fallback, event.title.texts), *along)),
        whom=whom,
        people=people,
    )


def draft_keyboard(event: Event) -> Keyboard:
    """Change anything, look at it as each language, send."""
    event_id = event.id
    more = button("events.staff.button.more", ShowMore(event_id))
    return (
        *two_a_row([*(_change(event_id, step) for step in questions(event.kind) if step is not Step.PAGE), more]),
        *screens_files.draft_rows(event_id),
        *_sessions(event),
        (button("events.staff.button.preview", Preview(event_id)),),
        (button("events.staff.button.send", AskSend(event_id)),),
        (button("events.staff.button.discard", Discard(event_id, sure=False)),),
    )


def _sessions(event: Event) -> Keyboard:
    """News, what is held by video alone and what belongs to a cycle are in no several places."""
    if not event.takes_answers or not event.place or (event.series_id is not None and not event.is_session):
        return ()
    return ((button("events.staff.button.sessions", EditSessions(event.id)),),)


def _change(event_id: int, step: Step) -> Button:
    return button(f"events.staff.button.change_{step.value}", Ask(event_id, step))


def line(event: Event, replies: Replies, invited: Fact) -> Phrase:
    """One event in the coordinator's list; how many were invited as it may be told, as on the event's page."""
    if event.state in OFF:
        return phrase("events.staff.line_cancelled", title=event.title, when=event.starts_at)
    return phrase(
        "events.staff.line",
        title=event.title,
        when=event.starts_at,
        yes=replies.yes,
        maybe=replies.maybe,
        no=replies.no,
        invited=invited,
    )

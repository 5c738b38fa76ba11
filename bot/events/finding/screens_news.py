"""News: the row under an announcement, and the page on which staff choose what they get."""

from bot.events.event import Event, Kind
from bot.events.finding.actions_news import MuteNews, ToggleNews
from bot.events.finding.store_mutes import Mutable, subject
from bot.people.menu import ShowMenu
from bot.turn import Keyboard, Row, Turn, button
from bot.words import phrase

TOPICS = tuple(kind for kind in Kind if kind is not Kind.ANNOUNCEMENT)
"""Of what there can be news."""


def mute_row(event: Event) -> Row:
    """Under an announcement: no more of this kind."""
    return (button("events.any.button.mute_news", MuteNews(event.id)),)


def news(turn: Turn, muted: frozenset[str]) -> None:
    """Every kind with whether its news come; a press turns it over."""
    rows: Keyboard = tuple(_row(kind, wanted=subject(Mutable.NEWS, kind) not in muted) for kind in TOPICS)
    turn.replace("events.staff.news", keyboard=(*rows, (button("people.any.button.menu", ShowMenu()),)))


def _row(kind: Kind, *, wanted: bool) -> Row:
    key = "events.staff.button.news_on" if wanted else "events.staff.button.news_off"
    return (button(key, ToggleNews(kind, not wanted), kind=phrase(f"events.any.kind.{kind.value}")),)

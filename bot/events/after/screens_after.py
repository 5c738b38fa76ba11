"""What is seen after an event: the question to those who came, and the answers as those see them who run it."""

from typing import Final

from bot.events.after.actions_after import DrawResults, Rate, ShowResults
from bot.events.after.ratings import OF_THOSE_THERE, Rating
from bot.events.door.attendance import Attendance
from bot.events.event import Event
from bot.events.going_out.actions_sending import Open
from bot.events.signup.screens_guests import helped, voice
from bot.figures.suppression import Range, Table
from bot.turn import Button, Keyboard, Row, button
from bot.words import Lines, Phrase, phrase

DONE: Final = "events.any.button.ticked"


def question(event: Event, *, is_youth: bool) -> Phrase:
    """The one question."""
    return phrase(f"events.{voice(is_youth=is_youth)}.how_was_it", title=event.title)


def answers(event: Event, given: Rating | None, *, recorded: bool, is_youth: bool, more: Keyboard = ()) -> Keyboard:
    """One tap each; first "I was not there" where nobody noted who came. `more` are ways on below them."""
    offered = OF_THOSE_THERE if recorded else (Rating.ABSENT, *OF_THOSE_THERE)
    rows = tuple((_answer(event, one, ticked=one is given),) for one in offered)
    return helped((*rows, *more), is_youth=is_youth)


def _answer(event: Event, rating: Rating, *, ticked: bool) -> Button:
    label = phrase(f"events.any.button.rate_{rating.value}")
    action = Rate(event.id, rating)
    return button(DONE, action, answer=label) if ticked else button(label.key, action)


# --- for those who run it ---------------------------------------------------------------------------------------


def results_row(event_id: int) -> Row:
    """The way from an event's page to its results."""
    return (button("events.staff.button.results", ShowResults(event_id)),)


def results(event: Event, numbers: Attendance, missing: int | None, said: Table[Rating] | None, few: int) -> Phrase:
    """Who was there and what they said, never who said what."""
    return phrase(
        "events.staff.results",
        title=event.title,
        when=event.starts_at,
        there=there(numbers, missing),
        answers=phrase("events.staff.results_too_few", few=few) if said is None else _lines(said, few),
    )


def there(numbers: Attendance, missing: int | None) -> Phrase:
    """Who was there, in one line."""
    if not numbers.is_recorded and not numbers.unnamed:
        return phrase("events.staff.not_recorded", expected=numbers.expected)
    if missing is None:
        return phrase("events.staff.present", present=numbers.present)
    return phrase("events.staff.present_and_missing", present=numbers.present, missing=missing)


def _lines(said: Table[Rating], few: int) -> Phrase:
    lines = tuple(
        phrase("events.staff.answer_line", answer=rating_name(one), number=in_words(cell, few))
        for one, (cell,) in said.rows.items()
    )
    return phrase("events.any.lines", lines=Lines(lines))


def rating_name(rating: Rating) -> Phrase:
    return phrase(f"events.any.button.rate_{rating.value}")


def in_words(cell: Range, few: int) -> Phrase:
    """A count as it may be told."""
    if cell.is_few:
        return phrase("events.staff.count_few", few=few)
    return phrase("events.staff.count_between", low=cell.at_least, high=cell.at_most)


def results_keyboard(event_id: int, *, can_draw: bool) -> Keyboard:
    """The picture where there is something to draw."""
    rows: list[Row] = []
    if can_draw:
        rows.append((button("events.staff.button.draw_results", DrawResults(event_id)),))
    rows.append((button("events.staff.button.open", Open(event_id)),))
    return tuple(rows)

"""How many places an event has, as its coordinator sees and changes it."""

from bot.events import screens
from bot.events.audience import Group
from bot.events.details import PLACES
from bot.events.event import Event, Seat
from bot.events.going_out.actions_sending import Open
from bot.events.places.actions_seats import AskSeats, SetSeats, ShowSeats
from bot.events.places.places import Places
from bot.events.places.screens_seats import numbers_line
from bot.events.signup.signing import Numbers
from bot.turn import Keyboard, Row, Turn, button
from bot.words import Lines, Phrase, phrase


def show(turn: Turn, event: Event, numbers: Numbers, places: Places) -> None:
    """How the places stand, and the ways to make them more or fewer."""
    lines = [numbers_line(event.terms, numbers)]
    for group, most in sorted(event.terms.quotas.items()):
        lines.append(phrase("events.staff.quota", group=_group(group), most=most, taken=places.taken(group)))
    if places.over:
        lines.append(phrase("events.staff.over", count=places.over))
    ways: list[Row] = [(button("events.staff.button.change_seats", AskSeats(event.id, None)),)]
    if len(event.audience.groups) > 1 or event.terms.quotas:
        groups = sorted(event.audience.groups | set(event.terms.quotas))
        ways += [
            (button("events.staff.button.change_quota", AskSeats(event.id, one), group=_group(one)),) for one in groups
        ]
    screens.show(
        turn,
        phrase("events.staff.seats", title=event.title, lines=Lines(tuple(lines))),
        (*ways, (button("events.staff.button.open", Open(event.id)),)),
    )


def ask(turn: Turn, event: Event, group: Group | None, *, now: int | None, unreadable: bool = False) -> None:
    """The number, typed; or no limit at all."""
    question = phrase("events.staff.ask_seats")
    if group is not None:
        question = phrase("events.staff.ask_group_seats", group=_group(group))
    if unreadable:
        question = phrase("events.staff.seats_unreadable", most=PLACES)
    rows: list[Row] = []
    if now is not None:  # nobody has looked at what that would do: without the number it was, it is shown first
        rows.append((button("events.staff.button.no_limit", SetSeats(event.id, group, None, None)),))
    rows.append((button("events.any.button.back", ShowSeats(event.id)),))
    limit = phrase("events.staff.no_limit") if now is None else phrase("events.staff.limit", most=now)
    screens.show(turn, phrase("events.staff.seats_question", question=question, now=limit), tuple(rows))


def preview(
    turn: Turn,
    event: Event,
    group: Group | None,
    most: int | None,
    before: Places,
    after: Places,
    *,
    in_time: bool,
) -> None:
    """What the change would do, to be confirmed."""
    was = event.terms.capacity if group is None else event.terms.quotas.get(group)
    lines: list[Phrase] = []
    offered = sum(
        one.seat is Seat.OFFERED and before.claims[number].seat is Seat.WAITING for number, one in after.claims.items()
    )
    if offered:
        lines.append(phrase("events.staff.will_be_offered", count=offered))
    elif not in_time and any(before.has_room(one.group) for one in before.waiting):
        lines.append(phrase("events.staff.will_be_open"))
    if after.over:
        lines.append(phrase("events.staff.will_be_over", count=after.over))
    if not lines:
        lines.append(phrase("events.staff.nobody_concerned"))
    keyboard: Keyboard = (
        (button("events.staff.button.set_seats", SetSeats(event.id, group, most, was)),),
        (button("events.any.button.back", ShowSeats(event.id)),),
    )
    what = phrase("events.staff.all_seats") if group is None else phrase("events.staff.seats_of", group=_group(group))
    said = phrase(
        "events.staff.seats_preview",
        what=what,
        was=_limit(was),
        will=_limit(most),
        lines=Lines(tuple(lines)),
    )
    screens.show(turn, said, keyboard)


def _limit(most: int | None) -> Phrase:
    return phrase("events.staff.no_limit") if most is None else phrase("events.staff.limit", most=most)


def _group(group: Group) -> Phrase:
    return phrase(f"events.staff.group.{group.value}")

"""What those who sign up see of their place: that they have one, wait for one, or are offered one."""

from dataclasses import dataclass
from datetime import datetime

from bot.events.event import Event, Invitation, Reply, Seat, Terms
from bot.events.places.actions_seats import Part, ShowGuests, ShowSeats
from bot.events.signup.actions_guests import Answer, NoNeeds, ShowInvitation, SignUp, WantTravel
from bot.events.signup.screens_guests import answer_row, event_row, helped, mine_row, question, voice
from bot.events.signup.signing import Numbers, Said, Words, has_limits, lacks_permission
from bot.events.telling import when, where
from bot.turn import Button, Keyboard, button
from bot.words import Lines, Phrase, phrase


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands with the places of an event."""

    invitation: Invitation
    position: int
    """In the waiting list: theirs, or the one they would get."""
    room: bool
    """Whether there is a place for them this moment."""
    written_to: bool
    """Whether they may be written to when a place becomes free."""
    reminded: bool
    """Whether they will be reminded."""
    adult: int
    """The age from which no permission is wanted."""


# --- the page of one invitation -----------------------------------------------------------------------------------


def below(event: Event, standing: Standing, *, is_youth: bool) -> Phrase:
    """What stands below the invitation: how they stand with it."""
    to = voice(is_youth=is_youth)
    invitation = standing.invitation
    match invitation.seat, invitation.reply:
        case Seat.OFFERED, _:
            return phrase(f"events.{to}.is_offered", until=invitation.offer_until or event.starts_at)
        case Seat.WAITING, _ if standing.room:
            return phrase(f"events.{to}.is_open")
        case Seat.WAITING, _ if not standing.written_to:
            return phrase("events.youth.waits_unwritten", position=standing.position)
        case Seat.WAITING, _:
            return phrase(f"events.{to}.waits", position=standing.position)
        case Seat.HELD, _:
            return _has_place(event, standing, to)
        case _, None if not standing.room:
            return phrase(f"events.{to}.all_taken", position=standing.position)
        case _, None:
            return question(event, is_youth=is_youth)
        case _, reply:
            return phrase(f"events.{to}.said_{reply.value}")


def _has_place(event: Event, standing: Standing, to: str) -> Phrase:
    said = "has_place" if has_limits(event.terms) else "said_yes"
    lines = [phrase(f"events.{to}.{said}_reminded" if standing.reminded else f"events.{to}.{said}")]
    if lacks_permission(event.terms, standing.invitation):
        lines.append(phrase("events.youth.permission_wanted", adult=standing.adult))
    elif standing.invitation.under_age and event.terms.guardian:
        lines.append(phrase("events.youth.permission_noted"))
    return lines[0] if len(lines) == 1 else phrase("events.any.lines", lines=Lines(tuple(lines)))


def rows(event: Event, standing: Standing, *, is_youth: bool) -> Keyboard:
    """What they can do about their place."""
    to = voice(is_youth=is_youth)
    invitation = standing.invitation
    match invitation.seat:
        case Seat.OFFERED:
            return _offer_rows(event, to)
        case Seat.WAITING:
            leave = (button(f"events.{to}.button.leave_list", Answer(event.id, Reply.NO)),)
            return (_take(event, to), leave) if standing.room else (leave,)
        case Seat.HELD if has_limits(event.terms):
            return ((button(f"events.{to}.button.give_back", Answer(event.id, Reply.NO)),),)
        case _:
            return (answer_row(event.id, invitation.reply),)


def _take(event: Event, to: str) -> tuple[Button]:
    return (button(f"events.{to}.button.take_place", Answer(event.id, Reply.YES)),)


def _offer_rows(event: Event, to: str) -> Keyboard:
    return (_take(event, to), (button(f"events.{to}.button.decline", Answer(event.id, Reply.NO)),))


def ask_giving_back(event: Event, *, is_youth: bool) -> tuple[Phrase, Keyboard]:
    """Are they sure? A place is gone as soon as they are."""
    to = voice(is_youth=is_youth)
    kind = "give_back" if has_limits(event.terms) else "stay_away"
    rows: Keyboard = (
        (button(f"events.{to}.button.{kind}_sure", Answer(event.id, Reply.NO)),),
        (button(f"events.{to}.button.come_after_all", ShowInvitation(event.id)),),
    )
    return phrase(f"events.{to}.{kind}_sure", title=event.title, when=when(event)), helped(rows, is_youth=is_youth)


# --- what they are told by the clock --------------------------------------------------------------------------------


def offer(event: Event, until: datetime, *, is_youth: bool) -> tuple[Phrase, Keyboard]:
    """A place is kept for them."""
    to = voice(is_youth=is_youth)
    said = phrase(f"events.{to}.place_offered", title=event.title, when=when(event), until=until)
    return said, helped((*_offer_rows(event, to), event_row(event.id, is_youth=is_youth)), is_youth=is_youth)


def offer_lapsed(event: Event, *, is_youth: bool) -> tuple[Phrase, Keyboard]:
    """The place went on; the list is open to them still."""
    to = voice(is_youth=is_youth)
    again = SignUp(event.id, Said.NOTHING, Said.NOTHING, moves=False, waits=True)
    keyboard = ((button(f"events.{to}.button.join_again", again),), mine_row(is_youth=is_youth))
    return phrase(f"events.{to}.offer_lapsed", title=event.title), helped(keyboard, is_youth=is_youth)


def place_open(event: Event, *, is_youth: bool) -> tuple[Phrase, Keyboard]:
    """A place is free and goes to whoever presses first."""
    to = voice(is_youth=is_youth)
    said = phrase(f"events.{to}.place_open", title=event.title, when=when(event))
    return said, helped((_take(event, to), event_row(event.id, is_youth=is_youth)), is_youth=is_youth)


# --- what is asked on the way ---------------------------------------------------------------------------------------


def ages(terms: Terms) -> Phrase:
    """For whom it is by age."""
    match terms.minimum_age, terms.maximum_age:
        case int() as youngest, int() as oldest:
            return phrase("events.any.aged_between", youngest=youngest, oldest=oldest)
        case None, int() as oldest:
            return phrase("events.any.aged_to", oldest=oldest)
        case youngest, _:
            return phrase("events.any.aged_from", youngest=youngest or 0)


def ask_age(event: Event, words: Words, *, moves: bool) -> Keyboard:
    """Yes or no to being of that age."""
    yes = SignUp(event.id, Said.YES, words.adult, moves=moves, waits=False)
    no = SignUp(event.id, Said.NO, words.adult, moves=moves, waits=False)
    return ((button("events.youth.button.age_fits", yes), button("events.youth.button.age_other", no)),)


def ask_adult(event: Event, words: Words, adult: int, *, moves: bool) -> Keyboard:
    """Yes or no to being of age."""
    yes = SignUp(event.id, words.fits, Said.YES, moves=moves, waits=False)
    no = SignUp(event.id, words.fits, Said.NO, moves=moves, waits=False)
    return (
        (button("events.youth.button.is_adult", yes, adult=adult),),
        (button("events.youth.button.not_adult", no, adult=adult),),
    )


def ask_waiting(event: Event, words: Words, *, moves: bool, is_youth: bool) -> Keyboard:
    """Join the list, or not, or look at the event once more."""
    to = voice(is_youth=is_youth)
    join = SignUp(event.id, words.fits, words.adult, moves=moves, waits=True)
    return (
        (button(f"events.{to}.button.join_list", join),),
        (button(f"events.{to}.button.decline", Answer(event.id, Reply.NO)),),
        event_row(event.id, is_youth=is_youth),
    )


def ask_moving(event: Event, other: Event, words: Words, *, is_youth: bool) -> tuple[Phrase, Keyboard]:
    """They have a place in another session: which one shall it be?"""
    to = voice(is_youth=is_youth)
    move = SignUp(event.id, words.fits, words.adult, moves=True, waits=False)
    said = phrase(
        f"events.{to}.has_other_session",
        title=other.title,
        when=when(other),
        place=where(other),
        new_when=when(event),
        new_place=where(event),
    )
    keyboard = (
        (button(f"events.{to}.button.move_here", move),),
        (button(f"events.{to}.button.stay_there", ShowInvitation(other.id)),),
    )
    return said, helped(keyboard, is_youth=is_youth)


def ask_needs(event: Event, *, is_youth: bool) -> Keyboard:
    """Nothing is needed; or it is typed."""
    row = (button(f"events.{voice(is_youth=is_youth)}.button.no_needs", NoNeeds(event.id)),)
    return helped((row, event_row(event.id, is_youth=is_youth)), is_youth=is_youth)


def ask_travel(event: Event, *, is_youth: bool) -> Keyboard:
    """Help with the way, or none."""
    to = voice(is_youth=is_youth)
    keyboard = tuple(
        (button(f"events.{to}.button.travel_{answer}", WantTravel(event.id, wanted=answer == "yes")),)
        for answer in ("yes", "no")
    )
    return helped((*keyboard, event_row(event.id, is_youth=is_youth)), is_youth=is_youth)


# --- for whoever runs it --------------------------------------------------------------------------------------------


def with_confirmed(seats: Phrase, confirmed: int, coming: int) -> Phrase:
    """Below the places, how many of those who come have confirmed the new time or place."""
    told = phrase("events.staff.confirmed_again", confirmed=confirmed, coming=coming)
    return phrase("events.any.lines", lines=Lines((seats, told)))


def numbers_line(terms: Terms, numbers: Numbers) -> Phrase:
    """How the places stand, in one line of the event's page."""
    if not has_limits(terms):
        return phrase("events.staff.places_unlimited", held=numbers.held)
    key = "places_by_group" if terms.capacity is None else "places"
    free = max(0, (terms.capacity or 0) - numbers.held - numbers.offered)
    return phrase(
        f"events.staff.{key}",
        held=numbers.held,
        capacity=terms.capacity or 0,
        free=free,
        offered=numbers.offered,
        waiting=numbers.waiting,
    )


def event_rows(event: Event) -> Keyboard:
    """The ways from an event's page to its guests and its places."""
    guests = button("events.staff.button.guests", ShowGuests(event.id, Part.COMING, 0))
    return ((guests, button("events.staff.button.seats", ShowSeats(event.id))),) if event.takes_answers else ()

"""Signing up for an event: what is asked on the way to a place, the place itself, the waiting list, and giving it up.

Everything an answer needs stands in its button: nothing is kept of somebody who stops halfway.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from bot.events import screens, store
from bot.events.after import after_rows
from bot.events.event import Event, Invitation, Reply, Seat, Terms, Via
from bot.events.finding import fitting
from bot.events.places import places, screens_seats, seats, store_seats
from bot.events.places.actions_seats import NotePermission
from bot.events.rules import CalledOff, Started
from bot.events.sessions import store_series
from bot.events.signup import guests, screens_guests, signing, store_guests
from bot.events.signup.actions_guests import AgreeAndCome, ShowInvitation, SignUp, TellNeeds
from bot.events.signup.signing import Applicant, Words
from bot.events.whom import ages, store_audience
from bot.people import store as people
from bot.people.rules import Purpose
from bot.programme import store as programme
from bot.programme.keepers import mentor_of
from bot.turn import Keyboard, Turn, button
from bot.words import Phrase, phrase

NOTHING_SAID = Words()


@dataclass(frozen=True, slots=True)
class Wish:
    """That somebody comes, and what they have said on the way to it."""

    event: Event
    invitation: Invitation
    words: Words = NOTHING_SAID
    moves: bool = False
    waits: bool = False


async def invited_to(turn: Turn, event_id: int) -> tuple[Event, Invitation] | None:
    """The event with this person's invitation, or as one that they found by themselves; whose it is neither of hears
    the same as if there were no such event."""
    event = await store.event(turn.db, event_id)
    invitation = await store_guests.invitation(turn.db, event_id, turn.person.id)
    is_youth = turn.person.is_youth
    is_open = event is not None and event.takes_answers and fitting.can_be_found(event, turn.now, is_youth=is_youth)
    if event is not None and invitation is None and is_open:
        invitation = await _found(turn, event)
    if event is not None and invitation is None and event.is_session:
        invited, group = await store_series.invited_as(turn.db, event, turn.person.id)
        invitation = Invitation(None, group=group) if invited else None
    if event is None or invitation is None:
        await turn.forbidden()
        return None
    return event, invitation


async def _found(turn: Turn, event: Event) -> Invitation | None:
    """An invitation in name only, for somebody of the audience; ages and earlier attendance are asked at sign-up."""
    asked = store_audience.asking(replace(event, terms=Terms()), turn.now, turn.settings)
    guest = await store_audience.belongs(turn.db, asked, turn.person.id)
    return None if guest is None else Invitation(None, group=guest.group, via=Via.FOUND)


async def answer(turn: Turn, event: Event, invitation: Invitation, reply: Reply) -> None:
    """Take this answer to an invitation; below news there is nothing to answer."""
    if not event.takes_answers:
        await guests.show_invitation(turn, event, invitation)
        return
    if _too_late(turn, event, invitation, reply):
        return
    if reply is Reply.YES:
        await _come(turn, Wish(event, invitation))
    else:
        await _stay_away(turn, event, invitation, reply)


async def go_on(turn: Turn, event: Event, invitation: Invitation, action: SignUp) -> None:
    """They answered what was asked on the way."""
    if not event.takes_answers:
        await guests.show_invitation(turn, event, invitation)
    elif not _too_late(turn, event, invitation, Reply.YES):
        words = Words(action.fits, action.adult)
        await _come(turn, Wish(event, invitation, words, action.moves, action.waits))


def _too_late(turn: Turn, event: Event, invitation: Invitation, reply: Reply) -> bool:
    late = signing.closed(event, invitation, reply, turn.now)
    if late is not None:
        tell_late(turn, event, invitation, late)
    return late is not None


def tell_late(turn: Turn, event: Event, invitation: Invitation, late: signing.Late) -> None:
    """There is nothing left to answer; who is on the way still needs the ticket."""
    is_youth = turn.person.is_youth
    to = screens_guests.voice(is_youth=is_youth)
    rows = after_rows.rows_for_guest(event, invitation, turn.now, is_youth=is_youth)
    keyboard = screens_guests.helped((*rows, screens_guests.mine_row(is_youth=is_youth)), is_youth=is_youth)
    match late:
        case Started():
            turn.say(f"events.{to}.has_started", keyboard=keyboard)
        case CalledOff():
            turn.say(f"events.{to}.was_cancelled", keyboard=keyboard)
        case signing.Closed():
            turn.say(f"events.{to}.sign_up_closed", keyboard=keyboard, until=event.last_answer)
        case never:
            assert_never(never)


# --- no and maybe ---------------------------------------------------------------------------------------------------


async def _stay_away(turn: Turn, event: Event, invitation: Invitation, reply: Reply) -> None:
    """They do not come, or do not know yet; what they had of the places goes on to the next."""
    if invitation.seat is not None:
        await seats.release(turn, event.id, turn.person.id, reply)
        await turn.note("event.place_given_back", "event", event.id)
    elif _changes(event, invitation, reply):
        await _keep(turn, event, invitation, reply)
    said = _given_up(event, invitation, is_youth=turn.person.is_youth)
    now = replace(invitation, reply=reply, seat=None, answered_sequence=event.sequence)
    await guests.show_invitation(turn, event, now, said)


def _given_up(event: Event, invitation: Invitation, *, is_youth: bool) -> Phrase | None:
    """What has become of their place, where that has to be said."""
    to = screens_guests.voice(is_youth=is_youth)
    match invitation.seat:
        case Seat.HELD if signing.has_limits(event.terms):
            return phrase(f"events.{to}.gave_back")
        case Seat.OFFERED:
            return phrase(f"events.{to}.declined")
        case Seat.WAITING:
            return phrase(f"events.{to}.left_list")
        case _:
            return None


def _changes(event: Event, invitation: Invitation, reply: Reply) -> bool:
    """Whether it is another answer, or the same one to another time or place."""
    return invitation.reply is not reply or (invitation.answered_sequence or 0) != event.sequence


async def _keep(turn: Turn, event: Event, invitation: Invitation, reply: Reply) -> None:
    await store_guests.arrive(turn.db, event.id, turn.person.id, invitation.via, invitation.group)
    await store_guests.save_reply(turn.db, event, turn.person.id, reply, turn.now)
    await turn.note("event.answered", "event", event.id)


# --- yes ------------------------------------------------------------------------------------------------------------


async def _come(turn: Turn, wish: Wish) -> None:
    """Ask what is missing, one thing at a time; then the place, if there is one."""
    invitation = wish.invitation
    if turn.person.is_youth and not await people.agreed(turn.db, turn.person.id, Purpose.EVENTS):
        _ask_consent(turn, wish.event)
        return
    if invitation.seat is None:
        admission = signing.admit(
            wish.event.terms, await _applicant(turn, wish.event), wish.words, turn.settings.age_adult
        )
        if not isinstance(admission, signing.Welcome):
            _ask(turn, wish, admission)
            return
        invitation = replace(invitation, under_age=admission.under_age)
    others = await store_seats.other_sessions(turn.db, wish.event, turn.person.id)
    kept = [number for number, seat in others if seat in places.TAKEN]
    if kept and invitation.seat is not Seat.HELD and not wish.moves:
        await _ask_moving(turn, wish, kept[0])
        return
    await _take(turn, replace(wish, invitation=invitation), [number for number, _ in others])


def _ask_consent(turn: Turn, event: Event) -> None:
    """Nobody has a place whom we could not tell that the time has changed, or that it is called off."""
    agree = (button("events.youth.button.agree_and_come", AgreeAndCome(event.id)),)
    back = (button("events.any.button.back", ShowInvitation(event.id)),)
    turn.replace(
        "events.youth.may_we_write", keyboard=screens_guests.helped((agree, back), is_youth=True), title=event.title
    )


async def _applicant(turn: Turn, event: Event) -> Applicant:
    took_part = not event.terms.after or await store_seats.took_part(turn.db, turn.person.id, event.terms.after)
    if not turn.person.is_youth:
        return Applicant(is_youth=False, took_part=took_part)
    told = await store_seats.told_age(turn.db, turn.person.id)
    return Applicant(is_youth=True, ages=ages.span_of(told, turn.settings), took_part=took_part)


def _ask(turn: Turn, wish: Wish, admission: signing.Admission) -> None:
    """What has to be known first, or why they cannot come."""
    event, is_youth, adult = wish.event, turn.person.is_youth, turn.settings.age_adult
    to = screens_guests.voice(is_youth=is_youth)
    way_on: Keyboard = (screens_guests.mine_row(is_youth=is_youth),)
    match admission:
        case signing.OnlyAfter():
            page, keyboard = phrase(f"events.{to}.only_after", title=event.title), way_on
        case signing.NotTheirAge():
            ages_of = screens_seats.ages(event.terms)
            page, keyboard = phrase("events.youth.not_their_age", title=event.title, ages=ages_of), way_on
        case signing.AskAge():
            ages_of = screens_seats.ages(event.terms)
            page = phrase("events.youth.ask_age", title=event.title, ages=ages_of)
            keyboard = screens_seats.ask_age(event, wish.words, moves=wish.moves)
        case signing.AskAdult():
            page = phrase("events.youth.ask_adult", title=event.title, adult=adult)
            keyboard = screens_seats.ask_adult(event, wish.words, adult, moves=wish.moves)
        case signing.Welcome():
            return
        case never:
            assert_never(never)
    back = screens_guests.event_row(event.id, is_youth=is_youth)
    screens.show(turn, page, screens_guests.helped((*keyboard, back), is_youth=is_youth))


async def _ask_moving(turn: Turn, wish: Wish, other_id: int) -> None:
    other = await store.event(turn.db, other_id)
    if other is not None:
        page, keyboard = screens_seats.ask_moving(wish.event, other, wish.words, is_youth=turn.person.is_youth)
        screens.show(turn, page, keyboard)


async def _take(turn: Turn, wish: Wish, other_sessions: list[int]) -> None:
    """A place, or a turn in the waiting list for whoever wants one, or the question whether they do."""
    event, me, before = wish.event, turn.person.id, wish.invitation
    stood = await store_seats.places(turn.db, event, turn.now, of=me)
    moved = places.said_yes(stood, me, before.group)
    if wish.waits:
        moved = places.waits(moved, me, before.group, turn.now)
    if me not in moved.claims:
        await _ask_waiting(turn, wish, stood.position(me))
        return
    await store_guests.arrive(turn.db, event.id, me, before.via, before.group)
    changed = moved.claims[me] != stood.claims.get(me)
    if changed:
        await seats.move(turn, event, stood, moved, by=me)
        await store_seats.set_permission_wanted(turn.db, event.id, me, before.under_age)
    if changed or _changes(event, before, Reply.YES):
        await _keep(turn, event, before, Reply.YES)
    now = await store_guests.invitation(turn.db, event.id, me) or before
    if now.seat is Seat.HELD and before.seat is not Seat.HELD:
        for other in other_sessions:
            await seats.release(turn, other, me)
        await _tell_mentor(turn, event, now)
    await guests.show_invitation(turn, event, now)
    if now.seat is Seat.HELD and before.seat is not Seat.HELD and event.terms.asks_needs and now.needs is None:
        ask_needs(turn, event)


async def _ask_waiting(turn: Turn, wish: Wish, position: int) -> None:
    is_youth = turn.person.is_youth
    to = screens_guests.voice(is_youth=is_youth)
    keyboard = screens_seats.ask_waiting(wish.event, wish.words, moves=wish.moves, is_youth=is_youth)
    key = "full_keeps_other" if wish.moves else "full"
    page = phrase(f"events.{to}.{key}", title=wish.event.title, position=position)
    screens.show(turn, page, screens_guests.helped(keyboard, is_youth=is_youth))


def ask_needs(turn: Turn, event: Event) -> None:
    """What they need to be able to come: typed, or nothing."""
    is_youth = turn.person.is_youth
    keyboard = screens_seats.ask_needs(event, is_youth=is_youth)
    turn.say(f"events.{screens_guests.voice(is_youth=is_youth)}.ask_needs", keyboard=keyboard, most=signing.MOST_NEEDS)
    turn.expect(TellNeeds(event.id))


async def _tell_mentor(turn: Turn, event: Event, invitation: Invitation) -> None:
    """Whoever guides a minor is asked for the guardian's permission: they see the family, the organiser does not."""
    if not signing.lacks_permission(event.terms, invitation):
        return
    case = await programme.case_of_youth(turn.db, turn.person.id)
    mentor = None if case is None else await mentor_of(turn.db, case)
    if mentor is not None:
        noted = NotePermission(event.id, turn.person.id, given=True)
        turn.tell(
            mentor.id,
            phrase(
                "events.staff.permission_asked",
                code_name=turn.person.code_name,
                title=event.title,
                when=event.starts_at,
            ),
            keyboard=((button("events.staff.button.permission_noted", noted),),),
            about=turn.person.id,
            once=f"event:{event.id}:{turn.person.id}:permission",
        )

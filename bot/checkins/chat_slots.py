"""Finding a time together: the mentor offers up to three moments, the young person takes one, both get it as a file."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import assert_never

from bot.calendar import at_minute, in_minutes, typed_moment
from bot.calendar.files import Method
from bot.checkins import calendar_sending, rules, slots, store, store_slots
from bot.checkins.rules import CheckIn
from bot.checkins.screens import ChooseSlots, NoneSuits, OpenCheckIn, SendSlots, SlotDay, TakeSlot
from bot.checkins.slots import Both, Gone, MayTake, Offer, Settled
from bot.checkins.theirs import guided
from bot.people.own_clock import own_hours
from bot.programme import store as programme
from bot.programme.cards import shown
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.rules import Case
from bot.programme.screens import case_button, talk_row, with_plan_and_help
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.typed import visible
from bot.words import Lines, phrase

routes = Routes()


# --- the mentor chooses and sends -------------------------------------------------------------------------------


@routes.press(ChooseSlots)
async def choose(turn: Turn, action: ChooseSlots) -> None:
    if (found := await guided(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    if not rules.may_move(checkin):
        turn.replace("checkins.staff.no_time_needed", keyboard=turn.home, about=case.youth_id)
        return
    both = await _clocks(turn, case)
    await _show(turn, checkin, case, _still_good(turn, both, action.first, action.second, action.third))


async def _clocks(turn: Turn, case: Case) -> Both:
    return Both(await own_hours(turn, turn.person), await own_hours(turn, await youth_of(turn.db, case)))


def _still_good(turn: Turn, both: Both, *minutes: int | None) -> list[datetime]:
    """What a button carries, without what is forged, doubled or has gone by meanwhile; in the order of the clock."""
    moments = {at_minute(one) for one in minutes if one is not None}
    return sorted(at for at in moments if at is not None and slots.may_offer(at, turn.now, both))


async def _show(
    turn: Turn, checkin: CheckIn, case: Case, chosen: Sequence[datetime], remark: str = "checkins.staff.slots"
) -> None:
    """What is chosen so far; the days to choose from while there is room; and the way to send it."""
    youth = await youth_of(turn.db, case)
    lines = tuple(phrase("checkins.staff.line.slot", at=at) for at in chosen) or (phrase("checkins.staff.no_slots"),)
    rows: Keyboard = ()
    if len(chosen) < slots.MOST:
        packed = [in_minutes(at) for at in chosen]
        offered = slots.days(turn.now, await _clocks(turn, case))
        days = [button("checkins.staff.button.day", SlotDay(checkin.id, day, *packed), day=day) for day in offered]
        rows = tuple(tuple(days[at : at + 2]) for at in range(0, len(days), 2))
        turn.expect(_chosen(checkin, chosen))
    if chosen:
        rows = (
            (button("checkins.staff.button.send_slots", _to_send(checkin, chosen), number=len(chosen)),),
            (button("checkins.staff.button.slots_anew", ChooseSlots(checkin.id)),),
            *rows,
        )
    back = (button("checkins.staff.button.back", OpenCheckIn(checkin.id)),)
    turn.replace(
        remark,
        code_name=youth.code_name,
        lines=Lines(lines),
        most=slots.MOST,
        keyboard=(*rows, back),
        about=case.youth_id,
    )


def _chosen(checkin: CheckIn, moments: Sequence[datetime]) -> ChooseSlots:
    return ChooseSlots(checkin.id, *(in_minutes(at) for at in moments))


def _to_send(checkin: CheckIn, moments: Sequence[datetime]) -> SendSlots:
    return SendSlots(checkin.id, *(in_minutes(at) for at in moments))


@routes.press(SlotDay)
async def hours_of_day(turn: Turn, action: SlotDay) -> None:
    if (found := await guided(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    both = await _clocks(turn, case)
    chosen = _still_good(turn, both, action.first, action.second)
    free = [at for at in slots.hours_of(action.day, turn.now, both) if at not in chosen]
    hours = [
        button(
            "checkins.staff.button.slot_hour",
            _chosen(checkin, sorted((*chosen, at))),
            hour=at.astimezone(both.hours.zone).strftime("%H:%M"),
        )
        for at in free
    ]
    rows = tuple(tuple(hours[at : at + 3]) for at in range(0, len(hours), 3))
    back = (button("checkins.staff.button.back", _chosen(checkin, chosen)),)
    turn.replace("checkins.staff.slot_hours", day=action.day, keyboard=(*rows, back), about=case.youth_id)


@routes.text(ChooseSlots)
async def moment_typed(turn: Turn, action: ChooseSlots, text: str) -> None:
    """One more moment, as in "24.11. 14:30" by their own clock; what cannot be read or offered is asked for again, and
    nothing is lost."""
    if (found := await guided(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    both = await _clocks(turn, case)
    chosen = _still_good(turn, both, action.first, action.second)
    at = typed_moment(text, turn.now, both.hours.zone)
    if at is None or not slots.may_offer(at, turn.now, both):
        key = "checkins.staff.slot_unclear" if at is None else "checkins.staff.slot_not_good"
        await _show(turn, checkin, case, chosen, key)
        return
    await _show(turn, checkin, case, sorted({*chosen, at}))


@routes.press(SendSlots)
async def send(turn: Turn, action: SendSlots) -> None:
    """Both sides see the same moments; a moment that went by meanwhile is left out."""
    if (found := await guided(turn, action.checkin)) is None:
        await turn.forbidden()
        return
    checkin, case = found
    both = await _clocks(turn, case)
    moments = _still_good(turn, both, action.first, action.second, action.third)
    if not moments or not rules.may_move(checkin):
        await choose(turn, ChooseSlots(checkin.id))
        return
    if not await store_slots.stands(turn.db, checkin.id, moments):  # else pressed twice
        await _send(turn, checkin, case, moments)
    sent = Lines(tuple(phrase("checkins.staff.line.slot", at=at) for at in moments))
    keyboard = ((case_button(case.id),), *turn.home)
    turn.replace("checkins.staff.slots_sent", lines=sent, keyboard=keyboard, about=case.youth_id)


async def _send(turn: Turn, checkin: CheckIn, case: Case, moments: Sequence[datetime]) -> None:
    hours = await turn.hours()
    offer = await store_slots.make(turn.db, checkin.id, moments, turn.now, slots.tell_at(turn.now, hours))
    await turn.note("checkin.slots_offered", "checkin", checkin.id)
    turn.tell(
        case.youth_id,
        phrase("checkins.youth.slots", who=shown(turn.person)),
        keyboard=_to_choose(offer, dict(enumerate(moments))),
        expires_at=max(moments),
    )


def _to_choose(offer: int, moments: Mapping[int, datetime]) -> Keyboard:
    """The moments by their place in the offer, or none of them."""
    taking = (
        (button("checkins.youth.button.take_slot", TakeSlot(offer, which), at=at),) for which, at in moments.items()
    )
    return with_plan_and_help((*taking, (button("checkins.youth.button.none_suits", NoneSuits(offer)),)))


# --- the young person answers -----------------------------------------------------------------------------------


async def _offered(turn: Turn, offer_id: int) -> tuple[Offer, CheckIn, Case] | None:
    """The offer with its check-in and case, if it was made to this person and the case goes on."""
    offer = await store_slots.offer(turn.db, offer_id)
    checkin = await store.checkin(turn.db, offer.checkin_id) if offer is not None else None
    case = await programme.case(turn.db, checkin.case_id) if checkin is not None else None
    if offer is None or checkin is None or case is None or case.youth_id != turn.person.id or not case.is_open:
        return None
    return offer, checkin, case


@routes.press(TakeSlot)
async def take(turn: Turn, action: TakeSlot) -> None:
    if (found := await _offered(turn, action.offer)) is None:
        await turn.forbidden()
        return
    offer, checkin, case = found
    match slots.take(offer, action.which, checkin, turn.now):
        case MayTake(at) if await store_slots.answer(turn.db, offer, action.which, turn.now):
            await _agree(turn, checkin, case, at)
        case MayTake() | Settled(None):
            turn.replace("checkins.youth.slots_settled", keyboard=with_plan_and_help((talk_row(),)))
        case Settled(at):
            assert at is not None
            turn.replace("checkins.youth.slot_stands", at=at, keyboard=with_plan_and_help((talk_row(),)))
        case Gone():
            ahead = {which: at for which, at in enumerate(offer.moments) if at > turn.now and rules.may_move(checkin)}
            turn.replace("checkins.youth.slot_gone", keyboard=_to_choose(offer.id, ahead))
        case never:
            assert_never(never)


async def _agree(turn: Turn, checkin: CheckIn, case: Case, at: datetime) -> None:
    """The check-in stands at that moment, and both have it in writing."""
    if not await store.agree(turn.db, checkin, at, turn.now):
        raise AssertionError("nobody else changes a check-in within this transaction")
    await turn.note("checkin.agreed", "checkin", checkin.id)
    mentor = await mentor_of(turn.db, case)
    if mentor is not None:
        _tell(turn, mentor, case, "checkins.staff.slot_taken", at=at)
    turn.replace("checkins.youth.slot_taken", at=at, keyboard=with_plan_and_help())
    agreed = await store.checkin(turn.db, checkin.id)
    assert agreed is not None
    await calendar_sending.send(turn, agreed, case, Method.REQUEST, by=turn.person.id)


@routes.press(NoneSuits)
async def none_suits(turn: Turn, action: NoneSuits) -> None:
    """The mentor hears it at once; the young person may say what would suit."""
    if (found := await _offered(turn, action.offer)) is None:
        await turn.forbidden()
        return
    offer, checkin, case = found
    if not await store_slots.answer(turn.db, offer, None, turn.now):
        await take(turn, TakeSlot(offer.id, 0))
        return
    await turn.note("checkin.none_suits", "checkin", checkin.id)
    if (mentor := await mentor_of(turn.db, case)) is not None:
        _tell(turn, mentor, case, "checkins.staff.none_suits", checkin=checkin)
    turn.replace("checkins.youth.what_would_suit", most=slots.MOST_WISH, keyboard=with_plan_and_help())
    turn.expect(action)


@routes.text(NoneSuits)
async def wish_typed(turn: Turn, action: NoneSuits, text: str) -> None:
    if (found := await _offered(turn, action.offer)) is None:
        await turn.forbidden()
        return
    _, checkin, case = found
    wish = visible(text)
    if not 0 < len(wish) <= slots.MOST_WISH:
        turn.say("checkins.youth.wish_too_long", most=slots.MOST_WISH, keyboard=with_plan_and_help())
        turn.expect(action)
        return
    mentor = await mentor_of(turn.db, case)
    if mentor is None:
        turn.say("programme.youth.mentor_changes", keyboard=with_plan_and_help())
        return
    _tell(turn, mentor, case, "checkins.staff.wish", checkin=checkin, wish=wish)
    turn.say("checkins.youth.wish_passed_on", mentor=shown(mentor), keyboard=with_plan_and_help())


def _tell(
    turn: Turn, mentor: Person, case: Case, key: str, *, checkin: CheckIn | None = None, **facts: str | datetime
) -> None:
    """A notice to the mentor; where a new offer is the next step, with the way to it."""
    anew = () if checkin is None else ((button("checkins.staff.button.slots", ChooseSlots(checkin.id)),),)
    turn.tell(
        mentor.id,
        phrase(key, code_name=turn.person.code_name, **facts),
        keyboard=(*anew, (case_button(case.id),)),
        about=case.youth_id,
    )

"""Booking an hour with an expert, saying what it is about, giving it back; for the expert, taking it out."""

from typing import assert_never

from bot.events import store as events
from bot.partnerships import rules, screens_slots, slot_files, slots, store_slots
from bot.partnerships.actions import BookSlot, CallOff, GiveBack, NoteCame, SayAbout, ShowSlot, ShowSlots
from bot.partnerships.slots import Slot
from bot.people import store as people
from bot.routes import Routes
from bot.turn import Turn, button
from bot.typed import in_one_line
from bot.words import Fact, Lines, Phrase, phrase

routes = Routes()

MOST_SHOWN = 12


@routes.press(ShowSlots)
async def show_slots(turn: Turn, _: ShowSlots) -> None:
    mine = await store_slots.booked_by(turn.db, turn.person.id, turn.now)
    given = await store_slots.of_expert(turn.db, turn.person.id, turn.now)
    free = await store_slots.free_for(turn.db, turn.person.id, turn.now, MOST_SHOWN)
    lines = (
        *(screens_slots.line(one, phrase("partnerships.any.slot_mine")) for one in mine),
        *(screens_slots.line(one, _state(one)) for one in given),
        *(screens_slots.line(one, phrase("partnerships.any.slot_free")) for one in free),
    )
    keyboard = screens_slots.overview_keyboard(mine, given, free)
    if lines:
        turn.replace("partnerships.staff.slots", keyboard=keyboard, slots=Lines(lines))
    else:
        turn.replace("partnerships.staff.no_slots", keyboard=keyboard)


def _state(slot: Slot) -> Phrase:
    return phrase("partnerships.any.slot_given_booked" if slot.booked_by else "partnerships.any.slot_given")


@routes.press(ShowSlot)
async def show_slot(turn: Turn, action: ShowSlot) -> None:
    slot = await _seen(turn, action.expert_slot)
    if slot is not None:
        await _show(turn, slot)


async def _show(turn: Turn, slot: Slot, key: str | None = None) -> None:
    """The hour as whoever looks at it needs it."""
    described = await _described(turn, slot)
    if rules.runs(turn.person, slot):
        keyboard = screens_slots.expert_keyboard(slot, is_over=slot.ends_at <= turn.now)
        turn.replace(
            key or "partnerships.staff.slot_given", keyboard=keyboard, slot=described, booked=await _booking(turn, slot)
        )
    elif rules.booked(turn.person, slot):
        keyboard = screens_slots.booked_keyboard(slot) if slot.starts_at > turn.now else (screens_slots.back(),)
        turn.replace(key or "partnerships.staff.slot_mine", keyboard=keyboard, slot=described, wanted=slot.about or "–")
    else:
        turn.replace(key or "partnerships.staff.slot_free", keyboard=screens_slots.free_keyboard(slot), slot=described)


async def _described(turn: Turn, slot: Slot) -> Phrase:
    event = None if slot.event_id is None else await events.event(turn.db, slot.event_id)
    return screens_slots.described(slot, await _name(turn, slot.expert_id), None if event is None else event.title)


async def _name(turn: Turn, person_id: int) -> Fact:
    named = (await people.persons(turn.db, [person_id])).get(person_id)
    if named is None or named.name is None:
        return phrase("partnerships.any.somebody")
    return named.name


async def _booking(turn: Turn, slot: Slot) -> Phrase:
    """Who comes, and what they want to talk of."""
    if slot.booked_by is None:
        return phrase("partnerships.any.nobody_booked")
    return phrase("partnerships.any.booked", name=await _name(turn, slot.booked_by), wanted=slot.about or "–")


@routes.press(BookSlot)
async def book(turn: Turn, action: BookSlot) -> None:
    slot = await _seen(turn, action.expert_slot)
    if slot is None:
        return
    took_part = slot.event_id is None or await store_slots.took_part(turn.db, slot.event_id, turn.person.id)
    others = await store_slots.booked_by(turn.db, turn.person.id, turn.now)
    has_one = any(one.expert_id == slot.expert_id and one.subject == slot.subject for one in others)
    match slots.book(slot, turn.person.id, turn.now, took_part=took_part, has_one=has_one):
        case slots.Booked():
            await _book(turn, slot)
        case slots.Taken() if rules.booked(turn.person, slot):
            await _show(turn, slot)
        case slots.Taken():
            _sorry(turn, "slot_taken")
        case slots.TooLate():
            _sorry(turn, "slot_too_late")
        case slots.HasOneAlready():
            _sorry(turn, "slot_has_one")
        case slots.OwnHour() | slots.NotForThem():
            await turn.forbidden()
        case never:
            assert_never(never)


async def _book(turn: Turn, slot: Slot) -> None:
    next_at = slots.remind_at(slot, turn.now, await turn.hours())
    if not await store_slots.book(turn.db, slot, turn.person.id, next_at):
        _sorry(turn, "slot_taken")
        return
    await turn.note("expert_hour.booked", "expert_slot", slot.id)
    booked = await store_slots.slot(turn.db, slot.id)
    assert booked is not None  # it was booked a line ago
    turn.tell(
        slot.expert_id,
        phrase(
            "partnerships.staff.was_booked",
            when=slot.starts_at,
            subject=slot.subject,
            name=await _name(turn, turn.person.id),
        ),
        keyboard=((button("partnerships.any.button.look", ShowSlot(slot.id)),),),
        once=f"expert_slot:{slot.id}:{booked.sequence}:booked",
    )
    slot_files.bring(turn, booked, turn.person.id)
    await _show(turn, booked, "partnerships.staff.slot_booked")


def _sorry(turn: Turn, key: str) -> None:
    turn.replace(f"partnerships.staff.{key}", keyboard=(screens_slots.back(),))


# --- what it is about -------------------------------------------------------------------------------------------


@routes.press(SayAbout)
async def ask_about(turn: Turn, action: SayAbout) -> None:
    if await _booked(turn, action.expert_slot) is not None:
        turn.expect(action)
        turn.replace("partnerships.staff.ask_about", keyboard=(screens_slots.back(),), most=slots.LONGEST_ABOUT)


@routes.text(SayAbout)
async def about_typed(turn: Turn, action: SayAbout, text: str) -> None:
    slot = await _booked(turn, action.expert_slot)
    if slot is None:
        return
    about = in_one_line(text)
    if not about or len(about) > slots.LONGEST_ABOUT:
        turn.expect(action)
        turn.say("partnerships.staff.ask_about", keyboard=(screens_slots.back(),), most=slots.LONGEST_ABOUT)
        return
    await store_slots.set_about(turn.db, slot.id, turn.person.id, about)
    turn.tell(
        slot.expert_id,
        phrase("partnerships.staff.about_said", when=slot.starts_at, subject=slot.subject, wanted=about),
        keyboard=((button("partnerships.any.button.look", ShowSlot(slot.id)),),),
    )
    changed = await _booked(turn, slot.id)
    if changed is not None:
        await _show(turn, changed)


# --- giving it back, taking it out ------------------------------------------------------------------------------


def _ask_whether(turn: Turn, slot: Slot, what: str, sure: GiveBack | CallOff) -> None:
    """Do they mean it? `what` is the name that the words go by."""
    yes = (button(f"partnerships.staff.button.{what}_sure", sure),)
    back = (button("partnerships.any.button.back", ShowSlot(slot.id)),)
    turn.replace(f"partnerships.staff.{what}_ask", keyboard=(yes, back), when=slot.starts_at)


@routes.press(GiveBack)
async def give_back(turn: Turn, action: GiveBack) -> None:
    slot = await _booked(turn, action.expert_slot)
    if slot is None:
        return
    if slot.starts_at <= turn.now:
        _sorry(turn, "slot_too_late")
    elif not action.sure:
        _ask_whether(turn, slot, "give_back", GiveBack(slot.id, sure=True))
    elif await store_slots.give_back(turn.db, slot, turn.person.id):
        await turn.note("expert_hour.given_back", "expert_slot", slot.id)
        turn.tell(
            slot.expert_id,
            phrase("partnerships.staff.was_given_back", when=slot.starts_at, subject=slot.subject),
            once=f"expert_slot:{slot.id}:{slot.sequence}:given_back",
        )
        slot_files.take_back(turn, slot, turn.person.id)
        _sorry(turn, "given_back")


@routes.press(CallOff)
async def call_off(turn: Turn, action: CallOff) -> None:
    slot = await _given(turn, action.expert_slot)
    if slot is None:
        return
    if slot.starts_at <= turn.now:
        _sorry(turn, "slot_too_late")
    elif not action.sure:
        _ask_whether(turn, slot, "call_off", CallOff(slot.id, sure=True))
    elif await store_slots.call_off(turn.db, slot, turn.now):
        await turn.note("expert_hour.called_off", "expert_slot", slot.id)
        if slot.booked_by is not None:
            turn.tell(
                slot.booked_by,
                phrase("partnerships.staff.was_called_off", when=slot.starts_at, subject=slot.subject),
                keyboard=((button("partnerships.staff.button.to_slots", ShowSlots()),),),
                once=f"expert_slot:{slot.id}:called_off",
            )
            slot_files.take_back(turn, slot, slot.booked_by)
        _sorry(turn, "called_off")


@routes.press(NoteCame)
async def note_came(turn: Turn, action: NoteCame) -> None:
    slot = await _given(turn, action.expert_slot)
    if slot is None:
        return
    if slot.ends_at > turn.now or slot.booked_by is None:
        await _show(turn, slot)
        return
    await store_slots.note_came(turn.db, slot.id, came=action.came)
    await turn.note("expert_hour.held" if action.came else "expert_hour.not_held", "expert_slot", slot.id)
    _sorry(turn, "came_noted")


# --- whose it is ------------------------------------------------------------------------------------------------


async def _seen(turn: Turn, slot_id: int) -> Slot | None:
    """An hour that this person gives, has booked or could book; otherwise the one sentence for all others."""
    slot = await store_slots.slot(turn.db, slot_id)
    if slot is not None and slot.cancelled_at is None:
        if rules.runs(turn.person, slot) or rules.booked(turn.person, slot):
            return slot
        if slot.event_id is None or await store_slots.took_part(turn.db, slot.event_id, turn.person.id):
            if slot.booked_by is None and slot.starts_at > turn.now:
                return slot
            _sorry(turn, "slot_taken")
            return None
    await turn.forbidden()
    return None


async def _booked(turn: Turn, slot_id: int) -> Slot | None:
    slot = await store_slots.slot(turn.db, slot_id)
    if slot is None or not rules.booked(turn.person, slot):
        await turn.forbidden()
        return None
    return slot


async def _given(turn: Turn, slot_id: int) -> Slot | None:
    slot = await store_slots.slot(turn.db, slot_id)
    if slot is None or not rules.runs(turn.person, slot) or slot.cancelled_at is not None:
        await turn.forbidden()
        return None
    return slot

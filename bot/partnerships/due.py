"""What the clock does for partnerships: who has not answered is reminded, hours are thought of before and after."""

from typing import Final

from bot.calendar import Kind, add_working_days, allowed
from bot.partnerships import finding, matches, screens, screens_slots, store_matches, store_slots, store_wishes, wishes
from bot.partnerships.actions import ShowSlot, StillLooking
from bot.partnerships.matches import Match
from bot.partnerships.slots import Slot
from bot.partnerships.wishes import Wish
from bot.routes import Routes
from bot.turn import Tick, button
from bot.words import phrase

routes = Routes()

PAGE: Final = 50


@routes.at_tick(store_matches.DUE)
async def remind_of_matches(tick: Tick) -> bool:
    """Whoever has not answered is reminded once; as many working days later it ends."""
    return await tick.each(await store_matches.due(tick.db, tick.now, PAGE), _remind, PAGE)


async def _remind(tick: Tick, match: Match) -> None:
    if match.reminded_at is not None:
        if await store_matches.save(tick.db, match, matches.ended(match, tick.now)):
            await _tell_who_waited(tick, match)
        return
    due = add_working_days(tick.now, matches.ANSWER_WITHIN_DAYS, await tick.hours())
    if not await store_matches.save(tick.db, match, matches.reminded(match, tick.now, due)):
        return
    for wish_id in matches.silent(match):
        mine, other = await store_wishes.wish(tick.db, wish_id), await store_wishes.wish(tick.db, match.across(wish_id))
        if mine is not None and other is not None:
            tick.tell(
                mine.person_id,
                phrase("partnerships.staff.match_reminder", organization=other.organization or "–"),
                keyboard=screens.match_keyboard(match, mine.id),
                once=f"partner_match:{match.id}:{mine.id}:reminder",
            )


async def _tell_who_waited(tick: Tick, match: Match) -> None:
    """Who said yes hears that the other never answered."""
    for wish_id in (match.wish_id, match.other_id):
        if match.said_by(wish_id) is matches.Says.YES:
            mine = await store_wishes.wish(tick.db, wish_id)
            other = await store_wishes.wish(tick.db, match.across(wish_id))
            if mine is not None and other is not None:
                tick.tell(
                    mine.person_id,
                    phrase("partnerships.staff.never_answered", organization=other.organization or "–"),
                    once=f"partner_match:{match.id}:over",
                )


@routes.at_tick(store_wishes.DUE)
async def ask_whether_still_looking(tick: Tick) -> bool:
    """After a season somebody is asked; a fortnight without an answer closes it, and they are told."""
    return await tick.each(await store_wishes.due(tick.db, tick.now, PAGE), _ask_or_close, PAGE)


async def _ask_or_close(tick: Tick, wish: Wish) -> None:
    if wish.asked_at is not None:
        await finding.close(tick, wish)
        tick.tell(
            wish.person_id,
            phrase("partnerships.staff.wish_closed", wish=screens.described(wish)),
            once=f"partner_wish:{wish.id}:closed",
        )
    elif await store_wishes.move_on(tick.db, wish, tick.now + wishes.CLOSED_UNANSWERED_AFTER, tick.now):
        tick.tell(
            wish.person_id,
            phrase("partnerships.staff.still_looking", wish=screens.described(wish)),
            keyboard=((button("partnerships.staff.button.still", StillLooking(wish.id)),), screens.hub_row()),
            once=f"partner_wish:{wish.id}:{tick.now.date().isoformat()}:asked",
        )


@routes.at_tick(store_slots.DUE)
async def think_of_hours(tick: Tick) -> bool:
    """Both are reminded the day before; afterwards the expert is asked whether it took place."""
    return await tick.each(await store_slots.due(tick.db, tick.now, PAGE), _think_of, PAGE)


async def _think_of(tick: Tick, slot: Slot) -> None:
    if slot.booked_by is None or slot.cancelled_at is not None:
        await store_slots.move_on(tick.db, slot, None)
    elif tick.now < slot.starts_at:
        await _remind_both(tick, slot, slot.booked_by)
    else:
        await _ask_expert(tick, slot)


async def _remind_both(tick: Tick, slot: Slot, guest: int) -> None:
    if not await store_slots.move_on(tick.db, slot, slot.ends_at):
        return
    for person_id in (slot.expert_id, guest):
        tick.tell(
            person_id,
            phrase("partnerships.staff.hour_reminder", when=slot.starts_at, subject=slot.subject, place=slot.place),
            keyboard=((button("partnerships.any.button.look", ShowSlot(slot.id)),),),
            expires_at=slot.starts_at,
            once=f"expert_slot:{slot.id}:{slot.sequence}:{person_id}:reminder",
        )


async def _ask_expert(tick: Tick, slot: Slot) -> None:
    """Once it is over; not in the night."""
    asked = allowed(slot.ends_at, await tick.hours(), Kind.WORK).at
    if tick.now < asked:
        await store_slots.move_on(tick.db, slot, asked)
    elif await store_slots.move_on(tick.db, slot, None):
        tick.tell(
            slot.expert_id,
            phrase("partnerships.staff.did_it_happen", when=slot.starts_at, subject=slot.subject),
            keyboard=screens_slots.expert_keyboard(slot, is_over=True),
            once=f"expert_slot:{slot.id}:{slot.sequence}:over",
        )

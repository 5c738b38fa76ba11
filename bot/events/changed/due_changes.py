"""Tells those who were invited what has changed, page by page: from what each of them knows to what is so by now."""

from collections.abc import Sequence
from typing import Final

from bot.events import store
from bot.events.changed import changes, screens_changes, store_changes, store_reasons
from bot.events.changed.changes import Kind
from bot.events.changed.changes import State as Telling
from bot.events.changed.store_changes import Concerned
from bot.events.event import OFF, Event, Reply, State
from bot.events.sessions import cycles, screens_cycles, screens_sessions, store_cycle_notices, store_sessions
from bot.events.signup import screens_guests
from bot.people.rules import Purpose
from bot.routes import Routes
from bot.turn import Keyboard, Priority, Tick
from bot.words import Phrase, phrase

routes = Routes()


PAGE: Final = 250
"""People handed to delivery in one transaction: short enough that a stop or a press never waits for it."""


@routes.at_tick(store_changes.TELLING)
async def tell_of_change(tick: Tick) -> bool:
    """The next page of an event's people; a newer change overtakes this one, a cancellation ends it.

    What comes too late for somebody lapses in the outbox, and the author hears so (`lost`).
    """
    change = await store_changes.next_telling(tick.db)
    if change is None:
        return False
    event = await store.event(tick.db, change.event_id)
    if event is None or event.state in OFF:
        return await store_changes.move_cursor(tick.db, change, change.cursor, Telling.TOLD)
    page = await store_changes.page(tick.db, event.id, change.cursor, PAGE)
    reached = page[-1].person_id if page else change.cursor
    state = Telling.TOLD if len(page) < PAGE else Telling.TELLING
    if not await store_changes.move_cursor(tick.db, change, reached, state):
        return True
    if change.kind is Kind.CYCLE:
        await _tell_of_cycle(tick, event, change, page)
    else:
        await _tell(tick, event, change.sequence, page)
    return True


async def _tell(tick: Tick, event: Event, sequence: int, page: Sequence[Concerned]) -> None:
    """Each hears what is new to them; the same words are put together, and packed for the outbox, once."""
    told = await store_changes.told(tick.db, event.id)
    heard = await store_changes.heard(
        tick.db, event.id, [one.sequence for one in told], [one.person_id for one in page]
    )
    said: dict[tuple[object, ...], tuple[Phrase, Keyboard] | None] = {}
    for guest in page:
        known = changes.known_to(told, guest.since, heard.get(guest.person_id, 0))
        alike = (known, guest.language, guest.reply, guest.is_youth)
        if alike not in said:
            new = changes.read_in(changes.since(told, known, event), guest.language)
            concerned = changes.concerns(new, guest.reply, event)
            said[alike] = (
                screens_changes.notice(event, new, guest.reply, is_youth=guest.is_youth) if concerned else None
            )
        if (notice := said[alike]) is not None:
            tick.tell(
                guest.person_id,
                notice[0],
                keyboard=notice[1],
                priority=Priority.BROADCAST,
                expires_at=event.starts_at,
                consent=Purpose.EVENTS.value,
                once=f"event:{event.id}:{guest.person_id}:changed:{sequence}",
                batch=store_changes.batch_of(event.id, sequence),
            )


async def _tell_of_cycle(tick: Tick, event: Event, change: store_changes.Telling, page: Sequence[Concerned]) -> None:
    """Everybody who signed up for any event of it, once, however many of them that is: from the version they know."""
    cycle, version = int(change.new["series"]), int(change.new["version"])
    told = await store_cycle_notices.told(tick.db, event.id)
    heard = await store_cycle_notices.heard(
        tick.db, cycle, [int(new["version"]) for _, _, new in told], [one.person_id for one in page]
    )
    for guest in page:
        old = cycles.last_known(told, guest.since, heard.get(guest.person_id, 0))
        if guest.reply in (Reply.YES, Reply.MAYBE) and old is not None and cycles.differ(old, change.new):
            tick.tell(
                guest.person_id,
                screens_cycles.changed(old, change.new, is_youth=guest.is_youth),
                keyboard=screens_guests.helped(
                    (screens_guests.mine_row(is_youth=guest.is_youth),), is_youth=guest.is_youth
                ),
                priority=Priority.BROADCAST,
                consent=Purpose.EVENTS.value,
                once=f"cycle:{cycle}:{version}:{guest.person_id}",
                batch=store_cycle_notices.batch_of(cycle, version),
            )


@routes.at_tick(store.CANCELLING)
async def tell_of_cancellation(tick: Tick) -> bool:
    """The next page of those who were invited and did not say no, of one session among several those who signed up for
    it; an invitation still under way arrives first."""
    event = await store.next_in(tick.db, State.CANCELLING)
    if event is None:
        return False
    page = await store_changes.page(tick.db, event.id, event.cursor, PAGE)
    reached = page[-1].person_id if page else event.cursor
    state = State.CANCELLED if len(page) < PAGE else State.CANCELLING
    if not await store.move_cursor(tick.db, event, reached, state):
        return True
    said, once = await _of_cancellation(tick, event)
    one_of_several = bool(await store_sessions.others_ahead(tick.db, event, tick.now))
    spared = await store_sessions.with_a_session(tick.db, event, [one.person_id for one in page])
    for guest in page:
        signed_up = guest.reply in (Reply.YES, Reply.MAYBE)
        merely_invited = guest.reply is None and not one_of_several and guest.person_id not in spared
        if signed_up or merely_invited:
            what, keyboard = said[guest.is_youth]
            tick.tell(
                guest.person_id,
                what,
                keyboard=keyboard,
                priority=Priority.BROADCAST,
                expires_at=event.starts_at,
                consent=Purpose.EVENTS.value,
                once=once.format(person=guest.person_id),
            )
    return True


async def _of_cancellation(tick: Tick, event: Event) -> tuple[dict[bool, tuple[Phrase, Keyboard]], str]:
    """What is said, to young people and to staff, and the occasion: of a whole series each hears once."""
    others = await store_sessions.others_ahead(tick.db, event, tick.now)
    if event.is_session and not others:
        why = await store_sessions.reason(tick.db, event)
        said = {young: screens_sessions.all_called_off(event, why, is_youth=young) for young in (True, False)}
        return said, f"event:{await store_sessions.first(tick.db, event)}:{{person}}:all_cancelled"
    why = await store_reasons.told(tick.db, event.id)
    once = f"event:{event.id}:{{person}}:cancelled"
    if others:
        return {young: screens_sessions.called_off(event, others, why, is_youth=young) for young in (True, False)}, once
    return {young: _cancelled(event, why, is_youth=young) for young in (True, False)}, once


def _cancelled(event: Event, why: str | None, *, is_youth: bool) -> tuple[Phrase, Keyboard]:
    key = f"events.{screens_guests.voice(is_youth=is_youth)}.cancelled"
    told = phrase(key, title=event.title, when=event.starts_at)
    if why is not None:
        told = phrase(f"{key}_because", title=event.title, when=event.starts_at, reason=why)
    return told, screens_guests.helped((screens_guests.mine_row(is_youth=is_youth),), is_youth=is_youth)

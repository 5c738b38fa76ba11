"""The places in rows: whatever order of answers, give-backs, changes of capacity and time, they keep the same rules."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.events import store
from bot.events.audience import Group
from bot.events.event import Event, Invitation, Reply, Seat, Terms, Via
from bot.events.places import places, seats, store_seats
from bot.events.signup import store_guests
from bot.people import arrivals
from bot.people import store as people
from bot.roles import Role
from bot.turn import Tick
from bot.words import Language
from tests.chats.events_places import FAR, goes_out
from tests.chats.events_talk import OGRE, agree_to
from tests.town.town import Town

MOVES = 140
GUESTS = 7
SEED = 20260302


@pytest.mark.feature("I7", "S2.11")
async def test_whatever_happens_the_rows_keep_the_rules_and_everybody_is_told_of_their_offer(town: Town) -> None:
    await town.staff("kaspars", Role.COORDINATOR, OGRE)
    number = await goes_out(town, Terms(capacity=2), quietly=True)
    guests = await some(town)
    chance, now, told = random.Random(SEED), town.clock.now(), 0
    async with town.open_database() as database, database.write() as db:
        for _ in range(MOVES):
            now += timedelta(minutes=chance.choice((0, 5, 150))) if now < FAR else timedelta(0)
            tick = Tick(now, db, town.settings.zone, settings=town.settings)
            event = await store.event(db, number)
            assert event is not None
            before = await store_seats.places(db, event, now, of=None)
            await moves(tick, event, chance, chance.choice(guests))
            told += await holds(tick, number, before)
    assert told > 5


async def moves(tick: Tick, event: Event, chance: random.Random, guest: int) -> None:
    """One thing that somebody does, or that the clock does."""
    match chance.choice(("yes", "yes", "yes", "no", "clock", "resize")):
        case "yes":
            await store_guests.arrive(tick.db, event.id, guest, Via.FOUND, Group.YOUTH)
            stood = await store_seats.places(tick.db, event, tick.now, of=guest)
            moved = places.waits(places.said_yes(stood, guest, Group.YOUTH), guest, Group.YOUTH, tick.now)
            await seats.move(tick, event, stood, moved, by=guest)
            await store_guests.save_reply(tick.db, event, guest, Reply.YES, tick.now)
        case "no":
            await seats.release(tick, event.id, guest, Reply.NO)
        case "clock":
            await seats.settle(tick, event.id)
        case "resize":
            terms = replace(event.terms, capacity=chance.randint(0, 4), quotas={Group.YOUTH: chance.randint(1, 4)})
            stood = await store_seats.places(tick.db, event, tick.now)
            await store_seats.set_terms(tick.db, event, terms)
            now = replace(event, terms=terms)
            await seats.move(tick, now, stood, places.resized(stood, terms.capacity, terms.quotas))


async def holds(tick: Tick, number: int, before: places.Places) -> int:
    """The rules, read from the rows alone; how many offers were made, each told to whom it was made."""
    event = await store.event(tick.db, number)
    assert event is not None
    now = await store_seats.places(tick.db, event, tick.now)
    same_size = (before.capacity, before.quotas) == (now.capacity, now.quotas)
    assert not same_size or now.over <= before.over
    if await seats.offer_until(tick, event) is not None and tick.now < event.starts_at:
        assert places.open_to(now) == ()
    for one in now.waiting:
        as_seen = await store_seats.look(
            tick.db, event, one.person, Invitation(Reply.YES, one.seat, one.group, queued_at=one.since)
        )
        assert as_seen == (now.position(one.person), now.has_room(one.group))
    offered = [
        change.person
        for change in places.changes(before, now)
        if change.after is not None and change.after.seat is Seat.OFFERED
    ]
    assert set(offered) <= {message.to for message in tick.said if message.phrase.key.endswith("place_offered")}
    return len(offered)


async def some(town: Town) -> list[int]:
    """People with no phone in this town: nothing is said to them here."""
    found, now = [], town.clock.now()
    async with town.open_database() as database, database.write() as db:
        for number in range(GUESTS):
            known = await arrivals.known(db, 9_000 + number, "lv", frozenset(), now)
            await people.set_municipality(db, known.person.id, OGRE)
            await agree_to(db, known.person.id, Language.LV, town)
            found.append(known.person.id)
    return found

"""Signing up: by an invitation or found, what is asked on the way, minors, needs, sessions of a series, and races."""

import asyncio
from datetime import datetime

import pytest

from bot.events import store
from bot.events.event import Reply, Seat, Terms, Via
from bot.events.places import places, seats, store_seats
from bot.events.signup import store_guests
from bot.programme import store as programme
from bot.programme.rules import Contact, Stage
from bot.roles import Role
from bot.storage.database import Database
from bot.turn import Tick
from tests.chats.events_places import FAR, come, friends, goes_out, hours, sessions, took_part
from tests.chats.events_places import seats as seats_of
from tests.chats.events_sent import is_invited
from tests.chats.events_talk import CESIS, OGRE, facts_in
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


# --- found by oneself, and who it is for ------------------------------------------------------------------------


@pytest.mark.feature("I6")
async def test_an_open_event_takes_whoever_of_its_audience_finds_it_and_nobody_else(
    town: Town, kaspars: Inhabitant
) -> None:
    (anna,) = await friends(town, "anna")
    (emma,) = await friends(town, "emma", municipality=CESIS)
    event = await goes_out(town, Terms(capacity=5), listed=True, quietly=True)
    await anna.forges(f"events.answer:{event}:yes")
    anna.sees("events.youth.has_place")
    await emma.forges(f"events.answer:{event}:yes")
    emma.reads_rest()
    assert await seats_of(town, event) == {"anna": "held"}
    (row,) = await town.rows("SELECT via, audience_group, invited_at FROM invitations")
    assert tuple(row) == (Via.FOUND, "youth", None)
    hidden = await goes_out(town, Terms(), quietly=True)
    await anna.forges(f"events.answer:{hidden}:yes")
    anna.sees("people.youth.not_available")
    assert await seats_of(town, hidden) == {}


@pytest.mark.feature("I14")
async def test_an_age_nobody_told_is_asked_and_not_kept(town: Town, kaspars: Inhabitant) -> None:
    anna, danylo = await friends(town, "anna", "danylo")
    event = await goes_out(town, Terms(minimum_age=16, maximum_age=25), listed=True, quietly=True)
    for one in (anna, danylo):
        await one.forges(f"events.answer:{event}:yes")
        one.sees("events.youth.ask_age")
    await anna.taps("events.youth.button.age_fits")
    anna.sees("events.youth.said_yes")
    await danylo.taps("events.youth.button.age_other")
    danylo.sees("events.youth.not_their_age")
    assert await seats_of(town, event) == {"anna": "held"}
    assert await town.rows("SELECT under_age, needs FROM invitations") == [(None, None)]
    assert await town.rows("SELECT id FROM screenings") == []


@pytest.mark.feature("S2.12")
async def test_what_follows_another_event_takes_only_those_who_were_there(town: Town, kaspars: Inhabitant) -> None:
    anna, danylo = await friends(town, "anna", "danylo")
    first = await goes_out(town, Terms(), starts_at=town.later(hours=-200), quietly=True)
    await took_part(town, first, "anna")
    event = await goes_out(town, Terms(after=(first,)), listed=True, quietly=True)
    for one in (anna, danylo):
        await one.forges(f"events.answer:{event}:yes")
    anna.sees("events.youth.said_yes")
    danylo.reads_rest()
    assert await seats_of(town, event) == {"anna": "held"}


@pytest.mark.feature("I6")
async def test_after_the_deadline_nobody_signs_up_but_a_place_can_still_be_given_back(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo = await friends(town, "anna", "danylo")
    event = await goes_out(town, Terms(capacity=5), reply_by=FAR - hours(48))
    await come(anna)
    await town.move_to(FAR - hours(47))
    for one in (anna, danylo):
        one.reads_rest()
    await danylo.taps("events.any.button.yes")
    danylo.sees("events.youth.sign_up_closed")
    await anna.taps("events.youth.button.give_back")
    anna.sees("events.youth.gave_back")
    assert await seats_of(town, event) == {"anna": None, "danylo": None}
    kaspars.reads_rest()


# --- minors -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("I14")
async def test_a_minors_mentor_is_asked_for_the_permission_and_notes_it_in_one_tap(
    town: Town, kaspars: Inhabitant
) -> None:
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    (anna,) = await friends(town, "anna")
    await is_guided(town, "anna", "marta", "15_17")
    event = await goes_out(town, Terms(capacity=5, guardian=True))
    anna.reads_rest()
    await anna.taps("events.any.button.yes")
    assert anna.words("events.youth.permission_wanted", adult=18) in anna.sees("events.youth.has_place").text
    marta.sees("events.staff.permission_asked")
    await kaspars.forges(f"events.guests:{event}:permission:0")
    kaspars.sees("events.staff.guest_unpermitted")
    await marta.taps("events.staff.button.permission_noted")
    marta.sees("events.staff.permission_is_noted")
    (row,) = await town.rows("SELECT under_age, guardian_at FROM invitations")
    assert row.under_age
    assert row.guardian_at is not None
    await kaspars.forges(f"events.guests:{event}:coming:0")
    kaspars.sees("events.staff.guest_permitted")
    await marta.taps("events.staff.button.undo")
    marta.sees("events.staff.permission_is_not_noted")


@pytest.mark.feature("I14")
async def test_who_never_told_an_age_is_asked_whether_they_are_of_age_and_the_coordinator_notes_the_permission(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo = await friends(town, "anna", "danylo")
    event = await goes_out(town, Terms(guardian=True))
    anna.reads_rest()
    await anna.taps("events.any.button.yes")
    anna.sees("events.youth.ask_adult")
    await anna.taps("events.youth.button.not_adult")
    anna.sees("events.youth.permission_wanted")
    danylo.reads_rest()
    await danylo.taps("events.any.button.yes")
    await danylo.taps("events.youth.button.is_adult")
    danylo.sees("events.youth.said_yes")
    await kaspars.forges(f"events.guests:{event}:permission:0")
    kaspars.sees("events.staff.guest_unpermitted")
    await kaspars.taps("events.staff.button.permission_of")
    kaspars.sees("events.staff.permission_is_noted")
    await kaspars.taps("events.staff.button.part_back")
    kaspars.sees("events.staff.no_guests")


async def test_the_coordinator_of_another_place_sees_no_guests(town: Town, kaspars: Inhabitant) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, CESIS)
    await friends(town, "anna")
    event = await goes_out(town, Terms(), quietly=True)
    for data in (f"events.guests:{event}:coming:0", f"events.shown_needs:{event}:0", f"events.seats:{event}"):
        await dace.forges(data)
        dace.sees("people.staff.not_available")


async def test_a_guest_of_another_municipality_is_counted_and_not_named(town: Town, kaspars: Inhabitant) -> None:
    await friends(town, "anna")
    await friends(town, "emma", municipality=CESIS)
    event = await goes_out(town, Terms(), quietly=True)
    for name in ("anna", "emma"):
        await is_invited(town, event, name, Reply.YES)
    await kaspars.forges(f"events.guests:{event}:coming:0")
    page = kaspars.sees("events.staff.guests").text
    assert (await town.person("anna")).code_name in page
    assert (await town.person("emma")).code_name not in page
    assert kaspars.words("events.staff.guest_elsewhere") in page


# --- needs and travel -------------------------------------------------------------------------------------------


@pytest.mark.feature("I14")
async def test_needs_are_asked_after_the_yes_and_shown_without_who_it_was(town: Town, kaspars: Inhabitant) -> None:
    anna, danylo = await friends(town, "anna", "danylo")
    event = await goes_out(town, Terms(capacity=5, asks_needs=True))
    for one in (anna, danylo):
        one.reads_rest()
        await one.taps("events.any.button.yes")
        one.sees("events.youth.ask_needs")
    await anna.says("x" * 301)
    anna.sees("events.youth.needs_too_long")
    await anna.says("Ratiņkrēslam vajag uzbrauktuvi.")
    anna.sees("events.youth.ask_travel")
    await anna.taps("events.youth.button.travel_yes")
    anna.sees("events.youth.travel_wanted")
    await danylo.taps("events.youth.button.no_needs")
    await danylo.taps("events.youth.button.travel_no")
    danylo.sees("events.youth.travel_not_wanted")
    await kaspars.forges(f"events.guests:{event}:coming:0")
    guests = kaspars.sees("events.staff.guests")
    assert "uzbrauktuvi" not in guests.text
    await kaspars.taps("events.staff.button.needs")
    page = kaspars.sees("events.staff.needs")
    assert "uzbrauktuvi" in page.text
    assert (await town.person("anna")).code_name not in page.text
    assert facts_in(page, "events.staff.needs", kaspars)["travel"] == "1"


# --- one place in a series --------------------------------------------------------------------------------------


@pytest.mark.feature("S3.10")
async def test_who_moves_to_another_session_gives_the_first_back_and_never_has_two(
    town: Town, kaspars: Inhabitant
) -> None:
    (anna,) = await friends(town, "anna")
    series = await sessions(town)
    first = await goes_out(town, Terms(capacity=5), series_id=series, listed=True, quietly=True)
    second = await goes_out(town, Terms(capacity=5), series_id=series, listed=True, quietly=True)
    await anna.forges(f"events.answer:{first}:yes")
    anna.sees("events.youth.has_place")
    await anna.forges(f"events.answer:{second}:yes")
    anna.sees("events.youth.has_other_session")
    assert await seats_of(town, second) == {}
    await anna.taps("events.youth.button.move_here")
    anna.sees("events.youth.has_place")
    assert await seats_of(town, first) == {"anna": None}
    assert await seats_of(town, second) == {"anna": "held"}


@pytest.mark.feature("S3.10")
async def test_who_waits_for_another_session_keeps_their_place_until_they_take_the_new_one(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, emma = await friends(town, "anna", "emma")
    series = await sessions(town)
    first = await goes_out(town, Terms(capacity=1), series_id=series, listed=True, quietly=True)
    full = await goes_out(town, Terms(capacity=1), series_id=series, listed=True, quietly=True)
    await anna.forges(f"events.answer:{first}:yes")
    await emma.forges(f"events.answer:{full}:yes")
    await anna.forges(f"events.answer:{full}:yes")
    await anna.taps("events.youth.button.move_here")
    anna.sees("events.youth.full_keeps_other")
    await anna.taps("events.youth.button.join_list")
    anna.sees("events.youth.waits")
    assert await seats_of(town, first) == {"anna": "held"}
    await emma.taps("events.youth.button.give_back")
    emma.reads_rest()
    anna.sees("events.youth.place_offered")
    await anna.taps("events.youth.button.take_place")
    anna.sees("events.youth.has_other_session")
    await anna.taps("events.youth.button.move_here")
    anna.sees("events.youth.has_place")
    assert await seats_of(town, first) == {"anna": None}
    assert await seats_of(town, full) == {"anna": "held", "emma": None}


# --- at the same moment -----------------------------------------------------------------------------------------


@pytest.mark.feature("I7", "S2.11")
async def test_two_who_press_in_the_same_moment_do_not_both_get_the_last_place(town: Town, kaspars: Inhabitant) -> None:
    anna, danylo = await friends(town, "anna", "danylo")
    event = await goes_out(town, Terms(capacity=1))
    for one in (anna, danylo):
        one.reads_rest()
        message, (_, data) = one.find_button("events.any.button.yes")
        await one.phone.press(message.id, data)
    await town.tick()
    anna.sees("events.youth.has_place")
    danylo.sees("events.youth.full")
    assert await seats_of(town, event) == {"anna": "held", "danylo": None}


@pytest.mark.feature("I7", "S2.11")
async def test_several_processes_never_give_more_places_than_there_are(town: Town, kaspars: Inhabitant) -> None:
    """Each with its own connection and transaction, all at once; who finds the last place taken waits."""
    everybody = await friends(town, "anna", "danylo", "emma")
    event_id = await goes_out(town, Terms(capacity=2))
    numbers = [(await town.person(one.name)).id for one in everybody]
    for one in everybody:
        one.reads_rest()
    await town.database.close()
    await asyncio.gather(*(takes_or_waits(town, event_id, number) for number in numbers))
    held = sorted(seat or "" for seat in (await seats_of(town, event_id)).values())
    assert held == ["held", "held", "waiting"]


async def takes_or_waits(town: Town, event_id: int, person: int) -> None:
    """What a press does with the rows, as a process of its own: with its own connection, which knows of no other."""
    database = Database(town.settings.database_url)
    async with database.write() as db:
        event = await store.event(db, event_id)
        assert event is not None
        tick = Tick(town.clock.now(), db, town.settings.zone, settings=town.settings)
        stood = await store_seats.places(db, event, tick.now, of=person)
        await asyncio.sleep(0.01)  # the others are let in between the look and the change
        moved = places.waits(places.said_yes(stood, person, None), person, None, tick.now)
        await seats.move(tick, event, stood, moved, by=person)
        await store_guests.save_reply(db, event, person, Reply.YES, tick.now)
    await database.close()


async def test_a_seat_that_changed_meanwhile_is_not_overwritten(town: Town, kaspars: Inhabitant) -> None:
    (anna,) = await friends(town, "anna")
    event_id = await goes_out(town, Terms(capacity=1))
    await come(anna)
    person = (await town.person("anna")).id
    async with town.open_database() as database, database.write() as db:
        taken = places.Changed(person, None, places.Claim(person, Seat.HELD))
        with pytest.raises(store_seats.Overtaken):
            await store_seats.save(db, event_id, [taken])


# --- beside it --------------------------------------------------------------------------------------------------


async def is_guided(town: Town, youth: str, mentor: str, band: str) -> None:
    """A case in the programme, with a mentor."""
    person, guide = await town.person(youth), await town.person(mentor)
    now: datetime = town.clock.now()
    async with town.open_database() as database, database.write() as db:
        contact = Contact(person.id, OGRE, "likely", band, None, with_parent=False, urgent=False)
        number = await programme.open_case(db, contact, now, now + hours(2000))
        case = await programme.case(db, number)
        assert case is not None
        await programme.assign(db, case, guide.id, Stage.PROFILING, guide.id, now)

"""A personal calendar of events: for young people and staff, at an address that can be renewed and turned off."""

import logging
import sqlite3
from contextlib import closing

import pytest
import vobject

from bot.calendar.addresses import hash_of, new_secret
from bot.events.event import Reply, Seat
from bot.logs import formatter
from bot.people import store_discreet
from bot.roles import Role
from tests.chats.events_sent import is_invited, is_out
from tests.chats.events_talk import DAY, OGRE, agrees, at
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town
from tests.web.test_calendar import PUBLIC, get

Y = "events.youth"


@pytest.fixture
async def public(town: Town) -> Town:
    town.settings = town.settings.model_copy(update={"public_url": PUBLIC})
    await town.staff("kaspars", Role.COORDINATOR, OGRE)
    return town


async def address_of(person: Inhabitant, way: str = "new_feed", voice: str = "youth") -> str:
    """The path of a new address of theirs."""
    person.reads_rest()
    await person.forges("events.feed")
    person.sees(f"events.{voice}.feed_{'off' if way == 'new_feed' else 'on'}")
    await person.taps(f"events.{voice}.button.{way}")
    text = person.sees(f"events.{voice}.feed_address").text
    (found,) = (word for word in text.split() if word.startswith(PUBLIC))
    return found.removeprefix(PUBLIC)


def entries(body: bytes) -> dict[str, tuple[str, str]]:
    """Of each event its status and start by its summary, as another reader understands them."""
    found = vobject.readOne(body.decode()).contents.get("vevent", [])
    return {one.summary.value: (one.status.value, f"{one.dtstart.value:%d.%m. %H:%M}") for one in found}


@pytest.mark.feature("I10")
async def test_somebodys_calendar_holds_what_they_said_yes_or_maybe_to_in_their_language(public: Town) -> None:
    danylo = await agrees(public, "danylo")
    answers = ((Reply.YES, Seat.HELD), (Reply.YES, Seat.WAITING), (Reply.MAYBE, None), (Reply.NO, None), (None, None))
    for number, (reply, seat) in enumerate(answers):
        event = await is_out(public, titles={"lv": f"Vakars {number}", "uk": f"Вечір {number}"}, ends_at=at(DAY, 19))
        await is_invited(public, event, "danylo", reply, seat)
    path = await address_of(danylo)
    ((status, headers, body),) = await get(public, path)
    assert status == 200
    assert headers["Content-Type"].startswith("text/calendar")
    assert headers["Cache-Control"] == "private, no-store"
    shown = "12.03. 17:00"
    assert entries(body) == {
        "Вечір 0": ("CONFIRMED", shown),
        "Вечір 1": ("TENTATIVE", shown),
        "Вечір 2": ("TENTATIVE", shown),
    }


@pytest.mark.feature("I10")
async def test_a_change_and_a_cancellation_are_seen_by_the_next_look_under_the_same_name(public: Town) -> None:
    anna = await agrees(public, "anna")
    event = await is_out(public)
    await is_invited(public, event, "anna", Reply.YES)
    path = await address_of(anna)
    looks = []
    moved = "UPDATE events SET place = 'Bibliotēka', sequence = 1"
    cancelled = "UPDATE events SET state = 'cancelled', sequence = 2"
    for change in (moved, cancelled):
        ((_, _, before),) = await get(public, path)
        looks.append(vobject.readOne(before.decode()).vevent)
        with closing(sqlite3.connect(public.database_file)) as db, db:
            db.execute(change)
    ((_, _, last),) = await get(public, path)
    looks.append(vobject.readOne(last.decode()).vevent)
    assert len({one.uid.value for one in looks}) == 1
    assert [int(one.sequence.value) for one in looks] == [0, 1, 2]
    assert [one.location.value for one in looks] == ["Jauniešu centrs", "Bibliotēka", "Bibliotēka"]
    assert [one.status.value for one in looks] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


@pytest.mark.feature("I10")
async def test_staff_have_one_too_and_a_new_address_ends_the_old_one(public: Town) -> None:
    marta = await public.staff("marta", Role.MENTOR, OGRE)
    old = await address_of(marta, voice="staff")
    new = await address_of(marta, "renew_feed", "staff")
    assert [status for status, _, _ in await get(public, old, new)] == [404, 200]
    await marta.taps("events.staff.button.end_feed")
    marta.sees("events.staff.feed_ended")
    odd = ("/events/x.ics", f"/events/{new_secret()}.ics", "/events/%00%ff.ics")
    answers = await get(public, old, new, *odd)
    assert {(status, body) for status, _, body in answers} == {(404, b"404: Not Found")}


@pytest.mark.slow
@pytest.mark.feature("I10", "O10")
async def test_the_calendar_of_somebody_discreet_tells_nothing_but_hours(public: Town) -> None:
    anna = await agrees(public, "anna")
    await is_invited(public, await is_out(public, particulars={"link": "https://example.org/pica"}), "anna", Reply.YES)
    path = await address_of(anna)
    async with public.open_database() as database, database.write() as db:
        await store_discreet.set_discreet(db, (await public.person_quietly("anna")).id, discreet=True)
    ((_, _, body),) = await get(public, path)
    assert list(entries(body)) == [anna.words("events.any.calendar_summary")]
    text = body.decode()
    for word in ("Pic", "pica", "centrs", anna.words("events.any.feed_name")):
        assert word not in text


@pytest.mark.feature("I10")
async def test_without_a_public_address_it_is_said_kindly_that_there_is_none(town: Town) -> None:
    anna = await agrees(town, "anna")
    anna.reads_rest()
    await anna.forges("events.feed")
    anna.sees(f"{Y}.feed_impossible")
    await anna.forges("events.new_feed")
    anna.does_not_see(f"{Y}.feed_address")
    assert not await town.rows("SELECT id FROM people WHERE events_feed_hash IS NOT NULL")
    anna.reads_rest()


@pytest.mark.slow
@pytest.mark.feature("X44")
async def test_the_secret_is_kept_nowhere_and_who_guesses_is_held_back_alone(
    public: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    anna = await agrees(public, "anna")
    path = await address_of(anna)
    statuses = [status for status, _, _ in await get(public, path, *[f"/events/{new_secret()}.ics"] * 44)]
    assert (statuses[0], set(statuses[1:40]), set(statuses[40:])) == (200, {404}, {429})
    secret = path.rpartition("/")[2].removesuffix(".ics")
    for form in (formatter("text"), formatter("json")):
        assert not [line for line in map(form.format, caplog.records) if secret in line]
    with closing(sqlite3.connect(public.database_file)) as db:
        dump = "\n".join(db.iterdump())
    assert secret not in dump
    assert hash_of(secret) in dump

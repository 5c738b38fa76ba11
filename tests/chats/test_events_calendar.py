"""People have the events they come to in their own calendar: by a file, which is brought anew whenever it changes."""

from datetime import timedelta

import pytest
import vobject

from bot.events.event import Reply, Seat
from bot.people import store_discreet
from bot.roles import Role
from tests.chats.appointments_talk import last_file
from tests.chats.events_sent import is_invited, is_out
from tests.chats.events_talk import DAY, OGRE, agrees, at
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

ADD = "events.youth.button.add_to_calendar"


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


def file_in(reader: Inhabitant):  # type: ignore[no-untyped-def]
    """The newest calendar file in this person's chat, as another reader of the format understands it."""
    return vobject.readOne(last_file(reader).decode())


async def comes(town: Town, name: str = "anna", **told: object) -> tuple[Inhabitant, int]:
    """A young person with a place, and the event."""
    one = await agrees(town, name)
    one.reads_rest()
    event = await is_out(town, **told)
    await is_invited(town, event, name, Reply.YES)
    return one, event


async def takes_file(one: Inhabitant, event: int) -> None:
    """The button of the event's page."""
    await one.forges(f"events.add_to_calendar:{event}")


@pytest.mark.feature("I10")
async def test_a_file_on_request_holds_what_the_invitation_says_in_its_readers_language(
    town: Town, kaspars: Inhabitant
) -> None:
    danylo, event = await comes(
        town,
        "danylo",
        ends_at=at(DAY, 19, 30),
        particulars={"link": "https://example.org/pica", "latitude": 56.8153, "longitude": 24.6042},
    )
    await takes_file(danylo, event)
    danylo.sees("events.youth.calendar_coming")
    danylo.sees("events.youth.calendar_file")
    read = file_in(danylo)
    entry = read.vevent
    assert (read.method.value, entry.status.value, entry.sequence.value) == ("REQUEST", "CONFIRMED", "0")
    assert (entry.dtstart.value, entry.dtend.value) == (at(DAY, 17), at(DAY, 19, 30))
    assert (entry.summary.value, entry.location.value) == ("Піца-вечір", "Jauniešu centrs")
    assert (entry.description.value, entry.url.value) == ("Спечемо піцу й познайомимося.", "https://example.org/pica")
    assert entry.geo.value == "56.8153;24.6042"
    assert read.vtimezone.tzid.value == "Europe/Riga"


@pytest.mark.feature("I10")
async def test_who_gives_their_place_back_has_it_taken_from_the_calendar_and_may_put_it_there_again(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, event = await comes(town)
    await takes_file(anna, event)
    first = file_in(anna).vevent
    anna.reads_rest()
    await anna.forges(f"events.answer:{event}:no")
    anna.sees("events.youth.calendar_cancelled")
    off = file_in(anna)
    assert (off.method.value, off.vevent.status.value) == ("CANCEL", "CANCELLED")
    anna.reads_rest()
    await anna.forges(f"events.answer:{event}:yes")
    anna.reads_rest()
    await takes_file(anna, event)
    again = file_in(anna).vevent
    anna.reads_rest()
    assert first.uid.value == off.vevent.uid.value == again.uid.value
    assert [int(one.sequence.value) for one in (first, off.vevent, again)] == [0, 1, 2]


@pytest.mark.slow
@pytest.mark.feature("I10")
async def test_a_second_press_brings_the_same_file_again(town: Town, kaspars: Inhabitant) -> None:
    anna, event = await comes(town)
    for _ in range(2):
        await takes_file(anna, event)
        assert file_in(anna).vevent.sequence.value == "0"
        anna.reads_rest()


@pytest.mark.feature("I10")
async def test_a_cancelled_event_leaves_the_calendars_of_those_who_took_the_file_alone(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, event = await comes(town)
    danylo = await agrees(town, "danylo")
    await is_invited(town, event, "danylo", Reply.YES)
    await takes_file(anna, event)
    anna.reads_rest()
    await kaspars.forges(f"events.cancel:{event}:1")
    kaspars.sees("events.staff.called_off")
    anna.sees("events.youth.cancelled")
    anna.sees_nothing()
    await town.tick()
    anna.sees("events.youth.calendar_cancelled")
    (file,) = [one.attachment for one in anna.phone.messages if one.attachment][1:]
    read = vobject.readOne(file.content.decode())
    assert (read.method.value, read.vevent.sequence.value) == ("CANCEL", "2")
    danylo.sees("events.youth.cancelled")
    danylo.sees_nothing()


@pytest.mark.feature("I10", "I11")
async def test_the_file_never_comes_before_the_words_it_belongs_to_by_night_either(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, event = await comes(town)
    await takes_file(anna, event)
    anna.reads_rest()
    await town.move_to(at(DAY - timedelta(days=1), 22))
    anna.reads_rest()
    await kaspars.forges(f"events.change:{event}")
    await kaspars.forges(f"events.ask_change:{event}:place:")
    await kaspars.says("Ogres estrāde")
    await kaspars.taps("events.staff.button.review_change")
    await kaspars.taps("events.staff.button.tell_change")
    kaspars.reads_rest()
    await town.tick()
    anna.sees_nothing()
    await town.live_until(at(DAY, 9, 30), timedelta(minutes=10))
    anna.sees("events.youth.changed")
    anna.sees("events.youth.calendar_changed")
    anna.reads_rest()
    kaspars.reads_rest()


@pytest.mark.slow
@pytest.mark.feature("I10")
async def test_without_a_place_there_is_no_hour_to_put_into_a_calendar(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    emma = await agrees(town, "emma")
    event = await is_out(town)
    await is_invited(town, event, "anna", Reply.YES, Seat.WAITING)
    await takes_file(anna, event)
    anna.sees("events.youth.calendar_needs_a_place")
    await takes_file(emma, event)  # never invited
    emma.reads_rest()
    assert not [one for one in (*anna.phone.messages, *emma.phone.messages) if one.attachment]


@pytest.mark.feature("I10", "O10")
async def test_the_file_of_somebody_discreet_tells_nothing_but_the_hour(town: Town, kaspars: Inhabitant) -> None:
    anna, event = await comes(town, particulars={"link": "https://example.org/pica"})
    async with town.open_database() as database, database.write() as db:
        await store_discreet.set_discreet(db, (await town.person_quietly("anna")).id, discreet=True)
    await takes_file(anna, event)
    entry = file_in(anna).vevent
    anna.reads_rest()
    assert entry.summary.value == anna.words("events.any.calendar_summary")
    assert entry.dtstart.value == at(DAY, 17)
    assert not {"location", "description", "url", "geo"} & set(entry.contents)


@pytest.mark.slow
@pytest.mark.feature("I10")
async def test_after_its_start_nothing_is_brought_any_more(town: Town, kaspars: Inhabitant) -> None:
    anna, event = await comes(town)
    await takes_file(anna, event)
    anna.reads_rest()
    await town.move_to(at(DAY, 17) + timedelta(minutes=1))
    anna.reads_rest()
    kaspars.reads_rest()
    await takes_file(anna, event)
    anna.sees("events.youth.calendar_needs_a_place")

"""What an event will make the bot write stands in /plans and is explained by /why, and then comes just so."""

from datetime import timedelta

import pytest

from bot.events.event import Reply, Seat
from bot.roles import Role
from tests.chats.casework import in_programme, read_all
from tests.chats.events_sent import is_invited, is_out
from tests.chats.events_talk import DAY, OGRE, agree_to, agrees, at
from tests.town.inhabitant import Inhabitant
from tests.town.reading import pattern
from tests.town.town import Town

Y = "checkins.youth"


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


@pytest.mark.feature("O6", "I9")
async def test_both_reminders_and_the_question_afterwards_stand_in_the_list_and_come_then(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    event = await is_out(town)
    await is_invited(town, event, "anna", Reply.YES)
    await anna.says("/plans")
    listed = anna.sees(f"{Y}.plans").text
    assert len(pattern(f"{Y}.coming.event", anna.language).findall(listed)) == 2
    assert len(pattern(f"{Y}.coming.after_event", anna.language).findall(listed)) == 1
    for moment, key in (
        (at(DAY, 10) - timedelta(days=1), "events.youth.reminder"),
        (at(DAY, 15), "events.youth.reminder_soon"),
        (at(DAY, 11) + timedelta(days=1), "events.youth.how_was_it"),
    ):
        assert f"{moment.astimezone(town.settings.zone):%H:%M}" in listed
        await town.live_until(moment - timedelta(minutes=1), timedelta(hours=1))
        anna.sees_nothing()
        await town.move_to(moment)
        anna.sees(key)
    await anna.says("/plans")
    anna.sees(f"{Y}.coming.nothing")
    kaspars.reads_rest()


@pytest.mark.feature("O6")
async def test_who_only_waits_for_a_place_is_promised_no_reminder(town: Town, kaspars: Inhabitant) -> None:
    danylo = await agrees(town, "danylo")
    event = await is_out(town)
    await is_invited(town, event, "danylo", Reply.YES, Seat.WAITING, queued_at=town.clock.now())
    await danylo.says("/plans")
    danylo.sees(f"{Y}.coming.nothing")
    await danylo.says("/why")
    danylo.sees(f"{Y}.why_nothing")


@pytest.mark.feature("O5")
async def test_why_explains_an_event_as_well_as_a_talk(town: Town, kaspars: Inhabitant) -> None:
    anna, marta, liene = await in_programme(town)
    person = await town.person("anna")
    async with town.open_database() as database, database.write() as db:
        await agree_to(db, person.id, anna.language, town)
    event = await is_out(town)
    await is_invited(town, event, "anna", Reply.YES)
    await anna.says("/why")
    told = anna.sees(f"{Y}.why_and_more").text
    for key in (f"{Y}.why.event", f"{Y}.why.after_event"):
        assert anna.words(key) in told
    assert pattern(f"{Y}.why_next", anna.language).search(told)
    read_all(anna, marta, liene, kaspars)


@pytest.mark.feature("O5")
async def test_without_a_programme_why_explains_the_event_alone(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    event = await is_out(town)
    await is_invited(town, event, "anna", Reply.YES)
    await anna.says("/why")
    assert anna.words(f"{Y}.why.event") in anna.sees(f"{Y}.why_others").text

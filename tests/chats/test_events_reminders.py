"""Those who come are reminded twice, each time once, and nobody else is."""

from datetime import date, timedelta

import pytest

from bot.events.event import Reply, Seat
from bot.roles import Role
from tests.chats.events_sent import is_invited, is_out
from tests.chats.events_talk import DAY, OGRE, agrees, at
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


@pytest.mark.feature("I9")
async def test_who_comes_is_reminded_the_day_before_and_two_hours_before_and_nobody_else(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo, emma = [await agrees(town, name) for name in ("anna", "danylo", "emma")]
    event = await is_out(town)
    await is_invited(town, event, "anna", Reply.YES)
    await is_invited(town, event, "danylo", Reply.YES, Seat.WAITING)
    await is_invited(town, event, "emma", Reply.MAYBE)
    await town.move_to(at(DAY, 9, 59) - timedelta(days=1))
    anna.sees_nothing()
    await town.live_until(at(DAY, 14, 59), timedelta(hours=1))
    anna.sees("events.youth.reminder")
    anna.sees_nothing()
    await town.live_until(at(DAY, 18), timedelta(minutes=30))
    anna.sees("events.youth.reminder_soon")
    for one in (anna, danylo, emma):
        one.sees_nothing()


@pytest.mark.slow
@pytest.mark.feature("I9")
async def test_the_reminder_of_a_video_conference_holds_the_link(town: Town, kaspars: Inhabitant) -> None:
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    link = "https://meet.example.org/ogre"
    event = await is_out(town, kind="video_conference", place=None, particulars={"link": link})
    await is_invited(town, event, "marta", Reply.YES)
    await town.move_to(at(DAY, 10) - timedelta(days=1))
    assert link in marta.sees("events.staff.reminder").text
    await town.move_to(at(DAY, 15))
    assert link in marta.sees("events.staff.reminder_soon").text


@pytest.mark.feature("I9")
async def test_who_gave_their_place_back_hears_nothing_more(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    event = await is_out(town)
    await is_invited(town, event, "anna", Reply.YES)
    await town.move_to(at(DAY, 11) - timedelta(days=1))
    anna.sees("events.youth.reminder")
    await anna.taps("events.youth.button.cannot_come")
    anna.sees("events.youth.stay_away_sure")
    await anna.taps("events.youth.button.stay_away_sure")
    anna.sees("events.youth.said_no")
    await town.live_until(at(DAY, 17), timedelta(hours=2))
    anna.sees_nothing()


@pytest.mark.feature("I9", "I7")
@pytest.mark.parametrize("name", ["anna", "danylo", "emma"])
async def test_a_place_is_given_back_from_the_reminder_with_one_tap_and_one_yes(
    town: Town, kaspars: Inhabitant, name: str
) -> None:
    one, marta = await agrees(town, name), await town.staff("marta", Role.MENTOR, OGRE)
    event = await is_out(town, terms={"capacity": 1})
    await is_invited(town, event, name, Reply.YES)
    await is_invited(town, event, "marta", Reply.YES, Seat.WAITING, queued_at=town.clock.now())
    await town.move_to(at(DAY, 11) - timedelta(days=1))
    reminded = one.sees("events.youth.reminder")
    await one.taps("events.youth.button.cannot_come")
    one.sees("events.youth.give_back_sure")
    await one.taps("events.youth.button.come_after_all")
    one.sees("events.youth.has_place")
    marta.sees_nothing()
    await one.taps_old(reminded.id, f"events.cannot_come:{event}")
    await one.taps("events.youth.button.give_back_sure")
    one.sees("events.youth.gave_back")
    marta.sees("events.staff.place_offered")
    await one.taps_old(reminded.id, f"events.cannot_come:{event}")
    one.sees("events.youth.said_no")
    one.reads_rest()


@pytest.mark.feature("I9", "X42")
async def test_after_the_start_the_reminder_says_that_the_place_can_go_to_nobody_any_more(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    event = await is_out(town, terms={"capacity": 1})
    await is_invited(town, event, "anna", Reply.YES)
    await town.move_to(at(DAY, 15, 30))
    await town.move_to(at(DAY, 17, 1))
    anna.reads_rest()
    await anna.taps("events.youth.button.cannot_come")
    anna.sees("events.youth.too_late_to_give_back")
    assert [row.seat for row in await town.rows("select seat from invitations")] == ["held"]
    anna.reads_rest()
    kaspars.reads_rest()


@pytest.mark.slow
@pytest.mark.feature("I9")
async def test_an_early_event_is_spoken_of_on_the_evening_before_and_not_at_night(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    event = await is_out(town, starts_at=at(DAY, 8))
    await is_invited(town, event, "anna", Reply.YES)
    await town.move_to(at(DAY, 11) - timedelta(days=1))
    anna.sees("events.youth.reminder")
    await town.move_to(at(DAY, 20) - timedelta(days=1))
    anna.sees("events.youth.reminder_soon")
    await town.move_to(at(DAY, 8))
    anna.sees_nothing()


@pytest.mark.feature("I9", "G11")
async def test_both_reminders_missed_in_an_outage_are_told_to_the_author_once(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    event = await is_out(town)
    await is_invited(town, event, "anna", Reply.YES)
    await town.move_to(at(DAY, 16, 45))
    kaspars.sees("events.staff.unreached.reminder")
    kaspars.sees_nothing()
    anna.sees_nothing()
    assert await town.rows("SELECT 1 FROM audit WHERE action = 'event.missed_reminder'")


@pytest.mark.slow
@pytest.mark.feature("I9")
async def test_the_hours_before_are_a_setting_and_none_turns_it_off(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    for hours, day in ((5, DAY), (0, DAY + timedelta(days=7))):
        town.settings = town.settings.model_copy(update={"remind_hours": hours})
        event = await is_out(town, starts_at=at(day, 17))
        await is_invited(town, event, "anna", Reply.YES)
    planned = await town.rows("SELECT remind_soon_at FROM events ORDER BY id")
    assert [row[0] is not None for row in planned] == [True, False]
    await town.move_to(at(DAY, 12))
    anna.sees("events.youth.reminder_soon")
    await town.live_until(at(date(2026, 3, 19), 17), timedelta(hours=8))
    anna.sees("events.youth.reminder")
    anna.sees_nothing()

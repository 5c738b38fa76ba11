"""Young people and staff are invited, answer, are reminded, and hear when it is called off."""

from datetime import timedelta

import pytest

from bot.people import store as people
from bot.people.rules import Purpose
from bot.roles import Role
from tests.chats.events_talk import DAY, OGRE, agrees, at, facts_in, sends, writes
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


# --- answering it -----------------------------------------------------------------------------------------------


@pytest.mark.feature("I6")
async def test_a_young_person_answers_changes_their_mind_and_the_coordinator_sees_the_numbers_move(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    await writes(kaspars)
    await sends(kaspars)
    anna.reads_rest()
    danylo.reads_rest()
    await anna.taps("events.any.button.yes")
    anna.sees("events.youth.said_yes_reminded")
    await danylo.taps("events.any.button.maybe")
    danylo.sees("events.youth.said_maybe")
    await kaspars.taps("events.staff.button.refresh")
    page = facts_in(kaspars.sees("events.staff.event"), "events.staff.event", kaspars)
    assert [page[reply] for reply in ("yes", "maybe", "no", "silent")] == ["1", "1", "0", "0"]
    await anna.taps("events.any.button.no")
    anna.sees("events.youth.said_no")
    await kaspars.says("/events")
    line = facts_in(kaspars.sees("events.staff.events"), "events.staff.line", kaspars)
    assert [line[reply] for reply in ("invited", "yes", "maybe", "no")] == ["2", "0", "1", "1"]
    await kaspars.taps_label("Picas vakars")
    kaspars.sees("events.staff.event")


async def test_the_same_answer_twice_changes_nothing(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    await writes(kaspars)
    await sends(kaspars)
    message, (_, data) = anna.find_button("events.any.button.yes")
    await anna.taps_old(message.id, data)
    anna.sees("events.youth.said_yes_reminded")
    before = await town.rows("select answer, answered_at from invitations")
    town.clock.move_to(town.clock.now() + timedelta(minutes=5))
    await anna.taps_old(message.id, data)
    anna.reads_rest()
    assert await town.rows("select answer, answered_at from invitations") == before
    assert len(await town.rows("select id from audit where action = 'event.answered'")) == 1


async def test_a_young_person_finds_their_invitations_with_their_answers(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    await anna.says("/events")
    anna.sees("events.youth.nothing_coming")
    await writes(kaspars)
    await sends(kaspars)
    await anna.taps("events.any.button.maybe")
    anna.reads_rest()
    await anna.says("/menu")
    await anna.taps("events.youth.button.mine")
    page = anna.sees("events.youth.coming").text
    assert "Picas vakars" in page
    assert anna.words("events.youth.line_maybe") in page
    await anna.taps_label("Picas vakars")
    anna.sees("events.youth.said_maybe")


async def test_an_answer_after_the_start_is_explained_kindly(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    await writes(kaspars)
    await sends(kaspars)
    anna.reads_rest()
    await town.move_to(at(DAY, 17))
    await anna.taps("events.any.button.yes")
    anna.sees("events.youth.has_started")
    assert [row[0] for row in await town.rows("select answer from invitations")] == [None]


# --- reminding and calling off ----------------------------------------------------------------------------------


@pytest.mark.feature("I9")
async def test_those_who_come_are_reminded_the_day_before_at_ten_and_nobody_else(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    emma = await agrees(town, "emma")
    await writes(kaspars)
    await sends(kaspars)
    await anna.taps("events.any.button.yes")
    await danylo.taps("events.any.button.maybe")
    for one in (anna, danylo, emma):
        one.reads_rest()
    await town.move_to(at(DAY, 9, 59) - timedelta(days=1))
    anna.sees_nothing()
    await town.move_to(at(DAY, 10) - timedelta(days=1))
    anna.sees("events.youth.reminder")
    await town.live_until(at(DAY, 18), timedelta(hours=4))
    for one in (anna, danylo, emma):
        one.sees_nothing()


@pytest.mark.feature("I9", "G11")
@pytest.mark.parametrize(("hour", "comes"), [(13, True), (15, False)])
async def test_after_an_outage_the_reminder_comes_late_but_not_within_three_hours_of_the_start(
    town: Town, kaspars: Inhabitant, hour: int, comes: bool
) -> None:
    anna = await agrees(town, "anna")
    await writes(kaspars)
    await sends(kaspars)
    await anna.taps("events.any.button.yes")
    anna.reads_rest()
    await town.move_to(at(DAY, hour))
    if comes:
        anna.sees("events.youth.reminder")
    else:
        kaspars.sees("events.staff.unreached.reminder")
    anna.sees_nothing()


async def test_who_no_longer_wants_to_be_written_to_is_neither_told_nor_counted(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    await writes(kaspars)
    await sends(kaspars)
    for one in (anna, danylo):
        await one.taps("events.any.button.yes")
        one.reads_rest()
    withdrew = await town.person("danylo")
    async with town.open_database() as database, database.write() as db:
        await people.withdraw_consent(db, withdrew.id, Purpose.EVENTS.value, town.clock.now())
    await kaspars.taps("events.staff.button.cancel")
    asked = kaspars.sees("events.staff.cancel_ask")
    assert facts_in(asked, "events.staff.cancel_ask", kaspars)["count"] == "1"
    await kaspars.taps("events.staff.button.cancel_sure")
    kaspars.reads_rest()
    anna.sees("events.youth.cancelled")
    danylo.sees_nothing()


@pytest.mark.feature("I9")
async def test_a_cancelled_event_is_told_to_all_who_did_not_decline_and_nobody_is_reminded(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo, emma = await agrees(town, "anna"), await agrees(town, "danylo"), await agrees(town, "emma")
    await writes(kaspars)
    await sends(kaspars)
    await anna.taps("events.any.button.yes")
    await danylo.taps("events.any.button.no")
    for one in (anna, danylo, emma):
        one.reads_rest()
    await kaspars.taps("events.staff.button.cancel")
    asked = kaspars.sees("events.staff.cancel_ask")
    assert facts_in(asked, "events.staff.cancel_ask", kaspars)["count"] == "2"
    await kaspars.taps("events.staff.button.cancel_sure")
    kaspars.sees("events.staff.called_off")
    anna.sees("events.youth.cancelled")
    emma.sees("events.youth.cancelled")
    danylo.sees_nothing()
    await danylo.taps("events.any.button.yes")
    danylo.sees("events.youth.was_cancelled")
    await anna.says("/events")
    anna.sees("events.youth.nothing_coming")
    await town.live_until(at(DAY, 18), timedelta(hours=8))
    anna.sees_nothing()

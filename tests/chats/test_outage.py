"""After an outage what came too late is not sent, and who answers for it hears so once, however much it was."""

from datetime import timedelta

import pytest

from bot.roles import Role
from tests.chats.casework import joins, with_mentor
from tests.chats.events_talk import DAY, agrees, at, sends, writes
from tests.chats.referrals_talk import S, Y, appointed, riga
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

pytestmark = pytest.mark.feature("G11")

MISSED = "checkins.staff.missed"


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    return await town.staff("kaspars", Role.COORDINATOR)


async def test_five_weeks_of_missed_check_ins_are_one_message_to_their_mentor(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await joins(liene, town, "anna")
    for one in (anna, marta, liene):
        one.reads_rest()
    await town.move_to(town.clock.now() + timedelta(weeks=5, days=2))
    marta.sees(MISSED)
    marta.sees("checkins.staff.ask")  # that of today is still of use
    marta.sees_nothing()
    anna.sees_nothing()
    missed = await town.rows("SELECT count(*) FROM checkins WHERE state = 'missed'")
    assert missed[0][0] >= 4
    await marta.taps("checkins.staff.button.today")
    marta.sees("checkins.staff.line.checkin_missed")


async def test_where_there_is_no_mentor_who_answers_for_the_case_hears_of_it(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await joins(liene, town, "anna")
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql("DELETE FROM grants WHERE role = 'mentor'")
    for one in (anna, marta, liene):
        one.reads_rest()
    await town.move_to(town.clock.now() + timedelta(days=4))
    liene.sees(MISSED)
    liene.sees_nothing()
    marta.sees_nothing()


async def test_an_invitation_that_waited_until_the_event_had_begun_is_told_to_its_author(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    await town.move_to(at(DAY, 22) - timedelta(days=1))
    await writes(kaspars)
    await sends(kaspars)
    await town.move_to(at(DAY, 18))
    kaspars.sees("events.staff.unreached.invitation")
    kaspars.reads_rest()  # the counts of the sending come to their end as well
    for one in (anna, danylo):
        one.sees_nothing()


async def test_a_cancellation_that_waited_until_the_event_had_begun_is_told_to_its_author(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    await writes(kaspars)
    await sends(kaspars)
    await town.move_to(at(DAY, 22) - timedelta(days=1))
    await kaspars.taps("events.staff.button.open")
    await kaspars.taps("events.staff.button.cancel")
    await kaspars.taps("events.staff.button.cancel_sure")
    anna.reads_rest()
    kaspars.reads_rest()
    await town.move_to(at(DAY, 18))
    kaspars.sees("events.staff.unreached.cancellation")
    kaspars.sees_nothing()
    anna.sees_nothing()


async def test_a_reminder_of_an_appointment_that_telegram_did_not_take_in_time_is_told_to_the_mentor(
    town: Town,
) -> None:
    anna, marta, ilze = await appointed(town)
    faults = town.telegram.faults
    for one in (anna, ilze):
        faults.fail("sendMessage", code=502, times=1_000, chat=one.phone.id)
    await town.live_until(riga(town, 3, 4, "10:30"), timedelta(hours=6))
    faults.clear()
    for one in (anna, ilze):
        one.sees_nothing()
    await town.live_until(riga(town, 3, 4, "15:00"))
    marta.sees(f"{S}.unreminded")
    marta.sees_nothing()
    anna.sees(f"{Y}.due.ask_outcome")
    anna.sees_nothing()
    ilze.sees(f"{S}.receiver_due.ask_outcome")
    ilze.sees_nothing()


@pytest.mark.parametrize(("days", "key"), [(1, MISSED), (3, "checkins.staff.ask")])
async def test_how_long_a_check_in_is_still_asked_about_is_a_setting(town: Town, days: int, key: str) -> None:
    town.settings = town.settings.model_copy(update={"ask_useful_days": days})
    anna, marta, liene = await with_mentor(town)
    await joins(liene, town, "anna")
    for one in (anna, marta, liene):
        one.reads_rest()
    await town.move_to(town.clock.now() + timedelta(days=4))  # Friday; it was due on Tuesday
    marta.sees(key)
    marta.sees_nothing()


@pytest.mark.feature("G14")
@pytest.mark.parametrize(("hours", "arrives"), [(48, True), (2, False)])
async def test_how_long_how_are_you_may_still_arrive_is_a_setting(town: Town, hours: int, arrives: bool) -> None:
    town.settings = town.settings.model_copy(update={"pulse_useful_hours": hours})
    anna, marta, liene = await with_mentor(town)
    await joins(liene, town, "anna")
    await town.live_until(town.clock.now() + timedelta(days=1, hours=3))
    for one in (anna, marta, liene):
        one.reads_rest()
    town.telegram.faults.fail("sendMessage", code=502, times=1_000, chat=anna.phone.id)
    await marta.taps("checkins.staff.button.met")
    await town.live_until(town.clock.now() + timedelta(hours=4))
    town.telegram.faults.clear()
    await town.live_until(town.clock.now() + timedelta(hours=1))
    if arrives:
        anna.sees("checkins.youth.pulse")
    anna.sees_nothing()
    for one in (marta, liene):
        one.reads_rest()

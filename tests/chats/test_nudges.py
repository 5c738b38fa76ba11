"""A mentor who is late: the young person's gentle word, whoever stands in, the coordinator; never at night."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.checkins.screens_youth import NudgeMentor
from bot.roles import Role
from tests.chats.casework import in_programme, opens_case, read_all
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import GUIDED, sooner
from tests.town.town import Town
from tests.town.walked_once import walked_once

Y = "checkins.youth"
YB = "checkins.youth.button"
C = "checkins.staff"
FIRST = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
A_DAY = timedelta(days=1)


@walked_once
async def waits(town: Town, name: str = "anna", mentor: str = "marta") -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """A working day and an hour after the talk; nothing is written down, and everything said so far is read."""
    young, guide, liene = await in_programme(town, name, mentor)
    await town.live_until(FIRST + A_DAY + timedelta(hours=1))
    read_all(young, guide, liene)
    return young, guide, liene


async def stands_in(town: Town) -> Inhabitant:
    """Oksana stands in for the mentor of the only case."""
    oksana = await town.staff("oksana", Role.MENTOR)
    person = await town.person("oksana")
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql(
            "INSERT INTO deputies (case_id, person_id, named_at) SELECT id, ?, 0 FROM cases", (person.id,)
        )
    return oksana


@pytest.mark.feature("G9")
async def test_the_ladder_goes_by_the_deputy_and_the_mentor_hears_who_was_told(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    oksana = await stands_in(town)
    await town.live_until(FIRST + A_DAY)
    marta.sees(f"{C}.ask")
    marta.sees(f"{C}.reminder")
    oksana.sees_nothing()
    await town.live_until(FIRST + 2 * A_DAY + timedelta(hours=1))
    oksana.sees(f"{C}.unrecorded_deputy")
    assert "Oksana" in marta.sees(f"{C}.told_deputy").text
    liene.sees_nothing()
    await town.live_until(FIRST + 3 * A_DAY + timedelta(hours=1))
    liene.sees(f"{C}.unrecorded")
    marta.sees(f"{C}.told_lead")
    for _ in range(2):
        await town.tick()
    for one in (anna, marta, liene, oksana):
        one.sees_nothing()
    await oksana.taps(f"{C}.button.met")
    oksana.sees(f"{C}.time_question")
    anna.reads_rest()


@pytest.mark.feature("O4")
@pytest.mark.parametrize(("name", "mentor"), sooner("danylo", GUIDED))
async def test_a_gentle_word_reaches_the_mentor_and_their_answer_thanks_the_young_person(
    town: Town, name: str, mentor: str
) -> None:
    young, guide, liene = await in_programme(town, name, mentor)
    await town.live_until(FIRST + A_DAY - timedelta(minutes=1))
    await young.says("/plan")
    young.sees("checkins.youth.plan.programme")
    assert young.words(f"{YB}.nudge") not in young.buttons
    await town.live_until(FIRST + A_DAY + timedelta(hours=1))
    read_all(young, guide, liene)
    await young.says("/plan")
    young.sees(f"{Y}.line.not_written_down")
    await young.taps(f"{YB}.nudge")
    young.sees(f"{Y}.nudged")
    guide.sees(f"{C}.nudged")
    await young.forges(NudgeMentor().pack())
    young.sees(f"{Y}.line.nudged.mentor")
    guide.sees_nothing()
    await guide.taps(f"{C}.button.called")
    young.sees(f"{Y}.nudge_answered")
    read_all(young, guide, liene)
    await young.says("/plan")
    young.does_not_see(f"{Y}.line.not_written_down")
    read_all(young)


@pytest.mark.feature("O4")
async def test_silence_goes_to_the_deputy_after_two_days_and_to_the_coordinator_after_three(town: Town) -> None:
    anna, marta, liene = await waits(town)
    oksana = await stands_in(town)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await anna.says("/plan")
    await anna.taps(f"{YB}.nudge")
    marta.sees(f"{C}.nudged")
    anna.reads_rest()
    await town.live_until(FIRST + 2 * A_DAY + timedelta(hours=2))
    oksana.sees(f"{C}.nudge_went_on")
    assert "Oksana" in anna.sees(f"{Y}.nudge_went_on").text
    kaspars.sees_nothing()
    await town.live_until(FIRST + 3 * A_DAY + timedelta(hours=2))
    kaspars.sees(f"{C}.nudge_went_on")
    assert "Kaspars" in anna.sees(f"{Y}.nudge_went_on").text
    await anna.says("/plan")
    anna.sees(f"{Y}.line.nudged.coordinator")
    read_all(marta, liene, oksana)
    await town.live_until(FIRST + 6 * A_DAY + timedelta(hours=12), step=timedelta(hours=3))
    anna.sees_nothing()
    kaspars.sees_nothing()
    read_all(marta, liene, oksana)


@pytest.mark.feature("O4")
async def test_where_nobody_is_left_to_be_told_nobody_is_said_to_know(town: Town) -> None:
    anna, marta, liene = await waits(town)
    await anna.says("/plan")
    await anna.taps(f"{YB}.nudge")
    marta.sees(f"{C}.nudged")
    read_all(anna, marta, liene)
    await liene.says("/forget")
    await liene.taps("people.any.button.forget_sure")
    read_all(anna, marta, liene)
    await town.live_until(FIRST + 4 * A_DAY, step=timedelta(hours=6))
    anna.does_not_see(f"{Y}.nudge_went_on")
    read_all(anna, marta)
    await anna.says("/plan")
    anna.sees(f"{Y}.line.nudged.mentor")
    read_all(anna)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await town.live_until(FIRST + 7 * A_DAY, step=timedelta(hours=6))
    kaspars.sees(f"{C}.nudge_went_on")
    assert "Kaspars" in anna.sees(f"{Y}.nudge_went_on").text
    read_all(anna, marta, kaspars)


@pytest.mark.feature("O4")
async def test_at_night_and_at_the_weekend_the_mentor_is_left_in_peace(town: Town) -> None:
    anna, marta, liene = await waits(town)
    saturday = datetime(2026, 3, 7, 10, 0, tzinfo=UTC)
    await town.live_until(saturday)
    read_all(marta, liene)
    await anna.says("/plan")
    await anna.taps(f"{YB}.nudge")
    anna.sees(f"{Y}.nudged")
    await town.live_until(datetime(2026, 3, 9, 6, 59, tzinfo=UTC))
    marta.sees_nothing()
    await town.live_until(datetime(2026, 3, 9, 7, 1, tzinfo=UTC))
    marta.sees(f"{C}.nudged")
    read_all(liene, anna)


@pytest.mark.feature("O4")
async def test_a_message_from_the_mentor_is_an_answer_too_and_one_word_a_week_is_enough(town: Town) -> None:
    anna, marta, liene = await waits(town)
    await anna.says("/plan")
    await anna.taps(f"{YB}.nudge")
    read_all(anna, marta)
    await opens_case(marta, town, "anna")
    await marta.taps("programme.staff.button.meet")
    await marta.says("Rīt 15:00 bibliotēkā?")
    anna.sees(f"{Y}.nudge_answered")
    read_all(anna, marta)
    await anna.says("/plan")
    anna.sees(f"{Y}.line.not_written_down")
    assert anna.words(f"{YB}.nudge") not in anna.buttons
    await anna.forges(NudgeMentor().pack())
    anna.sees(f"{Y}.nudge_not_now")
    await town.live_until(FIRST + 9 * A_DAY, step=timedelta(hours=6))
    read_all(marta, liene)
    await anna.says("/plan")
    assert anna.words(f"{YB}.nudge") in anna.buttons
    read_all(anna)


async def test_nobody_without_a_late_mentor_nudges(town: Town) -> None:
    emma = await town.youth("emma")
    await emma.forges(NudgeMentor().pack())
    emma.sees("people.youth.not_available")
    anna, marta, liene = await in_programme(town)
    await anna.forges(NudgeMentor().pack())
    anna.sees(f"{Y}.nudge_not_now")
    read_all(marta, liene)
    marta.sees_nothing()


@pytest.mark.feature("O4", "X12")
async def test_after_an_outage_the_next_in_line_hears_of_it_once_and_the_one_after_a_working_day_later(
    town: Town,
) -> None:
    anna, marta, liene = await waits(town)
    oksana = await stands_in(town)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await anna.says("/plan")
    await anna.taps(f"{YB}.nudge")
    read_all(anna, marta, liene)
    await town.move_to(datetime(2026, 3, 9, 8, 30, tzinfo=UTC))  # both steps fell due while the bot was away
    oksana.sees(f"{C}.nudge_went_on")
    assert "Oksana" in anna.sees(f"{Y}.nudge_went_on").text
    for _ in range(3):
        await town.tick()
    kaspars.sees_nothing()
    anna.sees_nothing()
    await town.live_until(datetime(2026, 3, 10, 9, 0, tzinfo=UTC))
    kaspars.sees(f"{C}.nudge_went_on")
    assert "Kaspars" in anna.sees(f"{Y}.nudge_went_on").text
    await town.live_until(datetime(2026, 3, 12, 9, 0, tzinfo=UTC), step=timedelta(hours=6))
    for one in (anna, kaspars):
        one.sees_nothing()
    for one in (marta, liene, oksana):
        one.reads_rest()


@pytest.mark.feature("O4", "X12")
async def test_a_word_that_telegram_did_not_take_for_six_hours_reaches_the_mentor_once(town: Town) -> None:
    anna, marta, liene = await waits(town)
    await anna.says("/plan")
    town.telegram.faults.fail("sendMessage", code=502, times=1_000, chat=marta.phone.id)
    await anna.taps(f"{YB}.nudge")
    anna.sees(f"{Y}.nudged")
    await town.live_until(FIRST + A_DAY + timedelta(hours=7), step=timedelta(minutes=30))
    marta.sees_nothing()
    town.telegram.faults.clear()
    await town.live_until(FIRST + A_DAY + timedelta(hours=8), step=timedelta(minutes=30))
    marta.sees(f"{C}.nudged")
    marta.does_not_see(f"{C}.nudged")
    read_all(anna, marta, liene)

"""Whoever is abroad reads and types times by their own clock, which is named; nobody's night is used."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.checkins.chat_digest import SetDigest
from bot.checkins.screens import ChooseMove, ChooseSlots
from bot.checkins.screens_youth import ChooseTalkTime
from tests.chats.casework import in_programme, opens_case, read_all
from tests.chats.test_slots import checkin
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import GUIDED, sooner
from tests.town.town import Town

pytestmark = pytest.mark.feature("G5")

C = "checkins.staff"
B = "checkins.staff.button"
Y = "checkins.youth"

CITIES = {"anna": "(Ņujorka)", "danylo": "(Нью-Йорк)", "emma": "(New York)"}


async def goes_to(person: Inhabitant, place: str) -> None:
    await person.says(f"/zone {place}")
    person.sees("people.any.zone_set")


async def due(town: Town) -> datetime:
    """When the next check-in is due."""
    (row,) = await town.rows("SELECT min(due_at) FROM checkins WHERE state = 'planned'")
    return datetime.fromtimestamp(row[0] / 1e6, UTC)


@pytest.mark.parametrize(("name", "mentor"), sooner("anna", GUIDED))
async def test_times_are_told_by_the_readers_clock_and_name_it(town: Town, name: str, mentor: str) -> None:
    young, guide, liene = await in_programme(town, name, mentor)
    await goes_to(young, "New York")
    read_all(young, guide, liene)
    assert await due(town) == datetime(2026, 3, 3, 15, 0, tzinfo=UTC)  # ten in the morning there
    await young.says("/plans")
    talk = young.sees(f"{Y}.plans").text
    assert f"10:00 {CITIES[name]}" in talk
    await guide.says("/today")
    listed = guide.sees(f"{C}.today").text
    assert ("17:00" in listed, "(" in listed) == (True, False)
    read_all(liene)


async def test_another_time_is_offered_by_the_young_persons_clock_and_in_nobodys_night(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await goes_to(anna, "New York")
    read_all(anna, marta, liene)
    await anna.forges(ChooseTalkTime(await checkin(town)).pack())
    anna.sees(f"{Y}.talk_times")
    offered = [label[-5:] for label in anna.buttons if label[-3:-2] == ":"]
    assert offered == ["12:00", "10:00", "10:00", "10:00", "10:00"]
    await marta.forges(ChooseMove(await checkin(town)).pack())
    marta.sees(f"{C}.move_question")
    assert [label[-5:] for label in marta.buttons if ":" in label][-3:] == ["17:00", "17:00", "17:00"]
    read_all(marta, liene)


async def test_a_mentor_abroad_types_times_by_their_own_clock(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await goes_to(marta, "London")
    read_all(anna, marta, liene)
    await marta.forges(ChooseSlots(await checkin(town)).pack())
    marta.reads_rest()
    await marta.says("6.3. 14:30")
    assert "14:30 (Londona)" in marta.sees(f"{C}.slots").text
    await marta.taps_label("09.03.")
    marta.sees(f"{C}.slot_hours")
    await marta.taps_label("09:00")
    marta.sees(f"{C}.slots")
    await marta.taps(f"{B}.send_slots")
    assert "09:00 (Londona)" in marta.sees(f"{C}.slots_sent").text
    anna.sees(f"{Y}.slots")
    assert [label[-5:] for label in anna.buttons if label[-5:-3].isdigit()] == ["16:30", "11:00"]
    read_all(marta, liene)


async def test_no_time_is_offered_in_the_young_persons_night(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await goes_to(anna, "New York")
    read_all(anna, marta, liene)
    await marta.forges(ChooseSlots(await checkin(town)).pack())
    await marta.says("6.3. 10:30")
    marta.sees(f"{C}.slot_not_good")
    await marta.taps_label("09.03.")
    marta.sees(f"{C}.slot_hours")
    assert [label for label in marta.buttons if label[2:3] == ":"] == ["15:00", "16:00", "17:00", "18:00"]
    read_all(marta, liene)


async def test_a_first_meeting_with_somebody_abroad_says_by_whose_clock_the_time_is(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await goes_to(anna, "New York")
    read_all(anna, marta, liene)
    await opens_case(marta, town, "anna")
    await marta.taps("programme.staff.button.meet")
    assert "Ņujorka" in marta.sees("programme.staff.meeting_question_abroad").text
    await marta.says("Piektdien 18:00, piezvanīšu")
    anna.sees_nothing()  # it is three at night there
    await town.move_to(datetime(2026, 3, 2, 14, 5, tzinfo=UTC))
    assert "Rīga" in anna.sees("programme.youth.meeting_abroad").text
    await goes_to(anna, "Riga")
    anna.reads_rest()
    await opens_case(marta, town, "anna")
    await marta.taps("programme.staff.button.meet")
    marta.sees("programme.staff.meeting_question")
    read_all(anna, marta, liene)


@pytest.mark.feature("G9")
async def test_a_mentor_abroad_is_asked_in_their_own_working_day(town: Town) -> None:
    """Both live in New York: the talk at ten there is five in the afternoon in Rīga, and its reminder too; two hours
    later Rīga's working day would be over for whatever had to wait."""
    anna, marta, liene = await in_programme(town)
    for one in (anna, marta):
        await goes_to(one, "New York")
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql("UPDATE checkins SET due_at = due_at + 18000000000, next_at = next_at + 18000000000")
    read_all(anna, marta, liene)
    fell = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)  # three in the afternoon there, ten at night in Rīga
    assert await due(town) == fell
    await town.move_to(fell + timedelta(minutes=1))
    marta.sees(f"{C}.ask")
    read_all(anna, liene)


@pytest.mark.feature("G15")
async def test_the_morning_digest_comes_in_the_mentors_own_morning(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await goes_to(marta, "New York")
    await marta.forges(SetDigest(9 * 60).pack())
    read_all(anna, marta, liene)
    own_morning = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)
    await town.live_until(own_morning - timedelta(minutes=1), step=timedelta(hours=6))
    marta.does_not_see(f"{C}.digest")
    await town.live_until(own_morning + timedelta(minutes=1), step=timedelta(minutes=1))
    marta.sees(f"{C}.digest")
    read_all(anna, marta, liene)

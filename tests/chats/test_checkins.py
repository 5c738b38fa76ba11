"""Check-ins as both sides live them: asked in time, recorded in two taps, moved, late, missed; and how things are."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.checkins.rules import Way
from bot.checkins.screens import MoveTo, OpenCheckIn, Pulse, Record, TookMinutes
from bot.people.belongings import erase
from bot.roles import Role
from tests.chats.casework import B as CASE
from tests.chats.casework import asks_for_contact, in_programme, opens_case, read_all
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import GUIDED, NAMES, sooner
from tests.town.town import Town
from tests.town.walked_once import walked_once

C = "checkins.staff"
B = "checkins.staff.button"
Y = "checkins.youth"

FIRST = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
"""Tuesday 10:00 in Rīga: the first check-in of a weekly programme begun on Monday, 2 March."""


async def first(town: Town) -> int:
    return int((await town.rows("SELECT id FROM checkins ORDER BY due_at"))[0][0])


async def states(town: Town, number: int) -> list[str]:
    """States of the first so many check-ins."""
    rows = await town.rows("SELECT state FROM checkins ORDER BY planned_on LIMIT :number", number=number)
    return [row[0] for row in rows]


def all_silent(*people: Inhabitant) -> None:
    for one in people:
        one.sees_nothing()


# --- recording --------------------------------------------------------------------------------------------------


@pytest.mark.feature("G1")
@pytest.mark.parametrize(("name", "mentor"), sooner("emma", GUIDED))
async def test_a_mentor_records_a_check_in_in_two_taps_and_the_young_person_is_asked_how_it_is(
    town: Town, name: str, mentor: str
) -> None:
    young, guide, liene = await in_programme(town, name, mentor)
    await town.live_until(FIRST - timedelta(minutes=1))
    all_silent(young, guide, liene)
    await town.live_until(FIRST)
    guide.sees(f"{C}.ask")
    await guide.taps(f"{B}.met")
    guide.sees(f"{C}.time_question")
    await guide.taps(f"{B}.minutes.60")
    guide.sees(f"{C}.note_question")
    young.sees(f"{Y}.pulse")
    await young.taps(f"{Y}.button.pulse.4")
    young.sees(f"{Y}.pulse_thanks")
    assert "4" in guide.sees(f"{C}.pulse").text
    kept = await town.rows("SELECT state, way, minutes, late, pulse, note FROM checkins WHERE pulse IS NOT NULL")
    assert [tuple(row) for row in kept] == [("recorded", "met", 60, 0, 4, None)]


async def test_a_note_and_another_time_can_be_typed(town: Town) -> None:
    anna, marta, _ = await in_programme(town)
    await town.live_until(FIRST)
    await marta.taps(f"{B}.called")
    await marta.taps(f"{B}.other_time")
    marta.sees(f"{C}.other_time")
    await marta.says("kādu stundu")
    marta.sees(f"{C}.time_unclear")
    await marta.says("1:15")
    marta.sees(f"{C}.note_question")
    await marta.says("x" * 4096)
    marta.sees(f"{C}.note_too_long")
    await marta.says("Runājām par kursiem")
    marta.sees(f"{C}.done")
    kept = await town.rows("SELECT way, minutes, note FROM checkins WHERE state = 'recorded'")
    assert [tuple(row) for row in kept] == [("called", 75, "Runājām par kursiem")]
    anna.reads_rest()


async def test_the_question_for_a_time_can_be_left_without_one_or_gone_back_from(town: Town) -> None:
    anna, marta, _ = await in_programme(town)
    await town.live_until(FIRST)
    await marta.taps(f"{B}.met")
    await marta.taps(f"{B}.other_time")
    marta.sees(f"{C}.other_time")
    await marta.taps(f"{B}.back")
    marta.sees(f"{C}.already_recorded")
    await marta.taps(f"{B}.other_time")
    await marta.taps(f"{B}.skip_time")
    marta.sees(f"{C}.note_question")
    await marta.says("Runājām par kursiem")
    marta.sees(f"{C}.done")
    kept = await town.rows("SELECT minutes, note FROM checkins WHERE state = 'recorded'")
    assert [tuple(row) for row in kept] == [(None, "Runājām par kursiem")]
    anna.reads_rest()


async def test_an_old_button_does_not_put_its_time_over_a_typed_one_unasked(town: Town) -> None:
    anna, marta, _ = await in_programme(town)
    await town.live_until(FIRST)
    await marta.taps(f"{B}.met")
    await marta.taps(f"{B}.other_time")
    await marta.says("1:15")
    await marta.taps(f"{B}.no_note")
    read_all(marta, anna)
    for answer, kept in (("keep_minutes", 75), ("change_minutes", 30)):
        await marta.forges(TookMinutes(await first(town), 30).pack())
        assert "75" in marta.sees(f"{C}.minutes_stand").text
        await marta.taps(f"{B}.{answer}")
        marta.reads_rest()
        assert (await town.rows("SELECT minutes FROM checkins WHERE state = 'recorded'"))[0][0] == kept


async def test_who_could_not_be_reached_is_not_asked_how_it_is(town: Town) -> None:
    anna, marta, _ = await in_programme(town)
    await town.live_until(FIRST)
    await marta.taps(f"{B}.unreachable")
    marta.sees(f"{C}.note_question")
    await marta.taps(f"{B}.no_note")
    marta.sees(f"{C}.done")
    anna.sees_nothing()


async def test_a_second_press_changes_nothing(town: Town) -> None:
    anna, marta, _ = await in_programme(town)
    await town.live_until(FIRST)
    await marta.taps(f"{B}.met")
    read_all(marta, anna)
    await marta.forges(Record(await first(town), Way.UNREACHABLE).pack())
    marta.sees(f"{C}.already_recorded")
    anna.sees_nothing()
    assert [row[0] for row in await town.rows("SELECT way FROM checkins WHERE state = 'recorded'")] == ["met"]


# --- the ladder -------------------------------------------------------------------------------------------------


@pytest.mark.feature("G9", "G10")
async def test_silence_brings_one_reminder_then_the_lead_sees_it_and_late_is_recorded_as_late(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await town.live_until(FIRST)
    marta.sees(f"{C}.ask")
    await town.live_until(FIRST + timedelta(hours=23))
    all_silent(marta, liene)
    await town.live_until(FIRST + timedelta(hours=25))
    marta.sees(f"{C}.reminder")
    liene.sees_nothing()
    await town.live_until(FIRST + timedelta(hours=50))
    assert "Marta" in liene.sees(f"{C}.unrecorded").text
    marta.sees(f"{C}.told_lead")
    await town.live_until(FIRST + timedelta(days=6))
    all_silent(marta, liene, anna)
    await marta.says("/today")
    marta.sees(f"{C}.heading.overdue")
    await marta.taps_label("03.03.")
    marta.sees(f"{C}.open")
    await marta.taps(f"{B}.wrote")
    marta.sees(f"{C}.line.late")
    assert [row[0] for row in await town.rows("SELECT late FROM checkins WHERE state = 'recorded'")] == [1]
    anna.reads_rest()


@pytest.mark.feature("G6", "G7")
async def test_the_ladder_sleeps_over_the_weekend(town: Town) -> None:
    _, marta, liene = await in_programme(town, weekday=4)
    friday = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
    await town.live_until(friday)
    marta.sees(f"{C}.ask")
    await town.live_until(friday + timedelta(days=2, hours=23))
    all_silent(marta, liene)
    await town.live_until(friday + timedelta(days=3))
    marta.sees(f"{C}.reminder")


@pytest.mark.feature("G12", "X28")
async def test_a_bell_that_rings_twice_asks_once(town: Town) -> None:
    _, marta, _ = await in_programme(town)
    await town.move_to(FIRST)
    for _ in range(3):
        await town.tick()
    marta.sees(f"{C}.ask")
    marta.sees_nothing()
    assert (await town.rows("SELECT count(*) FROM outbox WHERE once LIKE 'checkin:%:ask:%'"))[0][0] == 1


@pytest.mark.feature("G4")
async def test_the_hour_on_the_wall_stays_when_the_clocks_change(town: Town) -> None:
    await in_programme(town)
    kept = await town.rows("SELECT due_at FROM checkins ORDER BY due_at")
    due = [datetime.fromtimestamp(row[0] / 1_000_000, UTC) for row in kept]
    assert datetime(2026, 3, 24, 8, 0, tzinfo=UTC) in due
    assert datetime(2026, 3, 31, 7, 0, tzinfo=UTC) in due


# --- an outage --------------------------------------------------------------------------------------------------


@pytest.mark.feature("G11")
async def test_after_an_outage_it_is_asked_once_while_still_useful(town: Town) -> None:
    _, marta, liene = await in_programme(town)
    await town.move_to(FIRST + timedelta(days=1, hours=6))
    marta.sees(f"{C}.ask")
    await town.live_until(FIRST + timedelta(days=2, hours=5))
    all_silent(marta, liene)
    await town.live_until(FIRST + timedelta(days=2, hours=7))
    marta.sees(f"{C}.reminder")


@pytest.mark.feature("G11")
async def test_after_a_longer_outage_it_is_marked_missed_and_said_so(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await town.move_to(FIRST + timedelta(days=3))
    marta.sees(f"{C}.missed")
    assert await states(town, 2) == ["missed", "planned"]
    await marta.says("/today")
    marta.sees(f"{C}.line.checkin_missed")
    await liene.says("/today")
    liene.sees(f"{C}.heading.unrecorded")
    await marta.taps_label("03.03.")
    await marta.taps(f"{B}.met")
    assert await states(town, 2) == ["recorded", "planned"]
    read_all(anna, marta)


# --- another time -----------------------------------------------------------------------------------------------


@pytest.mark.feature("G8")
async def test_a_moved_check_in_is_told_to_both_and_asked_at_its_new_time(town: Town) -> None:
    anna, marta, _ = await in_programme(town)
    await town.live_until(FIRST)
    marta.sees(f"{C}.ask")
    await marta.taps(f"{B}.move")
    marta.sees(f"{C}.move_question")
    assert len(marta.buttons) == 5
    await marta.taps_label("5. marts")
    marta.sees(f"{C}.moved")
    assert "Marta" in anna.sees(f"{Y}.moved").text
    await town.live_until(FIRST + timedelta(days=2, minutes=-1))
    marta.sees_nothing()
    await town.live_until(FIRST + timedelta(days=2))
    marta.sees(f"{C}.ask")


async def test_a_forged_moment_moves_nothing(town: Town) -> None:
    _, marta, _ = await in_programme(town)
    checkin = await first(town)
    sunday = datetime(2026, 3, 8, 8, 0, tzinfo=UTC)
    for seconds in (0, -1, 10**15 - 1, int(sunday.timestamp()), int((FIRST + timedelta(days=90)).timestamp())):
        await marta.forges(MoveTo(checkin, seconds).pack())
        marta.reads_rest()
    assert (await town.rows("SELECT due_at FROM checkins ORDER BY id LIMIT 1"))[0][0] == FIRST.timestamp() * 1_000_000


# --- days off ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("G7", "O5")
async def test_a_day_off_added_just_before_midnight_moves_the_mornings_check_in(town: Town) -> None:
    _, marta, _ = await in_programme(town)
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await town.live_until(datetime(2026, 3, 2, 21, 50, tzinfo=UTC), step=timedelta(hours=14))
    await dace.says("/dayoff")
    dace.sees(f"{C}.no_days_off")
    await dace.taps(f"{B}.add_day")
    dace.sees(f"{C}.add_day")
    await dace.says("3.3. Novada svētki")
    dace.sees(f"{C}.day_added")
    await town.live_until(FIRST + timedelta(hours=1))
    marta.sees(f"{C}.moved_by_day_off")
    marta.sees_nothing()
    await town.live_until(FIRST + timedelta(days=1))
    marta.sees(f"{C}.ask")
    assert await states(town, 2) == ["asked", "planned"]
    assert (await town.rows("SELECT planned_on FROM checkins ORDER BY id LIMIT 1"))[0][0] == "2026-03-03"


@pytest.mark.feature("X35")
async def test_a_lead_of_one_municipality_sees_the_countrys_days_off_and_changes_none(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    await liene.says("/dayoff")
    liene.sees(f"{C}.no_days_off")
    await liene.forges("checkins.unnamed_day:2026-03-05")
    liene.sees("people.staff.not_available")
    assert await town.rows("SELECT * FROM days_off") == []


@pytest.mark.feature("X36", "X52")
async def test_a_mentor_whose_role_moved_elsewhere_neither_sees_nor_records_any_more(town: Town) -> None:
    anna, marta, _ = await in_programme(town)
    await town.live_until(FIRST)
    marta.sees(f"{C}.ask")
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql("UPDATE grants SET municipality = 'LV-RIX' WHERE role = 'mentor'")
    await marta.taps(f"{B}.met")
    marta.sees("people.staff.not_available")
    anna.sees_nothing()
    assert (await states(town, 1)) == ["asked"]


async def test_days_off_are_chosen_named_listed_and_removed(town: Town) -> None:
    andrejs = await town.staff("andrejs", Role.ADMIN, None)
    await andrejs.says("/dayoff")
    await andrejs.taps(f"{B}.add_day")
    await andrejs.taps_label("05.03.")
    andrejs.sees(f"{C}.name_day")
    await andrejs.taps(f"{B}.unnamed_day")
    andrejs.sees(f"{C}.day_added")
    await andrejs.taps(f"{B}.back")
    andrejs.sees(f"{C}.days_off")
    await andrejs.taps(f"{B}.add_day")
    for words in ("svētki", "32.3. Svētki", f"6.3. {'x' * 100}"):
        await andrejs.says(words)
        andrejs.sees(f"{C}.day_unclear")
    await andrejs.says("5.3.2026 Vēlreiz")
    andrejs.sees(f"{C}.day_free_already")
    await andrejs.says("1.1.2020")
    andrejs.sees(f"{C}.day_not_ahead")
    await andrejs.says("6.3. Novada svētki")
    andrejs.sees(f"{C}.day_added")
    await andrejs.taps(f"{B}.back")
    await andrejs.taps(f"{B}.add_day")
    await andrejs.says("6.3. Vēlreiz")
    andrejs.sees(f"{C}.day_free_already")
    await andrejs.taps(f"{B}.other_day")
    andrejs.sees(f"{C}.add_day")
    for _ in range(2):
        await andrejs.says("/dayoff")
        await andrejs.taps(f"{B}.remove_day")
        andrejs.sees(f"{C}.day_removed")
    assert not await town.rows("SELECT * FROM days_off")


# --- how things are ---------------------------------------------------------------------------------------------


@walked_once
async def pulse_asked(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Anna has been asked how things are after a meeting."""
    anna, marta, liene = await in_programme(town)
    await town.live_until(FIRST)
    await marta.taps(f"{B}.met")
    anna.sees(f"{Y}.pulse")
    read_all(marta, liene)
    return anna, marta, liene


@pytest.mark.feature("G14")
async def test_a_low_answer_brings_help_and_a_way_to_talk_and_no_label(town: Town) -> None:
    anna, marta, _ = await pulse_asked(town)
    await anna.taps(f"{Y}.button.pulse.1")
    anna.sees(f"{Y}.pulse_low")
    assert anna.find_button("people.youth.button.help")
    marta.sees(f"{C}.pulse")
    await anna.taps("programme.youth.button.talk")
    anna.sees("programme.youth.talk_told")
    marta.sees("programme.staff.wants_talk")


async def test_the_pulse_can_be_skipped_and_the_first_answer_counts(town: Town) -> None:
    anna, marta, _ = await pulse_asked(town)
    await anna.taps(f"{Y}.button.skip_pulse")
    anna.sees(f"{Y}.pulse_skipped")
    await anna.forges(Pulse(await first(town), 5).pack())
    anna.reads_rest()
    marta.sees_nothing()
    assert [tuple(row) for row in await town.rows("SELECT pulse FROM checkins WHERE pulse_at IS NOT NULL")] == [(None,)]


async def test_a_lead_does_not_see_the_number_that_was_promised_to_the_mentor(town: Town) -> None:
    anna, marta, liene = await pulse_asked(town)
    await anna.taps(f"{Y}.button.pulse.2")
    read_all(anna, marta)
    following = int((await town.rows("SELECT id FROM checkins WHERE state = 'planned' ORDER BY due_at"))[0][0])
    await marta.forges(OpenCheckIn(following).pack())
    marta.sees(f"{C}.line.pulse")
    await liene.forges(OpenCheckIn(following).pack())
    liene.does_not_see(f"{C}.line.pulse")
    liene.sees(f"{C}.open")


# --- what waits, and what comes next ------------------------------------------------------------------------------


@pytest.mark.feature("G15")
async def test_today_shows_overdue_first_then_today_then_the_coming_week(town: Town) -> None:
    _, marta, liene = await in_programme(town)
    danylo, _, _ = await with_mentor_too(town, liene)
    await town.live_until(FIRST + timedelta(days=1), step=timedelta(hours=6))
    read_all(marta, liene, danylo)
    await marta.says("/today")
    shown = marta.sees(f"{C}.today").text
    assert shown.index("Kavējas") < shown.index("Šodien") < shown.index("Nākamajās")
    await liene.says("/today")
    hers = liene.sees(f"{C}.today").text
    assert "Kavējas" not in hers, "what Marta has to record is not on the lead's list"


async def with_mentor_too(town: Town, liene: Inhabitant) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Danylo joins as well, with Marta, on Wednesdays at 11:00."""
    danylo = await town.youth("danylo")
    await asks_for_contact(danylo)
    await liene.taps(f"{CASE}.choose_mentor")
    await liene.taps_label("Marta")
    await opens_case(liene, town, "danylo")
    await liene.taps(f"{CASE}.joins")
    await liene.taps(f"{CASE}.four_rules_hold")
    await liene.taps(f"{CASE}.start_today")
    await liene.taps_label("3 ")
    await liene.taps(f"{CASE}.cadence.weekly")
    await liene.taps(f"{CASE}.weekday.2")
    await liene.taps_label("11:00")
    await liene.taps(f"{CASE}.confirm_plan")
    return danylo, town.people["marta"], liene


async def test_a_leads_today_holds_new_contacts(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    read_all(liene, anna)
    await liene.says("/today")
    liene.sees(f"{C}.heading.contacts")
    await liene.taps(f"{B}.contact")
    liene.sees("programme.staff.case")


@pytest.mark.parametrize("name", sooner("anna", NAMES))
async def test_the_young_person_always_sees_what_comes_next(town: Town, name: str) -> None:
    young = await town.youth(name)
    await young.says("/plan")
    young.sees(f"{Y}.plan.none")
    liene = await town.staff("liene", Role.LEAD)
    marta = await town.staff("marta", Role.MENTOR)
    await asks_for_contact(young)
    young.reads_rest()
    await young.says("/plan")
    young.sees(f"{Y}.plan.contact")
    await liene.taps(f"{CASE}.choose_mentor")
    await liene.taps_label("Marta")
    young.reads_rest()
    await young.says("/plan")
    young.sees(f"{Y}.plan.profiling")
    read_all(marta, liene)


async def test_the_plan_tells_mentor_dates_rhythm_and_the_next_talk(town: Town) -> None:
    anna, _, _ = await in_programme(town)
    await anna.says("/plan")
    shown = anna.sees(f"{Y}.plan.programme").text
    for part in ("Marta", "02.03.2026", "01.06.2026", "katru nedēļu, otrdienā plkst. 10:00", "3. marts, 10:00"):
        assert part in shown, shown


async def test_a_case_whose_mentor_left_goes_to_the_lead_at_the_due_time(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await marta_leaves(town)
    await town.live_until(FIRST)
    liene.sees(f"{C}.no_mentor")
    marta.sees_nothing()
    await anna.says("/plan")
    anna.sees(f"{Y}.plan.mentor_changes")


async def marta_leaves(town: Town) -> None:
    """Her row is gone, as after /forget."""
    marta = (await town.person("marta")).id
    async with town.open_database() as database, database.write() as db:
        await erase(db, marta, town.clock.now())


async def test_nobody_records_or_answers_for_somebody_else(town: Town) -> None:
    anna, marta, liene = await pulse_asked(town)
    checkin = await first(town)
    oksana = await town.staff("oksana", Role.MENTOR)
    danylo = await town.youth("danylo")
    for action in (OpenCheckIn(checkin), Record(checkin, Way.MET), OpenCheckIn(999)):
        await oksana.forges(action.pack())
        oksana.sees("people.staff.not_available")
    await danylo.forges(Pulse(checkin, 1).pack())
    danylo.sees("people.youth.not_available")
    await anna.forges(Pulse(checkin, 9).pack())
    anna.sees("people.youth.not_available")
    all_silent(marta, liene)


async def test_somebody_with_no_work_in_sight_is_told_so(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR)
    await marta.says("/today")
    marta.sees(f"{C}.nothing_today")

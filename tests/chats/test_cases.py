"""The life of a case: who may join and why, how it ends and is taken up again, its history, and the joining day."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.programme.joining.chat_snapshot import FillSnapshot, KeepSnapshot
from bot.programme.joining.snapshots import Field
from bot.programme.rules import NotNow
from bot.programme.screens import Begin, OpenCase, OpenHistory, OpenSnapshot, Reopen
from bot.roles import Role
from bot.settings import SnapshotField
from tests.chats.casework import B, P, in_programme, joins, opens_case, read_all, with_mentor
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town

Y = "programme.youth"
R = "programme.any.reason"


async def moves(town: Town) -> list[tuple[str, str | None]]:
    return [(row.stage, row.reason) for row in await town.rows("SELECT stage, reason FROM case_stages ORDER BY id")]


async def change(town: Town, statement: str, **values: object) -> None:
    """What a test cannot wait for."""
    async with town.open_database() as database, database.write() as db:
        await db.execute(text(statement), values)


async def only_case(town: Town) -> int:
    return int((await town.rows("SELECT id FROM cases"))[0][0])


# --- who may join -----------------------------------------------------------------------------------------------


@pytest.mark.feature("E1")
async def test_the_lead_goes_through_the_four_rules_and_the_decision_has_a_date_a_ground_and_a_name(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.joins")
    liene.sees(f"{P}.check.all")
    await liene.taps(f"{B}.one_by_one")
    for rule, answer in (("age", "yes"), ("study", "ask"), ("work", "yes"), ("nva", "yes")):
        liene.sees(f"{P}.check.{rule}")
        await liene.taps(f"{B}.rule.{answer}")
    assert "nemācās" in liene.sees(f"{P}.check.person_decides").text
    await liene.taps(f"{R}.part_time_study")
    liene.sees(f"{P}.begin.start")
    (row,) = await town.rows("SELECT stage, reason, at, moved_by FROM case_stages ORDER BY id DESC LIMIT 1")
    assert (row.stage, row.reason, row.moved_by) == ("profiling", "part_time_study", (await town.person("liene")).id)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.history")
    shown = liene.sees(f"{P}.history").text
    assert "iepazīšanās (vakarskola, tālmācība, pārtraukums)" in shown
    read_all(anna, marta)


@pytest.mark.feature("E1")
async def test_a_rule_that_does_not_hold_leads_to_not_now_with_its_reason(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.joins")
    await liene.taps(f"{B}.one_by_one")
    for answer in ("yes", "yes", "yes", "no"):
        await liene.taps(f"{B}.rule.{answer}")
    liene.sees(f"{P}.check.not_now")
    await liene.taps(f"{B}.rest.nva")
    await liene.taps(f"{B}.end_it")
    assert (await moves(town))[-1] == ("not_now", "registered_with_nva")
    anna.sees(f"{Y}.not_now")
    read_all(marta, liene)


@pytest.mark.feature("E1")
async def test_the_decision_is_taken_back_before_the_programme_is_agreed(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.joins")
    await liene.taps(f"{B}.four_rules_hold")
    await opens_case(liene, town, "anna")
    await takes_back(liene)
    assert (await moves(town))[-2:] == [("profiling", "four_rules"), ("profiling", "decision_taken_back")]
    await liene.taps(f"{B}.joins")
    liene.sees(f"{P}.check.all")
    read_all(anna, marta)


async def takes_back(liene: Inhabitant) -> None:
    await liene.taps(f"{B}.history")
    await liene.taps(f"{B}.take_decision_back")
    liene.sees(f"{P}.check.take_back")
    await liene.taps(f"{B}.take_back")
    liene.sees(f"{P}.case")


@pytest.mark.feature("E1")
async def test_a_programme_that_was_to_begin_on_monday_is_taken_back_and_everybody_hears(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await agrees_on_monday(liene, town)
    read_all(anna, marta, liene)
    await opens_case(liene, town, "anna")
    await takes_back(liene)
    assert "09.03.2026" in anna.sees(f"{Y}.taken_back").text
    marta.sees(f"{P}.check.told")
    assert (await town.rows("SELECT count(*) FROM checkins WHERE state = 'planned'"))[0][0] == 0
    assert await town.rows("SELECT case_id FROM entry_snapshots") == []
    assert await town.rows("SELECT id FROM tasks WHERE kind = 'snapshot' AND done_at IS NULL") == []
    await town.live_until(START + timedelta(days=12), step=timedelta(hours=6))
    anna.sees_nothing()
    read_all(marta, liene)


async def agrees_on_monday(lead: Inhabitant, town: Town) -> None:
    await opens_case(lead, town, "anna")
    await lead.taps(f"{B}.joins")
    await lead.taps(f"{B}.four_rules_hold")
    await lead.taps(f"{B}.start_monday")
    await lead.taps_label("3 ")
    await lead.taps(f"{B}.cadence.weekly")
    await lead.taps(f"{B}.weekday.1")
    await lead.taps_label("10:00")
    await lead.taps(f"{B}.confirm_plan")


@pytest.mark.feature("E1")
async def test_on_the_joining_day_it_is_too_late_to_take_it_back(town: Town) -> None:
    _, _, liene = await in_programme(town)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.history")
    assert liene.words(f"{B}.take_decision_back") not in liene.buttons
    await liene.forges(f"programme.take_back:{await only_case(town)}:1")
    liene.sees(f"{P}.case")
    assert (await moves(town))[-1] == ("programme", "four_rules")


@pytest.mark.feature("E1")
async def test_a_mentor_neither_checks_the_rules_nor_begins_without_them(town: Town) -> None:
    anna, marta, _ = await with_mentor(town)
    case = await only_case(town)
    await marta.forges(f"programme.check:{case}:yes:yes:yes:yes:")
    marta.sees("people.staff.not_available")
    await anna.forges(Begin(case).pack())
    anna.sees("people.youth.not_available")
    assert (await moves(town))[-1] == ("profiling", None)


# --- how it ends, with the reason -------------------------------------------------------------------------------


@pytest.mark.feature("E4")
@pytest.mark.parametrize("reason", NotNow)
async def test_not_now_keeps_its_reason_and_the_young_person_does_not_read_it(town: Town, reason: NotNow) -> None:
    anna, marta, liene = await with_mentor(town)
    await opens_case(liene, town, "anna")
    await rests(liene, reason)
    assert liene.words(f"{R}.{reason}") in liene.sees(f"{P}.end.done").text
    assert liene.words(f"{R}.{reason}") not in anna.sees(f"{Y}.not_now").text
    assert (await moves(town))[-1] == ("not_now", reason.value)
    marta.reads_rest()


async def rests(lead: Inhabitant, reason: NotNow) -> None:
    await lead.taps(f"{B}.not_now")
    lead.sees(f"{P}.end.why")
    await lead.taps(f"{R}.{reason}")
    await lead.taps(f"{B}.end_it")


@pytest.mark.feature("E4", "S1.5")
async def test_every_stage_stands_in_the_history_with_its_day_and_its_reason(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await town.live_until(START + timedelta(days=3))
    read_all(marta, anna, liene)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.close")
    await liene.taps(f"{B}.outcomes.work")
    await liene.taps("programme.any.outcome.job")
    await liene.taps(f"{B}.end_it")
    read_all(liene, marta)
    for staff in (liene, marta):
        await staff.forges(OpenHistory(await only_case(town)).pack())
        shown = staff.sees(f"{P}.history").text.splitlines()[2:]
        assert shown == [
            "02.03.2026. · jauns kontakts",
            "02.03.2026. · iepazīšanās",
            "02.03.2026. · iepazīšanās (visi četri nosacījumi ir spēkā)",
            "02.03.2026. · programma (visi četri nosacījumi ir spēkā)",
            "05.03.2026. · dalība noslēgta (darbs)",
        ]
    laura = await town.staff("laura", Role.LEAD, "LV-041")
    await laura.forges(OpenHistory(await only_case(town)).pack())
    laura.sees("people.staff.not_available")
    read_all(anna, marta, liene)


# --- taken up again ---------------------------------------------------------------------------------------------


async def ended(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    anna, marta, liene = await with_mentor(town)
    await opens_case(liene, town, "anna")
    await rests(liene, NotNow.STUDIES)
    read_all(anna, marta, liene)
    return anna, marta, liene


async def takes_up(lead: Inhabitant, reason: str = "things_changed") -> None:
    await lead.says("/cases")
    await lead.taps(f"{B}.ended_cases")
    await lead.taps(f"{B}.case")
    await lead.taps(f"{B}.reopen")
    lead.sees(f"{P}.reopen.why")
    await lead.taps(f"{R}.{reason}")


@pytest.mark.feature("E4")
async def test_the_lead_takes_an_ended_case_up_again_and_the_mentor_goes_on(town: Town) -> None:
    anna, marta, liene = await ended(town)
    await takes_up(liene)
    liene.sees(f"{P}.case")
    assert "Marta" in anna.sees(f"{Y}.reopened_with").text
    marta.sees(f"{P}.reopen.told")
    assert (await moves(town))[-1] == ("profiling", "things_changed")
    (row,) = await town.rows("SELECT stage, outcome, mentor_id FROM cases")
    assert (row.stage, row.outcome, row.mentor_id) == ("profiling", None, (await town.person("marta")).id)
    await joins(liene, town, "anna")
    anna.sees(f"{Y}.began")
    read_all(marta, liene)


@pytest.mark.feature("E4")
async def test_who_was_closed_after_a_programme_can_join_a_second_one_and_the_first_entry_stays(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.close")
    await liene.taps(f"{B}.outcomes.other")
    await liene.taps("programme.any.outcome.left_early")
    await liene.taps(f"{B}.end_it")
    read_all(anna, marta, liene)
    await town.live_until(START + timedelta(days=10), step=timedelta(hours=12))
    read_all(anna, marta, liene)
    await takes_up(liene, "asked_again")
    anna.sees(f"{Y}.reopened_with")
    await joins(liene, town, "anna")
    anna.sees(f"{Y}.began")
    assert [row.joined_on for row in await town.rows("SELECT joined_on FROM entry_snapshots")] == ["2026-03-02"]
    read_all(marta, liene)


@pytest.mark.feature("E4")
async def test_without_room_it_waits_for_another_mentor_as_a_new_contact_does(town: Town) -> None:
    anna, marta, liene = await ended(town)
    await town.staff("oksana", Role.MENTOR)
    await change(town, "DELETE FROM grants WHERE person_id = :id", id=(await town.person("marta")).id)
    await takes_up(liene)
    anna.sees(f"{Y}.reopened")
    assert liene.find_button(f"{B}.choose_mentor")
    (row,) = await town.rows("SELECT stage, mentor_id, remind_at FROM cases")
    assert (row.stage, row.mentor_id) == ("contact", None)
    assert row.remind_at is not None
    marta.sees_nothing()
    liene.reads_rest()


@pytest.mark.feature("E4")
async def test_who_asked_not_to_be_written_to_is_not_taken_up_over_their_head(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await anna.forges("people.withdraw:contact:1")
    read_all(anna, marta, liene)
    assert (await moves(town))[-1] == ("not_now", "own_wish")
    await liene.forges(Reopen(await only_case(town)).pack())
    liene.sees(f"{P}.reopen.must_agree")
    anna.sees_nothing()
    assert (await moves(town))[-1] == ("not_now", "own_wish")


@pytest.mark.feature("E4")
async def test_two_leads_take_it_up_once_and_a_mentor_cannot(town: Town) -> None:
    anna, marta, liene = await ended(town)
    laura = await town.staff("laura", Role.LEAD)
    again = Reopen(await only_case(town), None)
    await marta.forges(again.pack())
    marta.sees("people.staff.not_available")
    for lead in (liene, laura):
        await lead.forges(f"{again.pack()}asked_again")
        lead.sees(f"{P}.case")
    anna.sees(f"{Y}.reopened_with")
    anna.sees_nothing()
    assert [stage for stage, _ in await moves(town)] == ["contact", "profiling", "not_now", "profiling"]
    read_all(marta, liene, laura)


# --- the joining day --------------------------------------------------------------------------------------------

S = f"{P}.snapshot"


async def test_the_joining_day_is_frozen_once_the_lead_says_that_it_is_whole(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    case = await only_case(town)
    (task,) = await town.rows("SELECT audience, done_at FROM tasks WHERE kind = 'snapshot'")
    assert (task.audience, task.done_at) == ("lead", None)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.snapshot")
    assert "18–29" in liene.sees(f"{S}.open").text
    assert liene.words(f"{B}.keep_snapshot") not in liene.buttons
    await liene.taps(f"{B}.entry.education")
    liene.sees(f"{S}.ask.education")
    await liene.taps("programme.any.entry.education.isced_0_2")
    await liene.taps(f"{B}.entry.rural")
    await liene.taps("programme.any.entry.rural.yes")
    await liene.taps(f"{B}.keep_snapshot")
    assert "laukos" in liene.sees(f"{S}.frozen").text
    before = await town.rows("SELECT fields FROM entry_snapshots")
    await liene.says("/menu")
    await liene.forges(FillSnapshot(case, Field.RURAL, "no").pack())
    liene.sees(f"{S}.frozen")
    assert await town.rows("SELECT fields FROM entry_snapshots") == before
    assert await town.rows("SELECT id FROM tasks WHERE kind = 'snapshot' AND done_at IS NULL") == []
    read_all(anna, marta)


async def test_after_twenty_eight_days_a_correction_goes_into_the_official_form(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    case = await only_case(town)
    await town.move_to(START + timedelta(days=29))
    read_all(anna, marta, liene)
    await liene.forges(FillSnapshot(case, Field.RURAL, "no").pack())
    assert "oficiālajā veidlapā" in liene.sees(f"{S}.frozen").text
    await liene.forges(KeepSnapshot(case).pack())
    assert await town.rows("SELECT id FROM tasks WHERE kind = 'snapshot' AND done_at IS NULL") == []
    liene.reads_rest()


async def test_special_categories_are_refused_with_a_sentence_even_where_the_setting_names_them(town: Town) -> None:
    wanted: frozenset[SnapshotField] = frozenset({"rural", "disability", "ethnicity"})
    town.settings = town.settings.model_copy(update={"snapshot_fields": wanted})
    anna, marta, liene = await in_programme(town)
    await liene.forges(OpenSnapshot(await only_case(town)).pack())
    shown = liene.sees(f"{S}.open").text
    assert "papīra veidlapā: invaliditāte" in shown
    assert "etniskā piederība" in shown
    assert not any("nvalid" in label for label in liene.buttons)
    read_all(anna, marta)


async def test_the_table_holds_a_row_for_each_young_person_by_code_name_and_the_look_is_kept(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    laura = await town.staff("laura", Role.LEAD, "LV-041")
    await laura.says("/snapshots")
    laura.sees(f"{S}.nobody")
    for staff in (liene, kaspars):
        await staff.says("/snapshots")
        made = staff.sees(f"{S}.ready")
        assert made.attachment is not None
        rows = made.attachment.content.decode("utf-8-sig").splitlines()
        assert (await town.person("anna")).code_name in rows[1]
        assert '"individuālā programma";"Ogre";"2026-03-02"' in rows[1]
        assert not any("anna" in row.lower() for row in rows)
    youth = (await town.person("anna")).id
    looks = await town.rows("SELECT viewer_id FROM accesses WHERE what = 'snapshots' AND youth_id = :y", y=youth)
    assert len(looks) == 2
    assert len(await town.rows("SELECT id FROM audit WHERE action = 'snapshots.exported'")) == 2
    await marta.says("/snapshots")
    marta.sees("people.staff.no_such_command")
    read_all(anna, laura, liene, kaspars)


async def test_who_joins_after_the_first_contact_without_an_age_is_asked_for_it(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await change(town, "UPDATE cases SET age_band = 'unknown'")
    await joins(liene, town, "anna")
    await liene.forges(OpenSnapshot(await only_case(town)).pack())
    liene.sees(f"{S}.open")
    await liene.taps(f"{B}.entry.age")
    await liene.taps("programme.any.entry.age.from_18")
    assert "vecums: 18–29" in liene.sees(f"{S}.open").text
    read_all(anna, marta)


@pytest.mark.feature("E6")
async def test_a_young_person_who_comes_again_by_themselves_finds_their_earlier_way_in_the_history(town: Town) -> None:
    anna, marta, liene = await ended(town)
    await anna.says("/menu")
    await anna.taps("screening.youth.button.questions")
    await anna.taps("screening.youth.button.start_over")
    for question, code in (("age", "18_28"), ("status", "neither"), ("nva", "no"), ("mood", "skip"), ("wish", "work")):
        await anna.taps(f"screening.youth.button.{question}.{code}")
    anna.reads_rest()
    await anna.taps("screening.youth.button.contact.yes")
    old, new = (row.id for row in await town.rows("SELECT id FROM cases ORDER BY id"))
    liene.reads_rest()
    await liene.forges(OpenCase(new).pack())
    assert liene.words(f"{P}.line.repeat") in liene.sees(f"{P}.case").text
    await liene.forges(OpenHistory(new).pack())
    assert "ne tagad (jau mācās)" in liene.sees(f"{P}.history").text
    await liene.forges(Reopen(old).pack())
    liene.sees(f"{P}.reopen.newer")
    read_all(anna, marta, liene)


@pytest.mark.parametrize(
    ("ground", "inactive"), [("four_rules", True), ("part_time_study", True), ("child_care", False)]
)
async def test_who_counts_as_inactive_hangs_on_the_ground_of_joining(town: Town, ground: str, inactive: bool) -> None:
    anna, marta, liene = await in_programme(town)
    await change(town, "UPDATE entry_snapshots SET fields = json_set(fields, '$.ground', :ground)", ground=ground)
    await liene.forges(OpenSnapshot(await only_case(town)).pack())
    liene.sees(f"{S}.inactive" if inactive else f"{S}.status_open")
    await liene.says("/snapshots")
    made = liene.sees(f"{S}.ready")
    assert made.attachment is not None
    head, row = (line.split(";") for line in made.attachment.content.decode("utf-8-sig").splitlines()[:2])
    at = next(place for place, column in enumerate(head) if "EECO04" in column)
    assert [cell.strip('"') for cell in row[at : at + 2]] == (["1", "0"] if inactive else ["", ""])
    read_all(anna, marta, liene)

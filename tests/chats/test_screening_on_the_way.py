"""On the way through the questions: typed lines, looking back at any answer, being reminded, and new versions."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.questionnaires import Report, check_file, import_file
from bot.screening.questionnaire import CURRENT, texts_of_package
from bot.words import Language
from tests.chats.test_screening import B, Q, answers, begins, outcomes, stands_at_mood
from tests.faults.process import run_command
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import NAMES, sooner
from tests.town.town import Town

LINES = {
    "anna": ("man ir 19", "neko", "nē", "dzīvoju Ogrē"),
    "danylo": ("дев'ятнадцять", "не працюю і не навчаюся", "ні", "я живу в Огре"),
    "emma": ("2006", "neither", "no", "Ogre municipality"),
}


async def without_link(town: Town, name: str = "anna") -> Inhabitant:
    one = await town.youth(name)
    await begins(one)
    return one


# --- typed ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("B8")
@pytest.mark.parametrize("name", list(LINES))
async def test_whoever_types_gets_as_far_as_whoever_presses(town: Town, name: str) -> None:
    one = await without_link(town, name)
    for line, question in zip(LINES[name], ("status", "nva", "region", "mood"), strict=True):
        await one.says(line)
        one.sees(f"{Q}.{question}")
    kept = await town.rows("SELECT answers FROM screenings")
    assert '"region": "vidzeme", "place": "LV-067"' in kept[0][0]


@pytest.mark.feature("B8")
async def test_a_place_that_could_be_several_is_offered_and_none_of_them_leads_back(town: Town) -> None:
    anna = await without_link(town)
    await answers(anna, age="18_28", status="neither", nva="no")
    anna.sees(f"{Q}.region")
    await anna.says("Valmeira")
    anna.sees("screening.youth.note.which_place")
    await anna.taps(f"{B}.none_of_these")
    anna.sees(f"{Q}.region")
    await anna.says("qwertzuiop")
    anna.sees("screening.youth.note.place_example")
    assert anna.find_button(f"{B}.talk")
    await anna.says("Valmeira")
    await anna.taps("directory.any.place.lv_113")
    anna.sees(f"{Q}.mood")


async def test_an_old_button_of_a_place_changes_nothing(town: Town) -> None:
    anna = await without_link(town)
    await answers(anna, age="18_28", status="neither", nva="no")
    await anna.says("Valmeira")
    message, (_, data) = anna.find_button("directory.any.place.lv_113")
    await anna.taps_old(message.id, data)
    anna.sees(f"{Q}.mood")
    await anna.taps_old(message.id, data)
    await anna.taps_old(message.id, data.replace("LV-113", "LV-067"))
    anna.sees("screening.youth.note.moved_on")
    await anna.taps_old(message.id, data.replace("LV-113", "LV-XXX"))
    anna.reads_rest()
    assert "LV-113" in (await town.rows("SELECT answers FROM screenings"))[0][0]


# --- looking back -----------------------------------------------------------------------------------------------


@pytest.mark.feature("B4")
@pytest.mark.parametrize("name", sooner("danylo", NAMES))
async def test_any_answer_can_be_gone_back_to_and_only_what_depends_is_asked_again(town: Town, name: str) -> None:
    one = await without_link(town, name)
    await answers(one, age="18_28", status="neither", nva="no")
    await one.taps("directory.any.region.vidzeme")
    await one.taps("directory.any.place.lv_067")
    await answers(one, mood="good")
    await one.taps(f"{B}.answers")
    one.sees("screening.youth.answers")
    assert [label.split(":")[0] for label in one.buttons[:6]] == [
        one.words(f"screening.youth.about.{about}") for about in ("age", "status", "nva", "region", "place", "mood")
    ]
    await one.taps_label(one.words("screening.youth.about.region"))
    one.sees(f"{Q}.region")
    await one.taps("directory.any.region.latgale")
    one.sees(f"{Q}.place")
    await one.taps("directory.any.place.lv_dgv")
    one.sees(f"{Q}.wish")
    await one.taps(f"{B}.answers")
    await one.taps(f"{B}.go_on")
    one.sees(f"{Q}.wish")


async def test_an_old_summary_is_harmless(town: Town) -> None:
    anna = await stands_at_mood(town)
    await anna.taps(f"{B}.answers")
    message, (_, data) = anna.find_button(f"{B}.answer")
    await anna.taps(f"{B}.go_on")
    await answers(anna, mood="good", wish="work", contact="no")
    anna.reads_rest()
    await anna.taps_old(message.id, data)
    assert await outcomes(town) == ["likely"]


# --- reminders --------------------------------------------------------------------------------------------------


async def weeks_pass(town: Town) -> None:
    """Both moments at which a reminder would have come, and a while after."""
    for days in (3, 7, 3):
        await town.move_to(town.later(hours=24 * days))


@pytest.mark.feature("B2")
async def test_who_stops_in_the_middle_is_reminded_twice_and_never_again(town: Town) -> None:
    one = await stands_at_mood(town, "danylo")
    began = town.clock.now()
    await town.move_to(began + timedelta(days=2, minutes=-5))
    one.sees_nothing()
    await town.move_to(began + timedelta(days=2))
    one.sees("screening.youth.reminder")
    await town.move_to(began + timedelta(days=9, minutes=-5))
    one.sees_nothing()
    await town.move_to(began + timedelta(days=9))
    one.sees("screening.youth.reminder_last")
    await town.move_to(began + timedelta(days=16))
    await town.move_to(began + timedelta(days=28))
    one.sees_nothing()
    await one.taps(f"{B}.go_on")
    one.sees(f"{Q}.mood")


@pytest.mark.feature("B2")
async def test_no_reminder_comes_at_night_or_on_a_day_off(town: Town) -> None:
    anna = await stands_at_mood(town)
    await town.move_to(datetime(2026, 3, 5, 20, 30, tzinfo=UTC))  # a Thursday, 22:30
    await anna.taps(f"{B}.mood.good")
    anna.reads_rest()
    for moment in (7, 8):  # Saturday night and Sunday noon
        await town.move_to(datetime(2026, 3, moment, 20 if moment == 7 else 10, 31, tzinfo=UTC))
    await town.move_to(datetime(2026, 3, 9, 6, 59, tzinfo=UTC))  # Monday, 08:59
    anna.sees_nothing()
    await town.move_to(datetime(2026, 3, 9, 7, 0, tzinfo=UTC))
    anna.sees("screening.youth.reminder")


@pytest.mark.feature("B2")
@pytest.mark.parametrize("where", ["on the reminder", "when stopping"])
async def test_one_tap_stops_reminders_for_good(town: Town, where: str) -> None:
    anna = await stands_at_mood(town)
    if where == "when stopping":
        await anna.taps(f"{B}.stop")
        anna.sees("screening.youth.stopped")
    else:
        await town.move_to(town.later(hours=48))
        anna.sees("screening.youth.reminder")
    await anna.taps(f"{B}.no_reminders")
    anna.sees("screening.youth.no_reminders")
    await weeks_pass(town)
    anna.sees_nothing()
    await anna.says("/start")
    await anna.taps(f"{B}.start_over")
    anna.sees(f"{Q}.age")
    await weeks_pass(town)
    anna.sees_nothing()


async def test_who_is_through_or_took_the_consent_back_hears_nothing(town: Town) -> None:
    anna, danylo = await stands_at_mood(town), await stands_at_mood(town, "danylo")
    await answers(anna, mood="good", wish="work", contact="no")
    anna.reads_rest()
    danylo_id = (await town.person("danylo")).id
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql(f"UPDATE consents SET withdrawn_at = 1 WHERE person_id = {danylo_id}")
    await weeks_pass(town)
    anna.sees_nothing()
    danylo.sees_nothing()


# --- versions ---------------------------------------------------------------------------------------------------


def shorter(tmp_path: Path, version: str) -> Path:
    """The package's version without the question of how somebody feels, under another name."""
    text = texts_of_package()[CURRENT].replace(f'version = "{CURRENT}"', f'version = "{version}"')
    mood = '[[question]]\nid = "mood"\noptions = ["good", "so_so", "hard", "very_hard", "skip"]\n'
    assert mood in text
    file = tmp_path / f"{version}.toml"
    file.write_text(text.replace(mood, ""), "utf-8")
    return file


async def imported(town: Town, file: Path) -> Report:
    """As by the command, from another process."""
    return await asyncio.to_thread(import_file, file, town.settings)


@pytest.mark.feature("B7", "B13")
async def test_an_imported_version_is_asked_from_the_next_beginning_on_and_nobody_is_moved(
    town: Town, tmp_path: Path
) -> None:
    anna = await stands_at_mood(town)
    assert (await imported(town, shorter(tmp_path, "short-1"))).well
    emma = await town.youth("emma", Language.EN)
    await emma.says("/start ogre")
    emma.reads_rest()
    await begins(emma)
    await answers(emma, age="18_28", status="neither", nva="no")
    emma.sees(f"{Q}.wish")
    await answers(anna, mood="good", wish="work", contact="no")
    anna.sees("screening.youth.outcome.likely")
    versions = await town.rows("SELECT version FROM screenings ORDER BY id")
    assert [row[0] for row in versions] == [CURRENT, "short-1"]


@pytest.mark.feature("B7", "B13")
async def test_a_published_version_never_changes_and_an_earlier_one_can_come_back(town: Town, tmp_path: Path) -> None:
    first = shorter(tmp_path, "short-1")
    assert (await imported(town, first)).well
    assert (await imported(town, shorter(tmp_path, "short-2"))).well
    changed = tmp_path / "changed.toml"
    changed.write_text(first.read_text("utf-8") + "\n# changed\n", "utf-8")
    refused = await imported(town, changed)
    assert (refused.well, "published with another text" in refused.lines[0]) == (False, True)
    assert (await imported(town, first)).well
    anna = await town.youth("anna")
    await begins(anna)
    assert [row[0] for row in await town.rows("SELECT version FROM screenings")] == ["short-1"]


@pytest.mark.feature("B13")
def test_a_faulty_file_is_refused_with_its_faults_and_changes_nothing(town: Town, tmp_path: Path) -> None:
    file = shorter(tmp_path, "bad")
    file.write_text(file.read_text("utf-8").replace('"work", "trade"', '"work", "tarde"', 1), "utf-8")
    for report in (check_file(file), import_file(file, town.settings)):
        assert not report.well
        assert any('"trade"' in line and str(file) in line for line in report.lines)
    assert not check_file(tmp_path / "missing.toml").well


@pytest.mark.slow
@pytest.mark.feature("B13")
async def test_the_command_says_what_it_found_with_its_exit_code(tmp_path: Path) -> None:
    database = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    good, bad = shorter(tmp_path, "short-1"), tmp_path / "bad.toml"
    bad.write_text("version = ", "utf-8")
    code, said, _ = await run_command("questionnaire", "check", str(good))
    assert (code, "sound; version short-1, 7 questions" in said) == (0, True)
    code, said, _ = await run_command("questionnaire", "import", str(bad), BOT_DATABASE_URL=database)
    assert (code, "this is not TOML" in said) == (1, True)
    code, _, wrong = await run_command("questionnaire", "import", str(good), BOT_DATABASE_URL=database)
    assert (code, "python -m bot migrate" in wrong) == (2, True)

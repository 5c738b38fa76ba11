"""Who looked at what: every screen about a young person leaves a line, for the data officer and for them to read."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from bot.accesses import rules
from bot.accesses.rules import A_PAGE
from bot.roles import Role
from bot.storage.tables import accesses
from tests.chats.casework import in_programme, opens_case, read_all
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

S = "accesses.staff.button"


async def officer(town: Town, municipality: str | None = None) -> Inhabitant:
    return await town.staff("dace", Role.DATA_OFFICER, municipality)


async def looks(town: Town, viewer: str, number: int, *, what: str = "programme") -> None:
    """So many visits of that person to Anna's records, an hour apart, ending now."""
    seen, youth = await town.person(viewer), await town.person("anna")
    rows = [
        {
            "viewer_id": seen.id,
            "youth_id": youth.id,
            "what": what,
            "at": town.clock.now() - timedelta(hours=number - one),
        }
        for one in range(1, number + 1)
    ]
    async with town.database.write() as db:
        await db.execute(insert(accesses), rows)


# --- what leaves a line -----------------------------------------------------------------------------------------


@pytest.mark.feature("C8")
async def test_opening_a_case_and_recording_a_check_in_are_noted_once_for_each_visit(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    async with town.database.write() as db:
        await db.execute(accesses.delete())
    town.clock.advance(timedelta(hours=1))
    await opens_case(marta, town, "anna")
    await marta.says("/cases")
    await marta.taps_label((await town.person("anna")).code_name)
    youth, guide = await town.person("anna"), await town.person("marta")
    (line,) = await town.rows("SELECT viewer_id, youth_id, what FROM accesses")
    assert tuple(line) == (guide.id, youth.id, "programme")
    await town.move_to(datetime(2026, 3, 3, 8, 30, tzinfo=UTC))
    await marta.taps("checkins.staff.button.met")
    read_all(anna, marta, liene)
    assert "checkins" in {row.what for row in await town.rows("SELECT what FROM accesses")}


@pytest.mark.feature("C8")
async def test_every_screen_about_a_young_person_that_staff_were_shown_has_left_its_line(town: Town) -> None:
    """Whatever capability says it: a screen `about` somebody is a look, and nobody has to remember to note it."""
    anna, marta, liene = await in_programme(town)
    await marta.says("/refer")
    await marta.taps_label((await town.person("anna")).code_name)
    await town.move_to(datetime(2026, 3, 3, 8, 30, tzinfo=UTC))
    await marta.taps("checkins.staff.button.met")
    read_all(anna, marta, liene)
    shown = await town.rows(
        "SELECT DISTINCT person_id, about_id, key FROM outbox WHERE priority = 0 AND about_id IS NOT NULL"
        " AND person_id <> about_id"
    )
    noted = {tuple(row) for row in await town.rows("SELECT viewer_id, youth_id, what FROM accesses")}
    assert {"programme", "checkins", "referrals"} <= {what for _, _, what in noted}
    assert [tuple(row) for row in shown if (row.person_id, row.about_id, row.key.split(".")[0]) not in noted] == []
    assert {rules.part(what) for _, _, what in noted} <= set(rules.PARTS)


@pytest.mark.feature("C8")
async def test_what_a_young_person_does_and_what_is_told_to_staff_is_no_look(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    async with town.database.write() as db:
        await db.execute(accesses.delete())
    await anna.says("/plan")
    await anna.forges("programme.talk")
    read_all(anna, marta, liene)
    assert await town.rows("SELECT * FROM accesses") == []


@pytest.mark.feature("C8", "C5")
async def test_the_lines_about_somebody_go_with_them(town: Town) -> None:
    anna = await town.youth("anna")
    marta = await town.staff("marta", Role.MENTOR)
    await looks(town, "marta", 3)
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    read_all(anna, marta)
    assert await town.rows("SELECT * FROM accesses") == []


# --- who reads it -----------------------------------------------------------------------------------------------


@pytest.mark.feature("C8")
async def test_the_officer_reads_who_looked_at_what_and_when_newest_first(town: Town) -> None:
    await town.youth("anna")
    await town.staff("marta", Role.MENTOR)
    await looks(town, "marta", A_PAGE + 2)
    dace = await officer(town)
    await dace.says("/menu")
    dace.reads_rest()
    await dace.taps(f"{S}.access_log")
    dace.sees("accesses.staff.whose")
    await dace.says((await town.person("anna")).code_name)
    page = dace.sees("accesses.staff.log").text
    lines = page.splitlines()[2:]
    assert len(lines) == A_PAGE
    assert all("Marta" in line and dace.words("staff.any.role.mentor") in line for line in lines)
    assert dace.words("accesses.staff.part.programme") in lines[0]
    await dace.taps(f"{S}.older")
    # Reading the log is a look too, and the newest line of it.
    assert len(dace.sees("accesses.staff.log").text.splitlines()[2:]) == 3
    await dace.taps(f"{S}.newer")
    assert "Dace" in dace.sees("accesses.staff.log").text.splitlines()[2]


@pytest.mark.feature("C8", "C10")
async def test_the_file_names_staff_and_parts_and_no_number_of_anybody(town: Town) -> None:
    anna = await town.youth("anna")
    marta = await town.staff("marta", Role.MENTOR)
    await looks(town, "marta", 2)
    dace = await officer(town)
    code_name = (await town.person("anna")).code_name
    await dace.says(f"/access_log {code_name.upper()}")
    dace.sees("accesses.staff.log")
    await dace.taps(f"{S}.file")
    file = dace.sees("accesses.staff.file").attachment
    assert file is not None
    text = file.content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {(row["code_name"], row["viewer"], row["roles"], row["part"]) for row in rows} == {
        (code_name, "Marta", "mentor", "programme"),
        (code_name, "Dace", "data_officer", "accesses"),
    }
    for number in (anna.phone.id, marta.phone.id, dace.phone.id):
        assert str(number) not in text
    assert "secret" not in text


@pytest.mark.feature("C8", "X33")
async def test_an_officer_of_another_municipality_and_all_other_staff_read_nothing(town: Town) -> None:
    await town.youth("anna")
    kaspars = await town.staff("kaspars", Role.COORDINATOR, None)
    elsewhere = await town.staff("ilze", Role.DATA_OFFICER, "LV-022")
    anna = await town.person("anna")
    await elsewhere.says(f"/access_log {anna.code_name}")
    elsewhere.sees("accesses.staff.no_such_code_name")
    for data in (f"accesses.page:{anna.id}:0", f"accesses.file:{anna.id}"):
        for one in (elsewhere, kaspars):
            await one.forges(data)
            one.sees("people.staff.not_available")
    await kaspars.says(f"/access_log {anna.code_name}")
    kaspars.sees("people.staff.no_such_command")


@pytest.mark.feature("C8")
async def test_nobody_looked_is_said_and_who_has_left_has_no_name(town: Town) -> None:
    await town.youth("anna")
    marta = await town.staff("marta", Role.MENTOR)
    dace = await officer(town)
    code_name = (await town.person("anna")).code_name
    await dace.says(f"/access_log {code_name}")
    dace.sees("accesses.staff.nobody_looked")
    await looks(town, "marta", 1)
    await marta.says("/forget")
    await marta.taps("people.any.button.forget_sure")
    marta.reads_rest()
    await dace.says(f"/access_log {code_name}")
    assert dace.words("accesses.staff.former") in dace.sees("accesses.staff.log").text


@pytest.mark.feature("C8", "C4")
async def test_a_young_person_sees_how_often_and_as_what_they_were_looked_at(town: Town) -> None:
    anna = await town.youth("anna")
    await town.staff("marta", Role.MENTOR)
    await looks(town, "marta", 3)
    await anna.says("/mydata")
    told = anna.sees("people.youth.my_data").text
    anna.reads_rest()
    role = anna.words("staff.any.role.mentor")
    assert any(role in line and "3" in line for line in told.splitlines())
    assert "Marta" not in told


@pytest.mark.feature("C8", "L1")
async def test_only_an_administrator_invites_a_data_officer(town: Town) -> None:
    andrejs, kaspars = await town.staff("andrejs", Role.ADMIN, None), await town.staff("kaspars", Role.COORDINATOR)
    await kaspars.forges("staff.place:data_officer:LV-067")
    kaspars.sees("people.staff.not_available")
    await andrejs.says("/invite")
    await andrejs.taps("staff.any.role.data_officer")
    await andrejs.taps("staff.any.whole_country")
    link = andrejs.sees("staff.staff.invite_link").text
    payload = next(word for word in link.split() if "start=" in word).partition("start=")[2]
    dace = town.newcomer("dace")
    await dace.says(f"/start {payload}")
    dace.sees("staff.staff.joined")
    dace.reads_rest()
    andrejs.reads_rest()
    assert (await town.person("dace")).roles == {Role.DATA_OFFICER}

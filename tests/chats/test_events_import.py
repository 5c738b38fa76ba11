"""Events from a file: the empty table, every fault at once, a look at what was understood, and drafts by a press."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.events.from_file.actions_import import ImportFile, TakeIn
from bot.events.from_file.importing_columns import Column, heading
from bot.events.from_file.importing_words import said
from bot.roles import Role
from bot.words import Language
from tests.chats.events_talk import OGRE, at
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

S = "events.staff.sheet"
ROW = {
    Column.KIND: "seminārs",
    Column.TITLE_LV: "Picas vakars",
    Column.DETAILS_LV: "Cepsim picu.",
    Column.STARTS: "12.03.2026 17:00",
    Column.PLACE: "Skolas iela 1",
    Column.GROUPS: "jaunieši",
}


def table(*rows: dict[Column, Any]) -> bytes:
    book = Workbook()
    book.worksheets[0].append([said(heading(one), Language.LV) for one in Column])
    for row in rows:
        book.worksheets[0].append([row.get(one) for one in Column])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


THREE = table(*[ROW | {Column.STARTS: f"{day}.03.2026 17:00", Column.ORGANISERS: "Centrs"} for day in (12, 13, 14)])


async def asked(town: Town, place: str | None = OGRE) -> Inhabitant:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, place)
    await kaspars.forges(ImportFile().pack())
    kaspars.sees(f"{S}.ask")
    return kaspars


async def drafts(town: Town) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await town.rows("SELECT titles, state FROM events WHERE state = 'draft' ORDER BY id")]


@pytest.mark.feature("X42", "I1")
async def test_an_empty_table_comes_and_goes_back_filled_in(town: Town) -> None:
    kaspars = await asked(town)
    await kaspars.taps("events.staff.button.template")
    kaspars.sees(f"{S}.being_made")
    got = kaspars.sees(f"{S}.made").attachment
    assert got is not None
    assert got.name.endswith(".xlsx")
    sheet = load_workbook(io.BytesIO(got.content)).worksheets[0]
    assert sheet["A1"].value == said(heading(Column.SERIES), Language.LV)
    await kaspars.sends_file(got.name, THREE)
    kaspars.sees(f"{S}.arrived")
    kaspars.sees(f"{S}.understood")


@pytest.mark.feature("I1", "S3.11")
async def test_drafts_are_made_by_a_press_and_once(town: Town) -> None:
    kaspars = await asked(town)
    await kaspars.sends_file("pasakumi.xlsx", THREE)
    kaspars.sees(f"{S}.arrived")
    shown = kaspars.sees(f"{S}.understood").text
    assert shown.count("Picas vakars") == 3
    assert await drafts(town) == []
    message, (_, data) = kaspars.find_button("events.staff.button.take_in")
    await kaspars.taps("events.staff.button.take_in")
    kaspars.sees(f"{S}.being_taken")
    kaspars.sees(f"{S}.taken")
    assert len(await drafts(town)) == 3
    assert len(await town.rows("SELECT id FROM event_organisers")) == 3
    await kaspars.taps_old(message.id, data)
    kaspars.sees(f"{S}.gone")
    assert len(await drafts(town)) == 3


@pytest.mark.feature("I1")
async def test_the_same_rows_sent_again_are_there_already(town: Town) -> None:
    kaspars = await asked(town)
    await kaspars.sends_file("pasakumi.xlsx", table(ROW))
    await kaspars.taps("events.staff.button.take_in")
    await kaspars.forges(ImportFile().pack())
    kaspars.reads_rest()
    await kaspars.sends_file("vēlreiz.xlsx", table(ROW))
    kaspars.sees(f"{S}.arrived")
    kaspars.sees(f"{S}.nothing_new")
    assert len(await drafts(town)) == 1


@pytest.mark.feature("I1", "X43")
async def test_every_fault_is_named_and_nothing_changes(town: Town) -> None:
    kaspars = await asked(town)
    broken = ROW | {Column.STARTS: "rīt", Column.MUNICIPALITY: "Cēsis"}
    await kaspars.sends_file("pasakumi.xlsx", table(ROW, broken))
    kaspars.sees(f"{S}.arrived")
    told = kaspars.sees(f"{S}.wrong").text
    assert "Rinda 3, aile K „Sākums”" in told
    assert "Rinda 3, aile S „Kuras pašvaldības cilvēkiem”" in told
    assert await drafts(town) == []
    assert await town.rows("SELECT id FROM received_files") == []


async def test_the_corrected_file_needs_no_button(town: Town) -> None:
    kaspars = await asked(town)
    await kaspars.sends_file("pasakumi.xlsx", table(ROW | {Column.STARTS: "rīt"}))
    kaspars.sees(f"{S}.wrong")
    await kaspars.sends_file("pasakumi.xlsx", table(ROW))
    kaspars.sees(f"{S}.understood")


async def test_what_has_become_wrong_meanwhile_is_not_taken_over(town: Town) -> None:
    kaspars = await asked(town)
    await kaspars.sends_file("pasakumi.xlsx", THREE)
    await town.move_to(at(date(2026, 3, 12), 18))
    kaspars.reads_rest()
    await kaspars.taps("events.staff.button.take_in")
    kaspars.sees(f"{S}.being_taken")
    kaspars.sees(f"{S}.wrong")
    assert await drafts(town) == []


@pytest.mark.feature("X43")
async def test_nobody_takes_over_what_another_sent(town: Town) -> None:
    kaspars = await asked(town)
    await kaspars.sends_file("pasakumi.xlsx", table(ROW))
    kaspars.reads_rest()
    dace = await town.staff("dace", Role.COORDINATOR, None)
    file = (await town.rows("SELECT id FROM received_files"))[0].id
    await dace.forges(TakeIn(file).pack())
    dace.sees(f"{S}.gone")
    assert await drafts(town) == []


@pytest.mark.feature("I1")
async def test_drafts_are_listed_and_gone_on_with(town: Town) -> None:
    kaspars = await asked(town)
    await kaspars.sends_file("pasakumi.xlsx", THREE)
    await kaspars.taps("events.staff.button.take_in")
    kaspars.reads_rest()
    await kaspars.taps("events.staff.button.drafts")
    assert kaspars.sees("events.staff.drafts").text.count("Picas vakars") == 3
    await kaspars.taps_label("Picas vakars")
    kaspars.sees("events.staff.draft")


async def test_a_calendar_becomes_drafts_that_want_their_audience(town: Town) -> None:
    kaspars = await asked(town)
    lines = (
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "SUMMARY:Picas vakars", "DESCRIPTION:Cepsim picu",
        "LOCATION:Skolas iela 1", "DTSTART:20260312T150000Z", "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    await kaspars.sends_file("pasakumi.ics", "\r\n".join(lines).encode())
    await kaspars.taps("events.staff.button.take_in")
    kaspars.reads_rest()
    ((place, audience),) = await town.rows("SELECT place, audience FROM events")
    assert (place, audience) == ("Skolas iela 1", "{}")


@pytest.mark.feature("S3.10")
async def test_a_series_becomes_one_draft_with_its_sessions(town: Town) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await dace.forges(ImportFile().pack())
    first = ROW | {Column.SERIES: "Diena", Column.HELD_IN: "Ogre"}
    second = {Column.STARTS: "13.3.2026 17:00", Column.PLACE: "Pils iela 2", Column.HELD_IN: "Cēsis"}
    rows = table(first, {Column.SERIES: "Diena"} | second)
    await dace.sends_file("pasakumi.xlsx", rows)
    await dace.taps("events.staff.button.take_in")
    dace.reads_rest()
    found = await town.rows("SELECT state, place FROM events WHERE series_id IS NOT NULL ORDER BY starts_at")
    assert [tuple(row) for row in found] == [("session", "Skolas iela 1"), ("draft", "Pils iela 2")]
    await dace.forges(ImportFile().pack())
    await dace.sends_file("pasakumi.xlsx", rows)
    dace.sees(f"{S}.nothing_new")


async def test_words_instead_of_a_file_are_answered_by_what_is_awaited(town: Town) -> None:
    kaspars = await asked(town)
    await kaspars.says("te ir mani pasākumi")
    kaspars.sees(f"{S}.ask")
    await kaspars.sends_file("virus.xlsx", b"MZ\x90\0\x03")
    kaspars.sees(f"{S}.arrived")
    assert "neizdodas atvērt" in kaspars.sees(f"{S}.wrong").text

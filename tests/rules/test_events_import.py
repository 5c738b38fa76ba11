"""A table or a calendar of events: what is understood of it, and how every fault is named by row and column."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.directory.rules import Region
from bot.events.audience import Audience, Group
from bot.events.event import Funder, Kind, Level
from bot.events.from_file.importing import Organiser, Reading, Understood, mark_of
from bot.events.from_file.importing_columns import NEEDED, Column, heading, words_of
from bot.events.from_file.importing_faults import Cell, Entry, Expected
from bot.events.from_file.importing_file import understood
from bot.events.from_file.importing_opening import MOST_ROWS, letter_of
from bot.events.from_file.importing_template import template
from bot.events.from_file.importing_words import said
from bot.events.sessions.series import Session
from bot.roles import Grant, Person, Role
from bot.texts import Texts
from bot.words import Language

RIGA = ZoneInfo("Europe/Riga")
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
OGRE, CESIS = "LV-067", "LV-022"


def coordinator(*places: str | None, language: Language = Language.LV) -> Person:
    return Person(7, language, "koordinators", grants=frozenset(Grant(Role.COORDINATOR, one) for one in places))


def reading(*places: str | None, language: Language = Language.LV) -> Reading:
    return Reading(coordinator(*(places or (OGRE,)), language=language), NOW, RIGA, {"jauniešu centrs": 5})


ROW = {
    Column.KIND: "mācības",
    Column.TITLE_LV: "Picas vakars",
    Column.DETAILS_LV: "Cepsim picu.",
    Column.STARTS: "12.03.2026 17:00",
    Column.PLACE: "Skolas iela 1",
    Column.GROUPS: "jaunieši",
}


on_the_wall = datetime.fromisoformat
"""As a spreadsheet holds a moment: without a time zone."""


def table(*rows: dict[Column, Any], columns: tuple[Column, ...] = tuple(Column)) -> bytes:
    """A workbook with Latvian headings and these rows below them."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([said(heading(one), Language.LV) for one in columns])
    for row in rows:
        sheet.append([row.get(one) for one in columns])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def faults(found: Understood) -> list[tuple[int | None, Column | None, Expected]]:
    cells = [(one.where, one.expected) for one in found.faults.first]
    return [(where.row, where.column, expected) for where, expected in cells if isinstance(where, Cell)]


def one_fault(column: Column, value: Any, *places: str | None, **more: Any) -> Expected | None:
    """What is expected where that column holds that value, or None."""
    row = {**ROW, column: value} | {Column(name): other for name, other in more.items()}
    found = understood(table(row), reading(*places))
    return next((expected for _, where, expected in faults(found) if where is column), None)


# --- what is understood --------------------------------------------------------------------------------------------


@pytest.mark.feature("I1", "I2", "S3.11")
def test_every_column_finds_its_place_in_the_draft() -> None:
    full = ROW | {
        Column.TITLE_UK: "Піца-вечір", Column.DETAILS_UK: "Спечемо піцу.", Column.FIRST: "ukraiņu",
        Column.ENDS: "19:00", Column.REPLY_BY: "10.3.2026", Column.LINK: "https://example.org/zoom",
        Column.POSITION: "56.8162, 24.6140", Column.MUNICIPALITY: "Ogre", Column.READERS: "ukraiņu; angļu",
        Column.GROUPS: "jaunieši, mentori", Column.CAPACITY: 20, Column.QUOTAS: "jaunieši 15; mentori: 5",
        Column.MINIMUM_AGE: 15, Column.MAXIMUM_AGE: "29", Column.GUARDIAN: "Jā", Column.ASKS_NEEDS: True,
        Column.LANGUAGES: "latviešu", Column.COST: "bez maksas", Column.ACCESS: "lifts", Column.TRAVEL: "biļete",
        Column.LEVEL: "Vietējs", Column.COUNTRY: "EE", Column.FUNDER: "proti_un_dari",
        Column.ORGANISERS: "JAUNIEŠU CENTRS; Ogres bibliotēka", Column.AGENDA: "Iepazīšanās\nPica",
        Column.PUBLICITY: "Līdzfinansē ES", Column.LISTED: "jā",
    }  # fmt: skip
    (planned,) = understood(table(full), reading()).planned
    draft = planned.draft
    assert (draft.kind, draft.language, draft.listed) == (Kind.TRAINING, Language.UK, True)
    assert draft.titles == {Language.LV: "Picas vakars", Language.UK: "Піца-вечір"}
    assert draft.starts_at == datetime(2026, 3, 12, 15, tzinfo=UTC)
    assert draft.ends_at == datetime(2026, 3, 12, 17, tzinfo=UTC)
    assert draft.reply_by == datetime(2026, 3, 10, 21, 59, tzinfo=UTC)
    told, terms = draft.particulars, draft.terms
    assert (told.link, told.latitude, told.longitude) == ("https://example.org/zoom", 56.8162, 24.614)
    assert (told.level, told.country, told.funder) == (Level.LOCAL, "EE", Funder.PROTI_UN_DARI)
    assert (told.cost, told.access, told.travel) == ("bez maksas", "lifts", "biļete")
    assert (told.languages, told.agenda, told.publicity) == (("lv",), ("Iepazīšanās", "Pica"), "Līdzfinansē ES")
    assert (terms.capacity, terms.quotas) == (20, {Group.YOUTH: 15, Group.MENTORS: 5})
    assert (terms.minimum_age, terms.maximum_age, terms.guardian, terms.asks_needs) == (15, 29, True, True)
    readers = frozenset({Language.UK, Language.EN})
    assert draft.audience == Audience(OGRE, frozenset({Group.YOUTH, Group.MENTORS}), languages=readers)
    assert planned.organisers == (Organiser("JAUNIEŠU CENTRS", 5), Organiser("Ogres bibliotēka"))


@pytest.mark.parametrize(
    "written",
    [
        "12.03.2026 17:00", "12.3.2026. 17.00", "12.3. 17:00", "2026-03-12 17:00", "2026-03-12T17:00:00",
        "12/03/2026 17:00", "12.3.2026. plkst. 17:00", on_the_wall("2026-03-12 17:00"),
        on_the_wall("2026-03-12 16:59:59.999"), 46093.708333333336,
    ],
)  # fmt: skip
def test_a_start_is_understood_however_it_is_written(written: str | datetime | float) -> None:
    (planned,) = understood(table(ROW | {Column.STARTS: written}), reading()).planned
    assert planned.draft.starts_at == datetime(2026, 3, 12, 15, tzinfo=UTC)


def test_a_start_in_summer_is_by_the_clocks_of_summer() -> None:
    (planned,) = understood(table(ROW | {Column.STARTS: "12.06.2026 17:00"}), reading()).planned
    assert planned.draft.starts_at == datetime(2026, 6, 12, 14, tzinfo=UTC)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_may_be_text_with_any_delimiter(delimiter: str, encoding: str) -> None:
    head = delimiter.join(f'"{said(heading(one), Language.LV)}"' for one in ROW)
    cells = delimiter.join(f'"{value}"' for value in ROW.values())
    (planned,) = understood(f"{head}\r\n\r\n{cells}\r\n".encode(encoding), reading()).planned
    assert planned.draft.titles == {Language.LV: "Picas vakars"}


@pytest.mark.feature("X42")
@pytest.mark.parametrize("language", list(Language))
def test_the_template_is_read_back_in_its_language_whoever_sends_it(language: Language) -> None:
    book = load_workbook(io.BytesIO(template(language)))
    sheet = book.worksheets[0]
    for column, value in ROW.items():
        word = {Column.KIND: "training", Column.GROUPS: "youth"}.get(column)
        at = letter_of(list(Column).index(column))
        sheet[f"{at}2"] = said(words_of(column)[word], language) if word else value
    held = io.BytesIO()
    book.save(held)
    (planned,) = understood(held.getvalue(), reading(language=Language.EN)).planned
    assert (planned.draft.kind, planned.draft.place) == (Kind.TRAINING, "Skolas iela 1")


@pytest.mark.feature("X42")
def test_the_template_explains_itself_and_offers_the_words() -> None:
    book = load_workbook(io.BytesIO(template(Language.UK)))
    table_sheet, guide, words = book.worksheets
    assert [cell.value for cell in table_sheet[1]] == [said(heading(one), Language.UK) for one in Column]
    explained = [row[2].value for row in guide.iter_rows(min_row=2)]
    assert len(explained) == len(Column)
    assert all(explained)
    offered = [one for one in table_sheet.data_validations.dataValidation if one.type == "list"]
    assert len(offered) == 12
    first = [cell.value for cell in words["A"] if cell.value]
    assert len(first) == 1 + len(Kind)
    texts = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert [one for one in texts if str(one).startswith(("=", "+", "-", "@"))] == []
    assert understood(template(Language.UK), reading()).faults.first[0].expected is Expected.ROWS


@pytest.mark.feature("S3.10")
def test_rows_of_one_series_are_sessions_of_one_event() -> None:
    rows = [
        ROW | {Column.SERIES: "Diena", Column.HELD_IN: "Ogre"},
        {
            Column.SERIES: "diena", Column.STARTS: "13.3.2026 17:00", Column.PLACE: "Pils iela 2",
            Column.HELD_IN: "Cēsis", Column.CAPACITY: 12,
        },
    ]  # fmt: skip
    (planned,) = understood(table(*rows), reading(None)).planned
    start = datetime(2026, 3, 13, 15, tzinfo=UTC)
    assert planned.sessions == (Session("Pils iela 2", CESIS, start, 12),)
    assert planned.draft.particulars.held_in == OGRE


def test_a_session_that_says_something_else_than_the_first_is_named() -> None:
    first = ROW | {Column.SERIES: "Diena", Column.HELD_IN: "Ogre"}
    found = understood(table(first, first | {Column.TITLE_LV: "Cits", Column.STARTS: "13.3.2026 17:00"}), reading())
    assert faults(found) == [(3, Column.TITLE_LV, Expected.AS_FIRST)]


def test_every_session_of_a_series_lasts_as_long_as_the_first() -> None:
    first = ROW | {Column.SERIES: "Diena", Column.HELD_IN: "Ogre", Column.ENDS: "19:00"}
    second = first | {Column.STARTS: "13.3.2026 18:00", Column.ENDS: "20:00"}
    assert len(understood(table(first, second), reading()).planned) == 1
    found = understood(table(first, second | {Column.ENDS: "21:00"}), reading())
    assert faults(found) == [(3, Column.ENDS, Expected.AS_LONG)]


# --- what is wrong -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (Column.KIND, "ballīte", Expected.ONE_OF), (Column.KIND, None, Expected.SOMETHING),
        (Column.GROUPS, "jaunieši, kaimiņi", Expected.ONE_OF), (Column.GROUPS, " ", Expected.SOMETHING),
        (Column.TITLE_LV, "x" * 101, Expected.SHORTER), (Column.TITLE_LV, None, Expected.SOMETHING),
        (Column.TITLE_UK, "Лише назва", None), (Column.DETAILS_LV, "=HYPERLINK(A1)", Expected.PLAIN),
        (Column.STARTS, None, Expected.SOMETHING), (Column.STARTS, "rīt", Expected.MOMENT),
        (Column.STARTS, "31.02.2026 17:00", Expected.MOMENT), (Column.STARTS, "12.03.2026", Expected.HOUR),
        (Column.STARTS, date(2026, 3, 12), Expected.HOUR), (Column.STARTS, "01.03.2026 17:00", Expected.AHEAD),
        (Column.STARTS, "12.03.2028 17:00", Expected.NEARER), (Column.STARTS, 17, Expected.MOMENT),
        (Column.STARTS, True, Expected.MOMENT), (Column.STARTS, "12.3.2026 25:00", Expected.MOMENT),
        (Column.ENDS, "16:00", Expected.AFTER_START), (Column.REPLY_BY, "13.3.2026", Expected.BY_START),
        (Column.CAPACITY, "daudz", Expected.NUMBER), (Column.CAPACITY, 0, Expected.NUMBER),
        (Column.CAPACITY, -1, Expected.NUMBER), (Column.CAPACITY, 1.5, Expected.NUMBER),
        (Column.QUOTAS, "kaimiņi 3", Expected.QUOTAS), (Column.MINIMUM_AGE, 121, Expected.NUMBER),
        (Column.LINK, "http://example.org", Expected.LINK), (Column.LINK, "javascript:alert(1)", Expected.LINK),
        (Column.POSITION, "Ogre", Expected.POSITION), (Column.POSITION, "99.0, 24.6", Expected.POSITION),
        (Column.REGION, "Vidzeme", Expected.NATIONAL), (Column.COUNTRY, "Atlantīda", Expected.ONE_OF),
        (Column.LISTED, "varbūt", Expected.ONE_OF), (Column.FIRST, "angļu", None),
    ],
)  # fmt: skip
def test_each_wrong_cell_is_named_with_what_is_expected(column: Column, value: Any, expected: Expected | None) -> None:
    assert one_fault(column, value) is expected


def test_a_quota_above_the_capacity_and_ages_the_wrong_way_round_are_named() -> None:
    assert one_fault(Column.QUOTAS, "jaunieši 20", capacity=10) is Expected.ROOM
    assert one_fault(Column.MAXIMUM_AGE, 15, minimum_age=18) is Expected.AGES
    assert one_fault(Column.REGION, "Vidzeme", None, municipality="Ogre") is Expected.ONE_PLACE


@pytest.mark.feature("X43")
def test_nobody_imports_for_a_municipality_that_is_not_theirs() -> None:
    assert one_fault(Column.MUNICIPALITY, "Cēsis") is Expected.YOURS
    assert one_fault(Column.MUNICIPALITY, "Cēsis", None) is None
    assert one_fault(Column.MUNICIPALITY, None, OGRE, CESIS) is Expected.SOMETHING
    (planned,) = understood(table(ROW), reading()).planned
    assert planned.draft.audience == Audience(OGRE, frozenset({Group.YOUTH}))
    (national,) = understood(table(ROW | {Column.REGION: "Vidzeme"}), reading(None)).planned
    assert national.draft.audience == Audience(None, frozenset({Group.YOUTH}), Region.VIDZEME)


def test_all_faults_are_found_at_once_and_then_nothing_counts() -> None:
    broken = ROW | {Column.KIND: "?", Column.STARTS: "?", Column.PLACE: None}
    found = understood(table(ROW, broken), reading())
    assert found.planned == ()
    assert faults(found) == [
        (3, Column.KIND, Expected.ONE_OF),
        (3, Column.STARTS, Expected.MOMENT),
        (3, Column.PLACE, Expected.PLACE_OR_LINK),
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [(Language.LV, "Rinda 2, aile K „Sākums”"), (Language.UK, "Рядок 2, колонка K «Початок»"), (Language.EN, "Row 2,")],
)
def test_a_fault_is_told_by_row_and_column_in_the_readers_language(language: Language, words: str) -> None:
    found = understood(table(ROW | {Column.STARTS: "rīt"}), reading())
    assert words in Texts(RIGA).plain(found.faults.first[0].told, language)


def test_the_same_event_twice_in_one_file_is_named() -> None:
    assert faults(understood(table(ROW, ROW), reading())) == [(3, None, Expected.ONCE)]


def test_a_missing_column_is_named() -> None:
    columns = tuple(one for one in Column if one is not Column.STARTS)
    assert faults(understood(table(ROW, columns=columns), reading())) == [(None, Column.STARTS, Expected.COLUMN)]
    assert faults(understood(table(ROW, columns=(*Column, Column.PLACE)), reading()))[0][2] is Expected.COLUMN_ONCE


def test_empty_rows_are_left_out_and_rows_keep_their_numbers() -> None:
    found = understood(table({}, {}, ROW, {}, ROW | {Column.STARTS: "?"}), reading())
    assert faults(found) == [(6, Column.STARTS, Expected.MOMENT)]


def test_more_rows_than_anybody_means_are_refused() -> None:
    expected = [(MOST_ROWS + 2, None, Expected.FEWER)]
    assert faults(understood(table(*[ROW] * (MOST_ROWS + 50), columns=tuple(ROW)), reading())) == expected
    head, row = (";".join(cells) for cells in ([said(heading(one), Language.LV) for one in ROW], ROW.values()))
    assert faults(understood("\n".join([head, *[row] * 10_000]).encode(), reading())) == expected


def test_merged_cells_are_named() -> None:
    book = load_workbook(io.BytesIO(table(ROW, ROW | {Column.STARTS: "13.3.2026 17:00"})))
    book.worksheets[0].merge_cells("B2:B3")
    held = io.BytesIO()
    book.save(held)
    assert (2, Column.KIND, Expected.NOT_MERGED) in faults(understood(held.getvalue(), reading()))


# --- files that are none -------------------------------------------------------------------------------------------


def with_part(name: str, content: bytes = b"x", times: int = 1) -> bytes:
    held = io.BytesIO(table(ROW))
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(times):
            archive.writestr(name if times == 1 else f"{name}{number}", content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", Expected.HEADINGS),
        (b"MZ\x90\0\x03\0\0\0 no workbook at all", Expected.FILE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old one", Expected.NEWER),
        (b"PK\x03\x04 not an archive", Expected.FILE),
        (with_part("xl/vbaProject.bin"), Expected.NO_MACROS),
        (with_part("xl/externalLinks/externalLink1.xml"), Expected.NO_OTHER_FILES),
        (with_part("xl/media/bomb", b"\0" * 30_000_000), Expected.SMALLER),
        (with_part("xl/many", times=600), Expected.SMALLER),
        (b"x" * 2_000_001, Expected.SMALLER),
        ("Veids;Sākums".encode("cp1257"), Expected.TEXT),
        (b"name,age\n1,2\n", Expected.HEADINGS),
        (table(), Expected.ROWS),
    ],
)
def test_what_is_no_table_is_answered_by_what_is_wrong_with_it(content: bytes, expected: Expected) -> None:
    assert [one.expected for one in understood(content, reading()).faults.first] == [expected]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_entities_within_entities_are_no_table(part: str) -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefghij"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(table(ROW))) as whole, zipfile.ZipFile(held, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, laughs + b"]><l>&j;</l>" if part in name else whole.read(name))
    assert [one.expected for one in understood(held.getvalue(), reading()).faults.first] == [Expected.FILE]


@pytest.mark.feature("X42")
@pytest.mark.parametrize(
    ("part", "before", "tag"),
    [
        ("xl/styles.xml", b"</cellXfs>", b"<xf/>"),
        ("xl/workbook.xml", b"</workbook>", b"<a/>"),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b"<c/>"),
    ],
)
def test_a_small_file_does_not_become_gigabytes_of_objects(part: str, before: bytes, tag: bytes) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(table(ROW))) as whole, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            content = whole.read(name)
            archive.writestr(name, content.replace(before, tag * 500_000 + before) if name == part else content)
    assert len(held.getvalue()) < 50_000
    assert [one.expected for one in understood(held.getvalue(), reading()).faults.first] == [Expected.SMALLER]


@pytest.mark.parametrize(
    ("rule", "is_read"),
    [
        ("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", True),
        ("RRULE:FREQ=SECONDLY", False),
        ("RRULE:FREQ=SEC\r\n ONDLY", False),
        ("RRULE:FREQ=YEARLY;FREQ=SECONDLY", False),
        ("RRULE:FREQ=YEARLY;BYSECOND=1,2,3", False),
        ("RDATE:" + ",".join(["20260312T150000"] * 300), False),
    ],
)
def test_clocks_that_change_for_ever_are_not_reckoned_out(rule: str, is_read: bool) -> None:
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Clock\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0300\r\n"
        f"TZOFFSETTO:+0200\r\n{rule}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    entry = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Clock:20260312T170000\r\nSUMMARY:Vakars\r\nEND:VEVENT\r\n"
    found = understood(f"BEGIN:VCALENDAR\r\n{zone}{entry}END:VCALENDAR\r\n".encode(), reading())
    assert [one.expected for one in found.faults.first] == ([] if is_read else [Expected.FILE])
    assert len(found.planned) == is_read


def test_what_is_there_already_is_told_from_what_is_new() -> None:
    found = understood(table(ROW, ROW | {Column.STARTS: "13.3.2026 17:00"}), reading())
    there = frozenset({mark_of(replace(found.planned[0].draft, id=99))})
    assert [one.draft.starts_at for one in found.new(there)] == [datetime(2026, 3, 13, 15, tzinfo=UTC)]


# --- calendars -----------------------------------------------------------------------------------------------------

ZONE = """BEGIN:VTIMEZONE
TZID:Own/Place
BEGIN:STANDARD
DTSTART:19701025T040000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
END:VTIMEZONE
"""


def calendar(*entries: str) -> bytes:
    events = "".join(f"BEGIN:VEVENT\nUID:{at}@example.org\n{one}\nEND:VEVENT\n" for at, one in enumerate(entries))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{ZONE}{events}END:VCALENDAR\n".replace("\n", "\r\n").encode()


TITLED = "SUMMARY:Picas vakars\n"


@pytest.mark.feature("I10")
@pytest.mark.parametrize(
    "start",
    [
        "DTSTART:20260312T150000Z", "DTSTART:20260312T170000", "DTSTART;TZID=Europe/Riga:20260312T170000",
        "DTSTART;TZID=FLE Standard Time:20260312T170000", "DTSTART;TZID=Own/Place:20260312T170000",
        "DTSTART;TZID=Europe/Berlin:20260312T160000",
    ],
)  # fmt: skip
def test_an_entry_starts_by_its_own_clocks_and_without_any_by_ours(start: str) -> None:
    (planned,) = understood(calendar(TITLED + start), reading()).planned
    assert planned.draft.starts_at == datetime(2026, 3, 12, 15, tzinfo=UTC)


@pytest.mark.feature("I10")
def test_an_entry_becomes_a_draft_that_still_wants_its_audience() -> None:
    entry = TITLED + (
        "DTSTART:20260312T150000Z\nDTEND:20260312T170000Z\nDESCRIPTION:Cepsim\\npicu\nLOCATION:Skolas iela 1\\, Ogre\n"
        "URL:https://example.org/e\nGEO:56.8;24.6"
    )
    (planned,) = understood(calendar(entry), reading()).planned
    draft = planned.draft
    assert (draft.titles, draft.details) == ({Language.LV: "Picas vakars"}, {Language.LV: "Cepsim\npicu"})
    assert (draft.place, draft.audience) == ("Skolas iela 1, Ogre", None)
    assert draft.ends_at == datetime(2026, 3, 12, 17, tzinfo=UTC)
    assert (draft.particulars.link, draft.particulars.latitude) == ("https://example.org/e", 56.8)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (TITLED + "DTSTART;VALUE=DATE:20260312", Expected.HOUR),
        (TITLED + "DTSTART:20260312T150000Z\nRRULE:FREQ=WEEKLY", Expected.NO_REPEATING),
        (TITLED + "DTSTART:20290312T150000Z", Expected.NEARER),
        ("DTSTART:20260312T150000Z", Expected.TITLE),
        (TITLED, Expected.MOMENT),
        (TITLED + "DTSTART:tomorrow", Expected.MOMENT),
        (f"SUMMARY:{'x' * 101}\nDTSTART:20260312T150000Z", Expected.TITLE),
        (TITLED + f"DTSTART:20260312T150000Z\nDESCRIPTION:{'x' * 1501}", Expected.SHORTER),
    ],
)
def test_a_wrong_entry_is_named_by_number_and_title(entry: str, expected: Expected) -> None:
    found = understood(calendar(TITLED + "DTSTART:20260311T150000Z", entry), reading())
    (fault,) = found.faults.first
    assert isinstance(fault.where, Entry)
    assert (fault.where.number, fault.expected, found.planned) == (2, expected, ())


def test_cancelled_and_past_entries_are_left_out_with_a_note() -> None:
    found = understood(
        calendar(
            TITLED + "DTSTART:20260312T150000Z\nSTATUS:CANCELLED",
            TITLED + "DTSTART:20250312T150000Z",
            TITLED + "DTSTART;VALUE=DATE:20250312",
            TITLED + "DTSTART:20260312T150000Z\nDURATION:PT2H",
        ),
        reading(),
    )
    assert (found.cancelled, found.past, len(found.planned)) == (1, 2, 1)
    assert found.planned[0].draft.ends_at == datetime(2026, 3, 12, 17, tzinfo=UTC)


def test_of_two_versions_of_one_entry_the_newer_counts() -> None:
    one = calendar(
        TITLED + "SEQUENCE:1\nDTSTART:20260312T150000Z", "SUMMARY:Cits\nSEQUENCE:0\nDTSTART:20260313T150000Z"
    )
    found = understood(one.replace(b"UID:1@", b"UID:0@"), reading())
    assert [planned.draft.titles[Language.LV] for planned in found.planned] == ["Picas vakars"]


# --- anything at all -----------------------------------------------------------------------------------------------

WORDS = st.one_of(
    st.none(), st.booleans(), st.integers(-10, 100_000), st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40),
    st.datetimes(on_the_wall("1990-01-01"), on_the_wall("2060-01-01")),
    st.sampled_from(["=1+1", "+371", "@x", "12.3.2026 17:00", "jaunieši", "Jā", "#REF!", "https://example.org", "0"]),
)  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(st.dictionaries(st.sampled_from(Column), WORDS, max_size=8), min_size=1, max_size=4),
    complete=st.booleans(),
)
def test_whatever_stands_in_the_cells_every_fault_points_to_one_of_them(
    rows: list[dict[Column, Any]], *, complete: bool
) -> None:
    found = understood(table(*[(ROW if complete else {}) | row for row in rows]), reading())
    for row, column, _ in faults(found):
        assert row is None or 2 <= row <= len(rows) + 1
        assert column is None or column in Column
    for planned in found.planned:
        assert planned.draft.starts_at is not None
        assert NOW < planned.draft.starts_at <= NOW + timedelta(days=367)
        assert set(NEEDED) <= set(Column)
    texts = Texts(RIGA)
    assert all(texts.html(one.told, language) for one in found.faults.first for language in Language)


def after(head: bytes) -> st.SearchStrategy[bytes]:
    return st.text(max_size=200).map(lambda text: head + text.encode("utf-8", "replace"))


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: b"Veids;S\xc4\x81kums;Kam\n" + text.encode("utf-8", "replace")),
        st.text(max_size=200).map(
            lambda text: b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + text.encode("utf-8", "replace")
        ),
        st.tuples(st.integers(0, 5000), st.binary(min_size=1, max_size=8)).map(lambda cut: damaged(*cut)),
    )
)
def test_no_bytes_at_all_break_the_reader(content: bytes) -> None:
    found = understood(content, reading())
    assert bool(found.faults) or bool(found.planned) or found.cancelled + found.past > 0


WHOLE = table(ROW)


def damaged(at: int, by: bytes) -> bytes:
    """A workbook with some bytes in the middle replaced."""
    return WHOLE[: at % len(WHOLE)] + by + WHOLE[at % len(WHOLE) + len(by) :]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([
    "DTSTART:20260312T150000Z", "DTSTART;TZID=Nowhere/Land:20260312T150000", "DTSTART:99999999T999999", "RRULE:?",
    "SUMMARY:x", "SUMMARY:y", "GEO:a;b", "GEO:1;2", "DURATION:P-", "DTEND:x", "STATUS:CANCELLED", "BEGIN:VALARM",
    "END:VALARM", "SEQUENCE:-1", "SEQUENCE:99999999999", "LOCATION:", "URL:http://x", "RDATE:20260101",
]), max_size=8))  # fmt: skip
def test_no_lines_of_a_calendar_break_the_reader(lines: list[str]) -> None:
    found = understood(calendar("\n".join(lines)), reading())
    assert bool(found.faults) or len(found.planned) + found.cancelled + found.past > 0

"""The directory as HSDS files: nothing is lost on the way out and in, and a wrong file names what is wrong."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory import register_fields
from bot.directory.entries import Contact, Directory, Location, Organization, Service
from bot.directory.hsds_faults import MOST_SHOWN, Expected, Fault
from bot.directory.hsds_opening import MOST_BYTES, MOST_ROWS, opened
from bot.directory.hsds_reading import Mine, TakenIn, taken_in
from bot.directory.hsds_tables import COLUMNS, NEEDED, OURS, as_meant, defused, written
from bot.directory.hsds_writing import as_lists, from_lists, packed, tables
from bot.directory.register import Help, Offer, PartnerKind
from bot.directory.rules import municipalities
from bot.texts import catalogue
from bot.typed import in_one_line, visible
from bot.words import Language

# --- a directory --------------------------------------------------------------------------------------------------

NASTY = st.sampled_from(
    ["=1+1", "@SUM(A1)", "+371", "-2", "'quoted", "''", '"', ",;", "Ģ", "Щастя", "a\nb", "\tx", "＝1", "<b>", "%s{x}"]
)
SIGNS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30)


def line(most: int) -> st.SearchStrategy[str]:
    whole = st.lists(st.one_of(NASTY, SIGNS), min_size=1, max_size=3).map(lambda parts: in_one_line(" ".join(parts)))
    return whole.filter(lambda text: 1 < len(text) <= most and any(sign.isalnum() for sign in text))


NAME = line(register_fields.LONGEST_NAME)
TEXT = st.one_of(
    st.none(), st.lists(st.one_of(NASTY, SIGNS), max_size=4).map("\n".join).map(visible).filter(bool)
).filter(lambda text: text is None or len(text) <= register_fields.LONGEST_TEXT)
CODE = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True)
EMAIL = st.one_of(st.none(), st.sampled_from(["desk@example.org", "+plus@example.org", "-a@example.lv"]))
PHONE = st.one_of(st.none(), st.sampled_from(["+371 20000000", "112", "+380 44 000 00 00", "116111"]))
PLACE = st.sampled_from([one.code for one in municipalities()])
DAY = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
DEGREES = st.floats(-90, 90, allow_nan=False)


@st.composite
def services(draw: st.DrawFn, code: str, places: list[str]) -> Service:
    ages = sorted(draw(st.lists(st.integers(5, 119), min_size=2, max_size=2)))
    return Service(
        code,
        draw(NAME),
        draw(st.sampled_from(Help)),
        draw(TEXT),
        draw(TEXT),
        tuple(one for one in Offer if draw(st.booleans())),
        draw(st.sampled_from([None, ages[0]])),
        draw(st.sampled_from([None, ages[1]])),
        tuple(draw(st.lists(st.sampled_from(["lv", "uk", "en", "ru", "fr"]), unique=True, max_size=3))),
        tuple(draw(st.lists(PLACE, unique=True, max_size=3))),
        draw(st.booleans()),
        draw(EMAIL),
        draw(PHONE),
        draw(st.sampled_from(Language)),
        draw(st.one_of(st.none(), st.integers(1, 1000))),
        draw(DAY),
        draw(DAY),
        tuple(draw(st.lists(st.sampled_from(places), unique=True))) if places else (),
        draw(st.booleans()),
    )


@st.composite
def directories(draw: st.DrawFn) -> Directory:
    codes = draw(st.lists(CODE, unique=True, max_size=14))
    found: dict[str, Organization] = {}
    while codes:
        code, *codes = codes
        split = [draw(st.integers(0, min(2, len(codes)))) for _ in range(3)]
        mine: list[list[str]] = []
        for count in split:
            mine.append(sorted(codes[:count]))
            codes = codes[count:]
        places = tuple(
            Location(
                one,
                draw(NAME),
                draw(st.one_of(st.none(), line(register_fields.LONGEST_ADDRESS))),
                draw(st.one_of(st.none(), PLACE)),
                draw(st.one_of(st.none(), st.tuples(DEGREES, DEGREES))),
            )
            for one in mine[0]
        )
        desks = tuple(
            Contact(
                one,
                draw(NAME),
                draw(st.one_of(st.none(), line(120))),
                draw(EMAIL),
                draw(PHONE),
            )
            for one in mine[1]
        )
        found[code] = Organization(
            code,
            draw(NAME),
            draw(st.sampled_from(PartnerKind)),
            draw(st.one_of(st.none(), PLACE)),
            draw(TEXT),
            draw(st.sampled_from([None, "https://example.org/a?b=1,2"])),
            draw(st.booleans()),
            tuple(draw(services(one, [place.code for place in places])) for one in mine[2]),
            places,
            desks,
        )
    return found


OGRE = "LV-067"
RIGA = "LV-RIX"
CENTRE = Organization(
    "centre",
    "Jauniešu centrs",
    PartnerKind.YOUTH_CENTRE,
    OGRE,
    locations=(Location("house", "Māja", "Brīvības iela 1, Ogre, LV-5001", OGRE),),
    services=(
        Service("talks", "Sarunas", Help.PSYCHOLOGIST, languages=("lv",), areas=(OGRE,), email="talks@example.org"),
    ),
)
CITY = replace(CENTRE, code="city", municipality=RIGA, services=(), locations=())


def sent(made: dict[str, list[list[str]]], *, before: Directory | None = None, mine: Mine = None) -> TakenIn:
    """These files, each with its columns in the first row, sent as one .zip."""
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w") as archive:
        for file, rows in made.items():
            archive.writestr(file, written(rows[0], rows[1:]))
    return taken_in(before or {"centre": CENTRE}, opened("d.zip", page.getvalue()), mine)


def the_fault(found: TakenIn) -> Fault:
    assert found.faults.count == 1, found.faults.first
    return found.faults.first[0]


# --- out and in -------------------------------------------------------------------------------------------------


@pytest.mark.feature("H1")
@settings(max_examples=30, deadline=None)
@given(directories())
def test_what_is_written_is_read_as_it_was(directory: Directory) -> None:
    found = taken_in({}, opened("directory.zip", packed(tables(directory))))
    assert not found.faults, found.faults.first
    assert found.directory == directory
    again = taken_in(directory, opened("directory.zip", packed(tables(directory))))
    assert again.directory == directory
    assert packed(tables(again.directory)) == packed(tables(directory))


@given(st.one_of(NASTY, SIGNS))
def test_no_cell_begins_like_a_formula_and_the_text_comes_back(text: str) -> None:
    cell = defused(text)
    assert cell[:1] not in tuple("=+-@\t\r＝＋－＠")
    assert as_meant(cell) == text


def test_the_tables_pass_through_json() -> None:
    made = tables({"centre": CENTRE})
    assert from_lists(as_lists(made)) == made


def test_every_file_is_one_of_hsds_and_columns_of_ours_stand_last() -> None:
    for file, columns in OURS.items():
        assert COLUMNS[file][-len(columns) :] == columns
    assert all(set(needed) <= set(COLUMNS[file]) for file, needed in NEEDED.items())


def test_a_spreadsheet_with_semicolons_and_no_mark_is_read_too() -> None:
    text = "id;name;description\ncentre;Jaunais nosaukums;\n"
    found = taken_in({"centre": CENTRE}, opened("Organizations.CSV", text.encode()))
    assert not found.faults
    assert found.directory == {"centre": replace(CENTRE, name="Jaunais nosaukums")}


def test_what_a_file_does_not_speak_of_stays() -> None:
    found = sent({"languages.csv": [["id", "service_id", "code"], ["1", "talks", "uk"], ["2", "talks", "lv"]]})
    assert not found.faults
    (service,) = found.directory["centre"].services
    assert service == replace(CENTRE.services[0], languages=("uk", "lv"))


def test_a_service_is_retired_by_its_status_and_not_by_being_left_out() -> None:
    assert sent({"services.csv": [["id", "organization_id", "name"]]}).directory == {"centre": CENTRE}
    row = ["talks", "centre", "Sarunas", "inactive"]
    found = sent({"services.csv": [["id", "organization_id", "name", "status"], row]})
    assert found.directory["centre"].services[0].retired


# --- what is wrong ----------------------------------------------------------------------------------------------

_SERVICE = ["id", "organization_id", "name"]
_OURS = "id,organization_id,name"
_TERM = "link_id,taxonomy_term_id,link_type"
_WRONG = [
    ("services.csv", _OURS, "talks,nowhere,Sarunas", "organization_id", Expected.THERE),
    ("services.csv", _OURS, "a b,centre,Sarunas", "id", Expected.CODE),
    ("services.csv", _OURS, "talks,centre, ", "name", Expected.SOMETHING),
    ("services.csv", _OURS, f"talks,centre,{'x' * 121}", "name", Expected.SHORTER),
    ("services.csv", _OURS, "new,centre,Bez veida", None, Expected.ONE_OF),
    ("services.csv", f"{_OURS},email", "talks,centre,Sarunas,nobody", "email", Expected.EMAIL),
    ("services.csv", f"{_OURS},minimum_age", "talks,centre,Sarunas,old", "minimum_age", Expected.NUMBER),
    ("services.csv", f"{_OURS},minimum_age", "talks,centre,Sarunas,2", "maximum_age", Expected.AGES),
    ("services.csv", f"{_OURS},assured_date", "talks,centre,Sarunas,2026-02-30", "assured_date", Expected.DATE),
    ("services.csv", f"{_OURS},status", "talks,centre,Sarunas,gone", "status", Expected.ONE_OF),
    ("services.csv", f"{_OURS},reads", "talks,centre,Sarunas,fr", "reads", Expected.ONE_OF),
    ("organizations.csv", "id,name,municipality", "centre,Centrs,Ogre", "municipality", Expected.MUNICIPALITY),
    ("organizations.csv", "id,name,website", "centre,Centrs,no page", "website", Expected.WEBSITE),
    ("languages.csv", "service_id,code", "talks,latvian", "code", Expected.LANGUAGE),
    ("languages.csv", "service_id,code", "nothing,lv", "service_id", Expected.THERE),
    ("service_areas.csv", "service_id,extent", "talks,LV-000", "extent", Expected.MUNICIPALITY),
    ("phones.csv", "service_id,number", "talks,call me", "number", Expected.PHONE),
    ("service_capacity.csv", "service_id,maximum", "talks,0", "maximum", Expected.NUMBER),
    ("service_at_location.csv", "service_id,location_id", "talks,moon", "location_id", Expected.THERE),
    ("locations.csv", f"{_OURS},latitude", "house,centre,Māja,north", "latitude", Expected.DEGREES),
    ("attributes.csv", _TERM, "talks,dentist,referral_kind", "taxonomy_term_id", Expected.ONE_OF),
]


@pytest.mark.parametrize(("file", "columns", "cells", "column", "expected"), _WRONG)
def test_a_wrong_cell_is_named_by_file_row_and_column(
    file: str, columns: str, cells: str, column: str | None, expected: Expected
) -> None:
    fault = the_fault(sent({file: [columns.split(","), cells.split(",")]}))
    assert (fault.file, fault.row, fault.column, fault.expected) == (file, 2, column, expected)


def test_a_column_that_has_to_be_there_is_named() -> None:
    fault = the_fault(sent({"services.csv": [["id", "name"], ["talks", "Sarunas"]]}))
    assert (fault.file, fault.row, fault.column, fault.expected) == (
        "services.csv", None, "organization_id", Expected.COLUMN,
    )  # fmt: skip


def test_an_id_that_stands_twice_is_a_fault_of_the_second() -> None:
    rows = [_SERVICE, ["talks", "centre", "Sarunas"], ["talks", "centre", "Citas"]]
    fault = the_fault(sent({"services.csv": rows}))
    assert (fault.row, fault.expected) == (3, Expected.ONCE)


def test_all_faults_are_told_at_once_up_to_fifty() -> None:
    rows = [["service_id", "code"], *(["talks", "??"] for _ in range(80))]
    found = sent({"languages.csv": rows})
    assert (found.faults.count, len(found.faults.first)) == (80, MOST_SHOWN)
    assert [one.row for one in found.faults.first] == list(range(2, 52))


@pytest.mark.parametrize("language", Language)
def test_whatever_is_expected_has_words(language: Language) -> None:
    forms = catalogue(language).forms
    assert {f"directory.staff.expected.{one.value}" for one in Expected} <= set(forms)


# --- whose entries ----------------------------------------------------------------------------------------------


@pytest.mark.feature("X35")
@pytest.mark.parametrize(
    ("file", "columns", "cells"),
    [
        ("organizations.csv", ["id", "name"], ["city", "Mūsu tagad"]),
        ("organizations.csv", ["id", "name", "municipality"], ["centre", "Jauniešu centrs", RIGA]),
        ("organizations.csv", ["id", "name", "municipality"], ["centre", "Jauniešu centrs", ""]),
        ("services.csv", _SERVICE, ["talks", "city", "Sarunas"]),
        ("contacts.csv", ["id", "organization_id", "name"], ["desk", "city", "Galds"]),
    ],
)
def test_a_municipality_sends_its_own_entries_and_no_others(file: str, columns: list[str], cells: list[str]) -> None:
    before = {"centre": CENTRE, "city": CITY}
    fault = the_fault(sent({file: [columns, cells]}, before=before, mine=frozenset({OGRE})))
    assert (fault.file, fault.row, fault.expected) == (file, 2, Expected.YOURS)
    assert not sent({file: [columns, cells]}, before=before).faults


def test_a_new_organisation_of_a_municipal_coordinator_is_their_municipalitys() -> None:
    columns = ["link_id", "taxonomy_term_id", "link_type"]
    made = {
        "organizations.csv": [["id", "name"], ["club", "Klubs"]],
        "attributes.csv": [columns, ["club", "sport", "partner_kind"]],
    }
    found = sent(made, mine=frozenset({OGRE}))
    assert not found.faults, found.faults.first
    assert found.directory["club"] == Organization("club", "Klubs", PartnerKind.SPORT, OGRE)


# --- files that mean no good ------------------------------------------------------------------------------------


def test_an_archive_that_unpacks_to_too_much_is_left_alone() -> None:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("organizations.csv", b"id,name\n" + b"0" * 40_000_000)
    assert len(page.getvalue()) < 100_000
    assert the_fault(taken_in({}, opened("d.zip", page.getvalue()))).expected is Expected.SMALLER


@pytest.mark.parametrize("text", ["id,name" + "," * 1_000_000, "id,name\ncentre,Centrs" + "," * 1_000_000])
def test_a_line_of_a_million_cells_is_not_taken_apart(text: str) -> None:
    assert the_fault(taken_in({}, opened("organizations.csv", text.encode()))).expected is Expected.SHORTER


def test_more_rows_than_a_directory_can_have_are_not_read() -> None:
    text = "service_id,code\n" + "talks,lv\n" * (MOST_ROWS + 5)
    assert the_fault(taken_in({}, opened("languages.csv", text.encode()))).expected is Expected.FEWER_ROWS


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("d.zip", b"PK\x03\x04 broken", Expected.ARCHIVE),
        ("d.pdf", b"%PDF", Expected.ARCHIVE),
        ("people.csv", b"id,name\n", Expected.KNOWN_FILE),
        ("services.csv", "id,organization_id,name\n1,2,\u0101".encode("utf-16"), Expected.TEXT),
        ("d.zip", b"0" * (MOST_BYTES + 1), Expected.SMALLER),
    ],
)
def test_what_is_no_directory_is_said_to_be_none(name: str, content: bytes, expected: Expected) -> None:
    assert the_fault(taken_in({}, opened(name, content))).expected is expected


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["d.zip", "services.csv", "organizations.csv", "x"]))
def test_no_bytes_break_the_reading(content: bytes, name: str) -> None:
    taken_in({"centre": CENTRE}, opened(name, content))


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_cells_break_the_reading_and_what_is_read_can_be_written(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(list(NEEDED)))
    known = st.sampled_from(
        ["centre", "talks", "house", "referral_kind.coach", "referral_kind", "LV-067", "1", "2026-01-01"]
    )
    cell = st.one_of(known, NASTY, SIGNS)
    rows = data.draw(st.lists(st.lists(cell, max_size=len(COLUMNS[file])), max_size=5))
    page = io.StringIO(newline="")
    csv.writer(page).writerows([COLUMNS[file], *rows])
    found = taken_in({"centre": CENTRE}, opened(file, page.getvalue().encode()))
    if not found.faults:
        assert taken_in({}, opened("d.zip", packed(tables(found.directory)))).directory == found.directory

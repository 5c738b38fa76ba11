"""A place that somebody typed finds its municipality, in three alphabets' worth of spellings, and nothing else does."""

import csv
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Final

import pytest
from babel.messages.pofile import read_po
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.directory.naming import Found, matches, the_one
from bot.directory.rules import find, municipalities, place_key

ROOT: Final = Path(__file__).resolve().parents[2]
DATA: Final = ROOT / "bot" / "directory"
SAME_NAME: Final = {
    "LV-JEL": "LV-041", "LV-041": "LV-JEL", "LV-REZ": "LV-077", "LV-077": "LV-REZ", "LV-VEN": "LV-106",
    "LV-106": "LV-VEN",
}  # fmt: skip
"""A city and the county around it."""

IN_RUSSIAN: Final = {
    "LV-RIX": "Рига", "LV-DGV": "Даугавпилс", "LV-JEL": "Елгава", "LV-JUR": "Юрмала", "LV-LPX": "Лиепая",
    "LV-REZ": "Резекне", "LV-VEN": "Вентспилс", "LV-002": "Айзкраукле", "LV-007": "Алуксне",
    "LV-111": "Аугшдаугавский край", "LV-011": "Адажи", "LV-015": "Балвы", "LV-016": "Бауска", "LV-022": "Цесис",
    "LV-112": "Диенвидкурземский край", "LV-026": "Добеле", "LV-033": "Гулбене", "LV-041": "Елгавский край",
    "LV-042": "Екабпилс", "LV-047": "Краслава", "LV-050": "Кулдига", "LV-052": "Кекава", "LV-054": "Лимбажи",
    "LV-056": "Ливаны", "LV-058": "Лудза", "LV-059": "Мадона", "LV-062": "Марупе", "LV-067": "Огре",
    "LV-068": "Олайне", "LV-073": "Прейли", "LV-077": "Резекненский край", "LV-080": "Ропажи", "LV-087": "Саласпилс",
    "LV-088": "Салдус", "LV-089": "Саулкрасты", "LV-091": "Сигулда", "LV-094": "Смилтене", "LV-097": "Талси",
    "LV-099": "Тукумс", "LV-101": "Валка", "LV-113": "Валмиера", "LV-106": "Вентспилсский край",
}  # fmt: skip

IN_UKRAINIAN_IN_FULL: Final = {
    "LV-002": "Айзкраукльський край", "LV-007": "Алуксненський край", "LV-111": "Аугшдаугавський край",
    "LV-011": "Адажський край", "LV-015": "Балвський край", "LV-016": "Бауський край", "LV-022": "Цесіський край",
    "LV-112": "Дієнвідкурземський край", "LV-026": "Добельський край", "LV-033": "Гулбенський край",
    "LV-041": "Єлгавський край", "LV-042": "Єкабпілський край", "LV-047": "Краславський край",
    "LV-050": "Кулдізький край", "LV-052": "Кекавський край", "LV-054": "Лімбазький край", "LV-056": "Ліванський край",
    "LV-058": "Лудзенський край", "LV-059": "Мадонський край", "LV-062": "Марупський край", "LV-067": "Огрський край",
    "LV-068": "Олайнський край", "LV-073": "Прейльський край", "LV-077": "Резекненський край",
    "LV-080": "Ропазький край", "LV-087": "Саласпілський край", "LV-088": "Салдуський край",
    "LV-089": "Саулкрастський край", "LV-091": "Сігулдський край", "LV-094": "Смілтенський край",
    "LV-097": "Талсинський край", "LV-099": "Тукумський край", "LV-101": "Валкський край",
    "LV-113": "Валмієрський край", "LV-106": "Вентспілський край",
}  # fmt: skip

CALLED: Final = ("", " novads", " novadā", " pagasts")


def plain(name: str) -> str:
    """Without diacritics, as typed on a foreign keyboard."""
    return "".join(s for s in unicodedata.normalize("NFKD", name) if not unicodedata.combining(s))


def codes(text: str) -> list[str]:
    return [one.code for one in matches(text)]


def rows(file: str) -> list[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def shown(language: str) -> dict[str, str]:
    with (ROOT / "locales" / language / "LC_MESSAGES" / "directory.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def expect_first(text: str, code: str) -> None:
    """The place is found, surely and at once, or with its namesake where the text does not tell."""
    found = matches(text)
    assert found, text
    assert all(one.found is not Found.ALIKE for one in found), (text, found)
    assert {one.code for one in found} <= {code, SAME_NAME.get(code, code)}, (text, found)


@pytest.mark.parametrize("language", ["lv", "uk", "en"])
def test_every_municipality_is_found_by_its_own_name_in_each_language(language: str) -> None:
    for one in municipalities():
        expect_first(shown(language)[place_key(one.code)], one.code)
        expect_first(plain(shown(language)[place_key(one.code)]).upper(), one.code)


def test_and_in_russian_and_by_the_full_ukrainian_name() -> None:
    assert len(IN_RUSSIAN) == 42
    for code, name in (*IN_RUSSIAN.items(), *IN_UKRAINIAN_IN_FULL.items()):
        expect_first(name, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ogrē", "LV-067"), ("Ogres novadā", "LV-067"), ("ogres pilsēta", "LV-067"), ("в Огре", "LV-067"),
        ("я живу в Огрському краї", "LV-067"), ("Es dzīvoju Ogrē", "LV-067"), ("I live in Ogre", "LV-067"),
        ("Rīgā", "LV-RIX"), ("riiga", "LV-RIX"), ("у Ризі", "LV-RIX"), ("в Риге", "LV-RIX"), ("Ryha", "LV-RIX"),
        ("Cēsīs", "LV-022"), ("Tsesis", "LV-022"), ("у Цесісі", "LV-022"), ("Yurmala", "LV-JUR"),
        ("в Лиепае", "LV-LPX"), ("у Лієпаї", "LV-LPX"), ("Talsos", "LV-097"), ("в Талсах", "LV-097"),
        ("Tukumā", "LV-099"), ("у Валці", "LV-101"), ("у Баусці", "LV-016"), ("у Кулдізі", "LV-050"),
        ("Dienvid kurzeme", "LV-112"), ("Ādažos", "LV-011"), ("Saldū", "LV-088"), ("Jēkabpilī", "LV-042"),
        ("Kekava municipality", "LV-052"), ("Jelgavas novads", "LV-041"), ("місто Єлгава", "LV-JEL"),
        ("Rēzeknes pilsēta", "LV-REZ"), ("Ventspils novadā", "LV-106"), ("Daugavpils novads", "LV-111"),
        ("Ogres novads, Suntaži", "LV-067"), ("Salas pagasts, Mārupes novads", "LV-062"), ("Vangaži", "LV-080"),
        ("Rīgā, Imantā", "LV-RIX"), ("Varakļāni", "LV-059"), ("Плявиняс", "LV-002"), ("Икшкиле", "LV-067"),
        ("Ogres rajons", "LV-067"), ("Даугавпилсский район", "LV-111"),
    ],
)  # fmt: skip
@pytest.mark.feature("B8")
def test_what_people_really_type_is_understood_without_asking_again(text: str, code: str) -> None:
    sure = the_one(matches(text))
    assert sure is not None, matches(text)
    assert sure.code == code


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("Jelgava", ["LV-JEL", "LV-041"]), ("Rēzeknē", ["LV-REZ", "LV-077"]), ("Вентспилс", ["LV-VEN", "LV-106"]),
        ("Inčukalna novads", ["LV-091", "LV-080"]), ("Sala", ["LV-042", "LV-062"]), ("Pilskalne", ["LV-002", "LV-111"]),
        ("Kauguri", ["LV-JUR", "LV-113"]),
    ],
)  # fmt: skip
def test_where_two_places_have_the_name_both_are_offered_and_neither_is_taken(text: str, both: list[str]) -> None:
    assert codes(text) == both
    assert the_one(matches(text)) is None


def test_the_district_of_riga_is_not_the_city() -> None:
    around = codes("Rīgas rajons")
    assert "LV-RIX" not in around
    assert len(around) == 4
    assert codes("Рижский район") == around
    assert the_one(matches("Rīgas novads")) is None  # there is none: asked about


def test_every_municipality_from_before_2021_leads_to_todays() -> None:
    former = [row for row in rows("former.csv") if row["kind"] == "county"]
    assert len(former) == 110  # 119 with the nine cities of then
    for row in former:
        wanted = row["codes"].split("; ")
        for text in (f"{row['name']} novads", f"{plain(row['name']).lower()} novada"):
            found = matches(text)
            assert [one.code for one in found] == wanted, (text, found)
            assert found[0].found in (Found.NAME, Found.FORMER)


def test_every_town_parish_and_village_of_the_list_finds_its_municipality_in_every_spelling() -> None:
    for row in rows("places.csv"):
        beside = " pagasts" if row["kind"] == "parish" else ""
        for name in row["names"].split("; "):
            for text in (name, plain(name).lower(), f"{name}{beside}", in_cyrillic(name)):
                assert row["code"] in codes(text), (text, row["code"], matches(text))


def in_cyrillic(name: str) -> str:
    """As Russian writes Latvian names."""
    letters = dict(zip("aābcčdeēfgģiījkķlļmnņoprsštuūvzž", "аабцчдееефггиийккллмннопрсштуувзж", strict=False))
    letters |= dict(zip("fgģiīkķlļmnņoprsštuūvzž", "фггииккллмннопрсштуувзж", strict=True)) | {"j": "й"}
    pairs = {"ja": "я", "ju": "ю", "je": "е", "jū": "ю", "jā": "я", "jē": "е"}
    written = name.casefold()
    for latin, cyrillic in pairs.items():
        written = written.replace(latin, cyrillic)
    return "".join(letters.get(sign, sign) for sign in written)


def test_every_name_in_the_data_belongs_to_a_municipality_that_there_is() -> None:
    said = [code for row in rows("names.csv") for code in [row["code"]]]
    said += [row["code"] for row in rows("places.csv")]
    said += [code for row in rows("former.csv") for code in row["codes"].split("; ")]
    assert [code for code in said if find(code) is None] == []
    assert len({row["code"] for row in rows("names.csv")}) == 42


NAMES: Final = [(row["code"], name) for row in rows("names.csv") for name in row["names"].split("; ")[:1]]


@st.composite
def slips(draw: st.DrawFn) -> tuple[str, str, str]:
    """A municipality, its name, and the name with one letter missing, doubled, changed or swapped with the next."""
    code, name = draw(st.sampled_from([one for one in NAMES if len(one[1]) > 5]))
    at = draw(st.integers(1, len(name) - 2))
    other = draw(st.sampled_from("aeiourlnmk"))
    typed = draw(
        st.sampled_from(
            [
                name[:at] + name[at + 1 :],
                name[:at] + name[at] * 2 + name[at + 1 :],
                name[:at] + other + name[at + 1 :],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            ]
        )
    )
    return code, name, typed


@given(slips())
def test_one_slip_of_the_finger_still_offers_the_place(slip: tuple[str, str, str]) -> None:
    code, _, typed = slip
    assume(not re.search(r"(.)\1", plain(typed).lower()))  # a letter typed twice counts once
    found = matches(typed)
    assume(not found or found[0].found is Found.ALIKE)  # the slip made another name that there is
    assert code in codes(typed), (typed, found)


@given(st.sampled_from(NAMES), st.sampled_from(["", "Es dzīvoju ", "я живу в ", "I live in "]), st.sampled_from(CALLED))
def test_words_around_a_name_do_not_hide_it(named: tuple[str, str], before: str, after: str) -> None:
    code, name = named
    assume(not (after.startswith(" novad") and code in {"LV-DGV", *SAME_NAME}))  # those are the ones around
    assert code in codes(before + name + after)


EVERYDAY: Final = Path(__file__).with_name("everyday_words.txt").read_text("utf-8").split()
"""In Latvian, Ukrainian, Russian and English, with cities that are not in Latvia."""


def test_everyday_words_and_foreign_cities_are_no_places_of_latvia() -> None:
    assert [(word, matches(word)) for word in EVERYDAY if matches(word)] == []


@given(st.text(alphabet="bcdfghklmnpqrstvwxz0123456789 .!?-", max_size=60))
def test_noise_without_a_vowel_finds_nothing_of_a_name(noise: str) -> None:
    letters = sum(map(str.isalpha, noise))
    assert all(one.found is Found.ALIKE and letters <= 8 for one in matches(noise))


@given(st.text(max_size=300), st.integers(1, 8))
def test_any_text_at_all_gets_an_answer_of_bounded_length_without_repeats(text: str, limit: int) -> None:
    found = matches(text, limit)
    assert len(found) <= limit
    assert len({one.code for one in found}) == len(found)


def test_the_comparer_is_loaded_only_for_a_name_that_nobody_has() -> None:
    script = (
        "import sys; from bot.directory.naming import matches; matches('Ogre'); before = 'rapidfuzz' in sys.modules;"
        "matches('Orge'); print(before, 'rapidfuzz' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]

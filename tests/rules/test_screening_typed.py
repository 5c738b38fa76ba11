"""What typed lines mean: ages in digits, words and years of birth, options by their words, places by their names."""

from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given as with_any
from hypothesis import strategies as st

from bot.screening.ages import Ages, Band, Either
from bot.screening.questionnaire import CURRENT, Answers, Question, published
from bot.screening.rules import Chosen, Meant, NotUnderstood, Place, Places, is_child, understood

FORM, FIRST = published()[CURRENT], published()["1"]
TODAY = date(2026, 3, 2)
USUAL = Ages()
LOCALES = Path(__file__).resolve().parents[2] / "locales"


def question(question_id: str, form: object = FORM) -> Question:
    found = (FIRST if form is FIRST else FORM).question(question_id)
    assert found is not None
    return found


def meant(question_id: str, text: str, answers: Answers | None = None) -> Meant:
    return understood(question(question_id), answers or {}, text, TODAY, USUAL)


# --- ages -------------------------------------------------------------------------------------------------------


def expected(years: int, ages: Ages) -> Band:
    """The rule in the plainest words."""
    if years < ages.alone:
        return Band.CHILD
    if years < ages.joins:
        return Band.TEEN
    if years < ages.adult:
        return Band.MINOR
    if years < ages.last:
        return Band.ADULT
    return Band.LAST if years == ages.last else Band.OVER


@pytest.mark.feature("X48", "S1.3")
@pytest.mark.parametrize("years", range(5, 41))
@pytest.mark.parametrize("ages", [USUAL, Ages(14, 16, 21, 25)], ids=["usual", "other settings"])
def test_every_age_has_its_band(years: int, ages: Ages) -> None:
    assert ages.band(years) is expected(years, ages)
    for line in (f"{years}", f"man ir {years}", f"мені {years} років", f"I'm {years}"):
        assert understood(question("age"), {}, line, TODAY, ages) == Chosen(expected(years, ages))


@pytest.mark.parametrize("years", range(5, 41))
def test_a_year_of_birth_decides_or_is_asked_about(years: int) -> None:
    bands = [expected(years - 1, USUAL), expected(years, USUAL)]
    answer = meant("age", f"{TODAY.year - years}")
    if years == 5:
        assert answer == NotUnderstood()
    elif bands[0] is bands[1]:
        assert answer == Chosen(bands[0])
    else:
        assert answer == Either(years - 1, years)


def test_under_settings_of_their_own_the_bands_have_no_gap_and_no_overlap() -> None:
    ages = Ages(14, 16, 21, 25)
    spans = [ages.span(band) for band in Band]
    assert spans == [(5, 13), (14, 15), (16, 20), (21, 24), (25, 25), (26, 119)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("17", "15_17"), ("man ir 17 gadi", "15_17"), ("мені 20", "18_28"), ("30.", "over_29"), ("12", "under_13"),
        ("septiņpadsmit", "15_17"), ("septinpadsmit gadi", "15_17"), ("сімнадцять", "15_17"),
        ("семнадцать лет", "15_17"),
        ("seventeen", "15_17"), ("divdesmit viens", "18_28"), ("двадцять дев'ять", "29"), ("двадцать девять", "29"),
        ("twenty-nine", "29"), ("trīsdesmit", "over_29"), ("divpadsmit", "under_13"), ("дванадцять", "under_13"),
        ("dzimis 2005. gadā", "18_28"), ("14.05.2005", "18_28"),
    ],
)  # fmt: skip
def test_an_age_is_understood_in_digits_words_and_years(text: str, code: str) -> None:
    assert meant("age", text) == Chosen(code)


@pytest.mark.parametrize(
    "text",
    ["17 or 18", "abc", "", "999", "9" * 4096, "0", "-17", "1", "2025", "1850", "divi brāļi un trīs māsas", "👍"],
)
def test_what_is_no_age_is_not_taken_for_one(text: str) -> None:
    assert meant("age", text) == NotUnderstood()


def test_the_first_version_has_one_answer_for_all_who_are_too_young() -> None:
    assert understood(question("age", FIRST), {}, "14", TODAY, USUAL) == Chosen("under_15")


def test_who_tells_an_age_under_13_in_the_first_version_is_stopped_all_the_same() -> None:
    told = understood(question("age", FIRST), {}, "12", TODAY, USUAL)
    assert isinstance(told, Chosen)
    assert is_child("age", told.code)


@with_any(st.text(max_size=200))
def test_any_line_at_any_question_means_something_it_has_or_nothing(text: str) -> None:
    for one in FORM.questions:
        match understood(one, {"region": "vidzeme"}, text, TODAY, USUAL):
            case Chosen(code):
                assert code in one.options({"region": "vidzeme", "age": "15_17"})
            case Place(_) | Places(_):
                assert one.options_from is not None
            case Either():
                assert one.id == "age"


# --- options ----------------------------------------------------------------------------------------------------


def labels(language: str) -> dict[str, str]:
    with (LOCALES / language / "LC_MESSAGES" / "screening.po").open("rb") as file:
        return {one.id: one.string for one in read_po(file, locale=language) if isinstance(one.id, str)}


@pytest.mark.feature("B8")
@pytest.mark.parametrize("language", ["lv", "uk", "en"])
def test_the_words_of_every_button_are_understood(language: str) -> None:
    words, answers = labels(language), {"age": "15_17"}
    for one in FORM.questions:
        if one.id == "age":
            continue
        for option in one.own_options:
            if not option.instead_of:
                line = words[f"screening.youth.button.{one.id}.{option.code}"]
                for said in (line, line.upper(), f" {line}. "):
                    assert understood(one, answers, said, TODAY, USUAL) == Chosen(option.code), said


@pytest.mark.parametrize(
    ("question_id", "text", "code"),
    [
        ("nva", "jā", "yes"), ("nva", "JA", "yes"), ("nva", "так", "yes"), ("nva", "да", "yes"),
        ("nva", "yes", "yes"),
        ("nva", "nē", "no"), ("nva", "ні", "no"), ("nva", "нет", "no"), ("nva", "no", "no"),
        ("nva", "не знаю", "unsure"),
        ("contact", "нет, спасибо", "no"), ("contact", "так", "yes"), ("contact", "ar mammu", "parent"),
        ("status", "es mācos", "study"), ("status", "macos", "study"), ("status", "не працюю і не навчаюся", "neither"),
        ("status", "не работаю и не учусь", "neither"), ("status", "5", "neither"), ("mood", "тяжело", "hard"),
        ("wish", "работу", "work"), ("wish", "хочу вчити мову", "language"), ("wish", "Gribu strādāt!", "work"),
        ("wish", "2.", "work"), ("region", "Latgalē", "latgale"), ("mood", "skip", "skip"),
    ],
)  # fmt: skip
def test_an_option_is_understood_by_its_words_or_its_place(question_id: str, text: str, code: str) -> None:
    assert meant(question_id, text, {"age": "15_17"}) == Chosen(code)


@pytest.mark.parametrize(
    ("question_id", "text"),
    [
        ("status", "nemācos"), ("status", "mācos un strādāju"), ("status", "gribu mācīties"), ("nva", "jā un nē"),
        ("mood", "gribu nomirt"), ("wish", "7"), ("wish", "0"), ("contact", "varbūt vēlāk"), ("status", "x" * 4096),
    ],
)  # fmt: skip
def test_nothing_is_read_into_what_is_only_nearly_an_option(question_id: str, text: str) -> None:
    assert meant(question_id, text) == NotUnderstood()


# --- places -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", ["region", "place"])
@pytest.mark.parametrize("text", ["Ogre", "ogre", "dzīvoju Ogrē", "Огре", "Ikšķile", "Ogres novads"])
def test_a_municipality_or_a_place_in_it_is_taken_by_name(at: str, text: str) -> None:
    assert meant(at, text, {"region": "latgale"}) == Place("LV-067")


def test_a_name_that_two_have_is_asked_about() -> None:
    answer = meant("region", "Jelgava")
    assert isinstance(answer, Place | Places)
    asked = meant("region", "Valmeira")
    assert isinstance(asked, Places)
    assert "LV-113" in asked.codes

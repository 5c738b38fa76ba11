"""Danger in free text is heard in four languages, however it is typed, and everyday talk is left alone.

Two sets of phrases, both invented, upsetting to read, and checked by no clinician or native speaker yet:

`safety_phrases.csv` is our own; the words and rules were written with it in view, so its floors guard against getting
worse and say little about people we have not met. `safety_validation.csv` was written apart from the rules and is not
for adding words from: look at what kind of thing is missed, and write other phrases for it. One of its rows is 1.7
points; 60 of 60 only shows recall above about 94 %. No score here shows that the bot is safe for real people: the
phrases are not a sample of what the young write, and nothing here measures anyone's risk.
"""

import csv
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.folding import clean, fold_word, skeleton, words_of
from bot.safety.grammar import rules
from bot.safety.rules import Kind, Language, notice

LANGUAGES = ("lv", "uk", "ru", "en")
DIRECT = ("suicide_thought", "suicide_plan_mention", "self_harm")


class Phrase(NamedTuple):
    lang: str
    label: str
    category: str
    text: str


def phrases(name: str) -> list[Phrase]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as rows:
        return [Phrase(r["lang"], r["label"], r["category"], r["text"]) for r in csv.DictReader(rows)]


OURS = phrases("safety_phrases.csv")
VALIDATION = phrases("safety_validation.csv")


def share_heard(rows: list[Phrase]) -> float:
    return sum(notice(row.text) is not None for row in rows) / len(rows)


@pytest.mark.feature("X45")
@pytest.mark.parametrize("rows", [OURS, VALIDATION], ids=["ours", "validation"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_direct_disclosures_are_heard(lang: str, rows: list[Phrase]) -> None:
    direct = [row for row in rows if row.lang == lang and row.category in DIRECT]
    assert share_heard(direct) >= 0.95


@pytest.mark.feature("X45")
@pytest.mark.parametrize("rows", [OURS, VALIDATION], ids=["ours", "validation"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_danger_of_every_kind_is_heard(lang: str, rows: list[Phrase]) -> None:
    assert share_heard([row for row in rows if row.lang == lang and row.label == "danger"]) >= 0.92


def test_no_category_of_danger_is_left_behind_in_any_language() -> None:
    groups: dict[tuple[str, str], list[Phrase]] = defaultdict(list)
    for row in OURS:
        if row.label == "danger":
            groups[row.lang, row.category].append(row)
    assert {group: share for group, rows in groups.items() if (share := share_heard(rows)) < 0.85} == {}


@pytest.mark.feature("X45")
@pytest.mark.parametrize("rows", [OURS, VALIDATION], ids=["ours", "validation"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_everyday_talk_is_left_alone(lang: str, rows: list[Phrase]) -> None:
    assert share_heard([row for row in rows if row.lang == lang and row.label == "ok"]) <= 0.05


@pytest.mark.parametrize(
    ("text", "kind", "language"),
    [
        ("es vairs negribu dzīvot", Kind.SUICIDE, Language.LATVIAN),
        ("стою на даху", Kind.ACUTE, Language.UKRAINIAN),
        ("отчим меня избивает", Kind.VIOLENCE, Language.RUSSIAN),
        ("i cut myself again", Kind.SELF_HARM, Language.ENGLISH),
        ("everyone would be better off without me", Kind.HOPELESS, Language.ENGLISH),
    ],
)
def test_a_notice_says_what_kind_in_which_language_and_by_which_rule(text: str, kind: Kind, language: Language) -> None:
    heard = notice(text)
    assert heard is not None
    assert (heard.kind, heard.language) == (kind, language)
    assert heard.rule not in text


@pytest.mark.parametrize(
    "text",
    [
        "ES VAIRS NEGRIBU DZĪVOT",
        "es vairs negribu dzivot",
        "es vaaairs negribuu dziivot",
        "ne\u200bgribu dzi\u00advot",
        "i don\u2019t want to l1ve",
        "I WANNA DIIIIE",
        "xoчy yмepeть",
        "ya ne hochu zhit",
        "ne xochu zhyty",
        "хочу померетьь",
        "gribu izdarit pasnavbu",
    ],
)
def test_the_same_words_are_heard_however_they_are_typed(text: str) -> None:
    assert notice(text) is not None


@pytest.mark.parametrize(
    ("danger", "harmless"),
    [
        ("i want to die", "i don't want to die, i want to get better"),
        ("я режу себя", "я не режу себя, это кот поцарапал"),
        ("negribu dzīvot", "negribu dzīvot kopmītnēs"),
        ("мій хлопець мене вдарив", "на футболі мене вдарили м'ячем"),
    ],
)
def test_the_words_around_decide(danger: str, harmless: str) -> None:
    assert notice(danger) is not None
    assert notice(harmless) is None


def test_danger_at_the_end_of_a_long_message_is_heard() -> None:
    assert notice("Šodien biju parkā un ēdu saldējumu. " * 300 + "Es negribu dzīvot.") is not None


@pytest.mark.parametrize("text", ["", " ", "...", "\u200b", "🙂", "?" * 4096, "*", "12 34"])
def test_a_message_without_words_is_no_danger(text: str) -> None:
    assert notice(text) is None


def test_every_idea_of_the_grammar_is_in_a_vocabulary_and_the_other_way_round() -> None:
    elements = [e for rule in rules() for pattern in rule.patterns for e in pattern.elements]
    elements += [e for rule in rules() for reason in rule.unless for e in reason.elements]
    grammar = {entry.removeprefix("-") for element in elements for entry in element.entries}
    data = [
        tomllib.loads((files("bot.safety") / f"words_{lang}.toml").read_text(encoding="utf-8")) for lang in LANGUAGES
    ]
    words = {idea.removeprefix("-") for ideas in data for idea in ideas}
    assert grammar == words


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(words_of(text), list)
    notice(text)


@given(st.text(alphabet="abcdefghijklmnoprstuvzāčēģīķļņšūž", min_size=1, max_size=20))
def test_case_and_stretched_letters_do_not_change_a_latin_word(word: str) -> None:
    stretched = "".join(letter * 3 for letter in clean(word))
    # "s" and "h" drawn apart are no longer one sound, so words with such pairs are left out
    if not any(pair in clean(word) for pair in ("sh", "ch", "zh")):
        assert fold_word(stretched) == fold_word(clean(word.upper()))


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщыюяіїєґ", min_size=1, max_size=20))
def test_a_cyrillic_word_has_a_skeleton_in_plain_latin_letters(word: str) -> None:
    assert skeleton(clean(word)).isascii()


@pytest.mark.parametrize(
    "make",
    [lambda: "a" * 4096, lambda: "gribu " * 682, lambda: "я " * 2048, lambda: "хочу мене таблетки " * 215],
    ids=["one word", "one idea", "no ideas apart", "many ideas"],
)
def test_no_message_takes_long(make: Callable[[], str]) -> None:
    """A sanity check with plenty of room for a slow machine: only runaway matching would take this long."""
    text = make()
    notice(text)
    started = time.perf_counter()
    notice(text)
    assert time.perf_counter() - started < 0.25

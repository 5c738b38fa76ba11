"""What the check says of a questionnaire's file: each fault named with its place, and nothing where there is none."""

import pytest

from bot.screening.checking import Faulty, Sound, check
from bot.screening.questionnaire import CURRENT, texts_of_package
from bot.texts import catalogue
from bot.words import Language

pytestmark = pytest.mark.feature("B13")

TEXT = texts_of_package()[CURRENT]
WORDS = {language: frozenset(catalogue(language).forms) for language in Language}


def changed(*pairs: tuple[str, str]) -> str:
    text = TEXT
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    return text


def faults(text: str) -> str:
    found = check(text, WORDS)
    assert isinstance(found, Faulty)
    return "\n".join(found.sentences)


def test_the_version_that_new_runs_get_is_sound() -> None:
    found = check(TEXT, WORDS)
    assert isinstance(found, Sound)
    assert (found.form.version, found.longest) == (CURRENT, 10)


MOOD = '[[question]]\nid = "mood"\noptions = ["good", "so_so", "hard", "very_hard", "skip"]\n'
CONTACT = '[[question]]\nid = "contact"'
WISH = '[[question]]\nid = "wish"'
NVA = 'options = ["yes", "no", "unsure"]\nends = ["yes"]'
LIKELY = 'when = { age = ["18_28"], status = ["neither"], nva = ["no"]'
ACTIVE = 'when = { status = ["work", "trade"'

WITHOUT_MOOD = changed(
    ('version = "2"', 'version = "3"'),
    (MOOD, ""),
)
OTHER_ORDER = changed(
    ('version = "2"', 'version = "4"'),
    (MOOD + "\n", ""),
    (CONTACT, '[[question]]\nid = "mood"\noptions = ["good", "skip"]\n\n' + CONTACT),
)  # fmt: skip


@pytest.mark.parametrize("text", [WITHOUT_MOOD, OTHER_ORDER], ids=["a question less", "another order, fewer options"])
def test_a_file_that_drops_or_moves_what_is_there_needs_no_new_words(text: str) -> None:
    assert isinstance(check(text, WORDS), Sound)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('version = "3"\n[question\n', "(at line 2, column 10)"),
        ("", "version should be a text"),
        ('version = "3"', "there should be at least one [[question]]"),
        (changed(("[[question]]\n", "[[question]]\nwhat = 1\n")), 'question "age": "what" means nothing here'),
        (changed(('id = "age"', 'id = "Age!"')), "question number 1: its id should be"),
        (changed(('outcome = "maybe"', 'outcome = "perhaps"')), "the outcome 'perhaps' is unknown"),
        (changed(('ends = ["yes"]', 'ends = ["yse"]')), 'question "nva": ends names "yse", which is no option of it'),
        (
            changed(('unless = { region = ["unsure"] }', 'unless = { regoin = ["unsure"] }')),
            'question "place": unless names the question "regoin", which does not exist',
        ),
        (
            changed(('when = { nva = ["yes"] }', 'when = { nva = ["jes"] }')),
            'decision number 6: when names the option "jes", which question "nva" does not have',
        ),
        (
            changed(('unless = { status = ["leaving_school", "few_hours"] }', 'unless = { wish = ["work"] }')),
            'question "nva": unless names the question "wish", which is not asked before',
        ),
        (changed(('id = "mood"', 'id = "wish"')), 'question "wish" is there twice'),
        (changed(('"hard", "very_hard"', '"hard", "hard"')), 'question "mood": option "hard" is there twice'),
        (
            changed(('id = "parent", only_if = { age = ["15_17"] }', 'id = "parent", only_if = { age = ["over_29"] }')),
            'question "contact", option "parent" is never offered',
        ),
        (
            changed((NVA, NVA[:-1] + ', "no", "unsure"]')),
            'decision number 10 (maybe) is never reached',
        ),
        (
            changed((MOOD, MOOD + 'unless = { age = ["15_17", "18_28", "29"] }\n')),
            'question "mood" is never reached',
        ),
        (
            changed((LIKELY, LIKELY + ', wish = ["work"]')),
            "a dead end: no decision fits after age = 18_28, status = neither, nva = no",
        ),
        (
            changed((WISH, '[[question]]\nid = "mood2"\noptions = ["good", "bad"]\n\n' + WISH)),
            "a way of 11 taps, language and beginning counted, where 10 are the most",
        ),
        (
            changed(('"so_so", "hard"', '"so_so", "sad", "hard"')),
            'question "mood", option "sad": no words in Ukrainian; the key screening.youth.button.mood.sad is missing',
        ),
        (
            changed(('"people", "unsure"]', '"people", "sport", "unsure"]')),
            'question "wish", option "sport": no words in English; the key programme.any.wish.sport is missing',
        ),
        (
            changed(('outcome = "stop_child"', 'outcome = "maybe"')),
            'question "age", option "under_13": it should be in ends, and lead to stop_child',
        ),
        (changed(('id = "age"', 'id = "age_of"')), 'the question "age", which does not exist'),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(text: str, told: str) -> None:
    assert told in faults(text)


@pytest.mark.parametrize("language", list(Language))
def test_each_missing_translation_is_named_in_its_language_alone(language: Language) -> None:
    key = "screening.youth.question.status"
    found = check(TEXT, {**WORDS, language: WORDS[language] - {key}})
    named = {Language.LV: "Latvian", Language.UK: "Ukrainian", Language.EN: "English"}[language]
    assert found == Faulty((f'question "status": no words in {named}; the key {key} is missing.',))


def test_two_closer_looks_that_lead_to_each_other_are_walked_all_the_same() -> None:
    circle = changed(
        ('instead_of = ["study"]', 'instead_of = ["study", "few_hours"]'),
        ('instead_of = ["work", "trade"]', 'instead_of = ["work", "trade", "leaving_school"]'),
        (ACTIVE, ACTIVE + ', "few_hours", "leaving_school"'),
    )  # fmt: skip
    assert isinstance(check(circle, WORDS), Sound | Faulty)

"""Three equal languages: the same keys, facts and plural forms in each, short enough and rightly addressed."""

import re
from string import Formatter

import pytest
from babel.core import Locale
from babel.messages.pofile import read_po

from bot.texts import LOCALES, catalogue
from bot.words import Language
from tests.locales.keys_in_code import KEY, composed_keys, whole_keys

LONGEST_TEXT = 3000  # of 4096, so that facts have room
LONGEST_BUTTON = 36
LONGEST_COMMAND = 256
PLURAL_FORMS = {Language.LV: 3, Language.UK: 3, Language.EN: 2}
TEXTS = [
    (language, key, form) for language in Language for key, forms in catalogue(language).forms.items() for form in forms
]


def by_babel(language: Language) -> dict[str, tuple[str, ...]]:
    """The catalogues of a language as the library reads them."""
    found: dict[str, tuple[str, ...]] = {}
    for path in (LOCALES / language / "LC_MESSAGES").glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale=Locale(language.value)):
                if message.id:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    found[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return found


@pytest.mark.parametrize("language", Language)
def test_catalogues_are_read_as_translators_programs_read_them(language: Language) -> None:
    assert catalogue(language).forms == by_babel(language)


def facts(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name is not None}


@pytest.mark.feature("M1", "M2", "M4")
def test_the_same_keys_stand_in_all_three_languages() -> None:
    keys = {language: set(catalogue(language).forms) for language in Language}
    everything = set().union(*keys.values())
    assert {language.value: sorted(everything - known) for language, known in keys.items()} == {
        "lv": [], "uk": [], "en": []
    }  # fmt: skip


@pytest.mark.feature("M4")
def test_no_text_is_empty_and_every_key_is_named_for_its_reader() -> None:
    assert [(language, key) for language, key, form in TEXTS if not form.strip()] == []
    assert [key for _, key, _ in TEXTS if not KEY.fullmatch(key)] == []


@pytest.mark.feature("M4")
def test_every_form_asks_for_the_same_facts_in_every_language() -> None:
    asked: dict[str, set[frozenset[str]]] = {}
    for _, key, form in TEXTS:
        asked.setdefault(key, set()).add(frozenset(facts(form) - _MAY_BE_LEFT_OUT.get(key, set())))
    assert {key: found for key, found in asked.items() if len(found) > 1} == {}


_MAY_BE_LEFT_OUT = {
    "safety.youth.line_child": {"languages"},  # said by name in Latvian
    "safety.youth.line_child_chat": {"languages"},
}


@pytest.mark.feature("M4")
def test_facts_are_plain_names() -> None:
    assert [(key, name) for _, key, form in TEXTS for name in facts(form) if not re.fullmatch("[a-z_]+", name)] == []


@pytest.mark.feature("M3")
def test_plural_texts_have_every_form_of_their_language() -> None:
    wrong = [
        (language.value, key, len(forms))
        for language in Language
        for key, forms in catalogue(language).forms.items()
        if len(forms) not in (1, PLURAL_FORMS[language])
    ]
    assert wrong == []


@pytest.mark.feature("M3")
@pytest.mark.parametrize(
    ("language", "count", "form"),
    [(Language.LV, n, 0) for n in (0, 10, 11, 12, 19, 20, 111, 1000)]
    + [(Language.LV, n, 1) for n in (1, 21, 101, 1021)]
    + [(Language.LV, n, 2) for n in (2, 5, 9, 22, 102)]
    + [(Language.UK, n, 0) for n in (1, 21, 101)]
    + [(Language.UK, n, 1) for n in (2, 3, 4, 22, 104)]
    + [(Language.UK, n, 2) for n in (0, 5, 11, 12, 14, 20, 111)]
    + [(Language.EN, 1, 0), (Language.EN, 0, 1), (Language.EN, 2, 1)],
)
def test_a_number_chooses_the_form_that_cldr_gives_it(language: Language, count: int, form: int) -> None:
    assert catalogue(language).plural(count) == form


def test_texts_and_buttons_are_short_enough_for_telegram() -> None:
    assert [(language.value, key, len(form)) for language, key, form in TEXTS if len(form) > LONGEST_TEXT] == []
    buttons = [(language.value, key, form) for language, key, form in TEXTS if ".button." in key]
    assert [(language, key, len(form)) for language, key, form in buttons if len(form) > LONGEST_BUTTON] == []
    commands = [(language.value, key, form) for language, key, form in TEXTS if ".command." in key]
    assert [(language, key) for language, key, form in commands if len(form) > LONGEST_COMMAND] == []


def test_only_bold_and_italic_are_used_and_each_is_closed() -> None:
    wrong = []
    for language, key, form in TEXTS:
        open_tags: list[str] = []
        for closing, tag in re.findall(r"<(/?)([a-z]+)[^>]*>", form):
            if tag not in ("b", "i"):
                wrong.append((language.value, key, tag))
            elif not closing:
                open_tags.append(tag)
            elif not open_tags or open_tags.pop() != tag:
                wrong.append((language.value, key, f"/{tag}"))
        if open_tags or re.search(r"<(?!/?[bi]>)|&(?!amp;|lt;|gt;|quot;)", form):
            wrong.append((language.value, key, "open or unescaped"))
    assert wrong == []


_FORMAL = {
    Language.LV: re.compile(r"\b(jūs|jums|jūsu|jūsos)\b", re.IGNORECASE),
    Language.UK: re.compile(r"\b(ви|вас|вам|вами|ваш\w*)\b", re.IGNORECASE),
}
_INFORMAL = {
    Language.LV: re.compile(r"\b(tu|tev|tevi|tevis|tav(s|a|u|as|ā|us|i|ām|iem))\b", re.IGNORECASE),
    Language.UK: re.compile(r"\b(ти|тебе|тобі|тобою|твій|тво(я|є|ї|го|єї|ю|їх|їм))\b", re.IGNORECASE),
}


@pytest.mark.feature("M5")
def test_young_people_are_called_tu_and_ty_and_staff_jus_and_vy() -> None:
    wrong = [
        (language.value, key, found[0])
        for language, key, form in TEXTS
        if language in _FORMAL and key not in _SEVERAL_PEOPLE
        for audience, pattern in (
            ("youth", _FORMAL[language]), ("staff", _INFORMAL[language]),
            ("any", _FORMAL[language]), ("any", _INFORMAL[language]),
        )
        if f".{audience}." in key and (found := pattern.search(form))
    ]  # fmt: skip
    assert wrong == []


_SEVERAL_PEOPLE = {"screening.youth.now.with_parent"}
"""Where "you" means a young person and a parent together."""


@pytest.mark.feature("M5")
def test_formal_ukrainian_writes_you_with_a_capital() -> None:
    small = re.compile(r"(?<![.!?:]\s)(?<!^)\b(ви|вас|вам|вами|ваш\w*)\b")
    staff = [(key, form) for language, key, form in TEXTS if language is Language.UK and ".staff." in key]
    wrong = [key for key, form in staff if small.search(form)]
    assert wrong == []


_NEVER = {
    Language.LV: r"\b(neet|tests?|testu|neatbilst\w*|atteikt\w*|mērķa grup\w*|skrīning\w*|anket\w*)\b",
    Language.UK: r"\b(neet|тест\w*|відхилен\w*|відмовлен\w*|анкет\w*|скринінг\w*)\b",
    Language.EN: r"\b(neet|tests?|rejected|ineligible|target group|screening)\b",
}


def test_young_people_never_read_the_words_that_label_them() -> None:
    wrong = [
        (language.value, key, found[0])
        for language, key, form in TEXTS
        if ".youth." in key and (found := re.search(_NEVER[language], form, re.IGNORECASE))
    ]
    assert wrong == []


@pytest.mark.feature("M4")
def test_no_latvian_sentence_puts_a_second_full_stop_after_a_date_that_ends_with_its_own() -> None:
    doubled = re.compile(r"\{\w+_on\}\.")
    assert [key for language, key, form in TEXTS if language is Language.LV and doubled.search(form)] == []


@pytest.mark.feature("M4")
def test_every_key_that_the_code_names_has_its_words() -> None:
    known = set(catalogue(Language.LV).forms)
    assert {key: file for key, file in whole_keys().items() if key not in known} == {}
    assert {
        made.pattern: file for made, file in composed_keys().items() if not any(made.fullmatch(key) for key in known)
    } == {}


def test_no_words_wait_for_code_that_is_gone() -> None:
    named, made = whole_keys(), re.compile("|".join(f"(?:{one.pattern})" for one in composed_keys()))
    unused = [key for key in catalogue(Language.LV).forms if key not in named and not made.fullmatch(key)]
    assert unused == []

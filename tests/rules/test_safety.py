"""Danger in free text is heard in four languages, however it is typed, and everyday talk is left alone.

Fifteen sets of phrases, all invented, upsetting to read, and checked by no clinician or native speaker yet:

`safety_phrases.csv` and the `second` to the `sixth` are our own; the words and rules were written with them in view and
the weights learnt from them and from the `seventh` to the `ninth`, so their floors guard against getting worse and say
little about people we have not met. From the others nothing is to be learnt or written, for they measure: the three
exams were written by others than what is learnt from (how much likeness is enough, and how little of it makes a rule
disbelieved, was chosen with them in view), `safety_unseen.csv` is mostly told in roundabout ways,
`safety_validation.csv` was written apart from the rules, and `safety_short.csv` is what people answer in three words.
Look at what kind of thing is missed, and write other phrases for it. One row of 60 is 1.7 points; 60 of 60 only shows
recall above about 94 %. No score here shows that the bot is safe for real people: the phrases are not a sample of what
the young write, and nothing here measures anyone's risk.
"""

import csv
import re
import time
import tomllib
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety.folding import clean, fold_word, skeleton, words_of
from bot.safety.grammar import find, rules
from bot.safety.reading import read
from bot.safety.rules import LIKENESS, Kind, Language, notice
from bot.safety.vocabulary import vocabulary
from bot.texts import catalogue
from bot.words import Language as Texts
from tests.rules.learn_likeness import phrases_mark

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
SECOND = phrases("safety_second.csv")
THIRD = phrases("safety_third.csv")
FOURTH = phrases("safety_fourth.csv")
FIFTH = phrases("safety_fifth.csv")
SIXTH = phrases("safety_sixth.csv")
VALIDATION = phrases("safety_validation.csv")
UNSEEN = phrases("safety_unseen.csv")
SHORT = phrases("safety_short.csv")
EXAM = [row for name in ("exam", "second_exam", "third_exam") for row in phrases(f"safety_{name}.csv")]
SETS = {
    "ours": OURS,
    "second": SECOND,
    "third": THIRD,
    "fourth": FOURTH,
    "fifth": FIFTH,
    "sixth": SIXTH,
    "validation": VALIDATION,
}


heard = cache(notice)
"""Each phrase of the sets is looked at once, however many tests count it."""


def is_heard(text: str) -> bool:
    return heard(text) is not None


def count_heard(rows: list[Phrase]) -> int:
    return sum(is_heard(row.text) for row in rows)


def share_heard(rows: list[Phrase]) -> float:
    return count_heard(rows) / len(rows)


@pytest.mark.feature("X45")
@pytest.mark.parametrize("rows", SETS.values(), ids=SETS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_direct_disclosures_are_heard(lang: str, rows: list[Phrase]) -> None:
    direct = [row for row in rows if row.lang == lang and row.category in DIRECT]
    assert share_heard(direct) >= 0.98


@pytest.mark.feature("X45")
@pytest.mark.parametrize("rows", SETS.values(), ids=SETS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_danger_of_every_kind_is_heard(lang: str, rows: list[Phrase]) -> None:
    assert share_heard([row for row in rows if row.lang == lang and row.label == "danger"]) >= 0.92


def test_no_category_of_danger_is_left_behind_in_any_language() -> None:
    groups: dict[tuple[str, str], list[Phrase]] = defaultdict(list)
    for row in (*OURS, *SECOND, *THIRD, *FOURTH):
        if row.label == "danger":
            groups[row.lang, row.category].append(row)
    assert {group: share for group, rows in groups.items() if (share := share_heard(rows)) < 0.85} == {}


@pytest.mark.feature("X45")
@pytest.mark.parametrize("rows", SETS.values(), ids=SETS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_everyday_talk_is_left_alone(lang: str, rows: list[Phrase]) -> None:
    assert share_heard([row for row in rows if row.lang == lang and row.label == "ok"]) <= 0.05


@pytest.mark.feature("X45")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_nothing_was_learnt_from_is_heard(lang: str) -> None:
    """Of what is harmless one in twenty may be heard as well, give or take what 180 phrases can show."""
    rows = [row for row in EXAM if row.lang == lang]
    assert share_heard([row for row in rows if row.label == "danger"]) >= 0.92
    assert share_heard([row for row in rows if row.label == "ok"]) <= 0.06


@pytest.mark.feature("X45")
def test_direct_words_that_nothing_was_learnt_from_are_heard() -> None:
    assert share_heard([row for row in EXAM if row.category in DIRECT]) >= 0.96


@pytest.mark.feature("X45")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_people_answer_in_a_few_words_is_left_alone(lang: str) -> None:
    """They say too little to be judged by their sound."""
    assert share_heard([row for row in SHORT if row.lang == lang]) <= 0.05


@pytest.mark.feature("X45")
def test_of_what_is_harmless_one_in_twenty_may_be_heard_as_well() -> None:
    assert share_heard([row for row in EXAM if row.label == "ok"]) <= 0.05


@pytest.mark.feature("X45")
def test_most_is_heard_even_where_it_is_told_in_roundabout_ways() -> None:
    """The rules alone hear less than half of it; one in twenty of what is harmless may be heard as well."""
    assert share_heard([row for row in UNSEEN if row.label == "danger"]) >= 0.8
    assert share_heard([row for row in UNSEEN if row.label == "ok"]) <= 0.05


@pytest.mark.feature("X45")
@pytest.mark.parametrize("language", list(Texts), ids=lambda one: one.value)
def test_the_way_people_speak_of_events_is_left_alone(language: Texts) -> None:
    """The bot's own words about events, which nothing was learnt from: not one of them is for somebody in danger."""
    forms = catalogue(language).forms
    said = [form for key, (form, *_) in forms.items() if key.startswith("events.")]
    sentences = {one.strip() for form in said for one in re.split(r"<[^>]+>|\{[^}]*\}|[\n.!?:]+", form)} - {""}
    assert sum(map(is_heard, sentences)) <= 0.05 * len(sentences)


def test_what_only_sounds_like_danger_is_known_to_be_a_guess() -> None:
    direct, roundabout = notice("es vairs negribu dzīvot"), notice("было бы проще если бы сердце само сдалось")
    assert direct is not None
    assert roundabout is not None
    assert (direct.is_guess, roundabout.is_guess) == (False, True)
    assert roundabout.kind is Kind.SUICIDE


def test_a_rule_is_not_believed_where_everything_else_is_far_from_danger() -> None:
    reading = read(words_of(text := "нужны источники про селфхарм для проекта"), vocabulary())
    assert next(find(reading), None) is not None
    assert notice(text) is None


@pytest.mark.feature("X45")
@pytest.mark.parametrize(
    "text",
    [
        "я уже об этом не думаю, спасибо, меня никто не обижает. не хочу жить. эта домашка меня доконает, поругалась",
        "Jauni kontakti, pirmdiena 8.00 fizika. gribu sev nodarīt pāri. Vari arī pagaidīt citu piedāvājumu, pasākumi",
        "договор подписали, ноги отваливаются после тренировки. наелась лекарств, набираю ванну. брать ли ноутбук",
        "Par lēmumu paziņošu. Zinu kādu jaunieti. ASINIS NEAPSTĀJAS PALĪDZIET. Atgādinām, pazaudēju darbu, ir jauns",
    ],
)
def test_harmless_talk_before_and_after_does_not_silence_what_is_said_between(text: str) -> None:
    heard = notice(text)
    assert heard is not None
    assert not heard.is_guess


@pytest.mark.feature("X45")
def test_of_very_much_that_rules_find_not_all_is_disbelieved() -> None:
    about_a_project = "нужны источники про селфхарм для проекта. "
    assert notice(about_a_project) is None
    assert notice(about_a_project * 3 + "дома боюсь") is not None


def test_the_weights_are_learnt_from_the_phrases_as_they_are() -> None:
    """After adding phrases: `python -m tests.rules.learn_likeness`."""
    assert (files("bot.safety") / "likeness.tsv").read_text(encoding="utf-8").startswith(f"# {phrases_mark()}\n")


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
    grammar = {entry.removeprefix("-") for element in elements for entry in element.entries if ":" not in entry}
    data = [
        tomllib.loads((files("bot.safety") / f"words_{lang}.toml").read_text(encoding="utf-8")) for lang in LANGUAGES
    ]
    words = {idea.removeprefix("-") for ideas in data for idea in ideas}
    assert grammar == words


def test_a_word_that_a_message_is_about_is_no_reason_to_stay_quiet() -> None:
    """A car is petty in "he will kill me, I scratched the car", but not where one wishes it would hit one."""
    assert notice("нехай би мене збила машина") is not None
    assert notice("тато вб'є якщо подряпаю машину") is None


def test_a_denial_reaches_the_next_word_and_no_further() -> None:
    assert notice("никто не понимает, хочу сдохнуть реально") is not None
    assert notice("я не хочу умирать, просто устала") is None


FRAMES = tomllib.loads((Path(__file__).parent / "safety_frames.toml").read_text(encoding="utf-8"))["groups"]


@pytest.mark.feature("X45")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_direct_words_are_heard_in_every_frame_they_are_said_in(lang: str) -> None:
    said = [
        frame.format(deed)
        for group in FRAMES
        if group["lang"] == lang
        for frame in group["frames"]
        for deed in group["deeds"]
    ]
    unheard = [text for text in said if notice(text) is None]
    assert len(unheard) <= 0.02 * len(said), unheard


DIRECT_WORDS = {
    "lv": ["es vairs negribu dzīvot", "gribu nomirt", "domāju par pašnāvību", "tēvs mani sit", "es griežu sevi"],
    "uk": ["я більше не хочу жити", "хочу померти", "думаю про самогубство", "батько мене б'є", "я ріжу собі руки"],
    "ru": ["я больше не хочу жить", "хочу умереть", "думаю о самоубийстве", "отец меня бьет", "я режу себе руки"],
    "en": ["i don't want to live anymore", "i want to die", "thinking about suicide", "my dad hits me", "i cut myself"],
}
DIRECTLY = [text for texts in DIRECT_WORDS.values() for text in texts]
LOOK_ALIKES = str.maketrans("aoc", "аос")
LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
        "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
        "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ъ": "",
        "ы": "y", "э": "e", "ю": "iu", "я": "ia", "ё": "e", "'": "",
    }
)  # fmt: skip


@pytest.mark.feature("O8")
@pytest.mark.parametrize("text", DIRECTLY)
@pytest.mark.parametrize(
    "typed",
    [
        str.upper,
        str.title,
        clean,
        lambda text: text.replace("'", "\u2019"),
        lambda text: text.replace("'", "\u02bc"),
        lambda text: text.replace("'", ""),
        lambda text: text[:-1] + text[-1] * 4 + "!!!",
        lambda text: "\u200b".join(text),
        lambda text: text.translate(LOOK_ALIKES),
        lambda text: text.translate(LATIN),
        lambda text: "ok so " + text + " lol idk",
    ],
    ids=["upper", "title", "bare", "curly", "letter", "none", "stretched", "invisible", "mixed", "latin", "amid"],
)
def test_however_it_is_typed_a_direct_disclosure_is_heard(typed: Callable[[str], str], text: str) -> None:
    assert notice(typed(text)) is not None


@pytest.mark.feature("O8")
@given(st.sampled_from(DIRECTLY), st.data())
def test_stretched_letters_and_odd_capitals_anywhere_change_nothing(text: str, data: st.DataObject) -> None:
    times = data.draw(st.lists(st.integers(1, 3), min_size=len(text), max_size=len(text)))
    shout = data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
    typed = "".join(
        (letter.upper() if loud else letter) * (1 if letter in "shczj' " else n)
        for letter, n, loud in zip(text, times, shout, strict=True)
    )
    assert notice(typed) is not None


@pytest.mark.feature("D2")
@pytest.mark.parametrize("text", DIRECTLY)
def test_a_disclosure_amid_a_long_message_is_heard(text: str) -> None:
    before = "Šodien bija parasta diena. Сьогодні був звичайний день, we had lunch and then a film about dogs. " * 8
    assert notice(f"{before}{text}. {before}") is not None


@pytest.mark.feature("O8")
def test_which_rule_was_heard_is_told_and_stands_in_the_grammar() -> None:
    names = {(rule.kind, rule.name) for rule in rules()} | {(kind, LIKENESS) for kind in Kind}
    found = [heard(row.text) for row in (*OURS, *SECOND, *SIXTH)]
    assert {(one.kind, one.rule) for one in found if one is not None} <= names


@pytest.mark.feature("X45")
def test_the_figures_of_every_set_can_be_read() -> None:
    """Run with `-s`: heard of all rows, for each category and language."""
    for name, rows in (*SETS.items(), ("unseen", UNSEEN), ("short", SHORT), ("exams", EXAM)):
        print(f"\n{name:28}" + "".join(f"{lang:>10}" for lang in LANGUAGES))
        for label, category in sorted({(row.label, row.category) for row in rows}):
            cells = [[r for r in rows if (r.lang, r.category) == (lang, category)] for lang in LANGUAGES]
            print(f"{label + ' ' + category:28}" + "".join(f"{count_heard(c):>5}/{len(c):<4}" for c in cells))
    assert sum(map(len, SETS.values())) > 4000


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


def test_an_ordinary_message_takes_next_to_no_time() -> None:
    """Two thousandths of a second on a quiet machine, with room here for a busy one."""
    rows = [row.text for row in VALIDATION]
    started = time.process_time()
    for text in rows:
        notice(text)
    assert (time.process_time() - started) / len(rows) < 0.01


@pytest.mark.parametrize(
    "make",
    [
        lambda: "a" * 4096,
        lambda: "gribu " * 682,
        lambda: "я " * 2048,
        lambda: "хочу мене таблетки " * 215,
        lambda: "my dad he she they me no not " * 140,
    ],
    ids=["one word", "one idea", "no ideas apart", "many ideas", "small words"],
)
def test_no_message_takes_long(make: Callable[[], str]) -> None:
    """A sanity check with plenty of room for a slow machine: only runaway matching would take this long."""
    text = make()
    assert min(_seconds_for(text) for _ in range(4)) < 0.25


def _seconds_for(text: str) -> float:
    started = time.process_time()
    notice(text)
    return time.process_time() - started

"""What a young person is sent can be read by whoever sees their locked screen: its beginning must tell nothing."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from html import unescape
from itertools import product
from string import Formatter
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from bot.texts import Texts, catalogue
from bot.words import Fact, Language, Lines, phrase
from tests.town.lock_screen import SHOWN, tells

TEXTS: Final = Texts(ZoneInfo("Europe/Riga"))

NEVER_FIRST: Final = re.compile(
    r"safety\.youth\.(?:line|speaks|hours)_.*|staff\.any\.role\..*|screening\.youth\.(?:now\..*|elsewhere|whom_to_ask)"
    r"|referrals\.(?:any\.kind|youth\.to)\..*|directory\.any\..*|.*\.(?:button|command)\..*"
    r"|blocks\.any\.reason\..*|people\.youth\.(?:seen_by|kept_.*|agreed_.*|purpose.*)|people\.any\.(?:term|days|code).*"
    r"|directory\.youth\.service.*|safety\.youth\.(?:who|wait)\..*"
    r"|programme\.any\.(?:measure|step)\..*"
)
"""Parts of messages, which stand after other words: they are tested in the messages that hold them."""


def _each(beginning: str) -> list[Fact]:
    """Every phrase whose key begins so."""
    return [phrase(key, **_plain(key)) for key in catalogue(Language.LV).forms if key.startswith(beginning)]


def _plain(key: str) -> dict[str, Fact]:
    """Facts that say nothing, for a text whose own words are the point."""
    form = catalogue(Language.EN).forms[key][0]
    return {name: _PLAIN.get(name, "Ilze") for _, name, _, _ in Formatter().parse(form) if name is not None}


_PLAIN: Final[Mapping[str, Fact]] = {
    "at": 3, "of": 5, "count": 7, "number": 7, "days": 30, "when": datetime(2026, 3, 9, 14, 0, tzinfo=UTC),
    "due": datetime(2026, 3, 9, 14, 0, tzinfo=UTC), "starts_on": date(2026, 3, 9), "ends_on": date(2026, 6, 9),
    "title": "Picas vakars", "place": "Ogre", "code_name": "Bura-313", "emergency": "112",
    "passed": "Bura-313, 18–28, Ogre",
}  # fmt: skip


def _ends() -> list[Fact]:
    """The pages at the end of the questions: what it means and, below it, what to do now."""
    known = catalogue(Language.LV).forms
    names = [
        key.removeprefix("screening.youth.outcome.") for key in known if key.startswith("screening.youth.outcome.")
    ]
    parts = [[f"screening.youth.{part}.{name}" for part in ("outcome", "now")] for name in names]
    return [Lines(tuple(phrase(key, **_plain(key)) for key in keys if key in known)) for keys in parts]


WORST: Final[Mapping[str, list[Fact]]] = {
    "kind": _each("referrals.any.kind."),
    "to": _each("referrals.youth.to."),
    "state": _each("referrals.youth.state."),
    "role": _each("staff.any.role."),
    "reason": _each("blocks.any.reason."),
    "wish": _each("programme.any.wish."),
    "parts": _ends(),
    "who": _each("safety.youth.who."),
    "services": _each("directory.youth.service_name."),
    "question": _each("screening.youth.question."),
    "note": _each("screening.youth.note"),
    "progress": _each("screening.youth.progress"),
    "welcome": _each("screening.youth.welcome"),
    "remark": _each("people.youth.not_"),
    "left": _each("people.youth.not_hidden."),
}
"""The facts that are phrases of ours, by name: whatever may stand there does, one after the other."""


def _worst(key: str, name: str) -> list[Fact]:
    """What may stand for that fact; the lines of a list are those of its own capability."""
    return _each(f"{key.partition('.')[0]}.youth.line") if name == "lines" else WORST.get(name, [])


def beginnings(key: str, language: Language) -> Iterator[str]:
    """How messages of that key begin, with every fact that may come."""
    for form in catalogue(language).forms[key]:
        names = {name for _, name, _, _ in Formatter().parse(form) if name is not None}
        choices = [[(name, one) for one in _worst(key, name) or [_PLAIN.get(name, "Ilze")]] for name in sorted(names)]
        for facts in product(*choices):
            said = TEXTS.html(phrase(key, **dict(facts)), language)
            yield unescape(re.sub(r"<[^>]+>", "", said))[:SHOWN]


def to_young_people() -> list[str]:
    """Every text that a message to a young person may begin with."""
    return [
        key
        for key in catalogue(Language.LV).forms
        if (".youth." in key or ".any." in key) and not NEVER_FIRST.fullmatch(key)
    ]


@pytest.mark.feature("O10")
@pytest.mark.parametrize("language", Language)
def test_no_text_to_a_young_person_begins_with_what_a_stranger_must_not_read(language: Language) -> None:
    found = [
        (key, word, shown)
        for key in to_young_people()
        for shown in beginnings(key, language)
        if (word := tells(shown, language)) is not None
    ]
    assert found == []


@pytest.mark.feature("O10")
@pytest.mark.parametrize("language", Language)
def test_the_opening_of_discreet_mode_fills_what_a_locked_screen_shows(language: Language) -> None:
    (opening,) = beginnings("people.youth.discreet_opening", language)
    assert len(opening) == SHOWN
    assert tells(opening, language) is None


@pytest.mark.feature("O10")
@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.LV, "Tev ir pieraksts pie psihologa"),
        (Language.LV, "Zvani krīzes tālrunim"),
        (Language.UK, "Запис до психолога"),
        (Language.UK, "Служба у справах насильства"),
        (Language.EN, "Your psychologist has answered"),
        (Language.EN, "A crisis line"),
    ],
)
def test_the_list_knows_the_words_in_their_forms(language: Language, text: str) -> None:
    assert tells(text, language) is not None

"""Young people who fled are asked nothing of the war, in any language of the first questions."""

import re

import pytest

from bot.texts import catalogue
from bot.words import Language

WAR = {
    Language.LV: r"\bkar(š|a|u|ā|am|iem|us|os)\b|\bfront|\bbomb|okup|ievainot|bēgl",
    Language.UK: r"\bвійн|\bвоєн|\bфронт|\bбомб|окупа|поранен|біжен",
    Language.EN: r"\bwar\b|\bfront line|\bbomb|occupi|wounded|refugee",
}
"""What a question about the war could not do without."""


@pytest.mark.feature("S4.8")
@pytest.mark.parametrize("language", Language)
def test_the_first_questions_say_nothing_of_the_war(language: Language) -> None:
    asked = {key: forms for key, forms in catalogue(language).forms.items() if key.startswith("screening.")}
    assert len(asked) > 50
    found = {key for key, forms in asked.items() if any(re.search(WAR[language], form.casefold()) for form in forms)}
    assert found == set()

"""The notice is code: its version follows the settings it tells of, section by section, and no language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people import notice
from bot.people.notice import Section
from bot.people.retention import DataClass, days
from bot.settings import Settings
from bot.storage.tables import consents
from bot.texts import catalogue
from bot.words import Language

TOLD = [name for name in Settings.model_fields if name.startswith("keep_")]


@pytest.mark.feature("O11", "C9")
@pytest.mark.parametrize("name", TOLD)
def test_another_term_is_another_notice_and_only_its_terms_have_changed(name: str) -> None:
    before, after = Settings(), Settings(**{name: 7})
    assert notice.changed(notice.version(before), notice.version(after)) == (Section.TERMS,)


@pytest.mark.feature("O11", "C9")
@pytest.mark.parametrize(
    ("setting", "section"),
    [
        ({"age_alone": 14}, Section.WHAT),
        ({"age_adult": 19}, Section.WHAT),
        ({"child_danger_alert": "off"}, Section.WHO),
    ],
)
def test_what_it_says_of_ages_and_of_who_sees_counts_too(setting: dict[str, object], section: Section) -> None:
    after = Settings.model_validate(setting)
    assert notice.changed(notice.version(Settings()), notice.version(after)) == (section,)


@pytest.mark.feature("O11")
def test_new_sentences_are_a_new_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    before = notice.version(Settings())
    monkeypatch.setattr(notice, "EDITION", {**notice.EDITION, Section.WHO: notice.EDITION[Section.WHO] + 1})
    assert notice.changed(before, notice.version(Settings())) == (Section.WHO,)


@pytest.mark.feature("O11")
@given(st.dictionaries(st.sampled_from(TOLD), st.integers(1, 3650)), st.integers(0, 59))
def test_the_same_settings_are_the_same_notice_and_nothing_else_matters(kept: dict[str, int], minutes: int) -> None:
    first, second = Settings(**kept), Settings(**kept, log="json", alert_minutes=minutes + 1)
    assert notice.version(first) == notice.version(second)
    assert notice.changed(notice.version(first), notice.version(second)) == ()
    assert len(notice.version(first)) <= (consents.c.version.type.length or 0)


@pytest.mark.parametrize("older", ["2026-11", "", "a-b-c", "one two three"])
def test_of_a_version_that_is_none_of_ours_everything_counts_as_changed(older: str) -> None:
    assert notice.changed(older, notice.version(Settings())) == tuple(Section)


@pytest.mark.feature("C9")
@pytest.mark.parametrize("language", Language)
def test_every_kind_of_data_has_its_line_in_the_notice(language: Language) -> None:
    words = catalogue(language).forms
    assert [one for one in days(Settings()) if f"people.any.term.{one.value}" not in words] == []
    assert set(notice.TOLD_FIRST) <= set(DataClass)

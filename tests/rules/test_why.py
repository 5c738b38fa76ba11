"""Every reason for a time has its own sentence, in each language, and the first that holds is the one that is said."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import Every, Hours, Rhythm
from bot.checkins.replanning import Term, laid_out
from bot.checkins.rules import CheckIn, State
from bot.checkins.why import why
from bot.texts import Texts
from bot.words import Language

RIGA = ZoneInfo("Europe/Riga")
TEXTS = Texts(RIGA, Path(__file__).resolve().parents[2] / "locales")
FRIDAYS = Rhythm(Every.WEEKLY, weekday=4, at=time(10))
TERM = Term(FRIDAYS, date(2026, 3, 2), date(2026, 5, 31), Hours.latvia(RIGA, {}))


def checkin(day: date, term: Term = TERM, **values: object) -> CheckIn:
    due = next((one.due_at for one in laid_out(term) if one.planned_on == day), datetime(2026, 3, 6, 8, tzinfo=UTC))
    plain = CheckIn(1, 1, 1, day, due, State.PLANNED, due, None, None, False, None, None, None)
    return replace(plain, **values)  # type: ignore[arg-type]  # fields by name


def said(one: CheckIn, term: Term = TERM, moved_by: str | None = None, language: Language = Language.EN) -> str:
    return TEXTS.plain(why(one, term, moved_by), language)


@pytest.mark.feature("O5")
def test_the_rhythm_itself_is_the_reason_where_nothing_else_is() -> None:
    assert said(checkin(date(2026, 3, 6))) == "That is the rhythm agreed on: every week, on Friday at 10:00."


@pytest.mark.feature("O5")
@pytest.mark.parametrize(("language", "name"), [
    (Language.LV, "Lielā Piektdiena"), (Language.UK, "Страсна пʼятниця"), (Language.EN, "Good Friday"),
])  # fmt: skip
def test_easter_is_named_in_the_readers_language(language: Language, name: str) -> None:
    words = said(checkin(date(2026, 4, 3)), language=language)
    assert name in words
    assert words.count("(") == 2  # Good Friday, the weekend without a name, Easter Monday


@pytest.mark.feature("O5")
def test_a_day_off_is_named_and_one_without_a_name_is_said_so() -> None:
    for name, words in (("Town day", "a day off (Town day)"), ("", "a day off, ")):
        term = replace(TERM, hours=Hours.latvia(RIGA, {date(2026, 3, 6): name}))
        assert words in said(checkin(date(2026, 3, 6), term), term)


@pytest.mark.feature("O5")
def test_the_night_and_the_weekend_after_it_are_reasons() -> None:
    term = replace(TERM, rhythm=replace(FRIDAYS, at=time(22)))
    words = said(checkin(date(2026, 3, 6), term), term)
    assert "the quiet of the night" in words
    assert "the weekend" in words


@pytest.mark.feature("O5")
def test_a_change_of_the_clocks_is_a_reason() -> None:
    jerusalem = Hours(ZoneInfo("Asia/Jerusalem"), quiet_from=time(0), quiet_until=time(0))
    term = replace(TERM, rhythm=replace(FRIDAYS, at=time(2, 30)), hours=jerusalem)
    assert "the clocks go forward" in said(checkin(date(2026, 3, 27), term), term)


@pytest.mark.feature("O5")
def test_what_people_chose_comes_before_every_rule() -> None:
    good_friday = checkin(date(2026, 4, 3), sequence=1)
    assert said(good_friday, moved_by="Marta").startswith("Marta changed the time")
    assert said(good_friday).startswith("The time was changed")
    assert said(replace(good_friday, agreed_at=good_friday.due_at), moved_by="Marta").startswith("Both sides chose")


@pytest.mark.feature("O5", "G16")
def test_the_first_one_after_a_pause_says_so_and_the_next_one_does_not() -> None:
    term = replace(TERM, pauses=((date(2026, 3, 9), date(2026, 3, 23)),))
    assert said(checkin(date(2026, 3, 27), term), term).startswith("Until then there is a pause, and from 23 Mar 2026")
    assert said(checkin(date(2026, 4, 10), term), term).startswith("That is the rhythm")


@pytest.mark.feature("O5")
def test_after_the_programme_the_talks_come_further_apart() -> None:
    term = replace(TERM, later=(date(2026, 6, 12),))
    assert said(checkin(date(2026, 6, 12), term), term).startswith("The programme is over")


@pytest.mark.feature("O5")
def test_every_check_in_of_a_term_has_its_sentence_in_each_language() -> None:
    term = replace(TERM, ends_on=date(2027, 2, 26), pauses=((date(2026, 8, 1), date(2026, 8, 20)),))
    for one in laid_out(term):
        found = {said(checkin(one.planned_on, term), term, language=language) for language in Language}
        assert len(found) == 3
        assert all(words.count(".") < 12 and len(words) < 300 for words in found)

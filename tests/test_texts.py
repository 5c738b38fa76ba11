"""Keys and facts become words in three equal languages, with their plurals, dates and escapes."""

from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import MissingText, Texts, catalogue
from bot.words import Fact, InLanguages, Language, Lines, Listing, Span, phrase

RIGA = ZoneInfo("Europe/Riga")

HEADERS = {
    Language.LV: "nplurals=3; plural=(n % 10 == 0 || n % 100 >= 11 && n % 100 <= 19) ? 0 "
    ": (n % 10 == 1 && n % 100 != 11) ? 1 : 2;",
    Language.UK: "nplurals=3; plural=(n % 10 == 1 && n % 100 != 11) ? 0 "
    ": (n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14)) ? 1 : 2;",
    Language.EN: "nplurals=2; plural=(n != 1);",
}
DAYS = {
    Language.LV: ("{count} dienu", "{count} diena", "{count} dienas"),
    Language.UK: ("{count} день", "{count} дні", "{count} днів"),
    Language.EN: ("{count} day", "{count} days"),
}


def write_catalogue(root: Path, language: Language) -> None:
    forms = "\n".join(f'msgstr[{index}] "{form}"' for index, form in enumerate(DAYS[language]))
    lines = f"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: {HEADERS[language]}\\n"

msgid "t.any.days"
msgid_plural "t.any.days"
{forms}

msgid "t.any.bold"
msgstr "<b>{{words}}</b>"

msgid "t.any.plain"
msgstr "plain {language.value}"
"""
    folder = root / language.value / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "t.po").write_text(lines, "utf-8")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    root = tmp_path_factory.mktemp("locales")
    for language in Language:
        write_catalogue(root, language)
    return Texts(RIGA, root)


@pytest.mark.feature("M3")
@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        (Language.LV, 0, "0 dienu"), (Language.LV, 1, "1 diena"), (Language.LV, 2, "2 dienas"),
        (Language.LV, 10, "10 dienu"), (Language.LV, 11, "11 dienu"), (Language.LV, 19, "19 dienu"),
        (Language.LV, 20, "20 dienu"), (Language.LV, 21, "21 diena"), (Language.LV, 22, "22 dienas"),
        (Language.LV, 101, "101 diena"), (Language.LV, 111, "111 dienu"),
        (Language.UK, 0, "0 днів"), (Language.UK, 1, "1 день"), (Language.UK, 2, "2 дні"), (Language.UK, 4, "4 дні"),
        (Language.UK, 5, "5 днів"), (Language.UK, 11, "11 днів"), (Language.UK, 12, "12 днів"),
        (Language.UK, 21, "21 день"), (Language.UK, 22, "22 дні"), (Language.UK, 111, "111 днів"),
        (Language.EN, 0, "0 days"), (Language.EN, 1, "1 day"), (Language.EN, 2, "2 days"),
    ],
)  # fmt: skip
def test_numbers_take_the_form_a_native_speaker_expects(
    texts: Texts, language: Language, count: int, words: str
) -> None:
    assert texts.html(phrase("t.any.days", count=count), language) == words


@pytest.mark.feature("M3")
@pytest.mark.parametrize("language", Language)
def test_the_real_catalogues_choose_their_plurals_the_same_way(language: Language, texts: Texts) -> None:
    real, ours = catalogue(language).plural, texts._catalogues[language].plural
    assert [real(count) for count in range(300)] == [ours(count) for count in range(300)]


@pytest.mark.feature("X38")
@given(st.text(max_size=60))
def test_no_fact_can_become_a_tag(texts: Texts, words: str) -> None:
    said = texts.html(phrase("t.any.bold", words=words), Language.LV)
    inside = said.removeprefix("<b>").removesuffix("</b>")
    assert "<" not in inside
    assert ">" not in inside
    assert unescape(inside.replace("&amp;", "&#38;")) == words or "&" in words
    assert texts.plain(phrase("t.any.bold", words=words), Language.LV) == f"<b>{words}</b>"


def test_braces_in_a_fact_are_only_braces(texts: Texts) -> None:
    assert texts.plain(phrase("t.any.bold", words="{words} {0} {x!r}"), Language.EN) == "<b>{words} {0} {x!r}</b>"


def test_phrases_lie_within_phrases_and_are_escaped_once(texts: Texts) -> None:
    inner = phrase("t.any.bold", words="a & b")
    assert texts.html(phrase("t.any.bold", words=inner), Language.EN) == "<b><b>a &amp; b</b></b>"
    lines = Lines((phrase("t.any.plain"), phrase("t.any.days", count=2)))
    assert texts.html(phrase("t.any.bold", words=lines), Language.EN) == "<b>plain en\n2 days</b>"
    listing = Listing((phrase("t.any.plain"), phrase("t.any.days", count=1)))
    assert texts.html(phrase("t.any.bold", words=listing), Language.UK) == "<b>plain uk, 1 день</b>"


@pytest.mark.parametrize(
    ("language", "words"), [(Language.LV, "Pārgājiens"), (Language.UK, "Pārgājiens"), (Language.EN, "A &lt;hike&gt;")]
)
def test_what_people_wrote_is_shown_in_the_readers_language_or_the_first(
    texts: Texts, language: Language, words: str
) -> None:
    written = InLanguages({Language.LV: "Pārgājiens", Language.EN: "A <hike>", Language.UK: ""}, Language.LV)
    assert texts.html(phrase("t.any.bold", words=written), language) == f"<b>{words}</b>"


@pytest.mark.feature("G4")
@pytest.mark.parametrize(
    ("moment", "hour"),
    [
        (datetime(2026, 3, 28, 7, 0, tzinfo=UTC), "09:00"), (datetime(2026, 3, 29, 6, 0, tzinfo=UTC), "09:00"),
        (datetime(2026, 10, 24, 6, 0, tzinfo=UTC), "09:00"), (datetime(2026, 10, 25, 7, 0, tzinfo=UTC), "09:00"),
    ],
)  # fmt: skip
def test_moments_are_told_by_the_clocks_of_riga_on_either_side_of_a_change(
    texts: Texts, moment: datetime, hour: str
) -> None:
    for language in Language:
        assert hour in texts.html(phrase("t.any.bold", words=moment), language)


NEAR, FAR = datetime(2026, 3, 12, 15, 0, tzinfo=UTC), datetime(2027, 3, 12, 15, 0, tzinfo=UTC)


@pytest.mark.feature("I2")
@pytest.mark.parametrize(
    ("language", "near", "far"),
    [
        (Language.LV, "ceturtd., 12. marts, 17:00", "piektd., 2027. gada 12. marts, 17:00"),
        (Language.UK, "чт, 12 бер., 17:00", "пт, 12 бер. 2027 р., 17:00"),
        (Language.EN, "Thu 12 Mar, 17:00", "Fri 12 Mar 2027, 17:00"),
    ],
)
def test_what_is_more_than_half_a_year_away_is_told_with_its_year_and_what_is_near_without(
    texts: Texts, language: Language, near: str, far: str
) -> None:
    def told(words: Fact, now: datetime | None) -> str:
        return texts.html(phrase("t.any.bold", words=words), language, None, now)

    assert told(FAR, NEAR) == f"<b>{far}</b>"
    assert told(Span(FAR, FAR + timedelta(hours=2)), NEAR) == f"<b>{far}–19:00</b>"
    assert told(NEAR, NEAR) == told(NEAR, NEAR + timedelta(days=20)) == told(NEAR, None) == f"<b>{near}</b>"
    assert "2026" in told(NEAR, FAR), "long over"


@pytest.mark.parametrize(
    ("language", "words"), [(Language.LV, "02.03.2026."), (Language.UK, "02.03.2026"), (Language.EN, "2 Mar 2026")]
)
def test_days_are_told_as_each_language_tells_them(texts: Texts, language: Language, words: str) -> None:
    assert texts.plain(phrase("t.any.bold", words=date(2026, 3, 2)), language) == f"<b>{words}</b>"


@pytest.mark.parametrize("facts", [{}, {"other": "x"}])
def test_a_fact_that_is_missing_is_never_shown_as_a_hole(texts: Texts, facts: dict[str, str]) -> None:
    with pytest.raises(MissingText, match=r"t\.any\.bold wants the fact 'words'"):
        texts.html(phrase("t.any.bold", **facts), Language.LV)


def test_a_key_that_is_missing_is_named(texts: Texts) -> None:
    with pytest.raises(MissingText, match=r"no text for t\.any\.nothing in uk"):
        texts.html(phrase("t.any.nothing"), Language.UK)


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "t.any.one"\nmsgstr "one"\nmsgid "t.any.two"\nmsgstr "two"\n',
        'msgid "t.any.one"\nmsgstr "one\n',
        'msgid "t.any.bold"\nmsgstr "again"\n',
    ],
    ids=["no empty line between", "no closing quote", "a key of another catalogue"],
)
def test_a_catalogue_that_is_not_as_it_should_be_is_refused(tmp_path: Path, entry: str) -> None:
    for language in Language:
        write_catalogue(tmp_path, language)
    (tmp_path / "lv" / "LC_MESSAGES" / "u.po").write_text(entry, "utf-8")
    with pytest.raises(ValueError, match=r"."):
        catalogue(Language.LV, tmp_path)

"""The help card: one tap away, the right lines for age, language and hour, and before any other answer."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.roles import Role
from bot.safety.lines import Age, choose, lines
from bot.words import Language
from tests.town.inhabitant import Inhabitant
from tests.town.reading import pattern
from tests.town.town import Town

WORKDAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
EVENING = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
SATURDAY = datetime(2026, 3, 7, 12, 0, tzinfo=UTC)

DANGER = {
    "suicide": ("negribu vairs dzīvot", "я не хочу більше жити", "i want to kill myself", "не хочу больше жить"),
    "violence": ("patēvs mani sit", "мене б'є вітчим", "my stepdad beats me"),
}


def ids(age: Age, language: Language, now: datetime) -> list[str]:
    return [line.id for line in choose(age, language, now)]


@pytest.mark.feature("D1")
@pytest.mark.parametrize(
    ("age", "language", "now", "wanted"),
    [
        (Age.MINOR, Language.LV, WORKDAY, ["emergency", "child", "child_chat", "crisis"]),
        (Age.MINOR, Language.LV, EVENING, ["emergency", "child", "crisis"]),
        (Age.MINOR, Language.EN, SATURDAY, ["emergency", "child", "crisis"]),
        (Age.ADULT, Language.LV, WORKDAY, ["emergency", "crisis"]),
        (Age.ADULT, Language.UK, WORKDAY, ["emergency", "crisis", "ukraine_chat"]),
        (Age.UNKNOWN, Language.EN, EVENING, ["emergency", "child", "crisis"]),
        (Age.MINOR, Language.UK, WORKDAY, ["emergency", "child", "child_chat", "crisis", "ukraine_chat"]),
    ],
)  # fmt: skip
def test_each_age_language_and_hour_has_its_lines_the_most_urgent_first(
    age: Age, language: Language, now: datetime, wanted: list[str]
) -> None:
    assert ids(age, language, now) == wanted


@pytest.mark.parametrize("age", Age)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("hour", range(0, 168, 7))
def test_at_no_hour_is_there_nobody_to_turn_to(age: Age, language: Language, hour: int) -> None:
    shown = choose(age, language, WORKDAY + timedelta(hours=hour))
    assert shown[0].id == "emergency"
    assert len(shown) >= 2
    assert all(line.shown and (line.number or line.url) for line in shown)


def test_the_chat_of_the_child_line_follows_the_clocks_of_latvia_through_the_change() -> None:
    chat = lines()["child_chat"]
    assert not chat.open_at(datetime(2026, 3, 27, 9, 59, tzinfo=UTC))
    assert chat.open_at(datetime(2026, 3, 27, 10, 0, tzinfo=UTC))
    assert not chat.open_at(datetime(2026, 3, 30, 8, 59, tzinfo=UTC))
    assert chat.open_at(datetime(2026, 3, 30, 9, 0, tzinfo=UTC))


def test_a_line_that_nobody_could_check_is_shown_to_nobody() -> None:
    unchecked = {line.id for line in lines().values() if not line.shown}
    shown = {one for age in Age for language in Language for one in ids(age, language, WORKDAY)}
    assert not unchecked & shown


async def has_answered_age(town: Town, name: str, code: str) -> Inhabitant:
    """Somebody who began the questions and gave their age."""
    one = await town.youth(name)
    await one.says("/start ogre")
    await one.taps("screening.youth.button.begin")
    await one.taps(f"screening.youth.button.age.{code}")
    one.reads_rest()
    return one


@pytest.mark.feature("D1")
async def test_the_card_is_one_tap_away_and_the_talk_goes_on_where_it_was(town: Town) -> None:
    anna = await has_answered_age(town, "anna", "15_17")
    await anna.taps("people.youth.button.help")
    card = anna.sees("safety.youth.card")
    assert "116111" in card.text
    assert "112" in card.text
    await anna.taps("screening.youth.button.status.neither")
    assert anna.reads_rest()


@pytest.mark.feature("D1")
async def test_help_is_a_command_too_and_says_other_things_to_staff(town: Town) -> None:
    anna, marta = await town.youth("anna"), await town.staff("marta", Role.MENTOR)
    await anna.says("/help")
    anna.sees("safety.youth.card")
    await marta.says("/help")
    marta.sees("safety.staff.help")


async def test_an_adult_is_not_sent_to_the_child_line(town: Town) -> None:
    danylo = await has_answered_age(town, "danylo", "18_28")
    await danylo.says("/help")
    card = danylo.sees("safety.youth.card")
    assert "116111" not in card.text
    assert "116123" in card.text
    assert [button.url for button in card.buttons if button.url] == ["https://lifelineukraine.com"]


@pytest.mark.feature("X45")
@pytest.mark.parametrize("words", [words for kind in DANGER.values() for words in kind])
async def test_words_of_danger_bring_the_card_before_any_other_answer(town: Town, words: str) -> None:
    anna = await town.youth("anna")
    await anna.says(words)
    first = anna.unread[0]
    assert anna.sees("safety.youth.card").id == first.id
    assert anna.reads_rest()  # and the way on below it


@pytest.mark.feature("X45")
async def test_the_card_comes_in_the_night_and_wherever_they_are(town: Town) -> None:
    anna = await has_answered_age(town, "anna", "15_17")
    await town.move_to(datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    anna.reads_rest()
    await anna.says("negribu vairs dzīvot")
    anna.sees("safety.youth.card")
    anna.reads_rest()


@pytest.mark.feature("X45")
async def test_a_caption_and_a_changed_text_are_read_as_well(town: Town) -> None:
    anna, emma = await town.youth("anna"), await town.youth("emma")
    await anna.phone.send_photo(caption="negribu vairs dzīvot")
    await town.settle()
    anna.sees("safety.youth.card")
    anna.reads_rest()
    written = await emma.phone.send("hello")
    await town.settle()
    emma.reads_rest()
    await emma.phone.edit(written.id, "i want to kill myself")
    await town.settle()
    emma.sees("safety.youth.card")
    emma.reads_rest()


async def test_the_card_comes_once_in_four_hours_for_each_kind_of_danger(town: Town) -> None:
    anna = await town.youth("anna")
    cards = []
    for words, pause in (
        ("negribu vairs dzīvot", 1), ("tiešām negribu vairs dzīvot", 1), ("patēvs mani sit", 1),
        ("negribu vairs dzīvot", 60), ("negribu vairs dzīvot", 240), ("patēvs mani sit", 1),
    ):  # fmt: skip
        town.clock.advance(timedelta(minutes=pause))
        await anna.says(words)
        card = pattern("safety.youth.card", anna.language)
        cards.append(sum(card.search(one.text) is not None for one in anna.reads_rest()))
    assert cards == [1, 0, 1, 0, 1, 1]


@pytest.mark.feature("X44")
async def test_of_the_words_nothing_is_kept(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("negribu vairs dzīvot")
    anna.reads_rest()
    rows = await town.rows("SELECT way FROM help_card_openings")
    assert [row.way for row in rows] == ["words"]
    await town.database.empty_log()
    assert b"negribu vairs" not in town.database_file.read_bytes()


async def test_staff_are_not_watched(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR)
    await marta.says("jaunietis teica: negribu vairs dzīvot")
    marta.does_not_see("safety.youth.card")
    marta.reads_rest()

"""How somebody is: words that stay theirs, a drop that becomes a task once, and a picture for the mentor alone."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from bot.checkins import pulses, trend
from bot.checkins.screens import Pulse
from bot.checkins.screens_pulse import OpenWords
from bot.checkins.screens_youth import PulseWords, ShareWords
from bot.programme.screens import ShowTrend
from bot.roles import Role
from tests.chats.casework import in_programme, opens_case, read_all
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import GUIDED, sooner
from tests.town.town import Town

Y = "checkins.youth"
YB = "checkins.youth.button"
C = "checkins.staff"
FIRST = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
A_WEEK = timedelta(days=7)


async def answers(town: Town, young: Inhabitant, guide: Inhabitant, week: int, pulse: int) -> None:
    """The talk of that week takes place, and the young person answers so."""
    await town.move_to(FIRST + week * A_WEEK)
    await guide.taps(f"{C}.button.met")
    guide.reads_rest()
    await young.taps(f"{YB}.pulse.{pulse}")


async def open_drops(town: Town) -> int:
    return int((await town.rows("SELECT count(*) FROM tasks WHERE kind = 'pulse_drop' AND done_at IS NULL"))[0][0])


# --- words ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("G14")
@pytest.mark.parametrize(("name", "mentor"), sooner("emma", GUIDED))
async def test_words_are_read_by_the_mentor_only_after_a_yes_that_can_be_taken_back(
    town: Town, name: str, mentor: str
) -> None:
    young, guide, liene = await in_programme(town, name, mentor)
    await answers(town, young, guide, 0, 3)
    young.sees(f"{Y}.words_offer")
    guide.reads_rest()
    await young.says("x" * 501)
    young.sees(f"{Y}.words_too_long")
    await young.says("Salst, bet eju")
    young.sees(f"{Y}.words_whose")
    guide.sees_nothing()
    number = (await town.rows("SELECT id FROM checkins WHERE pulse_words IS NOT NULL"))[0][0]
    await guide.forges(OpenWords(number).pack())
    guide.sees("people.staff.not_available")
    await young.taps(f"{YB}.share_words")
    young.sees(f"{Y}.words_shared")
    guide.sees(f"{C}.words_shared")
    await guide.taps(f"{C}.button.words")
    assert "Salst, bet eju" in guide.sees(f"{C}.words").text
    await liene.forges(OpenWords(number).pack())
    liene.sees("people.staff.not_available")
    await young.taps(f"{YB}.keep_words")
    young.sees(f"{Y}.words_kept")
    await guide.forges(OpenWords(number).pack())
    guide.sees("people.staff.not_available")


async def test_nobody_writes_or_shares_words_of_somebody_else(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    emma = await town.youth("emma")
    await answers(town, anna, marta, 0, 4)
    read_all(anna, marta, liene)
    number = (await town.rows("SELECT id FROM checkins WHERE pulse IS NOT NULL"))[0][0]
    for action in (ShareWords(number, shared=True), ShareWords(number, shared=False), ShareWords(999, shared=True)):
        await emma.forges(action.pack())
        emma.sees("people.youth.not_available")
    await anna.forges(ShareWords(number, shared=True).pack())  # there are none yet
    anna.sees("people.youth.not_available")
    await emma.forges(PulseWords(number).pack())
    emma.reads_rest()
    marta.sees_nothing()


@pytest.mark.feature("G14", "O8")
async def test_danger_in_the_words_is_heard_before_anything_else(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await answers(town, anna, marta, 0, 1)
    read_all(anna, marta)
    await anna.says("es negribu vairs dzīvot")
    anna.sees("safety.youth.card")
    read_all(anna, marta, liene)


# --- a drop -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("G14")
@pytest.mark.parametrize(
    ("told", "drop"),
    [
        ([3], False), ([1], False), ([4, 3], False), ([4, 2], True), ([5, 3], True), ([3, 2, 2], True),
        ([2, 2], True), ([2, 2, 2], False), ([4, 2, 2], False), ([4, 2, 1, 4, 2], True), ([5, 3, 1], True),
        ([2, 3, 2], False), ([1, 5], False),
    ],
)  # fmt: skip
def test_a_drop_is_two_points_or_two_low_ones_and_counts_where_it_begins(told: list[int], drop: bool) -> None:
    assert pulses.is_drop(told) is drop


@pytest.mark.feature("G14")
async def test_a_drop_is_a_task_for_the_mentor_once_and_a_talk_ends_it(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await answers(town, anna, marta, 0, 5)
    marta.sees(f"{C}.pulse")
    await answers(town, anna, marta, 1, 2)
    marta.sees(f"{C}.pulse_drop")
    assert await open_drops(town) == 1
    read_all(anna, liene)
    await town.move_to(FIRST + 2 * A_WEEK)
    await marta.taps(f"{C}.button.met")
    assert await open_drops(town) == 0
    marta.reads_rest()
    await anna.taps(f"{YB}.pulse.2")
    marta.sees(f"{C}.pulse")
    assert await open_drops(town) == 0
    read_all(anna, marta)
    liene.sees_nothing()


# --- the picture ------------------------------------------------------------------------------------------------


@pytest.mark.feature("G14")
async def test_the_mentor_and_whoever_stands_in_see_the_picture_and_no_lead_does(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await opens_case(marta, town, "anna")
    await marta.taps(f"{C}.button.trend")
    marta.sees(f"{C}.no_trend")
    for week, pulse in enumerate((3, 4, 2)):
        await answers(town, anna, marta, week, pulse)
    read_all(anna, marta, liene)
    case = (await town.rows("SELECT id FROM cases"))[0][0]
    await marta.forges(ShowTrend(case).pack())
    marta.sees(f"{C}.trend")
    assert "3, 4, 2" in marta.sees(f"{C}.trend_made").text
    await liene.forges(ShowTrend(case).pack())
    liene.sees("people.staff.not_available")
    oksana = await town.staff("oksana", Role.MENTOR)
    await oksana.forges(ShowTrend(case).pack())
    oksana.sees("people.staff.not_available")


@pytest.mark.feature("G14")
def test_the_picture_is_small_white_and_the_same_for_the_same_answers() -> None:
    drawn = trend.draw([3, 4, 2, 5], "03.03.2026", "24.03.2026")
    assert drawn == trend.draw([3, 4, 2, 5], "03.03.2026", "24.03.2026")
    assert len(drawn) < 40_000
    picture = Image.open(BytesIO(drawn))
    assert picture.size == (trend.WIDTH, trend.HEIGHT)
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    assert trend.draw([1], "03.03.2026", "03.03.2026") != drawn


@pytest.mark.feature("G14")
async def test_newer_words_that_are_shared_are_told_of_too(town: Town) -> None:
    anna, marta, _ = await in_programme(town)
    await answers(town, anna, marta, 0, 3)
    read_all(anna, marta)
    number = (await town.rows("SELECT id FROM checkins WHERE pulse IS NOT NULL"))[0][0]
    for words in ("Salst, bet eju", "Tagad ir labāk"):
        await anna.forges(Pulse(number, 3).pack())
        await anna.says(words)
        await anna.forges(ShareWords(number, shared=True).pack())
        await anna.forges(ShareWords(number, shared=False).pack())
        await anna.forges(ShareWords(number, shared=True).pack())  # the same words: no second message
        marta.sees(f"{C}.words_shared")
        marta.sees_nothing()
    read_all(anna)


@pytest.mark.feature("G14")
def test_the_picture_goes_with_the_young_person_it_is_about() -> None:
    made = trend.make({**trend.facts([pulses.Point(FIRST.date(), 3)], 7), "first": "03.03.2026", "last": "03.03.2026"})
    assert made.about == 7


# --- too late ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("G13", "G14")
async def test_an_answer_after_the_end_is_thanked_for_and_neither_kept_nor_told(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await town.move_to(FIRST)
    await marta.taps(f"{C}.button.met")
    number = int((await town.rows("SELECT id FROM checkins WHERE pulse_asked_at IS NOT NULL"))[0][0])
    await opens_case(liene, town, "anna")
    await liene.taps("programme.staff.button.close")
    await liene.taps("programme.staff.button.outcomes.work")
    await liene.taps("programme.any.outcome.job")
    await liene.taps("programme.staff.button.end_it")
    read_all(anna, marta, liene)
    await anna.taps(f"{YB}.pulse.2")
    anna.sees(f"{Y}.pulse_over")
    assert await town.rows("SELECT 1 FROM checkins WHERE pulse IS NOT NULL OR pulse_at IS NOT NULL") == []
    for action in (ShareWords(number, shared=True), Pulse(number, 5)):
        await anna.forges(action.pack())
        anna.reads_rest()
    marta.sees_nothing()
    liene.sees_nothing()

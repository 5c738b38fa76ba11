"""Quiet around a young person: one warm message, a pause with a way back for ever, and a mentor who hears of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.checkins.screens_drift import AnswerSilence, Reply, RestQuietly
from bot.programme.period.pauses import PauseReason
from bot.programme.period.screens_time import MakePause
from tests.chats.casework import in_programme, opens_case, read_all
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import GUIDED, sooner
from tests.town.town import Town
from tests.town.walked_once import walked_once

Y = "checkins.youth"
YB = "checkins.youth.button"
C = "checkins.staff"
FIRST = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
A_WEEK = timedelta(days=7)


@walked_once
async def falls_silent(
    town: Town, name: str = "anna", mentor: str = "marta"
) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Twice nobody could be reached; what was said of it is read by nobody yet."""
    young, guide, liene = await in_programme(town, name, mentor)
    for week in range(2):
        await town.move_to(FIRST + week * A_WEEK)
        await guide.taps(f"{C}.button.unreachable")
        await guide.taps(f"{C}.button.no_note")
        if week == 0:
            read_all(guide, liene)
            young.sees_nothing()
    return young, guide, liene


async def stage(town: Town) -> tuple[str, str | None]:
    (row,) = await town.rows("SELECT stage, stage_reason FROM cases")
    return row.stage, row.stage_reason


async def ahead(town: Town) -> int:
    return int((await town.rows("SELECT count(*) FROM checkins WHERE state = 'planned'"))[0][0])


async def quiet_tasks(town: Town) -> int:
    return int((await town.rows("SELECT count(*) FROM tasks WHERE kind = 'quiet' AND done_at IS NULL"))[0][0])


@pytest.mark.feature("O9")
@pytest.mark.parametrize(("name", "mentor"), sooner("anna", GUIDED))
async def test_one_warm_message_then_a_pause_by_itself_and_one_tap_back_months_later(
    town: Town, name: str, mentor: str
) -> None:
    young, guide, liene = await falls_silent(town, name, mentor)
    young.sees(f"{Y}.silence")
    guide.sees(f"{C}.silence")
    assert await quiet_tasks(town) == 1
    await town.live_until(FIRST + A_WEEK + timedelta(days=16), step=timedelta(hours=12))
    assert await stage(town) == ("paused", "quiet")
    guide.sees(f"{C}.rests")
    assert (await ahead(town), await quiet_tasks(town)) == (0, 0)
    read_all(guide, liene)
    await town.live_until(FIRST + timedelta(days=60), step=timedelta(days=5))
    young.sees_nothing()
    guide.sees_nothing()
    await young.taps(f"{YB}.silence.here")
    young.sees(f"{Y}.silence_here")
    guide.sees(f"{C}.silence_back")
    assert (await stage(town))[0] == "programme"
    assert await ahead(town) > 0
    liene.reads_rest()


@pytest.mark.feature("O9")
async def test_whoever_says_that_they_are_there_goes_on_and_their_mentor_hears_it(town: Town) -> None:
    anna, marta, liene = await falls_silent(town)
    read_all(anna, marta)
    before = await ahead(town)
    await anna.taps(f"{YB}.silence.here")
    anna.sees(f"{Y}.silence_here")
    marta.sees(f"{C}.silence_here")
    assert ((await stage(town))[0], await ahead(town), await quiet_tasks(town)) == ("programme", before, 0)
    await town.live_until(FIRST + 2 * A_WEEK)
    marta.sees(f"{C}.ask")
    await marta.taps(f"{C}.button.unreachable")  # one is no silence again
    read_all(marta, liene)
    anna.sees_nothing()


@pytest.mark.feature("O9")
@pytest.mark.parametrize("reply", [Reply.PAUSE, Reply.NOT_NOW])
async def test_a_pause_or_not_now_stops_everything_and_any_press_brings_it_back(town: Town, reply: Reply) -> None:
    anna, marta, liene = await falls_silent(town)
    read_all(anna, marta)
    await anna.taps(f"{YB}.silence.{reply.value}")
    name = "paused" if reply is Reply.PAUSE else "not_now"
    anna.sees(f"{Y}.silence_{name}")
    marta.sees(f"{C}.silence_{name}")
    assert (await stage(town), await ahead(town)) == (("paused", "quiet"), 0)
    await town.live_until(FIRST + timedelta(days=40), step=timedelta(days=2))
    read_all(liene)
    anna.sees_nothing()
    marta.sees_nothing()
    await anna.says("/plans")
    anna.sees(f"{Y}.coming.talk")
    marta.sees(f"{C}.silence_back")
    assert (await stage(town))[0] == "programme"
    await anna.forges(AnswerSilence(1, Reply.PAUSE).pack())  # the old message, after they came back
    anna.sees(f"{Y}.silence_here")
    assert (await stage(town))[0] == "programme"


@pytest.mark.feature("O9")
async def test_the_mentor_lets_it_rest_and_can_go_on_without_a_second_message_to_the_young_person(town: Town) -> None:
    anna, marta, liene = await falls_silent(town)
    anna.sees(f"{Y}.silence")
    marta.sees(f"{C}.silence")
    await marta.taps(f"{C}.button.rest")
    marta.sees(f"{C}.rests_now")
    assert await stage(town) == ("paused", "quiet")
    await marta.forges(RestQuietly(1).pack())
    marta.sees(f"{C}.silence_over")
    await opens_case(marta, town, "anna")
    await marta.taps(f"{C}.button.wake")
    marta.sees(f"{C}.silence_over")
    assert (await stage(town))[0] == "programme"
    anna.sees_nothing()
    liene.reads_rest()


@pytest.mark.feature("O9", "X28")
async def test_bells_and_repeated_records_write_once(town: Town) -> None:
    anna, marta, liene = await falls_silent(town)
    for _ in range(3):
        await town.tick()
    anna.sees(f"{Y}.silence")
    anna.sees_nothing()
    read_all(marta, liene)
    await town.move_to(FIRST + 2 * A_WEEK)
    await marta.taps(f"{C}.button.unreachable")
    read_all(marta, liene)
    anna.sees_nothing()
    assert (await town.rows("SELECT count(*) FROM silences"))[0][0] == 1


async def test_nobody_answers_or_rests_for_somebody_else(town: Town) -> None:
    anna, marta, liene = await falls_silent(town)
    read_all(anna, marta, liene)
    emma = await town.youth("emma")
    await emma.forges(AnswerSilence(1, Reply.PAUSE).pack())
    emma.sees("people.youth.not_available")
    await anna.forges(AnswerSilence(99, Reply.HERE).pack())
    anna.sees("people.youth.not_available")
    await marta.forges(RestQuietly(99).pack())
    marta.sees("people.staff.not_available")


@pytest.mark.feature("O9", "G13")
async def test_whoever_leaves_while_it_is_quiet_hears_nothing_more(town: Town) -> None:
    anna, marta, liene = await falls_silent(town)
    read_all(anna, marta)
    await anna.forges("people.withdraw:contact:1")
    read_all(anna, marta, liene)
    await town.live_until(FIRST + timedelta(days=20), step=timedelta(days=2))
    anna.sees_nothing()
    marta.sees_nothing()
    assert (await stage(town))[0] == "closed"
    liene.reads_rest()


@pytest.mark.feature("O9")
async def test_a_pause_that_was_agreed_meanwhile_leaves_no_task_behind(town: Town) -> None:
    anna, marta, liene = await falls_silent(town)
    case = int((await town.rows("SELECT id FROM cases"))[0][0])
    await liene.forges(MakePause(case, PauseReason.EXAMS, date(2026, 3, 10), date(2026, 4, 10)).pack())
    await town.live_until(FIRST + A_WEEK + timedelta(days=16), step=timedelta(hours=12))
    assert (await stage(town), await quiet_tasks(town)) == (("paused", "exams"), 0)
    read_all(anna, marta, liene)


# --- any sign of life -------------------------------------------------------------------------------------------

AN_OFFER = f"{Y}.silence_offer"


async def rests(town: Town, reply: Reply) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    anna, marta, liene = await falls_silent(town)
    read_all(anna, marta)
    await anna.taps(f"{YB}.silence.{reply.value}")
    read_all(anna, marta, liene)
    return anna, marta, liene


@pytest.mark.feature("O9")
@pytest.mark.parametrize("sign", ["/menu", "Sveiki, kā iet?", "/language"])
async def test_any_sign_of_life_lays_the_way_back_before_whoever_rests_once_a_week(town: Town, sign: str) -> None:
    anna, marta, liene = await rests(town, Reply.PAUSE)
    await town.live_until(FIRST + timedelta(days=20), step=timedelta(days=2))
    read_all(marta, liene)
    anna.sees_nothing()
    await anna.says(sign)
    anna.sees(AN_OFFER)
    assert await stage(town) == ("paused", "quiet")
    marta.sees_nothing()  # that they were here is theirs to tell
    anna.reads_rest()
    await anna.says(sign)
    anna.does_not_see(AN_OFFER)
    await town.move_to(FIRST + timedelta(days=28))
    read_all(anna, marta, liene)
    await anna.says(sign)
    anna.sees(AN_OFFER)
    anna.reads_rest()
    await anna.taps(f"{YB}.silence.back")
    anna.sees(f"{Y}.silence_here")
    marta.sees(f"{C}.silence_back")
    assert (await stage(town))[0] == "programme"
    await anna.says(sign)
    anna.does_not_see(AN_OFFER)
    read_all(anna, marta, liene)


@pytest.mark.feature("O9")
async def test_whoever_has_just_said_not_now_is_not_asked_in_the_same_breath(town: Town) -> None:
    anna, marta, liene = await rests(town, Reply.NOT_NOW)
    await anna.says("/menu")
    anna.does_not_see(AN_OFFER)
    await town.move_to(FIRST + A_WEEK + timedelta(days=2))
    await anna.says("/menu")
    anna.sees(AN_OFFER)
    read_all(anna, marta, liene)


@pytest.mark.feature("O9", "X45")
async def test_whoever_looks_for_help_while_everything_rests_is_not_asked_about_talks_below_it(town: Town) -> None:
    anna, marta, liene = await rests(town, Reply.PAUSE)
    await town.live_until(FIRST + timedelta(days=20), step=timedelta(days=2))
    read_all(marta, liene)
    await anna.says("es vairs negribu dzīvot")
    anna.does_not_see(AN_OFFER)
    await anna.says("/help")
    anna.does_not_see(AN_OFFER)
    await anna.taps("safety.youth.button.ask")
    anna.does_not_see(AN_OFFER)
    await anna.taps("safety.youth.button.agree")
    anna.does_not_see(AN_OFFER)
    await anna.says("/menu")  # while somebody is on the way to them
    anna.does_not_see(AN_OFFER)
    assert await stage(town) == ("paused", "quiet")
    read_all(anna, marta, liene)


@pytest.mark.feature("O9")
async def test_doing_anything_answers_the_warm_message_before_a_pause_begins(town: Town) -> None:
    anna, marta, liene = await falls_silent(town)
    read_all(anna, marta)
    await anna.says("Sveiki!")
    marta.sees(f"{C}.silence_here")
    anna.reads_rest()
    assert ((await stage(town))[0], await quiet_tasks(town)) == ("programme", 0)
    await town.live_until(FIRST + A_WEEK + timedelta(days=16), step=timedelta(hours=12))
    assert (await stage(town))[0] == "programme"
    read_all(anna, marta, liene)


# --- what the mentor reads meanwhile ----------------------------------------------------------------------------


@pytest.mark.feature("G15", "O5")
async def test_whoever_rests_stands_on_the_mentors_list_and_in_why_with_the_reason(town: Town) -> None:
    anna, marta, liene = await rests(town, Reply.PAUSE)
    name = (await town.person("anna")).code_name
    await marta.says("/today")
    assert name in marta.sees(f"{C}.line.rests_quietly").text
    await marta.says("/why")
    assert name in marta.sees(f"{C}.why_with_resting").text
    await anna.says("/why")
    anna.sees(f"{Y}.why.paused")
    read_all(anna, marta, liene)


@pytest.mark.feature("G15", "G16", "O5")
async def test_who_has_a_pause_stands_there_with_the_day_on_which_things_go_on(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    (case,) = await town.rows("SELECT id FROM cases")
    await marta.forges(MakePause(case.id, PauseReason.EXAMS, date(2026, 3, 2), date(2026, 3, 30)).pack())
    read_all(anna, marta, liene)
    for line, key in (("/today", f"{C}.heading.resting"), ("/why", f"{C}.why_with_resting")):
        await marta.says(line)
        assert "30.03.2026" in marta.sees(key).text
    assert "line.digest" not in marta.words(f"{C}.heading.resting")
    read_all(liene)

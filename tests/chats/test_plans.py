"""What a young person will receive: the list keeps its word, and each line of it can be moved or stopped."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.checkins.screens_youth import ChooseTalkTime, MoveTalk, OpenTalk
from bot.texts import Texts
from bot.words import phrase
from tests.chats.casework import B as CASE
from tests.chats.casework import in_programme, opens_case, read_all, with_mentor
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import GUIDED, NAMES, sooner
from tests.town.town import Town
from tests.town.walked_once import walked_once

Y = "checkins.youth"
YB = "checkins.youth.button"
C = "checkins.staff"
FIRST = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
TALK = re.compile(r"• (.+): ")


async def whole_list(one: Inhabitant) -> list[str]:
    """The lines of every page of /plans."""
    await one.says("/plans")
    lines = TALK.findall(one.sees(f"{Y}.plans").text)
    while one.words(f"{YB}.plans_more") in one.buttons:
        await one.taps(f"{YB}.plans_more")
        lines += TALK.findall(one.sees(f"{Y}.plans").text)
    return lines


async def planned(town: Town) -> list[datetime]:
    rows = await town.rows("SELECT due_at FROM checkins WHERE state = 'planned' ORDER BY due_at")
    return [datetime.fromtimestamp(row[0] / 1_000_000, UTC) for row in rows]


async def lives_through(town: Town, young: Inhabitant, guide: Inhabitant, moments: list[datetime]) -> list[datetime]:
    """The mentor records every talk when it is due; when the bot then wrote to the young person by itself."""
    written = []
    for due in moments:
        await town.move_to(due)
        await guide.taps("checkins.staff.button.met")
        guide.reads_rest()
        young.sees(f"{Y}.pulse")
        young.sees_nothing()
        written.append(due)
    return written


@walked_once
async def nine_months(town: Town, name: str, mentor: str) -> tuple[Inhabitant, Inhabitant]:
    young, guide, liene = await with_mentor(town, name, mentor)
    await opens_case(liene, town, name)
    await liene.taps(f"{CASE}.joins")
    await liene.taps(f"{CASE}.four_rules_hold")
    await liene.taps(f"{CASE}.start_today")
    await liene.taps_label("9 ")
    await liene.taps(f"{CASE}.cadence.fortnightly")
    await liene.taps(f"{CASE}.weekday.1")
    await liene.taps_label("10:00")
    await liene.taps(f"{CASE}.confirm_plan")
    read_all(young, guide, liene)
    return young, guide


@pytest.mark.feature("O6")
@pytest.mark.parametrize(("name", "mentor"), sooner("danylo", GUIDED))
async def test_the_list_equals_what_comes_in_nine_months(town: Town, name: str, mentor: str) -> None:
    young, guide = await nine_months(town, name, mentor)
    told = await whole_list(young)
    moments = await planned(town)
    assert len(moments) >= 18
    texts, now = Texts(town.settings.zone), town.clock.now()
    lines = [texts.plain(phrase(f"{Y}.coming.talk", at=due), young.language, now=now) for due in moments]
    assert told == [line[len("• <b>") :].split("</b>")[0] for line in lines]
    assert await lives_through(town, young, guide, moments) == moments
    await young.says("/plans")
    young.sees(f"{Y}.coming.nothing")
    for one in town.people.values():
        one.reads_rest()


@pytest.mark.feature("O6", "G8")
@pytest.mark.parametrize("name", sooner("emma", NAMES))
async def test_a_talk_is_moved_by_the_young_person_and_the_mentor_hears_of_it(town: Town, name: str) -> None:
    young, guide, _ = await in_programme(town, name, "oksana" if name == "danylo" else "marta")
    await young.says("/plans")
    young.sees(f"{Y}.plans")
    await young.taps_label("10:00")
    young.sees(f"{Y}.talk")
    await young.taps(f"{YB}.move_talk")
    young.sees(f"{Y}.talk_times")
    await young.taps(f"{YB}.another_day")
    young.sees(f"{Y}.talk_times")
    number, before = (await town.rows("SELECT id, sequence FROM checkins ORDER BY due_at LIMIT 1"))[0]
    await young.taps_label(young.words(f"{YB}.talk_to", at=FIRST + timedelta(days=2)))
    young.sees(f"{Y}.talk_moved")
    guide.sees(f"{C}.moved_by_youth")
    due, sequence = (await town.rows("SELECT due_at, sequence FROM checkins WHERE id = :id", id=number))[0]
    assert (due, sequence) == ((FIRST + timedelta(days=2)).timestamp() * 1_000_000, before + 1)
    await young.forges(OpenTalk(number).pack())
    young.sees(f"{Y}.talk_moved_before")
    await town.live_until(FIRST + timedelta(days=2))
    guide.sees(f"{C}.ask")
    read_all(young, guide)


@pytest.mark.feature("G8")
async def test_a_forged_stale_or_strange_moment_moves_nothing(town: Town) -> None:
    anna, marta, _ = await in_programme(town)
    emma = await town.youth("emma")
    number = (await town.rows("SELECT id FROM checkins ORDER BY due_at LIMIT 1"))[0][0]
    sunday, far = datetime(2026, 3, 8, 8, 0, tzinfo=UTC), FIRST + timedelta(days=40)
    for seconds in (0, -1, 10**15 - 1, int(sunday.timestamp()), int(far.timestamp())):
        await anna.forges(MoveTalk(number, seconds).pack())
        anna.reads_rest()
    for action in (OpenTalk(number), ChooseTalkTime(number), MoveTalk.at(number, FIRST + timedelta(days=1))):
        await emma.forges(action.pack())
        emma.sees("people.youth.not_available")
    await town.live_until(FIRST)
    marta.reads_rest()
    await anna.forges(MoveTalk.at(number, FIRST + timedelta(days=1)).pack())  # it has begun
    anna.reads_rest()
    assert (await town.rows("SELECT sequence FROM checkins WHERE id = :id", id=number))[0][0] == 0


@pytest.mark.feature("O6")
async def test_stopping_the_questions_stops_only_those_and_they_can_come_again(town: Town) -> None:
    anna, marta, _ = await in_programme(town)
    await anna.says("/plan")
    await anna.taps(f"{YB}.plans")
    anna.sees(f"{Y}.why.pulses")
    await anna.taps(f"{YB}.stops")
    anna.sees(f"{Y}.stops.asks")
    await anna.taps(f"{YB}.pulses_stop")
    anna.sees(f"{Y}.stops.asks_not")
    await town.live_until(FIRST)
    await marta.taps(f"{C}.button.met")
    read_all(marta)
    anna.sees_nothing()
    await anna.says("/plans")
    anna.sees(f"{Y}.why.no_pulses")
    await anna.taps(f"{YB}.stops")
    await anna.taps(f"{YB}.pulses_again")
    anna.sees(f"{Y}.stops.asks")
    await town.live_until(FIRST + timedelta(days=7))
    await marta.taps(f"{C}.button.met")
    anna.sees(f"{Y}.pulse")
    read_all(marta)


@pytest.mark.feature("O6", "G13")
async def test_whoever_stops_being_written_to_is_sent_nothing_more(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await anna.says("/plans")
    await anna.taps(f"{YB}.stops")
    await anna.taps(f"{YB}.stop_writing")
    anna.sees("people.youth.consents")
    await anna.forges("people.withdraw:contact:1")
    read_all(anna, marta, liene)
    await town.live_until(FIRST + timedelta(days=15), step=timedelta(hours=6))
    anna.sees_nothing()
    marta.sees_nothing()
    await anna.says("/plans")
    anna.sees(f"{Y}.coming.nothing")
    liene.reads_rest()


async def test_somebody_without_a_programme_is_told_that_nothing_comes(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/plans")
    anna.sees(f"{Y}.why.nothing")
    await anna.forges("checkins.stops")
    anna.reads_rest()

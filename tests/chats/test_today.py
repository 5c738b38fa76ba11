"""The mentor's day: what waits and in which order, tasks, reminders put off, and what may be said with a record."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.checkins.chat_tasks import FinishTask
from bot.checkins.screens import Mood, PutOff
from bot.checkins.snoozing import Snooze
from bot.programme import store_tasks
from bot.programme.tasks import Audience, TaskKind
from tests.chats.casework import in_programme, opens_case, read_all, with_mentor
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import GUIDED, sooner
from tests.town.town import Town

C = "checkins.staff"
B = "checkins.staff.button"
FIRST = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
"""Tuesday 10:00 in Rīga."""


async def opened(
    town: Town, kind: TaskKind, audience: Audience = Audience.MENTOR, *, subject: int | None = None
) -> int:
    """A task of the first case."""
    number = int((await town.rows("SELECT id FROM cases ORDER BY id"))[0][0])
    async with town.open_database() as database, database.write() as db:
        task = await store_tasks.open_task(db, number, audience, kind, town.clock.now(), subject_id=subject)
    assert task is not None
    return task


async def change(town: Town, statement: str, **values: int) -> None:
    async with town.open_database() as database, database.write() as db:
        await db.execute(text(statement), values)


async def states(town: Town) -> list[str]:
    return [row[0] for row in await town.rows("SELECT state FROM checkins ORDER BY planned_on LIMIT 1")]


# --- recording --------------------------------------------------------------------------------------------------


@pytest.mark.feature("G10")
@pytest.mark.parametrize(("name", "mentor"), sooner("anna", GUIDED))
async def test_a_mentor_may_say_how_somebody_seemed_and_never_has_to(town: Town, name: str, mentor: str) -> None:
    young, guide, liene = await in_programme(town, name, mentor)
    await town.live_until(FIRST)
    await guide.taps(f"{B}.met")
    await guide.taps(f"{B}.minutes.60")
    guide.sees(f"{C}.line.mood_question")
    young.reads_rest()
    await guide.taps_label("4")
    assert "4" in guide.sees(f"{C}.mood_saved").text
    await guide.says("Runājām par kursiem")
    guide.sees(f"{C}.done")
    kept = await town.rows("SELECT minutes, mood, note, late FROM checkins WHERE state = 'recorded'")
    assert [tuple(row) for row in kept] == [(60, 4, "Runājām par kursiem", 0)]
    read_all(guide, liene)
    young.sees_nothing()


async def test_who_could_not_be_reached_has_no_mood(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await town.live_until(FIRST)
    await marta.taps(f"{B}.unreachable")
    marta.does_not_see(f"{C}.line.mood_question")
    await marta.taps(f"{B}.no_note")
    read_all(anna, marta, liene)


async def test_a_forged_mood_is_refused(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await town.live_until(FIRST)
    number = int((await town.rows("SELECT id FROM checkins ORDER BY due_at"))[0][0])
    await marta.forges(Mood(number, 4).pack())  # nothing is recorded yet
    await marta.taps(f"{B}.met")
    await marta.forges(Mood(number, 6).pack())
    await liene.forges(Mood(number, 2).pack())
    assert (await town.rows("SELECT mood FROM checkins WHERE id = :id", id=number))[0][0] == 2  # the lead guides it too
    read_all(anna, marta, liene)


@pytest.mark.feature("G10")
async def test_late_is_behind_the_latest_moment_and_is_recorded_as_late(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    latest = FIRST + timedelta(days=2)
    stamp = int(latest.timestamp() * 1_000_000)
    for later, late in ((timedelta(minutes=-30), 0), (timedelta(minutes=30), 1)):
        (row,) = await town.rows("SELECT id FROM checkins WHERE state != 'recorded' ORDER BY due_at LIMIT 1")
        await change(town, "UPDATE checkins SET latest_at = :at WHERE id = :id", at=stamp, id=row.id)
        await town.live_until(latest + later, step=timedelta(hours=6))
        read_all(anna, marta, liene)
        await marta.forges(f"checkins.record:{row.id}:called")
        read_all(anna, marta, liene)
        found = await town.rows("SELECT late, state FROM checkins WHERE id = :id", id=row.id)
        assert [tuple(one) for one in found] == [(late, "recorded")]


# --- the list ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("G15")
async def test_who_waits_for_a_first_word_stands_on_the_list_until_a_meeting_is_agreed(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await marta.says("/today")
    marta.sees(f"{C}.line.not_invited")
    await marta.taps(f"{B}.waiting")
    await marta.taps("programme.staff.button.meet")
    await marta.says("Otrdien 15:00 jauniešu centrā")
    read_all(marta)
    await marta.says("/today")
    marta.sees(f"{C}.line.meeting_unanswered")
    await anna.taps("programme.youth.button.meeting_other")
    read_all(anna, marta)
    await marta.says("/today")
    marta.sees(f"{C}.line.other_meeting")
    await opens_case(marta, town, "anna")
    await marta.taps("programme.staff.button.meet")
    await marta.says("Trešdien 16:00 turpat")
    await anna.taps("programme.youth.button.meeting_suits")
    read_all(anna, marta)
    await marta.says("/today")
    marta.sees(f"{C}.nothing_today")
    read_all(liene)


@pytest.mark.feature("G15")
async def test_tasks_stand_on_the_list_of_whom_they_ask_and_are_done_at_a_tap(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await opened(town, TaskKind.QUIET)
    await opened(town, TaskKind.DUPLICATE, Audience.LEAD)
    await marta.says("/today")
    shown = marta.sees(f"{C}.heading.tasks").text
    assert (await town.person("anna")).code_name in shown
    assert shown.index("Uzdevumi") < shown.index("Nākamajās")
    assert len([label for label in marta.buttons if label == marta.words(f"{B}.task_done")]) == 1
    await marta.taps(f"{B}.task_done")
    marta.sees(f"{C}.task_finished")
    await marta.taps(f"{B}.today")
    marta.does_not_see(f"{C}.heading.tasks")
    done = await town.rows("SELECT kind, done_by FROM tasks WHERE done_at IS NOT NULL")
    assert [tuple(row) for row in done] == [("quiet", (await town.person("marta")).id)]
    await liene.says("/today")
    liene.sees(f"{C}.heading.tasks")
    read_all(anna, marta, liene)


async def test_nobody_finishes_a_task_of_others_or_one_that_a_record_must_finish(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    _, oksana, _ = await with_mentor(town, "danylo", "oksana")
    asks_mentor = await opened(town, TaskKind.QUIET)
    asks_lead = await opened(town, TaskKind.DUPLICATE, Audience.LEAD)
    by_record = await opened(town, TaskKind.RESULT)
    for one, task in ((oksana, asks_mentor), (marta, asks_lead), (marta, by_record), (anna, asks_mentor)):
        await one.forges(FinishTask(task).pack())
    assert not await town.rows("SELECT id FROM tasks WHERE done_at IS NOT NULL")
    await marta.forges(FinishTask(asks_mentor).pack())
    marta.sees(f"{C}.task_finished")
    await marta.forges(FinishTask(asks_mentor).pack())
    marta.sees(f"{C}.task_gone")
    read_all(anna, marta, liene, oksana, town.people["danylo"])


@pytest.mark.feature("G15")
async def test_a_long_list_is_turned_page_by_page(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    for subject in range(1, 26):
        await opened(town, TaskKind.QUIET, subject=subject)
    await marta.says("/today")
    marta.sees(f"{C}.line.more")
    await marta.taps(f"{B}.more")
    assert count_done(marta) == 10
    await marta.taps(f"{B}.page_on")
    await marta.taps(f"{B}.page_on")
    assert count_done(marta) == 5
    await marta.taps(f"{B}.page_back")
    assert count_done(marta) == 10
    await marta.taps(f"{B}.whole_list")
    marta.sees(f"{C}.heading.soon")
    await marta.forges("checkins.part:overdue:99")
    read_all(anna, marta, liene)


def count_done(person: Inhabitant) -> int:
    """Tasks on the page that was shown last."""
    label = person.words(f"{B}.task_done")
    message = next(one for one in reversed(person.phone.messages) if one.buttons)
    return sum(one.text == label for one in message.buttons)


# --- a reminder put off -------------------------------------------------------------------------------------------


@pytest.mark.feature("G8")
@pytest.mark.parametrize(
    ("snooze", "back"),
    [(Snooze.LATER, FIRST + timedelta(hours=2)), (Snooze.TOMORROW, datetime(2026, 3, 4, 7, 0, tzinfo=UTC))],
)
async def test_a_reminder_that_is_put_off_comes_back_then_and_the_ladder_waits(
    town: Town, snooze: Snooze, back: datetime
) -> None:
    anna, marta, liene = await in_programme(town)
    await town.live_until(FIRST)
    await marta.taps(f"{B}.snooze.{snooze.value}")
    marta.sees(f"{C}.snoozed")
    await town.live_until(back - timedelta(minutes=10), step=timedelta(minutes=30))
    marta.sees_nothing()
    await town.live_until(back + timedelta(minutes=10), step=timedelta(minutes=10))
    marta.sees(f"{C}.reminder")
    await marta.taps(f"{B}.snooze.later")  # and once more
    marta.sees(f"{C}.snoozed")
    await town.live_until(back + timedelta(hours=2, minutes=30), step=timedelta(minutes=30))
    marta.sees(f"{C}.reminder")
    due = await town.rows("SELECT due_at FROM checkins ORDER BY planned_on LIMIT 1")
    assert due[0][0] == int(FIRST.timestamp() * 1_000_000)
    liene.sees_nothing()
    read_all(anna, marta)


@pytest.mark.feature("G8")
async def test_a_reminder_cannot_be_put_off_for_ever(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await town.live_until(FIRST)
    for _ in range(8):
        await marta.taps(f"{B}.snooze.tomorrow")
        marta.reads_rest()
        (row,) = await town.rows("SELECT next_at FROM checkins ORDER BY planned_on LIMIT 1")
        if marta.words(f"{C}.snoozed_enough", last=town.clock.now()).split(":")[0] in marta.phone.messages[-1].text:
            break
        await town.live_until(datetime.fromtimestamp(row[0] / 1_000_000, UTC), step=timedelta(hours=6))
    else:
        pytest.fail("it was put off again and again")
    await town.live_until(FIRST + timedelta(days=9), step=timedelta(hours=6))
    assert await states(town) == ["escalated"]
    read_all(anna, marta, liene)


async def test_what_is_recorded_or_not_theirs_is_not_put_off(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    danylo, oksana, _ = await with_mentor(town, "danylo", "oksana")
    await town.live_until(FIRST)
    number = int((await town.rows("SELECT id FROM checkins ORDER BY due_at"))[0][0])
    before = await town.rows("SELECT next_at FROM checkins WHERE id = :id", id=number)
    await oksana.forges(PutOff(number, Snooze.LATER).pack())
    assert await town.rows("SELECT next_at FROM checkins WHERE id = :id", id=number) == before
    await marta.taps(f"{B}.met")
    await marta.forges(PutOff(number, Snooze.LATER).pack())
    marta.sees(f"{C}.nothing_to_snooze")
    read_all(anna, marta, liene, danylo, oksana)

"""What is over goes by itself, not a day late; whoever loses everything is told before, and may keep it by a press."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot import retaining
from bot.people.retention import DataClass, days, term
from bot.storage.columns import Moment
from bot.storage.keeping import NOBODYS, PAST
from bot.storage.tables import cases, metadata, people
from tests.chats.casework import asks_again, in_programme, read_all
from tests.storage.test_belongings import counts, fill
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

Y = "people.youth"


async def ended_programme(town: Town) -> Inhabitant:
    anna, marta, liene = await in_programme(town)
    async with town.open_database() as database, database.write() as db:
        now = town.clock.now()
        await db.execute(update(cases).values(stage="closed", stage_at=now, remind_at=None, escalate_at=None))
        await db.execute(metadata.tables["checkins"].update().values(next_at=None, state="cancelled"))
    read_all(anna, marta, liene)
    return anna


async def there(town: Town, name: str) -> bool:
    phone = town.people[name].phone.id
    return bool(await town.rows("SELECT id FROM people WHERE telegram_id = :phone", phone=phone))


@pytest.mark.feature("C6", "X50")
async def test_a_year_after_the_programme_they_are_told_and_a_fortnight_later_all_is_gone(town: Town) -> None:
    anna = await ended_programme(town)
    ended = town.clock.now()
    keep, warn = days(town.settings)[DataClass.CASES], town.settings.warn_days
    await town.move_to(ended + timedelta(days=keep - warn - 1))
    anna.sees_nothing()
    await town.move_to(ended + timedelta(days=keep - warn, hours=2))
    anna.sees(f"{Y}.soon_deleted_cases")
    await town.move_to(ended + timedelta(days=keep - 1))
    anna.sees_nothing()
    assert await there(town, "anna")
    await town.move_to(ended + timedelta(days=keep, hours=4))
    assert not await there(town, "anna")
    assert await town.rows("SELECT id FROM cases") == []
    anna.sees_nothing()
    read_all(*town.people.values())


@pytest.mark.feature("C6", "X50")
async def test_one_press_keeps_it_for_the_whole_time_and_then_they_are_told_again(town: Town) -> None:
    anna = await ended_programme(town)
    keep, warn = days(town.settings)[DataClass.CASES], town.settings.warn_days
    await town.move_to(town.clock.now() + timedelta(days=keep))  # the bot was down: nobody is erased untold
    anna.sees(f"{Y}.soon_deleted_cases")
    assert await there(town, "anna")
    await anna.taps(f"{Y}.button.keep_data")
    kept = town.clock.now()
    anna.sees(f"{Y}.data_kept")
    await town.move_to(kept + timedelta(days=keep - warn - 1))
    anna.sees_nothing()
    await town.move_to(kept + timedelta(days=keep - warn, hours=2))
    anna.sees(f"{Y}.soon_deleted_cases")
    await town.move_to(kept + timedelta(days=keep, hours=4))
    assert not await there(town, "anna")
    read_all(*town.people.values())


@pytest.mark.feature("C6", "X50")
async def test_who_never_agreed_to_be_written_to_is_not_and_goes_at_the_end(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/start ogre")
    anna.reads_rest()
    began, keep = town.clock.now(), days(town.settings)[DataClass.ANSWERS]
    await town.move_to(began + timedelta(days=keep - 1))
    assert await there(town, "anna")
    await town.move_to(began + timedelta(days=keep, hours=24))
    assert not await there(town, "anna")
    anna.sees_nothing()


@pytest.mark.feature("C6")
async def test_whoever_somebody_still_works_with_and_all_staff_stay_however_long_it_takes(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(cases).values(remind_at=None, escalate_at=None))
        await db.execute(metadata.tables["checkins"].update().values(next_at=None, state="cancelled"))
    await town.move_to(town.clock.now() + timedelta(days=3000))
    for one in ("anna", "marta", "liene"):
        assert await there(town, one)
    anna.does_not_see(f"{Y}.soon_deleted_cases")
    read_all(anna, marta, liene)


@pytest.mark.feature("C6")
async def test_who_was_told_and_comes_back_is_told_anew_another_time(town: Town) -> None:
    anna = await ended_programme(town)
    keep, warn = days(town.settings)[DataClass.CASES], town.settings.warn_days
    await town.move_to(town.clock.now() + timedelta(days=keep - warn, hours=2))
    anna.sees(f"{Y}.soon_deleted_cases")
    await asks_again(anna)
    await town.move_to(town.clock.now() + timedelta(days=warn + 5))
    assert await there(town, "anna")
    assert await town.rows("SELECT person_id FROM warned") == []
    read_all(*town.people.values())


# --- every table ----------------------------------------------------------------------------------------------------


async def planted(town: Town, at: datetime) -> None:
    """Two people with a row in every table, all of it as old as `at`."""
    async with town.database.write() as db:
        for number in (1, 2):
            await fill(db, number)
        for table in metadata.sorted_tables:
            moments: dict[str, Any] = {one.name: at for one in table.columns if isinstance(one.type, Moment)}
            if table.name == "reached":
                moments["week"] = at.date()
            if moments:
                await db.execute(table.update().values(moments))
        await db.execute(metadata.tables["grants"].delete())
        nothing = dict.fromkeys(("outcome", "meeting_answer", "rhythm", "proposal", "mentor_id", "lead_id"))
        await db.execute(cases.update().values(stage="closed", **nothing))
        await db.execute(metadata.tables["alerts"].update().values(kind="contact", state="closed", outcome=None))
        for name in ("child_reports", "alerts", "referrals", "checkins"):
            await db.execute(metadata.tables[name].update().values(next_at=None))
        await db.execute(people.update().values(unreachable_at=at, language="lv"))


@pytest.mark.feature("C6", "X50")
async def test_of_every_kind_nothing_is_left_after_its_time_and_all_of_it_before(town: Town) -> None:
    began = town.clock.now()
    await planted(town, began)
    async with town.database.write() as db:
        before = await counts(db)
    longest = max(days(town.settings).values())
    await town.move_to(began + timedelta(days=longest, hours=25))
    async with town.database.write() as db:
        left = {name: count for name, count in (await counts(db)).items() if count}
        for data_class in DataClass:
            cut = term(data_class, town.settings, town.clock.now()).over_before
            for past in PAST[data_class]:
                over = select(past.table).where(past.where)
                assert (await db.execute(over, {"cutoff": cut, "cutoff_day": cut.date()})).all() == [], data_class
    assert [name for name in before if not before[name]] == ["grants"], "staff stay as long as they are that"
    assert set(left) <= {*NOBODYS, "audit"}
    notes = await town.rows("SELECT action FROM audit")
    assert all(row.action.startswith(("retention.", "check")) for row in notes), notes


@pytest.mark.feature("C6")
async def test_a_dry_run_counts_and_changes_nothing_and_the_run_does_what_it_counted(town: Town) -> None:
    began = town.clock.now()
    await planted(town, began)
    now = began + timedelta(days=town.settings.keep_cases_days + 1)
    await town.database.close()
    before = town.database_file.read_bytes()
    counted = await retaining.count(town.settings, now)
    assert town.database_file.read_bytes() == before
    assert counted.now[DataClass.CASES] == 2
    assert counted.now[DataClass.AUDIT] == 0
    early = await retaining.count(town.settings, began + timedelta(days=town.settings.keep_cases_days - 20))
    assert (early.now[DataClass.CASES], early.soon[DataClass.CASES]) == (0, 2)
    gone = await retaining.let_go(town.settings, now)
    assert gone.rows == counted.now
    after = await retaining.count(town.settings, now)
    assert set(after.now.values()) == {0}
    assert "cases: 2" in str(gone)
    assert "Nothing was changed." in str(counted)


@pytest.mark.slow
@pytest.mark.feature("C6")
async def test_a_crowd_is_deleted_page_by_page_in_one_round(town: Town) -> None:
    began = town.clock.now()
    async with town.database.write() as db:
        about = {"language": "lv", "created_at": began}
        rows = [{"id": one, "telegram_id": one, "code_name": f"Osta-{one}", **about} for one in range(1000, 1250)]
        await db.execute(insert(people), rows)
    await town.move_to(began + timedelta(days=town.settings.keep_answers_days, hours=2))
    assert await town.rows("SELECT id FROM people") == []

"""The morning digest: at an hour of one's own, on working days, only if something waits, once, and never late."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.calendar import Hours, wall
from bot.checkins import digest
from bot.checkins.chat_digest import SetDigest
from bot.people import store
from bot.roles import Role
from tests.chats.casework import asks_for_contact, in_programme, read_all, with_mentor
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import GUIDED, sooner
from tests.town.town import Town

C = "checkins.staff"
B = "checkins.staff.button"
RIGA = ZoneInfo("Europe/Riga")
TUESDAY = datetime(2026, 3, 3, tzinfo=RIGA)
"""The day of the first check-in, which is due at 10:00."""


def at(day: datetime, hour: int, minute: int = 0) -> datetime:
    return day.replace(hour=hour, minute=minute).astimezone(UTC)


async def wants(mentor: Inhabitant, hour: str) -> None:
    """The mentor chooses that hour."""
    await mentor.says("/digest")
    mentor.sees(f"{C}.digest_settings")
    await mentor.taps_label(hour)
    mentor.reads_rest()
    assert mentor.words(f"{C}.digest_on", hour=hour) in mentor.phone.messages[-1].text


@pytest.mark.feature("G15")
@pytest.mark.parametrize(("name", "mentor"), sooner("anna", GUIDED))
async def test_the_digest_comes_at_the_chosen_hour_with_what_waits_today(town: Town, name: str, mentor: str) -> None:
    young, guide, liene = await in_programme(town, name, mentor)
    await wants(guide, "08:30")
    await town.live_until(at(TUESDAY, 8, 29), step=timedelta(hours=4))
    guide.sees_nothing()
    await town.live_until(at(TUESDAY, 8, 31), step=timedelta(minutes=1))
    guide.sees(f"{C}.digest")
    await guide.taps(f"{B}.today")
    guide.sees(f"{C}.today")
    await town.live_until(at(TUESDAY, 9, 59), step=timedelta(minutes=15))
    guide.sees_nothing()
    liene.sees_nothing()
    young.sees_nothing()


@pytest.mark.feature("G15")
async def test_a_morning_on_which_nothing_waits_is_silent(town: Town) -> None:
    anna, marta, liene = await in_programme(town, weekday=4)  # Fridays
    await wants(marta, "09:00")
    await town.live_until(at(TUESDAY, 12), step=timedelta(hours=2))
    marta.sees_nothing()
    read_all(anna, liene)


@pytest.mark.feature("G11")
async def test_a_digest_that_an_outage_held_up_past_noon_is_left_out_and_one_before_noon_comes(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await wants(marta, "09:00")
    await town.move_to(at(TUESDAY, 12, 1))
    marta.does_not_see(f"{C}.digest")
    read_all(anna, marta, liene)
    await town.move_to(at(TUESDAY + timedelta(days=1), 11, 30))
    marta.sees(f"{C}.digest")  # the first check-in is overdue
    read_all(anna, marta, liene)


@pytest.mark.feature("G12")
async def test_the_same_morning_is_never_told_twice(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await wants(marta, "07:00")
    await town.live_until(at(TUESDAY, 7, 1), step=timedelta(hours=6))
    marta.sees(f"{C}.digest")
    (row,) = await town.rows("SELECT id FROM people WHERE digest_hour = '07:00'")
    async with (
        town.open_database() as database,
        database.write() as db,
    ):  # as if a second process had not seen the claim
        seven = int(at(TUESDAY, 7).timestamp() * 1_000_000)
        await db.execute(text("UPDATE people SET digest_at = :at WHERE id = :id"), {"at": seven, "id": row.id})
    await town.live_until(at(TUESDAY, 9), step=timedelta(minutes=30))
    marta.sees_nothing()
    read_all(anna, liene)


async def test_it_can_be_turned_off_and_on(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await wants(marta, "09:00")
    await marta.taps(f"{B}.no_digest")
    marta.sees(f"{C}.digest_off")
    assert [row[0] for row in await town.rows("SELECT digest_at FROM people WHERE digest_hour = 'off'")] == [None]
    await town.live_until(at(TUESDAY, 9, 30), step=timedelta(hours=4))
    marta.sees_nothing()
    await marta.forges(SetDigest(3 * 60).pack())
    marta.does_not_see(f"{C}.digest_settings")
    read_all(anna, marta, liene)


async def test_who_lost_the_role_gets_none(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await wants(marta, "09:00")
    async with town.open_database() as database, database.write() as db:
        await db.execute(text("DELETE FROM grants WHERE role = 'mentor'"))
    await town.live_until(at(TUESDAY, 9, 30), step=timedelta(hours=4))
    marta.sees_nothing()
    assert [row[0] for row in await town.rows("SELECT digest_at FROM people WHERE digest_hour = '09:00'")] == [None]
    read_all(anna, liene)


@pytest.mark.feature("G7")
async def test_a_day_off_that_is_added_later_is_silent_too(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await wants(marta, "09:00")
    await liene.says("/menu")
    read_all(liene)
    async with town.open_database() as database, database.write() as db:
        await db.execute(text("INSERT INTO days_off (\"on\", name) VALUES ('2026-03-03', 'Svētki')"))
    await town.live_until(at(TUESDAY, 11), step=timedelta(hours=1))
    marta.does_not_see(f"{C}.digest")
    read_all(anna, marta, liene)


async def test_whoever_takes_an_invitation_has_a_digest_at_nine_without_asking(town: Town) -> None:
    andrejs = await town.staff("andrejs", Role.ADMIN, None)
    async with town.open_database() as database, database.write() as db:
        number = (await town.person_quietly("andrejs")).id
        await store.start_digest(db, number, town.clock.now())
    await town.tick()
    assert [row[0] for row in await town.rows("SELECT digest_at FROM people WHERE id = :id", id=number)] == [None]
    liene = await town.staff("liene", Role.LEAD)
    number = (await town.person_quietly("liene")).id
    async with town.open_database() as database, database.write() as db:
        await store.start_digest(db, number, town.clock.now())
    await town.tick()
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    read_all(anna, liene, andrejs)
    await town.live_until(at(TUESDAY, 8, 59), step=timedelta(hours=3))
    read_all(anna, liene, andrejs)
    await town.live_until(at(TUESDAY, 9, 1), step=timedelta(minutes=1))
    liene.sees(f"{C}.digest")
    read_all(anna, liene, andrejs)


# --- the hours --------------------------------------------------------------------------------------------------


@pytest.mark.feature("G4")
def test_nine_is_nine_on_both_sides_of_each_change_of_clocks_and_never_on_a_free_day() -> None:
    hours = Hours.latvia(RIGA, {})
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    seen: list[datetime] = []
    while moment < datetime(2027, 1, 1, tzinfo=UTC):
        moment = digest.following(time(9), moment, hours)
        seen.append(moment.astimezone(RIGA))
    assert {one.time() for one in seen} == {time(9)}
    assert max(one.weekday() for one in seen) == 4
    assert len({one.date() for one in seen}) == len(seen)
    assert not [one for one in seen if hours.holidays(one.date())]


@pytest.mark.feature("G11")
def test_until_noon_it_is_of_use() -> None:
    hours = Hours.latvia(RIGA, {})
    due = wall(TUESDAY.date(), time(8, 30), RIGA)
    assert digest.is_useful(due, time(8, 30), due + timedelta(hours=3), hours)
    assert not digest.is_useful(due, time(8, 30), wall(TUESDAY.date(), time(12), RIGA), hours)
    assert not digest.is_useful(due, time(9), due, hours)  # the hour was changed meanwhile


async def test_a_mentor_with_nobody_yet_hears_of_the_first_one_in_the_morning(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await wants(marta, "10:00")
    await town.live_until(at(TUESDAY, 10, 1), step=timedelta(hours=2))
    marta.sees(f"{C}.digest_line.waiting")
    read_all(anna, marta, liene)


@pytest.mark.feature("G15")
@pytest.mark.parametrize(("chosen", "comes"), [("08:30", True), (None, False)])
async def test_who_comes_back_to_work_gets_it_at_their_hour_unless_they_wanted_none(
    town: Town, chosen: str | None, comes: bool
) -> None:
    marta = await town.staff("marta", Role.MENTOR)
    number = (await town.person("marta")).id
    async with town.open_database() as database, database.write() as db:
        await db.execute(text("UPDATE people SET digest_hour = :said, digest_at = NULL"), {"said": chosen or "off"})
        await store.start_digest(db, number, at(TUESDAY, 8, 30))
    assert bool(await town.rows("SELECT 1 FROM people WHERE digest_at IS NOT NULL")) is comes
    marta.reads_rest()


@pytest.mark.feature("G11")
async def test_until_when_a_digest_is_of_use_is_a_setting(town: Town) -> None:
    town.settings = town.settings.model_copy(update={"digest_useful_until": 15})
    anna, marta, liene = await in_programme(town)
    await wants(marta, "09:00")
    await town.move_to(at(TUESDAY, 12, 1))
    marta.sees(f"{C}.digest")
    read_all(anna, marta, liene)

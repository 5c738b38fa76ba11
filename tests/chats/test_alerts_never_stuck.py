"""An alert always has somebody who can act on it, and what it carried reaches nobody once it is over."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.roles import Role
from bot.safety.actions import OpenReport, WriteBack
from bot.staff.chat_team import ShowTeam
from bot.storage.tables import grants, people
from tests.chats.casework import read_all
from tests.chats.test_alerts import SB, B, S, Y, alert, asks_for_a_person, the_line, writes_of_violence
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town


async def taken_by_marta(town: Town) -> tuple[Inhabitant, ...]:
    anna, marta, *others = await the_line(town)
    await asks_for_a_person(anna)
    await marta.taps(f"{SB}.take")
    read_all(anna, marta, *others)
    return anna, marta, *others


# --- whoever has it -------------------------------------------------------------------------------------------------


@pytest.mark.feature("X52", "X46")
async def test_when_whoever_has_it_holds_no_role_there_any_more_the_next_in_line_is_told(town: Town) -> None:
    anna, marta, liene, *others = await taken_by_marta(town)
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(grants).where(grants.c.role == "mentor").values(municipality="LV-022"))
    await town.live_until(START + timedelta(days=1, hours=3), step=timedelta(minutes=10))
    marta.does_not_see(f"{S}.alert_what_came")
    liene.sees(f"{S}.alert_contact")
    anna.sees(f"{Y}.next")
    read_all(anna, marta, liene, *others)


@pytest.mark.feature("X52", "L5")
async def test_when_the_role_is_taken_from_whoever_has_it_the_next_in_line_has_it_to_read_at_once(town: Town) -> None:
    anna, marta, liene, kaspars, *others = await taken_by_marta(town)
    await kaspars.forges(ShowTeam().pack())
    await kaspars.taps_label("Marta")
    await kaspars.taps("staff.staff.button.take_role")
    marta.reads_rest()
    await town.live_until(town.clock.now() + timedelta(minutes=2), step=timedelta(minutes=1))
    liene.sees(f"{S}.alert_contact")
    anna.sees(f"{Y}.next")
    await liene.taps(f"{SB}.take")
    anna.sees(f"{Y}.taken")
    await anna.forges(WriteBack(1).pack())
    anna.sees(f"{Y}.write")
    await anna.says("Vai rīt var?")
    assert "Vai rīt var?" in liene.sees(f"{S}.youth_wrote").text
    marta.sees_nothing()
    read_all(anna, marta, liene, kaspars, *others)


@pytest.mark.feature("X52")
async def test_when_whoever_had_it_is_missing_after_a_restore_the_next_in_line_is_told(town: Town) -> None:
    anna, marta, liene, *others = await taken_by_marta(town)
    async with town.open_database() as database, database.write() as db:
        await db.execute(delete(people).where(people.c.telegram_id == marta.phone.id))
    await town.live_until(START + timedelta(days=1, hours=3), step=timedelta(minutes=10))
    liene.sees(f"{S}.alert_contact")
    anna.sees(f"{Y}.next")
    read_all(anna, marta, liene, *others)


@pytest.mark.feature("X52")
async def test_given_back_on_the_day_the_line_ended_all_are_told_again_at_once_and_so_is_the_young_person(
    town: Town,
) -> None:
    anna, marta, liene, kaspars, dace = await the_line(town)
    await asks_for_a_person(anna)
    await town.live_until(START + timedelta(hours=1, minutes=5), step=timedelta(minutes=5))
    anna.sees(f"{Y}.nobody_yet")
    read_all(anna, marta, liene, kaspars, dace)
    await town.move_to(START + timedelta(hours=2))
    await marta.taps(f"{SB}.take")
    anna.sees(f"{Y}.taken")
    read_all(anna, marta, liene, kaspars, dace)
    await marta.says("/forget")
    await marta.taps("people.any.button.forget_sure")
    await town.tick()
    for one in (liene, kaspars, dace):
        one.sees(f"{S}.alert_contact")
    anna.sees(f"{Y}.nobody_yet")
    read_all(anna, marta, liene, kaspars, dace)


async def test_given_back_at_night_nobody_is_said_to_have_been_told_before_the_morning(town: Town) -> None:
    anna, marta, liene, *others = await taken_by_marta(town)
    await town.move_to(START.replace(hour=20))
    await marta.says("/forget")
    await marta.taps("people.any.button.forget_sure")
    await town.tick()
    read_all(marta, *others)
    anna.sees_nothing()
    liene.does_not_see(f"{S}.alert_contact")
    await town.move_to(START.replace(day=3, hour=7, minute=5))
    anna.sees(f"{Y}.next")
    liene.sees(f"{S}.alert_contact")
    read_all(anna, liene, *others)


@pytest.mark.feature("X46", "D3")
async def test_one_that_somebody_has_for_days_and_never_closes_is_named_to_those_above_once(town: Town) -> None:
    anna, marta, liene, kaspars, dace = await taken_by_marta(town)
    await town.live_until(START + timedelta(days=2, hours=3), step=timedelta(hours=12))
    marta.sees(f"{S}.alert_what_came")
    for one in (liene, kaspars):
        one.does_not_see(f"{S}.alert_left_open")
    await town.live_until(START + timedelta(days=7, hours=3), step=timedelta(hours=12))
    for one in (liene, kaspars):
        one.sees(f"{S}.alert_left_open")
    dace.does_not_see(f"{S}.alert_left_open")
    rows = await town.rows("SELECT id FROM outbox WHERE once LIKE 'alert:%:left_open:%'")
    assert len(rows) == 2
    read_all(anna, marta, liene, kaspars, dace)


@pytest.mark.feature("A6", "X46")
async def test_whoever_has_it_learns_that_the_young_person_has_closed_the_chat(town: Town) -> None:
    anna, marta, *others = await taken_by_marta(town)
    await anna.phone.block()
    await town.settle()
    marta.sees(f"{S}.alert_unreachable")
    read_all(marta, *others)


# --- danger to a child ----------------------------------------------------------------------------------------------


@pytest.mark.feature("X47")
async def test_a_child_who_asked_for_a_person_before_and_then_writes_of_violence_is_told_of_as_such(town: Town) -> None:
    anna, liene = await writes_of_violence(town, "off")
    anna.reads_rest()
    await anna.taps(f"{B}.ask")
    await anna.taps(f"{B}.agree")
    liene.sees(f"{S}.alert_contact")
    await liene.taps(f"{SB}.take")
    read_all(anna, liene)
    town.settings = town.settings.model_copy(update={"child_danger_alert": "always"})
    await anna.says("patēvs mani sit")
    anna.sees("safety.youth.told_by_law")
    liene.sees(f"{S}.alert_child_danger")
    await liene.taps(f"{SB}.take")
    assert liene.find_button(f"{SB}.report")
    assert await town.rows("SELECT id FROM alerts WHERE youth_id IS NOT NULL AND kind = 'contact'") == []
    read_all(anna, liene)


@pytest.mark.feature("X47")
async def test_with_the_childs_yes_a_request_that_stands_becomes_danger_to_a_child(town: Town) -> None:
    anna, liene = await writes_of_violence(town, "off")
    await anna.taps(f"{B}.ask")
    await anna.taps(f"{B}.agree")
    read_all(anna, liene)
    await town.move_to(town.later(hours=5))
    read_all(anna, liene)
    town.settings = town.settings.model_copy(update={"child_danger_alert": "agreed"})
    await anna.says("patēvs mani sit")
    anna.sees("safety.youth.card")
    liene.sees_nothing()
    await anna.taps(f"{B}.ask")
    anna.sees("safety.youth.law")
    await anna.taps(f"{B}.agree")
    liene.sees(f"{S}.alert_child_danger")
    read_all(anna, liene)


async def test_where_nobody_can_be_told_a_child_is_not_promised_that_somebody_is(town: Town) -> None:
    town.settings = town.settings.model_copy(update={"child_danger_alert": "always"})
    anna = await town.youth("anna")
    await anna.says("/start ogre")
    await anna.taps("screening.youth.button.begin")
    await anna.taps("screening.youth.button.age.15_17")
    anna.reads_rest()
    await anna.says("patēvs mani sit")
    anna.sees("safety.youth.told_by_law_nobody")
    anna.reads_rest()


@pytest.mark.feature("X47")
async def test_a_report_that_nobody_is_left_for_is_the_national_coordinators(town: Town) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, None)
    marta = await town.staff("marta", Role.MENTOR)
    await marta.forges(OpenReport(None).pack())
    marta.sees(f"{S}.report")
    await marta.says("/forget")
    await marta.taps("people.any.button.forget_sure")
    read_all(marta, dace)
    await town.move_to(town.later(hours=3))
    dace.sees(f"{S}.report_reminder")
    await dace.taps(f"{SB}.reported.police")
    dace.sees(f"{S}.reported.police")
    read_all(dace)


# --- once it is over ------------------------------------------------------------------------------------------------


@pytest.mark.feature("D3")
async def test_who_comes_back_to_the_chat_does_not_read_what_was_written_for_an_alert_that_is_over(town: Town) -> None:
    anna, marta, liene, *others = await the_line(town)
    await anna.says("/help")
    await anna.taps(f"{B}.ask")
    await anna.taps(f"{B}.agree_with_words")
    anna.reads_rest()
    await marta.phone.deactivate()  # Telegram says so only when something is sent
    await anna.says("lūdzu zvani 20000009")
    await town.tick()
    liene.sees(f"{S}.alert_words")
    await liene.taps(f"{SB}.take")
    await liene.taps(f"{SB}.reached")
    assert (await alert(town))[0] == "closed"
    read_all(anna, marta, liene, *others)
    kept = await town.rows("SELECT id FROM outbox WHERE facts LIKE '%20000009%'")
    assert kept == []

"""Blocking somebody who abuses the bot: what it takes, what it never takes, and how they object."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert

from bot.people import notice
from bot.people import store as people
from bot.people.rules import Purpose
from bot.programme.rules import Stage
from bot.roles import Role
from bot.storage.tables import cases, grants
from tests.chats.casework import asks_for_contact, opens_case, read_all
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town
from tests.town.walked_once import walked_once

S = "blocks.staff.button"
TERMS = ("day", "week", "open")


async def with_case(town: Town) -> Inhabitant:
    """Anna, who asked Ogre to write to her."""
    anna = await town.youth("anna")
    person = await town.person("anna")
    now = town.clock.now()
    case = {"youth_id": person.id, "municipality": "LV-067", "stage": Stage.PROFILING.value, "stage_at": now}
    async with town.database.write() as db:
        await people.give_consent(
            db, person.id, Purpose.CONTACT.value, notice.version(town.settings), person.language, now
        )
        values = case | {"screening_outcome": "likely", "age_band": "18_28", "opened_at": now}
        await db.execute(insert(cases).values(values))
    return anna


@walked_once
async def blocked(town: Town, term: str = "week") -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Anna, whom the lead Liene blocked for threats; Liene; and the coordinator Kaspars."""
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    liene = await town.staff("liene", Role.LEAD)
    anna = await with_case(town)
    await liene.forges(f"blocks.block:{(await town.person('anna')).id}:threats:{term}")
    liene.sees("blocks.staff.blocked")
    return anna, liene, kaspars


async def objects(anna: Inhabitant, words: str = "Tas nebiju es") -> None:
    await anna.taps("blocks.youth.button.appeal")
    anna.sees("blocks.youth.appeal_question")
    await anna.says(words)
    anna.sees("blocks.youth.appeal_passed_on")


# --- what it takes ----------------------------------------------------------------------------------------------


@pytest.mark.feature("A7")
async def test_who_is_blocked_is_told_kindly_what_it_means_and_nothing_else_is_done(town: Town) -> None:
    anna, _, _ = await blocked(town)
    told = anna.sees("blocks.youth.blocked").text
    assert "draudi" in told
    town.clock.advance(timedelta(minutes=2))
    before = await town.rows("SELECT * FROM screenings"), await town.rows("SELECT * FROM cases")
    await anna.says("/start")
    assert "līdz" in anna.sees("blocks.youth.blocked").text
    anna.sees_nothing()
    assert (await town.rows("SELECT * FROM screenings"), await town.rows("SELECT * FROM cases")) == before


@pytest.mark.feature("A7")
async def test_nobody_is_told_twice_within_a_minute(town: Town) -> None:
    anna, _, _ = await blocked(town)
    anna.reads_rest()
    town.clock.advance(timedelta(minutes=2))
    for text in ("čau", "nu?", "/menu"):
        await anna.phone.send(text)
    await anna.phone.send_sticker()
    await town.settle()
    anna.sees("blocks.youth.blocked")
    anna.sees_nothing()
    town.clock.advance(timedelta(minutes=1))
    await anna.says("/menu")
    anna.sees("blocks.youth.blocked")


@pytest.mark.feature("A7", "C4", "O8")
async def test_help_and_their_own_data_are_never_taken(town: Town) -> None:
    anna, liene, _ = await blocked(town)
    anna.reads_rest()
    for command, key in (
        ("/help", "safety.youth.card"), ("/mydata", "people.youth.my_data"), ("/privacy", "people.youth.privacy"),
        ("/language", "people.any.choose_language"), ("/discreet", "people.youth.discreet_off"),
        ("/hide", "people.youth.hidden"), ("/forget", "people.youth.forget_ask"),
    ):  # fmt: skip
        await anna.says(command)
        anna.sees(key)
    await anna.taps("people.youth.button.help")
    anna.sees("safety.youth.card")
    await anna.says("/forget")
    anna.reads_rest()
    await anna.taps("people.any.button.forget_sure")
    anna.sees("people.youth.forgotten")
    assert await town.rows("SELECT * FROM blocks") == []
    liene.reads_rest()


@pytest.mark.feature("A7")
async def test_menu_and_going_on_lead_nowhere_while_it_holds(town: Town) -> None:
    anna, _, _ = await blocked(town)
    anna.reads_rest()
    for data in ("people.menu", "people.resume"):
        town.clock.advance(timedelta(minutes=2))
        await anna.forges(data)
        anna.sees("blocks.youth.blocked")
        anna.sees_nothing()


@pytest.mark.feature("A7", "X45")
@pytest.mark.parametrize("way", ["text", "caption", "edit"])
async def test_words_of_danger_are_heard_from_whoever_is_blocked(town: Town, way: str) -> None:
    anna, _, _ = await blocked(town)
    anna.reads_rest()
    said = await anna.phone.send("čau")
    await town.settle()
    anna.reads_rest()
    town.a_moment_passes()
    match way:
        case "text":
            await anna.phone.send("es negribu vairs dzīvot")
        case "caption":
            await anna.phone.send_photo(caption="es negribu vairs dzīvot")
        case _:
            await anna.phone.edit(said.id, "es negribu vairs dzīvot")
    await town.settle()
    anna.sees("safety.youth.card")
    anna.reads_rest()


@pytest.mark.feature("A7")
async def test_others_are_not_touched(town: Town) -> None:
    await blocked(town)
    town.people["anna"].reads_rest()
    emma = await town.youth("emma")
    await emma.says("/menu")
    emma.sees("people.youth.menu")


@pytest.mark.feature("A7")
async def test_a_lead_blocks_from_the_page_of_a_case(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    anna = await with_case(town)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{S}.block")
    liene.sees("blocks.staff.choose_reason")
    await liene.taps("blocks.any.reason.harassment")
    liene.sees("blocks.staff.choose_term")
    await liene.taps(f"{S}.term.week")
    liene.sees("blocks.staff.blocked")
    anna.sees("blocks.youth.blocked")
    (row,) = await town.rows("SELECT action, actor_id FROM audit WHERE action LIKE 'block.%'")
    assert (row.action, row.actor_id) == ("block.put", (await town.person("liene")).id)


# --- how it ends ------------------------------------------------------------------------------------------------


@pytest.mark.feature("A7")
@pytest.mark.parametrize(("term", "days"), [("day", 1), ("week", 7)])
async def test_it_ends_by_itself_on_its_day_and_they_are_told(town: Town, term: str, days: int) -> None:
    anna, liene, kaspars = await blocked(town, term)
    anna.reads_rest()
    await town.move_to(town.clock.now() + timedelta(days=days, minutes=-10))
    anna.does_not_see("blocks.youth.lifted")
    await town.move_to(town.clock.now() + timedelta(minutes=20))
    anna.sees("blocks.youth.lifted")
    read_all(anna, liene, kaspars)
    await anna.says("/menu")
    anna.sees("people.youth.menu")


@pytest.mark.feature("A7")
async def test_the_lead_lifts_it_from_the_same_page_and_by_code_name(town: Town) -> None:
    anna, liene, _ = await blocked(town, "open")
    anna.reads_rest()
    await liene.says(f"/block {(await town.person('anna')).code_name.lower()}")
    liene.sees("blocks.staff.standing")
    await liene.taps(f"{S}.lift")
    liene.sees("blocks.staff.lifted")
    anna.sees("blocks.youth.lifted")
    await anna.says("/menu")
    anna.sees("people.youth.menu")


@pytest.mark.feature("A7")
async def test_an_open_block_never_ends_by_itself(town: Town) -> None:
    anna, liene, kaspars = await blocked(town, "open")
    anna.reads_rest()
    await town.move_to(town.clock.now() + timedelta(days=200))
    read_all(anna, liene, kaspars)
    await anna.says("/menu")
    anna.sees("blocks.youth.blocked")


# --- objecting --------------------------------------------------------------------------------------------------


@pytest.mark.feature("A7")
async def test_an_objection_goes_to_another_person_and_may_lift_the_block(town: Town) -> None:
    anna, liene, kaspars = await blocked(town)
    anna.reads_rest()
    await anna.says("čau")
    anna.reads_rest()
    await objects(anna)
    assert "Tas nebiju es" in kaspars.sees("blocks.staff.appeal").text
    liene.sees_nothing()
    await kaspars.taps(f"{S}.lift")
    kaspars.sees("blocks.staff.lifted")
    anna.sees("blocks.youth.lifted")
    assert await town.rows("SELECT * FROM blocks") == []


@pytest.mark.feature("A7")
async def test_a_block_that_is_kept_is_told_and_what_was_written_against_it_is_not_kept(town: Town) -> None:
    anna, _, kaspars = await blocked(town)
    anna.reads_rest()
    await objects(anna)
    kaspars.sees("blocks.staff.appeal")
    await kaspars.taps(f"{S}.keep")
    kaspars.sees("blocks.staff.kept")
    anna.sees("blocks.youth.kept")
    (row,) = await town.rows("SELECT appeal, decided_at FROM blocks")
    assert row.appeal is None
    assert row.decided_at is not None
    await kaspars.taps_old(kaspars.phone.messages[-1].id, f"blocks.decide:{(await town.person('anna')).id}:1")
    kaspars.sees("blocks.staff.already_decided")
    town.clock.advance(timedelta(minutes=2))
    await anna.says("čau")
    anna.sees("blocks.youth.blocked")
    assert "blocks.appeal" not in [button.data for button in anna.phone.messages[-1].buttons]


@pytest.mark.feature("A7")
async def test_a_coordinator_does_not_decide_about_their_own_block_where_there_is_another(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    dace = await town.staff("dace", Role.COORDINATOR, None)
    anna = await with_case(town)
    code_name = (await town.person("anna")).code_name
    await kaspars.says("/block")
    kaspars.sees("blocks.staff.ask_code_name")
    await kaspars.says(code_name)
    await kaspars.taps("blocks.any.reason.insults")
    await kaspars.taps(f"{S}.term.day")
    read_all(kaspars, anna, dace)
    await objects(anna)
    kaspars.sees_nothing()
    await kaspars.forges(f"blocks.decide:{(await town.person('anna')).id}:0")
    kaspars.sees("people.staff.not_available")
    dace.sees("blocks.staff.appeal")


@pytest.mark.feature("A7")
async def test_without_coordinator_and_administrator_another_lead_decides(town: Town) -> None:
    liene, ilze = await town.staff("liene", Role.LEAD), await town.staff("ilze", Role.LEAD)
    anna = await with_case(town)
    await liene.forges(f"blocks.block:{(await town.person('anna')).id}:threats:week")
    read_all(liene, anna)
    await objects(anna)
    liene.sees_nothing()
    assert "Tas nebiju es" in ilze.sees("blocks.staff.appeal").text
    await ilze.taps(f"{S}.lift")
    ilze.sees("blocks.staff.lifted")
    anna.sees("blocks.youth.lifted")


@pytest.mark.feature("A7")
async def test_where_the_one_who_blocked_is_alone_they_look_at_it_again(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    anna = await with_case(town)
    await liene.forges(f"blocks.block:{(await town.person('anna')).id}:threats:open")
    read_all(liene, anna)
    await objects(anna)
    liene.sees("blocks.staff.appeal")
    await liene.taps(f"{S}.keep")
    liene.sees("blocks.staff.kept")
    anna.sees("blocks.youth.kept")


@pytest.mark.feature("A7")
@pytest.mark.parametrize("typing", [False, True])
async def test_where_nobody_is_left_to_decide_they_are_told_so_and_may_object_later(town: Town, typing: bool) -> None:
    liene = await town.staff("liene", Role.LEAD)
    anna = await with_case(town)
    await liene.forges(f"blocks.block:{(await town.person('anna')).id}:threats:week")
    read_all(liene, anna)
    if typing:
        await anna.taps("blocks.youth.button.appeal")
        anna.sees("blocks.youth.appeal_question")
    async with town.database.write() as db:
        await db.execute(delete(grants))
    if typing:
        await anna.says("Tas nebiju es")
    else:
        await anna.taps("blocks.youth.button.appeal")
    anna.sees("blocks.youth.appeal_nobody")
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await objects(anna)
    kaspars.sees("blocks.staff.appeal")


@pytest.mark.feature("A7")
async def test_an_objection_too_long_to_pass_on_is_asked_for_again(town: Town) -> None:
    anna, _, kaspars = await blocked(town)
    anna.reads_rest()
    await anna.taps("blocks.youth.button.appeal")
    await anna.says("x" * 1001)
    anna.sees("blocks.youth.appeal_too_long")
    await anna.says("Piedodiet")
    anna.sees("blocks.youth.appeal_passed_on")
    kaspars.sees("blocks.staff.appeal")
    await anna.taps("blocks.youth.button.appeal")
    anna.sees("blocks.youth.appeal_waits")


# --- who may ----------------------------------------------------------------------------------------------------


@pytest.mark.feature("A7", "X33")
async def test_a_lead_of_another_municipality_and_a_mentor_block_nobody(town: Town) -> None:
    anna, marta = await with_case(town), await town.staff("marta", Role.MENTOR)
    other = await town.staff("ilze", Role.LEAD, "LV-022")
    person = await town.person("anna")
    await other.says(f"/block {person.code_name}")
    other.sees("blocks.staff.no_such_code_name")
    for one in (other, marta):
        await one.forges(f"blocks.block:{person.id}:threats:day")
        one.sees("people.staff.not_available")
    assert await town.rows("SELECT * FROM blocks") == []
    anna.sees_nothing()


@pytest.mark.feature("A7", "X40")
async def test_pressing_twice_blocks_once(town: Town) -> None:
    anna, liene, _ = await blocked(town)
    anna.reads_rest()
    await liene.forges(f"blocks.block:{(await town.person('anna')).id}:flood:open")
    liene.sees("blocks.staff.standing")
    (row,) = await town.rows("SELECT reason FROM blocks")
    assert row.reason == "threats"
    anna.sees_nothing()


@pytest.mark.feature("A7")
async def test_somebody_who_asked_for_contact_anew_after_forgetting_is_somebody_new(town: Town) -> None:
    """The law lets them go with everything: a block goes too, and that is known."""
    anna, liene, kaspars = await blocked(town)
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    read_all(anna, liene, kaspars)
    await anna.says("/start")
    await anna.taps("people.any.button.language_lv")
    anna.reads_rest()
    await asks_for_contact(anna)
    assert len(await town.rows("SELECT * FROM cases")) == 1
    read_all(anna, liene, kaspars)

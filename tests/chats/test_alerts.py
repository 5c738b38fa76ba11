"""A young person asks for a person: told with their yes, taken by the first, passed on in time, honest at night."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.checkins.screens import PULSES_BATCH
from bot.programme import store as programme
from bot.programme.mentors.screens_mentors import NameDeputy
from bot.programme.rules import Contact, Stage
from bot.roles import Role
from bot.safety.actions import Agree, CallOff, Close, Take, Write, WriteBack
from bot.safety.alerts import Kind, Outcome
from bot.safety.rules import Kind as Danger
from bot.safety.rules import notice
from bot.storage.tables import grants
from bot.turn import Message
from bot.words import phrase
from tests.chats.casework import read_all
from tests.chats.events_talk import agrees, at, sends, writes
from tests.town.inhabitant import Inhabitant
from tests.town.reading import pattern
from tests.town.town import START, Town
from tests.town.walked_once import walked_once

Y = "safety.youth.alert"
B = "safety.youth.button"
S = "safety.staff"
SB = "safety.staff.button"
NIGHT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
SATURDAY = datetime(2026, 3, 7, 12, 0, tzinfo=UTC)
MINUTES = 15


async def asks_for_a_person(young: Inhabitant) -> None:
    """Opens the card, asks, and agrees to what is shown."""
    await young.says("/help")
    young.sees("safety.youth.card")
    await young.taps(f"{B}.ask")
    young.sees(f"{Y}.offer")
    await young.taps(f"{B}.agree")


@walked_once
async def the_line(town: Town) -> tuple[Inhabitant, ...]:
    """Anna with her mentor Marta; Liene leads, Kaspars coordinates Ogre, Dace the whole country."""
    anna = await town.youth("anna")
    marta = await town.staff("marta", Role.MENTOR)
    liene = await town.staff("liene", Role.LEAD)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await has_case(town, "anna", "marta")
    return anna, marta, liene, kaspars, dace


async def has_case(town: Town, young: str, mentor: str | None = None) -> None:
    """An open case in Ogre, with that mentor."""
    youth_id = (await town.person(young)).id
    mentor_id = (await town.person(mentor)).id if mentor is not None else None
    contact = Contact(youth_id, "LV-067", "likely", "18_28", None, with_parent=False, urgent=False)
    async with town.open_database() as database, database.write() as db:
        number = await programme.open_case(db, contact, town.clock.now(), town.later(hours=24 * 300))
        opened = await programme.case(db, number)
        assert opened is not None
        if mentor_id is not None:
            await programme.assign(db, opened, mentor_id, Stage.PROFILING, mentor_id, town.clock.now())


async def alert(town: Town) -> tuple[str, int, str | None, str | None]:
    (row,) = await town.rows(
        "SELECT state, step, outcome, words FROM alerts WHERE youth_id IS NOT NULL ORDER BY id DESC LIMIT 1"
    )
    return row.state, row.step, row.outcome, row.words


async def alert_id(town: Town) -> int:
    (row,) = await town.rows("SELECT id FROM alerts WHERE youth_id IS NOT NULL ORDER BY id DESC LIMIT 1")
    number: int = row.id
    return number


def silent(*people: Inhabitant) -> None:
    for one in people:
        one.sees_nothing()


# --- with their yes, and no more than they were shown --------------------------------------------------------------


@pytest.mark.feature("D3", "E3")
async def test_who_stands_in_for_the_mentor_is_told_at_the_same_time_and_the_young_person_reads_so(town: Town) -> None:
    anna, marta, *others = await the_line(town)
    oksana = await town.staff("oksana", Role.MENTOR)
    (case,) = await town.rows("SELECT id FROM cases")
    await marta.forges(NameDeputy(case.id, (await town.person("oksana")).id).pack())
    read_all(anna, marta, oksana, *others)
    await anna.says("/help")
    await anna.taps(f"{B}.ask")
    offer = anna.sees(f"{Y}.offer").text
    assert "Marta, Oksana" in offer
    await anna.taps(f"{B}.agree")
    anna.sees(f"{Y}.told")
    marta.sees(f"{S}.alert")
    oksana.sees(f"{S}.alert")
    await oksana.taps(f"{SB}.take")
    read_all(anna, marta, oksana)
    silent(*others)


@pytest.mark.feature("D3")
async def test_nobody_is_told_before_the_young_person_agreed_to_who_and_what(town: Town) -> None:
    anna, marta, *others = await the_line(town)
    await anna.says("/help")
    anna.sees("safety.youth.card")
    await anna.taps(f"{B}.ask")
    offer = anna.sees(f"{Y}.offer").text
    assert "Marta" in offer
    assert (await town.person("anna")).code_name in offer
    silent(marta, *others)
    await anna.taps(f"{B}.not_now")
    anna.reads_rest()
    assert await town.rows("SELECT id FROM alerts WHERE youth_id IS NOT NULL") == []
    silent(marta, *others)


@pytest.mark.feature("D3")
async def test_the_mentor_is_told_at_once_and_sees_no_word_of_what_was_written(town: Town) -> None:
    anna, marta, *others = await the_line(town)
    await anna.says("patēvs mani sit")
    anna.reads_rest()
    await asks_for_a_person(anna)
    assert "112" in anna.sees(f"{Y}.told").text
    told = marta.sees(f"{S}.alert_contact").text
    assert (await town.person("anna")).code_name in told
    assert marta.words("people.any.language.lv") in told
    assert not any(one in told for one in ("patēvs", "Anna", "anna_secret"))
    silent(*others)


@pytest.mark.feature("D3")
async def test_words_that_they_typed_for_it_go_along_and_are_gone_when_it_is_over(town: Town) -> None:
    anna, marta, *_ = await the_line(town)
    await anna.says("/help")
    await anna.taps(f"{B}.ask")
    await anna.taps(f"{B}.agree_with_words")
    anna.reads_rest()
    await anna.says("x" * 700)
    anna.sees(f"{Y}.words_too_long")
    await anna.says("lūdzu zvani 20000009")
    anna.sees(f"{Y}.told")
    assert "20000009" in marta.sees(f"{S}.alert_words").text
    assert (await alert(town))[3] == "lūdzu zvani 20000009"
    await marta.taps(f"{SB}.take")
    assert "20000009" in marta.sees(f"{S}.alert_yours").text
    await marta.taps(f"{SB}.reached")
    assert await alert(town) == ("closed", 1, "reached", None)
    read_all(anna, marta)
    await town.tick()
    await town.database.empty_log()
    assert b"20000009" not in town.database_file.read_bytes()


async def test_without_a_mentor_the_leads_are_the_first(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    anna = await town.youth("anna")
    await has_case(town, "anna")
    await asks_for_a_person(anna)
    anna.sees(f"{Y}.told")
    liene.sees(f"{S}.alert_contact")


async def test_who_never_answered_a_question_can_ask_too_and_hears_the_truth_where_nobody_is_there(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/help")
    await anna.taps(f"{B}.ask")
    assert "112" in anna.sees(f"{Y}.nobody").text
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await asks_for_a_person(anna)
    anna.sees(f"{Y}.told")
    dace.sees(f"{S}.alert_contact")


# --- whoever has it -----------------------------------------------------------------------------------------------


@pytest.mark.feature("D3")
async def test_the_first_to_take_it_has_it_and_everybody_reads_who_that_is(town: Town) -> None:
    marta = await town.staff("marta", Role.LEAD)
    liene = await town.staff("liene", Role.LEAD)
    anna = await town.youth("anna")
    await has_case(town, "anna")
    await asks_for_a_person(anna)
    anna.sees(f"{Y}.told")
    liene.sees(f"{S}.alert_contact")
    marta.sees(f"{S}.alert_contact")
    await liene.taps(f"{SB}.take")
    liene.sees(f"{S}.alert_yours")
    assert "Liene" in anna.sees(f"{Y}.taken").text
    assert "Liene" in marta.sees(f"{S}.alert_taken_by").text
    await marta.taps(f"{SB}.take")
    marta.sees(f"{S}.alert_taken_by")
    await town.live_until(START + timedelta(hours=2), step=timedelta(minutes=30))
    silent(anna, marta, liene)


@pytest.mark.feature("D3")
async def test_they_can_write_to_each_other_without_anything_being_kept(town: Town) -> None:
    anna, marta, *_ = await the_line(town)
    await asks_for_a_person(anna)
    await marta.taps(f"{SB}.take")
    read_all(anna, marta)
    await marta.taps(f"{SB}.write")
    marta.sees(f"{S}.ask_words")
    await marta.says("Sveika, esmu šeit. QWERTYUIOP")
    marta.sees(f"{S}.words_sent")
    assert "esmu šeit" in anna.sees("safety.youth.staff_wrote").text
    await anna.taps(f"{B}.write_back")
    anna.sees(f"{Y}.write")
    await anna.says("labi ASDFGHJKL")
    anna.sees(f"{Y}.passed_on")
    assert "labi ASDFGHJKL" in marta.sees(f"{S}.youth_wrote").text
    await town.database.empty_log()
    kept = town.database_file.read_bytes()
    assert b"QWERTYUIOP" not in kept
    assert b"ASDFGHJKL" not in kept


@pytest.mark.feature("D3", "D4")
async def test_what_they_write_at_night_reaches_whoever_has_it_at_once(town: Town) -> None:
    anna, marta, *others = await the_line(town)
    await asks_for_a_person(anna)
    await marta.taps(f"{SB}.take")
    await town.move_to(datetime(2026, 3, 2, 21, 30, tzinfo=UTC))
    read_all(anna, marta, *others)
    await anna.forges(WriteBack(await alert_id(town)).pack())
    anna.sees(f"{Y}.write")
    await anna.says("vai vēl esi te?")
    anna.sees(f"{Y}.passed_on")
    assert "vai vēl esi te?" in marta.sees(f"{S}.youth_wrote").text
    silent(*others)


@pytest.mark.feature("D3")
async def test_every_end_is_told_to_the_young_person_and_leaves_a_way_to_ask_again(town: Town) -> None:
    anna, marta, *_ = await the_line(town)
    for outcome in ("reached", "not_reached", "not_needed", "handed_on"):
        await anna.forges(Agree(Kind.CONTACT).pack())
        await marta.taps(f"{SB}.take")
        read_all(anna, marta)
        await marta.taps(f"{SB}.{outcome}")
        marta.sees(f"{S}.alert_closed")
        anna.sees(f"{Y}.{outcome}")
    await anna.taps(f"{B}.ask")
    anna.sees(f"{Y}.offer")


async def test_whoever_took_it_is_asked_every_working_day_what_came_of_it(town: Town) -> None:
    anna, marta, *_ = await the_line(town)
    await asks_for_a_person(anna)
    await marta.taps(f"{SB}.take")
    read_all(anna, marta)
    for day in (1, 2):
        await town.move_to(START + timedelta(days=day, hours=1))
        marta.sees(f"{S}.alert_what_came")
    await marta.taps(f"{SB}.reached")
    marta.sees(f"{S}.alert_closed")
    await town.move_to(START + timedelta(days=4))
    marta.sees_nothing()
    anna.reads_rest()


async def test_asking_twice_opens_one_alert_and_it_can_be_said_that_it_is_no_longer_needed(town: Town) -> None:
    anna, marta, *_ = await the_line(town)
    await asks_for_a_person(anna)
    anna.sees(f"{Y}.told")
    marta.sees(f"{S}.alert_contact")
    await anna.taps(f"{B}.agree")
    anna.sees(f"{Y}.told")
    await anna.taps(f"{B}.ask")
    anna.sees(f"{Y}.told")
    marta.sees_nothing()
    assert len(await town.rows("SELECT id FROM alerts WHERE youth_id IS NOT NULL")) == 1
    await anna.taps(f"{B}.call_off")
    anna.sees(f"{Y}.called_off")
    marta.sees(f"{S}.alert_called_off")
    await anna.forges(CallOff(await alert_id(town)).pack())
    anna.sees(f"{Y}.over")
    marta.sees_nothing()
    await marta.taps(f"{SB}.take")
    marta.sees(f"{S}.alert_over")
    assert (await alert(town))[2] == "called_off"


# --- nobody reacts ------------------------------------------------------------------------------------------------


@pytest.mark.feature("X46", "D3")
async def test_silence_goes_down_the_whole_line_within_the_minutes_and_the_young_person_hears_each_step(
    town: Town,
) -> None:
    anna, marta, liene, kaspars, dace = await the_line(town)
    andrejs = await town.staff("andrejs", Role.ADMIN, None)
    await asks_for_a_person(anna)
    asked_at = town.clock.now()
    anna.sees(f"{Y}.told")
    marta.sees(f"{S}.alert_contact")
    waited = []
    for one in (liene, kaspars, dace):
        before = town.clock.now()
        await town.move_to(before + timedelta(minutes=MINUTES, seconds=-30))
        silent(anna, one)
        while not one.unread:
            await town.live_until(town.clock.now() + timedelta(seconds=10), step=timedelta(seconds=10))
        waited.append((town.clock.now() - before).total_seconds() / 60)
        one.sees(f"{S}.alert_contact")
        assert "112" in anna.sees(f"{Y}.next").text
    print(
        f"X46: passed on after {waited} minutes, the last in line told {town.clock.now() - asked_at} after the asking"
    )
    assert all(MINUTES - 1 <= one <= MINUTES + 0.5 for one in waited)
    await town.move_to(town.clock.now() + timedelta(minutes=MINUTES + 1))
    assert "112" in anna.sees(f"{Y}.nobody_yet").text
    andrejs.sees(f"{S}.alert_unanswered")
    for one in (marta, liene, kaspars, dace):
        one.sees(f"{S}.alert_still")
    await town.live_until(START + timedelta(days=1), step=timedelta(hours=6))
    for one in (marta, liene, kaspars, dace):
        one.sees(f"{S}.alert_still")
    await dace.taps(f"{SB}.take")
    assert "Dace" in anna.sees(f"{Y}.taken").text
    read_all(marta, liene, kaspars, dace, andrejs)


@pytest.mark.feature("X46")
async def test_a_whole_town_of_alerts_is_passed_on_to_the_last_one(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    young = [await town.youth(f"{'a' * number}") for number in range(1, 6)]
    for one in young:
        await has_case(town, one.name)
        await one.forges(Agree(Kind.CONTACT).pack())
    read_all(liene, *young)
    await town.live_until(town.clock.now() + timedelta(minutes=MINUTES + 1), step=timedelta(minutes=4))
    read_all(liene, kaspars, *young)
    steps = await town.rows("SELECT step FROM alerts WHERE youth_id IS NOT NULL")
    assert [row.step for row in steps] == [3] * len(young)
    told = await town.rows("SELECT count(*) AS n FROM alert_tellings WHERE step = 3")
    assert told[0].n == len(young)


@pytest.mark.feature("X46")
async def test_whoever_comes_after_the_line_has_ended_is_told_too(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR)
    anna = await town.youth("anna")
    await has_case(town, "anna", "marta")
    await asks_for_a_person(anna)
    anna.sees(f"{Y}.told")
    await town.move_to(town.later(hours=0.3))
    anna.sees(f"{Y}.nobody_yet")
    liene = await town.staff("liene", Role.LEAD)
    await town.move_to(START + timedelta(days=1))
    liene.sees(f"{S}.alert_contact")
    anna.sees(f"{Y}.next")
    read_all(marta)


@pytest.mark.feature("X36")
async def test_who_is_no_longer_of_the_place_can_neither_take_it_nor_hears_of_it_again(town: Town) -> None:
    anna, marta, *others = await the_line(town)
    await asks_for_a_person(anna)
    marta.sees(f"{S}.alert_contact")
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(grants).where(grants.c.role == "mentor").values(municipality="LV-022"))
    await marta.taps(f"{SB}.take")
    marta.sees("people.staff.not_available")
    await town.live_until(START + timedelta(days=1, hours=1), step=timedelta(hours=5))
    marta.sees_nothing()
    read_all(anna, *others)


async def test_who_blocked_the_bot_is_passed_over(town: Town) -> None:
    anna, marta, liene, *_ = await the_line(town)
    await marta.phone.block()
    await town.settle()
    read_all(liene)
    await asks_for_a_person(anna)
    anna.sees(f"{Y}.told")
    liene.sees(f"{S}.alert_contact")


async def test_who_cannot_be_reached_after_all_does_not_cost_the_next_in_line_any_minutes(town: Town) -> None:
    anna, marta, liene, *_ = await the_line(town)
    await asks_for_a_person(anna)
    read_all(anna, marta)
    await marta.phone.block()
    await town.settle()
    await town.tick()
    liene.sees(f"{S}.alert_contact")
    anna.sees(f"{Y}.next")
    read_all(liene)


async def test_when_whoever_has_it_leaves_the_next_in_line_is_told(town: Town) -> None:
    anna, marta, liene, *_ = await the_line(town)
    await asks_for_a_person(anna)
    await marta.taps(f"{SB}.take")
    read_all(anna, marta, liene)
    await marta.says("/forget")
    await marta.taps("people.any.button.forget_sure")
    await town.tick()
    liene.sees(f"{S}.alert_contact")
    anna.sees(f"{Y}.next")
    read_all(marta, liene, anna)


async def test_erasing_oneself_in_the_middle_ends_it_kindly(town: Town) -> None:
    anna, marta, *_ = await the_line(town)
    await asks_for_a_person(anna)
    read_all(anna, marta)
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    marta.sees(f"{S}.alert_erased")
    assert await town.rows("SELECT id FROM alerts WHERE youth_id IS NOT NULL OR kind = 'contact'") == []
    assert await town.rows("SELECT id FROM alert_tellings") == []
    await marta.taps(f"{SB}.take")
    await town.live_until(START + timedelta(hours=3))
    read_all(anna, marta, *town.people.values())


# --- at night and on free days --------------------------------------------------------------------------------------


@pytest.mark.feature("D4")
@pytest.mark.parametrize("moment", [NIGHT, SATURDAY])
async def test_when_nobody_reads_it_says_so_and_until_when_and_who_answers_now(town: Town, moment: datetime) -> None:
    anna, marta, *others = await the_line(town)
    await town.move_to(moment)
    read_all(anna, marta, *others)
    await anna.says("/help")
    await anna.taps(f"{B}.ask")
    anna.sees("safety.youth.card")
    anna.sees("safety.youth.wait.later")
    await anna.taps(f"{B}.agree")
    noted = anna.sees(f"{Y}.noted").text
    assert "116123" in noted
    silent(marta, *others)
    morning = datetime(2026, 3, 3 if moment is NIGHT else 9, 7, 0, tzinfo=UTC)
    await town.move_to(morning - timedelta(minutes=1))
    silent(marta, *others)
    await town.move_to(morning)
    marta.sees(f"{S}.alert_contact")
    anna.sees(f"{Y}.begun")
    read_all(anna, marta, *others)


@pytest.mark.feature("D4")
async def test_where_somebody_reads_at_night_they_are_told_at_night(town: Town) -> None:
    town.settings = town.settings.model_copy(update={"alerts_at_night": True})
    anna, marta, liene, *others = await the_line(town)
    await town.move_to(NIGHT)
    read_all(anna, marta, liene, *others)
    await asks_for_a_person(anna)
    anna.sees(f"{Y}.told")
    marta.sees(f"{S}.alert_contact")
    await town.live_until(NIGHT + timedelta(minutes=MINUTES + 2), step=timedelta(minutes=4))
    liene.sees(f"{S}.alert_contact")
    anna.sees(f"{Y}.next")


async def test_minutes_stop_in_the_evening_and_go_on_in_the_morning(town: Town) -> None:
    anna, marta, liene, *others = await the_line(town)
    await town.move_to(datetime(2026, 3, 2, 18, 50, tzinfo=UTC))
    read_all(anna, marta, liene, *others)
    await asks_for_a_person(anna)
    read_all(anna, marta)
    await town.move_to(datetime(2026, 3, 3, 7, 4, tzinfo=UTC))
    liene.sees_nothing()
    await town.move_to(datetime(2026, 3, 3, 7, 6, tzinfo=UTC))
    liene.sees(f"{S}.alert_contact")
    read_all(anna, marta, *others)


# --- danger to a child ----------------------------------------------------------------------------------------------


async def writes_of_violence(town: Town, setting: str) -> tuple[Inhabitant, Inhabitant]:
    """Anna, 15 to 17, asked for contact in Ogre; Liene leads there."""
    town.settings = town.settings.model_copy(update={"child_danger_alert": setting})
    anna, liene = await writes_of_nothing_yet(town)
    await anna.says("patēvs mani sit")
    anna.sees("safety.youth.card")
    return anna, liene


async def writes_of_nothing_yet(town: Town) -> tuple[Inhabitant, Inhabitant]:
    """Anna, 15 to 17, in Ogre; Liene leads there."""
    liene = await town.staff("liene", Role.LEAD)
    anna = await town.youth("anna")
    await anna.says("/start ogre")
    await anna.taps("screening.youth.button.begin")
    await anna.taps("screening.youth.button.age.15_17")
    anna.reads_rest()
    return anna, liene


@pytest.mark.feature("D3")
async def test_by_default_violence_against_a_child_is_told_with_the_childs_yes_and_the_law_is_said_first(
    town: Town,
) -> None:
    anna, liene = await writes_of_violence(town, "agreed")
    anna.reads_rest()
    liene.sees_nothing()
    await anna.taps(f"{B}.ask")
    shown = anna.sees("safety.youth.law").text
    assert pattern(f"{Y}.offer_child_danger", anna.language).search(shown)
    await anna.taps(f"{B}.agree")
    anna.sees(f"{Y}.told")
    told = liene.sees(f"{S}.alert_child_danger").text
    assert "patēvs" not in told
    await liene.taps(f"{SB}.take")
    assert liene.find_button(f"{SB}.report")
    read_all(anna, liene)


async def test_where_the_settings_say_so_staff_are_told_at_once_and_the_child_reads_that_they_are(town: Town) -> None:
    anna, liene = await writes_of_violence(town, "always")
    anna.sees("safety.youth.told_by_law")
    liene.sees(f"{S}.alert_child_danger")
    anna.reads_rest()
    await anna.says("patēvs mani sit")
    anna.reads_rest()
    liene.sees_nothing()


async def test_what_only_sounds_like_violence_shows_the_card_and_tells_nobody_unasked(town: Town) -> None:
    town.settings = town.settings.model_copy(update={"child_danger_alert": "always"})
    anna, liene = await writes_of_nothing_yet(town)
    read_all(anna, liene)
    heard = notice(text := "mum makes me sleep on the balcony when she is angry with me")
    assert heard is not None
    assert (heard.kind, heard.is_guess) == (Danger.VIOLENCE, True)
    await anna.says(text)
    anna.sees("safety.youth.card")
    anna.does_not_see("safety.youth.told_by_law")
    liene.sees_nothing()
    anna.reads_rest()


@pytest.mark.feature("D4")
async def test_at_night_a_child_reads_when_staff_are_told_and_they_are_told_then(town: Town) -> None:
    town.settings = town.settings.model_copy(update={"child_danger_alert": "always"})
    anna, liene = await writes_of_nothing_yet(town)
    await town.move_to(NIGHT)
    read_all(anna, liene)
    await anna.says("patēvs mani sit")
    assert "116123" in anna.sees("safety.youth.told_by_law_later").text
    anna.does_not_see("safety.youth.told_by_law")
    liene.sees_nothing()
    anna.reads_rest()
    await town.move_to(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))
    liene.sees(f"{S}.alert_child_danger")
    read_all(anna, liene)


async def test_where_the_settings_say_off_it_is_an_alert_like_any_other(town: Town) -> None:
    anna, liene = await writes_of_violence(town, "off")
    anna.reads_rest()
    await anna.taps(f"{B}.ask")
    await anna.taps(f"{B}.agree")
    liene.sees(f"{S}.alert_contact")
    anna.reads_rest()


# --- held back --------------------------------------------------------------------------------------------------------


@pytest.mark.feature("D3")
async def test_no_invitation_reaches_somebody_with_an_open_alert_and_one_still_useful_comes_afterwards(
    town: Town,
) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    await town.move_to(at(date(2026, 3, 2), 21, 30))
    await writes(kaspars)
    await sends(kaspars)
    await asks_for_a_person(anna)
    await town.move_to(at(date(2026, 3, 3), 9, 30))
    await kaspars.taps(f"{SB}.take")
    read_all(anna, kaspars)
    await town.live_until(town.later(hours=2))
    danylo.sees("events.youth.invitation")
    anna.sees_nothing()
    await kaspars.taps(f"{SB}.reached")
    anna.sees(f"{Y}.reached")
    anna.sees("events.youth.invitation")
    read_all(kaspars, danylo)


@pytest.mark.feature("D3")
async def test_how_are_you_waits_too_and_is_not_asked_when_it_would_be_late(town: Town) -> None:
    anna, marta, *others = await the_line(town)
    await asks_for_a_person(anna)
    await marta.taps(f"{SB}.take")
    read_all(anna, marta, *others)
    now, youth_id = town.clock.now(), (await town.person("anna")).id
    questions = [
        Message(
            youth_id,
            phrase("checkins.youth.pulse", mentor=f"Marta {hours}"),
            at_night=True,
            expires_at=now + timedelta(hours=hours),
            batch=PULSES_BATCH,
        )
        for hours in (1, 48)
    ]
    async with town.open_database() as database, database.write() as db:
        await town.queue(db, questions)
    await town.live_until(now + timedelta(hours=2))
    anna.sees_nothing()
    await marta.taps(f"{SB}.reached")
    assert [one.text for one in anna.unread if "Marta 1 " in one.text or "Marta 1." in one.text] == []
    anna.sees_words("Marta 48")
    anna.sees(f"{Y}.reached")
    read_all(marta, *others)


# --- whose it is ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("X32")
async def test_an_alert_that_was_not_told_to_them_does_nothing_in_their_hands(town: Town) -> None:
    anna, marta, *_ = await the_line(town)
    oksana = await town.staff("oksana", Role.MENTOR, "LV-068")
    await asks_for_a_person(anna)
    number = (await town.rows("SELECT max(id) AS id FROM alerts"))[0].id
    for action in (Take(number), Write(number), Close(number, Outcome.NOT_NEEDED), Take(424242)):
        await oksana.forges(action.pack())
        oksana.sees("people.staff.not_available")
    await anna.forges(Take(number).pack())
    await marta.forges(Close(number, Outcome.REACHED).pack())
    marta.reads_rest()
    assert (await alert(town))[0] == "open"
    anna.reads_rest()

"""A coordinator writes an invitation and chooses whom it is for."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.events.audience import Group
from bot.events.event import Kind, Reply
from bot.events.going_out.actions_sending import AskSend, Cancel, Open, Preview, Send, SendToMe, Stop
from bot.events.signup.actions_guests import Answer, ShowInvitation
from bot.events.whom.actions_audience import PickPlace, Toggle
from bot.events.writing.actions_writing import Begin
from bot.people import store as people
from bot.people.rules import Purpose
from bot.roles import Role
from bot.words import Language
from tests.chats.events_talk import CESIS, DAY, OGRE, agrees, at, event_id, sends, writes
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


# --- writing it -------------------------------------------------------------------------------------------------


@pytest.mark.feature("I1")
@pytest.mark.feature("I2")
async def test_an_invitation_is_written_step_by_step_and_read_in_each_ones_language(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo, emma = await agrees(town, "anna"), await agrees(town, "danylo"), await agrees(town, "emma")

    await kaspars.says("/event")
    kaspars.sees("events.staff.choose_kind")
    await kaspars.taps("events.staff.button.kind_youth_event")
    kaspars.sees("events.staff.choose_first")
    await kaspars.taps("people.any.button.language_lv")
    kaspars.sees("events.staff.ask_title")
    await kaspars.says("Picas vakars")
    kaspars.sees("events.staff.ask_details")
    await kaspars.says("Cepsim picu un iepazīsimies.")
    kaspars.sees("events.staff.ask_place")
    await kaspars.says("Jauniešu centrs")
    kaspars.sees("events.staff.ask_when")
    await kaspars.says("12.3.")
    kaspars.sees("events.staff.ask_hour")
    await kaspars.taps_label(kaspars.words("events.any.button.hour", hour=17))
    kaspars.sees("events.staff.languages")
    await kaspars.taps("events.staff.button.add_uk")
    kaspars.sees("events.staff.ask_title")
    await kaspars.says("Піца-вечір")
    kaspars.sees("events.staff.ask_details")
    await kaspars.says("Спечемо піцу й познайомимося.")
    kaspars.sees("events.staff.languages")
    await kaspars.taps("events.staff.button.onward")
    assert kaspars.words("events.staff.people", count=3) in kaspars.sees("events.staff.audience").text
    await kaspars.taps("events.staff.button.onward")
    page = kaspars.sees("events.staff.draft")
    both = [kaspars.words(f"events.staff.in.{language}") for language in ("lv", "uk")]
    assert ", ".join(both) in page.text
    await kaspars.taps("events.staff.button.send")
    assert kaspars.words("events.staff.people", count=3) in kaspars.sees("events.staff.send_ask").text
    anna.sees_nothing()
    await kaspars.taps("events.staff.button.send_sure")
    kaspars.reads_rest()

    assert "Picas vakars" in anna.sees("events.youth.invitation").text
    to_danylo = danylo.sees("events.youth.invitation").text
    assert "Піца-вечір" in to_danylo
    assert "Cepsim" not in to_danylo
    to_emma = emma.sees("events.youth.invitation").text
    assert "Picas vakars" in to_emma
    assert "Thu 12 Mar, 17:00" in to_emma
    answers = [anna.words(f"events.any.button.{reply}") for reply in Reply]
    assert anna.buttons == [*answers, anna.words("people.youth.button.help")]


async def test_a_draft_waits_for_weeks_and_goes_on_where_it_was(town: Town, kaspars: Inhabitant) -> None:
    await kaspars.says("/event")
    await kaspars.taps("events.staff.button.kind_youth_event")
    await kaspars.taps("people.any.button.language_lv")
    await kaspars.says("Picas vakars")
    await town.move_to(START + timedelta(days=20))
    await kaspars.says("/event")
    kaspars.sees("events.staff.draft_waits")
    await kaspars.taps("events.staff.button.go_on")
    kaspars.sees("events.staff.ask_details")


async def test_another_invitation_never_replaces_one_that_was_begun(town: Town, kaspars: Inhabitant) -> None:
    await kaspars.says("/event")
    await kaspars.taps("events.staff.button.kind_youth_event")
    message, (_, data) = kaspars.find_button("people.any.button.language_lv")
    await kaspars.taps_old(message.id, data)
    await kaspars.says("Picas vakars")
    kaspars.reads_rest()
    await kaspars.taps_old(message.id, data)
    kaspars.sees("events.staff.ask_title")
    await kaspars.says("/event")
    kaspars.sees("events.staff.draft_waits")
    await kaspars.taps("events.staff.button.anew")
    kaspars.sees("events.staff.choose_kind")
    await kaspars.taps("events.staff.button.kind_camp")
    await kaspars.taps("people.any.button.language_en")
    kaspars.sees("events.staff.ask_title")
    rows = await town.rows("select state, language, kind, titles from events order by id")
    assert [tuple(row) for row in rows] == [
        ("draft", "lv", "youth_event", '{"lv": "Picas vakars"}'),
        ("draft", "en", "camp", "{}"),
    ]


async def test_back_shows_what_was_written_and_it_can_stay_as_it_is(town: Town, kaspars: Inhabitant) -> None:
    await kaspars.says("/event")
    await kaspars.taps("events.staff.button.kind_youth_event")
    await kaspars.taps("people.any.button.language_lv")
    await kaspars.says("Picas vakars")
    await kaspars.taps("events.any.button.back")
    assert "Picas vakars" in kaspars.sees("events.staff.ask_again").text
    await kaspars.taps("events.any.button.back")
    kaspars.sees("events.staff.choose_first")
    await kaspars.taps("people.any.button.language_en")
    await kaspars.taps("events.staff.button.keep")
    assert kaspars.words("events.staff.in.en") in kaspars.sees("events.staff.ask_details").text
    rows = await town.rows("select language, titles from events")
    assert [tuple(row) for row in rows] == [("en", '{"en": "Picas vakars"}')]


async def test_a_text_that_is_too_long_is_asked_for_again_and_nothing_is_lost(town: Town, kaspars: Inhabitant) -> None:
    await kaspars.says("/event")
    await kaspars.taps("events.staff.button.kind_youth_event")
    await kaspars.taps("people.any.button.language_lv")
    await kaspars.says("A" * 4096)
    again = kaspars.sees("events.staff.too_long")
    assert kaspars.find_button("events.any.button.back")[0].id == again.id
    await kaspars.says("A" * 100)
    kaspars.sees("events.staff.ask_details")
    await kaspars.says("🍕" * 750)
    kaspars.sees("events.staff.ask_place")
    await kaspars.says("V" * 200)
    kaspars.sees("events.staff.ask_when")
    for typed, answer in (("vakar", "unreadable"), ("1.1.2020 10:00", "past"), ("1.1.2030 10:00", "too_far")):
        await kaspars.says(typed)
        again = kaspars.sees(f"events.staff.when_{answer}")
        assert kaspars.find_button("events.any.button.back")[0].id == again.id
    await kaspars.says("12.3. 17:30")
    await kaspars.taps("events.staff.button.onward")
    await kaspars.taps("events.staff.button.onward")
    kaspars.sees("events.staff.draft")


async def test_at_the_hour_step_the_hour_alone_is_asked_for_again_with_its_buttons(
    town: Town, kaspars: Inhabitant
) -> None:
    await kaspars.says("/event")
    await kaspars.taps("events.staff.button.kind_youth_event")
    await kaspars.taps("people.any.button.language_lv")
    for line in ("Picas vakars", "Cepsim picu.", "Jauniešu centrs", "12.3."):
        await kaspars.says(line)
    kaspars.sees("events.staff.ask_hour")
    for typed in ("25:00", "vakarā", "12.3. 25:00"):
        await kaspars.says(typed)
        again = kaspars.sees("events.staff.hour_unreadable")
        assert kaspars.find_button("events.any.button.hour")[0].id == again.id
    await kaspars.says("17")
    kaspars.sees("events.staff.languages")
    (row,) = await town.rows("select starts_at from events")
    assert row.starts_at == int(at(DAY, 17).timestamp() * 1_000_000)


async def test_an_hour_of_today_that_is_over_keeps_the_day(town: Town, kaspars: Inhabitant) -> None:
    await kaspars.says("/event")
    await kaspars.taps("events.staff.button.kind_youth_event")
    await kaspars.taps("people.any.button.language_lv")
    for line in ("Picas vakars", "Cepsim picu.", "Jauniešu centrs", "2.3."):
        await kaspars.says(line)
    kaspars.reads_rest()
    await kaspars.says("8:00")
    again = kaspars.sees("events.staff.hour_past")
    message, (_, ten) = kaspars.find_button("events.any.button.hour")
    assert message.id == again.id
    await kaspars.taps_old(message.id, ten)
    kaspars.sees("events.staff.hour_past")
    await town.move_to(START + timedelta(days=1))
    await kaspars.taps_old(message.id, ten)
    kaspars.sees("events.staff.when_past")
    await kaspars.says("12.3. 17:00")
    kaspars.sees("events.staff.languages")


async def test_a_draft_thrown_away_leaves_nothing(town: Town, kaspars: Inhabitant) -> None:
    await writes(kaspars)
    await kaspars.taps("events.staff.button.discard")
    kaspars.sees("events.staff.discard_ask")
    await kaspars.taps("events.staff.button.discard_sure")
    kaspars.sees("events.staff.discarded")
    rows = await town.rows("select state, titles, details, place from events")
    assert [tuple(row) for row in rows] == [("discarded", "{}", "{}", None)]


async def test_a_translation_can_be_taken_out_again(town: Town, kaspars: Inhabitant) -> None:
    danylo = await agrees(town, "danylo")
    await writes(kaspars)
    await kaspars.taps("events.staff.button.change_languages")
    await kaspars.taps("events.staff.button.drop")
    await kaspars.taps("events.staff.button.onward")
    assert kaspars.words("events.staff.in.uk") not in kaspars.sees("events.staff.draft").text
    await sends(kaspars)
    assert "Picas vakars" in danylo.sees("events.youth.invitation").text


# --- whom it reaches --------------------------------------------------------------------------------------------


@pytest.mark.feature("I1")
async def test_only_those_who_agreed_and_can_be_reached_are_invited(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    await town.youth("zane")  # never agreed to anything
    elsewhere = await agrees(town, "peteris", CESIS)
    withdrew = await agrees(town, "toms")
    gone = await agrees(town, "juris")
    await gone.phone.block()
    await town.tick()
    toms = await town.person("toms")
    async with town.open_database() as database, database.write() as db:
        await people.withdraw_consent(db, toms.id, Purpose.EVENTS.value, town.clock.now())
    await writes(kaspars)
    await kaspars.taps("events.staff.button.send")
    assert kaspars.words("events.staff.people", count=1) in kaspars.sees("events.staff.send_ask").text
    await kaspars.taps("events.staff.button.send_sure")
    kaspars.reads_rest()
    anna.sees("events.youth.invitation")
    for nobody in (elsewhere, withdrew):
        nobody.sees_nothing()


@pytest.mark.feature("I1")
async def test_staff_are_invited_by_role_and_written_to_formally_but_never_the_sender(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD, OGRE)
    await town.staff("liene", Role.COORDINATOR, OGRE)
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    ilze = await town.staff("ilze", Role.SPECIALIST, OGRE)
    oksana = await town.staff("oksana", Role.MENTOR, CESIS)
    await writes(liene)
    await liene.taps("events.staff.button.change_audience")
    for group in (Group.MENTORS, Group.LEADS, Group.YOUTH):
        await liene.taps_label(liene.words(f"events.staff.group.{group}"))
    assert liene.words("events.staff.people", count=1) in liene.sees("events.staff.audience").text
    await liene.taps_label(liene.words(f"events.staff.group.{Group.SPECIALISTS}"))
    assert liene.words("events.staff.people", count=2) in liene.sees("events.staff.audience").text
    await liene.taps("events.staff.button.onward")
    await sends(liene)
    marta.sees("events.staff.invitation")
    ilze.sees("events.staff.invitation")
    oksana.sees_nothing()
    await marta.taps("events.any.button.yes")
    marta.sees("events.staff.said_yes_reminded")
    await marta.says("/events")
    marta.sees("events.staff.coming")


@pytest.mark.feature("I1")
async def test_a_national_coordinator_chooses_one_municipality_or_all_of_latvia(town: Town) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, None)
    anna, peteris = await agrees(town, "anna"), await agrees(town, "peteris", CESIS)
    await dace.says("/event")
    await dace.taps("events.staff.button.kind_youth_event")
    await dace.taps("people.any.button.language_lv")
    for line in ("Forums", "Runāsim.", "Rīga", "12.3. 12:00"):
        await dace.says(line)
    await dace.taps("events.staff.button.onward")
    dace.sees("events.staff.choose_place")
    await dace.taps("directory.any.region.vidzeme")
    await dace.taps("directory.any.place.lv_022")
    assert dace.words("events.staff.people", count=1) in dace.sees("events.staff.audience").text
    await dace.taps("events.staff.button.places")
    await dace.taps("events.staff.button.all_latvia")
    assert dace.words("events.staff.people", count=2) in dace.sees("events.staff.audience").text
    await dace.taps("events.staff.button.onward")
    await sends(dace)
    anna.sees("events.youth.invitation")
    peteris.sees("events.youth.invitation")


@pytest.mark.feature("L3", "X35")
@pytest.mark.feature("X43")
async def test_a_coordinator_never_reaches_or_sees_what_belongs_to_another_municipality(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    peteris = await agrees(town, "peteris", CESIS)
    zigrida = await town.staff("zigrida", Role.COORDINATOR, CESIS)
    await writes(kaspars)
    draft = await event_id(town)
    for place in (CESIS, None, "LV-999"):
        await kaspars.forges(PickPlace(draft, place).pack())
        kaspars.sees("people.staff.not_available")
    for action in (
        AskSend(draft),
        Send(draft, 1, "00000000"),
        Preview(draft, Language.LV),
        SendToMe(draft, Language.LV, Group.YOUTH),
        Toggle(draft, Group.MENTORS, chosen=True),
        Begin(draft, Language.EN, Kind.CAMP),
    ):
        await zigrida.forges(action.pack())
        zigrida.sees("people.staff.not_available")
    await sends(kaspars)
    anna.sees("events.youth.invitation")
    for running in (Open(draft), Stop(draft), Cancel(draft, sure=True)):
        await zigrida.forges(running.pack())
        zigrida.sees("people.staff.not_available")
        await anna.forges(running.pack())
        anna.sees("people.youth.not_available")
    for not_mine in (Answer(draft, Reply.YES), ShowInvitation(draft), ShowInvitation(draft + 1)):
        await peteris.forges(not_mine.pack())
        peteris.sees("people.youth.not_available")
    await zigrida.says("/events")
    zigrida.sees("events.staff.no_events")
    assert [row[0] for row in await town.rows("select state from events")] == ["sent"]


@pytest.mark.feature("X36")
async def test_a_coordinator_whose_role_was_taken_away_sends_nothing(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    await writes(kaspars)
    await kaspars.taps("events.staff.button.send")
    kaspars.reads_rest()
    await town.staff("kaspars", Role.MENTOR, OGRE)
    async with town.open_database() as database, database.write() as db:
        await db.execute(text("delete from grants where role = 'coordinator'"))
    await kaspars.taps("events.staff.button.send_sure")
    kaspars.sees("people.staff.not_available")
    anna.sees_nothing()


@pytest.mark.feature("X43")
async def test_a_confirmation_sends_what_was_shown_and_not_what_was_written_since(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    await writes(kaspars)
    await kaspars.taps("events.staff.button.send")
    message, (_, confirmed) = kaspars.find_button("events.staff.button.send_sure")
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql("UPDATE events SET place = 'Elsewhere'")
    await kaspars.taps_old(message.id, confirmed)
    anna.sees_nothing()
    assert [row.state for row in await town.rows("SELECT state FROM events")] == ["draft"]
    await kaspars.taps("events.staff.button.send_sure")
    anna.sees("events.youth.invitation")
    kaspars.reads_rest()

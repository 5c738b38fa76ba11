"""Whom to turn to in one's municipality, for anybody; and the people there who write it on the card."""

from datetime import timedelta
from typing import Final

import pytest

from bot.directory.screens import PROGRAMME_SITE
from bot.roles import Role
from bot.storage.tables import people
from tests.chats.casework import asks_for_contact, read_all
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

OGRE: Final = "LV-067"
CARD: Final = {
    "office": "Jauniešu centrs, 2. kabinets",
    "phone": "65012345",
    "email": "birojs@example.lv",
    "address": "Skolas iela 1, 2. stāvs",
    "hours": "P.–C. 9–17",
}
SQUARE: Final = (56.8162, 24.6049)


async def fills(staff: Inhabitant, field: str, typed: str) -> None:
    """One thing of the card, from the card's own screen."""
    await staff.taps_label(staff.words(f"directory.staff.field.{field}"))
    staff.sees(f"directory.staff.ask.{field}")
    await staff.says(typed)


async def writes_card(town: Town, **fields: str) -> Inhabitant:
    """Ogre's programme lead puts these on the card."""
    liene = await town.staff("liene", Role.LEAD, OGRE)
    await liene.says("/contact_card")
    for field, typed in fields.items():
        await fills(liene, field, typed)
        liene.sees("directory.staff.card_saved")
    liene.reads_rest()
    return liene


def links(one: Inhabitant) -> list[str | None]:
    return [button.url for message in one.phone.messages[-1:] for button in message.buttons]


# --- for anybody ------------------------------------------------------------------------------------------------


@pytest.mark.feature("S1.12", "O7")
@pytest.mark.parametrize(("name", "typed"), [("anna", "Ogrē"), ("danylo", "я живу в Огре"), ("emma", "ogre")])
async def test_who_types_a_place_sees_its_card_without_a_question_about_themselves(
    town: Town, name: str, typed: str
) -> None:
    await writes_card(town, **CARD)
    one = await town.youth(name)
    await one.says("/contacts")
    one.sees("directory.youth.where")
    assert one.words("people.youth.button.help") in one.buttons
    await one.says(typed)
    shown = one.sees("directory.any.card")
    for told in ("+371 65012345", "birojs@example.lv", "Skolas iela 1, 2. stāvs", "P.–C. 9–17", "Jauniešu centrs"):
        assert told in shown.text
    assert one.words("directory.any.takes_part.yes") in shown.text
    assert "Liene" not in shown.text  # an office, not a person
    assert one.words("people.youth.button.help") in one.buttons
    assert await town.rows("SELECT * FROM consents") == []
    assert await town.rows("SELECT * FROM screenings") == []


async def test_or_goes_by_region_and_place(town: Town) -> None:
    await writes_card(town, phone="65012345")
    danylo = await town.youth("danylo")
    await danylo.says("/contacts")
    await danylo.taps("directory.any.region.vidzeme")
    danylo.sees("directory.any.places")
    await danylo.taps("directory.any.place.lv_067")
    assert "+371 65012345" in danylo.sees("directory.any.card").text


async def test_who_has_told_where_they_live_sees_that_card_at_once_and_may_look_elsewhere(town: Town) -> None:
    liene = await writes_card(town, phone="65012345")
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    read_all(anna, liene)
    await anna.says("/contacts")
    assert "+371 65012345" in anna.sees("directory.any.card").text
    await anna.taps("directory.any.button.other_place")
    anna.sees("directory.youth.where")
    await anna.says("Rīga")
    assert anna.sees("directory.any.card").text.startswith("Rīga\n")


async def test_the_place_can_stand_behind_the_command(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/contacts Suntaži")
    shown = anna.sees("directory.any.card")
    assert shown.text.startswith("Ogre\n")
    assert "Suntaži" in shown.text  # what was taken for Ogre


async def test_a_city_and_the_county_of_its_name_are_both_offered(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/contacts jelgava")
    anna.sees("directory.any.which_of_these")
    assert anna.buttons[:2] == ["Jelgava", "Jelgavas novads"]
    await anna.taps("directory.any.place.lv_041")
    anna.sees("directory.any.card")


async def test_a_slip_of_the_finger_is_asked_about_and_nonsense_gets_an_example(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/contacts")
    await anna.says("Orge")
    anna.sees("directory.any.did_you_mean")
    assert anna.buttons[0] == "Ogre"
    await anna.says("nezinu")
    anna.sees("directory.youth.not_found")
    assert anna.words("directory.any.region.latgale") in anna.buttons
    await anna.says("Ogre")  # still awaited
    anna.sees("directory.any.card")


async def test_words_of_danger_in_place_of_a_place_are_heard_first(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/contacts")
    anna.reads_rest()
    await anna.says("es negribu vairs dzīvot")
    anna.sees("safety.youth.card")
    anna.does_not_see("directory.youth.not_found")
    anna.reads_rest()


async def test_the_office_is_shown_on_the_map_where_its_lead_sent_the_place(town: Town) -> None:
    liene = await writes_card(town, phone="65012345")
    await liene.taps_label(liene.words("directory.staff.field.spot"))
    liene.sees("directory.staff.ask.spot")
    town.a_moment_passes()
    await liene.phone.send_location(*SQUARE)
    await town.after_a_moment()
    liene.sees("directory.staff.card_spot")
    anna = await town.youth("anna")
    await anna.says("/contacts Ogre")
    anna.sees("directory.any.card")
    await anna.taps("directory.any.button.on_map")
    anna.sees("directory.any.on_map")
    at = [message.location for message in anna.phone.messages if message.location]
    assert [(spot.latitude, spot.longitude) for spot in at] == [SQUARE]


@pytest.mark.feature("S0.9")
async def test_without_a_card_it_says_so_and_points_to_the_programmes_own_page(town: Town) -> None:
    one = await town.youth("danylo")
    await one.says("/contacts Balvi")
    shown = one.sees("directory.any.card")
    assert one.words("directory.any.no_contact") in shown.text
    assert one.words("directory.any.takes_part.unknown") in shown.text
    assert PROGRAMME_SITE in links(one)
    assert one.words("directory.any.button.ask") not in one.buttons  # nobody is there to ask


@pytest.mark.feature("O7")
async def test_the_national_coordinators_hear_once_a_week_that_somebody_looked_and_never_who(town: Town) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, None)
    anna, danylo = await town.youth("anna"), await town.youth("danylo")
    for one in (anna, danylo, anna):
        await one.says("/contacts Balvi")
        one.sees("directory.any.card")
        await one.taps("directory.any.button.ask")
        one.sees("directory.youth.asked")
    told = dace.sees("directory.staff.contact_wanted")
    dace.sees_nothing()
    code_names = [row[0] for row in await town.rows("SELECT code_name FROM people")]
    assert all(code_name not in told.text for code_name in code_names)
    await town.move_to(town.clock.now() + timedelta(days=7))
    await danylo.says("/contacts Balvi")
    await danylo.taps("directory.any.button.ask")
    danylo.reads_rest()
    dace.sees("directory.staff.contact_wanted")


async def test_who_agrees_is_named_by_code_name_and_the_notice_goes_with_them(town: Town) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, None)
    danylo = await town.youth("danylo")
    await danylo.says("/contacts Balvi")
    await danylo.taps("directory.any.button.ask")
    await danylo.taps("directory.any.button.ask_by_name")
    danylo.reads_rest()
    dace.sees("directory.staff.contact_wanted")
    told = dace.sees("directory.staff.contact_wanted_by")
    person = await town.person("danylo")
    assert person.code_name in told.text
    assert "danylo" not in told.text.lower()
    rows = await town.rows("SELECT about_id FROM outbox WHERE key = 'directory.staff.contact_wanted_by'")
    assert [row[0] for row in rows] == [person.id]


async def test_what_a_coordinator_finds_out_is_there_for_the_next_who_looks(town: Town) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, None)
    anna = await town.youth("anna")
    await anna.says("/contacts Balvi")
    await anna.taps("directory.any.button.ask")
    anna.reads_rest()
    dace.sees("directory.staff.contact_wanted")
    await dace.taps("directory.staff.button.write_card")
    dace.sees("directory.staff.card_empty")
    await fills(dace, "phone", "+371 64 567 890")
    dace.sees("directory.staff.card_saved")
    await anna.taps("directory.any.button.back_to_card")
    assert "+371 64567890" in anna.sees("directory.any.card").text
    await anna.taps_old(anna.phone.messages[-1].id, "directory.ask:LV-015")  # an old button: there is nothing to ask
    anna.reads_rest()
    dace.sees_nothing()


async def test_a_forged_code_gets_the_usual_words(town: Town) -> None:
    anna = await town.youth("anna")
    for data in ("directory.place:LV-999", "directory.map:LV-999", "directory.ask:XX", "directory.map:LV-067"):
        await anna.forges(data)
        anna.sees("people.youth.not_available")


async def test_staff_look_up_contacts_too(town: Town) -> None:
    await town.staff("dace", Role.COORDINATOR, None)
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    await marta.says("/contacts Balvi")
    marta.sees("directory.any.card")
    await marta.taps("directory.any.button.ask")
    marta.sees("directory.staff.asked")
    town.people["dace"].reads_rest()


# --- the card ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("S1.12")
async def test_a_lead_writes_the_card_and_sees_it_as_young_people_do(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD, OGRE)
    await liene.says("/contact_card")
    liene.sees("directory.staff.card_empty")
    await fills(liene, "office", CARD["office"])
    liene.sees("directory.staff.card_unreachable")  # a name alone reaches nobody
    await fills(liene, "phone", CARD["phone"])
    preview = liene.sees("directory.staff.card_saved")
    assert "+371 65012345" in preview.text
    assert CARD["office"] in preview.text
    await liene.taps("directory.staff.button.as_shown")
    liene.sees("directory.any.card")


async def test_anything_can_be_taken_off_again(town: Town) -> None:
    liene = await writes_card(town, phone="65012345", hours="P. 9–17")
    await liene.taps_label(liene.words("directory.staff.field.hours"))
    await liene.taps("directory.staff.button.leave_out")
    shown = liene.sees("directory.staff.card_left_out")
    assert "9–17" not in shown.text
    assert "+371 65012345" in shown.text


async def test_what_will_not_do_is_said_and_can_be_typed_again_at_once(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD, OGRE)
    await liene.says("/contact_card")
    await fills(liene, "phone", "zvani man")
    liene.sees("directory.staff.refused.no_phone")
    await liene.phone.send_location(*SQUARE)
    await town.after_a_moment()
    liene.sees("directory.staff.refused.no_text")
    await liene.says("6501 2345")
    liene.sees("directory.staff.card_saved")
    await fills(liene, "spot", "Ogres centrā")
    liene.sees("directory.staff.refused.no_spot")
    await liene.phone.send_location(50.45, 30.52)
    await town.after_a_moment()
    liene.sees("directory.staff.refused.not_in_latvia")
    rows = await town.rows("SELECT phone, latitude FROM contact_cards")
    assert [tuple(row) for row in rows] == [("+371 65012345", None)]


async def test_a_location_that_nobody_asked_for_is_answered_as_before(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/contacts")
    anna.reads_rest()
    await anna.phone.send_location(*SQUARE)
    await town.after_a_moment()
    anna.sees("people.youth.only_text")
    assert await town.rows("SELECT * FROM contact_cards") == []


async def test_nobody_writes_the_card_of_another_municipality(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD, OGRE)
    for data in ("directory.card:LV-002", "directory.field:LV-002:phone", "directory.leave_out:LV-002:phone"):
        await liene.forges(data)
        liene.sees("people.staff.not_available")


@pytest.mark.feature("S4.5", "S2.16")
async def test_a_specialist_reads_the_card_and_does_not_write_it(town: Town) -> None:
    ilze = await town.staff("ilze", Role.SPECIALIST, OGRE, speciality="psychologist")
    await ilze.says("/contacts Ogre")
    shown = ilze.sees("directory.any.card")
    assert "Ilze" not in shown.text  # nobody's own contact is on any card by itself
    await ilze.says("/contact_card")
    ilze.sees("people.staff.no_such_command")


async def test_a_national_coordinator_chooses_whose_card(town: Town) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await dace.says("/contact_card")
    await dace.taps("directory.any.region.vidzeme")
    dace.sees("directory.staff.whose_card")
    await dace.taps("directory.any.place.lv_067")
    dace.sees("directory.staff.card")


async def test_who_wrote_the_card_can_be_erased_and_the_card_stays(town: Town) -> None:
    await writes_card(town, phone="65012345")
    person = await town.person("liene")
    async with town.open_database() as database, database.write() as db:
        await db.execute(people.delete().where(people.c.id == person.id))
    rows = await town.rows("SELECT phone, changed_by FROM contact_cards")
    assert [tuple(row) for row in rows] == [("+371 65012345", None)]

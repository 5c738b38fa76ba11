"""Partners for projects, hours with experts and practice notes, as those who use them see them."""

from datetime import date, timedelta

import pytest
import vobject
from sqlalchemy import insert, update

from bot.partnerships.actions import BookSlot, NoteCame, ShowMatch, ShowNote, ShowSlot, ShowWish, ToggleCountry
from bot.roles import Role
from bot.storage.tables import events, expert_slots, invitations
from bot.words import Language
from tests.chats.events_talk import OGRE, at
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town

S = "partnerships.staff"
B = "partnerships.staff.button"
A = "partnerships.any"
NOT_YOURS, NOT_YOURS_YOUTH = "people.staff.not_available", "people.youth.not_available"
HOUR = at(date(2026, 3, 12), 14)


async def begins(one: Inhabitant, side: str, name: str) -> None:
    await one.says("/partners")
    await one.taps(f"{B}.wishes")
    await one.taps(f"{B}.begin")
    await one.taps(f"{B}.side_{side}")
    await one.says(name)


async def looks(one: Inhabitant, side: str, name: str, *, nature: bool = True) -> None:
    """All the way to "start looking": in English, from any country, at any time."""
    await begins(one, side, name)
    await one.says("Nedēļa dabā jauniešiem")
    await one.taps_label(one.words(f"{A}.field.{'nature' if nature else 'sport'}"))
    await one.taps(f"{A}.button.onward")
    await one.taps(f"{A}.button.onward")
    await one.taps_label(one.words("directory.any.spoken.en"))
    await one.taps(f"{A}.button.onward")
    await one.taps(f"{B}.any_time")
    await one.says(f"{name.split()[0].lower()}@example.org")
    one.reads_rest()
    await one.taps(f"{B}.publish")


async def two_who_fit(town: Town) -> tuple[Inhabitant, Inhabitant]:
    liene = await town.staff("liene", Role.LEAD, OGRE)
    raivis = await town.staff("raivis", Role.PARTNER, speciality="partner")
    await looks(liene, "daily", "Centrs")
    liene.reads_rest()
    await looks(raivis, "experienced", "Biedrība")
    return liene, raivis


@pytest.mark.feature("S2.5", "S2.6")
async def test_two_organisations_are_introduced_once_both_agree_and_not_before(town: Town) -> None:
    liene, raivis = await two_who_fit(town)
    raivis.sees(f"{S}.found")
    told = liene.sees(f"{S}.found").text
    assert "Biedrība" in told
    assert "biedrība@example.org" not in told
    raivis.reads_rest()
    await liene.taps(f"{B}.introduce")
    assert "biedrība@example.org" not in liene.sees(f"{S}.match_waits").text
    raivis.sees_nothing()
    await raivis.taps(f"{B}.introduce")
    assert "centrs@example.org" in raivis.sees(f"{S}.introduced").text
    assert "biedrība@example.org" in liene.sees(f"{S}.introduced").text


@pytest.mark.feature("S2.6")
async def test_a_no_ends_it_and_only_who_said_yes_hears_of_it(town: Town) -> None:
    liene, raivis = await two_who_fit(town)
    liene.reads_rest()
    raivis.reads_rest()
    await liene.taps(f"{B}.introduce")
    liene.reads_rest()
    await raivis.taps(f"{B}.rather_not")
    raivis.sees(f"{S}.match_over")
    liene.sees(f"{S}.said_no")
    assert await town.rows("select count(*) from partner_matches where introduced_at is not null") == [(0,)]


@pytest.mark.feature("S2.6")
async def test_who_does_not_answer_is_reminded_once_and_then_the_other_hears_that_it_ended(town: Town) -> None:
    liene, raivis = await two_who_fit(town)
    liene.reads_rest()
    raivis.reads_rest()
    await liene.taps(f"{B}.introduce")
    liene.reads_rest()
    await town.live_until(START + timedelta(days=10), timedelta(hours=6))
    raivis.sees(f"{S}.match_reminder")
    liene.sees_nothing()
    await town.live_until(START + timedelta(days=20), timedelta(hours=6))
    raivis.sees_nothing()
    liene.sees(f"{S}.never_answered")


@pytest.mark.feature("S2.6")
async def test_different_ideas_are_left_alone(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD, OGRE)
    raivis = await town.staff("raivis", Role.PARTNER, speciality="partner")
    await looks(liene, "daily", "Centrs")
    liene.reads_rest()
    await looks(raivis, "experienced", "Biedrība", nature=False)
    raivis.sees(f"{S}.wishes")
    liene.sees_nothing()
    assert await town.rows("select count(*) from partner_matches") == [(0,)]


@pytest.mark.feature("S2.6")
async def test_what_was_begun_waits_and_wrong_answers_are_asked_again(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD, OGRE)
    await begins(liene, "daily", "Centrs")
    liene.sees(f"{S}.ask_subject")
    await liene.says("x" * 201)
    liene.sees(f"{S}.asked_again")
    await liene.says("/menu")
    liene.reads_rest()
    await liene.says("/partners")
    await liene.taps(f"{B}.wishes")
    liene.reads_rest()
    await liene.taps(f"{B}.wish_begun")
    liene.sees(f"{S}.wish_draft")
    await liene.taps(f"{B}.part_dates")
    liene.sees(f"{S}.ask_dates")
    await liene.says("1.8.2026 - 1.6.2026")
    liene.sees(f"{S}.wrong_dates_reversed")
    await liene.says("1.6.2026 - 31.8.2026")
    liene.sees(f"{S}.ask_contact")
    await liene.says("centrs@example.org")
    assert "2026" in liene.reads_rest()[-1].text
    assert await town.rows("select count(*), max(published_at) from partner_wishes") == [(1, None)]


@pytest.mark.feature("S2.6")
async def test_after_a_season_it_is_asked_whether_they_still_look_and_silence_closes_it(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD, OGRE)
    await looks(liene, "daily", "Centrs")
    liene.reads_rest()
    await town.move_to(START + timedelta(days=91))
    liene.sees(f"{S}.still_looking")
    await liene.taps(f"{B}.still")
    liene.reads_rest()
    await town.move_to(START + timedelta(days=183))
    liene.sees(f"{S}.still_looking")
    await town.move_to(START + timedelta(days=198))
    liene.sees(f"{S}.wish_closed")
    assert await town.rows("select count(*) from partner_wishes where closed_at is null") == [(0,)]


@pytest.mark.feature("S2.6", "X32")
async def test_nobody_opens_or_changes_what_another_looks_for(town: Town) -> None:
    liene, raivis = await two_who_fit(town)
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    anna = await town.youth("anna")
    liene.reads_rest()
    raivis.reads_rest()
    for press in (ShowWish(1), ToggleCountry(1, "EE", chosen=True), ShowMatch(1, 1), ShowMatch(1, 2)):
        for one in (marta, anna):
            await one.forges(press.pack())
            one.sees(NOT_YOURS if one.is_staff else NOT_YOURS_YOUTH)
    await liene.forges(ToggleCountry(1, "XX", chosen=True).pack())
    liene.sees(NOT_YOURS)
    await liene.forges(ShowMatch(1, 2).pack())
    liene.sees(NOT_YOURS)


# --- hours with experts -----------------------------------------------------------------------------------------


async def offers(one: Inhabitant, how_many: int = 2) -> None:
    """So many hours of 45 minutes from 12 March, 14:00."""
    await one.says("/partners")
    await one.taps(f"{B}.slots")
    await one.taps(f"{B}.offer")
    await one.says("Projekta pieteikums")
    await one.says("Videozvans")
    await one.says("12.3. 14:00")
    await one.taps_label("45")
    await one.taps_label(str(how_many))
    one.sees(f"{S}.offered")
    one.reads_rest()


async def books(one: Inhabitant) -> None:
    await one.says("/partners")
    await one.taps(f"{B}.slots")
    await one.taps_label("14:00")
    await one.taps(f"{B}.book")


@pytest.mark.feature("S2.13")
async def test_an_hour_is_booked_told_and_in_the_calendar_and_nobody_else_gets_it(town: Town) -> None:
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="career_consultant")
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    oksana = await town.staff("oksana", Role.MENTOR, OGRE, language=Language.UK)
    await offers(ilze)
    await books(marta)
    marta.sees(f"{S}.slot_booked")
    marta.sees(f"{S}.calendar_file")
    ilze.sees(f"{S}.was_booked")
    (file,) = [one.attachment for one in marta.phone.messages if one.attachment is not None]
    event = vobject.readOne(file.content.decode()).vevent
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=45)
    await oksana.forges(BookSlot(1).pack())
    oksana.sees(f"{S}.slot_taken")
    await marta.forges(BookSlot(2).pack())
    marta.sees(f"{S}.slot_has_one")
    marta.reads_rest()


@pytest.mark.feature("S2.13")
async def test_what_it_is_about_goes_to_the_expert_and_a_given_hour_is_free_again(town: Town) -> None:
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="career_consultant")
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    await offers(ilze)
    await books(marta)
    marta.reads_rest()
    await marta.forges(ShowSlot(1).pack())
    await marta.taps(f"{B}.about")
    await marta.says("Budžeta sadaļa")
    marta.reads_rest()
    assert "Budžeta sadaļa" in ilze.reads_rest()[-1].text
    await marta.taps(f"{B}.give_back")
    await marta.taps(f"{B}.give_back_sure")
    marta.reads_rest()
    ilze.sees(f"{S}.was_given_back")
    assert await town.rows("select booked_by, about from expert_slots where id = 1") == [(None, None)]


@pytest.mark.feature("S2.13")
async def test_both_are_reminded_the_day_before_and_the_expert_says_whether_it_was_held(town: Town) -> None:
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="career_consultant")
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    await offers(ilze)
    await books(marta)
    marta.reads_rest()
    ilze.reads_rest()
    await town.move_to(at(date(2026, 3, 11), 10))
    marta.sees(f"{S}.hour_reminder")
    ilze.sees(f"{S}.hour_reminder")
    await town.move_to(HOUR + timedelta(minutes=46))
    ilze.sees(f"{S}.did_it_happen")
    marta.sees_nothing()
    await ilze.taps(f"{B}.came")
    ilze.sees(f"{S}.came_noted")
    assert await town.rows("select came from expert_slots where id = 1") == [(1,)]


@pytest.mark.feature("S2.13")
async def test_an_hour_called_off_is_told_and_leaves_the_calendar(town: Town) -> None:
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="career_consultant")
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    await offers(ilze)
    await books(marta)
    marta.reads_rest()
    ilze.reads_rest()
    await ilze.forges(ShowSlot(1).pack())
    await ilze.taps(f"{B}.call_off")
    await ilze.taps(f"{B}.call_off_sure")
    ilze.sees(f"{S}.called_off")
    marta.sees(f"{S}.was_called_off")
    marta.sees(f"{S}.calendar_off")
    await town.move_to(HOUR + timedelta(hours=3))
    ilze.sees_nothing()
    marta.sees_nothing()


@pytest.mark.feature("S2.12")
async def test_coaching_is_for_those_who_took_part_in_the_training(town: Town) -> None:
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="career_consultant")
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    oksana = await town.staff("oksana", Role.MENTOR, OGRE)
    await offers(ilze, 1)
    number = (await town.person("marta")).id
    async with town.open_database() as database, database.write() as db:
        event = {"state": "sent", "language": "lv", "titles": {"lv": "Apmācības"}, "details": {"lv": "Divas dienas"}}
        held = {"municipality": OGRE, "place": "Rīga", "starts_at": START, "kind": "training", "created_at": START}
        await db.execute(insert(events).values(id=77, audience={"groups": ["mentors"]}, cursor=0, **event, **held))
        came = {"answer": "yes", "seat": "held", "came_at": START}
        await db.execute(insert(invitations).values(event_id=77, person_id=number, **came))
        await db.execute(update(expert_slots).values(event_id=77))
    await oksana.forges(BookSlot(1).pack())
    oksana.sees(NOT_YOURS)
    await books(marta)
    marta.sees(f"{S}.slot_booked")
    for one in (marta, ilze):
        one.reads_rest()


@pytest.mark.feature("S2.13", "X32")
async def test_nobody_marks_or_calls_off_anothers_hour(town: Town) -> None:
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="career_consultant")
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    await offers(ilze)
    await marta.forges(NoteCame(1, came=True).pack())
    marta.sees(NOT_YOURS)
    await marta.forges("partnerships.call_off:1:1")
    marta.sees(NOT_YOURS)
    await ilze.forges(BookSlot(1).pack())
    ilze.sees(NOT_YOURS)


@pytest.mark.feature("S2.13")
async def test_an_expert_is_not_in_two_places_at_once(town: Town) -> None:
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="career_consultant")
    await offers(ilze)
    await ilze.taps(f"{B}.to_slots")
    await ilze.taps(f"{B}.offer")
    await ilze.says("Cits")
    await ilze.says("Rīga")
    await ilze.says("31.2. 25:00")
    ilze.sees(f"{S}.offer_when_wrong")
    await ilze.says("12.3. 14:30")
    await ilze.taps_label("30")
    await ilze.taps_label("1")
    ilze.sees(f"{S}.offer_overlaps")
    ilze.reads_rest()
    assert await town.rows("select count(*) from expert_slots") == [(2,)]


# --- practice notes ---------------------------------------------------------------------------------------------


@pytest.mark.feature("S2.7")
async def test_a_note_is_written_read_by_others_and_taken_out_by_its_coordinator(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="career_consultant")
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    await marta.says("/partners")
    await marta.taps(f"{B}.notes")
    marta.sees(f"{S}.no_notes_here")
    await marta.taps(f"{B}.write_note")
    await marta.taps(f"{B}.from_here")
    await marta.says("Brokastis kopā")
    await marta.says("Otrdienās gatavojam brokastis.\nNāk arī tie, kas citur nenāk.")
    marta.sees(f"{S}.note_link")
    await marta.says("example.org")
    marta.sees(f"{S}.note_link")
    await marta.taps(f"{B}.without_link")
    assert "Nāk arī tie" in marta.reads_rest()[-1].text
    await ilze.forges(ShowNote(1).pack())
    assert "Nāk arī tie" in ilze.sees(f"{A}.note").text
    await ilze.forges("partnerships.retire:1:1")
    ilze.sees(NOT_YOURS)
    await kaspars.forges(ShowNote(1).pack())
    await kaspars.taps(f"{B}.retire")
    await kaspars.taps(f"{B}.retire_sure")
    kaspars.reads_rest()
    await ilze.forges(ShowNote(1).pack())
    ilze.sees(NOT_YOURS)


@pytest.mark.feature("S2.7")
async def test_practice_from_abroad_stands_apart_with_its_country(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    await marta.says("/partners")
    await marta.taps(f"{B}.notes")
    await marta.taps(f"{B}.write_note")
    await marta.taps(f"{B}.from_abroad")
    await marta.taps_label(marta.words("directory.any.country.at"))
    await marta.says("Ēna pie meistara")
    await marta.says("Trīs dienas darbnīcā.")
    await marta.says("https://example.org/ena")
    assert marta.words("directory.any.country.at") in marta.reads_rest()[-1].text
    await marta.says("/partners")
    await marta.taps(f"{B}.notes")
    marta.sees(f"{S}.no_notes_here")
    await marta.taps(f"{B}.notes_abroad")
    marta.sees(f"{S}.notes_abroad")

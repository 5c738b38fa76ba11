"""Young people look for events themselves: before joining anything, at home or elsewhere, without what they muted."""

import pytest

from bot.events.finding import actions_open as looking
from bot.people.rules import Purpose
from bot.words import Language
from tests.chats.events_held import STARTS, held, invited
from tests.chats.events_talk import OGRE, agrees
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


async def opens(one: Inhabitant) -> str:
    """Their page of what is on."""
    await one.says("/events")
    return one.sees("events.youth.open").text


@pytest.mark.feature("S2.15")
async def test_somebody_who_only_pressed_start_finds_what_is_open_to_all_and_signs_up(town: Town) -> None:
    emma = await town.youth("emma")
    await held(town, municipality=None, listed=True, particulars={"funder": "erasmus_youth", "languages": ["en"]})
    page = await opens(emma)
    assert "Pizza evening" in page
    assert emma.words("events.any.funder.erasmus_youth") in page
    await emma.taps_label("Pizza evening")
    emma.sees("events.youth.why_it_fits")
    await emma.taps("events.youth.button.i_come")
    emma.sees("events.youth.may_we_write")
    assert await town.rows("SELECT id FROM invitations") == []
    await emma.taps("events.youth.button.agree_and_come")
    emma.reads_rest()
    assert await town.rows("SELECT purpose FROM consents") == [("events",)]
    (row,) = await town.rows("SELECT via, answer, seat, invited_at FROM invitations")
    assert tuple(row) == ("found", "yes", "held", None)
    assert emma.words("events.youth.open.answer_yes") in await opens(emma)


async def test_a_place_that_is_looked_at_is_kept_only_if_they_say_so(town: Town) -> None:
    emma = await town.youth("emma")
    event = await held(town, listed=True)
    assert "Pizza evening" not in await opens(emma)
    await emma.taps("events.youth.button.choose_place")
    emma.sees("events.youth.choose_region")
    await emma.taps("directory.any.region.vidzeme")
    emma.sees("events.youth.choose_place")
    await emma.taps("directory.any.place.lv_067")
    assert "Pizza evening" in emma.sees("events.youth.open").text
    assert (await town.person("emma")).municipality is None
    await emma.taps_label("Pizza evening")
    emma.sees("events.youth.for_another_place")
    await emma.taps("events.youth.button.open")
    assert "Pizza evening" in emma.sees("events.youth.open").text, "back in the place they looked at"
    await emma.forges(looking.LookAt(event).pack())
    emma.sees("events.youth.for_another_place")
    await emma.taps("events.youth.button.keep_place")
    emma.sees("events.youth.place_kept")
    assert (await town.person("emma")).municipality == OGRE
    await emma.taps("events.youth.button.open")
    assert "Pizza evening" in emma.sees("events.youth.open").text


@pytest.mark.feature("S2.15")
@pytest.mark.parametrize("language", list(Language))
async def test_without_a_place_it_is_all_of_latvia_and_a_place_can_be_chosen(town: Town, language: Language) -> None:
    emma = await town.youth("emma", language)
    await held(town, municipality=None, listed=True)
    await held(town, listed=True, titles={"lv": "Ogres vakars"})
    page = await opens(emma)
    assert page.splitlines()[0].endswith(emma.words("events.any.fits.everywhere"))
    assert "Ogres vakars" not in page
    assert page.endswith(emma.words("events.youth.open.choose_a_place"))
    assert emma.words("events.youth.button.choose_place") in emma.buttons


async def test_the_reasons_say_why_something_fits_and_the_language_is_the_readers(town: Town) -> None:
    danylo = await agrees(town, "danylo")
    await held(town, listed=True, particulars={"languages": ["uk"]}, terms={"minimum_age": 15, "maximum_age": 29})
    page = await opens(danylo)
    assert "Піца-вечір" in page
    assert danylo.words("directory.any.place.lv_067") in page
    assert "15" in page


async def test_an_invitation_that_waits_stands_among_what_fits(town: Town) -> None:
    anna = await agrees(town, "anna")
    event = await held(town)
    await invited(town, event, "anna", None)
    assert anna.words("events.youth.invited_here") in await opens(anna)
    await anna.taps_label("Picas vakars")
    anna.sees("events.youth.invitation")
    await anna.taps("events.youth.button.mute")
    anna.sees("events.youth.muted_event")


@pytest.mark.feature("G13")
async def test_a_kind_can_be_muted_and_brought_back(town: Town) -> None:
    anna = await agrees(town, "anna")
    await held(town, listed=True)
    assert "Picas vakars" in await opens(anna)
    await anna.taps_label("Picas vakars")
    anna.reads_rest()
    await anna.taps("events.youth.button.mute")
    anna.sees("events.youth.muted_event")
    assert "Picas vakars" not in await opens(anna)
    assert [row.subject for row in await town.rows("SELECT subject FROM mutes")] == ["event:youth_event"]
    await anna.taps("events.youth.button.muted")
    anna.sees("events.youth.muted_list")
    await anna.taps("events.youth.button.unmute")
    anna.sees("events.youth.muted_none")
    assert "Picas vakars" in await opens(anna)


async def test_nothing_to_find_leads_somewhere_and_offers_to_be_invited_once(town: Town) -> None:
    emma = await town.youth("emma")
    await emma.says("/events")
    emma.sees("events.youth.open.nothing_for_all")
    assert emma.words("events.youth.button.choose_place") in emma.buttons
    assert emma.words("people.youth.button.give_events") in emma.buttons
    assert emma.words("people.youth.button.help") in emma.buttons
    await emma.taps("people.youth.button.give_events")
    emma.reads_rest()
    await opens(emma)
    assert emma.words("people.youth.button.give_events") not in emma.buttons
    assert [row.purpose for row in await town.rows("SELECT purpose FROM consents")] == [Purpose.EVENTS.value]


async def test_what_is_not_open_or_of_another_region_is_not_found(town: Town) -> None:
    anna = await agrees(town, "anna")
    hidden = await held(town)
    await held(town, listed=True, municipality="LV-RIX")
    assert "Picas vakars" not in await opens(anna)
    await anna.forges(looking.LookAt(hidden).pack())
    anna.sees("people.youth.not_available")
    await anna.forges(looking.MuteKind(hidden).pack())
    anna.sees("people.youth.not_available")
    await anna.forges(looking.ShowOpen("LV-999", 0).pack())
    anna.sees("people.youth.not_available")


async def test_news_are_listed_by_kind_and_can_be_muted(town: Town) -> None:
    anna = await agrees(town, "anna")
    await held(
        town, listed=True, kind="announcement", place=None, starts_at=STARTS, particulars={"news_of": "training"}
    )
    await opens(anna)
    await anna.taps("events.youth.button.news")
    assert anna.words("events.any.kind.training") in anna.sees("events.youth.news_list").text
    await anna.taps_label("Picas vakars")
    anna.reads_rest()
    await anna.taps("events.youth.button.mute")
    anna.sees("events.youth.muted_news")
    await opens(anna)
    assert anna.words("events.youth.button.news") not in anna.buttons


@pytest.mark.slow
async def test_many_open_events_are_pages_and_no_message_is_too_long(town: Town) -> None:
    anna = await agrees(town, "anna")
    title = {"lv": "Vakars ar ļoti, ļoti garu nosaukumu, kas tiešām ir garš " + "x" * 20}
    for _ in range(12):
        await held(town, listed=True, titles=title, place="y" * 200)
    await opens(anna)
    await anna.taps("events.any.button.list_after")
    anna.sees("events.youth.open")
    await anna.taps("events.any.button.list_after")
    anna.sees("events.youth.open")
    await anna.taps("events.any.button.list_before")
    anna.sees("events.youth.open")


@pytest.mark.feature("S0.8")
async def test_what_else_a_partner_holds_is_one_tap_away(town: Town) -> None:
    anna = await agrees(town, "anna")
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql(
            "INSERT INTO organizations (id, code, name, kind, changed_at) "
            "VALUES (7, 'kauss', 'Jauniešu centrs Kauss', 'youth_centre', 0)"
        )
    first = await held(town, listed=True)
    second = await held(town, listed=True, titles={"lv": "Naktsspēles"})
    for number, event in enumerate((first, second), start=1):
        async with town.open_database() as database, database.write() as db:
            await db.exec_driver_sql(
                "INSERT INTO event_organisers (id, event_id, organization_id, name) "
                f"VALUES ({number}, {event}, 7, 'Jauniešu centrs Kauss')"
            )
    await anna.forges(looking.LookAt(first).pack())
    assert "Jauniešu centrs Kauss" in anna.reads_rest()[-1].text
    await anna.taps("events.youth.button.by_partner")
    assert "Naktsspēles" in anna.sees("events.youth.by_partner").text
    await anna.taps_label("Naktsspēles")
    anna.reads_rest()
    await anna.forges(looking.ShowByPartner(8).pack())
    anna.sees("people.youth.not_available")

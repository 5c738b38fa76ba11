"""What can be told of an event beside its title, text, place and start, set from the page of its draft."""

import pytest
from sqlalchemy import text

from bot.events.event import Kind
from bot.roles import Role
from tests.chats.events_talk import CESIS, OGRE, agrees, event_id, sends, writes
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


@pytest.mark.feature("S2.8")
@pytest.mark.feature("I14")
async def test_particulars_are_set_one_by_one_and_told_to_those_invited(town: Town, kaspars: Inhabitant) -> None:
    emma = await agrees(town, "emma")
    await writes(kaspars)
    await kaspars.taps("events.staff.button.more")
    assert "12. marts, 17:00" in kaspars.sees("events.staff.more").text
    await kaspars.taps("events.staff.section.time")
    await kaspars.taps("events.staff.detail.end")
    kaspars.sees("events.staff.ask_detail.end")
    await kaspars.says("16:00")
    kaspars.sees("events.staff.detail_wrong.end_before_start")
    await kaspars.says("19:30")
    assert "17:00–19:30" in kaspars.sees("events.staff.more").text
    await kaspars.taps("events.any.button.back")
    await kaspars.taps("events.staff.section.there")
    await kaspars.taps("events.staff.detail.cost")
    await kaspars.taps("events.staff.button.free")
    await kaspars.taps("events.staff.detail.spoken")
    await kaspars.taps_label("ukraiņu")
    await kaspars.taps_label("latviešu")
    await kaspars.taps("events.any.button.back")
    await kaspars.taps("events.any.button.back")
    await kaspars.taps("events.staff.section.who")
    await kaspars.taps("events.staff.detail.guardian")
    page = kaspars.sees("events.staff.more").text
    assert "bez maksas" in page
    assert "latviešu, ukraiņu" in page
    await kaspars.taps("events.staff.button.to_draft")
    await sends(kaspars)
    said = emma.sees("events.youth.invitation").text
    for line in ("When: Thu 12 Mar, 17:00–19:30", "Cost: free of charge", "Held in: Latvian, Ukrainian", "guardian"):
        assert line in said


@pytest.mark.feature("I14")
async def test_a_place_on_the_map_reaches_those_invited_alone(town: Town, kaspars: Inhabitant) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo", CESIS)
    await writes(kaspars)
    await kaspars.taps("events.staff.button.more")
    await kaspars.taps("events.staff.section.there")
    await kaspars.taps("events.staff.detail.map")
    kaspars.sees("events.staff.ask_detail.map")
    await kaspars.says("Skolas iela 1")
    kaspars.sees("events.staff.ask_detail.map")
    town.a_moment_passes()
    await kaspars.phone.send_location(56.8168, 24.6056)
    await town.after_a_moment()
    kaspars.sees("events.staff.more")
    await kaspars.taps("events.staff.button.to_draft")
    await sends(kaspars)
    anna.sees("events.youth.invitation")
    _, (_, data) = anna.find_button("events.any.button.map")
    await anna.taps("events.any.button.map")
    anna.sees("events.any.on_the_map")
    await danylo.forges(data)
    danylo.sees("people.youth.not_available")
    anna.reads_rest()


@pytest.mark.feature("S2.15")
async def test_what_the_programme_pays_for_ends_with_its_publicity_line(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    await writes(kaspars)
    await kaspars.taps("events.staff.button.more")
    await kaspars.taps("events.staff.section.frame")
    await kaspars.taps("events.staff.detail.funder")
    await kaspars.taps("events.any.funder.proti_un_dari")
    assert town.settings.publicity_line in kaspars.sees("events.staff.more").text
    await kaspars.taps("events.staff.button.to_draft")
    await sends(kaspars)
    assert anna.sees("events.youth.invitation").text.endswith(town.settings.publicity_line)


@pytest.mark.feature("S1.2")
@pytest.mark.feature("S2.4")
@pytest.mark.feature("S3.3")
async def test_a_meeting_has_an_agenda_with_a_story_of_experience(town: Town, kaspars: Inhabitant) -> None:
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    await writes_kind(kaspars, Kind.WORKING_GROUP_MEETING, "Darba grupa", "Tiekamies klātienē.", "Ogres dome")
    await kaspars.taps("events.staff.button.more")
    await kaspars.taps("events.staff.section.there")
    await kaspars.taps("events.staff.detail.agenda")
    await kaspars.says("Pieredzes stāsts: Valmiera\n\nJautājumi un atbildes")
    await kaspars.taps("events.staff.button.to_draft")
    await kaspars.taps("events.staff.button.change_audience")
    await kaspars.taps_label("○ mentori")
    await kaspars.taps("events.staff.button.onward")
    kaspars.reads_rest()
    await sends(kaspars)
    said = marta.sees("events.staff.invitation").text
    assert "• Pieredzes stāsts: Valmiera\n• Jautājumi un atbildes" in said
    assert "darba grupas sanāksme" in said


@pytest.mark.feature("S3.4")
async def test_a_video_conference_is_asked_for_its_link_and_not_for_a_place(town: Town, kaspars: Inhabitant) -> None:
    await kaspars.says("/event")
    await kaspars.taps("events.staff.button.kind_video_conference")
    await kaspars.taps("people.any.button.language_lv")
    await kaspars.says("Videosaruna")
    await kaspars.says("Par mobilo darbu.")
    kaspars.reads_rest()
    await kaspars.says("zoom.us/j/1")
    kaspars.sees("events.staff.link_wrong")
    await kaspars.says("https://zoom.us/j/1")
    kaspars.sees("events.staff.ask_when")
    rows = await town.rows("select place, particulars from events")
    assert [tuple(row) for row in rows] == [(None, '{"link": "https://zoom.us/j/1"}')]


@pytest.mark.feature("S3.7")
async def test_news_are_of_a_kind_of_use_until_a_day_and_ask_for_no_answer(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    await kaspars.says("/event")
    await kaspars.taps("events.staff.button.kind_announcement")
    await kaspars.taps("people.any.button.language_lv")
    kaspars.sees("events.staff.ask_news_of")
    await kaspars.taps("events.staff.button.kind_training")
    kaspars.sees("events.staff.ask_title")
    await kaspars.says("Apmācības Siguldā")
    await kaspars.says("Piesakies JSPA mājaslapā.")
    kaspars.sees("events.staff.ask_when_news")
    await kaspars.says("12.3. 17:00")
    await kaspars.taps("events.staff.button.onward")
    await kaspars.taps("events.staff.button.onward")
    assert kaspars.sees("events.staff.draft").text.count("Aktuāli līdz") == 1
    await sends(kaspars)
    assert "Veids: mācības\nAktuāli līdz" in anna.sees("events.youth.tidings").text
    assert anna.words("events.any.button.yes") not in anna.buttons


@pytest.mark.feature("S2.12")
async def test_coaching_is_for_those_of_the_training_and_its_audience_follows(town: Town, kaspars: Inhabitant) -> None:
    emma, danylo = await agrees(town, "emma"), await agrees(town, "danylo")
    await writes(kaspars)
    await sends(kaspars)
    training = await event_id(town)
    await emma.taps("events.any.button.yes")
    emma.reads_rest()
    async with town.open_database() as database, database.write() as db:
        await db.execute(text("update invitations set came_at = '2026-03-01 10:00:00' where answer = 'yes'"))
    await writes(kaspars)
    await kaspars.taps("events.staff.button.more")
    await kaspars.taps("events.staff.section.who")
    await kaspars.taps("events.staff.detail.after")
    await kaspars.taps_label("○ Picas vakars")
    kaspars.sees("events.staff.ask_detail.after")
    await kaspars.taps("events.any.button.back")
    await kaspars.taps("events.staff.button.to_draft")
    kaspars.sees("events.staff.draft")
    rows = await town.rows("select terms from events where state = 'draft'")
    assert [tuple(row) for row in rows] == [(f'{{"after": [{training}]}}',)]
    danylo.reads_rest()
    await kaspars.taps("events.staff.button.send")
    await kaspars.taps("events.staff.button.send_sure_some")
    kaspars.reads_rest()
    assert "took part in the earlier event" in emma.sees("events.youth.invitation").text
    danylo.sees_nothing()


async def test_a_copy_of_an_earlier_event_keeps_all_but_its_dates(town: Town, kaspars: Inhabitant) -> None:
    await agrees(town, "anna")
    await writes(kaspars)
    await sends(kaspars)
    await kaspars.says("/event")
    await kaspars.taps("events.staff.button.copy")
    kaspars.sees("events.staff.choose_earlier")
    await kaspars.taps_label("Picas vakars · 12.03.2026.")
    kaspars.sees("events.staff.ask_when")
    await kaspars.says("19.3. 17:00")
    assert "Піца" not in kaspars.sees("events.staff.draft").text
    rows = await town.rows("select titles, place, ends_at, state from events order by id")
    assert rows[0][:3] == rows[1][:3]
    town.people["anna"].reads_rest()


async def test_nobody_copies_an_event_of_another_municipality(town: Town, kaspars: Inhabitant) -> None:
    zigrida = await town.staff("zigrida", Role.COORDINATOR, CESIS)
    await agrees(town, "anna")
    await writes(kaspars)
    await sends(kaspars)
    await zigrida.says("/event")
    await zigrida.taps("events.staff.button.copy")
    zigrida.sees("events.staff.none_earlier")
    await zigrida.forges(f"events.copy:{await event_id(town)}")
    zigrida.sees("people.staff.not_available")
    town.people["anna"].reads_rest()


async def writes_kind(coordinator: Inhabitant, kind: Kind, title: str, details: str, place: str) -> None:
    """An invitation to an event of that kind, up to the page of the draft."""
    await coordinator.says("/event")
    await coordinator.taps(f"events.staff.button.kind_{kind.value}")
    await coordinator.taps("people.any.button.language_lv")
    for line in (title, details, place, "12.3. 17:00"):
        await coordinator.says(line)
    await coordinator.taps("events.staff.button.onward")
    await coordinator.taps("events.staff.button.onward")
    coordinator.reads_rest()


@pytest.mark.feature("I2")
async def test_an_event_in_two_languages_is_asked_for_its_cost_in_both(town: Town, kaspars: Inhabitant) -> None:
    danylo, emma = await agrees(town, "danylo"), await agrees(town, "emma")
    await writes(kaspars)
    await kaspars.taps("events.staff.button.more")
    await kaspars.taps("events.staff.section.there")
    await kaspars.taps("events.staff.detail.cost")
    await kaspars.says("5 € par autobusu")
    kaspars.sees("events.staff.ask_further")
    await kaspars.says("5 € за автобус")
    kaspars.sees("events.staff.more")
    await kaspars.taps("events.staff.detail.travel")
    await kaspars.says("Autobuss no Ogres")
    kaspars.sees("events.staff.ask_further")
    await kaspars.taps("events.staff.button.keep")
    kaspars.sees("events.staff.more")
    await kaspars.taps("events.staff.button.to_draft")
    await sends(kaspars)
    said = danylo.sees("events.youth.invitation").text
    assert "5 € за автобус" in said
    assert "Autobuss no Ogres" in said
    assert "5 € par autobusu" in emma.sees("events.youth.invitation").text

"""One event in several places: written as lines, sent as one message, signed up for in one place."""

import pytest

from bot.events.event import Reply
from bot.roles import Role
from tests.chats.events_talk import CESIS, OGRE, agrees, event_id, sends
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

SESSIONS = """
Ogre; Jauniešu centrs; 12.3. 10:00; 1
Cēsis; Bērzaines iela 5; 14.3. 10:00
Liepāja; Kūrmājas prospekts 11; 13.3. 10:00
"""


@pytest.fixture
async def dace(town: Town) -> Inhabitant:
    """The coordinator of the whole country."""
    return await town.staff("dace", Role.COORDINATOR, None)


async def writes_seminar(dace: Inhabitant) -> None:
    """A seminar for young people of all Latvia, up to the page of its sessions."""
    await dace.says("/event")
    await dace.taps("events.staff.button.kind_seminar")
    await dace.taps("people.any.button.language_lv")
    for line in ("Seminārs par jaunatnes darbu", "Runāsim par to, kas izdodas.", "Rīga", "1.3.2027 10:00"):
        await dace.says(line)
    dace.reads_rest()


@pytest.mark.feature("S3.10")
async def test_a_series_is_one_message_with_the_nearest_place_first(town: Town, dace: Inhabitant) -> None:
    anna = await agrees(town, "anna", OGRE)
    danylo = await agrees(town, "danylo", CESIS)
    await writes_seminar(dace)
    await dace.taps("events.staff.button.onward")
    await dace.taps("events.staff.button.all_latvia")
    await dace.taps("events.staff.button.onward")
    dace.reads_rest()
    await dace.taps("events.staff.button.sessions")
    dace.sees("events.staff.ask_sessions")
    await dace.says(SESSIONS)
    assert "vietas: 1" in dace.sees("events.staff.sessions").text
    await dace.taps("events.any.button.back")
    await sends(dace)

    to_anna = anna.sees("events.youth.invitation").text
    assert to_anna.index("Ogre") < to_anna.index("Cēsis") < to_anna.index("Liepāja")
    assert len([one for one in anna.buttons if "10:00" in one]) == 3
    assert "Цесіс" in danylo.sees("events.youth.invitation").text.split("•")[1]
    await anna.taps_label("Ogre, ceturtd., 12. marts, 10:00")
    assert "Jauniešu centrs" in anna.sees("events.youth.invitation").text
    await danylo.taps_label(danylo.buttons[0])
    danylo.reads_rest()
    rows = await town.rows(
        "select e.place, i.answer, i.seat from invitations i join events e on e.id = i.event_id "
        "where i.answer is not null order by e.starts_at"
    )
    assert ("Jauniešu centrs", Reply.YES.value, "held") == tuple(rows[0])
    assert len(rows) == 2
    states = await town.rows("select distinct state from events")
    assert [tuple(row) for row in states] == [("sent",)]


@pytest.mark.feature("S3.10")
async def test_what_is_wrong_in_a_line_is_named_and_nothing_is_kept(town: Town, dace: Inhabitant) -> None:
    await writes_seminar(dace)
    await dace.taps("events.staff.button.onward")
    await dace.taps("events.staff.button.all_latvia")
    await dace.taps("events.staff.button.onward")
    await dace.taps("events.staff.button.sessions")
    dace.reads_rest()
    await dace.says("Ogre; Jauniešu centrs; 12.3. 10:00\nNekurene; Zāle; 13.3. 10:00\nCēsis; 14.3. 10:00")
    said = dace.sees("events.staff.sessions_wrong").text
    assert "2. rinda" in said
    assert "3. rinda" in said
    assert "1. rinda" not in said
    assert len(await town.rows("select id from events")) == 1


@pytest.mark.feature("S3.10")
async def test_a_session_taken_out_leaves_one_event_again(town: Town, dace: Inhabitant) -> None:
    await writes_seminar(dace)
    await dace.taps("events.staff.button.onward")
    await dace.taps("events.staff.button.all_latvia")
    await dace.taps("events.staff.button.onward")
    await dace.taps("events.staff.button.sessions")
    await dace.says("Ogre; Jauniešu centrs; 12.3. 10:00\nCēsis; Zāle; 13.3. 10:00")
    dace.reads_rest()
    await dace.taps_label("✕ Ogre")
    dace.reads_rest()
    await dace.taps("events.any.button.back")
    assert "Zāle" in dace.sees("events.staff.draft").text
    rows = await town.rows("select state, series_id from events order by id")
    assert [tuple(row) for row in rows] == [("draft", None), ("discarded", None)]
    assert await event_id(town) == 2


# --- cycles ---


@pytest.mark.feature("S2.1")
@pytest.mark.feature("S2.14")
async def test_a_new_version_of_a_cycle_is_told_to_those_who_come_to_its_events(town: Town, dace: Inhabitant) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    await dace.says("/cycles")
    dace.sees("events.staff.no_cycles")
    await dace.taps("events.staff.button.new_cycle")
    dace.sees("events.staff.ask_cycle")
    await dace.says("Būt kopā")
    await dace.taps("events.staff.button.cycle_dates")
    dace.reads_rest()
    await dace.says("31.7.2027 - 1.7.2026")
    dace.sees("events.staff.cycle_wrong.reversed")
    await dace.says("1.7.2026 - 31.7.2027")
    dace.sees("events.staff.cycle_confirm")
    await dace.taps("events.staff.button.cycle_sure")
    await writes_seminar(dace)
    for key in ("button.onward", "button.all_latvia", "button.onward", "button.more", "section.frame", "button.cycle"):
        await dace.taps(f"events.staff.{key}")
    await dace.taps_label("○ Būt kopā")
    await dace.taps("events.staff.button.to_draft")
    await sends(dace)
    anna.reads_rest()
    danylo.reads_rest()
    await anna.taps("events.any.button.yes")
    anna.reads_rest()

    await dace.says("/cycles")
    await dace.taps_label("Būt kopā")
    await dace.taps("events.staff.button.cycle_countries")
    dace.reads_rest()
    await dace.says("LV, XX")
    dace.sees("events.staff.cycle_wrong.unknown_country")
    await dace.says("lv, ee, cz")
    dace.sees("events.staff.cycle_confirm")
    message, (_, data) = dace.find_button("events.staff.button.cycle_sure")
    await dace.taps("events.staff.button.cycle_sure")
    assert "Versija: 3" in dace.sees("events.staff.cycle").text
    await dace.taps_old(message.id, data)
    dace.reads_rest()
    assert [tuple(row) for row in await town.rows("select version from event_series")] == [(3,)]
    said = anna.sees("events.youth.cycle_changed").text
    assert "valstis vēl nav zināmas" in said
    assert "Latvija, Igaunija, Čehija" in said
    danylo.sees_nothing()


@pytest.mark.feature("S2.1")
async def test_only_coordinators_of_the_whole_country_lead_cycles(town: Town, dace: Inhabitant) -> None:
    await dace.says("/cycles")
    _, (_, new) = dace.find_button("events.staff.button.new_cycle")
    await dace.taps("events.staff.button.new_cycle")
    await dace.says("Būt kopā")
    _, (_, dates) = dace.find_button("events.staff.button.cycle_dates")
    dace.reads_rest()
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    await kaspars.says("/cycles")
    assert kaspars.buttons == ["Būt kopā", kaspars.words("events.staff.button.events")]
    kaspars.reads_rest()
    for data in (new, dates):
        await kaspars.forges(data)
        kaspars.sees("people.staff.not_available")

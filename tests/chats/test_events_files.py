"""Files and organisers of an event: put together by its coordinator, and brought to those whom they are for."""

import pytest
from sqlalchemy import insert, update

from bot.events.audience import Group
from bot.events.event import State
from bot.events.files.actions_files import AddFile, GetFile, Purpose, ShowFiles, ShowOrganisers
from bot.events.going_out.actions_sending import Open, SendToMe
from bot.events.signup.actions_guests import ShowInvitation
from bot.events.writing.actions_writing import Ask
from bot.events.writing.drafts import Step
from bot.roles import Role
from bot.storage.tables import events, invitations, organizations
from bot.words import Language
from tests.chats.events_talk import CESIS, OGRE, agrees, event_id, sends, writes
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town

S = "events.staff"
PDF = b"%PDF-1.7\nprogramme"
PICTURE = b"\xff\xd8\xff\xe0 picture"


async def wrote(town: Town) -> Inhabitant:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    await writes(kaspars)
    return kaspars


async def attaches(coordinator: Inhabitant, name: str = "Programma.pdf", content: bytes = PDF) -> None:
    await coordinator.taps(f"{S}.button.files")
    await coordinator.taps(f"{S}.button.add_with")
    await coordinator.sends_file(name, content)


async def files(town: Town) -> list[tuple[str, str, str]]:
    return [tuple(row) for row in await town.rows("SELECT purpose, title, name FROM event_files ORDER BY id")]


@pytest.mark.feature("I2")
async def test_a_pdf_is_attached_and_named(town: Town) -> None:
    kaspars = await wrote(town)
    await attaches(kaspars)
    kaspars.reads_rest()
    assert await files(town) == [("with", "Programma", "Programma.pdf")]
    await kaspars.taps(f"{S}.button.name_file")
    kaspars.sees(f"{S}.file_name_it")
    await kaspars.says("Dienas kārtība")
    assert "Dienas kārtība" in kaspars.sees(f"{S}.files_with").text
    await kaspars.taps_label("✕ Dienas kārtība")
    kaspars.sees(f"{S}.files_none_with")
    assert await files(town) == []
    assert await town.rows("SELECT id FROM received_files") == []


async def test_a_photo_is_attached_like_a_file(town: Town) -> None:
    kaspars = await wrote(town)
    await kaspars.forges(ShowFiles(await event_id(town), Purpose.WITH).pack())
    await kaspars.taps(f"{S}.button.add_with")
    await kaspars.phone.send_photo(PICTURE)
    await town.after_a_moment()
    kaspars.reads_rest()
    assert await files(town) == [("with", "JPG", "file.jpg")]


async def test_a_picture_sent_before_any_button_is_pressed_is_attached_as_well(town: Town) -> None:
    kaspars = await wrote(town)
    await kaspars.forges(ShowFiles(await event_id(town), Purpose.WITH).pack())
    await kaspars.phone.send_photo(PICTURE)
    await town.after_a_moment()
    kaspars.reads_rest()
    assert await files(town) == [("with", "JPG", "file.jpg")]


async def test_a_sample_to_oneself_shows_the_files_below_the_answers_too(town: Town) -> None:
    kaspars = await wrote(town)
    await attaches(kaspars)
    await kaspars.forges(SendToMe(await event_id(town), Language.LV, Group.YOUTH).pack())
    await kaspars.taps_label("Programma (PDF)")
    kaspars.sees(f"{S}.only_a_sample")


async def test_what_only_says_that_it_is_a_pdf_is_not_attached(town: Town) -> None:
    kaspars = await wrote(town)
    await attaches(kaspars, "Programma.pdf", b"MZ\x90\0 setup")
    kaspars.sees(f"{S}.file_arrived")
    kaspars.sees(f"{S}.file_unknown")
    kaspars.reads_rest()
    assert await files(town) == []


async def test_there_are_at_most_five_and_each_once(town: Town) -> None:
    kaspars = await wrote(town)
    await attaches(kaspars)
    for number in range(5):
        await kaspars.sends_file(f"Lapa {number}.png", b"\x89PNG\r\n\x1a\n" + bytes([number]))
    kaspars.sees(f"{S}.files_enough")
    kaspars.reads_rest()
    assert len(await files(town)) == 5


@pytest.mark.feature("I2", "S3.11")
async def test_a_guest_gets_the_file_and_a_stranger_does_not(town: Town) -> None:
    anna = await agrees(town, "anna")
    danylo = await agrees(town, "danylo", CESIS)
    kaspars = await wrote(town)
    await kaspars.taps(f"{S}.button.organisers")
    await kaspars.taps(f"{S}.button.type_organiser")
    await kaspars.says("Biedrība „Ceļš”")
    await kaspars.forges(Ask(await event_id(town), Step.PAGE).pack())
    await attaches(kaspars)
    await kaspars.forges(Ask(await event_id(town), Step.PAGE).pack())
    await sends(kaspars)
    await town.tick()
    assert "Biedrība „Ceļš”" in anna.reads_rest()[-1].text
    number = (await town.rows("SELECT id FROM event_files"))[0].id
    await anna.taps_label("Programma (PDF)")
    anna.sees("events.youth.file_comes")
    brought = anna.sees("events.any.file_title").attachment
    assert brought is not None
    assert (brought.name, brought.content) == ("Programma.pdf", PDF)
    await danylo.forges(GetFile(number).pack())
    danylo.sees("people.youth.not_available")
    kaspars.reads_rest()


@pytest.mark.feature("S1.2")
async def test_materials_are_for_those_who_came(town: Town) -> None:
    anna = await agrees(town, "anna")
    kaspars = await wrote(town)
    await sends(kaspars)
    await town.tick()
    await anna.taps("events.any.button.yes")
    anna.reads_rest()
    kaspars.reads_rest()
    await kaspars.forges(Open(await event_id(town)).pack())
    await kaspars.taps(f"{S}.button.materials")
    await kaspars.taps(f"{S}.button.add_after")
    await kaspars.sends_file("Slaidi.pdf", PDF)
    await kaspars.forges(ShowFiles(await event_id(town), Purpose.AFTER).pack())
    await kaspars.taps(f"{S}.button.add_after")
    await kaspars.says("http://example.org/nav")
    kaspars.sees(f"{S}.file_send_after")
    await kaspars.says("https://example.org/slaidi")
    await kaspars.says("Slaidi tīmeklī")
    kaspars.sees(f"{S}.files_after")
    kaspars.reads_rest()
    assert [title for _, title, _ in await files(town)] == ["Slaidi", "Slaidi tīmeklī"]
    number = (await town.rows("SELECT id FROM event_files WHERE name IS NOT NULL"))[0].id
    await anna.forges(GetFile(number).pack())
    anna.sees("people.youth.not_available")
    await came(town)
    await anna.forges(GetFile(number).pack())
    anna.sees("events.youth.file_comes")
    anna.sees("events.any.file_title")


async def test_where_nobody_noted_who_came_materials_are_for_whoever_was_expected(town: Town) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    kaspars = await wrote(town)
    await sends(kaspars)
    await town.tick()
    await anna.taps("events.any.button.yes")
    await danylo.taps("events.any.button.maybe")
    await kaspars.forges(AddFile(await event_id(town), Purpose.AFTER).pack())
    await kaspars.sends_file("Slaidi.pdf", PDF)
    for one in (anna, danylo, kaspars):
        one.reads_rest()
    number = (await town.rows("SELECT id FROM event_files"))[0].id
    await begins(town)
    await anna.forges(GetFile(number).pack())
    anna.sees("events.youth.file_comes")
    anna.sees("events.any.file_title")
    await danylo.forges(GetFile(number).pack())
    danylo.sees("people.youth.not_available")


async def begins(town: Town) -> None:
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(events).values(starts_at=town.clock.now()))


async def came(town: Town) -> None:
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(invitations).values(came_at=town.clock.now()))


@pytest.mark.feature("X43")
async def test_nobody_attaches_to_the_draft_of_another(town: Town) -> None:
    await wrote(town)
    liga = await town.staff("dace", Role.COORDINATOR, CESIS)
    await liga.forges(ShowFiles(await event_id(town), Purpose.WITH).pack())
    liga.sees("people.staff.not_available")
    await liga.forges(ShowOrganisers(await event_id(town)).pack())
    liga.sees("people.staff.not_available")


# --- organisers ----------------------------------------------------------------------------------------------------


async def listed(town: Town) -> None:
    """Two partners in Ogre and one in Cēsis."""
    async with town.open_database() as database, database.write() as db:
        for number, (name, place) in enumerate(
            [("Ogres jauniešu centrs", OGRE), ("Ogres bibliotēka", OGRE), ("Cēsu nams", CESIS)], start=1
        ):
            row = {"id": number, "code": f"p{number}", "name": name, "kind": "youth_centre", "municipality": place}
            await db.execute(insert(organizations).values(**row, changed_at=START))


async def organisers(town: Town) -> list[tuple[str, int | None]]:
    return [tuple(row) for row in await town.rows("SELECT name, organization_id FROM event_organisers ORDER BY id")]


@pytest.mark.feature("S3.11")
async def test_partners_of_the_directory_and_others_hold_one_event(town: Town) -> None:
    kaspars = await wrote(town)
    await listed(town)
    await kaspars.taps(f"{S}.button.organisers")
    await kaspars.taps(f"{S}.button.partners")
    assert "Cēsu nams" not in kaspars.buttons
    await kaspars.taps_label("Ogres bibliotēka")
    await kaspars.taps(f"{S}.button.type_organiser")
    await kaspars.says("Biedrība „Ceļš”")
    assert "Biedrība „Ceļš”" in kaspars.sees(f"{S}.organisers").text
    kaspars.reads_rest()
    assert await organisers(town) == [("Ogres bibliotēka", 2), ("Biedrība „Ceļš”", None)]
    await kaspars.taps_label("✕ Ogres bibliotēka")
    kaspars.reads_rest()
    assert await organisers(town) == [("Biedrība „Ceļš”", None)]


@pytest.mark.feature("S3.11")
async def test_a_name_like_a_partners_can_become_that_partner(town: Town) -> None:
    kaspars = await wrote(town)
    await listed(town)
    await kaspars.forges(ShowOrganisers(await event_id(town)).pack())
    await kaspars.taps(f"{S}.button.type_organiser")
    await kaspars.says("jauniešu centrs")
    kaspars.sees(f"{S}.organiser_alike")
    await kaspars.taps_label("Ogres jauniešu centrs")
    kaspars.reads_rest()
    assert await organisers(town) == [("Ogres jauniešu centrs", 1)]


@pytest.mark.feature("S3.11")
async def test_a_partner_typed_by_its_whole_name_is_that_partner(town: Town) -> None:
    kaspars = await wrote(town)
    await listed(town)
    await kaspars.forges(ShowOrganisers(await event_id(town)).pack())
    for _ in range(2):
        await kaspars.taps(f"{S}.button.type_organiser")
        await kaspars.says("ogres BIBLIOTĒKA")
    kaspars.reads_rest()
    assert await organisers(town) == [("ogres BIBLIOTĒKA", 2)]


@pytest.mark.feature("I2", "S3.11")
async def test_organisers_and_files_change_once_it_is_out_and_nobody_is_told(town: Town) -> None:
    anna = await agrees(town, "anna")
    kaspars = await wrote(town)
    await sends(kaspars)
    await town.tick()
    anna.sees("events.youth.invitation")
    kaspars.reads_rest()
    number = await event_id(town)
    await kaspars.forges(Open(number).pack())
    await attaches(kaspars)
    await kaspars.forges(Open(number).pack())
    await kaspars.taps(f"{S}.button.organisers")
    await kaspars.taps(f"{S}.button.type_organiser")
    await kaspars.says("Biedrība „Ceļš”")
    kaspars.reads_rest()
    assert await files(town) == [("with", "Programma", "Programma.pdf")]
    anna.sees_nothing()
    await anna.forges(ShowInvitation(number).pack())
    assert "Biedrība „Ceļš”" in anna.sees("events.youth.invitation").text
    assert any("Programma" in label for label in anna.buttons)


async def test_while_it_goes_out_nothing_is_put_to_what_somebody_looked_at(town: Town) -> None:
    kaspars = await wrote(town)
    number = await event_id(town)
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(events).values(state=State.STOPPED.value))
    await kaspars.forges(ShowFiles(number, Purpose.WITH).pack())
    kaspars.sees(f"{S}.event")
    await kaspars.forges(ShowOrganisers(number).pack())
    kaspars.sees_nothing()  # the same page again

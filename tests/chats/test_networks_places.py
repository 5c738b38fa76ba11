"""What is known of municipalities, their papers, and the news that staff get."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from bot.networks.actions_places import CoverageTable, NoteIt, ShowPlace
from bot.networks.network import Subject, Value
from bot.roles import Role
from bot.storage.tables import events
from tests.chats.networks_talk import CESIS, OGRE, B, S, dace_leads, network_of
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


@pytest.mark.feature("S3.12")
async def test_a_coordinator_notes_how_it_stands_and_what_stood_before_is_kept(town: Town, kaspars: Inhabitant) -> None:
    await kaspars.forges(ShowPlace(OGRE).pack())
    assert kaspars.words("networks.any.value.unknown") in kaspars.sees(f"{S}.not_known").text
    await kaspars.taps(f"{B}.plan.no")
    kaspars.sees(f"{S}.ask_day")
    await kaspars.says("1.3.2027")
    kaspars.sees(f"{S}.day_unclear")
    await kaspars.says("1.6.2024")
    kaspars.reads_rest()
    await kaspars.taps(f"{B}.plan.yes")
    await kaspars.taps_label("2026")
    page = kaspars.sees(f"{S}.known").text
    assert "Kaspars" in page
    await kaspars.taps(f"{B}.history")
    kaspars.sees(f"{S}.history")
    rows = await town.rows("SELECT value, as_of FROM coverage ORDER BY id")
    assert [row.value for row in rows] == ["no", "yes"]


@pytest.mark.feature("S3.12")
async def test_nobody_notes_anything_of_a_place_that_is_not_theirs(town: Town, kaspars: Inhabitant) -> None:
    await kaspars.forges(NoteIt(CESIS, Subject.PLAN, Value.NO, town.clock.now().date()).pack())
    kaspars.sees("people.staff.not_available")
    assert await town.rows("SELECT id FROM coverage") == []


@pytest.mark.feature("S3.12")
async def test_the_table_and_the_map_come_in_the_readers_language(town: Town, kaspars: Inhabitant) -> None:
    oksana = await town.staff("oksana", Role.MENTOR, OGRE)
    await kaspars.forges(NoteIt(OGRE, Subject.YOUTH_WORK, Value.YES, town.clock.now().date()).pack())
    kaspars.reads_rest()
    await oksana.says("/network")
    await oksana.taps(f"{B}.municipalities")
    oksana.sees(f"{S}.country")
    await oksana.taps(f"{B}.table")
    table = oksana.sees(f"{S}.table_ready")
    assert table.attachment is not None
    sheet = load_workbook(BytesIO(table.attachment.content)).worksheets[0]
    assert sheet.max_row == 43
    ogre = oksana.words("directory.any.place.lv_067")
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[1] == ogre]
    assert row[2] == oksana.words("networks.any.value.yes")
    assert row[5] == oksana.words("networks.any.value.unknown")
    await oksana.taps(f"{B}.map.youth_work")
    picture = oksana.sees(f"{S}.map_ready")
    assert picture.attachment is not None
    assert picture.attachment.content.startswith(b"\x89PNG")


@pytest.mark.feature("S3.1")
async def test_a_name_from_before_2021_finds_the_municipality_of_today(town: Town, kaspars: Inhabitant) -> None:
    await kaspars.says("/network")
    await kaspars.taps(f"{B}.municipalities")
    await kaspars.says("Ķeguma novads")
    page = kaspars.sees(f"{S}.was_before").text
    assert kaspars.words("directory.any.place.lv_067") in page
    assert "Lielvārdes novads" in page


@pytest.mark.feature("S3.15")
async def test_municipalities_are_read_by_planning_region(town: Town, kaspars: Inhabitant) -> None:
    await kaspars.says("/network")
    await kaspars.taps(f"{B}.municipalities")
    await kaspars.taps("directory.any.region.vidzeme")
    page = kaspars.sees(f"{S}.region").text
    assert page.count(kaspars.words("networks.any.value.unknown")) >= 20


@pytest.mark.feature("S3.6")
async def test_a_file_is_put_up_read_by_others_replaced_and_taken_down(town: Town, kaspars: Inhabitant) -> None:
    marta = await town.staff("marta", Role.MENTOR, CESIS)
    await kaspars.forges(ShowPlace(OGRE).pack())
    await kaspars.taps(f"{B}.add_paper")
    await kaspars.sends_file("shema.pdf", b"%PDF viens")
    assert "shema" in kaspars.sees(f"{S}.paper").text
    await marta.forges(ShowPlace(OGRE).pack())
    assert "02.03.2026., pievienoja Kaspars" in marta.sees(f"{S}.papers").text
    await marta.taps_label("shema")
    await marta.taps(f"{B}.get_paper")
    here = marta.sees(f"{S}.paper_here")
    assert here.attachment is not None
    assert here.attachment.content == b"%PDF viens"
    await kaspars.taps(f"{B}.replace_paper")
    await kaspars.says("http://ogre.lv")
    kaspars.sees(f"{S}.no_address")
    await kaspars.says("https://ogre.lv/jaunatne")
    assert "https://ogre.lv/jaunatne" in kaspars.sees(f"{S}.paper").text
    await kaspars.taps(f"{B}.retire_paper")
    kaspars.sees(f"{S}.paper_retired")
    rows = await town.rows("SELECT title, retired_at IS NULL AS up FROM municipality_files ORDER BY id")
    assert [tuple(row) for row in rows] == [("shema", 0), ("shema", 0)]


@pytest.mark.feature("S3.13")
async def test_the_way_to_youth_organisations_leads_into_the_directory(town: Town) -> None:
    dace = await dace_leads(town)
    await network_of(town, "dace")
    await dace.says("/network")
    await dace.taps_label("Darba grupa")
    await dace.taps(f"{B}.organizations")
    dace.sees("directory.staff.found_none")


@pytest.mark.feature("S3.7")
async def test_staff_choose_by_kind_what_news_they_get(town: Town, kaspars: Inhabitant) -> None:
    await kaspars.says("/menu")
    kaspars.reads_rest()
    await kaspars.forges("events.news")
    kaspars.sees("events.staff.news")
    await kaspars.taps_label(kaspars.words("events.any.kind.training"))
    kaspars.sees("events.staff.news")
    assert [row.subject for row in await town.rows("SELECT subject FROM mutes")] == ["news:training"]
    await kaspars.taps_label(kaspars.words("events.any.kind.training"))
    kaspars.reads_rest()
    assert await town.rows("SELECT subject FROM mutes") == []


@pytest.mark.feature("S3.7")
async def test_who_got_news_mutes_others_like_it_and_gets_no_more_of_the_kind(town: Town, kaspars: Inhabitant) -> None:
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    await news_goes_out(town, "Mācības Rīgā")
    assert "Mācības Rīgā" in marta.sees("events.staff.tidings").text
    await marta.taps("events.any.button.mute_news")
    marta.sees("events.staff.news_muted")
    await news_goes_out(town, "Mācības Valmierā")
    marta.sees_nothing()
    await marta.taps("events.any.button.unmute_news")
    marta.sees("events.staff.news_again")
    await news_goes_out(town, "Mācības Liepājā")
    marta.sees("events.staff.tidings")
    kaspars.reads_rest()


async def news_goes_out(town: Town, title: str) -> None:
    """News of a training, for the mentors of Ogre."""
    now = town.clock.now()
    kept = {"groups": ["mentors"]}
    texts = {"language": "lv", "titles": {"lv": title}, "details": {"lv": "Piesakās pie rīkotājiem."}}
    told = {"particulars": {"news_of": "training"}, "terms": {}, "audience": kept}
    times = {"starts_at": now + timedelta(days=9), "created_at": now, "sent_at": now}
    async with town.open_database() as database, database.write() as db:
        await db.execute(
            insert(events).values(state="sending", kind="announcement", municipality=OGRE, **texts, **told, **times)
        )
    await town.tick()


async def test_whoever_waits_for_the_table_can_go_on_meanwhile(town: Town, kaspars: Inhabitant) -> None:
    await kaspars.forges(CoverageTable().pack())
    kaspars.sees(f"{S}.being_made")
    await kaspars.taps(f"{B}.municipalities")
    kaspars.sees(f"{S}.country")
    kaspars.reads_rest()

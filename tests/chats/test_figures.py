"""The figures: counted from the first tap to the outcome, shown to whose they are, with nobody to be made out."""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from PIL import Image
from sqlalchemy import insert

from bot.outreach.actions import ShowFigures, ShowSource
from bot.outreach.funnel import ASKED, week_of
from bot.roles import Role
from bot.screening.chat_figures import ShowPlaceFigures
from bot.storage.tables import reached, sources
from tests.chats.casework import asks_for_contact, joins, opens_case
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town

F = "outreach.staff.figures"
OGRE, TUKUMS = "LV-067", "LV-099"

THIS_WEEK = week_of(START)
LAST_WEEK = week_of(START - timedelta(days=7))


async def stages(town: Town) -> list[tuple[str, str | None]]:
    """What was counted, by stage and code of the source."""
    rows = await town.rows(
        "SELECT r.stage, s.code FROM reached r LEFT JOIN sources s ON s.id = r.source_id ORDER BY r.id"
    )
    return [(row[0], row[1]) for row in rows]


async def a_source(town: Town, municipality: str | None, name: str | None, week: date = LAST_WEEK, **came: int) -> int:
    """A source of that municipality, by which so many people came in that week and reached these stages."""
    async with town.open_database() as database, database.write() as db:
        made = {"code": f"s-{name}-{municipality}", "municipality": municipality, "name": name}
        new = insert(sources).values(**made, created_at=START - timedelta(days=14)).returning(sources.c.id)
        source = (await db.execute(new)).scalar_one()
        rows = [
            {"source_id": source, "stage": stage.replace("asked_", ASKED), "week": week}
            for stage, number in came.items()
            for _ in range(number)
        ]
        if rows:
            await db.execute(insert(reached), rows)
    return int(source)


def the_table(person: Inhabitant) -> Mapping[str, Mapping[str, str]]:
    """The newest table that this person was sent: row -> column -> cell."""
    sent = next(m for m in reversed(person.phone.messages) if m.attachment and m.attachment.name.endswith(".csv"))
    assert sent.attachment is not None
    head, *rows = csv.reader(StringIO(sent.attachment.content.decode("utf-8-sig")), delimiter=";")
    return {row[0]: dict(zip(head, row, strict=True)) for row in rows}


def the_picture(person: Inhabitant) -> Image.Image:
    sent = next(m for m in reversed(person.phone.messages) if m.attachment and m.attachment.name.endswith(".png"))
    assert sent.attachment is not None
    return Image.open(BytesIO(sent.attachment.content))


# --- counting ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("A1")
async def test_the_source_stays_with_somebody_from_the_first_tap_to_the_outcome(town: Town) -> None:
    liene, marta = await town.staff("liene", Role.LEAD), await town.staff("marta", Role.MENTOR)
    anna = town.newcomer("anna")
    await anna.says("/start ogre")
    await anna.taps("people.any.button.language_lv")
    await asks_for_contact(anna)
    await liene.taps("programme.staff.button.choose_mentor")
    await liene.taps_label("Marta")
    await joins(liene, town, "anna")
    await opens_case(liene, town, "anna")
    for key in ("button.close", "button.outcomes.learning"):
        await liene.taps(f"programme.staff.{key}")
    await liene.taps("programme.any.outcome.training_nonformal")
    await liene.taps("programme.staff.button.end_it")
    counted = await stages(town)
    assert {code for _, code in counted} == {"ogre"}
    questions = [stage for stage, _ in counted if stage.startswith(ASKED)]
    assert questions == [f"asked.{one}" for one in ("status", "nva", "mood", "wish", "contact")]
    assert [stage for stage, _ in counted if stage not in questions] == [
        "opened", "consented", "screened", "likely", "contact", "joined", "goal",
    ]  # fmt: skip
    for one in (anna, liene, marta):
        one.reads_rest()


@pytest.mark.feature("A1")
async def test_who_first_came_without_a_link_counts_with_the_first_they_open(town: Town) -> None:
    anna = await town.youth("anna")
    assert await stages(town) == [("opened", None)]
    await anna.says("/start ogre")
    await anna.says("/start tukums")
    assert await stages(town) == [("opened", "ogre")]
    anna.reads_rest()


@pytest.mark.feature("B10")
async def test_a_question_seen_twice_is_counted_once(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/start ogre")
    for key in ("begin", "age.18_28", "back"):
        await anna.taps(f"screening.youth.button.{key}")
    await anna.taps_label("18–28")
    await anna.taps("screening.youth.button.status.neither")
    assert [stage for stage, _ in await stages(town)] == [
        "opened",
        "consented",
        "asked.status",
        "asked.age",
        "asked.nva",
    ]
    anna.reads_rest()


@pytest.mark.feature("B3")
async def test_what_somebody_left_unfinished_still_counts_without_them(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/start ogre")
    for key in ("begin", "age.18_28"):
        await anna.taps(f"screening.youth.button.{key}")
    anna.reads_rest()
    before = await stages(town)
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    anna.reads_rest()
    assert await stages(town) == before
    assert await town.rows("SELECT id FROM reached WHERE person_id IS NOT NULL") == []


async def test_staff_are_not_counted(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await kaspars.says("/start ogre")
    kaspars.reads_rest()
    assert await stages(town) == []


# --- showing ----------------------------------------------------------------------------------------------------


@pytest.mark.feature("A2")
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEAD])
async def test_whoever_runs_a_municipality_sees_how_far_those_of_each_source_came(town: Town, role: Role) -> None:
    await a_source(town, OGRE, "Bibliotēka", opened=23, consented=17, screened=12, likely=9, contact=6, joined=3)
    await a_source(town, OGRE, "Skola", opened=11, consented=4)
    kaspars = await town.staff("kaspars", role)
    await kaspars.says("/figures")
    kaspars.sees(f"{F}.making")
    kaspars.reads_rest()
    table, stage = the_table(kaspars), lambda name: kaspars.words(f"{F}.stage.{name}")
    few = kaspars.words(f"{F}.few", few=5)
    library = table["Bibliotēka"]
    assert [library[stage(name)] for name in ("opened", "consented", "screened", "likely", "contact", "joined")] == [
        "20", "15", "10", "5", "5", few,
    ]  # fmt: skip
    assert [table["Skola"][stage(name)] for name in ("opened", "consented")] == ["10", few]
    assert table[kaspars.words(f"{F}.total")][stage("opened")] == "30"
    assert the_picture(kaspars).width == 1000


@pytest.mark.feature("A2")
async def test_the_button_of_a_source_shows_that_one_alone(town: Town) -> None:
    library = await a_source(town, OGRE, "Bibliotēka", opened=23)
    await a_source(town, OGRE, "Skola", opened=11)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await kaspars.forges(ShowSource(library).pack())
    kaspars.reads_rest()
    await kaspars.taps("outreach.staff.button.figures")
    kaspars.sees(f"{F}.making")
    assert "Bibliotēka" in kaspars.sees(f"{F}.ready").text
    kaspars.find_button("outreach.staff.button.to_source")
    (only,) = the_table(kaspars).values()
    assert only[kaspars.words(f"{F}.stage.opened")] == "20"
    kaspars.reads_rest()


@pytest.mark.feature("B10")
async def test_it_shows_where_in_the_questions_people_stopped(town: Town) -> None:
    await a_source(
        town, OGRE, "Bibliotēka",
        opened=40, consented=40, screened=22,
        asked_status=40, asked_nva=25, asked_mood=24, asked_wish=23, asked_contact=22,
    )  # fmt: skip
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await kaspars.says("/figures")
    kaspars.reads_rest()
    library = the_table(kaspars)["Bibliotēka"]

    def column(name: str, question: str) -> str:
        asked = kaspars.words(f"screening.youth.question.{question}").split("\n")[0]
        return library[kaspars.words(f"{F}.column.{name}", question=asked)]

    assert [column("saw", one) for one in ("age", "status", "nva", "mood")] == ["40", "40", "25", "20"]
    assert [column("stopped", one) for one in ("age", "status", "nva", "mood")] == ["", "15", "5", ""]


@pytest.mark.feature("O12")
async def test_small_sources_are_seen_together_and_nowhere_alone(town: Town) -> None:
    for name in ("Skola", "Kafejnīca", "Pietura", "Bibliotēka"):
        await a_source(town, OGRE, name, opened=3, consented=2)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await kaspars.says("/figures")
    kaspars.reads_rest()
    opened = {name: row[kaspars.words(f"{F}.stage.opened")] for name, row in the_table(kaspars).items()}
    few = kaspars.words(f"{F}.few", few=5)
    assert [opened[name] for name in ("Skola", "Kafejnīca", "Pietura", "Bibliotēka")] == [few] * 4
    assert opened[kaspars.words(f"{F}.together")] == opened[kaspars.words(f"{F}.total")] == "10"


@pytest.mark.feature("O12")
async def test_the_work_that_waits_holds_no_exact_number(town: Town) -> None:
    await a_source(town, OGRE, "Bibliotēka", opened=1237, consented=1234, screened=3)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await kaspars.phone.send("/figures")
    async with town.bot() as app:
        while await app.polling.once():
            pass
    ((facts,),) = await town.rows("SELECT facts FROM makings")
    assert "1235" in facts
    assert "1237" not in facts
    assert "1234" not in facts
    await town.settle()
    kaspars.reads_rest()


@pytest.mark.feature("A2")
async def test_a_municipality_never_sees_anothers_figures(town: Town) -> None:
    """Twins: the same sources in two municipalities, told apart by their numbers alone."""
    await a_source(town, OGRE, "Skola", opened=100)
    theirs = await a_source(town, TUKUMS, "Skola", opened=700)
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    await kaspars.says("/figures")
    kaspars.reads_rest()
    assert the_table(kaspars)["Skola"][kaspars.words(f"{F}.stage.opened")] == "100"
    sent = len(kaspars.phone.messages)
    for forged in (ShowFigures(theirs), ShowFigures(9_999), ShowPlaceFigures(TUKUMS), ShowPlaceFigures(None)):
        await kaspars.forges(forged.pack())
        kaspars.sees("people.staff.not_available")
        kaspars.reads_rest()
    assert not [one for one in kaspars.phone.messages[sent:] if one.attachment]


@pytest.mark.feature("A2")
async def test_the_national_coordinator_sees_every_municipality_and_looks_closer(town: Town) -> None:
    await a_source(town, OGRE, "Skola", opened=33)
    await a_source(town, TUKUMS, "Skola", opened=14)
    await a_source(town, None, "Raidījums", opened=8)
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await dace.says("/figures")
    dace.sees(f"{F}.making_country")
    opened = {name: row[dace.words(f"{F}.stage.opened")] for name, row in the_table(dace).items()}
    places = [dace.words(f"directory.any.place.{code}") for code in ("lv_067", "lv_099")]
    assert [opened[name] for name in (*places, dace.words(f"{F}.no_place"))] == ["30", "10", "5"]
    assert opened[dace.words(f"{F}.total")] == "45"
    dace.reads_rest()
    await dace.forges(ShowPlaceFigures(TUKUMS).pack())
    dace.reads_rest()
    assert the_table(dace)["Skola"][dace.words(f"{F}.stage.opened")] == "10"


@pytest.mark.feature("A2")
async def test_who_came_without_a_link_has_a_line_too(town: Town) -> None:
    async with town.open_database() as database, database.write() as db:
        await db.execute(insert(reached), [{"stage": "opened", "week": LAST_WEEK}] * 12)
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await dace.forges(ShowPlaceFigures(None).pack())
    dace.reads_rest()
    assert the_table(dace)[dace.words(f"{F}.no_link")][dace.words(f"{F}.stage.opened")] == "10"


async def test_who_looks_after_two_municipalities_chooses_one(town: Town) -> None:
    await a_source(town, TUKUMS, "Skola", opened=14)
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    await town.staff("kaspars", Role.LEAD, TUKUMS)
    await kaspars.says("/figures")
    kaspars.sees(f"{F}.choose")
    await kaspars.taps_label("Tukums")
    kaspars.reads_rest()
    assert the_table(kaspars)["Skola"][kaspars.words(f"{F}.stage.opened")] == "10"


@pytest.mark.feature("A2")
async def test_a_week_is_shown_when_it_is_over(town: Town) -> None:
    await a_source(town, OGRE, "Skola", THIS_WEEK, opened=9)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    shown = []
    for moment in (START, START + timedelta(days=6, hours=10), START + timedelta(days=7)):
        await town.move_to(max(moment, town.clock.now()))
        await kaspars.says("/figures")
        kaspars.reads_rest()
        shown.append(the_table(kaspars)["Skola"][kaspars.words(f"{F}.stage.opened")])
    few = kaspars.words(f"{F}.few", few=5)
    assert shown == [few, few, "5"]


@pytest.mark.feature("X42")
async def test_a_source_called_like_a_formula_stays_a_name(town: Town) -> None:
    await a_source(town, OGRE, '=HYPERLINK("http://example.org";"Skola")', opened=9)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await kaspars.says("/figures")
    kaspars.reads_rest()
    assert '\'=HYPERLINK("http://example.org";"Skola")' in the_table(kaspars)


async def test_young_people_have_no_figures(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/figures")
    anna.sees("people.youth.no_such_command")
    anna.reads_rest()

"""Coordinators make sources and print them; whoever comes by one is met in the right language and stays with it."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest

from bot.roles import Role
from bot.words import Language
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

S = "outreach.staff"
B = f"{S}.button"
LIBRARY = {
    Language.LV: "Bibliotēka, pie ieejas",
    Language.UK: "Бібліотека, біля входу",
    Language.EN: "Library, entrance",
}
NASTY = ("</b><i>x</i>", "{name} {0}", "a&amp;b", "Бібліотека\nОгре", "\u202eatraM", "'; DROP TABLE sources; --")


async def makes_source(coordinator: Inhabitant, name: str, first: str = "outreach.staff.button.first_any") -> str:
    """A coordinator of one municipality makes a poster's source; its code."""
    await coordinator.says("/sources")
    await coordinator.taps(f"{B}.new")
    await coordinator.taps(f"{S}.kind.poster")
    await coordinator.taps(first)
    await coordinator.says(name)
    found = re.search(r"start=([a-z0-9-]+)", coordinator.sees(f"{S}.made").text)
    assert found is not None
    coordinator.reads_rest()
    return found[1]


@pytest.mark.slow
@pytest.mark.feature("A1", "A2")
@pytest.mark.parametrize("language", Language)
async def test_story_of_a_source_from_its_making_to_whoever_scans_the_poster(
    town: Town, language: Language, tell_story: Callable[[str, str], None]
) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, language=language)
    anna = town.newcomer("anna", language)
    town.transcript.lines.clear()
    town.transcript.heading("A new source")
    await kaspars.says("/sources")
    kaspars.sees(f"{S}.no_sources")
    await kaspars.taps(f"{B}.new")
    kaspars.sees(f"{S}.ask_kind")
    await kaspars.taps(f"{S}.kind.poster")
    kaspars.sees(f"{S}.ask_language")
    await kaspars.taps(f"people.any.button.language_{language.value}")
    kaspars.sees(f"{S}.ask_name")
    await kaspars.says(LIBRARY[language])
    kaspars.sees(f"{S}.made")
    (source,) = await town.rows("SELECT code, municipality, name, kind, language, disabled_at FROM sources")
    assert tuple(source)[1:] == ("LV-067", LIBRARY[language], "poster", language.value, None)
    town.transcript.heading("Its poster")
    await kaspars.taps(f"{B}.poster")
    kaspars.sees(f"{S}.poster")
    if language is Language.LV:
        await kaspars.taps("people.any.button.language_uk")
        kaspars.sees(f"{S}.poster")
    await kaspars.taps(f"{B}.make_poster")
    kaspars.sees(f"{S}.poster_ready")
    pdf, picture = (one.attachment for one in kaspars.phone.messages[-2:])
    assert pdf is not None
    assert picture is not None
    assert (pdf.name, picture.name) == (f"poster-{source.code}.pdf", f"poster-{source.code}.png")
    assert pdf.content.startswith(b"%PDF")
    town.transcript.heading("Its code alone")
    await kaspars.taps(f"{B}.to_source")
    await kaspars.taps(f"{B}.code")
    assert kaspars.sees(f"{S}.code_ready").text.endswith(f"start={source.code}")
    town.transcript.heading("Somebody scans it")
    await anna.says(f"/start {source.code}")
    anna.sees("people.any.choose_language")
    tell_story(f"sources.{language.value}", town.transcript.text().replace(source.code, "ogre-x2y3z"))
    await anna.taps(f"people.any.button.language_{language.value}")
    anna.sees("screening.youth.welcome_from")
    assert (await town.person("anna")).municipality == "LV-067"
    (row,) = await town.rows("SELECT s.code FROM people p JOIN sources s ON s.id = p.source_id WHERE p.name IS NULL")
    assert row.code == source.code
    kaspars.reads_rest()


@pytest.mark.feature("A2")
async def test_a_source_out_of_use_still_greets_leads_on_and_counts(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    code = await makes_source(kaspars, "Vecs plakāts")
    await kaspars.taps(f"{B}.switch_off")
    assert code in kaspars.sees(f"{S}.source_out_of_use").text
    assert "Plakāts (A4)" not in kaspars.buttons
    anna = town.newcomer("anna")
    await anna.says(f"/start {code}")
    await anna.taps("people.any.button.language_lv")
    anna.sees("screening.youth.welcome_from")
    (row,) = await town.rows("SELECT count(*) AS came FROM people WHERE source_id IS NOT NULL")
    assert row.came == 1
    await kaspars.says("/sources")
    assert kaspars.buttons[0] == "Vecs plakāts (vairs nelietojam)"
    await kaspars.taps(f"{B}.out_of_use")
    await kaspars.taps(f"{B}.switch_on")
    kaspars.sees(f"{S}.saved")
    assert "Plakāts (A4)" in kaspars.buttons
    kaspars.reads_rest()


@pytest.mark.feature("A1")
@pytest.mark.parametrize(
    ("phone", "source", "first"),
    [
        ("ru", "any", "lv"), ("lv", "uk", "lv"), ("en", "uk", "uk"), ("ru", "en", "en"),
    ],
)  # fmt: skip
async def test_the_language_question_begins_with_what_the_phone_or_else_the_source_says(
    town: Town, phone: str, source: str, first: str
) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    button = f"{B}.first_any" if source == "any" else f"people.any.button.language_{source}"
    code = await makes_source(kaspars, "Bibliotēka", button)
    town.telegram.phone(Town._number("anna"), "Anna", language_code=phone)
    somebody = town.newcomer("anna")
    await somebody.says(f"/start {code}")
    somebody.sees("people.any.choose_language")
    names = {"lv": "Latviešu", "uk": "Українська", "en": "English"}
    assert somebody.buttons[0] == names[first]
    assert set(somebody.buttons[:3]) == set(names.values())
    (row,) = await town.rows("SELECT language, language_chosen FROM people WHERE name IS NULL")
    assert tuple(row) == (first, 0)


@pytest.mark.feature("A1")
async def test_a_language_once_chosen_stays_whatever_link_is_opened_later(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    code = await makes_source(kaspars, "Bibliotēka", "people.any.button.language_uk")
    anna = await town.youth("anna")
    await anna.says(f"/start {code}")
    anna.sees("screening.youth.welcome_from")
    assert (await town.person("anna")).language is Language.LV


@pytest.mark.feature("A1")
async def test_the_first_source_stays_from_the_first_tap_on(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    first, second = await makes_source(kaspars, "Bibliotēka"), await makes_source(kaspars, "Skola")
    anna = town.newcomer("anna")
    for code in (first, second, "friend", "cesis"):
        await anna.says(f"/start {code.upper()}")
        anna.reads_rest()
    (row,) = await town.rows("SELECT s.code FROM people p JOIN sources s ON s.id = p.source_id WHERE p.name IS NULL")
    assert row.code == first


@pytest.mark.feature("A2")
async def test_a_coordinator_sees_the_sources_of_their_municipality_and_a_national_one_sees_all(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, "LV-067")
    vilnis = await town.staff("vilnis", Role.COORDINATOR, "LV-022")
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await makes_source(kaspars, "Ogres bibliotēka")
    await makes_source(vilnis, "Cēsu skola")
    await town.newcomer("anna").says("/start friend")
    town.people["anna"].reads_rest()
    (ogre,) = await town.rows("SELECT id FROM sources WHERE municipality = 'LV-067'")
    for person, labels in (
        (kaspars, ["Ogres bibliotēka"]),
        (vilnis, ["Cēsu skola"]),
        (dace, ["Draugu ielūgumi", "Cēsu skola", "Ogres bibliotēka"]),
    ):
        await person.says("/sources")
        person.sees(f"{S}.sources")
        assert person.buttons[:-2] == labels
    for what in ("source:{}", "ask_rename:{}", "switch:{}:0", "choose:{}:1:0:0", "poster:{}:1:0:0", "code:{}"):
        await vilnis.forges("outreach." + what.format(ogre.id))
        vilnis.sees("people.staff.not_available")
    assert await town.rows("SELECT id FROM makings") == []
    await dace.taps_label("Ogres bibliotēka")
    dace.sees(f"{S}.source")


@pytest.mark.feature("A2")
async def test_who_covers_several_places_is_asked_which_and_the_whole_country_may_be_one(town: Town) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await dace.says("/sources")
    await dace.taps(f"{B}.new")
    dace.sees(f"{S}.ask_place")
    await dace.taps("staff.any.whole_country")
    await dace.taps(f"{S}.kind.ngo")
    await dace.taps(f"{B}.first_any")
    await dace.says("Jaunatnes padome")
    dace.sees(f"{S}.made")
    await dace.taps(f"{B}.poster")
    await dace.taps(f"{B}.make_poster")
    dace.sees(f"{S}.poster_ready")
    kaspars = await town.staff("kaspars", Role.COORDINATOR, "LV-067")
    await town.staff("kaspars", Role.COORDINATOR, "LV-022")
    await kaspars.says("/sources")
    await kaspars.taps(f"{B}.new")
    assert kaspars.sees(f"{S}.ask_place").keyboard[0][0].text == "Cēsis"
    await kaspars.taps("directory.any.place.lv_067")
    kaspars.sees(f"{S}.ask_kind")
    rows = await town.rows("SELECT code, municipality FROM sources")
    assert [row.municipality for row in rows] == [None]
    assert rows[0].code.startswith("lv-")


@pytest.mark.feature("X34")
@pytest.mark.parametrize(
    "data",
    [
        "outreach.place:LV-022", "outreach.place:", "outreach.kind:LV-022:poster", "outreach.kind:LV-067:friend",
        "outreach.language:LV-022:poster:lv", "outreach.language::poster:lv", "outreach.language:XX-999:poster:lv",
    ],
)  # fmt: skip
async def test_no_forged_step_makes_a_source_elsewhere(town: Town, data: str) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, "LV-067")
    await kaspars.forges(data)
    kaspars.sees("people.staff.not_available")
    assert await town.rows("SELECT id FROM sources") == []


@pytest.mark.feature("X38")
async def test_any_name_is_shown_as_the_plain_words_it_is_and_what_is_none_is_asked_again(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await makes_source(kaspars, "Bibliotēka")
    for name in NASTY:
        await kaspars.taps(f"{B}.rename")
        kaspars.sees(f"{S}.ask_name")
        for unclear in ("…", "x" * 61, "🙂" * 4096):
            await kaspars.says(unclear[:4096])
            kaspars.sees(f"{S}.name_unclear")
        await kaspars.says(name)
        kaspars.sees(f"{S}.saved")
        (row,) = await town.rows("SELECT name FROM sources")
        assert row.name in kaspars.phone.messages[-1].text
    kaspars.reads_rest()


@pytest.mark.feature("A2")
async def test_many_sources_are_turned_over_page_by_page(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    async with town.open_database() as database, database.write() as db:
        for number in range(19):
            await db.exec_driver_sql(
                "INSERT INTO sources (code, municipality, created_at, name, kind) VALUES (?, 'LV-067', 0, ?, 'poster')",
                (f"ogre-{number}", f"Plakāts {number}"),
            )
    await kaspars.says("/sources")
    assert kaspars.buttons[:8] == [f"Plakāts {number}" for number in range(18, 10, -1)]
    await kaspars.taps(f"{B}.older")
    await kaspars.taps(f"{B}.older")
    assert kaspars.buttons == ["Plakāts 2", "Plakāts 1", "Plakāts 0", "Jaunāki", "Jauns avots", "Izvēlne"]
    await kaspars.taps(f"{B}.newer")
    assert "Plakāts 10" in kaspars.buttons
    await kaspars.forges("outreach.sources:999")
    assert "Plakāts 0" in kaspars.buttons
    await kaspars.forges("outreach.sources:-5")
    assert "Plakāts 18" in kaspars.buttons
    kaspars.reads_rest()


@pytest.mark.feature("A2")
async def test_without_any_language_there_is_nothing_to_make(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await makes_source(kaspars, "Bibliotēka")
    await kaspars.taps(f"{B}.poster")
    await kaspars.taps(f"{B}.ticked")
    assert kaspars.buttons == ["Latviešu", "Українська", "English", "Uz avotu"]
    (source,) = await town.rows("SELECT id FROM sources")
    await kaspars.forges(f"outreach.poster:{source.id}:0:0:0")
    assert await town.rows("SELECT id FROM makings") == []
    kaspars.reads_rest()


# --- friends ----------------------------------------------------------------------------------------------------


@pytest.mark.feature("S0.6")
@pytest.mark.parametrize("name", ["anna", "danylo", "emma"])
async def test_a_friend_gets_a_link_that_says_nothing_of_who_sent_it(town: Town, name: str) -> None:
    youth = await town.youth(name)
    before = await town.rows("SELECT * FROM people")
    await youth.says("/invite_friend")
    invitation = youth.sees("outreach.youth.friend_forward")
    assert "?start=friend" in invitation.text
    assert not invitation.keyboard  # nothing but the invitation is passed on
    below = youth.sees("outreach.youth.friend")
    share = below.keyboard[0][0].url
    assert share is not None
    page, _, query = share.partition("?")
    assert page == "https://t.me/share/url"
    passed_on = parse_qs(query)
    assert passed_on["url"] == ["https://t.me/proti_un_dari_demo_bot?start=friend"]
    assert passed_on["text"] == [youth.words("outreach.youth.friend_words")]
    assert passed_on["text"][0] in invitation.text
    person = await town.person(name)
    for told in (invitation.text, below.text, share):
        assert person.code_name not in told
        assert name not in told.lower()
    assert await town.rows("SELECT * FROM people") == before
    assert await town.rows("SELECT id FROM sources") == []


@pytest.mark.feature("A1", "S0.5")
async def test_two_friends_of_two_people_come_by_one_and_the_same_source(town: Town) -> None:
    for name in ("anna", "danylo"):
        youth = town.newcomer(name)
        await youth.says("/start friend")
        youth.sees("people.any.choose_language")
        await youth.taps(f"people.any.button.language_{youth.language.value}")
        youth.reads_rest()
    rows = await town.rows("SELECT code, municipality, kind, name FROM sources")
    assert [tuple(row) for row in rows] == [("friend", None, "friend", None)]
    assert len(await town.rows("SELECT id FROM people WHERE source_id IS NOT NULL")) == 2


async def test_the_menu_of_young_people_offers_to_tell_a_friend(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/menu")
    anna.sees("people.youth.menu")
    await anna.taps("outreach.youth.button.friend")
    anna.sees("outreach.youth.friend")

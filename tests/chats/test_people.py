"""Language, menu, privacy, one's own data and how it goes, and the kind sentences for everything else."""

import json
from typing import Any

import pytest
from sqlalchemy import insert

from bot.people import notice
from bot.people.rules import Purpose
from bot.people.store import give_consent
from bot.roles import Role
from bot.storage.tables import makings, metadata
from bot.turn import Tick
from bot.words import Language, phrase
from tests.chats.casework import in_programme, opens_case, read_all
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

HELP = "people.youth.button.help"


def has_button(person: Inhabitant, key: str) -> bool:
    """Whether the newest message with buttons has that one."""
    newest = next(message for message in reversed(person.phone.messages) if message.buttons)
    return person.find_button(key)[0].id == newest.id


def own_data(person: Inhabitant) -> dict[str, list[dict[str, Any]]]:
    """The newest file the bot sent them."""
    files = [one.attachment for one in reversed(person.phone.messages) if one.attachment is not None]
    file = next(one for one in files if one.name == "my-data.json")
    found: dict[str, list[dict[str, Any]]] = json.loads(file.content)
    return found


async def everything_kept(town: Town) -> str:
    """Every value of every table, as one text."""
    tables = [await town.rows(f'SELECT * FROM "{table.name}"') for table in metadata.sorted_tables]
    return repr(tables)


# --- language and menu ------------------------------------------------------------------------------------------


@pytest.mark.feature("A3")
@pytest.mark.parametrize("language", Language)
async def test_the_menu_speaks_the_chosen_language_from_the_next_message_on(town: Town, language: Language) -> None:
    anna = await town.youth("anna")
    await anna.says("/language")
    anna.sees("people.any.choose_language")
    await anna.taps(f"people.any.button.language_{language.value}")
    anna.language = language
    anna.reads_rest()
    await anna.says("/menu")
    anna.sees("people.youth.menu")
    assert has_button(anna, HELP)


async def test_the_menu_leads_to_the_languages_and_back(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/menu")
    anna.sees("people.youth.menu")
    await anna.taps("people.any.button.language")
    anna.sees("people.any.choose_language")
    assert has_button(anna, HELP)


async def test_staff_have_a_menu_with_their_name_and_without_the_help_button(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR)
    await marta.says("/menu")
    assert "Marta" in marta.sees("people.staff.menu").text
    newest = next(message for message in reversed(marta.phone.messages) if message.buttons)
    assert "safety.card" not in [button.data for button in newest.buttons]


# --- privacy and one's own data ---------------------------------------------------------------------------------


@pytest.mark.feature("C1")
async def test_privacy_is_told_without_a_word_of_consent_before(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/privacy")
    assert notice.version(town.settings) in anna.sees("people.youth.privacy").text
    assert has_button(anna, HELP)


@pytest.mark.feature("C4")
async def test_my_data_is_a_sentence_and_a_file_with_everything_in_it(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/mydata")
    told = anna.sees("people.youth.my_data")
    code_name = (await town.person("anna")).code_name
    assert code_name in told.text
    found = own_data(anna)
    assert set(found) == {"people", "reached"}
    assert [row["code_name"] for row in found["people"]] == [code_name]
    assert [row["telegram_id"] for row in found["people"]] == [anna.phone.id]
    page = anna.sees("people.any.my_data_page").attachment
    assert page is not None
    assert page.name == "my-data.html"
    assert f"<th>{anna.words('people.any.column.code_name')}<td>{code_name}" in page.content.decode()


@pytest.mark.feature("C4")
async def test_nobody_finds_anything_of_somebody_else_in_their_file(town: Town) -> None:
    anna, danylo = await town.youth("anna"), await town.youth("danylo")
    await anna.says("/mydata")
    anna.reads_rest()
    theirs = repr(own_data(anna))
    assert str(danylo.phone.id) not in theirs
    assert (await town.person("danylo")).code_name not in theirs


async def test_from_the_file_the_menu_is_one_tap_away(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/mydata")
    anna.reads_rest()
    await anna.taps("people.any.button.menu")
    anna.sees("people.youth.menu")


@pytest.mark.feature("C2")
async def test_a_consent_is_asked_about_once_more_and_then_taken_back(town: Town) -> None:
    anna = await town.youth("anna")
    person = await town.person("anna")
    async with town.database.write() as db:
        now = town.clock.now()
        await give_consent(db, person.id, Purpose.CONTACT.value, notice.version(town.settings), Language.LV, now)
    await anna.says("/mydata")
    anna.reads_rest()
    await anna.taps("people.youth.button.consents")
    anna.sees("people.youth.consents")
    await anna.taps("people.youth.button.withdraw_contact")
    anna.sees("people.youth.withdraw_contact_ask")
    await anna.taps("people.youth.button.withdraw_contact")
    anna.sees("people.youth.withdrawn_contact")
    anna.reads_rest()
    (row,) = await town.rows("SELECT withdrawn_at FROM consents WHERE purpose = 'contact'")
    assert row.withdrawn_at is not None


# --- forgetting -------------------------------------------------------------------------------------------------


@pytest.mark.feature("C5")
async def test_forgetting_is_asked_once_more_and_keeping_keeps_everything(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/forget")
    anna.sees("people.youth.forget_ask")
    await anna.taps("people.any.button.keep")
    anna.sees("people.youth.menu")
    assert len(await town.rows("SELECT id FROM people")) == 1


@pytest.mark.feature("C5")
@pytest.mark.feature("X49")
async def test_who_is_forgotten_stands_in_no_table_and_in_no_file(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/start ogre")
    await anna.says("šis ir mans noslēpums")
    await anna.says("/mydata")
    person = await town.person("anna")
    await anna.says("/forget")
    anna.reads_rest()
    await anna.taps("people.any.button.forget_sure")
    anna.sees("people.youth.forgotten")
    assert await town.rows("SELECT * FROM people") == []
    assert await town.rows("SELECT * FROM outbox") == []
    kept = await everything_kept(town)
    marks = (str(anna.phone.id), person.code_name, "noslēpums", "anna_secret", "Anna")
    assert [mark for mark in marks if mark in kept] == []
    await town.database.empty_log()
    file = town.database_file
    raw = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    assert [mark for mark in marks[1:] if mark.encode() in raw] == []
    assert [(row.action, row.actor_id) for row in await _last_audit(town)] == [("person.erased", person.id)]


@pytest.mark.feature("C5", "X49")
async def test_in_the_middle_of_a_programme_too_nothing_stays_in_any_table_queue_or_file(town: Town) -> None:
    """A check-in is due, a meeting is arranged in words, a file is being made, a staff list waits with their name."""
    anna, marta, liene = await in_programme(town)
    person = await town.person("anna")
    await opens_case(marta, town, "anna")
    await marta.taps("programme.staff.button.meet")
    await marta.says("Rīt pie strūklakas")
    async with town.open_database() as database, database.write() as db:
        tick = Tick(town.clock.now(), db, town.settings.zone)
        tick.tell(person.id, phrase("people.youth.welcome_back"), not_before=town.later(hours=5))
        await town.queue(db, tick.said)
        making = {"kind": "people.mydata", "state": "waiting", "not_before": town.later(hours=5)}
        facts = {"title": {"words": "Pie strūklakas"}}
        now = town.clock.now()
        await db.execute(insert(makings).values(person_id=person.id, facts=facts, created_at=now, attempts=0, **making))
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    receipt = anna.sees("people.youth.forgotten").text
    assert "30" in receipt
    marta.sees("programme.staff.youth_left")
    kept = await everything_kept(town)
    marks = (str(anna.phone.id), person.code_name, "strūklakas")
    staying = kept.replace(repr(await town.rows("SELECT * FROM outbox WHERE key LIKE '%youth_left'")), "")
    assert [mark for mark in marks if mark in staying] == []
    await town.database.empty_log()
    file = town.database_file
    raw = b"".join(path.read_bytes() for path in file.parent.glob(f"*{file.name}*"))
    assert [mark for mark in (person.code_name, "strūklakas") if mark.encode() in raw] == []
    read_all(anna, marta, liene)


async def _last_audit(town: Town) -> Any:
    return await town.rows("SELECT action, actor_id FROM audit ORDER BY id DESC LIMIT 1")


@pytest.mark.feature("C5")
async def test_who_comes_back_is_somebody_new(town: Town) -> None:
    anna = await town.youth("anna")
    before = await town.person("anna")
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    anna.reads_rest()
    await anna.says("/start")
    anna.reads_rest()
    after = await town.person("anna")
    assert after.id != before.id
    assert after.code_name != before.code_name or before.code_name not in await everything_kept(town)


async def test_an_old_button_after_forgetting_brings_nothing_back(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/mydata")
    await anna.says("/forget")
    anna.reads_rest()
    await anna.taps("people.any.button.forget_sure")
    anna.reads_rest()
    await anna.taps("people.any.button.my_data" if "my_data" in anna.buttons else "people.any.button.menu")
    anna.reads_rest()
    assert len(await town.rows("SELECT * FROM consents")) == 0


# --- whatever else they do --------------------------------------------------------------------------------------


@pytest.mark.feature("A8")
async def test_nothing_a_young_person_sends_meets_silence_and_help_is_there_each_time(town: Town) -> None:
    anna = await town.youth("anna")
    phone = anna.phone
    written = await phone.send("kas te notiek")
    for happens in (
        phone.send_sticker(), phone.send_voice(), phone.send_photo(caption="skat"), phone.send_location(57.0, 25.0),
        phone.send_document("x.exe", b"MZ"), phone.share_contact(), phone.edit(written.id, "nu?"),
        phone.send("/nezinu"), phone.send("👍"), phone.send("x" * 4096), phone.forge_press("people.forget:maybe"),
    ):  # fmt: skip
        anna.reads_rest()
        town.a_moment_passes()
        await happens
        await town.settle()
        assert anna.unread, happens
        assert has_button(anna, HELP)
    anna.reads_rest()


@pytest.mark.feature("A8")
async def test_nothing_that_staff_send_meets_silence(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR)
    for says, key in (("kas te notiek", "not_understood"), ("/nezinu", "no_such_command")):
        await marta.says(says)
        marta.sees(f"people.staff.{key}")
    await marta.forges("people.forget:maybe")
    marta.sees("people.staff.old_button")


@pytest.mark.feature("X17")
async def test_who_blocks_and_comes_back_is_welcomed_and_goes_on(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.phone.block()
    await town.settle()
    anna.sees_nothing()
    (row,) = await town.rows("SELECT unreachable_at FROM people")
    assert row.unreachable_at is not None
    town.a_moment_passes()
    await anna.phone.unblock()
    await town.settle()
    anna.sees("people.youth.welcome_back")
    (row,) = await town.rows("SELECT unreachable_at FROM people")
    assert row.unreachable_at is None


@pytest.mark.feature("X20")
async def test_a_hundred_updates_again_change_nothing_and_say_nothing(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/start ogre")
    await anna.says("/mydata")
    anna.reads_rest()
    before = await town.rows("SELECT * FROM outbox")
    town.telegram.faults.redeliver(100)
    await town.settle()
    anna.sees_nothing()
    assert await town.rows("SELECT * FROM outbox") == before

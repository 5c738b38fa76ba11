"""Two short stories to read in each language: somebody else sees the phone, and somebody is stopped from writing."""

from collections.abc import Callable

import pytest

from bot.people import notice
from bot.people import store as people
from bot.people.rules import Purpose
from bot.roles import Role
from bot.storage.tables import cases
from bot.words import Language
from tests.chats.test_story import YOUTH
from tests.town.sooner import sooner
from tests.town.town import Town


@pytest.mark.feature("O10", "A7", "M1")
@pytest.mark.parametrize("language", sooner(Language.UK, Language))
async def test_story_of_a_phone_that_others_see_and_of_a_block(
    town: Town, language: Language, tell_story: Callable[[str, str], None]
) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, language=language)
    liene = await town.staff("liene", Role.LEAD, language=language)
    youth = await town.youth(YOUTH[language], language)
    await _asked_for_contact(town, YOUTH[language])
    town.transcript.lines.clear()

    town.transcript.heading("Somebody else sees the phone")
    await youth.says("/discreet")
    await youth.taps("people.youth.button.discreet_turn_on")
    youth.sees("people.youth.discreet_on")
    await youth.says("/menu")
    youth.sees("people.youth.menu")
    await youth.says("/hide")
    youth.sees("people.youth.hidden")
    await youth.says("/discreet")
    await youth.taps("people.youth.button.discreet_turn_off")
    youth.reads_rest()

    town.transcript.heading("Somebody is stopped from writing")
    await liene.says(f"/block {(await town.person(YOUTH[language])).code_name}")
    await liene.taps("blocks.any.reason.insults")
    await liene.taps("blocks.staff.button.term.week")
    liene.sees("blocks.staff.blocked")
    youth.sees("blocks.youth.blocked")
    await youth.taps("blocks.youth.button.appeal")
    await youth.says({"lv": "Tas nebiju es", "uk": "Це був не мій телефон", "en": "It wasn't me"}[language.value])
    youth.sees("blocks.youth.appeal_passed_on")
    kaspars.sees("blocks.staff.appeal")
    await kaspars.taps("blocks.staff.button.keep")
    kaspars.sees("blocks.staff.kept")
    youth.sees("blocks.youth.kept")
    await liene.says(f"/block {(await town.person(YOUTH[language])).code_name}")
    await liene.taps("blocks.staff.button.lift")
    liene.reads_rest()
    youth.sees("blocks.youth.lifted")
    tell_story(f"quiet.{language.value}", town.transcript.text())


async def _asked_for_contact(town: Town, name: str) -> None:
    """They agreed to be written to, and Ogre has a case of them."""
    person, now = await town.person(name), town.clock.now()
    case = {"youth_id": person.id, "municipality": "LV-067", "stage": "profiling", "stage_at": now, "opened_at": now}
    async with town.database.write() as db:
        await people.give_consent(
            db, person.id, Purpose.CONTACT.value, notice.version(town.settings), person.language, now
        )
        await db.execute(cases.insert().values(case | {"screening_outcome": "likely", "age_band": "18_28"}))

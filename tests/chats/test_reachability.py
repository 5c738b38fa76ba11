"""People who close the chat or delete their account: marked once, left alone, their mentor told; and their return."""

from datetime import timedelta

import pytest

from bot.people import notice
from bot.people import store as people
from bot.people.rules import Purpose
from bot.roles import Role
from bot.storage.tables import cases
from bot.turn import Tick
from bot.words import Language, phrase
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town
from tests.town.walked_once import walked_once


@walked_once
async def mentored(town: Town) -> tuple[Inhabitant, Inhabitant]:
    """Anna, who agreed to be written to, and Marta, her mentor."""
    anna, marta = await town.youth("anna"), await town.staff("marta", Role.MENTOR)
    youth, mentor, now = await town.person("anna"), await town.person("marta"), town.clock.now()
    async with town.database.write() as db:
        await people.give_consent(db, youth.id, Purpose.CONTACT.value, notice.version(town.settings), Language.LV, now)
        case = {"youth_id": youth.id, "mentor_id": mentor.id, "municipality": "LV-067", "stage": "profiling"}
        when = {"stage_at": now, "opened_at": now}
        await db.execute(cases.insert().values(case | when | {"screening_outcome": "likely", "age_band": "18_28"}))
    return anna, marta


async def tells(town: Town, name: str, *keys: str, hours_useful: float | None = None) -> None:
    """Something of the bot's own accord, as a due row would say it."""
    person = await town.person_quietly(name)
    async with town.database.write() as db:
        tick = Tick(town.clock.now(), db, town.settings.zone)
        until = None if hours_useful is None else town.later(hours=hours_useful)
        for key in keys:
            tick.tell(person.id, phrase(key), expires_at=until)
        await town.queue(db, tick.said)
    await town.tick()


def refused(town: Town) -> int:
    return len([one for one in town.telegram.refusals if one.status == 403])


async def is_marked(town: Town, name: str) -> bool:
    number = (await town.person_quietly(name)).id
    (row,) = await town.rows("SELECT unreachable_at FROM people WHERE id = :id", id=number)
    return row.unreachable_at is not None


@pytest.mark.feature("A6", "X17")
async def test_who_blocks_the_bot_is_marked_their_mentor_told_once_and_nothing_tried_again(town: Town) -> None:
    anna, marta = await mentored(town)
    await anna.phone.block()
    await town.settle()
    assert await is_marked(town, "anna")
    marta.sees("programme.staff.youth_unreachable")
    for _ in range(3):
        await tells(town, "anna", "people.youth.welcome_back")
    assert refused(town) == 0
    marta.sees_nothing()


@pytest.mark.feature("A6", "X17")
async def test_a_deleted_account_is_found_out_by_one_try(town: Town) -> None:
    anna, marta = await mentored(town)
    await anna.phone.deactivate()
    for _ in range(3):
        await tells(town, "anna", "people.youth.welcome_back", "blocks.youth.lifted")
    assert await is_marked(town, "anna")
    assert refused(town) == 1
    marta.sees("programme.staff.youth_unreachable")
    marta.sees_nothing()


@pytest.mark.feature("A6")
async def test_on_their_return_the_mentor_is_told_and_what_still_matters_is_said_in_their_language(town: Town) -> None:
    anna, marta = await mentored(town)
    await anna.phone.block()
    await town.settle()
    marta.reads_rest()
    await tells(town, "anna", "blocks.youth.appeal_passed_on", hours_useful=1)
    await tells(town, "anna", "blocks.youth.lifted", "checkins.youth.line.no_next")
    await town.set_language("anna", Language.UK)
    await town.move_to(town.later(hours=2))
    anna.sees_nothing()
    await anna.phone.unblock()
    await town.settle()
    anna.language = Language.UK
    anna.sees("people.youth.welcome_back")
    anna.sees("blocks.youth.lifted")
    anna.sees("checkins.youth.line.no_next")
    anna.sees_nothing()
    marta.sees("programme.staff.youth_back")
    assert not await is_marked(town, "anna")


@pytest.mark.feature("A6")
async def test_who_was_marked_and_simply_writes_is_back_too(town: Town) -> None:
    """Telegram keeps the news of an unblocking for a day at most; a message is as good."""
    anna, marta = await mentored(town)
    await anna.phone.block()
    await town.settle()
    marta.reads_rest()
    await tells(town, "anna", "blocks.youth.lifted")
    anna.phone._person.blocked = False
    await anna.says("/menu")
    anna.sees("people.youth.menu")
    anna.sees("blocks.youth.lifted")
    marta.sees("programme.staff.youth_back")
    await anna.says("/menu")
    anna.sees("people.youth.menu")
    marta.sees_nothing()


@pytest.mark.feature("A6")
async def test_after_a_long_absence_only_the_newest_ten_are_said(town: Town) -> None:
    anna, marta = await mentored(town)
    await anna.phone.block()
    await town.settle()
    marta.reads_rest()
    await tells(town, "anna", *["blocks.youth.appeal_waits"] * 5, *["blocks.youth.lifted"] * 10)
    await anna.phone.unblock()
    await town.settle()
    anna.sees("people.youth.welcome_back")
    anna.does_not_see("blocks.youth.appeal_waits")
    assert len([one for one in anna.unread if one.text == anna.words("blocks.youth.lifted")]) == 10
    anna.reads_rest()
    marta.reads_rest()


@pytest.mark.feature("A6")
async def test_who_comes_and_goes_hears_each_thing_once(town: Town) -> None:
    anna, marta = await mentored(town)
    for _ in range(2):
        await anna.phone.block()
        await town.settle()
        await tells(town, "anna", *["blocks.youth.appeal_waits"] * 11)
        await anna.phone.unblock()
        await town.settle()
        assert len([one for one in anna.unread if one.text == anna.words("blocks.youth.appeal_waits")]) == 10
        anna.reads_rest()
        marta.reads_rest()
        town.clock.advance(timedelta(minutes=5))


@pytest.mark.feature("A6", "C5")
async def test_who_forgot_everything_in_between_hears_nothing_of_it(town: Town) -> None:
    anna, marta = await mentored(town)
    await anna.phone.block()
    await town.settle()
    await tells(town, "anna", "blocks.youth.lifted")
    await anna.phone.unblock()
    await anna.phone.forge_press("people.forget:1")
    await town.settle()
    anna.reads_rest()
    marta.reads_rest()
    assert await town.rows("SELECT * FROM outbox WHERE key = 'blocks.youth.lifted'") == []

"""Floods, old invitations, and what waits in the outbox while things change around it."""

from datetime import timedelta

import pytest

from bot.dispatch import CARDS_BEYOND, UNREAD_AT_MOST
from bot.people import notice
from bot.people import store as people
from bot.people.rules import Purpose
from bot.people.screens import OpenHelp
from bot.roles import Role
from bot.turn import Priority, Tick
from bot.words import Language, phrase
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town


async def somebody_with_a_notice_waiting(town: Town, *, hours: int) -> Inhabitant:
    """Anna, who agreed to be written to, and a notice to her that may go out so many hours from now."""
    anna = await town.youth("anna")
    person = await town.person("anna")
    async with town.open_database() as database, database.write() as db:
        version = notice.version(town.settings)
        await people.give_consent(db, person.id, Purpose.CONTACT.value, version, Language.LV, town.clock.now())
        tick = Tick(town.clock.now(), db, town.settings.zone)
        tick.tell(person.id, phrase("people.youth.welcome_back"), not_before=town.later(hours=hours))
        await town.queue(db, tick.said)
    return anna


@pytest.mark.feature("X40", "A7")
async def test_a_flood_is_answered_once_and_holds_nobody_else_back(town: Town) -> None:
    anna, emma = await town.youth("anna"), await town.youth("emma")
    for count in range(200):
        await anna.phone.send(f"line {count}")
    await emma.says("/menu")
    emma.sees("people.youth.menu")
    waiting = await town.rows("SELECT count(*) FROM outbox")
    assert waiting[0][0] < UNREAD_AT_MOST + 20
    anna.sees("people.youth.too_fast")
    anna.reads_rest()
    await anna.says("/menu")
    anna.sees("people.youth.menu")


@pytest.mark.feature("X40", "X45")
async def test_words_of_danger_are_heard_in_a_flood_too(town: Town) -> None:
    anna = await town.youth("anna")
    for _ in range(UNREAD_AT_MOST + 5):
        await anna.phone.send("čau")
    await anna.says("es negribu vairs dzīvot")
    anna.sees("safety.youth.card")
    anna.reads_rest()


@pytest.mark.feature("A7", "X40", "X45")
async def test_words_of_danger_below_a_picture_are_heard_in_a_flood_too(town: Town) -> None:
    anna = await town.youth("anna")
    for _ in range(UNREAD_AT_MOST + 5):
        await anna.phone.send("čau")
    await anna.phone.send_photo(caption="es negribu vairs dzīvot")
    await town.settle()
    anna.sees("safety.youth.card")
    anna.reads_rest()


@pytest.mark.feature("A7", "X40", "O8")
async def test_who_asks_for_help_in_their_own_flood_gets_the_card_a_few_times_and_no_flood_of_it(town: Town) -> None:
    anna = await town.youth("anna")
    for _ in range(UNREAD_AT_MOST + 5):
        await anna.phone.send("čau")
    for _ in range(30):
        await anna.phone.send("/help")
    await town.settle()
    cards = [one for one in anna.unread if anna.words("people.youth.button.carry_on") in [b.text for b in one.buttons]]
    assert 1 <= len(cards) <= CARDS_BEYOND
    anna.sees("people.youth.too_fast")
    anna.reads_rest()


@pytest.mark.feature("X40", "O8")
@pytest.mark.parametrize("way", ["command", "button"])
async def test_help_is_answered_once_a_minute_however_much_still_waits(town: Town, way: str) -> None:
    anna = await town.youth("anna")
    person = await town.person("anna")
    async with town.database.write() as db:
        tick = Tick(town.clock.now(), db, town.settings.zone)
        for _ in range(UNREAD_AT_MOST + CARDS_BEYOND + 10):
            tick.tell(
                person.id, phrase("people.youth.welcome_back"), priority=Priority.REPLY, not_before=town.later(hours=1)
            )
        await town.queue(db, tick.said)
    for _ in range(3):
        for _ in range(3):
            if way == "command":
                await anna.says("/help")
            else:
                await anna.forges(OpenHelp.tag)
        anna.sees("safety.youth.card")
        anna.sees_nothing()
        town.clock.advance(timedelta(minutes=1, seconds=1))


@pytest.mark.feature("X40")
async def test_asking_for_ones_data_again_and_again_makes_it_no_larger(town: Town) -> None:
    anna = await town.youth("anna")
    sizes = []
    for _ in range(3):
        await anna.says("/mydata")
        message = anna.sees("people.youth.my_data")
        assert message.attachment is not None
        sizes.append(message.attachment.size)
        anna.reads_rest()  # the page to be read
    assert sizes[0] == sizes[2]


@pytest.mark.feature("X33")
async def test_an_invitation_does_not_outlive_the_right_of_whoever_made_it(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await kaspars.says("/invite")
    await kaspars.taps("staff.any.role.mentor")
    await kaspars.taps("directory.any.place.lv_067")
    link = kaspars.sees("staff.staff.invite_link").text
    payload = next(word for word in link.split() if "start=" in word).partition("start=")[2]
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql("DELETE FROM grants")
    anna = await town.youth("anna")
    await anna.says(f"/start {payload}")
    anna.sees("staff.any.invite_invalid")
    assert (await town.person("anna")).is_youth


@pytest.mark.feature("C3")
async def test_what_waits_for_the_morning_is_not_sent_once_the_consent_is_taken_back(town: Town) -> None:
    anna = await somebody_with_a_notice_waiting(town, hours=12)
    await anna.says("/mydata")
    anna.reads_rest()
    await anna.taps("people.youth.button.consents")
    await anna.taps("people.youth.button.withdraw_contact")
    anna.sees("people.youth.withdraw_contact_ask")
    await anna.taps("people.youth.button.withdraw_contact")
    anna.sees("people.youth.withdrawn_contact")
    await town.move_to(town.later(hours=24))
    anna.sees_nothing()


@pytest.mark.feature("M6")
async def test_what_waited_through_the_night_is_said_in_the_language_chosen_meanwhile(town: Town) -> None:
    anna = await somebody_with_a_notice_waiting(town, hours=24)
    await anna.says("/language")
    await anna.taps("people.any.button.language_uk")
    anna.reads_rest()
    anna.language = Language.UK
    await town.move_to(town.later(hours=24))
    anna.sees("people.youth.welcome_back")

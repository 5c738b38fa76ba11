"""Discreet mode: what a locked screen shows, silence, and a chat that is cleared as far as Telegram lets a bot."""

from datetime import timedelta

import pytest

from bot.people import notice
from bot.people import store as people
from bot.people.rules import Purpose
from bot.turn import Tick
from bot.words import Language, phrase
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

B = "people.youth.button"
OPENING = "people.youth.discreet_opening"
SHOWN_ON_A_LOCKED_SCREEN = 80


async def discreet(town: Town, name: str = "anna") -> Inhabitant:
    """A young person who turned discreet mode on."""
    one = await town.youth(name)
    await one.says("/discreet")
    one.sees("people.youth.discreet_off")
    await one.taps(f"{B}.discreet_turn_on")
    one.sees("people.youth.discreet_on")
    return one


def silent(town: Town, chat: int) -> list[bool]:
    """Of each message sent into that chat: whether it came without a sound."""
    return [
        bool(params.get("disable_notification"))
        for method, params in town.telegram.calls
        if method.startswith("send") and params.get("chat_id") == chat
    ]


# --- on and off -------------------------------------------------------------------------------------------------


@pytest.mark.feature("O10")
@pytest.mark.parametrize("name", ["anna", "danylo", "emma"])
async def test_each_new_message_begins_with_words_for_anybody_and_comes_without_a_sound(town: Town, name: str) -> None:
    one = await discreet(town, name)
    before = len(silent(town, one.phone.id))
    await one.says("/menu")
    shown = one.sees("people.youth.menu").text
    assert shown.startswith(one.words(OPENING) + "\n\n")
    assert len(one.words(OPENING)) >= SHOWN_ON_A_LOCKED_SCREEN
    assert silent(town, one.phone.id)[before:] == [True]


@pytest.mark.feature("O10")
async def test_a_notice_is_discreet_too_and_a_message_that_is_replaced_needs_no_opening(town: Town) -> None:
    anna = await discreet(town)
    person = await town.person("anna")
    async with town.open_database() as database, database.write() as db:
        await people.give_consent(
            db, person.id, Purpose.CONTACT.value, notice.version(town.settings), Language.LV, town.clock.now()
        )
        tick = Tick(town.clock.now(), db, town.settings.zone)
        tick.tell(person.id, phrase("blocks.youth.lifted"))
        await town.queue(db, tick.said)
    await town.tick()
    assert anna.sees("blocks.youth.lifted").text.startswith(anna.words(OPENING))
    await anna.says("/discreet")
    anna.reads_rest()
    await anna.taps(f"{B}.discreet_turn_off")
    assert not anna.sees("people.youth.discreet_off").text.startswith(anna.words(OPENING))


@pytest.mark.feature("O10")
async def test_with_it_off_again_everything_is_as_before_and_nothing_is_known_of_what_they_wrote(town: Town) -> None:
    anna = await discreet(town)
    await anna.says("čau")
    anna.reads_rest()
    assert await town.rows("SELECT * FROM heard")
    await anna.says("/discreet")
    await anna.taps(f"{B}.discreet_turn_off")
    anna.reads_rest()
    assert await town.rows("SELECT * FROM heard") == []
    await anna.says("/menu")
    assert not anna.sees("people.youth.menu").text.startswith(anna.words(OPENING))
    assert silent(town, anna.phone.id)[-1] is False
    assert await town.rows("SELECT * FROM heard") == []


@pytest.mark.feature("O10")
async def test_it_is_offered_in_the_menu_and_on_the_page_about_privacy(town: Town) -> None:
    anna = await town.youth("anna")
    for page in ("/menu", "/privacy"):
        await anna.says(page)
        anna.reads_rest()
        await anna.taps(f"{B}.discreet")
        anna.sees("people.youth.discreet_off")


@pytest.mark.feature("O10", "O8")
async def test_the_help_card_stays_the_first_thing_seen(town: Town) -> None:
    anna = await discreet(town)
    for text in ("/help", "es negribu vairs dzīvot"):
        await anna.says(text)
        card = anna.sees("safety.youth.card").text
        assert not card.startswith(anna.words(OPENING))
        anna.reads_rest()


# --- clearing the chat ------------------------------------------------------------------------------------------


@pytest.mark.feature("O10")
async def test_hiding_takes_away_what_both_wrote_and_says_what_it_could_not(town: Town) -> None:
    anna = await discreet(town)
    await anna.says("man šodien ir grūti")
    anna.reads_rest()
    before = [one.text for one in anna.phone.messages]
    assert "man šodien ir grūti" in before
    await anna.says("/hide")
    told = anna.sees("people.youth.hidden").text
    # What she wrote before discreet mode (/start, /discreet) is not known, and told.
    assert [one.text for one in anna.phone.messages] == ["/start", "/discreet", told]
    assert anna.words("people.youth.not_hidden.old") in told
    assert str(len(before) + 1 - 2) in told


@pytest.mark.feature("O10")
async def test_without_discreet_mode_only_the_bots_own_words_go(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/menu")
    anna.reads_rest()
    await anna.says("/hide")
    told = anna.sees("people.youth.hidden").text
    assert [one.text for one in anna.phone.messages] == ["/start", "/menu", "/hide", told]
    assert anna.words("people.youth.not_hidden.old_and_theirs") in told


@pytest.mark.feature("O10")
async def test_what_is_older_than_two_days_stays_whatever_was_edited_since(town: Town) -> None:
    anna = await discreet(town)
    old = {one.id for one in anna.phone.messages}
    await town.move_to(town.clock.now() + timedelta(hours=49))
    await anna.taps("people.any.button.menu")  # rewrites an old message
    await anna.says("/menu")
    anna.reads_rest()
    await anna.says("/hide")
    anna.sees("people.youth.hidden")
    assert {one.id for one in anna.phone.messages} >= old
    assert len(anna.phone.messages) == len(old) + 1
    assert not [one for one in town.telegram.refusals if one.method == "deleteMessages"]


@pytest.mark.feature("O10")
async def test_more_than_a_hundred_messages_go_in_several_pages(town: Town) -> None:
    anna = await discreet(town)
    for _ in range(60):
        await anna.phone.send("/menu")
        town.clock.advance(timedelta(seconds=30))
        if _ % 10 == 9:
            await town.settle()
    anna.reads_rest()
    await anna.says("/hide")
    anna.sees("people.youth.hidden")
    pages = [params["message_ids"] for method, params in town.telegram.calls if method == "deleteMessages"]
    assert [len(page) <= 100 for page in pages] == [True] * len(pages)
    assert len(pages) > 1
    assert len(anna.phone.messages) == 3


@pytest.mark.feature("O10")
async def test_hiding_again_has_nothing_left_but_what_came_meanwhile(town: Town) -> None:
    anna = await discreet(town)
    for _ in range(2):
        await anna.says("/hide")
        anna.reads_rest()
    last = [params["message_ids"] for method, params in town.telegram.calls if method == "deleteMessages"][-1]
    assert len(last) == 2  # what was said after the first time, and the second /hide
    assert len(anna.phone.messages) == 3


@pytest.mark.feature("O10")
async def test_a_page_that_telegram_refuses_holds_nothing_up(town: Town) -> None:
    anna = await discreet(town)
    town.telegram.faults.fail("deleteMessages", code=400)
    await anna.says("/hide")
    anna.sees("people.youth.hidden")
    anna.sees_nothing()


@pytest.mark.feature("O10")
async def test_numbers_of_what_they_wrote_are_kept_for_two_days(town: Town) -> None:
    anna = await discreet(town)
    await anna.says("čau")
    anna.reads_rest()
    await town.move_to(town.clock.now() + timedelta(hours=49))
    assert await town.rows("SELECT * FROM heard") == []

"""What a test can break, and what the bot's end sees of it."""

from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError, TimedOut

from bot.demo.clock import TownClock
from bot.demo.emulator import Phone, Telegram

from .conftest import Ask


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("502", NetworkError),
        ("html", NetworkError),
        ("garbage", TelegramError),
        ("timeout", TimedOut),
        ("cut", NetworkError),
    ],
)
async def test_a_call_that_fails_before_is_not_done(
    telegram: Telegram, anna: Phone, bot: Bot, kind: str, error: type[TelegramError]
) -> None:
    telegram.faults.fail("sendMessage", kind=kind)
    with pytest.raises(error):
        await bot.send_message(1001, "x")
    assert len(anna.messages) == 1
    await bot.send_message(1001, "x")


async def test_half_an_answer_was_done(telegram: Telegram, anna: Phone, bot: Bot) -> None:
    telegram.faults.fail("*", kind="half")
    with pytest.raises(TelegramError):
        await bot.send_message(1001, "x")
    assert anna.messages[-1].text == "x"


@pytest.mark.parametrize(("fault", "error"), [("drop_after", NetworkError), ("hang_after", TimedOut)])
async def test_a_lost_answer_is_not_a_lost_message(
    telegram: Telegram, anna: Phone, bot: Bot, fault: str, error: type[TelegramError]
) -> None:
    getattr(telegram.faults, fault)("sendMessage", times=2)
    for _ in range(2):
        with pytest.raises(error):
            await bot.send_message(1001, "x")
    assert [message.text for message in anna.messages] == ["/start", "x", "x"]


async def test_a_fault_may_be_meant_for_one_chat(telegram: Telegram, anna: Phone, ask: Ask) -> None:
    await telegram.phone(1002, "Oksana").send("/start")
    telegram.faults.fail("sendMessage", code=500, times=9, chat=1002)
    assert (await ask("sendMessage", chat_id=1001, text="x")).status == 200
    assert (await ask("sendMessage", chat_id=1002, text="x")).status == 500


async def test_updates_can_come_twice_although_they_were_confirmed(telegram: Telegram, anna: Phone, ask: Ask) -> None:
    await anna.send("x")
    (update,) = (await ask("getUpdates")).body["result"]
    assert (await ask("getUpdates", offset=update["update_id"] + 1)).body["result"] == []
    assert telegram.faults.redeliver(100) == 1
    assert (await ask("getUpdates", offset=update["update_id"] + 1)).body["result"] == [update]


async def test_a_batch_can_come_shuffled(telegram: Telegram, anna: Phone, ask: Ask) -> None:
    for number in range(20):
        await anna.send(str(number))
    telegram.faults.shuffle(seed=1)
    ids = [update["update_id"] for update in (await ask("getUpdates")).body["result"]]
    assert ids != sorted(ids)
    assert len(set(ids)) == 20


async def test_unknown_fields_are_everywhere_while_decorated(telegram: Telegram, anna: Phone, bot: Bot) -> None:
    telegram.faults.decorate()
    await anna.send("x")
    (update,) = await bot.get_updates()
    assert "field_of_next_year" in update.api_kwargs
    assert "field_of_next_year" in (await bot.send_message(1001, "x")).api_kwargs


@pytest.mark.parametrize("raw", [{"message": {"message_id": 1}}, {"brand_new": {}}, {"update_id": None}, "text", 7])
async def test_anything_can_be_pushed(telegram: Telegram, ask: Ask, raw: Any) -> None:
    number = telegram.push(raw)
    (update,) = (await ask("getUpdates")).body["result"]
    assert update == ({"update_id": number, **raw} if isinstance(raw, dict) else raw)
    assert (await ask("getUpdates", offset=number + 1)).body["result"] == []


async def test_ids_may_restart_lower_and_an_old_offset_does_not_swallow_them(
    telegram: Telegram, anna: Phone, ask: Ask
) -> None:
    await anna.send("before")
    (update,) = (await ask("getUpdates")).body["result"]
    old_offset = update["update_id"] + 1
    await ask("getUpdates", offset=old_offset)
    telegram.lower_update_ids(7)
    await anna.send("after")
    (again,) = (await ask("getUpdates", offset=old_offset)).body["result"]
    assert (again["update_id"], again["message"]["text"]) == (7, "after")
    assert (await ask("getUpdates", offset=8)).body["result"] == []


async def test_presses_live_150_seconds_and_messages_a_day(clock: TownClock, anna: Phone, ask: Ask) -> None:
    await anna.forge_press("x")
    await anna.send("x")
    clock.advance(timedelta(seconds=150))
    assert ["message" in update for update in (await ask("getUpdates")).body["result"]] == [True]
    clock.advance(timedelta(hours=24))
    assert (await ask("getUpdates")).body["result"] == []


async def test_what_the_bot_did_not_ask_for_does_not_come(telegram: Telegram, anna: Phone, ask: Ask) -> None:
    await anna.react(1, "👍")
    assert telegram.updates_waiting == 0
    await ask("getUpdates", allowed_updates=["message_reaction"])
    await anna.react(1, "👍")
    await anna.send("x")
    assert ["message_reaction" in update for update in (await ask("getUpdates")).body["result"]] == [True]


async def test_a_revoked_token_is_401_for_everything(telegram: Telegram, bot: Bot) -> None:
    telegram.faults.revoke_token()
    with pytest.raises(InvalidToken):
        await bot.get_updates()


async def test_telegram_can_be_down_and_slow(clock: TownClock, telegram: Telegram, bot: Bot) -> None:
    telegram.faults.stop_listening()
    with pytest.raises(NetworkError):
        await bot.get_me()
    telegram.faults.listen()
    telegram.faults.delay(3)
    before = clock.now()
    await bot.get_me()
    assert clock.now() - before == timedelta(seconds=3)

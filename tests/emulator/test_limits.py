"""How much Telegram takes, and who is blamed for more."""

from datetime import UTC, datetime, timedelta

from bot.demo.clock import TownClock
from bot.demo.emulator import Limits, Phone, Telegram
from bot.demo.emulator.refusals import ProblemKind

from .conftest import TOKEN, Ask


async def test_a_burst_of_three_passes_and_the_fourth_waits(
    clock: TownClock, telegram: Telegram, anna: Phone, ask: Ask
) -> None:
    statuses = [(await ask("sendMessage", chat_id=1001, text=str(number))).status for number in range(3)]
    fourth = await ask("sendMessage", chat_id=1001, text="3")
    assert statuses == [200, 200, 200]
    assert fourth.body["description"] == "Too Many Requests: retry after 1"
    assert fourth.body["parameters"] == {"retry_after": 1}
    assert fourth.headers["Retry-After"] == "1"
    assert telegram.problems == []
    clock.advance(timedelta(seconds=1))
    assert (await ask("sendMessage", chat_id=1001, text="3")).status == 200


async def test_sending_into_the_wait_is_flood(telegram: Telegram, anna: Phone, ask: Ask) -> None:
    for number in range(5):
        await ask("sendMessage", chat_id=1001, text=str(number))
    assert [problem.kind for problem in telegram.problems] == [ProblemKind.FLOOD]


async def test_edits_count_and_answers_to_presses_do_not(anna: Phone, ask: Ask) -> None:
    sent = (await ask("sendMessage", chat_id=1001, text="x")).body["result"]["message_id"]
    for text in ("y", "z"):
        assert (await ask("editMessageText", chat_id=1001, message_id=sent, text=text)).status == 200
    press = await anna.forge_press("any")
    assert (await ask("answerCallbackQuery", callback_query_id=press)).status == 200
    assert (await ask("editMessageText", chat_id=1001, message_id=sent, text="w")).status == 429


async def test_thirty_a_second_in_all(clock: TownClock, telegram: Telegram, ask: Ask) -> None:
    phones = [telegram.phone(2000 + number, "Youth") for number in range(31)]
    for phone in phones:
        await phone.send("/start")
    statuses = [(await ask("sendMessage", chat_id=phone.id, text="x")).status for phone in phones]
    assert statuses == [200] * 30 + [429]
    clock.advance(timedelta(seconds=1))
    assert (await ask("sendMessage", chat_id=phones[-1].id, text="x")).status == 200


async def test_twenty_a_minute_to_a_group(clock: TownClock, telegram: Telegram, anna: Phone, ask: Ask) -> None:
    group = telegram.group("Mentors", anna)
    for number in range(20):
        assert (await ask("sendMessage", chat_id=group.id, text=str(number))).status == 200
        clock.advance(timedelta(seconds=1))
    refused = await ask("sendMessage", chat_id=group.id, text="x")
    assert refused.body["parameters"] == {"retry_after": 40}


async def test_a_wait_that_a_test_imposes_holds_even_without_limits(anna: Phone) -> None:
    clock = TownClock(datetime(2026, 3, 2, tzinfo=UTC))
    telegram = Telegram(clock, token=TOKEN, limits=Limits(enabled=False))
    await telegram.phone(1, "Anna").send("/start")
    telegram.faults.fail("sendMessage", code=429, retry_after=30)
    params = {"chat_id": 1, "text": "x"}
    for wait in (30, 30):
        answer = await telegram.call("sendMessage", params, {}, TOKEN)
        assert answer.body["parameters"] == {"retry_after": wait}
    assert [problem.kind for problem in telegram.problems] == [ProblemKind.FLOOD]
    clock.advance(timedelta(seconds=30))
    assert (await telegram.call("sendMessage", params, {}, TOKEN)).status == 200

"""The table tells what was reached and what was not; the stub of Telegram gives out and counts as Telegram would."""

import asyncio
import json

import aiohttp
import pytest

from tests.bench import __main__ as bench
from tests.bench.figures import Effort, Peer, Row, at_least, at_most, median, quantile
from tests.bench.table import head, line
from tests.bench.telegram_stub import TelegramStub, served

SLOW = Peer("slow", 310.0)
FAST = Peer("fast", 660.0)


def test_a_goal_beside_a_peer_is_so_many_times_that_peers_figure() -> None:
    goals = (at_least(2, "slow"), at_least(1, "fast"))
    assert Row("P1", "presses", "presses/s", 661.0, (SLOW, FAST), goals).reached is True
    assert Row("P1", "presses", "presses/s", 640.0, (SLOW, FAST), goals).reached is False


def test_a_goal_without_a_peer_is_a_mark_of_its_own() -> None:
    assert Row("P5", "start", "ms", 800.0, (), (at_most(800),)).reached is True
    assert Row("P5", "start", "ms", 800.1, (), (at_most(800),)).reached is False


def test_what_was_not_measured_is_never_said_to_be_reached() -> None:
    assert Row("P8", "presses", "presses/s", None, (), (at_least(1),)).reached is None
    assert Row("P1", "presses", "presses/s", 900.0, (), (at_least(1, "fast"),)).reached is None
    assert Row("P1", "presses", "presses/s", 900.0, (Peer("fast", None),), (at_least(1, "fast"),)).reached is None
    assert Row("P1", "presses", "presses/s", 900.0, (SLOW,)).reached is None


def test_one_goal_missed_is_a_no_whatever_else_is_unknown() -> None:
    row = Row("P1", "presses", "presses/s", 500.0, (SLOW,), (at_least(2, "slow"), at_least(1, "fast")))
    assert row.reached is False


def test_the_table_says_no_where_it_is_no() -> None:
    row = Row("P1", "presses", "presses/s", 155.0, (SLOW, FAST), (at_least(2, "slow"),), 5)
    assert line(row) == (
        "| P1 | presses | 155 presses/s | slow 310, fast 660 | 0.50 x | at least 2 x slow | **no** | 5 |"
    )
    assert head().count("|") == 2 * line(row).count("|")


def test_medians_and_quantiles_are_those_of_what_was_measured() -> None:
    assert median([5.0, 1.0, 3.0]) == 3.0
    assert median([None, 2.0]) == 2.0
    assert median([None]) is None
    assert quantile(range(1, 101), 0.5) == 51
    assert quantile([7.0], 0.99) == 7.0


def test_every_row_of_the_issue_can_be_measured_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def measured(effort: Effort) -> list[Row]:
        return [Row("P5", "start", "ms", 700.0, (), (at_most(800),), effort.runs)]

    assert list(bench.ROWS) == [f"P{number}" for number in range(1, 9)]
    monkeypatch.setattr(bench, "ROWS", {**bench.ROWS, "P5": measured})
    monkeypatch.setattr(bench, "keep_to_last_core", lambda: None)
    bench.main(["--only", "p5", "--quick", "--json"])
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["id"], row["ours"], row["reached"], row["runs"]) == ("P5", 700.0, True, 1)


async def _call(telegram: TelegramStub, method: str, **data: object) -> tuple[int, dict]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{telegram.address}/bot1:a/{method}", data=data) as answer,
    ):
        return answer.status, await answer.json()


async def test_presses_come_a_hundred_at_a_time_until_they_are_confirmed() -> None:
    async with served() as telegram:
        telegram.press((1000 + one, "button") for one in range(150))
        _, first = await _call(telegram, "getUpdates", timeout=0)
        _, again = await _call(telegram, "getUpdates", timeout=0)
        _, rest = await _call(telegram, "getUpdates", timeout=0, offset=101)
    assert [len(one["result"]) for one in (first, again, rest)] == [100, 100, 50]
    assert first == again
    assert rest["result"][0]["callback_query"]["from"]["id"] == 1100


async def test_a_press_knows_when_it_was_given_out_acknowledged_and_answered() -> None:
    async with served(delay=0.02) as telegram:
        poll = asyncio.create_task(_call(telegram, "getUpdates", timeout=20))
        await telegram.until(lambda: telegram.calls["getUpdates"] == 1, 5)
        (press,) = telegram.press([(1000, "button")])
        _, found = await poll
        query = found["result"][0]["callback_query"]["id"]
        await _call(telegram, "answerCallbackQuery", callback_query_id=query)
        await _call(telegram, "editMessageText", chat_id=1000, message_id=900, text="x")
        await telegram.all_answered(5)
    assert press.handed_at is not None
    assert press.acked_at is not None
    assert press.edited_at is not None
    assert press.made_at < press.handed_at < press.acked_at < press.edited_at


async def test_limits_refuse_what_is_too_fast_and_count_it() -> None:
    async with served(limited=True) as telegram:
        answers = [await _call(telegram, "sendMessage", chat_id=1000, text="x") for _ in range(4)]
    assert [status for status, _ in answers] == [200, 200, 200, 429]
    assert answers[3][1]["parameters"] == {"retry_after": 1}
    assert (telegram.refused, len(telegram.sent_at)) == (1, 3)

"""A token that Telegram does not know (any more): the process ends and says so, instead of living on deaf."""

import random

import pytest

from tests.faults.chatter import crowd
from tests.faults.process import TOKEN, BotProcess, ServedTelegram

SENTENCE = "BOT_TOKEN is not accepted by Telegram: get the bot's token from BotFather."


@pytest.mark.feature("X23")
async def test_a_revoked_token_ends_the_process_with_one_clear_line(served: ServedTelegram, bot: BotProcess) -> None:
    (one,) = crowd(served.telegram, 1, random.Random(1))
    await bot.start()
    await one.arrive()
    calls = sum(served.telegram.ledger.counts.values())
    served.telegram.faults.revoke_token()
    assert await bot.ended(within=60) == 1
    assert bot.stderr.splitlines().count(SENTENCE) == 1
    assert "Traceback" not in bot.stderr
    assert TOKEN not in bot.stderr
    assert sum(served.telegram.ledger.counts.values()) - calls <= 10
    bot.check_database()


@pytest.mark.feature("X23")
async def test_a_token_that_was_never_right_ends_the_start(served: ServedTelegram, bot: BotProcess) -> None:
    served.telegram.faults.revoke_token()
    await bot.spawn()
    assert await bot.ended(within=30) == 1
    assert bot.stderr == f"{SENTENCE}\n"
    assert sum(served.telegram.ledger.counts.values()) <= 2

"""A token that Telegram does not know (any more): the process ends and says so, instead of living on deaf."""

import asyncio
import random

import pytest

from tests.faults.chatter import crowd
from tests.faults.counts import SEED
from tests.faults.process import TOKEN, BotProcess, ServedTelegram, until

SENTENCE = "BOT_TOKEN is not accepted by Telegram: get the bot's token from BotFather."


@pytest.mark.slow
@pytest.mark.feature("X23")
async def test_a_revoked_token_ends_the_process_with_one_clear_line(served: ServedTelegram, bot: BotProcess) -> None:
    (one,) = crowd(served.telegram, 1, random.Random(SEED))
    await bot.start()
    await one.arrive()
    await revoked(served, bot)


@pytest.mark.slow
@pytest.mark.feature("X23")
async def test_a_token_revoked_while_people_chat_ends_the_process(served: ServedTelegram, bot: BotProcess) -> None:
    people = crowd(served.telegram, 10, random.Random(SEED), pause=0.3)
    await bot.start()
    chats = [asyncio.ensure_future(one.chat(asyncio.Event())) for one in people]
    await until(lambda: all(one.actions >= 3 for one in people), 60, "they chat")
    await revoked(served, bot)
    for chat in chats:
        chat.cancel()
    await asyncio.gather(*chats, return_exceptions=True)


@pytest.mark.slow
@pytest.mark.feature("X23")
async def test_a_token_that_was_never_right_ends_the_start(served: ServedTelegram, bot: BotProcess) -> None:
    served.telegram.faults.revoke_token()
    await bot.spawn()
    assert await bot.ended(within=30) == 1
    assert bot.stderr == f"{SENTENCE}\n"
    assert sum(served.telegram.ledger.counts.values()) <= 2


async def revoked(served: ServedTelegram, bot: BotProcess) -> None:
    """The token is revoked: the process must end within a minute, having tried it ten times more at most."""
    loop = asyncio.get_running_loop()
    calls, began = sum(served.telegram.ledger.counts.values()), loop.time()
    served.telegram.faults.revoke_token()
    assert await bot.ended(within=60) == 1
    refused = sum(served.telegram.ledger.counts.values()) - calls
    print(f"seed {SEED}: ended {loop.time() - began:.1f} s after the token was revoked, with {refused} calls refused")
    assert bot.stderr.splitlines().count(SENTENCE) == 1
    assert "Traceback" not in bot.stderr
    assert TOKEN not in bot.stderr
    assert refused <= 10
    bot.check_database()

"""Groups, and the day one becomes a supergroup under another id: the bot says nothing there, and nothing breaks.

It posts to people only, so no row of it can name a group, neither by the old id nor by the new one.
"""

import asyncio

import pytest

from bot.demo.emulator.phone import Phone
from tests.faults.process import BotProcess, ServedTelegram, until


@pytest.mark.slow
@pytest.mark.feature("X25")
async def test_a_group_that_moves_is_never_written_to_and_people_are_answered_as_before(
    served: ServedTelegram, bot: BotProcess
) -> None:
    telegram = served.telegram
    anna, marta = telegram.phone(2000, "Anna"), telegram.phone(2001, "Marta")
    await bot.start()
    old = telegram.group("Ogres jaunieši", anna, marta, sees_everything=True).id
    await _talk(anna, old)
    new = telegram.migrate(old)
    await _talk(marta, new)
    restarted = await bot.stop()
    await bot.start()
    await anna.send("/menu")
    await until(lambda: anna.messages[-1].sender == "bot", 10, "Anna is answered in her own chat")
    await until(lambda: telegram.updates_waiting == 0, 10, "everything is confirmed")
    assert await bot.stop() == restarted == 0
    to = {params["chat_id"] for _, params in telegram.calls if "chat_id" in params}
    assert {int(chat) for chat in to} == {anna.id}
    assert bot.rows("SELECT telegram_id FROM people") == [(anna.id,)]
    assert bot.rows("SELECT count(*) FROM outbox WHERE chat_id IS NOT NULL OR state != 'sent'") == [(0,)]
    assert bot.rows("SELECT count(*) FROM set_aside") == [(0,)]
    assert not [one for one in telegram.unanswered() if one.chat_id > 0]
    assert not telegram.problems
    assert "ERROR" not in bot.stderr
    assert "Traceback" not in bot.stderr
    bot.check_database()


async def _talk(phone: Phone, group: int) -> None:
    """Everything people do in a group that has the bot in it."""
    for line in ("Labdien visiem!", "/start", "/start ogre", "/help@proti_un_dari_demo_bot", "/menu"):
        said = await phone.send(line, chat=group)
    await phone.send("Un tu?", chat=group, reply_to=said.id)
    await phone.send_sticker(chat=group)
    await phone.send_document("list.pdf", b"%PDF", chat=group)
    await phone.share_contact(chat=group)
    await phone.forge_press("people.menu:", said.id, chat=group)
    await asyncio.sleep(1)

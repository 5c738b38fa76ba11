"""A broadcast on aiogram as its examples show it, a pause of 0.05 s after each message, while it echoes presses."""

import asyncio
import os

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery

from tests.bench.peers.ptb_broadcast import FIRST_CHAT, WORDS

dispatcher = Dispatcher()


@dispatcher.callback_query(F.data.startswith("broadcast:"))
async def broadcast(query: CallbackQuery, bot: Bot) -> None:
    for chat in range(FIRST_CHAT, FIRST_CHAT + int(query.data.split(":")[1])):
        await bot.send_message(chat, WORDS)
        await asyncio.sleep(0.05)


@dispatcher.callback_query()
async def pressed(query: CallbackQuery) -> None:
    await query.answer()
    await query.message.edit_text(f"You pressed {query.data}")


async def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BOT_API_URL"]))
    await dispatcher.start_polling(Bot(os.environ["BOT_TOKEN"], session=session))


if __name__ == "__main__":
    asyncio.run(main())

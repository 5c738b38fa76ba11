"""An echo of presses on aiogram as its documentation shows it."""

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery

dispatcher = Dispatcher()


@dispatcher.callback_query()
async def pressed(query: CallbackQuery) -> None:
    await query.answer()
    await query.message.edit_text(f"You pressed {query.data}")


async def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BOT_API_URL"]))
    await dispatcher.start_polling(Bot(os.environ["BOT_TOKEN"], session=session))


if __name__ == "__main__":
    asyncio.run(main())

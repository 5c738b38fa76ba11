"""A broadcast on python-telegram-bot while it echoes presses, the three ways one finds: `loop` in a handler, the same
with AIORateLimiter (`limiter`), and `gather` with AIORateLimiter or, as `bare`, with a wait after each refusal.

A press of "broadcast:N" begins it, to N people; all other presses are echoed.
"""

import asyncio
import os
import sys

from telegram import Update
from telegram.error import RetryAfter
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

FIRST_CHAT = 10_000_051
WORDS = "Aicinām tevi: Radošā diena\n\nKad: C, 12. marts, 18:00\nKur: Jauniešu centrs, Brīvības iela 18, Ogre"


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    await query.answer()
    await query.edit_message_text(f"You pressed {query.data}")


async def loop(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    for chat in chats(update):
        await context.bot.send_message(chat, WORDS)


async def gather(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    await asyncio.gather(*(context.bot.send_message(chat, WORDS) for chat in chats(update)), return_exceptions=True)


async def gather_bare(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    async def send(chat: int) -> None:
        while True:
            try:
                await context.bot.send_message(chat, WORDS)
            except RetryAfter as flood:
                await asyncio.sleep(flood._retry_after.total_seconds())
            else:
                return

    await asyncio.gather(*(send(chat) for chat in chats(update)))


def chats(update: Update) -> range:
    count = int(update.callback_query.data.split(":")[1])
    return range(FIRST_CHAT, FIRST_CHAT + count)


def main(how: str) -> None:
    builder = Application.builder().token(os.environ["BOT_TOKEN"]).base_url(f"{os.environ['BOT_API_URL']}/bot")
    if how in ("limiter", "gather"):
        from telegram.ext import AIORateLimiter

        builder = builder.rate_limiter(AIORateLimiter(max_retries=5))
    if how in ("gather", "bare"):
        builder = builder.pool_timeout(3600)
    application = builder.build()
    way = {"loop": loop, "limiter": loop, "gather": gather, "bare": gather_bare}[how]
    application.add_handler(CallbackQueryHandler(way, pattern="^broadcast:"))
    application.add_handler(CallbackQueryHandler(pressed))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1])

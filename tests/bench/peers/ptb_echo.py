"""An echo of presses on python-telegram-bot as its documentation shows it; `many`: 256 updates at once;
`durable`: PicklePersistence flushed before each answer, with ten thousand people in it."""

import os
import pickle
import sys
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, PicklePersistence

PEOPLE = 10_000
FIRST_CHAT = 10_000_000


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    await query.answer()
    await query.edit_message_text(f"You pressed {query.data}")


async def pressed_durably(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    context.user_data["answer"] = query.data
    context.application.mark_data_for_update_persistence(user_ids=update.effective_user.id)
    await context.application.update_persistence()
    await query.answer()
    await query.edit_message_text(f"You pressed {query.data}")


def filled(path: Path) -> PicklePersistence:
    people = {FIRST_CHAT + one: {"language": "lv", "step": "age", "run": one} for one in range(1, PEOPLE + 1)}
    kept: dict[str, Any] = {
        "user_data": people,
        "chat_data": {},
        "bot_data": {},
        "conversations": {},
        "callback_data": None,
    }
    path.write_bytes(pickle.dumps(kept))
    return PicklePersistence(path, on_flush=False, update_interval=10**6)


def main(how: str) -> None:
    builder = Application.builder().token(os.environ["BOT_TOKEN"]).base_url(f"{os.environ['BOT_API_URL']}/bot")
    if how == "many":
        builder = builder.concurrent_updates(256).connection_pool_size(256).pool_timeout(60)
    if how == "durable":
        builder = builder.persistence(filled(Path.home() / "people.pickle"))
    application = builder.build()
    application.add_handler(CallbackQueryHandler(pressed_durably if how == "durable" else pressed))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "plain")

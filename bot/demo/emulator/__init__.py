"""A small, honest Bot API server: it refuses what Telegram refuses, in Telegram's words, and keeps the limits.

`Telegram` is the one model; `server.make_app` serves it over HTTP, `in_process.InProcessRequest` without sockets,
and `Phone` is a person's side of it.
"""

from bot.demo.emulator.limits import Limits
from bot.demo.emulator.model import Message
from bot.demo.emulator.phone import Phone
from bot.demo.emulator.telegram import Telegram

__all__ = ["Limits", "Message", "Phone", "Telegram"]

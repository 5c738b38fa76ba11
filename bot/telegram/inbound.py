"""From Telegram's update to what dispatch understands: one at a time, so that a broken one harms nobody else."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

from telegram import Bot, CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.dispatch import Arrival, Blocked, Edited, NotText, Pressed, Returned, Typed, Unread, What

log = logging.getLogger(__name__)

ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update the bot asks Telegram for."""

_GONE: Final = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
_LARGEST_ID: Final = 2**52
"""Telegram ids have at most 52 significant bits (Bot API, User.id)."""


def arrivals(raw: Sequence[Any], bot: Bot) -> list[Arrival]:
    """The updates of one batch. One that has not even a number is left out: nothing can be done about it."""
    return [arrival for one in raw if (arrival := _arrival(one, bot)) is not None]


def presses(raw: Sequence[Any]) -> list[str]:
    """The ids of the button presses in a batch, to be acknowledged before anything else."""
    found = (one.get("callback_query") for one in raw if isinstance(one, Mapping))
    return [query["id"] for query in found if isinstance(query, Mapping) and isinstance(query.get("id"), str)]


def number_of(raw: Any) -> int | None:
    """The update's number, None where it has none that Telegram could have given."""
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    fits = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < _LARGEST_ID
    return number if fits else None


def _arrival(raw: Any, bot: Bot) -> Arrival | None:
    number = number_of(raw)
    if number is None:
        log.error("update without a number left out", extra={"action": "update_without_number"})
        return None
    try:
        update = Update.de_json(dict(raw), bot)
        return _understood(update) if update else Arrival(number, what=Unread("empty"))
    except Exception as broken:  # whatever is wrong with it, it is one update and holds people's words
        fault = type(broken).__name__
        log.error("update set aside", extra={"action": "update_set_aside", "update": number})  # noqa: TRY400  # quotes
        return Arrival(number, what=Unread(fault))


def _understood(update: Update) -> Arrival:
    if update.callback_query is not None:
        return _pressed(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _member(update.update_id, update.my_chat_member)
    message = update.message or update.edited_message
    if message is None:
        return Arrival(update.update_id)
    return _said(update.update_id, message, edited=update.message is None)


def _pressed(number: int, query: CallbackQuery) -> Arrival:
    if query.message is None or query.message.chat.type != ChatType.PRIVATE:
        return Arrival(number)
    # Without data (a game's button) it is a button we never made.
    what = Pressed(query.message.message_id, _whole(query.data) or "")
    return _from(number, query.from_user.id, query.from_user.language_code, what)


def _member(number: int, changed: ChatMemberUpdated) -> Arrival:
    if changed.chat.type != ChatType.PRIVATE:
        return Arrival(number)
    gone = changed.new_chat_member.status in _GONE
    return _from(number, changed.chat.id, changed.from_user.language_code, Blocked() if gone else Returned())


def _said(number: int, message: Message, *, edited: bool) -> Arrival:
    if message.chat.type != ChatType.PRIVATE or message.from_user is None:
        return Arrival(number)
    text, caption = _whole(message.text), _whole(message.caption)
    what: What
    if text is None:
        what = Edited(caption) if edited and caption else NotText(caption)
    else:
        what = Edited(text) if edited else Typed(text)
    return _from(number, message.from_user.id, message.from_user.language_code, what)


def _whole(text: str | None) -> str | None:
    """The text with a sign in place of half letters (lone surrogates), which JSON can hold and no database can."""
    return text if text is None else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _from(number: int, telegram_id: Any, client_language: Any, what: What) -> Arrival:
    if not isinstance(telegram_id, int) or not 0 < telegram_id < _LARGEST_ID:
        return Arrival(number, what=Unread("no such person"))
    return Arrival(number, telegram_id, client_language if isinstance(client_language, str) else None, what)

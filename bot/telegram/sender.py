"""Hands one letter to Telegram and turns whatever happens into a verdict."""

import logging
import re
from collections.abc import Mapping
from typing import Any, Final

from telegram import Bot, InputFile
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.delivery.gate import Letter
from bot.delivery.verdicts import Later, NotEditable, Rejected, Sent, Unreachable, Verdict

log = logging.getLogger(__name__)

_NO_PREVIEW: Final = {"is_disabled": True}
_SAYS_IT_ALREADY: Final = "message is not modified"
_QUOTES: Final = re.compile(r"\s*\"|\s+'")
"""Where Telegram's sentence begins to quote what we sent, which may hold somebody's words."""

_NOBODY_THERE: Final = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was blocked")


class TelegramSender:
    """The gate's sender; it holds the bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def __call__(self, letter: Letter) -> Verdict:
        try:
            return Sent(await self._edit(letter) if letter.edits else await self._send(letter))
        except RetryAfter as flood:
            return Later(flood._retry_after.total_seconds())  # the public property warns of its own change of type
        except Forbidden:
            return Unreachable()
        except BadRequest as bad:
            return _refused(bad, letter)
        except TelegramError as away:
            # The network, a token that is revoked (the poll loop ends the process), or no real answer: nobody can say
            # whether the message arrived.
            log.warning("not sent", extra={"action": "not_sent", "kind": type(away).__name__})
            return Later()
        except Exception as ours:  # it never left, and never will: waiting would hold this chat up for ever
            return Rejected(type(ours).__name__)

    async def _send(self, letter: Letter) -> int:
        if letter.attachment is None:
            return _number(await self._bot.do_api_request("sendMessage", _said(letter)))
        document = InputFile(letter.attachment.content, filename=letter.attachment.name)
        said = {"chat_id": letter.chat, "document": document, "caption": letter.html, "parse_mode": ParseMode.HTML}
        return _number(await self._bot.do_api_request("sendDocument", said | _keyboard(letter)))

    async def _edit(self, letter: Letter) -> int:
        asked = _said(letter) | {"message_id": letter.edits}
        return _number(await self._bot.do_api_request("editMessageText", asked))


def _said(letter: Letter) -> dict[str, Any]:
    said = {
        "chat_id": letter.chat,
        "text": letter.html,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": _NO_PREVIEW,
    }
    return said | _keyboard(letter)


def _keyboard(letter: Letter) -> dict[str, Any]:
    if not letter.keyboard:
        return {}
    return {"reply_markup": {"inline_keyboard": [[_key(*key) for key in row] for row in letter.keyboard]}}


def _key(text: str, data: str | None, url: str | None) -> dict[str, str]:
    return {"text": text, "url": url} if url is not None else {"text": text, "callback_data": data or ""}


def _number(sent: Any) -> int:
    """The number of the message that Telegram says was sent; raises TelegramError where it says nothing of the kind."""
    number = sent.get("message_id") if isinstance(sent, Mapping) else None
    if not isinstance(number, int):
        raise TelegramError("no message in the answer")
    return number


def _refused(bad: BadRequest, letter: Letter) -> Verdict:
    fault = bad.message.lower()
    if _SAYS_IT_ALREADY in fault:
        return Sent(letter.edits or 0)
    if any(words in fault for words in _NOBODY_THERE):
        return Unreachable()
    if letter.edits:  # gone, too old, a file without text: whatever it is, a new message says it
        return NotEditable()
    return Rejected(_QUOTES.split(bad.message, maxsplit=1)[0])

"""Hands one letter to Telegram and turns whatever happens into a verdict."""

import logging
import re
from collections.abc import Mapping
from typing import Any, Final

from telegram import Bot, InputFile
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.delivery.gate import Letter
from bot.delivery.verdicts import Later, NoPicture, NotEditable, Rejected, Sent, Unreachable, Verdict
from bot.turn import Attachment, AttachmentKind

log = logging.getLogger(__name__)

_NO_PREVIEW: Final = {"is_disabled": True}
_SAYS_IT_ALREADY: Final = "message is not modified"
_QUOTES: Final = re.compile(r"\s*\"|\s+'")
"""Where Telegram's sentence begins to quote what we sent, which may hold somebody's words."""

_FILES: Final = {
    AttachmentKind.DOCUMENT: ("sendDocument", "document"),
    AttachmentKind.PICTURE: ("sendPhoto", "photo"),
}

_NOBODY_THERE: Final = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was blocked")


class TelegramSender:
    """The gate's sender; it holds the bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def __call__(self, letter: Letter) -> Verdict:
        try:
            return Sent(await self._do(letter))
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

    async def _do(self, letter: Letter) -> int:
        """What the letter asks for; the number of the message it made or changed, 0 where it made none."""
        call = self._bot.do_api_request
        if letter.deletes:
            await call("deleteMessages", {"chat_id": letter.chat, "message_ids": list(letter.deletes)})
            return 0
        if letter.location is not None:
            at = {"latitude": letter.location.latitude, "longitude": letter.location.longitude}
            return _number(await call("sendLocation", {"chat_id": letter.chat} | at | _quietly(letter)))
        if letter.edits:
            return _number(await call("editMessageText", _said(letter) | {"message_id": letter.edits}))
        if letter.photo is not None:
            said = {"chat_id": letter.chat, "photo": letter.photo, "caption": letter.html, "parse_mode": ParseMode.HTML}
            return _number(await call("sendPhoto", said | _keyboard(letter) | _quietly(letter)))
        if letter.attachment is None:
            return _number(await call("sendMessage", _said(letter) | _quietly(letter)))
        return _number(await self._send_file(letter, letter.attachment))

    async def _send_file(self, letter: Letter, attached: Attachment) -> Any:
        method, field = _FILES[attached.kind]
        file = InputFile(attached.content, filename=attached.name)
        said = {"chat_id": letter.chat, field: file, "caption": letter.html, "parse_mode": ParseMode.HTML}
        return await self._bot.do_api_request(method, said | _keyboard(letter) | _quietly(letter))


def _said(letter: Letter) -> dict[str, Any]:
    said = {
        "chat_id": letter.chat,
        "text": letter.html,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": _NO_PREVIEW,
    }
    return said | _keyboard(letter)


def _quietly(letter: Letter) -> dict[str, Any]:
    return {"disable_notification": True} if letter.silent else {}


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
    if letter.deletes:  # gone already, or by now too old: nothing more can be done about it
        return Sent(0)
    if letter.edits:  # gone, too old, a file without text: whatever it is, a new message says it
        return NotEditable()
    if letter.photo is not None:  # not there any more, or never a photo: the words are what matters
        return NoPicture()
    return Rejected(_QUOTES.split(bad.message, maxsplit=1)[0])

"""Hands one letter to Telegram and turns whatever happens into a verdict."""

import logging
from typing import Final

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.delivery.gate import Letter
from bot.delivery.verdicts import Later, NotEditable, Rejected, Sent, Unreachable, Verdict

log = logging.getLogger(__name__)

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_SAYS_IT_ALREADY: Final = "message is not modified"
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
            # The network, a token that is revoked (the poll loop ends the process), or half an answer: nobody can say
            # whether the message arrived.
            log.warning("not sent", extra={"action": "not_sent", "kind": type(away).__name__})
            return Later()
        except Exception as ours:  # it never left, and never will: waiting would hold this chat up for ever
            return Rejected(type(ours).__name__)

    async def _send(self, letter: Letter) -> int:
        markup = _markup(letter)
        if letter.attachment is None:
            sent = await self._bot.send_message(
                letter.chat,
                letter.html,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                link_preview_options=_NO_PREVIEW,
            )
        else:
            document = InputFile(letter.attachment.content, filename=letter.attachment.name)
            sent = await self._bot.send_document(
                letter.chat, document, caption=letter.html, parse_mode=ParseMode.HTML, reply_markup=markup
            )
        return sent.message_id

    async def _edit(self, letter: Letter) -> int:
        edited = await self._bot.edit_message_text(
            letter.html,
            letter.chat,
            letter.edits,
            parse_mode=ParseMode.HTML,
            reply_markup=_markup(letter),
            link_preview_options=_NO_PREVIEW,
        )
        return edited.message_id if isinstance(edited, Message) else letter.edits or 0


def _markup(letter: Letter) -> InlineKeyboardMarkup | None:
    if not letter.keyboard:
        return None
    rows = [
        [InlineKeyboardButton(text, callback_data=data, url=url) for text, data, url in row] for row in letter.keyboard
    ]
    return InlineKeyboardMarkup(rows)


def _refused(bad: BadRequest, letter: Letter) -> Verdict:
    fault = bad.message.lower()
    if _SAYS_IT_ALREADY in fault:
        return Sent(letter.edits or 0)
    if any(words in fault for words in _NOBODY_THERE):
        return Unreachable()
    if letter.edits:  # gone, too old, a file without text: whatever it is, a new message says it
        return NotEditable()
    return Rejected(bad.message)

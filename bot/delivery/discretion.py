"""Discreet mode on its way out: every new message begins with words for anybody, and comes without a sound.

A notification shows a chat's name and the beginning of the message. The name cannot be hidden; the beginning is filled
by an opening of at least 80 characters and an empty line (`tests/locales/test_lock_screen.py` measures it), so that a
locked screen shows no more. Edits notify nobody, and need none.
"""

from typing import Final

from bot.texts import Texts
from bot.turn import Attachment
from bot.words import Language, Phrase, phrase

OPENING: Final = "people.youth.discreet_opening"

OPENS_ITSELF: Final = frozenset({"safety.youth.card", "safety.youth.again", "people.youth.hidden"})
"""What must be the first thing seen; nothing in its own first words tells a stranger anything."""

LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
"""Characters that Telegram takes (Bot API, sendMessage and sendDocument)."""


def opened(html: str, said: Phrase, texts: Texts, language: Language, attachment: Attachment | None = None) -> str:
    """What is said, behind the opening; as it is where Telegram has no room for both."""
    if said.key in OPENS_ITSELF:
        return html
    whole = f"{texts.html(phrase(OPENING), language)}\n\n{html}"
    return whole if len(whole) <= (LONGEST_TEXT if attachment is None else LONGEST_CAPTION) else html

"""What an update says, as far as it means anything here, and what of it may be done whoever has been blocked.

`bot.telegram.inbound` makes these of Telegram's updates, `bot.dispatch` answers them.
"""

from dataclasses import dataclass
from typing import Final

from bot.actions import Action, tag_of
from bot.people.screens import OpenHelp
from bot.turn import Document, Spot

ALWAYS_THEIRS: Final = frozenset(
    {"/help", "/mydata", "/forget", "/privacy", "/language", "/discreet", "/hide", "blocks.appeal"}
)
"""What a block takes from nobody, beside everything of `safety` and of `people`: help, their data, their language, who
sees their screen, and to object."""

_OF_HELP: Final = "safety."

LEADS_ON: Final = frozenset({"people.menu", "people.resume"})
"""The exceptions: these lead to what is closed."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button under that message."""

    message_id: int
    data: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A text or a command."""

    text: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A text that was changed after it had been handled."""

    text: str


@dataclass(frozen=True, slots=True)
class NotText:
    """A sticker, voice, photo or the like, perhaps with a caption; a place on the map has its `spot`, a file its
    `document`."""

    caption: str | None = None
    spot: Spot | None = None
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Blocked:
    """They stopped the bot."""


@dataclass(frozen=True, slots=True)
class Returned:
    """They started it again."""


@dataclass(frozen=True, slots=True)
class Unread:
    """An update that could not be parsed, or whose data makes no sense; `fault` names the kind, never the content."""

    fault: str


What = Pressed | Typed | Edited | NotText | Blocked | Returned


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update as dispatch sees it. Without `what` it is nothing for us (a group's chatter, an unknown kind)."""

    update_id: int
    telegram_id: int | None = None
    client_language: str | None = None
    what: What | Unread | None = None
    message_id: int | None = None
    """The number of what they wrote, where they wrote."""


def words_in(what: What) -> str | None:
    """What they wrote, in whatever way."""
    match what:
        case Typed(text) | Edited(text):
            return text
        case NotText(caption):
            return caption
        case _:
            return None


def is_always_theirs(what: What, expecting: Action | None) -> bool:
    """Whether somebody whom staff blocked may do that all the same."""
    match what:
        case Pressed(data=data):
            tag = tag_of(data)
        case Typed(text=text) if text.startswith("/"):
            tag = command_in(text)
        case Typed() if expecting is not None:
            tag = expecting.tag
        case _:
            return False
    return tag in ALWAYS_THEIRS or (tag.startswith(("safety.", "people.")) and tag not in LEADS_ON)


def asks_for_help(what: What) -> bool:
    match what:
        case Pressed(data=data):
            return tag_of(data) == OpenHelp.tag
        case Typed(text=text):
            return command_in(text) == "/help"
        case _:
            return False


def is_about_help(what: What) -> bool:
    """Whether they ask for help, or press on where they asked for it."""
    return asks_for_help(what) or (isinstance(what, Pressed) and tag_of(what.data).startswith(_OF_HELP))


def command_in(text: str) -> str:
    """The command in front, as commands are named here; other text is none."""
    first, *_ = text.split(maxsplit=1) or ("",)
    return first.split("@", 1)[0].lower()

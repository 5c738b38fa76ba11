"""What can come of one sending. The transport gives one of these and never an exception."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived as this message (or the edited message now says it)."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: 429, 5xx, a time-out or a cut connection. `seconds` is Telegram's own figure where it gave one."""

    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """403: they blocked the bot, deleted the account or never wrote to it."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """400: our own mistake. `fault` is Telegram's sentence up to where it would quote the message."""

    fault: str


@dataclass(frozen=True, slots=True)
class NotEditable:
    """The message to replace is gone or too old: say it in a new one."""


@dataclass(frozen=True, slots=True)
class NoPicture:
    """The picture cannot be shown any more: say the words without it."""


Verdict = Sent | Later | Unreachable | Rejected | NotEditable | NoPicture

"""The parts of a running bot that its pages look at; the partner page alone changes anything, through `wake`d rows."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import TrustedClock
from bot.delivery.sendings import Sendings
from bot.mail.post import Post
from bot.pulse import Heartbeat, Inbox
from bot.settings import Settings
from bot.storage.database import Database
from bot.turn import Subscribers


@dataclass(frozen=True, slots=True)
class Parts:
    """`updates` beats whenever Telegram answered: a poll, or by webhook the look whether it still knows the token."""

    clock: TrustedClock
    zone: ZoneInfo
    database: Database
    database_file: Path
    by_webhook: bool
    updates: Heartbeat
    gate: Heartbeat
    schedule: Heartbeat
    inbox: Inbox
    sendings: Sendings
    settings: Settings
    subscribers: Subscribers
    """Who acts on what happens, also on what a receiver did on the page."""
    wake: Callable[[], None]
    """Tells those who send that there is something to be sent."""
    post: Post | None = None
    """Where letters are sent."""

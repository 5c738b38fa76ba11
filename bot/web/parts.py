"""The parts of a running bot that /health and /metrics look at; they look, and change nothing."""

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import TrustedClock
from bot.delivery.sendings import Sendings
from bot.pulse import Heartbeat, Inbox
from bot.storage.database import Database


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

"""The people of the bench as rows: a database of the bot in which everybody stands at the first question.

Written with the bot's own tables but past its engine, so that what is measured is not what prepares it.
"""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import Connection, Table, create_engine, insert

from bot.clock import SystemClock
from bot.people import notice
from bot.people.rules import Purpose
from bot.screening.questionnaire import CURRENT, LINK
from bot.settings import Settings
from bot.storage.migrating import migrate
from bot.storage.tables import consents, people, screenings

PEOPLE: Final = 10_000
BEGAN: Final = SystemClock().now() - timedelta(hours=1)
"""Of late: what is left unfinished for a month is deleted."""

_FIRST_CHAT: Final = 10_000_000
_AT_ONCE: Final = 5_000


def chat_of(person: int) -> int:
    """The Telegram id of the person with that number, from 1."""
    return _FIRST_CHAT + person


def first_answer(person: int) -> tuple[int, str]:
    """The press with which that person answers the first question: chat and callback data."""
    return chat_of(person), f"screening.give:{person}:age:18_28"


def at_first_question(path: Path) -> None:
    """A database of PEOPLE young people, each with an open screening of the same number, at its first question."""
    shutil.copyfile(Path(prepared().name) / "bot.db", path)


@cache
def prepared() -> TemporaryDirectory[str]:
    """The folder with the database to be copied, made once and gone when the bench ends."""
    kept = TemporaryDirectory(prefix="bench-town-")
    with filled(Path(kept.name) / "bot.db") as db:
        put(db, people, (person(number) for number in range(1, PEOPLE + 1)))
        put(db, consents, (consent(number, Purpose.SCREENING) for number in range(1, PEOPLE + 1)))
        put(db, screenings, (run(number) for number in range(1, PEOPLE + 1)))
    return kept


def filled(path: Path) -> Any:
    """A transaction on a new database of this version."""
    migrate(path)
    return create_engine(f"sqlite:///{path}").begin()


def put(db: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows, some thousand at a time."""
    waiting = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == _AT_ONCE:
            db.execute(insert(table), waiting)
            waiting = []
    if waiting:
        db.execute(insert(table), waiting)


def person(number: int, language: str = "lv") -> dict[str, Any]:
    """A young person who chose that language."""
    return {
        "id": number,
        "telegram_id": chat_of(number),
        "language": language,
        "language_chosen": True,
        "code_name": f"Osta-{number}",
        "municipality": "LV-067",
        "created_at": BEGAN,
    }


def consent(number: int, purpose: Purpose) -> dict[str, Any]:
    """What they agreed to."""
    return {
        "person_id": number,
        "purpose": purpose.value,
        "version": notice.version(Settings.model_construct()),
        "language": "lv",
        "given_at": BEGAN,
    }


def run(number: int) -> dict[str, Any]:
    """An open screening at its first question."""
    return {
        "id": number,
        "person_id": number,
        "version": CURRENT,
        "answers": {LINK: "LV-067"},
        "started_at": BEGAN,
        "changed_at": BEGAN,
    }

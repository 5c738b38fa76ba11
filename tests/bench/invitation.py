"""An event whose invitation goes out to so many people: the row that a coordinator's last press leaves behind."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from bot.events.going_out.actions_sending import Stop
from bot.people.rules import Purpose
from bot.storage.tables import consents, grants, people, screenings
from tests.bench import town
from tests.bench.calendar_rows import micros
from tests.bench.our_bot import DAY
from tests.bench.presser import PEOPLE as PRESSERS

_SEND: Final = """
INSERT INTO events (created_by, municipality, state, language, titles, details, place, starts_at, audience, cursor,
                    created_at, sent_at, progress_message, progress_at)
VALUES (:by, NULL, 'sending', 'lv', :titles, :details, 'Jauniešu centrs, Brīvības iela 18, Ogre', :starts_at,
        '{"groups": ["youth"]}', 0, :now, :now, 1, :now)
"""


def guests(path: Path, count: int) -> Mapping[str, str]:
    """Settings for a new database: so many young people who agreed to be invited, the coordinator who invites them,
    and some who are not invited and answer questions meanwhile."""
    coordinator = _coordinator(count)
    with town.filled(path) as db:
        town.put(db, people, (town.person(one, ("lv", "uk", "en")[one % 3]) for one in range(1, coordinator + 1)))
        town.put(db, consents, (town.consent(one, Purpose.EVENTS) for one in range(len(PRESSERS) + 1, coordinator)))
        town.put(db, screenings, ({**town.run(one), "started_at": DAY, "changed_at": DAY} for one in PRESSERS))
        town.put(db, grants, iter([{"person_id": coordinator, "role": "coordinator", "granted_at": DAY}]))
    return {"BOT_DATABASE_URL": f"sqlite+aiosqlite:///{path}", "BENCH_CLOCK": "day"}


def _coordinator(count: int) -> int:
    """After those who press and those who are invited."""
    return len(PRESSERS) + count + 1


def send(path: Path, count: int) -> None:
    """The event is under way from this moment on."""
    texts: dict[str, Any] = {
        "by": _coordinator(count),
        "titles": json.dumps({"lv": "Radošā diena", "uk": "Творчий день"}),
        "details": json.dumps({"lv": "Nāc & paņem līdzi draugu!", "uk": "Приходь із другом!"}),
        "starts_at": micros(DAY + timedelta(days=8)),
        "now": micros(DAY),
    }
    with closing(sqlite3.connect(path, timeout=30)) as db, db:
        db.execute(_SEND, texts)


def stop(count: int) -> tuple[int, str]:
    """The coordinator's press that stops it: chat and callback data."""
    return town.chat_of(_coordinator(count)), Stop(1).pack()


def queued(path: Path) -> bool:
    """Whether everybody has been handed to delivery."""
    with closing(sqlite3.connect(path, timeout=30)) as db:
        return db.execute("SELECT state FROM events").fetchone() == ("sent",)

"""Who answers presses in the bench: the whole bot, and what others would use in its place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.bench import town
from tests.bench.figures import Effort

PTB: Final = "python-telegram-bot"
PTB_MANY: Final = "python-telegram-bot, 256 at once"
PTB_DURABLE: Final = "python-telegram-bot, PicklePersistence each"
AIOGRAM: Final = "aiogram"
FLOOR_NOTHING: Final = "aiohttp echo, nothing kept"
FLOOR_CORE: Final = "aiohttp echo, SQLAlchemy transaction each"
FLOOR_SQLITE: Final = "aiohttp echo, sqlite3 transaction each"
FLOOR_GROUPED: Final = "aiohttp echo, grouped commits"


@dataclass(frozen=True, slots=True)
class Contender:
    """A bot to be measured. `presses` is a backlog that keeps it busy for some seconds."""

    name: str
    command: tuple[str, ...]
    presses: int = 2_000
    settings: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[Path], Mapping[str, str]] = lambda _: {}


def in_town(folder: Path) -> Mapping[str, str]:
    """Settings for a database in which everybody stands at the first question."""
    path = folder / "bot.db"
    town.at_first_question(path)
    return {"BOT_DATABASE_URL": f"sqlite+aiosqlite:///{path}"}


OURS: Final = Contender("ours", ("tests.bench.our_bot",), settings={"BENCH_LIMITS": "off"}, prepare=in_town)


def with_us(effort: Effort, peers: Sequence[Contender]) -> tuple[Contender, ...]:
    """Ours first, and the others where they are to be measured."""
    return (OURS, *peers) if effort.beside else (OURS,)


def _peer(name: str, module: str, how: str = "", presses: int = 2_000) -> Contender:
    return Contender(name, (f"tests.bench.peers.{module}", *([how] if how else [])), presses)


def ptb(presses: int = 1_000) -> Contender:
    return _peer(PTB, "ptb_echo", presses=presses)


def ptb_many(presses: int = 600) -> Contender:
    return _peer(PTB_MANY, "ptb_echo", "many", presses)


def aiogram() -> Contender:
    return _peer(AIOGRAM, "aiogram_echo")


def ptb_durable(presses: int = 60) -> Contender:
    return _peer(PTB_DURABLE, "ptb_echo", "durable", presses)


def floor_core() -> Contender:
    return _peer(FLOOR_CORE, "bare_echo", "sqlalchemy")


def floor_grouped() -> Contender:
    return _peer(FLOOR_GROUPED, "bare_echo", "grouped")


def floors() -> tuple[Contender, ...]:
    return (
        _peer(FLOOR_NOTHING, "bare_echo", "nothing"),
        floor_core(),
        _peer(FLOOR_SQLITE, "bare_echo", "sqlite"),
        floor_grouped(),
    )

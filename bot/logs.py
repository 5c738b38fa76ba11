"""Logs that an operator can read and a young person need not fear: ids and actions, never words, names or tokens.

Exceptions are written as their kind and where they came from. Their messages stay out, for they often quote the very
value that was wrong, and that may be something somebody typed.
"""

import json
import logging
import traceback
from types import TracebackType
from typing import Any, Final, Literal

_ORDINARY: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def set_up(form: Literal["text", "json"], level: int = logging.INFO) -> None:
    """Send everything to standard error in that form."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Json() if form == "json" else _Text())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("aiohttp.access", "telegram", "alembic", "aiosqlite", "sqlalchemy"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # It warns of each ring that fell into the one before, which is what the bell is meant to do.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def _extras(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in _ORDINARY}


def _words(record: logging.LogRecord) -> str:
    """The message; of asyncio's only the first line, as the others show the failed task with what it failed on."""
    message = record.getMessage()
    return message.split("\n", 1)[0] if record.name == "asyncio" else message


class _Quiet(logging.Formatter):
    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  # logging's own name
        kind, _, where = ei
        frames = traceback.extract_tb(where) if where else []
        steps = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return "\n".join([*steps, kind.__name__ if kind else ""])


class _Text(_Quiet):
    def format(self, record: logging.LogRecord) -> str:
        extras = " ".join(f"{name}={value}" for name, value in _extras(record).items())
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {_words(record)} {extras}".rstrip()
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class _Json(_Quiet):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": _words(record),
            **_extras(record),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)

"""Logs that an operator can read and a young person need not fear: ids and actions, never words, names or tokens.

Exceptions are written as their kind and where they came from. Their messages stay out, for they often quote the very
value that was wrong, and that may be something somebody typed. Nothing else writes to standard error: what Python or a
thread or a library would have printed there comes through here too.
"""

import json
import logging
import re
import sys
import threading
import traceback
import warnings
from types import MappingProxyType, TracebackType
from typing import Any, Final, Literal, TextIO

log = logging.getLogger(__name__)

LEVELS: Final = MappingProxyType({"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING})
"""What BOT_LOG_LEVEL may say."""

_ORDINARY: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def set_up(form: Literal["text", "json"], level: int = logging.INFO) -> None:
    """Send everything to standard error in that form; libraries are heard from WARNING on, whatever the level."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(form))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(level)
    # It warns of each ring that fell into the one before, which is what the bell is meant to do.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.raiseExceptions = False  # a line that cannot be written would otherwise be printed with all it holds
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _ended_thread
    warnings.showwarning = _warned


def formatter(form: Literal["text", "json"]) -> logging.Formatter:
    """How a line is written."""
    return _Json() if form == "json" else _Text()


def _uncaught(kind: type[BaseException], broken: BaseException, where: TracebackType | None) -> None:
    log.critical("uncaught", exc_info=(kind, broken, where), extra={"action": "uncaught"})


def _unraisable(told: "sys.UnraisableHookArgs") -> None:
    broken = (told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback)
    log.error("unraisable", exc_info=broken, extra={"action": "unraisable"})


def _ended_thread(told: threading.ExceptHookArgs) -> None:
    broken = (told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback)
    log.error("a thread ended", exc_info=broken, extra={"action": "thread_ended"})


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    where = f"{filename}:{lineno}"
    log.warning("a library warns", extra={"action": "library_warns", "kind": category.__name__, "where": where})


def _extras(record: logging.LogRecord) -> dict[str, Any]:
    """The ids and the action that our own lines carry."""
    return {name: value for name, value in vars(record).items() if name not in _ORDINARY} if _ours(record) else {}


def _ours(record: logging.LogRecord) -> bool:
    return record.name == "bot" or record.name.startswith("bot.")


def _words(record: logging.LogRecord) -> str:
    """Our message; of a library's only what it says of itself, as what follows shows the thing that was wrong."""
    if _ours(record):
        return record.getMessage()
    said = str(record.msg)
    return said if record.args else re.split(r"[^A-Za-z .,-]", said, maxsplit=1)[0].strip()


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

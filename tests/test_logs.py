"""Logs carry ids and actions; what people wrote, their names and our tokens are not in them."""

import ast
import asyncio
import io
import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest

from bot import logs

SECRET = "word-nobody-may-log"
Form = Literal["text", "json"]


@pytest.fixture
def form(request: pytest.FixtureRequest) -> Iterator[Form]:
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning
    yield request.param
    sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning = hooks
    logging.raiseExceptions = True
    logging.getLogger("bot").setLevel(logging.NOTSET)
    logging.basicConfig(force=True, handlers=[logging.NullHandler()])


def set_up(form: Form) -> io.StringIO:
    """The log of this process, written to where a test can read it."""
    logs.set_up(form, logging.DEBUG)
    written = io.StringIO()
    (handler,) = logging.getLogger().handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    return written


both = pytest.mark.parametrize("form", ["text", "json"], indirect=True)


def fail_with(words: str) -> None:
    raise ValueError(words)


@pytest.mark.feature("X44")
@both
def test_an_exception_is_told_by_kind_and_place_and_never_by_its_words(form: Form) -> None:
    written = set_up(form)
    try:
        try:
            fail_with(SECRET)
        except ValueError as first:
            first.add_note(SECRET)
            raise KeyError(SECRET) from first
    except KeyError:
        logging.getLogger("bot.dispatch").exception("update failed", extra={"action": "update_failed", "update": 7})
    told = written.getvalue()
    assert SECRET not in told
    assert all(words in told for words in ("update failed", "update_failed", "7", "KeyError", "test_logs.py"))


@pytest.mark.feature("X44")
@both
async def test_a_task_that_failed_unheard_is_told_without_what_it_failed_on(form: Form) -> None:
    written = set_up(form)

    async def fail() -> None:
        fail_with(SECRET)

    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(fail())
    await asyncio.wait({task})
    loop.call_exception_handler(
        {"message": "Task exception was never retrieved", "exception": task.exception(), "future": task}
    )
    told = written.getvalue()
    assert "Task exception was never retrieved" in told
    assert SECRET not in told


@pytest.mark.feature("X44")
@both
@pytest.mark.parametrize(
    "logger", ["telegram", "telegram.Bot", "aiohttp.access", "aiosqlite",
               "sqlalchemy.engine.Engine", "alembic.runtime.migration"],
)  # fmt: skip
def test_libraries_do_not_chat_about_what_goes_through_them(form: Form, logger: str) -> None:
    written = set_up(form)
    logging.getLogger(logger).debug("INSERT %s", SECRET)
    logging.getLogger(logger).info("POST /bot%s/sendMessage", SECRET)
    assert written.getvalue() == ""


@pytest.mark.feature("X44")
@both
def test_a_library_that_fails_is_named_without_what_it_failed_on(form: Form) -> None:
    written = set_up(form)
    logging.getLogger("aiohttp.server").error("Error handling %s", SECRET, extra={"body": SECRET})
    logging.getLogger("asyncio").error(f"Exception in callback note('{SECRET}')\nhandle: <{SECRET}>")
    logging.getLogger("odd").warning("%d and %d", SECRET)  # cannot even be put together
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(SECRET, RuntimeWarning, stacklevel=1)
    told = written.getvalue()
    assert SECRET not in told
    assert all(words in told for words in ("aiohttp.server", "Error handling", "Exception in callback note", "odd"))
    assert "RuntimeWarning" in told


ACCIDENTS = {
    "in the main thread": "raise ValueError(SECRET)",
    "in another thread": "thread = threading.Thread(target=fail); thread.start(); thread.join()",
    "in an event loop": "asyncio.run(in_a_loop())",
    "where nobody can raise": "Odd()",
    "in the log itself": "logging.getLogger('bot').error('%d', SECRET)",
}


@pytest.mark.feature("X44")
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("accident", ACCIDENTS)
def test_an_accident_that_nobody_catches_is_told_without_its_words(accident: str, form: Form) -> None:
    program = f"""
import asyncio, logging, threading
from bot import logs
SECRET = "-".join({SECRET.split("-")})
logs.set_up({form!r}, logging.DEBUG)
def fail(): raise ValueError(SECRET)
class Odd:
    def __del__(self): fail()
async def in_a_loop():
    asyncio.get_running_loop().call_soon(fail)
    asyncio.ensure_future(asyncio.to_thread(fail))
    await asyncio.sleep(0.2)
{ACCIDENTS[accident]}
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert SECRET not in ended.stdout + ended.stderr
    if accident != "in the log itself":
        assert "ValueError" in ended.stderr
    assert ended.returncode == (1 if accident == "in the main thread" else 0)


@pytest.mark.parametrize("form", ["json"], indirect=True)
def test_each_line_of_a_json_log_is_one_object(form: Form) -> None:
    written = set_up(form)
    log = logging.getLogger("bot.delivery.gate")
    log.warning("not sent", extra={"action": "not_sent", "outbox": 12, "odd": {1, 2}})
    try:
        fail_with("x")
    except ValueError:
        log.exception("failed")
    lines: list[dict[str, Any]] = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [line["level"] for line in lines] == ["WARNING", "ERROR"]
    assert (lines[0]["message"], lines[0]["outbox"]) == ("not sent", 12)
    assert lines[1]["error"].endswith("ValueError")


def test_every_line_that_the_bot_logs_is_one_fixed_sentence_with_an_action() -> None:
    """So that what stands in the sentence cannot be anybody's words, and whoever watches can count by action."""
    ours = Path(logs.__file__).parent
    wrong = [
        f"{file.relative_to(ours)}:{call.lineno}"
        for file in sorted(ours.rglob("*.py"))
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and _is_log(call.func) and not _is_fixed_with_action(call)
    ]
    assert wrong == []


def _is_log(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "log"


def _is_fixed_with_action(call: ast.Call) -> bool:
    sentence = len(call.args) == 1 and isinstance(call.args[0], ast.Constant)
    extra = next((keyword.value for keyword in call.keywords if keyword.arg == "extra"), None)
    names = [key.value for key in extra.keys if isinstance(key, ast.Constant)] if isinstance(extra, ast.Dict) else []
    return sentence and "action" in names

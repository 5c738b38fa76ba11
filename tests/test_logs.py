"""Logs carry ids and actions; what people wrote, their names and our tokens are not in them."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any, Literal

import pytest

from bot import logs

SECRET = "word-nobody-may-log"
Form = Literal["text", "json"]


@pytest.fixture
def form(request: pytest.FixtureRequest) -> Iterator[Form]:
    yield request.param
    logging.basicConfig(force=True, handlers=[logging.NullHandler()])


def set_up(form: Form) -> io.StringIO:
    """The log of this process, written to where a test can read it."""
    logs.set_up(form)
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
    "logger", ["telegram", "telegram.Bot", "aiohttp.access", "apscheduler.executors.default", "aiosqlite",
               "sqlalchemy.engine.Engine", "alembic.runtime.migration"],
)  # fmt: skip
def test_libraries_do_not_chat_about_what_goes_through_them(form: Form, logger: str) -> None:
    written = set_up(form)
    logging.getLogger(logger).debug("INSERT %s", SECRET)
    logging.getLogger(logger).info("POST /bot%s/sendMessage", SECRET)
    assert written.getvalue() == ""


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

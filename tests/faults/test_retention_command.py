"""`python -m bot retention` as its own process: a dry run changes nothing, the run itself says what went."""

import sqlite3
from contextlib import closing

import pytest

from tests.faults.process import BotProcess, run_command


async def _run(bot: BotProcess, *arguments: str, **settings: str) -> tuple[int, str, str]:
    return await run_command(*arguments, BOT_DATABASE_URL=f"sqlite+aiosqlite:///{bot.database}", **settings)


def _dump(bot: BotProcess) -> list[str]:
    """Every row of the database."""
    with closing(sqlite3.connect(bot.database)) as connection:
        return list(connection.iterdump())


@pytest.mark.slow
@pytest.mark.feature("C6")
async def test_the_command_counts_deletes_and_then_has_nothing_to_do(bot: BotProcess) -> None:
    assert (await _run(bot, "migrate"))[0] == 0
    with closing(sqlite3.connect(bot.database)) as connection, connection:
        connection.execute("INSERT INTO set_aside (update_id, at, fault) VALUES (1, 0, 'kind')")
        about = "(1, 60001, 'lv', 0, 'Osta-100', 0)"
        connection.execute(
            f"INSERT INTO people (id, telegram_id, language, language_chosen, code_name, created_at) VALUES {about}"
        )
    before = _dump(bot)
    code, out, errors = await _run(bot, "retention", "--dry-run", BOT_KEEP_ANSWERS_DAYS="90")
    assert (code, errors) == (0, "")
    counted = {line.split()[0]: line.split()[1:] for line in out.splitlines()[1:-1]}
    assert counted["answers"] == ["90", "1", "0"]
    assert counted["traces"] == ["30", "1", "0"]
    assert out.endswith("Nothing was changed.\n")
    assert _dump(bot) == before
    code, out, errors = await _run(bot, "retention")
    assert (code, out, errors) == (0, "Deleted, in rows:\nanswers: 1\ntraces: 1\n", "")
    assert bot.rows("SELECT id FROM people") == []
    assert (await _run(bot, "retention"))[1] == "Nothing was over.\n"
    assert [action for (action,) in bot.rows("SELECT action FROM audit")] == ["retention.answers", "retention.traces"]


@pytest.mark.slow
@pytest.mark.feature("C6")
async def test_without_a_database_or_with_a_wrong_term_there_is_a_sentence(bot: BotProcess) -> None:
    code, out, errors = await _run(bot, "retention", "--dry-run")
    assert (code, out) == (2, "")
    assert errors.endswith("is no database of this version: name it in BOT_DATABASE_URL.\n")
    code, _, errors = await _run(bot, "retention", BOT_KEEP_CASES_DAYS="for ever")
    assert (code, errors) == (2, "BOT_KEEP_CASES_DAYS should be whole days from 1 to 3650, such as 30.\n")

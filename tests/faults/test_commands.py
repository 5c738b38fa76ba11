"""`python -m bot` on the command line: wrong settings, `migrate` and `doctor`, each with its exit code and sentence."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.process import TOKEN, BotProcess, ServedTelegram, run_command
from tests.faults.test_webhook import free_port
from tests.town.sooner import sooner

WRONG = {
    "BOT_TOKEN": "not-a-token",
    "BOT_API_URL": "ftp://api.telegram.org",
    "BOT_DATABASE_URL": "mysql://somewhere/bot",
    "BOT_ADMINS": "andrejs",
    "BOT_TIMEZONE": "Mars/Olympus",
    "BOT_WEBHOOK_URL": "http://bot.example.org",
    "BOT_WEBHOOK_SECRET": "short",
    "BOT_HTTP_BIND": "nowhere",
    "BOT_BACKUP_KEY": "AGE-SECRET-KEY-1QQQQ",
    "BOT_LOG": "loud",
    "BOT_LOG_LEVEL": "loud",
}


def _url(database: Path) -> str:
    return f"sqlite+aiosqlite:///{database}"


@pytest.mark.feature("M5")
@pytest.mark.parametrize(("name", "value"), WRONG.items())
async def test_a_wrong_setting_stops_the_start_with_a_sentence_that_names_it(
    name: str, value: str, tmp_path: Path
) -> None:
    settings = {"BOT_TOKEN": TOKEN, "BOT_DATABASE_URL": _url(tmp_path / "bot.db"), name: value}
    code, out, errors = await run_command("run", **settings)
    assert code == 2
    assert not out
    assert errors.startswith(f"{name} should be ")
    assert errors.count("\n") == 1
    assert value not in errors
    assert not (tmp_path / "bot.db").exists()


async def test_a_webhook_without_its_secret_stops_the_start(tmp_path: Path) -> None:
    code, _, errors = await run_command(
        "run", BOT_TOKEN=TOKEN, BOT_DATABASE_URL=_url(tmp_path / "bot.db"), BOT_WEBHOOK_URL="https://bot.example.org"
    )
    assert (code, errors) == (2, "BOT_WEBHOOK_URL needs BOT_WEBHOOK_SECRET and BOT_HTTP_BIND beside it.\n")


async def test_a_missing_token_stops_run_alone(tmp_path: Path) -> None:
    database = _url(tmp_path / "bot.db")
    code, _, errors = await run_command("run", BOT_DATABASE_URL=database)
    assert code == 2
    assert errors.startswith("BOT_TOKEN is not set")
    assert errors.count("\n") == 1
    assert await run_command("migrate", BOT_DATABASE_URL=database) == (0, "", "")


async def test_a_place_where_no_database_can_lie_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    database = _url(tmp_path / "file" / "bot.db")
    for command in ("run", "migrate"):
        code, _, errors = await run_command(command, BOT_TOKEN=TOKEN, BOT_DATABASE_URL=database)
        assert code == 2
        assert errors.startswith("BOT_DATABASE_URL: no database can lie in ")
        assert errors.count("\n") == 1


async def test_migrate_makes_a_database_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "bot.db"
    assert await run_command("migrate", BOT_DATABASE_URL=_url(file)) == (0, "", "")
    made = file.read_bytes()
    assert await run_command("migrate", BOT_DATABASE_URL=_url(file)) == (0, "", "")
    assert file.read_bytes() == made


@pytest.mark.slow
@pytest.mark.feature("X22")
async def test_migrate_keeps_off_a_database_that_an_instance_works_on(bot: BotProcess) -> None:
    await bot.start()
    code, _, errors = await run_command("migrate", BOT_DATABASE_URL=_url(bot.database))
    assert code == 2
    assert errors.startswith("An instance is at work on this database")
    assert bot.runs


@pytest.mark.feature("X8")
@pytest.mark.parametrize("command", sooner("run", ["run", "migrate"]))
async def test_a_damaged_database_stops_the_start_and_stays_as_it_is(command: str, tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    await run_command("migrate", BOT_DATABASE_URL=_url(file))
    content = file.read_bytes()
    file.write_bytes(content[:100] + b"\xff" * 8_000 + content[8_100:])
    damaged = file.read_bytes()
    code, _, errors = await run_command(command, BOT_TOKEN=TOKEN, BOT_DATABASE_URL=_url(file))
    assert code == 2
    assert "damaged" in errors
    assert "backup" in errors
    assert errors.count("\n") == 1
    assert file.read_bytes() == damaged


@pytest.mark.feature("X10")
@pytest.mark.parametrize("command", sooner("migrate", ["run", "migrate"]))
async def test_a_database_of_a_newer_version_stops_the_start(command: str, tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    await run_command("migrate", BOT_DATABASE_URL=_url(file))
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    code, _, errors = await run_command(command, BOT_TOKEN=TOKEN, BOT_DATABASE_URL=_url(file))
    assert code == 2
    assert "newer version of the bot (9999)" in errors
    assert errors.count("\n") == 1


async def test_doctor_finds_nothing_grave_where_all_is_well(served: ServedTelegram, tmp_path: Path) -> None:
    database = _url(tmp_path / "bot.db")
    await run_command("migrate", BOT_DATABASE_URL=database)
    code, out, errors = await run_command(
        "doctor", BOT_TOKEN=TOKEN, BOT_API_URL=served.address, BOT_DATABASE_URL=database, BOT_ADMINS="1,2"
    )
    assert (code, errors) == (0, "")
    assert "WRONG" not in out
    assert "Telegram knows the token." in out
    assert "The database is whole" in out
    assert TOKEN not in out


async def test_doctor_says_what_is_wrong(served: ServedTelegram, tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    file.write_bytes(b"no database " * 1000)
    served.telegram.faults.revoke_token()
    code, out, _ = await run_command("doctor", BOT_TOKEN=TOKEN, BOT_API_URL=served.address, BOT_DATABASE_URL=_url(file))
    assert code == 1
    assert "WRONG Telegram does not accept BOT_TOKEN" in out
    assert "is damaged or not a database of this bot" in out
    assert "note BOT_ADMINS is empty" in out
    assert TOKEN not in out


@pytest.mark.slow
@pytest.mark.feature("N4")
async def test_doctor_asks_a_bot_that_runs_how_it_is(served: ServedTelegram, tmp_path: Path) -> None:
    bind = f"127.0.0.1:{free_port()}"
    settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": served.address, "BOT_HTTP_BIND": bind}
    bot = BotProcess(served, tmp_path, BOT_HTTP_BIND=bind)
    _, out, _ = await run_command("doctor", BOT_DATABASE_URL=_url(bot.database), **settings)
    assert f"ok   No bot runs at {bind}, and one can listen there." in out
    try:
        await bot.start()
        await asyncio.sleep(1)
        _, out, _ = await run_command("doctor", BOT_DATABASE_URL=_url(bot.database), **settings)
        assert "ok   The bot that runs is ready." in out
        code, _, errors = await run_command("run", BOT_DATABASE_URL=_url(tmp_path / "other.db"), **settings)
        assert code == 2
        assert errors.startswith(f"BOT_HTTP_BIND: nothing can listen at {bind}: ")
        assert errors.count("\n") == 1
    finally:
        await bot.close()


async def test_doctor_without_a_token_and_without_telegram(tmp_path: Path) -> None:
    database = _url(tmp_path / "bot.db")
    code, out, _ = await run_command("doctor", BOT_DATABASE_URL=database)
    assert code == 1
    assert "WRONG BOT_TOKEN is not set." in out
    _, out, _ = await run_command(
        "doctor", BOT_TOKEN=TOKEN, BOT_API_URL="http://127.0.0.1:1", BOT_DATABASE_URL=database
    )
    assert "Telegram could not be reached" in out
    assert not (tmp_path / "bot.db").exists()


@pytest.mark.slow
@pytest.mark.feature("X44")
async def test_the_token_stays_out_of_the_log(bot: BotProcess) -> None:
    await bot.start()
    assert await bot.stop() == 0
    assert TOKEN not in bot.stderr
    assert TOKEN.split(":")[1] not in bot.stderr

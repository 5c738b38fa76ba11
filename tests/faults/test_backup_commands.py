"""`python -m bot backup` and `restore` beside the real process: online, locked, drilled, refused; a lost database."""

import asyncio
import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from pyrage import x25519

from tests.faults.chatter import all_do_more, crowd, kept
from tests.faults.counts import SEED
from tests.faults.process import TOKEN, BotProcess, ServedTelegram, run_command, until


def _files(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


async def _run(bot: BotProcess, *arguments: str, **settings: str) -> tuple[int, str, str]:
    settings = {"BOT_TOKEN": TOKEN, "BOT_DATABASE_URL": f"sqlite+aiosqlite:///{bot.database}", **settings}
    return await run_command(*arguments, **settings)


def _counts(bot: BotProcess) -> dict[str, int]:
    names = bot.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name: bot.rows(f'SELECT count(*) FROM "{name}"')[0][0] for (name,) in names}


def _hash(out: str) -> str:
    return re.search(r"sha256 ([0-9a-f]{64})", out)[1]


@pytest.mark.slow
@pytest.mark.feature("X9", "N2")
async def test_what_people_did_until_the_backup_is_there_after_the_disk_is_lost(
    served: ServedTelegram, bot: BotProcess, tmp_path: Path
) -> None:
    """Backups are taken while people chat; one more when they rest, and their phones can tell what must be in it."""
    secret = x25519.Identity.generate()
    key, identity, folder = str(secret.to_public()), tmp_path / "key.txt", tmp_path / "safe"
    identity.write_text(f"# public key: {key}\n{secret}\n", "utf-8")
    folder.mkdir()
    people = crowd(served.telegram, 8, random.Random(SEED), pause=0.3)
    await bot.start()
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as chats:
        for one in people:
            chats.create_task(one.chat(stop))
        for _ in range(2):
            await all_do_more(people, 2)
            code, out, errors = await _run(bot, "backup", str(folder), BOT_BACKUP_KEY=key)
            assert (code, errors) == (0, "")
            code, drilled, errors = await _run(bot, "restore", "--drill", str(folder), "--identity", str(identity))
            assert (code, errors, _hash(drilled)) == (0, "", _hash(out))
            assert drilled.endswith("restored, checked and thrown away.\n")
        stop.set()
    assert bot.runs
    await bot.stop()
    before = _counts(bot)
    code, out, _ = await _run(bot, "backup", str(folder), BOT_BACKUP_KEY=key)
    bot.database.unlink()
    loop = asyncio.get_running_loop()
    began = loop.time()
    code, restored, errors = await _run(bot, "restore", str(folder), "--identity", str(identity))
    assert (code, errors, _hash(restored)) == (0, "", _hash(out))
    assert {**_counts(bot), "audit": before["audit"], "expected": before["expected"]} == before
    bot.check_database()
    assert all(kept(bot, one) == (one.answers, one.asked, one.finished) for one in people)
    stop = asyncio.Event()
    await bot.start()
    async with asyncio.TaskGroup() as chats:
        going_on = [one for one in people if one.screen != "age"]  # there a typed answer was awaited, and is no more
        for one in going_on:
            chats.create_task(one.chat(stop))
        await all_do_more(going_on, 2)
        stop.set()
    took = loop.time() - began
    print(f"seed {SEED}: {sum(before.values())} rows, counts and hash equal, people go on {took:.1f} s after")
    assert took < 600
    assert [one.repeats for one in people] == [0] * len(people)
    assert not served.telegram.problems


@pytest.mark.slow
@pytest.mark.feature("X9", "N2")
async def test_each_thing_that_can_be_wrong_has_its_sentence_and_changes_nothing(
    bot: BotProcess, tmp_path: Path
) -> None:
    key = str(x25519.Identity.generate().to_public())
    other = tmp_path / "other.txt"
    other.write_text(str(x25519.Identity.generate()), "utf-8")
    await _run(bot, "migrate")
    plain, locked, cut = (str(tmp_path / name) for name in ("plain.backup", "locked.backup.age", "cut.backup"))
    assert (await _run(bot, "backup", plain))[0] == 0
    assert (await _run(bot, "backup", locked, BOT_BACKUP_KEY=key))[0] == 0
    _cut_short(Path(plain), Path(cut))
    bot.database.rename(tmp_path / "away.db")
    before = _files(tmp_path)
    for arguments, sentence in (
        (["restore", locked], "is locked: name the file with its secret key by --identity."),
        (
            ["restore", locked, "--identity", str(other)],
            "is locked for another key than the one that --identity names.",
        ),
        (["restore", cut], "is damaged or cut short: take another backup."),
        (["restore", "--drill", str(other)], "is not a backup of this bot."),
        (["backup", str(tmp_path / "new.backup")], "does not exist: name the database in BOT_DATABASE_URL."),
    ):
        await _refused(bot, arguments, sentence)
        assert _files(tmp_path) == before
    assert (await _run(bot, "restore", plain))[0] == 0
    await _refused(bot, ["restore", plain], "is there: move it away first, nothing is overwritten.")


def _cut_short(whole: Path, cut: Path) -> None:
    cut.write_bytes(whole.read_bytes()[:-100])


async def _refused(bot: BotProcess, arguments: Sequence[str], sentence: str) -> None:
    code, out, errors = await _run(bot, *arguments)
    assert (code, out, errors.count("\n")) == (2, "", 1), errors
    assert errors.endswith(f"{sentence}\n")


@pytest.mark.slow
@pytest.mark.feature("X9", "X22")
async def test_nothing_is_restored_under_an_instance_at_work(bot: BotProcess, tmp_path: Path) -> None:
    await bot.start()
    backup = str(tmp_path / "one.backup")
    assert (await _run(bot, "backup", backup))[0] == 0
    await _refused(bot, ["restore", backup], "An instance is at work on this database: end it first.")
    assert (await _run(bot, "restore", "--drill", backup))[0] == 0
    assert bot.runs


@pytest.mark.feature("N2")
async def test_a_wrong_key_gives_no_backup_and_a_sentence_that_names_the_setting(tmp_path: Path) -> None:
    """The secret half in place of the public one would even be a leak."""
    secret = str(x25519.Identity.generate())
    code, _, errors = await run_command("backup", str(tmp_path), BOT_BACKUP_KEY=secret)
    assert code == 2
    assert errors == "BOT_BACKUP_KEY should be the public half of an age key, age1 and 58 more letters and digits.\n"
    assert _files(tmp_path) == []


@pytest.mark.slow
@pytest.mark.feature("X8")
async def test_a_database_that_was_here_and_is_gone_is_missed_and_begun_anew_only_when_told_to(
    bot: BotProcess,
) -> None:
    await bot.start()
    await bot.stop()
    bot.database.unlink()
    await _refused(bot, ["run"], "restore a backup, or begin anew with an empty one by `python -m bot migrate`.")
    assert not bot.database.exists()
    _, out, _ = await _run(bot, "doctor", BOT_API_URL="http://127.0.0.1:1")
    assert f"WRONG {bot.database} is missing, and it was here before: restore a backup." in out
    assert await _run(bot, "migrate") == (0, "", "")
    await bot.start()


@pytest.mark.slow
@pytest.mark.feature("X8")
async def test_a_start_that_ended_before_there_was_a_database_is_followed_by_an_ordinary_one(
    served: ServedTelegram, bot: BotProcess
) -> None:
    """Killed between the lock and the first migration: nothing was lost, so nothing is missed."""
    bot.database.with_name("bot.db.lock").touch()
    await bot.start()
    await until(lambda: bot.rows("SELECT count(*) FROM people") == [(0,)], 10, "a new database")

"""python -m bot run | demo | migrate | doctor | backup | restore | retention | bounce | questionnaire | rehearse |
directory"""

import argparse
import asyncio
import gc
import os
import signal
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot import logs, settings
from bot.clock import Clock, SystemClock
from bot.settings import Settings, WrongSetting
from bot.storage.migrating import Unusable, migrate

WRONG_USE = 2
"""The exit code for settings or a database that stop the start."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 for what `doctor` found or a lost token, 2 for wrong settings."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="The Telegram bot of PROTI un DARI! 2.0")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="serve Telegram with BOT_TOKEN")
    demo = commands.add_parser("demo", help="the same bot against an emulator, with a page of phones")
    demo.add_argument("--port", type=int, default=8010, help="where the page of phones listens on 127.0.0.1")
    commands.add_parser("migrate", help="bring the database to this version's schema")
    commands.add_parser("doctor", help="say what is wrong with settings, database, texts, token or clock")
    _about_backups(commands)
    retention = commands.add_parser("retention", help="delete what is over now, as the bot does four times a day")
    retention.add_argument("--dry-run", action="store_true", help="only count what is over now and in 30 days")
    commands.add_parser("bounce", help="take a mail server's report of a letter on standard input")
    _about_questionnaires(commands)
    _about_rehearsals(commands)
    _about_directory(commands)
    chosen = parser.parse_args(arguments)
    try:
        found = settings.read()
        logs.set_up(found.log, logs.LEVELS[found.log_level])
        match chosen.command:
            case "run":
                return _run(found)
            case "demo":
                from bot.demo.stand import play

                return asyncio.run(play(found, chosen.port))
            case "migrate":
                return _migrate(found)
            case "backup":
                return _back_up(found, chosen)
            case "restore":
                return _restore(found, chosen)
            case "retention":
                return _retain(found, chosen)
            case "bounce":
                return _bounce(found)
            case "questionnaire":
                return _questionnaire(found, chosen)
            case "rehearse":
                return _rehearse(found, chosen)
            case "directory":
                return _directory(found, chosen)
            case _:
                from bot.doctor import examine

                return asyncio.run(examine(found))
    except (WrongSetting, Unusable) as wrong:
        print(wrong, file=sys.stderr)
        return os.EX_TEMPFAIL if chosen.command == "bounce" else WRONG_USE  # the mail server is to keep the message


def _about_backups(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = commands.add_parser("backup", help="copy the database while the bot runs; locked if BOT_BACKUP_KEY is set")
    backup.add_argument("target", type=Path, metavar="FILE_OR_FOLDER", help="a new file, or a folder that is there")
    days = "in a folder: delete this command's backups that are so many days old (1 to 30, default 30)"
    # Not longer: people are told that what they erase is gone from backups within 30 days.
    backup.add_argument("--keep-days", type=int, choices=range(1, 31), default=30, metavar="N", help=days)
    restore = commands.add_parser("restore", help="make the database from a backup, where there is none")
    restore.add_argument("source", type=Path, metavar="BACKUP", help="a backup, or a folder: the newest in it")
    restore.add_argument("--identity", type=Path, metavar="FILE", help="the age key file that opens it")
    restore.add_argument("--drill", action="store_true", help="only try it, in a temporary folder")


def _about_questionnaires(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    about = "look over a version of the first questions, or publish it for everybody who begins from now on"
    questionnaire = commands.add_parser("questionnaire", help=about)
    questionnaire.add_argument("what", choices=["check", "import"], help="import checks first")
    questionnaire.add_argument(
        "file", type=Path, metavar="FILE", help="a TOML file like bot/screening/questionnaires/2.toml"
    )


def _about_directory(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    directory = commands.add_parser("directory", help="the directory of partners as HSDS files: out or in")
    what = directory.add_subparsers(dest="what", required=True)
    out = what.add_parser("export", help="write all of it to a new .zip")
    out.add_argument("file", type=Path, metavar="FILE.zip")
    into = what.add_parser("import", help="take over what a .zip, or one .csv of it, changes")
    into.add_argument("file", type=Path, metavar="FILE")
    into.add_argument("--dry-run", action="store_true", help="only tell what it would change")


def _about_rehearsals(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    about = "live through a whole programme on a turned clock, sending nothing, and tell who would receive what"
    rehearse = commands.add_parser("rehearse", help=about)
    rehearse.add_argument("--age", type=int, default=17, metavar="YEARS", help="of the young person (default 17)")
    rehearse.add_argument("--language", choices=["lv", "uk", "en"], default="uk", help="that they read (default uk)")
    rehearse.add_argument("--municipality", default="LV-067", metavar="CODE", help="ISO 3166-2 (default LV-067, Ogre)")
    rehearse.add_argument("--rhythm", choices=["weekly", "fortnightly", "monthly"], default="weekly")
    rehearse.add_argument("--weekday", type=int, choices=range(1, 6), default=2, metavar="N", help="1 is Monday")
    rehearse.add_argument("--hour", type=int, choices=range(9, 19), default=10, metavar="N", help="9 to 18, local")
    rehearse.add_argument("--months", type=int, choices=range(1, 25), default=9, metavar="N", help="(default 9)")
    rehearse.add_argument("--starts", type=date.fromisoformat, metavar="DAY", help="such as 2026-03-02 (default today)")
    rehearse.add_argument("--youth", choices=["diligent", "silent"], default="diligent", help="whether they answer")
    rehearse.add_argument("--mentor", choices=["diligent", "silent"], default="diligent", help="whether they record")
    about = "such as 2026-05-04:2026-05-18: nothing is planned from the first day until the second; may be repeated"
    rehearse.add_argument("--pause", type=_days, action="append", default=[], metavar="DAY:DAY", help=about)
    rehearse.add_argument("--staff-language", choices=["lv", "uk", "en"], default="lv", help="mentor and lead read it")
    rehearse.add_argument("--out", type=Path, metavar="FILE", help="where to write it (default: the screen)")


def _days(typed: str) -> tuple[date, date]:
    """The two days of a pause; argparse says what is wrong with others."""
    first, _, last = typed.partition(":")
    return date.fromisoformat(first), date.fromisoformat(last)


def _rehearse(found: Settings, chosen: argparse.Namespace) -> int:
    from bot.app import all_routes
    from bot.programme.joining.rhythms import Cadence
    from bot.programme.rehearsals import Habit, Wish, band_of, decided
    from bot.rehearsal.making import timeline
    from bot.words import Language

    starts_on = chosen.starts or SystemClock().now().astimezone(found.zone).date()
    wish = Wish(
        band_of(chosen.age, found),
        Language(chosen.language),
        chosen.municipality,
        Cadence(chosen.rhythm),
        chosen.weekday - 1,
        chosen.hour,
        chosen.months,
        starts_on,
        starts_on,
        staff_language=Language(chosen.staff_language),
        youth=Habit(chosen.youth),
        mentor=Habit(chosen.mentor),
        pauses=tuple(chosen.pause),
        settings=decided(found),
    )
    try:
        text = asyncio.run(timeline(wish, all_routes(), Language(chosen.staff_language)))
    except ValueError as why:
        print(f"{why}: look at --age, --months and --pause, and at the settings for them.", file=sys.stderr)
        return WRONG_USE
    if chosen.out is None:
        print(text, end="")
    else:
        chosen.out.write_text(text, "utf-8")
    return 0


def _questionnaire(found: Settings, chosen: argparse.Namespace) -> int:
    from bot.questionnaires import check_file, import_file

    report = check_file(chosen.file) if chosen.what == "check" else import_file(chosen.file, found)
    print("\n".join(report.lines))
    return 0 if report.well else 1


def _directory(found: Settings, chosen: argparse.Namespace) -> int:
    from bot.exchanging import send_out, take_in

    if chosen.what == "export":
        report = send_out(found, chosen.file)
    else:
        report = take_in(found, chosen.file, SystemClock().now(), dry_run=chosen.dry_run)
    print("\n".join(report.lines))
    return 0 if report.well else 1


def _back_up(found: Settings, chosen: argparse.Namespace) -> int:
    from bot.storage.backing_up import back_up

    print(back_up(found.database_file, chosen.target, found.backup_key, chosen.keep_days, SystemClock().now()))
    return 0


def _restore(found: Settings, chosen: argparse.Namespace) -> int:
    from bot.restoring import drill, restore

    now = SystemClock().now()
    if chosen.drill:
        print(f"{drill(chosen.source, chosen.identity, now)}; restored, checked and thrown away.")
        return 0
    restored = restore(chosen.source, chosen.identity, found.database_file, now)
    print(
        f"{restored}; {found.database_file} is made from it. Messages overtaken and stopped: {restored.stopped}. "
        f"Erased again, as they erased themselves since: {restored.erased}. What else happened since is lost: who lost "
        "a role since then has to be removed again."
    )
    return 0


def _retain(found: Settings, chosen: argparse.Namespace) -> int:
    from bot import retaining

    now = SystemClock().now()
    print(asyncio.run(retaining.count(found, now) if chosen.dry_run else retaining.let_go(found, now)))
    return 0


def _bounce(found: Settings) -> int:
    from bot.bouncing import take

    return asyncio.run(take(found, sys.stdin.buffer, SystemClock().now()))


def _run(found: Settings) -> int:
    token = settings.token_of(found)
    return asyncio.run(_serve(found, token))


def _migrate(found: Settings) -> int:
    from bot.storage.lock import InstanceLock

    lock = InstanceLock(found.database_file)
    if not lock.take():
        raise Unusable("An instance is at work on this database: end it first, or let its next start migrate.")
    try:
        migrate(found.database_file)
        lock.remember()
    finally:
        lock.release()
    return 0


async def _serve(found: Settings, token: str) -> int:
    from bot.storage.lock import InstanceLock
    from bot.tasks import unless

    clock = SystemClock()
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    lock = InstanceLock(found.database_file)
    await unless(stop, lock.wait(clock))
    if stop.is_set():
        return 0
    try:
        lock.miss()
        migrate(found.database_file)  # only now: the instance before this one may still have been at work
        lock.remember()
        return await _serve_alone(found, token, clock, stop)
    finally:
        lock.release()


async def _serve_alone(found: Settings, token: str, clock: Clock, stop: asyncio.Event) -> int:
    gc.disable()  # what a start makes stays to the end: looking through it for garbage takes a fifth of the start
    from bot.app import put_together
    from bot.telegram.updates import TokenRevoked

    app = put_together(found, token, clock)
    gc.freeze()  # and later looks pass it by
    gc.enable()
    try:
        await app.serve(stop)
    except TokenRevoked:
        print("BOT_TOKEN is not accepted by Telegram: get the bot's token from BotFather.", file=sys.stderr)
        return 1
    finally:
        await app.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m bot doctor`: one line for each thing that has to be right before young people are invited."""

import json
import shutil
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Final

import aiohttp

from bot.clock import Clock, SystemClock
from bot.mail.sender import Later, Sent, Whose
from bot.mail.smtp import SmtpSender
from bot.safety.lines import stale
from bot.settings import Settings
from bot.storage.lock import is_missing
from bot.storage.migrating import HEAD, Unusable, version_of
from bot.texts import catalogue
from bot.words import Language

LEAST_FREE: Final = 200_000_000
"""Bytes; /health turns red at a quarter of that."""

CLOCK_MAY_BE_OFF: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `grave` things stop the bot or mislead people; the rest is good to know."""

    good: bool
    grave: bool
    sentence: str


async def examine(settings: Settings) -> int:
    """Print what was found; 0 when nothing grave is wrong, else 1."""
    grave = False
    async for one in _findings(settings, SystemClock()):
        grave = grave or (one.grave and not one.good)
        print(f"{'ok  ' if one.good else 'WRONG' if one.grave else 'note'} {one.sentence}")
    return 1 if grave else 0


async def _findings(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    yield Finding(True, True, f"Settings can be read; times are told in {settings.timezone}.")
    yield _database(settings)
    yield _disk(settings)
    yield _catalogues()
    for finding in _help_lines(clock):
        yield finding
    if not settings.admins:
        yield Finding(False, False, "BOT_ADMINS is empty: nobody can invite the first staff.")
    if settings.backup_key is None:
        yield Finding(False, False, "BOT_BACKUP_KEY is not set: whoever finds a backup can read it.")
    if settings.http_bind is not None:
        yield await _pages(settings.http_bind)
    yield await _mail(settings)
    async for finding in _telegram(settings, clock):
        yield finding


async def _mail(settings: Settings) -> Finding:
    """Whether the mail server would take letters from us; nothing is sent."""
    if settings.mail_server is None:
        return Finding(False, False, "BOT_SMTP_URL is not set: partners who are not on Telegram cannot be written to.")
    greets_as = settings.mail_sender[1].rpartition("@")[2]
    match await SmtpSender(settings.mail_server, 10.0, greets_as).lets_us_in():
        case Sent():
            return Finding(True, True, "The mail server lets us in.")
        case Later(fault, Whose.OURS):
            return Finding(False, True, f"The mail server does not let us in ({fault}): look at BOT_SMTP_URL.")
        case _:
            return Finding(False, False, "The mail server could not be reached from here, or not now.")


def _database(settings: Settings) -> Finding:
    try:
        version = version_of(settings.database_file)
    except Unusable as why:
        return Finding(False, True, str(why))
    if is_missing(settings.database_file):
        return Finding(False, True, f"{settings.database_file} is missing, and it was here before: restore a backup.")
    if version is None:
        return Finding(False, False, f"{settings.database_file} does not exist yet: the first start creates it.")
    if version != HEAD:
        return Finding(False, False, f"The database stands at {version}: the next start brings it to {HEAD}.")
    return Finding(True, True, f"The database is whole and stands at {HEAD}.")


def _disk(settings: Settings) -> Finding:
    lies_in = next(one for one in settings.database_file.absolute().parents if one.exists())
    free = shutil.disk_usage(lies_in).free
    megabytes = f"{free // 1_000_000} MB are free where the database lies"
    if free < LEAST_FREE:
        return Finding(False, True, f"Only {megabytes}: make room, or nothing can be saved soon.")
    return Finding(True, True, f"{megabytes}.")


async def _pages(bind: str) -> Finding:
    """What a running bot says of itself at BOT_HTTP_BIND; where none runs, whether it could listen there."""
    host, port = bind.rsplit(":", 1)
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/health"
    timeout = aiohttp.ClientTimeout(total=10)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            parts = (await answer.json())["parts"]
    except aiohttp.ClientConnectorError:
        return _can_listen(host, int(port))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError, TypeError):
        return Finding(False, True, f"BOT_HTTP_BIND: something that is not this bot answers at {bind}.")
    ill = [f"{name}: {part['why']}" for name, part in parts.items() if not part["ok"]]
    if ill:
        return Finding(False, True, f"The bot that runs is not ready ({'; '.join(ill)}).")
    return Finding(True, True, "The bot that runs is ready.")


def _can_listen(host: str, port: int) -> Finding:
    try:
        with socket.create_server((host, port)):
            return Finding(True, True, f"No bot runs at {host}:{port}, and one can listen there.")
    except OSError as why:
        return Finding(False, True, f"BOT_HTTP_BIND: nothing can listen at {host}:{port}: {why.strerror}.")


def _catalogues() -> Finding:
    keys = {language: set(catalogue(language).forms) for language in Language}
    everything = set().union(*keys.values())
    missing = {language.value: len(everything - known) for language, known in keys.items() if everything - known}
    if missing:
        return Finding(False, True, f"Texts are missing: {json.dumps(missing)}.")
    return Finding(True, True, f"{len(everything)} texts stand in all three languages.")


def _help_lines(clock: Clock) -> list[Finding]:
    old = stale(clock.now().date())
    if not old:
        return [Finding(True, False, "Every help line was rung in the last three months.")]
    return [Finding(False, False, f"Ring these help lines and note the day in help_lines.toml: {', '.join(old)}.")]


async def _telegram(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    if settings.token is None:
        yield Finding(False, True, "BOT_TOKEN is not set.")
        return
    try:
        timeout = aiohttp.ClientTimeout(total=10)
        address = f"{settings.api_url}/bot{settings.token}/getMe"
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            known = answer.status == 200
            date = answer.headers.get("Date")
    except (aiohttp.ClientError, TimeoutError, OSError):
        yield Finding(False, False, "Telegram could not be reached from here, so the token was not tried.")
        return
    if known:
        yield Finding(True, True, "Telegram knows the token.")
    else:
        yield Finding(False, True, "Telegram does not accept BOT_TOKEN: get it from BotFather.")
    if date is not None:
        off = abs(parsedate_to_datetime(date) - clock.now())
        good = off <= CLOCK_MAY_BE_OFF
        yield Finding(good, True, f"This machine's clock is {off.total_seconds():.0f} s off Telegram's.")

"""`python -m bot bounce`: reads one message that came to the address letters are from, as a mail server pipes it.

It runs beside a bot at work. What it ends with tells the mail server what to do (sysexits.h): 0, the message is done
with, which holds for anything that is no report of a letter of ours, as answering a machine's letter would begin a
loop; 75, it should be brought again later, as the database or a setting is not there now.
"""

import logging
import os
from datetime import datetime
from typing import BinaryIO, Final

from bot.app import all_routes
from bot.delivery import outbox
from bot.happenings import MailLost
from bot.mail import marks, rows
from bot.mail.bounces import LONGEST, Fate, Report, read
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.migrating import HEAD, version_of
from bot.storage.own_keys import own_key

log = logging.getLogger(__name__)

DONE: Final = os.EX_OK
BRING_IT_LATER: Final = os.EX_TEMPFAIL


async def take(settings: Settings, message: BinaryIO, now: datetime) -> int:
    """Act on what the message reports; the exit code."""
    report = read(message.read(LONGEST))
    while message.read(LONGEST):  # a mail server may take a pipe that closes early for a failure
        pass
    if report is None:
        log.info("no report of a letter of ours", extra={"action": "bounce_not_ours"})
        return DONE
    try:
        if version_of(settings.database_file) != HEAD:
            log.error("the database is of another version", extra={"action": "bounce_waits"})
            return BRING_IT_LATER
        database = Database(settings.database_url)
        try:
            await _act(database, settings, report, now)
        finally:
            await database.close()
    except Exception:  # whatever it is, the mail server keeps the message, and nothing is lost
        log.exception("a report could not be taken", extra={"action": "bounce_waits"})
        return BRING_IT_LATER
    return DONE


async def _act(database: Database, settings: Settings, report: Report, now: datetime) -> None:
    row, fate = report.mark.row, report.fate
    async with database.write() as db:
        occasion = await rows.occasion_of(db, row)
        if occasion is None or not report.mark.is_genuine(await own_key(db, marks.KEY), occasion):
            log.warning("a report of a letter that is not ours", extra={"action": "bounce_not_ours"})
            return
        log.info("a letter is reported", extra={"action": f"letter_{fate.value}", "outbox": row})
        if fate is Fate.FAILED and await rows.came_back(db, row, "came back", now):
            said = await all_routes().told(db, now, settings.zone, MailLost(occasion), settings)
            await outbox.add(db, said, now)

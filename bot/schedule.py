"""The bell: APScheduler rings every second, and each capability's due-functions look for rows that fell due.

Nothing lives in the bell. What is due is a column, claimed by a conditional update, so a missed ring, a late ring and a
second ring at the same moment change nothing. Its timer goes by the wall clock and would fall silent for a day when
that is set back by one; so whoever runs it listens, by the monotonic clock, and sets it anew.

After an outage, ours or Telegram's, what fell due meanwhile is done if that is still of use. Otherwise it is marked
missed, in its own row or in the audit, and who answers for it hears so once, however much was missed. While Telegram is
away the bell does not ring: what nobody can be told must not go on as if they had been.

What falls due, until when it is useful, and what happens when that has passed:

- asking about a check-in: to the end of the next working day (BOT_ASK_USEFUL_DAYS); then its state is `missed`, it
  stands on the list, and its mentor, or who answers for the case, is told once a day
- asking a young person how they are: for two days (BOT_PULSE_USEFUL_HOURS); then it is left out
- reminding of it, telling the deputy and the lead: always, for it stands unrecorded
- the morning digest: to noon (BOT_DIGEST_USEFUL_UNTIL); then it is left out, for the list itself is always there
- saying that offered times were not answered: always, in working time; where a time stands meanwhile, nothing is said
- passing on a young person's word to a mentor who is late: always, for somebody waits
- letting a case rest around which it has grown quiet: always, in working time
- a referral's silence, its result, a proposed time that passed: always, and the next step counts from then
- a guardian's yes that nobody recorded: always; in the end the referral closes, and both sides are told
- what a young person asked for themselves and nobody answered: always, in working time; somebody waits for an answer
- closing a window for three: always, and those in it are told in the hours in which people are written to
- reminding of an appointment: to its start; then the audit says so, and who referred is told once a day
- counting in its author's chat how far an invitation is: always, for the last counts are those that stay; a count that
  Telegram did not take within a minute is dropped for a newer one
- reminding whoever is to look at an invitation to many: a working day after it was handed in, always, for it waits
- an invitation, telling of a cancellation: to the event's start; then the message is `expired`, the audit says so, and
  the author is told once an event
- reminding of an event: to three hours before its start, or half an hour where it is the second reminder
  (`events.reminders`); then likewise
- telling of a changed event: to its start; then likewise
- a place that was offered and not taken in time: always, and the next in the list is offered it while there is time;
  who had it is told to the event's start
- a file in somebody's calendar that is no longer right: to the event's start; then it is left as it is
- asking a network's members for their opinion, reminding the silent: to the deadline; then it closes, and the answers
  are sent, which is always useful
- asking those who came to an event how it was: for six days (`events.due_after.USEFUL_FOR`); then nobody is asked, and
  the audit says so
- a question to an organiser that nobody answered: always, in working time; somebody waits for an answer
- a contact that nobody answers: always, for somebody waits
- a plan before the lead that nobody decides on: always, in working time; it waits for a person
- words of a young person that a mentor wrote down and that got no yes: deleted, always, as they were promised
- a wish for another mentor that nobody decides on: always, in working time; somebody waits for an answer
- telling the next in line of an alert: always, in working time; somebody waits for a person
- reminding of a report of danger to a child: always, also at night, as the law says the same day
- thinking of a drill, or of lines to be rung: always, once a month
- a pause that begins or ends: always, on its own day; what an outage swallowed whole is over without a word, and the
  eve that was missed is told on the morning on which things go on
- the questions 4 weeks and 6 months after a programme: always; to the young person only while their case is open
- announcing that a period ends: to its end; then the lead is asked to close it instead, and that is always useful
- asking whether an entry of the directory is still right: always, in working time, until somebody says so
- reminding that an agreement with a partner ends: always; after its last day the words say so
- a municipality without a strategic partner: always, in working time, then once a month
- whoever has not answered to a partner that was found, or to the question whether they still look: always
- reminding of an hour with an expert: to its start; asking whether it took place: always, in working time
- deleting what is over: always, for it was promised; who is to be told before is told first, however late it is
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from sqlalchemy import Select, select
from sqlalchemy.exc import DBAPIError

from bot import workshop
from bot.clock import Clock
from bot.delivery import outbox
from bot.people import arrivals
from bot.pulse import Heartbeat
from bot.routes import DueWork, Routes
from bot.settings import Settings
from bot.storage.columns import NOW
from bot.storage.database import Database, is_away
from bot.turn import Making, Message, Tick

log = logging.getLogger(__name__)

EVERY: Final = 1.0
"""Seconds between two rings."""

SILENT_AFTER: Final = 5.0
"""Seconds without a ring after which the timer is set anew."""

BREATH: Final = 0.001
"""Seconds in which whoever was waiting for the writer comes to have it."""

MAKES_WAY_FOR: Final = 0.25
"""Seconds at most for which there is no more while others write: what falls due must not wait for a quiet moment."""

CLEAN_EVERY: Final = 60.0
"""Seconds for which erased words may still lie in the write-ahead log."""


class _FromNow(BaseTrigger):  # type: ignore[misc]  # the library has no annotations
    """A second from whenever it is asked: APScheduler's own interval would count every second of ten years when the
    clock is set forward by as much."""

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        return now + timedelta(seconds=EVERY)


class Schedule:
    """Rings the due-functions."""

    def __init__(
        self,
        database: Database,
        routes: Routes,
        clock: Clock,
        zone: ZoneInfo,
        wake: Callable[[], None],
        *,
        is_telegram_away: Callable[[], bool],
        settings: Settings | None = None,
    ) -> None:
        self._settings = settings or Settings.model_construct()
        self._database = database
        self._routes = routes
        self._clock = clock
        self._zone = zone
        self._wake = wake
        self._is_telegram_away = is_telegram_away
        self._anything = _whether(tuple(routes.due))
        self._rung_at = clock.monotonic()
        self._cleaned_at: float | None = None
        self.heartbeat = Heartbeat()

    async def run(self) -> None:
        """Have the bell rung until cancelled, which may happen at any moment, also in the middle of a ring."""
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.start()
        try:
            bell = scheduler.add_job(self._rung, _FromNow(), coalesce=True, max_instances=1, misfire_grace_time=None)
            while True:
                await self._clock.sleep(EVERY)
                if self._silent():
                    bell.reschedule(_FromNow())
        finally:
            scheduler.shutdown(wait=False)

    def _silent(self) -> bool:
        """Whether no ring has begun for so long that the timer must be one set by a clock that was then set back."""
        return self._clock.monotonic() - self._rung_at > SILENT_AFTER

    async def _rung(self) -> None:
        """What a ring could not do is tried at the next."""
        self._rung_at = self._clock.monotonic()
        try:
            await self.ring()
        except asyncio.CancelledError:
            log.info("ring cut off", extra={"action": "ring_cut_off"})  # the end: undone, and due again at the start
        except Exception as broken:
            if not is_away(broken):  # that is said already, and what is due stays due
                log.exception("ring failed", extra={"action": "ring_failed"})

    async def ring(self) -> None:
        """Let every capability handle what is due; one that fails is named in the log and tried at the next ring."""
        waiting = [] if self._is_telegram_away() else await self._what_is_due()
        while waiting:
            if waiting := await self._round(waiting):
                await self._make_way()
        await self._clean()
        self.heartbeat.beat(self._clock.monotonic())

    async def _what_is_due(self) -> list[DueWork]:
        """One question for all, asked without keeping any writer waiting; mostly there is nothing."""
        async with self._database.read() as db:
            there = (await db.execute(self._anything, {NOW.key: self._clock.now()})).one()
        return [work for work, is_there in zip(self._routes.due, there, strict=True) if is_there]

    async def _round(self, waiting: Sequence[DueWork]) -> list[DueWork]:
        """One transaction for all, a savepoint for each; those that have more to do."""
        more: list[DueWork] = []
        said: list[Message] = []
        making: list[Making] = []
        async with self._database.write() as db:
            for work in waiting:
                now = self._clock.now()
                tick = Tick(now, db, self._zone, self._routes.subscribers, settings=self._settings)
                try:
                    async with db.begin_nested():
                        if await work.do(tick) and not tick.failed:  # what failed waits for the next ring
                            more.append(work)
                except DBAPIError:
                    raise
                except Exception:
                    log.exception("due work failed", extra={"action": "due_failed", "due": work.do.__module__})
                else:
                    said += tick.said
                    making += tick.making
            await outbox.add(db, said, self._clock.now())
            await workshop.queue(db, making, self._clock.now())
        self.heartbeat.beat(self._clock.monotonic())
        if said:
            self._wake()
        return more

    async def _make_way(self) -> None:
        """Before there is more, whoever presses or is to be answered goes first: two who wait in turn for a broadcast's
        pages would wait for two of them."""
        gives_up = self._clock.monotonic() + MAKES_WAY_FOR
        await self._clock.sleep(BREATH)
        while self._database.is_wanted and self._clock.monotonic() < gives_up:
            await self._clock.sleep(BREATH)

    async def _clean(self) -> None:
        """Drop settled rows that have served their time."""
        began, now = self._clock.monotonic(), self._clock.now()
        if self._cleaned_at is not None and began - self._cleaned_at < CLEAN_EVERY:
            return
        async with self._database.write() as db:
            await outbox.prune(db, now)
            await arrivals.prune_marks(db, now)
            await arrivals.prune_heard(db, now)
        await self._database.empty_log()
        self._cleaned_at = began


@cache
def _whether(due: tuple[DueWork, ...]) -> Select[*tuple[Any, ...]]:
    """One question whether there is anything for each; put together once, as that costs more than asking it."""
    return select(*(work.rows.exists().label(f"due_{at}") for at, work in enumerate(due)))

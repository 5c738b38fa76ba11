"""The gate: takes rows from the outbox, urgent first, and alone hands them to Telegram, as fast as it lets us.

One round settles what came back, claims what may go now and starts it. Within a chat one message is under way at a
time, so their order holds; between chats as few as carry the full rate (see `window`). A row is settled in the round
after its answer: a crash between the two is the only way a message can go out twice.
"""

import asyncio
import heapq
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Protocol, assert_never
from urllib.parse import quote

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calendar import Hours
from bot.clock import Clock
from bot.delivery import outbox, picturing
from bot.delivery.abroad import Nights
from bot.delivery.discretion import opened
from bot.delivery.holds import Holds, back_off
from bot.delivery.limits import Limits, Rates
from bot.delivery.outbox import Claimed, Room
from bot.delivery.packing import Key
from bot.delivery.sendings import Sendings
from bot.delivery.verdicts import Later, NoPicture, NotEditable, Rejected, Sent, Unreachable, Verdict
from bot.delivery.window import Window
from bot.pulse import Heartbeat
from bot.storage.database import Database, is_away
from bot.tasks import Tasks, bell_or_timeout
from bot.texts import MissingText, Texts
from bot.turn import Attachment, Priority, Spot
from bot.words import Language

log = logging.getLogger(__name__)

UNDER_WAY_AT_MOST: Final = 64
"""Sendings at one time: enough to fill 30 a second even when each takes two seconds."""

HELD_IN_MEMORY: Final = ((Priority.REPLY, 200), (Priority.NOTICE, 100), (Priority.BROADCAST, 28))

LAST_RUN_COUNTS_FOR: Final = timedelta(seconds=60)
"""Who presses once a second has used up their chat's burst long ago, and it does not fill up while they go on."""

APOLOGIES: Final = frozenset({"people.youth.broken", "people.staff.broken"})
"""What is said where an answer was refused; should one of these be refused too, it is left at that."""

SWEEP_EVERY: Final = 1.0
"""Seconds between two looks for what has expired: a look reads everything that waits."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message in its reader's words, ready for the transport. Buttons are (label, callback data, address)."""

    chat: int
    html: str
    keyboard: tuple[tuple[tuple[str, str | None, str | None], ...], ...]
    edits: int | None = None
    attachment: Attachment | None = None
    location: Spot | None = None
    deletes: tuple[int, ...] = ()
    silent: bool = False
    photo: str | None = None
    """Telegram's id of a picture that goes above the words."""


class Sender(Protocol):
    """The transport: tries once and gives a verdict, never an exception."""

    async def __call__(self, letter: Letter) -> Verdict: ...


Concerning = Callable[[AsyncConnection, int], Awaitable[None]]
"""Called in the settling transaction with the person whom it concerns."""

Lapsing = Callable[[AsyncConnection, Sequence[str]], Awaitable[None]]
"""Called in the settling transaction with the occasions of messages that expired unsent."""


@dataclass(order=True, slots=True)
class _InHand:
    order: tuple[int, int]
    row: Claimed = field(compare=False)


@dataclass(frozen=True, slots=True)
class _Answered:
    """What came of a sending, and when."""

    row: Claimed
    verdict: Verdict
    at: datetime


class Gate:
    """Drains the outbox. Nobody else holds a sender."""

    def __init__(
        self,
        database: Database,
        texts: Texts,
        sender: Sender,
        clock: Clock,
        hours: Hours,
        *,
        lost: Concerning,
        refused: Concerning,
        lapsed: Lapsing,
        rates: Rates | None = None,
    ) -> None:
        self._database = database
        self._texts = texts
        self._sender = sender
        self._clock = clock
        self._nights = Nights(hours)
        self._lost = lost
        self._refused = refused
        self._lapsed = lapsed
        self._limits = Limits(rates or Rates())
        self._window = Window((rates or Rates()).total)
        self._waiting: list[_InHand] = []
        self._under_way: dict[int, Claimed] = {}
        self._answers: list[_Answered] = []
        self._holds = Holds()
        self._swept_at: float | None = None
        self._unsure = False
        self._tasks = Tasks()
        self._bell = asyncio.Event()
        self.heartbeat = Heartbeat()
        self.sendings = Sendings()

    async def begin(self) -> None:
        """Take up what the last run left: what was in flight waits again, chats that were held back still are, and what
        went out a moment ago, or may have, counts towards Telegram's limits: that run may have only just ended."""
        now, began = self._clock.now(), self._clock.monotonic()
        async with self._database.write() as db:
            in_doubt = await outbox.in_doubt(db)
            await outbox.reopen(db)
            held = await outbox.held_back(db, now)
            lately = await outbox.sent_lately(db, now - LAST_RUN_COUNTS_FOR, now)
        for chat, at in lately:
            self._limits.spend(chat, began - (now - at).total_seconds(), reply=True)
        for chat in set(in_doubt):  # one message a chat was under way; the others had only been taken in hand
            self._limits.unknown(chat, began)
        self._holds.take_up({chat: began + (until - now).total_seconds() for chat, until in held.items()})

    def wake(self) -> None:
        """There may be something new to send."""
        self._bell.set()

    async def run(self, stop: asyncio.Event, idle: float = 1.0) -> None:
        """Work until `stop`; looks for what has become due at least every `idle` seconds."""
        while not stop.is_set():
            self._bell.clear()
            try:
                wait = await self._round()
            except Exception as broken:
                if not is_away(broken):  # that is said already, and what waits is safe in it
                    log.exception("gate round failed", extra={"action": "gate_round_failed"})
                self._unsure = True
                wait = 1.0
            if wait > 0:
                await bell_or_timeout(self._bell, min(wait, idle))
        await self._tasks.settled()
        try:
            await self._settle_and_claim(self._clock.monotonic(), claim=False)
        except Exception as broken:
            if not is_away(broken):  # else what just arrived goes out once more, as after a crash
                raise

    async def drain(self) -> None:
        """Send everything that may go by now, waiting on the clock for limits but not for what is held back longer."""
        while True:
            wait = await self._round()
            if self._tasks:
                await self._tasks.settled()
            elif self._answers:
                continue
            elif not self._waiting:
                return
            else:
                await self._clock.sleep(max(wait, 0.001))

    async def idle(self) -> bool:
        """Whether nothing is under way and nothing waits that may go now."""
        if self._waiting or self._under_way or self._answers:
            return False
        async with self._database.read() as db:
            now, abroad = self._clock.now(), self._nights.abroad(self._clock.now())
            return not await outbox.anything_due(db, now, quiet=self._nights.is_quiet(now), abroad=abroad)

    async def _round(self) -> float:
        """Settle, claim, start; the seconds until something may go that may not yet, or a long time."""
        began = self._clock.monotonic()
        await self._settle_and_claim(began)
        wait = self._start_what_may_go(began)
        return 0.0 if self._answers and self._waiting else wait

    async def _settle_and_claim(self, began: float, *, claim: bool = True) -> None:
        answers = tuple(self._answers)
        now = self._clock.now()
        claimed: list[Claimed] = []
        sweep = self._swept_at is None or began - self._swept_at >= SWEEP_EVERY
        # To take rows in hand need not outlast a power cut: undone, they wait, and have gone to nobody.
        async with self._database.write(lasting=bool(answers)) as db:
            if self._unsure:
                await outbox.reopen(db, but=[*self._ids_waiting(), *(row.id for row in self._under_way.values())])
            for one in answers:
                await self._settle(db, one.row, one.verdict)
            arrived = [(one.row, one.verdict.message_id, one.at) for one in answers if isinstance(one.verdict, Sent)]
            await outbox.mark_sent(db, arrived)
            still = await self._still_to_go(db)
            if sweep:
                self._nights.zones = await outbox.zones_abroad(db)
                if occasions := await outbox.expire(db, now):
                    await self._guarded(self._lapsed(db, occasions), db)
            if claim:
                claimed = await self._claim(db, now, self._rooms(began, answers, still))
        # Only now, when it is committed, does memory follow: a failed commit leaves all of it for the next round.
        self.heartbeat.beat(self._clock.monotonic())
        self._unsure = False
        self._swept_at = began if sweep else self._swept_at
        del self._answers[: len(answers)]
        self._waiting = [item for item in self._waiting if item.row.id in still]
        self._waiting += [_InHand((row.priority, row.id), row) for row in claimed]
        for one in answers:
            del self._under_way[one.row.chat]
            self._window.noted(one.row.chat, self._clock.monotonic())
            self._remember(one.row, one.verdict)
        heapq.heapify(self._waiting)

    async def _claim(self, db: AsyncConnection, now: datetime, rooms: list[Room]) -> list[Claimed]:
        """Take what may go; back goes what is for somebody whose zone we learn only now, and where it is night."""
        quiet, abroad = self._nights.is_quiet(now), self._nights.abroad(now)
        claimed = await outbox.claim(db, now, rooms, quiet=quiet, abroad=abroad)
        unknown = {row.zone for row in claimed if row.zone is not None} - self._nights.zones
        if not unknown:
            return claimed
        self._nights.zones |= unknown
        asleep = self._nights.asleep(now)
        caught = [row.id for row in claimed if not row.at_night and row.zone in asleep]
        await outbox.put_back(db, caught, now)
        return [row for row in claimed if row.id not in caught]

    async def _still_to_go(self, db: AsyncConnection) -> set[int]:
        """Rows in hand that still may go: not erased, stopped or held back, and not overtaken by the night."""
        later = [item.row.id for item in self._waiting if item.row.priority is not Priority.REPLY]
        await outbox.hold_back(db, later)
        now = self._clock.now()
        if asleep := self._nights.asleep(now):
            caught = [item.row.id for item in self._waiting if not item.row.at_night and item.row.zone in asleep]
            await outbox.put_back(db, caught, now)
        return await outbox.in_flight(db, self._ids_waiting())

    def _ids_waiting(self) -> list[int]:
        return [item.row.id for item in self._waiting]

    def _rooms(self, began: float, answers: tuple[_Answered, ...], still: set[int]) -> list[Room]:
        """What can be taken. Chats that are held back get nothing: it would only sit here in others' way."""
        held = self._holds.chats(began) | {one.row.chat for one in answers if isinstance(one.verdict, Later)}
        rooms = []
        for priority, most in HELD_IN_MEMORY:
            of_chat = Counter(
                item.row.chat for item in self._waiting if item.row.priority is priority and item.row.id in still
            )
            full = {chat for chat, count in of_chat.items() if count >= outbox.MOST_OF_ONE_CHAT}
            rooms.append(Room(priority, most - of_chat.total(), held | full))
        return rooms

    async def _settle(self, db: AsyncConnection, row: Claimed, verdict: Verdict) -> None:
        now = self._clock.now()
        match verdict:
            case Sent():
                return  # all of them at once, see mark_sent
            case Later():
                same_chat = [item.row.id for item in self._waiting if item.row.chat == row.chat]
                await outbox.put_back(db, [row.id, *same_chat], now + timedelta(seconds=_wait_after(row, verdict)))
            case Unreachable():
                if row.person_id is None:
                    await outbox.mark_rejected(db, row.id, "unreachable", now)
                elif await outbox.drop_for(db, row.person_id, now):
                    await self._guarded(self._lost(db, row.person_id), db)
            case Rejected(fault):
                await outbox.mark_rejected(db, row.id, fault, now)
                if row.person_id is not None and row.priority is Priority.REPLY and row.phrase.key not in APOLOGIES:
                    await self._guarded(self._refused(db, row.person_id), db)
            case NotEditable():
                await outbox.stop_editing(db, row.id)
            case NoPicture():
                await outbox.leave_out_picture(db, row.id)
            case never:
                assert_never(never)

    async def _guarded(self, acting: Awaitable[None], db: AsyncConnection) -> None:
        """Let others act on it; an accident of theirs must not undo everybody's settling, for ever."""
        try:
            async with db.begin_nested():
                await acting
        except Exception as broken:
            if is_away(broken):
                raise
            log.exception("nobody was told", extra={"action": "untold"})

    def _remember(self, row: Claimed, verdict: Verdict) -> None:
        """Try again as a new message what cannot be edited, without its picture what cannot show it; hold a chat back
        as Telegram asked."""
        self.sendings.note(row.priority, verdict, self._clock.monotonic())
        log.debug("tried to send", extra={"action": "tried", "outbox": row.id, "verdict": type(verdict).__name__})
        if isinstance(verdict, NotEditable | NoPicture):
            anew = replace(row, edits=None, picture=None)
            self._waiting.append(_InHand((anew.priority, anew.id), anew))
        if isinstance(verdict, Later):
            self._holds.failed(row.chat, _wait_after(row, verdict), verdict.seconds, self._clock.monotonic())
        else:
            self._holds.got_through()

    def _start_what_may_go(self, began: float) -> float:
        """Start sendings in order of urgency; the seconds until the next one could start.

        Holds are looked at as of `began`, before the claim: when one has ended, what failed is in hand again and goes
        before what came later.
        """
        now = self._clock.monotonic()
        self._limits.forget_old(now)
        soonest = self._holds.soonest(began)
        kept: list[_InHand] = []
        passed: set[int] = set()  # chats whose earlier message must go first
        while self._waiting:
            item = heapq.heappop(self._waiting)
            wait = self._wait(item.row, began, now)
            if item.row.chat in passed or item.row.chat in self._under_way or len(self._tasks) >= UNDER_WAY_AT_MOST:
                passed.add(item.row.chat)
                kept.append(item)
            elif wait > 0:
                passed.add(item.row.chat)
                kept.append(item)
                soonest = min(soonest, wait)
            else:
                self._start(item.row, now)
        self._waiting = kept  # popped in order, so this is a heap already
        return soonest

    def _wait(self, row: Claimed, began: float, now: float) -> float:
        return max(
            self._holds.wait(row.chat, began),
            self._limits.wait(row.chat, reply=row.priority is Priority.REPLY, now=now),
            self._window.wait(now) if row.edits is None else 0.0,
        )

    def _start(self, row: Claimed, now: float) -> None:
        self._limits.spend(row.chat, now, reply=row.priority is Priority.REPLY)
        self._under_way[row.chat] = row
        if row.edits is None:
            self._window.started(row.chat, now)
        self._tasks.start(self._send(row, now))

    async def _send(self, row: Claimed, started: float) -> None:
        try:
            verdict = await self._sender(self._letter(row))
        except MissingText as fault:
            verdict = Rejected(str(fault))
        except Exception as broken:  # a text that cannot be filled in: without an answer its chat would wait for ever
            verdict = Rejected(type(broken).__name__)
        self._limits.arrived(row.chat, started, self._clock.monotonic())
        self._answers.append(_Answered(row, verdict, self._clock.now()))
        # An edit that arrived can be noted with the next round: said again after a crash it would change nothing.
        if self._waiting or row.edits is None or not isinstance(verdict, Sent):
            self._bell.set()

    def _letter(self, row: Claimed) -> Letter:
        if row.location is not None or row.deletes:
            return Letter(row.chat, "", (), location=row.location, deletes=row.deletes, silent=row.discreet)
        zone, now = self._nights.zone(row.zone), self._clock.now()  # moments are told by the reader's own clock
        # A file may go without words.
        html = self._texts.html(row.phrase, row.language, zone, now) if row.phrase.key else ""
        picture = picturing.shown(row, html)
        keys = tuple(
            tuple(
                (self._texts.plain(key.label, row.language, zone, now), key.data, self._address(key, row.language))
                for key in line
            )
            for line in picturing.keys(row, picture)
        )
        if row.discreet and row.edits is None:
            html = opened(html, row.phrase, self._texts, row.language, row.attachment)
        photo = None if picture is None else picture.file_id
        return Letter(row.chat, html, keys, row.edits, row.attachment, silent=row.discreet, photo=photo)

    def _address(self, key: Key, language: Language) -> str | None:
        """Where a button leads; the words that some addresses carry come last."""
        if key.url is None or key.says is None:
            return key.url
        return key.url + quote(self._texts.plain(key.says, language), safe="")


def _wait_after(row: Claimed, verdict: Later) -> float:
    """Seconds until the next try: what Telegram said, else twice as long each time."""
    return back_off(row.attempts) if verdict.seconds is None else verdict.seconds

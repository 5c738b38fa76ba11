"""The post: takes letters from the outbox and alone hands them to the mail server, a few at a time.

One round settles what came back and claims what may go now, in one transaction; then the claimed letters are tried side
by side, never two to the same mailbox. A crash between the server's answer and the next round is the only way a letter
can go twice, and both have the same Message-ID. What cannot go now is tried again after a minute, then after twice as
long each time, to an hour; after three days, or once it is refused for good, whoever wrote it hears of it.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, assert_never

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.mail import marks, rows
from bot.mail.letter import BadAddress, Words, compose
from bot.mail.rows import Claimed
from bot.mail.sender import Later, Refused, Sender, Sent, Verdict, Whose
from bot.pulse import Heartbeat
from bot.storage.database import Database, is_away
from bot.storage.own_keys import own_key
from bot.tasks import Tasks, bell_or_timeout
from bot.texts import MissingText, Texts

log = logging.getLogger(__name__)

AT_A_TIME: Final = 4
LOOK_EVERY: Final = 1.0
"""Seconds between two looks for letters; nobody waits for one with a phone in their hand."""

FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=1)
GIVEN_UP_AFTER: Final = timedelta(days=3)
"""Since it was written, and only after a try: an outage of ours gives up nothing untried."""

ENDS_WITHIN: Final = 3.0
"""Seconds that letters under way get at the end; what is late goes again at the next start."""

FORGET_FAILURE_AFTER: Final = 2 * LONGEST_WAIT.total_seconds()
"""What failed has been tried again by then; if it was not, nobody wants it any more, and it says nothing."""

Losing = Callable[[AsyncConnection, str], Awaitable[None]]
"""Called in the settling transaction with the occasion of a letter that will never arrive."""


@dataclass(frozen=True, slots=True)
class _Answered:
    letter: Claimed
    verdict: Verdict


class Post:
    """Drains the outbox of letters. Nobody else holds a mail sender."""

    def __init__(
        self, database: Database, texts: Texts, send: Sender, clock: Clock, sender: tuple[str, str], *, lost: Losing
    ) -> None:
        self._database = database
        self._texts = texts
        self._send = send
        self._clock = clock
        self._sender = sender
        self._lost = lost
        self._key: bytes | None = None
        self._in_hand: dict[int, Claimed] = {}
        self._answers: list[_Answered] = []
        self._tasks = Tasks()
        self._bell = asyncio.Event()
        self._unsure = False
        self._failing_since: float | None = None
        self._failed_at = 0.0
        self.heartbeat = Heartbeat()
        self.verdicts: Counter[str] = Counter()

    async def begin(self) -> None:
        """Take up what the last run left: what was under way waits again."""
        async with self._database.write() as db:
            self._key = await own_key(db, marks.KEY)
            await rows.reopen(db)

    def wake(self) -> None:
        """There may be something new to send."""
        self._bell.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop`."""
        while not stop.is_set():
            self._bell.clear()
            try:
                await self._round()
            except Exception as broken:
                if not is_away(broken):  # that is said already, and what waits is safe in it
                    log.exception("post round failed", extra={"action": "post_round_failed"})
                self._unsure = True
            await bell_or_timeout(self._bell, LOOK_EVERY)
        await self._end()

    async def drain(self) -> None:
        """Send everything that may go by now."""
        while await self._round():
            await self._tasks.settled()

    async def idle(self) -> bool:
        """Whether nothing is under way and nothing waits that may go now."""
        if self._in_hand or self._answers:
            return False
        async with self._database.read() as db:
            return not await rows.anything_due(db, self._clock.now())

    def stuck_for(self, now: float) -> float:
        """Seconds since the mail server began to take nothing; 0 while letters get through, or none has to."""
        if self._failing_since is None or now - self._failed_at > FORGET_FAILURE_AFTER:
            return 0.0
        return now - self._failing_since

    async def _end(self) -> None:
        """What arrived by now is noted; what is late goes again, as after a crash."""
        try:
            async with asyncio.timeout(ENDS_WITHIN):
                await self._tasks.settled()
        except TimeoutError:
            await self._tasks.end()
        try:
            await self._round(claim=False)
            async with self._database.write() as db:
                await rows.reopen(db)
        except Exception as broken:
            if not is_away(broken):
                raise

    async def _round(self, *, claim: bool = True) -> bool:
        """Settle, claim, start; whether there was anything."""
        now = self._clock.now()
        answers = tuple(self._answers)
        free = AT_A_TIME - len(self._in_hand) + len(answers)
        if not answers and not self._unsure and not (claim and free and await self._anything(now)):
            self.heartbeat.beat(self._clock.monotonic())
            return bool(self._in_hand)
        settled = {answered.letter.id for answered in answers}
        still = {row: one for row, one in self._in_hand.items() if row not in settled}
        async with self._database.write(lasting=bool(answers)) as db:
            if self._unsure:
                await rows.reopen(db, but=list(self._in_hand))
            for answered in answers:
                await self._settle(db, answered, now)
            busy = {one.mailbox for one in still.values()}
            claimed = await rows.claim(db, now, free, busy) if claim else []
        # Only now, when it is committed, does memory follow: a failed commit leaves all of it for the next round.
        self._unsure = False
        self.heartbeat.beat(self._clock.monotonic())
        del self._answers[: len(answers)]
        self._in_hand = still | {one.id: one for one in claimed}
        for one in claimed:
            self._tasks.start(self._try(one))
        return bool(answers or self._in_hand)

    async def _anything(self, now: datetime) -> bool:
        async with self._database.read() as db:
            return await rows.anything_due(db, now)

    async def _try(self, claimed: Claimed) -> None:
        try:
            verdict = await self._verdict(claimed)
        except Exception as broken:  # without an answer its mailbox would wait for ever
            log.exception("a letter failed", extra={"action": "letter_failed", "outbox": claimed.id})
            verdict = Later(type(broken).__name__, Whose.OURS)
        self._note(claimed, verdict)
        self._answers.append(_Answered(claimed, verdict))
        self._bell.set()

    async def _verdict(self, claimed: Claimed) -> Verdict:
        if self._key is None:
            raise AssertionError("the post has not begun")
        try:
            words = Words(
                self._texts.plain(claimed.subject, claimed.language),
                self._texts.html(claimed.body, claimed.language),
                claimed.language,
            )
            mark = marks.message_id(self._key, claimed.id, claimed.occasion, self._sender[1])
            return await self._send(compose(words, self._sender, claimed.to, mark, self._clock.now()))
        except BadAddress:
            return Refused("no mailbox")
        except MissingText as fault:
            log.error("a letter has no words", extra={"action": "letter_without_words", "outbox": claimed.id})  # noqa: TRY400
            return Refused(str(fault))

    def _note(self, claimed: Claimed, verdict: Verdict) -> None:
        self.verdicts[type(verdict).__name__] += 1
        if not isinstance(verdict, Later):
            self._failing_since = None
            return
        told = {"outbox": claimed.id, "fault": verdict.fault, "attempts": claimed.attempts}
        match verdict.whose:
            case Whose.OURS:
                log.error("the mail server does not let us send", extra={"action": "mail_not_let_in", **told})
            case Whose.SERVERS | Whose.LETTERS:
                log.warning("a letter waits", extra={"action": "letter_waits", **told})
            case never:
                assert_never(never)
        if verdict.whose is not Whose.LETTERS:
            self._failed_at = self._clock.monotonic()
            self._failing_since = self._failed_at if self._failing_since is None else self._failing_since

    async def _settle(self, db: AsyncConnection, one: _Answered, now: datetime) -> None:
        row = one.letter
        match one.verdict:
            case Sent():
                await rows.sent(db, row.id, now)
            case Later() if now - row.since < GIVEN_UP_AFTER:
                await rows.put_back(db, row.id, now + wait_after(row.attempts))
            case Later(fault) | Refused(fault):
                if await rows.undeliverable(db, row.id, fault, now):
                    log.warning("a letter is lost", extra={"action": "letter_lost", "outbox": row.id, "fault": fault})
                    await self._tell(db, row.occasion)
            case never:
                assert_never(never)

    async def _tell(self, db: AsyncConnection, occasion: str) -> None:
        """Let others act on it; an accident of theirs must not undo everybody's settling, for ever."""
        try:
            async with db.begin_nested():
                await self._lost(db, occasion)
        except Exception as broken:
            if is_away(broken):
                raise
            log.exception("nobody was told", extra={"action": "untold"})


def wait_after(attempts: int) -> timedelta:
    """How long a letter waits that was tried so many times."""
    doubled: int = 2 ** min(attempts - 1, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)

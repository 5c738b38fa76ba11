"""The workshop: pictures and files, made in a thread beside the conversation, outside any transaction, one at a time.

A handler asks with `turn.make`, and the row commits with everything else its update led to. The workshop claims a row,
finds the words in its facts, hands them to the pure function that `routes.make` registered, and queues what came of it
in the transaction that deletes the row. A crash in between leaves the row, which is claimed again at the next start; a
graceful end puts it back. What fails is tried again a little later, at most `TRIES` times in all; then the person is
told that it did not work. Somebody erased meanwhile took the row along, and what was made goes nowhere.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.delivery import outbox
from bot.people import store
from bot.people.menu import ShowMenu
from bot.people.screens import with_help
from bot.receiving import Here, Receiving
from bot.routes import Routes
from bot.storage.database import Database, is_away
from bot.storage.tables import makings, people
from bot.tasks import Tasks, bell_or_timeout
from bot.texts import Texts
from bot.threads import in_thread
from bot.turn import FETCH, Made, Making, Message, Priority, button
from bot.words import InLanguages, Language, Lines, Listing, Phrase, SaidIn, decode, encode, phrase

log = logging.getLogger(__name__)

TRIES: Final = 3
TRY_AGAIN_AFTER: Final = timedelta(seconds=10)
"""Twice as long after the second time."""

LONGEST: Final = 60.0
"""Seconds that one making may take before it counts as failed; a poster takes about one."""

LOOK_EVERY: Final = 1.0


class State(StrEnum):
    """Where a row stands; done, it is gone."""

    WAITING = "waiting"
    AT_WORK = "at_work"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row in the workshop's hands; `attempts` counts this one too. The facts are packed."""

    id: int
    person_id: int
    language: Language
    kind: str
    facts: Mapping[str, Any]
    attempts: int


class Workshop:
    """Makes what waits."""

    def __init__(
        self,
        database: Database,
        routes: Routes,
        texts: Texts,
        clock: Clock,
        wake_gate: Callable[[], None],
        receiving: Receiving | None = None,
    ) -> None:
        self._database = database
        self._makers = routes.makers
        self._texts = texts
        self._clock = clock
        self._wake_gate = wake_gate
        self._receiving = receiving
        self._bell = asyncio.Event()
        self._unsure = False
        self._tasks = Tasks()

    async def begin(self) -> None:
        """What was at work when the last run ended waits again."""
        async with self._database.write() as db:
            await db.execute(_REOPEN)

    def wake(self) -> None:
        """There may be something new to make."""
        self._bell.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop`, which lets go at once: a thread under way is left behind, and its row waits again."""
        work = self._tasks.start(self._work())
        stopped = self._tasks.start(stop.wait())
        await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
        await self._tasks.end()
        try:
            async with self._database.write() as db:
                await db.execute(_PUT_BACK)
        except Exception as broken:
            if not is_away(broken):  # else it waits again after the next start
                raise

    async def drain(self) -> None:
        """Make everything that may be made by now."""
        while await self._make_one():
            pass

    async def _work(self) -> None:
        while True:
            self._bell.clear()
            try:
                made = await self._make_one()
            except Exception as broken:
                if not is_away(broken):  # that is said already, and what waits is safe in it
                    log.exception("workshop failed", extra={"action": "workshop_failed"})
                self._unsure, made = True, False
            if not made:
                await bell_or_timeout(self._bell, LOOK_EVERY)

    async def _make_one(self) -> bool:
        """Make the next that waits, if any does."""
        if self._unsure:
            await self.begin()  # what came of the last one could not be written
            self._unsure = False
        now = self._clock.now()
        async with self._database.read() as db:
            waits = (await db.execute(_NEXT, {"now": now})).first() is not None
        if not waits:
            return False
        async with self._database.write() as db:
            claimed = await _claim(db, now)
        if claimed is not None:
            await self._settle(claimed, await self._made(claimed))
        return True

    async def _made(self, claimed: Claimed) -> Made | Here | None:
        """What came of it; None where it failed, which the log names by kind, without any of its facts."""
        if claimed.attempts > TRIES:  # each of them ended the process
            return None
        try:
            words = (self._texts, claimed.language, self._clock.now())
            facts = {name: _unpacked(one, *words) for name, one in claimed.facts.items()}
            async with asyncio.timeout(LONGEST):
                if claimed.kind == FETCH and self._receiving is not None:
                    return await self._receiving.fetch(claimed.person_id, facts)
                maker = self._makers[claimed.kind]
                return await in_thread(lambda: maker(facts))
        except TimeoutError:
            # Without the trace: it would show where we wait, not where it hangs.
            extra = {"kind": claimed.kind, "making": claimed.id}
            log.error("a making takes too long", extra={"action": "making_too_long", **extra})  # noqa: TRY400
        except Exception:
            extra = {"kind": claimed.kind, "making": claimed.id}
            log.exception("a making failed", extra={"action": "making_failed", **extra})
        return None

    async def _settle(self, claimed: Claimed, came: Made | Here | None) -> None:
        now = self._clock.now()
        async with self._database.write() as db:
            if came is None and claimed.attempts < TRIES:
                await db.execute(_AGAIN, {"row": claimed.id, "later": now + TRY_AGAIN_AFTER * claimed.attempts})
                return
            done = await db.execute(_DONE, {"row": claimed.id})
            if done.rowcount == 1:
                made = await self._handled(db, claimed, came, now) if isinstance(came, Here) else came
                wanted = await _with_way_to_help(db, claimed.person_id, made or _NOT_MADE)
                await outbox.add(db, _messages(claimed.person_id, wanted), now)
        self._wake_gate()

    async def _handled(self, db: AsyncConnection, claimed: Claimed, here: Here, now: datetime) -> Made | None:
        """What the handler of a fetched file says to whoever sent it; what else it says is queued."""
        assert self._receiving is not None  # it was fetched
        made, tick = await self._receiving.answer(db, claimed.person_id, here, now)
        await outbox.add(db, tick.said, now)
        await queue(db, tick.making, now)
        return made


# --- the rows ---------------------------------------------------------------------------------------------------

_NEXT: Final = (
    select(makings.c.id, makings.c.person_id, people.c.language, makings.c.kind, makings.c.facts, makings.c.attempts)
    .join_from(makings, people, people.c.id == makings.c.person_id)
    .where(makings.c.state == State.WAITING.value, makings.c.not_before <= bindparam("now"))
    .order_by(makings.c.id)
    .limit(1)
)
_TAKE: Final = (
    update(makings)
    .where(makings.c.id == bindparam("row"), makings.c.state == State.WAITING.value)
    .values(state=State.AT_WORK.value, attempts=makings.c.attempts + 1)
)
_AT_WORK: Final = makings.c.state == State.AT_WORK.value
_REOPEN: Final = update(makings).where(_AT_WORK).values(state=State.WAITING.value)
_PUT_BACK: Final = update(makings).where(_AT_WORK).values(state=State.WAITING.value, attempts=makings.c.attempts - 1)
_AGAIN: Final = (
    update(makings)
    .where(makings.c.id == bindparam("row"), _AT_WORK)
    .values(state=State.WAITING.value, not_before=bindparam("later"))
)
_DONE: Final = delete(makings).where(makings.c.id == bindparam("row"), _AT_WORK)
_WAITED_FOR: Final = select(makings.c.facts).where(
    makings.c.person_id == bindparam("person_id"),
    makings.c.kind == bindparam("kind"),
    makings.c.state == State.WAITING.value,
)


async def queue(db: AsyncConnection, wanted: Sequence[Making], now: datetime) -> None:
    """Have these made; what the same person waits for already is not made twice."""
    for making in wanted:
        facts = {name: _packed(value) for name, value in making.facts.items()}
        who = {"person_id": making.person_id, "kind": making.kind}
        if facts not in list(await db.scalars(_WAITED_FOR, who)):
            waits = {"facts": facts, "state": State.WAITING.value, "attempts": 0, "created_at": now, "not_before": now}
            await db.execute(insert(makings).values(**who, **waits))


async def _claim(db: AsyncConnection, now: datetime) -> Claimed | None:
    row = (await db.execute(_NEXT, {"now": now})).one_or_none()
    if row is None:
        return None
    await db.execute(_TAKE, {"row": row.id})
    return Claimed(row.id, row.person_id, Language(row.language), row.kind, row.facts, row.attempts + 1)


# --- the words --------------------------------------------------------------------------------------------------


def _packed(value: Any) -> Any:
    """As JSON holds it: facts with a language apart from the plain data around them. Raises TypeError for the rest."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case dict():
            return {"plain": {str(name): _packed(one) for name, one in value.items()}}
        case list() | tuple():
            return [_packed(one) for one in value]
        case Phrase() | Lines() | Listing() | InLanguages() | SaidIn() | date():
            return {"words": encode(value)}
        case _:
            raise TypeError(f"nothing can be made of a {type(value).__name__}")


def _unpacked(value: Any, texts: Texts, language: Language, now: datetime | None = None) -> Any:
    """The same with its words found."""
    match value:
        case {"plain": dict(inner)}:
            return {name: _unpacked(one, texts, language, now) for name, one in inner.items()}
        case {"words": fact}:
            return texts.fact(decode(fact), language, now)
        case list():
            return [_unpacked(one, texts, language, now) for one in value]
        case _:
            return value


# --- the work and its result ------------------------------------------------------------------------------------


_NOT_MADE: Final = Made(phrase("people.any.not_made"), keyboard=((button("people.any.button.menu", ShowMenu()),),))


async def _with_way_to_help(db: AsyncConnection, person_id: int, made: Made) -> Made:
    """A young person has the help row below it as below everything; a maker does not know whom it works for."""
    person = await store.person(db, person_id)
    young = person is not None and person.is_youth
    return replace(made, keyboard=with_help(made.keyboard)) if young else made


def _messages(to: int, made: Made) -> list[Message]:
    """The files one after the other, with words and buttons below the last; without files the words alone."""
    *before, last = made.attachments or (None,)
    manner: dict[str, Any] = {"about": made.about, "at_night": not made.unasked, "consent": made.consent}
    manner["priority"] = Priority.NOTICE if made.unasked else Priority.REPLY
    return [
        *(Message(to, Phrase(""), attachment=one, **manner) for one in before),
        Message(to, made.phrase, made.keyboard, attachment=last, **manner),
    ]

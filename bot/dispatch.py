"""One update, one effect: who is it, may they, what does it mean, and everything that follows in one transaction.

A batch shares one transaction, so a hundred presses cost one sync to disk. If a handler fails, the batch is undone and
each update handled alone, so that one accident cannot take the others' presses with it. Nobody meets silence: what no
handler answered is answered here.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.actions import Action, tag_of
from bot.arrival import (
    Arrival,
    Blocked,
    Edited,
    NotText,
    Pressed,
    Returned,
    Typed,
    Unread,
    What,
    asks_for_help,
    command_in,
    is_about_help,
    is_always_theirs,
    words_in,
)
from bot.clock import Clock
from bot.delivery import outbox
from bot.gathered import Gathered
from bot.people import arrivals
from bot.people.arrivals import Known
from bot.people.rules import Back, SignOfLife, Unreachable
from bot.pulse import Inbox
from bot.routes import Case, Routes
from bot.settings import Settings
from bot.storage.database import Database, is_away
from bot.turn import Document, Message, Spot, Turn
from bot.typed import visible

log = logging.getLogger(__name__)

UNREAD_AT_MOST: Final = 20
"""Answers that may wait for one person: at one a second they are busy reading for that many seconds."""

CARDS_BEYOND: Final = 5
"""So many more may wait for who asks for help in the middle of a flood."""

CARD_AGAIN_AFTER: Final = timedelta(minutes=1)
"""And beyond those, one at most in so long."""

LONGEST_TEXT: Final = 4096
"""Telegram's own limit for a message; anything longer was not typed by hand."""


class Dispatcher:
    """Handles batches of arrivals."""

    def __init__(
        self,
        database: Database,
        routes: Routes,
        clock: Clock,
        *,
        zone: ZoneInfo,
        admins: frozenset[int],
        deep_link: Callable[[str], str],
        wake: Callable[[], None],
        wake_workshop: Callable[[], None] = lambda: None,
        settings: Settings | None = None,
    ) -> None:
        self._database = database
        self._settings = settings or Settings.model_construct()
        self._routes = routes
        self._clock = clock
        self._zone = zone
        self._admins = admins
        self._deep_link = deep_link
        self._wake = wake
        self._wake_workshop = wake_workshop
        self.inbox = Inbox()

    async def handle(self, batch: Sequence[Arrival]) -> None:
        """Handle the batch and commit; when this returns, its updates may be confirmed to Telegram.

        Raises the database's own error when it cannot be written: then nothing happened, and the batch comes again.
        """
        self.inbox.received(self._clock.monotonic())
        try:
            await self._together(batch)
        except Exception as broken:
            if is_away(broken):
                raise
            log.exception("batch undone, handling one by one", extra={"action": "batch_undone"})
            for arrival in batch:
                await self._alone(arrival)
        self.inbox.done(arrival.what for arrival in batch)
        for arrival in batch:
            log.debug("update handled", extra={"action": "update_handled", "update": arrival.update_id})
        self._wake()

    async def _together(self, batch: Sequence[Arrival]) -> None:
        now = self._clock.now()
        async with self._database.write() as db:
            new = await arrivals.mark_handled(db, [arrival.update_id for arrival in batch], now)
            senders = {arrival.telegram_id for arrival in batch if arrival.telegram_id is not None}
            gathered = Gathered(db, now, await arrivals.known_young(db, senders, self._admins, now))
            for arrival in batch:
                if arrival.update_id in new:
                    new.discard(arrival.update_id)
                    await self._one(gathered, arrival)
            await gathered.write()
        if gathered.asks_workshop:
            self._wake_workshop()

    async def _alone(self, arrival: Arrival) -> None:
        try:
            await self._together([arrival])
        except Exception as broken:
            if is_away(broken):
                raise
            log.exception("update failed", extra={"action": "update_failed", "update": arrival.update_id})
            await self._set_aside(arrival)

    async def _set_aside(self, arrival: Arrival) -> None:
        """Mark what failed as handled, and say sorry, if at least that works."""
        now = self._clock.now()
        async with self._database.write() as db:
            await arrivals.note_fault(db, arrival.update_id, "handler failed", now)
            await arrivals.mark_handled(db, [arrival.update_id], now)
            try:
                async with db.begin_nested():
                    await self._apologise(db, arrival, now)
            except Exception as broken:
                if is_away(broken):
                    raise
                log.exception("no apology", extra={"action": "apology_failed", "update": arrival.update_id})

    async def _apologise(self, db: AsyncConnection, arrival: Arrival, now: datetime) -> None:
        if arrival.telegram_id is not None:
            known = await self._known(db, arrival, now)
            turn = self._turn(db, known, arrival, now)
            await self._heard_all_the_same(turn, arrival)
            await turn.case(Case.BROKEN)
            await outbox.add(db, turn.said, now)

    async def _heard_all_the_same(self, turn: Turn, arrival: Arrival) -> None:
        """Words of danger are answered by the card, whatever it was that failed after they had been heard."""
        if arrival.what is None or isinstance(arrival.what, Unread):
            return
        try:
            async with turn.db.begin_nested():
                await self._watched(turn, words_in(arrival.what))
        except Exception as broken:
            if is_away(broken):
                raise
            turn.said.clear()
            log.exception("watch failed", extra={"action": "watch_failed", "update": arrival.update_id})

    async def _one(self, gathered: Gathered, arrival: Arrival) -> None:
        """Everything one update leads to, inside the transaction."""
        match arrival.what:
            case None:
                return
            case Unread(fault):
                await arrivals.note_fault(gathered.db, arrival.update_id, fault, gathered.now)
            case Blocked():
                await gathered.write()
                said = await self._lost(gathered.db, arrival, gathered.now)
                await outbox.add(gathered.db, said, gathered.now)
            case what:
                known = await self._who(gathered, arrival)
                turn = self._turn(gathered.db, known, arrival, gathered.now)
                if known.was_gone:
                    await turn.happened(Back(known.person.id))
                if known.person.discreet and arrival.message_id is not None:
                    await arrivals.hear(gathered.db, known.person.id, arrival.message_id, gathered.now)
                if known.unread >= UNREAD_AT_MOST:
                    await self._slow_down(turn, known, what)
                else:
                    await self._heed(turn, known, what)
                    gathered.expect(turn)
                gathered.say(turn)

    async def _who(self, gathered: Gathered, arrival: Arrival) -> Known:
        """Whose update it is: from those loaded together, or alone, after all before it is written."""
        ahead = gathered.ahead.pop(_sender(arrival), None)
        if ahead is not None:
            return ahead
        await gathered.write()
        known = await self._known(gathered.db, arrival, gathered.now)
        if not known.person.is_youth:
            gathered.ahead.clear()  # what staff do may change what was loaded of others
        return known

    async def _heed(self, turn: Turn, known: Known, what: What) -> None:
        """Do what they ask; of somebody blocked by staff that which is always theirs, and words of danger are heard."""
        if known.barred and not is_always_theirs(what, turn.expecting):
            await self._watched(turn, words_in(what))
            if not turn.heard_danger:
                await turn.case(Case.BARRED)
        else:
            await self._answer(turn, what)
            if turn.silent:
                await turn.carry_on()
            if known.awaited:
                await turn.happened(SignOfLife(known.person.id, turn.heard_danger or is_about_help(what)))

    async def _slow_down(self, turn: Turn, known: Known, what: What) -> None:
        """So many answers wait for this person already that nothing more is done for them until some are out.

        They are told once. Words of danger are heard, and who asks for help gets the card, all the same: the first
        few times, and after that once a minute, however much still waits.
        """
        if asks_for_help(what) and (known.unread < UNREAD_AT_MOST + CARDS_BEYOND or await _no_card_lately(turn)):
            await self._answer(turn, what)
            return
        await self._watched(turn, words_in(what))
        if known.unread == UNREAD_AT_MOST:
            await turn.case(Case.TOO_FAST)

    async def _known(self, db: AsyncConnection, arrival: Arrival, now: datetime) -> Known:
        return await arrivals.known(db, _sender(arrival), arrival.client_language, self._admins, now)

    async def _lost(self, db: AsyncConnection, arrival: Arrival, now: datetime) -> list[Message]:
        person_id = await arrivals.id_of(db, _sender(arrival))
        if person_id is None or not await outbox.drop_for(db, person_id, now):
            return []
        return await self._routes.told(db, now, self._zone, Unreachable(person_id), self._settings)

    def _turn(self, db: AsyncConnection, known: Known, arrival: Arrival, now: datetime) -> Turn:
        expecting = self._unpacked(known.expected) if known.expected else None
        return Turn(
            now,
            db,
            self._zone,
            self._routes.subscribers,
            settings=self._settings,
            person=known.person,
            menu=self._routes.menu,
            deep_link=self._deep_link,
            pressed=arrival.what.message_id if isinstance(arrival.what, Pressed) else None,
            client_language=arrival.client_language,
            expecting=expecting,
            telegram_id=known.telegram_id,
            cases=self._routes.otherwise,
        )

    async def _answer(self, turn: Turn, what: What) -> None:
        match what:
            case Pressed(_, data):
                await self._press(turn, data)
            case Typed(text):
                await self._watched(turn, text)
                await self._typed(turn, text)
            case Edited(text):
                await self._watched(turn, text)
                await turn.case(Case.EDITED)
            case NotText(caption, spot, document):
                await self._watched(turn, caption)
                await self._other(turn, spot, document)
            case Returned():
                await turn.case(Case.RETURNED)
            case Blocked():
                raise AssertionError("answered before there was a turn")
            case never:
                assert_never(never)

    async def _press(self, turn: Turn, data: str) -> None:
        action = self._unpacked(data)
        if action is None or action.tag not in self._routes.presses:
            await turn.case(Case.OLD_BUTTON)
        elif not turn.person.may(action.tag):
            await turn.forbidden()
        else:
            await self._routes.presses[action.tag](turn, action)

    async def _typed(self, turn: Turn, text: str) -> None:
        if len(text) > LONGEST_TEXT:
            await turn.case(Case.TOO_LONG)
        elif text.startswith("/"):
            _, *rest = text.split(maxsplit=1)
            await self._command(turn, command_in(text), "".join(rest).strip())
        elif not (seen := visible(text)):
            await turn.case(Case.NOT_TEXT)
        elif turn.expecting is not None and turn.expecting.tag in self._routes.texts:
            if turn.person.may(turn.expecting.tag):
                await self._routes.texts[turn.expecting.tag](turn, turn.expecting, seen)
            else:
                await turn.forbidden()
        else:
            await turn.case(Case.UNKNOWN_TEXT)

    async def _other(self, turn: Turn, spot: Spot | None, document: Document | None) -> None:
        """A place on the map or a file answers whoever waits for one; to all others it is no text."""
        waiting = turn.expecting
        tag = waiting.tag if waiting is not None else ""
        place, file = self._routes.spots.get(tag), self._routes.documents.get(tag)
        if not ((place and spot) or (file and document)):
            await turn.case(Case.NOT_TEXT)
        elif not turn.person.may(tag):
            await turn.forbidden()
        elif place and spot:
            await place(turn, waiting, spot)
        elif file and document:
            await file(turn, waiting, document)

    async def _command(self, turn: Turn, name: str, argument: str) -> None:
        handler = self._routes.commands.get(name)
        if handler is None or not turn.person.may(name):
            await turn.case(Case.UNKNOWN_COMMAND)
        else:
            await handler(turn, argument)

    async def _watched(self, turn: Turn, text: str | None) -> None:
        if text and turn.person.is_youth:
            for watch in self._routes.watches:
                await watch(turn, text)

    def _unpacked(self, data: str) -> Action | None:
        action = self._routes.actions.get(tag_of(data))
        return action.unpack(data) if action else None


async def _no_card_lately(turn: Turn) -> bool:
    since = turn.now - CARD_AGAIN_AFTER
    return turn.person.is_youth and not await outbox.told_since(turn.db, turn.person.id, "safety.youth.card", since)


def _sender(arrival: Arrival) -> int:
    """Whose doing it is. Whatever says what was done says by whom; see `bot.telegram.inbound`."""
    if arrival.telegram_id is None:
        raise AssertionError("an update of nobody")
    return arrival.telegram_id

"""Whatever comes from Telegram: the bot goes on, who did something real is answered, nobody reads of others."""

import json
import logging
import random
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from bot.app import App
from bot.demo.emulator.model import Press, Unanswered
from bot.demo.emulator.phone import Phone
from bot.words import Language
from tests.faults.counts import SEED, full
from tests.faults.every_state import STAFF, StandingTown, town_in_every_state
from tests.faults.made_updates import Made, Maker
from tests.town.reading import pattern

BATCH: Final = 100
BETWEEN: Final = timedelta(minutes=10)
SAYS: Final = frozenset({"sendMessage", "editMessageText", "sendDocument"})
SET_ASIDE: Final = frozenset({"update_set_aside", "update_without_number"})
_SECRET: Final = "_secret"
"""The end of every name by which the cast is found at Telegram."""

_MARK: Final = re.compile(r"mark(\d+)x")

_HANDED_ON: Final = ("safety.staff.alert_words", "safety.staff.youth_wrote", "safety.youth.staff_wrote")
"""Words that a young person hands on themselves: whoever then reads them was meant to."""


def _kept_back(text: str) -> str:
    """A message without what was handed on in it."""
    for key in _HANDED_ON:
        for language in Language:
            if (handed_on := pattern(key, language).search(text)) is not None:
                text = text[: handed_on.start()]
    return text


@dataclass(slots=True)
class Storm:
    """Batches of made updates, and what is wrong after each."""

    town: StandingTown
    app: App
    maker: Maker
    phones: list[Phone]
    made: int = 0
    real: int = 0
    faults: list[str] = field(default_factory=list)

    async def batch(self, size: int) -> None:
        """So many updates at once, all that follows from them, and ten minutes."""
        telegram = self.town.telegram
        batch = [self.maker.any() for _ in range(size - 1)] + [self.maker.real()]
        for one in batch:
            self._comes(one)
        said = len(telegram.outgoing())
        calls = len(telegram.calls)
        while telegram.updates_waiting:
            await self.app.polling.once()
        await self.app.tasks.settled()
        await self.app.schedule.ring()
        await self.app.gate.drain()
        spoken_to = {params.get("chat_id") for name, params in telegram.calls[calls:] if name in SAYS}
        self._look(batch, spoken_to, said)
        telegram.ledger.calls.clear()
        telegram.ledger.outgoing.clear()
        self.town.clock.advance(BETWEEN)

    def _comes(self, one: Made) -> None:
        """Telegram has it; a real one is on its sender's phone too, where an answer is waited for."""
        telegram, now = self.town.telegram, self.town.clock.now()
        self.made += 1
        if one.waits is not None:
            self.real += 1
            telegram.people[one.waits.id].started = True
            what = "press" if one.press else "message"
            telegram.rooms[one.waits.id].unanswered.append(Unanswered(one.waits.id, what, one.message_id, now))
        number = telegram.push(one.body)
        if one.waits is not None and one.press:
            press = Press(one.press, one.waits.id, one.waits.id, one.message_id, "", now)
            telegram.people[one.waits.id].presses[one.press] = press
            telegram.presses.remember(press, None)
        assert number > 0

    def _look(self, batch: list[Made], spoken_to: set[Any], said: int) -> None:
        telegram = self.town.telegram
        left = {_chat_of(one.body) for one in batch if isinstance(one.body, dict) and "my_chat_member" in one.body}
        for one in batch:
            if one.waits is not None and one.waits.id not in spoken_to | left:
                self.faults.append(f"mute to {one.waits.id}: {_shown(one)}")
        for waiting in telegram.unanswered():
            if waiting.chat_id not in left:
                self.faults.append(f"unanswered: {waiting}")
            telegram.rooms[waiting.chat_id].unanswered.clear()
        for phone in self.phones:
            if phone.spinners:
                self.faults.append(f"still spinning: {phone.spinners}")
                telegram.people[phone.id].presses.clear()
        for problem in telegram.problems:
            self.faults.append(f"{problem}; the batch: {[_shown(one) for one in batch]}")
        telegram.problems.clear()
        for text in telegram.outgoing()[said:]:
            strange = {int(number) for number in _MARK.findall(_kept_back(text.text))} - {text.chat_id}
            if strange or _SECRET in text.text:
                self.faults.append(f"{text.chat_id} reads of {strange}: {text.text}")


def _chat_of(body: Any) -> Any:
    changed = body["my_chat_member"]
    chat = changed.get("chat") if isinstance(changed, dict) else None
    return chat.get("id") if isinstance(chat, dict) and isinstance(chat.get("id"), int) else None


def _shown(one: Made) -> str:
    """The update as JSON, to be pushed again."""
    return json.dumps(one.body)[:4000]


@pytest.fixture
async def town(database_file: Path) -> AsyncIterator[StandingTown]:
    """One bot that stays."""
    one = StandingTown(database_file)
    yield one
    await one.close()
    one.check()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.feature("X39", "X18")
async def test_a_storm_of_strange_updates_leaves_nobody_without_an_answer(
    town: StandingTown, caplog: pytest.LogCaptureFixture
) -> None:
    await _storm(town, caplog, 300, SEED)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.feature("X39", "X18")
async def test_a_long_storm_of_strange_updates_leaves_nobody_without_an_answer(
    town: StandingTown, caplog: pytest.LogCaptureFixture
) -> None:
    """BOT_TEST_FULL makes it a hundred thousand."""
    await _storm(town, caplog, full(4_000, 100_000), SEED)


async def _storm(town: StandingTown, caplog: pytest.LogCaptureFixture, count: int, seed: int) -> None:
    set_aside = 0
    phones = await town_in_every_state(town)
    staff = frozenset(town.people[name].phone.id for name in STAFF)
    maker = Maker(random.Random(seed), phones, town.clock.now, town.telegram.presses.new_id, unmarked=staff)
    async with town.bot() as app:
        one = Storm(town, app, maker, phones)
        for _ in range(count // BATCH):
            caplog.clear()
            with caplog.at_level(logging.WARNING):
                await one.batch(BATCH)
            set_aside += sum(getattr(record, "action", "") in SET_ASIDE for record in caplog.records)
            one.faults += [
                f"log: {record.getMessage()} {getattr(record, 'update', '')} {record.exc_text or ''}"
                for record in caplog.records
                if getattr(record, "action", "") not in SET_ASIDE
            ]
            assert not _MARK.search(caplog.text), "somebody's words are in the log"
            assert not one.faults, "\n".join([f"seed {seed}, after {one.made} updates:", *one.faults])
    print(f"seed {seed}: {one.made} updates, {one.real} of them real and all answered, {set_aside} set aside")
    stuck = await town.rows("SELECT state, key FROM outbox WHERE state IN ('in_flight', 'rejected')")
    assert not stuck
    assert [tuple(row) for row in await town.rows("PRAGMA integrity_check")] == [("ok",)]
    assert not await town.rows("PRAGMA foreign_key_check")
    for person in town.people.values():
        person.reads_rest()

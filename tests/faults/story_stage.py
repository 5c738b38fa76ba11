"""What a story is played on: the phones, the bot that can die, and the comparison with the model when it is over."""

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from hypothesis.stateful import RuleBasedStateMachine

from bot.demo.emulator.model import Message
from bot.roles import Role
from tests.faults.made_updates import mark_of
from tests.faults.mortal import MortalTown
from tests.faults.story_model import COORDINATOR, LEAD, MENTOR, YOUNG, Model, Stage

MOST_WAITING: Final = 12
"""Updates that wait for the bot at most: a press is kept by Telegram for 150 seconds only."""


class StoryStage(RuleBasedStateMachine):
    """Holds everything that the rules of `AnyStory` need, and no rule."""

    def __init__(self, database: Path, told: Callable[[Counter[str]], None]) -> None:
        super().__init__()
        self.told = told
        self.home = Path(tempfile.mkdtemp())
        shutil.copy(database, self.home / "bot.db")
        self.loop = asyncio.Runner()
        self.model = Model()
        self.run_ids: dict[str, int | None] = dict.fromkeys(YOUNG)
        self.lost_answers = 0
        self.days = 0
        self.event: int | None = None
        self.town: MortalTown = self.loop.run(self._gather())

    async def _gather(self) -> MortalTown:
        town = MortalTown(self.home / "bot.db")
        for name, role in ((LEAD, Role.LEAD), (MENTOR, Role.MENTOR), (COORDINATOR, Role.COORDINATOR)):
            one = town.newcomer(name)
            town.telegram.people[one.phone.id].started = True
            await town.grant(name, role)
        for name in YOUNG:
            town.newcomer(name)
        return town

    # --- what must be true ---

    def teardown(self) -> None:
        try:
            self._bot_works()
            self._check()
        finally:
            self.loop.run(self.town.close())
            self.loop.close()
            shutil.rmtree(self.home)

    def _check(self) -> None:
        telegram = self.town.telegram
        assert not telegram.problems
        assert not telegram.unanswered()
        repeats = 0
        for name, expected in self.model.messages.items():
            got = sum(message.sender == "bot" for message in self._phone(name).history)
            texts = [message.text for message in self._phone(name).history if message.sender == "bot"]
            assert got >= expected.least, f"{name} is short of a message: {got}, not {expected}: {texts}"
            repeats += max(0, got - expected.most)
            self._sees_only_their_own(name, self._phone(name).history)
        faults = self.town.deaths + self.lost_answers
        assert repeats <= faults, f"{repeats} messages too many after {faults} faults"
        for name in YOUNG:
            assert self._kept(name) == self._expected(name), name
        assert self._rows("PRAGMA foreign_key_check") == []
        assert self._rows("PRAGMA integrity_check")[0][0] == "ok"
        self.told(
            Counter(
                deaths=self.town.deaths,
                lost_answers=self.lost_answers,
                repeats=repeats,
                messages=sum(len(self._phone(name).history) for name in self.model.messages),
                through=sum(one.finished for one in self.model.young.values()),
                with_mentor=len(self.model.at(Stage.PROFILING, Stage.PROGRAMME)),
                check_ins=sum(len(one.check_ins) for one in self.model.young.values()),
                invited=sum(len(one.invitations) for one in self.model.young.values()),
            )
        )

    def _sees_only_their_own(self, name: str, messages: tuple[Message, ...]) -> None:
        others = [mark_of(self._phone(other).id) for other in YOUNG if other != name]
        for message in messages:
            assert not any(mark in message.text for mark in others), f"{name} reads of somebody else: {message.text}"

    def _expected(self, name: str) -> tuple[Any, ...]:
        one = self.model.young[name]
        return one.answers, one.finished, one.shown, one.stage, one.check_ins, one.invitations

    def _kept(self, name: str) -> tuple[Any, ...]:
        """The same as the database has it."""
        return self.loop.run(self.town.kept(name))

    # --- how they do it ---

    def _bot_works(self) -> None:
        self.loop.run(self.town.works())

    def _phone(self, name: str) -> Any:
        return self.town.people[name].phone

    def _says(self, name: str, line: str) -> None:
        self._wait_for_the_bot()
        self.town.a_moment_passes()
        self.loop.run(self._phone(name).send(line))

    def _press(self, name: str, data: str) -> bool:
        """The newest such button on their phone; False where there is none."""
        for message in reversed(self._phone(name).messages):
            if any(button.data == data for button in message.buttons):
                self._wait_for_the_bot()
                self.town.a_moment_passes()
                self.loop.run(self._phone(name).forge_press(data, message.id))
                return True
        return False

    def _forge(self, name: str, data: str) -> None:
        """As by a button that is on the screen by now, or was: under their newest message."""
        self._wait_for_the_bot()
        self.town.a_moment_passes()
        self.loop.run(self._phone(name).forge_press(data))

    def _taps(self, name: str, key: str) -> None:
        message, (_, data) = self.town.people[name].find_button(key)
        self.town.a_moment_passes()
        self.loop.run(self._phone(name).press(message.id, data))
        self._bot_works()

    def _wait_for_the_bot(self) -> None:
        if self.town.telegram.updates_waiting >= MOST_WAITING:
            self._bot_works()

    def _case(self, name: str) -> int | None:
        rows = self._rows(
            "SELECT max(c.id) FROM cases c JOIN people p ON p.id = c.youth_id WHERE p.telegram_id = :phone",
            phone=self._phone(name).id,
        )
        return rows[0][0]

    def _rows(self, query: str, **values: Any) -> Any:
        return self.loop.run(self.town.rows(query, **values))

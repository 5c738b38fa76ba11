"""A young person who walks the first questions at random and remembers what they pressed.

The walk knows what each press must lead to, from the questionnaire's order alone; whoever presses and does not see it
has met silence. Presses rewrite a message; typed lines get one new message each, so repeats can be counted.
"""

import asyncio
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from bot.demo.emulator.model import Message
from bot.demo.emulator.phone import Phone
from bot.demo.emulator.telegram import Telegram
from tests.faults.process import BotProcess, until

QUESTIONS: Final = {
    "age": ("18_28", "29"),
    "status": ("neither", "parent", "between"),
    "nva": ("no", "unsure"),
    "mood": ("good", "so_so", "hard", "skip"),
    "wish": ("learn", "work", "talk", "language", "people", "unsure"),
    "contact": ("no",),
}
"""The questions of somebody from Ogre's poster in order, with the answers that change nothing about the way."""

ORDER: Final = tuple(QUESTIONS)
SILENCE: Final = 240.0
"""Seconds until a press counts as lost; a killed bot is back in a few, but the machine may have other work."""


@dataclass(slots=True)
class Chatter:
    """`screen` names what must be on the phone: a question's id, or language, welcome, middle, outcome, again."""

    phone: Phone
    dice: random.Random
    pause: float = 1.0
    screen: str = ""
    asked: str | None = None
    answers: dict[str, str] = field(default_factory=dict)
    finished: bool = False
    typed: int = 0
    pressed: int = 0
    waits: list[float] = field(default_factory=list)
    """How many seconds each thing they did waited for its answer, in the order in which the answers came."""

    @property
    def actions(self) -> int:
        """Everything this person did."""
        return self.typed + self.pressed

    @property
    def repeats(self) -> int:
        """How many more messages of the bot there are than typed lines."""
        return sum(message.sender == "bot" for message in self.phone.history) - self.typed

    async def arrive(self) -> None:
        """By the poster's link, the language, and the consent to the first question."""
        await self._types("/start ogre", "language")
        await self._presses("people.language:", "welcome")
        await self.step()
        assert self.screen == ORDER[0]

    async def chat(self, stop: asyncio.Event) -> None:
        """Step after step, with pauses as people make them."""
        await asyncio.sleep(self.dice.uniform(0, self.pause))
        if not self.screen:
            await self.arrive()
        while not stop.is_set():
            await self.step()
            await asyncio.sleep(self.dice.uniform(0.5, 1.5) * self.pause)

    async def step(self) -> None:
        """One action that this screen offers, and the wait for what it must lead to."""
        match self.screen:
            case "welcome":
                self.asked = self.asked or ORDER[0]
                await self._presses("screening.begin:0", self.asked)
            case "middle":
                await self._presses("screening.continue", self.asked or ORDER[0])
            case "outcome" if self.dice.random() < 0.7:
                self.finished, self.asked = False, ORDER[-1]
                await self._presses("screening.correct:", self.asked)
            case "outcome":
                await self._types("/start", "again")
            case "again":
                await self._presses("screening.outcome:", "outcome")
            case question:
                await self._at_question(question)

    async def _at_question(self, question: str) -> None:
        chance = self.dice.random()
        if chance < 0.15:
            await self._types("/start ogre", "middle")
        elif chance < 0.3:
            await self._back(question)
        elif question == "age" and chance < 0.6:
            self.answers["age"] = "18_28"
            await self._types("19", self._next())
        else:
            code = self.dice.choice(QUESTIONS[question])
            self.answers[question] = code
            await self._presses(f"screening.give:*:{question}:{code}", self._next())

    async def _back(self, question: str) -> None:
        place = ORDER.index(question)
        if place:
            self.asked = ORDER[place - 1]
        await self._presses(f"screening.back:*:{question}", self.asked if place and self.asked else "welcome")

    def _next(self) -> str:
        """What comes after an answer: the first question without one, or the page at the end."""
        self.asked = next((one for one in ORDER if one not in self.answers), None)
        if self.asked is not None:
            return self.asked
        self.finished = True
        self.answers["mood"] = "skip"  # how somebody feels is not kept once they are through
        return "outcome"

    async def _types(self, line: str, leads_to: str) -> None:
        newest = max((message.id for message in self.phone.history), default=0)
        self.typed += 1
        await self.phone.send(line)
        await self._sees(leads_to, newest + 1)

    async def _presses(self, data: str, leads_to: str) -> None:
        message, whole = self._find(data)
        self.pressed += 1
        await self.phone.press(message.id, whole)
        await self._sees(leads_to, message.id)

    async def _sees(self, screen: str, since: int) -> None:
        """Wait for that screen on that message or a later one."""
        self.screen = screen
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            await until(lambda: any(_shows(message, screen) for message in self._since(since)), SILENCE, screen)
        except AssertionError as silence:
            told = [message.text for message in self._since(since)]
            raise AssertionError(f"phone {self.phone.id}, {silence}; since then: {told}") from None
        self.waits.append(clock() - began)

    def _since(self, number: int) -> list[Message]:
        """What has come since that message, and the message itself."""
        return list(takewhile(lambda message: message.id >= number, reversed(self.phone.messages)))

    def _find(self, data: str) -> tuple[Message, str]:
        """The newest message that shows the present screen, and its button with such data (`*` for any run)."""
        for message in reversed(self.phone.messages):
            for button in message.buttons:
                if _shows(message, self.screen) and button.data is not None and _fits(button.data, data):
                    return message, button.data
        raise AssertionError(f"phone {self.phone.id} finds no {data} on {self.screen}")


_MARKS: Final = {
    "language": "people.language:",
    "welcome": "screening.begin:",
    "middle": "screening.over:",
    "outcome": "screening.correct:",
    "again": "screening.outcome:",
}


def _shows(message: Message, screen: str) -> bool:
    """Whether these are that screen's buttons."""
    wanted = _MARKS.get(screen, f"screening.back:*:{screen}")
    return any(button.data is not None and _fits(button.data, wanted) for button in message.buttons)


def _fits(data: str, wanted: str) -> bool:
    if "*" not in wanted:
        return data.startswith(wanted)
    front, behind = wanted.split("*")
    return data.startswith(front) and data.endswith(behind)


def crowd(telegram: Telegram, count: int, dice: random.Random, *, pause: float = 1.0) -> list[Chatter]:
    """So many people, each with dice of their own, so that one's luck does not depend on another's speed."""
    return [
        Chatter(
            telegram.phone(2000 + number, f"Person {number}", language_code="uk"), random.Random(dice.random()), pause
        )
        for number in range(count)
    ]


async def all_do_more(people: Sequence[Chatter], actions: int, within: float = SILENCE) -> None:
    """Wait until each of them has done so much more; nobody may be left behind."""
    before = [one.actions for one in people]
    await until(
        lambda: all(one.actions >= earlier + actions for one, earlier in zip(people, before, strict=True)),
        within,
        "everybody gets on",
    )


def kept(bot: BotProcess, one: Chatter) -> tuple[dict[str, str], str | None, bool]:
    """This person's answers, the question on their screen, and whether they are through, as the database has it."""
    ((answers, shown, outcome),) = bot.rows(
        "SELECT s.answers, s.shown, s.outcome FROM screenings s JOIN people p ON p.id = s.person_id "
        "WHERE p.telegram_id = ?",
        one.phone.id,
    )
    given = json.loads(answers)
    assert given.pop("link") == "LV-067"
    return given, shown or next((one for one in ORDER if one not in given), None), outcome is not None

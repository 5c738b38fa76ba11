"""An endless day at Telegram that keeps nothing: updates are made when asked for, and answers are taken and forgotten.

Memory measured beside it is the bot's. Some people are there at any moment; each of them presses a few dozen buttons or
types something, then leaves for good and somebody new comes. Of those who are there only the newest buttons are kept.
"""

import json
import random
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Final

from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

THERE_AT_ONCE: Final = 300
STAYS_FOR: Final = 30
"""Updates of one visit: enough to answer every question, look around and ask for something strange."""

BATCH: Final = 100
FIRST_PERSON: Final = 10_000_000
LINES: Final = ("/start ogre", "/menu", "/help", "/privacy", "/language", "/plan", "/mydata", "19", "labdien", "???")
NEVER_BY_STAFF: Final = ("people.forget",)
"""They stay the whole day."""


@dataclass(slots=True)
class Visitor:
    """Somebody with the bot open: the message whose buttons they see."""

    number: int
    left: int
    message_id: int = 0
    buttons: list[str] = field(default_factory=list)


class EndlessRequest(BaseRequest):
    """python-telegram-bot's transport, with a Telegram behind it that makes up `to_come` updates and then no more."""

    def __init__(self, dice: random.Random, to_come: int, staff: tuple[int, ...]) -> None:
        self.to_come = to_come
        self.answered = 0
        self.given = 0
        self._dice = dice
        self._staff = staff
        self._people = 0
        self._there: dict[int, Visitor] = {one: Visitor(one, to_come) for one in staff}
        self._order: deque[int] = deque(staff)
        self._messages = 0
        self._day = 1_772_438_400

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    @property
    def visitors(self) -> int:
        """How many people have been there so far."""
        return self._people

    async def initialize(self) -> None:
        return None

    async def shutdown(self) -> None:
        return None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        asked = dict(request_data.parameters) if request_data is not None else {}
        return 200, json.dumps({"ok": True, "result": self._answer(url.rpartition("/")[2], asked)}).encode()

    def _answer(self, name: str, asked: dict[str, Any]) -> Any:
        match name:
            case "getMe":
                return {"id": 1234, "is_bot": True, "first_name": "Bot", "username": "proti_un_dari_demo_bot"}
            case "getUpdates":
                return [self._update() for _ in range(min(BATCH, self.to_come))]
            case "sendMessage" | "editMessageText" | "sendDocument" | "sendPhoto" | "sendLocation":
                return self._taken(asked)
            case "answerCallbackQuery" | "deleteMessages" | "deleteWebhook":
                return True
        raise AssertionError(f"nobody said what {name} gives")

    def _taken(self, asked: dict[str, Any]) -> dict[str, Any]:
        """A message arrives: whoever is still there sees its buttons."""
        self.answered += 1
        chat = int(asked["chat_id"])
        self._messages += 1
        number = int(asked.get("message_id", self._messages))
        visitor = self._there.get(chat)
        if visitor is not None:
            markup = asked.get("reply_markup") or {}
            rows = markup.get("inline_keyboard", [])
            data = [button["callback_data"] for row in rows for button in row if "callback_data" in button]
            visitor.message_id = number
            visitor.buttons = [one for one in data if chat not in self._staff or not one.startswith(NEVER_BY_STAFF)]
        return {"message_id": number, "date": self._day, "chat": {"id": chat, "type": "private"}, "text": "…"}

    def _update(self) -> dict[str, Any]:
        self.to_come -= 1
        self.given += 1
        self._messages += 1
        who = self._next()
        person = {"id": who.number, "is_bot": False, "first_name": "Visitor", "language_code": "uk"}
        chat = {"id": who.number, "type": "private", "first_name": "Visitor"}
        message = {"message_id": self._messages, "date": self._day, "chat": chat, "from": person}
        chance = self._dice.random()
        if who.buttons and chance < 0.85:
            query = {"id": str(self.given), "from": person, "chat_instance": "1"}
            pressed = {"data": self._dice.choice(who.buttons), "message": {**message, "message_id": who.message_id}}
            return {"update_id": self.given, "callback_query": query | pressed}
        if chance < 0.97:
            line = LINES[0] if not who.message_id else self._dice.choice(LINES)
            return {"update_id": self.given, "message": {**message, "text": line}}
        voice = {"file_id": "1", "file_unique_id": "1", "duration": 3}
        return {"update_id": self.given, "message": {**message, "voice": voice}}

    def _next(self) -> Visitor:
        """Whose turn it is: everybody there in a circle; who has done enough leaves, and somebody new comes."""
        if len(self._order) < THERE_AT_ONCE:
            self._people += 1
            number = FIRST_PERSON + self._people
            self._there[number] = Visitor(number, STAYS_FOR)
            self._order.append(number)
        number = self._order.popleft()
        visitor = self._there[number]
        visitor.left -= 1
        if visitor.left > 0:
            self._order.append(number)
        else:
            del self._there[number]
        return visitor

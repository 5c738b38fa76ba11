"""A thin stub of Telegram: gives out presses, takes answers, notes when each came. Bots of all kinds run against it.

The emulator of `bot.demo` checks every call as Telegram does, which costs more than the call; here a call costs a
twentieth of a millisecond, so that the bot and not Telegram is measured. Limits are the emulator's own.
"""

import asyncio
import json
import re
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from bot.demo.emulator.limits import Limits
from tests.bench.stub_http import Line

TOKEN: Final = "1234:bench"
_TRUE: Final = b'{"ok":true,"result":true}'
_NOTHING_NEW: Final = b'{"ok":true,"result":[]}'
_ABOUT: Final = {
    "getMe": b'{"ok":true,"result":{"id":1234,"is_bot":true,"first_name":"Bench","username":"bench_bot"}}',
    "getMyCommands": _NOTHING_NEW,
    "getMyDescription": b'{"ok":true,"result":{"description":""}}',
    "getMyShortDescription": b'{"ok":true,"result":{"short_description":""}}',
    "getWebhookInfo": b'{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}',
}
_SENDING: Final = frozenset({"sendMessage", "editMessageText"})


def _number(name: str) -> re.Pattern[bytes]:
    """Finds a number in a form or in JSON, without reading the words beside it."""
    return re.compile(name.encode() + rb'(?:=|"\s*:\s*"?)(-?\d+)')


_CHAT, _PRESS, _OFFSET, _HOLD = (_number(name) for name in ("chat_id", "callback_query_id", "offset", "timeout"))


@dataclass(slots=True)
class Press:
    """One press of a button and when it was made, given to the bot, acknowledged and answered (seconds)."""

    chat: int
    made_at: float
    handed_at: float | None = None
    acked_at: float | None = None
    edited_at: float | None = None


@dataclass(slots=True)
class TelegramStub:
    """`delay` is the network there and back, in seconds; without `limits` it takes whatever comes."""

    delay: float = 0.0
    limits: Limits = field(default_factory=lambda: Limits(enabled=False))
    address: str = ""
    presses: list[Press] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    sent_at: list[float] = field(default_factory=list)
    """When each new message arrived."""
    last_call_at: float = 0.0
    _updates: deque[tuple[int, bytes, Press]] = field(default_factory=deque)
    _open: dict[int, deque[Press]] = field(default_factory=dict)
    _unanswered: int = 0
    _poll: tuple[Line, asyncio.TimerHandle] | None = None
    _lines: set[Line] = field(default_factory=set)
    _settled: asyncio.Event = field(default_factory=asyncio.Event)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    # --- people -------------------------------------------------------------------------------------------------

    def press(self, buttons: Iterable[tuple[int, str]]) -> list[Press]:
        """These people (chat, callback data) press, all at this moment."""
        made = [self._made(chat, data) for chat, data in buttons]
        self._settled.clear()
        if self._poll is not None and made:
            line, timer = self._poll
            timer.cancel()
            self._poll = None
            self._later(lambda: line.answer(200, self._waiting()))
        return made

    def _made(self, chat: int, data: str) -> Press:
        press = Press(chat, now())
        number = len(self.presses)
        self.presses.append(press)
        self._open.setdefault(chat, deque()).append(press)
        self._unanswered += 1
        self._updates.append((number + 1, _update(number, chat, data), press))
        return press

    async def all_answered(self, within: float) -> None:
        """Wait until every press was answered; raises TimeoutError."""
        async with asyncio.timeout(within):
            if self._unanswered:
                await self._settled.wait()

    async def until(self, holds: Callable[[], bool], within: float) -> None:
        """Wait until it holds, looked at whenever a call came; raises TimeoutError."""
        async with asyncio.timeout(within):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    async def quiet(self, seconds: float = 0.3) -> None:
        """Wait until so long nothing came but polls."""
        while (rest := self.last_call_at + seconds - now()) > 0:
            await asyncio.sleep(rest)

    # --- the bot ------------------------------------------------------------------------------------------------

    def take(self, method: str, body: bytes, line: Line) -> None:
        """One call, arriving after half the delay and answered after the other half."""
        self._later(lambda: self._arrived(method, body, line))

    def _arrived(self, method: str, body: bytes, line: Line) -> None:
        self.calls[method] += 1
        self._changed.set()
        if method == "getUpdates":
            self._polled(body, line)
            return
        self.last_call_at = now()
        status, answer = self._answered(method, body)
        self._later(lambda: line.answer(status, answer))

    def _answered(self, method: str, body: bytes) -> tuple[int, bytes]:
        if method == "answerCallbackQuery":
            if pressed := _PRESS.search(body):
                press = self.presses[int(pressed[1])]
                press.acked_at = press.acked_at or now()
            return 200, _TRUE
        if method not in _SENDING:
            return 200, _ABOUT.get(method, _TRUE)
        chat = _CHAT.search(body)
        if chat is None:
            return 400, b'{"ok":false,"error_code":400,"description":"Bad Request: chat_id is empty"}'
        return self._sent(method, int(chat[1]))

    def _sent(self, method: str, chat: int) -> tuple[int, bytes]:
        held = self.limits.admit(chat, now())
        if held is not None:
            self.refused += 1
            wait = held.retry_after
            return 429, json.dumps(
                {
                    "ok": False,
                    "error_code": 429,
                    "description": f"Too Many Requests: retry after {wait}",
                    "parameters": {"retry_after": wait},
                }
            ).encode()
        if method == "editMessageText":
            self._edited(chat)
        else:
            self.sent_at.append(now())
        message = (
            b'{"ok":true,"result":{"message_id":%d,"date":1767225600,"chat":{"id":%d,"type":"private"},"text":"x"}}'
        )
        return 200, message % (1000 + sum(map(self.calls.__getitem__, _SENDING)), chat)

    def _edited(self, chat: int) -> None:
        """The oldest press there is answered."""
        waiting = self._open.get(chat)
        if waiting:
            waiting.popleft().edited_at = now()
            self._unanswered -= 1
            if not self._unanswered:
                self._settled.set()

    def _polled(self, body: bytes, line: Line) -> None:
        if offset := _OFFSET.search(body):
            while self._updates and self._updates[0][0] < int(offset[1]):
                self._updates.popleft()
        hold = _HOLD.search(body)
        if self._updates or hold is None or hold[1] == b"0":
            answer = self._waiting()
            self._later(lambda: line.answer(200, answer))
        else:
            if self._poll is not None:
                self._poll[1].cancel()
            timer = asyncio.get_running_loop().call_later(int(hold[1]), self._nothing_came, line)
            self._poll = line, timer

    def _waiting(self) -> bytes:
        """The first hundred updates that were not confirmed."""
        given = [self._updates[index] for index in range(min(len(self._updates), 100))]
        for _, _, press in given:
            press.handed_at = press.handed_at or now()
        return b'{"ok":true,"result":[%s]}' % b",".join(update for _, update, _ in given)

    def _nothing_came(self, line: Line) -> None:
        self._poll = None
        line.answer(200, _NOTHING_NEW)

    def _later(self, act: Callable[[], None]) -> None:
        """Half the network's delay from now."""
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay / 2, act)
        else:
            act()

    def cut_all(self) -> None:
        if self._poll is not None:
            self._poll[1].cancel()
        for line in tuple(self._lines):
            line.cut()

    def line(self) -> Line:
        return Line(self.take, self._lines)


def now() -> float:
    """Seconds of one clock for everything the stub notes."""
    return time.monotonic()


@asynccontextmanager
async def served(delay: float = 0.0, *, limited: bool = False) -> AsyncIterator[TelegramStub]:
    """A stub on a free port of 127.0.0.1."""
    stub = TelegramStub(delay, Limits(enabled=limited))
    server = await asyncio.get_running_loop().create_server(stub.line, "127.0.0.1", 0)
    stub.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield stub
    finally:
        server.close()
        stub.cut_all()


_QUESTION: Final[dict[str, Any]] = {
    "message_id": 900,
    "from": {"id": 1234, "is_bot": True, "first_name": "Bench", "username": "bench_bot"},
    "date": 1767225600,
    "text": "1 no 6\n\nCik tev gadu?\n\nProgramma ir jauniešiem no 15 līdz 29 gadiem. Vari arī uzrakstīt skaitli.",
    "reply_markup": {
        "inline_keyboard": [
            [{"text": "18-28", "callback_data": "screening.give:1:age:18_28"}],
            [{"text": "29", "callback_data": "screening.give:1:age:29"}],
            [{"text": "Palīdzība", "callback_data": "safety.help"}],
        ]
    },
}
"""The message whose button is pressed, as large as a real one."""


def _update(number: int, chat: int, data: str) -> bytes:
    person = {"id": chat, "is_bot": False, "first_name": "Anda", "language_code": "lv"}
    query = {
        "id": str(number),
        "from": person,
        "chat_instance": "1",
        "data": data,
        "message": {**_QUESTION, "chat": {"id": chat, "type": "private", "first_name": "Anda"}},
    }
    return json.dumps({"update_id": number + 1, "callback_query": query}).encode()

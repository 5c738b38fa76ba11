"""What can go wrong between Telegram and the bot, on a test's word."""

import random
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from bot.clock import Clock
from bot.demo.emulator.answer import Answer, Line, refused
from bot.demo.emulator.refusals import Refused, too_many_requests
from bot.demo.emulator.updates import UpdateQueue

_HTML = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center>nginx</center></body>\r\n</html>\r\n"
_GARBAGE = b'\x00\xff\xfe\x8f{]{"ok": tru'
_WORDS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


class FaultKind(StrEnum):
    """HTML, 502, GARBAGE, TIMEOUT and CUT strike before the call is done; HALF, DROP_AFTER and HANG_AFTER after."""

    CODE = "code"
    BAD_GATEWAY = "502"
    HTML = "html"
    HALF = "half"
    GARBAGE = "garbage"
    TIMEOUT = "timeout"
    CUT = "cut"
    DROP_AFTER = "drop_after"
    HANG_AFTER = "hang_after"


_AFTER = {FaultKind.HALF, FaultKind.DROP_AFTER, FaultKind.HANG_AFTER}


@dataclass(slots=True)
class Fault:
    """One planned fault; `times` counts down to 0."""

    kind: FaultKind
    method: str
    times: int
    code: int = 500
    retry_after: int | None = None
    chat: int | None = None

    @property
    def strikes_after(self) -> bool:
        return self.kind in _AFTER

    def refusal(self) -> Refused | None:
        """The refusal to answer with, where this fault is one."""
        if self.code == 429 and self.kind is FaultKind.CODE:
            return too_many_requests(self.retry_after or 1)
        if self.kind is FaultKind.CODE:
            return Refused(self.code, _WORDS.get(self.code, f"Error {self.code}"))
        return None

    def spoil(self, answer: Answer) -> Answer:
        """The answer as this fault lets it through."""
        match self.kind:
            case FaultKind.CODE:
                refusal = self.refusal()
                return refused(refusal) if refusal is not None else answer
            case FaultKind.BAD_GATEWAY:
                return refused(Refused(502, "Bad Gateway"))
            case FaultKind.HTML:
                return Answer(502, {}, raw=_HTML, headers={"Content-Type": "text/html"})
            case FaultKind.HALF:
                whole = answer.payload()
                return replace(answer, raw=whole[: len(whole) // 2])
            case FaultKind.GARBAGE:
                return Answer(200, {}, raw=_GARBAGE)
            case FaultKind.TIMEOUT | FaultKind.HANG_AFTER:
                return replace(answer, line=Line.HANGS)
            case FaultKind.CUT | FaultKind.DROP_AFTER:
                return replace(answer, line=Line.CUT)


@dataclass(slots=True)
class Faults:
    """The switches; everything is off at first."""

    updates: UpdateQueue
    clock: Clock
    listening: bool = True
    token_revoked: bool = False
    pause: float = 0.0
    truncated_downloads: int = 0
    _planned: list[Fault] = field(default_factory=list)
    _decorated: bool = False

    def fail(
        self,
        method: str,
        *,
        code: int | None = None,
        kind: str | None = None,
        times: int = 1,
        retry_after: int | None = None,
        chat: int | None = None,
    ) -> None:
        """The next `times` calls of `method` ("*" for any; with `chat`, only those to it) fail by status or by kind.

        A 429 is also kept: sends to that chat before `retry_after` seconds are over are refused and count as flood.
        """
        if code is None and retry_after is not None:
            code = 429
        if (code is None) == (kind is None):
            raise ValueError("give either a code or a kind")
        chosen = FaultKind(kind) if kind is not None else FaultKind.CODE
        self._planned.append(Fault(chosen, method.lower(), times, code or 500, retry_after, chat))

    def drop_after(self, method: str, times: int = 1, *, chat: int | None = None) -> None:
        """Does what the call asks, then cuts the connection."""
        self._planned.append(Fault(FaultKind.DROP_AFTER, method.lower(), times, chat=chat))

    def hang_after(self, method: str, times: int = 1, *, chat: int | None = None) -> None:
        """Does what the call asks, then never answers."""
        self._planned.append(Fault(FaultKind.HANG_AFTER, method.lower(), times, chat=chat))

    def push(self, raw: Any) -> int:
        """Queue any raw update, well-formed or not; an object without an update_id gets one. Returns the id."""
        return self.updates.push(raw, self.clock.now())

    def redeliver(self, count: int) -> int:
        """Hands out the last `count` updates again, although they were confirmed; returns how many there were."""
        return self.updates.redeliver(count)

    def shuffle(self, seed: int | None = 0) -> None:
        """Every batch comes in an order drawn from `seed`; None ends it."""
        self.updates.shuffled_by = random.Random(seed) if seed is not None else None

    def decorate(self, on: bool = True) -> None:
        """Every object in updates and answers gets fields that no Bot API version has."""
        self._decorated = on
        self.updates.decorate = decorated if on else None

    def revoke_token(self) -> None:
        """From now on every call is 401."""
        self.token_revoked = True

    def delay(self, seconds: float) -> None:
        """Every answer takes that long, on the emulator's clock; 0 ends it."""
        self.pause = seconds

    def stop_listening(self) -> None:
        """Telegram is down: connections are refused."""
        self.listening = False

    def listen(self) -> None:
        self.listening = True

    def truncate(self, times: int = 1) -> None:
        """The next downloads stop half way."""
        self.truncated_downloads += times

    def clear(self) -> None:
        """Forget what was planned and repair everything."""
        self._planned.clear()
        self.listening, self.token_revoked, self.pause, self.truncated_downloads = True, False, 0.0, 0
        self.decorate(False)
        self.shuffle(None)

    def strike(self, method: str, chat: int | None) -> Fault | None:
        """The fault that this call meets, counted down."""
        if not self._planned:
            return None
        for fault in self._planned:
            if fault.method in {"*", method.lower()} and fault.chat in {None, chat}:
                fault.times -= 1
                if fault.times <= 0:
                    self._planned.remove(fault)
                return fault
        return None

    def dress(self, result: Any) -> Any:
        """The result, with unknown fields while `decorate` is on."""
        return decorated(result) if self._decorated else result


def decorated(value: Any) -> Any:
    """A copy in which every object has fields nobody knows."""
    if isinstance(value, dict):
        return {**{key: decorated(item) for key, item in value.items()}, "field_of_next_year": {"level": 1}}
    if isinstance(value, list):
        return [decorated(item) for item in value]
    return value

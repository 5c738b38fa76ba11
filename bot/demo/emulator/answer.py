"""What goes back to the bot: a status and a body, and what a broken line makes of them."""

import json
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from bot.demo.emulator.model import Json
from bot.demo.emulator.refusals import Refused


class Line(Enum):
    """How the answer travels."""

    WHOLE = auto()
    CUT = auto()
    HANGS = auto()
    REFUSES = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """`raw` replaces the body where a fault sends something that is not the Bot API's JSON."""

    status: int
    body: Json
    line: Line = Line.WHOLE
    raw: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def payload(self) -> bytes:
        """The bytes of the body, UTF-8."""
        if self.raw is not None:
            return self.raw
        return json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def accepted(result: Any) -> Answer:
    return Answer(200, {"ok": True, "result": result})


def refused(refusal: Refused) -> Answer:
    body: Json = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    headers: dict[str, str] = {}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
        if "retry_after" in refusal.parameters:
            headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return Answer(refusal.status, body, headers=headers)

"""What the bot did, for tests: bounded where a million updates would fill the memory."""

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime

from bot.demo.emulator.model import Json, Outgoing
from bot.demo.emulator.refusals import Problem, ProblemKind, Refused, RefusedCall

_PROBLEMS_KEPT = 10_000


@dataclass(slots=True)
class Ledger:
    """`calls`, `outgoing` and `refusals` keep the newest `kept` (None: all); `counts` counts every call by method."""

    kept: int | None = 100_000
    calls: deque[tuple[str, Json]] = field(init=False)
    outgoing: deque[Outgoing] = field(init=False)
    refusals: deque[RefusedCall] = field(init=False)
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.calls = deque(maxlen=self.kept)
        self.outgoing = deque(maxlen=self.kept)
        self.refusals = deque(maxlen=self.kept)

    def problem(self, kind: ProblemKind, method: str, detail: str, chat_id: int | None, at: datetime) -> None:
        if len(self.problems) < _PROBLEMS_KEPT:
            self.problems.append(Problem(kind, method, detail, chat_id, at))

    def refused(self, method: str, chat_id: int | None, refusal: Refused, at: datetime) -> None:
        self.refusals.append(RefusedCall(method, chat_id, refusal.status, refusal.description, at))
        if refusal.problem is not None:
            self.problem(refusal.problem, method, refusal.description, chat_id, at)

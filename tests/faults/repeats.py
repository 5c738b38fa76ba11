"""Which messages came twice, seen from the phones, and which end of the process each of them belongs to."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.demo.emulator.model import Outgoing
from bot.demo.emulator.refusals import Problem, ProblemKind
from bot.demo.emulator.telegram import Telegram
from tests.faults.chatter import Chatter


class Lives:
    """When each life of the process began, by Telegram's clock; a message belongs to the life in which it was sent."""

    def __init__(self, telegram: Telegram) -> None:
        self._clock = telegram.clock
        self._began: list[datetime] = []

    def begins(self) -> None:
        self._began.append(self._clock.now())

    def ended_after(self, first_copies: Iterable[datetime]) -> Counter[int]:
        """How many messages each life left behind sent and not noted, by the number of that life."""
        return Counter(bisect_right(self._began, first) for first in first_copies)


def first_copies(telegram: Telegram, people: Sequence[Chatter]) -> list[datetime]:
    """When each of those messages first came that came a second time to people of whom every line gets one."""
    said = sent_by_chat(telegram)
    firsts: list[datetime] = []
    for one in people:
        lines = [message.sent_at for message in one.phone.history if message.sender == "person"]
        firsts += _more_than_lines(said[one.phone.id], lines)
    return firsts


def but_for_the_late(telegram: Telegram) -> list[Problem]:
    """Broken contracts, without presses acknowledged too late.

    The process that fetched those has ended, or the line broke under their acknowledgement; they are taken up again, on
    a busy machine after more than the 15 seconds that Telegram waits, and must still do what they say.
    """
    return [one for one in telegram.problems if one.kind is not ProblemKind.LATE_ANSWER]


def sent_by_chat(telegram: Telegram) -> dict[int, list[Outgoing]]:
    """Every new message of the bot in the words it had when it was sent, oldest first."""
    said: dict[int, list[Outgoing]] = defaultdict(list)
    for one in telegram.outgoing():
        if one.method == "sendMessage":
            said[one.chat_id].append(one)
    return said


def _more_than_lines(said: Sequence[Outgoing], lines: Sequence[datetime]) -> list[datetime]:
    firsts: list[datetime] = []
    for place, message in enumerate(said):
        if place + 1 - len(firsts) > bisect_right(lines, message.sent_at):
            twice = next((at for at in range(place, 0, -1) if said[at].text == said[at - 1].text), place)
            firsts.append(said[max(twice - 1, 0)].sent_at)
    return firsts

"""What stands on the phones page: the phones of the cast, and the clock that a visitor may move on."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.demo.clock import TurnableClock
from bot.demo.emulator.phone import Phone
from bot.demo.emulator.telegram import Telegram
from bot.demo.mailbox import Mailboxes

RIGA = ZoneInfo("Europe/Riga")
MORNING = time(9)  # when quiet hours end
MOST_STOPS = 500  # in one move: a week of a whole municipality needs far fewer


@dataclass(frozen=True, slots=True)
class StagePhone:
    """One phone as a visitor sees it before anything was said on it.

    `label` names its person ("Anna, 17"), `role` is the chip beside the name, `note` one line below it. `deep_link` is
    the start payload ("ogre" of t.me/<bot>?start=ogre) that a fresh phone offers beside a bare /start, and
    `deep_link_label` says in words where that link hangs ("Poster in Ogre").
    """

    phone: Phone
    label: str
    role: str
    note: str
    deep_link: str | None
    deep_link_label: str = ""


@dataclass(slots=True)
class Stage:
    """Everything the page shows and moves.

    `next_due` says when (aware) the bot's next planned thing comes due, and what it is in one short line; None when
    nothing is planned. `moved` is awaited after each jump of the clock: it lets the bot do what became due and answers
    one line for each such thing. `reset` starts the demo's world over; it may put a new Telegram, new phones and a new
    clock here, and the page then follows those.
    """

    telegram: Telegram
    phones: Sequence[StagePhone]
    clock: TurnableClock
    next_due: Callable[[], Awaitable[tuple[datetime, str] | None]]
    moved: Callable[[], Awaitable[Sequence[str]]]
    reset: Callable[[], Awaitable[None]] | None = None
    mail: Mailboxes | None = None
    """The letters of those who have no phone here; a reset may put new ones here."""

    def person(self, person_id: int) -> StagePhone | None:
        """The phone of that Telegram user id, if it stands on the stage."""
        return next((each for each in self.phones if each.phone.id == person_id), None)


class Move(StrEnum):
    """How far the clock bar can turn the clock; the values are what the page sends."""

    NEXT_DUE = "next_due"
    NEXT_HOUR = "next_hour"
    NEXT_MORNING = "next_morning"
    NEXT_WEEK = "next_week"


def target(move: Move, now: datetime, next_due: datetime | None) -> datetime | None:
    """Where `move` leads from `now` (both aware); None when nothing is planned to move to.

    Days and weeks are steps of the date in Riga, so a morning stays a morning when summer time begins or ends.
    """
    local = now.astimezone(RIGA)
    match move:
        case Move.NEXT_DUE:
            return next_due
        case Move.NEXT_HOUR:
            return now + timedelta(hours=1)
        case Move.NEXT_MORNING:
            day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
            return datetime.combine(day, MORNING, RIGA)
        case Move.NEXT_WEEK:
            return datetime.combine(local.date() + timedelta(weeks=1), local.time(), RIGA)
        case never:
            assert_never(never)


async def travel(stage: Stage, to: datetime, stopped: Callable[[Sequence[str]], None]) -> None:
    """Move the clock to `to`, stopping at every due thing on the way, so that each happens at its own hour.

    `stopped` is told what each stop set off. A thing that stays due after its stop is not waited for again.
    """
    for _ in range(MOST_STOPS):
        due = await stage.next_due()
        if due is None or not stage.clock.now() < due[0] < to:
            break
        stage.clock.move_to(due[0])
        stopped(await stage.moved())
    stage.clock.move_to(to)
    stopped(await stage.moved())

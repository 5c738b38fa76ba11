"""Who does what, and when: the same for a rehearsal and for a bot that lives through it on any other stage.

The programme lead writes down that the young person joins; from there on everybody only answers what they are sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from bot.actions import tag_of
from bot.calendar import add_months, wall
from bot.checkins.rules import Way
from bot.checkins.screens import Pulse, Record, TookMinutes, WithoutNote
from bot.programme import store
from bot.programme.joining.eligibility import Answer
from bot.programme.joining.eligibility_screens import Check
from bot.programme.period import store_pauses
from bot.programme.period.pauses import AHEAD, PauseReason
from bot.programme.period.screens_time import MakePause
from bot.programme.rehearsals import UNDER_AGE, Habit, Wish
from bot.programme.rules import Guardian
from bot.programme.rules import Stage as CaseStage
from bot.programme.screens import Begin, RecordGuardian
from bot.rehearsal.casting import Part, cast
from bot.settings import Settings
from bot.storage.database import Database

BEGINS_AT: Final = time(9)
"""On the local clock of the first day, before any check-in of it."""

GOES_ON_FOR: Final = timedelta(days=14)
"""After the last day: what is said about a programme that is over."""

RECORDS_AFTER: Final = timedelta(hours=1)
ANSWERS_AFTER: Final = timedelta(minutes=30)

_MINUTES: Final = 60
_PULSES: Final = (4, 4, 3, 5)
"""What a diligent young person answers, in turn."""

_MOST_QUESTIONS: Final = 5
"""That follow one recording: how long, how they seemed, a note."""

_SKIPS: Final = frozenset({WithoutNote.tag})


@dataclass(frozen=True, slots=True)
class Said:
    """A message as its reader has it before them; keys are rows of (label, callback data)."""

    to: Part
    number: int
    text: str
    keys: tuple[tuple[tuple[str, str | None], ...], ...] = ()

    def data(self) -> list[str]:
        return [data for row in self.keys for _, data in row if data is not None]

    def label(self, data: str) -> str:
        return next(label for row in self.keys for label, there in row if there == data)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: somebody was told something, or (`pressed`) pressed a button with that label."""

    at: datetime
    who: Part
    text: str
    keys: tuple[tuple[str, ...], ...] = ()
    pressed: bool = False


class Stage(Protocol):
    """A world with the bot in it, and phones."""

    database: Database
    settings: Settings

    def now(self) -> datetime: ...

    async def move_to(self, moment: datetime) -> None:
        """Turn the clock; nothing else happens yet."""

    async def next_moment(self, latest: datetime) -> datetime:
        """When to look at the clock again, not later than that."""

    async def starts(self, who: Part) -> None:
        """They open the bot."""

    async def presses(self, who: Part, number: int | None, data: str) -> None:
        """They press that under their message of that number, or under their newest."""

    async def settle(self) -> None:
        """What is due is done, and everything that may go out does."""

    def said(self) -> Sequence[Said]:
        """What is new or has changed on the phones since the last call, each phone's oldest first."""


@dataclass(frozen=True, slots=True)
class _Act:
    """At `at` somebody presses `data` under what they were told."""

    at: datetime
    said: Said
    data: str


async def play(stage: Stage, wish: Wish) -> list[Entry]:
    """The whole of it, from the day somebody joins until nothing more is to come; what happened, in order.

    Moments are UTC, on the minute. Raises ValueError where the programme does not begin, or a pause is not agreed: the
    bot would not let it.
    """
    zone = stage.settings.zone
    begins = wall(wish.starts_on, BEGINS_AT, zone)
    ends = wall(add_months(wish.starts_on, wish.months), BEGINS_AT, zone) + GOES_ON_FOR
    await stage.move_to(begins)
    for part in Part:
        await stage.starts(part)
        await stage.settle()
    async with stage.database.write() as db:
        case_id = await cast(db, wish, stage.settings, stage.now())
    stage.said()
    run = _Run(stage, wish)
    await run.join(case_id)
    if not await _has_begun(stage, case_id):
        raise ValueError("the bot does not let this programme begin")
    run.pauses = [(max(begins, wall(first - AHEAD, BEGINS_AT, zone)), first, last) for first, last in wish.pauses]
    await run.agree_on_pauses(case_id)
    if stage.settings.pause_extends:
        ends += sum((last - first for first, last in wish.pauses), timedelta(0))
    while stage.now() < ends:
        latest = min([ends, *(act.at for act in run.ahead), *(at for at, _, _ in run.pauses)])
        await stage.move_to(await stage.next_moment(latest))
        await run.look()
        await run.agree_on_pauses(case_id)
    return run.entries


async def _has_begun(stage: Stage, case_id: int) -> bool:
    async with stage.database.read() as db:
        case = await store.case(db, case_id)
    return case is not None and case.stage is CaseStage.PROGRAMME


async def _is_agreed(stage: Stage, case_id: int, first: date) -> bool:
    async with stage.database.read() as db:
        return any(one.starts_on == first for one in await store_pauses.of_case(db, case_id))


@dataclass(slots=True)
class _Run:
    stage: Stage
    wish: Wish
    entries: list[Entry] = field(default_factory=list)
    ahead: list[_Act] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    pulses: int = 0
    pauses: list[tuple[datetime, date, date]] = field(default_factory=list)
    """When each is agreed (UTC), its first day, and the day on which things go on."""

    async def agree_on_pauses(self, case_id: int) -> None:
        """The mentor writes down the pauses whose time to be agreed has come."""
        due = [one for one in self.pauses if one[0] <= self.stage.now()]
        self.pauses = [one for one in self.pauses if one not in due]
        for _, first, last in due:
            made = MakePause(case_id, PauseReason.OTHER, first, last)
            await self.stage.presses(Part.MENTOR, None, made.pack())
            await self.stage.settle()
            if not await _is_agreed(self.stage, case_id, first):
                raise ValueError("the bot does not let this pause be")
            self._hear()

    async def join(self, case_id: int) -> None:
        """The lead says that the rules hold, for somebody under age that those at home agree, and that they join."""
        wish = self.wish
        four_rules_hold = Check(case_id, Answer.YES, Answer.YES, Answer.YES, Answer.YES)
        parents_agree = RecordGuardian(case_id, Guardian.MET)
        plan = (case_id, wish.starts_on, wish.months, wish.cadence, wish.weekday, wish.hour)
        begin = Begin(*plan, sure=True, variation=wish.variation)
        for action in (four_rules_hold, *((parents_agree,) if wish.age_band == UNDER_AGE else ()), begin):
            await self.stage.presses(Part.LEAD, None, action.pack())
            await self.stage.settle()
        self._hear()

    async def look(self) -> None:
        """Whatever is due by now happens, then whoever wanted to act by now does."""
        await self.stage.settle()
        self._hear()
        due = [act for act in self.ahead if act.at <= self.stage.now()]
        self.ahead = [act for act in self.ahead if act not in due]
        for act in due:
            await self._do(act)

    async def _do(self, act: _Act) -> None:
        """Press it, and answer whatever is asked on the spot."""
        said, data = act.said, act.data
        for _ in range(_MOST_QUESTIONS):
            self.entries.append(Entry(self._minute(), said.to, said.label(data), pressed=True))
            await self.stage.presses(said.to, said.number, data)
            await self.stage.settle()
            asked = [(one, key) for one in self._hear() if one.to is said.to for key in one.data() if _follows(key)]
            if not asked:
                return
            said, data = asked[0]

    def _hear(self) -> list[Said]:
        """Write down what came, and think of what they will do about it."""
        heard = sorted(self.stage.said(), key=lambda one: (one.to, one.number))
        for said in heard:
            keys = tuple(tuple(label for label, _ in row) for row in said.keys)
            self.entries.append(Entry(self._minute(), said.to, said.text, keys))
            for data in said.data():
                self._answer_later(said, data)
        return heard

    def _minute(self) -> datetime:
        return self.stage.now().replace(second=0, microsecond=0)

    def _answer_later(self, said: Said, data: str) -> None:
        match Record.unpack(data) or Pulse.unpack(data):
            case Record(checkin, Way.MET) if said.to is Part.MENTOR and self.wish.mentor is Habit.DILIGENT:
                self._once(f"record {checkin}", _Act(self._minute() + RECORDS_AFTER, said, data))
            case Pulse(checkin, pulse) if said.to is Part.YOUTH and self.wish.youth is Habit.DILIGENT:
                wanted = _PULSES[self.pulses % len(_PULSES)]
                if pulse == wanted and self._once(f"pulse {checkin}", _Act(self._minute() + ANSWERS_AFTER, said, data)):
                    self.pulses += 1

    def _once(self, what: str, act: _Act) -> bool:
        if what in self.answered:
            return False
        self.answered.add(what)
        self.ahead.append(act)
        return True


def _follows(data: str) -> bool:
    """Whether a diligent mentor presses this when it is asked right after a recording."""
    took = TookMinutes.unpack(data)
    return (took is not None and took.minutes == _MINUTES) or tag_of(data) in _SKIPS

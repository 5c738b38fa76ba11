"""What can be pressed about a check-in, and the keyboards that offer it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar, Final, Self

from bot.actions import Action
from bot.checkins.rules import MOODS, TIMES, Way
from bot.checkins.snoozing import Snooze
from bot.programme.screens import with_plan_and_help
from bot.turn import Keyboard, button

PULSES: Final = (5, 4, 3, 2, 1)
"""Answers to "how are you", best first."""


PULSES_BATCH: Final = "pulse"
"""What these questions are called in the outbox, which holds them back from whoever has asked for help."""


@dataclass(frozen=True, slots=True)
class Today(Action):
    """What waits today."""

    tag: ClassVar[str] = "checkins.today"


@dataclass(frozen=True, slots=True)
class OpenCheckIn(Action):
    """Show one check-in, to record or move it."""

    tag: ClassVar[str] = "checkins.open"
    checkin: int


@dataclass(frozen=True, slots=True)
class Record(Action):
    tag: ClassVar[str] = "checkins.record"
    checkin: int
    way: Way


@dataclass(frozen=True, slots=True)
class TookMinutes(Action):
    """How long it took; where a time stands already it is asked first, unless `sure`."""

    tag: ClassVar[str] = "checkins.minutes"
    checkin: int
    minutes: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class OtherTime(Action):
    """The time will be typed; also what the typed line then means."""

    tag: ClassVar[str] = "checkins.other_time"
    checkin: int


@dataclass(frozen=True, slots=True)
class SkipTime(Action):
    """On to the note, without a time."""

    tag: ClassVar[str] = "checkins.skip_time"
    checkin: int


@dataclass(frozen=True, slots=True)
class AddNote(Action):
    """A typed line becomes the note."""

    tag: ClassVar[str] = "checkins.note"
    checkin: int


@dataclass(frozen=True, slots=True)
class WithoutNote(Action):
    tag: ClassVar[str] = "checkins.no_note"
    checkin: int


@dataclass(frozen=True, slots=True)
class Mood(Action):
    """How the young person seemed to the mentor, 1 to 5; left out by going on."""

    tag: ClassVar[str] = "checkins.mood"
    checkin: int
    mood: int


@dataclass(frozen=True, slots=True)
class PutOff(Action):
    """Be quiet about a check-in for a while; it stays where it is."""

    tag: ClassVar[str] = "checkins.snooze"
    checkin: int
    snooze: Snooze


@dataclass(frozen=True, slots=True)
class ChooseSlots(Action):
    """Choose moments to offer, those chosen so far along in whole minutes; also what a typed "24.11. 14:30" means."""

    tag: ClassVar[str] = "checkins.slots"
    checkin: int
    first: int | None = None
    second: int | None = None
    third: int | None = None


@dataclass(frozen=True, slots=True)
class SlotDay(Action):
    """The hours of that day."""

    tag: ClassVar[str] = "checkins.slot_day"
    checkin: int
    day: date
    first: int | None = None
    second: int | None = None


@dataclass(frozen=True, slots=True)
class SendSlots(Action):
    """Offer these moments."""

    tag: ClassVar[str] = "checkins.send_slots"
    checkin: int
    first: int
    second: int | None = None
    third: int | None = None


@dataclass(frozen=True, slots=True)
class TakeSlot(Action):
    """The young person takes the moment in that place of an offer."""

    tag: ClassVar[str] = "checkins.take_slot"
    offer: int
    which: int


@dataclass(frozen=True, slots=True)
class NoneSuits(Action):
    """None of the offered moments; also what the typed line then means: what would suit instead."""

    tag: ClassVar[str] = "checkins.none_suits"
    offer: int


@dataclass(frozen=True, slots=True)
class ChooseMove(Action):
    tag: ClassVar[str] = "checkins.move"
    checkin: int


@dataclass(frozen=True, slots=True)
class AtMoment:
    """A check-in and a moment for it, carried as whole seconds since 1970 in UTC."""

    checkin: int
    seconds: int

    @classmethod
    def at(cls, checkin: int, moment: datetime) -> Self:
        return cls(checkin, int(moment.timestamp()))

    @property
    def moment(self) -> datetime | None:
        """None where a forged number is no moment at all."""
        try:
            return datetime.fromtimestamp(self.seconds, UTC)
        except (OverflowError, ValueError, OSError):
            return None


@dataclass(frozen=True, slots=True)
class MoveTo(AtMoment, Action):
    """Put a check-in to that moment."""

    tag: ClassVar[str] = "checkins.move_to"


@dataclass(frozen=True, slots=True)
class Pulse(Action):
    tag: ClassVar[str] = "checkins.pulse"
    checkin: int
    pulse: int


@dataclass(frozen=True, slots=True)
class SkipPulse(Action):
    tag: ClassVar[str] = "checkins.skip_pulse"
    checkin: int


@dataclass(frozen=True, slots=True)
class ShowDaysOff(Action):
    tag: ClassVar[str] = "checkins.days_off"


@dataclass(frozen=True, slots=True)
class AddDayOff(Action):
    """Choose a day to give off; also what a typed "24.12. name" then means."""

    tag: ClassVar[str] = "checkins.add_day"


@dataclass(frozen=True, slots=True)
class NameDayOff(Action):
    """That day, but what is it called; also what the typed name then belongs to."""

    tag: ClassVar[str] = "checkins.name_day"
    day: date


@dataclass(frozen=True, slots=True)
class UnnamedDayOff(Action):
    tag: ClassVar[str] = "checkins.unnamed_day"
    day: date


@dataclass(frozen=True, slots=True)
class RemoveDayOff(Action):
    tag: ClassVar[str] = "checkins.remove_day"
    day: date


def ways(checkin_id: int) -> Keyboard:
    """How it went, or another time."""
    contact = (Way.MET, Way.CALLED, Way.WROTE)
    return (
        tuple(button(f"checkins.staff.button.{way.value}", Record(checkin_id, way)) for way in contact),
        (button("checkins.staff.button.unreachable", Record(checkin_id, Way.UNREACHABLE)),),
        (
            button("checkins.staff.button.move", ChooseMove(checkin_id)),
            button("checkins.staff.button.slots", ChooseSlots(checkin_id)),
        ),
    )


def reminder_ways(checkin_id: int) -> Keyboard:
    """The same under a question that came by itself: it can also be put off."""
    snoozes = (button(f"checkins.staff.button.snooze.{one.value}", PutOff(checkin_id, one)) for one in Snooze)
    return (*ways(checkin_id), tuple(snoozes))


def times(checkin_id: int) -> Keyboard:
    """How long it took."""
    offered = tuple(
        button(f"checkins.staff.button.minutes.{minutes}", TookMinutes(checkin_id, minutes)) for minutes in TIMES
    )
    return (offered[:2], offered[2:], (button("checkins.staff.button.other_time", OtherTime(checkin_id)),))


def without_time(checkin_id: int) -> Keyboard:
    """Under the question for a typed time: leave it out, or back to the times to choose from."""
    return (
        (button("checkins.staff.button.skip_time", SkipTime(checkin_id)),),
        (button("checkins.staff.button.back", OpenCheckIn(checkin_id)),),
    )


def other_minutes(checkin_id: int, minutes: int) -> Keyboard:
    """Under a time that stands: put the pressed one in its place, or leave it."""
    return (
        (button("checkins.staff.button.change_minutes", TookMinutes(checkin_id, minutes, sure=True), minutes=minutes),),
        (button("checkins.staff.button.keep_minutes", WithoutNote(checkin_id)),),
    )


def without_note(checkin_id: int) -> Keyboard:
    return ((button("checkins.staff.button.no_note", WithoutNote(checkin_id)),),)


def moods(checkin_id: int) -> Keyboard:
    """Under the question for a note: how the young person seemed, which nobody has to say."""
    offered = (button("checkins.staff.button.mood", Mood(checkin_id, one), mood=one) for one in MOODS)
    return (tuple(offered), *without_note(checkin_id))


def moves(checkin_id: int, moments: Sequence[datetime]) -> Keyboard:
    """The moments it could be put to."""
    return (
        *((button("checkins.staff.button.move_to", MoveTo.at(checkin_id, at), at=at),) for at in moments),
        (button("checkins.staff.button.back", OpenCheckIn(checkin_id)),),
    )


def pulses(checkin_id: int) -> Keyboard:
    """One to five in words, or nothing at all."""
    return with_plan_and_help(
        (
            *((button(f"checkins.youth.button.pulse.{one}", Pulse(checkin_id, one)),) for one in PULSES),
            (button("checkins.youth.button.skip_pulse", SkipPulse(checkin_id)),),
        )
    )

"""What a young person can press about what comes: another time, no more questions, a word to a mentor who is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.actions import Action
from bot.checkins.coming import PAGE, Coming, What
from bot.checkins.screens import AtMoment
from bot.people.actions import ShowConsents
from bot.people.screens import with_help
from bot.programme.period.screens_time import MyPauses
from bot.programme.screens import OpenPlan, talk_row, with_plan_and_help
from bot.turn import Keyboard, Row, button


@dataclass(frozen=True, slots=True)
class OpenPlans(Action):
    """What will I receive and why, from that page on."""

    tag: ClassVar[str] = "checkins.plans"
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenTalk(Action):
    """One planned talk: why it is there, and what can be done with it."""

    tag: ClassVar[str] = "checkins.talk"
    checkin: int


@dataclass(frozen=True, slots=True)
class ChooseTalkTime(Action):
    """Other times for a talk; `more` of them behind "another day"."""

    tag: ClassVar[str] = "checkins.talk_times"
    checkin: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class MoveTalk(AtMoment, Action):
    """Put a talk to that moment."""

    tag: ClassVar[str] = "checkins.talk_to"


@dataclass(frozen=True, slots=True)
class OpenStops(Action):
    """What can be stopped, and what each stop means."""

    tag: ClassVar[str] = "checkins.stops"


@dataclass(frozen=True, slots=True)
class SetPulses(Action):
    """Ask "how are you" after talks, or no more."""

    tag: ClassVar[str] = "checkins.pulses"
    on: bool


@dataclass(frozen=True, slots=True)
class NudgeMentor(Action):
    """Remind my mentor, who is late."""

    tag: ClassVar[str] = "checkins.nudge"


@dataclass(frozen=True, slots=True)
class PulseWords(Action):
    """A typed line becomes the words to an answer."""

    tag: ClassVar[str] = "checkins.pulse_words"
    checkin: int


@dataclass(frozen=True, slots=True)
class ShareWords(Action):
    """Let the mentor read those words, or keep them."""

    tag: ClassVar[str] = "checkins.share"
    checkin: int
    shared: bool


def sharing(checkin_id: int, *, shared: bool | None) -> Keyboard:
    """Who may read the words: asked at first, and to be changed at any time."""
    show = (button("checkins.youth.button.share_words", ShareWords(checkin_id, shared=True)),)
    keep = (button("checkins.youth.button.keep_words", ShareWords(checkin_id, shared=False)),)
    rows = {None: (show, keep), True: (keep,), False: (show,)}[shared]
    return with_plan_and_help(rows)


def plans(page: int, coming: Sequence[Coming]) -> Keyboard:
    """Below the list: a button for each talk on the page, the other pages, and how to stop."""
    shown = coming[page * PAGE : (page + 1) * PAGE]
    talks = [
        button("checkins.youth.button.talk", OpenTalk(one.number), at=one.at) for one in shown if one.what is What.TALK
    ]
    rows: list[Row] = [tuple(talks[first : first + 2]) for first in range(0, len(talks), 2)]
    turns: Row = ()
    if page > 0:
        turns = (button("checkins.youth.button.plans_back", OpenPlans(page - 1)),)
    if len(coming) > (page + 1) * PAGE:
        turns = (*turns, button("checkins.youth.button.plans_more", OpenPlans(page + 1)))
    if turns:
        rows.append(turns)
    rows.append((button("checkins.youth.button.stops", OpenStops()),))
    return with_help((*rows, (button("programme.youth.button.plan", OpenPlan()),)))


def talk(checkin_id: int) -> Keyboard:
    return with_help(
        (
            (button("checkins.youth.button.move_talk", ChooseTalkTime(checkin_id)),),
            (button("programme.youth.button.pauses", MyPauses()),),
            (button("checkins.youth.button.stops", OpenStops()),),
            plans_row(),
        )
    )


def talk_times(checkin_id: int, moments: Sequence[datetime], *, more: bool) -> Keyboard:
    """The moments it could be put to."""
    rows: Keyboard = tuple(
        (button("checkins.youth.button.talk_to", MoveTalk.at(checkin_id, at), at=at),) for at in moments
    )
    if not more:
        rows = (*rows, (button("checkins.youth.button.another_day", ChooseTalkTime(checkin_id, more=True)),))
    return with_help((*rows, talk_row(), plans_row()))


def stops(*, pulses: bool) -> Keyboard:
    """Each way to hear less: only the questions, all of it for a while, all of it for good."""
    key = "checkins.youth.button.pulses_stop" if pulses else "checkins.youth.button.pulses_again"
    return with_help(
        (
            (button(key, SetPulses(on=not pulses)),),
            (button("programme.youth.button.pauses", MyPauses()),),
            (button("checkins.youth.button.stop_writing", ShowConsents()),),
            plans_row(),
        )
    )


def plans_row() -> Row:
    """The way to all that comes."""
    return (button("checkins.youth.button.plans", OpenPlans()),)

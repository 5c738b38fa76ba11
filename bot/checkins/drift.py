"""When it grows quiet around a young person: noticed early, asked once, and a pause with a way back. Pure.

Quiet is a reason to be kind, not a finding about anybody: what a mentor did not write down never counts, and any sign
of life clears all that was counted before it. How much each sign weighs is our own choice; no source names a measure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.checkins.pulses import is_drop
from bot.checkins.rules import LOW_PULSE, Way

UNREACHABLE: Final = 2
UNANSWERED: Final = 1
HARDER: Final = 1
"""How much counts: a talk at which nobody could be reached; a question, an invitation to meet or to an event that got
no answer (each kind of invitation once); answers that had been getting harder before all that."""

QUIET_AT: Final = 4
"""From here on it is quiet: two talks in a row without reaching anybody, or one with two lesser signs beside it."""

ANSWER_WITHIN: Final = timedelta(days=3)
"""An invitation younger than that is no silence."""

PULSE_WITHIN: Final = timedelta(days=2)
"""Nor is a question younger than this, where the settings give it no longer."""


class SilenceState(StrEnum):
    """Where a quiet spell stands."""

    ASKED = "asked"
    """The one message is out, and the mentor has been told."""
    HERE = "here"
    """They said that they are there."""
    PAUSED = "paused"
    """Everything rests; the way back is open."""
    NOT_NOW = "not_now"
    """They said that they do not want to now; everything rests, the way back is open."""
    BACK = "back"
    """They came back from the pause, or their mentor has talked with them."""


RESTING: Final = (SilenceState.PAUSED, SilenceState.NOT_NOW)
OPEN: Final = (SilenceState.ASKED, *RESTING)


@dataclass(frozen=True, slots=True)
class Silence:
    """One quiet spell; `next_at` (UTC) is when the pause begins by itself."""

    id: int
    case_id: int
    noticed_at: datetime
    state: SilenceState
    next_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Talk:
    """What a recorded check-in tells of both sides."""

    at: datetime
    way: Way
    pulse_asked_at: datetime | None
    pulse_at: datetime | None
    pulse: int | None

    @property
    def is_sign_of_life(self) -> bool:
        """They met or spoke, or they answered."""
        return self.way in (Way.MET, Way.CALLED) or self.pulse_at is not None


@dataclass(frozen=True, slots=True)
class Around:
    """What else there is: when they were last heard, and invitations that wait for an answer, since when."""

    heard_at: datetime | None = None
    meeting_since: datetime | None = None
    event_since: datetime | None = None


def weight(talks: Sequence[Talk], around: Around, now: datetime, pulse_within: timedelta = PULSE_WITHIN) -> int:
    """How quiet it is: what was counted since the last sign of life, over talks oldest first."""
    since = [talk for talk in _since_life(talks) if around.heard_at is None or talk.at > around.heard_at]
    counted = sum(_of_talk(talk, now, pulse_within) for talk in since)
    counted += sum(UNANSWERED for one in (around.meeting_since, around.event_since) if _waits(one, around, now))
    answers = [talk.pulse for talk in talks if talk.pulse is not None]
    if counted and answers and (is_drop(answers) or answers[-1] <= LOW_PULSE):
        counted += HARDER
    return counted


def is_quiet(talks: Sequence[Talk], around: Around, now: datetime, pulse_within: timedelta = PULSE_WITHIN) -> bool:
    """Whether it is time for the one warm message; never without a talk at which nobody was reached."""
    return bool(talks) and not talks[-1].is_sign_of_life and weight(talks, around, now, pulse_within) >= QUIET_AT


def _since_life(talks: Sequence[Talk]) -> Sequence[Talk]:
    last = max((place for place, talk in enumerate(talks) if talk.is_sign_of_life), default=-1)
    return talks[last + 1 :]


def _of_talk(talk: Talk, now: datetime, pulse_within: timedelta) -> int:
    if talk.way is Way.UNREACHABLE:
        return UNREACHABLE
    asked = talk.pulse_asked_at
    return UNANSWERED if asked is not None and now >= asked + pulse_within else 0


def _waits(since: datetime | None, around: Around, now: datetime) -> bool:
    heard_after = since is not None and around.heard_at is not None and around.heard_at >= since
    return since is not None and not heard_after and now >= since + ANSWER_WITHIN

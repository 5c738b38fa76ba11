"""What can be pressed when it has grown quiet: by the young person, and by those who work with them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.actions import Action
from bot.people.screens import with_help
from bot.programme.screens import talk_row
from bot.turn import Keyboard, button


class Reply(StrEnum):
    """What the one warm message offers."""

    HERE = "here"
    PAUSE = "pause"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class AnswerSilence(Action):
    """The young person's answer, which they may change as long as they like."""

    tag: ClassVar[str] = "checkins.silence"
    silence: int
    reply: Reply


@dataclass(frozen=True, slots=True)
class RestQuietly(Action):
    """The mentor or lead lets everything rest, warmly."""

    tag: ClassVar[str] = "checkins.rest"
    silence: int


def answers(silence_id: int) -> Keyboard:
    """Below the warm message."""
    return with_help(
        tuple((button(f"checkins.youth.button.silence.{one.value}", AnswerSilence(silence_id, one)),) for one in Reply)
    )


def back(silence_id: int) -> Keyboard:
    """While everything rests: one tap, at any time."""
    here = button("checkins.youth.button.silence.back", AnswerSilence(silence_id, Reply.HERE))
    return with_help(((here,), talk_row()))

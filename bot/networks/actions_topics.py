"""Buttons around topics: proposed, voted on, taken to a meeting."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.actions import Action


class Meeting(StrEnum):
    """Where the chosen topics are talked about; the kinds of event that a network holds (`bot.events`)."""

    VIDEO_CONFERENCE = "video_conference"
    WORKING_GROUP_MEETING = "working_group_meeting"


@dataclass(frozen=True, slots=True)
class Topics(Action):
    tag: ClassVar[str] = "networks.topics"
    network: int


@dataclass(frozen=True, slots=True)
class Propose(Action):
    """The next text is a topic."""

    tag: ClassVar[str] = "networks.propose"
    network: int


@dataclass(frozen=True, slots=True)
class Vote(Action):
    """Give that topic a vote, or take it back."""

    tag: ClassVar[str] = "networks.vote"
    topic: int
    given: bool


@dataclass(frozen=True, slots=True)
class MyTopics(Action):
    """The topics this person may take off the list."""

    tag: ClassVar[str] = "networks.my_topics"
    network: int


@dataclass(frozen=True, slots=True)
class DropTopic(Action):
    tag: ClassVar[str] = "networks.drop_topic"
    topic: int


@dataclass(frozen=True, slots=True)
class EndVote(Action):
    """Choose those with the most votes; asked once more unless `sure`."""

    tag: ClassVar[str] = "networks.end_vote"
    network: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class MeetAbout(Action):
    """Begin an invitation of the network to a meeting about the chosen topics; `bot.events` answers it."""

    tag: ClassVar[str] = "networks.meet"
    network: int
    how: Meeting

"""What must be true of everybody after a story, whatever went wrong in between: no Telegram, no database, no clock.

The model is told what people do, in the order in which they do it, and knows nothing of kills, repeats and delays: that
is the point. For each person it keeps what the bot must remember, and how many new messages they may have got at least
and at most; a press rewrites the pressed message and brings none.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from tests.faults.chatter import ORDER

LEAD: Final = "liene"
MENTOR: Final = "marta"
COORDINATOR: Final = "kaspars"
YOUNG: Final = ("anna", "danylo", "emma")


class Stage(StrEnum):
    """Where a young person's case stands."""

    NONE = "none"
    CONTACT = "contact"
    PROFILING = "profiling"
    PROGRAMME = "programme"


@dataclass(slots=True)
class Messages:
    """How many new messages somebody may have got so far."""

    least: int = 0
    most: int = 0

    def come(self, least: int, most: int | None = None) -> None:
        self.least += least
        self.most += least if most is None else most


@dataclass(slots=True)
class Youth:
    """One young person; `shown` is the question on their screen while a run is open."""

    chose_language: bool = False
    linked: bool = False
    shown: str | None = None
    answers: dict[str, str] = field(default_factory=dict)
    finished: bool = False
    stage: Stage = Stage.NONE
    check_ins: dict[int, tuple[str, int]] = field(default_factory=dict)
    invitations: dict[int, str | None] = field(default_factory=dict)

    @property
    def has_run(self) -> bool:
        return self.shown is not None or self.finished


@dataclass(slots=True)
class Model:
    """Everybody in the story."""

    young: dict[str, Youth] = field(default_factory=lambda: {name: Youth() for name in YOUNG})
    messages: dict[str, Messages] = field(
        default_factory=lambda: {name: Messages() for name in (*YOUNG, LEAD, MENTOR, COORDINATOR)}
    )

    def at(self, *stages: Stage) -> list[str]:
        """Who stands there."""
        return [name for name, one in self.young.items() if one.stage in stages]

    # --- what young people do ---

    def comes_by_the_link(self, name: str) -> None:
        self.young[name].linked = True
        self.messages[name].come(1)

    def chooses_a_language(self, name: str) -> None:
        self.young[name].chose_language = True

    def says_something_else(self, name: str) -> None:
        """A line or a sticker that means nothing here: an explanation, and where they are."""
        self.messages[name].come(1)

    def begins(self, name: str) -> None:
        """The first question; a second press only shows where they are."""
        one = self.young[name]
        if not one.has_run:
            one.shown, one.answers, one.finished = ORDER[0], {}, False

    def starts_over(self, name: str) -> None:
        one = self.young[name]
        one.shown, one.answers, one.finished = ORDER[0], {}, False

    def answers(self, name: str, question: str, code: str) -> None:
        """Counts for the question on the screen; any other was answered before, or is not asked yet."""
        one = self.young[name]
        if one.shown != question:
            return
        one.answers[question] = code
        one.shown = next((later for later in ORDER if later not in one.answers), None)
        if one.shown is None:
            one.finished = True
            one.answers["mood"] = "skip"  # how somebody feels is not kept
            if one.answers["contact"] == "yes":
                self._asks_for_contact(name)

    def _asks_for_contact(self, name: str) -> None:
        self.messages[name].come(1)
        if self.young[name].stage is Stage.NONE:
            self.young[name].stage = Stage.CONTACT
            self.messages[LEAD].come(1)

    def goes_back(self, name: str, question: str) -> None:
        """To the question before the one on the screen; before the first lies the welcome, and nothing changes."""
        one = self.young[name]
        if one.shown == question and question != ORDER[0]:
            one.shown = ORDER[ORDER.index(question) - 1]

    def changes(self, name: str, question: str) -> None:
        """From the list of their answers to any of them, while the questions go on."""
        one = self.young[name]
        if one.shown is not None and question in one.answers:
            one.shown = question

    def replies(self, name: str, event: int, reply: str) -> None:
        """An invitation's answer; where there is none (any more), they are told so."""
        one = self.young[name]
        if event in one.invitations:
            one.invitations[event] = reply
        else:
            self.messages[name].come(1)

    def is_forgotten(self, name: str) -> None:
        """The question whether they are sure, the farewell, and nothing left; whoever guided them is told."""
        self.messages[name].come(2)
        for keeper in (LEAD, MENTOR):
            self.messages[keeper].come(0, 1)
        self.young[name] = Youth()

    # --- what staff do ---

    def looks(self, name: str) -> None:
        """A command of staff and its page."""
        self.messages[name].come(1)

    def gets_a_mentor(self, name: str) -> None:
        """A second press finds somebody there and changes nothing."""
        one = self.young[name]
        if one.stage is Stage.CONTACT:
            one.stage = Stage.PROFILING
            self.messages[name].come(1)
            self.messages[MENTOR].come(1)

    def joins(self, name: str) -> None:
        one = self.young[name]
        if one.stage is Stage.PROFILING:
            one.stage = Stage.PROGRAMME
            self.messages[name].come(1)
            self.messages[MENTOR].come(1)

    def check_in_is_recorded(self, name: str, number: int, way: str, minutes: int) -> None:
        """Once; the young person is asked how they are."""
        one = self.young[name]
        if number not in one.check_ins:
            one.check_ins[number] = (way, minutes)
            self.messages[name].come(1)

    def wants_invitations(self, name: str) -> None:
        """It is said that they will be invited."""
        self.messages[name].come(1)

    def event_is_sent(self, event: int, lines: int) -> None:
        """Everybody who wants it is invited; the coordinator typed so many lines to get there."""
        self.messages[COORDINATOR].come(lines, lines + 3)
        for name, one in self.young.items():
            if one.stage is not Stage.NONE:
                one.invitations[event] = None
                self.messages[name].come(1)

    # --- time ---

    def a_day_passes(self) -> None:
        """Reminders may come: to each young person two at most, to staff for each case the steps of its ladder."""
        cases = sum(one.stage is not Stage.NONE for one in self.young.values())
        for name in YOUNG:
            self.messages[name].come(0, 2)
        for name in (LEAD, MENTOR, COORDINATOR):
            self.messages[name].come(0, 3 * cases)

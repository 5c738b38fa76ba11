"""Any story: several people at once, and a bot that dies, repeats itself and comes late between any two steps.

Hypothesis makes the stories and shortens the one that fails; `story_model` says what must be true at the end.
"""

import random
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from bot.programme.joining.eligibility import Answer
from bot.programme.joining.eligibility_screens import Check
from bot.programme.joining.rhythms import Cadence
from bot.programme.screens import Begin
from bot.words import Language
from tests.faults.chatter import QUESTIONS
from tests.faults.counts import SEED, full
from tests.faults.made_updates import mark_of
from tests.faults.story_model import COORDINATOR, LEAD, MENTOR, YOUNG, Stage
from tests.faults.story_stage import StoryStage
from tests.town.town import LANGUAGES

MOST_DAYS: Final = 14
"""Answers of somebody who does not come back for a month are erased, and the model knows nothing of that."""

PRESSED: Final = (
    "screening.begin:0", "screening.continue", "screening.give", "screening.back", "screening.stop",
    "screening.outcome", "screening.over", "screening.answers", "screening.change",
    "people.language:", "events.answer:",
)  # fmt: skip
"""The buttons whose effect the model knows."""

EVENT: Final = ("/event", "Picas vakars", "Cepsim picu.", "Jauniešu centrs", "20.04. 18:00")
somebody = st.sampled_from(YOUNG)


class AnyStory(StoryStage):
    """Every rule is one thing that somebody does, or that goes wrong."""

    @initialize(
        steps=st.tuples(*(st.integers(0, 14) for _ in YOUNG)),
        dice=st.randoms(use_true_random=False),
        moments=st.integers(5, 60),
    )
    def the_story_begins(self, steps: tuple[int, ...], dice: random.Random, moments: int) -> None:
        """Everybody is somewhere on the way, and the bot will die; who did the most has asked for contact."""
        self.town.fate.left = moments
        for name, number in zip(YOUNG, steps, strict=True):
            self.goes_on(name, number, dice)

    # --- young people ---

    @rule(name=somebody)
    def comes_by_the_link(self, name: str) -> None:
        self._says(name, "/start ogre")
        self.model.comes_by_the_link(name)

    @rule(name=somebody, language=st.sampled_from(list(Language)))
    def chooses_a_language(self, name: str, language: Language) -> None:
        if self._press(name, f"people.language:{language.value}"):
            self.model.chooses_a_language(name)

    @rule(name=somebody)
    def says_something_else(self, name: str) -> None:
        self._says(name, f"hm {mark_of(self._phone(name).id)}")
        self.model.says_something_else(name)

    @rule(name=somebody)
    def sends_a_sticker(self, name: str) -> None:
        self.town.a_moment_passes()
        self.loop.run(self._phone(name).send_sticker())
        self.model.says_something_else(name)

    @rule(name=somebody, steps=st.integers(1, 8), dice=st.randoms(use_true_random=False))
    def goes_on(self, name: str, steps: int, dice: random.Random) -> None:
        """What most people do most of the time: whatever is open is done next."""
        for _ in range(steps):
            self._does_what_is_next(name, dice)

    def _does_what_is_next(self, name: str, dice: random.Random) -> None:
        one = self.model.young[name]
        if not one.linked:
            self.comes_by_the_link(name)
        elif not one.chose_language:
            self.the_bot_works()
            self.chooses_a_language(name, LANGUAGES[name])
        elif not one.has_run:
            self.begins(name)
        elif one.shown is not None:
            yes = one.stage is not Stage.NONE or dice.random() < 0.8
            codes = QUESTIONS[one.shown] if one.shown != "contact" else ("yes" if yes else "no",)
            self._gives(name, one.shown, dice.choice(codes))

    def _gives(self, name: str, question: str, code: str) -> None:
        """By a button of that very question, or as somebody whose screen is late."""
        self._forge(name, f"screening.give:{self.run_ids[name]}:{question}:{code}")
        self.model.answers(name, question, code)

    @rule(name=somebody)
    def begins(self, name: str) -> None:
        one = self.model.young[name]
        if not one.linked or one.has_run:
            return
        self._forge(name, "screening.begin:0")
        self.model.begins(name)
        self._learn_the_run(name)

    @precondition(lambda self: any(one.has_run for one in self.model.young.values()))
    @rule(name=somebody)
    def starts_over(self, name: str) -> None:
        if self.run_ids[name] is not None and self.model.young[name].has_run:
            self._forge(name, f"screening.over:{self.run_ids[name]}")
            self.model.starts_over(name)
            self._learn_the_run(name)

    def _learn_the_run(self, name: str) -> None:
        """The number that the bot gave the new run, as its buttons will carry it."""
        self.the_bot_works()
        rows = self._rows("SELECT max(s.id) FROM screenings s JOIN people p ON p.id = s.person_id "
                          "WHERE p.telegram_id = :phone", phone=self._phone(name).id)  # fmt: skip
        self.run_ids[name] = rows[0][0]

    @rule(name=somebody, pick=st.integers(0, 40))
    def presses_any_button_there_ever_was(self, name: str, pick: int) -> None:
        """On the newest message or on one from days ago."""
        there = [
            (message.id, button.data)
            for message in reversed(self._phone(name).messages)
            for button in message.buttons
            if button.data is not None and button.data.startswith(PRESSED)
        ]
        if not there:
            return
        message_id, data = there[pick % len(there)]
        if self._may_press(name, data):
            self.town.a_moment_passes()
            self.loop.run(self._phone(name).forge_press(data, message_id))
            self._follows(name, data)

    def _may_press(self, name: str, data: str) -> bool:
        """What the model does not follow: answers that lead another way, a withdrawal by the last question, and a
        beginning without the link."""
        one = self.model.young[name]
        if data.startswith("screening.give"):
            *_, question, code = data.split(":")
            if code not in QUESTIONS.get(question, ()):
                return False
        gives_up = data.endswith(":contact:no") and one.stage is not Stage.NONE
        begins = data.startswith(("screening.begin", "screening.over"))
        return not gives_up and not begins

    def _follows(self, name: str, data: str) -> None:
        verb, *parts = data.split(":")
        match verb, parts:
            case "people.language", _:
                self.model.chooses_a_language(name)
            case "screening.give", [run, question, code] if int(run) == self.run_ids[name]:
                self.model.answers(name, question, code)
            case "screening.back", [run, question] if int(run) == self.run_ids[name]:
                self.model.goes_back(name, question)
            case "screening.change", [run, question] if int(run) == self.run_ids[name]:
                self.model.changes(name, question)
            case "events.answer", [event, reply]:
                self.model.replies(name, int(event), reply)

    @rule(name=somebody, sure=st.sampled_from((False, False, False, True)))
    def is_forgotten(self, name: str, sure: bool) -> None:
        if not sure or not self._phone(name).messages:
            return
        self.the_bot_works()
        self._says(name, "/forget")
        self.the_bot_works()
        assert self._press(name, "people.forget:1")
        self.model.is_forgotten(name)
        self.run_ids[name] = None
        self.the_bot_works()

    # --- staff ---

    @rule(name=st.sampled_from((LEAD, MENTOR)))
    def looks_at_the_cases(self, name: str) -> None:
        self._says(name, "/cases")
        self.model.looks(name)

    @precondition(lambda self: self.model.at(Stage.CONTACT, Stage.PROFILING))
    @rule(pick=st.integers(0, 5))
    def gets_a_mentor(self, pick: int) -> None:
        name = self._one_at(pick, Stage.CONTACT, Stage.PROFILING)
        case, mentor = self._case(name), self._rows("SELECT id FROM people WHERE name = 'Marta'")[0][0]
        self._forge(LEAD, f"programme.assign:{case}:{mentor}")
        self.model.gets_a_mentor(name)

    @precondition(lambda self: self.model.at(Stage.PROFILING, Stage.PROGRAMME))
    @rule(pick=st.integers(0, 5))
    def joins_the_programme(self, pick: int) -> None:
        name = self._one_at(pick, Stage.PROFILING, Stage.PROGRAMME)
        case, today = self._case(name), self.town.clock.now().date()
        self._forge(LEAD, Check(case, Answer.YES, Answer.YES, Answer.YES, Answer.YES).pack())
        self._forge(LEAD, Begin(case, today, 3, Cadence.WEEKLY, 1, 10, sure=True).pack())
        self.model.joins(name)

    @precondition(lambda self: self.model.at(Stage.PROGRAMME))
    @rule(pick=st.integers(0, 5), twice=st.booleans())
    def check_in_is_recorded(self, pick: int, twice: bool) -> None:
        name = self._one_at(pick, Stage.PROGRAMME)
        due = self._rows(
            "SELECT min(id) FROM checkins WHERE case_id = :case"
            " AND state IN ('asked', 'reminded', 'deputy', 'escalated')",
            case=self._case(name),
        )[0][0]
        if due is None:
            return
        for _ in range(1 + twice):
            self._forge(MENTOR, f"checkins.record:{due}:met")
        self._forge(MENTOR, f"checkins.minutes:{due}:60:0")
        self._forge(MENTOR, f"checkins.no_note:{due}")
        self.model.check_in_is_recorded(name, due, "met", 60)

    def _one_at(self, pick: int, *stages: Stage) -> str:
        """Somebody there, once the bot knows of it too."""
        self.the_bot_works()
        there = self.model.at(*stages)
        return there[pick % len(there)]

    @precondition(lambda self: self.event is None and len(self.model.at(Stage.NONE)) < len(YOUNG))
    @rule()
    def an_event_is_written_and_sent(self) -> None:
        for name, one in self.model.young.items():
            if one.stage is not Stage.NONE:
                self._forge(name, "people.give:events")
                self.model.wants_invitations(name)
        for number, line in enumerate(EVENT):
            self._says(COORDINATOR, line)
            self.the_bot_works()
            if number == 0:
                self._taps(COORDINATOR, "events.staff.button.kind_youth_event")
                self.the_bot_works()
                self._taps(COORDINATOR, "people.any.button.language_lv")
        for key in ("onward", "onward", "send", "send_sure"):
            self._taps(COORDINATOR, f"events.staff.button.{key}")
        self.event = self._rows("SELECT max(id) FROM events")[0][0]
        assert self.event is not None
        self.model.event_is_sent(self.event, len(EVENT))

    # --- what goes wrong, and time ---

    @rule()
    def the_bot_works(self) -> None:
        self._bot_works()

    @rule()
    def is_killed_between_two_steps(self) -> None:
        self.loop.run(self.town.kill())

    @rule(moments=st.integers(1, 30))
    def will_be_killed(self, moments: int) -> None:
        """So many moments from now: see `mortal`."""
        self.town.fate.left = moments

    @rule(count=st.integers(1, 20))
    def updates_come_again(self, count: int) -> None:
        self.town.telegram.faults.redeliver(count)

    @rule()
    def an_answer_of_telegram_is_lost(self) -> None:
        """The message arrives, but the bot never hears of it."""
        self.town.telegram.faults.drop_after("sendMessage")
        self.lost_answers += 1

    @rule()
    def a_few_minutes_pass(self) -> None:
        self.the_bot_works()
        self.town.clock.advance(timedelta(minutes=5))

    @precondition(lambda self: self.days < MOST_DAYS)
    @rule()
    def a_day_passes(self) -> None:
        """Until a little past ten in the morning."""
        self.days += 1
        self.the_bot_works()
        tomorrow = self.town.clock.now() + timedelta(days=1)
        self.town.clock.move_to(tomorrow.replace(hour=8, minute=10))
        self.model.a_day_passes()
        self.the_bot_works()


@pytest.mark.feature("X1", "X14", "X20", "X41")
def test_any_short_story_ends_as_the_model_says(fresh_database: Path) -> None:
    _stories(fresh_database, 4, 25)


@pytest.mark.slow
@pytest.mark.feature("X1", "X14", "X20", "X41")
def test_any_long_story_ends_as_the_model_says(fresh_database: Path) -> None:
    _stories(fresh_database, full(15, 500), 50)


def _stories(database: Path, count: int, steps: int) -> None:
    ends: list[Counter[str]] = []
    run_state_machine_as_test(
        seed(SEED)(lambda: AnyStory(database, ends.append)),
        settings=settings(
            max_examples=count,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    whole = sum(ends, Counter[str]())
    print(f"seed {SEED}: {len(ends)} stories of up to {steps} steps: {dict(whole)}")
    assert whole["repeats"] <= whole["deaths"] + whole["lost_answers"]
    assert whole["deaths"] > 0

"""Who may do what with a case, who becomes its mentor, which plans are possible, and how it ends."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Every, Hours, Rhythm, is_working_day
from bot.programme import rules
from bot.programme.joining import meetings, plans
from bot.programme.joining.meetings import AnsweredBefore, MayAnswer, MeetingAnswer, OlderInvitation
from bot.programme.joining.plans import Cadence, OutsideLimits, Plan, WrongLength
from bot.programme.period import periods
from bot.programme.period.limits import Limits
from bot.programme.period.periods import Announce, AskToClose
from bot.programme.rules import (
    ELSEWHERE,
    JOINED,
    OUTCOMES,
    Assigned,
    Candidate,
    CannotEndSo,
    Case,
    HasBegun,
    HasMentor,
    IsEnded,
    IsFull,
    Load,
    MayBegin,
    MayEnd,
    NotAMentorHere,
    NotNow,
    Outcome,
    Stage,
    WantsMentor,
)
from bot.roles import Grant, Person, Role
from bot.words import Language

OGRE, DOBELE = "LV-067", "LV-026"
RIGA = ZoneInfo("Europe/Riga")
HOURS = Hours.latvia(RIGA, {})
OPENED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
LIMITS: Final = Limits(1, 9)

ANNA, MARTA, OKSANA, LIENE, DACE = 1, 2, 3, 4, 5


def staff(number: int, *grants: Grant, language: Language = Language.LV) -> Person:
    return Person(number, language, f"Osta-{number}", grants=frozenset(grants))


def case(stage: Stage = Stage.CONTACT, *, mentor: int | None = None, municipality: str | None = OGRE) -> Case:
    return Case(1, ANNA, municipality, stage, "likely", "18_28", "work", False, False, mentor, None, OPENED, None, None)


marta = staff(MARTA, Grant(Role.MENTOR, OGRE))
liene = staff(LIENE, Grant(Role.LEAD, OGRE))
kaspars = staff(8, Grant(Role.COORDINATOR, OGRE))
dace = staff(DACE, Grant(Role.COORDINATOR))
lead_of_dobele = staff(6, Grant(Role.LEAD, DOBELE))
anna = Person(ANNA, Language.LV, "Bura-101")

# --- who may what -----------------------------------------------------------------------------------------------


@pytest.mark.feature("E2")
@pytest.mark.parametrize(
    ("person", "sees", "guides", "decides", "assigns"),
    [
        (anna, True, False, False, False),
        (marta, True, True, False, False),
        (staff(OKSANA, Grant(Role.MENTOR, OGRE)), False, False, False, False),
        (liene, True, True, True, True),
        (lead_of_dobele, False, False, False, False),
        (kaspars, True, False, False, True),
        (dace, True, False, False, True),
        (staff(7, Grant(Role.ADMIN)), False, False, False, False),
        (staff(9, Grant(Role.SPECIALIST, OGRE, "psychologist")), False, False, False, False),
    ],
)
def test_each_role_may_do_its_own_part_and_no_more(
    person: Person, sees: bool, guides: bool, decides: bool, assigns: bool
) -> None:
    theirs = case(Stage.PROFILING, mentor=MARTA)
    assert rules.may_see(person, theirs) is sees
    assert rules.may_guide(person, theirs) is guides
    assert rules.may_decide(person, theirs) is decides
    assert rules.may_assign(person, theirs) is assigns


def test_a_case_without_a_municipality_is_placed_by_national_people_only() -> None:
    nowhere = case(municipality=None)
    assert rules.may_place(dace, nowhere)
    assert not rules.may_place(kaspars, nowhere)
    assert not rules.may_place(liene, nowhere)
    assert not rules.may_place(dace, case())


# --- the mentor -------------------------------------------------------------------------------------------------


@pytest.mark.feature("E3")
def test_mentors_with_room_come_first_then_the_same_language_then_the_smallest_load() -> None:
    oksana = staff(OKSANA, Grant(Role.MENTOR, OGRE), language=Language.UK)
    ready = staff(10, Grant(Role.MENTOR, OGRE), language=Language.UK)
    loads = {OKSANA: Load(6), 10: Load(4)}
    ordered = rules.by_fit([marta, oksana, ready], loads, OGRE, Language.UK, 6)
    assert [one.mentor.id for one in ordered] == [10, MARTA, OKSANA]
    assert [one.load.total for one in ordered] == [4, 0, 6]


@pytest.mark.parametrize(
    ("found", "candidate", "answer"),
    [
        (case(), Candidate(marta, Load(), 6), Assigned(Stage.PROFILING)),
        (case(), Candidate(marta, Load(5), 6), Assigned(Stage.PROFILING)),
        (case(), Candidate(marta, Load(4, 1, 1), 6), IsFull()),
        (case(Stage.PROGRAMME), Candidate(marta, Load(), 6), Assigned(Stage.PROGRAMME)),
        (case(Stage.PROFILING, mentor=OKSANA), Candidate(marta, Load(), 6), HasMentor()),
        (case(), Candidate(liene, Load(), 6), NotAMentorHere()),
        (case(municipality=DOBELE), Candidate(marta, Load(), 6), NotAMentorHere()),
        (case(), Candidate(staff(ANNA, Grant(Role.MENTOR, OGRE)), Load(), 6), NotAMentorHere()),
        (case(Stage.CLOSED), Candidate(marta, Load(), 6), IsEnded()),
    ],
)
def test_who_may_become_the_mentor(found: Case, candidate: Candidate, answer: object) -> None:
    assert rules.assign(found, candidate) == answer


# --- a new contact ----------------------------------------------------------------------------------------------


@pytest.mark.feature("G9")
@given(minutes=st.integers(0, 60 * 24 * 365))
def test_reminder_and_escalation_fall_into_working_time_and_in_that_order(minutes: int) -> None:
    opened = OPENED + timedelta(minutes=minutes)
    reminded = rules.remind_at(opened, HOURS)
    escalated = rules.escalate_at(reminded, HOURS)
    assert opened + timedelta(days=1) < reminded < escalated
    for moment in (reminded, escalated):
        local = moment.astimezone(RIGA)
        assert is_working_day(local.date(), HOURS)
        assert time(9) <= local.time() < time(21)


# --- plans ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("F4")
def test_a_programme_lasts_whole_months_and_ends_on_the_day_before() -> None:
    plan = plans.plan(date(2026, 3, 2), 9, Cadence.WEEKLY, 1, 10, TODAY, LIMITS)
    assert plan == Plan(date(2026, 3, 2), 9, Rhythm(Every.WEEKLY, 1, time(10)))
    assert plan.ends_on == date(2026, 12, 1)
    end_of_month = plans.plan(date(2026, 3, 31), 1, Cadence.WEEKLY, 1, 10, TODAY, LIMITS)
    assert isinstance(end_of_month, Plan)
    assert end_of_month.ends_on == date(2026, 4, 29)


@pytest.mark.feature("F4")
@pytest.mark.parametrize(
    ("starts_on", "months", "weekday", "hour"),
    [
        (TODAY, 0, 1, 10),
        (TODAY, 10, 1, 10),
        (TODAY, -1, 1, 10),
        (TODAY, 3, 5, 10),
        (TODAY, 3, -1, 10),
        (TODAY, 3, 1, 8),
        (TODAY, 3, 1, 19),
        (TODAY - timedelta(days=8), 3, 1, 10),
        (TODAY + timedelta(days=93), 3, 1, 10),
        (date.max, 3, 1, 10),
        (date.min, 3, 1, 10),
    ],
)
def test_choices_that_no_question_offers_make_no_plan(starts_on: date, months: int, weekday: int, hour: int) -> None:
    refused = (OutsideLimits(), WrongLength(LIMITS))
    assert plans.plan(starts_on, months, Cadence.WEEKLY, weekday, hour, TODAY, LIMITS) in refused


@given(
    back=st.integers(-7, 92),
    months=st.sampled_from(LIMITS.months),
    cadence=st.sampled_from(Cadence),
    weekday=st.sampled_from(plans.WEEKDAYS),
    hour=st.sampled_from(plans.HOURS),
)
def test_every_plan_that_can_be_chosen_has_its_check_ins_ahead_and_in_working_time(
    back: int, months: int, cadence: Cadence, weekday: int, hour: int
) -> None:
    plan = plans.plan(TODAY + timedelta(days=back), months, cadence, weekday, hour, TODAY, LIMITS)
    assert isinstance(plan, Plan)
    found = plans.check_ins(plan.rhythm, plan.starts_on, plan.ends_on, HOURS, OPENED)
    assert len({one.number for one in found}) == len(found)
    for one in found:
        local = one.due_at.astimezone(RIGA)
        assert one.due_at > OPENED
        assert is_working_day(local.date(), HOURS)
        assert local.hour == hour


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24.03.", date(2026, 3, 24)),
        ("24.3", date(2026, 3, 24)),
        (" 24 . 3 . ", date(2026, 3, 24)),
        ("24/3/2026", date(2026, 3, 24)),
        ("24-03-2027", date(2027, 3, 24)),
        ("01.03.", date(2027, 3, 1)),
        ("31.02.", None),
        ("0.1.", None),
        ("24", None),
        ("2026-03-24", None),
        ("", None),
        ("rīt", None),
    ],
)
def test_a_typed_day_is_read_as_people_write_it(text: str, day: date | None) -> None:
    assert plans.typed_day(text, TODAY) == day


@given(st.text(max_size=4096))
def test_no_text_breaks_the_reading_of_days(text: str) -> None:
    assert plans.typed_day(text, TODAY) is None or any(letter.isdigit() for letter in text)


def test_next_monday_is_never_today() -> None:
    assert plans.next_monday(date(2026, 3, 2)) == date(2026, 3, 9)
    assert plans.next_monday(date(2026, 3, 8)) == date(2026, 3, 9)


# --- in and out of the programme --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "answer"),
    [
        (case(), WantsMentor()),
        (case(Stage.PROFILING, mentor=MARTA), MayBegin()),
        (case(Stage.PROFILING), WantsMentor()),
        (case(Stage.PROGRAMME, mentor=MARTA), HasBegun()),
        (case(Stage.NOT_NOW, mentor=MARTA), IsEnded()),
    ],
)
def test_when_a_programme_may_begin(found: Case, answer: object) -> None:
    assert rules.begin(found) == answer


@given(
    stage=st.sampled_from(Stage),
    towards=st.sampled_from(Stage),
    outcome=st.none() | st.sampled_from(Outcome),
    reason=st.none() | st.sampled_from(NotNow),
)
def test_a_case_ends_only_in_the_ways_that_its_stage_knows(
    stage: Stage, towards: Stage, outcome: Outcome | None, reason: NotNow | None
) -> None:
    answer = rules.end(case(stage, mentor=MARTA), towards, outcome, reason)
    if stage in (Stage.ELSEWHERE, Stage.NOT_NOW, Stage.CLOSED):
        assert answer == IsEnded()
    elif stage in JOINED:
        assert (answer == MayEnd()) is (towards is Stage.CLOSED and outcome is not None)
    else:
        rests = towards is Stage.NOT_NOW and outcome is None and reason is not None
        fits = rests or (towards is Stage.ELSEWHERE and outcome in ELSEWHERE)
        assert answer == (MayEnd() if fits else CannotEndSo())


def test_every_outcome_stands_in_one_group() -> None:
    grouped = [outcome for outcomes in OUTCOMES.values() for outcome in outcomes]
    assert sorted(grouped) == sorted(Outcome)


# --- the end of a period, and invitations to meet -----------------------------------------------------------------


@given(
    starts=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    months=st.sampled_from(LIMITS.months),
    weekday=st.sampled_from(plans.WEEKDAYS),
)
def test_an_end_is_spoken_of_on_working_mornings_and_asked_about_only_after_it(
    starts: date, months: int, weekday: int
) -> None:
    plan = Plan(starts, months, Rhythm(Every.WEEKLY, weekday, time(10)))
    at = periods.first_step_at(plan, HOURS)
    announced = periods.step(plan.ends_on, at, HOURS)
    assert isinstance(announced, Announce)
    assert at < announced.ask_at
    at = announced.ask_at
    local = at.astimezone(RIGA)
    assert is_working_day(local.date(), HOURS)
    assert local.time() == HOURS.quiet_until
    assert local.date() > plan.ends_on
    asked = periods.step(plan.ends_on, at, HOURS)
    assert isinstance(asked, AskToClose)
    assert at < asked.again_at


def test_an_announcement_that_an_outage_held_back_until_after_the_end_is_left_out() -> None:
    after_the_end = datetime(2026, 6, 2, 6, 0, tzinfo=UTC)
    assert isinstance(periods.step(date(2026, 6, 1), after_the_end, HOURS), AskToClose)


@pytest.mark.parametrize(
    ("pressed", "stands", "expected"),
    [
        (2, None, MayAnswer()),
        (1, None, OlderInvitation()),
        (3, None, OlderInvitation()),
        (2, MeetingAnswer.OTHER, AnsweredBefore(MeetingAnswer.OTHER)),
        (1, MeetingAnswer.SUITS, AnsweredBefore(MeetingAnswer.SUITS)),
    ],
)
def test_only_the_first_answer_to_the_latest_invitation_counts(
    pressed: int, stands: MeetingAnswer | None, expected: MayAnswer | OlderInvitation | AnsweredBefore
) -> None:
    assert meetings.answer(pressed, 2, stands) == expected

"""Who may join, how an ended case is taken up again, and what the joining day keeps: every answer that can be given."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.programme import history, reasons
from bot.programme.afterwards import reopening
from bot.programme.afterwards.reopening import Comeback, HasNewerCase, IsOpen, MustAgreeAnew, Reopened
from bot.programme.joining import eligibility, snapshots
from bot.programme.joining.eligibility import Answer, Ground, MayJoin, MayNotJoin, Missing, PersonDecides, Rule
from bot.programme.joining.snapshots import ANSWERS, PAPER_ONLY, Field, Filled, Frozen, NotAsked, Snapshot, StillMissing
from bot.programme.rules import ENDED, OPEN, Candidate, Case, Load, NotNow, Outcome, Stage
from bot.roles import Grant, Person, Role
from bot.words import Language, phrase

OGRE = "LV-067"
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY = NOW.date()
MARTA = Person(7, Language.LV, "Osta-107", name="Marta", grants=frozenset({Grant(Role.MENTOR, OGRE)}))


def case(stage: Stage, reason: str | None = None, **values: object) -> Case:
    plain = Case(1, 2, OGRE, stage, "likely", "18_28", "work", False, False, 7, None, NOW, None, None)
    return replace(plain, stage_reason=reason, **values)  # type: ignore[arg-type]


# --- who may join -----------------------------------------------------------------------------------------------

answers = st.tuples(*[st.none() | st.sampled_from(Answer)] * 4)


@pytest.mark.feature("E1")
@given(given_answers=answers, ground=st.none() | st.sampled_from(Ground))
def test_one_rule_that_does_not_hold_is_enough_and_no_ground_talks_it_away(
    given_answers: tuple[Answer | None, ...], ground: Ground | None
) -> None:
    decided = eligibility.decide(given_answers, ground)
    if None in given_answers:
        assert decided == Missing(list(Rule)[given_answers.index(None)])
    elif Answer.NO in given_answers:
        broken = [rule for rule, answer in zip(Rule, given_answers, strict=True) if answer is Answer.NO]
        assert decided == MayNotJoin(broken)
    elif Answer.ASK not in given_answers:
        assert decided == MayJoin(Ground.FOUR_RULES)
    elif ground in (None, Ground.FOUR_RULES):
        assert isinstance(decided, PersonDecides)
    else:
        assert ground is not None
        assert decided == MayJoin(ground)


@pytest.mark.feature("E1")
@pytest.mark.parametrize(
    ("found", "may"),
    [
        (case(Stage.CONTACT), False),
        (case(Stage.PROFILING), False),
        (case(Stage.PROFILING, Ground.CHILD_CARE), True),
        (case(Stage.PROFILING, eligibility.TAKEN_BACK), False),
        (case(Stage.PROGRAMME, Ground.FOUR_RULES, starts_on=TODAY + timedelta(days=1)), True),
        (case(Stage.PROGRAMME, Ground.FOUR_RULES, starts_on=TODAY), False),
        (case(Stage.PAUSED, Ground.FOUR_RULES, starts_on=TODAY + timedelta(days=1)), False),
        (case(Stage.CLOSED, Ground.FOUR_RULES), False),
    ],
)
def test_a_decision_can_be_taken_back_until_the_joining_day_and_not_on_it(found: Case, may: bool) -> None:
    assert eligibility.may_take_back(found, TODAY) is may


@pytest.mark.feature("E4")
def test_every_reason_has_words_and_the_codes_fit_their_column() -> None:
    codes = {*NotNow, *Ground, *Comeback, *Outcome, eligibility.TAKEN_BACK, reasons.DUPLICATE}
    assert len(codes) == sum(map(len, (NotNow, Ground, Comeback, Outcome))) + 2, "no code means two things"
    assert all(reasons.reason(code) is not None for code in codes)
    assert max(map(len, codes)) <= 30
    assert reasons.reason(None) is None


# --- taken up again ---------------------------------------------------------------------------------------------


@pytest.mark.feature("E4")
@given(
    stage=st.sampled_from(Stage),
    is_newest=st.booleans(),
    may_be_written_to=st.booleans(),
    load=st.integers(0, 8),
    still_there=st.booleans(),
    has_mentor=st.booleans(),
)
def test_an_ended_case_goes_on_with_its_mentor_where_they_have_room_and_never_against_a_no(
    stage: Stage, is_newest: bool, may_be_written_to: bool, load: int, still_there: bool, has_mentor: bool
) -> None:
    mentor = Candidate(MARTA if still_there else replace(MARTA, grants=frozenset()), Load(load), 6)
    way = reopening.reopen(
        case(stage),
        is_newest=is_newest,
        may_be_written_to=may_be_written_to,
        mentor=mentor if has_mentor else None,
    )
    if stage in OPEN:
        assert way == IsOpen()
    elif not is_newest:
        assert way == HasNewerCase()
    elif not may_be_written_to:
        assert way == MustAgreeAnew()
    elif has_mentor and still_there and load < 6:
        assert way == Reopened(Stage.PROFILING, MARTA.id)
    else:
        assert way == Reopened(Stage.CONTACT, None)
    assert set(OPEN) | set(ENDED) == set(Stage)


# --- the joining day --------------------------------------------------------------------------------------------

JOINED = date(2026, 3, 2)


def taken(age_band: str = "18_28", wanted: tuple[str, ...] = ("education", "rural")) -> Snapshot:
    return snapshots.take(1, JOINED, age_band, OGRE, "lv", Ground.FOUR_RULES, wanted)


def filled(snapshot: Snapshot, *pairs: tuple[Field, str]) -> Snapshot:
    for field, answer in pairs:
        done = snapshots.fill(snapshot, field, answer, JOINED)
        assert isinstance(done, Filled)
        snapshot = done.snapshot
    return snapshot


@given(st.sets(st.sampled_from([*Field, *PAPER_ONLY])))
def test_what_belongs_in_the_paper_form_is_never_asked_whatever_the_setting_says(wanted: set[str]) -> None:
    snapshot = taken(wanted=tuple(wanted))
    assert not {field.value for field in snapshot.answers} & set(PAPER_ONLY)
    assert set(snapshots.refused(wanted)) == set(PAPER_ONLY) & wanted
    assert (snapshot.kept_on == JOINED) is (not snapshot.answers)


@pytest.mark.parametrize(
    ("band", "age"), [("15_17", "under_18"), ("18_28", "from_18"), ("29", "from_18"), ("unknown", None)]
)
def test_the_age_comes_from_the_first_questions_and_is_asked_only_where_it_is_not_known(
    band: str, age: str | None
) -> None:
    snapshot = taken(band)
    assert snapshot.age == age
    assert (Field.AGE in snapshot.answers) is (age is None)


def test_an_answer_can_be_given_again_until_it_is_said_to_be_whole_and_never_after() -> None:
    half = filled(taken(), (Field.EDUCATION, "isced_0_2"), (Field.EDUCATION, "isced_3_4"))
    assert snapshots.keep(half, JOINED) == StillMissing((Field.RURAL,))
    whole = snapshots.keep(filled(half, (Field.RURAL, "no")), JOINED)
    assert isinstance(whole, Filled)
    assert whole.snapshot.answers == {Field.EDUCATION: "isced_3_4", Field.RURAL: "no"}
    assert snapshots.fill(whole.snapshot, Field.RURAL, "yes", JOINED) == Frozen()
    assert snapshots.keep(whole.snapshot, JOINED) == Frozen()


@given(
    days=st.integers(-10, 60),
    field=st.sampled_from(Field),
    answer=st.sampled_from(sorted({one for found in ANSWERS.values() for one in found})),
)
def test_twenty_eight_days_after_joining_nothing_is_filled_in_and_a_forged_answer_never_is(
    days: int, field: Field, answer: str
) -> None:
    done = snapshots.fill(taken(), field, answer, JOINED + timedelta(days=days))
    if days > 28:
        assert done == Frozen()
    elif field not in taken().answers or answer not in ANSWERS[field]:
        assert done == NotAsked()
    else:
        assert isinstance(done, Filled)


# --- the way at a glance ----------------------------------------------------------------------------------------


@pytest.mark.feature("S1.5")
@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=60))
def test_the_history_is_in_the_order_of_its_days_and_shows_the_newest(days: list[date]) -> None:
    events = [
        history.moved(Stage.CONTACT, None, datetime(day.year, day.month, day.day, 12, tzinfo=UTC), ZoneInfo("UTC"))
        for day in days
    ]
    lines = [line.facts["on"] for line in history.shown(events).phrases]
    assert lines == sorted(days)[-history.MOST :]


@pytest.mark.feature("S1.5")
def test_what_happened_on_one_day_is_told_in_the_order_of_its_hours_and_days_alone_come_last() -> None:
    plan, handed_over, pause = (
        phrase(f"programme.staff.history.{name}") for name in ("plan_laid", "handed_over", "pause")
    )
    zone = ZoneInfo("Europe/Riga")
    events = [
        history.Event(TODAY, pause),
        history.happened(NOW + timedelta(hours=2), zone, handed_over),
        history.happened(NOW, zone, plan),
    ]
    assert [line.facts["what"] for line in history.shown(events).phrases] == [plan, handed_over, pause]

"""Goals and steps within their limits, what exactly was agreed to, who decides on it, and who may see which field."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Hours, add_working_days, is_working_day
from bot.programme.planning import approvals, cards_plan, goals, templates
from bot.programme.planning.approvals import (
    IsDecided,
    Laid,
    MayDecide,
    MayLay,
    Next,
    NothingNew,
    NothingWritten,
    NotTheirs,
    OthersDecide,
    OutsidePeriod,
    Standing,
    State,
    WithoutSteps,
)
from bot.programme.planning.goals import Goal, Helper, Measure, NoWords, Step, StepState, TooLong
from bot.programme.planning.templates import TemplateName
from bot.programme.profile import profiling
from bot.programme.profile.profiling import Field, Mark, Profile, Topic
from bot.programme.rules import Case, Stage
from bot.roles import Grant, Person, Role
from bot.texts import Texts, catalogue
from bot.words import Language, phrase

OGRE, DOBELE = "LV-067", "LV-026"
TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOURS = Hours.latvia(ZoneInfo("Europe/Riga"), {})
ANNA, MARTA, OKSANA, LIENE, LAURA = 1, 2, 3, 4, 5


def staff(number: int, *grants: Grant) -> Person:
    return Person(number, Language.LV, f"Osta-{number}", grants=frozenset(grants))


marta = staff(MARTA, Grant(Role.MENTOR, OGRE))
oksana = staff(OKSANA, Grant(Role.MENTOR, OGRE))
liene = staff(LIENE, Grant(Role.LEAD, OGRE))
laura = staff(LAURA, Grant(Role.LEAD, OGRE))
kaspars = staff(8, Grant(Role.COORDINATOR, OGRE))
anna = Person(ANNA, Language.LV, "Bura-101")


def case(stage: Stage = Stage.PROGRAMME, *, mentor: int | None = MARTA, deputy: int | None = None) -> Case:
    dates = (TODAY, date(2026, 6, 1)) if stage in (Stage.PROGRAMME, Stage.PAUSED) else (None, None)
    return replace(
        Case(1, ANNA, OGRE, stage, "likely", "18_28", "work", False, False, mentor, None, NOW, *dates),
        deputy_id=deputy,
    )


def step(number: int, words: str | None = None, **values: object) -> Step:
    made = Step(number, 1, number, Measure.COACH, words, None, Helper.MENTOR)
    return replace(made, **values)  # type: ignore[arg-type]


def goal(number: int, *steps: Step, words: str | None = "Atrast darbu") -> Goal:
    return Goal(number, 1, number, None, words, steps)


def laid(plan: list[Goal], state: State = State.LAID, *, by: int = MARTA) -> Laid:
    content = goals.content(plan)
    return Laid(7, 1, goals.digest(content), content, state, None, NOW, by, None, None)


PLAN = [goal(1, step(1), step(2, "CV", kind=Measure.APPLYING))]


# --- words, days, order -------------------------------------------------------------------------------------------


@pytest.mark.feature("F1")
@given(st.text())
def test_a_typed_line_is_kept_in_one_line_or_refused(text: str) -> None:
    match goals.worded(text):
        case TooLong():
            assert len(text) > goals.MOST_WORDS
        case NoWords():
            assert not text.strip()
        case words:
            assert words == " ".join(words.split())
            assert 0 < len(words) <= goals.MOST_WORDS


@pytest.mark.feature("F1")
def test_a_day_of_a_step_lies_within_the_period() -> None:
    within = goals.period(case(), TODAY)
    assert (within.first, within.last) == (TODAY, date(2026, 6, 1))
    assert all(day in within for day in goals.offered_days(within))
    assert within.last in goals.offered_days(within)
    assert date(2026, 6, 2) not in within
    assert TODAY - timedelta(days=1) not in within


def test_before_the_last_day_is_settled_a_step_may_lie_a_year_ahead() -> None:
    assert goals.period(case(Stage.PROFILING), TODAY).last == date(2027, 3, 2)


def test_after_the_programme_steps_may_lie_in_the_mentoring_that_follows() -> None:
    after = replace(case(Stage.AFTERCARE), aftercare_until=date(2026, 9, 1), ends_on=date(2026, 6, 1))
    assert goals.period(after, TODAY).last == date(2026, 9, 1)


@given(st.lists(st.integers(), unique=True, min_size=1), st.data(), st.integers(-5, 20))
def test_moving_keeps_every_goal_once_and_a_second_press_changes_nothing(
    ids: list[int], data: st.DataObject, place: int
) -> None:
    which = data.draw(st.sampled_from(ids))
    once = goals.moved(ids, which, place)
    assert sorted(once) == sorted(ids)
    assert goals.moved(once, which, place) == once
    assert once.index(which) == min(max(place, 0), len(ids) - 1)


# --- what exactly was agreed to -------------------------------------------------------------------------------------


@pytest.mark.feature("F3")
def test_the_digest_changes_with_every_word_day_helper_kind_and_order_and_not_with_a_tick() -> None:
    first = goals.digest(goals.content(PLAN))
    one, two = PLAN[0].steps
    ticked = [replace(PLAN[0], steps=(replace(one, state=StepState.DONE), two))]
    assert goals.digest(goals.content(ticked)) == first
    changed = [
        [replace(PLAN[0], words="Atrast citu darbu")],
        [replace(PLAN[0], steps=(two, one))],
        [replace(PLAN[0], steps=(one,))],
        [replace(PLAN[0], steps=(replace(one, state=StepState.DROPPED), two))],
        [replace(PLAN[0], steps=(replace(one, words="Ar Ilzi"), two))],
        [replace(PLAN[0], steps=(replace(one, due_on=TODAY), two))],
        [replace(PLAN[0], steps=(replace(one, helper=Helper.FAMILY), two))],
        [replace(PLAN[0], steps=(replace(one, kind=Measure.CAREER), two))],
        [*PLAN, goal(2, step(3))],
    ]
    digests = {goals.digest(goals.content(plan)) for plan in changed}
    assert len(digests) == len(changed)
    assert first not in digests


def test_what_was_laid_down_comes_back_as_it_was_with_how_steps_stand_now() -> None:
    content = goals.content(PLAN)
    (back,) = goals.agreed(1, content, {1: StepState.DONE})
    assert back.words == "Atrast darbu"
    assert [(one.kind, one.words, one.state) for one in back.steps] == [
        (Measure.COACH, None, StepState.DONE),
        (Measure.APPLYING, "CV", StepState.DROPPED),
    ]


@pytest.mark.feature("F3")
def test_where_a_plan_stands_with_the_lead() -> None:
    changed = [replace(PLAN[0], words="Citādi")]
    approved = laid(PLAN, State.APPROVED)
    assert approvals.standing([], None, None) is Standing.EMPTY
    assert approvals.standing(PLAN, None, None) is Standing.DRAFT
    assert approvals.standing(PLAN, laid(PLAN), None) is Standing.WAITS
    assert approvals.standing(changed, laid(PLAN), None) is Standing.WAITS_OLDER
    assert approvals.standing(PLAN, laid(PLAN, State.SENT_BACK), None) is Standing.SENT_BACK
    assert approvals.standing(PLAN, approved, approved) is Standing.APPROVED
    assert approvals.standing(changed, approved, approved) is Standing.CHANGED
    assert approvals.standing([], approved, approved) is Standing.CHANGED


@pytest.mark.feature("F3")
def test_what_can_be_laid_before_the_lead() -> None:
    late = [replace(PLAN[0], steps=(step(1, due_on=date(2026, 6, 2)),))]
    assert approvals.lay(case(), [], None, None, TODAY) == NothingWritten()
    assert approvals.lay(case(), [goal(1)], None, None, TODAY) == WithoutSteps(goal(1))
    assert isinstance(approvals.lay(case(), late, None, None, TODAY), OutsidePeriod)
    assert approvals.lay(case(), PLAN, laid(PLAN), None, TODAY) == NothingNew()
    assert approvals.lay(case(), PLAN, None, None, TODAY) == MayLay(goals.content(PLAN))
    dropped = replace(PLAN[0], steps=(step(1, state=StepState.DROPPED),))
    assert approvals.lay(case(), [dropped], None, None, TODAY) == NothingWritten()


@pytest.mark.feature("F3")
def test_four_eyes_where_there_are_four_and_one_lead_alone_says_so() -> None:
    waits = laid(PLAN)
    assert approvals.decide(liene, case(), waits, [liene]) == MayDecide()
    own = laid(PLAN, by=LIENE)
    assert approvals.decide(liene, case(mentor=LIENE), own, [liene]) == MayDecide(alone=True)
    assert approvals.decide(liene, case(mentor=LIENE), own, [liene, laura]) == OthersDecide()
    assert approvals.decide(laura, case(mentor=LIENE), own, [liene, laura]) == MayDecide()
    assert approvals.decide(marta, case(), waits, [liene]) == NotTheirs()
    assert approvals.decide(liene, case(), laid(PLAN, State.APPROVED), [liene]) == IsDecided()
    assert approvals.decide(staff(9, Grant(Role.LEAD, DOBELE)), case(), waits, [liene]) == NotTheirs()
    assert approvals.decide(liene, case(Stage.CLOSED), waits, [liene]) == NotTheirs()


@given(st.timedeltas(timedelta(), timedelta(days=600)))
def test_a_lead_is_reminded_after_two_working_days_in_working_time(later: timedelta) -> None:
    laid_at = NOW + later
    at = approvals.remind_at(laid_at, HOURS)
    assert at >= add_working_days(laid_at, 2, HOURS)
    assert is_working_day(at.astimezone(HOURS.zone).date(), HOURS)


def test_what_comes_next_follows_the_natural_order() -> None:
    before = case(Stage.PROFILING)
    assert approvals.following(before, Standing.EMPTY, knows=False) is Next.PROFILE
    assert approvals.following(before, Standing.EMPTY, knows=True) is Next.GOALS
    assert approvals.following(before, Standing.DRAFT, knows=True) is Next.LAY
    assert approvals.following(before, Standing.WAITS, knows=True) is Next.WAIT
    assert approvals.following(before, Standing.APPROVED, knows=True) is Next.BEGIN
    assert approvals.following(case(), Standing.APPROVED, knows=True) is None
    assert approvals.following(case(), Standing.CHANGED, knows=True) is Next.LAY


# --- templates ------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S4.7")
def test_the_newcomer_template_goes_ogres_road_in_its_order() -> None:
    newcomer = templates.templates()[TemplateName.NEWCOMER]
    assert [one.name for one in newcomer.goals] == ["settle_in", "languages", "wellbeing", "aims", "work_or_study"]
    assert templates.offered(Language.UK)[0] is newcomer
    assert Language.LV not in newcomer.for_languages


@pytest.mark.feature("S4.11", "S4.12")
def test_languages_and_volunteering_are_kinds_of_measure_and_in_the_newcomer_template() -> None:
    newcomer = templates.templates()[TemplateName.NEWCOMER]
    kinds = {step.kind for one in newcomer.goals for step in one.steps}
    assert {Measure.LANGUAGE_LV, Measure.LANGUAGE_EN, Measure.VOLUNTEERING} <= kinds


@pytest.mark.parametrize("language", Language)
def test_every_goal_of_every_template_has_words_and_fits(language: Language) -> None:
    known = catalogue(language).forms
    for template in templates.templates().values():
        assert len(template.goals) <= goals.MOST_GOALS
        for one in template.goals:
            assert f"programme.any.goal.{one.name}" in known
            assert 0 < len(one.steps) <= goals.MOST_STEPS


# --- as long as can be ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
def test_the_longest_plan_fits_into_messages(language: Language) -> None:
    texts, words = Texts(ZoneInfo("Europe/Riga")), "ж" * goals.MOST_WORDS
    full = step(1, words, kind=Measure.TRADE, due_on=TODAY, helper=Helper.PARTNER)
    plan = [
        goal(number, *(replace(full, id=place) for place in range(goals.MOST_STEPS)), words=words)
        for number in range(goals.MOST_GOALS)
    ]
    own = "ж" * profiling.MOST_OWN_WORDS
    top = phrase("programme.youth.plan.with_words", top=phrase("checkins.youth.plan.mentor_changes"), words=own)
    whole = phrase("programme.youth.plan.with_goals", top=top, goals=cards_plan.overview(plan))
    page = phrase("programme.youth.goal", goal=words, steps=cards_plan.steps_of(plan[0]))
    read = [
        phrase(
            "programme.staff.lay.page",
            code_name="Osta-123",
            laid_at=NOW,
            goals=one,
            state=phrase("programme.staff.lay.state_alone"),
        )
        for one in cards_plan.pages(plan)
    ]
    assert max(len(texts.plain(one, language)) for one in (whole, page, *read)) <= 4096 - 200


# --- who may see which field ----------------------------------------------------------------------------------------

_GUIDING = {Field.IS_DONE, Field.TOPICS, Field.SHARED_WORDS}


@pytest.mark.feature("E2", "S1.5")
@pytest.mark.parametrize(
    ("person", "fields"),
    [
        (anna, set(Field)),
        (marta, _GUIDING),
        (oksana, _GUIDING),
        (liene, _GUIDING),
        (kaspars, {Field.IS_DONE}),
        (staff(9, Grant(Role.COORDINATOR)), {Field.IS_DONE}),
        (staff(9, Grant(Role.MENTOR, OGRE)), set()),
        (staff(9, Grant(Role.LEAD, DOBELE)), set()),
        (staff(9, Grant(Role.SPECIALIST, OGRE, "psychologist")), set()),
        (staff(9, Grant(Role.PARTNER, OGRE)), set()),
        (staff(9, Grant(Role.DATA_OFFICER)), set()),
        (staff(9, Grant(Role.ADMIN)), set()),
        (staff(MARTA, Grant(Role.MENTOR, DOBELE)), set()),
        (Person(77, Language.UK, "Bura-777"), set()),
    ],
    ids=[
        "the young person", "mentor", "deputy", "lead", "coordinator", "national coordinator", "another mentor",
        "lead of elsewhere", "specialist", "partner", "data officer", "admin", "mentor who lost the role",
        "another young person",
    ],
)  # fmt: skip
def test_who_sees_which_field_of_a_profile(person: Person, fields: set[Field]) -> None:
    assert profiling.fields_for(person, case(Stage.PROFILING, deputy=OKSANA)) == fields


def test_somebody_with_two_roles_sees_what_either_may() -> None:
    both = staff(8, Grant(Role.COORDINATOR, OGRE), Grant(Role.LEAD, OGRE))
    assert profiling.fields_for(both, case()) == _GUIDING


@given(st.lists(st.tuples(st.sampled_from(Topic), st.sampled_from(Mark), st.booleans())))
def test_notes_say_talked_wherever_they_say_anything(presses: list[tuple[Topic, Mark, bool]]) -> None:
    notes: dict[Topic, frozenset[Mark]] = {}
    for topic, mark, on in presses:
        notes = profiling.marked(notes, topic, mark, on=on)
        assert profiling.marked(notes, topic, mark, on=on) == notes
    assert all(Mark.TALKED in marks for marks in notes.values() if marks)


def test_a_profile_is_done_when_all_was_talked_about_and_nothing_is_left() -> None:
    notes = {topic: frozenset({Mark.TALKED}) for topic in Topic}
    assert profiling.is_done(notes)
    assert not profiling.is_done({**notes, Topic.WORK: frozenset({Mark.TALKED, Mark.AGAIN})})
    assert not profiling.is_done({topic: marks for topic, marks in notes.items() if topic is not Topic.WORK})


def test_words_are_read_by_staff_only_where_they_were_shared() -> None:
    asked = Profile(1, {}, "Gribu strādāt ar kokiem", shared=False, drop_at=NOW)
    assert asked.is_asked
    assert asked.shared_words is None
    assert replace(asked, shared=True, drop_at=None).shared_words == "Gribu strādāt ar kokiem"


def test_a_yes_to_other_words_names_another_version() -> None:
    texts = ["Gribu strādāt", "Gribu strādāt.", "gribu strādāt"]
    assert all(profiling.version_of(one) != profiling.version_of(other) for one, other in permutations(texts, 2))

"""Every way through the questions, walked: none is long, none dead-ends, and going back loses only what depended."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given as with_any
from hypothesis import strategies as st

from bot.directory.rules import municipalities, place_key, region_key
from bot.screening.pages import Way, page
from bot.screening.questionnaire import LINK, Answers, Outcome, current, published
from bot.screening.rules import (
    Asked,
    Ended,
    Progress,
    Repeated,
    Run,
    Stale,
    Undecided,
    before,
    decide,
    give,
    go_back,
    look_closer,
    may_be_written_to,
    municipality,
    on_screen,
    path,
    progress,
    to_keep,
    understood,
    waiting,
)

FORM = current()
MOST_TAPS = 10
LANGUAGE_AND_BEGIN = 2
LIKELY = {
    "age": "18_28", "status": "neither", "nva": "no", "region": "vidzeme", "place": "LV-067", "mood": "good",
    "wish": "work", "contact": "yes",
}  # fmt: skip
LOCALES = Path(__file__).resolve().parents[2] / "locales"


def fresh(known: Answers | None = None) -> Run:
    return Run(1, 1, FORM.version, known or {}, None, None)


def moved(run: Run, done: Asked) -> Run:
    return replace(run, answers=done.answers, shown=done.next.id)


def ended(run: Run, done: Ended) -> Run:
    return replace(run, answers=done.answers, shown=None, outcome=done.outcome)


def steps(run: Run) -> Iterator[Asked | Ended]:
    """What each button on the screen leads to; of places that behave alike two stand for all, for walking's sake."""
    question = on_screen(FORM, run)
    assert question is not None
    codes = question.options(run.answers)
    if question.options_from:
        codes = (*codes[:1], *codes[-2:])
    for code in codes:
        done = give(FORM, run, question.id, code)
        assert isinstance(done, Asked | Ended)
        yield done


def walked(run: Run, taps: int) -> Iterator[tuple[Run, int]]:
    """Every finished run that can be reached from here, with the taps it took, closer looks included."""
    for done in steps(run):
        if isinstance(done, Asked):
            yield from walked(moved(run, done), taps + 1)
            continue
        finish = ended(run, done)
        yield finish, taps + 1
        for question in FORM.questions:
            for code in question.closer_looks(finish.answers.get(question.id)):
                looked = look_closer(FORM, finish, code)
                assert isinstance(looked, Asked)
                yield from walked(moved(replace(finish, outcome=None), looked), taps + 2)


@pytest.mark.parametrize("known", [{}, {LINK: "LV-067"}], ids=["bare", "from a poster"])
def test_every_way_ends_within_ten_taps_on_a_page_with_a_next_step(known: Answers) -> None:
    outcomes: set[Outcome] = set()
    longest = 0
    for finish, taps in walked(fresh(known), LANGUAGE_AND_BEGIN):
        assert finish.outcome is not None
        outcomes.add(finish.outcome)
        longest = max(longest, taps)
        shown = page(finish.outcome, to_keep(finish.answers, finish.outcome))
        assert shown.ways, finish.answers
        assert shown.now
    assert outcomes == set(Outcome)
    assert longest == (MOST_TAPS if not known else MOST_TAPS - 2)


def test_every_place_in_latvia_can_be_answered() -> None:
    reached = set()
    for region in FORM.questions[3].options({}):
        place = FORM.question("place")
        assert place is not None
        reached |= set(place.options({"region": region}))
    assert reached == {one.code for one in municipalities()} | {"other"}


@pytest.mark.feature("B6")
@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({}, ["age", "status", "nva", "region", "place", "mood", "wish", "contact"]),
        ({LINK: "LV-067"}, ["age", "status", "nva", "mood", "wish", "contact"]),
        ({"region": "unsure"}, ["age", "status", "nva", "region", "mood", "wish", "contact"]),
        ({"age": "under_15"}, ["age"]),
        ({"age": "over_29"}, ["age"]),
        ({"age": "18_28", "status": "study"}, ["age", "status"]),
        ({"age": "18_28", "status": "parent", "nva": "yes"}, ["age", "status", "nva"]),
        ({"status": "few_hours"}, ["age", "status", "region", "place", "mood", "wish", "contact"]),
    ],
)
def test_what_is_known_makes_questions_fall_away(known: Answers, asked: list[str]) -> None:
    assert [one.id for one in path(FORM, known)] == asked


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({}, Outcome.LIKELY),
        ({"age": "15_17"}, Outcome.LIKELY_MINOR),
        ({"age": "29"}, Outcome.MAYBE),
        ({"age": "under_15"}, Outcome.REFER_CHILD),
        ({"age": "over_29"}, Outcome.REFER_ADULT),
        ({"age": "over_29", "status": "study"}, Outcome.REFER_ADULT),
        ({"status": "study"}, Outcome.REFER_STUDENT),
        ({"status": "work"}, Outcome.REFER_ACTIVE),
        ({"status": "trade"}, Outcome.REFER_ACTIVE),
        ({"status": "parent"}, Outcome.MAYBE),
        ({"status": "between"}, Outcome.MAYBE),
        ({"status": "leaving_school"}, Outcome.MAYBE),
        ({"status": "few_hours"}, Outcome.MAYBE),
        ({"nva": "yes"}, Outcome.REFER_NVA),
        ({"status": "parent", "nva": "yes"}, Outcome.REFER_NVA),
        ({"age": "29", "nva": "yes"}, Outcome.REFER_NVA),
        ({"nva": "unsure"}, Outcome.MAYBE),
        ({"region": "unsure"}, Outcome.MAYBE),
        ({"place": "other"}, Outcome.MAYBE),
        ({"mood": "very_hard"}, Outcome.LIKELY),
        ({"contact": "no"}, Outcome.LIKELY),
    ],
)
def test_the_decision_table_row_by_row(changed: Answers, outcome: Outcome) -> None:
    assert decide(FORM, {**LIKELY, **changed}) is outcome


def test_a_table_with_a_hole_is_an_accident_not_a_guess() -> None:
    with pytest.raises(Undecided):
        decide(FORM, {})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("17", "15_17"), ("man ir 17 gadi", "15_17"), ("мені 20", "18_28"), ("14", "under_15"), ("15", "15_17"),
        ("18", "18_28"), ("28", "18_28"), ("29", "29"), ("30.", "over_29"), ("0", "under_15"),
        ("17 or 18", None), ("abc", None), ("", None), ("999", None), ("9" * 4096, None), ("2009", None),
    ],
)  # fmt: skip
def test_an_age_typed_as_one_number_is_understood(text: str, code: str | None) -> None:
    assert understood("age", text) == code
    assert understood("wish", text) is None


def test_progress_counts_only_what_lies_ahead() -> None:
    run = fresh()
    first, link = on_screen(FORM, run), fresh({LINK: "LV-067"})
    assert first is not None
    assert progress(FORM, run.answers, first) == Progress(1, 8)
    assert progress(FORM, link.answers, first) == Progress(1, 6)
    wish = FORM.question("wish")
    assert wish is not None
    assert progress(FORM, {"region": "unsure"}, wish) == Progress(6, 7)


# --- going back -------------------------------------------------------------------------------------------------


def at(question_id: str) -> Run:
    """A run that stands at this question with everything before it answered as in LIKELY."""
    answers = {}
    for question in FORM.questions:
        if question.id == question_id:
            break
        answers[question.id] = LIKELY[question.id]
    return replace(fresh(answers), shown=question_id)


def test_back_leads_through_every_question_to_what_stands_before_them() -> None:
    run, seen = at("contact"), []
    while (previous := go_back(FORM, run, run.shown or "")) is not None:
        assert not isinstance(previous, Repeated | Stale)
        run = replace(run, shown=previous.id)
        seen.append(previous.id)
    assert seen == ["wish", "mood", "place", "region", "nva", "status", "age"]
    assert run.answers == at("contact").answers


@pytest.mark.feature("B4")
def test_a_changed_region_asks_again_for_the_place_and_for_nothing_else() -> None:
    run = replace(at("wish"), shown="region")
    changed = give(FORM, run, "region", "latgale")
    assert isinstance(changed, Asked)
    assert changed.next.id == "place"
    answered = give(FORM, moved(run, changed), "place", "LV-DGV")
    assert isinstance(answered, Asked)
    assert answered.next.id == "wish"
    assert answered.answers == {**at("wish").answers, "region": "latgale", "place": "LV-DGV"}


def test_the_same_answer_again_asks_nothing_again() -> None:
    run = replace(at("wish"), shown="region")
    same = give(FORM, run, "region", "vidzeme")
    assert isinstance(same, Asked)
    assert (same.next.id, same.answers) == ("wish", run.answers)


def test_an_age_over_17_asks_again_whether_a_parent_comes_along() -> None:
    minor = {**LIKELY, "age": "15_17", "contact": "parent"}
    changed = give(FORM, replace(fresh(minor), shown="age"), "age", "18_28")
    assert isinstance(changed, Asked)
    assert changed.next.id == "contact"
    assert "parent" not in changed.next.options(changed.answers)


@pytest.mark.feature("B12")
def test_the_same_press_twice_counts_once() -> None:
    run = at("status")
    done = give(FORM, run, "status", "neither")
    assert isinstance(done, Asked)
    after = moved(run, done)
    assert give(FORM, after, "status", "neither") == Repeated()
    assert go_back(FORM, replace(after, shown="status"), "nva") == Repeated()


@pytest.mark.feature("B11")
def test_a_button_of_an_earlier_question_changes_nothing() -> None:
    run = at("mood")
    assert give(FORM, run, "age", "over_29") == Stale()
    assert give(FORM, run, "mood", "no_such_option") == Stale()
    assert give(FORM, run, "no_such_question", "yes") == Stale()
    assert give(FORM, at("status"), "status", "leaving_school") == Stale()
    assert go_back(FORM, run, "wish") == Repeated()
    assert go_back(FORM, run, "status") == Stale()


def test_a_closer_look_belongs_to_the_answer_it_was_offered_for() -> None:
    student = replace(fresh({"age": "18_28", "status": "study"}), outcome=Outcome.REFER_STUDENT)
    assert look_closer(FORM, student, "few_hours") == Stale()
    looked = look_closer(FORM, student, "leaving_school")
    assert isinstance(looked, Asked)
    assert looked.next.id == "region"


@with_any(st.data())
def test_however_they_go_back_and_change_every_run_stays_whole(data: st.DataObject) -> None:
    run = fresh(data.draw(st.sampled_from([{}, {LINK: "LV-041"}])))
    for _ in range(data.draw(st.integers(1, 25))):
        question = on_screen(FORM, run)
        assert question is not None
        assert question in path(FORM, run.answers)
        assert {LINK, *(one.id for one in path(FORM, run.answers))} >= set(run.answers)
        previous = before(FORM, run.answers, question.id)
        if previous is not None and data.draw(st.booleans()):
            run = replace(run, shown=previous.id)
            continue
        code = data.draw(st.sampled_from(question.options(run.answers)))
        done = give(FORM, run, question.id, code)
        assert isinstance(done, Asked | Ended)
        assert done.answers[question.id] == code
        if isinstance(done, Ended):
            assert waiting(FORM, done.answers) is None
            return
        run = moved(run, done)


# --- what is kept, and the page ---------------------------------------------------------------------------------


def test_of_a_child_nothing_is_kept_and_of_nobody_how_they_feel() -> None:
    assert to_keep({"age": "under_15"}, Outcome.REFER_CHILD) == {}
    assert to_keep({**LIKELY, "mood": "very_hard"}, Outcome.LIKELY)["mood"] == "skip"


def test_the_municipality_comes_from_the_link_or_from_the_answer() -> None:
    assert municipality({LINK: "LV-041"}) == "LV-041"
    assert municipality(LIKELY) == "LV-067"
    assert municipality({"region": "vidzeme", "place": "other"}) is None
    assert municipality({"region": "unsure"}) is None


@pytest.mark.feature("B9")
@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("contact", ["yes", "parent", "no"])
def test_every_page_says_what_to_do_now_and_leaves_a_way_back(outcome: Outcome, contact: str) -> None:
    answers = {**LIKELY, "contact": contact}
    shown = page(outcome, answers)
    assert shown.means == f"screening.youth.outcome.{outcome.value}"
    goes_on = may_be_written_to(answers) and not outcome.value.startswith("refer")
    assert goes_on or "screening.youth.note.come_back" in shown.notes
    assert {Way.PLAN, Way.TALK, Way.NVA, Way.START_OVER} & set(shown.ways)


def test_who_says_no_is_told_that_nobody_will_write() -> None:
    assert "screening.youth.note.no_contact" in page(Outcome.LIKELY, {**LIKELY, "contact": "no"}).notes


@pytest.mark.parametrize(("place", "told"), [("LV-067", False), ("LV-041", False), ("LV-JEL", True), ("other", True)])
def test_where_nobody_knows_of_the_municipality_that_is_said(place: str, told: bool) -> None:
    notes = page(Outcome.LIKELY, {**LIKELY, "place": place}).notes
    assert ("screening.youth.note.no_partner_asking" in notes) is told


def test_nothing_said_at_the_end_uses_a_word_that_shuts_the_door() -> None:
    for language in ("lv", "uk", "en"):
        words = " ".join(catalogue(language).values()).casefold()
        for never in ("neatbilst", "atteikt", "noraid", "neet", "rejected", " accepted", "відхилен", " test"):
            assert never not in words, (language, never)


def catalogue(language: str) -> dict[str, str]:
    with (LOCALES / language / "LC_MESSAGES" / "screening.po").open("rb") as file:
        return {
            message.id if isinstance(message.id, str) else message.id[0]: " ".join(
                [message.string] if isinstance(message.string, str) else message.string
            )
            for message in read_po(file, locale=language)
            if message.id
        }


@pytest.mark.parametrize("language", ["lv", "uk", "en"])
def test_every_question_option_and_outcome_of_every_version_has_words(language: str) -> None:
    known = catalogue(language)
    wanted = {f"screening.youth.outcome.{outcome.value}" for outcome in Outcome}
    wanted |= {key for outcome in Outcome for key in (page(outcome, LIKELY).now, *page(outcome, LIKELY).notes)}
    for form in published().values():
        for question in form.questions:
            wanted.add(f"screening.youth.question.{question.id}")
            for option in question.own_options:
                own = option.code if option.instead_of else f"{question.id}.{option.code}"
                wanted.add(f"screening.youth.button.{own}")
    assert wanted <= set(known)


def test_places_and_regions_are_named_by_the_directory() -> None:
    assert all(place_key(one.code) and region_key(one.region) for one in municipalities())


def test_the_file_of_a_version_carries_its_own_name() -> None:
    folder = Path(__file__).resolve().parents[2] / "bot" / "screening" / "questionnaires"
    assert {one.stem for one in folder.glob("*.toml")} == set(published())

"""Every way through the questions, walked: none is long, none dead-ends, and going back loses only what depended."""

from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given as with_any
from hypothesis import strategies as st

from bot.directory.rules import municipalities, place_key, region_key
from bot.screening.pages import REFERRED, Page, Way, page
from bot.screening.questionnaire import CURRENT, LINK, Answers, Outcome, published
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
    waiting,
)
from bot.screening.walking import walk
from bot.words import Language

FORM = published()[CURRENT]
MOST_TAPS = 10
LIKELY = {
    "age": "18_28", "status": "neither", "nva": "no", "region": "vidzeme", "place": "LV-067", "mood": "good",
    "wish": "work", "contact": "yes",
}  # fmt: skip
LOCALES = Path(__file__).resolve().parents[2] / "locales"


def fresh(known: Answers | None = None) -> Run:
    return Run(1, 1, FORM, known or {}, None, None)


def moved(run: Run, done: Asked) -> Run:
    return replace(run, answers=done.answers, shown=done.next.id)


def places() -> list[str | None]:
    """A city, the towns of the demo, one that is not known to take part, and nobody knows where."""
    return ["LV-RIX", "LV-067", "LV-JEL", "LV-DGV", None]


@pytest.mark.feature("B6", "O7", "S1.3")
@pytest.mark.parametrize("version", sorted(published()))
def test_every_way_ends_within_ten_taps_on_a_page_with_a_next_step_and_a_human_door(version: str) -> None:
    walked = walk(published()[version])
    assert not walked.dead_ends
    assert walked.longest.taps == MOST_TAPS
    assert {way.outcome for way in walked.ways} >= set(Outcome) - {Outcome.STOP_CHILD}
    for way in walked.ways:
        assert way.outcome is not None
        if way.outcome is Outcome.STOP_CHILD:
            continue  # nothing is kept, so there is no page but a farewell: see the chats
        kept = to_keep(way.answers, way.outcome)
        shown = page(way.outcome, kept, Language.UK, municipality(kept))
        assert {Way.CONTACTS, Way.TALK, Way.PLAN} & set(shown.ways), way
        assert shown.now
        assert shown.services or not way.outcome.value.startswith("refer_"), way
    print(f"version {version}: {walked.count} ways, the longest {walked.longest.taps} taps")


@pytest.mark.feature("O7")
@pytest.mark.parametrize("outcome", sorted(REFERRED))
@pytest.mark.parametrize("language", list(Language))
def test_wherever_somebody_is_pointed_there_is_a_service_for_their_age_language_and_place(
    outcome: Outcome, language: Language
) -> None:
    for band in BANDS_OF[outcome]:
        for place in (*(one.code for one in municipalities()), None):
            shown = page(outcome, {"age": band}, language, place)
            foremost = shown.services[0]
            assert foremost.id == _NOW_TELLS_OF[outcome]
            for one in shown.services:
                assert one.fits_age(band)
                assert one.serves(place)
                assert not one.readers or language.value in one.readers
            assert len(shown.elsewhere) <= 3


BANDS_OF = {
    Outcome.REFER_CHILD: ["13_14"],
    Outcome.REFER_ADULT: ["over_29"],
    Outcome.REFER_STUDENT: ["15_17", "18_28", "29"],
    Outcome.REFER_ACTIVE: ["15_17", "18_28", "29"],
    Outcome.REFER_NVA: ["15_17", "18_28", "29"],
}
_NOW_TELLS_OF = {
    Outcome.REFER_CHILD: "child_line",
    Outcome.REFER_ADULT: "nva_advice",
    Outcome.REFER_STUDENT: "school_support",
    Outcome.REFER_ACTIVE: "nva_advice",
    Outcome.REFER_NVA: "youth_guarantee",
}
"""What the words of `screening.youth.now.*` send people to."""


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
        ({"age": "under_13"}, ["age"]),
        ({"age": "13_14"}, ["age"]),
        ({"age": "over_29"}, ["age"]),
        ({"age": "18_28", "status": "study"}, ["age", "status"]),
        ({"age": "18_28", "status": "parent", "nva": "yes"}, ["age", "status", "nva"]),
        ({"status": "few_hours"}, ["age", "status", "region", "place", "mood", "wish", "contact"]),
    ],
)
def test_what_is_known_makes_questions_fall_away(known: Answers, asked: list[str]) -> None:
    assert [one.id for one in path(FORM, known)] == asked


@pytest.mark.feature("S1.3")
@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({}, Outcome.LIKELY),
        ({"age": "15_17"}, Outcome.LIKELY_MINOR),
        ({"age": "29"}, Outcome.MAYBE),
        ({"age": "under_13"}, Outcome.STOP_CHILD),
        ({"age": "13_14"}, Outcome.REFER_CHILD),
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


def test_progress_counts_only_what_lies_ahead() -> None:
    run = fresh()
    first, link = on_screen(run), fresh({LINK: "LV-067"})
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
    while (previous := go_back(run, run.shown or "")) is not None:
        assert not isinstance(previous, Repeated | Stale)
        run = replace(run, shown=previous.id)
        seen.append(previous.id)
    assert seen == ["wish", "mood", "place", "region", "nva", "status", "age"]
    assert run.answers == at("contact").answers


@pytest.mark.feature("B4")
def test_a_changed_region_asks_again_for_the_place_and_for_nothing_else() -> None:
    run = replace(at("wish"), shown="region")
    changed = give(run, "region", "latgale")
    assert isinstance(changed, Asked)
    assert changed.next.id == "place"
    answered = give(moved(run, changed), "place", "LV-DGV")
    assert isinstance(answered, Asked)
    assert answered.next.id == "wish"
    assert answered.answers == {**at("wish").answers, "region": "latgale", "place": "LV-DGV"}


def test_the_same_answer_again_asks_nothing_again() -> None:
    run = replace(at("wish"), shown="region")
    same = give(run, "region", "vidzeme")
    assert isinstance(same, Asked)
    assert (same.next.id, same.answers) == ("wish", run.answers)


def test_an_age_over_17_asks_again_whether_a_parent_comes_along() -> None:
    minor = {**LIKELY, "age": "15_17", "contact": "parent"}
    changed = give(replace(fresh(minor), shown="age"), "age", "18_28")
    assert isinstance(changed, Asked)
    assert changed.next.id == "contact"
    assert "parent" not in changed.next.options(changed.answers)


@pytest.mark.feature("B12")
def test_the_same_press_twice_counts_once() -> None:
    run = at("status")
    done = give(run, "status", "neither")
    assert isinstance(done, Asked)
    after = moved(run, done)
    assert give(after, "status", "neither") == Repeated()
    assert go_back(replace(after, shown="status"), "nva") == Repeated()


@pytest.mark.feature("B11")
def test_a_button_of_an_earlier_question_changes_nothing() -> None:
    run = at("mood")
    assert give(run, "age", "over_29") == Stale()
    assert give(run, "mood", "no_such_option") == Stale()
    assert give(run, "no_such_question", "yes") == Stale()
    assert give(at("status"), "status", "leaving_school") == Stale()
    assert go_back(run, "wish") == Repeated()
    assert go_back(run, "status") == Stale()


def test_a_closer_look_belongs_to_the_answer_it_was_offered_for() -> None:
    student = replace(fresh({"age": "18_28", "status": "study"}), outcome=Outcome.REFER_STUDENT)
    assert look_closer(student, "few_hours") == Stale()
    looked = look_closer(student, "leaving_school")
    assert isinstance(looked, Asked)
    assert looked.next.id == "region"


@with_any(st.data())
def test_however_they_go_back_and_change_every_run_stays_whole(data: st.DataObject) -> None:
    run = fresh(data.draw(st.sampled_from([{}, {LINK: "LV-041"}])))
    for _ in range(data.draw(st.integers(1, 25))):
        question = on_screen(run)
        assert question is not None
        assert question in path(FORM, run.answers)
        assert {LINK, *(one.id for one in path(FORM, run.answers))} >= set(run.answers)
        previous = before(FORM, run.answers, question.id)
        if previous is not None and data.draw(st.booleans()):
            run = replace(run, shown=previous.id)
            continue
        code = data.draw(st.sampled_from(question.options(run.answers)))
        done = give(run, question.id, code)
        assert isinstance(done, Asked | Ended)
        assert done.answers[question.id] == code
        if isinstance(done, Ended):
            assert waiting(FORM, done.answers) is None
            return
        run = moved(run, done)


# --- what is kept, and the page ---------------------------------------------------------------------------------


def test_of_a_child_nothing_is_kept_and_of_nobody_how_they_feel() -> None:
    assert to_keep({"age": "13_14"}, Outcome.REFER_CHILD) == {}
    assert to_keep({**LIKELY, "mood": "very_hard"}, Outcome.LIKELY)["mood"] == "skip"


def test_the_municipality_comes_from_the_link_or_from_the_answer() -> None:
    assert municipality({LINK: "LV-041"}) == "LV-041"
    assert municipality(LIKELY) == "LV-067"
    assert municipality({"region": "vidzeme", "place": "other"}) is None
    assert municipality({"region": "unsure"}) is None


def shown(outcome: Outcome, answers: Answers) -> Page:
    return page(outcome, answers, Language.LV, municipality(answers))


@pytest.mark.feature("B9")
@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.STOP_CHILD])
@pytest.mark.parametrize("contact", ["yes", "parent", "no"])
def test_every_page_says_what_to_do_now_and_leaves_a_way_back(outcome: Outcome, contact: str) -> None:
    answers = {**LIKELY, "contact": contact}
    seen = shown(outcome, answers)
    assert seen.means == f"screening.youth.outcome.{outcome.value}"
    goes_on = may_be_written_to(answers) and not outcome.value.startswith("refer")
    assert goes_on or "screening.youth.note.come_back" in seen.notes
    assert Way.CONTACTS in seen.ways


def test_who_says_no_is_told_that_nobody_will_write() -> None:
    assert "screening.youth.note.no_contact" in shown(Outcome.LIKELY, {**LIKELY, "contact": "no"}).notes


@pytest.mark.parametrize(("place", "told"), [("LV-067", False), ("LV-041", False), ("LV-JEL", True), ("other", True)])
def test_where_nobody_knows_of_the_municipality_that_is_said(place: str, told: bool) -> None:
    notes = shown(Outcome.LIKELY, {**LIKELY, "place": place}).notes
    assert ("screening.youth.note.no_partner_asking" in notes) is told


@pytest.mark.feature("S2.2")
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
def test_every_outcome_and_every_option_of_every_version_has_words(language: str) -> None:
    known = catalogue(language)
    kept = [one for one in Outcome if one is not Outcome.STOP_CHILD]
    wanted = {f"screening.youth.outcome.{outcome.value}" for outcome in kept}
    wanted |= {key for one in kept for key in (shown(one, LIKELY).now, *shown(one, LIKELY).notes)}
    for form in published().values():
        for question in form.questions:
            wanted |= {f"screening.youth.question.{question.id}", f"screening.youth.about.{question.id}"}
            for option in question.own_options:
                own = option.code if option.instead_of else f"{question.id}.{option.code}"
                wanted.add(f"screening.youth.button.{own}")
    assert wanted <= set(known)


def test_places_and_regions_are_named_by_the_directory() -> None:
    assert all(place_key(one.code) and region_key(one.region) for one in municipalities())


def test_the_file_of_a_version_carries_its_own_name() -> None:
    folder = Path(__file__).resolve().parents[2] / "bot" / "screening" / "questionnaires"
    assert {one.stem for one in folder.glob("*.toml")} == set(published())

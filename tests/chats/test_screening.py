"""First contact, tap by tap: from a poster's link or a bare /start to a page that says what to do now."""

import random
from datetime import timedelta

import pytest

from bot.people import notice
from bot.roles import Role
from bot.words import Language
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town
from tests.town.walked_once import walked_once

Q = "screening.youth.question"
B = "screening.youth.button"
MOST_ANSWERS = 8


async def begins(person: Inhabitant) -> None:
    await person.taps(f"{B}.begin")
    person.sees(f"{Q}.age")


async def answers(person: Inhabitant, **given: str) -> None:
    """Presses these answers one after the other; what the bot says to each is read."""
    for question, code in given.items():
        person.reads_rest()
        await person.taps(f"{B}.{question}.{code}")


@walked_once
async def stands_at_mood(town: Town, name: str = "anna") -> Inhabitant:
    """Somebody from Ogre's poster who answered all but the last three questions."""
    one = await town.youth(name)
    await one.says("/start ogre")
    one.reads_rest()
    await begins(one)
    await answers(one, age="18_28", status="neither", nva="no")
    one.sees(f"{Q}.mood")
    return one


async def outcomes(town: Town) -> list[str | None]:
    return [row[0] for row in await town.rows("SELECT outcome FROM screenings ORDER BY id")]


# --- arriving ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("A3")
@pytest.mark.parametrize("name", ["anna", "danylo", "emma"])
async def test_the_first_message_asks_for_the_language_with_the_phones_own_on_top(town: Town, name: str) -> None:
    one = town.newcomer(name)
    await one.says("/start")
    one.sees("people.any.choose_language")
    await one.taps(f"people.any.button.language_{one.language.value}")
    shown = one.sees("screening.youth.welcome")
    assert "112" in shown.text
    assert len(one.phone.messages) == 2  # what they typed, and one message of ours


@pytest.mark.feature("A1")
async def test_a_posters_link_is_remembered_from_the_first_tap_and_later_links_do_not_change_it(town: Town) -> None:
    anna = town.newcomer("anna")
    await anna.says("/start Ogre")
    await anna.taps("people.any.button.language_lv")
    anna.sees("screening.youth.welcome_from")
    await anna.says("/start jelgavas-novads")
    anna.sees("screening.youth.welcome_from")
    kept = await town.rows("SELECT s.code, p.municipality FROM people p JOIN sources s ON s.id = p.source_id")
    assert [tuple(row) for row in kept] == [("ogre", "LV-067")]


@pytest.mark.parametrize("payload", ["atlantis", "x" * 64, "%%%", "-_-_" * 16, "i_", "ogre' OR 1=1"])
async def test_an_unknown_link_gets_kind_words_and_the_road_goes_on(town: Town, payload: str) -> None:
    anna = await town.youth("anna")
    await anna.says(f"/start {payload}")
    anna.sees("outreach.youth.unknown_link")
    anna.sees("screening.youth.welcome")
    assert not await town.rows("SELECT * FROM sources")


async def test_who_lives_elsewhere_than_the_poster_hangs_is_asked_where(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/start ogre")
    anna.sees("screening.youth.welcome_from")
    await anna.taps(f"{B}.begin_elsewhere")
    anna.sees(f"{Q}.age")
    await answers(anna, age="18_28", status="neither", nva="no")
    anna.sees(f"{Q}.region")


async def test_not_now_promises_silence_and_leaves_the_door_open(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.taps(f"{B}.not_now")
    anna.sees("screening.youth.not_now")
    assert not await town.rows("SELECT * FROM consents")
    await anna.taps(f"{B}.questions")
    anna.sees("screening.youth.welcome")


# --- the questions ----------------------------------------------------------------------------------------------


async def test_a_poster_leads_in_eight_taps_and_one_message_to_the_page(town: Town) -> None:
    anna = town.newcomer("anna")
    await anna.says("/start ogre")
    await anna.taps("people.any.button.language_lv")
    await begins(anna)
    await answers(anna, age="18_28", status="neither", nva="no", mood="skip", wish="work", contact="no")
    anna.sees("screening.youth.outcome.likely")
    assert len(anna.phone.messages) == 2
    assert await outcomes(town) == ["likely"]


async def test_without_a_link_region_and_place_are_asked_and_kept(town: Town) -> None:
    danylo = await town.youth("danylo")
    await begins(danylo)
    await answers(danylo, age="15_17", status="neither", nva="no")
    danylo.sees(f"{Q}.region")
    await danylo.taps("directory.any.region.zemgale")
    danylo.sees(f"{Q}.place")
    await danylo.taps("directory.any.place.lv_041")
    await answers(danylo, mood="good", wish="language", contact="no")
    danylo.sees("screening.youth.outcome.likely_minor")
    assert [tuple(row) for row in await town.rows("SELECT municipality FROM people")] == [("LV-041",)]


async def test_every_question_shows_progress_back_stop_and_help(town: Town) -> None:
    anna = await stands_at_mood(town)
    seen = []
    for question, code in [("mood", "good"), ("wish", "unsure"), ("contact", "no")]:
        shown = next(one for one in reversed(anna.phone.messages) if one.buttons)
        for way_on in (f"{B}.back", f"{B}.stop", "people.youth.button.help"):
            anna.find_button(way_on)
        seen.append(shown.text.splitlines()[0])
        await answers(anna, **{question: code})
    assert seen == [anna.words("screening.youth.progress", at=at, of=6) for at in (4, 5, 6)]
    anna.reads_rest()


@pytest.mark.feature("B1")
async def test_weeks_later_the_same_question_waits_and_starting_again_wipes_nothing(town: Town) -> None:
    anna = await stands_at_mood(town)
    await town.move_to(town.clock.now() + timedelta(days=21))
    await anna.says("/start")
    anna.sees("screening.youth.middle")
    await anna.taps(f"{B}.go_on")
    anna.sees(f"{Q}.mood")
    await answers(anna, mood="good", wish="work", contact="no")
    anna.sees("screening.youth.outcome.likely")


@pytest.mark.feature("A4")
async def test_only_its_button_starts_over_and_what_the_link_told_stays_known(town: Town) -> None:
    anna = await stands_at_mood(town)
    await anna.says("/start")
    anna.sees("screening.youth.middle")
    assert anna.find_button(f"{B}.go_on")
    assert anna.find_button(f"{B}.talk")
    await anna.taps(f"{B}.start_over")
    anna.sees(f"{Q}.age")
    assert [row[0] for row in await town.rows("SELECT answers FROM screenings")] == ['{"link": "LV-067"}']


@pytest.mark.feature("B4")
async def test_going_back_and_changing_an_answer_asks_again_only_what_depends_on_it(town: Town) -> None:
    anna = await town.youth("anna")
    await begins(anna)
    await answers(anna, age="18_28", status="neither", nva="no")
    await anna.taps("directory.any.region.vidzeme")
    await anna.taps("directory.any.place.lv_067")
    anna.sees(f"{Q}.mood")
    await anna.taps(f"{B}.back")
    await anna.taps(f"{B}.back")
    anna.sees(f"{Q}.region")
    await anna.taps("directory.any.region.latgale")
    anna.sees(f"{Q}.place")
    await anna.taps("directory.any.place.lv_dgv")
    anna.sees(f"{Q}.mood")


async def test_back_from_the_first_question_shows_the_welcome_and_begin_leads_on(town: Town) -> None:
    anna = await town.youth("anna")
    await begins(anna)
    await anna.taps(f"{B}.back")
    anna.sees("screening.youth.welcome")
    await begins(anna)
    assert await outcomes(town) == [None]


@pytest.mark.feature("B5")
async def test_another_language_in_the_middle_shows_the_same_question_and_keeps_the_answers(town: Town) -> None:
    anna = await stands_at_mood(town)
    await anna.says("/language")
    anna.sees("people.any.choose_language")
    await anna.taps("people.any.button.language_uk")
    anna.language = Language.UK
    shown = anna.sees(f"{Q}.mood")
    assert shown.text.startswith("4 з 6")
    await answers(anna, mood="so_so", wish="work", contact="no")
    anna.sees("screening.youth.outcome.likely")


async def test_stop_keeps_the_answers_and_says_how_long(town: Town) -> None:
    anna = await stands_at_mood(town)
    await anna.taps(f"{B}.stop")
    assert "30" in anna.sees("screening.youth.stopped").text
    await anna.taps(f"{B}.go_on")
    anna.sees(f"{Q}.mood")


async def test_unfinished_answers_are_gone_after_thirty_days_and_their_old_buttons_say_so(town: Town) -> None:
    anna = await stands_at_mood(town)
    await town.move_to(town.clock.now() + timedelta(days=29))
    assert len(await outcomes(town)) == 1
    await town.move_to(town.clock.now() + timedelta(days=2))
    assert await outcomes(town) == []
    await anna.taps(f"{B}.mood.good")
    anna.sees("screening.youth.gone")
    await anna.taps(f"{B}.questions")
    anna.sees("screening.youth.welcome_from")


# --- what people do with buttons --------------------------------------------------------------------------------


@pytest.mark.feature("B12")
async def test_a_second_press_of_every_button_changes_nothing(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/start ogre")
    for key in ("begin", "age.18_28", "status.neither", "nva.no", "mood.good", "wish.work", "contact.no"):
        message, (_, data) = anna.find_button(f"{B}.{key}")
        await anna.taps_old(message.id, data)
        once = await town.rows("SELECT id, answers, shown, outcome FROM screenings")
        await anna.taps_old(message.id, data)
        assert await town.rows("SELECT id, answers, shown, outcome FROM screenings") == once
    anna.sees("screening.youth.outcome.likely")
    anna.reads_rest()
    assert len(await town.rows("SELECT * FROM consents")) == 1


@pytest.mark.feature("B11")
async def test_a_button_of_an_earlier_question_is_explained_and_changes_nothing(town: Town) -> None:
    anna = await stands_at_mood(town)
    message, (_, data) = anna.find_button(f"{B}.mood.good")
    await anna.taps_old(message.id, data.replace("mood:good", "age:over_29"))
    anna.sees("screening.youth.note.moved_on")
    assert await outcomes(town) == [None]


async def test_a_button_of_an_earlier_run_is_explained_and_changes_nothing(town: Town) -> None:
    anna = await stands_at_mood(town)
    message, (_, old) = anna.find_button(f"{B}.mood.good")
    await answers(anna, mood="good", wish="work", contact="no")
    await anna.says("/start")
    await anna.taps(f"{B}.start_over")
    anna.sees(f"{Q}.age")
    await anna.taps_old(message.id, old)
    anna.sees("screening.youth.note.old_run")
    anna.sees_nothing()


async def test_nobody_answers_for_somebody_else(town: Town) -> None:
    anna = await stands_at_mood(town)
    _, (_, data) = anna.find_button(f"{B}.mood.good")
    danylo = await town.youth("danylo")
    before = await town.rows("SELECT answers, shown FROM screenings")
    await danylo.forges(data)
    danylo.sees("screening.youth.gone")
    assert await town.rows("SELECT answers, shown FROM screenings") == before


@pytest.mark.feature("B8")
async def test_a_typed_age_is_understood_and_anything_else_gets_example_buttons_and_a_person(town: Town) -> None:
    anna = await town.youth("anna")
    await begins(anna)
    await anna.says("pilngadība")
    anna.sees("screening.youth.note.age_example")
    assert anna.find_button(f"{B}.talk")
    await anna.says("man ir 17")
    anna.sees(f"{Q}.status")
    await anna.says("ļ" * 4096)
    anna.sees("screening.youth.note.not_understood")
    assert await outcomes(town) == [None]


# --- where it ends ----------------------------------------------------------------------------------------------


async def test_of_a_child_nothing_is_kept_but_that_they_were_shown_the_child_line(town: Town) -> None:
    anna = await town.youth("anna")
    await begins(anna)
    await answers(anna, age="13_14")
    shown = anna.sees("screening.youth.outcome.refer_child")
    assert "116111" in shown.text
    kept = await town.rows("SELECT answers, outcome FROM screenings")
    assert [tuple(row) for row in kept] == [("{}", "refer_child")]
    await anna.says("/start")
    await anna.taps(f"{B}.talk")
    anna.sees("screening.youth.outcome.refer_child")
    await anna.taps(f"{B}.start_over")
    anna.sees(f"{Q}.age")


async def test_over_29_ends_at_once_with_places_to_turn_to(town: Town) -> None:
    emma = await town.youth("emma", Language.EN)
    await begins(emma)
    await answers(emma, age="over_29")
    assert "116123" in emma.sees("screening.youth.outcome.refer_adult").text
    await emma.taps(f"{B}.correct")
    emma.sees(f"{Q}.age")


@pytest.mark.parametrize(
    ("status", "outcome", "closer"),
    [("study", "refer_student", "leaving_school"), ("work", "refer_active", "few_hours")],
)
async def test_a_closer_look_opens_the_road_again(town: Town, status: str, outcome: str, closer: str) -> None:
    anna = await town.youth("anna")
    await anna.says("/start ogre")
    anna.reads_rest()
    await begins(anna)
    await answers(anna, age="18_28", status=status)
    anna.sees(f"screening.youth.outcome.{outcome}")
    await anna.taps(f"{B}.{closer}")
    anna.sees(f"{Q}.mood")
    await answers(anna, mood="good", wish="learn", contact="no")
    anna.sees("screening.youth.outcome.maybe")


async def test_a_wrong_answer_about_nva_can_be_put_right_on_the_page(town: Town) -> None:
    anna = await town.youth("anna")
    await begins(anna)
    await answers(anna, age="18_28", status="neither", nva="yes")
    anna.sees("screening.youth.outcome.refer_nva")
    await anna.taps(f"{B}.correct")
    anna.sees(f"{Q}.nva")
    await answers(anna, nva="no")
    anna.sees(f"{Q}.region")


async def test_who_says_it_is_very_hard_sees_the_card_next_and_the_question_below_it(town: Town) -> None:
    anna = await stands_at_mood(town)
    await anna.taps(f"{B}.mood.very_hard")
    anna.sees("screening.youth.very_hard")
    anna.sees("safety.youth.card")
    anna.sees(f"{Q}.wish")
    await answers(anna, wish="talk", contact="no")
    anna.sees("screening.youth.outcome.likely")
    assert "very_hard" not in str(await town.rows("SELECT answers FROM screenings"))


async def test_a_no_means_no_contact_and_no_case(town: Town) -> None:
    anna = await stands_at_mood(town)
    await answers(anna, mood="good", wish="work", contact="no")
    anna.sees("screening.youth.note.no_contact")
    assert not await town.rows("SELECT * FROM cases")
    assert [row[0] for row in await town.rows("SELECT purpose FROM consents")] == ["screening"]


@pytest.mark.feature("C1", "C2")
async def test_a_yes_hands_the_contact_over_once_with_its_consent(town: Town) -> None:
    anna = await stands_at_mood(town)
    await answers(anna, mood="good", wish="work")
    message, (_, data) = anna.find_button(f"{B}.contact.yes")
    await anna.taps(f"{B}.contact.yes")
    anna.sees("screening.youth.outcome.likely")
    await anna.taps_old(message.id, data)
    anna.reads_rest()
    cases = await town.rows("SELECT municipality, screening_outcome, age_band, wish, urgent FROM cases")
    assert [tuple(row) for row in cases] == [("LV-067", "likely", "18_28", "work", 0)]
    kept = await town.rows("SELECT purpose, version, language, given_at > 0, withdrawn_at, person_id FROM consents")
    mine = (await town.person("anna")).id
    assert [tuple(row) for row in kept] == [
        ("screening", notice.version(town.settings), "lv", 1, None, mine),
        ("contact", notice.version(town.settings), "lv", 1, None, mine),
    ]
    await anna.says("/start")
    anna.sees("people.youth.menu")


async def test_where_participation_is_unknown_that_is_said_and_29_is_urgent(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/start jelgava")
    anna.reads_rest()
    await begins(anna)
    await answers(anna, age="29", status="parent", nva="no", mood="skip", wish="learn", contact="yes")
    anna.sees("screening.youth.note.no_partner_asking")
    anna.reads_rest()
    assert [tuple(row) for row in await town.rows("SELECT municipality, urgent FROM cases")] == [("LV-JEL", 1)]


async def test_a_person_can_be_asked_for_from_any_stage_with_one_consent(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/start ogre")
    anna.reads_rest()
    await begins(anna)
    await answers(anna, age="15_17")
    await anna.says("nezinu")
    await anna.taps(f"{B}.talk")
    anna.sees("screening.youth.talk")
    assert not await town.rows("SELECT * FROM cases")
    await anna.taps(f"{B}.let_write")
    anna.sees("screening.youth.talk_passed_on")
    anna.reads_rest()
    cases = await town.rows("SELECT municipality, screening_outcome, age_band FROM cases")
    assert [tuple(row) for row in cases] == [("LV-067", "asked", "15_17")]
    await anna.taps(f"{B}.go_on")
    anna.sees(f"{Q}.status")


@pytest.mark.feature("A5")
async def test_whoever_asks_for_a_person_reaches_the_lead_with_what_little_is_known(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    anna, danylo = await town.youth("anna"), await town.youth("danylo")
    for one in (anna, danylo):
        await one.says("/start ogre")
    await begins(danylo)
    await answers(danylo, age="over_29")
    for one in (anna, danylo):
        await one.says("/menu")
        await one.taps(f"{B}.talk")
        await one.taps(f"{B}.age.15_17" if one is anna else f"{B}.let_write")
        one.sees("programme.youth.contact.with_leads")
    cards = [liene.sees("programme.any.age.15_17"), liene.sees("programme.any.age.over_29")]
    code_names = [(await town.person(one.name)).code_name for one in (anna, danylo)]
    for card, code_name, one in zip(cards, code_names, (anna, danylo), strict=True):
        assert code_name in card.text
        assert one.name not in card.text.casefold()
        assert str(one.phone.id) not in card.text
    await anna.says("/menu")
    await anna.taps(f"{B}.talk")
    anna.sees("programme.youth.talk_told_team")
    assert code_names[0] in liene.sees("programme.staff.wants_talk").text


@pytest.mark.feature("X48")
async def test_a_child_who_asks_for_a_person_is_shown_the_child_line_and_nobody_is_told(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    anna = await town.youth("anna")
    await anna.says("/menu")
    await anna.taps(f"{B}.talk")
    await anna.taps(f"{B}.age.13_14")
    anna.sees("screening.youth.outcome.refer_child")
    liene.sees_nothing()
    assert await town.rows("SELECT * FROM cases") == []
    assert [row.answers for row in await town.rows("SELECT answers FROM screenings")] == ["{}"]


async def test_start_and_end_of_a_run_are_on_the_record_by_number_alone(town: Town) -> None:
    anna = await stands_at_mood(town)
    await answers(anna, mood="good", wish="work", contact="no")
    anna.reads_rest()
    written = await town.rows("SELECT action, subject, subject_id FROM audit WHERE subject = 'screening' ORDER BY id")
    assert [tuple(row) for row in written] == [
        ("screening.started", "screening", 1),
        ("screening.finished", "screening", 1),
    ]


async def test_staff_get_their_menu_by_start_with_or_without_a_link(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR)
    for line in ("/start", "/start ogre", "/start atlantis"):
        await marta.says(line)
        marta.sees("people.staff.menu")
        marta.sees_nothing()


@pytest.mark.feature("O7")
@pytest.mark.parametrize(("name", "seed"), [("anna", 1), ("danylo", 2), ("emma", 3), ("danylo", 4)])
async def test_any_way_by_the_buttons_ends_on_a_page_with_a_person_behind_it(town: Town, name: str, seed: int) -> None:
    dice = random.Random(seed)
    one = await town.youth(name)
    await begins(one)
    for _ in range(MOST_ANSWERS):
        shown = one.phone.messages[-1]
        offered = [button.data for button in shown.buttons if button.data and button.data.startswith("screening.give:")]
        going_on = [data for data in offered if not data.endswith(("under_13", "13_14", "over_29"))]
        if not offered:
            break
        await one.taps_old(shown.id, dice.choice(going_on))
    doors = ("screening.talk", "checkins.plan", "directory.")
    assert any(button.data and button.data.startswith(doors) for button in one.phone.messages[-1].buttons)
    assert one.find_button("people.youth.button.help")
    assert all(outcome is not None for outcome in await outcomes(town))
    one.reads_rest()

"""A person takes over: the card of a new contact, the mentor, the meeting's decision, and how a case ends."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.programme.joining.plans import Cadence
from bot.programme.rules import Outcome, Stage
from bot.programme.screens import Assign, Begin, End, OpenCase, Propose
from bot.roles import Grant, Role
from bot.staff import store as staff_store
from bot.staff.rules import PAYLOAD_PREFIX, hash_of
from bot.storage.tables import cases
from bot.words import Language
from tests.chats.casework import (
    B,
    P,
    asks_again,
    asks_for_contact,
    in_programme,
    joins,
    opens_case,
    read_all,
    with_mentor,
)
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import NAMES, sooner
from tests.town.town import START, Town

Y = "programme.youth"
T = "checkins.staff"
OGRE = "LV-067"


async def stages(town: Town) -> list[str]:
    return [row[0] for row in await town.rows("SELECT stage FROM cases ORDER BY id")]


async def only_case(town: Town) -> int:
    return int((await town.rows("SELECT id FROM cases"))[0][0])


# --- a new contact ----------------------------------------------------------------------------------------------


@pytest.mark.feature("E1")
async def test_a_new_contact_reaches_the_lead_by_code_name_and_never_by_telegram(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    anna.sees(f"{Y}.contact.with_leads")
    card = liene.sees(f"{P}.contact.new").text
    assert (await town.person("anna")).code_name in card
    assert "18–28" in card
    assert not any(secret in card for secret in ("Anna", "anna_secret", str(anna.phone.id)))
    assert await stages(town) == ["contact"]


async def test_twenty_nine_is_marked_urgent(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    anna = await town.youth("anna")
    await asks_for_contact(anna, age="29")
    assert "30. dzimšanas dienai" in liene.sees(f"{P}.contact.new").text
    anna.reads_rest()


async def test_an_open_case_is_not_doubled_and_the_young_person_hears_that_it_stands(town: Town) -> None:
    anna, _, _ = await with_mentor(town)
    await asks_again(anna)
    anna.sees(f"{Y}.contact.stands")
    assert await stages(town) == ["profiling"]
    anna.reads_rest()


async def test_without_a_lead_the_coordinators_are_told_and_with_nobody_the_truth_is(town: Town) -> None:
    andrejs = await town.staff("andrejs", Role.ADMIN, None)
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    anna.sees(f"{Y}.contact.nobody_yet")
    andrejs.sees(f"{P}.contact.for_admins")
    dace = await town.staff("dace", Role.COORDINATOR, None)
    danylo = await town.youth("danylo")
    await asks_for_contact(danylo)
    danylo.sees(f"{Y}.contact.with_coordinators")
    dace.sees(f"{P}.contact.new")
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    emma = await town.youth("emma")
    await asks_for_contact(emma)
    kaspars.sees(f"{P}.contact.new")
    dace.sees_nothing()
    read_all(anna, danylo, emma)


@pytest.mark.feature("G9")
async def test_silence_brings_one_reminder_after_two_working_days_then_the_coordinators_once(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    read_all(liene, anna)
    await town.live_until(START + timedelta(days=1, hours=23))
    read_all_are_silent(liene, kaspars)
    await town.live_until(START + timedelta(days=2, hours=1))
    liene.sees(f"{P}.contact.reminder")
    await town.live_until(START + timedelta(days=3, hours=3))
    kaspars.sees(f"{P}.contact.escalated")
    anna.sees(f"{Y}.contact.takes_longer")
    await town.live_until(START + timedelta(days=9))
    read_all_are_silent(liene, kaspars, anna)
    await opens_case(kaspars, town, "anna")
    assert kaspars.find_button(f"{B}.choose_mentor")


def read_all_are_silent(*people: Inhabitant) -> None:
    for one in people:
        one.sees_nothing()


async def escalates(town: Town, lead: Inhabitant, youth: Inhabitant) -> None:
    """A contact that its lead does not answer, not even after the reminder."""
    await asks_for_contact(youth)
    read_all(lead, youth)
    await town.live_until(START + timedelta(days=2, hours=1))
    lead.sees(f"{P}.contact.reminder")
    await town.live_until(START + timedelta(days=3, hours=3))


async def test_where_nobody_stands_above_the_leads_they_are_asked_once_more_and_nothing_untrue_is_said(
    town: Town,
) -> None:
    liene = await town.staff("liene", Role.LEAD)
    anna = await town.youth("anna")
    await escalates(town, liene, anna)
    liene.sees(f"{P}.contact.asked_again")
    anna.sees(f"{Y}.contact.still_open")
    await town.live_until(START + timedelta(days=9), step=timedelta(hours=6))
    read_all_are_silent(liene, anna)


async def test_where_no_coordinator_stands_above_the_leads_the_admins_are_asked(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    andrejs = await town.staff("andrejs", Role.ADMIN, None)
    anna = await town.youth("anna")
    await escalates(town, liene, anna)
    andrejs.sees(f"{P}.contact.for_admins")
    anna.sees(f"{Y}.contact.still_open")
    liene.sees_nothing()


async def test_a_lead_or_coordinator_who_joins_learns_how_many_wait(town: Town) -> None:
    andrejs = await town.staff("andrejs", Role.ADMIN, None)
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    read_all(anna, andrejs)
    for number, (name, role, place, told) in enumerate(
        (
            ("liene", Role.LEAD, OGRE, True),
            ("laura", Role.LEAD, "LV-041", False),
            ("dace", Role.COORDINATOR, None, True),
            ("marta", Role.MENTOR, OGRE, False),
        )
    ):
        one = town.newcomer(name)
        await one.says(f"/start {await invitation(town, f'token-{number}', Grant(role, place))}")
        if told:
            assert "1" in one.sees(f"{P}.some_wait").text
        one.does_not_see(f"{P}.some_wait")
        read_all(one, andrejs)


async def invitation(town: Town, token: str, grant: Grant) -> str:
    """What the link of a fresh invitation starts the bot with."""
    admin = await town.person("andrejs")
    async with town.open_database() as database, database.write() as db:
        await staff_store.create(db, hash_of(token), grant, admin.id, town.clock.now())
    return f"{PAYLOAD_PREFIX}{token}"


async def test_a_reminder_waits_for_a_working_day(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    anna = await town.youth("anna")
    await town.move_to(START + timedelta(days=3, hours=12))  # Thursday, 22:00
    await asks_for_contact(anna)
    read_all(anna)
    await town.live_until(START + timedelta(days=4, hours=0))
    liene.sees(f"{P}.contact.new")
    await town.live_until(START + timedelta(days=7, hours=22))  # Tuesday, 08:00
    liene.sees_nothing()
    await town.live_until(START + timedelta(days=8))
    liene.sees(f"{P}.contact.reminder")


async def test_a_case_without_a_municipality_is_given_one_and_its_lead_told(town: Town) -> None:
    dace = await town.staff("dace", Role.COORDINATOR, None)
    liene = await town.staff("liene", Role.LEAD)
    anna = await town.youth("anna")
    await anna.taps("screening.youth.button.begin")
    for question, code in (("age", "18_28"), ("status", "neither"), ("nva", "no"), ("region", "unsure")):
        await anna.taps(f"screening.youth.button.{question}.{code}")
    for question, code in (("mood", "skip"), ("wish", "work"), ("contact", "yes")):
        await anna.taps(f"screening.youth.button.{question}.{code}")
    anna.reads_rest()
    dace.sees(f"{P}.contact.new")
    await dace.taps(f"{B}.choose_place")
    await dace.taps("directory.any.place.lv_067")
    dace.sees(f"{P}.placed")
    liene.sees(f"{P}.contact.placed")
    assert liene.find_button(f"{B}.choose_mentor")


# --- the mentor -------------------------------------------------------------------------------------------------


@pytest.mark.feature("E3")
async def test_the_first_assignment_wins_and_everybody_learns_it_in_their_own_language(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    second = await town.staff("laura", Role.LEAD)
    oksana = await town.staff("oksana", Role.MENTOR)
    await town.staff("marta", Role.MENTOR)
    danylo = await town.youth("danylo")
    await asks_for_contact(danylo)
    liene.sees(f"{P}.contact.new")
    second.sees(f"{P}.contact.new")
    await second.taps(f"{B}.choose_mentor")
    second.reads_rest()
    await liene.taps(f"{B}.choose_mentor")
    assert [label for label in liene.buttons if "·" in label] == ["Oksana · 0 no 6 · uk", "Marta · 0 no 6 · lv"]
    await liene.taps_label("Oksana")
    assert "Oksana" in danylo.sees(f"{Y}.assigned").text
    oksana.sees(f"{P}.assigned_to_you")
    second.sees(f"{P}.taken")
    await second.taps_label("Marta")
    second.sees(f"{P}.case")
    second.does_not_see(f"{P}.already_has_mentor")
    assert await stages(town) == ["profiling"]
    read_all(liene, danylo)


@pytest.mark.feature("E3")
async def test_who_loses_the_race_in_the_same_moment_reads_it_in_one_message(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    second = await town.staff("laura", Role.LEAD)
    marta = await town.staff("marta", Role.MENTOR)
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    for lead in (liene, second):
        await lead.taps(f"{B}.choose_mentor")
        lead.reads_rest()
    for lead in (liene, second):
        message = lead.phone.messages[-1]
        data = next(one.data for one in message.buttons if one.data and "·" in one.text)
        await lead.phone.press(message.id, data)
    await town.settle()
    second.sees(f"{P}.already_has_mentor")
    second.sees_nothing()
    read_all(liene, marta, anna)


@pytest.mark.feature("E3")
async def test_a_mentor_with_six_young_people_is_marked_full_and_refused(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    marta = await town.staff("marta", Role.MENTOR)
    await fill(town, "marta", town.settings.most_cases)
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    await liene.taps(f"{B}.choose_mentor")
    assert liene.find_button(f"{B}.full_mentor")
    await liene.taps_label("Marta")
    liene.sees(f"{P}.mentor_full")
    marta.sees_nothing()
    anna.reads_rest()


async def fill(town: Town, mentor: str, number: int) -> None:
    """Give a mentor that many open cases."""
    mentor_id = (await town.person(mentor)).id
    for count in range(number):
        await town.youth(f"{'x' * (count + 1)}")
        youth_id = (await town.person("x" * (count + 1))).id
        async with town.open_database() as database, database.write() as db:
            await db.execute(
                cases.insert().values(
                    youth_id=youth_id,
                    mentor_id=mentor_id,
                    municipality="LV-067",
                    stage="programme",
                    stage_at=START,
                    screening_outcome="likely",
                    age_band="18_28",
                    opened_at=START,
                )
            )


async def test_a_lead_who_is_also_a_mentor_takes_the_case_with_one_tap(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    await town.staff("liene", Role.MENTOR)
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    await liene.taps(f"{B}.assign_me")
    anna.sees(f"{Y}.assigned")
    assert liene.find_button(f"{B}.meet")
    read_all(liene)


async def test_a_meeting_is_proposed_in_the_mentors_words_and_answered_with_one_tap(town: Town) -> None:
    anna, marta, _ = await with_mentor(town)
    await marta.taps(f"{B}.meet")
    marta.sees(f"{P}.meeting_question")
    await marta.says("x" * 4000)
    marta.sees(f"{P}.meeting_too_long")
    await marta.says("Otrdien 15.00, <jauniešu> centrā")
    marta.sees(f"{P}.meeting_sent")
    assert "<jauniešu> centrā" in anna.sees(f"{Y}.meeting").text
    await anna.taps(f"{Y}.button.meeting_other")
    anna.sees(f"{Y}.meeting_other")
    marta.sees(f"{P}.meeting_other")
    assert not await town.rows("SELECT * FROM outbox WHERE facts LIKE '%centr%'")


async def invites(mentor: Inhabitant, town: Town, words: str) -> None:
    """The mentor writes where and when."""
    await opens_case(mentor, town, "anna")
    await mentor.taps(f"{B}.meet")
    await mentor.says(words)
    mentor.reads_rest()


@pytest.mark.parametrize(("first", "second"), [("suits", "other"), ("other", "suits")])
async def test_a_second_answer_to_an_invitation_changes_nothing_and_hears_what_stands(
    town: Town, first: str, second: str
) -> None:
    anna, marta, _ = await with_mentor(town)
    await invites(marta, town, "Otrdien 15.00")
    await anna.taps(f"{Y}.button.meeting_{first}")
    anna.sees(f"{Y}.meeting_{first}")
    marta.sees(f"{P}.meeting_{first}")
    for again in (first, second):
        await anna.taps(f"{Y}.button.meeting_{again}")
        anna.sees(f"{Y}.meeting_stands.{first}")
    marta.sees_nothing()
    assert await town.rows("SELECT 1 FROM cases WHERE meeting_answer = :first", first=first)


async def test_only_the_latest_invitation_can_be_answered(town: Town) -> None:
    anna, marta, _ = await with_mentor(town)
    await invites(marta, town, "Otrdien 15.00")
    older, button = anna.find_button(f"{Y}.button.meeting_suits")
    await invites(marta, town, "Labāk trešdien 15.00")
    anna.reads_rest()
    await anna.taps_old(older.id, button[1])
    anna.sees(f"{Y}.meeting_older")
    marta.sees_nothing()
    await anna.taps(f"{Y}.button.meeting_suits")
    anna.sees(f"{Y}.meeting_suits")
    marta.sees(f"{P}.meeting_suits")
    await anna.taps_old(older.id, button[1])
    anna.sees(f"{Y}.meeting_stands.suits")
    marta.sees_nothing()


# --- somebody would like to talk --------------------------------------------------------------------------------


async def wants_to_talk(person: Inhabitant) -> None:
    await person.says("/menu")
    await person.taps("screening.youth.button.talk")


@pytest.mark.parametrize("name", sooner("emma", NAMES))
async def test_who_wants_to_talk_to_a_person_reaches_the_mentor_once_an_hour(town: Town, name: str) -> None:
    young, marta, liene = await with_mentor(town, name)
    for _ in range(2):
        await wants_to_talk(young)
        assert "Marta" in young.sees(f"{Y}.talk_told").text
    assert (await town.person(name)).code_name in marta.sees(f"{P}.wants_talk").text
    read_all_are_silent(marta, liene)
    await town.live_until(START + timedelta(hours=2))
    await wants_to_talk(young)
    young.sees(f"{Y}.talk_told")
    marta.sees(f"{P}.wants_talk")
    assert await stages(town) == ["profiling"]


async def test_without_a_mentor_the_leads_hear_it_and_can_choose_one(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    read_all(anna, liene)
    await wants_to_talk(anna)
    anna.sees(f"{Y}.talk_told_team")
    liene.sees(f"{P}.wants_talk")
    assert liene.find_button(f"{B}.choose_mentor")


async def test_a_mentor_who_blocked_the_bot_is_not_said_to_have_been_told(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await marta.phone.block()
    await town.settle()
    liene.reads_rest()
    await wants_to_talk(anna)
    anna.sees(f"{Y}.talk_told_team")
    liene.sees(f"{P}.wants_talk")


async def test_where_nobody_can_be_told_the_truth_is_said(town: Town) -> None:
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    anna.reads_rest()
    await wants_to_talk(anna)
    anna.sees(f"{Y}.talk_nobody")
    andrejs = await town.staff("andrejs", Role.ADMIN, None)
    await town.live_until(START + timedelta(hours=2))
    await wants_to_talk(anna)
    anna.sees(f"{Y}.talk_nobody")
    andrejs.sees(f"{P}.contact.for_admins")


# --- the programme ----------------------------------------------------------------------------------------------


@pytest.mark.feature("F4", "G1")
async def test_the_lead_records_the_decision_step_by_step_and_every_check_in_stands_as_a_row(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await joins(liene, town, "anna")
    liene.sees(f"{P}.began")
    assert "katru nedēļu, otrdienā plkst. 10:00" in anna.sees(f"{Y}.began").text
    marta.sees(f"{P}.began")
    kept = await town.rows("SELECT stage, starts_on, ends_on, rhythm, weekday, hour FROM cases")
    assert [tuple(row) for row in kept] == [("programme", "2026-03-02", "2026-06-01", "weekly", 1, "10:00")]
    assert (await town.rows("SELECT count(*) FROM checkins WHERE state = 'planned'"))[0][0] == 13


async def test_going_back_takes_back_one_choice(town: Town) -> None:
    _, _, liene = await with_mentor(town)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.joins")
    await liene.taps(f"{B}.four_rules_hold")
    await liene.taps(f"{B}.start_monday")
    liene.sees(f"{P}.begin.months")
    await liene.taps_label("9 ")
    liene.sees(f"{P}.begin.cadence")
    await liene.taps(f"{B}.back")
    liene.sees(f"{P}.begin.months")
    await liene.taps(f"{B}.back")
    liene.sees(f"{P}.begin.start")
    await liene.taps(f"{B}.back_to_case")
    liene.sees(f"{P}.case")


async def test_a_typed_start_is_understood_and_anything_else_is_asked_again(town: Town) -> None:
    _, _, liene = await with_mentor(town)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.joins")
    await liene.taps(f"{B}.four_rules_hold")
    liene.sees(f"{P}.begin.start")
    for words in ("rīt", "31.02.", "01.01.", "1" * 4000):
        await liene.says(words)
        liene.sees(f"{P}.begin.start_unclear")
    await liene.says("9.3.")
    liene.sees(f"{P}.begin.months")


async def test_a_mentor_proposes_and_only_the_lead_confirms(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    case = await only_case(town)
    whole = Begin(case, START.date(), 3, Cadence.WEEKLY, 1, 10, sure=True)
    await marta.forges(whole.pack())
    marta.sees(f"{P}.begin.plan_to_propose")
    assert await stages(town) == ["profiling"]
    await marta.taps(f"{B}.propose_plan")
    marta.sees(f"{P}.begin.sent_to_lead")
    assert "Marta" in liene.sees(f"{P}.begin.proposed").text
    await liene.taps(f"{B}.confirm_plan")
    await liene.taps(f"{B}.four_rules_hold")
    liene.sees(f"{P}.begin.plan")
    await liene.taps(f"{B}.confirm_plan")
    liene.sees(f"{P}.began")
    marta.sees(f"{P}.began")
    anna.sees(f"{Y}.began")


async def test_a_proposal_reaches_every_lead_and_stays_on_their_lists_until_one_decides(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    laura = await town.staff("laura", Role.LEAD)
    case = await only_case(town)
    await marta.forges(Propose(case, START.date(), 3, Cadence.WEEKLY, 1, 10).pack())
    for lead in (liene, laura):
        lead.sees(f"{P}.begin.proposed")
        await lead.says("/today")
        lead.sees(f"{T}.heading.proposals")
    await laura.taps(f"{T}.button.proposal")
    await laura.taps(f"{B}.four_rules_hold")
    laura.sees(f"{P}.begin.plan")
    await laura.taps(f"{B}.confirm_plan")
    for lead in (liene, laura):
        lead.reads_rest()
        await lead.says("/today")
        lead.does_not_see(f"{T}.heading.proposals")
    assert await stages(town) == ["programme"]
    read_all(anna, marta, liene, laura)


async def test_confirming_twice_plans_once(town: Town) -> None:
    _, _, liene = await in_programme(town)
    whole = Begin(await only_case(town), START.date(), 9, Cadence.MONTHLY, 2, 12, sure=True)
    await liene.forges(whole.pack())
    liene.sees(f"{P}.case")
    assert (await town.rows("SELECT count(*) FROM checkins"))[0][0] == 13


async def test_choices_outside_the_limits_start_the_questions_anew(town: Town) -> None:
    _, _, liene = await with_mentor(town)
    outside = Begin(await only_case(town), START.date(), 3, Cadence.WEEKLY, 6, 10, sure=True)
    await liene.forges(outside.pack())
    await liene.taps(f"{B}.four_rules_hold")
    await liene.forges(outside.pack())
    liene.sees(f"{P}.begin.start")
    assert await stages(town) == ["profiling"]


# --- how it ends ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sooner("anna", NAMES))
async def test_not_now_leaves_the_young_person_a_way_back(town: Town, name: str) -> None:
    young, marta, liene = await with_mentor(town, name)
    await opens_case(liene, town, name)
    await liene.taps(f"{B}.not_now")
    await liene.taps("programme.any.reason.own_wish")
    liene.sees(f"{P}.end.sure")
    assert await stages(town) == ["profiling"]
    await liene.taps(f"{B}.end_it")
    liene.sees(f"{P}.end.done")
    assert "/start" in young.sees(f"{Y}.not_now").text
    marta.sees(f"{P}.end.told")
    await asks_again(young)
    young.sees(f"{Y}.contact.with_leads")
    liene.sees(f"{P}.contact.new")
    assert await stages(town) == ["not_now", "contact"]
    young.reads_rest()


async def test_going_elsewhere_says_where(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.elsewhere")
    await liene.taps("programme.any.outcome.job")
    await liene.taps(f"{B}.end_it")
    anna.sees(f"{Y}.elsewhere.job")
    assert await town.rows("SELECT 1 FROM cases WHERE stage = 'elsewhere' AND outcome = 'job'")
    read_all(marta, liene)


@pytest.mark.feature("G13")
async def test_closing_records_what_came_of_it_and_stops_every_check_in(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.close")
    await liene.taps(f"{B}.outcomes.learning")
    await liene.taps("programme.any.outcome.training_nonformal")
    await liene.taps(f"{B}.end_it")
    anna.sees(f"{Y}.closed")
    read_all(marta, liene)
    await town.live_until(START + timedelta(days=9), step=timedelta(hours=6))
    read_all_are_silent(anna, marta, liene)
    assert await town.rows("SELECT 1 FROM cases WHERE stage = 'closed' AND outcome = 'training_nonformal'")
    assert not await town.rows("SELECT 1 FROM checkins WHERE state <> 'cancelled'")


async def test_a_programme_past_its_end_is_announced_asked_about_once_more_and_leaves_no_old_check_ins(
    town: Town,
) -> None:
    anna, marta, liene = await in_programme(town)  # 2 March to 1 June, a Monday
    await town.move_to(datetime(2026, 4, 30, 8, 0, tzinfo=UTC))
    read_all(anna, marta, liene)
    await town.live_until(datetime(2026, 5, 5, 6, 0, tzinfo=UTC))  # 1 May is a holiday, and so is 4 May
    marta.sees(f"{P}.period.nears.others")
    liene.sees(f"{P}.period.nears.lead")
    anna.sees(f"{Y}.ending.nears")
    await town.move_to(datetime(2026, 6, 2, 5, 30, tzinfo=UTC))
    read_all(marta, liene)
    await town.live_until(datetime(2026, 6, 2, 6, 0, tzinfo=UTC))
    liene.sees(f"{P}.period.passed.lead")
    marta.sees(f"{P}.period.passed.others")
    assert liene.find_button(f"{B}.close")
    await liene.says("/today")
    liene.sees(f"{T}.heading.ended")
    await marta.says("/today")
    marta.sees(f"{T}.heading.overdue")
    await town.live_until(datetime(2026, 6, 4, 6, 0, tzinfo=UTC))
    liene.sees(f"{P}.period.still_open.lead")
    marta.sees(f"{P}.period.still_open.others")
    await marta.says("/today")
    marta.sees(f"{T}.nothing_today")
    await town.live_until(datetime(2026, 6, 12, 6, 0, tzinfo=UTC), step=timedelta(hours=6))
    read_all_are_silent(marta, liene)
    await liene.says("/today")
    await liene.taps(f"{T}.button.ended")
    await liene.taps(f"{B}.close")
    await liene.taps(f"{B}.outcomes.work")
    await liene.taps("programme.any.outcome.job")
    await liene.taps(f"{B}.end_it")
    await liene.says("/today")
    liene.sees(f"{T}.nothing_today")
    read_all(anna, marta)


async def test_a_programme_closed_in_time_is_not_asked_about(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await liene.forges(End(await only_case(town), Stage.CLOSED, Outcome.JOB, sure=True).pack())
    read_all(anna, marta, liene)
    for moment in (datetime(2026, 5, 5, 8, 0, tzinfo=UTC), datetime(2026, 6, 2, 8, 0, tzinfo=UTC)):
        await town.move_to(moment)
    for one in (marta, liene):
        for occasion in ("nears.lead", "nears.others", "passed.lead", "passed.others"):
            one.does_not_see(f"{P}.period.{occasion}")
    anna.sees_nothing()
    read_all(marta, liene)


async def test_an_ending_that_does_not_belong_to_the_stage_changes_nothing(town: Town) -> None:
    _, _, liene = await with_mentor(town)
    case = await only_case(town)
    for ending in (
        End(case, Stage.CLOSED, Outcome.JOB, sure=True),
        End(case, Stage.ELSEWHERE, None, sure=True),
        End(case, Stage.ELSEWHERE, Outcome.MOVED_AWAY, sure=True),
        End(case, Stage.PROGRAMME, sure=True),
    ):
        await liene.forges(ending.pack())
        liene.reads_rest()
    assert await stages(town) == ["profiling"]


# --- nobody sees what is not theirs -----------------------------------------------------------------------------


async def test_a_forged_button_gets_the_same_words_for_not_yours_and_not_there(town: Town) -> None:
    anna, _, liene = await with_mentor(town)
    case = await only_case(town)
    stranger = await town.staff("laura", Role.LEAD, "LV-041")
    other = await town.staff("oksana", Role.MENTOR)
    oksana = (await town.person("oksana")).id
    whole = Begin(case, START.date(), 3, Cadence.WEEKLY, 1, 10, sure=True)
    said = set()
    for person, action in (
        (stranger, OpenCase(case)),
        (stranger, OpenCase(999)),
        (stranger, whole),
        (stranger, Assign(case, oksana)),
        (stranger, End(case, Stage.NOT_NOW, sure=True)),
    ):
        await person.forges(action.pack())
        said.add(person.sees("people.staff.not_available").text)
    for action in (OpenCase(case), whole):
        await other.forges(action.pack())
        other.sees("people.staff.not_available")
    await anna.forges(OpenCase(case).pack())
    anna.sees("people.youth.not_available")
    assert len(said) == 1
    assert await stages(town) == ["profiling"]
    liene.sees_nothing()


async def test_who_leaves_is_only_said_to_have_left(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    code_name = (await town.person("anna")).code_name
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    anna.reads_rest()
    assert code_name in marta.sees(f"{P}.youth_left").text
    liene.sees(f"{P}.youth_left")
    assert await stages(town) == []


async def test_a_young_person_who_blocks_the_bot_is_not_waited_for_in_vain(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await anna.phone.block()
    await town.settle()
    marta.sees(f"{P}.youth_unreachable")
    liene.sees(f"{P}.youth_unreachable")
    await anna.phone.unblock()
    await town.settle()
    marta.sees(f"{P}.youth_back")
    read_all_are_silent(marta, liene)
    anna.reads_rest()


async def test_when_a_mentor_blocks_the_bot_the_leads_learn_it_and_how_many_it_touches(town: Town) -> None:
    _, marta, liene = await with_mentor(town)
    laura = await town.staff("laura", Role.LEAD)
    await marta.phone.block()
    await town.settle()
    for lead in (liene, laura):
        shown = lead.sees(f"{P}.mentor_unreachable").text
        assert "Marta" in shown
        assert "1" in shown
    read_all_are_silent(liene, laura)


async def test_the_list_shows_new_contacts_first_and_pages(town: Town) -> None:
    _, marta, liene = await with_mentor(town)
    await fill(town, "marta", 9)
    danylo = await town.youth("danylo")
    await asks_for_contact(danylo)
    read_all(danylo, liene)
    await liene.says("/cases")
    shown = liene.sees(f"{P}.cases").text
    assert shown.splitlines()[2].startswith((await town.person("danylo")).code_name)
    await liene.taps(f"{B}.later")
    liene.sees(f"{P}.cases")
    await liene.taps(f"{B}.earlier")
    liene.sees(f"{P}.cases")
    await marta.says("/cases")
    assert (await town.person("danylo")).code_name not in marta.sees(f"{P}.cases").text


@pytest.mark.parametrize("language", list(Language))
async def test_the_card_reads_well_in_every_language(town: Town, language: Language) -> None:
    liene = await town.staff("lead", Role.LEAD, language=language)
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    liene.sees(f"{P}.contact.new")
    await liene.taps(f"{B}.open_case")
    liene.sees(f"{P}.case")
    anna.reads_rest()


# --- short programmes, and the same plan once more ---------------------------------------------------------------


@pytest.mark.feature("F4")
@pytest.mark.parametrize(
    ("months", "announced"),
    [(1, datetime(2026, 3, 23, 7, tzinfo=UTC)), (2, datetime(2026, 4, 13, 6, tzinfo=UTC))],
)
async def test_the_end_of_a_short_programme_is_spoken_of_when_two_thirds_are_over(
    town: Town, months: int, announced: datetime
) -> None:
    anna, marta, liene = await with_mentor(town)
    whole = Begin(await only_case(town), START.date(), months, Cadence.MONTHLY, 1, 10, sure=True)
    await liene.forges(whole.pack())
    await liene.taps(f"{B}.four_rules_hold")
    await liene.forges(whole.pack())
    await town.move_to(announced - timedelta(minutes=1))
    read_all(anna, marta, liene)
    await town.move_to(announced)
    anna.sees(f"{Y}.ending.nears_soon")
    marta.sees(f"{P}.period.nears_soon.others")
    liene.sees(f"{P}.period.nears_soon.lead")
    assert liene.find_button(f"{B}.ending")
    read_all(anna, marta, liene)
    await town.tick()
    for one in (anna, marta, liene):
        one.sees_nothing()


async def test_a_plan_that_was_laid_changed_and_laid_again_reaches_the_lead_each_time_it_changes(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    case = await only_case(town)
    weekly, monthly = (Propose(case, START.date(), 3, cadence, 1, 10) for cadence in (Cadence.WEEKLY, Cadence.MONTHLY))
    for plan in (weekly, monthly, weekly):
        await marta.forges(plan.pack())
        liene.sees(f"{P}.begin.proposed")
        await marta.forges(plan.pack())  # pressed twice
        liene.sees_nothing()
        marta.reads_rest()
    anna.sees_nothing()


async def test_the_page_of_a_running_programme_fits_on_a_telephone(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    person = await town.person("liene")
    async with town.open_database() as database, database.write() as db:
        role = "INSERT INTO grants (person_id, role, municipality, granted_at) VALUES (?, 'mentor', 'LV-067', 0)"
        await db.exec_driver_sql(role, (person.id,))
        await db.exec_driver_sql("UPDATE cases SET mentor_id = ?", (person.id,))
    await opens_case(liene, town, "anna")
    rows = liene.phone.messages[-1].keyboard
    assert len(rows) <= 11
    read_all(anna, marta, liene)

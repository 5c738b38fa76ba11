"""Consents one by one: given, seen, taken back at once; a notice that changed; and a parent's yes to the programme."""

import pytest

from bot.people import notice
from bot.people.rules import Purpose
from bot.roles import Role
from bot.settings import Settings
from tests.chats.casework import asks_for_contact, in_programme, opens_case, read_all
from tests.chats.events_talk import OGRE, sends, writes
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

Y = "people.youth"
B = "people.youth.button"


async def standing(town: Town, name: str) -> list[str]:
    rows = await town.rows(
        "SELECT DISTINCT purpose FROM consents WHERE person_id = :one AND withdrawn_at IS NULL ORDER BY purpose",
        one=(await town.person(name)).id,
    )
    return [row.purpose for row in rows]


async def opens_consents(person: Inhabitant) -> str:
    person.reads_rest()
    await person.says("/privacy")
    person.sees(f"{Y}.privacy")
    await person.taps(f"{B}.consents")
    return person.sees(f"{Y}.consents").text


# --- one by one -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("C1", "C2")
async def test_each_purpose_is_agreed_to_where_it_begins_and_kept_with_text_language_and_time(town: Town) -> None:
    danylo = await town.youth("danylo")
    await asks_for_contact(danylo)
    danylo.reads_rest()
    await danylo.taps(f"{B}.give_events")
    danylo.sees(f"{Y}.given_events")
    rows = await town.rows("SELECT purpose, version, language, given_at, withdrawn_at FROM consents ORDER BY id")
    version = notice.version(town.settings)
    assert [tuple(row)[:3] for row in rows] == [
        (purpose, version, "uk") for purpose in ("screening", "contact", "events")
    ]
    assert all(row.given_at > 0 and row.withdrawn_at is None for row in rows)
    given = await town.rows("SELECT actor_id, subject_id FROM audit WHERE action LIKE 'consent.%'")
    mine = (await town.person("danylo")).id
    assert {tuple(row) for row in given} == {(mine, mine)}


@pytest.mark.feature("C2", "C3")
async def test_all_that_can_be_agreed_to_is_on_one_page_with_what_it_means(town: Town) -> None:
    anna, *_ = await in_programme(town)
    page = await opens_consents(anna)
    for purpose in ("screening", "contact", "programme", "events", "pictures"):
        assert anna.words(f"{Y}.consent.{purpose}").replace("<b>", "").replace("</b>", "") in page
    assert page.count("✓") == 3
    assert page.count("–") == 2
    await anna.taps(f"{B}.about_pictures")
    anna.sees(f"{Y}.about_pictures")
    await anna.taps(f"{B}.give_pictures")
    anna.sees(f"{Y}.given_pictures")
    await anna.taps(f"{B}.consents")
    assert anna.sees(f"{Y}.consents").text.count("✓") == 4


@pytest.mark.feature("C3")
async def test_what_was_taken_back_can_be_given_again(town: Town) -> None:
    anna = await town.youth("anna")
    await opens_consents(anna)
    await anna.taps(f"{B}.give_events")
    await anna.taps(f"{B}.consents")
    await anna.taps(f"{B}.withdraw_events")
    anna.sees(f"{Y}.withdrawn_events")
    assert await standing(town, "anna") == []
    await anna.taps(f"{B}.give_events")
    anna.reads_rest()
    assert await standing(town, "anna") == ["events"]


@pytest.mark.feature("C3")
async def test_leaving_the_programme_ends_the_plan_at_once_and_says_so(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await opens_consents(anna)
    await anna.taps(f"{B}.withdraw_programme")
    anna.sees(f"{Y}.withdraw_programme_ask")
    await anna.taps(f"{B}.withdraw_programme")
    anna.sees(f"{Y}.withdrawn_programme")
    for staff in (marta, liene):
        staff.sees("programme.staff.youth_withdrew")
    assert [row.stage for row in await town.rows("SELECT stage FROM cases")] == ["closed"]
    assert await town.rows("SELECT id FROM checkins WHERE next_at IS NOT NULL") == []
    assert await standing(town, "anna") == ["contact", "screening"]
    read_all(anna, marta, liene)


@pytest.mark.feature("C3")
async def test_who_may_not_be_written_to_is_in_no_programme_either(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await opens_consents(anna)
    await anna.taps(f"{B}.withdraw_contact")
    await anna.taps(f"{B}.withdraw_contact")
    anna.sees(f"{Y}.withdrawn_contact")
    assert await standing(town, "anna") == ["screening"]
    read_all(anna, marta, liene)


@pytest.mark.feature("C3")
async def test_without_the_consent_to_be_asked_no_answers_are_kept(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/start ogre")
    await anna.taps("screening.youth.button.begin")
    await anna.taps("screening.youth.button.age.18_28")
    await opens_consents(anna)
    await anna.taps(f"{B}.withdraw_screening")
    anna.sees(f"{Y}.withdraw_screening_ask")
    await anna.taps(f"{B}.withdraw_screening")
    anna.sees(f"{Y}.withdrawn_screening")
    assert await town.rows("SELECT id FROM screenings") == []
    anna.reads_rest()


@pytest.mark.feature("C2", "C3")
async def test_invitations_go_to_those_who_want_them_and_a_waiting_one_stops(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    anna, emma = await town.youth("anna"), await town.youth("emma")
    for one in (anna, emma):
        await asks_for_contact(one)
        one.reads_rest()
    await emma.taps(f"{B}.give_events")
    emma.reads_rest()
    kaspars.reads_rest()
    town.clock.move_to(town.clock.now().replace(hour=21))
    await writes(kaspars)
    await sends(kaspars)
    rows = await town.rows("SELECT person_id FROM outbox WHERE batch LIKE 'event:%' AND state = 'waiting'")
    assert [row.person_id for row in rows] == [(await town.person("emma")).id]
    await opens_consents(emma)
    await emma.taps(f"{B}.withdraw_events")
    emma.sees(f"{Y}.withdrawn_events")
    await town.move_to(town.later(hours=14))
    emma.sees_nothing()
    read_all(anna, emma, kaspars)


@pytest.mark.feature("C3", "X32")
@pytest.mark.parametrize("purpose", [Purpose.CONTACT, Purpose.PROGRAMME, Purpose.GUARDIAN_MET, Purpose.SCREENING])
async def test_a_forged_button_gives_nothing_that_is_given_elsewhere(town: Town, purpose: Purpose) -> None:
    anna = await town.youth("anna")
    await anna.forges(f"people.give:{purpose.value}")
    anna.sees(f"{Y}.not_available")
    assert await standing(town, "anna") == []


# --- the notice -----------------------------------------------------------------------------------------------------


def with_settings(town: Town, **changed: int) -> None:
    town.settings = town.settings.model_copy(update=changed)


@pytest.mark.feature("C9")
async def test_the_notice_tells_the_terms_that_the_job_follows(town: Town) -> None:
    anna = await town.youth("anna")
    with_settings(town, keep_cases_days=77)
    await anna.says("/privacy")
    assert "77" in anna.sees(f"{Y}.privacy").text
    await anna.taps("people.any.button.terms")
    told = anna.sees("people.any.terms").text
    assert "77" in told
    assert str(Settings().keep_audit_days) in told


@pytest.mark.feature("O11")
async def test_a_changed_term_is_asked_about_once_whatever_restarts_and_fine_holds(town: Town) -> None:
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    anna.reads_rest()
    before = notice.version(town.settings)
    with_settings(town, keep_cases_days=77)
    await town.move_to(town.later(hours=5))
    asked = anna.sees(f"{Y}.notice_changed")
    assert anna.words("people.any.section.terms") in asked.text
    assert anna.words("people.any.section.who") not in asked.text
    await town.move_to(town.later(hours=7))
    anna.sees_nothing()
    assert {row.version for row in await town.rows("SELECT version FROM consents WHERE withdrawn_at IS NULL")} == {
        before
    }, "without an answer what was agreed to holds for what it was"
    await anna.taps(f"{B}.notice_fine")
    anna.sees(f"{Y}.notice_is_fine")
    kept = await town.rows("SELECT purpose FROM consents WHERE version = :now", now=notice.version(town.settings))
    assert {row.purpose for row in kept} == {"screening", "contact"}
    await town.move_to(town.later(hours=30))
    anna.sees_nothing()
    with_settings(town, keep_cases_days=78)
    await town.move_to(town.later(hours=16))
    anna.sees(f"{Y}.notice_changed")


@pytest.mark.feature("O11")
async def test_who_may_not_be_written_to_is_asked_at_the_next_visit_and_once(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.says("/start ogre")
    await anna.taps("screening.youth.button.begin")
    anna.reads_rest()
    with_settings(town, keep_traces_days=3)
    await town.move_to(town.later(hours=7))
    anna.sees_nothing()
    await anna.says("/menu")
    anna.sees(f"{Y}.notice_changed")
    await anna.says("/menu")
    anna.does_not_see(f"{Y}.notice_changed")
    anna.reads_rest()


@pytest.mark.feature("O11")
async def test_at_night_nobody_is_asked_and_a_newcomer_never(town: Town) -> None:
    anna, emma = await town.youth("anna"), await town.youth("emma")
    await asks_for_contact(anna)
    anna.reads_rest()
    with_settings(town, keep_cases_days=77)
    await town.move_to(town.clock.now().replace(hour=22))
    anna.sees_nothing()
    await asks_for_contact(emma)
    read_all(emma)
    await town.move_to(town.later(hours=11))
    anna.sees(f"{Y}.notice_changed")
    emma.does_not_see(f"{Y}.notice_changed")
    read_all(emma)


@pytest.mark.feature("O11", "C3")
async def test_stop_everything_does(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    with_settings(town, keep_cases_days=77)
    await town.move_to(town.later(hours=7))
    anna.sees(f"{Y}.notice_changed")
    await anna.taps(f"{B}.notice_show")
    anna.sees(f"{Y}.privacy")
    await anna.taps(f"{B}.notice_stop")
    anna.sees(f"{Y}.stop_all_ask")
    await anna.taps(f"{B}.notice_stop")
    anna.sees(f"{Y}.all_stopped")
    assert await standing(town, "anna") == []
    assert [row.stage for row in await town.rows("SELECT stage FROM cases")] == ["closed"]
    assert await town.rows("SELECT id FROM screenings") == []
    read_all(anna, marta, liene)


# --- somebody under age ---------------------------------------------------------------------------------------------


@pytest.mark.feature("C7")
async def test_under_age_nothing_begins_without_a_guardians_yes_that_a_person_records(town: Town) -> None:
    liene, marta = await town.staff("liene", Role.LEAD), await town.staff("marta", Role.MENTOR)
    anna = await town.youth("anna")
    await asks_for_contact(anna, age="15_17")
    await liene.taps("programme.staff.button.choose_mentor")
    await liene.taps_label("Marta")
    read_all(anna, marta, liene)
    before = len(anna.phone.messages)
    await opens_case(liene, town, "anna")
    await liene.taps("programme.staff.button.joins")
    await liene.taps("programme.staff.button.four_rules_hold")
    liene.sees("programme.staff.begin.guardian")
    await liene.taps("programme.staff.button.guardian.not_yet")
    assert [row.stage for row in await town.rows("SELECT stage FROM cases")] == ["profiling"]
    assert len(anna.phone.messages) == before, "nothing of it goes through the young person's chat"
    liene.reads_rest()
    await _joins_with(liene, town, "paper")
    anna.sees("programme.youth.began")
    assert await standing(town, "anna") == ["contact", "guardian_paper", "programme", "screening"]
    recorded = await town.rows("SELECT actor_id FROM audit WHERE action = 'consent.guardian_paper'")
    assert [row.actor_id for row in recorded] == [(await town.person("liene")).id]
    assert anna.words(f"{Y}.consent.guardian_paper")[3:20] in await opens_consents(anna)
    read_all(anna, marta, liene)


async def _joins_with(lead: Inhabitant, town: Town, how: str, *, is_checked: bool = True) -> None:
    """With `is_checked` the lead has been through the four rules before."""
    await opens_case(lead, town, "anna")
    checks = () if is_checked else ("four_rules_hold",)
    for step in ("joins", *checks, f"guardian.{how}", "start_today"):
        await lead.taps(f"programme.staff.button.{step}")
    await lead.taps_label("3 ")
    await lead.taps("programme.staff.button.cadence.weekly")
    await lead.taps("programme.staff.button.weekday.1")
    await lead.taps_label("10:00")
    await lead.taps("programme.staff.button.confirm_plan")


@pytest.mark.feature("C7")
async def test_a_mentors_plan_for_somebody_under_age_waits_for_the_yes_too(town: Town) -> None:
    liene, marta = await town.staff("liene", Role.LEAD), await town.staff("marta", Role.MENTOR)
    anna = await town.youth("anna")
    await asks_for_contact(anna, age="15_17")
    await liene.taps("programme.staff.button.choose_mentor")
    await liene.taps_label("Marta")
    read_all(anna, marta, liene)
    await opens_case(marta, town, "anna")
    for step in ("propose_joining", "start_today"):
        await marta.taps(f"programme.staff.button.{step}")
    await marta.taps_label("3 ")
    await marta.taps("programme.staff.button.cadence.weekly")
    await marta.taps("programme.staff.button.weekday.1")
    await marta.taps_label("10:00")
    await marta.taps("programme.staff.button.propose_plan")
    liene.sees("programme.staff.begin.proposed")
    await liene.taps("programme.staff.button.confirm_plan")
    await liene.taps("programme.staff.button.four_rules_hold")
    liene.sees("programme.staff.begin.guardian")
    assert [row.stage for row in await town.rows("SELECT stage FROM cases")] == ["profiling"]
    await liene.taps("programme.staff.button.guardian.met")
    liene.sees("programme.staff.begin.plan")
    await liene.taps("programme.staff.button.confirm_plan")
    assert await standing(town, "anna") == ["contact", "guardian_met", "programme", "screening"]
    read_all(anna, marta, liene)


@pytest.mark.feature("C7")
async def test_who_has_come_of_age_meanwhile_needs_nobodys_yes(town: Town) -> None:
    liene, marta = await town.staff("liene", Role.LEAD), await town.staff("marta", Role.MENTOR)
    anna = await town.youth("anna")
    await asks_for_contact(anna, age="15_17")
    await liene.taps("programme.staff.button.choose_mentor")
    await liene.taps_label("Marta")
    await _joins_with(liene, town, "adult", is_checked=False)
    assert await standing(town, "anna") == ["contact", "programme", "screening"]
    assert [row.age_band for row in await town.rows("SELECT age_band FROM cases")] == ["18_28"]
    read_all(anna, marta, liene)

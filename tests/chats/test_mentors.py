"""Who becomes a mentor and why, who stands in while they are away, and one person who is lead and mentor at once."""

import pytest

from bot.programme.afterwards.reopening import Comeback
from bot.programme.mentors.screens_mentors import ChooseDeputy, NameDeputy
from bot.programme.rules import Outcome, Stage
from bot.programme.screens import End, OpenCase, Reopen
from bot.roles import Role
from bot.storage.tables import checkins
from tests.chats.casework import B, P, asks_for_contact, opens_case, read_all
from tests.chats.mentoring import case_of, guided
from tests.town.town import START, Town

Y = "programme.youth"
FORBIDDEN = "people.staff.not_available"


@pytest.mark.feature("E3", "S4.3")
async def test_the_lead_reads_why_somebody_is_on_top_and_one_person_counts_once(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    marta = await town.staff("marta", Role.MENTOR)
    await town.staff("marta", Role.MENTOR, "LV-026")
    oksana = await town.staff("oksana", Role.MENTOR, None)
    here = await guided(town, "marta", ["emma"], stage="paused")
    there = await guided(town, "marta", ["juris"], place="LV-026")
    danylo = await town.youth("danylo")
    await asks_for_contact(danylo)
    await liene.taps(f"{B}.choose_mentor")
    assert [label for label in liene.buttons if "·" in label] == ["Oksana · 0 no 6 · uk", "Marta · 2 no 6 · lv"]
    text = liene.phone.messages[-1].text
    for part in (
        liene.words(f"{P}.fit.load", load=2, most=6),
        liene.words(f"{P}.fit.paused", number=1),
        liene.words(f"{P}.fit.place"),
        liene.words(f"{P}.fit.country"),
    ):
        assert part in text
    read_all(liene, marta, oksana, danylo, *here, *there)


@pytest.mark.feature("E3")
async def test_how_many_one_may_guide_is_a_setting(town: Town) -> None:
    town.settings = town.settings.model_copy(update={"most_cases": 1})
    liene = await town.staff("liene", Role.LEAD)
    marta = await town.staff("marta", Role.MENTOR)
    emma = await guided(town, "marta", ["emma"], stage="aftercare")
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    await liene.taps(f"{B}.choose_mentor")
    await liene.taps_label("Marta")
    liene.sees(f"{P}.mentor_full")
    read_all(liene, marta, anna, *emma)


# --- a deputy -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("E3")
async def test_a_mentor_names_a_deputy_before_a_holiday_and_everybody_is_told(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR)
    oksana = await town.staff("oksana", Role.MENTOR)
    (anna,) = await guided(town, "marta", ["anna"])
    case, name = await case_of(town, "anna"), (await town.person("anna")).code_name
    await oksana.forges(OpenCase(case).pack())
    oksana.sees(FORBIDDEN)
    await opens_case(marta, town, "anna")
    await marta.taps(f"{B}.deputy")
    marta.sees(f"{P}.choose_deputy")
    await marta.taps_label("Oksana")
    assert "Oksana" in marta.sees(f"{P}.line.deputy").text
    oksana.sees(f"{P}.you_stand_in")
    told = anna.sees(f"{Y}.deputy").text
    assert "Oksana" in told
    assert "Marta" in told
    await oksana.says("/cases")
    assert oksana.words("programme.any.standing_in", code_name=name) in oksana.sees(f"{P}.cases").text
    await oksana.forges(OpenCase(case).pack())
    oksana.sees(f"{P}.case")
    await marta.taps(f"{B}.deputy")
    await marta.taps(f"{B}.end_deputy")
    marta.reads_rest()
    oksana.sees(f"{P}.deputy_over")
    anna.sees(f"{Y}.deputy_over")
    await oksana.forges(OpenCase(case).pack())
    oksana.sees(FORBIDDEN)
    await oksana.says("/cases")
    oksana.sees(f"{P}.no_cases")


@pytest.mark.feature("E3")
async def test_the_list_of_the_day_of_a_deputy_marks_whom_they_stand_in_for(town: Town) -> None:
    marta = await town.staff("marta", Role.MENTOR)
    oksana = await town.staff("oksana", Role.MENTOR)
    (anna,) = await guided(town, "marta", ["anna"])
    case, name = await case_of(town, "anna"), (await town.person("anna")).code_name
    row = {"number": 1, "planned_on": START.date(), "due_at": START.replace(hour=12), "state": "planned"}
    async with town.open_database() as database, database.write() as db:
        await db.execute(checkins.insert().values(case_id=case, next_at=row["due_at"], **row))
    await marta.forges(NameDeputy(case, (await town.person("oksana")).id).pack())
    read_all(marta, oksana, anna)
    await oksana.says("/today")
    assert oksana.words("programme.any.standing_in", code_name=name) in oksana.sees("checkins.staff.today").text
    await marta.says("/today")
    assert marta.words("programme.any.standing_in", code_name=name) not in marta.sees("checkins.staff.today").text


@pytest.mark.feature("E3")
async def test_only_the_mentor_and_the_lead_name_a_deputy_and_only_a_mentor_of_the_place_can_be_one(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    marta = await town.staff("marta", Role.MENTOR)
    oksana = await town.staff("oksana", Role.MENTOR)
    far = await town.staff("dace", Role.MENTOR, "LV-026")
    (anna,) = await guided(town, "marta", ["anna"])
    case = await case_of(town, "anna")
    await oksana.forges(NameDeputy(case, (await town.person("oksana")).id).pack())
    oksana.sees(FORBIDDEN)
    for one in ("dace", "marta", "anna"):
        await liene.forges(NameDeputy(case, (await town.person(one)).id).pack())
        liene.sees(FORBIDDEN)
    await liene.forges(NameDeputy(case, (await town.person("oksana")).id).pack())
    liene.sees(f"{P}.case")
    marta.sees(f"{P}.deputy_named")
    oksana.sees(f"{P}.you_stand_in")
    await oksana.forges(ChooseDeputy(case).pack())  # a deputy names none
    oksana.sees(FORBIDDEN)
    read_all(anna, far)


# --- one person, two roles ------------------------------------------------------------------------------------------


@pytest.mark.feature("S4.4", "S4.3")
async def test_one_person_works_as_lead_and_mentor_in_one_chat(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    await town.staff("liene", Role.MENTOR)
    assert (await town.person("liene")).roles == {Role.LEAD, Role.MENTOR}
    anna = await town.youth("anna")
    await asks_for_contact(anna)
    await liene.taps(f"{B}.assign_me")  # as the lead
    assert "Liene" in anna.sees(f"{Y}.assigned").text
    await liene.taps(f"{B}.meet")  # as the mentor
    liene.sees(f"{P}.meeting_question")
    await liene.says("Rīt 15:00 jauniešu centrā")
    anna.sees(f"{Y}.meeting")
    await opens_case(liene, town, "anna")
    for shown in ("hand_over", "deputy"):
        assert liene.find_button(f"{B}.{shown}")
    await liene.says("/today")
    read_all(liene, anna)


@pytest.mark.feature("E3")
async def test_with_the_case_standing_in_ends_too_and_does_not_begin_again_when_it_is_taken_up(town: Town) -> None:
    liene = await town.staff("liene", Role.LEAD)
    marta = await town.staff("marta", Role.MENTOR)
    oksana = await town.staff("oksana", Role.MENTOR)
    (anna,) = await guided(town, "marta", ["anna"])
    case = await case_of(town, "anna")
    await marta.forges(NameDeputy(case, (await town.person("oksana")).id).pack())
    await liene.forges(End(case, Stage.CLOSED, Outcome.JOB, sure=True).pack())
    read_all(liene, marta, oksana, anna)
    await oksana.forges(OpenCase(case).pack())
    oksana.sees(FORBIDDEN)
    await liene.forges(Reopen(case, Comeback.CHANGED).pack())
    read_all(liene, marta, anna)
    await oksana.forges(OpenCase(case).pack())
    oksana.sees(FORBIDDEN)

"""Whom a referral may go to: people of the team and services of the directory in one list, each with the reasons."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from bot.referrals.actions import AddNote, ChooseReceiver
from bot.referrals.referral import Kind
from bot.roles import Role
from bot.storage.tables import locations, organizations, referrals, service_at_location, services
from tests.chats.referrals_talk import S, case_of, cast, code_name
from tests.town.town import START, Town

WHY = "directory.staff.why"
DESK = "desk@example.org"


async def listed(town: Town, **values: object) -> int:
    """A service of a youth centre in Ogre, whose desk reads letters unless told otherwise."""
    async with town.open_database() as database, database.write() as db:
        whose = {"name": "Jauniešu centrs", "kind": "youth_centre", "municipality": "LV-067", "changed_at": START}
        await db.execute(insert(organizations).values(id=1, code="centre", **whose))
        row = {
            "id": 1, "code": "talks", "organization_id": 1, "name": "Sarunas", "kind": "psychologist",
            "languages": ["lv", "uk"], "areas": ["LV-067"], "offers": [], "online": True, "reads": "lv",
            "email": DESK, "verified_at": START, "changed_at": START,
        }  # fmt: skip
        await db.execute(insert(services).values(**(row | values)))
        await db.execute(
            insert(locations).values(id=1, code="l", organization_id=1, name="Nams", address="Rīgas iela 1")
        )
        await db.execute(insert(service_at_location).values(service_id=1, location_id=1))
    return 1


@pytest.mark.feature("H2")
async def test_everybody_who_fits_is_offered_with_the_reasons_and_a_letter_may_be_chosen(town: Town) -> None:
    town.turn_mail_on()
    anna, marta, _ = await cast(town)
    await listed(town, capacity=3)
    await marta.says("/refer")
    await marta.taps_label(await code_name(town, "anna"))
    await marta.taps(f"{S}.button.kind_psychologist")
    told = marta.sees(f"{S}.choose_receiver").text
    assert told.index("Jauniešu centrs (Sarunas)") < told.index("Ilze")
    for reason in (
        marta.words(f"{WHY}.near_here"),
        marta.words(f"{WHY}.in_team"),
        marta.words(f"{WHY}.room_free"),
    ):
        assert reason in told
    await marta.taps(f"{S}.button.offer_by_mail")
    assert "Jauniešu centrs (Sarunas)" in marta.sees(f"{S}.add_note").text
    await marta.taps(f"{S}.button.no_note")
    anna.reads_rest()
    marta.reads_rest()
    (row,) = await town.rows("SELECT receiver_id, service_id, mail_to, receiver_name, reads FROM referrals")
    assert tuple(row) == (None, 1, DESK, "Jauniešu centrs (Sarunas)", "lv")


@pytest.mark.feature("H14")
async def test_who_is_full_is_shown_last_without_a_button(town: Town) -> None:
    _, marta, ilze = await cast(town)
    until = (START + timedelta(days=9)).date()
    await listed(town, full_until=until, receiver_id=(await town.person("ilze")).id)
    await marta.forges(ChooseReceiver(1, Kind.PSYCHOLOGIST).pack())
    told = marta.sees(f"{S}.nobody_else").text
    assert marta.words(f"{S}.full_until", receiver="Jauniešu centrs (Sarunas)", until=until) in told
    assert not any("Ilze" in label for label in marta.buttons)
    await marta.forges(AddNote(1, Kind.PSYCHOLOGIST, None, 1).pack())
    marta.does_not_see(f"{S}.add_note")
    ilze.sees_nothing()


async def test_without_mail_a_desk_that_reads_letters_is_not_offered_and_that_is_said(town: Town) -> None:
    _, marta, _ = await cast(town)
    await listed(town)
    await marta.forges(ChooseReceiver(1, Kind.PSYCHOLOGIST).pack())
    assert marta.words(f"{S}.mail_off") in marta.sees(f"{S}.choose_receiver").text
    await marta.forges(AddNote(1, Kind.PSYCHOLOGIST, None, 1).pack())
    marta.sees("people.staff.not_available")


async def test_who_answers_for_a_service_stands_there_once(town: Town) -> None:
    _, marta, _ = await cast(town)
    await listed(town, receiver_id=(await town.person("ilze")).id)
    await marta.forges(ChooseReceiver(1, Kind.PSYCHOLOGIST).pack())
    told = marta.sees(f"{S}.choose_receiver").text
    assert "Ilze" not in told
    assert "1. Jauniešu centrs" in told
    assert "2. " not in told
    await marta.taps_label("Jauniešu")
    await marta.taps(f"{S}.button.no_note")
    for one in town.people.values():
        one.reads_rest()
    (row,) = await town.rows("SELECT receiver_id, service_id, mail_to FROM referrals")
    assert tuple(row) == ((await town.person("ilze")).id, 1, None)


async def test_a_service_that_could_not_help_lately_is_not_offered_again_for_a_week(town: Town) -> None:
    town.turn_mail_on()
    await town.youth("anna")
    marta = await town.staff("marta", Role.MENTOR)
    case = await case_of(town, "anna", "marta")
    await listed(town)
    async with town.open_database() as database, database.write() as db:
        row = {"case_id": case, "kind": "psychologist", "state": "rejected", "service_id": 1, "mail_to": DESK}
        row |= {"passed_on": {}, "texts": {}, "text_hash": "x", "opened_at": START, "changed_at": START, "reads": "lv"}
        await db.execute(insert(referrals).values(**row, reminded=0))
    await marta.forges(ChooseReceiver(case, Kind.PSYCHOLOGIST).pack())
    marta.sees(f"{S}.nobody_else")
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(referrals).values(changed_at=START - timedelta(days=8)))
    await marta.forges(ChooseReceiver(case, Kind.PSYCHOLOGIST).pack())
    marta.sees(f"{S}.choose_receiver")


@pytest.mark.parametrize(
    "values",
    [
        {"areas": ["LV-DGV"], "online": False},
        {"minimum_age": 40},
        {"verified_at": None},
        {"retired_at": START},
        {"kind": "coach"},
    ],
)
async def test_a_service_that_does_not_fit_is_not_offered(town: Town, values: dict[str, object]) -> None:
    town.turn_mail_on()
    _, marta, _ = await cast(town)
    await listed(town, **values)
    await marta.forges(ChooseReceiver(1, Kind.PSYCHOLOGIST).pack())
    assert "Jauniešu centrs" not in marta.sees(f"{S}.choose_receiver").text
    await marta.forges(AddNote(1, Kind.PSYCHOLOGIST, None, 1).pack())
    marta.sees("people.staff.not_available")

"""Somebody under age: a guardian's yes where one is needed, never through their chat; and a child in danger."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.referrals.agreed.actions_consent import Override, OverrideSure, RecordGuardian
from bot.referrals.referral import State
from bot.roles import Role
from bot.storage.tables import cases
from tests.chats.referrals_talk import NOT_YOURS, S, Y, all_read, asked, asks, cast, code_name, riga, states
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

EVERY = timedelta(days=1)


async def _asked_under_age(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Anna is 15 to 17, and has been asked whether she would be referred to Ilze."""
    anna, marta, ilze = await cast(town)
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(cases).values(age_band="15_17"))
    await asks(marta, await code_name(town, "anna"))
    return anna, marta, ilze


# --- a guardian's yes ---------------------------------------------------------------------------------------------


@pytest.mark.feature("C7")
async def test_the_young_person_is_asked_first_and_the_mentor_records_the_guardians_yes(town: Town) -> None:
    anna, marta, ilze = await _asked_under_age(town)
    assert anna.words(f"{Y}.terms_guardian") in anna.sees(f"{Y}.ask").text
    await anna.taps(f"{Y}.button.agree_guardian")
    anna.sees(f"{Y}.agreed_guardian")
    ilze.sees_nothing()
    assert await states(town) == [State.DRAFT]

    marta.sees(f"{S}.sender_told.awaits_guardian")
    await marta.taps(f"{S}.button.show")
    await marta.taps(f"{S}.button.guardian")
    await marta.taps(f"{S}.button.guardian_paper")
    await marta.says("vakar vai aizvakar")
    marta.sees(f"{S}.guardian_day_unreadable")
    await marta.taps(f"{S}.button.guardian_yesterday")
    marta.sees(f"{S}.guardian_recorded")
    anna.sees(f"{Y}.told.released")
    ilze.sees(f"{S}.receiver_told.released")
    await ilze.taps(f"{S}.button.open")
    ilze.sees(f"{S}.card")
    (row,) = await town.rows("SELECT kind, form, given_on FROM guardian_consents")
    assert (row.kind, row.form, str(row.given_on)) == ("psychologist", "paper", "2026-03-01")
    all_read(anna, marta, ilze)


@pytest.mark.feature("C7")
async def test_who_does_not_want_it_known_at_home_says_no_and_nobody_is_asked(town: Town) -> None:
    anna, marta, ilze = await _asked_under_age(town)
    await anna.taps(f"{Y}.button.refuse_guardian")
    anna.sees(f"{Y}.refused_guardian")
    marta.sees(f"{S}.sender_told.refused")
    await marta.forges(RecordGuardian(1).pack())
    marta.sees(f"{S}.moved_on")
    assert await states(town) == [State.CANCELLED]
    ilze.sees_nothing()
    all_read(anna, marta)


async def test_a_yes_of_a_guardian_holds_for_the_next_referral_of_that_kind(town: Town) -> None:
    anna, marta, ilze = await _asked_under_age(town)
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql(
            "INSERT INTO guardian_consents (case_id, kind, form, given_on, recorded_at)"
            " VALUES (1, 'psychologist', 'paper', '2026-03-01', 0)"
        )
    await anna.taps(f"{Y}.button.agree_guardian")
    anna.sees(f"{Y}.agreed")
    assert await states(town) == [State.REQUESTED]
    all_read(anna, marta, ilze)


@pytest.mark.feature("H6")
async def test_a_guardian_nobody_asked_is_remembered_and_in_the_end_it_closes(town: Town) -> None:
    anna, marta, ilze = await _asked_under_age(town)
    await anna.taps(f"{Y}.button.agree_guardian")
    all_read(anna, marta)
    await town.live_until(riga(town, 3, 5), EVERY)
    marta.sees(f"{S}.sender_due.remind_of_guardian")
    await town.live_until(riga(town, 3, 20), EVERY)
    marta.sees(f"{S}.sender_due.close_no_guardian")
    anna.sees(f"{Y}.due.close_no_guardian")
    assert await states(town) == [State.CANCELLED]
    ilze.sees_nothing()


async def test_who_is_of_age_is_not_asked_about_anybody_at_home(town: Town) -> None:
    anna, marta, _ = await asked(town)
    assert anna.words(f"{Y}.terms_guardian") not in anna.sees(f"{Y}.ask").text
    await marta.taps(f"{S}.button.sent")
    marta.reads_rest()


# --- a child in danger --------------------------------------------------------------------------------------------


@pytest.mark.feature("H3")
async def test_a_child_in_danger_is_passed_on_with_a_reason_and_everybody_is_told(town: Town) -> None:
    anna, marta, ilze = await _asked_under_age(town)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    anna.reads_rest()
    await marta.taps(f"{S}.button.override")
    marta.sees(f"{S}.override_ask")
    ilze.sees_nothing()
    await marta.taps(f"{S}.button.override_sure")
    marta.sees(f"{S}.override_reason")
    await marta.says("x" * 301)
    marta.sees(f"{S}.override_reason_again")
    ilze.sees_nothing()
    await marta.says("Mājās nav droši.")
    marta.sees(f"{S}.overridden")

    told = kaspars.sees(f"{S}.told_of_override").text
    assert "Mājās nav droši." in told
    assert "Marta" in told
    to_anna = anna.sees(f"{Y}.told.overridden").text
    (row,) = await town.rows("SELECT texts, override_reason, text_hash FROM referrals")
    assert "Ilze" in to_anna
    assert "Marta" in to_anna
    assert "Mājās nav droši." not in to_anna
    assert (row.override_reason, row.text_hash) == ("Mājās nav droši.", None)
    ilze.sees(f"{S}.receiver_told.overridden")
    await ilze.taps(f"{S}.button.open")
    ilze.sees(f"{S}.card_overridden")
    noted = await town.rows("SELECT action FROM audit WHERE action = 'referral.overridden'")
    assert len(noted) == 1
    assert len(await town.rows("SELECT id FROM accesses WHERE what = 'override'")) == 1
    all_read(anna, marta, ilze)


@pytest.mark.feature("H3")
async def test_nobody_of_age_is_passed_on_without_their_yes(town: Town) -> None:
    anna, marta, ilze = await asked(town)
    await marta.forges(Override(1).pack())
    marta.sees(NOT_YOURS)
    await marta.forges(OverrideSure(1).pack())
    marta.sees(NOT_YOURS)
    assert await states(town) == [State.DRAFT]
    ilze.sees_nothing()
    all_read(anna)


async def test_the_way_to_report_the_danger_stands_beside_it(town: Town) -> None:
    anna, marta, _ = await _asked_under_age(town)
    await marta.taps(f"{S}.button.override")
    await marta.taps(f"{S}.button.report")
    marta.sees("safety.staff.report")
    all_read(anna, marta)

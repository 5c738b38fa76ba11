"""The report on referrals in chat and as a file: for whoever answers for a municipality, and for nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from bot.referrals.referral import Kind, State
from bot.referrals.reported.report import Count
from bot.roles import Role
from bot.storage.tables import cases, referral_sessions, referral_states, referrals
from tests.chats.referrals_met import put
from tests.chats.referrals_talk import S, cast
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town

R = f"{S}.report"


async def gone_by(town: Town, how_many: int, *, without_mentor: bool = False) -> None:
    """So many referrals to Ilze that were opened after a day, taken after two, and took place, a fortnight ago."""
    for _ in range(how_many):
        added = await put(town, "ilze", Kind.PSYCHOLOGIST, without_mentor=without_mentor)
        asked_at = START - timedelta(days=14)
        history = [
            (State.REQUESTED, "agreed", asked_at),
            (State.RECEIVED, "received", asked_at + timedelta(days=1)),
            (State.ACCEPTED, "accepted", asked_at + timedelta(days=2)),
            (State.ACCEPTED, "introduced", asked_at + timedelta(days=2)),
            (State.IN_PROGRESS, "appointed", asked_at + timedelta(days=3)),
        ]
        async with town.open_database() as database, database.write() as db:
            for state, change, at in history:
                row = {"referral_id": added.id, "state": state.value, "change": change, "at": at}
                await db.execute(insert(referral_states).values(row))
            said = {"provider_said": "helped", "youth_said": "did_not"}
            begun = asked_at + timedelta(days=4)
            await db.execute(insert(referral_sessions).values(referral_id=added.id, number=1, at=begun, **said))
            await db.execute(update(referrals).values(next_at=None))


async def with_lead(town: Town) -> Inhabitant:
    await cast(town)
    return await town.staff("liene", Role.LEAD)


@pytest.mark.feature("H13", "S1.9")
async def test_a_lead_reads_how_a_partner_answers_and_gets_the_table(town: Town) -> None:
    liene = await with_lead(town)
    await gone_by(town, 6)
    await liene.says("/referral_report")
    said = liene.sees(f"{R}.report")
    for words in ("Ilze", "pieņemts 5–9", "nav pieņemts 0–4", "līdz atvēršanai 1,0", "notika tikai pēc saņēmēja"):
        assert words in said.text
    assert "jaunietis: notika" not in said.text
    await liene.taps(f"{S}.button.report_all")
    liene.sees(f"{R}.report")
    await liene.taps(f"{S}.button.report_file")
    liene.sees(f"{R}.making")
    await town.settle()
    file = liene.sees(f"{R}.ready").attachment
    assert file is not None
    table = file.content.decode("utf-8-sig").splitlines()
    assert '"Ilze";"psihologs";"pieņemts";5;9;""' in table
    assert len([line for line in table if line.startswith('"Ilze"')]) == len(Count) + 3


@pytest.mark.feature("H13")
async def test_where_few_were_asked_nothing_is_shown_of_anybody(town: Town) -> None:
    liene = await with_lead(town)
    await gone_by(town, 4)
    await liene.says("/referral_report")
    assert "Ilze" not in liene.sees(f"{R}.nothing").text


@pytest.mark.feature("H13", "X35")
async def test_a_coordinator_elsewhere_sees_none_of_it_and_the_whole_country_all(town: Town) -> None:
    await cast(town)
    await gone_by(town, 6)
    elsewhere = await town.staff("kaspars", Role.COORDINATOR, "LV-041")
    await elsewhere.says("/referral_report")
    elsewhere.sees(f"{R}.nothing")
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await dace.says("/referral_report")
    dace.sees(f"{R}.report")


@pytest.mark.feature("H13")
async def test_what_was_asked_for_apart_from_a_mentor_is_not_in_that_mentors_report_though_they_lead(
    town: Town,
) -> None:
    liene = await with_lead(town)
    await gone_by(town, 6, without_mentor=True)
    await liene.says("/referral_report")
    liene.sees(f"{R}.report")
    await town.staff("liene", Role.MENTOR)
    mentor_id = (await town.person("liene")).id
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(cases).values(mentor_id=mentor_id))
    await liene.says("/referral_report")
    liene.sees(f"{R}.nothing")


@pytest.mark.feature("H13", "X34")
async def test_the_report_is_not_for_a_mentor_or_a_specialist(town: Town) -> None:
    _, marta, ilze = await cast(town)
    for one in (marta, ilze):
        await one.says("/referral_report")
        one.sees("people.staff.no_such_command")

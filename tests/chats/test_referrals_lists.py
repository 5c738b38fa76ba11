"""The lists: what waits for a receiver and in which order, and what was closed in the last month, for every side."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.referrals import lists
from bot.referrals.actions import Open
from bot.referrals.referral import Decline, Kind, Referral, Said, State
from bot.roles import Role
from bot.storage.tables import grants
from tests.chats.referrals_met import put
from tests.chats.referrals_talk import NOT_YOURS, S, Y, cast, code_name, requested
from tests.rules.referral_cast import MONDAY, OTHER, PROPOSED, referral
from tests.town.town import Town


@pytest.mark.feature("H6")
def test_overdue_ones_come_first_and_then_what_is_next() -> None:
    now = PROPOSED + timedelta(hours=1)
    in_order: list[Referral] = [
        referral(State.RECEIVED, reminded=1),
        referral(State.IN_PROGRESS, at=PROPOSED),
        referral(State.REQUESTED),
        referral(State.RECEIVED),
        referral(State.ACCEPTED),
        referral(State.IN_PROGRESS, at=OTHER),
        referral(State.IN_PROGRESS, at=OTHER + timedelta(days=1)),
    ]
    ranks = [lists.rank(one, now) for one in in_order]
    assert ranks == sorted(ranks)
    assert lists.rank(referral(State.REQUESTED), MONDAY) < lists.rank(referral(State.RECEIVED), MONDAY)


@pytest.mark.feature("H11")
async def test_what_was_closed_stays_a_month_on_the_lists_of_both_who_guide_and_who_were_referred(town: Town) -> None:
    anna, marta, _ = await cast(town)
    await put(town, "ilze", state=State.REJECTED, reason=Decline.NO_CAPACITY)
    await marta.says("/referrals")
    await marta.taps(f"{S}.button.closed")
    assert "noraidīts" in marta.sees(f"{S}.closed_sent").text
    await marta.taps(f"{S}.button.one_sent")
    marta.sees(f"{S}.sent_card")
    marta.find_button(f"{S}.button.choose_other")
    await anna.says("/referrals")
    assert "šoreiz nevar palīdzēt" in anna.sees(f"{Y}.mine").text
    await town.move_to(town.clock.now() + timedelta(days=31))
    await anna.says("/referrals")
    anna.sees(f"{Y}.none")
    await marta.says("/referrals")
    marta.sees(f"{S}.none_sent")


@pytest.mark.feature("L1", "H12")
async def test_a_receiver_sees_what_was_closed_and_nobodys_name(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await anna.says("/referrals")
    await anna.taps_label("Ilze")
    await anna.taps(f"{Y}.button.withdraw")
    await anna.taps(f"{Y}.button.withdraw_sure")
    for one in (anna, marta, ilze):
        one.reads_rest()
    await ilze.says("/referrals")
    await ilze.taps(f"{S}.button.closed")
    said = ilze.sees(f"{S}.closed_received").text
    assert "atcelts" in said
    assert await code_name(town, "anna") not in said


@pytest.mark.feature("L1", "X34", "S0.10")
@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.PARTNER])
async def test_a_receiver_sees_what_is_addressed_to_them_and_nothing_else(town: Town, role: Role) -> None:
    _, _, ilze = await cast(town)
    field = {"speciality": "psychologist"} if role is Role.SPECIALIST else {}
    zane = await town.staff("zane", role, **field)
    await put(town, "ilze")
    await put(town, "ilze", state=State.COMPLETED, provider_said=Said.HELPED, youth_said=Said.HELPED)
    await zane.says("/referrals")
    zane.sees(f"{S}.none_received")
    assert not any("Noslēgtie" in label for label in zane.buttons)
    for number in (1, 2):
        await zane.forges(Open(number).pack())
        zane.sees(NOT_YOURS)
    await ilze.says("/referrals")
    ilze.sees(f"{S}.received")
    ilze.find_button(f"{S}.button.closed")


@pytest.mark.feature("L1", "X36")
@pytest.mark.parametrize(("role", "kind"), [(Role.SPECIALIST, Kind.PSYCHOLOGIST), (Role.PARTNER, Kind.PARTNER)])
async def test_whose_role_is_taken_while_a_list_is_open_reads_nothing_more(town: Town, role: Role, kind: Kind) -> None:
    await cast(town)
    zane = await town.staff("zane", role, **({"speciality": kind.value} if role is Role.SPECIALIST else {}))
    await put(town, "zane", kind)
    await zane.says("/referrals")
    message = zane.sees(f"{S}.received")
    before = await town.rows("SELECT * FROM referrals")
    zane_id = (await town.person("zane")).id
    await _takes_role(town, zane_id)
    for one in message.buttons:
        await zane.taps_old(message.id, one.data or "")
        zane.does_not_see(f"{S}.card")
        zane.does_not_see(f"{S}.received")
    assert await town.rows("SELECT * FROM referrals") == before
    zane.reads_rest()


async def _takes_role(town: Town, person_id: int) -> None:
    async with town.open_database() as database, database.write() as db:
        await db.execute(delete(grants).where(grants.c.person_id == person_id))

"""A young person asks for help themselves: the mentor is asked, or, if they would rather, anybody but the mentor."""

from datetime import timedelta

import pytest

from bot.programme.mentors import store_handovers
from bot.programme.rules import Stage
from bot.referrals.actions import ChooseReceiver, ShowSent
from bot.referrals.own_request.actions_request import AskHelp, DropRequest, TalkFirst
from bot.referrals.referral import Kind
from bot.roles import Role
from tests.chats.referrals_talk import NOT_YOURS, S, Y, all_read, case_of, cast, code_name, riga, states
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

EVERY = timedelta(days=1)

PSYCHOLOGIST = f"{Y}.button.kind_psychologist"


async def _asks(young: Inhabitant, *, apart: bool) -> None:
    await young.says("/referrals")
    await young.taps(f"{Y}.button.ask_for")
    await young.taps(PSYCHOLOGIST)
    await young.taps(f"{Y}.button.{'without' if apart else 'with'}_mentor")


@pytest.mark.feature("H11")
async def test_a_request_reaches_the_mentor_and_one_button_begins_the_referral(town: Town) -> None:
    anna, marta, ilze = await cast(town)
    await _asks(anna, apart=False)
    anna.sees(f"{Y}.ask_sent")
    marta.sees(f"{S}.request.asked")
    await marta.says("/referrals")
    assert await code_name(town, "anna") in marta.sees(f"{S}.sent").text
    await marta.taps(f"{S}.button.one_request")
    marta.sees(f"{S}.choose_receiver")
    await marta.taps_label("Ilze")
    await marta.taps(f"{S}.button.no_note")
    anna.sees(f"{Y}.ask")
    (row,) = await town.rows("SELECT state, next_at FROM referral_requests")
    assert (row.state, row.next_at) == ("referred", None)
    (referral,) = await town.rows("SELECT without_mentor FROM referrals")
    assert not referral.without_mentor
    all_read(anna, marta, ilze)


async def test_one_request_of_a_kind_stands_at_a_time_and_it_can_be_taken_back(town: Town) -> None:
    anna, marta, _ = await cast(town)
    await _asks(anna, apart=False)
    await anna.forges(AskHelp(Kind.PSYCHOLOGIST, apart=False).pack())
    anna.sees(f"{Y}.ask_stands")
    await anna.says("/referrals")
    anna.sees(f"{Y}.mine")
    await anna.taps(f"{Y}.button.drop_request")
    anna.sees(f"{Y}.request_dropped")
    marta.sees(f"{S}.request.dropped")
    assert [row.state for row in await town.rows("SELECT state FROM referral_requests")] == ["dropped"]
    await marta.taps(f"{S}.button.talk_first")
    marta.sees(f"{S}.request_moved_on")


async def test_the_mentor_may_want_to_talk_about_it_first(town: Town) -> None:
    anna, marta, _ = await cast(town)
    await _asks(anna, apart=False)
    await marta.taps(f"{S}.button.talk_first")
    marta.sees(f"{S}.request_talk")
    assert "Marta" in anna.sees(f"{Y}.request.talk").text


@pytest.mark.feature("H6")
async def test_a_request_nobody_answers_reaches_the_leads_and_the_young_person_is_told(town: Town) -> None:
    anna, marta, _ = await cast(town)
    liene = await town.staff("liene", Role.LEAD)
    await _asks(anna, apart=False)
    all_read(anna, marta)
    await town.live_until(riga(town, 3, 5), EVERY)
    marta.sees(f"{S}.request.remind")
    liene.sees_nothing()
    await town.live_until(riga(town, 3, 7), EVERY)
    marta.sees(f"{S}.request.tell_next")
    liene.sees(f"{S}.request.tell_next")
    anna.sees(f"{Y}.request.tell_next")
    await town.live_until(riga(town, 3, 18), EVERY)
    anna.sees(f"{Y}.request.close")
    assert [row.state for row in await town.rows("SELECT state FROM referral_requests")] == ["unanswered"]
    all_read(marta, liene)


# --- rather without the mentor ------------------------------------------------------------------------------------


@pytest.mark.feature("X35")
async def test_what_is_asked_for_apart_is_nowhere_the_mentors_to_see(town: Town) -> None:
    anna, marta, ilze = await cast(town)
    liene = await town.staff("liene", Role.LEAD)
    await _asks(anna, apart=True)
    anna.sees(f"{Y}.ask_sent_apart")
    liene.sees(f"{S}.request.apart_asked")
    await liene.taps(f"{S}.button.request")
    await liene.taps_label("Ilze")
    await liene.says("Zīme-4711")
    anna.sees(f"{Y}.ask")
    await anna.taps(f"{Y}.button.agree")
    liene.sees(f"{S}.sender_told.agreed")
    await ilze.taps(f"{S}.button.open")
    (row,) = await town.rows("SELECT without_mentor FROM referrals")
    assert row.without_mentor

    for said in ("/referrals", "/cases", "/today", "/digest"):
        await marta.says(said)
    for what in (ShowSent(1), TalkFirst(1), DropRequest(1)):
        await marta.forges(what.pack())
        marta.sees(NOT_YOURS)
    await marta.says("/cases")
    await marta.taps_label(await code_name(town, "anna"))
    seen = "\n".join(message.text for message in marta.phone.messages)
    assert "Zīme-4711" not in seen
    assert "Ilze" not in seen
    async with town.open_database() as database, database.read() as db:
        assert (await store_handovers.along(db, 1)).referrals == 0
    all_read(anna, marta, liene, ilze)


@pytest.mark.feature("X35")
async def test_the_mentors_own_referral_to_the_same_receiver_betrays_nothing(town: Town) -> None:
    anna, marta, ilze = await cast(town)
    liene = await town.staff("liene", Role.LEAD)
    await _asks(anna, apart=True)
    await liene.taps(f"{S}.button.request")
    await liene.taps_label("Ilze")
    await liene.taps(f"{S}.button.no_note")
    await marta.forges(ChooseReceiver(1, Kind.PSYCHOLOGIST).pack())
    await marta.taps_label("Ilze")
    await marta.taps(f"{S}.button.no_note")
    marta.sees(f"{S}.asked")
    assert [row.without_mentor for row in await town.rows("SELECT without_mentor FROM referrals ORDER BY id")] == [1, 0]
    all_read(anna, marta, liene, ilze)


@pytest.mark.feature("X35")
async def test_where_the_mentor_is_the_only_lead_the_coordinator_decides(town: Town) -> None:
    anna, marta, ilze = await cast(town)
    await town.staff("marta", Role.LEAD)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await _asks(anna, apart=True)
    marta.sees_nothing()
    kaspars.sees(f"{S}.request.apart_asked")
    await kaspars.taps(f"{S}.button.request")
    await kaspars.taps_label("Ilze")
    await kaspars.taps(f"{S}.button.no_note")
    kaspars.sees(f"{S}.asked")
    await anna.taps(f"{Y}.button.agree")
    kaspars.sees(f"{S}.sender_told.agreed")
    await town.live_until(riga(town, 3, 25), EVERY)
    assert "Ilze" not in "\n".join(message.text for message in marta.phone.messages)
    all_read(anna, marta, ilze, kaspars)


async def test_who_coordinates_refers_nobody_who_did_not_ask_for_it(town: Town) -> None:
    await cast(town)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await kaspars.forges(ChooseReceiver(1, Kind.PSYCHOLOGIST).pack())
    kaspars.sees(NOT_YOURS)


# --- who has nobody to ask ----------------------------------------------------------------------------------------


async def test_whoever_finds_nobody_to_refer_to_can_still_answer(town: Town) -> None:
    anna, marta, ilze = await cast(town)
    await anna.forges(AskHelp(Kind.COACH, apart=False).pack())
    anna.sees(f"{Y}.ask_sent")
    await marta.taps(f"{S}.button.request")
    marta.sees(f"{S}.no_receiver")
    await marta.taps(f"{S}.button.talk_first")
    marta.sees(f"{S}.request_talk")
    anna.sees(f"{Y}.request.talk")
    all_read(anna, marta, ilze)


@pytest.mark.parametrize(
    ("stage", "key"),
    [(None, "ask_nobody_yet"), (Stage.CONTACT, "ask_contacted"), (Stage.AFTERCARE, "ask_resting")],
)
async def test_who_has_nobody_to_ask_here_reads_what_to_do(town: Town, stage: Stage | None, key: str) -> None:
    anna = await town.youth("anna")
    await town.staff("marta", Role.MENTOR)
    if stage is not None:
        await case_of(town, "anna", "marta", stage)
    await anna.says("/referrals")
    ways_on = (f"{Y}.button.ask_for", "people.any.button.menu", "people.youth.button.help")
    assert anna.buttons == [anna.words(one) for one in ways_on], "each of them once"
    await anna.taps(f"{Y}.button.ask_for")
    anna.sees(f"{Y}.{key}")
    assert await states(town) == []

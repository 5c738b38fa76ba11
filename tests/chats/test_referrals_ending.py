"""A referral taken back, ended with its case, pressed twice, forged: one effect, and nobody sees what is not theirs."""

from datetime import datetime

import pytest

from bot.programme.rules import CaseEnded
from bot.referrals import due, rules, store
from bot.referrals.actions import Accept, Agree, CallOff, DeclineFor, Open, Propose, TakeBack, WithdrawMine
from bot.referrals.referral import Decline, PassedOn, Referral, Side, State
from bot.referrals.rules import Moved
from bot.referrals.times import Hour
from bot.roles import Role
from bot.turn import Tick
from tests.chats.referrals_talk import S, Y, all_read, appointed, asked, code_name, requested, states
from tests.town.town import Town

# --- taking back ------------------------------------------------------------------------------------------------


@pytest.mark.feature("H12")
async def test_withdrawn_by_the_young_person_the_receiver_reads_nothing_any_more(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await anna.says("/referrals")
    await anna.taps_label("Ilze")
    anna.sees(f"{Y}.card")
    await anna.taps(f"{Y}.button.withdraw")
    anna.sees(f"{Y}.withdraw_sure")
    await anna.taps(f"{Y}.button.withdraw_sure")
    anna.sees(f"{Y}.withdrawn")
    marta.sees(f"{S}.sender_told.withdrawn")
    told = ilze.sees(f"{S}.receiver_told.unopened_ended")
    await ilze.taps(f"{S}.button.open")
    closed = ilze.sees(f"{S}.received_now")
    name = await code_name(town, "anna")
    assert name not in told.text
    assert name not in closed.text


async def test_taken_back_by_the_mentor_everybody_is_told(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    await marta.taps(f"{S}.button.show")
    await marta.taps(f"{S}.button.take_back")
    marta.sees(f"{S}.take_back_sure")
    await marta.taps(f"{S}.button.take_back_sure")
    marta.sees(f"{S}.taken_back")
    anna.sees(f"{Y}.told.taken_back")
    ilze.sees(f"{S}.receiver_told.opened_ended")


async def test_when_the_case_ends_its_open_referrals_end_and_the_receiver_is_told(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    async with town.bot() as app, app.database.write() as db:
        tick = Tick(town.clock.now(), db, town.settings.zone)
        await due.end_with_case(tick, CaseEnded(1, (await _youth(tick))))
        told = sorted(message.phrase.key for message in tick.said)
    assert told == [f"{S}.receiver_told.opened_ended", f"{Y}.told.case_ended"]
    assert await states(town) == [State.CANCELLED]
    all_read(anna, marta, ilze)


async def _youth(tick: Tick) -> int:
    circle = await store.circle(tick.db, 1)
    assert circle is not None
    return circle.youth.id


async def test_when_the_young_person_leaves_the_receiver_learns_that_it_is_off(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    ilze.sees(f"{S}.receiver_told.opened_ended")
    assert await states(town) == []
    all_read(anna, marta)


# --- twice, forged, foreign -------------------------------------------------------------------------------------


async def test_every_press_a_second_time_changes_nothing(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await anna.forges(Agree(1).pack())
    anna.sees(f"{Y}.moved_on")
    await ilze.taps(f"{S}.button.open")
    await ilze.forges(Accept(1).pack())
    all_read(anna, marta, ilze)
    await ilze.forges(Accept(1).pack())
    ilze.sees(f"{S}.received_now")
    day = datetime(2026, 3, 10).date()  # noqa: DTZ001 - a local day
    await ilze.forges(Propose(1, day, Hour.TEN).pack())
    all_read(anna, marta, ilze)
    await ilze.forges(Propose(1, day, Hour.TEN).pack())
    ilze.sees(f"{S}.received_now")
    anna.sees_nothing()
    marta.sees_nothing()


@pytest.mark.feature("H12")
async def test_of_two_who_act_on_the_same_referral_one_wins(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    async with town.open_database() as database, database.write() as db:
        circle = await store.circle(db, 1)
        assert circle is not None
        before = circle.referral
        received = _after(rules.receive(before, frozenset({Side.RECEIVER}), town.clock.now()))
        withdrawn = _after(rules.withdraw(before, frozenset({Side.YOUTH}), town.clock.now()))
        assert await store.save(db, before, received)
        assert not await store.save(db, before, withdrawn)
        assert not await store.save(db, before, received)
    assert await states(town) == [State.RECEIVED]
    all_read(anna, marta, ilze)


def _after(answer: object) -> Referral:
    assert isinstance(answer, Moved)
    return answer.after


@pytest.mark.feature("X32")
async def test_what_is_not_theirs_and_what_is_not_there_sound_the_same(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    danylo = await town.youth("danylo")
    oksana = await town.staff("oksana", Role.MENTOR)
    zane = await town.staff("zane", Role.SPECIALIST, speciality="psychologist")
    for stranger, actions in (
        (danylo, (Agree, lambda number: WithdrawMine(number, sure=True))),
        (oksana, (lambda number: TakeBack(number, sure=True),)),
        (
            zane,
            (
                Open,
                Accept,
                lambda number: DeclineFor(number, Decline.OTHER),
                lambda number: CallOff(number, sure=True),
            ),
        ),
        (anna, (Open, Accept)),
    ):
        for action in actions:
            for number in (1, 999):
                await stranger.forges(action(number).pack())
                stranger.sees(f"people.{'youth' if stranger in (anna, danylo) else 'staff'}.not_available")
    assert await states(town) == [State.REQUESTED]
    all_read(anna, marta, ilze)


async def test_what_is_passed_on_holds_nothing_of_telegram(town: Town) -> None:
    anna, marta, ilze = await asked(town)
    (row,) = await town.rows("SELECT passed_on FROM referrals")
    assert str(anna.phone.id) not in row.passed_on
    assert "anna" not in row.passed_on.lower()
    assert set(PassedOn.__dataclass_fields__) == {
        "code_name",
        "age_band",
        "municipality",
        "language",
        "wish",
        "note",
        "referrer",
    }
    all_read(anna, marta, ilze)

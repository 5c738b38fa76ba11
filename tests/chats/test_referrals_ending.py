"""How a referral ends: told by both sides after two meetings, taken back, with its case; pressed twice, or forged."""

from datetime import timedelta

import pytest

from bot.calendar import in_minutes
from bot.programme.rules import CaseEnded
from bot.referrals import due, rules, store
from bot.referrals.actions import Accept, Agree, CallOff, DeclineFor, Open, ShowSent, TakeBack, WithdrawMine
from bot.referrals.appointment.actions_times import SendTimes
from bot.referrals.referral import Decline, PassedOn, Referral, Side, State
from bot.referrals.rules import Moved
from bot.roles import Role
from bot.turn import Tick
from tests.chats.referrals_met import words
from tests.chats.referrals_talk import S, Y, all_read, appointed, asked, code_name, requested, riga, states
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

# --- the whole of it --------------------------------------------------------------------------------------------


@pytest.mark.feature("O1", "H7", "H9", "H10", "H11")
async def test_from_the_introduction_over_two_meetings_to_an_end_that_the_mentor_found_out(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await ilze.taps(f"{S}.button.open")
    await ilze.taps(f"{S}.button.accept")
    all_read(anna, ilze)

    await marta.taps(f"{S}.button.introduce")
    anna.sees(f"{Y}.introduced")
    ilze.sees(f"{S}.hello")
    await marta.taps(f"{S}.button.window")
    await anna.taps(f"{Y}.button.window_yes")
    await anna.taps(f"{Y}.button.write")
    await anna.says("Vai var nākt pēc pusdienām?")
    ilze.sees(f"{S}.window_text")

    for at in (riga(town, 3, 5, "14:00"), riga(town, 3, 12, "14:00")):
        await ilze.forges(SendTimes(1, in_minutes(at)).pack())
        await anna.taps(f"{Y}.button.time")
        all_read(anna, marta, ilze)
        await town.move_to(at + timedelta(hours=2, minutes=5))
        ilze.sees(f"{S}.receiver_due.ask_outcome")
        await ilze.taps(f"{S}.button.said_helped")
        await ilze.taps(f"{S}.button.{'another' if at.day == 5 else 'last'}")
        await anna.taps(f"{Y}.button.said_{'helped' if at.day == 5 else 'did_not'}")

    marta.sees(f"{S}.sender_told.mismatch")
    await marta.taps(f"{S}.button.did_take_place")
    marta.sees(f"{S}.resolved")
    anna.sees(f"{Y}.told.completed")
    assert "notikušas 2 tikšanās" in await _last_card(marta)
    assert await states(town) == [State.COMPLETED]
    assert await words(town) == [(1, "helped", "helped"), (2, "helped", "did_not")]
    all_read(anna, marta, ilze)


async def _last_card(marta: Inhabitant) -> str:
    await marta.forges(ShowSent(1).pack())
    return marta.sees(f"{S}.sent_card").text


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
    anna.sees(f"{Y}.withdrawn_unread")
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
    anna.sees(f"{Y}.calendar_cancelled")
    ilze.sees(f"{S}.receiver_told.opened_ended")
    ilze.sees(f"{S}.calendar_cancelled")


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


# --- twice, forged, foreign -------------------------------------------------------------------------------------


async def test_every_press_a_second_time_changes_nothing(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await anna.forges(Agree(1, "0" * 12).pack())
    anna.sees(f"{Y}.moved_on")
    await ilze.taps(f"{S}.button.open")
    await ilze.forges(Accept(1).pack())
    all_read(anna, marta, ilze)
    await ilze.forges(Accept(1).pack())
    ilze.sees(f"{S}.received_now")
    times = SendTimes(1, in_minutes(riga(town, 3, 10)), in_minutes(riga(town, 3, 11)))
    await ilze.forges(times.pack())
    all_read(anna, marta, ilze)
    await ilze.forges(times.pack())
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
        (danylo, (lambda number: Agree(number, "0" * 12), lambda number: WithdrawMine(number, sure=True))),
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
    (row,) = await town.rows("SELECT passed_on, texts FROM referrals")
    for kept in (row.passed_on, row.texts):
        assert str(anna.phone.id) not in kept
        assert "anna" not in kept.lower()
    assert set(PassedOn.__dataclass_fields__) == {
        "code_name",
        "age_band",
        "municipality",
        "language",
        "wish",
        "note",
        "referrer",
        "struck",
    }
    all_read(anna, marta, ilze)

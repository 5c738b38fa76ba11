"""A referral as each side lives it: the mentor opens it, the young person agrees, somebody answers, and it closes."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert

from bot.calendar import wall
from bot.people import store as people
from bot.people.rules import Purpose
from bot.people.store import set_language
from bot.programme.rules import CaseEnded, Stage
from bot.referrals import due, rules, store
from bot.referrals.actions import Accept, Agree, AskYouth, Complete, DeclineFor, Open, Propose, TakeBack, WithdrawMine
from bot.referrals.referral import Decline, Kind, Outcome, PassedOn, Referral, Side, State
from bot.referrals.rules import Moved
from bot.referrals.times import Hour
from bot.roles import Role
from bot.storage.tables import cases
from bot.turn import Tick
from bot.words import Language
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town

S = "referrals.staff"
Y = "referrals.youth"
NOT_YOURS = "people.staff.not_available"


async def case_of(town: Town, youth: str, mentor: str, stage: Stage = Stage.PROFILING) -> int:
    """This young person's case with that mentor, as the programme would have left it."""
    youth_id, mentor_id = (await town.person(youth)).id, (await town.person(mentor)).id
    async with town.open_database() as database, database.write() as db:
        added = await db.execute(
            insert(cases)
            .values(
                youth_id=youth_id, mentor_id=mentor_id, municipality="LV-067", stage=stage.value, stage_at=START,
                screening_outcome="likely", age_band="18_28", wish="talk", opened_at=START,
            )
            .returning(cases.c.id)
        )
        await people.give_consent(db, youth_id, Purpose.CONTACT.value, "2026-11", Language.LV, START)
        return int(added.scalar_one())


async def cast(town: Town, youth: str = "anna", mentor: str = "marta") -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """A young person with a mentor, and a psychologist of their municipality."""
    young = await town.youth(youth)
    guide = await town.staff(mentor, Role.MENTOR)
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="psychologist")
    await case_of(town, youth, mentor)
    return young, guide, ilze


async def asks(mentor: Inhabitant, youth_code: str, note: str | None = None) -> None:
    """The mentor walks from the menu to the question."""
    await mentor.says("/refer")
    await mentor.taps_label(youth_code)
    await mentor.taps(f"{S}.button.kind_psychologist")
    await mentor.taps_label("Ilze")
    if note is None:
        await mentor.taps(f"{S}.button.no_note")
    else:
        await mentor.says(note)
    mentor.sees(f"{S}.asked")


async def code_name(town: Town, name: str) -> str:
    return (await town.person(name)).code_name


async def asked(town: Town, note: str | None = None) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Anna has been asked whether she would be referred to Ilze."""
    anna, marta, ilze = await cast(town)
    await asks(marta, await code_name(town, "anna"), note)
    return anna, marta, ilze


async def requested(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Anna has agreed, and Ilze has been told that there is something to open."""
    anna, marta, ilze = await asked(town)
    await anna.taps(f"{Y}.button.agree")
    _all_read(anna, marta, ilze)
    return anna, marta, ilze


async def appointed(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Anna and Ilze have agreed on Wednesday at 10:00."""
    anna, marta, ilze = await requested(town)
    await ilze.taps(f"{S}.button.open")
    await ilze.taps(f"{S}.button.accept")
    await ilze.taps(f"{S}.button.time")
    await anna.taps(f"{Y}.button.time_yes")
    _all_read(anna, marta, ilze)
    return anna, marta, ilze


def _all_read(*people: Inhabitant) -> None:
    for one in people:
        one.reads_rest()


async def states(town: Town) -> list[str]:
    return [row.state for row in await town.rows("SELECT state FROM referrals ORDER BY id")]


def riga(town: Town, month: int, day: int, clock: str = "10:00") -> datetime:
    moment = datetime.fromisoformat(f"2026-{month:02}-{day:02}T{clock}")
    return wall(moment.date(), moment.time(), town.settings.zone)


# --- the whole road ---------------------------------------------------------------------------------------------


@pytest.mark.feature("H11")
@pytest.mark.parametrize(("youth", "mentor"), [("anna", "marta"), ("danylo", "oksana"), ("emma", "marta")])
async def test_a_referral_is_walked_to_its_end_in_three_languages(town: Town, youth: str, mentor: str) -> None:
    young, guide, ilze = await cast(town, youth, mentor)
    await asks(guide, await code_name(town, youth), "Labprāt pēc pusdienām.")
    ilze.sees_nothing()

    shown = young.sees(f"{Y}.ask")
    assert "Labprāt pēc pusdienām." in shown.text
    await young.taps(f"{Y}.button.agree")
    young.sees(f"{Y}.agreed")
    guide.sees(f"{S}.sender_told.agreed")

    ilze.sees(f"{S}.receiver_told.agreed")
    await ilze.taps(f"{S}.button.open")
    assert "Labprāt pēc pusdienām." in ilze.sees(f"{S}.card").text
    young.sees(f"{Y}.told.received")
    guide.sees(f"{S}.sender_told.received")

    await ilze.taps(f"{S}.button.accept")
    ilze.sees(f"{S}.accepted")
    young.sees(f"{Y}.told.accepted")
    guide.sees(f"{S}.sender_told.accepted")

    await ilze.taps(f"{S}.button.time")
    ilze.sees(f"{S}.proposed")
    young.sees(f"{Y}.told.proposed")
    guide.sees(f"{S}.sender_told.proposed")

    await young.taps(f"{Y}.button.time_yes")
    young.sees(f"{Y}.time_agreed")
    ilze.sees(f"{S}.receiver_told.appointed")
    guide.sees(f"{S}.sender_told.appointed")

    await town.move_to(riga(town, 3, 3))
    young.sees(f"{Y}.due.appointment_near")
    ilze.sees(f"{S}.receiver_due.appointment_near")

    await town.move_to(riga(town, 3, 4, "12:00"))
    ilze.sees(f"{S}.receiver_due.ask_outcome")
    await ilze.taps(f"{S}.button.outcome_goes_on")
    ilze.sees(f"{S}.completed")
    young.sees(f"{Y}.told.goes_on")
    guide.sees(f"{S}.sender_told.completed")
    assert await states(town) == [State.COMPLETED]


@pytest.mark.feature("H3")
async def test_nothing_reaches_the_receiver_before_the_young_person_agrees(town: Town) -> None:
    _, _, ilze = await asked(town)
    (row,) = await town.rows("SELECT id, text_hash FROM referrals")
    assert row.text_hash is None
    await ilze.forges(Open(row.id).pack())
    ilze.sees(NOT_YOURS)
    await ilze.says("/referrals")
    ilze.sees(f"{S}.none_received")
    for one in town.people.values():
        one.reads_rest()


async def test_what_was_agreed_to_is_what_is_passed_on_even_if_the_case_changes(town: Town) -> None:
    anna, marta, ilze = await asked(town, "Labprāt pēc pusdienām.")
    await anna.taps(f"{Y}.button.agree")
    anna_id = (await town.person("anna")).id
    async with town.open_database() as database, database.write() as db:
        await set_language(db, anna_id, Language.UK)
    await ilze.taps(f"{S}.button.open")
    (row,) = await town.rows("SELECT passed_on, text_hash FROM referrals")
    async with town.open_database() as database, database.read() as db:
        circle = await store.circle(db, 1)
    assert circle is not None
    assert circle.referral.passed_on.digest() == row.text_hash
    assert circle.referral.passed_on.language is Language.LV
    _all_read(anna, marta, ilze)


async def test_the_young_person_may_say_no_and_nothing_is_passed_on(town: Town) -> None:
    anna, marta, ilze = await asked(town)
    anna.sees(f"{Y}.ask")
    await anna.taps(f"{Y}.button.refuse")
    anna.sees(f"{Y}.refused")
    marta.sees(f"{S}.sender_told.refused")
    ilze.sees_nothing()
    assert await states(town) == [State.CANCELLED]


async def test_the_first_lines_name_no_sensitive_service(town: Town) -> None:
    anna, marta, ilze = await asked(town)
    assert "psiholog" not in anna.sees(f"{Y}.ask").text[:80].lower()
    _all_read(marta, ilze)


# --- opening ----------------------------------------------------------------------------------------------------


async def test_receivers_of_the_young_persons_language_come_first_then_by_name(town: Town) -> None:
    await town.youth("danylo")
    marta = await town.staff("marta", Role.MENTOR)
    await town.staff("zane", Role.SPECIALIST, speciality="psychologist")
    await town.staff("ilze", Role.SPECIALIST, speciality="psychologist")
    await town.staff("oksana", Role.SPECIALIST, None, speciality="psychologist")
    await town.staff("kaspars", Role.SPECIALIST, speciality="coach")
    await town.staff("liene", Role.SPECIALIST, "LV-041", speciality="psychologist")
    await case_of(town, "danylo", "marta")
    await marta.says("/refer")
    await marta.taps_label(await code_name(town, "danylo"))
    await marta.taps(f"{S}.button.kind_psychologist")
    offered = [label.split(" · ")[0] for label in marta.buttons]
    assert offered[:-1] == ["Oksana", "Ilze", "Zane"]
    _all_read(*town.people.values())


async def test_a_kind_that_nobody_receives_leads_on(town: Town) -> None:
    _, marta, _ = await cast(town)
    await marta.says("/refer")
    await marta.taps_label(await code_name(town, "anna"))
    await marta.taps(f"{S}.button.kind_coach")
    marta.sees(f"{S}.no_receiver")
    await marta.taps(f"{S}.button.back")
    marta.sees(f"{S}.choose_kind")
    marta.reads_rest()


async def test_a_lead_may_refer_and_a_mentor_without_young_people_is_told_so(town: Town) -> None:
    anna, _, ilze = await cast(town)
    liene = await town.staff("liene", Role.LEAD)
    await asks(liene, await code_name(town, "anna"))
    anna.sees(f"{Y}.ask")
    oksana = await town.staff("oksana", Role.MENTOR)
    await oksana.says("/refer")
    oksana.sees(f"{S}.nobody_to_refer")
    ilze.sees_nothing()


async def test_a_note_that_is_too_long_is_asked_for_again(town: Town) -> None:
    anna, marta, _ = await cast(town)
    await marta.says("/refer")
    await marta.taps_label(await code_name(town, "anna"))
    await marta.taps(f"{S}.button.kind_psychologist")
    await marta.taps_label("Ilze")
    await marta.says("x" * 4096)
    marta.sees(f"{S}.note_too_long")
    assert await states(town) == []
    await marta.says("Labprāt no rīta.")
    marta.sees(f"{S}.asked")
    assert "Labprāt no rīta." in anna.sees(f"{Y}.ask").text


async def test_asking_twice_opens_one_referral(town: Town) -> None:
    anna, marta, _ = await asked(town)
    ilze = await town.person("ilze")
    await marta.forges(AskYouth(1, Kind.PSYCHOLOGIST, ilze.id).pack())
    marta.sees(f"{S}.already_open")
    assert await states(town) == [State.DRAFT]
    anna.sees(f"{Y}.ask")
    anna.sees_nothing()


@pytest.mark.parametrize("stage", [Stage.CONTACT, Stage.CLOSED])
async def test_who_has_no_mentor_yet_or_no_longer_is_not_referred(town: Town, stage: Stage) -> None:
    anna = await town.youth("anna")
    marta = await town.staff("marta", Role.MENTOR)
    await town.staff("ilze", Role.SPECIALIST, speciality="psychologist")
    case = await case_of(town, "anna", "marta", stage)
    await marta.forges(AskYouth(case, Kind.PSYCHOLOGIST, (await town.person("ilze")).id).pack())
    marta.sees(NOT_YOURS)
    assert await states(town) == []
    anna.sees_nothing()


# --- the receiver -----------------------------------------------------------------------------------------------


@pytest.mark.feature("H5")
async def test_declined_with_a_reason_the_mentor_is_offered_somebody_else(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await ilze.taps(f"{S}.button.open")
    await ilze.taps(f"{S}.button.decline")
    await ilze.taps(f"{S}.button.reason_no_capacity")
    ilze.sees(f"{S}.declined")
    anna.sees(f"{Y}.told.declined")
    marta.sees(f"{S}.sender_told.declined")
    await marta.taps(f"{S}.button.choose_other")
    marta.sees(f"{S}.choose_receiver")
    (row,) = await town.rows("SELECT state, reason FROM referrals")
    assert (row.state, row.reason) == (State.REJECTED, Decline.NO_CAPACITY)


async def test_a_typed_time_is_proposed_and_nonsense_is_asked_for_again(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await ilze.taps(f"{S}.button.open")
    await ilze.taps(f"{S}.button.propose")
    await ilze.says("nākamnedēļ")
    ilze.sees(f"{S}.time_unreadable")
    await ilze.says("02.03. 09:00")
    ilze.sees(f"{S}.time_over")
    await ilze.says("12.03. 14:30")
    ilze.sees(f"{S}.proposed")
    assert "14:30" in anna.sees(f"{Y}.told.proposed").text
    assert await states(town) == [State.ACCEPTED]
    marta.reads_rest()


async def test_the_young_person_asks_for_another_time_and_an_old_yes_does_nothing(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await ilze.taps(f"{S}.button.open")
    await ilze.taps(f"{S}.button.propose")
    await ilze.says("12.03. 14:30")
    message, (_, old_yes) = anna.find_button(f"{Y}.button.time_yes")
    await anna.taps(f"{Y}.button.time_another")
    anna.sees(f"{Y}.time_another")
    ilze.sees(f"{S}.receiver_told.another_time")
    marta.sees(f"{S}.sender_told.another_time")
    await ilze.taps(f"{S}.button.open")
    await ilze.taps(f"{S}.button.propose")
    await ilze.says("13.03. 16:00")
    anna.sees(f"{Y}.told.proposed")
    await anna.taps_old(message.id, old_yes)
    anna.sees(f"{Y}.moved_on")
    assert await states(town) == [State.ACCEPTED]
    await anna.taps(f"{Y}.button.time_yes")
    assert "16:00" in anna.sees(f"{Y}.time_agreed").text
    _all_read(marta, ilze)


async def test_the_receivers_list_shows_what_is_overdue_first(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await town.youth("danylo")
    await case_of(town, "danylo", "marta")
    await town.move_to(riga(town, 3, 4, "10:30"))
    ilze.sees(f"{S}.receiver_due.remind_receiver")
    await asks(marta, await code_name(town, "danylo"))
    await town.people["danylo"].taps(f"{Y}.button.agree")
    ilze.reads_rest()
    await ilze.says("/referrals")
    lines = ilze.sees(f"{S}.received").text.splitlines()[2:]
    assert [("kavējas" in line) for line in lines] == [True, False]
    _all_read(*town.people.values())
    anna.sees_nothing()


async def test_every_outcome_closes_it_and_is_told(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    await ilze.forges(Complete(1, Outcome.DONE).pack())
    ilze.sees(f"{S}.received_now")
    await town.move_to(riga(town, 3, 4, "12:00"))
    _all_read(anna, marta, ilze)
    await ilze.taps(f"{S}.button.outcome_did_not_happen")
    ilze.sees(f"{S}.completed")
    anna.sees(f"{Y}.told.did_not_happen")
    marta.sees(f"{S}.sender_told.completed")
    await town.live_until(riga(town, 4, 1), step=timedelta(days=1))
    assert await states(town) == [State.COMPLETED]


# --- silence ----------------------------------------------------------------------------------------------------


@pytest.mark.feature("H6")
async def test_a_receiver_who_does_not_answer_is_reminded_and_then_passed_over(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await town.live_until(riga(town, 3, 5))
    ilze.sees(f"{S}.receiver_due.remind_receiver")
    ilze.sees_nothing()
    marta.sees_nothing()
    await town.live_until(riga(town, 3, 7))
    marta.sees(f"{S}.sender_due.tell_receiver_silent")
    await marta.taps(f"{S}.button.choose_other")
    marta.sees(f"{S}.choose_receiver")
    anna.sees(f"{Y}.told.failed")
    ilze.sees(f"{S}.receiver_told.unopened_ended")
    assert await states(town) == [State.FAILED]


async def test_a_young_person_who_does_not_answer_is_asked_once_more_and_the_mentor_told(town: Town) -> None:
    anna, marta, ilze = await asked(town)
    anna.sees(f"{Y}.ask")
    await town.live_until(riga(town, 3, 20), step=timedelta(hours=6))
    anna.sees(f"{Y}.ask_again")
    anna.sees_nothing()
    marta.sees(f"{S}.sender_due.tell_youth_silent")
    ilze.sees_nothing()


async def test_after_an_outage_no_reminder_of_what_is_over_goes_out(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    await town.move_to(riga(town, 3, 10, "15:00"))
    anna.sees_nothing()
    ilze.sees(f"{S}.receiver_due.ask_outcome")
    ilze.sees_nothing()
    marta.sees_nothing()


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
    _all_read(anna, marta, ilze)


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
    _all_read(anna, marta)


# --- twice, forged, foreign -------------------------------------------------------------------------------------


async def test_every_press_a_second_time_changes_nothing(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await anna.forges(Agree(1).pack())
    anna.sees(f"{Y}.moved_on")
    await ilze.taps(f"{S}.button.open")
    await ilze.forges(Accept(1).pack())
    _all_read(anna, marta, ilze)
    await ilze.forges(Accept(1).pack())
    ilze.sees(f"{S}.received_now")
    day = datetime(2026, 3, 10).date()  # noqa: DTZ001 - a local day
    await ilze.forges(Propose(1, day, Hour.TEN).pack())
    _all_read(anna, marta, ilze)
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
    _all_read(anna, marta, ilze)


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
        (zane, (Open, Accept, lambda number: DeclineFor(number, Decline.OTHER))),
        (anna, (Open, Accept)),
    ):
        for action in actions:
            for number in (1, 999):
                await stranger.forges(action(number).pack())
                stranger.sees(f"people.{'youth' if stranger in (anna, danylo) else 'staff'}.not_available")
    assert await states(town) == [State.REQUESTED]
    _all_read(anna, marta, ilze)


async def test_what_is_passed_on_holds_nothing_of_telegram(town: Town) -> None:
    anna, marta, ilze = await asked(town)
    (row,) = await town.rows("SELECT passed_on FROM referrals")
    assert str(anna.phone.id) not in row.passed_on
    assert "anna" not in row.passed_on.lower()
    assert set(PassedOn.__dataclass_fields__) == {
        "code_name", "age_band", "municipality", "language", "wish", "note", "referrer",
    }
    _all_read(anna, marta, ilze)

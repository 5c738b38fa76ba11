"""A referral as each side lives it: the mentor opens it, the young person agrees, somebody answers, and it closes."""

from string import Formatter

import pytest

from bot.people.store import set_language
from bot.programme.rules import Stage
from bot.referrals import store
from bot.referrals.actions import AskYouth, CallOff, Mine, Open
from bot.referrals.referral import Decline, Kind, State, hash_of
from bot.roles import Role
from bot.texts import catalogue
from bot.words import Language
from tests.chats.referrals_talk import (
    NOT_YOURS,
    S,
    Y,
    all_read,
    appointed,
    asked,
    asks,
    case_of,
    cast,
    code_name,
    requested,
    riga,
    states,
)
from tests.town.inhabitant import Inhabitant
from tests.town.reading import pattern
from tests.town.town import Town

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

    await ilze.taps(f"{S}.button.time_out")
    await ilze.taps(f"{S}.button.send_times")
    ilze.sees(f"{S}.proposed")
    young.sees(f"{Y}.told.proposed")
    guide.sees(f"{S}.sender_told.proposed")

    await young.taps(f"{Y}.button.time")
    young.sees(f"{Y}.time_agreed")
    ilze.sees(f"{S}.receiver_told.appointed")
    guide.sees(f"{S}.sender_told.appointed")

    await town.move_to(riga(town, 3, 3))
    young.sees(f"{Y}.due.appointment_near")
    ilze.sees(f"{S}.receiver_due.appointment_near")

    await town.move_to(riga(town, 3, 4, "12:00"))
    ilze.sees(f"{S}.receiver_due.ask_outcome")
    young.sees(f"{Y}.due.ask_outcome")
    await ilze.taps(f"{S}.button.said_took_place")
    ilze.sees(f"{S}.ask_another")
    await ilze.taps(f"{S}.button.last")
    ilze.sees(f"{S}.said")
    await young.taps(f"{Y}.button.said_helped")
    young.sees(f"{Y}.said_completed")
    ilze.sees(f"{S}.receiver_told.completed")
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
    (row,) = await town.rows("SELECT text_hash FROM referrals")
    async with town.open_database() as database, database.read() as db:
        circle = await store.circle(db, 1)
    assert circle is not None
    assert hash_of(circle.referral.text) == row.text_hash
    assert circle.referral.passed_on.language is Language.LV
    all_read(anna, marta, ilze)


async def test_the_young_person_may_say_no_and_nothing_is_passed_on(town: Town) -> None:
    anna, marta, ilze = await asked(town)
    anna.sees(f"{Y}.ask")
    await anna.taps(f"{Y}.button.refuse")
    anna.sees(f"{Y}.refused")
    marta.sees(f"{S}.sender_told.refused")
    ilze.sees_nothing()
    assert await states(town) == [State.CANCELLED]


@pytest.mark.parametrize("language", Language)
def test_no_first_line_that_lights_up_a_phone_names_the_receiver_or_the_kind(language: Language) -> None:
    pushed = [
        key
        for key in catalogue(language).forms
        if key.startswith((f"{Y}.told.", f"{Y}.due.")) or key in (f"{Y}.ask", f"{Y}.ask_again")
    ]
    assert len(pushed) > 20
    for key in pushed:
        first = catalogue(language).forms[key][0].split("\n")[0]
        assert {name for _, name, _, _ in Formatter().parse(first) if name} <= {"referrer", "when"}, key


async def test_the_bookings_may_be_asked_for_while_they_are_shown(town: Town) -> None:
    anna, marta, ilze = await asked(town)
    await anna.says("/referrals")
    shown = anna.sees(f"{Y}.mine")
    await anna.taps_old(shown.id, Mine().pack())
    anna.sees_nothing()
    await anna.taps_label("Ilze")
    anna.sees(f"{Y}.ask")
    await anna.taps(f"{Y}.button.refuse")
    await anna.taps(f"{Y}.button.mine")
    anna.sees(f"{Y}.mine")
    all_read(marta, ilze)


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
    assert marta.buttons[:-1] == ["1. Oksana", "2. Ilze", "3. Zane"]
    all_read(*town.people.values())


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
    again = marta.sees(f"{S}.note_too_long")
    assert marta.find_button(f"{S}.button.no_note")[0].id == again.id
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
    await town.staff("zane", Role.SPECIALIST, speciality="psychologist")
    await declines(ilze)
    ilze.sees(f"{S}.declined")
    anna.sees(f"{Y}.told.declined")
    marta.sees(f"{S}.sender_told.declined")
    await marta.taps(f"{S}.button.choose_other")
    marta.sees(f"{S}.choose_receiver")
    assert marta.buttons[:-1] == ["1. Zane"]
    (row,) = await town.rows("SELECT state, reason FROM referrals")
    assert (row.state, row.reason) == (State.REJECTED, Decline.NO_CAPACITY)


async def declines(receiver: Inhabitant) -> None:
    """The receiver opens it and has no room."""
    await receiver.taps(f"{S}.button.open")
    await receiver.taps(f"{S}.button.decline")
    await receiver.taps(f"{S}.button.reason_no_capacity")


@pytest.mark.feature("H5")
async def test_where_nobody_else_is_there_the_mentor_hears_it_and_chooses_another_kind_or_goes_back(
    town: Town,
) -> None:
    anna, marta, ilze = await requested(town)
    await town.staff("kaspars", Role.SPECIALIST, speciality="coach")
    await declines(ilze)
    all_read(anna, marta, ilze)
    await marta.taps(f"{S}.button.choose_other")
    marta.sees(f"{S}.nobody_else")
    assert marta.words(f"{S}.button.kind_psychologist") not in marta.buttons
    await marta.taps(f"{S}.button.kind_coach")
    marta.sees(f"{S}.choose_receiver")
    assert marta.buttons[0] == "1. Kaspars"
    await marta.taps(f"{S}.button.back")
    await marta.taps(f"{S}.button.kind_psychologist")
    marta.sees(f"{S}.nobody_else")
    await marta.taps(f"{S}.button.back")
    marta.sees(f"{S}.choose_youth")


async def test_who_declined_one_young_person_is_offered_for_another_and_later_for_the_same(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await declines(ilze)
    await town.youth("danylo")
    await case_of(town, "danylo", "marta")
    all_read(anna, marta, ilze)
    await asks(marta, await code_name(town, "danylo"))
    await town.move_to(riga(town, 3, 10))
    all_read(*town.people.values())
    await asks(marta, await code_name(town, "anna"))
    all_read(*town.people.values())


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
    overdue = pattern(f"{S}.line.overdue", ilze.language)
    assert [bool(overdue.search(line)) for line in lines] == [True, False]
    all_read(*town.people.values())
    anna.sees_nothing()


async def test_an_appointment_that_is_over_is_asked_about_and_not_called_off(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    await town.move_to(riga(town, 3, 4, "12:00"))
    all_read(anna, marta, ilze)
    for sure in (False, True):
        await ilze.forges(CallOff(1, sure=sure).pack())
    ilze.sees(f"{S}.received_now")
    ilze.find_button(f"{S}.button.said_took_place")
    assert await states(town) == [State.IN_PROGRESS]


@pytest.mark.feature("H14")
async def test_who_declines_for_want_of_room_can_say_until_when_at_once(town: Town) -> None:
    anna, marta, ilze = await requested(town)
    await declines(ilze)
    ilze.sees(f"{S}.declined")
    await ilze.taps("directory.staff.button.fullness")
    all_read(anna, marta)
    assert ilze.reads_rest()

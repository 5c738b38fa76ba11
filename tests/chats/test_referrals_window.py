"""A warm hand-over: an introduction in one tap, and the window in which three write for a while, kept nowhere."""

from datetime import timedelta

import pytest

from bot.people import store as people
from bot.people.rules import Purpose, Unreachable, Withdrew
from bot.programme.rules import MentorChanged
from bot.referrals.referral import Meeting, State
from bot.referrals.together import chat_windows
from bot.referrals.together.actions_hand_over import AgreeToWindow, CloseWindow, Introduce, OfferWindow, WriteIntoWindow
from bot.roles import Role
from bot.turn import Tick
from tests.chats.referrals_met import put
from tests.chats.referrals_talk import S, Y, all_read, cast, code_name
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town
from tests.town.walked_once import walked_once

NOT_YOURS = "people.staff.not_available"
LATER = Meeting(at=START + timedelta(days=20))


@walked_once
async def taken(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Ilze has taken it, and an appointment stands in three weeks."""
    anna, marta, ilze = await cast(town)
    await put(town, "ilze", meeting=LATER)
    await town.settle()
    all_read(anna, marta, ilze)
    return anna, marta, ilze


@walked_once
async def opened(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """The window is open."""
    anna, marta, ilze = await taken(town)
    await marta.forges(OfferWindow(1).pack())
    await anna.taps(f"{Y}.button.window_yes")
    all_read(anna, marta, ilze)
    return anna, marta, ilze


async def writes(one: Inhabitant, text: str) -> None:
    await one.taps(f"referrals.{'staff' if one.is_staff else 'youth'}.button.write")
    await one.says(text)


async def windows(town: Town) -> list[tuple[bool, bool]]:
    """Of each: whether the young person agreed, and whether it has ended."""
    rows = await town.rows("SELECT agreed_at, ended_at FROM relays ORDER BY id")
    return [(row.agreed_at is not None, row.ended_at is not None) for row in rows]


async def kept_words(town: Town, text: str) -> int:
    """In how many tables those words stand."""
    tables = await town.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    found = 0
    for table in tables:
        rows = await town.rows(f'SELECT * FROM "{table.name}"')
        found += any(text in str(value) for row in rows for value in row)
    return found


# --- the introduction -------------------------------------------------------------------------------------------


@pytest.mark.feature("H7")
async def test_one_tap_introduces_both_and_the_receiver_is_asked_once_for_a_few_words(town: Town) -> None:
    anna, marta, ilze = await taken(town)
    await marta.says("/referrals")
    await marta.taps_label("Ilze")
    await marta.taps(f"{S}.button.introduce")
    marta.sees(f"{S}.introduced")
    met = anna.sees(f"{Y}.introduced").text
    assert anna.words(f"{Y}.does.psychologist") in met
    assert "Ilze" in met.splitlines()[0]
    hello = ilze.sees(f"{S}.hello").text
    assert await code_name(town, "anna") in hello
    await ilze.taps(f"{S}.button.about_me")
    ilze.sees(f"{S}.about_me")
    await ilze.says("Esmu Ilze, strādāju Ogrē. Pirmajā reizē iedzersim tēju.")
    ilze.sees(f"{S}.about_me_kept")
    assert "iedzersim tēju" in anna.sees(f"{Y}.about_them").text
    await marta.forges(Introduce(1).pack())
    marta.sees(f"{S}.already_introduced")
    anna.sees_nothing()


@pytest.mark.feature("H7")
async def test_words_once_written_go_with_the_next_introduction_and_can_be_changed(town: Town) -> None:
    anna, marta, ilze = await taken(town)
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql("UPDATE people SET about_me = 'Esmu Ilze.' WHERE name = 'Ilze'")
    await marta.forges(Introduce(1).pack())
    assert "Esmu Ilze." in anna.sees(f"{Y}.introduced").text
    assert ilze.words(f"{S}.hello_known") in ilze.sees(f"{S}.hello").text
    all_read(marta)


@pytest.mark.feature("H7")
async def test_words_that_are_too_long_are_asked_for_again(town: Town) -> None:
    anna, marta, ilze = await taken(town)
    await marta.forges(Introduce(1).pack())
    await ilze.taps(f"{S}.button.about_me")
    await ilze.says("ā" * 301)
    ilze.sees(f"{S}.about_me_too_long")
    await ilze.says("ā" * 300)
    ilze.sees(f"{S}.about_me_kept")
    all_read(anna, marta)


@pytest.mark.feature("H7", "X32")
async def test_nobody_is_introduced_before_it_is_taken_or_by_a_stranger(town: Town) -> None:
    anna, marta, ilze = await cast(town)
    await put(town, "ilze", state=State.REQUESTED, meeting=Meeting())
    oksana = await town.staff("oksana", Role.MENTOR)
    all_read(anna, marta, ilze)
    for forged in (Introduce(1), OfferWindow(1)):
        await marta.forges(forged.pack())
        await oksana.forges(forged.pack())
        oksana.sees(NOT_YOURS)
    marta.sees(f"{S}.not_now")
    anna.sees_nothing()
    ilze.sees_nothing()


# --- the window -------------------------------------------------------------------------------------------------


@pytest.mark.feature("H7", "J1")
async def test_three_write_to_each_other_by_the_names_they_go_by_and_nothing_is_kept(town: Town) -> None:
    anna, marta, ilze = await taken(town)
    await marta.says("/referrals")
    await marta.taps_label("Ilze")
    await marta.taps(f"{S}.button.window")
    marta.sees(f"{S}.window_offered")
    ilze.sees_nothing()
    anna.sees(f"{Y}.window_offered")
    await anna.taps(f"{Y}.button.window_yes")
    anna.sees(f"{Y}.window_open")
    for staff in (marta, ilze):
        staff.sees(f"{S}.window_opened")
    await writes(anna, "Vai varu nākt ar draugu?")
    anna.sees(f"{Y}.window_sent")
    name = await code_name(town, "anna")
    for staff in (marta, ilze):
        heard = staff.sees(f"{S}.window_text").text
        assert name in heard
        assert "Vai varu nākt ar draugu?" in heard
        assert str(anna.phone.id) not in heard
    await writes(ilze, "Protams, varat nākt abi.")
    assert "Ilze" in anna.sees(f"{Y}.window_text").text.splitlines()[0]
    marta.sees(f"{S}.window_text")
    await writes(marta, "Es arī būšu.")
    anna.sees(f"{Y}.window_text")
    ilze.sees(f"{S}.window_text")
    for text in ("Vai varu nākt ar draugu?", "Protams, varat nākt abi.", "Es arī būšu."):
        assert await kept_words(town, text) == 0
    all_read(anna, marta, ilze)


@pytest.mark.feature("H7", "J1")
async def test_whoever_has_opened_it_writes_line_after_line_and_a_press_elsewhere_ends_that(town: Town) -> None:
    anna, marta, ilze = await taken(town)
    await marta.forges(OfferWindow(1).pack())
    await anna.taps(f"{Y}.button.window_yes")
    for line in ("Labdien!", "Vai varu nākt ar draugu?"):
        await anna.says(line)
        anna.sees(f"{Y}.window_sent")
        assert line in ilze.sees(f"{S}.window_text").text
    await anna.says("/menu")
    await anna.says("Kas tas ir?")
    anna.sees("people.youth.not_understood")
    ilze.sees_nothing()
    all_read(marta)


@pytest.mark.feature("H7")
async def test_the_young_person_says_no_and_nobody_is_drawn_in(town: Town) -> None:
    anna, marta, ilze = await taken(town)
    await marta.forges(OfferWindow(1).pack())
    await anna.taps(f"{Y}.button.window_no")
    anna.sees(f"{Y}.window_refused")
    marta.sees(f"{S}.window_closed")
    ilze.sees_nothing()
    await anna.forges(AgreeToWindow(1).pack())
    anna.sees(f"{Y}.window_over")
    assert await windows(town) == [(False, True)]


@pytest.mark.feature("H7")
async def test_after_its_hours_it_closes_and_what_is_written_late_is_answered_kindly(town: Town) -> None:
    anna, marta, ilze = await opened(town)
    await town.move_to(START + timedelta(hours=47))
    await ilze.taps(f"{S}.button.write")
    await town.move_to(START + timedelta(hours=48, minutes=5))
    await ilze.says("Vai vēl lasāt?")
    ilze.sees(f"{S}.window_over")
    anna.sees(f"{Y}.window_time_over")
    marta.sees(f"{S}.window_time_over")
    assert await windows(town) == [(True, True)]
    await anna.taps(f"{Y}.button.write")
    anna.sees(f"{Y}.window_over")
    all_read(marta, ilze)


@pytest.mark.feature("H7")
async def test_an_offer_that_nobody_answers_lapses_and_only_whoever_made_it_hears(town: Town) -> None:
    anna, marta, ilze = await taken(town)
    await marta.forges(OfferWindow(1).pack())
    all_read(anna, marta)
    await marta.forges(OfferWindow(1).pack())
    marta.sees(f"{S}.window_there")
    await town.move_to(START + timedelta(hours=48, minutes=5))
    marta.sees(f"{S}.window_not_answered")
    anna.sees_nothing()
    ilze.sees_nothing()


@pytest.mark.feature("H7")
@pytest.mark.parametrize("who", [0, 1, 2])
async def test_each_of_the_three_may_close_it(town: Town, who: int) -> None:
    three = await opened(town)
    closer = three[who]
    await closer.taps(f"referrals.{'staff' if closer.is_staff else 'youth'}.button.close_window")
    for one in three:
        who_reads = "staff" if one.is_staff else "youth"
        one.sees(f"referrals.{who_reads}.window_closed{'_by_me' if one is closer else ''}")
    assert await windows(town) == [(True, True)]
    await closer.forges(CloseWindow(1).pack())
    closer.sees(f"referrals.{'staff' if closer.is_staff else 'youth'}.window_over")


@pytest.mark.feature("H7", "H12")
async def test_it_ends_with_the_referral(town: Town) -> None:
    anna, marta, ilze = await opened(town)
    await anna.says("/referrals")
    await anna.taps_label("Ilze")
    await anna.taps(f"{Y}.button.withdraw")
    await anna.taps(f"{Y}.button.withdraw_sure")
    assert await windows(town) == [(True, True)]
    marta.sees(f"{S}.window_ended")
    ilze.sees(f"{S}.window_ended")
    await ilze.forges(WriteIntoWindow(1).pack())
    ilze.sees(f"{S}.window_over")
    all_read(anna, marta, ilze)


@pytest.mark.feature("H7")
async def test_it_ends_when_the_mentor_changes_or_somebody_cannot_be_reached(town: Town) -> None:
    anna, marta, ilze = await taken(town)
    anna_id, ilze_id = (await town.person("anna")).id, (await town.person("ilze")).id
    for ends in (
        lambda tick: chat_windows.mentor_changed(tick, MentorChanged(1, 1, 2)),
        lambda tick: chat_windows.out_of_reach(tick, Unreachable(ilze_id)),
        lambda tick: chat_windows.no_longer_agreed(tick, Withdrew(anna_id, Purpose.CONTACT)),
    ):
        await marta.forges(OfferWindow(1).pack())
        await anna.taps(f"{Y}.button.window_yes")
        async with town.open_database() as database, database.write() as db:
            await ends(Tick(town.clock.now(), db, town.settings.zone))
    assert await windows(town) == [(True, True)] * 3
    all_read(anna, marta, ilze)


@pytest.mark.feature("H7", "O8")
async def test_words_of_danger_show_the_card_first_and_still_go_on(town: Town) -> None:
    anna, marta, ilze = await opened(town)
    await writes(anna, "es negribu vairs dzīvot")
    anna.sees(f"{Y}.window_write")
    anna.sees("safety.youth.card")
    anna.sees(f"{Y}.window_sent")
    for staff in (marta, ilze):
        assert "es negribu vairs dzīvot" in staff.sees(f"{S}.window_text").text


@pytest.mark.feature("H7", "G6")
async def test_at_night_it_waits_for_the_morning_and_the_writer_knows(town: Town) -> None:
    anna, marta, ilze = await opened(town)
    await town.move_to(START + timedelta(hours=13))
    all_read(anna, marta, ilze)
    await writes(ilze, "Rīt satiekamies desmitos.")
    ilze.sees(f"{S}.window_sent_later")
    anna.sees_nothing()
    marta.sees_nothing()
    await town.move_to(START + timedelta(hours=23, minutes=10))
    anna.sees(f"{Y}.window_text")
    marta.sees(f"{S}.window_text")
    all_read(anna, marta, ilze)


@pytest.mark.feature("H7", "X9")
async def test_what_is_too_long_or_no_text_is_answered_and_the_window_waits_on(town: Town) -> None:
    anna, marta, ilze = await opened(town)
    await anna.taps(f"{Y}.button.write")
    await anna.says("ж" * 1001)
    anna.sees(f"{Y}.window_too_long")
    await anna.phone.send_sticker()
    await town.after_a_moment()
    anna.sees("people.youth.only_text")
    await anna.says("<b>ж</b>" * 125)
    anna.sees(f"{Y}.window_sent")
    assert "<b>ж</b><b>ж</b>" in marta.sees(f"{S}.window_text").text
    all_read(ilze)


@pytest.mark.feature("H7", "J7")
async def test_whoever_cannot_be_reached_is_named_to_the_writer(town: Town) -> None:
    anna, marta, ilze = await opened(town)
    anna_id = (await town.person("anna")).id
    async with town.open_database() as database, database.write() as db:
        await people.withdraw_consent(db, anna_id, Purpose.CONTACT.value, town.clock.now())
    await writes(ilze, "Sveiki!")
    sent = ilze.sees(f"{S}.window_sent_to_one").text
    assert await code_name(town, "anna") in sent
    marta.sees(f"{S}.window_text")
    anna.sees_nothing()
    await marta.forges(CloseWindow(1).pack())
    all_read(anna, marta, ilze)
    await marta.forges(OfferWindow(1).pack())
    marta.sees(f"{S}.window_youth_away")


@pytest.mark.feature("H7", "J7")
async def test_what_waits_for_somebody_who_blocks_the_bot_is_not_kept_for_their_return(town: Town) -> None:
    anna, marta, ilze = await opened(town)
    await town.move_to(START + timedelta(hours=13))
    await writes(ilze, "Rīt satiekamies desmitos.")
    assert await kept_words(town, "desmitos") == 1
    await anna.phone.block()
    await writes(marta, "Un es ar.")
    marta.sees(f"{S}.window_over")
    (waits,) = await town.rows(
        "SELECT count(*) AS found FROM outbox o JOIN people p ON p.id = o.person_id "
        "WHERE o.key LIKE '%window_text' AND p.name IS NULL"
    )
    assert waits.found == 0
    await town.move_to(START + timedelta(hours=23, minutes=10))
    assert await kept_words(town, "desmitos") == 0
    ilze.sees(f"{S}.window_ended")
    all_read(anna, marta, ilze)


@pytest.mark.feature("H7", "O3")
async def test_for_a_receiver_without_telegram_there_is_no_window_and_it_is_said(town: Town) -> None:
    anna, marta, ilze = await taken(town)
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql("UPDATE referrals SET receiver_id = NULL, mail_to = 'a@example.org'")
    await marta.forges(OfferWindow(1).pack())
    marta.sees(f"{S}.window_no_telegram")
    assert marta.words(f"{S}.button.window") not in marta.buttons
    await marta.forges(Introduce(1).pack())
    marta.sees(f"{S}.introduced_one")
    anna.sees(f"{Y}.introduced")
    ilze.sees_nothing()


@pytest.mark.feature("H7", "X32")
async def test_strangers_and_other_receivers_write_into_no_window(town: Town) -> None:
    anna, marta, ilze = await opened(town)
    danylo = await town.youth("danylo")
    zane = await town.staff("zane", Role.SPECIALIST, speciality="psychologist")
    liene = await town.staff("liene", Role.LEAD)
    for stranger in (danylo, zane, liene):
        await stranger.forges(WriteIntoWindow(1).pack())
        await stranger.forges(CloseWindow(1).pack())
        stranger.sees(f"people.{'staff' if stranger.is_staff else 'youth'}.not_available")
    assert await windows(town) == [(True, False)]
    all_read(anna, marta, ilze, danylo, zane, liene)


@pytest.mark.feature("H7", "O10")
async def test_in_discreet_mode_a_text_from_the_window_begins_with_words_for_anybody(town: Town) -> None:
    anna, marta, ilze = await taken(town)
    await anna.says("/discreet")
    await anna.taps("people.youth.button.discreet_turn_on")
    await marta.forges(OfferWindow(1).pack())
    await anna.taps(f"{Y}.button.window_yes")
    all_read(anna, marta, ilze)
    await writes(ilze, "Sveiki!")
    assert anna.sees(f"{Y}.window_text").text.startswith(anna.words("people.youth.discreet_opening"))
    all_read(marta, ilze)

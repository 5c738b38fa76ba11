"""Where an appointment is, and the file for both calendars that follows every change of it."""

from datetime import UTC, datetime

import pytest
import vobject
from icalendar import Calendar

from bot.referrals.actions import AskTime
from bot.referrals.appointment.actions_times import (
    Describe,
    Described,
)
from bot.words import Language
from tests.chats.appointments_talk import WEDNESDAY, files, last_file
from tests.chats.referrals_talk import (
    S,
    Y,
    all_read,
    appointed,
    code_name,
    riga,
    states,
)
from tests.town.town import Town

# --- where, and in which language -------------------------------------------------------------------------------


@pytest.mark.feature("H11")
async def test_place_language_and_interpreter_are_told_once_and_stand_in_the_file(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    await ilze.taps(f"{S}.button.describe")
    ilze.sees(f"{S}.describe")
    await ilze.taps_label("ukraiņu")
    await ilze.taps(f"{S}.button.interpreter_out")
    anna.sees_nothing()
    await ilze.says("Brīvības iela 1, 2. stāvs")
    ilze.sees(f"{S}.described")
    ilze.sees(f"{S}.calendar_file")
    told = anna.sees(f"{Y}.told.described").text
    assert "Brīvības iela 1, 2. stāvs" in told
    assert anna.words("referrals.any.meeting.interpreter") in told
    anna.sees(f"{Y}.calendar_file")
    marta.sees_nothing()
    assert files(anna) == files(ilze) == [("REQUEST", 1, WEDNESDAY), ("REQUEST", 2, WEDNESDAY)]
    read = vobject.readOne(last_file(anna).decode())
    assert read.vevent.location.value == "Brīvības iela 1, 2. stāvs"
    assert read.vevent.dtstart.value.astimezone(UTC) == WEDNESDAY
    assert read.vtimezone.tzid.value == "Europe/Riga"
    assert read.vevent.summary.value == anna.words("referrals.any.calendar_summary")
    (row,) = await town.rows("SELECT place, spoken, interpreter, sequence FROM referrals")
    assert tuple(row) == ("Brīvības iela 1, 2. stāvs", Language.UK, 1, 2)


async def test_the_last_place_is_offered_again_and_nothing_new_is_told_to_nobody(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql(
            "INSERT INTO referrals (case_id, kind, state, receiver_id, reads, receiver_name, passed_on, opened_at,"
            " changed_at, reminded, place, spoken) SELECT case_id, kind, 'completed', receiver_id, reads,"
            " receiver_name, passed_on, opened_at, changed_at, 0, 'Skolas iela 4', 'lv' FROM referrals"
        )
    await ilze.taps(f"{S}.button.describe")
    await ilze.taps(f"{S}.button.describe_alike")
    assert "Skolas iela 4" in ilze.sees(f"{S}.described").text
    assert "Skolas iela 4" in anna.sees(f"{Y}.told.described").text
    all_read(anna, marta, ilze)
    await ilze.forges(Described(1, Language.LV, interpreter=False).pack())
    ilze.sees(f"{S}.described_before")
    anna.sees_nothing()
    await ilze.forges(Describe(1, Language.LV, interpreter=False).pack())
    await ilze.says("x" * 300)
    ilze.sees(f"{S}.place_too_long")


# --- calendars ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("H7")
async def test_a_move_and_a_withdrawal_reach_both_calendars(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    await ilze.forges(AskTime(1).pack())
    await ilze.says("13.03. 16:00")
    await ilze.taps(f"{S}.button.send_times")
    anna.sees(f"{Y}.told.proposed_instead")
    marta.sees(f"{S}.sender_told.proposed_instead")
    anna.sees(f"{Y}.calendar_cancelled")
    await anna.taps_label("13. marts, 16:00")
    await anna.taps(f"{Y}.button.withdraw")
    await anna.taps(f"{Y}.button.withdraw_sure")
    later = datetime(2026, 3, 13, 14, 0, tzinfo=UTC)
    assert (
        files(anna)
        == files(ilze)
        == [
            ("REQUEST", 1, WEDNESDAY),
            ("CANCEL", 2, WEDNESDAY),
            ("REQUEST", 3, later),
            ("CANCEL", 4, later),
        ]
    )
    names = {
        str(event["UID"])
        for one in (anna, ilze)
        for message in one.phone.messages
        if message.attachment is not None
        for event in Calendar.from_ical(message.attachment.content).walk("VEVENT")
    }
    assert len(names) == 1
    all_read(anna, marta, ilze)


async def test_the_way_to_help_stands_once_below_the_file(town: Town) -> None:
    anna, _, _ = await appointed(town)
    (brought,) = (one for one in anna.phone.messages if one.attachment is not None)
    words = (f"{Y}.button.mine", "people.youth.button.help")
    assert [button.text for button in brought.buttons] == [anna.words(one) for one in words]


async def test_no_file_tells_the_young_persons_phone_who_it_is_with_or_why(town: Town) -> None:
    anna, _, ilze = await appointed(town)
    content = last_file(anna).decode()
    for word in ("Ilze", await code_name(town, "anna"), "psiholog"):
        assert word not in content
    assert await code_name(town, "anna") in last_file(ilze).decode()


async def test_who_is_discreet_has_no_place_in_the_calendar(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql("UPDATE people SET discreet = 1 WHERE name IS NULL")
    await ilze.forges(Describe(1, None, interpreter=False).pack())
    await ilze.says("Skolas iela 4")
    assert [b"Skolas iela 4" in last_file(one) for one in (anna, ilze)] == [False, True]
    all_read(anna, marta, ilze)


async def test_an_appointment_that_is_over_is_taken_from_no_calendar(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    await town.move_to(riga(town, 3, 4, "12:30"))
    await marta.says("/referrals")
    await marta.taps(f"{S}.button.one_sent")
    await marta.taps(f"{S}.button.take_back")
    await marta.taps(f"{S}.button.take_back_sure")
    assert files(anna) == files(ilze) == [("REQUEST", 1, WEDNESDAY)]
    all_read(anna, marta, ilze)


async def test_who_leaves_takes_what_is_ahead_from_the_receivers_calendar(town: Town) -> None:
    anna, marta, ilze = await appointed(town)
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    ilze.sees(f"{S}.receiver_told.opened_ended")
    ilze.sees(f"{S}.calendar_cancelled")
    assert files(ilze)[-1] == ("CANCEL", 2, WEDNESDAY)
    assert await states(town) == []
    all_read(anna, marta, ilze)

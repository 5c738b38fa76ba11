"""A mentor leaves: every case, task and open item goes to somebody else, with a note, and nothing is left behind."""

from datetime import datetime

import pytest

from bot.programme import store_tasks
from bot.programme.mentors.screens_mentors import HandAll, HandTo, HandWithNote, ReadHandover
from bot.programme.screens import InviteToMeet, OpenCase
from bot.programme.tasks import Audience, TaskKind
from bot.roles import Role
from bot.staff.chat_team import ShowTeam
from bot.storage.tables import cases, checkins, referrals
from bot.turn import Message, Priority
from bot.words import Language, phrase
from tests.chats.casework import B, P, opens_case, read_all
from tests.chats.mentoring import OGRE, case_of, guided, mentor_of
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town
from tests.town.walked_once import walked_once

Y = "programme.youth"
SIX = ("anna", "danylo", "emma", "juris", "katrina", "maris")
FORBIDDEN = "people.staff.not_available"


@walked_once
async def team(town: Town) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Liene leads Ogre, Marta and Oksana are mentors there."""
    return (
        await town.staff("liene", Role.LEAD),
        await town.staff("marta", Role.MENTOR),
        await town.staff("oksana", Role.MENTOR),
    )


async def hands_over(lead: Inhabitant, town: Town, youth: str, to: str) -> None:
    """The lead gives one case to another mentor, without a note."""
    await opens_case(lead, town, youth)
    await lead.taps(f"{B}.hand_over")
    lead.sees(f"{P}.choose_next_mentor")
    await lead.taps_label(to)
    lead.sees(f"{P}.hand_over_sure")
    await lead.taps(f"{B}.hand_over_now")
    lead.sees(f"{P}.handed_over")


@pytest.mark.feature("E5")
async def test_a_case_goes_to_another_mentor_and_the_young_person_learns_who_writes_now(town: Town) -> None:
    liene, marta, oksana = await team(town)
    (danylo,) = await guided(town, "marta", ["danylo"])
    await hands_over(liene, town, "danylo", "Oksana")
    told = danylo.sees(f"{Y}.mentor_now").text
    assert "Oksana" in told
    assert danylo.language is Language.UK
    oksana.sees(f"{P}.handed_to_you")
    assert "Liene" in marta.sees(f"{P}.handed_away").text
    assert await mentor_of(town, "danylo") == (await town.person("oksana")).id
    for one in (liene, marta, oksana, danylo):
        one.sees_nothing()


@pytest.mark.feature("E5", "X52")
async def test_old_buttons_awaited_texts_and_lists_of_the_one_before_are_closed_at_once(town: Town) -> None:
    liene, marta, oksana = await team(town)
    (anna,) = await guided(town, "marta", ["anna"])
    case = await case_of(town, "anna")
    await marta.forges(InviteToMeet(case).pack())
    marta.sees(f"{P}.meeting_question")
    await hands_over(liene, town, "anna", "Oksana")
    read_all(liene, marta, oksana, anna)
    await marta.says("Rīt 15:00 pie bibliotēkas")  # what the bot had asked for before
    marta.sees(FORBIDDEN)
    await marta.forges(OpenCase(case).pack())
    marta.sees(FORBIDDEN)
    await marta.says("/cases")
    marta.sees(f"{P}.no_cases")
    anna.sees_nothing()


@pytest.mark.feature("X52")
async def test_notices_that_have_not_gone_out_never_reach_the_one_before(town: Town) -> None:
    liene, marta, oksana = await team(town)
    (anna,) = await guided(town, "marta", ["anna"])
    marta_id, anna_id = (await town.person("marta")).id, (await town.person("anna")).id
    async with town.open_database() as database, database.write() as db:
        waits = Message(
            marta_id,
            phrase("programme.staff.meeting_suits", code_name="Bura"),
            priority=Priority.NOTICE,
            about=anna_id,
            not_before=datetime(2026, 3, 3, 9, tzinfo=START.tzinfo),
        )
        await town.queue(db, [waits])
    await hands_over(liene, town, "anna", "Oksana")
    marta.sees(f"{P}.handed_away")
    await town.move_to(datetime(2026, 3, 3, 10, tzinfo=START.tzinfo))
    marta.sees_nothing()
    (row,) = await town.rows("SELECT state, facts FROM outbox WHERE key = 'programme.staff.meeting_suits'")
    assert (row.state, row.facts) == ("stopped", "{}")
    read_all(liene, oksana, anna)


@pytest.mark.feature("E5")
async def test_the_note_is_for_the_next_mentor_and_the_lead_alone(town: Town) -> None:
    liene, marta, oksana = await team(town)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    (anna,) = await guided(town, "marta", ["anna"])
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.hand_over")
    await liene.taps_label("Oksana")
    await liene.taps(f"{B}.hand_with_note")
    liene.sees(f"{P}.handover_note")
    await liene.says("x" * 501)
    liene.sees(f"{P}.handover_note_long")
    await liene.says("Labāk zvanīt pēc pusdienām.")
    liene.sees(f"{P}.handed_over")
    oksana.sees(f"{P}.handed_to_you")
    (handover,) = await town.rows("SELECT id, note FROM handovers")
    assert handover.note == "Labāk zvanīt pēc pusdienām."
    assert not any("pusdienām" in message.text for message in oksana.phone.messages)
    for other in (marta, kaspars):
        other.reads_rest()
        await other.forges(ReadHandover(handover.id).pack())
        other.sees(FORBIDDEN)
    assert len(await town.rows("SELECT id FROM tasks WHERE kind = 'handed_over' AND done_at IS NULL")) == 1
    await oksana.taps(f"{B}.read_handover")
    assert "Labāk zvanīt pēc pusdienām." in oksana.sees(f"{P}.handover_read").text
    assert await town.rows("SELECT id FROM tasks WHERE done_at IS NULL") == []
    await liene.forges(ReadHandover(handover.id).pack())
    liene.sees(f"{P}.handover_read")
    anna.reads_rest()


@pytest.mark.feature("E5")
async def test_check_ins_tasks_and_referrals_go_along(town: Town) -> None:
    liene, marta, oksana = await team(town)
    (anna,) = await guided(town, "marta", ["anna"])
    case, before = await case_of(town, "anna"), (await town.person("marta")).id
    async with town.open_database() as database, database.write() as db:
        await db.execute(
            checkins.insert().values(
                case_id=case,
                number=1,
                planned_on=START.date(),
                due_at=START.replace(hour=12),
                state="planned",
                next_at=START.replace(hour=12),
            )
        )
        await db.execute(
            referrals.insert().values(
                case_id=case,
                kind="psychologist",
                state="accepted",
                requested_by=before,
                passed_on=[],
                opened_at=START,
                changed_at=START,
            )
        )
    await hands_over(liene, town, "anna", "Oksana")
    told = oksana.sees(f"{P}.handed_to_you").text
    assert oksana.words(f"{P}.along.checkins", number=1) in told
    assert oksana.words(f"{P}.along.referrals", number=1) in told
    (row,) = await town.rows("SELECT requested_by FROM referrals")
    assert row.requested_by == (await town.person("oksana")).id
    await oksana.says("/today")
    assert (await town.person("anna")).code_name in oksana.sees("checkins.staff.today").text
    read_all(liene, marta, anna)


@pytest.mark.feature("E5")
async def test_who_has_no_room_and_what_changed_meanwhile_is_refused(town: Town) -> None:
    liene, marta, oksana = await team(town)
    kristaps = await town.staff("kristaps", Role.MENTOR)
    (anna,) = await guided(town, "marta", ["anna"])
    others = await guided(town, "oksana", [f"{'y' * n}" for n in range(1, 7)])
    case, before = await case_of(town, "anna"), (await town.person("marta")).id
    full, free = (await town.person("oksana")).id, (await town.person("kristaps")).id
    await liene.forges(HandTo(case, full, before, sure=True).pack())
    liene.sees(f"{P}.not_handed_over")
    await liene.forges(HandTo(case, free, before, sure=True).pack())
    liene.sees(f"{P}.handed_over")
    await liene.forges(HandTo(case, free, before, sure=True).pack())  # the same button again
    liene.sees(f"{P}.not_handed_over")
    assert len(await town.rows("SELECT id FROM handovers")) == 1
    await marta.forges(HandTo(case, free, before, sure=True).pack())
    marta.sees("people.staff.not_available")
    read_all(liene, marta, oksana, kristaps, anna, *others)


@pytest.mark.feature("X52", "E5")
async def test_six_cases_of_a_mentor_who_leaves_are_shared_out_with_no_orphan_and_no_access(town: Town) -> None:
    liene, marta, oksana = await team(town)
    kristaps = await town.staff("kristaps", Role.MENTOR)
    youths = await guided(town, "marta", SIX)
    numbers = [await case_of(town, one) for one in SIX]
    read_all(*youths)
    await marta.says("/forget")
    await marta.taps("people.any.button.forget_sure")
    marta.reads_rest()
    told = liene.sees(f"{P}.mentor_gone").text
    assert "6" in told
    liene.sees_nothing()  # one message, not six
    await liene.taps(f"{B}.hand_over_all")
    liene.sees(f"{P}.hand_all")
    await liene.taps(f"{B}.hand_all_now")
    liene.sees(f"{P}.all_handed_over")
    orphans = await town.rows(
        "SELECT id FROM cases WHERE mentor_id IS NULL OR mentor_id NOT IN (SELECT person_id FROM grants)"
    )
    assert orphans == []
    shared = await town.rows("SELECT mentor_id, COUNT(*) AS number FROM cases GROUP BY mentor_id")
    assert sorted(row.number for row in shared) == [2, 4]
    assert await mentor_of(town, "danylo") == (await town.person("oksana")).id
    for youth in youths:
        youth.sees(f"{Y}.mentor_now")
    assert len(await town.rows("SELECT id FROM tasks WHERE kind = 'handed_over' AND done_at IS NULL")) == 6
    for number in numbers:
        await marta.forges(OpenCase(number).pack())
        marta.does_not_see(f"{P}.case")
        marta.reads_rest()
    print(f"\nX52: 6 cases, orphans {len(orphans)}, cases reached by who left 0")
    read_all(liene, oksana, kristaps, *youths)


@pytest.mark.feature("X52", "E5")
async def test_the_lead_hands_over_one_by_one_while_the_mentor_is_still_there(town: Town) -> None:
    liene, marta, oksana = await team(town)
    youths = await guided(town, "marta", SIX[:3])
    await opens_case(liene, town, "anna")
    await liene.taps(f"{B}.hand_over")
    await liene.taps(f"{B}.hand_over_all")
    liene.sees(f"{P}.hand_all")
    await liene.taps_label((await town.person("emma")).code_name[:12])
    liene.sees(f"{P}.hand_over_sure")
    await liene.taps(f"{B}.hand_over_now")
    liene.sees(f"{P}.handed_over")
    assert await mentor_of(town, "emma") == (await town.person("oksana")).id
    assert await mentor_of(town, "anna") == (await town.person("marta")).id
    await liene.forges(HandAll((await town.person("marta")).id, "0" * 12).pack())  # an older proposal
    liene.sees(f"{P}.hand_all_changed")
    assert await mentor_of(town, "anna") == (await town.person("marta")).id
    read_all(marta, oksana, *youths)


# --- a role is taken away ---------------------------------------------------------------------------------------


@pytest.mark.feature("X52", "S4.3")
async def test_a_lead_takes_a_mentors_role_and_is_shown_the_way_to_hand_over(town: Town) -> None:
    liene, marta, oksana = await team(town)
    (anna,) = await guided(town, "marta", ["anna"])
    case = await case_of(town, "anna")
    await liene.says("/menu")
    await liene.taps("people.staff.button.shelf_team")
    await liene.taps("staff.staff.button.team")
    liene.sees("staff.staff.team")
    await liene.taps_label("Marta")
    liene.sees("staff.staff.take_role_sure")
    await liene.taps("staff.staff.button.take_role")
    liene.sees("staff.staff.role_taken_away")
    liene.sees(f"{P}.mentor_gone")
    marta.sees("staff.staff.role_taken")
    assert (await town.person("marta")).is_youth
    assert await mentor_of(town, "anna") is None
    await marta.forges(OpenCase(case).pack())
    marta.does_not_see(f"{P}.case")
    marta.reads_rest()
    await liene.taps(f"{B}.hand_over_all")
    await liene.taps(f"{B}.hand_all_now")
    liene.sees(f"{P}.all_handed_over")
    anna.sees(f"{Y}.mentor_now")
    read_all(oksana)


@pytest.mark.feature("X52", "L1")
async def test_who_may_take_which_role_is_decided_on_the_server(town: Town) -> None:
    liene, marta, _ = await team(town)
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    andrejs = await town.staff("andrejs", Role.ADMIN, None)
    far = await town.staff("dace", Role.MENTOR, "LV-026")
    held = {
        (row.role, row.municipality, row.person_id): row.id
        for row in await town.rows("SELECT id, role, municipality, person_id FROM grants")
    }
    number = {name: (await town.person(name)).id for name in ("liene", "marta", "kaspars", "andrejs", "dace")}
    tries = (
        (liene, ("mentor", "LV-026", number["dace"]), False),
        (liene, ("coordinator", OGRE, number["kaspars"]), False),
        (liene, ("lead", OGRE, number["liene"]), False),
        (marta, ("mentor", OGRE, number["marta"]), False),
        (kaspars, ("admin", None, number["andrejs"]), False),
        (kaspars, ("mentor", "LV-026", number["dace"]), False),
        (kaspars, ("lead", OGRE, number["liene"]), True),
        (andrejs, ("coordinator", OGRE, number["kaspars"]), True),
        (andrejs, ("mentor", "LV-026", number["dace"]), True),
    )
    for who, which, may in tries:
        who.reads_rest()
        await who.forges(f"staff.take_role:{held[which]}:1")
        gone = await town.rows("SELECT id FROM grants WHERE id = :id", id=held[which]) == []
        assert gone is may, which
    read_all(liene, marta, kaspars, andrejs, far)


@pytest.mark.feature("X52")
async def test_a_mentor_of_two_municipalities_keeps_what_is_left(town: Town) -> None:
    liene, marta, oksana = await team(town)
    await town.staff("marta", Role.MENTOR, "LV-026")
    ours = await guided(town, "marta", ["anna"])
    theirs = await guided(town, "marta", ["emma"], place="LV-026")
    (grant,) = await town.rows(
        "SELECT id FROM grants WHERE person_id = :id AND municipality = 'LV-067'", id=(await town.person("marta")).id
    )
    await liene.forges(f"staff.take_role:{grant.id}:1")
    assert await mentor_of(town, "anna") is None
    assert await mentor_of(town, "emma") == (await town.person("marta")).id
    read_all(liene, marta, oksana, *ours, *theirs)


@pytest.mark.feature("E5")
@pytest.mark.parametrize("leaves", [False, True])
async def test_who_takes_over_has_not_invited_anybody_yet(town: Town, leaves: bool) -> None:
    liene, marta, oksana = await team(town)
    (anna,) = await guided(town, "marta", ["anna"], stage="profiling")
    case = await case_of(town, "anna")
    async with town.open_database() as database, database.write() as db:
        await db.execute(cases.update().values(meeting=1, invited_at=START))
    if leaves:
        await liene.says("/menu")
        await liene.taps("people.staff.button.shelf_team")
        await liene.taps("staff.staff.button.team")
        await liene.taps_label("Marta")
        await liene.taps("staff.staff.button.take_role")
    else:
        await liene.forges(HandTo(case, (await town.person("oksana")).id, await mentor_of(town, "anna"), True).pack())
    assert [tuple(row) for row in await town.rows("SELECT meeting, invited_at FROM cases")] == [(2, None)]
    read_all(liene, marta, oksana, anna)


@pytest.mark.feature("E5")
async def test_a_forged_button_tells_the_name_of_nobody_who_is_no_mentor_there(town: Town) -> None:
    liene, marta, _ = await team(town)
    await guided(town, "marta", ["anna"])
    await town.youth("danylo")
    case, danylo = await case_of(town, "anna"), await town.person("danylo")
    for forged in (HandTo(case, danylo.id, await mentor_of(town, "anna")), HandWithNote(case, danylo.id, None)):
        await liene.forges(forged.pack())
        assert danylo.code_name not in liene.phone.messages[-1].text
    assert liene.sees(f"{P}.not_handed_over")
    read_all(liene, marta)


@pytest.mark.feature("E5")
async def test_a_note_that_nobody_read_before_the_role_was_taken_is_read_by_the_one_after(town: Town) -> None:
    liene, marta, oksana = await team(town)
    juris = await town.staff("juris", Role.MENTOR)
    (anna,) = await guided(town, "marta", ["anna"])
    case, taken = await case_of(town, "anna"), await town.person("oksana")
    await liene.forges(HandWithNote(case, taken.id, (await town.person("marta")).id).pack())
    await liene.says("Labāk zvanīt pēc pusdienām.")
    read_all(anna, marta, oksana, liene)
    await takes_role(liene, "Oksana")
    liene.sees(f"{P}.mentor_gone")
    read_all(liene, oksana)
    await liene.forges(HandTo(case, (await town.person("juris")).id, None, sure=True).pack())
    liene.sees(f"{P}.handed_over")
    juris.sees(f"{P}.handed_to_you")
    await juris.taps(f"{B}.read_handover")
    assert "Labāk zvanīt pēc pusdienām." in juris.sees(f"{P}.handover_read").text
    number = int((await town.rows("SELECT max(id) FROM handovers"))[0][0])
    for before in (marta, oksana):
        await before.forges(ReadHandover(number).pack())
        before.does_not_see(f"{P}.handover_read")
        before.reads_rest()
    anna.reads_rest()


@pytest.mark.feature("E5", "L5")
async def test_a_mentors_tasks_are_the_leads_while_nobody_guides_and_go_on_to_the_next(town: Town) -> None:
    liene, marta, oksana = await team(town)
    (anna,) = await guided(town, "marta", ["anna"])
    case = await case_of(town, "anna")
    async with town.open_database() as database, database.write() as db:
        for kind in (TaskKind.QUIET, TaskKind.PULSE_DROP):
            await store_tasks.open_task(db, case, Audience.MENTOR, kind, town.clock.now())
    await takes_role(liene, "Marta")
    read_all(liene, marta, anna)
    await liene.says("/today")
    told = liene.sees("checkins.staff.heading.tasks").text
    name = (await town.person("anna")).code_name
    assert liene.words(f"{P}.task.quiet", code_name=name) in told
    assert liene.words(f"{P}.task.pulse_drop", code_name=name) not in told  # how somebody is, is for a mentor's eyes
    await liene.forges(HandTo(case, (await town.person("oksana")).id, None, sure=True).pack())
    read_all(liene, oksana, anna)
    await liene.says("/today")
    liene.does_not_see("checkins.staff.heading.tasks")
    await oksana.says("/today")
    told = oksana.sees("checkins.staff.heading.tasks").text
    assert oksana.words(f"{P}.task.pulse_drop", code_name=name) in told
    read_all(liene, anna)


async def takes_role(lead: Inhabitant, name: str) -> None:
    """The lead takes that mentor's only role."""
    await lead.forges(ShowTeam().pack())
    await lead.taps_label(name)
    await lead.taps("staff.staff.button.take_role")

"""Events attacked by those who may write them: past the second pair of eyes, and at what they are not to learn."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.events.changed.actions_changes import Change, ReviewChange
from bot.events.door import actions_door as door
from bot.events.event import State
from bot.events.files.actions_files import AddFile, DropFile, GetFile, Purpose, TypeOrganiser
from bot.events.finding.actions_open import LookAt
from bot.events.going_out.actions_sending import AskResume, AskSend, Look, Open, Stop, Withdraw
from bot.events.questions import actions_questions as asking
from bot.events.questions.actions_questions import AskQuestion
from bot.events.signup.actions_guests import TellNeeds
from bot.events.writing.actions_details import ShowMap
from bot.roles import Role
from bot.storage.tables import expected, expert_slots, grants
from tests.chats.events_held import STARTS, held, invited
from tests.chats.events_talk import CESIS, OGRE, agrees, drafted, watched
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

S = "events.staff"


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """A coordinator of Ogre, who may send to one person alone."""
    return await watched(town)


@pytest.fixture
async def rudite(town: Town) -> Inhabitant:
    """Another one."""
    return await town.staff("rudite", Role.COORDINATOR, OGRE)


async def _hands_in(kaspars: Inhabitant, event: int) -> None:
    await kaspars.forges(AskSend(event).pack())
    await kaspars.taps(f"{S}.button.submit_sure")
    kaspars.sees(f"{S}.submitted")


async def _handed_in(kaspars: Inhabitant) -> int:
    """An invitation to Anna and Danylo with a programme."""
    town = kaspars.town
    await agrees(town, "anna")
    await agrees(town, "danylo")
    event = await drafted(town, "kaspars")
    await kaspars.forges(AddFile(event, Purpose.WITH).pack())
    await kaspars.sends_file("Programma.pdf", b"%PDF-1.7 ...")
    kaspars.reads_rest()
    await _hands_in(kaspars, event)
    return event


async def _state(town: Town, event: int) -> str:
    return str((await town.rows(f"SELECT state FROM events WHERE id = {event}"))[0].state)


# --- past the second pair of eyes ---------------------------------------------------------------------------------


@pytest.mark.feature("I3", "X43")
@pytest.mark.parametrize("what", ["file", "organiser"])
async def test_what_goes_along_changed_after_it_was_handed_in_makes_a_draft_of_it_again(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant, what: str
) -> None:
    event = await _handed_in(kaspars)
    await rudite.taps(f"{S}.button.look")
    if what == "file":
        await kaspars.forges(DropFile(event, 1, Purpose.WITH).pack())
    else:
        await kaspars.forges(TypeOrganiser(event).pack())
        await kaspars.says("Pavisam cits rīkotājs")
    kaspars.reads_rest()
    await rudite.taps(f"{S}.button.approve")
    rudite.reads_rest()
    assert await _state(town, event) == "draft"
    assert not await town.rows("SELECT id FROM invitations")


@pytest.mark.feature("I3", "X43")
async def test_a_yes_does_not_hold_for_what_was_handed_in_anew_with_another_file(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    event = await _handed_in(kaspars)
    await rudite.taps(f"{S}.button.look")
    _, (_, approve) = rudite.find_button(f"{S}.button.approve")
    await kaspars.forges(Withdraw(event).pack())
    await kaspars.forges(DropFile(event, 1, Purpose.WITH).pack())
    kaspars.reads_rest()
    await _hands_in(kaspars, event)
    rudite.reads_rest()
    await rudite.forges(approve)
    rudite.sees(f"{S}.look_at_again")
    assert await _state(town, event) == "submitted"
    kaspars.reads_rest()


@pytest.mark.feature("I3")
async def test_whoever_is_to_say_yes_can_open_what_goes_along(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    await _handed_in(kaspars)
    elsewhere = await town.staff("oksana", Role.COORDINATOR, CESIS)
    rudite.reads_rest()
    await rudite.forges(GetFile(1).pack())
    rudite.does_not_see("people.staff.not_available")
    rudite.sees(f"{S}.file_comes")
    await elsewhere.forges(GetFile(1).pack())
    elsewhere.sees("people.staff.not_available")
    rudite.reads_rest()


async def _approved_at_night(kaspars: Inhabitant, rudite: Inhabitant) -> int:
    """Said yes to at ten in the evening: all of it waits for the morning."""
    town = kaspars.town
    event = await _handed_in(kaspars)
    await town.move_to(town.clock.now().replace(hour=20))
    rudite.reads_rest()
    await rudite.forges(Look(event).pack())
    await rudite.taps(f"{S}.button.approve")
    await town.tick()
    rudite.reads_rest()
    kaspars.reads_rest()
    return event


async def _changes_the_words(one: Inhabitant, event: int) -> None:
    await one.forges(Change(event).pack())
    await one.forges(f"events.ask_change:{event}:details:lv")
    await one.says("Pavisam kas cits: pērciet manus apaļos galdus.")
    await one.forges(ReviewChange(event).pack())
    await one.taps(f"{S}.button.tell_change")
    one.reads_rest()


@pytest.mark.feature("I3", "X43")
async def test_changed_between_the_yes_and_the_morning_it_waits_for_somebody_else(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    event = await _approved_at_night(kaspars, rudite)
    await _changes_the_words(kaspars, event)
    await town.move_to(town.clock.now() + timedelta(hours=13))
    await town.tick()
    for name in ("anna", "danylo"):
        assert "apaļos galdus" not in "".join(one.text for one in town.people[name].reads_rest())
    assert await _state(town, event) == "stopped"
    for one in (kaspars, rudite):
        one.reads_rest()


@pytest.mark.feature("I3", "X43")
async def test_whoever_changed_it_last_does_not_send_it_on_alone(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    event = await _approved_at_night(kaspars, rudite)
    await kaspars.forges(Stop(event).pack())
    await _changes_the_words(rudite, event)
    await rudite.forges(AskResume(event).pack())
    await rudite.taps(f"{S}.button.resume_sure")
    rudite.sees(f"{S}.needs_another")
    assert await _state(town, event) == "stopped"
    kaspars.reads_rest()
    rudite.reads_rest()


@pytest.mark.feature("X36")
async def test_whoever_lost_the_role_while_it_goes_out_hears_no_more_of_it(town: Town, kaspars: Inhabitant) -> None:
    town.settings = town.settings.model_copy(update={"four_eyes_above": 50})
    anna = await agrees(town, "anna")
    event = await drafted(town, "kaspars")
    await town.move_to(town.clock.now().replace(hour=20))
    await kaspars.forges(AskSend(event).pack())
    await kaspars.taps(f"{S}.button.send_sure")
    kaspars.reads_rest()
    number = (await town.person("kaspars")).id
    async with town.open_database() as database, database.write() as db:
        await db.execute(grants.delete().where(grants.c.person_id == number))
    await town.move_to(town.clock.now() + timedelta(hours=13))
    await town.after_a_moment()
    anna.sees("events.youth.invitation")
    kaspars.sees_nothing()


# --- what is not theirs to learn ----------------------------------------------------------------------------------


@pytest.mark.feature("X32", "X35")
@pytest.mark.parametrize("press", [LookAt, ShowMap, AskQuestion])
async def test_an_event_that_only_staff_find_does_not_open_to_a_young_person(
    town: Town, press: type[LookAt | ShowMap | AskQuestion]
) -> None:
    anna = await agrees(town, "anna")
    event = await held(
        town,
        listed=True,
        audience={"groups": ["coordinators"]},
        particulars={"link": "https://zoom.example/j/1?pwd=abc", "latitude": 56.8, "longitude": 24.6},
    )
    await anna.forges(press(event).pack())
    anna.sees("people.youth.not_available")


@pytest.mark.feature("X32")
async def test_a_tick_tells_nobody_who_was_invited(town: Town, kaspars: Inhabitant) -> None:
    """The audience may be for those who want to work, or speak Ukrainian: who was invited is theirs to know."""
    await agrees(town, "anna")
    danylo = await agrees(town, "danylo")
    event = await held(town, "kaspars", starts_at=town.clock.now())
    invited_one = await invited(town, event, "anna", None)
    other = (await town.person("danylo")).id
    said = []
    for number in (invited_one, other):
        for came in (True, False):
            await kaspars.forges(door.TickGuest(event, number, came, None).pack())
            said.append([one.text for one in kaspars.reads_rest()])
    assert all(one in (said[0], []) for one in said), said  # a page that did not change is not sent again
    danylo.sees_nothing()


@pytest.mark.feature("X32")
async def test_hours_for_the_guests_of_another_event_are_to_others_as_if_there_were_none(town: Town) -> None:
    ilze = await town.staff("ilze", Role.SPECIALIST, OGRE, speciality="psychologist")
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    event = await held(town)
    expert, guest = (await town.person("ilze")).id, (await town.person("marta")).id
    juris = await town.staff("juris", Role.MENTOR, CESIS)
    async with town.open_database() as database, database.write() as db:
        row = {"expert_id": expert, "subject": "Projekti", "event_id": event, "minutes": 30, "place": "Zoom"}
        row |= {"starts_at": STARTS, "sequence": 0, "booked_by": guest}
        await db.execute(insert(expert_slots).values(**row))
    await juris.forges("partnerships.slot:424242")
    nothing = juris.reads_rest()[-1].text
    await juris.forges("partnerships.slot:1")
    assert juris.reads_rest()[-1].text == nothing
    for one in (ilze, marta):
        one.reads_rest()


@pytest.mark.feature("X35")
async def test_neither_page_nor_list_tells_an_exact_number_of_a_narrow_audience(
    town: Town, kaspars: Inhabitant
) -> None:
    for name in ("anna", "danylo"):
        await agrees(town, name)
    event = await held(town, "kaspars", audience={"groups": ["youth"], "wishes": ["work"]})
    for name in ("anna", "danylo"):
        await invited(town, event, name, None)
    await kaspars.forges(Open(event).pack())
    page = kaspars.reads_rest()[-1].text
    silent = kaspars.words(f"{S}.number.few", fewest=town.settings.fewest_shown)
    assert page.count(silent) >= 2, page
    await kaspars.says("/events")
    assert silent in kaspars.sees("events.staff.events").text


@pytest.mark.feature("X49")
async def test_what_a_young_person_wrote_is_never_shared_in_their_own_words(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    event = await held(town, "kaspars")
    await invited(town, event, "anna", None)
    await anna.forges(asking.AskQuestion(event).pack())
    await anna.says("Vai drīkst nākt ar zilonifantu?")
    anna.reads_rest()
    await kaspars.taps(f"{S}.button.answer_question")
    await kaspars.says("Jā.")
    kaspars.reads_rest()
    await kaspars.forges(asking.ShareAnswer(1, sure=True).pack())
    kaspars.sees(f"{S}.ask_wording")
    await kaspars.says("Vai drīkst nākt ar zilonifantu?")
    kaspars.sees(f"{S}.ask_wording")
    assert len(await town.rows("SELECT id FROM event_questions")) == 1
    anna.reads_rest()


# --- before its time ----------------------------------------------------------------------------------------------


@pytest.mark.feature("X43")
async def test_what_goes_out_later_is_found_by_nobody_before(town: Town, kaspars: Inhabitant) -> None:
    """It may still be taken back, and whoever had signed up would hold a place in a draft."""
    anna = await agrees(town, "anna")
    later = town.clock.now() + timedelta(days=1)
    event = await held(town, "kaspars", state=State.SENDING.value, send_at=later, listed=True)
    await anna.says("/events")
    assert "Picas vakars" not in "".join(one.text for one in anna.reads_rest())
    await anna.forges(f"events.answer:{event}:yes")
    anna.sees("people.youth.not_available")
    kaspars.reads_rest()


# --- what stays of somebody who left ------------------------------------------------------------------------------


@pytest.mark.feature("X49")
async def test_nothing_a_young_person_wrote_of_an_event_outlives_them(town: Town, kaspars: Inhabitant) -> None:
    """Shown by /mydata, and gone from every byte of the file after /forget: question, needs, rating, mutes, address."""
    town.settings = town.settings.model_copy(update={"public_url": "https://bot.example"})
    anna = await agrees(town, "anna")
    event = await held(town, "kaspars", terms={"asks_needs": True})
    await invited(town, event, "anna")
    await anna.forges(asking.AskQuestion(event).pack())
    await anna.says("Vai būs zilonifants?")
    await anna.forges(f"events.answer:{event}:yes")
    await _is_asked_needs(town, event)
    await anna.says("rampafants pie durvīm")
    for data in (f"events.mute:{event}", door.MyTicket(event).pack(), "events.new_feed", "events.travel:1:1"):
        await anna.forges(data)
    anna.reads_rest()
    await anna.says("/mydata")
    shown = "".join(one.attachment.content.decode() if one.attachment else one.text for one in anna.reads_rest())
    assert "zilonifants" in shown
    assert "rampafants" in shown
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    anna.reads_rest()
    await town.after_a_moment()
    kaspars.reads_rest()
    held_of_them = ("event_questions", "invitations", "mutes", "makings")
    assert {table: len(await town.rows(f"SELECT 1 FROM {table}")) for table in held_of_them} == dict.fromkeys(
        held_of_them, 0
    )
    files = [one for one in town.database_file.parent.glob(f"{town.database_file.name}*") if "journal" not in one.name]
    kept = b"".join(one.read_bytes() for one in files)
    for word in ("zilonifants", "rampafants"):
        assert word.encode() not in kept
        assert json.dumps(word).strip('"').encode() not in kept


async def _is_asked_needs(town: Town, event: int) -> None:
    """The bot waits for Anna's answer to what she needs."""
    number = (await town.person("anna")).id
    async with town.open_database() as database, database.write() as db:
        await db.execute(expected.delete())
        await db.execute(
            insert(expected).values(
                person_id=number, data=TellNeeds(event).pack(), lapses_at=town.clock.now() + timedelta(days=1)
            )
        )


@pytest.mark.feature("X49")
async def test_what_somebody_wanted_to_talk_of_is_not_passed_on_with_their_hour(town: Town) -> None:
    ilze = await town.staff("ilze", Role.SPECIALIST, OGRE, speciality="psychologist")
    marta, juris = [await town.staff(one, Role.MENTOR, OGRE) for one in ("marta", "juris")]
    expert, guest = (await town.person("ilze")).id, (await town.person("marta")).id
    async with town.open_database() as database, database.write() as db:
        row = {"expert_id": expert, "subject": "Projekti", "minutes": 30, "place": "Zoom", "starts_at": STARTS}
        row |= {"sequence": 0, "booked_by": guest, "about": "zilonifanti"}
        await db.execute(insert(expert_slots).values(**row))
    await marta.says("/forget")
    await marta.taps("people.any.button.forget_sure")
    assert ilze.sees("partnerships.staff.was_given_back")
    await juris.forges("partnerships.book:1")
    assert "zilonifanti" not in "".join(one.text for one in (*juris.reads_rest(), *ilze.reads_rest()))
    assert (await town.rows("SELECT about FROM expert_slots"))[0].about is None
    marta.reads_rest()

"""A series of sessions that is out: one of them is called off or moves, all of them are, and its coordinator's list."""

import pytest
from sqlalchemy import insert, update

from bot.events.event import Reply, State
from bot.roles import Role
from bot.storage.tables import event_series, events
from tests.chats.events_sent import is_invited, is_out
from tests.chats.events_talk import CESIS, DAY, OGRE, agrees, at
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

S, B = "events.staff", "events.staff.button"


@pytest.fixture
async def dace(town: Town) -> Inhabitant:
    """The coordinator of the whole country."""
    return await town.staff("dace", Role.COORDINATOR, None)


async def a_series(town: Town, *, lead: State = State.SENT) -> tuple[int, int, int]:
    """In Ogre, in Cēsis a day later and, where the invitation hangs, in Ogre another day later."""
    now = town.clock.now()
    async with town.open_database() as database, database.write() as db:
        row = {"kind": "sessions", "titles": {"lv": "Picas vakars"}, "language": "lv", "countries": []}
        made = await db.execute(insert(event_series).values(**row, version=1, created_at=now, changed_at=now))
    assert made.inserted_primary_key is not None
    told = {"series_id": made.inserted_primary_key[0], "municipality": None}
    ogre = await is_out(town, "dace", particulars={"held_in": OGRE}, **told)
    starts = [at(DAY.replace(day=DAY.day + days), 17) for days in (1, 2)]
    cesis = await is_out(town, "dace", particulars={"held_in": CESIS}, starts_at=starts[0], **told)
    last = await is_out(town, "dace", lead, particulars={"held_in": OGRE}, starts_at=starts[1], **told)
    return ogre, cesis, last


@pytest.mark.feature("S3.10")
async def test_a_session_called_off_is_told_to_those_who_chose_it_with_a_button_for_another(
    town: Town, dace: Inhabitant
) -> None:
    anna, danylo, emma = [await agrees(town, name) for name in ("anna", "danylo", "emma")]
    ogre, cesis, last = await a_series(town)
    for name in ("anna", "danylo", "emma"):
        await is_invited(town, last, name)
    await is_invited(town, ogre, "anna", Reply.YES)
    await is_invited(town, cesis, "danylo", Reply.YES)
    for one in (anna, danylo, emma):
        one.reads_rest()
    await dace.forges(f"events.cancel:{ogre}:0")
    assert ": 1." in dace.sees(f"{S}.cancel_session_ask").text
    await dace.taps(f"{B}.cancel_session_sure")
    dace.sees(f"{S}.session_called_off")
    said = anna.sees("events.youth.session_cancelled").text
    assert "13. marts" in said
    assert "14. marts" in said
    danylo.sees_nothing()
    emma.sees_nothing()
    await anna.taps_label("Cēsis, piektd., 13. marts, 17:00")
    anna.reads_rest()
    held = await town.rows("select event_id from invitations where seat = 'held' and event_id = :it", it=cesis)
    assert len(held) == 2


@pytest.mark.feature("S3.10")
async def test_if_the_session_is_called_off_on_which_the_invitation_hangs_nobody_merely_invited_hears_of_it(
    town: Town, dace: Inhabitant
) -> None:
    anna, danylo, emma = [await agrees(town, name) for name in ("anna", "danylo", "emma")]
    _, cesis, last = await a_series(town)
    await is_invited(town, last, "anna")
    await is_invited(town, last, "danylo", Reply.YES)
    await is_invited(town, last, "emma", Reply.NO)
    for one in (anna, danylo, emma):
        one.reads_rest()
    await dace.forges(f"events.cancel:{last}:1")
    dace.sees(f"{S}.session_called_off")
    danylo.sees("events.youth.session_cancelled")
    anna.sees_nothing()
    emma.sees_nothing()
    await anna.forges(f"events.invitation:{cesis}")
    invitation = anna.sees("events.youth.invitation").text
    assert "13. marts" in invitation
    assert "14. marts" not in invitation
    rows = await town.rows("select answer from invitations where event_id = :it order by person_id", it=cesis)
    assert [row.answer for row in rows] == [None, None, "no"]


@pytest.mark.feature("S3.10")
async def test_who_has_not_got_the_invitation_yet_gets_it_by_another_session(town: Town, dace: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    danylo = await agrees(town, "danylo")
    _, _, last = await a_series(town, lead=State.SENDING)
    await is_invited(town, last, "danylo")
    anna.reads_rest()
    danylo.reads_rest()
    await dace.forges(f"events.cancel:{last}:1")
    invitation = anna.sees("events.youth.invitation").text
    assert "13. marts" in invitation
    assert "14. marts" not in invitation
    danylo.sees_nothing()
    dace.reads_rest()


@pytest.mark.feature("S3.10")
async def test_a_whole_series_called_off_is_told_to_everybody_invited_once(town: Town, dace: Inhabitant) -> None:
    anna, danylo, emma = [await agrees(town, name) for name in ("anna", "danylo", "emma")]
    ogre, cesis, last = await a_series(town)
    for name, reply in (("anna", None), ("danylo", None), ("emma", Reply.NO)):
        await is_invited(town, last, name, reply)
    await is_invited(town, cesis, "danylo", Reply.YES)
    for one in (anna, danylo, emma):
        one.reads_rest()
    await dace.forges(f"events.cancel:{ogre}:0")
    await dace.taps(f"{B}.say_why")
    dace.reads_rest()
    await dace.says("Applūdusi zāle.")
    dace.sees(f"{S}.cancel_part_because")
    await dace.taps(f"{B}.cancel_series_sure")
    assert ": 2." in dace.sees(f"{S}.called_off").text
    for one in (anna, danylo):
        assert "Applūdusi zāle." in one.sees("events.youth.series_cancelled").text
        one.sees_nothing()
    emma.sees_nothing()
    assert [row.state for row in await town.rows("select distinct state from events")] == ["cancelled"]


@pytest.mark.feature("S3.10")
async def test_another_hour_of_one_session_is_told_to_those_who_chose_it(town: Town, dace: Inhabitant) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    ogre, _, last = await a_series(town)
    await is_invited(town, last, "anna")
    await is_invited(town, last, "danylo", Reply.YES)
    anna.reads_rest()
    danylo.reads_rest()
    await dace.forges(f"events.ask_change:{last}:starts:")
    await dace.says("18:30")
    await dace.taps(f"{B}.review_change")
    await dace.taps(f"{B}.tell_change")
    assert "1" in dace.sees(f"{S}.change_told").text
    danylo.sees("events.youth.changed")
    anna.sees_nothing()
    await anna.forges(f"events.invitation:{last}")
    assert "18:30" in anna.sees("events.youth.invitation").text
    assert ogre < last


@pytest.mark.feature("S3.10")
async def test_a_series_is_one_line_with_its_sessions_behind_it(town: Town, dace: Inhabitant) -> None:
    await agrees(town, "anna")
    ogre, cesis, last = await a_series(town)
    alone = await is_out(town, "dace", titles={"lv": "Koncerts"}, starts_at=at(DAY, 19))
    await is_invited(town, last, "anna")
    await is_invited(town, cesis, "anna", Reply.YES)
    await dace.says("/events")
    said = dace.sees(f"{S}.events").text
    assert said.count("Picas vakars") == 1
    assert "Koncerts" in said
    assert [one for one in dace.buttons if "Picas" in one or "Koncerts" in one] == ["Picas vakars", "Koncerts"]
    await dace.taps_label("Picas vakars")
    assert "Cēsis, piektd., 13. marts, 17:00: būs: 1" in dace.sees(f"{S}.series").text
    await dace.taps_label("Cēsis, piektd., 13. marts, 17:00")
    dace.sees(f"{S}.event")
    assert alone > ogre


@pytest.mark.feature("S3.10", "I2")
async def test_who_was_invited_to_another_session_sees_where_one_is_on_the_map_and_may_ask_about_it(
    town: Town, dace: Inhabitant
) -> None:
    anna, emma = await agrees(town, "anna"), await agrees(town, "emma")
    ogre, _, last = await a_series(town)
    async with town.open_database() as database, database.write() as db:
        where = {"held_in": OGRE, "latitude": 56.8153, "longitude": 24.6042}
        await db.execute(update(events).where(events.c.id == ogre).values(particulars=where))
    await is_invited(town, last, "anna")
    anna.reads_rest()
    await anna.forges(f"events.map:{ogre}")
    anna.sees("events.any.on_the_map")
    await anna.taps("events.youth.button.to_event")
    anna.sees("events.youth.invitation")
    await anna.forges(f"events.question:{ogre}")
    anna.sees("events.youth.ask_question")
    for what in ("map", "question"):
        await emma.forges(f"events.{what}:{ogre}")
        emma.sees("people.youth.not_available")
    dace.reads_rest()

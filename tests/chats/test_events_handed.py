"""Words that many will read are told by somebody who did not write them, also when an event was sent long ago."""

import pytest

from bot.events import store
from bot.events.event import Reply, State
from bot.events.going_out import sending, store_approvals
from bot.roles import Role
from tests.chats.events_sent import event_of, is_out
from tests.chats.events_talk import CESIS, OGRE, watched
from tests.chats.test_events_changes import guests, types_change
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

S, B = "events.staff", "events.staff.button"
NEW = "Picas rīts"


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre, who may write to one person alone."""
    return await watched(town)


@pytest.fixture
async def rudite(town: Town) -> Inhabitant:
    """Another coordinator of Ogre."""
    return await town.staff("rudite", Role.COORDINATOR, OGRE)


async def hands_over(kaspars: Inhabitant, *parts: tuple[str, str]) -> tuple[int, Inhabitant, Inhabitant]:
    """An event with two guests who read Latvian, another title of which was handed over, unless told otherwise."""
    town = kaspars.town
    event = await is_out(town)
    anna, emma = await guests(town, event, anna=Reply.YES, emma=Reply.YES)
    await types_change(kaspars, event, *(parts or (("title", NEW),)))
    await kaspars.taps(f"{B}.review_change")
    kaspars.sees(f"{S}.review_change")
    await kaspars.taps(f"{B}.hand_change_over")
    return event, anna, emma


def press(one: Inhabitant, name: str) -> tuple[int, str]:
    """A button that is on their screen, to be pressed later: its message and what it carries."""
    message, (_, data) = one.find_button(f"{B}.{name}")
    return message.id, data


@pytest.mark.feature("I13", "I3")
async def test_a_colleague_sees_who_wrote_it_and_the_notice_and_tells_it(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    event, anna, emma = await hands_over(kaspars)
    kaspars.sees(f"{S}.change_waits")
    assert rudite.words(f"{S}.change_goes_to", count=2) in rudite.sees(f"{S}.look_at_change_please").text
    rudite.sees_nothing()  # asked once
    assert (await event_of(town, event)).title.texts["lv"] == "Picas vakars"
    await rudite.taps(f"{B}.look_at_change")
    looked = rudite.sees(f"{S}.look_at_change").text
    assert ("Kaspars" in looked or "kaspars" in looked, NEW in looked) == (True, True)
    await rudite.taps(f"{B}.preview_uk")
    assert rudite.words(f"{S}.nothing_for_readers") in rudite.sees(f"{S}.look_at_change").text
    await rudite.taps(f"{B}.tell_handed")
    rudite.sees(f"{S}.change_told")
    kaspars.sees(f"{S}.change_told_by")
    for one in (anna, emma):
        assert NEW in one.sees("events.youth.corrected").text
        one.sees_nothing()
    rows = await town.rows("SELECT action, actor_id FROM audit WHERE action LIKE 'event.change%' ORDER BY id")
    his, hers = (await town.person("kaspars")).id, (await town.person("rudite")).id
    assert [tuple(row) for row in rows] == [
        ("event.change_handed", his), ("event.changed", hers), ("event.change_approved", hers)
    ]  # fmt: skip


@pytest.mark.feature("I13", "X2")
async def test_neither_its_author_nor_a_coordinator_of_another_place_tells_it(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    stranger = await town.staff("dace", Role.COORDINATOR, CESIS)
    event, anna, _ = await hands_over(kaspars)
    await rudite.taps(f"{B}.look_at_change")
    rudite.reads_rest()
    kaspars.reads_rest()
    _, tell = press(rudite, "tell_handed")
    _, back = press(rudite, "return_change")
    for data in (tell, back):
        await kaspars.forges(data)  # it goes on saying that it waits
        kaspars.does_not_see(f"{S}.change_told")
        kaspars.does_not_see(f"{S}.ask_why_return")
        await stranger.forges(data)
        stranger.sees("people.staff.not_available")
    await kaspars.forges(f"events.ask_change:{event}:note:")
    kaspars.does_not_see(f"{S}.ask_change.note")  # nothing is written beside it
    kaspars.reads_rest()
    await stranger.forges(tell.replace("tell_handed", "take_back_change").rsplit(":", 1)[0])
    stranger.sees("people.staff.not_available")
    anna.sees_nothing()
    assert [row[0] for row in await town.rows("SELECT state FROM event_changes")] == ["handed"]


@pytest.mark.feature("I13")
async def test_what_was_written_anew_or_overtaken_since_is_shown_again_before_it_is_told(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    event, anna, emma = await hands_over(kaspars)
    await rudite.taps(f"{B}.look_at_change")
    rudite.reads_rest()
    message, tell = press(rudite, "tell_handed")
    await kaspars.taps(f"{B}.take_back_change")
    kaspars.reads_rest()
    await rudite.taps_old(message, tell)
    rudite.sees(f"{S}.change_is_rewritten")
    await types_change(kaspars, event, ("title", "Pavisam kas cits"))
    await kaspars.taps(f"{B}.review_change")
    await kaspars.taps(f"{B}.hand_change_over")
    kaspars.reads_rest()
    rudite.reads_rest()
    await rudite.taps_old(message, tell)
    assert "Pavisam kas cits" in rudite.sees(f"{S}.look_at_change_again").text
    message, tell = press(rudite, "tell_handed")
    await types_change(rudite, event, ("place", "Bibliotēka"))  # her own, of the place alone
    await rudite.taps(f"{B}.review_change")
    await rudite.taps(f"{B}.tell_change")
    rudite.reads_rest()
    assert "Bibliotēka" in anna.sees("events.youth.changed").text
    await rudite.taps_old(message, tell)
    rudite.sees(f"{S}.look_at_change_again")
    anna.sees_nothing()
    await rudite.taps(f"{B}.tell_handed")
    assert "Pavisam kas cits" in anna.sees("events.youth.corrected").text
    for one in (emma, rudite, kaspars):
        one.reads_rest()


@pytest.mark.feature("I13", "X1")
async def test_of_two_who_press_one_tells_it_and_the_other_hears_that_it_is_decided(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    ilze = await town.staff("ilze", Role.COORDINATOR, OGRE)
    _, anna, emma = await hands_over(kaspars)
    for one in (rudite, ilze):
        await one.taps(f"{B}.look_at_change")
        one.reads_rest()
    await rudite.taps(f"{B}.tell_handed")
    await ilze.taps(f"{B}.tell_handed")
    ilze.sees(f"{S}.change_is_decided")
    anna.sees("events.youth.corrected")
    anna.sees_nothing()
    assert len(await town.rows("SELECT 1 FROM audit WHERE action = 'event.changed'")) == 1
    for one in (emma, rudite, kaspars):
        one.reads_rest()


@pytest.mark.feature("I13")
async def test_it_goes_back_with_a_reason_and_can_be_handed_over_again(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    _, anna, _ = await hands_over(kaspars)
    await rudite.taps(f"{B}.look_at_change")
    await rudite.taps(f"{B}.return_change")
    rudite.sees(f"{S}.ask_why_return")
    await rudite.says("x" * 301)
    rudite.sees(f"{S}.why_too_long")
    await rudite.says("Tā vairs nav rīta pica.")
    rudite.sees(f"{S}.change_handed_back")
    assert "rīta pica" in kaspars.sees(f"{S}.change_returned").text
    await kaspars.taps(f"{B}.go_on")
    assert NEW in kaspars.sees(f"{S}.change").text
    await kaspars.taps(f"{B}.review_change")
    await kaspars.taps(f"{B}.hand_change_over")
    kaspars.sees(f"{S}.change_waits")
    rudite.sees(f"{S}.look_at_change_please")
    anna.sees_nothing()


@pytest.mark.feature("I13")
async def test_where_there_is_nobody_else_it_stays_written_and_it_is_said_whom_it_takes(
    town: Town, kaspars: Inhabitant
) -> None:
    event, anna, _ = await hands_over(kaspars)
    kaspars.sees(f"{S}.change_nobody_to_ask")
    anna.sees_nothing()
    national = await town.staff("dace", Role.COORDINATOR, None)
    await kaspars.forges(f"events.review_change:{event}:")
    await kaspars.taps(f"{B}.hand_change_over")
    kaspars.sees(f"{S}.change_waits")
    national.sees(f"{S}.look_at_change_please")


@pytest.mark.feature("I13")
async def test_another_time_alone_waits_for_nobody_and_words_beside_it_do(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    event, anna, emma = await hands_over(kaspars, ("starts", "13.3. 18:30"), ("note", "Līdzi nekas nav jāņem."))
    kaspars.sees(f"{S}.change_waits")
    rudite.reads_rest()
    await kaspars.taps(f"{B}.take_back_change")
    await kaspars.taps(f"{B}.go_on")
    await kaspars.forges(f"events.clear_change:{event}:note")
    await kaspars.taps(f"{B}.review_change")
    await kaspars.taps(f"{B}.tell_change")
    kaspars.reads_rest()
    for one in (anna, emma):
        one.sees("events.youth.changed")
    rudite.sees_nothing()


@pytest.mark.feature("I13")
@pytest.mark.parametrize("gone", ["erased", "demoted"])
async def test_of_an_author_who_is_gone_it_is_told_or_dropped_by_the_other(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant, gone: str
) -> None:
    event, anna, emma = await hands_over(kaspars)
    author = (await town.person("kaspars")).id
    kaspars.reads_rest()
    rudite.reads_rest()
    table = {"erased": "people WHERE id", "demoted": "grants WHERE person_id"}[gone]
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql(f"DELETE FROM {table} = {author}")
    await rudite.forges(f"events.open:{event}")
    await rudite.taps(f"{B}.look_at_change")
    rudite.sees(f"{S}.look_at_change")
    if gone == "erased":
        await rudite.taps(f"{B}.tell_handed")
        rudite.sees(f"{S}.change_told")
        for one in (anna, emma):
            one.sees("events.youth.corrected")
    else:
        await rudite.taps(f"{B}.drop_handed")
        rudite.sees(f"{S}.handed_change_dropped")
        anna.sees_nothing()
        assert [tuple(row) for row in await town.rows("SELECT state, new FROM event_changes")] == [("dropped", "{}")]


@pytest.mark.feature("I13", "I3")
async def test_an_invitation_under_way_goes_on_with_the_words_that_both_have_seen(
    town: Town, kaspars: Inhabitant, rudite: Inhabitant
) -> None:
    event, _, _ = await hands_over(kaspars)
    another = (await town.person("rudite")).id
    async with town.open_database() as database, database.write() as db:
        await db.exec_driver_sql("UPDATE events SET state = 'sending', cursor = 0")
        found = await store.event(db, event)
        assert found is not None
        digest = sending.digest(found)
        await store_approvals.say_yes_to(db, event, digest, 2, another, town.clock.now())
    await rudite.taps(f"{B}.look_at_change")
    await rudite.taps(f"{B}.tell_handed")
    rudite.reads_rest()
    assert (await event_of(town, event)).state in (State.SENDING, State.SENT)
    (kept,) = await town.rows("SELECT decided_by, digest FROM event_approvals")
    assert kept[0] == another
    assert kept[1] != digest
    for one in town.people.values():
        one.reads_rest()

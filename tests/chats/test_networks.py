"""Networks in chat: founded, joined, led and left; topics proposed and voted on, and taken to a meeting."""

from datetime import timedelta

import pytest

from bot.events.whom import store_audience
from bot.events.whom.asking import asking
from bot.events.writing import store_drafts
from bot.networks import store_topics
from bot.networks.actions import AddPerson, HandTo, MakeLink, OpenNetwork
from bot.networks.actions_topics import EndVote, MeetAbout, Meeting, Vote
from bot.networks.rules import LINK_VALID, PAYLOAD_PREFIX
from bot.networks.screens import A_PAGE
from bot.roles import Role
from tests.chats.networks_talk import CESIS, OGRE, B, S, dace_leads, network_of
from tests.town.town import Town


@pytest.mark.feature("S3.2", "S3.9")
async def test_a_coordinator_founds_a_working_group_and_brings_in_a_colleague(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    await kaspars.says("/network")
    kaspars.sees(f"{S}.list_empty")
    await kaspars.taps(f"{B}.found")
    await kaspars.taps("networks.any.kind.working_group")
    await kaspars.says("Ogres darba grupa")
    assert "Ogres darba grupa" in kaspars.sees(f"{S}.network").text
    await kaspars.taps(f"{B}.add")
    await kaspars.taps_label("Marta")
    kaspars.reads_rest()
    marta.sees(f"{S}.you_were_added")
    await marta.taps(f"{B}.open")
    await marta.taps(f"{B}.members")
    listed = marta.sees(f"{S}.members").text
    assert "Kaspars" in listed
    assert "kopš 02.03.2026" in listed
    assert marta.words("directory.any.place.lv_067") in listed


@pytest.mark.feature("S3.2", "S3.15")
async def test_a_colleague_comes_by_the_link_and_says_for_whom_they_speak(town: Town) -> None:
    dace = await dace_leads(town)
    liene = await town.staff("liene", Role.LEAD, CESIS)
    await network_of(town, "dace")
    await dace.says("/network")
    await dace.taps_label("Darba grupa")
    await dace.taps(f"{B}.link")
    link = dace.sees(f"{S}.link").text.split("?start=")[1].split()[0]
    assert link.startswith(PAYLOAD_PREFIX)
    await liene.says(f"/start {link}")
    liene.sees(f"{S}.for_whom")
    assert len(await town.rows("SELECT id FROM network_members")) == 1
    await liene.taps("networks.any.stands.region")
    await liene.taps("directory.any.region.vidzeme")
    assert liene.words("networks.any.stands.region").casefold() in liene.sees(f"{S}.network").text
    dace.sees(f"{S}.somebody_joined")
    (row,) = await town.rows("SELECT stands_for, region FROM network_members ORDER BY id DESC LIMIT 1")
    assert tuple(row) == ("region", "vidzeme")


@pytest.mark.feature("S3.2")
async def test_a_link_opens_nothing_after_its_days_nor_for_a_young_person(town: Town) -> None:
    dace, anna = await dace_leads(town), await town.youth("anna")
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    await network_of(town, "dace")
    await dace.says("/network")
    await dace.taps_label("Darba grupa")
    await dace.taps(f"{B}.link")
    link = dace.sees(f"{S}.link").text.split("?start=")[1].split()[0]
    await dace.forges(MakeLink(1).pack())
    dace.sees("staff.staff.invite_above")
    await anna.says(f"/start {link}")
    anna.sees("outreach.youth.unknown_link")
    anna.reads_rest()
    town.clock.move_to(town.clock.now() + LINK_VALID + timedelta(minutes=1))
    await marta.says(f"/start {link}")
    marta.sees(f"{S}.link_over")
    dace.reads_rest()
    marta.reads_rest()
    assert len(await town.rows("SELECT id FROM network_members")) == 1


@pytest.mark.feature("S3.14")
async def test_an_organisation_is_named_and_nothing_else_of_anybody_is_kept(town: Town) -> None:
    dace = await dace_leads(town)
    await network_of(town, "dace")
    await dace.says("/network")
    await dace.taps_label("Darba grupa")
    await dace.taps(f"{B}.stand")
    await dace.taps("networks.any.stands.association")
    dace.sees(f"{S}.ask_organization")
    await dace.says("Pašvaldību savienība")
    assert "Pašvaldību savienība" in dace.sees(f"{S}.network").text
    columns = {row.name for row in await town.rows("PRAGMA table_info(network_members)")}
    assert not columns & {"phone", "email", "username"}


async def test_somebody_leaves_in_one_tap_and_whoever_leads_hears_of_it(town: Town) -> None:
    dace, marta = await dace_leads(town), await town.staff("marta", Role.MENTOR, OGRE)
    number = await network_of(town, "dace", "marta")
    await marta.says("/network")
    await marta.taps_label("Darba grupa")
    await marta.taps(f"{B}.leave")
    marta.sees(f"{S}.left")
    dace.sees(f"{S}.somebody_left")
    await marta.forges(OpenNetwork(number).pack())
    marta.sees("people.staff.not_available")


@pytest.mark.feature("S3.9")
async def test_it_is_handed_over_to_another_coordinator_and_to_nobody_else(town: Town) -> None:
    dace = await dace_leads(town)
    kaspars = await town.staff("kaspars", Role.COORDINATOR, None)
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    number = await network_of(town, "dace", "marta")
    await dace.forges(HandTo(number, (await town.person("marta")).id).pack())
    dace.sees("people.staff.not_available")
    await dace.says("/network")
    await dace.taps_label("Darba grupa")
    await dace.taps(f"{B}.hand_over")
    await dace.taps_label("Kaspars")
    kaspars.sees(f"{S}.now_yours")
    assert "Kaspars" in dace.sees(f"{S}.network").text
    marta.sees_nothing()


async def test_whoever_loses_every_role_is_in_no_network_and_leads_none(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    dace = await dace_leads(town)
    await network_of(town, "kaspars", municipality=OGRE)
    dace.reads_rest()
    (grant,) = await town.rows("SELECT id FROM grants WHERE municipality = :place", place=OGRE)
    await dace.forges(f"staff.take_role:{grant.id}:1")
    dace.reads_rest()
    kaspars.reads_rest()
    assert await town.rows("SELECT id FROM network_members WHERE left_at IS NULL") == []
    assert await town.rows("SELECT id FROM networks WHERE led_by IS NOT NULL") == []


async def test_a_coordinator_brings_in_nobody_from_beyond_their_reach(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    await town.staff("marta", Role.MENTOR, CESIS)
    number = await network_of(town, "kaspars", municipality=OGRE)
    await kaspars.forges(AddPerson(number, (await town.person("marta")).id).pack())
    kaspars.sees("people.staff.not_available")
    assert len(await town.rows("SELECT id FROM network_members")) == 1


# --- topics -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3.5")
async def test_members_propose_and_vote_and_see_counts_but_no_names(town: Town) -> None:
    dace, marta = await dace_leads(town), await town.staff("marta", Role.MENTOR, OGRE)
    await network_of(town, "dace", "marta")
    await marta.says("/network")
    await marta.taps_label("Darba grupa")
    await marta.taps(f"{B}.topics")
    marta.sees(f"{S}.topics_none")
    await marta.taps(f"{B}.propose")
    await marta.says("Jaunieši\nlauku pagastos")
    page = marta.sees(f"{S}.votes_left").text
    assert "Jaunieši lauku pagastos" in page
    await marta.taps_label("1. Jaunieši")
    assert "✓" in marta.buttons[0]
    marta.reads_rest()
    await dace.says("/network")
    await dace.taps_label("Darba grupa")
    await dace.taps(f"{B}.topics")
    seen = dace.sees(f"{S}.topics").text
    assert dace.words("networks.any.votes", count=1) in seen
    assert "Marta" not in seen


@pytest.mark.feature("S3.5")
async def test_a_fourth_vote_is_not_taken_and_one_can_be_taken_back(town: Town) -> None:
    await dace_leads(town)
    marta = await town.staff("marta", Role.MENTOR, OGRE)
    number = await network_of(town, "dace", "marta")
    topics = await proposed(town, number, 4)
    for one in topics[:3]:
        await marta.forges(Vote(one, given=True).pack())
        marta.reads_rest()
    await marta.forges(Vote(topics[3], given=True).pack())
    marta.sees(f"{S}.votes_used")
    marta.reads_rest()
    await marta.forges(Vote(topics[0], given=False).pack())
    await marta.forges(Vote(topics[3], given=True).pack())
    marta.reads_rest()
    rows = await town.rows("SELECT topic_id FROM topic_votes ORDER BY topic_id")
    assert [row.topic_id for row in rows] == topics[1:]


@pytest.mark.feature("S3.3", "S3.4")
async def test_the_most_wanted_topics_become_the_agenda_of_a_meeting_of_the_network(town: Town) -> None:
    dace = await dace_leads(town)
    number = await network_of(town, "dace")
    topics = await proposed(town, number, 3)
    await dace.forges(Vote(topics[1], given=True).pack())
    dace.reads_rest()
    await dace.taps(f"{B}.end_vote")
    assert "Tēma 1" in dace.sees(f"{S}.end_vote_sure").text
    await dace.taps(f"{B}.end_vote_sure")
    dace.sees(f"{S}.topics_chosen")
    await dace.taps(f"{B}.meet.video_conference")
    dace.reads_rest()
    (draft,) = await town.rows("SELECT kind, particulars, audience FROM events")
    assert draft.kind == "video_conference"
    assert "T\\u0113ma 1" in draft.particulars or "Tēma 1" in draft.particulars
    assert "Tēma 0" not in draft.particulars
    assert f'"networks": [{number}]' in draft.audience
    states = await town.rows("SELECT state, event_id FROM topics ORDER BY id")
    assert [row.state for row in states] == ["aside", "chosen", "aside"]


@pytest.mark.feature("S3.3", "S3.4")
async def test_the_meeting_is_for_the_members_of_whatever_place_and_for_nobody_else(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR, OGRE)
    await town.staff("marta", Role.MENTOR, CESIS)
    await town.staff("liene", Role.LEAD, OGRE)
    number = await network_of(town, "kaspars", "marta", municipality=OGRE)
    (topic,) = await proposed(town, number, 1, by="kaspars")
    await kaspars.forges(Vote(topic, given=True).pack())
    await kaspars.forges(EndVote(number, sure=True).pack())
    await kaspars.forges(MeetAbout(number, Meeting.WORKING_GROUP_MEETING).pack())
    kaspars.reads_rest()
    (row,) = await town.rows("SELECT id, municipality FROM events")
    assert row.municipality == OGRE
    async with town.open_database() as database, database.read() as db:
        draft = await store_drafts.draft(db, row.id)
        assert draft is not None
        asked = asking(draft, town.clock.now(), town.settings)
        guests = await store_audience.page(db, asked, 0, 10)
    assert [one.person_id for one in guests] == [(await town.person("marta")).id]


@pytest.mark.feature("S3.4")
async def test_topics_whose_invitation_was_thrown_away_wait_for_a_meeting_again(town: Town) -> None:
    dace = await dace_leads(town)
    number = await network_of(town, "dace")
    (topic,) = await proposed(town, number, 1)
    await dace.forges(Vote(topic, given=True).pack())
    await dace.forges(EndVote(number, sure=True).pack())
    await dace.forges(MeetAbout(number, Meeting.WORKING_GROUP_MEETING).pack())
    dace.reads_rest()
    await dace.forges(MeetAbout(number, Meeting.WORKING_GROUP_MEETING).pack())
    dace.sees("people.staff.not_available")
    (draft,) = await town.rows("SELECT id FROM events")
    async with town.open_database() as database, database.write() as db:
        await store_drafts.discard(db, draft.id)
        assert [one.id for one in await store_topics.chosen_in(db, number)] == [topic]


async def test_a_long_list_of_networks_is_shown_in_pages(town: Town) -> None:
    dace = await dace_leads(town)
    for _ in range(A_PAGE + 1):
        await network_of(town, "dace")
    await dace.says("/network")
    dace.sees(f"{S}.list")
    await dace.taps(f"{B}.later")
    dace.sees(f"{S}.list")
    await dace.taps(f"{B}.earlier")
    dace.sees(f"{S}.list")


async def proposed(town: Town, network: int, count: int, by: str = "dace") -> list[int]:
    async with town.open_database() as database, database.write() as db:
        author = (await town.person_quietly(by)).id
        return [await store_topics.propose(db, network, author, f"Tēma {number}") for number in range(count)]

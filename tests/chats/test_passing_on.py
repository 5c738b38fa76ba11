"""A partner knows somebody: a link for one young person, of whom nothing is kept, and a bare count for the partner."""

import pytest
from sqlalchemy import text

from bot.outreach.chat_passing import MakeLink
from bot.outreach.rules import MOST_UNOPENED
from bot.roles import Role
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

S = "outreach.staff"


async def makes_link(partner: Inhabitant) -> str:
    """What the link starts the bot with."""
    await partner.says("/pass_on")
    partner.sees(f"{S}.passing")
    await partner.taps(f"{S}.button.make_link")
    made = partner.sees(f"{S}.passing_ready")
    assert made.attachment is not None
    return made.text.split("?start=")[1].split()[0]


@pytest.mark.feature("S1.8")
@pytest.mark.parametrize("name", ["anna", "danylo", "emma"])
async def test_a_partner_hands_a_link_on_and_later_sees_a_count_and_nothing_of_the_person(
    town: Town, name: str
) -> None:
    zane = await town.staff("zane", Role.PARTNER, speciality="ngo")
    link, other = await makes_link(zane), await makes_link(zane)
    assert link != other
    before = await town.rows("SELECT id, code, opened FROM passed_links ORDER BY id")
    assert [bool(row.opened) for row in before] == [False, False]
    young = town.newcomer(name)
    await young.says(f"/start {link}")
    await young.says(f"/start {link}")
    young.does_not_see("outreach.youth.unknown_link")
    young.reads_rest()
    await zane.says("/pass_on")
    shown = zane.sees(f"{S}.passing").text
    assert "1" in shown
    assert (await town.person(name)).code_name not in shown
    assert (await town.person(name)).municipality == "LV-067"
    (source,) = await town.rows("SELECT code, kind FROM sources JOIN people ON people.source_id = sources.id")
    assert (source.code, source.kind) == ("partner-ogre", "partner")
    kept = await town.rows("SELECT * FROM passed_links WHERE opened")
    assert [set(row._mapping) for row in kept] == [{"id", "code", "source_id", "made_by", "opened"}]
    assert kept[0].made_by == (await town.person("zane")).id
    zane.reads_rest()


@pytest.mark.feature("S1.8")
async def test_a_partner_who_tries_the_link_out_does_not_use_it_up(town: Town) -> None:
    zane = await town.staff("zane", Role.PARTNER, speciality="ngo")
    link = await makes_link(zane)
    await zane.says(f"/start {link}")
    assert [bool(row.opened) for row in await town.rows("SELECT opened FROM passed_links")] == [False]
    zane.reads_rest()


@pytest.mark.feature("S1.8")
async def test_twenty_links_that_nobody_opened_are_enough_and_nobody_else_may_make_any(town: Town) -> None:
    zane = await town.staff("zane", Role.PARTNER, speciality="ngo")
    link = await makes_link(zane)
    maker = (await town.person("zane")).id
    insert = text("INSERT INTO passed_links (code, source_id, made_by, opened) VALUES (:code, 1, :maker, false)")
    async with town.open_database() as database, database.write() as db:
        for number in range(MOST_UNOPENED - 1):
            await db.execute(insert, {"code": f"p-{number}", "maker": maker})
    await zane.forges(MakeLink().pack())
    zane.sees(f"{S}.passing_enough")
    marta = await town.staff("marta", Role.MENTOR)
    await marta.forges(MakeLink().pack())
    marta.sees("people.staff.not_available")
    anna = town.newcomer("anna")
    await anna.says(f"/start {link}x")
    anna.sees("outreach.youth.unknown_link")
    anna.reads_rest()


@pytest.mark.feature("S1.8")
async def test_all_who_come_by_partners_of_a_place_are_one_line_of_the_figures(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    for name in ("zane", "juris"):
        partner = await town.staff(name, Role.PARTNER, speciality="ngo")
        await makes_link(partner)
        partner.reads_rest()
    assert len(await town.rows("SELECT id FROM sources WHERE kind = 'partner'")) == 1
    await kaspars.says("/sources")
    assert kaspars.words(f"{S}.partners") in kaspars.buttons
    kaspars.reads_rest()

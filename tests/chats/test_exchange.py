"""The directory as a file: out of the chat, back into it, and looked at before anything changes."""

import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import insert, update

from bot.directory import store_exchange
from bot.directory.actions_exchange import LeaveIt, TakeOver
from bot.directory.entries import Directory
from bot.directory.hsds_opening import opened
from bot.directory.hsds_reading import taken_in
from bot.directory.hsds_tables import written
from bot.directory.hsds_writing import packed, tables
from bot.roles import Role
from bot.storage.tables import organizations, services
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, Town

S = "directory.staff"
OGRE, RIGA = "LV-067", "LV-RIX"


async def listed(town: Town) -> None:
    """A youth centre in Ogre with one service, and one in Rīga."""
    async with town.open_database() as database, database.write() as db:
        for number, (code, name, place) in enumerate([("centre", "Centrs", OGRE), ("city", "Pilsēta", RIGA)], start=1):
            row = {"id": number, "code": code, "name": name, "kind": "youth_centre", "municipality": place}
            await db.execute(insert(organizations).values(**row, changed_at=START))
        service = {"id": 1, "code": "talks", "organization_id": 1, "name": "Sarunas", "kind": "psychologist"}
        service |= {"languages": ["lv"], "areas": [OGRE], "offers": [], "online": True, "reads": "lv"}
        await db.execute(
            insert(services).values(**service, email="talks@example.org", verified_at=START, changed_at=START)
        )


async def directory(town: Town) -> Directory:
    async with town.open_database() as database, database.read() as db:
        return await store_exchange.load(db, town.settings.zone)


async def coordinator(town: Town) -> Inhabitant:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await listed(town)
    return kaspars


async def asks_to_send(who: Inhabitant) -> None:
    await who.says("/exchange")
    await who.taps(f"{S}.button.take_in")
    who.sees(f"{S}.send_file")


def a_file(*rows: str, file: str = "services.csv") -> bytes:
    return "\n".join(rows).encode()


RENAMED = a_file("id,organization_id,name", "talks,centre,Mierīgas sarunas")


@pytest.mark.feature("H1")
async def test_what_is_got_is_what_may_be_sent_and_changes_nothing(town: Town) -> None:
    kaspars = await coordinator(town)
    await kaspars.says("/exchange")
    await kaspars.taps(f"{S}.button.send_out")
    kaspars.sees(f"{S}.being_made")
    got = kaspars.sees(f"{S}.file_out")
    assert got.attachment is not None
    theirs = taken_in({}, opened(got.attachment.name, got.attachment.content))
    assert set(theirs.directory) == {"centre"}
    await asks_to_send(kaspars)
    await kaspars.sends_file(got.attachment.name, got.attachment.content)
    kaspars.sees(f"{S}.file_arrived")
    kaspars.sees(f"{S}.file_changes_nothing")
    assert await town.rows("SELECT id FROM received_files") == []


@pytest.mark.feature("H1")
async def test_the_difference_is_seen_before_it_is_taken_over(town: Town) -> None:
    kaspars = await coordinator(town)
    await asks_to_send(kaspars)
    before = await directory(town)
    await kaspars.sends_file("services.csv", RENAMED)
    assert "Mierīgas sarunas" in kaspars.sees(f"{S}.file_changes").text
    assert await directory(town) == before
    await kaspars.taps(f"{S}.button.take_over")
    kaspars.sees(f"{S}.being_taken_over")
    kaspars.sees(f"{S}.taken_over")
    ((name, verified, email),) = await town.rows("SELECT name, verified_at, email FROM services")
    assert (name, email) == ("Mierīgas sarunas", "talks@example.org")
    assert verified is not None
    (line,) = await town.rows("SELECT actor_id FROM audit WHERE action = 'directory.imported'")
    assert line.actor_id == (await town.person("kaspars")).id


async def test_a_difference_may_be_left(town: Town) -> None:
    kaspars = await coordinator(town)
    await asks_to_send(kaspars)
    await kaspars.sends_file("services.csv", RENAMED)
    before = await directory(town)
    await kaspars.taps(f"{S}.button.leave_it")
    kaspars.sees(f"{S}.left")
    assert await directory(town) == before
    assert await town.rows("SELECT id FROM received_files") == []


async def test_a_directory_that_changed_meanwhile_is_not_written_over(town: Town) -> None:
    kaspars = await coordinator(town)
    await asks_to_send(kaspars)
    await kaspars.sends_file("services.csv", RENAMED)
    async with town.open_database() as database, database.write() as db:
        await db.execute(update(services).values(phone="112", changed_at=town.clock.now()))
    before = await directory(town)
    await kaspars.taps(f"{S}.button.take_over")
    kaspars.sees(f"{S}.changed_meanwhile")
    assert await directory(town) == before


async def test_a_second_press_takes_nothing_over_twice(town: Town) -> None:
    kaspars = await coordinator(town)
    await asks_to_send(kaspars)
    await kaspars.sends_file("services.csv", RENAMED)
    message, (_, data) = kaspars.find_button(f"{S}.button.take_over")
    await kaspars.taps(f"{S}.button.take_over")
    kaspars.reads_rest()
    await kaspars.taps_old(message.id, data)
    kaspars.sees(f"{S}.file_gone")


@pytest.mark.feature("H1")
async def test_a_wrong_file_names_row_and_column_and_changes_nothing(town: Town) -> None:
    kaspars = await coordinator(town)
    await asks_to_send(kaspars)
    before = await directory(town)
    wrong = a_file("id,organization_id,name,email", "talks,centre,Sarunas,nobody", "more,nowhere,,")
    await kaspars.sends_file("services.csv", wrong)
    told = kaspars.sees(f"{S}.file_wrong").text
    for part in ("services.csv, 2. rinda, kolonna email", "3. rinda, kolonna organization_id"):
        assert part in told
    assert await directory(town) == before


async def test_fifty_faults_come_in_messages_that_telegram_takes(town: Town) -> None:
    kaspars = await coordinator(town)
    await asks_to_send(kaspars)
    rows = [f"talks,{'?' * 40}" for _ in range(90)]
    await kaspars.sends_file("languages.csv", a_file("service_id,code", *rows))
    kaspars.sees("directory.staff.file_arrived")
    told = [one.text for one in kaspars.reads_rest()]
    assert sum(text.count("languages.csv") for text in told) == 50
    assert "90" in told[-1]


@pytest.mark.feature("X35")
async def test_others_entries_are_neither_given_out_nor_taken_in(town: Town) -> None:
    kaspars = await coordinator(town)
    await asks_to_send(kaspars)
    await kaspars.sends_file("organizations.csv", a_file("id,name", "city,Mūsu pilsēta"))
    assert "organizations.csv, 2. rinda" in kaspars.sees(f"{S}.file_wrong").text
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await asks_to_send(dace)
    await dace.sends_file("organizations.csv", a_file("id,name", "city,Mūsu pilsēta"))
    dace.sees(f"{S}.file_changes")
    file = (await town.rows("SELECT id FROM received_files"))[0].id
    await kaspars.forges(TakeOver(file, "0" * 16).pack())
    kaspars.sees(f"{S}.file_gone")
    await kaspars.forges(LeaveIt(file).pack())
    kaspars.sees(f"{S}.left")
    assert len(await town.rows("SELECT id FROM received_files")) == 1


async def test_a_file_that_is_too_large_is_not_even_fetched(town: Town) -> None:
    kaspars = await coordinator(town)
    await asks_to_send(kaspars)
    await kaspars.sends_file("d.zip", b"0" * 5_000_001)
    kaspars.sees(f"{S}.file_too_large")
    assert await town.rows("SELECT id FROM received_files") == []
    await kaspars.says("te")
    kaspars.sees(f"{S}.send_file")


async def test_a_file_that_nobody_waits_for_is_answered_like_any_other_that_is_no_text(town: Town) -> None:
    anna = await town.youth("anna")
    await anna.sends_file("d.zip", b"PK")
    anna.sees("people.youth.only_text")


@pytest.mark.feature("H1")
async def test_a_new_partner_comes_in_whole_and_is_looked_after_by_who_brought_it(town: Town) -> None:
    kaspars = await coordinator(town)
    whole = {
        "organizations.csv": [("id", "name"), ("club", "Sporta klubs")],
        "attributes.csv": [
            ("link_id", "taxonomy_term_id", "link_type"),
            ("club", "partner_kind.sport", "partner_kind"),
            ("run", "referral_kind.partner", "referral_kind"),
            ("run", "offer.training", "offer"),
        ],
        "services.csv": [
            ("id", "organization_id", "name", "email", "assured_date"),
            ("run", "club", "Skriešana", "run@example.org", "2026-03-01"),
        ],
        "languages.csv": [("service_id", "code"), ("run", "lv")],
        "locations.csv": [("id", "organization_id", "name"), ("hall", "club", "Zāle")],
        "addresses.csv": [("location_id", "address_1", "state_province"), ("hall", "Parka iela 1, Ogre", OGRE)],
        "service_at_location.csv": [("service_id", "location_id"), ("run", "hall")],
        "service_capacity.csv": [("service_id", "maximum"), ("run", "8")],
    }  # fmt: skip
    page = BytesIO()
    with zipfile.ZipFile(page, "w") as archive:
        for name, (columns, *rows) in whole.items():
            archive.writestr(f"export/{name}", written(columns, rows))
    await asks_to_send(kaspars)
    await kaspars.sends_file("club.zip", page.getvalue())
    kaspars.sees(f"{S}.file_changes")
    await kaspars.taps(f"{S}.button.take_over")
    kaspars.sees(f"{S}.taken_over")
    club = (await directory(town))["club"]
    assert taken_in({}, opened("d.zip", packed(tables({"club": club})))).directory == {"club": club}
    assert (club.municipality, club.services[0].capacity, club.locations[0].address) == (OGRE, 8, "Parka iela 1, Ogre")
    (row,) = await town.rows("SELECT owner_id, o.id FROM organizations o WHERE code = 'club'")
    assert row.owner_id == (await town.person("kaspars")).id
    (due,) = await town.rows("SELECT verify_at FROM services WHERE code = 'run'")
    asked_at = datetime.fromtimestamp(due.verify_at / 1_000_000, UTC)
    assert START + timedelta(days=175) < asked_at < START + timedelta(days=185)

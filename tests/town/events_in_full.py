"""What else there is of events and partnerships in a municipality: laid as rows, then looked at by whose it is."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, text

from bot.events.after.actions_after import ShowResults
from bot.events.changed import actions_changes
from bot.events.changed.changes import Part, as_json
from bot.events.door import actions_door
from bot.events.files import actions_files
from bot.events.going_out.actions_sending import Look, Open
from bot.events.places import actions_seats
from bot.events.questions import actions_questions
from bot.events.signup import actions_guests
from bot.networks.actions_places import ShowPlace
from bot.partnerships import actions as partnerships
from bot.storage.tables import metadata
from tests.town.town import Town

if TYPE_CHECKING:
    from tests.town.whole_town import Place


async def lay(town: Town, place: "Place") -> None:
    """One event over, one handed in, a file and an organiser of each, a change begun, questions; wishes that fit, hours
    for the guests of the event that is over, a note from practice, a paper of the municipality."""
    numbers = {name: (await town.person(place.cast[name])).id for name in place.cast if place.cast[name] in town.people}
    by, youth, mentor, mentor_2 = (numbers[one] for one in ("coordinator", "youth", "mentor", "mentor_2"))
    now = town.clock.now()
    rows = await town.rows(f"SELECT id, state FROM events WHERE created_by = {by} ORDER BY id")
    sent, draft = (next(row.id for row in rows if row.state == state) for state in ("sent", "draft"))
    event = {
        "created_by": by, "municipality": place.code, "kind": "youth_event", "language": "lv",
        "details": {"lv": f"{place.mark}: nāc!"}, "place": f"{place.mark} centrs",
        "audience": {"groups": ["youth", "mentors"]}, "cursor": 0, "created_at": now,
    }  # fmt: skip
    titles = {one: {"lv": f"{one} {place.mark}"} for one in ("Bijušais", "Iesniegtais")}
    before, ahead = now - timedelta(days=2), now + timedelta(days=6)
    over = await _row(
        town, "events", **event, titles=titles["Bijušais"], state="sent", starts_at=before, sent_at=before
    )
    waits = await _row(town, "events", **event, titles=titles["Iesniegtais"], state="submitted", starts_at=ahead)
    await _row(town, "event_approvals", event_id=waits, submitted_by=by, submitted_at=now, digest="0" * 8, stated=3)
    for person in (youth, mentor):
        held = {"answer": "yes", "seat": "held", "invited_at": before, "came_at": before, "answered_at": before}
        await _row(town, "invitations", event_id=over, person_id=person, via="sent", **held)
    await _change(
        town, f"UPDATE events SET terms = '{json.dumps({'guardian': True, 'asks_needs': True})}' WHERE id = {sent}"
    )
    await _change(
        town,
        f"UPDATE invitations SET under_age = 1, needs = '{place.mark}: rampa' "
        f"WHERE event_id = {sent} AND person_id = {youth}",
    )
    for whose, purpose in ((draft, "with"), (waits, "with"), (over, "after")):
        await _row(
            town, "event_files", event_id=whose, purpose=purpose, title=f"Lapa {place.mark}", file_id=f"f{whose}",
            name="lapa.pdf", added_at=now,
        )  # fmt: skip
        await _row(town, "event_organisers", event_id=whose, name=f"Centrs {place.mark}")
    change = {"old": {}, "new": as_json({Part.NOTE: f"{place.mark}: līst"}), "sequence": 0}
    await _row(
        town, "event_changes", event_id=sent, changed_by=by, kind="change", state="drafted", cursor=0, at=now, **change
    )
    asked = {"event_id": sent, "person_id": youth, "asked_at": now}
    waiting = await _row(town, "event_questions", **asked, question=f"{place.mark}: vai ir autobuss?")
    await _row(
        town, "event_questions", **asked, question=f"{place.mark}: cikos?", answer="17", answered_by=by,
        answered_at=now,
    )  # fmt: skip
    wishes = [
        await _row(
            town, "partner_wishes", person_id=person, organization="Biedrība", side=side, fields=[],
            countries=["LV"], languages=["lv"], contact=f"{place.mark} 2000 0001", created_at=now,
            published_at=now,
        )
        for person, side in ((mentor, "daily"), (mentor_2, "experienced"))
    ]  # fmt: skip
    match = await _row(town, "partner_matches", wish_id=wishes[0], other_id=wishes[1])
    hour = {"expert_id": mentor_2, "event_id": over, "minutes": 30, "place": f"{place.mark} bibliotēka", "sequence": 0}
    taken = await _row(
        town, "expert_slots", **hour, subject=f"{place.mark}: projekti", starts_at=ahead, booked_by=mentor,
        about=f"{place.mark}: nauda",
    )  # fmt: skip
    free = await _row(town, "expert_slots", **hour, subject=f"{place.mark}: vēl", starts_at=ahead + timedelta(hours=1))
    offer = await _row(
        town, "expert_offers", expert_id=mentor_2, subject=f"{place.mark}: sākts", place="Zoom", starts_at=ahead,
    )  # fmt: skip
    note = await _row(
        town, "practice_notes", municipality=place.code, title="Dārzs", text="Kopā stādām.", language="lv",
        written_by=mentor, created_at=now,
    )  # fmt: skip
    await _row(
        town, "municipality_files", municipality=place.code, title="Plāns", link="https://example.lv/plans",
        added_by=by, added_at=now,
    )  # fmt: skip
    coordinator, guest = place["coordinator"], place["youth"]
    seen = (
        Open(sent), Open(over), Look(waits), ShowResults(over), actions_door.OpenDoor(over),
        actions_door.GuestList(over, 0), actions_seats.ShowGuests(sent, actions_seats.Part.NO_PERMISSION, 0),
        actions_seats.ShowNeeds(sent, 0), actions_changes.Change(sent), actions_changes.ReviewChange(sent),
        actions_files.ShowFiles(draft, actions_files.Purpose.WITH),
        actions_files.ShowFiles(waits, actions_files.Purpose.WITH),
        actions_files.ShowFiles(over, actions_files.Purpose.AFTER), actions_files.ShowOrganisers(draft),
        actions_files.ShowOrganisers(waits), actions_questions.ShowQuestions(sent),
        actions_questions.ShowQuestion(waiting), actions_questions.ChooseNext(waiting), ShowPlace(place.code),
    )  # fmt: skip
    for one in seen:
        await coordinator.forges(one.pack())
        coordinator.reads_rest()
    await coordinator.forges(actions_changes.AskReason(sent).pack())
    await coordinator.says(f"{place.mark}: plūdi")
    for action in (actions_guests.ShowInvitation(sent), actions_door.MyTicket(sent), actions_guests.ShowMine()):
        await guest.forges(action.pack())
        guest.reads_rest()
    both: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("mentor", (partnerships.ShowWish(wishes[0]), partnerships.ShowMatch(match, wishes[0]),
                    partnerships.ShowSlot(taken), partnerships.ShowSlot(free), partnerships.ShowNote(note))),
        ("mentor_2", (partnerships.ShowWish(wishes[1]), partnerships.ShowMatch(match, wishes[1]),
                      partnerships.ShowSlot(taken), partnerships.ShowSlots(), partnerships.OfferWhen(offer),
                      partnerships.OfferLength(offer, 30))),
    )  # fmt: skip
    for name, actions in both:
        await place[name].says("/partners")
        for action in actions:
            await place[name].forges(action.pack())
            place[name].reads_rest()
    coordinator.reads_rest()


async def _row(town: Town, table: str, **values: Any) -> int:
    """A new row; its number."""
    async with town.open_database() as database, database.write() as db:
        made = await db.execute(insert(metadata.tables[table]).values(**values))
        number: int | None = made.inserted_primary_key and made.inserted_primary_key[0]
    return number or 0


async def _change(town: Town, statement: str) -> None:
    async with town.open_database() as database, database.write() as db:
        await db.execute(text(statement))

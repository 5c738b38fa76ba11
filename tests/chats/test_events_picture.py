"""A photo that goes with an event stands above the words of its invitation, where they have room below it."""

from html import escape

import pytest

from bot.delivery.picturing import fits
from bot.demo.emulator.model import FileKind, Message
from bot.events.audience import Audience, Group
from bot.events.event import State
from bot.events.files import store_files
from bot.events.files.actions_files import Purpose
from bot.events.files.attached import PHOTO
from bot.events.going_out.actions_sending import SendToMe
from bot.people import store_discreet
from bot.roles import Role
from bot.words import Language
from tests.chats.events_sent import is_out
from tests.chats.events_talk import OGRE, agrees, drafted
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

PICTURE = b"\xff\xd8\xff\xe0 picture"
BUTTON = "events.any.button.picture"


@pytest.fixture
async def kaspars(town: Town) -> Inhabitant:
    """The coordinator of Ogre."""
    return await town.staff("kaspars", Role.COORDINATOR, OGRE)


async def with_photo(town: Town, event: int, name: str = PHOTO, file_id: str | None = None) -> None:
    """The event has a picture, which its coordinator sent as a photo, or as a file of that name."""
    phone = town.people["kaspars"].phone
    sent = await (phone.send_photo(PICTURE) if name == PHOTO else phone.send_document(name, PICTURE))
    await town.settle()
    town.people["kaspars"].reads_rest()
    assert sent.attachment is not None
    async with town.open_database() as database, database.write() as db:
        number = file_id or sent.attachment.id
        await store_files.add_file(db, event, Purpose.WITH, number, name, "Plakāts", town.clock.now())


async def goes_out(town: Town, **told: object) -> int:
    """An invitation that waits to be sent, without its picture so far."""
    return await is_out(town, state=State.SENDING, send_at=town.later(hours=1), **told)


async def arrives(town: Town, one: Inhabitant) -> Message:
    """What comes of it, the one message."""
    one.reads_rest()
    await town.move_to(town.later(hours=1))
    (said,) = one.reads_rest()
    return said


def is_photo(said: Message) -> bool:
    return said.attachment is not None and said.attachment.kind is FileKind.PHOTO


def labels(said: Message) -> list[str]:
    return [one.text for one in said.buttons]


@pytest.mark.feature("I2", "I6")
async def test_the_photo_comes_with_the_words_below_it_as_one_message_and_is_counted_once(
    town: Town, kaspars: Inhabitant
) -> None:
    anna, danylo = await agrees(town, "anna"), await agrees(town, "danylo")
    event = await goes_out(town)
    await with_photo(town, event)
    said = await arrives(town, anna)
    assert is_photo(said)
    assert anna.words("events.any.button.yes") in labels(said)
    assert anna.words(BUTTON, title="Plakāts") not in labels(said), "it is there already"
    assert is_photo(danylo.sees("events.youth.invitation"))
    rows = await town.rows("SELECT state, picture FROM outbox WHERE batch = :batch", batch=f"event:{event}")
    assert [(row.state, row.picture) for row in rows] == [("sent", None)] * 2
    kaspars.reads_rest()
    await anna.taps("events.any.button.yes")
    anna.sees("events.youth.said_yes_reminded")
    _, (label, _) = anna.find_button(BUTTON)
    assert "Plakāts" in label


@pytest.mark.feature("I2")
async def test_words_that_have_no_room_below_a_photo_go_without_it_and_a_button_brings_it(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    event = await goes_out(town, details={"lv": "Cepsim picu. " * 100})
    await with_photo(town, event)
    said = await arrives(town, anna)
    assert said.attachment is None
    await anna.taps(BUTTON)
    assert any(is_photo(one) for one in anna.reads_rest())
    kaspars.reads_rest()


@pytest.mark.feature("I2", "O10")
async def test_a_discreet_person_opens_the_picture_when_nobody_is_looking(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    async with town.open_database() as database, database.write() as db:
        await store_discreet.set_discreet(db, (await town.person_quietly("anna")).id, discreet=True)
    event = await goes_out(town)
    await with_photo(town, event)
    said = await arrives(town, anna)
    assert said.attachment is None
    assert anna.words(BUTTON, title="Plakāts") in labels(said)
    kaspars.reads_rest()


async def test_a_picture_that_was_sent_as_a_file_stays_behind_its_button(town: Town, kaspars: Inhabitant) -> None:
    anna = await agrees(town, "anna")
    event = await goes_out(town)
    await with_photo(town, event, "Plakāts.jpg")
    said = await arrives(town, anna)
    assert said.attachment is None
    assert anna.words(BUTTON, title="Plakāts") in labels(said)
    kaspars.reads_rest()


@pytest.mark.feature("I2", "X15")
async def test_a_photo_that_telegram_does_not_know_any_more_takes_no_invitation_from_anybody(
    town: Town, kaspars: Inhabitant
) -> None:
    anna = await agrees(town, "anna")
    event = await goes_out(town)
    await with_photo(town, event, file_id="FILE99999999photo")
    said = await arrives(town, anna)
    assert said.attachment is None
    assert anna.words(BUTTON, title="Plakāts") in labels(said)
    town.telegram.problems.clear()  # that Telegram refused the picture is what this is about
    kaspars.reads_rest()


async def test_a_sample_to_oneself_shows_the_photo_too(town: Town, kaspars: Inhabitant) -> None:
    event = await drafted(town, "kaspars", Audience(OGRE, frozenset({Group.YOUTH})))
    await with_photo(town, event)
    await kaspars.forges(SendToMe(event, Language.LV, Group.YOUTH).pack())
    said = next(one for one in kaspars.reads_rest() if is_photo(one))
    assert kaspars.words("events.any.button.yes") in labels(said)
    assert kaspars.words(BUTTON, title="Plakāts") not in labels(said)


def test_room_below_a_photo_is_counted_as_telegram_counts_it() -> None:
    assert fits("<b>" + escape("&") * 1024 + "</b>")
    assert not fits("a" * 1025)
    assert not fits("🍕" * 513)

"""What a message can be besides words: a file, a picture, a place on the map, or messages taken away again."""

from base64 import b64decode

from bot.turn import Attachment, AttachmentKind, Message, Spot
from bot.words import phrase
from tests.delivery.post import Post, read, words

A_PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)  # of one point

OGRE = Spot(56.8162, 24.6053)


async def test_a_picture_is_shown_in_the_chat_and_a_file_is_kept_as_it_is(post: Post) -> None:
    anna = await post.person(1)
    picture = Attachment("bars.png", A_PICTURE, AttachmentKind.PICTURE)
    await post.queue(words(1, "seen", attachment=picture), words(1, "kept", attachment=Attachment("a.pdf", b"file")))
    await post.drain()
    assert read(anna) == ["seen", "kept"]
    assert [method for method, _ in post.telegram.calls if method.startswith("send")] == ["sendPhoto", "sendDocument"]
    assert not post.telegram.problems


async def test_a_place_arrives_on_the_map_even_after_a_restart(post: Post) -> None:
    anna = await post.person(1)
    await post.queue(Message(1, phrase("post.any.words"), at_night=True, location=OGRE), words(1, "below it"))
    await post.restart()
    await post.drain()
    place, below = (message for message in anna.messages if message.sender == "bot")
    assert place.location is not None
    assert (place.location.latitude, place.location.longitude) == (OGRE.latitude, OGRE.longitude)
    assert below.text == "below it"


async def test_messages_taken_away_are_gone_from_the_phone_and_leave_no_numbers_behind(post: Post) -> None:
    anna = await post.person(1)
    await post.queue(words(1, "hide me"), words(1, "keep me"))
    await post.drain()
    hidden = next(message.id for message in anna.messages if message.text == "hide me")
    never_there = 4711
    await post.queue(Message(1, phrase(""), at_night=True, deletes=(hidden, never_there)))
    await post.drain()
    assert read(anna) == ["keep me"]
    assert [row.deletes for row in await post.rows()] == [None, None, None]
    assert set(await post.states()) == {"sent"}

"""Sizes and kinds of files, both ways."""

from typing import Any

import pytest

from bot.demo.emulator import Phone, Telegram
from bot.demo.emulator.model import UploadedFile

from .conftest import Ask

MEGABYTE = 1024 * 1024
JPEG = b"\xff\xd8\xff"


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (JPEG + b"x", 200, None),
        (b"", 400, "Bad Request: file must be non-empty"),
        (b"not a picture", 400, "Bad Request: IMAGE_PROCESS_FAILED"),
        (JPEG + b"x" * 10 * MEGABYTE, 400, None),
    ],
    ids=["picture", "empty", "no picture", "too big"],
)
async def test_a_photo_must_be_one_and_under_10_megabytes(
    anna: Phone, ask: Ask, content: bytes, status: int, words: str | None
) -> None:
    files = {"photo": UploadedFile("a.jpg", content, "image/jpeg")}
    answer = await ask("sendPhoto", chat_id=1001, files=files)
    assert answer.status == status
    assert words is None or answer.body["description"] == words


async def test_a_document_over_50_megabytes_does_not_go_up(anna: Phone, ask: Ask) -> None:
    files = {"document": UploadedFile("a.bin", b"x" * (50 * MEGABYTE + 1))}
    assert (await ask("sendDocument", chat_id=1001, files=files)).status == 413


async def test_a_document_over_20_megabytes_does_not_come_down(anna: Phone, ask: Ask) -> None:
    sent = await anna.send_document("film.pdf", b"x" * (20 * MEGABYTE + 1), mime_type="application/pdf")
    assert sent.attachment is not None
    answer = await ask("getFile", file_id=sent.attachment.id)
    assert answer.body["description"] == "Bad Request: file is too big"


async def test_an_attached_file_is_found_by_its_name(anna: Phone, ask: Ask) -> None:
    files = {"sheet": UploadedFile("a.pdf", b"%PDF", "application/pdf")}
    params: dict[str, Any] = {"chat_id": 1001, "document": "attach://sheet"}
    assert (await ask("sendDocument", files=files, **params)).status == 200
    assert (await ask("sendDocument", **params)).status == 400


async def test_a_copy_shows_no_sender_and_a_forward_does(telegram: Telegram, anna: Phone, ask: Ask) -> None:
    oksana = telegram.phone(1002, "Oksana")
    await oksana.send("/start")
    source = await anna.send_document("a.pdf", b"%PDF", "lūdzu")
    for method in ("copyMessage", "forwardMessage"):
        answer = await ask(method, chat_id=1002, from_chat_id=1001, message_id=source.id)
        assert answer.status == 200
    copied, forwarded = oksana.messages[-2:]
    assert (copied.text, copied.forwarded_from) == ("lūdzu", None)
    assert forwarded.forwarded_from == anna.user

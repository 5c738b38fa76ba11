"""One letter and one try, against real mail servers: what they answer becomes a verdict, and nothing goes in clear."""

import asyncio

import pytest

from bot.mail.letter import Letter
from bot.mail.sender import Later, Refused, Sent, Whose
from tests.mail.bag import sender_to
from tests.mail.servers import PASSWORD, USER, Certificate, Fault, Mailserver, serving, talking

pytestmark = pytest.mark.feature("H8", "X13")

LETTER = Letter(
    "partneri@bot.example", "desk@partner.example", b"Subject: x\r\nMessage-ID: <1@bot.example>\r\n\r\nx\r\n"
)
GREETING = b"220 mail.example ESMTP\r\n"


async def test_a_letter_goes_in_tls_with_our_login(trusted: Certificate) -> None:
    taking = Mailserver()
    async with serving(taking, tls=trusted.servers, logins=True) as port:
        user = USER.replace("@", "%40")
        sender = sender_to(f"smtp://{user}:{PASSWORD}@127.0.0.1:{port}", trusted.clients)
        assert await sender(LETTER) == Sent()
        assert await sender.lets_us_in() == Sent()
    assert (taking.in_tls, taking.logins) == ([True], 2)


@pytest.mark.parametrize(
    ("fault", "verdict"),
    [
        (Fault.REFUSED, Refused("recipient 550")),
        (Fault.REFUSED_LETTER, Refused("letter 554")),
        (Fault.GREYLISTED, Later("recipient 451", Whose.LETTERS)),
        (Fault.BUSY, Later("letter 421", Whose.LETTERS)),
        (Fault.NO_SENDER, Later("answer 553", Whose.OURS)),
        (Fault.NO_RELAY, Later("recipient 554", Whose.OURS)),
        (Fault.CUT_BEFORE, Later("SMTPServerDisconnected")),
        (Fault.CUT_AFTER, Later("SMTPServerDisconnected")),
    ],
)
async def test_what_it_answers_is_told_by_its_code_alone(fault: Fault, verdict: Later | Refused) -> None:
    taking = Mailserver(faults=[fault])
    async with serving(taking) as port:
        sender = sender_to(f"smtp://127.0.0.1:{port}?starttls=no")
        assert await sender(LETTER) == verdict
        assert await sender(LETTER) == Sent()


async def test_a_server_without_tls_gets_nothing_not_even_the_password() -> None:
    heard = bytearray()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(GREETING)
        while line := await reader.readline():
            heard.extend(line)
            writer.write(
                b"221 bye\r\n" if line.startswith(b"QUIT") else b"250-mail.example\r\n250 AUTH PLAIN LOGIN\r\n"
            )

    async with talking(talk) as port:
        assert await sender_to(f"smtp://post:{PASSWORD}@127.0.0.1:{port}")(LETTER) == Later("not offered", Whose.OURS)
    assert [line.split()[0] for line in bytes(heard).splitlines()] == [b"EHLO"]


async def test_a_certificate_that_nobody_vouches_for_is_not_trusted(trusted: Certificate) -> None:
    taking = Mailserver()
    async with serving(taking, tls=trusted.servers) as port:
        assert await sender_to(f"smtp://127.0.0.1:{port}")(LETTER) == Later("TLS", Whose.OURS)
    assert taking.letters == []


async def test_a_wrong_password_is_ours_to_mend(trusted: Certificate) -> None:
    taking = Mailserver()
    async with serving(taking, tls=trusted.servers, logins=True) as port:
        sender = sender_to(f"smtp://post:wrong@127.0.0.1:{port}", trusted.clients)
        assert await sender(LETTER) == Later("login 535", Whose.OURS)


async def test_nobody_there_is_later() -> None:
    async with talking(_silence) as port:
        pass
    assert await sender_to(f"smtp://127.0.0.1:{port}?starttls=no")(LETTER) == Later("SMTPConnectError")
    assert await sender_to("smtps://no-such-host.invalid")(LETTER) == Later("SMTPConnectError")


async def _silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def test_a_server_that_says_nothing_is_left_after_the_time_out() -> None:
    async with talking(_silence) as port:
        began = asyncio.get_running_loop().time()
        verdict = await sender_to(f"smtp://127.0.0.1:{port}?starttls=no", timeout=0.2)(LETTER)
    assert verdict == Later("SMTPConnectTimeoutError")
    assert asyncio.get_running_loop().time() - began < 1.5


async def test_a_server_that_drips_is_left_as_well() -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(GREETING)
        while await reader.readline():
            await asyncio.sleep(0.15)
            writer.write(b"250 mail.example\r\n")

    async with talking(drip) as port:
        assert await sender_to(f"smtp://127.0.0.1:{port}?starttls=no", timeout=0.1)(LETTER) == Later(
            "SMTPReadTimeoutError"
        )


@pytest.mark.parametrize(
    "garbage",
    [b"\x00\xff" * 500 + b"\n", b"HTTP/1.1 200 OK\r\n\r\n", b"250\r\n", b"999 what\r\n", b"-50 less\r\n", b"5",
     b"5500\n", b"", "550 не тут\r\n".encode()],
)  # fmt: skip
@pytest.mark.parametrize("after", [0, 1, 2, 3, 4, 5])
async def test_nonsense_never_loses_a_letter(garbage: bytes, after: int) -> None:
    """After so many sensible answers; a plain refusal of recipient or letter is the one thing that is believed."""
    sensible = [GREETING, b"250 mail.example\r\n", b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n", b"250 taken\r\n"]

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in [*sensible[:after], garbage]:
            writer.write(answer)
            if answer == garbage:
                break
            await (reader.readuntil(b"\r\n.\r\n") if answer == sensible[4] else reader.readline())

    async with talking(talk) as port:
        verdict = await sender_to(f"smtp://127.0.0.1:{port}?starttls=no", timeout=0.2)(LETTER)
    believed = (3, 4, 5) if garbage.startswith(b"550") else ()
    if after in believed:
        assert isinstance(verdict, Refused)
    elif garbage == b"250\r\n" and after == 5:
        assert verdict == Sent()
    else:
        assert isinstance(verdict, Later), verdict


@pytest.mark.parametrize("after", range(6))
async def test_a_server_that_falls_silent_at_any_step_is_left_and_tried_later(after: int) -> None:
    sensible = [GREETING, b"250 mail.example\r\n", b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n"]

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in sensible[:after]:
            writer.write(answer)
            await (reader.readuntil(b"\r\n.\r\n") if answer == sensible[4] else reader.readline())
        await reader.read()

    async with talking(talk) as port:
        verdict = await sender_to(f"smtp://127.0.0.1:{port}?starttls=no", timeout=0.05)(LETTER)
    assert isinstance(verdict, Later), verdict

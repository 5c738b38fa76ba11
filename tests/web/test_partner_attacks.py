"""The partner page under attack: guessing, altering, replaying, racing, injecting, framing, flooding."""

import asyncio
import logging
import random
import secrets
import socket
import sqlite3
import string
from contextlib import closing
from datetime import timedelta
from typing import Any, Final

import aiohttp
import pytest
from itsdangerous import Signer
from sqlalchemy import event

from bot.logs import formatter
from bot.referrals import rules
from bot.referrals.by_letter import links
from bot.referrals.notices import Change
from bot.referrals.referral import Side
from bot.web.guard import LARGEST_FORM
from bot.web.partner import EACH
from bot.web.server import listening
from tests.town.town import Town
from tests.web.desk import DESK, acts, opened, path_in, referral_id, requested, rest, state
from tests.web.visitor import BROWSER, Client, Visitor, serving

pytestmark = pytest.mark.feature("X53")

SIGNS: Final = string.ascii_letters + string.digits + "-_"
INJECTION: Final = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}{%print 1%}&lt;"


def guess(real: str, dice: random.Random) -> str:
    """A token made up, or one that differs a little from a real one."""
    secret, _, signature = real.partition(".")
    at = dice.randrange(len(real))
    match dice.randrange(8):
        case 0:
            return secrets.token_urlsafe(24) + "." + secrets.token_urlsafe(32)
        case 1:
            other = dice.choice(SIGNS.replace(real[at], ""))
            return real[:at] + other + real[at + 1 :]
        case 2:
            return real[:at]
        case 3:
            return secrets.token_urlsafe(24) + "." + signature
        case 4:
            return Signer(secrets.token_bytes(32), salt="referral-link").sign(secret).decode()
        case 5:
            return secret[:at] + real[at:] + dice.choice(SIGNS)
        case 6:
            return real.swapcase()
        case _:
            return "".join(dice.choices(SIGNS + ".~", k=dice.randrange(1, 140)))


async def none_opens(town: Town, count: int) -> None:
    """So many guesses, reading and pressing in turn: none is accepted, and none costs the database a question."""
    anna, marta, desk = await opened(town)
    real = desk.path.removeprefix("/r/")
    dice, asked = random.Random(53), []
    async with serving(town) as client:
        async with client.get(f"/r/{real}") as answer:
            assert answer.status == 200

        def note(*_: Any) -> None:
            asked.append(1)

        engine = town.database._engine.sync_engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            for turn in range(count):
                town.clock.advance(timedelta(seconds=1))  # or the limit of one address would be all that is shown
                token = guess(real, dice)
                if token == real:
                    continue
                asking = client.get(f"/r/{token}") if turn % 2 else client.post(f"/r/{token}", data={"do": "open"})
                async with asking as answer:
                    assert answer.status == 404, token
        finally:
            event.remove(engine, "before_cursor_execute", note)
    assert not asked
    assert await state(town) == "received"
    rest(anna, marta)


async def test_of_two_thousand_guessed_or_altered_tokens_none_is_accepted(town: Town) -> None:
    await none_opens(town, 2_000)


@pytest.mark.slow
async def test_of_a_hundred_thousand_guessed_or_altered_tokens_none_is_accepted(town: Town) -> None:
    await none_opens(town, 100_000)


# --- twice, late, at once ---------------------------------------------------------------------------------------


async def press(client: Client, path: str, seen: str, deed: str) -> int:
    """One press as a browser would send it, from a page made when the referral stood as `seen`."""
    fields = {"seen": seen, "do": deed, "reason": "other"}
    async with client.post(path, data=fields, headers=BROWSER, allow_redirects=False) as answer:
        return answer.status


def version_in(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


@pytest.mark.feature("H12")
async def test_of_twenty_presses_at_once_from_two_links_one_decides(town: Town) -> None:
    anna, marta, desk = await opened(town)
    number = await referral_id(town)
    async with town.open_database() as database, database.write() as db:
        link = await links.make(db, number, town.clock.now(), town.later(hours=24))
    colleague = Visitor(town, link.path)
    await colleague.opens()
    rest(anna, marta)
    both = ((desk.path, "accept"), (colleague.path, "decline"))
    async with serving(town) as client:
        presses = [press(client, path, version_in(colleague.page), deed) for path, deed in both * 10]
        assert set(await asyncio.gather(*presses)) <= {303, 410}
    (decided,) = await town.rows("SELECT state FROM referral_states WHERE state IN ('accepted', 'rejected')")
    await town.settle()
    told = "accepted" if decided.state == "accepted" else "declined"
    anna.sees(f"referrals.youth.told.{told}")
    anna.sees_nothing()
    marta.sees(f"referrals.staff.sender_told.{told}")
    marta.sees_nothing()
    rest(town.mailbox(DESK))


@pytest.mark.feature("H12")
async def test_of_a_page_and_a_chat_at_once_one_comes_first_and_the_other_is_told(town: Town) -> None:
    anna, marta, desk = await opened(town)
    rest(anna, marta)
    number = await referral_id(town)
    async with serving(town) as client:
        accepting = press(client, desk.path, version_in(desk.page), "accept")
        withdrawing = acts(town, number, Side.YOUTH, Change.WITHDRAWN, rules.withdraw)
        await asyncio.gather(accepting, withdrawing)
    changes = [row.change for row in await town.rows("SELECT change FROM referral_states ORDER BY id")]
    assert changes[2:] in (["withdrawn"], ["accepted", "withdrawn"])
    await desk.follows_the_link()
    assert (desk.status, await state(town)) == (410, "cancelled")
    rest(anna, marta, town.mailbox(DESK))


async def test_nobody_answers_what_they_have_not_opened(town: Town) -> None:
    anna, marta, desk = await requested(town)
    await desk.follows_the_link()
    for deed in ("accept", "decline", "propose", "choose", "describe", "call_off", "say", "full", "not_full", "anew"):
        await desk.sends([("seen", version_in(desk.page)), ("do", deed), ("until", "2026-03-20"), ("reason", "other")])
        assert desk.status == 200
        desk.sees("door.words")
    assert await state(town) == "requested"
    rest(anna, marta)


# --- what is written into the page ------------------------------------------------------------------------------


def harmless(page: str) -> None:
    """Nothing that was written in became a tag, an attribute or a calculation."""
    assert "<script" not in page
    assert "<img" not in page
    assert "{{" not in page or "{{7*7}}" in page
    assert ">49" not in page


async def test_no_field_becomes_a_script(town: Town) -> None:
    anna, marta, desk = await requested(town, note=INJECTION, name=INJECTION[:120])
    await desk.follows_the_link("?l=%22%3E%3Cscript%3E&n=%22%3E%3Cscript%3E")
    harmless(desk.page)
    await desk.presses("button.open")
    harmless(desk.page)
    assert "&lt;script&gt;" in desk.page, "it is shown as it was written"
    names = ("date1", "time1", "place", "spoken", "interpreter", "until", "reason", "said", "more", "at", "minute")
    for deed in ("propose", "describe", "decline", "say", "full", "choose"):
        version = version_in(desk.page)
        await desk.sends([("seen", version), ("do", deed), *((name, INJECTION) for name in names)])
        harmless(desk.page)
    assert await state(town) == "received"
    await desk.follows_the_link()
    await desk.presses("button.accept")
    await desk.presses("button.describe", place=INJECTION)
    desk.sees("notice.described")
    harmless(desk.page)
    rest(anna, marta)


# --- headers, other sites, floods -------------------------------------------------------------------------------


async def test_every_answer_has_the_same_strict_headers(town: Town) -> None:
    anna, marta, desk = await opened(town)
    seen = {}
    async with serving(town) as client:
        asked = [
            client.get(desk.path),
            client.get("/r/unknown"),
            client.put(desk.path),
            client.post(desk.path, data={"do": "accept"}, headers=BROWSER, allow_redirects=False),
            client.post(desk.path, data={"do": "accept"}, headers={"Sec-Fetch-Site": "cross-site"}),
            client.post(desk.path, data={"do": "decline", "seen": version_in(desk.page)}, headers=BROWSER),
            client.get(f"{desk.path}?ics", allow_redirects=False),
        ]
        for asking in asked:
            async with asking as answer:
                seen[answer.status] = answer.headers
        for _ in range(int(EACH[1])):
            async with client.get("/r/x") as answer:
                seen[answer.status] = answer.headers
    assert set(seen) == {200, 303, 403, 404, 405, 422, 429}
    for headers in seen.values():
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "form-action 'self'; frame-ancestors 'none'; base-uri 'none'" in policy
        assert "unsafe" not in policy
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "noindex" in headers["X-Robots-Tag"]
        assert headers["Strict-Transport-Security"].startswith("max-age=")
        assert "Permissions-Policy" in headers
        assert "Set-Cookie" not in headers
    rest(anna, marta)


async def test_only_an_address_with_tls_promises_tls(town: Town) -> None:
    anna, marta, desk = await requested(town)
    town.settings = town.settings.model_copy(update={"public_url": "http://127.0.0.1:8080"})
    await desk.follows_the_link()
    assert desk.status == 200
    assert "Strict-Transport-Security" not in desk.headers
    rest(anna, marta)


ELSEWHERE: Final = (
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "same-site", "Origin": "https://other.bot.example"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    {"Origin": "https://evil.example"},
    {"Origin": "https://bot.example.evil.example"},
    {"Content-Type": "application/json", **BROWSER},
    {"Content-Type": "text/plain", **BROWSER},
)
"""What browsers say of a form that some other page sent, and forms that no page of ours sends."""


async def test_a_form_of_another_site_is_refused(town: Town) -> None:
    anna, marta, desk = await requested(town)
    async with serving(town) as client:
        for headers in ELSEWHERE:
            told = {"Content-Type": "application/x-www-form-urlencoded", **headers}
            async with client.post(desk.path, data="do=open", headers=told) as answer:
                assert answer.status == 403, headers
    assert await state(town) == "requested"
    rest(anna, marta)


async def test_a_body_too_large_or_strange_is_refused(town: Town) -> None:
    anna, marta, desk = await requested(town)

    async def dripping() -> Any:
        for _ in range(LARGEST_FORM // 1_000 + 2):
            yield b"a" * 1_000

    form = {"Content-Type": "application/x-www-form-urlencoded", **BROWSER}
    large = b"do=open&x=" + b"a" * LARGEST_FORM
    bodies: list[Any] = [large, dripping(), b"a=1&" * 50, b"do=\xff", b"", b"do=x"]
    async with serving(town) as client:
        for body in bodies:
            async with client.post(desk.path, data=body, headers=form) as answer:
                assert answer.status == 403
    assert await state(town) == "requested"
    rest(anna, marta)


async def test_one_address_that_floods_waits_and_the_others_do_not(town: Town) -> None:
    anna, marta, desk = await requested(town)
    async with serving(town) as client:

        async def from_address(address: str) -> int:
            async with client.get(desk.path, headers={"X-Forwarded-For": f"9.9.9.9, {address}"}) as answer:
                assert answer.status == 200 or answer.headers["Retry-After"] == "60"
                return answer.status

        flood = [await from_address("198.51.100.7") for _ in range(70)]
        assert (flood[:60], flood[60:]) == ([200] * 60, [429] * 10)
        assert await from_address("198.51.100.8") == 200
        town.clock.advance(timedelta(seconds=5))
        assert [await from_address("198.51.100.7") for _ in range(6)] == [200] * 5 + [429]
    rest(anna, marta)


async def test_nobody_escapes_the_limit_by_lines_of_their_own_or_by_the_many_addresses_of_one_connection(
    town: Town,
) -> None:
    anna, marta, desk = await requested(town)
    async with serving(town) as client:

        async def asked(number: int, address: str) -> int:
            lines = [("X-Forwarded-For", f"203.0.113.{number}"), ("X-Forwarded-For", address)]
            async with client.get(desk.path, headers=lines) as answer:
                return answer.status

        assert [await asked(number, "198.51.100.7") for number in range(61)] == [200] * 60 + [429]
        assert [await asked(number, f"2001:db8::{number:x}") for number in range(61)] == [200] * 60 + [429]
        assert await asked(1, "2001:db8:0:1::1") == 200
    rest(anna, marta)


# --- traces -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("X44")
async def test_the_link_stands_in_no_log_and_once_the_letter_is_gone_nowhere_in_the_database(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    anna, marta, desk = await opened(town)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with (
        town.bot() as app,
        listening(f"127.0.0.1:{port}", app.parts()),
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client,
    ):
        async with client.get(desk.path) as answer:
            assert answer.status == 200
        await press(client, desk.path, version_in(desk.page), "accept")  # type: ignore[arg-type]  # a client like the other
    token = desk.path.removeprefix("/r/")
    for form in (formatter("text"), formatter("json")):
        assert not [line for line in map(form.format, caplog.records) if token in line or token[:32] in line]
    with closing(sqlite3.connect(town.database_file)) as db:
        dump = "\n".join(db.iterdump())
    assert token[:32] not in dump
    assert "fotograf" in dump
    rest(anna, marta)


async def test_each_letter_has_a_link_of_its_own_and_all_of_them_end_together(town: Town) -> None:
    anna, marta, desk = await requested(town)
    mailbox = town.mailbox(DESK)
    await town.move_to(town.later(hours=24 * 5))
    again = Visitor(town, path_in(mailbox.sees("referrals.staff.letter.body.reminder")))
    assert again.path != desk.path
    await again.opens()
    await desk.follows_the_link()
    desk.sees("door.words_again")
    await desk.presses("button.wrong")
    await again.follows_the_link()
    assert again.status == 410
    rest(anna, marta, mailbox)


async def test_who_guesses_from_a_thousand_addresses_shuts_out_no_link_of_ours(town: Town) -> None:
    anna, marta, desk = await requested(town)
    async with serving(town) as client:
        for number in range(220):
            guessed = f"/r/{number:060d}"
            async with client.get(
                guessed, headers={"X-Forwarded-For": f"203.0.{number // 250}.{number % 250}"}
            ) as answer:
                last = answer.status
        assert last == 429
        async with client.get(desk.path, headers={"X-Forwarded-For": "198.51.100.7"}) as answer:
            assert answer.status == 200
    rest(anna, marta)

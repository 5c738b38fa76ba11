"""The post works through the letters in the outbox: what the mail server does to it loses none."""

import asyncio
import logging
import random
from collections import Counter
from datetime import timedelta

import pytest

from bot.delivery import outbox
from bot.mail.post import AT_A_TIME, GIVEN_UP_AFTER, wait_after
from tests.mail.bag import FROM, letter
from tests.mail.conftest import NewBag
from tests.mail.servers import Fault, Mailserver, serving, talking

pytestmark = pytest.mark.feature("H8", "O3")


async def test_a_letter_goes_once_and_leaves_nothing_of_itself(bag: NewBag) -> None:
    taking = Mailserver()
    async with serving(taking) as port, bag(port) as post:
        await post.write(letter("desk@partner.example", words="Sveiki, https://bot.example/r/1"))
        await post.post.drain()
        await post.post.drain()
        (row,) = await post.rows()
    ((to, message),) = taking.letters
    assert (to, message["Subject"], message["From"]) == ("desk@partner.example", "Temats 1", f"{FROM[0]} <{FROM[1]}>")
    assert (row.state, row.facts, row.mail_to, row.once) == ("sent", {}, None, "letter:1")


async def test_one_occasion_is_one_letter(bag: NewBag) -> None:
    taking = Mailserver()
    async with serving(taking) as port, bag(port) as post:
        await post.write(letter("desk@partner.example"), letter("desk@partner.example"))
        await post.post.drain()
    assert len(taking.letters) == 1


@pytest.mark.feature("X13")
async def test_a_letter_that_is_greylisted_goes_a_minute_later(bag: NewBag) -> None:
    taking = Mailserver(faults=[Fault.GREYLISTED])
    async with serving(taking) as port, bag(port) as post:
        await post.write(letter("desk@partner.example"))
        await post.post.drain()
        assert (await post.states(), taking.letters) == (["waiting"], [])
        post.clock.advance(timedelta(seconds=59))
        await post.post.drain()
        assert taking.letters == []
        post.clock.advance(timedelta(seconds=1))
        await post.post.drain()
        assert await post.states() == ["sent"]
    assert (len(taking.letters), post.lost) == (1, [])


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.REFUSED_LETTER])
async def test_a_letter_that_is_refused_is_never_tried_again_and_its_writer_hears(bag: NewBag, fault: Fault) -> None:
    taking = Mailserver(faults=[fault])
    async with serving(taking) as port, bag(port) as post:
        await post.write(letter("desk@partner.example"), letter("other@partner.example", 2))
        await post.post.drain()
        post.clock.advance(timedelta(days=1))
        await post.post.drain()
        assert sorted(await post.states()) == ["sent", "unreachable"]
    assert (len(taking.letters), len(post.lost)) == (1, 1)


async def test_an_address_that_is_none_is_lost_without_a_try(bag: NewBag) -> None:
    taking = Mailserver()
    async with serving(taking) as port, bag(port) as post:
        await post.write(
            letter("desk@partner.example\r\nBcc: other@partner.example"), letter("desk@partner.example", 2)
        )
        await post.post.drain()
        assert await post.states() == ["unreachable", "sent"]
    assert ([to for to, _ in taking.letters], post.lost) == (["desk@partner.example"], ["letter:1"])


@pytest.mark.feature("X13")
async def test_after_three_days_in_vain_it_is_given_up_but_never_untried(bag: NewBag) -> None:
    async with talking(_closes) as port, bag(port) as post:
        await post.write(letter("desk@partner.example"))
        post.clock.advance(GIVEN_UP_AFTER - timedelta(minutes=1))
        await post.post.drain()
        assert (await post.states(), post.lost) == (["waiting"], [])
        post.clock.advance(timedelta(minutes=1))
        await post.post.drain()
        assert (await post.states(), post.lost) == (["unreachable"], ["letter:1"])
    taking = Mailserver()
    async with serving(taking) as port, bag(port) as post:
        await post.write(letter("desk@partner.example", 2))
        post.clock.advance(timedelta(days=30))  # the bot was down
        await post.post.drain()
    assert len(taking.letters) == 1


async def _closes(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"421 not now\r\n")


def test_it_waits_a_minute_then_twice_as_long_each_time_to_an_hour() -> None:
    waits = [wait_after(tried) // timedelta(minutes=1) for tried in (1, 2, 3, 4, 5, 6, 7, 8, 100, 10_000)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]


@pytest.mark.feature("X14")
async def test_a_line_cut_after_the_letter_was_taken_repeats_it_once_with_its_own_id(bag: NewBag) -> None:
    taking = Mailserver(faults=[Fault.CUT_AFTER])
    async with serving(taking) as port, bag(port) as post:
        await post.write(letter("desk@partner.example"))
        await post.post.drain()
        post.clock.advance(timedelta(minutes=1))
        await post.post.drain()
        post.clock.advance(timedelta(days=1))
        await post.post.drain()
        assert await post.states() == ["sent"]
    assert list(taking.ids.values()) == [2]


@pytest.mark.feature("X1")
async def test_what_was_under_way_at_a_crash_goes_again_and_nothing_else_does(bag: NewBag) -> None:
    taking = Mailserver()
    async with serving(taking) as port, bag(port) as post:
        await post.write(*(letter(f"desk{one}@partner.example", one) for one in range(9)))
        await post.post._round()  # claimed and on their way: the crash comes before their answers are noted
        await post.post._tasks.settled()
        assert Counter(await post.states()) == {"in_flight": AT_A_TIME, "waiting": 9 - AT_A_TIME}
        await post.restart()
        await post.post.drain()
        assert await post.states() == ["sent"] * 9
    assert Counter(taking.ids.values()) == {1: 9 - AT_A_TIME, 2: AT_A_TIME}


async def test_the_gate_leaves_letters_to_the_post(bag: NewBag) -> None:
    async with serving(Mailserver()) as port, bag(port) as post:
        await post.write(letter("desk@partner.example"))
        await post.post._round()
        async with post.database.write() as db:
            await outbox.reopen(db)
            assert await outbox.in_doubt(db) == []
            assert await outbox.held_back(db, post.clock.now()) == {}
        assert await post.states() == ["in_flight"]
        await post.post.drain()


async def test_two_letters_to_one_mailbox_never_go_side_by_side(bag: NewBag) -> None:
    at_once = Counter[str]()
    most = Counter[str]()

    class Slow(Mailserver):
        async def handle_DATA(self, server, session, envelope):  # type: ignore[no-untyped-def]  # noqa: N802
            (to,) = envelope.rcpt_tos
            for who in (to.lower(), "anybody"):
                at_once[who] += 1
                most[who] = max(most[who], at_once[who])
            await asyncio.sleep(0.02)
            at_once.subtract([to.lower(), "anybody"])
            return await super().handle_DATA(server, session, envelope)

    taking = Slow()
    async with serving(taking) as port, bag(port) as post:
        await post.write(*(letter(("Desk" if one % 2 else "desk") + "@partner.example", one) for one in range(4)))
        await post.write(*(letter(f"other{one}@partner.example", 10 + one) for one in range(8)))
        await post.post.drain()
    assert len(taking.letters) == 12
    assert (most["desk@partner.example"], most["anybody"]) == (1, AT_A_TIME)


async def test_stopping_lets_what_is_under_way_arrive_and_notes_it(bag: NewBag) -> None:
    taking = Mailserver()
    async with serving(taking) as port, bag(port) as post:
        await post.write(letter("desk@partner.example"))
        stop = asyncio.Event()
        running = asyncio.create_task(post.post.run(stop))
        async with asyncio.timeout(5):
            while not taking.letters:
                await asyncio.sleep(0.01)
        stop.set()
        post.post.wake()
        await running
        assert await post.states() == ["sent"]


@pytest.mark.feature("X44")
async def test_the_log_names_neither_address_nor_words_nor_link(bag: NewBag, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    faults = [Fault.GREYLISTED, Fault.NO_SENDER, Fault.CUT_AFTER, Fault.REFUSED]
    async with serving(Mailserver(faults=faults)) as port, bag(port) as post:
        await post.write(letter("planted-address@partner.example", words="planted words https://bot.example/r/planted"))
        for _ in range(4):
            await post.post.drain()
            post.clock.advance(timedelta(hours=1))
    told = [record for record in caplog.records if record.name.startswith("bot.mail")]
    assert [record.action for record in told] == ["letter_waits", "mail_not_let_in", "letter_waits", "letter_lost"]  # type: ignore[attr-defined]
    assert not any("planted" in str(vars(record)) for record in told)


@pytest.mark.slow
@pytest.mark.feature("X13", "X14")
async def test_five_hundred_faults_among_two_hundred_letters_lose_none(bag: NewBag) -> None:
    seed = 20261122
    chance = random.Random(seed)
    harmless = [Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.GREYLISTED, Fault.BUSY, Fault.NO_SENDER]
    taking = Mailserver(faults=[chance.choice(harmless) for _ in range(500)])
    async with serving(taking) as port, bag(port) as post:
        await post.write(*(letter(f"desk{one}@partner.example", one) for one in range(200)))
        while "waiting" in await post.states():
            await post.post.drain()
            if chance.random() < 0.3:
                await post.restart()
            post.clock.advance(timedelta(minutes=chance.randrange(20, 61)))
        assert Counter(await post.states()) == {"sent": 200}
    repeats = sum(taking.ids.values()) - 200
    print(f"\nseed {seed}: {taking.met.total()} faults {dict(taking.met)}, 200 letters arrived, {repeats} repeats")
    assert taking.met.total() == 500
    assert len(taking.ids) == 200
    assert repeats <= taking.met[Fault.CUT_AFTER]
    assert post.lost == []

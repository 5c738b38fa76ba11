"""A week of everything, in fast time: whoever sleeps is not woken, whatever the others do at night."""

import random
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.roles import Role
from tests.chats.casework import asks_for_contact, in_programme, opens_case
from tests.chats.events_talk import RIGA, agrees, writes
from tests.chats.referrals_talk import S, Y, asks, code_name
from tests.faults.counts import SEED, full
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

QUIET: Final = (time(21), time(8))
"""Local hours of which the fault table speaks; the bot's own night lasts an hour longer."""

STEP: Final = timedelta(minutes=30)


class Night:
    """Looks at everything that went out: at night only to who acts, or what a crisis calls for."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.seen = 0
        self.by_day = 0
        self.answers = 0
        self.pushes: list[tuple[datetime, str]] = []

    def look(self, actor: Inhabitant | None = None) -> None:
        """What went out since the last look; `actor` is who did something since then."""
        for one in self.town.telegram.outgoing()[self.seen :]:
            local = one.sent_at.astimezone(RIGA)
            if QUIET[1] <= local.time() < QUIET[0]:
                self.by_day += 1
            elif actor is not None and one.chat_id == actor.phone.id:
                self.answers += 1
            else:
                self.pushes.append((local, one.text[:60]))
        self.seen = len(self.town.telegram.outgoing())
        for person in self.town.people.values():
            person.reads_rest()

    async def until(self, moment: datetime, dice: random.Random) -> None:
        """Time goes by; now and then somebody looks at something, by night as by day."""
        while self.town.clock.now() < moment:
            self.town.clock.move_to(min(self.town.clock.now() + STEP, moment))
            await self.town.settle()
            self.look()
            if dice.random() < 0.2:
                one = dice.choice(list(self.town.people.values()))
                await one.says(dice.choice(["/menu", "/plan", "/today", "/help", "Ko lai es daru?"]))
                self.look(one)


def _riga(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{day:02}T{clock}").replace(tzinfo=RIGA)


@pytest.mark.slow
@pytest.mark.feature("X31")
@pytest.mark.parametrize("seed", range(SEED, SEED + full(1, 5)))
async def test_in_a_week_of_everything_nobody_is_pushed_at_night(database_file: Path, seed: int) -> None:
    dice, town = random.Random(seed), Town(database_file)
    anna, marta, liene = await in_programme(town)
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="psychologist")
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    emma = await agrees(town, "emma")
    danylo = await town.youth("danylo")
    night = Night(town)
    night.look()

    await night.until(_riga(2, "21:40"), dice)
    await asks_for_contact(danylo)  # Liene is to hear of it in the morning
    night.look(danylo)
    await night.until(_riga(3, "23:10"), dice)
    await asks(marta, await code_name(town, "anna"))  # Anna is to be asked in the morning
    night.look(marta)
    await night.until(_riga(4, "22:30"), dice)
    await anna.taps(f"{Y}.button.agree")  # Ilze is to be told in the morning
    night.look(anna)
    await night.until(_riga(5, "20:58"), dice)
    await writes(kaspars)
    night.look(kaspars)
    await kaspars.taps("events.staff.button.send")
    await kaspars.taps("events.staff.button.send_sure")  # to be sent in the morning
    night.look(kaspars)
    await night.until(_riga(6, "06:15"), dice)
    await ilze.taps(f"{S}.button.open")
    await ilze.taps(f"{S}.button.accept")
    night.look(ilze)
    await opens_case(liene, town, "danylo")
    night.look(liene)
    await liene.taps("programme.staff.button.choose_mentor")
    await liene.taps_label("Marta")  # Danylo and Marta are to hear of it in the morning
    night.look(liene)
    await emma.says("es negribu dzīvot")
    night.look(emma)
    await night.until(_riga(9, "12:00"), dice)

    told = await town.rows("SELECT DISTINCT substr(key, 1, instr(key, '.') - 1) FROM outbox WHERE priority > 0")
    print(f"seed {seed}: {night.by_day} messages by day, {night.answers} answers at night, {len(night.pushes)} pushes; "
          f"told of {sorted(row[0] for row in told)}")  # fmt: skip
    assert night.pushes == []
    assert night.answers > 20
    assert {row[0] for row in told} >= {"checkins", "referrals", "events", "programme"}
    await town.database.close()
    town.check()

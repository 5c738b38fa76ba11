"""People who do anything at any moment, and a bot that restarts in the middle of it: there is always a way on."""

import random
import re
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.roles import Role
from bot.texts import catalogue
from bot.words import Language
from tests.chats.casework import in_programme
from tests.faults.counts import SEED, full
from tests.faults.stage import Said, all_said
from tests.town.inhabitant import Inhabitant
from tests.town.reading import pattern
from tests.town.whole_town import RunningTown

STEPS: Final = full(600, 10_000)
RESTART_EVERY: Final = 20
FAREWELLS: Final = ("people.youth.forgotten", "people.staff.forgotten", "screening.youth.stop_child")
ASKS_LANGUAGE: Final = "people.any.choose_language"
"""Asked in all three languages, for nobody knows yet which one is read."""

LINES: Final = (
    "čau", "19", "так", "x" * 4096, "😀", "/start", "/start ogre", "/start i_junk", "/start 💥", "/menu", "/help",
    "/plan",
    "/language", "/mydata", "/privacy", "/forget", "/events", "/referrals", "/today", "/nothing", "\u202e",
    "es negribu dzīvot",
)  # fmt: skip

_IN_ANY_LANGUAGE: Final = re.compile(
    "Українська|Latviešu|English|Valoda · Мова · Language|Latviski · Українською|Ogre, Огре|^так\\b|\\bтак$"
)
"""Languages by their own names, a place as it may be typed, and what somebody of the walk chose to be called."""

_CYRILLIC: Final = re.compile("[А-Яа-яІіЇїЄєҐґ]")


class Walk:
    """One long day in town; `trouble` gathers what nobody should meet."""

    def __init__(self, town: RunningTown, dice: random.Random) -> None:
        self.town = town
        self.dice = dice
        self.trouble: list[object] = []
        self.restarts = 0
        self._life = AsyncExitStack()
        self._youth: list[Inhabitant] = []
        self._staff: list[Inhabitant] = []

    async def begin(self) -> None:
        await self._life.enter_async_context(self.town.running())
        danylo, marta, liene = await in_programme(self.town, "danylo")
        ilze = await self.town.staff("ilze", Role.SPECIALIST, speciality="psychologist")
        self._youth = [self.town.newcomer("anna"), self.town.newcomer("emma"), danylo]
        self._staff = [marta, liene, ilze]

    async def restart(self) -> None:
        self.restarts += 1
        await self._life.aclose()
        await self._life.enter_async_context(self.town.running())

    async def end(self) -> None:
        await self._life.aclose()

    async def step(self, number: int) -> None:
        """Somebody does something; perhaps the bot goes down before it is answered; then it is."""
        person = self.dice.choice(self._youth * 3 + self._staff)
        self.town.clock.advance(timedelta(seconds=self.dice.choice((2, 2, 2, 40, 3_600, 20_000))))
        self.town.telegram.ledger.calls.clear()
        before = (await self.town.rows("SELECT coalesce(max(done_at), 0) FROM outbox"))[0][0]
        did = await self._acts(person)
        assert self.town.app is not None
        if number % RESTART_EVERY == 0:
            if self.dice.random() < 0.5:
                await self.town.app.polling.once()  # taken and kept, but nothing said yet
            await self.restart()
        await self.town.answer()
        await self.town.app.schedule.ring()
        await self.town.app.gate.drain()
        said = [one for one in all_said(self.town.telegram.ledger.calls) if one.chat == person.phone.id]
        if not said:
            self.trouble.append(("silence", person.name, did))
        for one in (one for one in said if one.text):  # a file before the last goes without words
            await self._judge(person, one, before, did, last=one is said[-1])

    async def _acts(self, person: Inhabitant) -> str:
        """What they do, told in short."""
        phone, chance = person.phone, self.dice.random()
        keys = [(message.id, key.data) for message in phone.messages for key in message.buttons if key.data]
        if keys and chance < 0.6:
            at, data = self.dice.choice(keys if chance < 0.3 else keys[-12:])
            if data == "people.forget:1" and self.dice.random() < 0.8:
                data = "people.menu"
            await phone.forge_press(data, at)
            return data
        if chance < 0.86 or not keys:
            line = self.dice.choice(LINES)
            await phone.send(line)
            return line[:20]
        own = [message.id for message in phone.messages if message.sender == "person" and message.text]
        if chance < 0.9 and own:
            await phone.edit(self.dice.choice(own), "labots")
            return "an edit"
        if chance < 0.94:
            data = f"people.language:{self.dice.choice(list(Language)).value}"
            await phone.forge_press(data)
            return data
        sends = (phone.send_sticker, phone.send_voice, phone.send_photo, phone.share_contact)
        await self.dice.choice(sends)()
        return "no text"

    async def _judge(self, person: Inhabitant, said: Said, before: int, did: str, *, last: bool) -> None:
        """Whether there is a way on from it, and whether all of it is in the one language they read."""
        if any(pattern(key, one).search(said.text) for key in FAREWELLS for one in Language):
            return
        rows = await self.town.rows(
            "SELECT o.key, p.language FROM outbox o JOIN people p ON p.id = o.person_id "
            "WHERE o.done_at > :before AND p.telegram_id = :it",  # some waited since an earlier step
            before=before,
            it=person.phone.id,
        )
        keys, language = [row.key for row in rows if row.key], Language(rows[0].language)
        if last and (
            not said.data or (person in self._youth and not {"safety.card", "people.resume"} & set(said.data))
        ):
            self.trouble.append(("no way on", person.name, did, keys, said))
        if not any(pattern(key, language).search(said.text) for key in keys):
            self.trouble.append(("not in their language", person.name, did, language, keys, said))
        if ASKS_LANGUAGE not in keys and (foreign := _foreign(said, language)):
            self.trouble.append(("mixed", person.name, did, language, foreign))


def _foreign(said: Said, language: Language) -> Sequence[str]:
    """The lines and labels that are not in that language."""
    parts = [_IN_ANY_LANGUAGE.sub("", part) for part in (*said.text.splitlines(), *said.labels)]
    if language is not Language.UK:
        return [part for part in parts if _CYRILLIC.search(part)]
    own = catalogue(Language.UK).forms
    others = (forms for tongue in (Language.LV, Language.EN) for forms in catalogue(tongue).forms.values())
    other = {form for forms in others for form in forms} - {form for forms in own.values() for form in forms}
    return [part for part in parts if part in other and len(part) > 3]


@pytest.mark.slow
@pytest.mark.feature("X41")
async def test_whatever_people_do_there_is_a_way_on_and_never_two_languages(database_file: Path) -> None:
    town = RunningTown(database_file)
    walk = Walk(town, random.Random(SEED))
    await walk.begin()
    for number in range(1, STEPS + 1):
        await walk.step(number)
    await walk.end()
    stuck = await town.rows("SELECT key, fault FROM outbox WHERE state IN ('in_flight', 'rejected')")
    await town.database.close()
    print(f"\nX41 seed {SEED}: {STEPS} steps, {walk.restarts} restarts, {len(walk.trouble)} dead ends or mixed texts")
    assert not walk.trouble, "\n".join(map(str, walk.trouble[:8]))
    assert not stuck
    assert not town.telegram.problems
    assert not town.telegram.unanswered()
    assert not any(one.phone.spinners for one in town.people.values())

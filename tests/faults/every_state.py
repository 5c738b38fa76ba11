"""A town in which somebody stands at every point of every conversation: what a storm of strange updates falls upon."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

from bot.app import App, put_together
from bot.delivery.limits import Rates
from bot.demo.emulator.in_process import InProcessRequest
from bot.demo.emulator.phone import Phone
from bot.roles import Role
from bot.storage.database import Database
from bot.telegram.request import AiohttpRequest
from bot.words import Language
from tests.chats.casework import B, asks_for_contact, joins
from tests.chats.events_talk import writes
from tests.chats.referrals_talk import S
from tests.faults.made_updates import mark_of
from tests.town.inhabitant import Inhabitant
from tests.town.town import START, TOKEN, Town

ANSWERS: Final = (("age", "18_28"), ("status", "neither"), ("nva", "no"), ("mood", "so_so"), ("wish", "talk"))
STAFF: Final = ("liene", "marta", "oksana", "ilze", "kaspars", "dace", "andrejs")
FIRST_NUMBER: Final = 7_000
STRANGERS: Final = 4


class StandingTown(Town):
    """The town with one bot that stays through all of it."""

    app: App | None = None

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[App]:
        if self.app is None:
            rates, database = Rates(), self.database
            self.app = put_together(
                self.settings,
                TOKEN,
                self.clock,
                request=lambda: AsOverHttp(self.telegram),
                rates=rates,
                database=database,
            )
            await self.app.begin()
        yield self.app

    @asynccontextmanager
    async def open_database(self) -> AsyncIterator[Database]:
        yield self.database

    async def close(self) -> None:
        if self.app is not None:
            await self.app.end()


class AsOverHttp(InProcessRequest):
    """The emulator without sockets, its answers read as the real transport reads them."""

    parse_json_payload = staticmethod(AiohttpRequest.parse_json_payload)


async def town_in_every_state(town: Town) -> list[Phone]:
    """Everybody's phone; who they are and where they stand is said below. All of it is read."""
    for number, language in enumerate(Language):
        await _questions(town, FIRST_NUMBER + 100 * number, language)
    await _casework(town)
    await _others(town)
    for one in town.people.values():
        one.reads_rest()
    strangers = [_phone(town, FIRST_NUMBER + 900 + number, Language.EN).phone for number in range(STRANGERS)]
    return [*(one.phone for one in town.people.values()), *strangers]


def _phone(town: Town, number: int, language: Language) -> Inhabitant:
    """Somebody whose very name is marked."""
    phone = town.telegram.phone(number, mark_of(number), mark_of(number), mark_of(number), language.value)
    return Inhabitant(town, mark_of(number), phone, language)


async def _questions(town: Town, first: int, language: Language) -> None:
    """In this language one at each place: the choice of language, the welcome, each question, and both ends."""
    for stop in range(len(ANSWERS) + 4):
        one = await _arrives(town, first + stop, language, "/start ogre")
        if stop:
            await one.taps(f"people.any.button.language_{language.value}")
        if stop > 1:
            await one.taps("screening.youth.button.begin")
        for question, code in (*ANSWERS, ("contact", "yes"))[: max(0, stop - 2)]:
            await one.taps(f"screening.youth.button.{question}.{code}")
    for stop in range(2):
        one = await _arrives(town, first + 50 + stop, language, "/start")
        await one.taps(f"people.any.button.language_{language.value}")
        await one.taps("screening.youth.button.begin")
        for question, code in ANSWERS[:3]:
            await one.taps(f"screening.youth.button.{question}.{code}")
        if stop:
            await one.taps("directory.any.region.vidzeme")


async def _arrives(town: Town, number: int, language: Language, line: str) -> Inhabitant:
    one = _phone(town, number, language)
    town.people[one.name] = one
    await one.says(line)
    return one


async def _casework(town: Town) -> None:
    """A mentor typing how long a check-in took, one choosing it, a specialist with a referral, a lead."""
    liene = await town.staff("liene", Role.LEAD)
    marta = await town.staff("marta", Role.MENTOR)
    oksana = await town.staff("oksana", Role.MENTOR)
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="psychologist")
    for youth, mentor in (("anna", "Marta"), ("danylo", "Oksana")):
        young = await town.youth(youth)
        await asks_for_contact(young)
        await liene.taps(f"{B}.choose_mentor")
        await liene.taps_label(mentor)
        liene.reads_rest()
        await joins(liene, town, youth)
    await _refer(town, marta, ilze)
    await town.live_until(START + timedelta(days=1))
    await marta.taps("checkins.staff.button.called")
    await marta.taps("checkins.staff.button.other_time")
    await oksana.taps("checkins.staff.button.met")


async def _refer(town: Town, mentor: Inhabitant, specialist: Inhabitant) -> None:
    await mentor.says("/refer")
    await mentor.taps_label((await town.person("anna")).code_name)
    await mentor.taps(f"{S}.button.kind_psychologist")
    await mentor.taps_label("Ilze")
    await mentor.taps(f"{S}.button.no_note")
    await town.people["anna"].taps("referrals.youth.button.agree")
    await specialist.taps(f"{S}.button.open")
    await specialist.taps(f"{S}.button.accept")


async def _others(town: Town) -> None:
    """A coordinator with an invitation written, one in the middle of it, and an admin naming a day off."""
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await writes(kaspars)
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await dace.says("/event")
    await dace.taps("events.staff.button.kind_youth_event")
    await dace.taps("people.any.button.language_lv")
    andrejs = town.newcomer("andrejs")
    await andrejs.says("/dayoff")
    await andrejs.taps("checkins.staff.button.add_day")

"""A town in which a bit of everything has happened: two municipalities, every role, every story walked some way.

One bot runs all the while and Telegram's limits are off, so that thousands of presses take seconds. Every word that
somebody of a municipality typed, and every name there, holds that municipality's mark.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.app import App
from bot.delivery.limits import Rates
from bot.demo.emulator.limits import Limits
from bot.people import store
from bot.roles import Role
from bot.storage.database import Database
from bot.words import Language
from tests.chats.casework import asks_for_contact, joins, opens_case
from tests.chats.register_talk import enters_partner, enters_service
from tests.town.events_in_full import lay
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

B = "programme.staff.button"
C = "checkins.staff.button"
S = "referrals.staff.button"
E = "events.staff.button"
SOURCES = "outreach.staff.button"
SAFETY = "safety.staff.button"
REGISTER = "directory.staff.button"
NETWORKS = "networks.staff.button"
FIRST_CHECK_IN: Final = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
"""Tuesday, 10:00 in Rīga, the day after the town's start."""

NO_LIMITS: Final = Rates(total=1_000_000, kept_for_replies=0, chat_burst=1_000_000, group=1_000_000)


class RunningTown(Town):
    """The town with one bot kept running between the lines, as on any ordinary day."""

    app: App | None = None

    def __init__(self, database: Path) -> None:
        super().__init__(database, Limits(enabled=False), NO_LIMITS)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["RunningTown"]:
        async with self.bot() as self.app:
            yield self
        self.app = None

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[App]:
        """The one that runs."""
        if self.app is not None:
            yield self.app
            return
        async with super().bot() as app:
            yield app

    async def answer(self) -> None:
        """The bot takes what is waiting and says what there is to say; nothing falls due."""
        assert self.app is not None
        while await self.app.polling.once():
            pass
        await self.app.tasks.settled()
        await self.app.workshop.drain()
        if self.app.post is not None:
            await self.app.post.drain()
        await self.app.gate.drain()

    async def work(self, app: App) -> None:
        await self.answer()
        await app.schedule.ring()
        await app.gate.drain()
        for one in self.people.values():
            one.notice_changes()

    @asynccontextmanager
    async def open_database(self) -> AsyncIterator[Database]:
        yield self.database


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality, the names of its people by what they are, and the mark on all its words."""

    code: str
    slug: str
    mark: str
    cast: Mapping[str, str]
    people: dict[str, Inhabitant] = field(default_factory=dict)

    def __getitem__(self, what: str) -> Inhabitant:
        return self.people[what]


def ogre() -> Place:
    names = {
        "lead": "liene", "mentor": "marta", "mentor_2": "oksana", "specialist": "ilze", "partner": "uldis",
        "coordinator": "kaspars", "youth": "anna", "youth_2": "danylo", "youth_3": "emma",
    }  # fmt: skip
    return Place("LV-067", "ogre", "Zilzeme", names)


def cesis() -> Place:
    names = {
        "lead": "laura", "mentor": "juris", "mentor_2": "valdis", "specialist": "zane", "partner": "gatis",
        "coordinator": "vilnis", "youth": "elza", "youth_2": "bohdan", "youth_3": "noah",
    }  # fmt: skip
    return Place("LV-022", "cesis", "Sarkanpils", names)


_ROLES: Final = {
    "lead": (Role.LEAD, None), "mentor": (Role.MENTOR, None), "mentor_2": (Role.MENTOR, None),
    "specialist": (Role.SPECIALIST, "psychologist"), "partner": (Role.PARTNER, "partner"),
    "coordinator": (Role.COORDINATOR, None),
}  # fmt: skip
_YOUTH: Final = ("youth", "youth_2", "youth_3")
_LANGUAGES: Final = {"mentor_2": Language.UK, "youth_2": Language.UK, "youth_3": Language.EN}


async def build(town: RunningTown) -> tuple[Place, Place]:
    """Both municipalities, and above them a coordinator, a data officer and an administrator of the whole country."""
    places = (ogre(), cesis())
    await _hire(town, "andrejs", Role.ADMIN, None)
    await _hire(town, "dace", Role.COORDINATOR, None)
    officer = await _hire(town, "sanita", Role.DATA_OFFICER, None)
    for place in places:
        for what, (role, speciality) in _ROLES.items():
            place.people[what] = await _hire(town, place.cast[what], role, place, speciality, _LANGUAGES.get(what))
        for what in _YOUTH:
            place.people[what] = await town.youth(place.cast[what], _LANGUAGES.get(what, Language.LV))
    numbers = {one.phone.id for one in town.people.values()}
    assert len(numbers) == len(town.people), "two of the town have the same number"
    for place in places:
        await _first_meetings(town, place)
    await town.move_to(FIRST_CHECK_IN)
    for place in places:
        await _check_in(place)
        await _referrals(town, place)
        await _events(place)
        await _sources(place)
        await _register(place)
        await _network(place)
        await lay(town, place)
    for place in places:
        await _safety(town, place)
        await _looked_at(town, place)
    await _data_officer(town, officer, places)
    for one in town.people.values():
        for command in ("/menu", "/help", "/language", "/privacy", "/mydata", "/forget", "/events", "/invite"):
            await one.says(command)
        one.reads_rest()
    return places


async def _network(place: Place) -> None:
    """The coordinator leads a network with the mentor in it: a topic, a question, what is known of the place."""
    coordinator, mentor = place["coordinator"], place["mentor"]
    await coordinator.says("/network")
    await coordinator.taps(f"{NETWORKS}.found")
    await coordinator.taps("networks.any.kind.network")
    await coordinator.says(f"{place.mark} tīkls")
    await coordinator.taps(f"{NETWORKS}.add")
    await coordinator.taps_label(place.cast["mentor"].capitalize())
    await mentor.taps(f"{NETWORKS}.open")
    await mentor.taps(f"{NETWORKS}.members")
    await mentor.taps(f"{NETWORKS}.back")
    await mentor.taps(f"{NETWORKS}.topics")
    await mentor.taps(f"{NETWORKS}.propose")
    await mentor.says(f"{place.mark}: pagastu jaunieši")
    await mentor.taps_label("1. ")
    await coordinator.taps(f"{NETWORKS}.opinions")
    await coordinator.taps(f"{NETWORKS}.ask")
    await coordinator.says(f"{place.mark}: ko darīt vasarā?")
    await coordinator.says("13.3.")
    await coordinator.taps(f"{NETWORKS}.send")
    await mentor.taps(f"{NETWORKS}.answer")
    await mentor.says(f"{place.mark}: nometni")
    await coordinator.taps(f"{NETWORKS}.refresh")
    await coordinator.taps(f"{NETWORKS}.opinions")
    await coordinator.taps(f"{NETWORKS}.back")
    await coordinator.taps(f"{NETWORKS}.members")
    await coordinator.taps_label(place.cast["mentor"].capitalize())
    await coordinator.says("/network")


async def _hire(
    town: RunningTown,
    name: str,
    role: Role,
    place: Place | None,
    speciality: str | None = None,
    language: Language | None = None,
) -> Inhabitant:
    """Somebody of the staff, whose name holds the mark of their municipality."""
    code = None if place is None else place.code
    one = await town.staff(name, role, code, speciality=speciality, language=language)
    called = name.capitalize() if place is None else f"{name.capitalize()} {place.mark}"
    known = await town.person(name)
    async with town.database.write() as db:
        await store.set_name(db, known.id, called)
    return one


async def _first_meetings(town: Town, place: Place) -> None:
    """The first young person joins, a plan for the second waits for the lead, the third has no mentor yet."""
    lead, mentor, mentor_2 = place["lead"], place["mentor"], place["mentor_2"]
    for youth, guide in (("youth", "mentor"), ("youth_2", "mentor_2")):
        await asks_for_contact(place[youth], link=place.slug)
        await place[youth].taps("people.youth.button.give_events")
        await lead.taps(f"{B}.choose_mentor")
        await lead.taps_label(place.cast[guide].capitalize())
    await asks_for_contact(place["youth_3"], link=place.slug)
    await place["youth_3"].taps("people.youth.button.give_events")
    await opens_case(mentor, town, place.cast["youth"])
    await mentor.taps(f"{B}.meet")
    await mentor.says(f"Rīt 16:00, {place.mark} bibliotēkā")
    await place["youth"].taps("programme.youth.button.meeting_suits")
    await joins(lead, town, place.cast["youth"], weekday=1)
    await opens_case(mentor_2, town, place.cast["youth_2"])
    await mentor_2.taps(f"{B}.propose_joining")
    await mentor_2.taps(f"{B}.start_today")
    await mentor_2.taps_label("3 ")
    await mentor_2.taps(f"{B}.cadence.weekly")
    await mentor_2.taps(f"{B}.weekday.2")
    await mentor_2.taps_label("10:00")
    await mentor_2.taps(f"{B}.propose_plan")
    await mentor_2.taps(f"{B}.meet")
    await mentor_2.says(f"{place.mark} парк, 15:00")
    await place["youth_2"].says("/plan")


async def _check_in(place: Place) -> None:
    mentor, youth = place["mentor"], place["youth"]
    await mentor.taps(f"{C}.met")
    await mentor.taps(f"{C}.minutes.60")
    await mentor.says(f"{place.mark}: runājām par kursiem")
    await youth.taps("checkins.youth.button.pulse.2")
    await mentor.says("/today")
    await place["lead"].says("/today")
    await place["lead"].says("/dayoff")


async def _referrals(town: Town, place: Place) -> None:
    """One with an appointment, one opened, one that the young person has not answered."""
    await _refers(town, place, "mentor", "youth", "psychologist", "specialist")
    await place["youth"].taps("referrals.youth.button.agree")
    await place["specialist"].taps(f"{S}.open")
    await place["specialist"].taps(f"{S}.accept")
    await place["specialist"].taps(f"{S}.time_out")
    await place["specialist"].taps(f"{S}.send_times")
    await place["youth"].taps("referrals.youth.button.time")
    await _refers(town, place, "mentor", "youth", "partner", "partner")
    await place["youth"].taps("referrals.youth.button.agree")
    await place["partner"].taps(f"{S}.open")
    await _refers(town, place, "mentor_2", "youth_2", "psychologist", "specialist")
    for what in ("mentor", "mentor_2", "lead", "specialist", "partner", "youth", "youth_2"):
        await place[what].says("/referrals")


async def _refers(town: Town, place: Place, mentor: str, youth: str, kind: str, receiver: str) -> None:
    guide = place[mentor]
    await guide.says("/refer")
    await guide.taps_label((await town.person(place.cast[youth])).code_name)
    await guide.taps(f"{S}.kind_{kind}")
    await guide.taps_label(place.cast[receiver].capitalize())
    await guide.says(f"{place.mark}: lūdz zvanīt no rīta")


async def _events(place: Place) -> None:
    """One is sent and answered, another is being written."""
    coordinator = place["coordinator"]
    await _writes(place, "Picas vakars")
    await coordinator.taps(f"{E}.group_off")
    await coordinator.taps(f"{E}.onward")
    await coordinator.taps(f"{E}.send")
    await coordinator.taps(f"{E}.send_sure")
    await place["youth"].taps("events.any.button.yes")
    await place["mentor"].taps("events.any.button.no")
    await _writes(place, "Pārgājiens")
    await coordinator.taps(f"{E}.onward")


async def _writes(place: Place, title: str) -> None:
    coordinator = place["coordinator"]
    await coordinator.says("/event")
    await coordinator.taps(f"{E}.kind_youth_event")
    await coordinator.taps("people.any.button.language_lv")
    for line in (f"{title} {place.mark}", f"{place.mark}: nāc!", f"{place.mark} centrs", "12.3. 17:00"):
        await coordinator.says(line)
    await coordinator.taps(f"{E}.onward")


async def _register(place: Place) -> None:
    """A partner with a service that letters go to and an agreement, looked at by the lead; the partner is full.

    What partners offer can be searched for all over the country, so these names hold no mark; who keeps them right has
    one.
    """
    coordinator = place["coordinator"]
    await enters_partner(coordinator, "Biedrība")
    await enters_service(coordinator, "Darbnīca")
    await coordinator.taps(f"{REGISTER}.still_right")
    await coordinator.taps(f"{REGISTER}.change_entry")
    await coordinator.says("/directory")
    await coordinator.taps_label("Biedrība")
    await coordinator.taps(f"{REGISTER}.agreements")
    await coordinator.taps(f"{REGISTER}.new_agreement")
    await coordinator.taps(f"{REGISTER}.agreement_strategic")
    await coordinator.taps(f"{REGISTER}.agreement_today")
    await coordinator.taps(f"{REGISTER}.agreement_endless")
    await place["lead"].says("/directory")
    await place["lead"].taps_label("Biedrība")
    await place["partner"].says("/full")
    await place["partner"].taps(f"{REGISTER}.full")
    await place["partner"].taps(f"{REGISTER}.full_week")


async def _sources(place: Place) -> None:
    """A poster's source, looked at with all that can be done with it."""
    coordinator = place["coordinator"]
    await coordinator.says("/sources")
    await coordinator.taps(f"{SOURCES}.new")
    await coordinator.taps("outreach.staff.kind.poster")
    await coordinator.taps(f"{SOURCES}.first_any")
    await coordinator.says(f"{place.mark} bibliotēka")
    await coordinator.taps(f"{SOURCES}.poster")
    await coordinator.says("/sources")


async def _safety(town: Town, place: Place) -> None:
    """An alert in the mentor's hands and one that nobody took, a plan, a report begun, a line, a drill not begun."""
    coordinator, mentor, youth = place["coordinator"], place["mentor"], place["youth"]
    await coordinator.says("/help_lines")
    await coordinator.taps(f"{SAFETY}.add_line")
    for line in (f"{place.mark} atbalsta tālrunis", "2000 0001", f"{place.mark}: darbdienās"):
        await coordinator.says(line)
    await coordinator.taps_label("latviski")
    await coordinator.says("/drill")
    await opens_case(mentor, town, place.cast["youth"])
    await mentor.taps(f"{SAFETY}.plan")
    await mentor.taps(f"{SAFETY}.write_plan")
    await mentor.says(f"{place.mark}: iet ārā ar suni")
    await opens_case(mentor, town, place.cast["youth"])
    await mentor.taps(f"{SAFETY}.report")
    for one in (youth, place["youth_2"]):
        await one.says("/help")
        await one.taps("safety.youth.button.ask")
        await one.taps("safety.youth.button.agree_with_words")
        await one.says(f"{place.mark}: gribu runāt šodien")
    await mentor.taps(f"{SAFETY}.take")
    await mentor.taps(f"{SAFETY}.write")
    await mentor.says(f"{place.mark}: esmu klāt")
    await youth.taps("safety.youth.button.write_back")
    await youth.says(f"{place.mark}: paldies")


async def _looked_at(town: Town, place: Place) -> None:
    """The municipality's card and figures; and of somebody nearly blocked the reasons and terms."""
    lead = place["lead"]
    for command in ("/contact_card", "/figures"):
        await lead.says(command)
        await place["coordinator"].says(command)
    await opens_case(lead, town, place.cast["youth_3"])
    await lead.taps("blocks.staff.button.block")
    await lead.taps("blocks.any.reason.threats")


async def _data_officer(town: Town, officer: Inhabitant, places: tuple[Place, Place]) -> None:
    """Who looked at the first young person of each municipality."""
    for place in places:
        await officer.says("/access_log")
        await officer.says((await town.person(place.cast["youth"])).code_name)

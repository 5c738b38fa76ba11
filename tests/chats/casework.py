"""How a case comes about in the town: a young person of Ogre asks for contact, gets a mentor, joins the programme."""

from bot.roles import Role
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town
from tests.town.walked_once import walked_once

P = "programme.staff"
B = "programme.staff.button"


async def asks_for_contact(person: Inhabitant, *, link: str = "ogre", age: str = "18_28") -> None:
    """Answers the questions from Ogre's poster and agrees that somebody may write."""
    await person.says(f"/start {link}")
    await person.taps("screening.youth.button.begin")
    await _answers(person, age)


async def asks_again(person: Inhabitant) -> None:
    """Starts over after an earlier run and agrees once more."""
    await person.says("/menu")
    await person.taps("screening.youth.button.questions")
    await person.taps("screening.youth.button.start_over")
    await _answers(person, "18_28")


async def _answers(person: Inhabitant, age: str) -> None:
    for question, code in (("age", age), ("status", "neither"), ("nva", "no"), ("mood", "skip"), ("wish", "work")):
        await person.taps(f"screening.youth.button.{question}.{code}")
    person.reads_rest()
    await person.taps("screening.youth.button.contact.yes")


async def opens_case(person: Inhabitant, town: Town, youth: str) -> None:
    """Goes to the list and opens this young person's card."""
    await person.says("/cases")
    person.sees(f"{P}.cases")
    await person.taps_label((await town.person(youth)).code_name)
    person.sees(f"{P}.case")


@walked_once
async def with_mentor(
    town: Town, youth: str = "anna", mentor: str = "marta"
) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """The young person, the mentor Liene chose for them, and Liene, programme lead of Ogre; everything read."""
    liene = await town.staff("liene", Role.LEAD)
    guide = await town.staff(mentor, Role.MENTOR)
    young = await town.youth(youth)
    await asks_for_contact(young)
    await liene.taps(f"{B}.choose_mentor")
    await liene.taps_label(mentor.capitalize())
    read_all(young, guide, liene)
    return young, guide, liene


async def joins(lead: Inhabitant, town: Town, youth: str, *, weekday: int = 1, cadence: str = "weekly") -> None:
    """The lead records that they join: from today, three months, at 10:00."""
    await opens_case(lead, town, youth)
    await lead.taps(f"{B}.joins")
    await lead.taps(f"{B}.four_rules_hold")
    await lead.taps(f"{B}.start_today")
    await lead.taps_label("3 ")
    await lead.taps(f"{B}.cadence.{cadence}")
    await lead.taps(f"{B}.weekday.{weekday}")
    await lead.taps_label("10:00")
    await lead.taps(f"{B}.confirm_plan")


@walked_once
async def in_programme(
    town: Town, youth: str = "anna", mentor: str = "marta", *, weekday: int = 1
) -> tuple[Inhabitant, Inhabitant, Inhabitant]:
    """Youth, mentor and lead with a weekly programme that began today; everything read."""
    young, guide, liene = await with_mentor(town, youth, mentor)
    await joins(liene, town, youth, weekday=weekday)
    read_all(young, guide, liene)
    return young, guide, liene


def read_all(*people: Inhabitant) -> None:
    for one in people:
        one.reads_rest()

"""What waits for a programme lead: new contacts, proposed plans, programmes past their end, what nobody recorded."""

from collections.abc import Sequence

from bot.checkins import store
from bot.checkins.today import MOST_READ, Item, Part, PartName
from bot.checkins.today_mentor import of_checkins, youths_of
from bot.people import store as people
from bot.programme import store as programme
from bot.programme.cards import shortened
from bot.programme.mentors import store_wishes, wishing
from bot.programme.mentors.screens_mentors import OpenWish
from bot.programme.mentors.wishes import may_know
from bot.programme.rules import Case, Stage
from bot.programme.screens import OpenCase, proposal_of
from bot.roles import Person, Role
from bot.turn import Tick, button
from bot.words import phrase


async def parts(tick: Tick, lead: Person) -> list[Part]:
    """The lead's part of the list."""
    contacts = [
        case
        for case in await programme.cases_in_sight(tick.db, lead, Stage.CONTACT, limit=MOST_READ)
        if lead.holds(Role.LEAD, case.municipality)
    ]
    today = tick.now.astimezone(tick.zone).date()
    unrecorded = await store.unrecorded_for_lead(tick.db, lead, MOST_READ)
    return [
        await _contacts(tick, contacts),
        await _proposals(tick, await programme.proposed(tick.db, lead, MOST_READ)),
        await _wishes(tick, lead),
        await _ended(tick, await programme.past_their_end(tick.db, lead, today, MOST_READ)),
        of_checkins(PartName.UNRECORDED, unrecorded, await youths_of(tick, unrecorded)),
    ]


async def _contacts(tick: Tick, contacts: Sequence[Case]) -> Part:
    items = []
    for case, name in await _named(tick, contacts):
        line = phrase("checkins.staff.line.contact", code_name=name, since=case.opened_at)
        opens = button("checkins.staff.button.contact", OpenCase(case.id), code_name=shortened(name))
        items.append(Item(line, (opens,)))
    return Part(PartName.CONTACTS, items)


async def _proposals(tick: Tick, proposed: Sequence[Case]) -> Part:
    """Plans that mentors laid before the leads, each with the step that shows it and asks for the decision."""
    items = []
    for case, name in await _named(tick, proposed):
        line = phrase("checkins.staff.line.proposal", code_name=name)
        opens = proposal_of(case) or OpenCase(case.id)
        items.append(Item(line, (button("checkins.staff.button.proposal", opens, code_name=shortened(name)),)))
    return Part(PartName.PROPOSALS, items)


async def _wishes(tick: Tick, lead: Person) -> Part:
    """Young people who asked for another mentor, where this lead decides and guides nothing of it themselves."""
    items = []
    for wish in await store_wishes.undecided(tick.db, MOST_READ):
        case = await programme.case(tick.db, wish.case_id)
        if case is None or not lead.holds(Role.LEAD, case.municipality):
            continue
        if may_know(lead, case, wish, await wishing.deciding(tick.db, case)):
            ((_, name),) = await _named(tick, [case])
            line = phrase("checkins.staff.line.wish", code_name=name, since=wish.opened_at)
            opens = button("checkins.staff.button.wish", OpenWish(wish.id), code_name=shortened(name))
            items.append(Item(line, (opens,)))
    return Part(PartName.WISHES, items)


async def _ended(tick: Tick, ended: Sequence[Case]) -> Part:
    """Programmes whose last day has passed, to be closed with what came of them."""
    items = []
    for case, name in await _named(tick, ended):
        if case.ends_on is not None:
            line = phrase("checkins.staff.line.ended", code_name=name, ends_on=case.ends_on)
            opens = button("checkins.staff.button.ended", OpenCase(case.id), code_name=shortened(name))
            items.append(Item(line, (opens,)))
    return Part(PartName.ENDED, items)


async def _named(tick: Tick, cases: Sequence[Case]) -> list[tuple[Case, str]]:
    """Each case with its young person's code name."""
    youths = await people.persons(tick.db, [case.youth_id for case in cases])
    return [(case, youths[case.youth_id].code_name) for case in cases]

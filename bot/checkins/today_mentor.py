"""What waits for a mentor: check-ins overdue, of today and soon; young people who wait for a word, or owe one."""

from collections.abc import Mapping, Sequence

from bot.checkins import resting, rules, store, store_slots
from bot.checkins.rules import CheckIn
from bot.checkins.screens import OpenCheckIn
from bot.checkins.today import MOST_READ, Item, Part, PartName
from bot.people import store as people
from bot.people.own_clock import own_hours
from bot.programme import store as programme
from bot.programme.cards import shortened
from bot.programme.joining.meetings import MeetingAnswer
from bot.programme.mentors import deputies
from bot.programme.rules import Case
from bot.programme.screens import OpenCase
from bot.roles import Person
from bot.turn import Button, Tick, button
from bot.words import Fact, Phrase, phrase

Names = Mapping[int, Fact]
"""What the young person of each case is called."""


async def parts(tick: Tick, mentor: Person) -> list[Part]:
    """The mentor's part of the list."""
    found = await store.of_mentor(tick.db, mentor, tick.now + rules.SOON)
    youths = await youths_of(tick, found)
    names = await _names(tick, mentor, found, youths)
    agenda = rules.agenda(found, tick.now, await own_hours(tick, mentor))
    return [
        of_checkins(PartName.OVERDUE, agenda.overdue, youths, names),
        of_checkins(PartName.TODAY, agenda.today, youths, names),
        of_checkins(PartName.SOON, agenda.soon, youths, names),
        Part(PartName.WAITING, [*await _meetings(tick, mentor), *await _offers(tick, mentor)]),
        Part(PartName.RESTING, await _resting(tick, mentor)),
    ]


async def _resting(tick: Tick, mentor: Person) -> list[Item]:
    """Who has no check-ins now, and until when, so that nobody has to wonder where they are on this list."""
    return [
        Item(one.line, (button("checkins.staff.button.waiting", OpenCase(one.case_id), code_name=one.short_name),))
        for one in await resting.of_mentor(tick, mentor)
    ]


async def _meetings(tick: Tick, mentor: Person) -> list[Item]:
    """Who waits for the first invitation to meet, who has not answered it, and who asked for another time."""
    waiting = await programme.before_first_meeting(tick.db, mentor, MOST_READ)
    youths = await people.persons(tick.db, [one.case.youth_id for one in waiting])
    items = []
    for one in waiting:
        name = youths[one.case.youth_id].code_name
        items.append(
            Item(
                phrase(_meeting_key(one.case, invited=one.invited), code_name=name, since=one.since),
                (button("checkins.staff.button.waiting", OpenCase(one.case.id), code_name=shortened(name)),),
            )
        )
    return items


def _meeting_key(case: Case, *, invited: bool) -> str:
    if not invited:
        return "checkins.staff.line.not_invited"
    other = case.meeting_answer is MeetingAnswer.OTHER
    return "checkins.staff.line.other_meeting" if other else "checkins.staff.line.meeting_unanswered"


async def _offers(tick: Tick, mentor: Person) -> list[Item]:
    """Moments that were offered and nobody chose yet."""
    waiting = await store_slots.waiting(tick.db, mentor, MOST_READ)
    youths = await youths_of(tick, waiting)
    return [
        Item(
            phrase("checkins.staff.line.slots_unanswered", code_name=youths[one.case_id].code_name),
            (_opens(one, youths[one.case_id]),),
        )
        for one in waiting
    ]


# --- check-ins, for mentors and leads alike ---------------------------------------------------------------------


async def youths_of(tick: Tick, checkins: Sequence[CheckIn]) -> Mapping[int, Person]:
    """The young person of each case."""
    cases = await programme.cases_by_id(tick.db, {one.case_id for one in checkins})
    persons = await people.persons(tick.db, [case.youth_id for case in cases.values()])
    return {case.id: persons[case.youth_id] for case in cases.values()}


async def _names(tick: Tick, mentor: Person, checkins: Sequence[CheckIn], youths: Mapping[int, Person]) -> Names:
    """How each young person is called on this list: marked where the mentor only stands in."""
    cases = await programme.cases_by_id(tick.db, {one.case_id for one in checkins})
    return {number: deputies.marked(mentor, case, youths[number].code_name) for number, case in cases.items()}


def of_checkins(
    name: PartName, checkins: Sequence[CheckIn], youths: Mapping[int, Person], names: Names | None = None
) -> Part:
    called = names or {number: youth.code_name for number, youth in youths.items()}
    return Part(name, [Item(_line(one, called[one.case_id]), (_opens(one, youths[one.case_id]),)) for one in checkins])


def _opens(checkin: CheckIn, youth: Person) -> Button:
    return button(
        "checkins.staff.button.open",
        OpenCheckIn(checkin.id),
        code_name=shortened(youth.code_name),
        on=checkin.due_at.strftime("%d.%m."),
    )


def _line(checkin: CheckIn, name: Fact) -> Phrase:
    missed = checkin.state is rules.State.MISSED
    key = "checkins.staff.line.checkin_missed" if missed else "checkins.staff.line.checkin"
    return phrase(key, code_name=name, due=checkin.due_at)

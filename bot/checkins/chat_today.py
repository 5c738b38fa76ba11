"""What waits: for a mentor the check-ins of the day, for a programme lead new contacts and what nobody recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.checkins import rules, store
from bot.checkins.rules import CheckIn
from bot.checkins.screens import OpenCheckIn, Today
from bot.people import store as people
from bot.programme import store as programme
from bot.programme.cards import shortened
from bot.programme.rules import Case, Stage
from bot.programme.screens import OpenCase, proposal_of
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Button, Turn, button
from bot.words import Lines, Phrase, phrase

routes = Routes()

MOST_SHOWN: Final = 10
"""Lines in one part of the list."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the list: its heading, its lines and the button that belongs to each line."""

    heading: str
    lines: Sequence[Phrase]
    buttons: Sequence[Button]


@routes.command("today")
async def today(turn: Turn, _: str) -> None:
    await _show(turn)


@routes.press(Today)
async def open_today(turn: Turn, _: Today) -> None:
    await _show(turn)


async def _show(turn: Turn) -> None:
    parts: list[Part] = []
    if Role.LEAD in turn.person.roles:
        parts += await _of_lead(turn)
    if Role.MENTOR in turn.person.roles:
        parts += await _of_mentor(turn)
    parts = [part for part in parts if part.lines]
    if not parts:
        turn.replace("checkins.staff.nothing_today", keyboard=turn.home)
        return
    lines = [line for part in parts for line in (phrase(part.heading), *part.lines)]
    rows = tuple((one,) for part in parts for one in part.buttons)
    turn.replace("checkins.staff.today", lines=Lines(tuple(lines)), keyboard=rows)


async def _of_mentor(turn: Turn) -> list[Part]:
    found = await store.of_mentor(turn.db, turn.person, turn.now + rules.SOON)
    youths = await _youths(turn, found)
    agenda = rules.agenda(found, turn.now, await turn.hours())
    return [
        _part("checkins.staff.heading.overdue", agenda.overdue, youths),
        _part("checkins.staff.heading.today", agenda.today, youths),
        _part("checkins.staff.heading.soon", agenda.soon, youths),
    ]


async def _of_lead(turn: Turn) -> list[Part]:
    contacts = [
        case
        for case in await programme.cases_in_sight(turn.db, turn.person, Stage.CONTACT, limit=MOST_SHOWN)
        if turn.person.holds(Role.LEAD, case.municipality)
    ]
    proposed = await programme.proposed(turn.db, turn.person, MOST_SHOWN)
    today = turn.now.astimezone(turn.zone).date()
    ended = await programme.past_their_end(turn.db, turn.person, today, MOST_SHOWN)
    unrecorded = await store.unrecorded_for_lead(turn.db, turn.person, MOST_SHOWN)
    return [
        await _contacts(turn, contacts),
        await _proposals(turn, proposed),
        await _ended(turn, ended),
        _part("checkins.staff.heading.unrecorded", unrecorded, await _youths(turn, unrecorded)),
    ]


async def _contacts(turn: Turn, contacts: Sequence[Case]) -> Part:
    names = await _code_names(turn, contacts)
    return Part(
        "checkins.staff.heading.contacts",
        [
            phrase("checkins.staff.line.contact", code_name=name, since=case.opened_at)
            for case, name in zip(contacts, names, strict=True)
        ],
        [
            button("checkins.staff.button.contact", OpenCase(case.id), code_name=shortened(name))
            for case, name in zip(contacts, names, strict=True)
        ],
    )


async def _proposals(turn: Turn, proposed: Sequence[Case]) -> Part:
    """Plans that mentors laid before the leads, each with the step that shows it and asks for the decision."""
    names = await _code_names(turn, proposed)
    return Part(
        "checkins.staff.heading.proposals",
        [phrase("checkins.staff.line.proposal", code_name=name) for name in names],
        [
            button("checkins.staff.button.proposal", proposal_of(case) or OpenCase(case.id), code_name=shortened(name))
            for case, name in zip(proposed, names, strict=True)
        ],
    )


async def _ended(turn: Turn, ended: Sequence[Case]) -> Part:
    """Programmes whose last day has passed, to be closed with what came of them."""
    names = await _code_names(turn, ended)
    return Part(
        "checkins.staff.heading.ended",
        [
            phrase("checkins.staff.line.ended", code_name=name, ends_on=case.ends_on)
            for case, name in zip(ended, names, strict=True)
            if case.ends_on is not None
        ],
        [
            button("checkins.staff.button.ended", OpenCase(case.id), code_name=shortened(name))
            for case, name in zip(ended, names, strict=True)
        ],
    )


async def _code_names(turn: Turn, cases: Sequence[Case]) -> list[str]:
    """The code name of each case's young person, in order."""
    youths = await people.persons(turn.db, [case.youth_id for case in cases])
    return [youths[case.youth_id].code_name for case in cases]


async def _youths(turn: Turn, checkins: Sequence[CheckIn]) -> Mapping[int, Person]:
    """The young person of each case."""
    cases = await programme.cases_by_id(turn.db, {one.case_id for one in checkins})
    persons = await people.persons(turn.db, [case.youth_id for case in cases.values()])
    return {case.id: persons[case.youth_id] for case in cases.values()}


def _part(heading: str, checkins: Sequence[CheckIn], youths: Mapping[int, Person]) -> Part:
    lines = [_line(one, youths[one.case_id]) for one in checkins[:MOST_SHOWN]]
    if len(checkins) > MOST_SHOWN:
        lines.append(phrase("checkins.staff.line.more", more=len(checkins) - MOST_SHOWN))
    buttons = [
        button(
            "checkins.staff.button.open",
            OpenCheckIn(one.id),
            code_name=shortened(youths[one.case_id].code_name),
            on=one.due_at.strftime("%d.%m."),
        )
        for one in checkins[:MOST_SHOWN]
    ]
    return Part(heading, lines, buttons)


def _line(checkin: CheckIn, youth: Person) -> Phrase:
    missed = checkin.state is rules.State.MISSED
    key = "checkins.staff.line.checkin_missed" if missed else "checkins.staff.line.checkin"
    return phrase(key, code_name=youth.code_name, due=checkin.due_at)


routes.offer({Role.MENTOR, Role.LEAD}, 10, button("checkins.staff.button.today", Today()))

"""One-off days off: added and removed in chat, effective at once; what was planned on such a day moves on."""

from datetime import date, datetime, time, timedelta
from typing import Final, assert_never

from bot.calendar import add_working_days, wall
from bot.checkins import planning, rules, store, store_plan
from bot.checkins.rules import FreeAlready, MayBeOff, NotAhead
from bot.checkins.screens import AddDayOff, NameDayOff, RemoveDayOff, ShowDaysOff, UnnamedDayOff
from bot.programme import store as programme
from bot.programme.joining.plans import typed_day
from bot.programme.keepers import youth_of
from bot.programme.rules import Case
from bot.programme.screens import case_button
from bot.roles import Role
from bot.routes import Routes
from bot.storage import days_off
from bot.turn import Keyboard, Shelf, Turn, button
from bot.typed import in_one_line
from bot.words import Lines, Phrase, phrase

routes = Routes()

DAYS_OFFERED: Final = 8
MOST_LISTED: Final = 30


@routes.command("dayoff")
async def show(turn: Turn, _: str) -> None:
    await _list(turn)


@routes.press(ShowDaysOff)
async def open_list(turn: Turn, _: ShowDaysOff) -> None:
    await _list(turn)


async def _list(turn: Turn) -> None:
    ahead = sorted((day, name) for day, name in (await days_off.load(turn.db)).items() if day >= _today(turn))[
        :MOST_LISTED
    ]
    keyboard = turn.home
    if rules.may_set_days_off(turn.person):
        rows = tuple((button("checkins.staff.button.remove_day", RemoveDayOff(day), day=day),) for day, _ in ahead)
        keyboard = ((button("checkins.staff.button.add_day", AddDayOff()),), *rows)
    if ahead:
        turn.replace(
            "checkins.staff.days_off", days=Lines(tuple(_line(day, name) for day, name in ahead)), keyboard=keyboard
        )
    else:
        turn.replace("checkins.staff.no_days_off", keyboard=keyboard)


def _line(day: date, name: str) -> Phrase:
    if name:
        return phrase("checkins.staff.line.day_off", day=day, name=name)
    return phrase("checkins.staff.line.day_off_unnamed", day=day)


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.zone).date()


def _back() -> Keyboard:
    return ((button("checkins.staff.button.back", ShowDaysOff()),),)


# --- adding -----------------------------------------------------------------------------------------------------


@routes.press(AddDayOff)
async def choose_day(turn: Turn, action: AddDayOff) -> None:
    """The next working days as buttons; any other day is typed."""
    if not rules.may_set_days_off(turn.person):
        await turn.forbidden()
        return
    days = rules.working_days_ahead(turn.now, await turn.hours(), DAYS_OFFERED)
    offered = [button("checkins.staff.button.day", NameDayOff(day), day=day) for day in days]
    rows = tuple(tuple(offered[at : at + 2]) for at in range(0, len(offered), 2))
    turn.replace("checkins.staff.add_day", keyboard=(*rows, *_back()))
    turn.expect(action)


@routes.text(AddDayOff)
async def day_typed(turn: Turn, action: AddDayOff, text: str) -> None:
    """ "24.12. Ziemassvētku vakars": the day, then its name, which may be missing."""
    if not rules.may_set_days_off(turn.person):
        await turn.forbidden()
        return
    typed, _, name = in_one_line(text).partition(" ")
    day = typed_day(typed, _today(turn))
    if day is None or len(name.strip()) > rules.MOST_DAY_NAME:
        turn.say("checkins.staff.day_unclear", most=rules.MOST_DAY_NAME, keyboard=_back())
        turn.expect(action)
        return
    await _add(turn, day, name.strip())


@routes.press(NameDayOff)
async def ask_name(turn: Turn, action: NameDayOff) -> None:
    if not rules.may_set_days_off(turn.person):
        await turn.forbidden()
        return
    unnamed = (button("checkins.staff.button.unnamed_day", UnnamedDayOff(action.day)),)
    turn.replace("checkins.staff.name_day", day=action.day, keyboard=(unnamed, *_back()))
    turn.expect(action)


@routes.text(NameDayOff)
async def name_typed(turn: Turn, action: NameDayOff, text: str) -> None:
    if not rules.may_set_days_off(turn.person):
        await turn.forbidden()
        return
    name = in_one_line(text)
    if not 0 < len(name) <= rules.MOST_DAY_NAME:
        turn.say("checkins.staff.day_name_too_long", most=rules.MOST_DAY_NAME, keyboard=_back())
        turn.expect(action)
        return
    await _add(turn, action.day, name)


@routes.press(UnnamedDayOff)
async def add_unnamed(turn: Turn, action: UnnamedDayOff) -> None:
    if not rules.may_set_days_off(turn.person):
        await turn.forbidden()
        return
    await _add(turn, action.day, "")


async def _add(turn: Turn, day: date, name: str) -> None:
    match rules.day_off(day, turn.now, await turn.hours()):
        case MayBeOff():
            await store.add_day_off(turn.db, day, name, turn.person.id)
            await turn.note("day_off.added")
            moved = await _move_what_is_planned(turn, day)
            turn.replace("checkins.staff.day_added", day=day, count=moved, keyboard=(*_back(), *turn.home))
        case FreeAlready():
            _ask_another(turn, "checkins.staff.day_free_already", day)
        case NotAhead():
            _ask_another(turn, "checkins.staff.day_not_ahead", day)
        case never:
            assert_never(never)


def _ask_another(turn: Turn, key: str, day: date) -> None:
    """That day will not do: another one can be typed at once, chosen, or left."""
    turn.replace(key, day=day, keyboard=((button("checkins.staff.button.other_day", AddDayOff()),), *_back()))
    turn.expect(AddDayOff())


async def _move_what_is_planned(turn: Turn, day: date) -> int:
    """Check-ins of that day go where the calendar has them now, and their mentors learn it; how many.

    What people agreed on among themselves stays: the mentor is asked to look at it, and is not asked for it that day.
    """
    moved = 0
    for case in await _cases_around(turn, day):
        changes = await planning.replan(turn, case)
        for _, planned in changes.moved:
            moved += 1
            await _tell_mentor(turn, case, "checkins.staff.moved_by_day_off", day=day, at=planned.due_at)
        if not changes.moved:
            for at in await store_plan.settled_on(turn.db, case.id, *_whole(turn, day)):
                await _tell_mentor(turn, case, "checkins.staff.settled_on_day_off", day=day, at=at)
    return moved


def _whole(turn: Turn, day: date) -> tuple[datetime, datetime]:
    begins, ends = (wall(one, time.min, turn.zone) for one in (day, day + timedelta(days=1)))
    return begins, ends


async def _cases_around(turn: Turn, day: date) -> list[Case]:
    """Cases with something planned for that day or for the days to which it was or would be moved, abroad too."""
    begins, ends = _whole(turn, day)
    until = add_working_days(ends, 1, await turn.hours()) + timedelta(days=1)
    numbers = await store_plan.cases_between(turn.db, begins - timedelta(days=1), until)
    return list((await programme.cases_by_id(turn.db, numbers)).values())


async def _tell_mentor(turn: Turn, case: Case, key: str, **facts: date | datetime) -> None:
    if case.mentor_id is None:
        return
    youth = await youth_of(turn.db, case)
    turn.tell(
        case.mentor_id,
        phrase(key, code_name=youth.code_name, **facts),
        keyboard=((case_button(case.id),),),
        about=case.youth_id,
    )


# --- removing ---------------------------------------------------------------------------------------------------


@routes.press(RemoveDayOff)
async def remove(turn: Turn, action: RemoveDayOff) -> None:
    """What was moved because of it goes back to its own day, as if that had never been off; mentors learn it."""
    if not rules.may_set_days_off(turn.person):
        await turn.forbidden()
        return
    count = 0
    if await store.remove_day_off(turn.db, action.day):
        await turn.note("day_off.removed")
        for case in await _cases_around(turn, action.day):
            for _, planned in (await planning.replan(turn, case)).moved:
                count += 1
                await _tell_mentor(turn, case, "checkins.staff.moved_back", day=action.day, at=planned.due_at)
    turn.replace("checkins.staff.day_removed", day=action.day, count=count, keyboard=(*_back(), *turn.home))


routes.offer(
    {Role.LEAD, Role.COORDINATOR, Role.ADMIN}, 80, button("checkins.staff.button.days_off", ShowDaysOff()), Shelf.TEAM
)

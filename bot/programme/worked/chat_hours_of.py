"""One's own hours with one young person: every line of a month, a new one, and putting one right."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from bot.programme import rules, store
from bot.programme.joining.plans import typed_day
from bot.programme.keepers import youth_of
from bot.programme.rules import Case
from bot.programme.screens import back_to
from bot.programme.worked import hours, store_hours
from bot.programme.worked.chat_hours import month_asked, months_row, named, sum_line, today
from bot.programme.worked.hours import Line, What
from bot.programme.worked.hours_actions import AddHours, ChangeHours, DropHours, OpenHours, OpenHoursOf
from bot.routes import Routes
from bot.turn import Button, Keyboard, Turn, button
from bot.words import Lines, Phrase, phrase

routes = Routes()

_A_ROW: Final = 3
_LINES_TO_CHANGE: Final = 8
"""Of one's own lines the newest that have a button."""

_LINES_SHOWN: Final = 60
"""Of a month with one young person the newest; the total counts all of them."""


# --- one young person -------------------------------------------------------------------------------------------


async def _theirs(turn: Turn, case_id: int) -> Case | None:
    """The case, if this person guides it."""
    case = await store.case(turn.db, case_id)
    return case if case is not None and rules.may_guide(turn.person, case) else None


@routes.press(OpenHoursOf)
async def open_hours_of(turn: Turn, action: OpenHoursOf) -> None:
    case = await _theirs(turn, action.case)
    if case is None:
        await turn.forbidden()
        return
    await _show_month_of(turn, case, month_asked(turn, action.month))


async def _show_month_of(turn: Turn, case: Case, month: date, done: Phrase | None = None) -> None:
    found = await store_hours.lines(turn.db, turn.person.id, month, turn.zone, case.id)
    youth = await youth_of(turn.db, case)
    may_add = hours.may_stand_on(month, today(turn))
    listed = [_told(one) for one in found[-_LINES_SHOWN:]]
    turn.replace(
        "programme.staff.hours.of_youth_done" if done else "programme.staff.hours.of_youth",
        about=youth.id,
        done=done or "",
        month=named(month),
        lines=Lines(tuple(listed) or (phrase("programme.staff.hours.nothing_yet"),)),
        total=sum_line(turn, youth.code_name, hours.total(found)),
        keyboard=(
            *(((button("programme.staff.button.add_hours", AddHours(case.id)),),) if may_add else ()),
            *_in_rows([_line_button(one) for one in found if _may_change(turn, one)][-_LINES_TO_CHANGE:], 2),
            months_row(turn, month, case.id),
            (button("programme.staff.button.all_hours", OpenHours(month)),),
            back_to(case.id),
        ),
    )


def _told(line: Line) -> Phrase:
    return phrase(
        "programme.staff.hours.entry",
        on=f"{line.on:%d.%m.}",
        what=phrase(f"programme.any.hours.{line.what}"),
        time=hours.clock(line.minutes),
    )


def _may_change(turn: Turn, line: Line) -> bool:
    return line.id is not None and hours.may_stand_on(line.on, today(turn))


def _line_button(line: Line) -> Button:
    return button(
        "programme.staff.button.hours_line",
        ChangeHours(line.id or 0),
        on=f"{line.on:%d.%m.}",
        time=hours.clock(line.minutes),
    )


def _in_rows(buttons: Sequence[Button], a_row: int) -> Keyboard:
    return tuple(tuple(buttons[at : at + a_row]) for at in range(0, len(buttons), a_row))


# --- a new line -------------------------------------------------------------------------------------------------


@routes.press(AddHours)
async def add(turn: Turn, action: AddHours) -> None:
    """Ask for what is missing: what, on which day, how long. With everything there it is saved."""
    case = await _theirs(turn, action.case)
    if case is None:
        await turn.forbidden()
    elif action.what is None:
        choices = [button(f"programme.any.hours.{what.value}", AddHours(case.id, what)) for what in What]
        await _ask(turn, case, "programme.staff.hours.what", _in_rows(choices, 1))
    elif action.on is None or not hours.may_stand_on(action.on, today(turn)):
        await _ask(turn, case, "programme.staff.hours.day", _days(turn, case.id, action.what))
        turn.expect(AddHours(case.id, action.what))
    elif action.minutes is None or not 0 < action.minutes <= hours.MOST_MINUTES:
        times = [_time(AddHours(case.id, action.what, action.on, minutes), minutes) for minutes in hours.TIMES]
        await _ask(turn, case, "programme.staff.hours.time", _in_rows(times, _A_ROW))
        turn.expect(AddHours(case.id, action.what, action.on))
    else:
        await _save(turn, case, action.what, action.on, action.minutes)


async def _ask(turn: Turn, case: Case, key: str, choices: Keyboard) -> None:
    youth = await youth_of(turn.db, case)
    turn.replace(
        key,
        about=youth.id,
        code_name=youth.code_name,
        keyboard=(*choices, (button("programme.staff.button.hours_back", OpenHoursOf(case.id)),)),
    )


def _days(turn: Turn, case_id: int, what: What) -> Keyboard:
    present = today(turn)
    days = [present - timedelta(days=back) for back in range(hours.DAYS_OFFERED)]
    choices = [
        button("programme.staff.button.hours_day", AddHours(case_id, what, day), on=f"{day:%d.%m.}")
        for day in days
        if hours.may_stand_on(day, present)
    ]
    return _in_rows(choices, _A_ROW)


def _time(action: AddHours | ChangeHours, minutes: int) -> Button:
    return button("programme.staff.button.hours_time", action, time=hours.clock(minutes))


async def _save(turn: Turn, case: Case, what: What, on: date, minutes: int) -> None:
    number = await store_hours.add(turn.db, case.id, turn.person.id, what, on, minutes, turn.now)
    await turn.note("hours.added", "hours", number)
    done = phrase("programme.staff.hours.saved", time=hours.clock(minutes))
    await _show_month_of(turn, case, hours.month_of(on), done)


@routes.text(AddHours)
async def add_typed(turn: Turn, action: AddHours, text: str) -> None:
    """The day, or with the day known the time, as somebody typed it; what cannot be read is asked for again."""
    case = await _theirs(turn, action.case)
    if case is None or action.what is None:
        await turn.forbidden()
    elif action.on is None:
        day = typed_day(text, hours.before(hours.month_of(today(turn))))
        if day is None or not hours.may_stand_on(day, today(turn)):
            await _ask(turn, case, "programme.staff.hours.day_unclear", _days(turn, case.id, action.what))
            turn.expect(action)
            return
        await add(turn, AddHours(case.id, action.what, day))
    elif (minutes := hours.typed_minutes(text)) is None:
        await _ask(turn, case, "programme.staff.hours.time_unclear", ())
        turn.expect(action)
    else:
        await add(turn, AddHours(case.id, action.what, action.on, minutes))


# --- putting a line right ---------------------------------------------------------------------------------------


async def _own(turn: Turn, line_id: int) -> tuple[Line, Case] | None:
    """A line of one's own that may still be put right, with its case; who left the case keeps the line."""
    line = await store_hours.line(turn.db, line_id, turn.person.id)
    case = await _theirs(turn, line.case_id) if line is not None else None
    if line is None or case is None or not _may_change(turn, line):
        return None
    return line, case


@routes.press(ChangeHours)
async def change(turn: Turn, action: ChangeHours) -> None:
    if (found := await _own(turn, action.line)) is None:
        await turn.forbidden()
        return
    line, case = found
    if action.minutes is None or not 0 < action.minutes <= hours.MOST_MINUTES:
        await _show_line(turn, line, case, "programme.staff.hours.change")
    else:
        await _set(turn, line, case, action.minutes)


async def _set(turn: Turn, line: Line, case: Case, minutes: int) -> None:
    await store_hours.set_minutes(turn.db, _number(line), minutes)
    await turn.note("hours.changed", "hours", _number(line))
    done = phrase("programme.staff.hours.saved", time=hours.clock(minutes))
    await _show_month_of(turn, case, hours.month_of(line.on), done)


async def _show_line(turn: Turn, line: Line, case: Case, key: str) -> None:
    number = _number(line)
    times = [_time(ChangeHours(number, minutes), minutes) for minutes in hours.TIMES]
    turn.replace(
        key,
        about=case.youth_id,
        entry=_told(line),
        keyboard=(
            *_in_rows(times, _A_ROW),
            (button("programme.staff.button.drop_hours", DropHours(number)),),
            (button("programme.staff.button.hours_back", OpenHoursOf(case.id, hours.month_of(line.on))),),
        ),
    )
    turn.expect(ChangeHours(number))


def _number(line: Line) -> int:
    """The number of a line of the hours table; a check-in has none and is never put right here."""
    if line.id is None:
        raise AssertionError("only a line of the hours table is changed here")
    return line.id


@routes.text(ChangeHours)
async def change_typed(turn: Turn, action: ChangeHours, text: str) -> None:
    if (found := await _own(turn, action.line)) is None:
        await turn.forbidden()
    elif (minutes := hours.typed_minutes(text)) is None:
        await _show_line(turn, *found, "programme.staff.hours.change_unclear")
    else:
        await _set(turn, *found, minutes)


@routes.press(DropHours)
async def drop(turn: Turn, action: DropHours) -> None:
    if (found := await _own(turn, action.line)) is None:
        await turn.forbidden()
        return
    line, case = found
    month = hours.month_of(line.on)
    if not action.sure:
        turn.replace(
            "programme.staff.hours.drop_question",
            about=case.youth_id,
            entry=_told(line),
            keyboard=(
                (button("programme.staff.button.drop_hours_sure", DropHours(action.line, sure=True)),),
                (button("programme.staff.button.hours_back", OpenHoursOf(case.id, month)),),
            ),
        )
        return
    await store_hours.drop(turn.db, action.line)
    await turn.note("hours.dropped", "hours", action.line)
    await _show_month_of(turn, case, month, phrase("programme.staff.hours.dropped"))

"""`/help_lines`: a coordinator enters the help lines of their own municipality, and rings them now and then."""

from typing import Final

from bot.directory.rules import find, place_key
from bot.people.menu import ShowMenu
from bot.routes import Routes
from bot.safety import local_lines, store_lines
from bot.safety.actions import (
    AddLine,
    LineAges,
    LineChecked,
    LineHours,
    LineLanguage,
    LineNumber,
    RemoveLine,
    ShowLine,
    ShowLines,
)
from bot.safety.local_lines import MOST_HOURS, MOST_NAME, SPANS, SPOKEN, Ages, LocalLine
from bot.safety.places import choose_place
from bot.turn import Button, Keyboard, Row, Turn, button
from bot.typed import in_one_line, shortened
from bot.words import Lines, Listing, Phrase, phrase

routes = Routes()

_ON_A_BUTTON: Final = 30


@routes.command("help_lines")
async def help_lines(turn: Turn, _: str) -> None:
    place = await choose_place(turn, ShowLines, "safety.staff.lines_place")
    if place is not None:
        await _show_all(turn, place)


@routes.press(ShowLines)
async def lines_pressed(turn: Turn, action: ShowLines) -> None:
    if not _may(turn, action.municipality):
        await turn.forbidden()
        return
    await _show_all(turn, action.municipality)


def _may(turn: Turn, municipality: str) -> bool:
    return find(municipality) is not None and local_lines.may_edit(turn.person, municipality)


async def _editable(turn: Turn, line_id: int) -> LocalLine | None:
    line = await store_lines.line(turn.db, line_id)
    return line if line is not None and local_lines.may_edit(turn.person, line.municipality) else None


async def _show_all(turn: Turn, municipality: str) -> None:
    found = await store_lines.of(turn.db, municipality)
    rows = tuple(
        (button("safety.staff.button.line", ShowLine(one.id), name=shortened(one.name, _ON_A_BUTTON)),) for one in found
    )
    turn.replace(
        "safety.staff.lines" if found else "safety.staff.no_lines",
        place=phrase(place_key(municipality)),
        keyboard=(
            *rows,
            (button("safety.staff.button.add_line", AddLine(municipality)),),
            (button("people.any.button.menu", ShowMenu()),),
        ),
    )


@routes.press(ShowLine)
async def show_line(turn: Turn, action: ShowLine) -> None:
    line = await _editable(turn, action.line)
    if line is None:
        await turn.forbidden()
        return
    _show(turn, line)


def _show(turn: Turn, line: LocalLine) -> None:
    """One line as it stands, with what is still missing asked for first."""
    rows: Keyboard = (
        (button("safety.staff.button.line_number", LineNumber(line.id)),),
        (button("safety.staff.button.line_hours", LineHours(line.id)),),
        tuple(_language_button(line, one) for one in SPOKEN[:2]),
        tuple(_language_button(line, one) for one in SPOKEN[2:]),
        tuple(button(f"safety.staff.button.ages.{ages.value}", LineAges(line.id, ages)) for ages in Ages),
    )
    if line.is_whole:
        rows = (*rows, (button("safety.staff.button.line_checked", LineChecked(line.id)),))
    rows = (
        *rows,
        (button("safety.staff.button.remove_line", RemoveLine(line.id)),),
        (button("safety.staff.button.all_lines", ShowLines(line.municipality)),),
    )
    turn.replace("safety.staff.line", name=line.name, lines=Lines(_details(line)), keyboard=rows)


def _details(line: LocalLine) -> tuple[Phrase, ...]:
    missing = phrase("safety.staff.missing")
    spoken = Listing(tuple(phrase(f"safety.youth.speaks_{one}") for one in line.languages))
    lines = (
        phrase("safety.staff.line_number", number=line.number or missing),
        phrase("safety.staff.line_hours", hours=line.hours or missing),
        phrase("safety.staff.line_languages", languages=spoken if line.languages else missing),
        phrase("safety.staff.line_ages", ages=phrase(f"safety.staff.ages.{line.ages.value}")),
        phrase("safety.staff.line_checked_on", on=line.checked_on),
    )
    return lines if line.is_whole else (*lines, phrase("safety.staff.line_not_shown"))


def _language_button(line: LocalLine, language: str) -> Button:
    is_spoken = language in line.languages
    mark = "spoken" if is_spoken else "not_spoken"
    name = phrase(f"safety.youth.speaks_{language}")
    return button(f"safety.staff.button.{mark}", LineLanguage(line.id, language, not is_spoken), name=name)


# --- entering ---------------------------------------------------------------------------------------------------


@routes.press(AddLine)
async def ask_name(turn: Turn, action: AddLine) -> None:
    if not _may(turn, action.municipality):
        await turn.forbidden()
        return
    turn.say("safety.staff.ask_line_name", most=MOST_NAME, keyboard=(_back(action.municipality),))
    turn.expect(action)


def _back(municipality: str) -> Row:
    return (button("safety.staff.button.all_lines", ShowLines(municipality)),)


@routes.text(AddLine)
async def name_given(turn: Turn, action: AddLine, text: str) -> None:
    """The line begins with its name; it is shown to nobody until number, hours and languages are there."""
    name = in_one_line(text)
    if not _may(turn, action.municipality):
        await turn.forbidden()
    elif not 0 < len(name) <= MOST_NAME:
        turn.say("safety.staff.line_name_too_long", most=MOST_NAME, keyboard=(_back(action.municipality),))
        turn.expect(action)
    else:
        today = turn.now.astimezone(turn.zone).date()
        line = await store_lines.add(turn.db, action.municipality, name, turn.person.id, turn.now, today)
        await turn.note("help_line.added", "help_line", line)
        _ask_number(turn, LineNumber(line), action.municipality)


def _ask_number(turn: Turn, action: LineNumber, municipality: str) -> None:
    turn.say("safety.staff.ask_line_number", keyboard=(_back(municipality),))
    turn.expect(action)


@routes.press(LineNumber)
async def number_pressed(turn: Turn, action: LineNumber) -> None:
    line = await _editable(turn, action.line)
    if line is None:
        await turn.forbidden()
        return
    _ask_number(turn, action, line.municipality)


@routes.text(LineNumber)
async def number_given(turn: Turn, action: LineNumber, text: str) -> None:
    line = await _editable(turn, action.line)
    if line is None:
        await turn.forbidden()
        return
    number = local_lines.number(text)
    if number is None:
        turn.say("safety.staff.no_line_number", keyboard=(_back(line.municipality),))
        turn.expect(action)
        return
    await store_lines.set_number(turn.db, line.id, number)
    await turn.note("help_line.number", "help_line", line.id)
    if line.hours:
        await _show_anew(turn, line.id)
    else:
        _ask_hours(turn, LineHours(line.id), line.municipality)


def _ask_hours(turn: Turn, action: LineHours, municipality: str) -> None:
    turn.say("safety.staff.ask_line_hours", most=MOST_HOURS, keyboard=(_back(municipality),))
    turn.expect(action)


@routes.press(LineHours)
async def hours_pressed(turn: Turn, action: LineHours) -> None:
    line = await _editable(turn, action.line)
    if line is None:
        await turn.forbidden()
        return
    _ask_hours(turn, action, line.municipality)


@routes.text(LineHours)
async def hours_given(turn: Turn, action: LineHours, text: str) -> None:
    line = await _editable(turn, action.line)
    hours = in_one_line(text)
    if line is None:
        await turn.forbidden()
    elif not 0 < len(hours) <= MOST_HOURS:
        turn.say("safety.staff.line_hours_too_long", most=MOST_HOURS, keyboard=(_back(line.municipality),))
        turn.expect(action)
    else:
        await store_lines.set_hours(turn.db, line.id, hours)
        await _show_anew(turn, line.id)


async def _show_anew(turn: Turn, line_id: int) -> None:
    line = await store_lines.line(turn.db, line_id)
    if line is not None:
        _show(turn, line)


@routes.press(LineLanguage)
async def set_language(turn: Turn, action: LineLanguage) -> None:
    line = await _editable(turn, action.line)
    if line is None or action.language not in SPOKEN:
        await turn.forbidden()
        return
    others = {*line.languages} - {action.language}
    wanted = {*others, action.language} if action.spoken else others
    await store_lines.set_languages(turn.db, line.id, [one for one in SPOKEN if one in wanted])
    await _show_anew(turn, line.id)


@routes.press(LineAges)
async def set_ages(turn: Turn, action: LineAges) -> None:
    line = await _editable(turn, action.line)
    if line is None:
        await turn.forbidden()
        return
    await store_lines.set_ages(turn.db, line.id, SPANS[action.ages])
    await _show_anew(turn, line.id)


# --- keeping it true --------------------------------------------------------------------------------------------


@routes.press(LineChecked)
async def checked(turn: Turn, action: LineChecked) -> None:
    line = await _editable(turn, action.line)
    if line is None:
        await turn.forbidden()
        return
    if await store_lines.note_checked(turn.db, line.id, turn.now.astimezone(turn.zone).date()):
        await turn.note("help_line.checked", "help_line", line.id)
    await _show_anew(turn, line.id)


@routes.press(RemoveLine)
async def remove(turn: Turn, action: RemoveLine) -> None:
    line = await _editable(turn, action.line)
    if line is None:
        await turn.forbidden()
        return
    if not action.sure:
        turn.replace(
            "safety.staff.remove_line_ask",
            name=line.name,
            keyboard=(
                (button("safety.staff.button.remove_line_sure", RemoveLine(line.id, sure=True)),),
                (button("safety.staff.button.keep_line", ShowLine(line.id)),),
            ),
        )
        return
    await store_lines.remove(turn.db, line.id)
    await turn.note("help_line.removed", "help_line", line.id)
    await _show_all(turn, line.municipality)

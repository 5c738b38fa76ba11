"""The data officer asks who looked at a young person's records: on screen, page by page, or as a file."""

from dataclasses import dataclass
from typing import ClassVar

from bot.accesses import rules, store
from bot.accesses.rules import A_PAGE, MOST_IN_A_FILE, Access
from bot.actions import Action
from bot.people import store as people
from bot.people.menu import ShowMenu
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Attachment, Keyboard, Row, Turn, button
from bot.typed import in_one_line
from bot.words import Lines, Listing, Phrase, phrase

routes = Routes()


@dataclass(frozen=True, slots=True)
class AskWhose(Action):
    tag: ClassVar[str] = "accesses.ask"


@dataclass(frozen=True, slots=True)
class WhoseTyped(Action):
    """The next text is the code name of whose log is wanted."""

    tag: ClassVar[str] = "accesses.typed"


@dataclass(frozen=True, slots=True)
class ShowPage(Action):
    tag: ClassVar[str] = "accesses.page"
    youth: int
    page: int


@dataclass(frozen=True, slots=True)
class TakeFile(Action):
    tag: ClassVar[str] = "accesses.file"
    youth: int


routes.offer({Role.DATA_OFFICER}, 20, button("accesses.staff.button.access_log", AskWhose()))


@routes.command("access_log")
async def access_log(turn: Turn, argument: str) -> None:
    if argument:
        await _find(turn, argument)
    else:
        _ask(turn, "accesses.staff.whose")


@routes.press(AskWhose)
async def ask_whose(turn: Turn, _: AskWhose) -> None:
    _ask(turn, "accesses.staff.whose")


@routes.text(WhoseTyped)
async def whose_typed(turn: Turn, _: WhoseTyped, text: str) -> None:
    await _find(turn, text)


def _ask(turn: Turn, key: str) -> None:
    turn.say(key, keyboard=(_menu_row(),))
    turn.expect(WhoseTyped())


async def _find(turn: Turn, typed: str) -> None:
    youth = await people.by_code_name(turn.db, in_one_line(typed))
    if youth is None or not await _may_read(turn, youth):
        _ask(turn, "accesses.staff.no_such_code_name")
    else:
        await _show(turn, youth, 0)


@routes.press(ShowPage)
async def show_page(turn: Turn, action: ShowPage) -> None:
    youth = await _theirs(turn, action.youth)
    if youth is None:
        await turn.forbidden()
    else:
        await _show(turn, youth, max(action.page, 0))


async def _show(turn: Turn, youth: Person, page: int) -> None:
    found = await store.accesses_of(turn.db, youth.id, offset=page * A_PAGE, limit=A_PAGE + 1)
    here = found[:A_PAGE]
    if not here:
        turn.replace("accesses.staff.nobody_looked", keyboard=(_menu_row(),), about=youth.id, code_name=youth.code_name)
        return
    file = (button("accesses.staff.button.file", TakeFile(youth.id)),)
    turn.replace(
        "accesses.staff.log",
        keyboard=(*_paging(youth.id, page, more=len(found) > A_PAGE), file, _menu_row()),
        about=youth.id,
        code_name=youth.code_name,
        lines=Lines(tuple(_line(one) for one in here)),
    )


def _line(one: Access) -> Phrase:
    roles: Phrase | Listing = phrase("accesses.staff.no_role")
    if one.roles:
        roles = Listing(tuple(phrase(f"staff.any.role.{role.value}") for role in one.roles))
    return phrase(
        "accesses.staff.line",
        at=one.at,
        viewer=phrase("accesses.staff.former") if one.viewer is None else one.viewer,
        roles=roles,
        part=phrase(f"accesses.staff.part.{rules.part(one.what)}"),
    )


def _paging(youth_id: int, page: int, *, more: bool) -> Keyboard:
    row: Row = ()
    if page > 0:
        row = (*row, button("accesses.staff.button.newer", ShowPage(youth_id, page - 1)))
    if more:
        row = (*row, button("accesses.staff.button.older", ShowPage(youth_id, page + 1)))
    return (row,) if row else ()


@routes.press(TakeFile)
async def take_file(turn: Turn, action: TakeFile) -> None:
    youth = await _theirs(turn, action.youth)
    if youth is None:
        await turn.forbidden()
        return
    found = await store.accesses_of(turn.db, youth.id, offset=0, limit=MOST_IN_A_FILE)
    await turn.note("accesses.exported", "person", youth.id)
    turn.say(
        "accesses.staff.file",
        keyboard=(_menu_row(),),
        attachment=Attachment(f"access-log-{youth.code_name}.csv", rules.in_file(youth.code_name, found)),
        about=youth.id,
        code_name=youth.code_name,
        number=len(found),
    )


async def _theirs(turn: Turn, youth_id: int) -> Person | None:
    """The young person, if this officer may read who looked at them."""
    youth = await people.person(turn.db, youth_id)
    return youth if youth is not None and await _may_read(turn, youth) else None


async def _may_read(turn: Turn, youth: Person) -> bool:
    return rules.may_read(turn.person, youth, await people.municipality_of(turn.db, youth.id))


def _menu_row() -> Row:
    return (button("people.any.button.menu", ShowMenu()),)

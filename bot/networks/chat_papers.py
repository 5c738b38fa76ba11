"""How youth work is organised in a municipality: its coordinators put up files and addresses, all the staff read them.

A file stays with Telegram, by whose number it is kept, and is fetched whenever somebody wants to see it.
"""

from typing import Final
from urllib.parse import urlsplit

from bot.directory.rules import find, place_key
from bot.networks import rules, screens, screens_places, store_places
from bot.networks.actions_places import AddPaper, GetPaper, NamePaper, RetirePaper, ShowPaper, ShowPlace
from bot.networks.network import Paper
from bot.roles import Person
from bot.routes import Read, Routes, Sent
from bot.storage import files
from bot.turn import MOST_FETCHED, Attachment, Document, Keyboard, Link, Made, Row, Tick, Turn, button
from bot.typed import in_one_line
from bot.words import phrase

routes = Routes()

_LONGEST_FILE_NAME: Final = 120
_LONGEST_FILE_ID: Final = 200


def _back(municipality: str) -> Row:
    return (button("networks.staff.button.back", ShowPlace(municipality)),)


# --- reading them -----------------------------------------------------------------------------------------------


@routes.press(ShowPaper)
async def show_paper(turn: Turn, action: ShowPaper) -> None:
    paper = await store_places.paper(turn.db, action.paper)
    if paper is None:
        await turn.forbidden()
    else:
        _show(turn, paper)


def _show(turn: Turn, paper: Paper) -> None:
    rows: list[Row] = []
    if paper.link is not None:
        rows.append((Link(phrase("networks.staff.button.open_link"), paper.link),))
    else:
        rows.append((button("networks.staff.button.get_paper", GetPaper(paper.id)),))
    if rules.may_note(turn.person, paper.municipality):
        rows.append(
            (
                button("networks.staff.button.name_paper", NamePaper(paper.id)),
                button("networks.staff.button.replace_paper", AddPaper(paper.municipality, paper.id)),
            )
        )
        rows.append((button("networks.staff.button.retire_paper", RetirePaper(paper.id)),))
    turn.replace(
        "networks.staff.paper",
        keyboard=(*rows, _back(paper.municipality)),
        title=paper.title,
        place=phrase(place_key(paper.municipality)),
        day=paper.added_at.astimezone(turn.zone).date(),
        what=paper.link or paper.name or "",
    )


@routes.press(GetPaper)
async def get_paper(turn: Turn, action: GetPaper) -> None:
    paper = await store_places.paper(turn.db, action.paper)
    if paper is None or paper.file_id is None:
        await turn.forbidden()
        return
    file = await files.keep(turn.db, turn.person.id, paper.file_id, paper.name or paper.title, turn.now)
    turn.have_fetched(turn.person.id, action, file)
    turn.say("networks.staff.being_made", keyboard=(_back(paper.municipality),))


def as_it_is(sent: Sent) -> Attachment:
    """The file, to be handed on unread."""
    return Attachment(sent.name, sent.content)


@routes.fetched(GetPaper, reading=as_it_is)
async def fetched(tick: Tick, person: Person, action: GetPaper, read: Read) -> Made:
    await files.forget(tick.db, person.id, read.file)
    paper = await store_places.paper(tick.db, action.paper)
    if paper is None:
        return Made(phrase("networks.staff.paper_gone"))
    return Made(phrase("networks.staff.paper_here", title=paper.title), (read.value,), (_back(paper.municipality),))


# --- putting them up --------------------------------------------------------------------------------------------


async def _theirs(turn: Turn, paper_id: int) -> Paper | None:
    """The paper, if they look after that municipality."""
    paper = await store_places.paper(turn.db, paper_id)
    if paper is None or not rules.may_note(turn.person, paper.municipality):
        await turn.forbidden()
        return None
    return paper


async def _may_add(turn: Turn, action: AddPaper) -> bool:
    if action.paper is not None:
        paper = await _theirs(turn, action.paper)
        return paper is not None and paper.municipality == action.municipality
    if find(action.municipality) is None or not rules.may_note(turn.person, action.municipality):
        await turn.forbidden()
        return False
    if len(await store_places.papers(turn.db, action.municipality)) >= screens_places.MOST_PAPERS:
        turn.replace(
            "networks.staff.papers_full", keyboard=(_back(action.municipality),), count=screens_places.MOST_PAPERS
        )
        return False
    return True


@routes.press(AddPaper)
async def add_paper(turn: Turn, action: AddPaper) -> None:
    if await _may_add(turn, action):
        _ask(turn, action, "networks.staff.send_paper")


def _ask(turn: Turn, action: AddPaper, key: str) -> None:
    place = phrase(place_key(action.municipality))
    turn.replace(key, keyboard=(_back(action.municipality),), place=place, most=MOST_FETCHED // 1_000_000)
    turn.expect(action)


@routes.text(AddPaper)
async def link_typed(turn: Turn, action: AddPaper, text: str) -> None:
    """An https address, with a title behind it if they like."""
    if not await _may_add(turn, action):
        return
    link, _, title = in_one_line(text).partition(" ")
    if not is_address(link):
        _ask(turn, action, "networks.staff.no_address")
        return
    await _keep(turn, action, title or (urlsplit(link).hostname or link), link=link)


def is_address(link: str) -> bool:
    """Whether it is an https address of a host with a dot in it, short enough to be kept."""
    try:
        found = urlsplit(link)
        host = found.hostname or ""
    except ValueError:
        return False
    return (
        found.scheme == "https"
        and "." in host.strip(".")
        and found.username is None
        and len(link) <= rules.LONGEST_LINK
    )


@routes.document(AddPaper)
async def file_sent(turn: Turn, action: AddPaper, document: Document) -> None:
    if not await _may_add(turn, action):
        return
    if (document.size is not None and document.size > MOST_FETCHED) or len(document.file_id) > _LONGEST_FILE_ID:
        _ask(turn, action, "networks.staff.paper_too_large")
        return
    name = in_one_line(document.name)[-_LONGEST_FILE_NAME:] or "file"
    title = name.rpartition(".")[0] or name
    await _keep(turn, action, title, file_id=document.file_id, name=name)


async def _keep(
    turn: Turn,
    action: AddPaper,
    title: str,
    *,
    file_id: str | None = None,
    name: str | None = None,
    link: str | None = None,
) -> None:
    """Put it up, in place of another where it replaces one; that one's title goes over to it."""
    instead = None if action.paper is None else await store_places.paper(turn.db, action.paper)
    if instead is not None:
        await store_places.retire_paper(turn.db, instead.id, turn.now)
        title = instead.title
    title = screens.short(title, rules.LONGEST_TITLE)
    number = await store_places.add_paper(
        turn.db, action.municipality, title, turn.person.id, turn.now, file_id=file_id, name=name, link=link
    )
    await turn.note("municipality.paper_added", "paper", number)
    kept = await store_places.paper(turn.db, number)
    if kept is not None:
        _show(turn, kept)


@routes.press(NamePaper)
async def ask_title(turn: Turn, action: NamePaper) -> None:
    paper = await _theirs(turn, action.paper)
    if paper is not None:
        keyboard: Keyboard = ((button("networks.staff.button.back", ShowPaper(paper.id)),),)
        turn.replace("networks.staff.ask_title", keyboard=keyboard, most=rules.LONGEST_TITLE)
        turn.expect(action)


@routes.text(NamePaper)
async def title_typed(turn: Turn, action: NamePaper, text: str) -> None:
    paper = await _theirs(turn, action.paper)
    if paper is None:
        return
    title = in_one_line(text)
    if not title or rules.length(title) > rules.LONGEST_TITLE:
        keyboard: Keyboard = ((button("networks.staff.button.back", ShowPaper(paper.id)),),)
        turn.say("networks.staff.ask_title", keyboard=keyboard, most=rules.LONGEST_TITLE)
        turn.expect(action)
        return
    await store_places.name_paper(turn.db, paper.id, title)
    await turn.note("municipality.paper_named", "paper", paper.id)
    kept = await store_places.paper(turn.db, paper.id)
    if kept is not None:
        _show(turn, kept)


@routes.press(RetirePaper)
async def retire(turn: Turn, action: RetirePaper) -> None:
    paper = await _theirs(turn, action.paper)
    if paper is None:
        return
    if await store_places.retire_paper(turn.db, paper.id, turn.now):
        await turn.note("municipality.paper_retired", "paper", paper.id)
    keyboard = (_back(paper.municipality),)
    turn.replace("networks.staff.paper_retired", keyboard=keyboard, title=paper.title)

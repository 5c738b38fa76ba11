"""The drafts that somebody has not sent yet, to go on with any of them."""

from typing import Final

from bot.events import pages, screens
from bot.events.from_file import store_import
from bot.events.from_file.actions_import import ShowDrafts
from bot.events.from_file.screens_import import events_row, import_row
from bot.events.writing import drafts
from bot.events.writing.actions_writing import Ask
from bot.events.writing.drafts import Draft
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import InLanguages, Lines, Phrase, phrase

A_PAGE: Final = 8

routes = Routes()


@routes.press(ShowDrafts)
async def drafts_pressed(turn: Turn, action: ShowDrafts) -> None:
    await show_drafts(turn, action.page)


async def show_drafts(turn: Turn, page: int = 0) -> None:
    """A page of the drafts, the newest first, each with the way back into it."""
    found, count = await store_import.drafts_of(turn.db, turn.person.id, A_PAGE, max(0, page) * A_PAGE)
    mine = [one for one in found if one.titles and drafts.may_write(turn.person, one)]
    if not mine:
        turn.replace("events.staff.drafts_none", keyboard=(import_row(), events_row(), *turn.home))
        return
    rows: Keyboard = tuple(
        (
            button(
                "events.any.button.title",
                Ask(one.id, drafts.next_step(one)),
                title=screens.short(_title(one)),
            ),
        )
        for one in mine
    )
    keyboard = (*rows, *pages.ways(page, ShowDrafts, more=count > (page + 1) * A_PAGE), import_row(), events_row())
    turn.replace("events.staff.drafts", keyboard=keyboard, drafts=Lines(tuple(_line(one) for one in mine)))


def _title(draft: Draft) -> InLanguages:
    return InLanguages(draft.titles, draft.language if draft.language in draft.titles else next(iter(draft.titles)))


def _line(draft: Draft) -> Phrase:
    if draft.starts_at is None:
        return phrase("events.staff.draft_line_undated", title=_title(draft))
    return phrase("events.staff.draft_line", title=_title(draft), when=draft.starts_at)

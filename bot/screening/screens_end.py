"""The page at the end of the questions: what it means, one thing to do now, where else, whom to ask, how to return."""

from typing import Final, assert_never

from bot.directory import store as directory
from bot.directory.cards import card_lines
from bot.directory.rules import place_key
from bot.directory.screens import OpenContacts, OpenPlace
from bot.directory.services import told
from bot.people.menu import ShowMenu
from bot.people.screens import with_help
from bot.programme.screens import with_plan_and_help
from bot.safety.lines import lines
from bot.screening.ages import Ages
from bot.screening.buttons import Correct, LookCloser, StartOver, Talk
from bot.screening.pages import Page, Way, page
from bot.screening.rules import Run, municipality
from bot.screening.screens import number
from bot.turn import Button, Keyboard, Link, Turn, button
from bot.words import Lines, Phrase, phrase

_NVA_SITE: Final = "https://www.nva.gov.lv"


async def outcome(turn: Turn, run: Run) -> None:
    """The page at the end of a finished run."""
    if run.outcome is None:
        raise ValueError(f"run {run.id} is not finished")
    ages, place = Ages.of(turn.settings), municipality(run.answers) or turn.person.municipality
    shown = page(run.outcome, run.answers, turn.person.language, place)
    notes = tuple(phrase(key, code_name=turn.person.code_name, age=ages.last + 1) for key in shown.notes)
    parts = (
        phrase(shown.means, joins=ages.joins, last=ages.last, adult=ages.adult),
        phrase(shown.now, child=number("child"), crisis=number("crisis")),
        *_elsewhere(shown),
        *await _whom_to_ask(turn, place),
        phrase("screening.youth.notes", notes=Lines(notes)),
    )
    turn.replace("screening.youth.page", keyboard=_ways_on(run, shown, place), parts=_apart(parts))


def _apart(parts: tuple[Phrase, ...]) -> Lines:
    """The parts with an empty line between two."""
    first, *others = parts
    return Lines((first, *(phrase("screening.youth.part", part=one) for one in others)))


def _elsewhere(shown: Page) -> tuple[Phrase, ...]:
    """Other services for somebody like them."""
    named = tuple(told(one) for one in shown.elsewhere)
    return (phrase("screening.youth.elsewhere", services=Lines(named)),) if named else ()


async def _whom_to_ask(turn: Turn, place: str | None) -> tuple[Phrase, ...]:
    """The municipality's contact card, where its people wrote one; the button leads to it, or to what else there is."""
    known = card_lines(await directory.card(turn.db, place)) if place is not None else ()
    if not known:
        return ()
    return (phrase("screening.youth.whom_to_ask", place=phrase(place_key(place)), card=Lines(known)),)


def _ways_on(run: Run, shown: Page, place: str | None) -> Keyboard:
    rows = tuple((one,) for way in shown.ways for one in _buttons(run, way, place))
    return with_plan_and_help(rows) if Way.PLAN in shown.ways else with_help(rows)


def _buttons(run: Run, way: Way, place: str | None) -> tuple[Button | Link, ...]:
    match way:
        case Way.CHILD_CHAT:
            chat = lines()["child_chat"]
            return (Link(phrase("safety.youth.button.child_chat"), chat.url),) if chat.url and chat.shown else ()
        case Way.CLOSER:
            closer = (code for one in run.form.questions for code in one.closer_looks(run.answers.get(one.id)))
            return tuple(button(f"screening.youth.button.{code}", LookCloser(run.id, code)) for code in closer)
        case Way.NVA:
            return (Link(phrase("screening.youth.button.nva_site"), _NVA_SITE),)
        case Way.TALK:
            return (button("screening.youth.button.talk", Talk()),)
        case Way.PLAN:
            return ()  # its row stands with the help row
        case Way.CONTACTS:
            return (_contacts(place),)
        case Way.CORRECT:
            return (button("screening.youth.button.correct", Correct(run.id)),)
        case Way.START_OVER:
            return (button("screening.youth.button.start_over", StartOver(run.id)),)
        case Way.MENU:
            return (button("people.any.button.menu", ShowMenu()),)
        case never:
            assert_never(never)


def _contacts(place: str | None) -> Button:
    if place is None:
        return button("directory.any.button.contacts", OpenContacts())
    return button("screening.youth.button.contacts", OpenPlace(place), place=phrase(place_key(place)))

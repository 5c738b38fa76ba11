"""/start and coming back: language first, then who we are, then the questions, then the menu."""

from typing import assert_never

from bot.events.door import chat_door
from bot.networks.chat_joining import came_by_link
from bot.outreach import rules as links
from bot.outreach import store_reached
from bot.outreach.arrivals import came_from
from bot.outreach.funnel import Stage
from bot.people import consenting
from bot.people import store as people
from bot.people.language import language_keyboard
from bot.people.menu import show_menu
from bot.people.rules import Purpose
from bot.people.screens import with_help
from bot.programme import store as programme
from bot.routes import Case, Routes
from bot.screening import screens, store
from bot.screening.buttons import Begin, Continue, NotNow
from bot.screening.moves import begin_run
from bot.screening.questionnaire import LINK
from bot.staff.joining import join
from bot.turn import Turn, button

routes = Routes()


@routes.command("start")
async def start(turn: Turn, payload: str) -> None:
    match links.read(payload):
        case links.Invite(token):
            await join(turn, token)
            return
        case links.Ticket(signed):
            await chat_door.ticket_shown(turn, signed)
            await _ask_language_of_newcomers(turn)
            return
        case links.AtDoor(signed):
            await chat_door.at_the_door(turn, signed)
            await _ask_language_of_newcomers(turn)
            return
        case links.IntoNetwork(token) if not turn.person.is_youth:
            await came_by_link(turn, token)
            return
        case _ if not turn.person.is_youth:
            await show_menu(turn)
            return
        case links.Code(code):
            await came_from(turn, code)
        case links.Strange() | links.IntoNetwork():
            turn.say("outreach.youth.unknown_link")
        case links.Bare():
            pass
        case never:
            assert_never(never)
    await store_reached.opened(turn.db, turn.person.id, turn.now)
    await _greet(turn)


async def _ask_language_of_newcomers(turn: Turn) -> None:
    """Whoever met the bot at the door of an event has heard what that means; then the road begins as for anybody."""
    if turn.person.is_youth and not await people.language_chosen(turn.db, turn.person.id):
        await store_reached.opened(turn.db, turn.person.id, turn.now)
        _ask_language(turn)


async def _greet(turn: Turn) -> None:
    run = await store.latest(turn.db, turn.person.id)
    if not await people.language_chosen(turn.db, turn.person.id):
        _ask_language(turn)
    elif run is not None and not run.finished:
        screens.middle(turn, run)
    elif await has_open_case(turn):
        await show_menu(turn)
    elif run is not None:
        screens.again(turn, run)
    else:
        screens.welcome(turn)
    await consenting.ask_if_notice_changed(turn)


@routes.when(Case.RESUME)
async def resume(turn: Turn) -> None:
    """Show this person where they were, in their language as it is now."""
    if not turn.person.is_youth:
        await show_menu(turn, turn.remark)
        return
    run = await store.latest(turn.db, turn.person.id)
    if not await people.language_chosen(turn.db, turn.person.id):
        if turn.remark is not None:
            turn.say("people.any.remark", keyboard=with_help(), remark=turn.remark)
        _ask_language(turn)
    elif run is not None and not run.finished:
        screens.ask(turn, run, note=turn.remark)
    elif run is not None or turn.remark is not None or await has_open_case(turn):
        await show_menu(turn, turn.remark)
    else:
        screens.welcome(turn)


@routes.press(Continue)
async def go_on(turn: Turn, _: Continue) -> None:
    run = await store.latest(turn.db, turn.person.id)
    if run is None:
        screens.welcome(turn)
    elif run.finished:
        screens.again(turn, run)
    else:
        screens.ask(turn, run)


@routes.press(Begin)
async def begin(turn: Turn, action: Begin) -> None:
    """The consent, and the first question; pressed again later it only shows where they are."""
    if await store.latest(turn.db, turn.person.id) is not None:
        await go_on(turn, Continue())
        return
    person = turn.person
    if action.elsewhere:
        await people.set_municipality(turn.db, person.id, None)
    link = None if action.elsewhere else person.municipality
    await consenting.agree(turn, Purpose.SCREENING)
    await store_reached.reached(turn.db, person.id, Stage.CONSENTED, turn.now)
    await begin_run(turn, {LINK: link} if link else {})


@routes.press(NotNow)
async def not_now(turn: Turn, _: NotNow) -> None:
    turn.replace(
        "screening.youth.not_now", keyboard=with_help(((button("screening.youth.button.questions", Continue()),),))
    )


async def has_open_case(turn: Turn) -> bool:
    """Whether somebody of the programme already has this person's contact."""
    case = await programme.case_of_youth(turn.db, turn.person.id)
    return case is not None and case.is_open


def _ask_language(turn: Turn) -> None:
    keyboard = language_keyboard(turn.client_language, turn.person.language)
    turn.replace("people.any.choose_language", keyboard=with_help(keyboard))

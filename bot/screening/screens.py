"""What first contact shows: the welcome, a question, the page at the end. One message, replaced from tap to tap."""

from typing import Final, assert_never

from bot.directory.rules import Region, place_key, region_key
from bot.people.chat_rights import ReadPrivacy
from bot.people.menu import ShowMenu
from bot.people.screens import with_help
from bot.programme.screens import with_plan_and_help
from bot.safety.lines import lines
from bot.screening import rules
from bot.screening.buttons import (
    Back,
    Begin,
    Continue,
    Correct,
    Give,
    LookCloser,
    NotNow,
    ShowOutcome,
    StartOver,
    Stop,
    Talk,
    Typed,
)
from bot.screening.pages import Page, Way, page
from bot.screening.questionnaire import OptionsFrom, Question, published
from bot.screening.rules import Progress, Run
from bot.turn import Button, Keyboard, Link, Turn, button
from bot.words import Lines, Phrase, phrase

_NVA_SITE: Final = "https://www.nva.gov.lv"
_SHORT_LABELS: Final = 2
"""Names of places are short: so many fit beside each other."""


def number(line_id: str) -> str:
    """The number of a help line: it is data, so that no translation can break it."""
    return lines()[line_id].number or ""


# --- before the questions ---------------------------------------------------------------------------------------


def welcome(turn: Turn) -> None:
    """Who we are, that this is a program, what is kept; pressing Begin is the consent to it."""
    begin = (button("screening.youth.button.begin", Begin(elsewhere=False)),)
    elsewhere = (button("screening.youth.button.begin_elsewhere", Begin(elsewhere=True)),)
    others: Keyboard = (
        (button("screening.youth.button.who_sees", ReadPrivacy()),),
        (button("screening.youth.button.not_now", NotNow()),),
    )
    place, emergency = turn.person.municipality, number("emergency")
    if place is None:
        turn.replace("screening.youth.welcome", keyboard=with_help((begin, *others)), emergency=emergency)
    else:
        turn.replace(
            "screening.youth.welcome_from",
            keyboard=with_help((begin, elsewhere, *others)),
            welcome=phrase("screening.youth.welcome", emergency=emergency),
            place=phrase(place_key(place)),
        )


def middle(turn: Turn, run: Run) -> None:
    """They came back in the middle: go on, start over, or a person; nothing is wiped by coming back."""
    keyboard = (
        (button("screening.youth.button.go_on", Continue()),),
        (button("screening.youth.button.start_over", StartOver(run.id)),),
        (button("screening.youth.button.talk", Talk()),),
    )
    _, done = _standing(run)
    turn.replace("screening.youth.middle", keyboard=with_help(keyboard), at=done.at, of=done.of)


def again(turn: Turn, run: Run) -> None:
    """They came back after the end."""
    keyboard = (
        (button("screening.youth.button.show_outcome", ShowOutcome(run.id)),),
        (button("screening.youth.button.start_over", StartOver(run.id)),),
        (button("screening.youth.button.talk", Talk()),),
        (button("people.any.button.menu", ShowMenu()),),
    )
    turn.replace("screening.youth.again", keyboard=with_help(keyboard))


# --- a question -------------------------------------------------------------------------------------------------


def ask(turn: Turn, run: Run, *, note: Phrase | None = None, stuck: bool = False, anew: bool = False) -> None:
    """Show the run's open question, with a note above it where there is something to explain.

    `stuck` adds the way to a person; `anew` leaves the message above as it is.
    """
    question, done = _standing(run)
    talk: Keyboard = ((button("screening.youth.button.talk", Talk()),),) if stuck else ()
    around = (
        button("screening.youth.button.back", Back(run.id, question.id)),
        button("screening.youth.button.stop", Stop(run.id)),
    )
    keyboard = with_help((*_options(run, question), *talk, around))
    progress = phrase("screening.youth.progress", at=done.at, of=done.of)
    words = phrase(f"screening.youth.question.{question.id}")
    show = turn.say if anew else turn.replace
    if note is None:
        show("screening.youth.screen", keyboard=keyboard, progress=progress, question=words)
    else:
        show("screening.youth.noted", keyboard=keyboard, note=note, progress=progress, question=words)
    turn.expect(Typed(run.id, question.id))


def _standing(run: Run) -> tuple[Question, Progress]:
    """The open question of an unfinished run, and how far it is."""
    form = published()[run.version]
    question = rules.on_screen(form, run)
    if question is None:
        raise ValueError(f"run {run.id} has no question left and no outcome")
    return question, rules.progress(form, run.answers, question)


def _options(run: Run, question: Question) -> Keyboard:
    buttons = [
        Button(_label(run, question, code), Give(run.id, question.id, code)) for code in question.options(run.answers)
    ]
    across = _SHORT_LABELS if question.options_from else 1
    return tuple(tuple(buttons[start : start + across]) for start in range(0, len(buttons), across))


def _label(run: Run, question: Question, code: str) -> Phrase:
    option = phrase(_option_key(question, code))
    if run.answers.get(question.id) == code:
        return phrase("screening.youth.button.chosen", option=option)
    return option


def _option_key(question: Question, code: str) -> str:
    own = any(option.code == code for option in question.own_options)
    match question.options_from:
        case OptionsFrom.REGIONS if not own:
            return region_key(Region(code))
        case OptionsFrom.PLACES_OF_REGION if not own:
            return place_key(code)
        case _:
            return f"screening.youth.button.{question.id}.{code}"


# --- the end ----------------------------------------------------------------------------------------------------


def outcome(turn: Turn, run: Run) -> None:
    """The page at the end of a finished run."""
    if run.outcome is None:
        raise ValueError(f"run {run.id} is not finished")
    shown = page(run.outcome, run.answers)
    notes = tuple(phrase(key, code_name=turn.person.code_name) for key in shown.notes)
    turn.replace(
        "screening.youth.page",
        keyboard=_ways_on(run, shown),
        means=phrase(shown.means),
        now=phrase(shown.now, child=number("child"), crisis=number("crisis")),
        notes=Lines(notes),
    )


def _ways_on(run: Run, shown: Page) -> Keyboard:
    rows = tuple((one,) for way in shown.ways for one in _buttons(run, way))
    return with_plan_and_help(rows) if Way.PLAN in shown.ways else with_help(rows)


def _buttons(run: Run, way: Way) -> tuple[Button | Link, ...]:
    match way:
        case Way.CLOSER:
            form = published()[run.version]
            closer = (code for q in form.questions for code in q.closer_looks(run.answers.get(q.id)))
            return tuple(button(f"screening.youth.button.{code}", LookCloser(run.id, code)) for code in closer)
        case Way.NVA:
            return (Link(phrase("screening.youth.button.nva_site"), _NVA_SITE),)
        case Way.TALK:
            return (button("screening.youth.button.talk", Talk()),)
        case Way.PLAN:
            return ()  # its row stands with the help row
        case Way.CORRECT:
            return (button("screening.youth.button.correct", Correct(run.id)),)
        case Way.START_OVER:
            return (button("screening.youth.button.start_over", StartOver(run.id)),)
        case Way.MENU:
            return (button("people.any.button.menu", ShowMenu()),)
        case never:
            assert_never(never)

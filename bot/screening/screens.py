"""What first contact shows before the end: the welcome, a question. One message, replaced from tap to tap."""

from collections.abc import Sequence
from typing import Final

from bot.directory.rules import Region, place_key, region_key
from bot.people.actions import ReadPrivacy
from bot.people.menu import ShowMenu
from bot.people.screens import with_help
from bot.safety.lines import lines
from bot.screening import rules
from bot.screening.ages import USUAL, Ages, Band, Either
from bot.screening.buttons import (
    Back,
    Begin,
    Change,
    Continue,
    Give,
    GivePlace,
    NotNow,
    ShowAnswers,
    ShowOutcome,
    StartOver,
    Stop,
    Talk,
    Typed,
)
from bot.screening.questionnaire import OptionsFrom, Question
from bot.screening.rules import Progress, Run
from bot.turn import Button, Keyboard, Turn, button
from bot.words import Phrase, phrase

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
    place, ages = turn.person.municipality, Ages.of(turn.settings)
    words = phrase("screening.youth.welcome", emergency=number("emergency"), joins=ages.joins, last=ages.last)
    if place is None:
        turn.replace_with(words, with_help((begin, *others)))
    else:
        turn.replace(
            "screening.youth.welcome_from",
            keyboard=with_help((begin, elsewhere, *others)),
            welcome=words,
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
    _show(turn, run, question, done, (*_options(turn, run, question), *talk), note=note, anew=anew)


def not_understood(turn: Turn, run: Run) -> None:
    """Their line could not be read: an example, the buttons, and the way to a person."""
    question, _ = _standing(run)
    why = _EXAMPLES.get(question.options_from or question.id, "not_understood")
    note = None if turn.heard_danger else phrase(f"screening.youth.note.{why}")
    ask(turn, run, note=note, stuck=True)


_EXAMPLES: Final = {
    "age": "age_example",
    OptionsFrom.REGIONS: "place_example",
    OptionsFrom.PLACES_OF_REGION: "place_example",
}


def offer_places(turn: Turn, run: Run, question: Question, codes: Sequence[str]) -> None:
    """The municipalities that their line may mean, and the way back to the whole list."""
    found = tuple((Button(phrase(place_key(code)), GivePlace(run.id, question.id, code)),) for code in codes)
    others = (button("screening.youth.button.none_of_these", Continue()),)
    _show(turn, run, *_standing(run), (*found, others), note=phrase("screening.youth.note.which_place"))


def ask_which_age(turn: Turn, run: Run, question: Question, either: Either) -> None:
    """Their year of birth leaves two ages that lead different ways."""
    ages = Ages.of(turn.settings)
    meant = [(years, rules.age_code(question, ages.band(years))) for years in (either.younger, either.older)]
    rows = tuple(
        (button("screening.youth.button.years", Give(run.id, question.id, code), years=years),)
        for years, code in meant
        if code is not None
    )
    _show(turn, run, *_standing(run), rows, note=phrase("screening.youth.note.which_age"))


def _show(
    turn: Turn,
    run: Run,
    question: Question,
    done: Progress,
    rows: Keyboard,
    *,
    note: Phrase | None = None,
    anew: bool = False,
) -> None:
    around = (
        button("screening.youth.button.back", Back(run.id, question.id)),
        *((button("screening.youth.button.answers", ShowAnswers(run.id)),) if rules.answered(run) else ()),
        button("screening.youth.button.stop", Stop(run.id)),
    )
    keyboard = with_help((*rows, around))
    progress = phrase("screening.youth.progress", at=done.at, of=done.of)
    words = phrase(f"screening.youth.question.{question.id}")
    show = turn.say if anew else turn.replace
    if note is None:
        show("screening.youth.screen", keyboard=keyboard, progress=progress, question=words)
    else:
        show("screening.youth.noted", keyboard=keyboard, note=note, progress=progress, question=words)
    turn.expect(Typed(run.id, question.id))


def answers(turn: Turn, run: Run) -> None:
    """What they have answered so far, a button for each to change it, and the way on."""
    given = tuple(
        (
            button(
                "screening.youth.button.answer",
                Change(run.id, one.id),
                about=phrase(f"screening.youth.about.{one.id}"),
                answer=_option(turn, one, run.answers[one.id]),
            ),
        )
        for one in rules.answered(run)
    )
    on = (button("screening.youth.button.go_on", Continue()),)
    turn.replace("screening.youth.answers", keyboard=with_help((*given, on)))


def _standing(run: Run) -> tuple[Question, Progress]:
    """The open question of an unfinished run, and how far it is."""
    question = rules.on_screen(run)
    if question is None:
        raise ValueError(f"run {run.id} has no question left and no outcome")
    return question, rules.progress(run.form, run.answers, question)


def _options(turn: Turn, run: Run, question: Question) -> Keyboard:
    buttons = [
        Button(_label(turn, run, question, code), Give(run.id, question.id, code))
        for code in question.options(run.answers)
    ]
    across = _SHORT_LABELS if question.options_from else 1
    return tuple(tuple(buttons[start : start + across]) for start in range(0, len(buttons), across))


def _label(turn: Turn, run: Run, question: Question, code: str) -> Phrase:
    option = _option(turn, question, code)
    if run.answers.get(question.id) == code:
        return phrase("screening.youth.button.chosen", option=option)
    return option


def _option(turn: Turn, question: Question, code: str) -> Phrase:
    return age_label(turn, code) if question.id == "age" else phrase(_option_key(question, code))


def age_label(turn: Turn, code: str) -> Phrase:
    """A band of ages as its button says it; where the settings move the bands, with their numbers."""
    if code not in list(Band) or Ages.of(turn.settings) == USUAL:
        return phrase(f"screening.youth.button.age.{code}")
    first, last = Ages.of(turn.settings).span(Band(code))
    match Band(code):
        case Band.CHILD:
            return phrase("screening.youth.button.younger_than", years=last + 1)
        case Band.OVER:
            return phrase("screening.youth.button.at_least", years=first)
        case _ if first == last:
            return phrase("screening.youth.button.years_alone", years=first)
        case _:
            return phrase("screening.youth.button.years_between", first=first, last=last)


def _option_key(question: Question, code: str) -> str:
    own = any(option.code == code for option in question.own_options)
    if any(option.code == code and option.instead_of for option in question.own_options):
        return f"screening.youth.button.{code}"
    match question.options_from:
        case OptionsFrom.REGIONS if not own:
            return region_key(Region(code))
        case OptionsFrom.PLACES_OF_REGION if not own:
            return place_key(code)
        case _:
            return f"screening.youth.button.{question.id}.{code}"

"""A person takes over: the contact is passed on, with what is known, after one consent."""

from dataclasses import replace

from bot.people import consenting
from bot.people.rules import Purpose
from bot.people.screens import with_help
from bot.programme import store as programme
from bot.programme.joining.contact import open_contact
from bot.programme.rules import Contact
from bot.programme.talking import pass_on
from bot.routes import Routes
from bot.screening import child, rules, screens, screens_end, store, store_versions
from bot.screening.ages import Band
from bot.screening.buttons import Continue, LetWrite, Talk
from bot.screening.questionnaire import Outcome
from bot.screening.rules import Run
from bot.turn import Button, Turn, button
from bot.words import Facts, Phrase, phrase

routes = Routes()

ASKED_FOR = "asked"
"""The outcome told to staff where somebody asked for a person before the questions led anywhere."""

AGE_UNKNOWN = "unknown"


@routes.press(Talk)
async def talk(turn: Turn, _: Talk) -> None:
    """Say who would write and what they would see; one more tap agrees to it. An open case has its people already."""
    run = await store.latest(turn.db, turn.person.id)
    case = await programme.case_of_youth(turn.db, turn.person.id)
    if case is not None and case.is_open:
        await pass_on(turn, case)
    elif run is not None and run.outcome is Outcome.REFER_CHILD:
        await screens_end.outcome(turn, run)
    else:
        _ask_to_agree(turn, _age(run))


def _ask_to_agree(turn: Turn, age: str | None) -> None:
    """Who would write and what they would see. Where the age is not known yet, the yes is given with it."""
    facts: Facts = {"code_name": turn.person.code_name, "emergency": screens.number("emergency")}
    rather_not = (button("screening.youth.button.rather_not", Continue()),)
    if age is not None:
        let_write = (button("screening.youth.button.let_write", LetWrite(age)),)
        turn.replace_with(Phrase("screening.youth.talk", facts), with_help((let_write, rather_not)))
        return
    ages = tuple((Button(screens.age_label(turn, band.value), LetWrite(band.value)),) for band in Band)
    both = phrase(
        "screening.youth.talk_age",
        talk=Phrase("screening.youth.talk", facts),
        question=phrase("screening.youth.question.age"),
    )
    turn.replace_with(both, with_help((*ages, rather_not)))


def _age(run: Run | None) -> str | None:
    return run.answers.get("age") if run is not None else None


@routes.press(LetWrite)
async def let_write(turn: Turn, action: LetWrite) -> None:
    run = await store.latest(turn.db, turn.person.id)
    age = _age(run) or action.age
    if run is not None and run.outcome is Outcome.REFER_CHILD:
        await screens_end.outcome(turn, run)
    elif age == Band.CHILD:
        await child.stop(turn)
    elif rules.is_too_young(age):
        await _show_child_page(turn, run)
    elif age not in list(Band):
        _ask_to_agree(turn, None)
    else:
        unfinished = run is not None and not run.finished
        on = ((button("screening.youth.button.go_on", Continue()),),) if unfinished else ()
        turn.replace("screening.youth.talk_passed_on", keyboard=with_help(on))
        await hand_over(turn, run, age)


async def _show_child_page(turn: Turn, run: Run | None) -> None:
    """For who is too young there is other help; of their answers nothing is kept."""
    if run is None or run.finished:
        form = await store_versions.current(turn.db)
        run = Run(0, turn.person.id, form, {}, None, None, run.reminded if run else 0)
        run = replace(run, id=await store.start(turn.db, run, turn.now, None))
    await store.finish(turn.db, run.id, {}, Outcome.REFER_CHILD, turn.now)
    await screens_end.outcome(turn, replace(run, answers={}, shown=None, outcome=Outcome.REFER_CHILD))


async def hand_over(turn: Turn, run: Run | None, age: str | None = None) -> None:
    """Keep the consent and open the contact; `bot.programme` tells those in charge and what happens next."""
    await consenting.agree(turn, Purpose.CONTACT)
    await open_contact(turn, _contact(turn, run, age))


def _contact(turn: Turn, run: Run | None, age_told: str | None) -> Contact:
    answers = run.answers if run else {}
    age = answers.get("age") or age_told or AGE_UNKNOWN
    return Contact(
        youth_id=turn.person.id,
        municipality=rules.municipality(answers) or turn.person.municipality,
        screening_outcome=run.outcome.value if run and run.outcome else ASKED_FOR,
        age_band=age,
        wish=answers.get("wish"),
        with_parent=answers.get("contact") == "parent",
        urgent=age == Band.LAST,
    )

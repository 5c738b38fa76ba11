"""A person takes over: the contact is passed on, with what is known, after one consent."""

from bot.people import store as people
from bot.people.rules import NOTICE_VERSION, Purpose
from bot.people.screens import with_help
from bot.programme import store as programme
from bot.programme.contact import open_contact
from bot.programme.rules import Contact
from bot.programme.screens import with_plan_and_help
from bot.routes import Routes
from bot.screening import rules, screens, store
from bot.screening.buttons import Continue, LetWrite, Talk
from bot.screening.questionnaire import Outcome
from bot.screening.rules import Run
from bot.turn import Turn, button

routes = Routes()

ASKED_FOR = "asked"
"""The outcome told to staff where somebody asked for a person before the questions led anywhere."""

AGE_UNKNOWN = "unknown"


@routes.press(Talk)
async def talk(turn: Turn, _: Talk) -> None:
    """Say who would write and what they would see; one more tap agrees to it."""
    run = await store.latest(turn.db, turn.person.id)
    case = await programme.case_of_youth(turn.db, turn.person.id)
    if case is not None and case.is_open:
        turn.replace("programme.youth.contact.stands", keyboard=with_plan_and_help())
    elif run is not None and run.outcome is Outcome.REFER_CHILD:
        screens.outcome(turn, run)
    else:
        keyboard = (
            (button("screening.youth.button.let_write", LetWrite()),),
            (button("screening.youth.button.rather_not", Continue()),),
        )
        turn.replace(
            "screening.youth.talk", keyboard=with_help(keyboard), code_name=turn.person.code_name,
            emergency=screens.number("emergency"),
        )


@routes.press(LetWrite)
async def let_write(turn: Turn, _: LetWrite) -> None:
    run = await store.latest(turn.db, turn.person.id)
    if run is not None and run.outcome is Outcome.REFER_CHILD:
        screens.outcome(turn, run)
        return
    unfinished = run is not None and not run.finished
    on = ((button("screening.youth.button.go_on", Continue()),),) if unfinished else ()
    turn.replace("screening.youth.talk_passed_on", keyboard=with_help(on))
    await hand_over(turn, run)


async def hand_over(turn: Turn, run: Run | None) -> None:
    """Keep the consent and open the contact; `bot.programme` tells those in charge and what happens next."""
    person = turn.person
    await people.give_consent(turn.db, person.id, Purpose.CONTACT.value, NOTICE_VERSION, person.language, turn.now)
    await open_contact(turn, _contact(turn, run))


def _contact(turn: Turn, run: Run | None) -> Contact:
    answers = run.answers if run else {}
    age = answers.get("age", AGE_UNKNOWN)
    return Contact(
        youth_id=turn.person.id,
        municipality=rules.municipality(answers) or turn.person.municipality,
        screening_outcome=run.outcome.value if run and run.outcome else ASKED_FOR,
        age_band=age,
        wish=answers.get("wish"),
        with_parent=answers.get("contact") == "parent",
        urgent=age == "29",
    )

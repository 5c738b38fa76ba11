"""A young person asks for a person: who would be told and what they would see, then it is done, and taken back.

Nothing is told before they agreed; and of what they write, only what they write for that purpose.
"""

from bot.directory.rules import place_key
from bot.people import store as people
from bot.people.screens import Resume, with_help
from bot.routes import Routes
from bot.safety import alerts, card, chain, store, store_alerts, store_plans
from bot.safety.actions import Agree, AgreeWithWords, AskForPerson, CallOff, ReadMyPlan, WriteBack
from bot.safety.alerts import MOST_WORDS, Alert, AlertOver, Kind, Outcome, State, Step
from bot.safety.chain import promptness, shown, waiting, who
from bot.safety.lines import MINOR_BANDS
from bot.turn import Row, Turn, button
from bot.words import Lines, Phrase, phrase

routes = Routes()


@routes.press(AskForPerson)
async def ask(turn: Turn, action: AskForPerson) -> None:
    """Before anybody is told: who that is, what they see, how long it may take."""
    stands = await store_alerts.unfinished_of(turn.db, turn.person.id)
    if stands is not None and not alerts.turns_grave(stands, action.kind):
        await _say_how_it_stands(turn, stands)
        return
    municipality = await store_alerts.place_of(turn.db, turn.person.id)
    circle = await store_alerts.circle(turn.db, municipality, turn.person.id)
    step, first = alerts.next_in_line(Step.NOBODY, circle, ())
    about = await store.circumstances(turn.db, turn.person.id)
    if step is Step.END:
        lines, links = await card.lines_for(turn, about)
        turn.say("safety.youth.alert.nobody", lines=lines, keyboard=with_help((*links, _carry_on())))
        return
    danger = action.kind is Kind.CHILD_DANGER
    turn.say(
        "safety.youth.alert.offer_child_danger" if danger else "safety.youth.alert.offer",
        who=who(step, first),
        code_name=turn.person.code_name,
        place=phrase(place_key(municipality)),
        wait=Lines(await _wait(turn, municipality)),
        law=phrase("safety.youth.law" if about.band in MINOR_BANDS else "safety.youth.law_if_minor"),
        keyboard=with_help(
            (
                (button("safety.youth.button.agree", Agree(action.kind)),),
                (button("safety.youth.button.agree_with_words", AgreeWithWords(action.kind)),),
                (button("safety.youth.button.not_now", Resume()),),
            )
        ),
    )


def _carry_on() -> Row:
    return (button("people.youth.button.carry_on", Resume()),)


async def _wait(turn: Turn, municipality: str | None) -> tuple[Phrase, ...]:
    """How long it may take, without a promise that nobody could keep."""
    prompt = promptness(turn)
    begins = alerts.begins_at(turn.now, prompt, await turn.hours())
    if begins > turn.now:
        wait = phrase("safety.youth.wait.later", at=begins)
    else:
        wait = phrase("safety.youth.wait.now", count=prompt.minutes)
    office = await store_alerts.office_hours(turn.db, municipality)
    return (wait,) if office is None else (wait, phrase("safety.youth.wait.office", hours=office))


@routes.press(Agree)
async def agreed(turn: Turn, action: Agree) -> None:
    await _open(turn, action.kind, None)


@routes.press(AgreeWithWords)
async def wants_to_add(turn: Turn, action: AgreeWithWords) -> None:
    turn.say("safety.youth.alert.ask_words", most=MOST_WORDS, keyboard=_without_words(action.kind))
    turn.expect(action)


@routes.text(AgreeWithWords)
async def added(turn: Turn, action: AgreeWithWords, text: str) -> None:
    words = text.strip()
    if len(words) > MOST_WORDS:
        turn.say("safety.youth.alert.words_too_long", most=MOST_WORDS, keyboard=_without_words(action.kind))
        turn.expect(action)
        return
    await _open(turn, action.kind, words)


def _without_words(kind: Kind) -> tuple[Row, ...]:
    return with_help(
        (
            (button("safety.youth.button.agree", Agree(kind)),),
            (button("safety.youth.button.not_now", Resume()),),
        )
    )


async def _open(turn: Turn, kind: Kind, words: str | None) -> None:
    """A second press opens nothing more: it tells how the first stands. A drill is not a young person's to ask for."""
    if (stands := await store_alerts.unfinished_of(turn.db, turn.person.id)) is not None:
        if alerts.turns_grave(stands, kind):
            stands = await chain.turn_grave(turn, stands, words)
        await _say_how_it_stands(turn, stands)
        return
    municipality = await store_alerts.place_of(turn.db, turn.person.id)
    kind = Kind.CONTACT if kind is Kind.DRILL else kind
    opened = await chain.start(turn, kind, turn.person.id, municipality, by=turn.person.id, words=words)
    await _say_how_it_stands(turn, opened)


async def _say_how_it_stands(turn: Turn, alert: Alert) -> None:
    """Who was told, or when they will be; who has it; and whom to ring meanwhile."""
    lines, links = await card.lines_for(turn, await store.circumstances(turn.db, turn.person.id))
    keyboard = waiting(alert, links)
    told = await store_alerts.tellings(turn.db, alert.id)
    match alert.state, alert.step:
        case State.TAKEN, _:
            holder = await people.person(turn.db, alert.acknowledged_by) if alert.acknowledged_by else None
            name = shown(holder) if holder is not None else ""
            turn.say("safety.youth.alert.taken", name=name, keyboard=chain.talking(alert, links))
        case _, Step.NOBODY:
            at = alert.next_at or turn.now
            turn.say("safety.youth.alert.noted", at=at, lines=lines, keyboard=keyboard)
        case _, Step.END:
            turn.say("safety.youth.alert.nobody_yet", lines=lines, keyboard=keyboard)
        case _, step:
            latest = [one.person_id for one in told if one.step is step]
            persons = await people.persons(turn.db, latest)
            turn.say(
                "safety.youth.alert.told",
                who=who(step, [persons[one] for one in latest if one in persons]),
                count=promptness(turn).minutes,
                lines=lines,
                keyboard=keyboard,
            )


# --- while somebody has it --------------------------------------------------------------------------------------


async def _mine(turn: Turn, alert_id: int) -> Alert | None:
    alert = await store_alerts.alert(turn.db, alert_id)
    return alert if alert is not None and alert.youth_id == turn.person.id else None


@routes.press(WriteBack)
async def wants_to_write(turn: Turn, action: WriteBack) -> None:
    alert = await _mine(turn, action.alert)
    if alert is None:
        await turn.forbidden()
    elif alert.state is State.TAKEN:
        turn.say("safety.youth.alert.write", most=MOST_WORDS, keyboard=with_help((_carry_on(),)))
        turn.expect(action)
    else:
        await _say_over_or_open(turn, alert)


@routes.text(WriteBack)
async def wrote(turn: Turn, action: WriteBack, text: str) -> None:
    """The words go to whoever has the alert, and are kept nowhere once they are there."""
    alert = await _mine(turn, action.alert)
    if alert is None or alert.acknowledged_by is None or alert.state is not State.TAKEN:
        await (turn.forbidden() if alert is None else _say_over_or_open(turn, alert))
        return
    words = text.strip()
    if len(words) > MOST_WORDS:
        turn.say("safety.youth.alert.words_too_long", most=MOST_WORDS, keyboard=with_help((_carry_on(),)))
        turn.expect(action)
        return
    turn.tell(
        alert.acknowledged_by,
        phrase("safety.staff.youth_wrote", code_name=turn.person.code_name, words=words),
        keyboard=chain.in_hand(alert),
        about=turn.person.id,
        at_night=True,  # whoever has it is talking with them
    )
    turn.say("safety.youth.alert.passed_on", keyboard=chain.talking(alert))


async def _say_over_or_open(turn: Turn, alert: Alert) -> None:
    if alert.state is State.CLOSED:
        turn.say("safety.youth.alert.over", keyboard=chain.asking_again())
    else:
        await _say_how_it_stands(turn, alert)


@routes.press(CallOff)
async def call_off(turn: Turn, action: CallOff) -> None:
    """Whoever was told learns that nothing is to be done any more."""
    alert = await _mine(turn, action.alert)
    if alert is None or (alert.state is not State.CLOSED and not alerts.may_call_off(alert, turn.person.id)):
        await turn.forbidden()
        return
    if await store_alerts.close(turn.db, alert, Outcome.CALLED_OFF, turn.now):
        await turn.note("alert.called_off", "alert", alert.id)
        for one in await store_alerts.tellings(turn.db, alert.id):
            if alert.acknowledged_by in (None, one.person_id):
                turn.tell(
                    one.person_id,
                    phrase("safety.staff.alert_called_off", code_name=turn.person.code_name),
                    about=turn.person.id,
                )
        await turn.happened(AlertOver(turn.person.id))
        turn.replace("safety.youth.alert.called_off", keyboard=chain.asking_again())
    else:
        turn.replace("safety.youth.alert.over", keyboard=chain.asking_again())


# --- what was written down for hard moments -----------------------------------------------------------------------


@routes.press(ReadMyPlan)
async def read_my_plan(turn: Turn, _: ReadMyPlan) -> None:
    """The steps, as they stand; how closely staff look after them is theirs to see too, in what `/mydata` gives."""
    plan = await store_plans.plan(turn.db, turn.person.id)
    if plan is None or not plan.steps:
        turn.say("safety.youth.no_plan", keyboard=with_help((_carry_on(),)))
        return
    turn.say("safety.youth.my_plan", steps=plan.steps, keyboard=with_help((_carry_on(),)))

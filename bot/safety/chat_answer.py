"""Staff answer an alert: "I have it", a few words to the young person, and what came of it."""

from typing import assert_never

from bot.people import store as people
from bot.routes import Routes
from bot.safety import alerts, chain, drills, store_alerts
from bot.safety.actions import Close, Take, Write
from bot.safety.alerts import BY_STAFF, MOST_WORDS, Alert, AlertOver, HasIt, IsOver, MayTake, TakenBy
from bot.safety.chain import shown
from bot.turn import Turn
from bot.words import Lines, phrase

routes = Routes()


async def _told(turn: Turn, alert_id: int) -> Alert | None:
    """The alert, where this person was told of it and still has to do with the place."""
    alert = await store_alerts.alert(turn.db, alert_id)
    if alert is None or not alerts.may_answer(alert, turn.person):
        return None
    told = {one.person_id for one in await store_alerts.tellings(turn.db, alert.id)}
    return alert if turn.person.id in told else None


@routes.press(Take)
async def take(turn: Turn, action: Take) -> None:
    """The first to press has it; everybody else who was told reads who that is."""
    alert = await _told(turn, action.alert)
    if alert is None:
        await turn.forbidden()
    elif alert.is_drill:
        await drills.take(turn, alert)
    else:
        await _take(turn, alert)


async def _take(turn: Turn, alert: Alert) -> None:
    match alerts.take(alert, turn.person.id):
        case MayTake():
            follow_up = alerts.followed_up_at(turn.now, await turn.hours())
            if await store_alerts.take(turn.db, alert, turn.person.id, turn.now, follow_up):
                await turn.note("alert.taken", "alert", alert.id)
                await _tell_of_it(turn, alert)
            await _show(turn, alert)
        case HasIt():
            await _show(turn, alert)
        case TakenBy(somebody):
            holder = await people.person(turn.db, somebody) if somebody is not None else None
            name = shown(holder) if holder is not None else ""
            turn.replace("safety.staff.alert_taken_by", name=name, keyboard=turn.home, about=alert.youth_id)
        case IsOver():
            turn.replace("safety.staff.alert_over", keyboard=turn.home, about=alert.youth_id)
        case never:
            assert_never(never)


async def _tell_of_it(turn: Turn, alert: Alert) -> None:
    """The young person learns that a person has it, and who; the others that they need do nothing."""
    if alert.youth_id is None:
        return
    name = shown(turn.person)
    turn.tell(
        alert.youth_id,
        phrase("safety.youth.alert.taken", name=name),
        keyboard=chain.talking(alert),
        at_night=True,
        once=f"alert:{alert.id}:taken:{turn.person.id}",
    )
    for one in await store_alerts.tellings(turn.db, alert.id):
        if one.person_id != turn.person.id:
            turn.tell(
                one.person_id,
                phrase("safety.staff.alert_taken_by", name=name),
                about=alert.youth_id,
                once=f"alert:{alert.id}:taken:{turn.person.id}:{one.person_id}",
            )


async def _show(turn: Turn, alert: Alert) -> None:
    youth = await people.person(turn.db, alert.youth_id) if alert.youth_id is not None else None
    said = [phrase("safety.staff.alert_yours", code_name=youth.code_name if youth is not None else "")]
    if alert.words is not None:
        said.append(phrase("safety.staff.alert_words", words=alert.words))
    turn.replace(
        "safety.staff.alert",
        lines=Lines(tuple(said)),
        keyboard=chain.in_hand(alert),
        about=alert.youth_id,
    )


# --- while they have it -----------------------------------------------------------------------------------------


async def _in_hand(turn: Turn, alert_id: int) -> Alert | None:
    alert = await _told(turn, alert_id)
    return alert if alert is not None and alerts.may_close(alert, turn.person.id) else None


@routes.press(Write)
async def ask_words(turn: Turn, action: Write) -> None:
    alert = await _in_hand(turn, action.alert)
    if alert is None:
        await turn.forbidden()
        return
    turn.say("safety.staff.ask_words", most=MOST_WORDS, keyboard=chain.in_hand(alert), about=alert.youth_id)
    turn.expect(action)


@routes.text(Write)
async def write(turn: Turn, action: Write, text: str) -> None:
    """The words go to the young person and are kept nowhere once they are there; that there was contact is."""
    alert = await _in_hand(turn, action.alert)
    if alert is None or alert.youth_id is None:
        await turn.forbidden()
        return
    words = text.strip()
    if len(words) > MOST_WORDS:
        turn.say("safety.staff.words_too_long", most=MOST_WORDS, keyboard=chain.in_hand(alert), about=alert.youth_id)
        turn.expect(action)
        return
    await turn.note("alert.wrote", "alert", alert.id)
    turn.tell(
        alert.youth_id,
        phrase("safety.youth.staff_wrote", name=shown(turn.person), words=words),
        keyboard=chain.talking(alert),
        at_night=True,
    )
    turn.say("safety.staff.words_sent", keyboard=chain.in_hand(alert), about=alert.youth_id)


@routes.press(Close)
async def close(turn: Turn, action: Close) -> None:
    """What came of it; the words that the young person had added are gone from here on."""
    alert = await _in_hand(turn, action.alert)
    if alert is None or alert.youth_id is None or action.outcome not in BY_STAFF:
        await turn.forbidden()
        return
    if await store_alerts.close(turn.db, alert, action.outcome, turn.now):
        await turn.note(f"alert.{action.outcome.value}", "alert", alert.id)
        turn.tell(
            alert.youth_id,
            phrase(f"safety.youth.alert.{action.outcome.value}", name=shown(turn.person)),
            keyboard=chain.asking_again(),
            at_night=True,
            once=f"alert:{alert.id}:closed",
        )
        await turn.happened(AlertOver(alert.youth_id))
    turn.replace("safety.staff.alert_closed", keyboard=turn.home, about=alert.youth_id)

"""A drill of the line: the same steps and minutes as in earnest, and a report of who answered when."""

from bot.directory.rules import place_key
from bot.people import store as people
from bot.safety import alerts, store_alerts, store_reminders
from bot.safety.alerts import DRILL_EVERY, Alert, IsOver, MayTake, Outcome, State, Step
from bot.safety.chain import promptness, shown
from bot.safety.store_alerts import Telling
from bot.turn import Tick, Turn
from bot.words import Lines, Phrase, phrase


async def take(turn: Turn, alert: Alert) -> None:
    """Whoever was told says "I have it". The first ends the line; the others' minutes are noted as well."""
    match alerts.take(alert, turn.person.id):
        case IsOver():
            turn.replace("safety.staff.drill_over", keyboard=turn.home)
            return
        case MayTake():
            hours = await turn.hours()
            ends = alerts.next_at(turn.now, promptness(turn), hours)
            await store_alerts.take(turn.db, alert, turn.person.id, turn.now, ends)
            await turn.note("drill.taken", "alert", alert.id)
        case _:
            await store_alerts.note_answer(turn.db, alert.id, turn.person.id, turn.now)
    turn.replace("safety.staff.drill_thanks", keyboard=turn.home)
    now_so = await store_alerts.alert(turn.db, alert.id)
    everybody = await store_alerts.tellings(turn.db, alert.id)
    if now_so is not None and all(one.acknowledged_at is not None for one in everybody):
        await finish(turn, now_so)


async def finish(tick: Tick, alert: Alert) -> None:
    """Close it and tell whoever started it how it went; the next is to be thought of in a month."""
    if alert.municipality is None or not await store_alerts.close(tick.db, alert, Outcome.DRILLED, tick.now):
        return
    await store_reminders.expect_drill(tick.db, alert.municipality, tick.now + DRILL_EVERY, anew=True)
    if alert.opened_by is not None:
        place = phrase(place_key(alert.municipality))
        tick.tell(
            alert.opened_by,
            phrase("safety.staff.drill_report", place=place, lines=await report(tick, alert)),
            once=f"alert:{alert.id}:report",
        )


async def report(tick: Tick, alert: Alert) -> Lines:
    """Who answered when, who did not, and that somebody did before the line ended."""
    told = await store_alerts.tellings(tick.db, alert.id)
    names = await people.persons(tick.db, [one.person_id for one in told])
    lines = [_line(alert, one, shown(names[one.person_id])) for one in told if one.person_id in names]
    now_so = await store_alerts.alert(tick.db, alert.id)
    if now_so is not None and now_so.acknowledged_at is None and now_so.step is Step.END:
        lines.append(phrase("safety.staff.drill_nobody"))
    elif now_so is not None and now_so.state is State.OPEN:
        lines.append(phrase("safety.staff.drill_runs"))
    return Lines(tuple(lines))


def _line(alert: Alert, one: Telling, name: str) -> Phrase:
    step = phrase(f"safety.staff.step.{one.step.name.lower()}")
    if one.acknowledged_at is None:
        return phrase("safety.staff.drill_silent", name=name, step=step, at=one.told_at)
    minutes = int((one.acknowledged_at - one.told_at).total_seconds()) // 60
    return phrase("safety.staff.drill_answered", name=name, step=step, at=one.acknowledged_at, count=minutes)

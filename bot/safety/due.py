"""What time brings for safety: the next in line, what came of it, reports not made, drills and lines to think of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.calendar import Kind as Going
from bot.calendar import allowed
from bot.directory.rules import place_key
from bot.people import store as people
from bot.people.rules import Leaving, Unreachable
from bot.roles import Person, Role
from bot.routes import Routes
from bot.safety import alerts, chain, drills, lines, reports, store_alerts, store_lines, store_reminders, store_reports
from bot.safety.actions import ShowDrill, ShowLine
from bot.safety.alerts import DRILL_EVERY, Alert, State, Step
from bot.safety.chat_report import answerable, name_of, record_keyboard
from bot.turn import Button, Keyboard, Tick, button
from bot.words import Lines, Phrase, phrase

routes = Routes()

MOST_LINES: Final = 20
"""Help lines named in one notice."""


@routes.at_tick(store_alerts.FELL_DUE)
async def step_of_alerts(tick: Tick) -> bool:
    """The next in line where nobody has answered, and a question where somebody has it and has not said what came."""
    found = await store_alerts.fell_due(tick.db, tick.now)
    for alert in found:
        async with tick.apart(alert.id):
            if alert.state is State.OPEN:
                step = await chain.advance(tick, alert)
                if alert.is_drill and step is Step.END:
                    await drills.finish(tick, await store_alerts.alert(tick.db, alert.id) or alert)
            elif alert.is_drill:
                await drills.finish(tick, alert)
            else:
                await _ask_what_came(tick, alert)
    return len(found) == store_alerts.AT_ONCE


async def _ask_what_came(tick: Tick, alert: Alert) -> None:
    """Each working day until it is closed, so that nobody's asking fades away. Who lost the role has it no more."""
    holder = await people.person(tick.db, alert.acknowledged_by) if alert.acknowledged_by is not None else None
    if holder is None or not alerts.may_answer(alert, holder):
        await store_alerts.give_back(tick.db, alert, await _once_somebody_reads(tick))
        return
    again = alerts.followed_up_at(tick.now, await tick.hours())
    if not await store_alerts.ask_later(tick.db, alert, again):
        return
    youth = await people.person(tick.db, alert.youth_id) if alert.youth_id is not None else None
    if youth is not None:
        tick.tell(
            holder.id,
            phrase("safety.staff.alert_what_came", code_name=youth.code_name),
            keyboard=chain.in_hand(alert),
            about=youth.id,
        )
        await _tell_that_it_is_open(tick, alert, holder, youth)


async def _tell_that_it_is_open(tick: Tick, alert: Alert, holder: Person, youth: Person) -> None:
    """Whoever answers for the place hears once that somebody has had it for days: asking one alone may be in vain."""
    if alert.acknowledged_at is None or not alerts.is_left_open(alert.acknowledged_at, tick.now, await tick.hours()):
        return
    circle = await store_alerts.circle(tick.db, alert.municipality, alert.youth_id)
    above = [step for step in (Step.LEADS, Step.COORDINATORS, Step.NATIONAL) if circle.get(step)]
    for one in (other for step in above[:2] for other in circle[step] if other.id != holder.id):
        tick.tell(
            one.id,
            phrase("safety.staff.alert_left_open", code_name=youth.code_name, holder=holder.name or holder.code_name),
            about=youth.id,
            once=f"alert:{alert.id}:left_open:{one.id}",
        )


@routes.on(Unreachable)
async def nobody_reads_there(tick: Tick, happened: Unreachable) -> None:
    """Somebody who was told, or has it, cannot be reached any more: the next in line does not wait for them. And when
    it is the young person, whoever was told must try another way."""
    for alert in await store_alerts.told_to(tick.db, happened.person_id):
        await pass_over(tick, alert, happened.person_id)
    theirs = await store_alerts.unfinished_of(tick.db, happened.person_id)
    youth = await people.person(tick.db, happened.person_id)
    if theirs is None or youth is None:
        return
    told = {one.person_id for one in await store_alerts.tellings(tick.db, theirs.id)}
    for person_id in sorted({theirs.acknowledged_by} if theirs.acknowledged_by is not None else told):
        tick.tell(
            person_id,
            phrase("safety.staff.alert_unreachable", code_name=youth.code_name),
            about=youth.id,
            at_night=True,
        )


@routes.on(Leaving)
async def left(tick: Tick, happened: Leaving) -> None:
    """Staff who go are passed over; of a young person who goes those who were told hear that nothing is left to do."""
    for alert in await store_alerts.told_to(tick.db, happened.person_id):
        await pass_over(tick, alert, happened.person_id)
    theirs = await store_alerts.unfinished_of(tick.db, happened.person_id)
    if theirs is not None:
        for one in await store_alerts.tellings(tick.db, theirs.id):
            tick.tell(one.person_id, phrase("safety.staff.alert_erased", code_name=happened.code_name))


async def pass_over(tick: Tick, alert: Alert, person_id: int) -> None:
    """This member of the staff does not answer any more: what they have goes back to the line, at once."""
    if alert.state is State.TAKEN and alert.acknowledged_by == person_id:
        await store_alerts.give_back(tick.db, alert, await _once_somebody_reads(tick))
    elif alert.state is State.OPEN and alert.step is not Step.END:
        told = [one for one in await store_alerts.tellings(tick.db, alert.id) if one.step is alert.step]
        circle = await store_alerts.circle(tick.db, alert.municipality, alert.youth_id)
        there = {one.id for one in circle.get(alert.step, ())} - {person_id}
        if not any(one.person_id in there for one in told):
            await store_alerts.ask_later(tick.db, alert, await _once_somebody_reads(tick))


async def _once_somebody_reads(tick: Tick) -> datetime:
    """When the next in line can be told: now, or at night in the morning, so that nobody hears of it too early."""
    return alerts.begins_at(tick.now, chain.promptness(tick), await tick.hours())


# --- danger to a child ------------------------------------------------------------------------------------------


@routes.at_tick(store_reports.FELL_DUE)
async def reports_not_made(tick: Tick) -> bool:
    """Whoever has to see to it is reminded, also at night: the law says the same day."""
    found = await store_reports.fell_due(tick.db, tick.now)
    hours = await tick.hours()
    for one in found:
        async with tick.apart(one.id):
            if await store_reports.remind_later(tick.db, one, reports.next_reminder(tick.now, one.opened_at, hours)):
                same_day = reports.is_same_day(one.opened_at, tick.now, tick.zone)
                for person in await answerable(tick, one):
                    tick.tell(
                        person.id,
                        phrase(
                            "safety.staff.report_reminder" if same_day else "safety.staff.report_late",
                            code_name=await name_of(tick, one),
                            at=one.opened_at,
                        ),
                        keyboard=record_keyboard(one.id),
                        about=one.youth_id,
                        at_night=True,
                        once=f"report:{one.id}:{tick.now:%Y%m%d%H%M}:{person.id}",
                    )
    return len(found) == store_reports.AT_ONCE


# --- once a month -----------------------------------------------------------------------------------------------


@routes.at_tick(store_reminders.DRILLS_DUE)
async def drills_to_do(tick: Tick) -> bool:
    """Coordinators of a municipality that had no drill for a month; no more than once a month."""
    for municipality in await store_reminders.drills_due(tick.db, tick.now):
        later = allowed(tick.now + DRILL_EVERY, await tick.hours(), Going.WORK).at
        await store_reminders.expect_drill(tick.db, municipality, later, anew=True)
        for one in await _coordinators(tick, municipality):
            tick.tell(
                one.id,
                phrase("safety.staff.drill_due", place=phrase(place_key(municipality))),
                keyboard=((button("safety.staff.button.show_drill", ShowDrill(municipality)),),),
            )
    return False


async def _coordinators(tick: Tick, municipality: str) -> Sequence[Person]:
    """Its own; where it has none, those for the whole country."""
    own = await people.holders(tick.db, Role.COORDINATOR, municipality)
    return own or await people.holders(tick.db, Role.COORDINATOR, None)


@routes.at_tick(store_reminders.LINES_DUE)
async def lines_to_ring(tick: Tick) -> bool:
    """Administrators hear of national lines that nobody rang for three months, coordinators of their own."""
    next_time = allowed(tick.now + DRILL_EVERY, await tick.hours(), Going.WORK).at
    if not await store_reminders.think_of_lines(tick.db, next_time):
        return False
    today = tick.now.astimezone(tick.zone).date()
    if old := lines.stale(today):
        named = Lines(tuple(_national(one) for one in old[:MOST_LINES]))
        for one in await people.holders_for(tick.db, Role.ADMIN, None):
            tick.tell(one.id, phrase("safety.staff.lines_to_ring", lines=named))
    await _tell_of_local_lines(tick)
    return False


def _national(line_id: str) -> Phrase:
    line = lines.lines()[line_id]
    return phrase(f"safety.staff.line_name.{line_id}", number=line.number or line.url or "")


async def _tell_of_local_lines(tick: Tick) -> None:
    old = await store_lines.stale(tick.db, tick.now.astimezone(tick.zone).date())
    for municipality in sorted({one.municipality for one in old}):
        mine = [one for one in old if one.municipality == municipality][:MOST_LINES]
        keyboard: Keyboard = tuple((_line_button(one.id, one.name),) for one in mine)
        for coordinator in await _coordinators(tick, municipality):
            tick.tell(
                coordinator.id,
                phrase("safety.staff.own_lines_to_ring", place=phrase(place_key(municipality))),
                keyboard=keyboard,
            )


def _line_button(line_id: int, name: str) -> Button:
    return button("safety.staff.button.line", ShowLine(line_id), name=name[:30])

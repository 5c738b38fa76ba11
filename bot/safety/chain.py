"""One step down the line: who is told, and what the young person hears of it. The same for an alert and for a drill."""

from collections.abc import Sequence

from bot.directory.rules import place_key
from bot.people import store as people
from bot.people.screens import with_help
from bot.roles import Person, Role
from bot.safety import alerts, card, store, store_alerts, store_reminders
from bot.safety.actions import AskForPerson, CallOff, Close, OpenReport, Take, Write, WriteBack
from bot.safety.alerts import BY_STAFF, Alert, Kind, Promptness, State, Step
from bot.safety.lines import Age
from bot.turn import Keyboard, Tick, button
from bot.words import Lines, Phrase, phrase


def promptness(tick: Tick) -> Promptness:
    """How long each has, as the settings say."""
    return Promptness(tick.settings.alert_minutes, tick.settings.alerts_at_night)


async def start(
    tick: Tick, kind: Kind, youth_id: int | None, municipality: str | None, *, by: int, words: str | None = None
) -> Alert:
    """Open an alert, and where somebody reads now tell the first in line; who was told stands in the answer's step."""
    begins = alerts.begins_at(tick.now, promptness(tick), await tick.hours())
    opened = await store_alerts.open_alert(
        tick.db, kind, youth_id, municipality, words=words, by=by, now=tick.now, begins_at=begins
    )
    await tick.record("alert.opened" if youth_id else "drill.opened", actor=by, subject="alert", subject_id=opened.id)
    if municipality is not None:
        await store_reminders.expect_drill(tick.db, municipality, tick.now + alerts.DRILL_EVERY)
    if begins > tick.now:
        return opened
    await advance(tick, opened)
    return await store_alerts.alert(tick.db, opened.id) or opened


async def advance(tick: Tick, alert: Alert) -> Step:
    """Tell the next in line; at its end all of them once more, every working morning until somebody answers.

    A drill that nobody answered ends there. The step it stands at now.
    """
    told = await store_alerts.tellings(tick.db, alert.id)
    circle = await store_alerts.circle(tick.db, alert.municipality, alert.youth_id)
    was_told = {one.person_id for one in told}
    step, fresh = alerts.next_in_line(alert.step, circle, was_told)
    hours = await tick.hours()
    ends = step is Step.END
    next_at = alerts.asked_again_at(tick.now, hours) if ends else alerts.next_at(tick.now, promptness(tick), hours)
    if not await store_alerts.move_on(tick.db, alert, step, next_at) or (ends and alert.is_drill):
        return step
    again = [one for one in alerts.everybody(circle) if ends and one.id in was_told]
    await _tell_staff(tick, alert, step, [*fresh, *again])
    await store_alerts.note_told(tick.db, alert.id, [one.id for one in fresh], step, tick.now)
    if ends and alert.step is not Step.END:
        await _tell_admins(tick, alert)
    if not (ends and alert.step is Step.END):
        await _tell_youth(tick, alert, step, fresh or again)
    return step


async def turn_grave(tick: Tick, alert: Alert, words: str | None = None) -> Alert:
    """A wish to be written to is danger to a child now: whoever has it, else everybody who was told, learns that."""
    if not await store_alerts.turn_grave(tick.db, alert, words):
        return alert
    await tick.record("alert.turned_grave", actor=alert.youth_id, subject="alert", subject_id=alert.id)
    grave = await store_alerts.alert(tick.db, alert.id) or alert
    circle = await store_alerts.circle(tick.db, grave.municipality, grave.youth_id)
    told = {one.person_id for one in await store_alerts.tellings(tick.db, grave.id)}
    whom = {grave.acknowledged_by} if grave.state is State.TAKEN else told
    await _tell_staff(tick, grave, grave.step, [one for one in alerts.everybody(circle) if one.id in whom])
    return grave


async def _tell_staff(tick: Tick, alert: Alert, step: Step, people_told: Sequence[Person]) -> None:
    still = (phrase("safety.staff.alert_still"),) if step is Step.END and alert.state is State.OPEN else ()
    said = phrase("safety.staff.alert", lines=Lines((*await _about(tick, alert), *still)))
    for one in people_told:
        tick.tell(
            one.id,
            said,
            keyboard=((button("safety.staff.button.take", Take(alert.id)),),),
            about=alert.youth_id,
            at_night=tick.settings.alerts_at_night,
            once=f"alert:{alert.id}:{alert.kind.value}:{int(step)}:{tick.now:%Y%m%d%H%M}:{one.id}",
        )


async def _about(tick: Tick, alert: Alert) -> tuple[Phrase, ...]:
    """What whoever is told reads: no more than the young person was shown.

    That is `safety.youth.alert.offer` before they agreed, for danger to a child `...offer_child_danger`; where the
    settings have staff told without asking it is `safety.youth.told_by_law`, in the same moment.
    """
    place = phrase(place_key(alert.municipality))
    if alert.youth_id is None:
        return (phrase("safety.staff.alert_drill", place=place, at=alert.opened_at),)
    youth = await people.person(tick.db, alert.youth_id)
    if youth is None:
        return ()
    lines = [
        phrase(
            f"safety.staff.alert_{alert.kind.value}",
            code_name=youth.code_name,
            place=place,
            language=phrase(f"people.any.language.{youth.language.value}"),
            at=alert.opened_at,
        )
    ]
    if alert.words is not None:
        lines.append(phrase("safety.staff.alert_words", words=alert.words))
    return tuple(lines)


async def _tell_admins(tick: Tick, alert: Alert) -> None:
    """Nobody answered: whoever runs the bot learns that the line of this place does not hold, and nothing of whom."""
    for one in await people.holders_for(tick.db, Role.ADMIN, None):
        tick.tell(
            one.id,
            phrase("safety.staff.alert_unanswered", place=phrase(place_key(alert.municipality)), at=alert.opened_at),
            about=alert.youth_id,
            once=f"alert:{alert.id}:unanswered:{one.id}",
        )


async def _tell_youth(tick: Tick, alert: Alert, step: Step, told: Sequence[Person]) -> None:
    """What happened just now. The first step of an alert that begins at once is told by whoever opened it."""
    if alert.youth_id is None or (alert.step is Step.NOBODY and alert.opened_at == tick.now):
        return
    youth = await people.person(tick.db, alert.youth_id)
    if youth is None:
        return
    about = await store.circumstances(tick.db, youth.id)
    lines, links = card.shown(Age.of(about.band), youth.language, tick.now)
    tick.tell(
        youth.id,
        phrase(_heard(alert.step, step, anybody=bool(told)), who=who(step, told), lines=lines),
        keyboard=waiting(alert, links),
        at_night=True,
        once=f"alert:{alert.id}:youth:{int(step)}:{tick.now:%Y%m%d%H%M}",
    )


def _heard(before: Step, step: Step, *, anybody: bool) -> str:
    """The key of what the young person hears when the alert moves on."""
    if step is Step.END:
        return "safety.youth.alert.nobody_yet" if anybody else "safety.youth.alert.nobody"
    return "safety.youth.alert.begun" if before is Step.NOBODY else "safety.youth.alert.next"


def who(step: Step, told: Sequence[Person]) -> Phrase:
    """Who that is, as a young person reads it: their mentor and a deputy by name, others by what they do."""
    if step is Step.MENTORS and told:
        return phrase("safety.youth.who.mentor", name=", ".join(shown(one) for one in told))
    return phrase(f"safety.youth.who.{step.name.lower()}")


def shown(staff: Person) -> str:
    """The name somebody of the staff goes by."""
    return staff.name or staff.code_name


# --- keyboards ----------------------------------------------------------------------------------------------------


def waiting(alert: Alert, links: Keyboard = ()) -> Keyboard:
    """Below what a young person reads while they wait."""
    call_off = ((button("safety.youth.button.call_off", CallOff(alert.id)),),) if alert.kind is Kind.CONTACT else ()
    return with_help((*links, *call_off))


def talking(alert: Alert, links: Keyboard = ()) -> Keyboard:
    """Below what a young person reads when somebody has it: they can write to that person."""
    return ((button("safety.youth.button.write_back", WriteBack(alert.id)),), *waiting(alert, links))


def asking_again() -> Keyboard:
    """Below what a young person reads when it is over."""
    return with_help(((button("safety.youth.button.ask", AskForPerson(Kind.CONTACT)),),))


def in_hand(alert: Alert) -> Keyboard:
    """Below an alert that somebody has: write to the young person, and what came of it."""
    outcomes = tuple((button(f"safety.staff.button.{one.value}", Close(alert.id, one)),) for one in BY_STAFF)
    report: Keyboard = ()
    if alert.kind is Kind.CHILD_DANGER:
        report = ((button("safety.staff.button.report", OpenReport(alert.youth_id)),),)
    return ((button("safety.staff.button.write", Write(alert.id)),), *report, *outcomes)

"""Danger to a child: what the law asks, whom to tell, and the record that it was done, with its time."""

from collections.abc import Sequence

from bot.people import store as people
from bot.people.menu import ShowMenu
from bot.roles import Person, Role
from bot.routes import Routes
from bot.safety import plans, reports, store_alerts, store_plans, store_reports
from bot.safety.actions import OpenReport, Reported
from bot.safety.alerts import may_answer
from bot.safety.chain import shown
from bot.safety.lines import lines as known_lines
from bot.safety.plans import Guided
from bot.safety.reports import BODIES, Body, Report
from bot.turn import Button, Keyboard, Tick, Turn, button
from bot.words import Language, Lines, Phrase, SaidIn, phrase

routes = Routes()

MOST_OFFERED = 12
"""Young people to choose from."""

_CONTACTS = (("emergency", "report_emergency"), ("police", "report_police"), ("child", "report_child"))
"""Lines that can be named by number; the orphan's court has another in every municipality."""


@routes.command("report")
async def report(turn: Turn, _: str) -> None:
    """Whom it is about: a young person of theirs, or any other child."""
    young = await store_plans.guided_by(turn.db, turn.person, MOST_OFFERED)
    if not young:
        await _open(turn, None)
        return
    rows = tuple((button("safety.staff.button.about", OpenReport(one.youth_id), name=one.code_name),) for one in young)
    other = (button("safety.staff.button.about_other", OpenReport(None)),)
    turn.say("safety.staff.report_about", keyboard=(*rows, other))


@routes.press(OpenReport)
async def report_pressed(turn: Turn, action: OpenReport) -> None:
    if action.youth is None:
        await _open(turn, None)
        return
    guided = await store_plans.guided(turn.db, action.youth)
    if not await _knows(turn, action.youth, guided):
        await turn.forbidden()
        return
    await _open(turn, action.youth)


async def _knows(turn: Turn, youth_id: int, guided: Guided | None) -> bool:
    """Whether this young person is theirs: they guide the case, or were told of an alert that is not closed."""
    if guided is not None and plans.may_guide(turn.person, guided):
        return True
    told = await store_alerts.told_to(turn.db, turn.person.id)
    return any(one.youth_id == youth_id and may_answer(one, turn.person) for one in told)


async def _open(turn: Turn, youth_id: int | None) -> None:
    """From now on it counts as known: the same day it has to be reported."""
    begun = await store_reports.unfinished(turn.db, turn.person.id, youth_id)
    if begun is None:
        remind_at = reports.first_reminder(turn.now, turn.zone)
        number = await store_reports.begin(turn.db, turn.person.id, youth_id, turn.now, remind_at)
        await turn.note("child_report.opened", "child_report", number)
    else:
        number = begun.id
    youth = await people.person(turn.db, youth_id) if youth_id is not None else None
    language = youth.language if youth is not None else turn.person.language
    turn.say(
        "safety.staff.report",
        contacts=Lines(_contacts()),
        words=SaidIn(Language(language), phrase("safety.youth.report_words")),
        keyboard=record_keyboard(number),
        about=youth_id,
    )


def _contacts() -> tuple[Phrase, ...]:
    """Whom to ring: only lines that were verified, and the orphan's court by its name."""
    known = known_lines()
    numbers = tuple(
        phrase(f"safety.staff.{key}", number=known[one].number or "") for one, key in _CONTACTS if known[one].shown
    )
    return (*numbers, phrase("safety.staff.report_court"))


def record_keyboard(report_id: int) -> Keyboard:
    """Where it was reported, or that there was nothing to report."""
    return (
        *((_reported(report_id, one),) for one in BODIES),
        (_reported(report_id, Body.NOBODY),),
        (button("people.any.button.menu", ShowMenu()),),
    )


def _reported(report_id: int, body: Body) -> Button:
    return button(f"safety.staff.button.reported.{body.value}", Reported(report_id, body))


@routes.press(Reported)
async def reported(turn: Turn, action: Reported) -> None:
    """The first answer stands, with the moment it was given."""
    found = await store_reports.report(turn.db, action.report)
    if found is None or not await _may_record(turn, found):
        await turn.forbidden()
        return
    won = await store_reports.record(turn.db, found, action.body, turn.now)
    now_so = await store_reports.report(turn.db, found.id)
    assert now_so is not None
    if won:
        await turn.note(f"child_report.{action.body.value}", "child_report", found.id)
        await _tell_leads(turn, now_so)
    body = now_so.body or action.body
    turn.replace(
        f"safety.staff.reported.{body.value}",
        at=now_so.reported_at or turn.now,
        keyboard=turn.home,
        about=found.youth_id,
    )


async def _may_record(turn: Turn, found: Report) -> bool:
    return turn.person.id in {one.id for one in await answerable(turn, found)}


async def _tell_leads(turn: Turn, found: Report) -> None:
    body = found.body or Body.NOBODY
    for one in await leads_for(turn, found):
        if one.id != turn.person.id:
            turn.tell(
                one.id,
                phrase(
                    f"safety.staff.report_made.{body.value}",
                    name=shown(turn.person),
                    code_name=await name_of(turn, found),
                    at=found.reported_at or turn.now,
                ),
                about=found.youth_id,
                at_night=True,
                once=f"report:{found.id}:made:{one.id}",
            )


async def name_of(tick: Tick, found: Report) -> Phrase | str:
    """Whom it is about, as staff know them."""
    youth = await people.person(tick.db, found.youth_id) if found.youth_id is not None else None
    return youth.code_name if youth is not None else phrase("safety.staff.some_child")


async def answerable(tick: Tick, found: Report) -> Sequence[Person]:
    """Who has to see to it: whoever began it, while they are of the staff, and the leads; where none of them is left,
    the coordinators for the whole country."""
    maker = await people.person(tick.db, found.made_by) if found.made_by is not None else None
    began = [maker] if maker is not None and not maker.is_youth else []
    there = {one.id: one for one in (*began, *await leads_for(tick, found))}
    return list(there.values()) or await people.holders(tick.db, Role.COORDINATOR, None)


async def leads_for(tick: Tick, found: Report) -> Sequence[Person]:
    """The programme leads who answer for it: of the young person's municipality, else of whoever began it."""
    if found.youth_id is not None:
        places = {await store_alerts.place_of(tick.db, found.youth_id)}
    else:
        maker = await people.person(tick.db, found.made_by) if found.made_by is not None else None
        places = {grant.municipality for grant in maker.grants} if maker is not None else set()
    known = sorted(place for place in places if place is not None)
    leads = [one for place in known for one in await people.holders(tick.db, Role.LEAD, place)]
    return list({one.id: one for one in leads}.values())

"""The joining day's data: taken when a programme begins, filled in by the programme lead, brought out as a table."""

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar, Final, assert_never

from bot.actions import Action
from bot.calendar import wall
from bot.directory.rules import place_key
from bot.programme import rules, store, store_tasks
from bot.programme.chat_cases import show
from bot.programme.joining import snapshot_sheet, snapshots, store_snapshots
from bot.programme.joining.snapshots import ANSWERS, Field, Filled, Frozen, NotAsked, Snapshot, StillMissing
from bot.programme.keepers import youth_of
from bot.programme.rules import Case, CaseEnded, ProgrammeBegan, TakenBack
from bot.programme.screens import OpenSnapshot, back_to
from bot.programme.tasks import Audience, TaskKind
from bot.roles import Role
from bot.routes import Routes
from bot.storage.records import Look, looked
from bot.turn import Keyboard, Tick, Turn, button
from bot.words import Lines, Listing, phrase

routes = Routes()
routes.make("programme.snapshots")(snapshot_sheet.make)

DAY_ENDS: Final = time(17)
"""When somebody who works is done, on the last day for the fields."""


@dataclass(frozen=True, slots=True)
class FillSnapshot(Action):
    """Ask for one field, or put an answer in."""

    tag: ClassVar[str] = "programme.fill"
    case: int
    field: Field
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class KeepSnapshot(Action):
    """It is whole: nothing of it changes any more."""

    tag: ClassVar[str] = "programme.keep"
    case: int


# --- taken ------------------------------------------------------------------------------------------------------


@routes.on(ProgrammeBegan)
async def take(tick: Tick, happened: ProgrammeBegan) -> None:
    """What is known is frozen; what the settings want beside waits for the lead, as a task."""
    case = await store.case(tick.db, happened.case_id)
    if case is None or case.starts_on is None or await store_snapshots.snapshot(tick.db, case.id) is not None:
        return
    youth = await youth_of(tick.db, case)
    taken = snapshots.take(
        case.id,
        case.starts_on,
        case.age_band,
        case.municipality,
        youth.language.value,
        case.stage_reason,
        tick.settings.snapshot_fields,
    )
    await store_snapshots.take(tick.db, taken, case.lead_id, tick.now)
    if taken.kept_on is None:
        due = wall(taken.fill_until, DAY_ENDS, tick.zone)
        await store_tasks.open_task(tick.db, case.id, Audience.LEAD, TaskKind.SNAPSHOT, tick.now, due_at=due)


@routes.on(CaseEnded)
async def ended(tick: Tick, happened: CaseEnded) -> None:
    """What is missing can still be filled in from the page while there is time, but stands on no list any more."""
    await store_tasks.finish_of_case(tick.db, happened.case_id, TaskKind.SNAPSHOT, None, tick.now)


@routes.on(TakenBack)
async def taken_back(tick: Tick, happened: TakenBack) -> None:
    """There was no joining day."""
    await store_snapshots.drop(tick.db, happened.case_id)
    await store_tasks.finish_of_case(tick.db, happened.case_id, TaskKind.SNAPSHOT, None, tick.now)


# --- filled in --------------------------------------------------------------------------------------------------


async def _theirs(turn: Turn, case_id: int) -> tuple[Case, Snapshot] | None:
    """The case with its snapshot, where they lead; a case that began before any were taken has none to show."""
    case = await store.case(turn.db, case_id)
    if case is None or not rules.may_decide(turn.person, case):
        await turn.forbidden()
        return None
    found = await store_snapshots.snapshot(turn.db, case.id)
    if found is None:
        await show(turn, case)
        return None
    return case, found


@routes.press(OpenSnapshot)
async def open_snapshot(turn: Turn, action: OpenSnapshot) -> None:
    if (theirs := await _theirs(turn, action.case)) is not None:
        await _show(turn, *theirs)


@routes.press(FillSnapshot)
async def fill(turn: Turn, action: FillSnapshot) -> None:
    if (theirs := await _theirs(turn, action.case)) is None:
        return
    case, found = theirs
    if action.answer is None:
        await _ask(turn, case, found, action.field)
        return
    match snapshots.fill(found, action.field, action.answer, _today(turn)):
        case Filled(changed):
            await store_snapshots.save(turn.db, changed)
            await turn.note("snapshot.filled", "case", case.id)
            await _show(turn, case, changed)
        case Frozen() | NotAsked():
            await _show(turn, case, found)
        case never:
            assert_never(never)


@routes.press(KeepSnapshot)
async def keep(turn: Turn, action: KeepSnapshot) -> None:
    if (theirs := await _theirs(turn, action.case)) is None:
        return
    case, found = theirs
    match snapshots.keep(found, _today(turn)):
        case Filled(changed):
            await store_snapshots.save(turn.db, changed)
            await store_tasks.finish_of_case(turn.db, case.id, TaskKind.SNAPSHOT, turn.person.id, turn.now)
            await turn.note("snapshot.kept", "case", case.id)
            await _show(turn, case, changed)
        case Frozen() | StillMissing():
            await _show(turn, case, found)
        case never:
            assert_never(never)


async def _ask(turn: Turn, case: Case, found: Snapshot, field: Field) -> None:
    if snapshots.is_frozen(found, _today(turn)) or field not in found.answers:
        await _show(turn, case, found)
        return
    youth = await youth_of(turn.db, case)
    choices = tuple(
        (button(f"programme.any.entry.{field.value}.{answer}", FillSnapshot(case.id, field, answer)),)
        for answer in ANSWERS[field]
    )
    turn.replace(
        f"programme.staff.snapshot.ask.{field.value}",
        keyboard=(*choices, (button("programme.staff.button.back", OpenSnapshot(case.id)),)),
        about=youth.id,
        code_name=youth.code_name,
    )


async def _show(turn: Turn, case: Case, found: Snapshot) -> None:
    """All of it; what may still change has a button. When the time is over, the task is taken off the list too."""
    youth = await youth_of(turn.db, case)
    frozen = snapshots.is_frozen(found, _today(turn))
    if frozen:
        await store_tasks.finish_of_case(turn.db, case.id, TaskKind.SNAPSHOT, turn.person.id, turn.now)
    turn.replace(
        "programme.staff.snapshot.frozen" if frozen else "programme.staff.snapshot.open",
        keyboard=(*(() if frozen else _filling(case, found)), back_to(case.id)),
        about=youth.id,
        code_name=youth.code_name,
        joined_on=found.joined_on,
        until=found.fill_until,
        lines=_lines(turn, found),
    )


def _filling(case: Case, found: Snapshot) -> Keyboard:
    fields = tuple(
        (button(f"programme.staff.button.entry.{field.value}", FillSnapshot(case.id, field)),)
        for field in found.answers
    )
    whole = ((button("programme.staff.button.keep_snapshot", KeepSnapshot(case.id)),),) if found.is_answered else ()
    return (*fields, *whole)


def _lines(turn: Turn, found: Snapshot) -> Lines:
    known = [
        *([phrase(f"programme.any.entry.age.{found.age}")] if found.age else []),
        phrase("programme.staff.snapshot.place", place=phrase(place_key(found.municipality))),
        phrase("programme.staff.snapshot.language", language=phrase(f"people.any.language.{found.language}")),
        phrase("programme.staff.snapshot.inactive" if found.is_inactive else "programme.staff.snapshot.status_open"),
    ]
    for field, answer in found.answers.items():
        said = phrase("programme.staff.snapshot.missing")
        if answer is not None:
            said = phrase(f"programme.any.entry.{field.value}.{answer}")
        name = phrase(f"programme.any.entry.{field.value}")
        known.append(phrase("programme.staff.snapshot.field", field=name, said=said))
    if refused := snapshots.refused(turn.settings.snapshot_fields):
        names = Listing(tuple(phrase(f"programme.staff.paper_only.{one}") for one in refused))
        known.append(phrase("programme.staff.snapshot.paper_only", fields=names))
    return Lines(tuple(known))


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.zone).date()


# --- brought out ------------------------------------------------------------------------------------------------


@routes.command("snapshots")
async def export(turn: Turn, _: str) -> None:
    """A line for each young person and activity of where they lead or coordinate; looking at it is kept for each."""
    places = frozenset(one.municipality for one in turn.person.grants if one.role in (Role.LEAD, Role.COORDINATOR))
    joined = await store_snapshots.participants(turn.db, places)
    if not joined:
        turn.say("programme.staff.snapshot.nobody", keyboard=turn.home)
        return
    await looked(turn.db, turn.now, [Look(turn.person.id, one.youth_id, "snapshots") for one in joined])
    await turn.note("snapshots.exported", "person", turn.person.id)
    turn.say("programme.staff.snapshot.making", keyboard=turn.home)
    turn.make("programme.snapshots", snapshot_sheet.facts(joined, turn.zone))

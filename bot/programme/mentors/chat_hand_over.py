"""Handing over: one case, or every case of a mentor who leaves, each proposed to whoever fits best."""

from bot.people import store as people
from bot.programme import rules, store, store_tasks
from bot.programme.cards import candidate_label, shortened, shown
from bot.programme.joining.candidates import MOST_SHOWN, candidates_for, reasons
from bot.programme.keepers import youth_of
from bot.programme.mentors import store_handovers
from bot.programme.mentors.handing_over import MOST_NOTE, Choice, Proposal, digest, propose
from bot.programme.mentors.screens_mentors import HandAll, HandOver, HandTo, HandWithNote, ReadHandover
from bot.programme.mentors.taking_over import hand_over, what_goes_along
from bot.programme.rules import Case, Stage
from bot.programme.screens import back_to, case_button
from bot.programme.tasks import TaskKind
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Button, Keyboard, Turn, button
from bot.words import Lines, Phrase, phrase

routes = Routes()


async def _case(turn: Turn, case_id: int) -> Case | None:
    """An open case past its first contact that this person may give to another mentor."""
    case = await store.case(turn.db, case_id)
    if case is None or not case.is_open or case.stage is Stage.CONTACT:
        return None
    return case if rules.may_assign(turn.person, case) else None


# --- one case ---------------------------------------------------------------------------------------------------


@routes.press(HandOver)
async def choose(turn: Turn, action: HandOver) -> None:
    """Everybody who could take it, those who fit best first, and why."""
    if (case := await _case(turn, action.case)) is None:
        await turn.forbidden()
        return
    youth = await youth_of(turn.db, case)
    found = await candidates_for(turn.db, case, turn.settings.most_cases, without=(case.mentor_id,))
    rows: Keyboard = tuple(
        (Button(candidate_label(one), HandTo(case.id, one.mentor.id, case.mentor_id)),) for one in found[:MOST_SHOWN]
    )
    if case.mentor_id is not None and len(await _theirs(turn, case.mentor_id)) > 1:
        rows = (*rows, (button("programme.staff.button.hand_over_all", HandAll(case.mentor_id)),))
    turn.replace(
        "programme.staff.choose_next_mentor" if found else "programme.staff.no_next_mentor",
        about=case.youth_id,
        keyboard=(*rows, back_to(case.id)),
        code_name=youth.code_name,
        why=reasons(found, case, youth),
        most=turn.settings.most_cases,
    )


@routes.press(HandTo)
async def hand_to(turn: Turn, action: HandTo) -> None:
    case = await _case(turn, action.case)
    to = await people.person(turn.db, action.mentor)
    if case is None or to is None:
        await turn.forbidden()
        return
    if not _could_take(to, case):
        await _say_otherwise(turn, case)
    elif not action.sure:
        await _ask(turn, case, to, action)
    elif await hand_over(turn, case, action.before, to, None):
        await _show_done(turn, case, to)
    else:
        await _say_otherwise(turn, case)


def _could_take(to: Person, case: Case) -> bool:
    """A mentor of the place: of nobody else does a button, old or forged, tell so much as the name."""
    return to.holds(Role.MENTOR, case.municipality)


async def _ask(turn: Turn, case: Case, to: Person, action: HandTo) -> None:
    """What goes along, and whether a note does too."""
    youth = await youth_of(turn.db, case)
    sure = HandTo(case.id, to.id, action.before, sure=True)
    turn.replace(
        "programme.staff.hand_over_sure",
        about=case.youth_id,
        keyboard=(
            (button("programme.staff.button.hand_over_now", sure),),
            (button("programme.staff.button.hand_with_note", HandWithNote(case.id, to.id, action.before)),),
            back_to(case.id),
        ),
        code_name=youth.code_name,
        mentor=shown(to),
        along=what_goes_along(await store_handovers.along(turn.db, case.id)),
    )


@routes.press(HandWithNote)
async def ask_note(turn: Turn, action: HandWithNote) -> None:
    case = await _case(turn, action.case)
    to = await people.person(turn.db, action.mentor)
    if case is None or to is None:
        await turn.forbidden()
        return
    if not _could_take(to, case):
        await _say_otherwise(turn, case)
        return
    turn.replace(
        "programme.staff.handover_note",
        about=case.youth_id,
        keyboard=(back_to(case.id),),
        mentor=shown(to),
        longest=MOST_NOTE,
    )
    turn.expect(action)


@routes.text(HandWithNote)
async def note_typed(turn: Turn, action: HandWithNote, text: str) -> None:
    case = await _case(turn, action.case)
    to = await people.person(turn.db, action.mentor)
    if case is None or to is None:
        await turn.forbidden()
        return
    note = text.strip()
    if len(note) > MOST_NOTE:
        turn.say("programme.staff.handover_note_long", longest=MOST_NOTE, keyboard=(back_to(case.id),))
        turn.expect(action)
    elif await hand_over(turn, case, action.before, to, note or None):
        await _show_done(turn, case, to)
    else:
        await _say_otherwise(turn, case)


async def _show_done(turn: Turn, case: Case, to: Person) -> None:
    youth = await youth_of(turn.db, case)
    turn.replace(
        "programme.staff.handed_over",
        about=case.youth_id,
        keyboard=(back_to(case.id),),
        code_name=youth.code_name,
        mentor=shown(to),
    )


async def _say_otherwise(turn: Turn, case: Case) -> None:
    """Somebody was quicker, or the chosen one has no room any more."""
    turn.replace(
        "programme.staff.not_handed_over",
        about=case.youth_id,
        keyboard=((button("programme.staff.button.hand_over", HandOver(case.id)),), back_to(case.id)),
    )


# --- every case of somebody who leaves ------------------------------------------------------------------------------


async def _theirs(turn: Turn, mentor_id: int | None) -> list[Case]:
    found = await store_handovers.to_hand_over(turn.db, turn.person, mentor_id)
    return [case for case in found if rules.may_assign(turn.person, case)]


async def _proposals(turn: Turn, cases: list[Case]) -> list[Proposal]:
    choices = []
    for case in cases:
        youth = await youth_of(turn.db, case)
        found = await candidates_for(turn.db, case, turn.settings.most_cases, without=(case.mentor_id,))
        choices.append(Choice(case, youth.language, found))
    return propose(choices)


@routes.press(HandAll)
async def hand_all(turn: Turn, action: HandAll) -> None:
    """Show who would get whom; confirmed one by one, or all at once as it was shown."""
    proposals = await _proposals(turn, await _theirs(turn, action.mentor))
    if not proposals:
        turn.replace("programme.staff.nothing_to_hand_over", keyboard=turn.home)
        return
    shown_now = digest(proposals)
    if action.proposal is not None and action.proposal == shown_now:
        await _hand_all(turn, proposals)
        proposals = await _proposals(turn, await _theirs(turn, action.mentor))
        if not proposals:
            turn.replace("programme.staff.all_handed_over", keyboard=turn.home)
            return
    await _show_all(turn, action.mentor, proposals, changed=action.proposal is not None)


async def _hand_all(turn: Turn, proposals: list[Proposal]) -> None:
    for one in proposals:
        if one.mentor is not None:
            await hand_over(turn, one.case, one.case.mentor_id, one.mentor, None)


async def _show_all(turn: Turn, mentor_id: int | None, proposals: list[Proposal], *, changed: bool) -> None:
    names = {one.case.id: (await youth_of(turn.db, one.case)).code_name for one in proposals}
    rows: Keyboard = tuple((_one_button(one, names[one.case.id]),) for one in proposals)
    if any(one.mentor is not None for one in proposals):
        every = HandAll(mentor_id, digest(proposals))
        rows = (*rows, (button("programme.staff.button.hand_all_now", every),))
    turn.replace(
        "programme.staff.hand_all_changed" if changed else "programme.staff.hand_all",
        keyboard=rows,
        cases=Lines(tuple(_line(one, names[one.case.id]) for one in proposals)),
    )


def _line(one: Proposal, code_name: str) -> Phrase:
    if one.mentor is None:
        return phrase("programme.staff.line.nobody_free", code_name=code_name)
    return phrase("programme.staff.line.hand_over", code_name=code_name, mentor=shown(one.mentor))


def _one_button(one: Proposal, code_name: str) -> Button:
    """To this case alone: the proposed mentor to be confirmed, or the choice of another."""
    if one.mentor is None:
        return button("programme.staff.button.case", HandOver(one.case.id), code_name=shortened(code_name))
    return button(
        "programme.staff.button.hand_one",
        HandTo(one.case.id, one.mentor.id, one.case.mentor_id),
        code_name=code_name[:12],
        mentor=shortened(shown(one.mentor)),
    )


# --- the note ---------------------------------------------------------------------------------------------------


@routes.press(ReadHandover)
async def read(turn: Turn, action: ReadHandover) -> None:
    """For the new mentor and who leads there; never for the one before, whatever else they are."""
    handover = await store_handovers.handover(turn.db, action.handover)
    case = None if handover is None else await store.case(turn.db, handover.case_id)
    if handover is None or case is None or turn.person.id in (handover.from_id, case.youth_id):
        await turn.forbidden()
        return
    is_next = turn.person.id == handover.to_id and rules.mentors(turn.person, case)
    was_before = await store_handovers.handed_away(turn.db, case.id, turn.person.id, case.opened_at)
    if not is_next and (was_before or not turn.person.holds(Role.LEAD, case.municipality)):
        await turn.forbidden()
        return
    if is_next:
        await store_tasks.finish_of_case(turn.db, case.id, TaskKind.HANDED_OVER, turn.person.id, turn.now)
    youth = await youth_of(turn.db, case)
    turn.replace(
        "programme.staff.handover_read" if handover.note else "programme.staff.handover_no_note",
        about=case.youth_id,
        keyboard=((case_button(case.id),),),
        code_name=youth.code_name,
        note=handover.note or "",
        along=what_goes_along(await store_handovers.along(turn.db, case.id)),
    )

"""A mentor or programme lead opens a referral: whom, to what kind of help, to which receiver, with which note."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from bot.people import store as people
from bot.programme import cards
from bot.programme import store as programme
from bot.programme.rules import Case, may_guide
from bot.referrals import ladder, notices, screens, store
from bot.referrals.actions import AddNote, AskYouth, ChooseKind, ChooseReceiver, Refer
from bot.referrals.notices import Change
from bot.referrals.referral import MOST_NOTE, REFERABLE, Kind, PassedOn
from bot.roles import Person, Role
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.typed import in_one_line
from bot.words import Fact, phrase

LATELY: Final = timedelta(days=7)
"""How long somebody who could not help, or did not answer, is not offered again for the same case and kind."""

routes = Routes()
routes.offer({Role.MENTOR, Role.LEAD}, 40, button("referrals.staff.button.refer", Refer()))


@routes.command("refer")
async def refer_command(turn: Turn, _argument: str) -> None:
    await refer(turn, Refer())


@routes.press(Refer)
async def refer(turn: Turn, action: Refer) -> None:
    """The young people who may be referred, by code name."""
    found = await store.cases_to_refer(turn.db, turn.person)
    here = screens.page_of(found, action.page)
    if not here:
        turn.replace("referrals.staff.nobody_to_refer", keyboard=turn.home)
        return
    rows: Keyboard = tuple(
        (button("referrals.staff.button.code_name", ChooseKind(case.id), youth=youth.code_name),)
        for case, youth in here
    )
    if screens.has_more(found, action.page):
        rows = (*rows, (button("referrals.staff.button.more", Refer(action.page + 1)),))
    turn.replace("referrals.staff.choose_youth", keyboard=rows)


@routes.press(ChooseKind)
async def choose_kind(turn: Turn, action: ChooseKind) -> None:
    found = await _to_refer(turn, action.case)
    if found is None:
        return
    case, youth = found
    turn.replace("referrals.staff.choose_kind", keyboard=_kinds(case, Kind), about=youth.id, youth=youth.code_name)


def _kinds(case: Case, kinds: Iterable[Kind]) -> Keyboard:
    """The kinds of help to choose from, and the way back."""
    rows = ((button(f"referrals.staff.button.kind_{kind.value}", ChooseReceiver(case.id, kind)),) for kind in kinds)
    return (*rows, (button("referrals.staff.button.back", Refer()),))


@routes.press(ChooseReceiver)
async def choose_receiver(turn: Turn, action: ChooseReceiver) -> None:
    """Who may be asked: the same language first, then by name."""
    found = await _to_refer(turn, action.case)
    if found is None:
        return
    case, youth = found
    able = await store.receivers(turn.db, action.kind, case.municipality, youth.language)
    asked_in_vain = await store.asked_in_vain(turn.db, case.id, action.kind, turn.now - LATELY)
    offered = [one for one in able if one.id not in asked_in_vain]
    if able and not offered:
        _say_nobody_else(turn, case, youth, action.kind)
        return
    rows: Keyboard = tuple(
        (
            button(
                "referrals.staff.button.receiver",
                AddNote(case.id, action.kind, one.id),
                receiver=cards.shortened(screens.shown(one)),
                language=phrase(f"people.any.language.{one.language.value}"),
            ),
        )
        for one in screens.page_of(offered, action.page)
    )
    if screens.has_more(offered, action.page):
        more = ChooseReceiver(case.id, action.kind, action.page + 1)
        rows = (*rows, (button("referrals.staff.button.more", more),))
    turn.replace(
        "referrals.staff.choose_receiver" if offered else "referrals.staff.no_receiver",
        keyboard=(*rows, (button("referrals.staff.button.back", ChooseKind(case.id)),)),
        about=youth.id,
        youth=youth.code_name,
        kind=screens.kind_of(action.kind),
        language=phrase(f"people.any.language.{youth.language.value}"),
    )


def _say_nobody_else(turn: Turn, case: Case, youth: Person, kind: Kind) -> None:
    """Everybody of that kind was asked and could not help: another kind, or the way back."""
    turn.replace(
        "referrals.staff.nobody_else",
        keyboard=_kinds(case, (one for one in Kind if one is not kind)),
        about=youth.id,
        youth=youth.code_name,
        kind=screens.kind_of(kind),
    )


@routes.press(AddNote)
async def ask_for_note(turn: Turn, action: AddNote) -> None:
    await _ask_for_note(turn, action, "referrals.staff.add_note")


async def _ask_for_note(turn: Turn, action: AddNote, key: str, **facts: Fact) -> None:
    chosen = await _chosen(turn, action)
    if chosen is None:
        return
    case, youth, receiver = chosen
    turn.replace(
        key,
        keyboard=(
            (button("referrals.staff.button.no_note", AskYouth(case.id, action.kind, receiver.id)),),
            (button("referrals.staff.button.back", ChooseReceiver(case.id, action.kind)),),
        ),
        about=youth.id,
        youth=youth.code_name,
        receiver=screens.shown(receiver),
        kind=screens.kind_of(action.kind),
        most=MOST_NOTE,
        **facts,
    )
    turn.expect(action)


@routes.text(AddNote)
async def note(turn: Turn, action: AddNote, text: str) -> None:
    """The note, as typed: the young person will read it word for word before anybody else does.

    It stands among the bot's own lines, so it is one of them and no more.
    """
    written = in_one_line(text)
    if len(written) > MOST_NOTE:
        await _ask_for_note(turn, action, "referrals.staff.note_too_long", length=len(written))
    else:
        await _ask_youth(turn, action, written or None)


@routes.press(AskYouth)
async def ask_youth(turn: Turn, action: AskYouth) -> None:
    await _ask_youth(turn, action, None)


async def _ask_youth(turn: Turn, action: AddNote | AskYouth, written: str | None) -> None:
    """Open the referral and ask the young person; an open one to the same receiver stands, and is shown instead."""
    chosen = await _chosen(turn, action)
    if chosen is None:
        return
    case, youth, receiver = chosen
    if (standing := await store.open_with(turn.db, case.id, receiver.id)) is not None:
        found = await store.circle(turn.db, standing.id)
        assert found is not None
        turn.replace(
            "referrals.staff.already_open",
            keyboard=screens.referrer_keyboard(found),
            about=youth.id,
            **screens.facts_of(found),
        )
        return
    passed_on = PassedOn(
        youth.code_name,
        case.age_band,
        case.municipality,
        youth.language,
        case.wish,
        written,
        screens.shown(turn.person),
    )
    opened = await store.add(
        turn.db, store.Draft(case.id, action.kind, turn.person.id, receiver.id, passed_on), turn.now
    )
    await store.save(turn.db, opened, ladder.planned(opened, await turn.hours()))
    await turn.note("referral.asked", "referral", opened.id)
    asked = await store.circle(turn.db, opened.id)
    assert asked is not None
    notices.tell(turn, asked, asked, Change.ASKED)
    turn.replace(
        "referrals.staff.asked",
        keyboard=screens.referrer_keyboard(asked),
        about=youth.id,
        **screens.facts_of(asked),
        passed=screens.passed_on(passed_on),
    )


async def _to_refer(turn: Turn, case_id: int) -> tuple[Case, Person] | None:
    """The case and its young person, if it is theirs to guide and at a stage where it may be referred; otherwise they
    have been answered."""
    case = await programme.case(turn.db, case_id)
    if case is not None and may_guide(turn.person, case) and case.stage in REFERABLE:
        youth = await people.person(turn.db, case.youth_id)
        assert youth is not None  # a case goes with its young person
        return case, youth
    await turn.forbidden()
    return None


async def _chosen(turn: Turn, action: AddNote | AskYouth) -> tuple[Case, Person, Person] | None:
    """The case, its young person and the receiver, if the receiver is one of those that were offered."""
    found = await _to_refer(turn, action.case)
    if found is None:
        return None
    case, youth = found
    offered = await store.receivers(turn.db, action.kind, case.municipality, youth.language)
    receiver = next((one for one in offered if one.id == action.receiver), None)
    if receiver is not None:
        return case, youth, receiver
    await turn.forbidden()
    return None

"""A mentor or programme lead opens a referral: whom, to what kind of help, to which receiver, with which note."""

from bot.referrals import ladder, notices, rules, screens, store
from bot.referrals.actions import AddNote, AskYouth, ChooseKind, ChooseReceiver, Refer
from bot.referrals.agreed import guardians
from bot.referrals.agreed.wording import texts_of
from bot.referrals.choosing.chat_choose import chosen, kinds, to_refer
from bot.referrals.notices import Change
from bot.referrals.own_request import answering
from bot.referrals.referral import MOST_NOTE, Kind, PassedOn, Side
from bot.referrals.terms import terms_of
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.typed import in_one_line
from bot.words import Fact

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
    found = await to_refer(turn, action.case)
    if found is None:
        return
    case, youth = found
    turn.replace("referrals.staff.choose_kind", keyboard=kinds(case, Kind), about=youth.id, youth=youth.code_name)


@routes.press(AddNote)
async def ask_for_note(turn: Turn, action: AddNote) -> None:
    await _ask_for_note(turn, action, "referrals.staff.add_note")


async def _ask_for_note(turn: Turn, action: AddNote, key: str, **facts: Fact) -> None:
    found = await chosen(turn, action)
    if found is None:
        return
    case, youth, offer = found
    without = AskYouth(case.id, action.kind, action.receiver, action.service)
    turn.replace(
        key,
        keyboard=(
            (button("referrals.staff.button.no_note", without),),
            (button("referrals.staff.button.back", ChooseReceiver(case.id, action.kind)),),
        ),
        about=youth.id,
        youth=youth.code_name,
        receiver=offer.to.name,
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
    found = await chosen(turn, action)
    if found is None:
        return
    case, youth, offer = found
    to = offer.to
    standing = await store.open_with(turn.db, case.id, to)
    if standing is not None and rules.refers(turn.person, standing, case):
        there = await store.circle(turn.db, standing.id)
        assert there is not None
        turn.replace(
            "referrals.staff.already_open",
            keyboard=screens.referrer_keyboard(there),
            about=youth.id,
            **screens.facts_of(there),
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
    texts = texts_of(passed_on, frozenset({youth.language, to.reads}), turn.zone)
    apart = await answering.answer(turn, case, action.kind)
    guardian = await guardians.for_new(turn, case, action.kind)
    draft = store.Draft(case.id, action.kind, turn.person.id, to, passed_on, texts, apart, guardian)
    opened = await store.add(turn.db, draft, turn.now)
    terms = terms_of(opened.kind, turn.settings)
    await store.save(turn.db, opened, ladder.planned(opened, await turn.hours(), terms))
    await store.add_to_history(turn.db, opened, Change.ASKED.value, Side.REFERRER, turn.now)
    await turn.note("referral.asked", "referral", opened.id)
    asked = await store.circle(turn.db, opened.id)
    assert asked is not None
    await notices.tell(turn, asked, asked, Change.ASKED, Side.REFERRER)
    turn.replace(
        "referrals.staff.asked",
        keyboard=screens.referrer_keyboard(asked),
        about=youth.id,
        **screens.facts_of(asked),
        passed=screens.passed_on(passed_on),
    )

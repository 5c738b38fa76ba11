"""Four eyes: a second coordinator looks at an invitation to many, and says yes or what is still to be done."""

from typing import Final, assert_never

from bot.events import screens, store, telling
from bot.events.event import Event, State
from bot.events.event_page import own_event, show_event, show_submitted
from bot.events.going_out import networks_meant, screens_sending, sending, sending_plan, store_approvals
from bot.events.going_out.actions_sending import Approve, Look, Preview, Return, ReturnWhy, ShowEvents, Withdraw
from bot.events.going_out.sending import Confirmed, Decision
from bot.events.going_out.setting_out import set_out
from bot.events.rules import may_reach
from bot.events.whom.reach import Reach
from bot.events.writing import store_drafts
from bot.events.writing.actions_writing import Ask
from bot.events.writing.drafts import Step, length
from bot.people import store as people
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.typed import in_one_line
from bot.words import Lines, Phrase, phrase

routes = Routes()

LONGEST_REASON: Final = 300
"""In UTF-16 units."""


@routes.press(Look)
async def look(turn: Turn, action: Look) -> None:
    """What waits: its author sees that it does, a second coordinator what it is."""
    event = await _waiting(turn, action.event)
    if event is None:
        return
    if event.created_by == turn.person.id:
        await show_submitted(turn, event)
    else:
        await _show(turn, event, await sending_plan.reach(turn, event), "events.staff.look_at")


@routes.press(Approve)
async def approve(turn: Turn, action: Approve) -> None:
    """A second coordinator's yes; of two at the same moment one has an effect, the other sees what became of it."""
    event = await _waiting(turn, action.event)
    if event is None or not await _is_for(turn, event):
        return
    if await _names_others_networks(turn, event):
        return
    reach = await sending_plan.reach(turn, event)
    handed_in = await store_approvals.approval(turn.db, event.id)
    is_same = handed_in is not None and action.digest == sending.seal(event, handed_in.submitted_at)
    given = Confirmed(action.stated, sending.digest(event) if is_same else "")
    match sending.approve(event, given, reach, await sending_plan.circumstances(turn)):
        case sending.Going():
            if await store.begin_sending(turn.db, event.id, turn.now, was=State.SUBMITTED):
                await store_approvals.decide(turn.db, event.id, Decision.APPROVED, turn.person.id, turn.now)
                await turn.note("event.approved", "event", event.id)
                await set_out(turn, event.id, phrase("events.staff.approved", name=_name(turn)))
            begun = await own_event(turn, event.id)
            if begun is not None:
                await show_event(turn, begun)
        case sending.CountChanged() | sending.TextChanged():
            await _show(turn, event, reach, "events.staff.look_at_again")
        case sending.NobodyThere():
            _cannot(turn, event, phrase("events.staff.look_nobody", title=event.title, when=telling.when(event)))
        case sending.AlreadyPast():
            _cannot(turn, event, phrase("events.staff.look_past", title=event.title, when=telling.when(event)))
        case sending.TooLate(arrives):
            told = {"title": event.title, "when": telling.when(event), "arrives": arrives}
            _cannot(turn, event, Phrase("events.staff.look_too_late", told))
        case never:
            assert_never(never)


async def _names_others_networks(turn: Turn, event: Event) -> bool:
    """Whether it is for networks that neither its author nor this person runs now: they were told which."""
    names = await networks_meant.of_others(turn, event, turn.person)
    if names:
        why = phrase("events.staff.networks_not_theirs", title=event.title, names=screens_sending.written(names))
        _cannot(turn, event, why)
    return bool(names)


@routes.press(Return)
async def hand_back(turn: Turn, action: Return) -> None:
    """They would rather have something changed: what?"""
    event = await _waiting(turn, action.event)
    if event is not None and await _is_for(turn, event):
        turn.expect(ReturnWhy(event.id))
        turn.replace("events.staff.ask_why_return", keyboard=_back(event), title=event.title, most=LONGEST_REASON)


@routes.text(ReturnWhy)
async def hand_back_because(turn: Turn, action: ReturnWhy, text: str) -> None:
    """It is a draft again, and its author reads why."""
    event = await _waiting(turn, action.event)
    if event is None or not await _is_for(turn, event):
        return
    reason = in_one_line(text)
    if length(reason) > LONGEST_REASON:
        turn.expect(action)
        turn.say("events.staff.why_too_long", keyboard=_back(event), length=length(reason), most=LONGEST_REASON)
        return
    if await store_approvals.hand_back(turn.db, event.id):
        await store_approvals.decide(turn.db, event.id, Decision.RETURNED, turn.person.id, turn.now, reason=reason)
        await turn.note("event.returned", "event", event.id)
        if event.created_by is not None:
            turn.tell(
                event.created_by,
                phrase("events.staff.returned", title=event.title, name=_name(turn), reason=reason),
                keyboard=((button("events.staff.button.go_on", Ask(event.id, Step.PAGE)),),),
            )
    turn.say("events.staff.handed_back", keyboard=_to_list(), title=event.title)


@routes.press(Withdraw)
async def withdraw(turn: Turn, action: Withdraw) -> None:
    """Its author takes it back."""
    event = await _waiting(turn, action.event)
    if event is None:
        return
    if event.created_by != turn.person.id:
        await turn.forbidden()
        return
    if await store_approvals.hand_back(turn.db, event.id):
        await store_approvals.decide(turn.db, event.id, Decision.WITHDRAWN, turn.person.id, turn.now)
        await turn.note("event.withdrawn", "event", event.id)
    on = (button("events.staff.button.go_on", Ask(event.id, Step.PAGE)),)
    turn.replace("events.staff.withdrawn", keyboard=(on,), title=event.title)


async def _waiting(turn: Turn, event_id: int) -> Event | None:
    """The event, if it waits and this person is its author or a coordinator of its people; otherwise they were told."""
    event = await store_approvals.submitted(turn.db, event_id)
    if event is not None and (event.created_by == turn.person.id or sending.may_approve(turn.person, event)):
        return event
    if event is not None:
        await turn.forbidden()
        return None
    sent = await store.event(turn.db, event_id)
    if sent is not None:
        if await own_event(turn, event_id) is not None:
            await show_event(turn, sent)
    elif await _was_handed_in(turn, event_id):
        turn.replace("events.staff.waits_no_more", keyboard=_to_list())
    else:
        await turn.forbidden()
    return None


async def _was_handed_in(turn: Turn, event_id: int) -> bool:
    """Whether it is a draft again, and was before them once."""
    draft = await store_drafts.draft(turn.db, event_id)
    if draft is None or draft.audience is None or not may_reach(turn.person, draft.audience.municipality):
        return False
    return await store_approvals.approval(turn.db, event_id) is not None


async def _is_for(turn: Turn, event: Event) -> bool:
    """Whether this person is a second one; its author sees that it still waits."""
    if sending.may_approve(turn.person, event):
        return True
    await show_submitted(turn, event)
    return False


async def _show(turn: Turn, event: Event, reach: Reach, key: str) -> None:
    """Everything its author was shown before the last press, and who its author is."""
    fewest = turn.settings.fewest_shown
    plan = await sending_plan.before(turn, event, reach)
    author = None if event.created_by is None else await people.person(turn.db, event.created_by)
    handed_in = await store_approvals.approval(turn.db, event.id)
    lines = [
        phrase("events.staff.written_by", name="-" if author is None else author.name or author.code_name),
        *([] if handed_in is None else [phrase("events.staff.handed_in_at", at=handed_in.submitted_at)]),
    ]
    page = screens_sending.ask(
        key,
        event,
        await sending_plan.reached(turn, event, reach),
        plan,
        await turn.hours(),
        phrase("events.any.lines", lines=Lines(tuple(lines))),
    )
    seal = "" if handed_in is None else sending.seal(event, handed_in.submitted_at)
    action = Approve(event.id, reach.stated(fewest), seal)
    screens.show(
        turn,
        page,
        (
            (button("events.staff.button.preview", Preview(event.id)),),
            (button("events.staff.button.approve", action),),
            (button("events.staff.button.return", Return(event.id)),),
            *_to_list(),
        ),
    )


def _cannot(turn: Turn, event: Event, why: Phrase) -> None:
    """It cannot go out as it is; its author can put that right."""
    turn.replace_with(why, ((button("events.staff.button.return", Return(event.id)),), *_to_list()))


def _back(event: Event) -> Keyboard:
    return ((button("events.any.button.back", Look(event.id)),),)


def _to_list() -> Keyboard:
    return ((button("events.staff.button.events", ShowEvents()),),)


def _name(turn: Turn) -> str:
    return turn.person.name or turn.person.code_name

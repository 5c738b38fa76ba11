"""Whoever writes an invitation, or is to say yes to it, looks at it as each of its readers will."""

from typing import Final

from bot.events import screens
from bot.events.around import around
from bot.events.audience import Group
from bot.events.event import Event, State
from bot.events.going_out import inviting, store_approvals
from bot.events.going_out.actions_sending import AskSend, Look, Preview, Sample, SendToMe
from bot.events.going_out.sending import may_approve
from bot.events.signup import screens_guests
from bot.events.writing import drafts, store_drafts
from bot.events.writing.actions_writing import Ask, Write
from bot.events.writing.drafts import Step
from bot.events.writing.steps import show_step
from bot.routes import Routes
from bot.turn import Button, Keyboard, Link, Message, Priority, Turn, button
from bot.words import Language, Phrase, SaidIn, phrase

routes = Routes()

_A_ROW: Final = 2
"""Groups beside each other; their names are long."""


@routes.press(Preview)
async def preview(turn: Turn, action: Preview) -> None:
    """The invitation as one of its readers will see it, with the way to see it as each other one will."""
    event = await _to_look_at(turn, action.event)
    if event is None:
        return
    language = action.language or event.title.fallback
    group = _group(event, action.group)
    translated = language in event.title.texts
    turn.replace(
        "events.staff.preview" if translated else "events.staff.preview_untranslated",
        keyboard=_keyboard(event, language, group),
        language=screens.in_language(language),
        group=phrase(f"events.staff.as_group.{group.value}"),
        fallback=screens.in_language(event.title.fallback),
        invitation=SaidIn(language, await _invitation(turn, event, group)),
    )


@routes.press(SendToMe)
async def send_to_me(turn: Turn, action: SendToMe) -> None:
    """A copy as such a reader will get it, to whoever looks at it alone."""
    event = await _to_look_at(turn, action.event)
    if event is None:
        return
    group = _group(event, action.group)
    is_youth = group is Group.YOUTH
    copy = phrase("events.staff.copy", invitation=SaidIn(action.language, await _invitation(turn, event, group)))
    told = await around(turn, event)
    keys = screens_guests.samples(told.files, is_youth=is_youth) if event.takes_answers else ()
    in_language = tuple(tuple(_said_in(action.language, key) for key in row) for row in keys)
    picture = None if told.picture is None else screens_guests.picture_of_sample(*told.picture)
    turn.said.append(Message(turn.person.id, copy, in_language, Priority.REPLY, at_night=True, picture=picture))
    turn.say(
        "events.staff.sent_to_you",
        keyboard=_ways_on(event, Preview(event.id, action.language, action.group)),
        language=screens.in_language(action.language),
    )


@routes.press(Sample)
async def sample(turn: Turn, _: Sample) -> None:
    """An answer on such a copy."""
    turn.say("events.staff.only_a_sample", keyboard=((button("events.staff.button.go_on", Write()),),))


async def _to_look_at(turn: Turn, event_id: int) -> Event | None:
    """The event that this person's draft describes, or that waits for their yes; otherwise they have been told."""
    event = await store_approvals.submitted(turn.db, event_id)
    if event is not None and (event.created_by == turn.person.id or may_approve(turn.person, event)):
        return event
    draft = await store_drafts.draft(turn.db, event_id)
    if draft is None or not drafts.may_write(turn.person, draft):
        await turn.forbidden()
        return None
    described = drafts.whole(draft)
    if isinstance(described, Step):
        await show_step(turn, draft, described)
        return None
    return described


def _group(event: Event, wanted: Group | None) -> Group:
    """Whose eyes it is looked at with: young people's first, as most invitations are for them."""
    there = [group for group in Group if group in event.audience.groups] or list(Group)
    return wanted if wanted in there else there[0]


async def _invitation(turn: Turn, event: Event, group: Group) -> Phrase:
    return await inviting.sample(turn, event, is_youth=group is Group.YOUTH)


def _keyboard(event: Event, language: Language, group: Group) -> Keyboard:
    """Each language, each group of the audience, a copy to oneself, and back."""
    languages = tuple(
        _choice(Preview(event.id, one, group), f"events.staff.button.preview_{one.value}", chosen=one is language)
        for one in Language
    )
    there = [one for one in Group if one in event.audience.groups]
    groups = [
        _choice(Preview(event.id, language, one), f"events.staff.group.{one.value}", chosen=one is group)
        for one in there
    ]
    rows = tuple(tuple(groups[at : at + _A_ROW]) for at in range(0, len(groups), _A_ROW)) if len(groups) > 1 else ()
    copy = (button("events.staff.button.send_to_me", SendToMe(event.id, language, group)),)
    return (languages, *rows, copy, (_back(event),))


def _choice(action: Preview, key: str, *, chosen: bool) -> Button:
    return button("events.any.button.ticked", action, answer=phrase(key)) if chosen else button(key, action)


def _back(event: Event) -> Button:
    """To where it is decided what becomes of it."""
    to = Look(event.id) if event.state is State.SUBMITTED else Ask(event.id, Step.PAGE)
    return button("events.any.button.back", to)


def _ways_on(event: Event, again: Preview) -> Keyboard:
    back = (button("events.any.button.back", again),)
    if event.state is State.SUBMITTED:
        return (back,)
    return ((button("events.staff.button.send", AskSend(event.id)),), back)


def _said_in(language: Language, key: Button | Link) -> Button | Link:
    if isinstance(key, Link):
        return key
    return Button(phrase("events.any.button.title", title=SaidIn(language, key.label)), key.action)

"""What the coordinator sees while setting the particulars of a draft, one button for each."""

from collections.abc import Sequence
from datetime import datetime

from bot.directory.countries import country_key, spoken_key
from bot.events import further, screens, telling
from bot.events.audience import Group
from bot.events.details import (
    CHOICES,
    MOST,
    SECTIONS,
    SWITCHES,
    Detail,
    Section,
    Wrong,
    is_set,
    offered,
    section_of,
    sections,
)
from bot.events.event import FREE, Event
from bot.events.sessions.actions_series import ChooseCycle
from bot.events.writing import further_typed
from bot.events.writing.actions_details import (
    AskDetail,
    AskQuota,
    DropDetail,
    DropQuota,
    Free,
    PickDetail,
    PickEarlier,
    ShowMore,
    SwitchDetail,
)
from bot.events.writing.actions_writing import Ask, ChooseKind
from bot.events.writing.drafts import Draft, Step
from bot.turn import Button, Keyboard, Row, button
from bot.words import Language, Lines, Phrase, phrase

# --- all of them ------------------------------------------------------------------------------------------------


def more(event: Event, usual_publicity: str) -> Phrase:
    """What is told of the event so far, and what holds for signing up that the invitation does not say."""
    around = telling.Around((), telling.publicity(event.particulars, usual_publicity))
    lines = [
        *telling.facts(event).phrases,
        *(_quota(group, most) for group, most in sorted(event.terms.quotas.items())),
        *([phrase("events.staff.more_needs")] if event.terms.asks_needs else []),
        *([phrase("events.staff.more_listed")] if event.listed else []),
        *([] if around.publicity is None else [phrase("events.staff.more_publicity", line=around.publicity)]),
    ]
    body = telling.paragraphs(phrase("events.any.lines", lines=Lines(tuple(lines))), telling.agenda(event))
    return phrase("events.staff.more", title=event.title, body=body)


def more_keyboard(draft: Draft, section: Section | None, *, leads: bool) -> Keyboard:
    """One button for each, or first for each section; what is set is ticked, what is yes or no turns at once. Whoever
    `leads` cycles of events puts it into one."""
    there, every = offered(draft.kind), sections(draft.kind)
    if section is None and every:
        buttons = [_section(draft, one, there) for one in every]
    else:
        standing = SECTIONS[section] if section is not None and every else there
        buttons = [_detail(draft, one) for one in there if one in standing]
    if section is Section.FRAME or not every:
        buttons.insert(0, button("events.staff.button.change_kind", ChooseKind(draft.id)))
        if leads and draft.particulars.held_in is None:
            buttons.append(_cycle(draft))
    page = Ask(draft.id, Step.PAGE)
    if section is None:
        return (*screens.two_a_row(buttons), (button("events.any.button.back", page),))
    ways = (button("events.any.button.back", ShowMore(draft.id)), button("events.staff.button.to_draft", page))
    return (*screens.two_a_row(buttons), ways)


def _section(draft: Draft, section: Section, there: Sequence[Detail]) -> Button:
    label, action = phrase(f"events.staff.section.{section.value}"), ShowMore(draft.id, section)
    if any(one in there and is_set(draft, one) for one in SECTIONS[section]):
        return button("events.any.button.ticked", action, answer=label)
    return Button(label, action)


def _cycle(draft: Draft) -> Button:
    label, action = phrase("events.staff.button.cycle"), ChooseCycle(draft.id)
    if draft.series_id is None:
        return Button(label, action)
    return button("events.any.button.ticked", action, answer=label)


def _detail(draft: Draft, detail: Detail) -> Button:
    there = is_set(draft, detail)
    action = SwitchDetail(draft.id, detail, chosen=not there) if detail in SWITCHES else AskDetail(draft.id, detail)
    label = phrase(f"events.staff.detail.{detail.value}")
    return button("events.any.button.ticked", action, answer=label) if there else Button(label, action)


def _quota(group: Group, most: int) -> Phrase:
    return phrase("events.staff.more_quota", group=phrase(f"events.staff.group.{group.value}"), places=most)


# --- one of them ------------------------------------------------------------------------------------------------


def question(draft: Draft, detail: Detail) -> Phrase:
    """What is asked, with what is there now."""
    asked = phrase(f"events.staff.ask_detail.{detail.value}", most=MOST.get(detail, 0))
    now = _now(draft, detail)
    return asked if now is None else phrase("events.staff.ask_again", question=asked, now=now)


def question_keyboard(draft: Draft, detail: Detail, earlier: Sequence[Event] = ()) -> Keyboard:
    """The choices, where there are any; the way to take it out, and back."""
    rows: list[Row] = []
    match detail:
        case Detail.COST:
            rows.append((button("events.staff.button.free", Free(draft.id)),))
        case Detail.QUOTAS:
            rows += [(_ask_quota(draft, group),) for group in Group if _may_have_quota(draft, group)]
        case Detail.AFTER:
            rows += [(_earlier(draft, one),) for one in earlier]
        case _ if detail in CHOICES:
            rows += screens.two_a_row([_choice(draft, detail, code) for code in CHOICES[detail]])
        case _:
            pass
    rows += [(_in(draft, detail, one),) for one in further_typed.languages_of(draft, detail)]
    if is_set(draft, detail):
        rows.append((button("events.staff.button.drop", DropDetail(draft.id, detail)),))
    rows.append((button("events.any.button.back", ShowMore(draft.id, section_of(detail))),))
    return tuple(rows)


def _in(draft: Draft, detail: Detail, language: Language) -> Button:
    """To its text in a further language."""
    label, action = phrase(f"people.any.button.language_{language.value}"), AskDetail(draft.id, detail, language)
    if further.text_in(draft.particulars, detail.value, language) is None:
        return Button(label, action)
    return button("events.any.button.ticked", action, answer=label)


def in_language(draft: Draft, detail: Detail, language: Language) -> tuple[Phrase, Keyboard]:
    """The same in a further language: with the first text, which all read who find none in theirs."""
    asked = phrase(
        "events.staff.ask_further_agenda" if detail is Detail.AGENDA else "events.staff.ask_further",
        what=phrase(f"events.staff.detail.{detail.value}"),
        language=screens.in_language(language),
        text=further.first(draft.particulars, detail.value) or "",
    )
    now = further.text_in(draft.particulars, detail.value, language)
    page = asked if now is None else phrase("events.staff.ask_again", question=asked, now=now)
    following = further_typed.next_language(draft, detail, language)
    on = ShowMore(draft.id, section_of(detail)) if following is None else AskDetail(draft.id, detail, following)
    rows = ((button("events.staff.button.keep", on),), *to_detail(draft, detail))
    return page, rows


def to_detail(draft: Draft, detail: Detail) -> Keyboard:
    """Back to its first text."""
    return ((button("events.any.button.back", AskDetail(draft.id, detail)),),)


def wrong(found: Wrong) -> Phrase:
    """Why that does not fit."""
    return phrase(f"events.staff.detail_wrong.{found.why.value}", most=found.most)


def quota_question(draft: Draft, group: Group) -> Phrase:
    """How many places are there for that group?"""
    asked = phrase("events.staff.ask_quota", group=phrase(f"events.staff.group.{group.value}"))
    now = draft.terms.quotas.get(group)
    return asked if now is None else phrase("events.staff.ask_again", question=asked, now=now)


def quota_keyboard(draft: Draft, group: Group) -> Keyboard:
    """The way to take it out, and back to the other groups."""
    back = (button("events.any.button.back", AskDetail(draft.id, Detail.QUOTAS)),)
    if group not in draft.terms.quotas:
        return (back,)
    return ((button("events.staff.button.drop", DropQuota(draft.id, group)),), back)


def _may_have_quota(draft: Draft, group: Group) -> bool:
    return group in draft.terms.quotas or draft.audience is None or group in draft.audience.groups


def _ask_quota(draft: Draft, group: Group) -> Button:
    name = phrase(f"events.staff.group.{group.value}")
    most = draft.terms.quotas.get(group)
    action = AskQuota(draft.id, group)
    if most is None:
        return button("events.staff.button.quota", action, group=name)
    return button("events.staff.button.quota_set", action, group=name, places=most)


def _earlier(draft: Draft, event: Event) -> Button:
    there = event.id in draft.terms.after
    mark = "on" if there else "off"
    action = PickEarlier(draft.id, event.id, chosen=not there)
    return button(f"events.staff.button.group_{mark}", action, group=screens.short(event.title))


def _choice(draft: Draft, detail: Detail, code: str) -> Button:
    there = code in _chosen(draft, detail)
    action = PickDetail(draft.id, detail, code, chosen=not there)
    label = _name(detail, code)
    return button("events.any.button.ticked", action, answer=label) if there else Button(label, action)


def _name(detail: Detail, code: str) -> Phrase:
    if detail is Detail.SPOKEN:
        return phrase(spoken_key(code))
    return phrase(country_key(code)) if detail is Detail.COUNTRY else phrase(f"events.any.{detail.value}.{code}")


def _chosen(draft: Draft, detail: Detail) -> Sequence[str]:
    told = draft.particulars
    match detail:
        case Detail.SPOKEN:
            return told.languages
        case Detail.LEVEL:
            return () if told.level is None else (told.level.value,)
        case Detail.FUNDER:
            return () if told.funder is None else (told.funder.value,)
        case _:
            return () if told.country is None else (told.country,)


def _now(draft: Draft, detail: Detail) -> Phrase | str | int | datetime | Lines | None:
    """What is there, of those that are typed; the rest is ticked."""
    told, terms = draft.particulars, draft.terms
    match detail:
        case Detail.END:
            return draft.ends_at
        case Detail.DEADLINE:
            return draft.reply_by
        case Detail.CAPACITY:
            return terms.capacity
        case Detail.AGES:
            return telling.ages(terms)
        case Detail.COST:
            return phrase("events.any.free") if told.cost == FREE else told.cost
        case Detail.ACCESS:
            return told.access
        case Detail.TRAVEL:
            return told.travel
        case Detail.LINK:
            return told.link
        case Detail.PUBLICITY:
            return told.publicity
        case Detail.AGENDA:
            return Lines(tuple(phrase("events.any.written", text=one) for one in told.agenda)) if told.agenda else None
        case Detail.MAP:
            return None if told.latitude is None else f"{told.latitude}, {told.longitude}"
        case _:
            return None

"""A coordinator sets the particulars of a draft: from its page, one by one, each with a way back and out again."""

from bot.events import details, rules, screens, store
from bot.events.details import CHOICES, SWITCHES, Detail, Section, Wrong
from bot.events.event import Event
from bot.events.event_page import own_draft
from bot.events.writing import details_typed, drafts, further_typed, screens_details, steps, store_drafts, store_earlier
from bot.events.writing.actions_details import (
    AskDetail,
    AskQuota,
    DropDetail,
    DropQuota,
    Free,
    PickDetail,
    PickEarlier,
    ShowMore,
    SpotFor,
    SwitchDetail,
    TypedDetail,
    TypedQuota,
)
from bot.events.writing.drafts import Draft
from bot.routes import Routes
from bot.turn import Spot, Turn
from bot.words import Language

routes = Routes()

_TYPED = frozenset(Detail) - SWITCHES - CHOICES.keys() - {Detail.QUOTAS, Detail.AFTER, Detail.MAP}


@routes.press(ShowMore)
async def show_more(turn: Turn, action: ShowMore) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        await show_all(turn, draft, action.section)


async def show_all(turn: Turn, draft: Draft, section: Section | None = None) -> None:
    """All of them, or those of one section; where the draft is not whole yet, what is missing is asked first."""
    event = drafts.whole(draft)
    if not isinstance(event, Event):
        await steps.show_step(turn, draft, event)
        return
    page = screens_details.more(event, turn.settings.publicity_line)
    leads = rules.may_reach(turn.person, None)
    screens.show(turn, page, screens_details.more_keyboard(draft, section, leads=leads))


@routes.press(AskDetail)
async def ask_detail(turn: Turn, action: AskDetail) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    if action.language is None:
        await _ask(turn, draft, action.detail)
    else:
        await _ask_in(turn, draft, action.detail, action.language)


async def _ask_in(turn: Turn, draft: Draft, detail: Detail, language: Language) -> None:
    """The same in a further language of the event."""
    if language not in further_typed.languages_of(draft, detail):
        await _ask(turn, draft, detail)
        return
    turn.expect(TypedDetail(draft.id, detail, language))
    screens.show(turn, *screens_details.in_language(draft, detail, language))


async def _ask(turn: Turn, draft: Draft, detail: Detail) -> None:
    if detail not in details.offered(draft.kind) or detail in SWITCHES:
        await show_all(turn, draft, details.section_of(detail))
        return
    _expect(turn, draft, detail)
    earlier = await _earlier(turn) if detail is Detail.AFTER else []
    keyboard = screens_details.question_keyboard(draft, detail, earlier)
    screens.show(turn, screens_details.question(draft, detail), keyboard)


def _expect(turn: Turn, draft: Draft, detail: Detail) -> None:
    if detail in _TYPED:
        turn.expect(TypedDetail(draft.id, detail))
    elif detail is Detail.MAP:
        turn.expect(SpotFor(draft.id))


async def _earlier(turn: Turn) -> list[Event]:
    """What people may be asked to have taken part in: events of the coordinator's places, and of the whole country."""
    return await store_earlier.events_of(turn.db, (*rules.own_places(turn.person), None), answered=True)


# --- typed ------------------------------------------------------------------------------------------------------


@routes.text(TypedDetail)
async def typed_detail(turn: Turn, action: TypedDetail, text: str) -> None:
    draft, detail, language = await own_draft(turn, action.event), action.detail, action.language
    if draft is None or detail not in _TYPED:
        return
    if language is None:
        await _keep(turn, detail, draft, details_typed.typed(draft, detail, text, turn.now, turn.zone))
    elif language in further_typed.languages_of(draft, detail):
        await _keep_in(turn, draft, action, further_typed.typed(draft, detail, language, text))
    else:
        await _ask(turn, draft, detail)


async def _keep_in(turn: Turn, draft: Draft, asked: TypedDetail, changed: Draft | Wrong) -> None:
    if isinstance(changed, Wrong):
        turn.expect(asked)
        screens.show(turn, screens_details.wrong(changed), screens_details.to_detail(draft, asked.detail))
        return
    await store_drafts.save(turn.db, changed)
    await _go_on(turn, changed, asked.detail, asked.language)


async def _go_on(turn: Turn, draft: Draft, detail: Detail, after: Language | None = None) -> None:
    """The next language in which it is not said yet; then its section."""
    language = further_typed.next_language(draft, detail, after)
    if language is None:
        await show_all(turn, draft, details.section_of(detail))
    else:
        await _ask_in(turn, draft, detail, language)


async def _keep(turn: Turn, detail: Detail, draft: Draft, changed: Draft | Wrong) -> None:
    """What fits is kept and its section shown; what does not is asked for again."""
    if isinstance(changed, Wrong):
        _expect(turn, draft, detail)
        screens.show(turn, screens_details.wrong(changed), screens_details.question_keyboard(draft, detail))
        return
    await store_drafts.save(turn.db, changed)
    await _go_on(turn, changed, detail)


@routes.press(AskQuota)
async def ask_quota(turn: Turn, action: AskQuota) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        turn.expect(TypedQuota(draft.id, action.group))
        keyboard = screens_details.quota_keyboard(draft, action.group)
        screens.show(turn, screens_details.quota_question(draft, action.group), keyboard)


@routes.text(TypedQuota)
async def typed_quota(turn: Turn, action: TypedQuota, text: str) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    changed = details_typed.with_quota(draft, action.group, text)
    if isinstance(changed, Wrong):
        turn.expect(action)
        screens.show(turn, screens_details.wrong(changed), screens_details.quota_keyboard(draft, action.group))
    else:
        await _kept_and_asked(turn, changed, Detail.QUOTAS)


@routes.spot(SpotFor)
async def spot(turn: Turn, action: SpotFor, at: Spot) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        await _keep(turn, Detail.MAP, draft, details.on_the_map(draft, at))


@routes.text(SpotFor)
async def no_spot(turn: Turn, action: SpotFor, _: str) -> None:
    """A text cannot say where on the map it is: asked for again."""
    draft = await own_draft(turn, action.event)
    if draft is not None:
        await _ask(turn, draft, Detail.MAP)


# --- pressed ----------------------------------------------------------------------------------------------------


@routes.press(PickDetail)
async def pick_detail(turn: Turn, action: PickDetail) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    changed = details.chosen(draft, action.detail, action.code, on=action.chosen)
    if isinstance(changed, Draft) and action.detail is Detail.SPOKEN:
        await _kept_and_asked(turn, changed, Detail.SPOKEN)
    else:
        await _keep(turn, action.detail, draft, changed)


@routes.press(SwitchDetail)
async def switch_detail(turn: Turn, action: SwitchDetail) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None and action.detail in SWITCHES:
        await _keep(turn, action.detail, draft, details.switched(draft, action.detail, on=action.chosen))


@routes.press(Free)
async def free(turn: Turn, action: Free) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        await _keep(turn, Detail.COST, draft, details.for_nothing(draft))


@routes.press(PickEarlier)
async def pick_earlier(turn: Turn, action: PickEarlier) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    earlier = await store.event(turn.db, action.earlier)
    if earlier is None or not (earlier.municipality is None or rules.may_run(turn.person, earlier)):
        await turn.forbidden()
        return
    await _kept_and_asked(turn, details.following(draft, earlier.id, chosen=action.chosen), Detail.AFTER)


@routes.press(DropDetail)
async def drop_detail(turn: Turn, action: DropDetail) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        await _keep(turn, action.detail, draft, details.without(draft, action.detail))


@routes.press(DropQuota)
async def drop_quota(turn: Turn, action: DropQuota) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        await _kept_and_asked(turn, details.without_quota(draft, action.group), Detail.QUOTAS)


async def _kept_and_asked(turn: Turn, changed: Draft, detail: Detail) -> None:
    """Kept, with the same choices again: there may be more to choose."""
    await store_drafts.save(turn.db, changed)
    await _ask(turn, changed, detail)

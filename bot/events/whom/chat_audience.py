"""A coordinator chooses whom an invitation is for: where, which groups, and by what it is narrowed down."""

from collections.abc import Callable

from bot.events import rules
from bot.events.audience import Audience
from bot.events.event_page import own_draft
from bot.events.whom import store_choices
from bot.events.whom.actions_audience import (
    Everybody,
    PickAges,
    PickPlace,
    PickRegion,
    ShowCut,
    ShowCuts,
    ShowPlaces,
    ShowRegion,
    Toggle,
    WithEarlier,
    WithInterest,
    WithLanguage,
    WithNetwork,
    WithStanding,
)
from bot.events.whom.audience_choices import (
    WISHES,
    Cut,
    aged,
    ages_to_choose,
    everybody,
    placed,
    placed_in,
    with_earlier,
    with_group,
    with_interest,
    with_language,
    with_network,
    with_standing,
)
from bot.events.whom.screens_audience import is_a_place, kept, show_audience, show_places, show_region
from bot.events.whom.screens_cuts import show_cut, show_cuts
from bot.routes import Routes
from bot.turn import Turn

routes = Routes()


# --- where ------------------------------------------------------------------------------------------------------


@routes.press(ShowPlaces)
async def places(turn: Turn, action: ShowPlaces) -> None:
    draft = await own_draft(turn, action.event)
    if draft is not None:
        show_places(turn, draft)


@routes.press(ShowRegion)
async def region(turn: Turn, action: ShowRegion) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    if rules.may_reach(turn.person, None):
        show_region(turn, draft, action.region)
    else:
        await turn.forbidden()


@routes.press(PickPlace)
async def pick_place(turn: Turn, action: PickPlace) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    if rules.may_reach(turn.person, action.municipality) and is_a_place(action.municipality):
        await show_audience(turn, await kept(turn, draft, placed(draft.audience, action.municipality)))
    else:
        await turn.forbidden()


@routes.press(PickRegion)
async def pick_region(turn: Turn, action: PickRegion) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    if rules.may_reach(turn.person, None):
        await show_audience(turn, await kept(turn, draft, placed_in(draft.audience, action.region)))
    else:
        await turn.forbidden()


# --- which groups -----------------------------------------------------------------------------------------------


@routes.press(Toggle)
async def toggle(turn: Turn, action: Toggle) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    if draft.audience is not None:
        draft = await kept(turn, draft, with_group(draft.audience, action.group, chosen=action.chosen))
    await show_audience(turn, draft)


# --- narrowed down ----------------------------------------------------------------------------------------------


@routes.press(ShowCuts)
async def cuts(turn: Turn, action: ShowCuts) -> None:
    draft = await own_draft(turn, action.event)
    if draft is None:
        return
    await (show_audience if draft.audience is None else show_cuts)(turn, draft)


@routes.press(ShowCut)
async def cut(turn: Turn, action: ShowCut) -> None:
    await _narrow(turn, action.event, action.cut, lambda audience: audience, max(action.page, 0))


@routes.press(Everybody)
async def all_of_them(turn: Turn, action: Everybody) -> None:
    await _narrow(turn, action.event, action.cut, lambda audience: everybody(audience, action.cut))


@routes.press(WithLanguage)
async def language(turn: Turn, action: WithLanguage) -> None:
    await _narrow(
        turn,
        action.event,
        Cut.LANGUAGES,
        lambda audience: with_language(audience, action.language, chosen=action.chosen),
    )


@routes.press(WithStanding)
async def standing(turn: Turn, action: WithStanding) -> None:
    await _narrow(
        turn,
        action.event,
        Cut.STANDINGS,
        lambda audience: with_standing(audience, action.standing, chosen=action.chosen),
    )


@routes.press(WithInterest)
async def interest(turn: Turn, action: WithInterest) -> None:
    if action.interest not in WISHES:
        await turn.forbidden()
        return
    await _narrow(
        turn, action.event, Cut.WISHES, lambda audience: with_interest(audience, action.interest, chosen=action.chosen)
    )


@routes.press(PickAges)
async def ages(turn: Turn, action: PickAges) -> None:
    begins, ends = ages_to_choose(turn.settings)
    if action.youngest not in (None, *begins) or action.oldest not in (None, *ends):
        await turn.forbidden()
        return
    await _narrow(turn, action.event, Cut.AGES, lambda audience: aged(audience, action.youngest, action.oldest))


@routes.press(WithNetwork)
async def network(turn: Turn, action: WithNetwork) -> None:
    """Whose network it is, is asked where it is put in; taking out one that is gone is always allowed."""
    if action.chosen and action.network not in await store_choices.networks_for(turn.db, turn.person):
        await turn.forbidden()
        return
    await _narrow(
        turn,
        action.event,
        Cut.NETWORKS,
        lambda audience: with_network(audience, action.network, chosen=action.chosen),
        max(action.page, 0),
    )


@routes.press(WithEarlier)
async def earlier(turn: Turn, action: WithEarlier) -> None:
    """Whose event it was, is asked where it is put in."""
    theirs = rules.own_places(turn.person)
    if action.chosen and not await store_choices.is_earlier(turn.db, action.earlier, theirs, turn.now):
        await turn.forbidden()
        return
    await _narrow(
        turn,
        action.event,
        Cut.ATTENDED,
        lambda audience: with_earlier(audience, action.earlier, chosen=action.chosen),
        max(action.page, 0),
    )


async def _narrow(turn: Turn, event_id: int, cut: Cut, change: Callable[[Audience], Audience], page: int = 0) -> None:
    """Change the audience of that draft and show that choice again, with the number as it is now."""
    draft = await own_draft(turn, event_id)
    if draft is None:
        return
    if draft.audience is None:
        await show_audience(turn, draft)
        return
    changed = change(draft.audience)
    if changed != draft.audience:
        draft = await kept(turn, draft, changed)
    await show_cut(turn, draft, cut, page)

"""A network's chosen topics become the agenda of a meeting: an invitation to its members, finished as any other."""

from dataclasses import replace
from typing import Final

from bot.events.audience import Audience
from bot.events.event import Kind
from bot.events.writing import drafts, steps, store_drafts
from bot.networks import rules, store, store_topics
from bot.networks.actions_topics import MeetAbout, Meeting
from bot.routes import Routes
from bot.turn import Turn

routes = Routes()

_KIND: Final = {
    Meeting.VIDEO_CONFERENCE: Kind.VIDEO_CONFERENCE,
    Meeting.WORKING_GROUP_MEETING: Kind.WORKING_GROUP_MEETING,
}


@routes.press(MeetAbout)
async def meet_about(turn: Turn, action: MeetAbout) -> None:
    """The topics belong to that meeting from now on, so that a second press finds none left."""
    network = await store.network(turn.db, action.network)
    if network is None or not rules.may_run(turn.person, network):
        await turn.forbidden()
        return
    topics = await store_topics.chosen_in(turn.db, network.id)
    if not topics:
        await turn.forbidden()
        return
    begun = await store_drafts.start_draft(turn.db, turn.person.id, turn.person.language, _KIND[action.how], turn.now)
    await store_topics.taken_to(turn.db, [one.id for one in topics], begun.id)
    agenda = tuple(one.text for one in topics)
    audience = Audience(network.municipality, frozenset(), networks=frozenset({network.id}))
    draft = replace(
        begun,
        audience=audience,
        particulars=replace(begun.particulars, agenda=agenda),
    )
    await store_drafts.save(turn.db, draft)
    await turn.note("event.drafted", "event", draft.id)
    await steps.show_step(turn, draft, drafts.next_step(draft))

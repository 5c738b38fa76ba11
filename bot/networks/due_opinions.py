"""What time brings for requests for opinions: members are asked, the silent reminded, and at the deadline it closes."""

from typing import Final, assert_never

from bot.networks import opinion_sheet, rules, screens, store, store_opinions
from bot.networks.actions_opinions import GiveAnswer, ShowOpinion
from bot.networks.network import Network, Opinion, Stage
from bot.people import store as people
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Tick, button
from bot.words import phrase

routes = Routes()

PAGE: Final = 100
"""Members who are written to in one transaction."""


@routes.at_tick(store_opinions.DUE)
async def due(tick: Tick) -> bool:
    found = await store_opinions.due(tick.db, tick.now)
    for one in found:
        async with tick.apart(one.id):
            await _go_on(tick, one)
    return bool(found) and tick.failed == 0


async def _go_on(tick: Tick, opinion: Opinion) -> None:
    network = await store.network(tick.db, opinion.network_id)
    if network is None or network.closed or opinion.deadline <= tick.now:
        await _close(tick, opinion, network)
        return
    match opinion.stage:
        case Stage.ASKING:
            await _ask(tick, opinion, network)
        case Stage.OPEN:
            await store_opinions.step(tick.db, opinion, Stage.REMINDING, tick.now)
        case Stage.REMINDING:
            await _remind(tick, opinion, network)
        case Stage.REMINDED | Stage.DRAFT | Stage.DISCARDED | Stage.CLOSED:
            await store_opinions.step(tick.db, opinion, opinion.stage, opinion.deadline)
        case never:
            assert_never(never)


async def _ask(tick: Tick, opinion: Opinion, network: Network) -> None:
    """The next page of members; after the last one, the moment of the reminder."""
    page = await store.page_of_members(tick.db, network.id, opinion.cursor, PAGE)
    if len(page) == PAGE:
        claimed = await store_opinions.step(tick.db, opinion, Stage.ASKING, opinion.next_at, page[-1])
    else:
        at = rules.remind_at(opinion.deadline, tick.now, await tick.hours())
        stage = Stage.REMINDED if at is None else Stage.OPEN
        claimed = await store_opinions.step(tick.db, opinion, stage, at or opinion.deadline)
    if claimed:
        _write(tick, opinion, network, page, "asked")


async def _remind(tick: Tick, opinion: Opinion, network: Network) -> None:
    """Once each, those who have not written."""
    page = await store.page_of_members(tick.db, network.id, opinion.cursor, PAGE)
    if len(page) == PAGE:
        claimed = await store_opinions.step(tick.db, opinion, Stage.REMINDING, opinion.next_at, page[-1])
    else:
        claimed = await store_opinions.step(tick.db, opinion, Stage.REMINDED, opinion.deadline)
    if claimed:
        answered = await store_opinions.answered(tick.db, opinion.id, page)
        _write(tick, opinion, network, [one for one in page if one not in answered], "reminded")


def _write(tick: Tick, opinion: Opinion, network: Network, page: list[int], how: str) -> None:
    """To all of the page but whoever asks."""
    for person_id in page:
        if person_id == opinion.asked_by:
            continue
        tick.tell(
            person_id,
            phrase(
                f"networks.staff.push.{how}",
                network=network.name,
                question=opinion.question,
                deadline=opinion.deadline,
            ),
            keyboard=((button("networks.staff.button.answer", GiveAnswer(opinion.id)),),),
            expires_at=opinion.deadline,
            once=f"opinion:{opinion.id}:{how}:{person_id}",
        )


async def _close(tick: Tick, opinion: Opinion, network: Network | None) -> None:
    """Whoever asked, or leads the network, gets the answers; whoever runs it where neither is there any more."""
    if not await store_opinions.step(tick.db, opinion, Stage.CLOSED, None):
        return
    await tick.record("network.opinion_closed", subject="opinion", subject_id=opinion.id)
    if network is None or network.closed:
        return
    facts = await opinion_sheet.facts(tick, opinion, network, unasked=True)
    for person_id in await _who_hears(tick, opinion, network):
        tick.tell(
            person_id,
            phrase(
                "networks.staff.opinion_closed", question=screens.short(opinion.question, 300), network=network.name
            ),
            keyboard=((button("networks.staff.button.opinion_open", ShowOpinion(opinion.id)),),),
            once=f"opinion:{opinion.id}:closed:{person_id}",
        )
        tick.have_made(person_id, opinion_sheet.KIND, facts)


async def _who_hears(tick: Tick, opinion: Opinion, network: Network) -> list[int]:
    wanted = [one for one in dict.fromkeys((opinion.asked_by, network.led_by)) if one is not None]
    known = await people.persons(tick.db, wanted)
    able = [one for one in wanted if one in known and rules.may_run(known[one], network)]
    if able:
        return able
    return [one.id for one in await people.holders_for(tick.db, Role.COORDINATOR, network.municipality)]

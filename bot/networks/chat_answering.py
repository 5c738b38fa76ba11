"""A member answers a question that the network was asked, and may write it anew until the deadline."""

from bot.networks import rules, screens, store, store_opinions
from bot.networks.actions import OpenNetwork
from bot.networks.actions_opinions import GiveAnswer
from bot.networks.network import Member, Network, Opinion
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.typed import visible
from bot.words import phrase

routes = Routes()


@routes.press(GiveAnswer)
async def give_answer(turn: Turn, action: GiveAnswer) -> None:
    found = await _asked_of_them(turn, action.opinion)
    if found is None:
        return
    opinion, network, member = found
    written = await store_opinions.answer_of(turn.db, opinion.id, turn.person.id)
    turn.replace(
        "networks.staff.your_answer",
        keyboard=_way(network),
        question=opinion.question,
        deadline=opinion.deadline,
        most=rules.LONGEST_ANSWER,
        name=member.name,
        whom=screens.standing(member.standing),
        seen_by=screens.those_who_run(network),
        written=phrase("networks.staff.nothing_written")
        if written is None
        else phrase("networks.staff.written_before", text=written),
    )
    turn.expect(action)


@routes.text(GiveAnswer)
async def answered(turn: Turn, action: GiveAnswer, text: str) -> None:
    found = await _asked_of_them(turn, action.opinion)
    if found is None:
        return
    opinion, network, _ = found
    answer = visible(text)
    if not answer or rules.length(answer) > rules.LONGEST_ANSWER:
        turn.say("networks.staff.answer_long", keyboard=_way(network), most=rules.LONGEST_ANSWER)
        turn.expect(action)
        return
    await store_opinions.answer(turn.db, opinion.id, turn.person.id, answer, turn.now)
    await turn.note("network.answered", "opinion", opinion.id)
    again = (button("networks.staff.button.answer_again", GiveAnswer(opinion.id)),)
    turn.say("networks.staff.answer_kept", keyboard=(again, *_way(network)), deadline=opinion.deadline)


async def _asked_of_them(turn: Turn, opinion_id: int) -> tuple[Opinion, Network, Member] | None:
    """The question and for whom they speak, if they are in the network and it is not too late."""
    opinion = await store_opinions.opinion(turn.db, opinion_id)
    network = None if opinion is None else await store.network(turn.db, opinion.network_id)
    if opinion is None or network is None or network.closed:
        await turn.forbidden()
        return None
    member = await store.membership(turn.db, network.id, turn.person.id)
    if member is None:
        await turn.forbidden()
        return None
    if not rules.takes_answers(opinion, turn.now):
        turn.say("networks.staff.answers_over", keyboard=_way(network))
        return None
    return opinion, network, member


def _way(network: Network) -> Keyboard:
    return ((button("networks.staff.button.network", OpenNetwork(network.id), name=screens.short(network.name)),),)

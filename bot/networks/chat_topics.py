"""Topics: members propose them and vote; whoever runs the network takes the most wanted to a meeting."""

from bot.networks import rules, screens, store, store_topics
from bot.networks.actions_topics import DropTopic, EndVote, MeetAbout, Meeting, MyTopics, Propose, Topics, Vote
from bot.networks.chat_network import run_by_them, theirs
from bot.networks.network import Member, Network, Topic, TopicState
from bot.routes import Routes
from bot.turn import Keyboard, Row, Turn, button
from bot.typed import in_one_line
from bot.words import Lines, Phrase, phrase

routes = Routes()


def _topics_row(network_id: int) -> Row:
    return (button("networks.staff.button.topics", Topics(network_id)),)


@routes.press(Topics)
async def show_topics(turn: Turn, action: Topics) -> None:
    found = await theirs(turn, action.network)
    if found is not None:
        await _show(turn, *found)


async def _show(turn: Turn, network: Network, mine: Member | None, note: Phrase | None = None) -> None:
    """What is voted on, with the votes it has so far, and what won before."""
    topics = await store_topics.open_in(turn.db, network.id)
    chosen = await store_topics.chosen_in(turn.db, network.id)
    votes = await store_topics.votes_of(turn.db, network.id, turn.person.id)
    runs = rules.may_run(turn.person, network)
    rows: list[Row] = []
    if mine is not None:
        rows += [_vote_row(number, one, given=one.id in votes) for number, one in enumerate(topics, 1)]
        rows.append((button("networks.staff.button.propose", Propose(network.id)),))
    if any(runs or one.proposed_by == turn.person.id for one in topics):
        rows.append((button("networks.staff.button.my_topics", MyTopics(network.id)),))
    if runs and topics:
        rows.append((button("networks.staff.button.end_vote", EndVote(network.id)),))
    if runs and chosen:
        rows += [(button(f"networks.staff.button.meet.{how.value}", MeetAbout(network.id, how)),) for how in Meeting]
    parts = [phrase("networks.staff.topics", network=network.name) if note is None else note]
    parts.append(_lines(topics) if topics else phrase("networks.staff.topics_none"))
    if topics and mine is not None:
        parts.append(phrase("networks.staff.votes_left", count=rules.VOTES - len(votes)))
    if chosen:
        parts.append(phrase("networks.staff.topics_chosen", topics=Lines(tuple(_line(one) for one in chosen))))
    whole = phrase("networks.any.paragraphs", lines=Lines(tuple(parts)))
    turn.replace_with(whole, (*rows, screens.back_to(network.id)))


def _lines(topics: list[Topic]) -> Phrase:
    numbered = tuple(
        phrase(
            "networks.staff.topic", number=number, text=one.text, votes=phrase("networks.any.votes", count=one.votes)
        )
        for number, one in enumerate(topics, 1)
    )
    return phrase("networks.any.lines", lines=Lines(numbered))


def _line(one: Topic) -> Phrase:
    return phrase("networks.staff.topic_chosen", text=one.text, votes=phrase("networks.any.votes", count=one.votes))


def _vote_row(number: int, one: Topic, *, given: bool) -> Row:
    key = "networks.staff.button.voted" if given else "networks.staff.button.vote"
    return (button(key, Vote(one.id, not given), number=number, text=screens.short(one.text, 26)),)


async def _of_members(turn: Turn, topic_id: int) -> tuple[Topic, Network, Member | None] | None:
    topic = await store_topics.topic(turn.db, topic_id)
    if topic is None:
        await turn.forbidden()
        return None
    found = await theirs(turn, topic.network_id)
    return None if found is None else (topic, *found)


@routes.press(Vote)
async def vote(turn: Turn, action: Vote) -> None:
    """Up to three at a time; a vote is taken back by the same button."""
    found = await _of_members(turn, action.topic)
    if found is None:
        return
    topic, network, mine = found
    if mine is None:
        await turn.forbidden()
        return
    note = None
    votes = await store_topics.votes_of(turn.db, network.id, turn.person.id)
    if topic.state is not TopicState.OPEN:
        note = phrase("networks.staff.vote_over")
    elif action.given and topic.id not in votes:
        if len(votes) >= rules.VOTES:
            note = phrase("networks.staff.votes_used", count=rules.VOTES)
        else:
            await store_topics.vote(turn.db, topic.id, turn.person.id, turn.now)
    elif not action.given and topic.id in votes:
        await store_topics.unvote(turn.db, topic.id, turn.person.id)
    await _show(turn, network, mine, note)


@routes.press(Propose)
async def ask_topic(turn: Turn, action: Propose) -> None:
    found = await _of_member(turn, action.network)
    if found is None:
        return
    network, mine = found
    if (full := await _full(turn, network)) is not None:
        await _show(turn, network, mine, full)
    else:
        keyboard = (_topics_row(network.id),)
        turn.replace("networks.staff.ask_topic", keyboard=keyboard, most=rules.LONGEST_TOPIC)
        turn.expect(action)


async def _of_member(turn: Turn, network_id: int) -> tuple[Network, Member] | None:
    """The network with this person's place in it: whoever only runs it proposes nothing."""
    found = await theirs(turn, network_id)
    if found is None:
        return None
    network, mine = found
    if mine is None:
        await turn.forbidden()
        return None
    return network, mine


async def _full(turn: Turn, network: Network) -> Phrase | None:
    """Why no other topic fits in, if none does."""
    topics = await store_topics.open_in(turn.db, network.id)
    if len(topics) >= rules.MOST_OPEN:
        return phrase("networks.staff.topics_full", count=rules.MOST_OPEN)
    if sum(one.proposed_by == turn.person.id for one in topics) >= rules.MOST_OF_ONE:
        return phrase("networks.staff.topics_enough", count=rules.MOST_OF_ONE)
    return None


@routes.text(Propose)
async def proposed(turn: Turn, action: Propose, text: str) -> None:
    found = await _of_member(turn, action.network)
    if found is None:
        return
    network, mine = found
    topic = in_one_line(text)
    if not topic or rules.length(topic) > rules.LONGEST_TOPIC:
        keyboard: Keyboard = (_topics_row(network.id),)
        turn.say("networks.staff.topic_unclear", keyboard=keyboard, most=rules.LONGEST_TOPIC)
        turn.expect(action)
        return
    full = await _full(turn, network)
    if full is None:
        number = await store_topics.propose(turn.db, network.id, turn.person.id, topic)
        await turn.note("network.topic_proposed", "topic", number)
    await _show(turn, network, mine, full)


@routes.press(MyTopics)
async def my_topics(turn: Turn, action: MyTopics) -> None:
    """What this person may take off the list: their own, and everything where they run the network."""
    found = await theirs(turn, action.network)
    if found is None:
        return
    network, _ = found
    runs = rules.may_run(turn.person, network)
    topics = [
        one for one in await store_topics.open_in(turn.db, network.id) if runs or one.proposed_by == turn.person.id
    ]
    rows: Keyboard = tuple(
        (button("networks.staff.button.drop_topic", DropTopic(one.id), text=screens.short(one.text, 28)),)
        for one in topics
    )
    turn.replace("networks.staff.my_topics", keyboard=(*rows, _topics_row(network.id)))


@routes.press(DropTopic)
async def drop_topic(turn: Turn, action: DropTopic) -> None:
    found = await _of_members(turn, action.topic)
    if found is None:
        return
    topic, network, mine = found
    if not rules.may_run(turn.person, network) and topic.proposed_by != turn.person.id:
        await turn.forbidden()
        return
    if await store_topics.move(turn.db, [topic.id], TopicState.OPEN, TopicState.DROPPED):
        await turn.note("network.topic_dropped", "topic", topic.id)
    await _show(turn, network, mine)


@routes.press(EndVote)
async def end_vote(turn: Turn, action: EndVote) -> None:
    """The most wanted wait for a meeting; the others may be proposed again."""
    network = await run_by_them(turn, action.network)
    if network is None:
        return
    topics = await store_topics.open_in(turn.db, network.id)
    wanted = rules.chosen(topics)
    if not action.sure:
        sure = (button("networks.staff.button.end_vote_sure", EndVote(network.id, sure=True)),)
        lines = Lines(tuple(_line(one) for one in wanted))
        key = "networks.staff.end_vote_sure" if wanted else "networks.staff.end_vote_none"
        turn.replace(key, keyboard=(sure, _topics_row(network.id)), topics=lines)
        return
    won = [one.id for one in wanted]
    await store_topics.move(turn.db, won, TopicState.OPEN, TopicState.CHOSEN)
    others = [one.id for one in topics if one.id not in won]
    await store_topics.move(turn.db, others, TopicState.OPEN, TopicState.ASIDE)
    await turn.note("network.vote_ended", "network", network.id)
    await _show(turn, network, await store.membership(turn.db, network.id, turn.person.id))

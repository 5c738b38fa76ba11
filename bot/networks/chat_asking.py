"""A question is put to a network: written, given a deadline, looked at once more, sent; then watched."""

from datetime import date
from typing import Final

from bot.calendar import typed_when
from bot.networks import opinion_sheet, rules, screens, store, store_opinions
from bot.networks.actions_opinions import Ask, Deadline, Discard, GiveAnswer, Opinions, SendOpinion, Sheet, ShowOpinion
from bot.networks.chat_network import run_by_them, theirs
from bot.networks.network import Member, Network, Opinion, Stage
from bot.routes import Routes
from bot.turn import Button, Keyboard, Row, Turn, button
from bot.typed import visible
from bot.words import Lines, phrase

routes = Routes()

_LISTED: Final = 8
_SILENT_SHOWN: Final = 20
_QUESTION_SHOWN: Final = 500
"""So that the page fits into a message, however long the names are."""


def _opinions_row(network_id: int) -> Row:
    return (button("networks.staff.button.opinions", Opinions(network_id)),)


@routes.press(Opinions)
async def opinions(turn: Turn, action: Opinions) -> None:
    found = await theirs(turn, action.network)
    if found is None:
        return
    network, mine = found
    runs = rules.may_run(turn.person, network)
    every = await store_opinions.of(turn.db, network.id, _LISTED)
    rows = [row for one in every for row in _rows(turn, one, mine, runs=runs)]
    if runs:
        rows.append((button("networks.staff.button.ask", Ask(network.id)),))
    key = "networks.staff.opinions" if every else "networks.staff.opinions_none"
    turn.replace(key, keyboard=(*rows, screens.back_to(network.id)), network=network.name)


def _rows(turn: Turn, one: Opinion, mine: Member | None, *, runs: bool) -> list[Row]:
    """Whoever runs the network looks how far it is; whoever is in it answers while it is time."""
    rows: list[Row] = []
    text = screens.short(" ".join(one.question.split()), 28)
    if runs:
        rows.append((button("networks.staff.button.opinion", ShowOpinion(one.id), text=text),))
    if mine is not None and rules.takes_answers(one, turn.now):
        rows.append((button("networks.staff.button.answer_this", GiveAnswer(one.id), text=text),))
    return rows


# --- writing it -------------------------------------------------------------------------------------------------


@routes.press(Ask)
async def ask(turn: Turn, action: Ask) -> None:
    network = await run_by_them(turn, action.network)
    if network is not None:
        keyboard = (_opinions_row(network.id),)
        turn.replace("networks.staff.ask_question", keyboard=keyboard, most=rules.LONGEST_QUESTION)
        turn.expect(action)


@routes.text(Ask)
async def asked(turn: Turn, action: Ask, text: str) -> None:
    network = await run_by_them(turn, action.network)
    if network is None:
        return
    question = visible(text)
    if not question or rules.length(question) > rules.LONGEST_QUESTION:
        keyboard = (_opinions_row(network.id),)
        turn.say("networks.staff.question_long", keyboard=keyboard, most=rules.LONGEST_QUESTION)
        turn.expect(action)
        return
    hours = await turn.hours()
    usual = rules.offered_days(turn.now, hours)[1]
    deadline = rules.deadline_on(usual, turn.now, hours) or turn.now
    number = await store_opinions.draft(turn.db, network.id, turn.person.id, question, deadline, turn.now)
    await _ask_deadline(turn, number)


async def _own_draft(turn: Turn, opinion_id: int) -> tuple[Opinion, Network] | None:
    """Theirs, and not sent yet; where it went out meanwhile they see how far it is."""
    opinion = await store_opinions.opinion(turn.db, opinion_id)
    network = None if opinion is None else await store.network(turn.db, opinion.network_id)
    hidden = opinion is not None and (
        opinion.stage is Stage.DISCARDED or (opinion.stage is Stage.DRAFT and opinion.asked_by != turn.person.id)
    )
    if opinion is None or network is None or hidden or not rules.may_run(turn.person, network):
        await turn.forbidden()
    elif opinion.stage is not Stage.DRAFT:
        await _show(turn, opinion, network)
    else:
        return opinion, network
    return None


async def _ask_deadline(turn: Turn, opinion_id: int, key: str = "networks.staff.ask_deadline") -> None:
    days = rules.offered_days(turn.now, await turn.hours())
    rows: Keyboard = tuple((Button(phrase("networks.any.day", day=day), Deadline(opinion_id, day)),) for day in days)
    away = (button("networks.staff.button.discard", Discard(opinion_id)),)
    turn.replace(key, keyboard=(*rows, away))
    turn.expect(Deadline(opinion_id))


@routes.press(Deadline)
async def deadline(turn: Turn, action: Deadline) -> None:
    found = await _own_draft(turn, action.opinion)
    if found is not None:
        await _take_deadline(turn, found[0], action.day)


@routes.text(Deadline)
async def deadline_typed(turn: Turn, action: Deadline, text: str) -> None:
    found = await _own_draft(turn, action.opinion)
    if found is not None:
        today = turn.now.astimezone(turn.zone).date()
        read = typed_when(text, today)
        if read is None:
            await _ask_deadline(turn, action.opinion, "networks.staff.deadline_unclear")
        else:
            await _take_deadline(turn, found[0], read.day)


async def _take_deadline(turn: Turn, opinion: Opinion, day: date | None) -> None:
    if day is None:
        await _ask_deadline(turn, opinion.id)
        return
    moment = rules.deadline_on(day, turn.now, await turn.hours())
    if moment is None:
        await _ask_deadline(turn, opinion.id, "networks.staff.deadline_unclear")
        return
    await store_opinions.set_deadline(turn.db, opinion.id, moment)
    asked = [one for one in await store.members(turn.db, opinion.network_id) if one.person_id != opinion.asked_by]
    keyboard = (
        (button("networks.staff.button.send", SendOpinion(opinion.id)),),
        (button("networks.staff.button.deadline", Deadline(opinion.id)),),
        (button("networks.staff.button.discard", Discard(opinion.id)),),
    )
    turn.replace(
        "networks.staff.opinion_ready",
        keyboard=keyboard,
        question=opinion.question,
        deadline=moment,
        members=phrase("networks.staff.members_count", count=len(asked)),
    )


@routes.press(Discard)
async def discard(turn: Turn, action: Discard) -> None:
    found = await _own_draft(turn, action.opinion)
    if found is not None:
        opinion, network = found
        await store_opinions.discard(turn.db, opinion.id)
        turn.replace("networks.staff.opinion_discarded", keyboard=(_opinions_row(network.id),))


@routes.press(SendOpinion)
async def send(turn: Turn, action: SendOpinion) -> None:
    found = await _own_draft(turn, action.opinion)
    if found is None:
        return
    opinion, network = found
    if opinion.deadline <= turn.now:
        await _ask_deadline(turn, opinion.id, "networks.staff.deadline_unclear")
        return
    if await store_opinions.step(turn.db, opinion, Stage.ASKING, turn.now):
        await turn.note("network.asked", "opinion", opinion.id)
    sent = await store_opinions.opinion(turn.db, opinion.id)
    if sent is not None:
        await _show(turn, sent, network)


# --- watching it ------------------------------------------------------------------------------------------------


@routes.press(ShowOpinion)
async def show_opinion(turn: Turn, action: ShowOpinion) -> None:
    found = await _run(turn, action.opinion)
    if found is not None:
        await _show(turn, *found)


async def _run(turn: Turn, opinion_id: int) -> tuple[Opinion, Network] | None:
    opinion = await store_opinions.opinion(turn.db, opinion_id)
    network = None if opinion is None else await store.network(turn.db, opinion.network_id)
    hidden = opinion is None or opinion.stage in (Stage.DRAFT, Stage.DISCARDED)
    if opinion is None or network is None or hidden or not rules.may_run(turn.person, network):
        await turn.forbidden()
        return None
    return opinion, network


async def _show(turn: Turn, opinion: Opinion, network: Network) -> None:
    """How many answered, and who of those who were asked has not."""
    members = await store.members(turn.db, network.id)
    answered = {one.person_id for one in await store_opinions.answers(turn.db, opinion.id)}
    silent = [one for one in members if one.person_id not in {*answered, opinion.asked_by}]
    names = tuple(
        phrase("networks.staff.member", name=one.name, whom=screens.standing(one.standing))
        for one in silent[:_SILENT_SHOWN]
    )
    keyboard = (
        (button("networks.staff.button.sheet", Sheet(opinion.id)),),
        (button("networks.staff.button.refresh", ShowOpinion(opinion.id)),),
        _opinions_row(network.id),
    )
    over = opinion.stage is Stage.CLOSED or opinion.deadline <= turn.now
    turn.replace(
        "networks.staff.opinion_over" if over else "networks.staff.opinion",
        keyboard=keyboard,
        question=screens.short(opinion.question, _QUESTION_SHOWN),
        deadline=opinion.deadline,
        answers=phrase("networks.staff.answers_count", count=len(answered)),
        silent=phrase("networks.staff.silent", names=Lines(names)) if silent else phrase("networks.staff.silent_none"),
    )


@routes.press(Sheet)
async def make_sheet(turn: Turn, action: Sheet) -> None:
    found = await _run(turn, action.opinion)
    if found is None:
        return
    opinion, network = found
    turn.make(opinion_sheet.KIND, await opinion_sheet.facts(turn, opinion, network))
    await turn.note("network.sheet", "opinion", opinion.id)
    turn.say("networks.staff.being_made", keyboard=(_opinions_row(network.id),))

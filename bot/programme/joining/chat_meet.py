"""The first meeting: a mentor writes where and when, the young person says whether it suits. Nothing of it is kept."""

from typing import Final, assert_never

from bot.people.own_clock import city_of, own_zone
from bot.people.zones import clock_in
from bot.programme import cards, rules, store
from bot.programme.joining import meetings
from bot.programme.joining.meetings import AnsweredBefore, MayAnswer, MeetingAnswer, OlderInvitation
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.rules import Case
from bot.programme.screens import AnswerMeeting, InviteToMeet, back_to, case_button, talk_row, with_plan_and_help
from bot.roles import Person
from bot.routes import Routes
from bot.turn import Turn, button
from bot.typed import in_one_line
from bot.words import phrase

routes = Routes()

LONGEST_INVITATION: Final = 300


async def _mentored(turn: Turn, case_id: int) -> Case | None:
    case = await store.case(turn.db, case_id)
    return case if case is not None and case.is_open and rules.mentors(turn.person, case) else None


@routes.press(InviteToMeet)
async def ask_where_and_when(turn: Turn, action: InviteToMeet) -> None:
    if (case := await _mentored(turn, action.case)) is None:
        await turn.forbidden()
        return
    youth = await youth_of(turn.db, case)
    theirs, mine = own_zone(turn, youth), own_zone(turn, turn.person)
    keyboard = (back_to(case.id),)
    if theirs.key == mine.key:
        turn.replace("programme.staff.meeting_question", keyboard=keyboard, about=case.youth_id)
    else:
        turn.replace(
            "programme.staff.meeting_question_abroad",
            question=phrase("programme.staff.meeting_question"),
            code_name=youth.code_name,
            city=city_of(theirs),
            clock=clock_in(theirs, turn.now),
            keyboard=keyboard,
            about=case.youth_id,
        )
    turn.expect(action)


@routes.text(InviteToMeet)
async def invite(turn: Turn, action: InviteToMeet, text: str) -> None:
    if (case := await _mentored(turn, action.case)) is None:
        await turn.forbidden()
        return
    words = in_one_line(text)
    if not 0 < len(words) <= LONGEST_INVITATION:
        turn.say("programme.staff.meeting_too_long", most=LONGEST_INVITATION, keyboard=(back_to(case.id),))
        turn.expect(action)
        return
    await turn.note("case.meeting", "case", case.id)
    await turn.happened(rules.MentorWrote(case.id))
    number = await store.invite_to_meet(turn.db, case, turn.now)
    invitation = phrase("programme.youth.meeting", mentor=cards.shown(turn.person), words=words)
    mine = own_zone(turn, turn.person)
    if own_zone(turn, await youth_of(turn.db, case)).key != mine.key:
        invitation = phrase("programme.youth.meeting_abroad", invitation=invitation, city=city_of(mine))
    turn.tell(
        case.youth_id,
        invitation,
        keyboard=with_plan_and_help(
            (
                (button("programme.youth.button.meeting_suits", _answer(case, number, MeetingAnswer.SUITS)),),
                (button("programme.youth.button.meeting_other", _answer(case, number, MeetingAnswer.OTHER)),),
            )
        ),
    )
    turn.say("programme.staff.meeting_sent", keyboard=((case_button(case.id),), *turn.home), about=case.youth_id)


def _answer(case: Case, number: int, answer: MeetingAnswer) -> AnswerMeeting:
    return AnswerMeeting(case.id, number, answer)


@routes.press(AnswerMeeting)
async def answer(turn: Turn, action: AnswerMeeting) -> None:
    """The mentor learns the first answer to the latest invitation; any other press is told what stands."""
    case = await store.case(turn.db, action.case)
    if case is None or case.youth_id != turn.person.id or not case.is_open:
        await turn.forbidden()
        return
    mentor = await mentor_of(turn.db, case)
    if mentor is None:
        turn.say("programme.youth.mentor_changes", keyboard=with_plan_and_help())
        return
    match meetings.answer(action.meeting, case.meeting, case.meeting_answer):
        case MayAnswer() if await store.answer_meeting(turn.db, case, action.meeting, action.answer):
            await turn.happened(rules.HeardFrom(case.id))
            _pass_on(turn, case, mentor, action.answer)
        case MayAnswer() | OlderInvitation():
            turn.say("programme.youth.meeting_older", mentor=cards.shown(mentor), keyboard=with_plan_and_help())
        case AnsweredBefore(stands):
            turn.say(
                f"programme.youth.meeting_stands.{stands.value}",
                mentor=cards.shown(mentor),
                keyboard=with_plan_and_help((talk_row(),)),
            )
        case never:
            assert_never(never)


def _pass_on(turn: Turn, case: Case, mentor: Person, answered: MeetingAnswer) -> None:
    turn.tell(
        mentor.id,
        phrase(f"programme.staff.meeting_{answered.value}", code_name=turn.person.code_name),
        keyboard=((case_button(case.id),),),
        about=case.youth_id,
    )
    turn.say(f"programme.youth.meeting_{answered.value}", mentor=cards.shown(mentor), keyboard=with_plan_and_help())

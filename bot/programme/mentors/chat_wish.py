"""Another mentor, please: the young person asks, whoever decides answers, and the mentor never learns of it (O16)."""

from bot.programme import store
from bot.programme.cards import shown
from bot.programme.keepers import youth_of
from bot.programme.mentors import store_handovers, store_wishes, wishes, wishing
from bot.programme.mentors.screens_mentors import (
    AnotherInWords,
    AskAnother,
    DropAnother,
    HandOver,
    NoOther,
    OpenWish,
    SendAnother,
    TalkFirst,
)
from bot.programme.mentors.wishes import MOST_WORDS, Ending, Refusal, Wish
from bot.programme.rules import Case
from bot.programme.screens import back_to, case_button, with_plan_and_help
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import Phrase, phrase

routes = Routes()

# --- the young person -------------------------------------------------------------------------------------------


async def _mine(turn: Turn) -> Case | None:
    """Their open case, if somebody guides it."""
    case = await store.case_of_youth(turn.db, turn.person.id)
    return case if case is not None and case.is_open and case.mentor_id is not None else None


@routes.press(AskAnother)
async def ask(turn: Turn, _: AskAnother) -> None:
    """Who would see it and who would not, before anything is sent; or where it stands, if it was."""
    if (case := await _mine(turn)) is None:
        await turn.forbidden()
        return
    if await store_wishes.open_wish(turn.db, case.id) is not None:
        drop = button("programme.youth.button.another_drop", DropAnother())
        turn.say("programme.youth.wish.stands", keyboard=with_plan_and_help(((drop,),)))
        return
    line = await wishing.deciding(turn.db, case)
    if not line:
        turn.say("programme.youth.wish.explained_nobody", keyboard=_sending())
        return
    turn.say("programme.youth.wish.explained", keyboard=_sending(), who=wishing.who(case, line[0]))


def _sending() -> Keyboard:
    return with_plan_and_help(
        (
            (button("programme.youth.button.another_send", SendAnother()),),
            (button("programme.youth.button.another_words", AnotherInWords()),),
        )
    )


@routes.press(AnotherInWords)
async def ask_words(turn: Turn, action: AnotherInWords) -> None:
    if await _mine(turn) is None:
        await turn.forbidden()
        return
    turn.replace("programme.youth.wish.words", keyboard=_without_words(), longest=MOST_WORDS)
    turn.expect(action)


def _without_words() -> Keyboard:
    return with_plan_and_help(((button("programme.youth.button.another_send", SendAnother()),),))


@routes.text(AnotherInWords)
async def words_typed(turn: Turn, action: AnotherInWords, text: str) -> None:
    case = await _mine(turn)
    words = text.strip()
    if case is None:
        await turn.forbidden()
    elif len(words) > MOST_WORDS:
        turn.say("programme.youth.wish.words_long", keyboard=_without_words(), longest=MOST_WORDS)
        turn.expect(action)
    else:
        await _send(turn, case, words or None)


@routes.press(SendAnother)
async def send(turn: Turn, _: SendAnother) -> None:
    if (case := await _mine(turn)) is None:
        await turn.forbidden()
        return
    await _send(turn, case, None)


async def _send(turn: Turn, case: Case, words: str | None) -> None:
    """Once; whoever asks again reads that it stands."""
    if await store_wishes.open_wish(turn.db, case.id) is not None:
        turn.replace("programme.youth.wish.stands", keyboard=with_plan_and_help())
        return
    line, hours = await wishing.deciding(turn.db, case), await turn.hours()
    next_at = wishes.remind_at(turn.now, hours) if line else wishes.look_again_at(turn.now, hours)
    wish = await store_wishes.begin(turn.db, case.id, words, turn.now, next_at)
    await turn.note("another.asked", "case", case.id)
    if not line:
        turn.replace("programme.youth.wish.sent_nobody", keyboard=with_plan_and_help())
        return
    await wishing.tell(turn, case, wish, line[0], "asked")
    turn.replace("programme.youth.wish.sent", keyboard=with_plan_and_help(), who=wishing.who(case, line[0]))


@routes.press(DropAnother)
async def drop(turn: Turn, _: DropAnother) -> None:
    """They think otherwise; who decides is told that nothing has to be done."""
    case = await _mine(turn)
    wish = None if case is None else await store_wishes.open_wish(turn.db, case.id)
    if case is None or wish is None:
        turn.replace("programme.youth.wish.none", keyboard=with_plan_and_help())
        return
    knowing = wishes.knowing(wish, await wishing.deciding(turn.db, case))
    if await store_wishes.decide(turn.db, wish, Ending.TAKEN_BACK, turn.person.id, turn.now):
        await turn.note("another.taken_back", "case", case.id)
        for one in knowing:
            turn.tell(
                one.id,
                phrase("programme.staff.wish.taken_back", code_name=turn.person.code_name),
                keyboard=((case_button(case.id),),),
                about=turn.person.id,
            )
    turn.replace("programme.youth.wish.dropped", keyboard=with_plan_and_help())


# --- whoever decides --------------------------------------------------------------------------------------------


async def _known(turn: Turn, wish_id: int) -> tuple[Case, Wish] | None:
    """The case and the wish, if this person decides on it; the same answer whether it is not theirs or not there."""
    wish = await store_wishes.wish(turn.db, wish_id)
    case = None if wish is None else await store.case(turn.db, wish.case_id)
    if wish is None or case is None:
        return None
    if await store_handovers.handed_away(turn.db, case.id, turn.person.id, wish.opened_at):
        return None  # it was about them
    line = await wishing.deciding(turn.db, case)
    return (case, wish) if wishes.may_know(turn.person, case, wish, line) else None


@routes.press(OpenWish)
async def open_wish(turn: Turn, action: OpenWish) -> None:
    if (known := await _known(turn, action.wish)) is None:
        await turn.forbidden()
        return
    await _show(turn, *known)


async def _show(turn: Turn, case: Case, wish: Wish) -> None:
    youth = await youth_of(turn.db, case)
    if not wish.is_open:
        turn.replace(
            "programme.staff.wish.settled",
            about=youth.id,
            keyboard=((case_button(case.id),),),
            code_name=youth.code_name,
        )
        return
    said = phrase("programme.staff.wish.words", words=wish.words) if wish.words else None
    turn.replace(
        "programme.staff.wish.page",
        about=youth.id,
        keyboard=_deciding(case, wish),
        code_name=youth.code_name,
        since=wish.opened_at,
        words=said or phrase("programme.staff.wish.no_words"),
    )


def _deciding(case: Case, wish: Wish) -> Keyboard:
    return (
        (button("programme.staff.button.wish_other", HandOver(case.id)),),
        (button("programme.staff.button.wish_talk", TalkFirst(wish.id)),),
        (button("programme.staff.button.wish_no", NoOther(wish.id)),),
        (case_button(case.id),),
    )


@routes.press(TalkFirst)
async def talk_first(turn: Turn, action: TalkFirst) -> None:
    """The young person learns who will talk with them, of each who said so once; the wish stays open."""
    if (known := await _known(turn, action.wish)) is None:
        await turn.forbidden()
        return
    case, wish = known
    if not wish.is_open:
        await _show(turn, case, wish)
        return
    next_at = wishes.after_talk_at(turn.now, await turn.hours())
    if await store_wishes.talk_first(turn.db, wish, next_at):
        await turn.note("another.talk", "case", case.id)
        turn.tell(
            case.youth_id,
            phrase("programme.youth.wish.talk", name=shown(turn.person)),
            keyboard=with_plan_and_help(),
            once=f"wish:{wish.id}:talk:{turn.person.id}",
        )
    turn.replace("programme.staff.wish.talk_told", about=case.youth_id, keyboard=_deciding(case, wish))


@routes.press(NoOther)
async def no_other(turn: Turn, action: NoOther) -> None:
    """First why; then the young person is told it as it is."""
    if (known := await _known(turn, action.wish)) is None:
        await turn.forbidden()
        return
    case, wish = known
    if not wish.is_open:
        await _show(turn, case, wish)
        return
    if action.why is None:
        rows: Keyboard = tuple(
            (button(f"programme.staff.button.wish_no.{why.value}", NoOther(wish.id, why)),) for why in Refusal
        )
        turn.replace("programme.staff.wish.why", about=case.youth_id, keyboard=(*rows, back_to(case.id)))
        return
    if await store_wishes.decide(turn.db, wish, Ending.REFUSED, turn.person.id, turn.now):
        await turn.note(f"another.{action.why.value}", "case", case.id)
        turn.tell(case.youth_id, _told(action.why), keyboard=with_plan_and_help())
    turn.replace("programme.staff.wish.told", about=case.youth_id, keyboard=((case_button(case.id),),))


def _told(why: Refusal) -> Phrase:
    return phrase("programme.youth.wish.not_now", because=phrase(f"programme.youth.wish_reason.{why.value}"))

"""The first talks: topics with short notes by buttons for the mentor, and what the young person wants."""

from bot.programme import cards, store
from bot.programme.keepers import youth_of
from bot.programme.planning.actions_plan import (
    OpenProfile,
    OpenTopic,
    SetMark,
    ShareWords,
    WriteMyWords,
    WriteTheirWords,
)
from bot.programme.planning.cards_plan import in_rows
from bot.programme.profile import profiling, store_profiles
from bot.programme.profile.profiling import ASKED_FOR, MOST_OWN_WORDS, Field, Mark, Profile, Topic
from bot.programme.rules import Case
from bot.programme.screens import back_to, with_plan_and_help
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import Lines, Listing, Phrase, phrase

routes = Routes()


@routes.press(OpenProfile)
async def open_profile(turn: Turn, action: OpenProfile) -> None:
    """Each reads what the rules give them; a coordinator learns whether it is done."""
    case = await store.case(turn.db, action.case)
    fields = frozenset() if case is None else profiling.fields_for(turn.person, case)
    if case is None or Field.IS_DONE not in fields or turn.person.id == case.youth_id:
        await turn.forbidden()
    elif Field.TOPICS in fields:
        await _show(turn, case)
    else:
        done = profiling.is_done((await store_profiles.profile(turn.db, case.id)).notes)
        turn.replace(
            "programme.staff.profile.done" if done else "programme.staff.profile.not_done",
            code_name=(await youth_of(turn.db, case)).code_name,
            keyboard=(back_to(case.id),),
            about=case.youth_id,
        )


async def _show(turn: Turn, case: Case) -> None:
    profile = await store_profiles.profile(turn.db, case.id)
    youth = await youth_of(turn.db, case)
    topics: Keyboard = tuple(
        (button(f"programme.any.topic.{topic.value}", OpenTopic(case.id, topic)),) for topic in Topic
    )
    notes = profiling.may_note(turn.person, case)
    words: Keyboard = ((button("programme.staff.button.their_words", WriteTheirWords(case.id)),),)
    turn.replace(
        "programme.staff.profile.page",
        code_name=youth.code_name,
        topics=topics_of(profile),
        words=_words_for_staff(profile),
        keyboard=(*((*in_rows(topics, 2), *words) if notes else ()), back_to(case.id)),
        about=youth.id,
    )


def topics_of(profile: Profile) -> Lines:
    """Every topic with its notes; one without says so by its sign."""
    return Lines(tuple(_topic_line(profile, topic) for topic in Topic))


def _topic_line(profile: Profile, topic: Topic) -> Phrase:
    marks = profile.notes.get(topic, frozenset())
    named = phrase(f"programme.any.topic.{topic.value}")
    if not marks:
        return phrase("programme.any.topics.open", topic=named)
    said = tuple(phrase(f"programme.any.mark.{mark.value}") for mark in Mark if mark in marks)
    return phrase("programme.any.topics.noted", topic=named, marks=Listing(said))


def _words_for_staff(profile: Profile) -> Phrase:
    """What they want is read by staff only once they agreed."""
    if profile.own_words is not None and profile.shared:
        return phrase("programme.staff.profile.words", words=profile.own_words)
    return phrase("programme.staff.profile.words_asked" if profile.is_asked else "programme.staff.profile.no_words")


async def _noted(turn: Turn, case_id: int) -> Case | None:
    case = await store.case(turn.db, case_id)
    return case if case is not None and profiling.may_note(turn.person, case) else None


@routes.press(OpenTopic)
async def open_topic(turn: Turn, action: OpenTopic) -> None:
    if (case := await _noted(turn, action.case)) is None:
        await turn.forbidden()
        return
    _show_topic(turn, case, await store_profiles.profile(turn.db, case.id), action.topic)


def _show_topic(turn: Turn, case: Case, profile: Profile, topic: Topic) -> None:
    stands = profile.notes.get(topic, frozenset())
    marks: Keyboard = tuple(
        (
            button(
                "programme.staff.button.mark_on" if mark in stands else "programme.staff.button.mark_off",
                SetMark(case.id, topic, mark, mark not in stands),
                mark=phrase(f"programme.any.mark.{mark.value}"),
            ),
        )
        for mark in Mark
    )
    turn.replace(
        "programme.staff.profile.topic",
        topic=phrase(f"programme.any.topic.{topic.value}"),
        ideas=phrase(f"programme.staff.profile.ideas.{topic.value}"),
        keyboard=(*marks, (button("programme.staff.button.back_to_profile", OpenProfile(case.id)),)),
        about=case.youth_id,
    )


@routes.press(SetMark)
async def set_mark(turn: Turn, action: SetMark) -> None:
    if (case := await _noted(turn, action.case)) is None:
        await turn.forbidden()
        return
    profile = await store_profiles.profile(turn.db, case.id)
    notes = profiling.marked(profile.notes, action.topic, action.note, on=action.on)
    if notes != {action.topic: frozenset(), **profile.notes}:
        await store_profiles.save_notes(turn.db, case.id, notes, turn.person.id, turn.now)
        await turn.note("profile.noted", "case", case.id)
    _show_topic(turn, case, await store_profiles.profile(turn.db, case.id), action.topic)


@routes.press(WriteTheirWords)
async def ask_their_words(turn: Turn, action: WriteTheirWords) -> None:
    if (case := await _noted(turn, action.case)) is None:
        await turn.forbidden()
        return
    _ask_theirs(turn, case, action, "programme.staff.profile.ask_words")


def _ask_theirs(turn: Turn, case: Case, action: WriteTheirWords, key: str) -> None:
    turn.replace(
        key,
        most=MOST_OWN_WORDS,
        keyboard=((button("programme.staff.button.back_to_profile", OpenProfile(case.id)),),),
        about=case.youth_id,
    )
    turn.expect(action)


@routes.text(WriteTheirWords)
async def their_words_typed(turn: Turn, action: WriteTheirWords, text: str) -> None:
    """The young person is shown the very words; until they say yes, nobody of the staff reads them here."""
    if (case := await _noted(turn, action.case)) is None:
        await turn.forbidden()
        return
    words = text.strip()
    if not words or len(words) > MOST_OWN_WORDS:
        _ask_theirs(turn, case, action, "programme.staff.profile.words_too_long")
        return
    if _is_their_own(await store_profiles.profile(turn.db, case.id)):
        _suggest(turn, case, words)
        return
    drop_at = turn.now + ASKED_FOR
    await store_profiles.save_words(turn.db, case.id, words, turn.person.id, turn.now, shared=False, drop_at=drop_at)
    await turn.note("profile.words_asked", "case", case.id)
    version = profiling.version_of(words)
    turn.tell(
        case.youth_id,
        phrase("programme.youth.words.asked", mentor=cards.shown(turn.person), words=words),
        keyboard=with_plan_and_help(
            (
                (button("programme.youth.button.words_yes", ShareWords(version, yes=True)),),
                (button("programme.youth.button.words_keep", ShareWords(version, yes=False, keep=True)),),
                (button("programme.youth.button.words_mine", WriteMyWords()),),
                (button("programme.youth.button.words_no", ShareWords(version, yes=False)),),
            )
        ),
        once=f"words:{case.id}:{version}:{turn.now.timestamp():.0f}",
        expires_at=drop_at,
    )
    _words_went_out(turn, case)


def _words_went_out(turn: Turn, case: Case) -> None:
    turn.replace(
        "programme.staff.profile.words_sent",
        keyboard=((button("programme.staff.button.back_to_profile", OpenProfile(case.id)),), back_to(case.id)),
        about=case.youth_id,
    )


def _is_their_own(profile: Profile) -> bool:
    """Whether the young person wrote or agreed to what stands there: no mentor writes over that, or learns of it."""
    return profile.own_words is not None and not profile.is_asked


def _suggest(turn: Turn, case: Case, words: str) -> None:
    """Nothing is kept of it; whoever has words of their own may write them anew."""
    turn.tell(
        case.youth_id,
        phrase("programme.youth.words.suggested", mentor=cards.shown(turn.person), words=words),
        keyboard=with_plan_and_help(((button("programme.youth.button.my_words", WriteMyWords()),),)),
        expires_at=turn.now + ASKED_FOR,
    )
    _words_went_out(turn, case)

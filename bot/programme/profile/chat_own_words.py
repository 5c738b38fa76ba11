"""What a young person wants, in their own words, and what was noted of the first talks: all of it is theirs to read."""

from typing import Final

from bot.people.screens import with_help
from bot.programme import store
from bot.programme.keepers import mentor_of, youth_of
from bot.programme.planning.actions_plan import OpenMyProfile, OpenProfile, ShareWords, WriteMyWords
from bot.programme.profile import profiling, store_profiles
from bot.programme.profile.chat_profile import topics_of
from bot.programme.profile.profiling import MOST_OWN_WORDS, Profile
from bot.programme.rules import Case
from bot.programme.screens import with_plan_and_help
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.words import Phrase, phrase

routes = Routes()

_SAID_OF: Final = {
    "shared": "programme.staff.profile.words_agreed",
    "kept": "programme.staff.profile.words_kept",
    "refused": "programme.staff.profile.words_declined",
}
"""What the mentor who wrote the words down hears of the answer."""


async def _own_case(turn: Turn) -> Case | None:
    case = await store.case_of_youth(turn.db, turn.person.id)
    return case if case is not None and profiling.may_write_own_words(case) else None


@routes.press(OpenMyProfile)
async def my_profile(turn: Turn, _: OpenMyProfile) -> None:
    """All of it: the same notes that the mentor sees, and their own words."""
    if (case := await _own_case(turn)) is None:
        await turn.forbidden()
        return
    await _show_mine(turn, case)


async def _show_mine(turn: Turn, case: Case) -> None:
    profile = await store_profiles.profile(turn.db, case.id)
    turn.replace(
        "programme.youth.profile",
        topics=topics_of(profile),
        words=_words_for_youth(profile),
        keyboard=with_plan_and_help(
            (*_answering(profile), (button("programme.youth.button.my_words", WriteMyWords()),))
        ),
    )


def _words_for_youth(profile: Profile) -> Phrase:
    if profile.own_words is None:
        return phrase("programme.youth.words.none")
    state = "shared" if profile.shared else "waits" if profile.is_asked else "only_mine"
    return phrase(f"programme.youth.words.{state}", words=profile.own_words)


def _answering(profile: Profile) -> Keyboard:
    """To words that stand there, whoever wrote them, yes or no can be said at any time."""
    if profile.own_words is None:
        return ()
    yes = (button("programme.youth.button.words_yes", ShareWords(profile.version, yes=True)),)
    mine = (button("programme.youth.button.words_keep", ShareWords(profile.version, yes=False, keep=True)),)
    no = (button("programme.youth.button.words_no", ShareWords(profile.version, yes=False)),)
    if profile.shared:
        return (mine, no)
    return (yes, mine, no) if profile.is_asked else (yes, no)


@routes.press(WriteMyWords)
async def ask_mine(turn: Turn, action: WriteMyWords) -> None:
    if await _own_case(turn) is None:
        await turn.forbidden()
        return
    _ask_mine(turn, "programme.youth.words.ask")


def _ask_mine(turn: Turn, key: str) -> None:
    turn.replace(key, most=MOST_OWN_WORDS, keyboard=with_plan_and_help())
    turn.expect(WriteMyWords())


@routes.text(WriteMyWords)
async def mine_typed(turn: Turn, _: WriteMyWords, text: str) -> None:
    """Kept for them alone until they say that those who help may read it."""
    if (case := await _own_case(turn)) is None:
        await turn.forbidden()
        return
    words = text.strip()
    if not words or len(words) > MOST_OWN_WORDS:
        _ask_mine(turn, "programme.youth.words.too_long")
        return
    await store_profiles.save_words(turn.db, case.id, words, turn.person.id, turn.now, shared=False, drop_at=None)
    await turn.note("profile.words_written", "case", case.id)
    version = profiling.version_of(words)
    turn.replace(
        "programme.youth.words.may_share",
        words=words,
        keyboard=with_help(
            (
                (button("programme.youth.button.words_yes", ShareWords(version, yes=True)),),
                (button("programme.youth.button.words_keep", OpenMyProfile()),),
                (button("programme.youth.button.words_no", ShareWords(version, yes=False)),),
            )
        ),
    )


@routes.press(ShareWords)
async def share(turn: Turn, action: ShareWords) -> None:
    """Whether they are kept, and whether those who help read them, are two things: both, kept for themselves alone, or
    gone. An answer to other words than these changes nothing."""
    if (case := await _own_case(turn)) is None:
        await turn.forbidden()
        return
    profile = await store_profiles.profile(turn.db, case.id)
    if profile.own_words is None or profile.version != action.version or (profile.shared and action.yes):
        await _show_mine(turn, case)
        return
    if action.keep and not profile.shared and not profile.is_asked:  # pressed twice
        await _show_mine(turn, case)
        return
    kept = profile.own_words if action.yes or action.keep else None
    await store_profiles.save_words(turn.db, case.id, kept, turn.person.id, turn.now, shared=action.yes, drop_at=None)
    done = "shared" if action.yes else "kept" if action.keep else "refused"
    await turn.note(f"profile.words_{done}", "case", case.id)
    mentor = await mentor_of(turn.db, case)
    if mentor is not None and (action.yes or profile.is_asked):
        youth = await youth_of(turn.db, case)
        turn.tell(
            mentor.id,
            phrase(_SAID_OF[done], code_name=youth.code_name),
            keyboard=((button("programme.staff.button.open_profile", OpenProfile(case.id)),),),
            about=youth.id,
        )
    await _show_mine(turn, case)

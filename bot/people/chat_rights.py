"""One's own data: what is kept and why, all of it on request, and everything erased."""

import json
from typing import Final

from bot.people import belongings, mydata, notice, store, store_retention
from bot.people.actions import (
    AnswerNotice,
    Forget,
    KeepMyData,
    NoticeAnswer,
    ReadPrivacy,
    ReadTerms,
    ShowMyData,
)
from bot.people.chat_consents import BACK
from bot.people.chat_discreet import ShowDiscreet
from bot.people.menu import ShowMenu, audience, helped
from bot.people.retention import BACKUP_DAYS, DataClass, days, term
from bot.people.rules import RECORDED_BY_STAFF, Leaving
from bot.people.screens import with_help
from bot.roles import Role
from bot.routes import Routes
from bot.turn import Attachment, Farewell, Keyboard, Shelf, Turn, button
from bot.words import Lines, Phrase, phrase

routes = Routes()

routes.offer(Role, 80, button("people.any.button.my_data", ShowMyData()), Shelf.SELF)


# --- the notice -----------------------------------------------------------------------------------------------------


@routes.command("privacy")
async def privacy(turn: Turn, _: str) -> None:
    await _show_privacy(turn)


@routes.press(ReadPrivacy)
async def privacy_pressed(turn: Turn, _: ReadPrivacy) -> None:
    await _show_privacy(turn)


async def _show_privacy(turn: Turn) -> None:
    """The notice as the settings have it now; whoever agreed to an older one may say that this is fine too."""
    version = notice.version(turn.settings)
    own: Keyboard = ()
    if turn.person.is_youth:
        before = await store.notice_agreed_to(turn.db, turn.person.id)
        fine = AnswerNotice(NoticeAnswer.FINE, version, sure=True)
        own = ((button("people.youth.button.notice_fine", fine),),) if before not in (None, version) else ()
        own = (*own, BACK, (button("people.youth.button.discreet", ShowDiscreet()),))
    keyboard = (
        *own,
        (button("people.any.button.terms", ReadTerms()),),
        (button("people.any.button.my_data", ShowMyData()),),
        (button("people.any.button.forget", Forget(sure=False)),),
        (button("people.any.button.menu", ShowMenu()),),
    )
    turn.say(
        f"people.{audience(turn)}.privacy",
        keyboard=helped(turn, keyboard),
        version=version,
        terms=_terms(turn, *notice.TOLD_FIRST),
        danger=phrase(f"people.any.child_danger.{turn.settings.child_danger_alert}"),
        alone=turn.settings.age_alone,
        adult=turn.settings.age_adult,
    )


def _terms(turn: Turn, *told: DataClass) -> Lines:
    keep = days(turn.settings)
    lines = [phrase(f"people.any.term.{one.value}", days=_days(keep[one])) for one in told]
    return Lines((*lines, phrase("people.any.term.backups", days=_days(BACKUP_DAYS))))


def _days(count: int) -> Phrase:
    return phrase("people.any.days", count=count)


@routes.press(ReadTerms)
async def terms(turn: Turn, _: ReadTerms) -> None:
    keyboard = ((button("people.any.button.privacy", ReadPrivacy()),), (button("people.any.button.menu", ShowMenu()),))
    turn.replace("people.any.terms", keyboard=helped(turn, keyboard), terms=_terms(turn, *DataClass))


# --- everything that is kept ----------------------------------------------------------------------------------------


@routes.command("mydata")
async def my_data(turn: Turn, _: str) -> None:
    await _show_my_data(turn)


@routes.press(ShowMyData)
async def my_data_pressed(turn: Turn, _: ShowMyData) -> None:
    await _show_my_data(turn)


async def _show_my_data(turn: Turn) -> None:
    """The short of it in the chat and the whole as a file for programs at once; the workshop makes one to be read."""
    found = await belongings.collect(turn.db, turn.person.id)
    for row in found.get("consents", []):
        in_person = row["purpose"] in RECORDED_BY_STAFF
        row["channel"] = "in_person" if in_person else "telegram"
        row["given_by"] = "by_staff" if in_person else "themselves"
    content = json.dumps(found, ensure_ascii=False, indent=2).encode()
    person = turn.person
    standing = await store.standing(turn.db, person.id)
    agreed = [phrase("people.youth.agreed", purpose=phrase(f"people.youth.consent.{one.value}")) for one in standing]
    kept: list[Phrase] = [
        phrase(f"people.youth.kept_{table}", count=len(rows))
        for table, rows in found.items()
        if table in _TOLD_BY_NUMBER
    ]
    seen = await store.seen_by(turn.db, person.id)
    kept += [
        phrase("people.youth.seen_by", role=phrase(f"staff.any.role.{role.value}"), number=number)
        for role, number in sorted(seen.items())
    ]
    keyboard = (
        *((BACK,) if person.is_youth else ()),
        (button("people.any.button.forget", Forget(sure=False)),),
        (button("people.any.button.menu", ShowMenu()),),
    )
    turn.say(
        f"people.{audience(turn)}.my_data",
        keyboard=helped(turn, keyboard),
        attachment=Attachment("my-data.json", content),
        code_name=person.code_name,
        language=phrase(f"people.any.language.{person.language.value}"),
        agreed=Lines(tuple(agreed or [phrase("people.youth.agreed_nothing")])),
        kept=Lines(tuple(kept or [phrase("people.youth.kept_nothing")])),
    )
    turn.make(mydata.KIND, mydata.facts(found))


_TOLD_BY_NUMBER: Final = frozenset({"screenings", "cases", "checkins", "referrals", "invitations"})

routes.make(mydata.KIND)(mydata.page)


@routes.press(KeepMyData)
async def keep_my_data(turn: Turn, action: KeepMyData) -> None:
    """They were told that it goes soon, and want it kept: its time begins anew."""
    kept = term(action.data_class, turn.settings, turn.now)
    if await store_retention.keep(turn.db, kept, turn.person.id):
        await turn.note("retention.put_off", "person", turn.person.id)
    turn.replace("people.youth.data_kept", keyboard=with_help(turn.home), on=kept.kept_until.date())


# --- the end --------------------------------------------------------------------------------------------------------


@routes.command("forget")
async def forget(turn: Turn, _: str) -> None:
    _ask_forget(turn)


@routes.press(Forget)
async def forget_pressed(turn: Turn, action: Forget) -> None:
    if not action.sure:
        _ask_forget(turn)
        return
    person = turn.person
    await turn.happened(Leaving(person.id, person.code_name))
    await turn.note("person.erased", "person", person.id)
    await belongings.erase(turn.db, person.id, turn.now)
    to = Farewell(turn.telegram_id, person.language)
    turn.say_farewell(f"people.{audience(turn)}.forgotten", to, at=turn.now, days=_days(BACKUP_DAYS))


def _ask_forget(turn: Turn) -> None:
    keyboard = (
        (button("people.any.button.forget_sure", Forget(sure=True)),),
        (button("people.any.button.keep", ShowMenu()),),
    )
    turn.say(f"people.{audience(turn)}.forget_ask", keyboard=helped(turn, keyboard))

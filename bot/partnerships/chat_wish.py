"""Somebody looks for a partner: what for is asked step by step, and every answer is kept at once."""

from dataclasses import replace
from typing import assert_never

from bot.directory.countries import COUNTRIES, SPOKEN
from bot.partnerships import finding, rules, screens, store_wishes, wishes
from bot.partnerships.actions import (
    AskPart,
    BeginWish,
    CloseWish,
    LeavePart,
    Publish,
    ShowWish,
    ShowWishes,
    StillLooking,
    ToggleCountry,
    ToggleField,
    ToggleLanguage,
)
from bot.partnerships.wishes import Dates, Part, Wish, WrongDates
from bot.routes import Routes
from bot.turn import Keyboard, Turn, button
from bot.typed import in_one_line, typed_day
from bot.words import phrase

routes = Routes()


@routes.press(ShowWishes)
async def show_wishes(turn: Turn, _: ShowWishes) -> None:
    await finding.show_all(turn)


@routes.press(BeginWish)
async def begin(turn: Turn, action: BeginWish) -> None:
    if action.side is None:
        back: Keyboard = ((button("partnerships.any.button.back", ShowWishes()),),)
        turn.replace("partnerships.staff.ask_side", keyboard=(*screens.side_rows(), *back))
        return
    wish = await store_wishes.begin(turn.db, turn.person.id, action.side, turn.now)
    await _ask(turn, wish, wishes.missing(wish) or Part.ORGANIZATION)


@routes.press(AskPart)
async def ask(turn: Turn, action: AskPart) -> None:
    wish = await _mine(turn, action.partner_wish)
    if wish is not None:
        await _ask(turn, wish, action.part)


async def _ask(turn: Turn, wish: Wish, part: Part, why: str | None = None) -> None:
    """The question, with what was wrong before it where something was."""
    if part in wishes.LONGEST or part is Part.DATES:
        turn.expect(AskPart(wish.id, part))
    question = phrase(f"partnerships.staff.ask_{part.value}", most=wishes.LONGEST.get(part, 0))
    if why is not None:
        wrong = phrase(f"partnerships.staff.wrong_{why}", most=wishes.LONGEST.get(part, 0))
        question = phrase("partnerships.staff.asked_again", why=wrong, question=question)
    turn.replace_with(question, screens.part_keyboard(wish, part))


@routes.text(AskPart)
async def typed(turn: Turn, action: AskPart, text: str) -> None:
    wish = await _mine(turn, action.partner_wish)
    if wish is None:
        return
    line = in_one_line(text)
    if action.part is Part.DATES:
        await _dates_typed(turn, wish, line)
    elif (changed := wishes.worded(wish, action.part, line)) is None:
        await _ask(turn, wish, action.part, "length" if action.part in wishes.LONGEST else "choose")
    else:
        await _kept(turn, changed, action.part)


async def _dates_typed(turn: Turn, wish: Wish, line: str) -> None:
    """Two days with a dash between them."""
    today = turn.now.astimezone(turn.zone).date()
    first, _, last = (part.strip() for part in line.replace("–", "-").replace("—", "-").partition(" - "))
    from_on = typed_day(first, today)
    match wishes.checked(from_on, None if from_on is None else typed_day(last, from_on), today):
        case WrongDates() as wrong:
            await _ask(turn, wish, Part.DATES, wrong.value)
        case Dates(from_on, until_on):
            await _kept(turn, replace(wish, from_on=from_on, until_on=until_on), Part.DATES)
        case never:
            assert_never(never)


@routes.press(ToggleField)
async def toggle_field(turn: Turn, action: ToggleField) -> None:
    wish = await _mine(turn, action.partner_wish)
    if wish is not None:
        fields = wish.fields | {action.field} if action.chosen else wish.fields - {action.field}
        await _chosen(turn, replace(wish, fields=fields), Part.FIELDS)


@routes.press(ToggleCountry)
async def toggle_country(turn: Turn, action: ToggleCountry) -> None:
    wish = await _mine(turn, action.partner_wish)
    if wish is None:
        return
    if action.country not in COUNTRIES:
        await turn.forbidden()
        return
    countries = wish.countries | {action.country} if action.chosen else wish.countries - {action.country}
    await _chosen(turn, replace(wish, countries=countries), Part.COUNTRIES)


@routes.press(ToggleLanguage)
async def toggle_language(turn: Turn, action: ToggleLanguage) -> None:
    wish = await _mine(turn, action.partner_wish)
    if wish is None:
        return
    if action.language not in SPOKEN:
        await turn.forbidden()
        return
    languages = wish.languages | {action.language} if action.chosen else wish.languages - {action.language}
    await _chosen(turn, replace(wish, languages=languages), Part.LANGUAGES)


async def _chosen(turn: Turn, wish: Wish, part: Part) -> None:
    await store_wishes.save(turn.db, wish)
    await _ask(turn, wish, part)


@routes.press(LeavePart)
async def leave(turn: Turn, action: LeavePart) -> None:
    wish = await _mine(turn, action.partner_wish)
    if wish is None:
        return
    if action.part is Part.DATES:
        await _kept(turn, replace(wish, from_on=None, until_on=None), action.part)
    elif wishes.missing(wish) is action.part:
        await _ask(turn, wish, action.part, "nothing_chosen")
    else:
        await _kept(turn, wish, action.part)


async def _kept(turn: Turn, wish: Wish, part: Part) -> None:
    """Kept; then what is asked next, or the wish as a whole. What is out already is matched anew."""
    await store_wishes.save(turn.db, wish)
    if wish.is_open:
        await finding.look(turn, wish)
        await finding.show_one(turn, wish)
        return
    following = wishes.after(part)
    if following is not None and wishes.missing(wish) is not None:
        await _ask(turn, wish, following)
    else:
        await finding.show_one(turn, wish)


@routes.press(ShowWish)
async def show_wish(turn: Turn, action: ShowWish) -> None:
    wish = await _mine(turn, action.partner_wish)
    if wish is not None:
        await finding.show_one(turn, wish)


@routes.press(Publish)
async def publish(turn: Turn, action: Publish) -> None:
    wish = await _mine(turn, action.partner_wish)
    if wish is None:
        return
    part = wishes.missing(wish)
    if part is not None:
        await _ask(turn, wish, part)
        return
    if wish.published_at is None:
        wish = replace(wish, published_at=turn.now, next_at=turn.now + wishes.STILL_LOOKING_AFTER)
        await store_wishes.save(turn.db, wish)
        await turn.note("partner_wish.published", "partner_wish", wish.id)
        await finding.look(turn, wish)
    await finding.show_all(turn)


@routes.press(CloseWish)
async def close(turn: Turn, action: CloseWish) -> None:
    wish = await _mine(turn, action.partner_wish)
    if wish is None:
        return
    if not action.sure:
        sure = (button("partnerships.staff.button.close_sure", CloseWish(wish.id, sure=True)),)
        back = (button("partnerships.any.button.back", ShowWish(wish.id)),)
        turn.replace("partnerships.staff.close_ask", keyboard=(sure, back), wish=screens.described(wish))
        return
    await finding.close(turn, wish)
    await turn.note("partner_wish.closed", "partner_wish", wish.id)
    await finding.show_all(turn)


@routes.press(StillLooking)
async def still_looking(turn: Turn, action: StillLooking) -> None:
    wish = await _mine(turn, action.partner_wish)
    if wish is not None:
        later = turn.now + wishes.STILL_LOOKING_AFTER
        await store_wishes.save(turn.db, replace(wish, next_at=later, asked_at=None))
        await finding.show_all(turn)


async def _mine(turn: Turn, wish_id: int) -> Wish | None:
    """The wish, if it is theirs and not over; otherwise the one sentence for both."""
    wish = await store_wishes.wish(turn.db, wish_id)
    if wish is None or not rules.may_change(turn.person, wish):
        await turn.forbidden()
        return None
    return wish

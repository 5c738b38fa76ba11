"""The questions about one field of a service: what to type or choose, and the ways on and back."""

from collections.abc import Sequence
from typing import Final, assert_never

from bot.directory.actions_register import (
    AskField,
    ChangeService,
    ClearField,
    PickAges,
    PickHelp,
    PickReach,
    PickReads,
    PickReceiver,
    Reach,
    ShowService,
    SwitchLanguage,
    SwitchOffer,
    SwitchOnline,
)
from bot.directory.register import SPOKEN, Help, Offer, Service, ServiceField, step_after, step_before
from bot.directory.register_fields import NotAccepted
from bot.directory.screens_register import ask
from bot.directory.screens_service import language_of, span
from bot.roles import Person
from bot.turn import Button, Keyboard, Row, Turn, button
from bot.words import Language, phrase

_SPANS: Final[tuple[tuple[int | None, int | None], ...]] = ((15, 17), (18, 29), (15, 29), (None, None))
"""The ages that are offered as buttons."""

_TYPED: Final = frozenset(ServiceField) - {
    ServiceField.KIND,
    ServiceField.OFFERS,
    ServiceField.LANGUAGES,
    ServiceField.READS,
}
"""The fields whose answer may be typed."""

_MAY_BE_EMPTY: Final = frozenset(
    {ServiceField.DESCRIPTION, ServiceField.ELIGIBILITY, ServiceField.PHONE, ServiceField.CAPACITY, ServiceField.PLACE}
)


def what_to_change(turn: Turn, one: Service) -> None:
    """Everything that can be changed, two beside each other."""
    buttons = [
        button(f"directory.staff.service_field.{field.value}", AskField(one.id, field)) for field in ServiceField
    ]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    back = (button("directory.staff.button.go_back", ShowService(one.id)),)
    turn.replace("directory.staff.what_to_change", keyboard=(*rows, back), name=one.name)


def field(
    turn: Turn, one: Service, action: AskField, receivers: Sequence[Person], refused: NotAccepted | None = None
) -> None:
    """Ask for one field; what is typed next is its answer, where it can be typed."""
    rows = (*_choices(one, action, receivers), *_empty(one, action), _on_and_back(one, action))
    ask(turn, phrase(f"directory.staff.ask_service.{action.field.value}"), rows, refused)
    if action.field in _TYPED:
        turn.expect(action)


def _choices(one: Service, action: AskField, receivers: Sequence[Person]) -> Keyboard:
    number, guided = one.id, action.guided
    match action.field:
        case ServiceField.KIND:
            return tuple((button(f"directory.staff.help.{kind.value}", PickHelp(number, kind)),) for kind in Help)
        case ServiceField.OFFERS:
            return tuple((_offer(one, offer, guided),) for offer in Offer)
        case ServiceField.AGES:
            spans = [
                button("directory.staff.button.ages", PickAges(number, *ages, guided), ages=span(*ages))
                for ages in _SPANS
            ]
            return tuple(tuple(spans[at : at + 2]) for at in range(0, len(spans), 2))
        case ServiceField.LANGUAGES:
            return tuple((_language(one, code, guided),) for code in SPOKEN)
        case ServiceField.AREAS:
            reaches = (Reach.COUNTRY,) if one.municipality is None else tuple(Reach)
            return tuple(
                (button(f"directory.staff.button.reach.{reach.value}", PickReach(number, reach, guided)),)
                for reach in reaches
            )
        case ServiceField.PLACE:
            mark = "online_on" if one.online else "online_off"
            return ((button(f"directory.staff.button.{mark}", SwitchOnline(number, not one.online, guided)),),)
        case ServiceField.REACHED:
            return tuple(
                (
                    button(
                        "directory.any.as_written",
                        PickReceiver(number, person.id, guided),
                        text=person.name or person.code_name,
                    ),
                )
                for person in receivers
            )
        case ServiceField.READS:
            return tuple(
                (button(f"directory.staff.spoken.{language.value}", PickReads(number, language, guided)),)
                for language in Language
            )
        case (
            ServiceField.NAME
            | ServiceField.DESCRIPTION
            | ServiceField.ELIGIBILITY
            | ServiceField.PHONE
            | ServiceField.CAPACITY
        ):
            return ()
        case never:
            assert_never(never)


def _offer(one: Service, offer: Offer, guided: bool) -> Button:
    there = offer in one.offers
    mark = "chosen" if there else "not_chosen"
    what = phrase(f"directory.staff.offer.{offer.value}")
    return button(f"directory.staff.button.{mark}", SwitchOffer(one.id, offer, not there, guided), what=what)


def _language(one: Service, code: str, guided: bool) -> Button:
    there = code in one.languages
    mark = "chosen" if there else "not_chosen"
    switch = SwitchLanguage(one.id, code, not there, guided)
    return button(f"directory.staff.button.{mark}", switch, what=language_of(code))


def _empty(one: Service, action: AskField) -> Keyboard:
    """The way past what a service need not have; while it is being entered that is the way on."""
    if action.field not in _MAY_BE_EMPTY or action.guided:
        return ()
    return ((button("directory.staff.button.none_of_it", ClearField(one.id, action.field, action.guided)),),)


def _on_and_back(one: Service, action: AskField) -> Row:
    if not action.guided:
        return (button("directory.staff.button.go_back", ChangeService(one.id)),)
    before, after = step_before(action.field), step_after(action.field)
    back = ShowService(one.id) if before is None else AskField(one.id, before, guided=True)
    on = ShowService(one.id) if after is None else AskField(one.id, after, guided=True)
    return (button("directory.staff.button.go_back", back), button("directory.staff.button.go_on", on))

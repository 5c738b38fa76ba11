"""What buttons choose about a service of the register: kind, activities, ages, languages, reach, place, receiver."""

from typing import Any, assert_never

from bot.directory import register, store_register
from bot.directory import register_fields as fields
from bot.directory.actions_register import (
    AskField,
    PickAges,
    PickHelp,
    PickReach,
    PickReads,
    PickReceiver,
    Reach,
    SwitchLanguage,
    SwitchOffer,
    SwitchOnline,
)
from bot.directory.chat_register import written_service
from bot.directory.chat_service import ask_about, receivers_of, write
from bot.directory.register import SPOKEN, Offer, Service, ServiceField
from bot.directory.register_fields import Ages, NotAccepted
from bot.directory.rules import find, in_region
from bot.people import store as people
from bot.routes import Routes
from bot.turn import Turn

routes = Routes()


@routes.press(PickHelp)
async def pick_help(turn: Turn, action: PickHelp) -> None:
    """Who answered for it goes on only if that is theirs to answer."""
    one = await written_service(turn, action.service)
    if one is None:
        return
    receiver = None if one.receiver_id is None else await people.person(turn.db, one.receiver_id)
    stays = receiver is not None and register.may_receive(receiver, action.kind, one.municipality)
    values = {"kind": action.kind.value} | ({} if stays else {"receiver_id": None})
    await write(turn, one, ServiceField.KIND, False, **values)


@routes.press(SwitchOffer)
async def switch_offer(turn: Turn, action: SwitchOffer) -> None:
    one = await written_service(turn, action.service)
    if one is None:
        return
    wanted = {*one.offers, action.offer} if action.there else {*one.offers} - {action.offer}
    offers = [offer.value for offer in Offer if offer in wanted]
    await _switch(turn, one, AskField(one.id, ServiceField.OFFERS, action.guided), offers=offers)


@routes.press(SwitchLanguage)
async def switch_language(turn: Turn, action: SwitchLanguage) -> None:
    one = await written_service(turn, action.service)
    if one is None:
        return
    if action.language not in SPOKEN:
        await turn.forbidden()
        return
    wanted = {*one.languages, action.language} if action.there else {*one.languages} - {action.language}
    known = [code for code in SPOKEN if code in wanted]
    languages = [*known, *(code for code in one.languages if code not in SPOKEN)]
    await _switch(turn, one, AskField(one.id, ServiceField.LANGUAGES, action.guided), languages=languages)


@routes.press(SwitchOnline)
async def switch_online(turn: Turn, action: SwitchOnline) -> None:
    one = await written_service(turn, action.service)
    if one is not None:
        await _switch(turn, one, AskField(one.id, ServiceField.PLACE, action.guided), online=action.online)


@routes.press(PickAges)
async def pick_ages(turn: Turn, action: PickAges) -> None:
    one = await written_service(turn, action.service)
    if one is None:
        return
    match fields.spanning(action.youngest, action.oldest):
        case NotAccepted():
            await turn.forbidden()
        case Ages(youngest, oldest):
            values = {"minimum_age": youngest, "maximum_age": oldest}
            await write(turn, one, ServiceField.AGES, action.guided, **values)
        case never:
            assert_never(never)


@routes.press(PickReach)
async def pick_reach(turn: Turn, action: PickReach) -> None:
    one = await written_service(turn, action.service)
    if one is None:
        return
    own = None if one.municipality is None else find(one.municipality)
    match action.reach:
        case Reach.COUNTRY:
            areas: list[str] = []
        case Reach.OWN if own is not None:
            areas = [own.code]
        case Reach.REGION if own is not None:
            areas = sorted(place.code for place in in_region(own.region))
        case _:
            await turn.forbidden()
            return
    await write(turn, one, ServiceField.AREAS, action.guided, areas=areas)


@routes.press(PickReceiver)
async def pick_receiver(turn: Turn, action: PickReceiver) -> None:
    one = await written_service(turn, action.service)
    if one is None:
        return
    if action.receiver not in {person.id for person in await receivers_of(turn, one)}:
        await turn.forbidden()
        return
    await write(turn, one, ServiceField.REACHED, action.guided, receiver_id=action.receiver, email=None)


@routes.press(PickReads)
async def pick_reads(turn: Turn, action: PickReads) -> None:
    one = await written_service(turn, action.service)
    if one is not None:
        await write(turn, one, ServiceField.READS, action.guided, reads=action.language.value)


async def _switch(turn: Turn, one: Service, asked: AskField, **values: Any) -> None:
    """Several of these may be chosen: the question stays."""
    if await store_register.change_service(turn.db, one.id, turn.now, **values):
        await turn.note("service.changed", "service", one.id)
    await ask_about(turn, asked)

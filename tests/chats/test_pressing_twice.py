"""Every press of the whole road is made twice and comes twice; each has one effect, and others are told once."""

from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from bot.storage.tables import metadata
from bot.words import Language
from tests.chats import test_story as road
from tests.chats.test_story import Story
from tests.town.inhabitant import Inhabitant
from tests.town.town import Town

NO_EFFECT: Final = {"outbox", "handled", "set_aside", "expected", "help_card_openings"}
"""What every update leaves, which text is awaited, and how often the card was opened: again is no accident."""


class Insistent(Inhabitant):
    """Somebody whose every press goes out twice, over a line that delivers everything twice."""

    async def taps(self, key: str) -> None:
        message, (_, data) = self.find_button(key)
        await self._twice(message.id, data, super().taps(key))

    async def taps_label(self, label: str) -> None:
        message_id, data = next(self._labelled(label))
        await self._twice(message_id, data, super().taps_label(label))

    def _labelled(self, label: str) -> Iterator[tuple[int, str]]:
        for message in reversed(self.phone.messages):
            for button in message.buttons:
                if label in button.text and button.data is not None:
                    yield message.id, button.data

    async def _twice(self, message_id: int, data: str, tap: Coroutine[Any, Any, None]) -> None:
        """What comes of the second press does not count as unread: it may say that it is done already. Neither does
        what comes of the first by itself a little later, as where a message counts how many have got it by now."""
        town = self.town
        assert isinstance(town, InsistentTown)
        await tap
        unread = {name: list(one.unread) for name, one in town.people.items()}
        await town.after_a_moment()
        once = await town.effects()
        await self.phone.forge_press(data, message_id)
        await town.after_a_moment()
        town.telegram.faults.redeliver(4)
        await town.settle()
        twice = await town.effects()
        assert {table for table in once if once[table] != twice[table]} == set(), f"{self.name} pressed {data} twice"
        for name, one in town.people.items():
            one.unread = unread[name]
        town.presses += 1


class InsistentTown(Town):
    """A town of such people."""

    presses = 0

    def newcomer(self, name: str, language: Language | None = None) -> Inhabitant:
        one = super().newcomer(name, language)
        if not isinstance(one, Insistent):
            one = self.people[name] = Insistent(self, name, one.phone, one.language)
        return one

    async def effects(self) -> dict[str, object]:
        """Everything that is kept, and how many messages went to anybody but in answer."""
        kept = [table for table in metadata.tables if table not in NO_EFFECT]
        found: dict[str, object] = {table: await self.rows(f'SELECT * FROM "{table}"') for table in kept}
        return found | {"notices": await self.rows("SELECT count(*) FROM outbox WHERE priority > 0")}


async def _a_referral(story: Story) -> None:
    """As in the story; after the second press the times to choose from are one tap further on."""
    mentor, youth, psychologist = story.mentor, story.youth, story.psychologist
    await mentor.says("/refer")
    await mentor.taps("referrals.staff.button.code_name")
    await mentor.taps("referrals.staff.button.kind_psychologist")
    await mentor.taps("referrals.staff.button.offer")
    await mentor.taps("referrals.staff.button.no_note")
    await youth.taps("referrals.youth.button.agree")
    await psychologist.taps("referrals.staff.button.open")
    await psychologist.taps("referrals.staff.button.accept")
    await psychologist.taps_label("Offer a time")
    await psychologist.taps_label(", 10:00")
    await psychologist.taps("referrals.staff.button.send_times")
    await youth.taps("referrals.youth.button.time")
    for one in (youth, mentor, psychologist):
        one.reads_rest()


CHAPTERS: Final[tuple[Callable[[Story], Coroutine[Any, Any, None]], ...]] = (
    road.first_contact,
    road.questions,
    road.a_person_takes_over,
    road.the_programme_begins,
    road.a_check_in,
    _a_referral,
    road.an_event,
)


@pytest.mark.slow
@pytest.mark.feature("B12", "X20", "X40")
async def test_whatever_is_pressed_twice_and_delivered_twice_has_one_effect(database_file: Path) -> None:
    town = InsistentTown(database_file)
    story = Story(town, Language.EN)
    await story.gather()
    for chapter in CHAPTERS:
        await chapter(story)
    print(f"{town.presses} presses of seven capabilities, each made twice and delivered twice: 0 second effects")
    assert town.presses > 35
    await town.database.close()
    town.check()

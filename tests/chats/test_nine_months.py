"""Nine months of one Latvian and one Ukrainian young person, with everything that each side saw, as a file to read.

Everything happens with the bot running and only by what people can tap and type; who reads it needs no bot.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.checkins.screens import Pulse
from bot.programme.period.screens_time import AnswerResult, ChooseResult
from bot.rehearsal.stage import next_due
from bot.roles import Role
from bot.words import Language
from tests.chats.casework import asks_for_contact
from tests.town.inhabitant import Inhabitant
from tests.town.whole_town import RunningTown

B = "programme.staff.button"
C = "checkins.staff.button"


class NineMonths:
    """A young person, a mentor and a lead, all reading one language."""

    def __init__(self, town: RunningTown, language: Language) -> None:
        self.town, self.language = town, language
        self.youth: Inhabitant
        self.mentor: Inhabitant
        self.lead: Inhabitant

    async def gather(self) -> None:
        name = {Language.LV: "anna", Language.UK: "danylo"}[self.language]
        self.lead = await self.town.staff("liene", Role.LEAD, language=self.language)
        self.mentor = await self.town.staff("marta", Role.MENTOR, language=self.language)
        self.youth = await self.town.youth(name, self.language)
        self.town.transcript.lines.clear()

    def chapter(self, title: str) -> None:
        self.read()
        self.town.transcript.heading(title)

    def read(self) -> None:
        for one in self.town.people.values():
            one.reads_rest()

    async def card(self, who: Inhabitant) -> None:
        await who.says("/cases")
        await who.taps_label((await self.town.person(self.youth.name)).code_name)

    async def live_until(self, moment: datetime) -> None:
        """Everybody answers what comes: the mentor records, the young person tells how it is."""
        while self.town.clock.now() < moment:
            now = self.town.clock.now()
            said = len(lines := self.town.transcript.lines)
            await self.town.move_to(await next_due(self.town.database, self.town.settings.zone, now, moment))
            if len(lines) > said:
                lines[said:said] = [
                    f"*{self.town.clock.now().astimezone(self.town.settings.zone):%d.%m.%Y, %H:%M}*",
                    "",
                ]
            if any(data.endswith(":met") for data in self.unread_data(self.mentor)):
                await self.mentor.taps(f"{C}.met")
                await self.mentor.taps(f"{C}.minutes.60")
                await self.mentor.taps(f"{C}.no_note")
            if any(Pulse.unpack(data) for data in self.unread_data(self.youth)):
                await self.youth.taps("checkins.youth.button.pulse.4")
            if any(AnswerResult.unpack(data) for data in self.unread_data(self.youth)):
                await self.youth.taps("programme.youth.button.result.learning")
                await self.youth.taps("programme.youth.button.better_done")
            if any(ChooseResult.unpack(data) for data in self.unread_data(self.mentor)):
                await self.mentor.taps(f"{B}.record_result")
                await self.mentor.taps(f"{B}.outcomes.learning")
                await self.mentor.taps("programme.any.outcome.training_nonformal")
            self.read()

    def unread_data(self, who: Inhabitant) -> list[str]:
        return [one.data for message in who.unread for one in message.buttons if one.data is not None]


@pytest.mark.slow
@pytest.mark.feature("G1", "G14", "G16", "F4")
@pytest.mark.parametrize("language", [Language.LV, Language.UK])
async def test_story_of_nine_months(
    database_file: Path, language: Language, tell_story: Callable[[str, str], None]
) -> None:
    town = RunningTown(database_file)
    async with town.running():
        story = NineMonths(town, language)
        await story.gather()
        await joining(story)
        await first_talks(story)
        await a_moved_talk(story)
        await another_rhythm(story)
        await a_pause(story)
        await aftercare(story)
        await results_and_closing(story)
        story.read()
    await town.database.close()
    town.check()
    tell_story(f"nine_months.{language.value}", town.transcript.text())


async def joining(story: NineMonths) -> None:
    story.chapter("Joining")
    await asks_for_contact(story.youth)
    await story.lead.taps(f"{B}.choose_mentor")
    await story.lead.taps_label("Marta")
    await story.card(story.lead)
    await story.lead.taps(f"{B}.joins")
    await story.lead.taps(f"{B}.four_rules_hold")
    await story.lead.taps(f"{B}.start_today")
    await story.lead.taps_label("9 ")
    await story.lead.taps(f"{B}.cadence.weekly")
    await story.lead.taps(f"{B}.weekday.1")
    await story.lead.taps_label("10:00")
    await story.lead.taps(f"{B}.confirm_plan")
    story.lead.sees("programme.staff.began")
    await story.youth.says("/plan")


async def first_talks(story: NineMonths) -> None:
    """Two weeks, with the hours written down beside them."""
    story.chapter("The first weeks")
    await story.live_until(datetime(2026, 3, 13, 9, 0, tzinfo=UTC))
    await story.card(story.mentor)
    await story.mentor.taps(f"{B}.hours_of")
    await story.mentor.taps(f"{B}.add_hours")
    await story.mentor.taps("programme.any.hours.along")
    await story.mentor.taps_label("12.03.")
    await story.mentor.taps_label("2:00")


async def a_moved_talk(story: NineMonths) -> None:
    story.chapter("A talk that does not suit")
    await story.youth.says("/plans")
    await story.youth.taps("checkins.youth.button.talk")
    await story.youth.taps("checkins.youth.button.move_talk")
    await story.youth.taps("checkins.youth.button.talk_to")
    story.youth.sees("checkins.youth.talk_moved")
    story.mentor.sees("checkins.staff.moved_by_youth")
    await story.live_until(datetime(2026, 4, 10, 9, 0, tzinfo=UTC))


async def another_rhythm(story: NineMonths) -> None:
    story.chapter("Another rhythm")
    await story.card(story.mentor)
    await story.mentor.taps("checkins.staff.button.rhythm")
    await story.mentor.taps(f"{B}.cadence.fortnightly")
    await story.mentor.taps(f"{B}.weekday.3")
    await story.mentor.taps_label("15:00")
    await story.mentor.taps("checkins.staff.button.rhythm_confirm")
    await story.live_until(datetime(2026, 6, 12, 9, 0, tzinfo=UTC))


async def a_pause(story: NineMonths) -> None:
    story.chapter("A pause")
    await story.card(story.mentor)
    await story.mentor.taps(f"{B}.pauses")
    await story.mentor.taps("programme.any.pause_reason.exams")
    await story.mentor.taps("programme.any.button.pause.two_weeks")
    await story.live_until(datetime(2026, 11, 13, 9, 0, tzinfo=UTC))


async def aftercare(story: NineMonths) -> None:
    story.chapter("The end of the programme, and mentoring after it")
    await story.card(story.lead)
    await story.lead.taps(f"{B}.ending")
    await story.lead.taps(f"{B}.aftercare")
    await story.lead.taps_label("3 ")
    await story.lead.taps(f"{B}.begin_aftercare")
    await story.live_until(datetime(2026, 12, 30, 9, 0, tzinfo=UTC))


async def results_and_closing(story: NineMonths) -> None:
    story.chapter("The closing talk, half a year after, the closing")
    await story.live_until(datetime(2027, 5, 21, 9, 0, tzinfo=UTC))
    await story.card(story.lead)
    await story.lead.taps(f"{B}.ending")
    await story.lead.taps(f"{B}.close")
    await story.lead.taps(f"{B}.outcomes.learning")
    await story.lead.taps("programme.any.outcome.training_nonformal")
    await story.lead.taps(f"{B}.end_it")
    await story.live_until(datetime(2027, 7, 1, 9, 0, tzinfo=UTC))

"""The whole road in one conversation, in each language: what the repository's transcripts tell."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.roles import Role
from bot.words import Language
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import sooner
from tests.town.town import Town

YOUTH = {Language.LV: "anna", Language.UK: "danylo", Language.EN: "emma"}
EVENT = {
    Language.LV: ("Galda spēļu vakars", "Tēja, spēles, jauni cilvēki. Nāc, arī ja nepazīsti.", "Jauniešu centrs"),
    Language.UK: ("Вечір настільних ігор", "Чай, ігри, нові люди. Приходь, навіть без друзів.", "Молодіжний центр"),
    Language.EN: ("Board game night", "Tea, games and new people. Come even if you know nobody.", "Youth centre"),
}  # fmt: skip

LANGUAGE_NAMES = {Language.LV: "Latviešu", Language.UK: "Українська", Language.EN: "English"}


class Story:
    """The cast of one story; everybody reads the same language, so that the transcript does too."""

    def __init__(self, town: Town, language: Language) -> None:
        self.town = town
        self.language = language
        self.youth: Inhabitant = town.newcomer(YOUTH[language], language)
        self.mentor: Inhabitant
        self.lead: Inhabitant
        self.psychologist: Inhabitant
        self.coordinator: Inhabitant

    async def gather(self) -> None:
        self.lead = await self.town.staff("liene", Role.LEAD, language=self.language)
        self.mentor = await self.town.staff("marta", Role.MENTOR, language=self.language)
        self.psychologist = await self.town.staff(
            "ilze", Role.SPECIALIST, speciality="psychologist", language=self.language
        )
        self.coordinator = await self.town.staff("kaspars", Role.COORDINATOR, language=self.language)
        self.town.transcript.lines.clear()

    def chapter(self, title: str) -> None:
        self.town.transcript.heading(title)


@pytest.mark.feature("A1", "A3", "E1", "E3", "F4", "G1", "H3", "H5", "H11", "I6", "M1", "M2", "M6", "N7")
@pytest.mark.parametrize("language", sooner(Language.EN, Language))
async def test_story_of_a_young_person_from_the_poster_to_the_event(
    town: Town, language: Language, tell_story: Callable[[str, str], None]
) -> None:
    story = Story(town, language)
    await story.gather()
    await first_contact(story)
    await questions(story)
    await a_person_takes_over(story)
    await the_programme_begins(story)
    await a_check_in(story)
    await a_referral(story)
    await an_event(story)
    await at_any_time(story)
    tell_story(f"story.{language.value}", town.transcript.text())


async def first_contact(story: Story) -> None:
    story.chapter("First contact")
    await story.youth.says("/start ogre")
    story.youth.sees("people.any.choose_language")
    await story.youth.taps(f"people.any.button.language_{story.language.value}")
    story.youth.sees("screening.youth.welcome_from")


async def questions(story: Story) -> None:
    story.chapter("A few questions")
    youth = story.youth
    await youth.taps("screening.youth.button.begin")
    for question, answer in (
        ("age", "18_28"), ("status", "neither"), ("nva", "no"), ("mood", "so_so"), ("wish", "talk"), ("contact", "yes"),
    ):  # fmt: skip
        youth.sees(f"screening.youth.question.{question}")
        await youth.taps(f"screening.youth.button.{question}.{answer}")
    youth.sees("screening.youth.outcome.likely")
    youth.reads_rest()
    await youth.taps("people.youth.button.give_events")
    youth.sees("people.youth.given_events")


async def a_person_takes_over(story: Story) -> None:
    story.chapter("A person takes over")
    story.lead.sees("programme.staff.contact.new")
    await story.lead.taps("programme.staff.button.choose_mentor")
    story.lead.sees("programme.staff.choose_mentor")
    await story.lead.taps("programme.staff.button.mentor")
    story.lead.reads_rest()
    story.youth.sees("programme.youth.assigned")
    story.mentor.sees("programme.staff.assigned_to_you")


async def the_programme_begins(story: Story) -> None:
    story.chapter("The programme")
    lead = story.lead
    await lead.says("/cases")
    await lead.taps("programme.staff.button.case")
    await lead.taps("programme.staff.button.joins")
    await lead.taps("programme.staff.button.four_rules_hold")
    await lead.taps("programme.staff.button.start_today")
    await lead.taps_label("3")
    await lead.taps("programme.staff.button.cadence.weekly")
    await lead.taps("programme.staff.button.weekday.2")
    await lead.taps_label("15:00")
    lead.sees("programme.staff.begin.plan")
    await lead.taps("programme.staff.button.confirm_plan")
    lead.sees("programme.staff.began")
    story.youth.sees("programme.youth.began")
    story.mentor.reads_rest()
    await story.youth.says("/plan")
    story.youth.sees("checkins.youth.plan.programme")


async def a_check_in(story: Story) -> None:
    story.chapter("A check-in")
    await story.town.move_to(datetime(2026, 3, 4, 13, 0, tzinfo=UTC))
    mentor, youth = story.mentor, story.youth
    mentor.sees("checkins.staff.ask")
    await mentor.taps("checkins.staff.button.met")
    mentor.sees("checkins.staff.time_question")
    await mentor.taps("checkins.staff.button.minutes.60")
    mentor.reads_rest()
    await mentor.taps("checkins.staff.button.no_note")
    mentor.reads_rest()
    youth.sees("checkins.youth.pulse")
    await youth.taps("checkins.youth.button.pulse.4")
    youth.sees("checkins.youth.pulse_thanks")
    mentor.reads_rest()


async def a_referral(story: Story) -> None:
    story.chapter("A referral")
    mentor, youth, psychologist = story.mentor, story.youth, story.psychologist
    await mentor.says("/refer")
    await mentor.taps("referrals.staff.button.code_name")
    await mentor.taps("referrals.staff.button.kind_psychologist")
    await mentor.taps("referrals.staff.button.offer")
    await mentor.taps("referrals.staff.button.no_note")
    mentor.reads_rest()
    await youth.taps("referrals.youth.button.agree")
    youth.reads_rest()
    mentor.reads_rest()
    psychologist.reads_rest()
    await psychologist.taps("referrals.staff.button.open")
    await psychologist.taps("referrals.staff.button.accept")
    await psychologist.taps("referrals.staff.button.time_out")
    await psychologist.taps("referrals.staff.button.send_times")
    psychologist.reads_rest()
    youth.reads_rest()
    await youth.taps("referrals.youth.button.time")
    for one in (youth, mentor, psychologist):
        one.reads_rest()


async def an_event(story: Story) -> None:
    story.chapter("An event")
    coordinator, youth = story.coordinator, story.youth
    title, details, place = EVENT[story.language]
    await coordinator.says("/event")
    await coordinator.taps("events.staff.button.kind_youth_event")
    await coordinator.taps_label(LANGUAGE_NAMES[story.language])
    await coordinator.says(title)
    await coordinator.says(details)
    await coordinator.says(place)
    await coordinator.says("12.03. 18:00")
    coordinator.sees("events.staff.languages")
    await coordinator.taps("events.staff.button.onward")
    coordinator.sees("events.staff.audience")
    await coordinator.taps("events.staff.button.onward")
    await coordinator.taps("events.staff.button.preview")
    await coordinator.taps("events.any.button.back")
    await coordinator.taps("events.staff.button.send")
    await coordinator.taps("events.staff.button.send_sure")
    coordinator.reads_rest()
    youth.sees_words(title)
    await youth.taps("events.any.button.maybe")
    youth.reads_rest()
    await youth.taps("events.any.button.yes")
    youth.reads_rest()
    await coordinator.says("/events")
    await coordinator.taps_label(title)
    coordinator.reads_rest()
    story.chapter("The day before")
    await story.town.live_until(datetime(2026, 3, 11, 9, 0, tzinfo=UTC), step=timedelta(hours=4))
    youth.sees_words(title)
    for one in (story.mentor, story.lead, story.psychologist):
        one.reads_rest()


async def at_any_time(story: Story) -> None:
    story.chapter("At any time")
    youth = story.youth
    await youth.taps("people.youth.button.help")
    youth.sees("safety.youth.card")
    await youth.says("/mydata")
    youth.sees("people.youth.my_data")
    await youth.says("/language")
    youth.sees("people.any.choose_language")
    await youth.says("/privacy")
    youth.sees("people.youth.privacy")
    await youth.says("/forget")
    await youth.taps("people.any.button.forget_sure")
    youth.sees("people.youth.forgotten")
    story.mentor.sees("programme.staff.youth_left")
    for one in (story.lead, story.psychologist, story.coordinator):
        one.reads_rest()

"""The first steps of the story, played on the page by whoever drives it: the browser tests and the picture."""

from typing import Final

from selenium import webdriver

from bot.demo.cast import CAST
from bot.words import Language
from tests.demo.browser import SeenPhone

MAILBOX: Final = 0
"""Its number on the page."""


def phone(browser: webdriver.Chrome, name: str) -> SeenPhone:
    """The phone of that part of the cast."""
    part = next(part for part in CAST if part.name == name)
    return SeenPhone(browser, part.number, part.language)


def mailbox(browser: webdriver.Chrome) -> SeenPhone:
    """The mailbox of the partners, who read Latvian."""
    return SeenPhone(browser, MAILBOX, Language.LV)


def arrives(youth: SeenPhone) -> None:
    """By the poster's link, the language, and what the bot says of itself."""
    youth.opens_the_poster_link()
    youth.sees("people.any.choose_language")
    youth.taps(f"people.any.button.language_{youth.language.value}")
    youth.sees("screening.youth.welcome_from")


def answers(youth: SeenPhone, age: str, *, wish: str = "talk") -> None:
    """All questions, and yes to being written to."""
    youth.taps("screening.youth.button.begin")
    for question, answer in (
        ("age", age), ("status", "neither"), ("nva", "no"), ("mood", "so_so"), ("wish", wish), ("contact", "yes"),
    ):  # fmt: skip
        youth.sees(f"screening.youth.question.{question}")
        youth.taps(f"screening.youth.button.{question}.{answer}")
    youth.sees("programme.youth.contact.with_leads")
    youth.taps("people.youth.button.give_events")
    youth.sees("people.youth.given_events")


def gets_a_mentor(youth: SeenPhone, lead: SeenPhone, mentor: SeenPhone, name: str) -> None:
    """The lead sees the card and chooses; both sides are told."""
    lead.sees("programme.staff.contact.new")
    lead.taps("programme.staff.button.choose_mentor")
    lead.sees("programme.staff.choose_mentor")
    lead.taps_label(name)
    youth.sees("programme.youth.assigned")
    mentor.sees("programme.staff.assigned_to_you")


def joins(lead: SeenPhone, youth: SeenPhone) -> None:
    """The lead records that they join, under 18 with a parent's yes: today, three months, every Wednesday at three."""
    lead.says("/cases")
    lead.taps_first_under("programme.staff.cases")
    lead.taps("programme.staff.button.joins")
    lead.taps("programme.staff.button.four_rules_hold")
    lead.sees("programme.staff.begin.guardian")
    lead.taps("programme.staff.button.guardian.met")
    lead.taps("programme.staff.button.start_today")
    lead.sees("programme.staff.begin.months")
    lead.taps_label("3 ")
    lead.taps("programme.staff.button.cadence.weekly")
    lead.taps("programme.staff.button.weekday.2")
    lead.sees("programme.staff.begin.hour")
    lead.taps_label("15:00")
    lead.taps("programme.staff.button.confirm_plan")
    lead.sees("programme.staff.began")
    youth.sees("programme.youth.began")


def plans(mentor: SeenPhone, lead: SeenPhone, youth: SeenPhone) -> None:
    """The mentor begins a plan from a template, the lead approves it, and the young person opens it."""
    mentor.taps("programme.staff.button.open_goals")
    mentor.taps("programme.staff.button.templates")
    mentor.taps("programme.staff.template.first_steps")
    mentor.taps("programme.staff.button.lay")
    lead.taps("programme.staff.button.read_plan")
    lead.taps("programme.staff.button.approve")
    youth.sees("programme.youth.plan_approved")


def meets(mentor: SeenPhone, youth: SeenPhone) -> None:
    """The mentor records the check-in that is due; the young person says how the week was."""
    mentor.sees("checkins.staff.ask")
    mentor.taps("checkins.staff.button.met")
    mentor.taps("checkins.staff.button.minutes.60")
    mentor.taps("checkins.staff.button.no_note")
    youth.sees("checkins.youth.pulse")
    youth.taps("checkins.youth.button.pulse.4")
    youth.sees("checkins.youth.pulse_thanks")
    mentor.sees("checkins.staff.pulse")


def refers(mentor: SeenPhone, youth: SeenPhone, specialist: SeenPhone) -> None:
    """The mentor asks for a psychologist, the young person (under 18) and a parent agree, the psychologist looks."""
    mentor.says("/refer")
    mentor.taps_first_under("referrals.staff.choose_youth")
    mentor.taps("referrals.staff.button.kind_psychologist")
    mentor.taps_first_under("referrals.staff.choose_receiver")
    mentor.taps("referrals.staff.button.no_note")
    youth.sees("referrals.youth.ask")
    youth.taps("referrals.youth.button.agree_guardian")
    mentor.sees("referrals.staff.sender_told.awaits_guardian")
    mentor.taps("referrals.staff.button.show")
    mentor.taps("referrals.staff.button.guardian")
    mentor.taps("referrals.staff.button.guardian_in_person")
    mentor.taps("referrals.staff.button.guardian_today")
    mentor.sees("referrals.staff.guardian_recorded")
    specialist.taps("referrals.staff.button.open")
    specialist.sees("referrals.staff.card")


def refers_by_letter(mentor: SeenPhone, youth: SeenPhone, desk: SeenPhone) -> None:
    """The mentor refers to a partner who reads letters, and the young person agrees to what it will read."""
    mentor.says("/refer")
    mentor.taps_first_under("referrals.staff.choose_youth")
    mentor.taps("referrals.staff.button.kind_partner")
    mentor.taps_label("Amatu darbnīca")
    mentor.taps("referrals.staff.button.no_note")
    youth.sees("referrals.youth.ask")
    youth.taps("referrals.youth.button.agree")
    desk.sees("referrals.staff.letter.body.requested")


def invites(coordinator: SeenPhone, day: str) -> None:
    """The coordinator writes an invitation in Latvian and Ukrainian and sends it to the young people of Ogre."""
    coordinator.says("/event")
    coordinator.taps("events.staff.button.kind_youth_event")
    coordinator.taps("people.any.button.language_lv")
    for question, line in (
        ("title", "Galda spēļu vakars"), ("details", "Tēja, spēles, jauni cilvēki."), ("place", "Jauniešu centrs"),
        ("when", f"{day} 18:00"),
    ):  # fmt: skip
        coordinator.sees(f"events.staff.ask_{question}")
        coordinator.says(line)
    coordinator.taps("events.staff.button.add_uk")
    coordinator.sees("events.staff.ask_title")
    coordinator.says("Вечір настільних ігор")
    coordinator.sees("events.staff.ask_details")
    coordinator.says("Чай, ігри, нові люди.")
    coordinator.taps("events.staff.button.onward")
    coordinator.sees("events.staff.audience")
    coordinator.taps("events.staff.button.onward")
    coordinator.taps("events.staff.button.send")
    coordinator.taps("events.staff.button.send_sure")

"""A hard night in one conversation, in each language: the card, a person asked for, the line, and who came of it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.roles import Role
from bot.words import Language
from tests.chats.casework import read_all
from tests.chats.test_alerts import has_case
from tests.town.sooner import sooner
from tests.town.town import Town

B = "safety.youth.button"
SB = "safety.staff.button"
YOUTH = {Language.LV: "anna", Language.UK: "danylo", Language.EN: "emma"}
HARD = {
    Language.LV: "es vairs negribu dzīvot",
    Language.UK: "я більше не хочу жити",
    Language.EN: "i don't want to live any more",
}
WORDS = {
    Language.LV: "Man ir grūti runāt, labāk raksti.",
    Language.UK: "Мені важко говорити, краще пиши.",
    Language.EN: "It's hard for me to talk, better write.",
}


@pytest.mark.feature("D1", "D3", "D4")
@pytest.mark.parametrize("language", sooner(Language.LV, Language))
async def test_a_hard_night_is_answered_at_once_and_in_the_morning_by_a_person(
    town: Town, language: Language, tell_story: Callable[[str, str], None]
) -> None:
    young = await town.youth(YOUTH[language], language)
    marta = await town.staff("marta", Role.MENTOR, language=language)
    liene = await town.staff("liene", Role.LEAD, language=language)
    kaspars = await town.staff("kaspars", Role.COORDINATOR, language=language)
    await has_case(town, YOUTH[language], "marta")
    await town.move_to(datetime(2026, 3, 2, 22, 40, tzinfo=UTC))
    town.transcript.lines.clear()

    town.transcript.heading("At night")
    await young.says(HARD[language])
    young.sees("safety.youth.card")
    young.reads_rest()
    await young.taps(f"{B}.ask")
    young.sees("safety.youth.wait.later")
    await young.taps(f"{B}.agree_with_words")
    young.sees("safety.youth.alert.ask_words")
    await young.says(WORDS[language])
    young.sees("safety.youth.alert.noted")

    town.transcript.heading("In the morning")
    await town.move_to(datetime(2026, 3, 3, 7, 0, tzinfo=UTC))
    young.sees("safety.youth.alert.begun")
    marta.sees("safety.staff.alert_words")
    await town.move_to(datetime(2026, 3, 3, 7, 15, tzinfo=UTC))
    young.sees("safety.youth.alert.next")
    liene.sees("safety.staff.alert_words")

    town.transcript.heading("A person")
    await liene.taps(f"{SB}.take")
    liene.sees("safety.staff.alert_yours")
    marta.sees("safety.staff.alert_taken_by")
    young.sees("safety.youth.alert.taken")
    await liene.taps(f"{SB}.reached")
    young.sees("safety.youth.alert.reached")
    liene.sees("safety.staff.alert_closed")

    town.transcript.heading("Danger to a child")
    await liene.says("/report")
    await liene.taps_label((await town.person(YOUTH[language])).code_name)
    liene.sees("safety.staff.report")
    await liene.taps(f"{SB}.reported.orphans_court")
    liene.sees("safety.staff.reported.orphans_court")

    town.transcript.heading("A drill")
    await kaspars.says("/drill")
    await kaspars.taps(f"{SB}.start_drill")
    marta.sees("safety.staff.alert_drill")
    await town.move_to(town.clock.now() + timedelta(minutes=3))
    await marta.taps(f"{SB}.take")
    kaspars.sees("safety.staff.drill_report")
    read_all(young, marta, liene, kaspars)
    tell_story(f"help.{language.value}", town.transcript.text())

"""A whole case walked with the log as fine as it can be: what was said in it stands in nobody's log."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot import logs
from bot.roles import Role
from tests.chats.casework import in_programme
from tests.chats.events_talk import agrees, sends, writes
from tests.chats.referrals_talk import asks
from tests.faults.counts import SEED
from tests.faults.secrets import Secrets
from tests.town.town import TOKEN, Town

C = "checkins.staff.button"
Y = "referrals.youth.button"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """The log as an operator would set it up to find a fault, put back afterwards."""
    root, ours = logging.getLogger(), logging.getLogger("bot")
    before, level, our_level = root.handlers[:], root.level, ours.level
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter("json"))
    root.handlers, root.level = [handler], logging.WARNING
    ours.setLevel(logging.DEBUG)
    yield stream
    root.handlers, root.level = before, level
    ours.setLevel(our_level)


@pytest.mark.feature("X44", "C10")
async def test_no_note_name_or_number_of_a_case_stands_in_the_log(town: Town, written: io.StringIO) -> None:
    secrets = Secrets(SEED)
    secrets.known("token", TOKEN)
    anna, marta, liene = await in_programme(town)
    ilze = await town.staff("ilze", Role.SPECIALIST, speciality="psychologist")
    dace = await town.staff("dace", Role.COORDINATOR)
    await anna.says(secrets.word("a text"))
    await anna.says(f"gribu nomirt {secrets.word('words of danger')}")
    await asks(marta, (await town.person("anna")).code_name, secrets.word("referral note"))
    await anna.taps(f"{Y}.agree")
    await ilze.taps("referrals.staff.button.open")
    await agrees(town, "emma")
    await writes(dace)
    await sends(dace)
    await town.live_until(town.later(hours=24))
    await marta.taps(f"{C}.called")
    await marta.taps_label("30")
    await marta.says(secrets.word("check-in note"))
    for words in ("Picas vakars", "Cepsim picu", "Jauniešu centrs", "Спечемо піцу"):
        secrets.known("event", words)
    for person in (anna, marta, liene, ilze, dace, town.people["emma"]):
        await person.says("/mydata")
        await person.says(f"/start i_{secrets.word('invitation')}")
        secrets.known("name", person.phone.user.first_name)
        secrets.known("username", str(person.phone.user.username))
        person.reads_rest()
    await anna.says("/forget")
    await anna.taps("people.any.button.forget_sure")
    for kept in await town.rows("SELECT code_name FROM people"):
        secrets.known("code name", kept[0])
    for one in town.people.values():
        one.reads_rest()
    told = written.getvalue()
    print(f"seed {SEED}: {len(secrets.planted)} secrets, {len(told)} letters of log")
    assert "update_handled" in told
    assert secrets.found_in("the log", [told]) == []

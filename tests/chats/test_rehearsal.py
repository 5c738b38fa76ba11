"""A rehearsal says what would come, before it comes: equal to a bot that lives through the same days with phones."""

import re
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.__main__ import main
from bot.app import all_routes
from bot.calendar import wall
from bot.demo.emulator.phone import Phone
from bot.programme.chat_rehearse import Rehearse
from bot.programme.joining.rhythms import Cadence
from bot.programme.period.pauses import PauseReason
from bot.programme.period.screens_time import MakePause
from bot.programme.rehearsals import KIND, Habit, Wish, band_of, decided
from bot.programme.screens import RehearseCase
from bot.rehearsal.casting import Part
from bot.rehearsal.making import rehearse, timeline
from bot.rehearsal.script import Entry, Said, play
from bot.rehearsal.timeline import told
from bot.roles import Role
from bot.settings import Settings
from bot.words import Language
from tests.chats.casework import in_programme, read_all
from tests.faults.counts import FULL
from tests.town.town import Town
from tests.town.whole_town import RunningTown

RIGA = ZoneInfo("Europe/Riga")
STARTS = date(2026, 3, 9)
"""A Monday, after the town's own first day and before the clocks change."""
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
DAY_BEGINS, DAY_ENDS = time(9), time(19, 1)
SETTINGS = decided(Settings.model_construct())


def wish(months: int = 9, **others: object) -> Wish:
    """As in the issue: seventeen, Ukrainian, in Ogre, weekly on Tuesdays at ten."""
    given: dict[str, object] = {"language": Language.UK, "cadence": Cadence.WEEKLY, "age_band": "15_17", **others}
    return Wish(
        municipality="LV-067", weekday=1, hour=10, months=months, starts_on=STARTS, shown_from=STARTS,
        settings=SETTINGS, **given,
    )  # fmt: skip


# --- the same days, lived through -------------------------------------------------------------------------------


class LiveStage:
    """The real app with the emulator's phones; it looks at the clock as often as `pace` says, knowing nothing ahead."""

    def __init__(self, town: RunningTown, pace: timedelta) -> None:
        self._town, self._pace = town, pace
        self._phones: dict[Part, Phone] = {
            part: town.telegram.phone(user_id=part, first_name=part.name, language_code=None) for part in Part
        }
        self._known: dict[tuple[Part, int], object] = {}
        self.database, self.settings = town.database, town.settings

    def now(self) -> datetime:
        return self._town.clock.now()

    async def move_to(self, moment: datetime) -> None:
        self._town.clock.move_to(moment)

    async def next_moment(self, latest: datetime) -> datetime:
        """At night nothing falls due, and what waits goes out at nine."""
        at = EPOCH + self._pace * ((self.now() - EPOCH) // self._pace + 1)
        while not DAY_BEGINS <= at.astimezone(RIGA).time() < DAY_ENDS:
            at += self._pace
        return min(latest, at)

    async def starts(self, who: Part) -> None:
        await self._phones[who].send("/start")

    async def presses(self, who: Part, number: int | None, data: str) -> None:
        if number is None:
            await self._phones[who].forge_press(data)
        else:
            await self._phones[who].press(number, data)

    async def settle(self) -> None:
        await self._town.settle()

    def said(self) -> Sequence[Said]:
        found = []
        for part, phone in self._phones.items():
            for message in phone.messages:
                looks = (message.text, message.keyboard)
                if message.sender == "bot" and self._known.get((part, message.id)) != looks:
                    self._known[part, message.id] = looks
                    keys = tuple(tuple((one.text, one.data) for one in row) for row in message.keyboard)
                    found.append(Said(part, message.id, message.text, keys))
        return found


async def live(folder: Path, fresh_database: Path, what: Wish, pace: timedelta) -> list[Entry]:
    """What the phones got."""
    file = folder / "live.db"
    shutil.copy(fresh_database, file)
    town = RunningTown(file)
    town.clock.move_to(wall(what.starts_on, time.min, RIGA))
    async with town.running():
        entries = await play(LiveStage(town, pace), what)
    await town.database.close()
    assert not town.telegram.problems
    return entries


def as_text(entries: list[Entry], what: Wish) -> str:
    return told(entries, what, RIGA, Language.EN)


@pytest.mark.slow
@pytest.mark.feature("O14", "G17")
@pytest.mark.parametrize(
    "what",
    [
        pytest.param(wish(1), id="uk-weekly", marks=pytest.mark.slow),
        pytest.param(
            wish(1, language=Language.LV, age_band="18_28", cadence=Cadence.FORTNIGHTLY, youth=Habit.SILENT),
            id="lv-fortnightly",
        ),
        pytest.param(
            wish(1, language=Language.EN, age_band="18_28", pauses=((date(2026, 3, 16), date(2026, 3, 30)),)),
            id="en-pause",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            wish(1, language=Language.EN, age_band="29", cadence=Cadence.MONTHLY, mentor=Habit.SILENT),
            id="en-monthly",
            marks=pytest.mark.slow,
        ),
    ],
)
async def test_a_rehearsal_is_byte_for_byte_what_a_live_bot_says(
    tmp_path: Path, fresh_database: Path, what: Wish
) -> None:
    """A month, over the switch to summer time: the live bot looks at the clock every hour of the day."""
    rehearsed = as_text(await rehearse(what, all_routes()), what)
    lived = as_text(await live(tmp_path, fresh_database, what, timedelta(hours=1)), what)
    assert rehearsed.encode() == lived.encode()
    assert len(rehearsed) > 1_000


@pytest.mark.slow
@pytest.mark.feature("O14", "G17", "X28")
async def test_nine_months_are_byte_for_byte_what_a_live_bot_says(tmp_path: Path, fresh_database: Path) -> None:
    """The live bot looks at the clock every hour; every quarter of one where everything is wanted."""
    what = wish()
    pace = timedelta(minutes=15) if FULL else timedelta(hours=1)
    rehearsed = as_text(await rehearse(what, all_routes()), what)
    lived = as_text(await live(tmp_path, fresh_database, what, pace), what)
    print(f"\nO14: {len(rehearsed.encode())} bytes over nine months, live bot looking every {pace}: equal")
    assert rehearsed.encode() == lived.encode()


# --- what it says -----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.feature("O14", "X28", "X31", "G4")
async def test_nine_months_ask_at_ten_on_the_local_clock_over_both_switches_and_never_at_night() -> None:
    what = wish()
    entries = [one for one in await rehearse(what, all_routes()) if not one.pressed]
    asked = [one.at.astimezone(RIGA) for one in entries if one.who is Part.MENTOR and is_question(one)]
    assert {(at.hour, at.minute) for at in asked} == {(10, 0)}
    assert {at.utcoffset() for at in asked} == {timedelta(hours=2), timedelta(hours=3)}
    assert len(asked) == len({at.date() for at in asked}) == 40
    assert not [one for one in entries if not 9 <= one.at.astimezone(RIGA).hour < 21]
    assert max(at.date() for at in asked) < date(2026, 12, 9)


def is_question(entry: Entry) -> bool:
    return "Laiks sazināties" in entry.text


@pytest.mark.slow
async def test_the_same_wish_gives_the_same_bytes_again() -> None:
    what = wish(1)
    texts = {await timeline(what, all_routes(), Language.UK) for _ in range(2)}
    assert len(texts) == 1
    (text,) = texts
    assert "Розмови з ментором (Marta)" in text
    assert re.search(r"10\.03\.2026, вівторок", text)


async def test_a_day_off_of_the_live_calendar_moves_the_rehearsed_talk() -> None:
    what = wish(1, days_off={date(2026, 3, 17): "Pilsētas svētki"})
    asked = [
        one.at.astimezone(RIGA).date()
        for one in await rehearse(what, all_routes())
        if not one.pressed and one.who is Part.MENTOR and is_question(one)
    ]
    assert date(2026, 3, 17) not in asked
    assert date(2026, 3, 18) in asked


@pytest.mark.feature("O14", "G16")
async def test_a_pause_leaves_its_talks_out_of_the_rehearsal_and_says_when_things_go_on() -> None:
    what = wish(1, language=Language.EN, pauses=((date(2026, 3, 16), date(2026, 3, 30)),))
    entries = [one for one in await rehearse(what, all_routes()) if not one.pressed]
    asked = [one.at.astimezone(RIGA).date() for one in entries if one.who is Part.MENTOR and is_question(one)]
    assert asked == [date(2026, 3, 10), date(2026, 3, 31), date(2026, 4, 7)]
    eve = [one.at.astimezone(RIGA) for one in entries if one.who is Part.YOUTH and "We go on soon" in one.text]
    assert [(at.date(), at.hour) for at in eve] == [(date(2026, 3, 27), 10)]


@pytest.mark.feature("O14", "G16")
async def test_a_pause_that_the_bot_would_not_let_be_is_said_and_not_left_out_in_silence() -> None:
    with pytest.raises(ValueError, match="pause"):
        await rehearse(wish(1, pauses=((date(2026, 6, 1), date(2026, 6, 8)),)), all_routes())


def test_a_wish_survives_the_workshop_and_carries_no_secret() -> None:
    pause = (date(2026, 4, 6), date(2026, 4, 13))
    what = wish(3, days_off={date(2026, 3, 17): "Diena"}, youth=Habit.SILENT, pauses=(pause,))
    assert Wish.of(what.facts()) == what
    secret = Settings.model_construct(token="1:abc", webhook_secret="s" * 20, admins=frozenset({7}), backup_key="age1")
    assert not {"token", "webhook_secret", "admins", "backup_key", "database_url"} & decided(secret).keys()


@pytest.mark.parametrize(("age", "band"), [(15, "15_17"), (17, "15_17"), (18, "18_28"), (28, "18_28"), (29, "29")])
def test_an_age_falls_into_the_band_of_the_first_questions(age: int, band: str) -> None:
    assert band_of(age, Settings.model_construct()) == band


# --- by command and by button -----------------------------------------------------------------------------------


@pytest.mark.feature("O14")
def test_the_command_writes_the_file_and_wrong_months_are_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "rehearsal.txt"
    assert main(["rehearse", "--months", "1", "--starts", "2026-03-02", "--out", str(out)]) == 0
    assert "Як ти зараз?" in out.read_text("utf-8")
    assert not list(tmp_path.glob("data*"))
    assert main(["rehearse", "--months", "24", "--starts", "2026-03-02", "--out", str(out)]) == 2
    assert "--months" in capsys.readouterr().err
    pause = ["--pause", "2026-03-09:2027-03-09"]
    assert main(["rehearse", "--months", "1", "--starts", "2026-03-02", *pause, "--out", str(out)]) == 2
    assert "--pause" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["rehearse", "--pause", "next week"])
    assert "--pause" in capsys.readouterr().err


@pytest.mark.feature("O14")
async def test_a_coordinator_has_a_programme_rehearsed_and_the_live_rows_stay_as_they_were(town: Town) -> None:
    kaspars = await town.staff("kaspars", Role.COORDINATOR)
    await kaspars.says("/menu")
    await kaspars.taps("people.staff.button.shelf_team")
    await kaspars.taps("programme.staff.button.rehearse")
    kaspars.sees("programme.staff.rehearsal.age_question")
    await kaspars.taps("programme.any.age.15_17")
    kaspars.sees("programme.staff.rehearsal.language_question")
    await kaspars.taps("people.any.language.uk")
    kaspars.sees("programme.staff.rehearsal.rhythm_question")
    before = await counted(town)
    await kaspars.taps("programme.staff.button.cadence.monthly")
    kaspars.sees("programme.staff.rehearsal.ready")
    file = kaspars.phone.messages[-1].attachment
    assert file is not None
    assert "Як ти зараз?" in file.content.decode()
    assert await counted(town) == before
    assert not await town.rows("SELECT 1 FROM makings WHERE kind = :kind", kind=KIND)
    kaspars.reads_rest()


async def counted(town: Town) -> list[int]:
    tables = ("people", "cases", "checkins", "consents", "tasks")
    return [(await town.rows(f"SELECT count(*) FROM {table}"))[0][0] for table in tables]


@pytest.mark.feature("G17")
async def test_staff_see_what_their_young_person_will_receive_from_now_on(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await town.move_to(datetime(2026, 3, 20, 8, 0, tzinfo=RIGA))
    read_all(anna, marta, liene)
    ((case,),) = await town.rows("SELECT id FROM cases")
    await marta.forges(RehearseCase(case).pack())
    assert (await town.person("anna")).code_name in marta.sees("programme.staff.rehearsal.coming_for").text
    marta.sees("programme.staff.rehearsal.ready")
    file = marta.phone.messages[-1].attachment
    assert file is not None
    text = file.content.decode()
    days = [date(int(y), int(m), int(d)) for d, m, y in re.findall(r"== (\d\d)\.(\d\d)\.(\d{4})", text)]
    assert min(days) == date(2026, 3, 24)
    assert "Laiks sazināties" in text
    planned = await town.rows("SELECT due_at FROM checkins WHERE state = 'planned' ORDER BY due_at")
    at = [datetime.fromtimestamp(row.due_at / 1e6, RIGA).date() for row in planned]
    ahead = [day for day in at if day >= date(2026, 3, 20)]
    assert len(ahead) == 10
    assert set(ahead) <= set(days)
    read_all(anna, marta, liene)


@pytest.mark.feature("G16", "G17")
async def test_a_pause_that_is_agreed_is_in_what_staff_see_of_their_young_person(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    ((case,),) = await town.rows("SELECT id FROM cases")
    await marta.forges(MakePause(case, PauseReason.EXAMS, date(2026, 3, 30), date(2026, 4, 13)).pack())
    read_all(anna, marta, liene)
    await marta.forges(RehearseCase(case).pack())
    marta.sees("programme.staff.rehearsal.ready")
    file = marta.phone.messages[-1].attachment
    assert file is not None
    planned = await town.rows("SELECT planned_on FROM checkins WHERE state = 'planned' ORDER BY planned_on")
    text = file.content.decode()
    days = {date(int(y), int(m), int(d)) for d, m, y in re.findall(r"== (\d\d)\.(\d\d)\.(\d{4})", text)}
    assert {date.fromisoformat(row.planned_on) for row in planned} <= days
    assert not {date(2026, 3, 31), date(2026, 4, 7)} & days
    read_all(anna, marta, liene)


@pytest.mark.feature("G16", "G17")
async def test_where_a_pause_moves_the_end_its_days_are_added_once(town: Town) -> None:
    town.settings = town.settings.model_copy(update={"pause_extends": True})
    anna, marta, liene = await in_programme(town)
    ((case,),) = await town.rows("SELECT id FROM cases")
    await marta.forges(MakePause(case, PauseReason.EXAMS, date(2026, 3, 2), date(2026, 3, 16)).pack())
    assert (await town.rows("SELECT ends_on FROM cases"))[0][0] == "2026-06-15"
    read_all(anna, marta, liene)
    await marta.forges(RehearseCase(case).pack())
    marta.sees("programme.staff.rehearsal.ready")
    file = marta.phone.messages[-1].attachment
    assert file is not None
    (last,) = await town.rows("SELECT max(planned_on) AS day FROM checkins WHERE state = 'planned'")
    days = [day for day in re.split(r"== (?=\d)", file.content.decode()) if "Laiks sazināties" in day]
    assert days[-1].startswith(f"{date.fromisoformat(last.day):%d.%m.%Y}")
    read_all(anna, marta, liene)


async def test_who_may_not_see_the_case_is_told_nothing_of_it(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    ((case,),) = await town.rows("SELECT id FROM cases")
    oksana = await town.staff("oksana", Role.MENTOR)
    for action in (RehearseCase(case), Rehearse("15_17", Language.LV, Cadence.WEEKLY)):
        await oksana.forges(action.pack())
        oksana.sees("people.staff.not_available")
    await anna.forges(RehearseCase(case).pack())
    anna.sees("people.youth.not_available")
    read_all(marta, liene)

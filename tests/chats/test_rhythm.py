"""Another rhythm, as both sides live it; the reasons for a time; a clock abroad; days off that come and go."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.people.chat_zone import SetZone
from bot.programme.joining.rhythm_screens import ChangeRhythm
from bot.programme.joining.rhythms import Cadence
from bot.roles import Role
from tests.chats.casework import B as CASE
from tests.chats.casework import P as PROGRAMME
from tests.chats.casework import in_programme, opens_case, read_all, with_mentor
from tests.town.inhabitant import Inhabitant
from tests.town.sooner import sooner
from tests.town.town import Town

C = "checkins.staff"
B = "checkins.staff.button"
Y = "checkins.youth"
RIGA = ZoneInfo("Europe/Riga")


async def due(town: Town, zone: ZoneInfo = RIGA) -> list[str]:
    """Everything planned that nobody was asked about, by the local clock."""
    rows = await town.rows("SELECT due_at FROM checkins WHERE state = 'planned' ORDER BY due_at")
    moments = (datetime.fromtimestamp(row[0] / 1_000_000, UTC) for row in rows)
    return [f"{at.astimezone(zone):%d.%m %H:%M}" for at in moments]


async def chooses(guide: Inhabitant, town: Town, *buttons: str) -> None:
    """From the case to the preview, by keys or by labels."""
    await opens_case(guide, town, "anna")
    await guide.taps(f"{B}.rhythm")
    for one in buttons:
        await (guide.taps(one) if "." in one else guide.taps_label(one))


@pytest.mark.feature("G2")
async def test_a_mentor_changes_the_rhythm_sees_the_next_days_first_and_both_sides_are_told(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    before = await due(town)
    await chooses(marta, town, f"{CASE}.cadence.fortnightly", f"{CASE}.weekday.3", "15:00")
    shown = marta.sees(f"{C}.rhythm.preview").text
    assert "5. mar" in shown
    assert "15:00" in shown
    assert await due(town) == before
    anna.sees_nothing()
    await marta.taps(f"{B}.rhythm_confirm")
    marta.sees(f"{C}.rhythm.changed")
    anna.sees(f"{Y}.rhythm_changed")
    liene.sees_nothing()
    assert (await due(town))[:3] == ["05.03 15:00", "19.03 15:00", "02.04 15:00"]
    numbers = [row[0] for row in await town.rows("SELECT number FROM checkins ORDER BY due_at")]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.feature("G2")
async def test_a_second_press_and_the_same_rhythm_again_change_and_tell_nothing(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    case = int((await town.rows("SELECT id FROM cases"))[0][0])
    same = ChangeRhythm(case, Cadence.WEEKLY, 1, 10)
    rows = await town.rows("SELECT * FROM checkins ORDER BY id")
    await marta.forges(same.pack())
    marta.sees(f"{C}.rhythm.same")
    other = ChangeRhythm(case, Cadence.WEEKLY, 1, 12, sure=True)
    await liene.forges(other.pack())
    liene.sees(f"{C}.rhythm.changed")
    await liene.forges(other.pack())
    liene.sees_nothing()
    marta.sees(f"{C}.rhythm.changed_by")
    anna.sees(f"{Y}.rhythm_changed")
    anna.sees_nothing()
    assert len(rows) == len(await town.rows("SELECT * FROM checkins"))


@pytest.mark.feature("G2", "G1")
async def test_several_a_week_at_the_start_and_fewer_in_the_last_month(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    await chooses(marta, town, f"{CASE}.cadence.often", f"{CASE}.weekday.1")
    marta.sees(f"{PROGRAMME}.begin.extra_weekdays")
    await marta.taps_label("C., Pk.")
    await marta.taps_label("10:00")
    await marta.taps(f"{B}.rhythm_taper")
    marta.sees(f"{C}.rhythm.preview")
    await marta.taps(f"{B}.rhythm_confirm")
    read_all(anna, marta, liene)
    plan = await due(town)
    assert plan[:7] == [
        "03.03 10:00", "05.03 10:00", "06.03 10:00", "10.03 10:00", "12.03 10:00", "13.03 10:00", "17.03 10:00"
    ]  # fmt: skip
    assert plan[-3:] == ["28.04 10:00", "05.05 10:00", "19.05 10:00"]


@pytest.mark.feature("G1")
async def test_somebody_joins_with_a_date_in_the_month(town: Town) -> None:
    anna, marta, liene = await with_mentor(town)
    await opens_case(liene, town, "anna")
    for one in (f"{CASE}.joins", f"{CASE}.four_rules_hold", f"{CASE}.start_today"):
        await liene.taps(one)
    await liene.taps_label("3 ")
    await liene.taps(f"{CASE}.cadence.by_date")
    await liene.taps(f"{CASE}.last_day")
    await liene.taps_label("10:00")
    await liene.taps(f"{CASE}.confirm_plan")
    read_all(anna, marta, liene)
    assert await due(town) == ["31.03 10:00", "30.04 10:00", "01.06 10:00"]  # 31 May is a Sunday


@pytest.mark.feature("G2")
async def test_whoever_does_not_guide_the_case_changes_no_rhythm(town: Town) -> None:
    anna, _, _ = await in_programme(town)
    oksana = await town.staff("oksana", Role.MENTOR)
    case = int((await town.rows("SELECT id FROM cases"))[0][0])
    before = await due(town)
    for stranger, answer in ((oksana, "people.staff.not_available"), (anna, "people.youth.not_available")):
        await stranger.forges(ChangeRhythm(case, Cadence.MONTHLY, 1, 10, sure=True).pack())
        stranger.sees(answer)
    assert await due(town) == before


@pytest.mark.feature("G2")
@pytest.mark.parametrize(
    "forged",
    [
        ChangeRhythm(1, Cadence.WEEKLY, 6, 10, sure=True),
        ChangeRhythm(1, Cadence.WEEKLY, 1, 3, sure=True),
        ChangeRhythm(1, Cadence.WEEKLY, 1, 10, "often9_24", sure=True),
        ChangeRhythm(1, Cadence.FORTNIGHTLY, 1, 10, "date15", sure=True),
        ChangeRhythm(1, Cadence.MONTHLY, 0, 10, "date32", sure=True),
    ],
)
async def test_a_forged_rhythm_asks_anew(town: Town, forged: ChangeRhythm) -> None:
    _, marta, _ = await in_programme(town)
    before = await due(town)
    await marta.forges(forged.pack())
    marta.sees(f"{PROGRAMME}.begin.cadence")
    assert await due(town) == before


# --- why then ---


@pytest.mark.feature("O5")
@pytest.mark.parametrize(("name", "mentor", "name_of_day"), sooner("anna", [
    ("anna", "marta", "Lielā Piektdiena"), ("danylo", "oksana", "Страсна пʼятниця"), ("emma", "marta", "Good Friday"),
]))  # fmt: skip
async def test_why_names_the_holiday_in_the_readers_language(
    town: Town, name: str, mentor: str, name_of_day: str
) -> None:
    """Good Friday 2026 is on 3 April; the check-in of that day waits until the Tuesday after Easter."""
    young, guide, liene = await in_programme(town, name, mentor, weekday=4)
    await young.says("/why")
    young.sees(f"{Y}.why_next")
    await town.live_until(datetime(2026, 3, 31, 8, 0, tzinfo=UTC), timedelta(hours=12))
    read_all(young, guide, liene)
    await young.says("/why")
    assert name_of_day in young.sees(f"{Y}.why_next").text
    await guide.says("/why")
    guide.sees(f"{C}.why_which")
    await guide.taps(f"{B}.why_of")
    guide.sees(f"{C}.why")
    await guide.taps(f"{B}.back")
    guide.sees(f"{C}.open")
    await guide.taps(f"{B}.why")
    guide.sees(f"{C}.why")


# --- abroad ---


@pytest.mark.feature("G5", "G4")
async def test_who_goes_abroad_keeps_the_hour_on_the_wall_and_reads_times_by_their_own_clock(town: Town) -> None:
    anna, marta, _ = await in_programme(town)
    await anna.says("/zone")
    anna.sees("people.any.zone")
    await anna.says("Londona")
    anna.sees("people.any.zone_set")
    london = ZoneInfo("Europe/London")
    assert {at[-5:] for at in await due(town, london)} == {"10:00"}
    assert (await due(town))[0] == "03.03 12:00"
    await anna.says("/why")
    assert "10:00" in anna.sees(f"{Y}.why_next").text
    await marta.says("/why")
    assert "12:00" in " ".join(marta.buttons)
    marta.reads_rest()
    await anna.says("/zone Latvija")
    anna.sees("people.any.zone_set")
    assert (await due(town))[0] == "03.03 10:00"


@pytest.mark.feature("G5")
async def test_what_is_no_place_is_asked_again_and_a_forged_zone_changes_nothing(town: Town) -> None:
    anna = await town.youth("anna")
    anna.reads_rest()
    await anna.says("/zone")
    await anna.says("mājās pie jūras")
    anna.sees("people.any.zone_unclear")
    await anna.says("x" * 4000)
    anna.sees("people.any.zone_too_long")
    await anna.taps_label("Londona")
    anna.sees("people.any.zone_set")
    await anna.forges(SetZone("Europe/Nowhere").pack())
    anna.sees("people.youth.not_available")
    assert (await town.rows("SELECT zone FROM people WHERE zone IS NOT NULL"))[0][0] == "Europe/London"


# --- days off ---


@pytest.mark.feature("G7", "O5")
async def test_a_day_off_taken_back_brings_its_check_in_home(town: Town) -> None:
    anna, marta, liene = await in_programme(town)
    dace = await town.staff("dace", Role.COORDINATOR, None)
    await town.move_to(datetime(2026, 3, 2, 21, 50, tzinfo=UTC))  # ten to midnight
    read_all(anna, marta, liene, dace)
    await dace.says("/dayoff")
    await dace.taps(f"{B}.add_day")
    await dace.says("03.03. Novada svētki")
    dace.sees(f"{C}.day_added")
    assert (await due(town))[:2] == ["04.03 10:00", "10.03 10:00"]
    await anna.says("/why")
    assert "Novada svētki" in anna.sees(f"{Y}.why_next").text
    await dace.says("/dayoff")
    await dace.taps(f"{B}.remove_day")
    dace.sees(f"{C}.day_removed")
    assert (await due(town))[:2] == ["03.03 10:00", "10.03 10:00"]
    await town.move_to(datetime(2026, 3, 3, 7, 30, tzinfo=UTC))
    marta.sees(f"{C}.moved_by_day_off")
    marta.sees(f"{C}.moved_back")
    read_all(marta, dace, liene, anna)

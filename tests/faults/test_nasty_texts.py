"""Whatever somebody types where others will read it: one person's words never pass for the bot's or for another's."""

import random
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pytest

from bot.directory.actions_register import TakeAgain
from bot.events.audience import Group
from bot.events.going_out.actions_sending import SendToMe
from bot.events.questions.actions_questions import AskQuestion
from bot.events.writing.actions_writing import Ask
from bot.events.writing.drafts import Step
from bot.networks.actions_topics import Propose, Topics
from bot.referrals.actions import AddNote
from bot.referrals.referral import Kind
from bot.staff.rules import is_name
from bot.typed import in_one_line, visible
from bot.words import Language
from tests.faults.counts import SEED, full
from tests.faults.stage import Said, Stage
from tests.town.town import Town

NASTY: Final = full(300, 5_000)
HARMLESS: Final = "Rozmarīns"

PIECES: Final = (
    "</b>", "<b>", "<script>alert(1)</script>", "<a href='tg://user?id=1'>", "&lt;b&gt;", "&amp;", "&#x202e;",
    "{name}", "{0}", "%s", "\\n", "\n", "\n\n", "\r\n", "\u2028", "\u2029", "\x0b", "\x85", "\t", "\x00", "\x1b[31m",
    "\u202e", "\u202d", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\u200c", "\u200d", "\u2060",
    "\ufeff", "\u00ad", "\u3164", "\u2800", "\u115f", "\u034f", "\U000e0041", "Admin", "Аdmin", "Administrators:",
    "PROTI un DARI!", "Київ", "Ā", "ß", "İ", "ﬃ", "🙂", "👩‍💻", "🇱🇻", "🫨", "Z̷̢a̴lgo", "@admin", "/start",
    "https://t.me/x", "'; DROP TABLE", "*bold*", "_it_", "`code`", "||x||", "\ud83d", "١٢٣", "मराठी", "العربية",
    "Когда: завтра", "Kad: rīt", "x" * 50,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """Where something is typed: who presses what first, and who then reads it where (a button or a line)."""

    writer: str
    question: str
    reader: str
    looks: str | None = None
    before: str = ""
    first: tuple[str, str] | None = None
    """Somebody's press ahead of it all."""


@pytest.mark.slow
@pytest.mark.feature("X38")
@pytest.mark.asyncio(loop_scope="session")
async def test_no_typed_text_becomes_a_line_of_the_bots_or_breaks_a_message(stage: Stage) -> None:
    dice, spoofed, shown_to = random.Random(SEED), [], 0
    fields = await _fields(stage)
    usual = {name: await _read(stage, field, HARMLESS) for name, field in fields.items()}
    silent = {name: said for name, said in usual.items() if not any(HARMLESS in one.text for one in said)}
    assert not silent, silent
    for number in range(NASTY):
        name = list(fields)[number % len(fields)]
        nasty = _nasty(dice)
        said = await _read(stage, fields[name], nasty)
        taken = _taken(name, nasty)
        shown_to += bool(taken)
        if _hides(said) or (taken and not _same_lines(usual[name], said)):
            spoofed.append((name, nasty, said))
    print(f"\nX38 seed {SEED}: {NASTY} nasty texts in {len(fields)} fields, {shown_to} shown, {len(spoofed)} spoofed")
    assert not spoofed, "\n".join(map(repr, spoofed[:5]))


async def _fields(stage: Stage) -> Mapping[str, Field]:
    """Every place where one person types what another reads on one line."""
    ogre = stage.places[0].cast
    rows = await stage.town.rows("SELECT id, youth_id FROM cases")
    cases = {row.youth_id: row.id for row in rows}
    first, second = (cases[stage.known[ogre[one]].id] for one in ("youth", "youth_2"))
    draft = (await stage.town.rows("SELECT min(id) FROM events WHERE state = 'draft'"))[0][0]
    coordinator, copy = ogre["coordinator"], SendToMe(draft, Language.LV, Group.YOUTH).pack()
    sent = (await stage.town.rows("SELECT min(id) FROM events WHERE state = 'sent'"))[0][0]
    network = (await stage.town.rows("SELECT min(id) FROM networks"))[0][0]
    note = AddNote(second, Kind.PARTNER, stage.known[ogre["partner"]].id).pack()
    return {
        "name": Field(ogre["mentor"], "staff.rename", ogre["youth"], "checkins.plan"),
        "meeting": Field(ogre["mentor"], f"programme.meet:{first}", ogre["youth"]),
        "note": Field(ogre["mentor_2"], note, ogre["youth_2"], first=(ogre["partner"], TakeAgain(None).pack())),
        "title": Field(coordinator, Ask(draft, Step.TITLE).pack(), coordinator, copy),
        "place": Field(coordinator, Ask(draft, Step.PLACE).pack(), coordinator, copy),
        "question": Field(ogre["youth"], AskQuestion(sent).pack(), coordinator),
        "topic": Field(ogre["mentor"], Propose(network).pack(), coordinator, Topics(network).pack()),
        "day off": Field("dace", "checkins.add_day", ogre["lead"], "checkins.days_off", before="12.3. "),
    }


async def _read(stage: Stage, field: Field, text: str) -> list[Said]:
    """What the reader's phone shows after the writer typed it."""
    stage.reset()
    if field.first is not None:
        await stage.press(field.first[0], [field.first[1]])
    await stage.press(field.writer, [field.question])
    typed = f"{field.before}{text}"[:4096]
    await stage.person(field.writer).phone.send(typed)
    await stage.town.answer()
    said = stage.harvest()
    if field.looks is not None:
        said = await stage.press(field.reader, [field.looks])
    reader = stage.person(field.reader).phone.id
    broken = stage.person(field.reader).words("people.staff.broken")
    assert not any(broken in one.text for one in said), text
    return [one for one in said if one.chat == reader]


def _taken(name: str, nasty: str) -> bool:
    """Whether it fits there, so that it is shown and not asked for again; half a letter arrives as three signs."""
    arrives = f"{'12.3. ' if name == 'day off' else ''}{nasty}"[:4096].encode("utf-8", "surrogatepass")
    line = in_one_line(arrives.decode("utf-8", "replace"))
    most = {"meeting": 300, "note": 500, "title": 100, "place": 200, "question": 500, "topic": 200, "day off": 60}
    if name == "name":
        return is_name(line)
    line = line.removeprefix("12.3. ")
    return 0 < len(line.encode("utf-16-le", "replace")) // 2 <= most[name] and line not in ("12.3.", "/start")


def _same_lines(usual: Sequence[Said], said: Sequence[Said]) -> bool:
    """Whether these are the usual messages line by line, but for the lines that hold the typed words."""
    if len(usual) != len(said):
        return False
    for expected, one in zip(usual, said, strict=True):
        lines, others = expected.text.split("\n"), one.text.splitlines()
        if len(lines) != len(others):
            return False
        for line, other in zip(lines, others, strict=True):
            before, found, after = line.partition(HARMLESS)
            if not (other.startswith(before) and other.endswith(after) if found else line == other):
                return False
    return True


def _hides(said: Sequence[Said]) -> bool:
    """Whether anything in it cannot be seen, but for the joiner within an emoji."""
    text = "".join(part for one in said for part in (one.text, *one.labels)).replace("\u200d", "")
    return any(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") and sign != "\n" for sign in text)


def _nasty(dice: random.Random) -> str:
    """A few pieces one behind the other, or one of them very often."""
    made = "".join(dice.choices(PIECES, k=dice.randrange(1, 7)))
    if dice.random() < 0.1:
        made = (dice.choice(PIECES) * 4096)[:4096]
    return made if made.strip() and not made.startswith("/") else f"a{made}"


@pytest.mark.feature("X38")
@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("Marta\u202eatraM", "MartaatraM"), ("a\u2028b\r\nc", "a\nb\nc"), ("👩‍💻", "👩‍💻"), ("a\u200db", "ab"),
        ("\u3164\u2800\u115f", ""), ("❤️ 🩷 🫨", "❤️ 🩷 🫨"), ("  Ла́ра  ", "Ла́ра"), ("a\tb", "a b"), ("\n\n", ""),
    ],
)  # fmt: skip
def test_a_typed_text_is_kept_as_it_looks(typed: str, seen: str) -> None:
    assert visible(typed) == seen
    assert visible(seen) == seen


@pytest.mark.feature("X37")
async def test_a_contact_card_is_answered_kindly_and_kept_nowhere(town: Town) -> None:
    """The bot asks for no contacts: one's own card and anybody else's are the same to it, also amid a question."""
    anna, marta = await town.youth("anna"), await town.youth("emma")
    for of in (anna.phone, marta.phone, None):
        await anna.phone.share_contact(of, number="+37126543210")
        await town.after_a_moment()
        anna.sees("people.youth.only_text")
        anna.reads_rest()
    kept = b"".join(path.read_bytes() for path in town.database_file.parent.glob("bot.db*"))
    assert b"37126543210" not in kept
    assert b"anna_secret" not in kept
    assert len(await town.rows("SELECT id FROM people")) == 2

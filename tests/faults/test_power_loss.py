"""The power goes at any moment: the database is whole, and every referral that was acknowledged is in it.

A library loaded into the process notes every write, truncation and sync in order. From the notes the disk is made as it
may be found after a cut at any of them: what was synced is there; of what was not, each write may have arrived whole,
by half, or not at all, in any order.
"""

import os
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.counts import SEED
from tests.faults.referring import erased_by

CUTS = 200
REFERRALS = 100
SECTOR = 512


@dataclass(frozen=True, slots=True)
class Note:
    """One thing done to a file: W(rite), T(runcate), S(ync) or U(nlink)."""

    kind: str
    file: str
    offset: int
    data: bytes


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("needs Linux and a C compiler")
    library = tmp_path_factory.mktemp("power") / "power.so"
    source = Path(__file__).with_name("power.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True)
    return library


def refer(library: Path, folder: Path, kind: str) -> list[Note]:
    """Let the process refer people; everything it did to the files."""
    disk, notes = folder / "disk", folder / "notes"
    disk.mkdir()
    subprocess.run(
        [sys.executable, "-m", "tests.faults.referring", str(disk / "bot.db"), str(REFERRALS), str(SEED), kind],
        env={
            "PATH": os.environ.get("PATH", ""),
            "LD_PRELOAD": str(library),
            "POWER_FOLDER": f"{disk}/",
            "POWER_NOTES": str(notes),
        },
        cwd=Path(__file__).resolve().parents[2],
        check=True,
    )
    return list(read(notes.read_bytes()))


def read(raw: bytes) -> list[Note]:
    found, at = [], 0
    while at < len(raw):
        kind, name, offset, length = struct.unpack_from("QQQQ", raw, at)
        at += 32
        file = raw[at : at + name].decode().rsplit("/", 1)[1]
        found.append(Note(chr(kind), file, offset, raw[at + name : at + name + length]))
        at += name + length
    return found


def apply(content: bytearray, note: Note) -> None:
    if note.kind == "W":
        content.extend(bytes(max(0, note.offset + len(note.data) - len(content))))
        content[note.offset : note.offset + len(note.data)] = note.data
    elif note.kind == "T":
        content.extend(bytes(max(0, note.offset - len(content))))
        del content[note.offset :]
    else:
        content.clear()


def after_cut(notes: Sequence[Note], dice: random.Random) -> dict[str, bytearray]:
    """The files as they may be found when the power went after the last of these notes."""
    disk: dict[str, bytearray] = {}
    for name in {note.file for note in notes if not note.file.endswith("-shm")}:
        mine = [note for note in notes if note.file == name]
        synced = max((place for place, note in enumerate(mine) if note.kind in "SU"), default=-1) + 1
        content = disk[name] = bytearray()
        for note in mine[:synced]:
            if note.kind != "S":
                apply(content, note)
        for note in mine[synced:]:
            match dice.choice(("whole", "half", "not")):
                case "whole":
                    apply(content, note)
                case "half" if note.kind == "W":
                    sectors = dice.randrange(len(note.data) // SECTOR + 1)
                    apply(content, Note("W", name, note.offset, note.data[: sectors * SECTOR]))
    return disk


def acknowledged(notes: Sequence[Note]) -> tuple[set[int], set[int]]:
    """Referrals that must be there, and those that must be gone."""
    said = {int(line) for note in notes if note.file == "acknowledged" for line in note.data.split()}
    under_way = max(said, default=0) + 1  # committed or not, and either is right
    gone = {erased_by(number) for number in said}
    return said - gone - {erased_by(under_way)}, gone


def verdict(notes: Sequence[Note], folder: Path, dice: random.Random) -> str:
    """What is found after a cut there: well, lost, undone (an erasure) or damaged."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in after_cut(notes, dice).items():
        if content or name == "bot.db":
            (folder / name).write_bytes(content)
    must, gone = acknowledged(notes)
    try:
        with closing(sqlite3.connect(folder / "bot.db")) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            if not whole or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                return "damaged"
            there = {number for (number,) in connection.execute("SELECT id FROM referrals")} if must else set()
    except sqlite3.DatabaseError:
        return "damaged"
    return "lost" if must - there else "undone" if gone & there else "well"


def cut_at_random(notes: Sequence[Note], folder: Path) -> Counter[str]:
    """At every kind of moment, most often just before and after a sync, where it matters most."""
    dice = random.Random(SEED)
    syncs = [place for place, note in enumerate(notes) if note.kind == "S"]
    places = [dice.choice(syncs) + dice.randint(0, 1) for _ in range(CUTS // 2)]
    places += [dice.randrange(1, len(notes)) for _ in range(CUTS - len(places))]
    return Counter(verdict(notes[:place], folder, dice) for place in places)


@pytest.mark.slow
@pytest.mark.feature("X4")
def test_after_any_power_cut_the_database_is_whole_and_nothing_acknowledged_is_missing(
    library: Path, tmp_path: Path
) -> None:
    notes = refer(library, tmp_path, "lasting")
    assert acknowledged(notes)[0]
    found = cut_at_random(notes, tmp_path / "after")
    print(f"seed {SEED}: {CUTS} power cuts among {len(notes)} writes and syncs of {REFERRALS} referrals: {dict(found)}")
    assert found == {"well": CUTS}


@pytest.mark.slow
@pytest.mark.feature("X4")
def test_the_same_cuts_find_what_is_lost_where_commits_do_not_wait_for_the_disk(library: Path, tmp_path: Path) -> None:
    """The test of the test: a commit that does not wait for the disk may be undone, and nothing but that."""
    found = cut_at_random(refer(library, tmp_path, "passing"), tmp_path / "after")
    assert found["lost"] > CUTS // 10
    assert not found["damaged"]

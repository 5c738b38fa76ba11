"""`python -m bot directory`: out, changed by hand, looked at, taken in; a wrong file changes nothing."""

import asyncio
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.__main__ import main
from bot.storage.database import Database
from bot.storage.tables import organizations
from tests.town.town import START


def _rows(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


async def _listed(database: Path) -> None:
    opened = Database(f"sqlite+aiosqlite:///{database}")
    async with opened.write() as db:
        row = {"code": "centre", "name": "Centrs", "kind": "youth_centre", "municipality": "LV-067"}
        await db.execute(insert(organizations).values(**row, changed_at=START))
    await opened.close()


@pytest.mark.feature("H1")
def test_the_whole_directory_goes_out_and_in_by_command(
    database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(_listed(database_file))
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite+aiosqlite:///{database_file}")
    out = tmp_path / "out.zip"
    assert main(["directory", "export", str(out)]) == 0
    assert main(["directory", "export", str(out)]) == 1
    assert "nothing was written" in capsys.readouterr().out
    with zipfile.ZipFile(out) as archive:
        text = archive.read("organizations.csv").decode("utf-8-sig")
    changed = tmp_path / "organizations.csv"
    changed.write_text(text.replace("Centrs", "Jauniešu centrs"), "utf-8")
    before = _rows(database_file)

    assert main(["directory", "import", str(out)]) == 0
    assert capsys.readouterr().out == "There is nothing to change.\n"
    assert main(["directory", "import", str(changed), "--dry-run"]) == 0
    assert capsys.readouterr().out == "changed: Jauniešu centrs\nNothing was changed.\n"
    wrong = tmp_path / "services.csv"
    wrong.write_text("id,organization_id,name\ntalks,nowhere,Sarunas\n", "utf-8")
    assert main(["directory", "import", str(wrong)]) == 1
    told = capsys.readouterr().out
    assert "services.csv, row 2, column organization_id" in told
    assert told.endswith("Nothing was changed.\n")
    assert [line for line in _rows(database_file) if "audit" not in line] == [
        line for line in before if "audit" not in line
    ]

    assert main(["directory", "import", str(changed)]) == 0
    assert capsys.readouterr().out == "changed: Jauniešu centrs\nTaken over.\n"
    assert any("Jauniešu centrs" in line for line in _rows(database_file))


def test_without_a_database_or_a_file_there_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'none.db'}")
    assert main(["directory", "export", str(tmp_path / "out.zip")]) == 2
    assert "is no database of this version" in capsys.readouterr().err
    assert main(["directory", "import", str(tmp_path / "none.zip")]) == 1
    assert "it cannot be read" in capsys.readouterr().out

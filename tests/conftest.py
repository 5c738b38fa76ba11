"""Fixtures: a migrated database copied for each test, the town over it, and the story transcripts."""

import gc
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from hypothesis import settings

from bot.storage.database import Database
from bot.storage.migrating import migrate
from tests.faults.counts import FULL
from tests.feature_report import FeatureReport
from tests.slow_report import SlowReport
from tests.town.compiled import sharing_statements
from tests.town.gatekeeper import Gatekeeper
from tests.town.town import Town

# How long an example takes says more of the machine than of the bot; speed is for `make bench`. The same commit has the
# same outcome wherever it is tested: chance looks further where the whole counts are wanted.
settings.register_profile("unhurried", deadline=None, derandomize=not FULL)
settings.load_profile("unhurried")

TRANSCRIPTS = Path(__file__).parent / "transcripts"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-transcripts", action="store_true", help="write the stories' transcripts anew")
    parser.addoption("--features", action="store_true", help="print which feature rows have a passing test")


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # until everything is imported, see pytest_collection_finish
    config.pluginmanager.register(SlowReport())
    if config.getoption("--features"):
        config.pluginmanager.register(FeatureReport())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark in item.iter_markers("feature"):
            item.user_properties += [("feature", row) for row in mark.args]


def pytest_collection_finish() -> None:
    """What was imported stays to the end: looking through it for garbage again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(scope="session")
def fresh_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file just migrated; copied, never used itself."""
    path = tmp_path_factory.mktemp("database") / "fresh.db"
    migrate(path)
    return path


@pytest.fixture
def database_file(fresh_database: Path, tmp_path: Path) -> Path:
    """This test's own migrated database."""
    path = tmp_path / "bot.db"
    shutil.copy(fresh_database, path)
    return path


REACHES_IN = frozenset({"monkeypatch", "caplog", "capsys"})
"""A test with one of these may change what a walk does, or want to see it done."""


@pytest.fixture
async def town(database_file: Path, request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    """The town; at the end nothing may be left unread or refused."""
    one = Town(database_file)
    one.keeps_walks = REACHES_IN.isdisjoint(request.fixturenames)
    yield one
    await one.database.close()
    one.check()


@pytest.fixture
async def gatekeeper(database_file: Path) -> AsyncIterator[Gatekeeper]:
    """The doors of the bot, with nobody behind them yet."""
    database = sharing_statements(Database(f"sqlite+aiosqlite:///{database_file}"))
    yield Gatekeeper(database)
    await database.close()


@pytest.fixture
def tell_story(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a story's transcript with the one in the repository, or write it with --write-transcripts."""

    def tell(name: str, transcript: str) -> None:
        path = TRANSCRIPTS / f"{name}.md"
        if request.config.getoption("--write-transcripts"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(transcript, "utf-8")
        assert path.read_text("utf-8") == transcript, f"{path.name} changed: look at it, then run `make transcripts`"

    return tell

"""Statements compiled for one test serve all that come after it in the same process.

Each test has a file and a `Database` of its own, and each would compile the same few hundred statements anew, which
takes longer than to run them. What is compiled depends on the tables alone, which are the same for all.
"""

from typing import TypeVar

from sqlalchemy import Engine

from bot.storage.database import Database

D = TypeVar("D", bound=Database)

_first: list[Engine] = []


def sharing_statements(database: D) -> D:
    """The same database, which takes what it finds compiled and leaves behind what it compiles."""
    engine = database._engine.sync_engine
    if _first:
        engine.dialect, engine._compiled_cache = _first[0].dialect, _first[0]._compiled_cache
    else:
        _first.append(engine)
    return database

"""`python -m bot questionnaire check FILE` and `import FILE`: a new version of the questions, without a new program."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from bot.clock import SystemClock
from bot.screening import store_versions
from bot.screening.checking import Faulty, Sound, check
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.migrating import HEAD, Unusable, version_of
from bot.texts import catalogue
from bot.words import Language


@dataclass(frozen=True, slots=True)
class Report:
    """What is to be said of a file, line by line, and whether all is well."""

    well: bool
    lines: tuple[str, ...]


def check_file(file: Path) -> Report:
    """What is wrong with the file, each fault in a sentence of its own."""
    text = _text(file)
    return text if isinstance(text, Report) else _looked_over(file, text)


def import_file(file: Path, settings: Settings) -> Report:
    """Make the file the version that new runs get, at once and in a running bot too.

    Nothing is changed where the file is at fault, or its version is published with another text. Raises Unusable where
    there is no database for it.
    """
    text = _text(file)
    if isinstance(text, Report):
        return text
    seen = _looked_over(file, text)
    if not seen.well:
        return seen
    if version_of(settings.database_file) != HEAD:
        raise Unusable(f"{settings.database_file} is not there in this version's form: run `python -m bot migrate`.")
    if not asyncio.run(_publish(text, settings)):
        return Report(
            False, (f"{file}: its version is published with another text; give the changed one a new version.",)
        )
    done = f"{file}: published. Who begins from now on is asked by it; who is in the middle of another finishes that."
    return Report(True, (*seen.lines, done))


async def _publish(text: str, settings: Settings) -> bool:
    database = Database(settings.database_url)
    try:
        async with database.write() as db:
            return await store_versions.publish(db, text, SystemClock().now())
    finally:
        await database.close()


def _text(file: Path) -> str | Report:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return Report(False, (f"{file}: this is not a text in UTF-8.",))
    except OSError as why:
        return Report(False, (f"{file}: it cannot be read: {why.strerror}.",))


def _looked_over(file: Path, text: str) -> Report:
    match check(text, {language: frozenset(catalogue(language).forms) for language in Language}):
        case Faulty(sentences):
            return Report(False, tuple(f"{file}: {sentence}" for sentence in sentences))
        case Sound(form, ways, longest):
            told = f"version {form.version}, {len(form.questions)} questions, {ways} ways, the longest {longest} taps"
            return Report(True, (f"{file}: sound; {told}.",))

"""The bot's face on Telegram as code: descriptions and commands, set where they differ from what stands there."""

import hashlib
import logging
from dataclasses import dataclass

from sqlalchemy import select, update
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden

from bot.commands import Command, commands_for
from bot.people.store import WHO, persons_from
from bot.roles import Person
from bot.storage.database import Database
from bot.storage.tables import grants, people
from bot.texts import Texts
from bot.words import Language, phrase

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Profile:
    """Keeps what Telegram shows of the bot in step with the code and with people's roles."""

    bot: Bot
    texts: Texts
    database: Database

    async def publish(self) -> None:
        """Set descriptions and everybody's commands, per language and for all other languages in Latvian."""
        somebody = Person(0, Language.LV, "")
        for code, language in (("", Language.LV), *((language.value, language) for language in Language)):
            commands = self._commands(commands_for(somebody), somebody, language)
            if tuple(await self.bot.get_my_commands(language_code=code or None)) != commands:
                await self.bot.set_my_commands(commands, language_code=code or None)
            description = self.texts.plain(phrase("people.youth.bot_description"), language)
            if (await self.bot.get_my_description(code or None)).description != description:
                await self.bot.set_my_description(description, code or None)
            short = self.texts.plain(phrase("people.youth.bot_short_description"), language)
            if (await self.bot.get_my_short_description(code or None)).short_description != short:
                await self.bot.set_my_short_description(short, code or None)

    async def keep_up(self) -> None:
        """Give the commands of their roles to those whose roles or language changed since they were last told.

        Raises TelegramError while Telegram is away; whoever was not told is told the next time.
        """
        for person, telegram_id, told in await self._staff_and_former():
            wanted = commands_for(person)
            digest = _digest(person, wanted)
            if digest == told:
                continue
            try:
                await self._tell(person, telegram_id, wanted)
            except (BadRequest, Forbidden) as refused:  # this one has no chat with us (any more): no reason to stop
                log.warning("commands not set", extra={"action": "commands_not_set", "kind": type(refused).__name__})
            async with self.database.write() as db:
                await db.execute(update(people).where(people.c.id == person.id).values(commands=digest))

    async def _staff_and_former(self) -> list[tuple[Person, int, str | None]]:
        """Everybody who holds a role, and everybody who once did and still sees its commands."""
        concerned = people.c.id.in_(select(grants.c.person_id)) | people.c.commands.is_not(None)
        query = WHO.add_columns(people.c.telegram_id, people.c.commands).where(
            concerned, people.c.unreachable_at.is_(None)
        )
        async with self.database.read() as db:
            rows = (await db.execute(query)).all()
        also = {row.id: (row.telegram_id, row.commands) for row in rows}
        return [(person, *also[person.id]) for person in persons_from(rows)]

    async def _tell(self, person: Person, telegram_id: int, wanted: tuple[Command, ...]) -> None:
        scope = BotCommandScopeChat(telegram_id)
        if person.is_youth:
            await self.bot.delete_my_commands(scope)
        else:
            await self.bot.set_my_commands(self._commands(wanted, person, person.language), scope)

    def _commands(self, wanted: tuple[Command, ...], to: Person, language: Language) -> tuple[BotCommand, ...]:
        return tuple(BotCommand(one.name, self.texts.plain(phrase(one.key_for(to)), language)) for one in wanted)


def _digest(person: Person, wanted: tuple[Command, ...]) -> str | None:
    """What was told, in few letters; nothing for somebody without a role."""
    if person.is_youth:
        return None
    told = " ".join([person.language.value, *(one.name for one in wanted)])
    return hashlib.sha256(told.encode()).hexdigest()[:40]

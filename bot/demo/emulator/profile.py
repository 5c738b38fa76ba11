"""What the bot says of itself: commands by scope and language, names, descriptions, the menu button."""

import re
from dataclasses import dataclass, field

from bot.demo.emulator.model import Json
from bot.demo.emulator.refusals import ProblemKind, bad_request

COMMANDS_LIMIT = 100

Scope = tuple[str, int | None, int | None]


def scope_of(raw: Json | None) -> Scope:
    """A scope as a key: its type, its chat, its member."""
    if raw is None:
        return ("default", None, None)
    chat = raw.get("chat_id")
    return (raw["type"], int(chat) if chat is not None else None, raw.get("user_id"))


@dataclass(slots=True)
class Profile:
    """Texts are kept by language code, "" for everybody else."""

    name: str
    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)

    def set_commands(self, commands: list[Json], scope: Scope, language: str) -> None:
        if len(commands) > COMMANDS_LIMIT:
            raise bad_request("BOT_COMMANDS_TOO_MUCH", ProblemKind.SCHEMA)
        for command in commands:
            if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
                raise bad_request("BOT_COMMAND_INVALID", ProblemKind.SCHEMA)
            if not 1 <= len(command["description"]) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID", ProblemKind.SCHEMA)
        self.commands[scope, language] = [
            {"command": command["command"].lstrip("/"), "description": command["description"]} for command in commands
        ]

    def commands_in(self, scopes: list[Scope], language: str) -> tuple[tuple[str, str], ...]:
        """What the menu shows: the first scope that has commands, in the person's language before any other."""
        for scope in scopes:
            for code in (language, ""):
                found = self.commands.get((scope, code))
                if found:
                    return tuple((command["command"], command["description"]) for command in found)
        return ()

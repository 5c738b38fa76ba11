"""How Telegram says no. Wording after Client.cpp of tdlib/telegram-bot-api and core.telegram.org/bots/api.

Refusals are raised here, unlike in the bot's rules: a check deep inside a keyboard ends the whole call,
and `Telegram.call` is the one place that turns it into an answer.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.demo.emulator.model import Json


class ProblemKind(StrEnum):
    """What a correct bot never does."""

    SCHEMA = "schema"
    UNSUPPORTED = "unsupported"
    ENTITIES = "entities"
    TEXT = "text"
    MARKUP = "markup"
    FLOOD = "flood"
    LATE_ANSWER = "late_answer"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Problem:
    """A broken contract, whether or not Telegram would have refused it."""

    kind: ProblemKind
    method: str
    detail: str
    chat_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RefusedCall:
    """A call that was answered with an error, for tests that count refusals."""

    method: str
    chat_id: int | None
    status: int
    description: str
    at: datetime


class Refused(Exception):
    """Telegram answers with an error; `problem` is set where a correct bot would not have asked."""

    def __init__(
        self, status: int, description: str, *, parameters: Json | None = None, problem: ProblemKind | None = None
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters
        self.problem = problem


def bad_request(words: str, problem: ProblemKind | None = None) -> Refused:
    """400 in Telegram's manner: the first letter small unless the second is a capital or an underscore."""
    if len(words) < 2 or not (words[1].isupper() or words[1] == "_"):
        words = words[:1].lower() + words[1:]
    return Refused(400, f"Bad Request: {words}", problem=problem)


def forbidden(words: str) -> Refused:
    return Refused(403, f"Forbidden: {words}")


def too_many_requests(retry_after: int, problem: ProblemKind | None = None) -> Refused:
    return Refused(
        429,
        f"Too Many Requests: retry after {retry_after}",
        parameters={"retry_after": retry_after},
        problem=problem,
    )


def migrated(new_chat_id: int) -> Refused:
    return Refused(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": new_chat_id},
    )


def polling_with_webhook() -> Refused:
    return Refused(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )


def other_poller() -> Refused:
    return Refused(
        409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


def webhook_set_meanwhile() -> Refused:
    return Refused(409, "Conflict: terminated by setWebhook request")


def unauthorized() -> Refused:
    return Refused(401, "Unauthorized")


def malformed_token() -> Refused:
    return Refused(404, "Not Found")


def unknown_method() -> Refused:
    return Refused(404, "Not Found: method not found", problem=ProblemKind.SCHEMA)


def not_modified() -> Refused:
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same as a current "
        "content and reply markup of the message"
    )


def stale_press(problem: ProblemKind | None = None) -> Refused:
    return bad_request("query is too old and response timeout expired or query ID is invalid", problem)

"""The stage and its chats as JSON for the page; times are ISO 8601 in UTC."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.demo.emulator.formatted import entity_json
from bot.demo.emulator.model import Button, Message, Press
from bot.demo.emulator.telegram import Telegram
from bot.demo.mailbox import Mailboxes
from bot.demo.page.stage import Move, Stage, StagePhone, target

Json = dict[str, Any]

MOST_MESSAGES = 200  # of a chat at a time: months of travel should not slow the page
MOST_TOASTS = 20


@dataclass(frozen=True, slots=True)
class BecameDue:
    """One thing that the clock set off on its way, and when (UTC)."""

    at: datetime
    line: str


def moment(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def stage_view(stage: Stage) -> Json:
    """What does not change while the demo runs: who stands there, and the bot's name."""
    return {
        "bot": stage.telegram.bot.username,
        "can_reset": stage.reset is not None,
        "has_mailbox": stage.mail is not None,
        "phones": [
            {
                "id": each.phone.id,
                "label": each.label,
                "role": each.role,
                "note": each.note,
                "deep_link": each.deep_link,
                "deep_link_label": each.deep_link_label,
            }
            for each in stage.phones
        ],
    }


async def clock_view(stage: Stage, moving: bool, became_due: Sequence[BecameDue] | None) -> Json:
    """The clock bar: the time, where each button would lead, and what the last move (None: none yet) set off."""
    now = stage.clock.now()
    due = await stage.next_due()
    targets = {move: target(move, now, due[0] if due else None) for move in Move}
    return {
        "now": moment(now),
        "moving": moving,
        "next_due": {"at": moment(due[0]), "what": due[1]} if due else None,
        "targets": {move.value: moment(when) if when else None for move, when in targets.items()},
        "became_due": None if became_due is None else [{"at": moment(due.at), "text": due.line} for due in became_due],
    }


def phone_view(telegram: Telegram, stage_phone: StagePhone) -> Json:
    """One phone's chat as its person sees it now."""
    phone = stage_phone.phone
    waiting_for = {each.what for each in telegram.unanswered() if each.chat_id == phone.id}
    descriptions = telegram.profile.descriptions
    description = descriptions.get(phone.user.language_code or "") or descriptions.get("", "")
    return {
        "id": phone.id,
        "messages": [message_view(each, phone.spinners) for each in phone.messages[-MOST_MESSAGES:]],
        "working": bool(waiting_for),
        "typing": bool(waiting_for - {"press"}),  # a press shows its own spinner, and dots would push its button away
        "blocked": phone.has_blocked,
        "toasts": [
            {"press": toast.press_id, "text": toast.text, "alert": toast.alert} for toast in phone.toasts[-MOST_TOASTS:]
        ],
        "description": description,
        "commands": [
            {"command": command, "description": words} for command, words in telegram.commands_for(phone.user)
        ],
    }


def mailbox_view(mail: Mailboxes) -> Json:
    """All letters, oldest first; their text in pieces, so that the page need not look for addresses itself."""
    newest = list(enumerate(mail.letters))[-MOST_MESSAGES:]
    return {
        "letters": [
            {
                "id": number,
                "to": letter.to,
                "sender": letter.sender,
                "subject": letter.subject,
                "pieces": [{"words": words, "link": is_link} for words, is_link in letter.pieces],
                "sent_at": moment(letter.at),
            }
            for number, letter in newest
        ]
    }


def message_view(message: Message, spinners: Sequence[Press]) -> Json:
    """One message of a private chat; `spinners` are the person's presses that the bot has not answered."""
    pressed = [press.data for press in spinners if (press.chat_id, press.message_id) == (message.chat_id, message.id)]
    return {
        "id": message.id,
        "sender": message.sender,
        "text": message.text,
        "entities": [entity_json(entity) for entity in message.entities],
        "keyboard": [[_button(button) for button in row] for row in message.keyboard],
        "spinning": pressed,
        "attachment": _attachment(message),
        "reaction": message.reaction,
        "sent_at": moment(message.sent_at),
        "edited": message.edited_at is not None,
    }


def _button(button: Button) -> Json:
    return {"text": button.text, "data": button.data, "url": button.url, "copies": button.copy_text}


def _attachment(message: Message) -> Mapping[str, str | int | None] | None:
    if message.location is not None:
        place = f"{message.location.latitude:.4f}, {message.location.longitude:.4f}"
        return {"kind": "location", "name": place, "size": None, "href": None}
    if message.contact is not None:
        return {"kind": "contact", "name": message.contact.first_name, "size": None, "href": None}
    file = message.attachment
    if file is None:
        return None
    address = f"api/phones/{message.chat_id}/files/{message.id}"
    return {"kind": file.kind.value, "name": file.name, "size": file.size, "href": address}

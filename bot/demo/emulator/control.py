"""A door for tests in another process: drive phones, break things, turn the clock, over HTTP with JSON."""

import base64
import dataclasses
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from aiohttp import web

from bot.demo.emulator.model import Json, Message
from bot.demo.emulator.phone import BlockedByPerson, Phone
from bot.demo.emulator.telegram import Telegram

VERBS = frozenset(
    {
        "send",
        "press",
        "tap",
        "forge_press",
        "edit",
        "delete",
        "react",
        "send_sticker",
        "send_voice",
        "send_photo",
        "send_document",
        "send_location",
        "share_contact",
        "forward",
        "block",
        "unblock",
        "deactivate",
    }
)
FAULTS = frozenset(
    {
        "fail",
        "drop_after",
        "hang_after",
        "redeliver",
        "shuffle",
        "decorate",
        "push",
        "stop_listening",
        "listen",
        "revoke_token",
        "delay",
        "truncate",
        "clear",
    }
)
_PERSON = ("first_name", "last_name", "username", "language_code")


@runtime_checkable
class Turnable(Protocol):
    """A clock that can be moved forward."""

    def move_to(self, moment: datetime) -> None: ...


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def _explained(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A wrong word in a control call is told, not thrown."""
    try:
        return await handler(request)
    except LookupError as error:
        return web.json_response({"error": str(error)}, status=404)
    except BlockedByPerson as error:
        return web.json_response({"error": str(error)}, status=409)
    except (TypeError, ValueError) as error:
        return web.json_response({"error": str(error)}, status=400)


class _Control:
    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    def _phone(self, phone_id: int, told: Json) -> Phone:
        """The phone, made on first use; `told` may say who it is."""
        person = {name: told.pop(name) for name in _PERSON if name in told}
        return self.telegram.phone(phone_id, person.pop("first_name", f"Person {phone_id}"), **person)

    async def verb(self, request: web.Request) -> web.Response:
        told = await _json(request)
        return web.json_response(await self._do(int(request.match_info["phone"]), request.match_info["verb"], told))

    async def batch(self, request: web.Request) -> web.Response:
        """A list of `{"phone": id, "verb": name, ...}`, done in order."""
        steps = await request.json()
        return web.json_response([await self._do(int(step.pop("phone")), step.pop("verb"), step) for step in steps])

    async def _do(self, phone_id: int, verb: str, told: Json) -> Json:
        phone = self._phone(phone_id, told)
        if verb == "open":
            return {"phone": phone.id}
        if verb not in VERBS:
            raise LookupError(f"no verb {verb}; there are {sorted(VERBS)}")
        if "content_base64" in told:
            told["content"] = base64.b64decode(told.pop("content_base64"))
        if verb == "share_contact" and "of" in told:
            told["of"] = self.telegram.phones[told["of"]]
        if verb == "forward":
            told["message"] = self.telegram.rooms[told.pop("from_chat", phone_id)].messages[told.pop("message_id")]
        done = await getattr(phone, verb)(**told)
        return {"press": done} if isinstance(done, str) else {"message": seen(done) if done is not None else None}

    async def messages(self, request: web.Request) -> web.Response:
        phone = self._phone(int(request.match_info["phone"]), {})
        return web.json_response(
            {
                "messages": [seen(message) for message in phone.messages],
                "spinners": [press.id for press in phone.spinners],
                "toasts": [{"text": toast.text, "alert": toast.alert} for toast in phone.toasts],
                "reply_keyboard": [[button.text for button in row] for row in phone.reply_keyboard],
                "commands": self.telegram.commands_for(phone),
            }
        )

    async def problems(self, request: web.Request) -> web.Response:
        return web.json_response([_plain(problem) for problem in self.telegram.problems])

    async def outgoing(self, request: web.Request) -> web.Response:
        return web.json_response([_plain(text) for text in self.telegram.outgoing()])

    async def faults(self, request: web.Request) -> web.Response:
        """`{"fault": "fail", "method": "sendMessage", "code": 500}`: the name and the arguments of a fault."""
        told = await _json(request)
        name = told.pop("fault")
        if name == "lower_update_ids":
            self.telegram.lower_update_ids(**told)
            return web.json_response({"done": None})
        if name not in FAULTS:
            raise LookupError(f"no fault {name}; there are {sorted(FAULTS)}")
        return web.json_response({"done": getattr(self.telegram.faults, name)(**told)})

    async def clock(self, request: web.Request) -> web.Response:
        """`{"advance": seconds}`."""
        told = await _json(request)
        clock = self.telegram.clock
        if not isinstance(clock, Turnable):
            raise LookupError("this clock cannot be turned")
        clock.move_to(clock_now(self.telegram) + timedelta(seconds=float(told["advance"])))
        return web.json_response({"now": clock_now(self.telegram).isoformat()})

    async def group(self, request: web.Request) -> web.Response:
        """`{"title": ..., "members": [ids], "supergroup": false}`."""
        told = await _json(request)
        members = [self._phone(phone_id, {}) for phone_id in told.pop("members")]
        return web.json_response({"chat": self.telegram.group(told.pop("title"), *members, **told).id})

    async def migrate(self, request: web.Request) -> web.Response:
        return web.json_response({"chat": self.telegram.migrate(int(request.match_info["group"]))})

    async def state(self, request: web.Request) -> web.Response:
        telegram = self.telegram
        spinners = sum(len(person.presses) for person in telegram.people.values())
        return web.json_response(
            {
                "now": clock_now(telegram).isoformat(),
                "updates_waiting": telegram.updates_waiting,
                "unanswered": [_plain(pending) for pending in telegram.unanswered()],
                "spinners": spinners,
                "problems": len(telegram.problems),
                "refusals": [_plain(refusal) for refusal in telegram.refusals[-1000:]],
                "counts": dict(telegram.ledger.counts),
                "phones": len(telegram.phones),
            }
        )


def clock_now(telegram: Telegram) -> datetime:
    return telegram.clock.now()


def seen(message: Message) -> Json:
    """A message as its reader sees it."""
    return {
        "id": message.id,
        "chat": message.chat_id,
        "sender": message.sender,
        "author": message.author.id,
        "text": message.text,
        "html": message.html,
        "keyboard": [
            [{"text": button.text, "data": button.data, "url": button.url} for button in row]
            for row in message.keyboard
        ],
        "attachment": None
        if message.attachment is None
        else {"name": message.attachment.name, "size": message.attachment.size},
        "sent_at": message.sent_at.isoformat(),
        "edited_at": message.edited_at.isoformat() if message.edited_at is not None else None,
        "replied_to": message.replied_to,
        "reaction": message.reaction,
    }


def _plain(value: Any) -> Json:
    return {name: getattr(item, "value", item) for name, item in _dated(dataclasses.asdict(value)).items()}


def _dated(body: Json) -> Json:
    return {name: item.isoformat() if isinstance(item, datetime) else item for name, item in body.items()}


async def _json(request: web.Request) -> Json:
    told = await request.json() if request.can_read_body else {}
    if not isinstance(told, dict):
        raise ValueError("a JSON object is needed")
    return told


def add_control(app: web.Application, telegram: Telegram) -> None:
    """Open the door at `/control`; never on an application that strangers reach."""
    control = _Control(telegram)
    app.middlewares.append(_explained)
    app.router.add_get("/control/problems", control.problems)
    app.router.add_get("/control/outgoing", control.outgoing)
    app.router.add_get("/control/state", control.state)
    app.router.add_post("/control/faults", control.faults)
    app.router.add_post("/control/clock", control.clock)
    app.router.add_post("/control/batch", control.batch)
    app.router.add_post("/control/groups", control.group)
    app.router.add_post(r"/control/groups/{group:-?\d+}/migrate", control.migrate)
    app.router.add_get(r"/control/{phone:\d+}/messages", control.messages)
    app.router.add_post(r"/control/{phone:\d+}/{verb}", control.verb)

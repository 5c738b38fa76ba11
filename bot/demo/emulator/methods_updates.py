"""Methods about webhooks; getUpdates itself is in `polling.py`, as it may wait."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.demo.emulator.calls import Call
from bot.demo.emulator.model import Json
from bot.demo.emulator.polling import Webhook
from bot.demo.emulator.refusals import ProblemKind, bad_request

_PORTS = {80, 88, 443, 8443}
_LOCAL = {"127.0.0.1", "localhost", "::1"}


def _set_webhook(call: Call) -> bool:
    url = call.params.get("url", "")
    if not url:
        return _delete_webhook(call)
    _check_address(url)
    secret = call.params.get("secret_token", "")
    if len(secret) > 256:
        raise bad_request("secret token is too long", ProblemKind.SCHEMA)
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters", ProblemKind.SCHEMA)
    _set(call, Webhook(url, secret, min(max(call.params.get("max_connections", 40), 1), 100)))
    return True


def _check_address(url: str) -> None:
    """HTTPS and four ports, but for this machine, as a Bot API server in local mode allows."""
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme not in {"http", "https"}:
        raise bad_request("invalid webhook URL specified", ProblemKind.SCHEMA)
    if parts.hostname in _LOCAL:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook", ProblemKind.SCHEMA)
    if (parts.port or 443) not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443", ProblemKind.SCHEMA)


def _delete_webhook(call: Call) -> bool:
    _set(call, Webhook())
    return True


def _set(call: Call, webhook: Webhook) -> None:
    telegram = call.telegram
    if call.params.get("drop_pending_updates"):
        telegram.queue.clear()
    if "allowed_updates" in call.params:
        telegram.queue.allowed = tuple(call.params["allowed_updates"])
    telegram.polling.set_webhook(webhook)


def _get_webhook_info(call: Call) -> Json:
    telegram = call.telegram
    webhook = telegram.polling.webhook
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": telegram.updates_waiting,
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if webhook.last_error is not None:
        info["last_error_date"] = webhook.last_error_at
        info["last_error_message"] = webhook.last_error
    if telegram.queue.allowed:
        info["allowed_updates"] = list(telegram.queue.allowed)
    return info


DEEDS: dict[str, Any] = {
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _get_webhook_info,
}

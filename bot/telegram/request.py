"""python-telegram-bot's transport over aiohttp.

The built-in one (httpx) costs most of a request's processor time, and logs the address of each call, which holds the
bot's token. This one keeps one pool of connections, logs nothing, and never puts an address into an error.
"""

import json
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.clock import TrustedClock

READ_TIMEOUT: Final = 20.0
UPLOAD_TIMEOUT: Final = 60.0

_JSON: Final = {"Content-Type": "application/json"}


class AiohttpRequest(BaseRequest):
    """One session of `connections` at most; time-outs in seconds. The clock hears what time Telegram's answers tell."""

    def __init__(self, connections: int, clock: TrustedClock | None = None) -> None:
        self._connections = connections
        self._clock = clock
        self._told: str | None = None
        self._session: aiohttp.ClientSession | None = None
        self._token_refused = False

    @property
    def read_timeout(self) -> float:
        return READ_TIMEOUT

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(
                connector=connector, headers={"User-Agent": "proti-un-dari-bot"}, cookie_jar=aiohttp.DummyCookieJar()
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call: the HTTP status and the body. Raises TimedOut or NetworkError, without the address in either."""
        if self._session is None:
            raise NetworkError("the transport is closed")
        if self._token_refused:  # trying on would only be taken for an attack
            raise InvalidToken("refused before")
        read = _seconds(read_timeout, UPLOAD_TIMEOUT if request_data and request_data.contains_files else READ_TIMEOUT)
        timeout = aiohttp.ClientTimeout(total=read)
        began = self._clock.monotonic() if self._clock else 0.0
        try:
            headers = None if request_data is None or request_data.contains_files else _JSON
            body = _body(request_data)
            async with self._session.request(method, url, data=body, headers=headers, timeout=timeout) as answer:
                self._token_refused |= answer.status == HTTPStatus.UNAUTHORIZED
                if answer.status == 200:
                    self._hear(answer.headers.get("Date"), began)
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as broken:
            raise NetworkError(type(broken).__name__) from None

    def _hear(self, told: str | None, began: float) -> None:
        """Tell the clock of each new second; a date that cannot be read says nothing."""
        if self._clock is None or told is None or told == self._told:
            return
        self._told = told
        try:
            date = parsedate_to_datetime(told).astimezone(UTC)
        except (ValueError, OverflowError):
            return
        self._clock.hear(date, self._clock.monotonic() - began)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON; one that is none is an error without the payload, which may hold people's words."""
        try:
            found = json.loads(payload)
        except ValueError:
            raise TelegramError("the answer is not JSON") from None
        if not isinstance(found, dict):
            raise TelegramError("the answer is not a JSON object")
        return found


def _seconds(asked: Any, otherwise: float) -> float | None:
    if isinstance(asked, DefaultValue):
        return otherwise
    return None if asked is None else float(asked)


def _body(data: RequestData | None) -> aiohttp.FormData | bytes | None:
    if data is None:
        return None
    if not data.contains_files:
        return json.dumps(data.parameters).encode()
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form

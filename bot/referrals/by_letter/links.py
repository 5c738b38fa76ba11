"""The way in for a receiver without Telegram: an address in a letter that opens one referral, for a while.

The address holds a random secret and its signature. The signature is looked at first, so guessing costs the database
nothing; of the secret a hash alone is kept. Each letter has a link of its own. All links of a referral are dead the
moment it is closed, however that came about, and nothing about the young person can be read by them any more.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from itsdangerous import BadSignature, Signer

from bot.referrals.by_letter import store_links
from bot.referrals.referral import CLOSED, State
from bot.storage.own_keys import own_key
from bot.turn import Connection

_KEY: Final = "links"

_BYTES: Final = 24
"""192 bits: nobody comes upon one by trying."""

LONGEST: Final = 120
"""Characters that a token has at most; ours have 76."""


@dataclass(frozen=True, slots=True)
class Link:
    """A new link; `path` is all that comes after the public address, and is kept nowhere."""

    id: int
    path: str


@dataclass(frozen=True, slots=True)
class Found:
    """It opens this referral; `opened` says whether somebody has pressed the button behind this very link."""

    link_id: int
    referral_id: int
    opened: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """It opens nothing any more, as the referral is closed, or as whoever got it said that it is not for them."""

    referral_id: int
    state: State
    wrong: bool


@dataclass(frozen=True, slots=True)
class Expired:
    """It was good for a while, and that is over; a new letter to the same address would help."""

    referral_id: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """Never made by us, damaged, or of somebody whose data were erased."""


Opens = Found | Gone | Expired | Unknown


async def make(db: Connection, referral_id: int, now: datetime, expires_at: datetime) -> Link:
    """A new link to this referral, good until `expires_at`."""
    secret = secrets.token_urlsafe(_BYTES)
    link_id = await store_links.add(db, referral_id, _hash_of(secret), now, expires_at)
    signed = _signer(await signing_key(db)).sign(secret).decode()
    return Link(link_id, f"/r/{signed}")


async def signing_key(db: Connection) -> bytes:
    """What signs and proves; made on first use and kept in the database, so it survives restarts and backups."""
    return await own_key(db, _KEY)


def secret_in(token: str, key: bytes) -> str | None:
    """The secret, where the token bears our signature, sign for sign; needs no database.

    Base64 leaves two bits of its last sign unused, so four spellings mean the same signature: ours is the one that
    signing makes.
    """
    if len(token) > LONGEST or not token.isascii():
        return None
    signer = _signer(key)
    try:
        secret = signer.unsign(token)
    except BadSignature:
        return None
    return secret.decode() if hmac.compare_digest(signer.sign(secret), token.encode()) else None


async def find(db: Connection, secret: str, now: datetime) -> Opens:
    """What the link with this secret opens at `now`."""
    link = await store_links.by_hash(db, _hash_of(secret))
    if link is None or link.state is State.DRAFT:
        return Unknown()
    if link.revoked_at is not None or link.state in CLOSED:
        return Gone(link.referral_id, link.state, wrong=link.wrong_at is not None)
    if link.expires_at <= now:
        return Expired(link.referral_id)
    return Found(link.id, link.referral_id, opened=link.opened_at is not None)


def _signer(key: bytes) -> Signer:
    return Signer(key, salt="referral-link", digest_method=sha256, key_derivation="hmac")


def _hash_of(secret: str) -> str:
    """A plain hash will do: there is nothing to guess in 192 random bits."""
    return sha256(secret.encode()).hexdigest()

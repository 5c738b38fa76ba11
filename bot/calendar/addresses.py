"""The secret in the address at which a calendar is read, of which only a hash is kept."""

import secrets
from hashlib import sha256
from typing import Final

_BYTES: Final = 32
"""256 bits: nobody comes upon one by trying."""


def new_secret() -> str:
    """For the address of one person's calendar; shown once and never kept."""
    return secrets.token_urlsafe(_BYTES)


def hash_of(secret: str) -> str:
    """What is kept of a secret. A plain hash will do: there is nothing to guess in 256 random bits."""
    return sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()

"""Passwords, PINs, keys and session ids: how they are made, hashed and compared."""

import hashlib
from collections.abc import Callable
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

Draw = Callable[[int], int]
"""A whole number below n, by chance: secrets.randbelow in the running program."""

ALPHABET = "ACDEFGHJKMNPQRTUVWXY3479"

# OWASP's smallest: 19 MB for 27 ms a check. pwdlib's own 64 MB a check would not fit a small server.
SLOW = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))


def slow_hash(secret: str) -> str:
    """For what people choose (passwords, PINs): argon2id, with a salt."""
    return SLOW.hash(secret)


def matches(secret: str, hashed: str | None) -> bool:
    """Whether it is the one. Takes as long when there is nothing to compare with."""
    return SLOW.verify(secret, hashed or _nobodys()) and hashed is not None


@cache
def _nobodys() -> str:
    return SLOW.hash("nobody has this password")


def quick_hash(token: str) -> str:
    """For what we drew (session ids, terminal keys; over 90 bits): SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def session_id(draw: Draw) -> str:
    """256 bits, for a cookie."""
    return f"{draw(1 << 256):064x}"


def terminal_key(draw: Draw) -> str:
    """What is typed once at a terminal: five groups of four signs without look-alikes (91 bits)."""
    signs = [ALPHABET[draw(len(ALPHABET))] for _ in range(20)]
    return "-".join("".join(signs[start : start + 4]) for start in range(0, 20, 4))


def typed_key(text: str) -> str:
    """A terminal key as it was typed, in its one form."""
    return "".join(sign for sign in text.upper() if sign.isalnum())

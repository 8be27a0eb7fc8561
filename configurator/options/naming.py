"""Keys and labels for names from elsewhere: what stands in addresses and rules, and what people read."""

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 80
"""Letters of a key or label; the rest of a longer name is left out."""
_TAKEN = frozenset({"and", "or", "not", "in", "sum"})


def key_of(name: str, known: Collection[str] = ()) -> str:
    """A key like `front-wheel` for `frontWheel`, other than those already known and the words of rules."""
    key = _plain(name)[:_LONGEST].rstrip("-")
    number, free = 2, key
    while free in known or free in _TAKEN:
        free, number = f"{key}-{number}", number + 1
    return free


def label_of(name: str) -> str:
    """`Front wheel` for `frontWheel`."""
    shown = "".join(sign if sign.isprintable() else " " for sign in name)
    words = re.sub(r"[\s_]+", " ", _apart(shown)).strip()[:_LONGEST].rstrip()
    return words[:1].upper() + words[1:]


def _plain(name: str) -> str:
    """Small letters, digits and single hyphens, a letter first."""
    ascii_only = unicodedata.normalize("NFKD", _apart(name).casefold()).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    return key if key[:1].isalpha() else f"v-{key}".rstrip("-")


def _apart(name: str) -> str:
    """The words of a name in camel case apart; the first letters of the later ones small."""
    return re.sub(r"(?<=[a-z])([A-Z])(?=[a-z])", lambda found: f" {found.group().lower()}", name)

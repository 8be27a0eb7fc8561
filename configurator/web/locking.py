"""What is locked stays as it is: changes that a form asks for are kept back until it is unlocked."""

import re
from collections.abc import Iterator, Set
from urllib.parse import parse_qsl, urlencode

from configurator.designs.writing_elements import ELEMENT_FIELDS
from configurator.web.forms import Pairs, usable

LOCKED = "This is locked, so nothing of it was changed. Press Unlock first."

_FIELD = re.compile(rf"({'|'.join(ELEMENT_FIELDS)})-([1-9][0-9]{{0,3}})")
_MANY = "inks"
"""The one field of an element that comes several times."""


def held(pairs: Pairs) -> tuple[Pairs, frozenset[int]]:
    """The fields without what would change a locked element, and the numbers of those that were to be changed.

    A form says what is locked and how it stands in hidden fields before all others, so the first value counts.
    """
    locked = _locked(pairs)
    if not locked:
        return pairs, frozenset()
    pressed = [value for name, value in pairs if name == "take"][-1:]
    kept, refused = _without(tuple(pair for pair in pairs if pair[0] != "take"), locked)
    for take in pressed:
        changes = usable(parse_qsl(take, keep_blank_values=True))
        shut = locked - set(_opened(changes))
        allowed = tuple(pair for pair in changes if _meant(pair) not in shut)
        refused |= {_meant(pair) for pair in changes} & shut
        kept = (*kept, ("take", urlencode(allowed)))
    return kept, frozenset(refused)


def _locked(pairs: Pairs) -> frozenset[int]:
    last = {name: value for name, value in pairs if name.startswith("lock-")}
    return frozenset(_meant(pair) for pair in last.items() if pair[1] == "yes") - {0}


def _opened(changes: Pairs) -> Iterator[int]:
    return (_meant(pair) for pair in changes if pair[0].startswith("lock-") and pair[1] != "yes")


def _without(pairs: Pairs, locked: Set[int]) -> tuple[Pairs, set[int]]:
    """The first value of every field of what is locked; no button that removes it or moves its layer."""
    kept, first, refused = [], dict[str, str](), set[int]()
    for name, value in pairs:
        number = _meant((name, value))
        if number not in locked or name == f"{_MANY}-{number}":
            kept.append((name, value))
        elif name in ("remove", "layer") or first.get(name, value) != value:
            refused.add(number)
        elif name not in first:
            first[name] = value
            kept.append((name, value))
    return tuple(kept), refused


def _meant(pair: tuple[str, str]) -> int:
    """The number of the element that a field is about; 0 for none."""
    name, value = pair
    if name in ("remove", "layer"):
        number = value.rpartition(":")[2]
        return int(number[:5]) if number.isascii() and number.isdecimal() else 0
    found = _FIELD.fullmatch(name)
    return int(found[2]) if found else 0

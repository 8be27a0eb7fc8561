"""The setup families that the blanks' steps can have, and what of a setup matrix none of them has."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from itertools import product
from math import prod

from configurator.blanks.blank import Blank
from configurator.blanks.setups import Setups
from configurator.options.model import OneOf

MOST = 400
"""Families of one step that are named; of more than that the pattern is."""

_NAMED = re.compile(r"\{([^{}]+)\}")


def known_families(blanks: Iterable[Blank]) -> tuple[str, ...]:
    """All families that the steps can have, sorted; `*` stands for what is not one of a list of values."""
    return tuple(
        sorted({family for blank in blanks for step in blank.operations for family in _of(step.family, blank)})
    )


def unheard_of(setups: Setups, known: Iterable[str]) -> tuple[str, ...]:
    """The families that a setup matrix is about and that no step has: mistyped, or a new one that no blank has yet."""
    patterns = tuple(known)
    named = sorted({family for pair in setups.matrix() for family in pair})
    return tuple(family for family in named if not _heard(family, patterns))


def _heard(family: str, known: tuple[str, ...]) -> bool:
    return family in known or any("*" in pattern and fnmatchcase(family, pattern) for pattern in known)


def _of(family: str, blank: Blank) -> tuple[str, ...]:
    """`mug-{inside}` with every value of its options."""
    values = [_values(name, blank) for name in _NAMED.findall(family)]
    if prod(map(len, values)) > MOST:
        return (_NAMED.sub("*", family),)
    pattern = _NAMED.sub("{}", family)
    return tuple(pattern.format(*each) for each in product(*values))


def _values(name: str, blank: Blank) -> tuple[str, ...]:
    option = next((option for option in blank.model.options if option.key == name), None)
    if option is None or not isinstance(option.domain, OneOf):
        return ("*",)
    return tuple(value.key for value in option.domain.values)

"""Where an element stands, and the fix that is always there."""

from collections.abc import Mapping
from dataclasses import dataclass

from configurator.blanks.blank import Area
from configurator.blanks.methods import Method

Fix = tuple[str, str, str]
"""(button label, form field, new value). Several fields and their values: with a space between."""


@dataclass(frozen=True, slots=True)
class Place:
    """An element's number, from 1 over all areas, and where it stands."""

    number: int
    area: Area
    method: Method


def fields_of(fix: Fix) -> Mapping[str, str]:
    """Field -> its new value."""
    _, names, values = fix
    return dict(zip(names.split(), values.split(" "), strict=True)) if " " in names else {names: values}


def removal(number: int) -> Fix:
    """Take the element away."""
    return ("Remove it", "remove", str(number))

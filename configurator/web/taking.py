"""Buttons that change several fields at once: `take=rim=gold&care=` beside the form's own fields."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlencode

from configurator.artwork.elements import Element
from configurator.designs.reading_choices import written_choices
from configurator.designs.writing_elements import ELEMENT_FIELDS, written_elements
from configurator.options.model import Choices
from configurator.web.forms import Pairs, usable

DROP = "-"
"""The name of a field of a button whose value is what to drop: an option with its parts, or `*`, all elements."""

_ELEMENT = re.compile(rf"({'|'.join(ELEMENT_FIELDS)})-\d+")


def taken(pairs: Pairs) -> Pairs:
    """The fields as they are after the pressed button has changed them."""
    pressed = [value for name, value in pairs if name == "take"]
    if not pressed:
        return pairs
    changes = usable(parse_qsl(pressed[-1], keep_blank_values=True))
    dropped = {value for name, value in changes if name == DROP}
    fields = [pair for pair in changes if pair[0] != DROP]
    replaced = {name for name, _ in fields if name not in ("add", "remove", "layer")}
    passed = {"take", *replaced}
    return (*(pair for pair in pairs if pair[0] not in passed and not _is_dropped(pair[0], dropped)), *fields)


def to_choose(before: Choices, after: Choices) -> str:
    """What a button sends to make `after` the customer's choices."""
    drops = [(DROP, key) for key in sorted({*before, *after})]
    return urlencode([*drops, *written_choices(after)])


def to_change(changes: Mapping[str, str]) -> str:
    """What a button sends to set fields."""
    return urlencode(list(changes.items()))


def to_loosen(elements: Sequence[Element], changes: Mapping[str, str]) -> str:
    """What a button sends to turn a template's elements into the customer's own, and then change fields of them."""
    written = [pair for pair in written_elements(elements) if pair[0] not in changes]
    return urlencode([(DROP, "*"), (DROP, "f"), ("template", ""), *written, *changes.items()])


def to_start(template: str) -> str:
    """What a button sends to start again from a template."""
    return urlencode([(DROP, "*"), (DROP, "f"), ("template", template)])


def _is_dropped(name: str, dropped: set[str]) -> bool:
    if name in dropped or name.partition(".")[0] in dropped:
        return True
    return "*" in dropped and _ELEMENT.fullmatch(name) is not None

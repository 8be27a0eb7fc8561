"""Buttons that change several fields at once: `take=rim=gold&care=` beside the form's own fields."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import parse_qsl, quote_plus, urlencode

from configurator.artwork.elements import Element
from configurator.designs.reading_choices import AUTO, written_choices
from configurator.designs.writing_elements import ELEMENT_FIELDS, written_elements
from configurator.options.model import Choices
from configurator.web.forms import Pairs, usable

DROP = "-"
"""The name of a field of a button whose value is what to drop: an option with its parts, or `*`, all elements."""

OWN = "own"
"""The field of a button that makes a template's elements the customer's own, before its other fields change them."""


@lru_cache(maxsize=10_000)
def _field(pair: tuple[str, str]) -> str:
    return f"{quote_plus(pair[0])}={quote_plus(pair[1])}"


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


def to_choose(choices: Choices, *, filled_in: bool = False) -> str:
    """What a button sends to choose these; all other options stay as they are.

    filled_in: what the page filled in counts as chosen too, even where a choice says the same.
    """
    several = sorted(key for key, chosen in choices.items() if not isinstance(chosen, str | int))
    drops = [(DROP, key) for key in (*several, *([AUTO] if filled_in else ()))]
    return "&".join([_field(pair) for pair in (*drops, *written_choices(choices))])


def to_change(changes: Mapping[str, str]) -> str:
    """What a button sends to set fields."""
    return urlencode(list(changes.items()))


def to_own(changes: Mapping[str, str]) -> str:
    """What a button sends to make a template's elements the customer's own and change fields of them."""
    return urlencode([(OWN, "yes"), *changes.items()])


def before_own(pairs: Pairs) -> Pairs:
    """The fields of the template that a button makes the customer's own."""
    return tuple(pair for pair in pairs if pair[0] != OWN and not _changes_elements(pair[0]))


def owned(pairs: Pairs, elements: Sequence[Element]) -> Pairs:
    """The fields with a template's elements, as they were filled in, in place of the template; then changed."""
    changes = [pair for pair in pairs if _changes_elements(pair[0])]
    changed = {name for name, _ in changes}
    rest = (pair for pair in before_own(pairs) if pair[0] != "template" and not pair[0].startswith("f."))
    written = (pair for pair in written_elements(elements) if pair[0] not in changed)
    return (*rest, ("template", ""), *written, *changes)


def _changes_elements(name: str) -> bool:
    return name in ("add", "remove", "layer") or _ELEMENT.fullmatch(name) is not None


@lru_cache(maxsize=1000)
def to_start(template: str) -> str:
    """What a button sends to start again from a template."""
    return urlencode([(DROP, "*"), (DROP, "f"), ("template", template)])


def _is_dropped(name: str, dropped: set[str]) -> bool:
    if name in dropped or name.partition(".")[0] in dropped:
        return True
    return "*" in dropped and _ELEMENT.fullmatch(name) is not None

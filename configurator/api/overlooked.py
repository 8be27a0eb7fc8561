"""What of a query means nothing to a configuration: told to other programs, where a page passes it over."""

from collections.abc import Iterator, Sequence
from itertools import islice

from configurator.blanks.blank import Blank
from configurator.designs.form import MOST_FIELDS, shortened
from configurator.designs.permalink import reserved
from configurator.options.model import Mix, SomeOf
from configurator.options.resolving import nearest

_LONGEST_NAME, _MOST_TOLD = 60, 20


def overlooked(query: Sequence[tuple[str, str]], blank: Blank) -> dict[str, str]:
    """By field name what was passed over and why: names that nothing has, a second value where there is one only."""
    told = islice(_told(query, blank), _MOST_TOLD)
    return {shortened(name, _LONGEST_NAME): sentence for name, sentence in told}


def _told(query: Sequence[tuple[str, str]], blank: Blank) -> Iterator[tuple[str, str]]:
    names = _names(blank)
    said: dict[str, str] = {}
    for name, value in query[:MOST_FIELDS]:
        if name not in names and not reserved(name):
            yield name, f"There is no option “{shortened(name, _LONGEST_NAME)}”.{nearest(name, names)}"
        elif names.get(name) and said.setdefault(name, value) != value:
            yield name, f"There are several of “{name}”; the last was read. Send one."
    if len(query) > MOST_FIELDS:
        yield query[MOST_FIELDS][0], f"Only the first {MOST_FIELDS:,} fields are read."


def _names(blank: Blank) -> dict[str, bool]:
    """The names of fields that choose something, and whether they hold one value only."""
    names: dict[str, bool] = {}
    for option in blank.model.options:
        names[option.key] = not isinstance(option.domain, SomeOf)
        if isinstance(option.domain, Mix):
            names.update((f"{option.key}.{part.key}", True) for part in option.domain.parts)
    return names

"""A blank while it is read: its files, the shop it is read for, and what can only be checked at the end."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from configurator.blanks.faults import nearest
from configurator.blanks.lines import Path
from configurator.blanks.shop import Shop
from configurator.blanks.table import Table
from configurator.options.model import Model, Number, OneOf, Option

NAMED = re.compile(r"\{([^{}]*)\}")
"""The name of an option in braces, as families, components and backdrops may hold it."""


@dataclass(slots=True)
class Draft:
    """What the readers of a blank's parts share.

    files: file name -> text of everything in the folder. uses, adds, paints: where a component, an operation or a
    colour of the drawing is named.
    """

    table: Table
    shop: Shop
    files: Mapping[str, str]
    uses: list[tuple[Path, str]] = field(default_factory=list)
    adds: list[tuple[Path, str]] = field(default_factory=list)
    paints: list[tuple[Path, str]] = field(default_factory=list)

    def used(self, table: Table) -> dict[str, int]:
        """The `uses` of a table, remembered so that the components are looked up once the options are known."""
        uses = table.counts("uses")
        self.uses += [((*table.path, "uses", name), name) for name in uses]
        return uses

    def added(self, table: Table) -> tuple[str, ...]:
        """The `adds` of a table, remembered so that the operations are looked up later."""
        adds = table.texts("adds")
        self.adds += [((*table.path, "adds"), name) for name in adds]
        return adds

    def painted(self, table: Table) -> dict[str, str]:
        """The `paint` of a table, remembered so that the drawing's colours are looked up later."""
        paint = table.colours("paint")
        self.paints += [((*table.path, "paint", name), name) for name in paint]
        return paint


def option_of(model: Model, key: str) -> Option | None:
    """The option of that key, if there is one."""
    return next((option for option in model.options if option.key == key), None)


def filled(pattern: str, model: Model) -> Iterator[str]:
    """Every name a pattern like "tee-{colour}-{size}" can stand for; none when it names no usable option."""
    names = list(dict.fromkeys(NAMED.findall(pattern)))
    choices = [_words(option_of(model, name)) for name in names]
    for words in product(*choices):
        chosen = dict(zip(names, words, strict=True))
        yield NAMED.sub(lambda match, chosen=chosen: chosen[match.group(1)], pattern)  # type: ignore[misc]  # mypy cannot see a default of a lambda's parameter


def check_pattern(draft: Draft, path: Path, pattern: str, model: Model) -> bool:
    """Whether every {name} in a pattern is an option with one value at a time; a fault when not."""
    right = True
    for name in NAMED.findall(pattern):
        option = option_of(model, name)
        if option is None:
            keys = [option.key for option in model.options]
            draft.table.sheet.fault(path, f"“{{{name}}}” in “{pattern}” names no option.{nearest(name, keys)}")
        elif not isinstance(option.domain, OneOf | Number):
            draft.table.sheet.fault(
                path, f"“{{{name}}}” in “{pattern}” names an option of several values; expected one_of."
            )
        else:
            continue
        right = False
    return right


def _words(option: Option | None) -> list[str]:
    if option is not None and isinstance(option.domain, OneOf):
        return [value.key for value in option.domain.values]
    if option is not None and isinstance(option.domain, Number):
        return [str(number) for number in range(option.domain.least, option.domain.most + 1, option.domain.step)]
    return []

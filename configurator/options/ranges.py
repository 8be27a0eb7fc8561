"""Numbers in a row told as one: of hundreds that cannot be taken nobody wants to read one after the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from configurator.options.answer import Answer, Item
from configurator.options.model import Chosen, Domain, Model, Number

MOST_RANGES = 3
"""Of many those nearest to the number that is shown."""


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers in a row that cannot be taken now; nearest: the one that is asked about."""

    first: int
    last: int
    nearest: int

    @property
    def said(self) -> str:
        """`321 to 500`."""
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


def blocked_ranges(model: Model, answer: Answer) -> Mapping[str, list[Range]]:
    """Of every number option of which some cannot be taken the ranges nearest to what is shown."""
    refused: dict[str, list[int]] = {}
    for key, value in answer.blocked:
        if isinstance(value, int):
            refused.setdefault(key, []).append(value)
    return {
        key: nearest_ranges(model.by_key[key].domain, numbers, answer.configuration[key])
        for key, numbers in refused.items()
    }


def told_items(model: Model, answer: Answer) -> list[Item]:
    """What is blocked, of a number only the nearest of each of these ranges."""
    return told_beside(answer, blocked_ranges(model, answer))


def told_beside(answer: Answer, ranges: Mapping[str, list[Range]]) -> list[Item]:
    """The same when the ranges are known."""
    others = [item for item in answer.blocked if item[0] not in ranges]
    return others + [(key, each.nearest) for key, found in ranges.items() for each in found]


def nearest_ranges(domain: Domain, refused: Iterable[int], shown: Chosen) -> list[Range]:
    """A few of the ranges of refused numbers, those nearest to the one shown, ascending."""
    at = shown if isinstance(shown, int) else 0
    rows = rows_of(domain, refused)
    found = [Range(first, last, last if last < at else first) for first, last in rows]
    return sorted(sorted(found, key=lambda each: abs(each.nearest - at))[:MOST_RANGES], key=lambda each: each.first)


def rows_of(domain: Domain, numbers: Iterable[int]) -> list[tuple[int, int]]:
    """First and last of the numbers that follow each other by the option's step."""
    step, rows = domain.step if isinstance(domain, Number) else 1, list[tuple[int, int]]()
    for number in sorted(numbers):
        follows = bool(rows) and rows[-1][1] == number - step
        rows[-1:] = [(rows[-1][0], number)] if follows else [*rows[-1:], (number, number)]
    return rows

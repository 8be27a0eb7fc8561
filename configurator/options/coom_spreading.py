"""A demand that names a feature of which there are several holds for each of them: it is written once for each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from configurator.options.coom_growing import Growth, Way
from configurator.options.coom_syntax import (
    Amount,
    Calculated,
    Compared,
    Condition,
    Counted,
    Demanded,
    Denied,
    Part,
    Path,
    Preset,
    Several,
    Summed,
    Table,
)
from configurator.options.coom_words import CoomFault

Change = Callable[[Path], Path]


def spread(demand: Demanded, growth: Growth, within: Way) -> Iterator[Demanded]:
    """The demand, once for every part that its one path without a number leads to. Raises CoomFault.

    Two such paths are refused: whether both mean the same part is not said.
    """
    several = {path: each for path in _paths(demand) if len(each := growth.each(path, within)) > 1}
    if not several:
        yield demand
        return
    path, *more = several
    if more:
        there = f"There are several of “{path.said}” and of “{more[0].said}”"
        numbered = " and ".join(f"{several[each][0].said}" for each in (path, more[0]))
        raise CoomFault(f"{there}; write which belong together, as in {numbered}.", more[0].place)
    yield from (_written(demand, {path: one}) for one in several[path])


def _paths(demand: Demanded) -> Mapping[Path, None]:
    """Every path of a demand that stands for one thing, in order."""
    found: dict[Path, None] = {}

    def noted(path: Path) -> Path:
        found[path] = None
        return path

    _changed(demand, noted)
    return found


def _written(demand: Demanded, instead: Mapping[Path, Path]) -> Demanded:
    return _changed(demand, lambda path: instead.get(path, path))


def _changed(demand: Demanded, change: Change) -> Demanded:
    conditions = tuple(_condition(each, change) for each in demand.conditions)
    return replace(demand, conditions=conditions, what=_what(demand.what, change))


def _what(what: Condition | Table | Preset, change: Change) -> Condition | Table | Preset:
    if isinstance(what, Table):
        return replace(what, columns=tuple(change(path) for path in what.columns))
    if isinstance(what, Preset):
        return replace(what, path=change(what.path))
    return _condition(what, change)


def _condition(condition: Condition, change: Change) -> Condition:
    if isinstance(condition, Several):
        return replace(condition, parts=tuple(_condition(part, change) for part in condition.parts))
    if isinstance(condition, Denied):
        return Denied(_condition(condition.part, change))
    if isinstance(condition, Compared):
        left, right = (_operand(each, change) for each in (condition.left, condition.right))
        return Compared(left, condition.sign, right)
    return _operand(condition, change)


def _operand(operand: Part | Calculated, change: Change) -> Part | Calculated:
    if isinstance(operand, Calculated):
        return Calculated(tuple((times, _part(part, change)) for times, part in operand.parts))
    return _part(operand, change)


def _part(part: Part, change: Change) -> Part:
    """Sums and counts are over all parts anyway."""
    return part if isinstance(part, Amount | Summed | Counted) else change(part)

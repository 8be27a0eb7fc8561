"""Whether a rule's expression holds for a configuration by itself, for display conditions of drawings."""

from collections.abc import Callable

from configurator.options.model import Chosen, Configuration
from configurator.options.rules import RuleFault, parsed
from configurator.options.syntax import Among, Comparison, Expression, Joined, Not, Operator, Side, Sum, Word

_COMPARE: dict[Operator, Callable[[int, int], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def condition_holds(text: str, configuration: Configuration) -> bool:
    """Whether an expression holds for a configuration, for display conditions; options not in it hold nothing.

    sum() needs the facts of a model and is a RuleFault here.
    """
    return _holds(parsed(text), configuration)


def compare(operator: Operator, left: int, right: int) -> bool:
    """`left operator right` for numbers."""
    return _COMPARE[operator](left, right)


def _holds(expression: Expression, configuration: Configuration) -> bool:
    if isinstance(expression, Not):
        return not _holds(expression.part, configuration)
    if isinstance(expression, Joined):
        results = (_holds(part, configuration) for part in expression.parts)
        return all(results) if expression.how == "and" else any(results)
    if isinstance(expression, Among):
        return any(_equal(expression.left, value, configuration) for value in expression.values)
    if isinstance(expression, Comparison):
        return _compares(expression, configuration)
    return _has(configuration.get(expression.text), expression.member)


def _compares(comparison: Comparison, configuration: Configuration) -> bool:
    left, right = comparison.left, comparison.right
    first, second = _amount(left, configuration), _amount(right, configuration)
    if first is not None and second is not None:
        return compare(comparison.operator, first, second)
    if comparison.operator in ("=", "!=") and isinstance(left, Word) and isinstance(right, Word):
        return _equal(left, right, configuration) is (comparison.operator == "=")
    return False


def _equal(left: Word, right: Word, configuration: Configuration) -> bool:
    if left.text not in configuration and right.text in configuration:
        left, right = right, left
    chosen = configuration.get(left.text)
    return chosen is not None and left.member is None and str(chosen) == right.text


def _amount(side: Side, configuration: Configuration) -> int | None:
    if isinstance(side, Sum):
        raise RuleFault("sum() cannot be used in a display condition.", column=side.column)
    if isinstance(side, Word):
        return _amount_of(side, configuration)
    amounts = [(sign, _amount(part, configuration)) for sign, part in side.parts]
    known = [sign * amount for sign, amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def _amount_of(word: Word, configuration: Configuration) -> int | None:
    chosen = configuration.get(word.text)
    if word.member is not None:
        return dict(chosen).get(word.member, 0) if isinstance(chosen, tuple) else None
    return chosen if isinstance(chosen, int) else word.number


def _has(chosen: Chosen | None, member: str | None) -> bool:
    if isinstance(chosen, tuple):
        return dict(chosen).get(str(member), 0) > 0
    return isinstance(chosen, frozenset) and member in chosen

"""From a maker's rule to a formula over the model: every name looked up, every fault told with its column."""

import difflib
from collections.abc import Iterable, Iterator

from configurator.options.formula import SCALE, Formula, Group, Has, Is, Opposite, Term, Total, combined, joined
from configurator.options.model import Mix, Model, Number, OneOf, Option, Part, Rule, SomeOf, Value
from configurator.options.rules import RuleFault, parsed
from configurator.options.syntax import Among, Calculated, Comparison, Expression, Joined, Not, Side, Sum, Word


def resolved(rule: Rule, model: Model) -> Formula:
    """What a rule demands of a configuration. Raises RuleFault; in a table its column counts the table's columns."""
    if rule.columns:
        return _table(rule, model)
    if rule.require is None:
        raise RuleFault('A rule says what it requires: add require = "…".', column=1)
    required = resolved_expression(rule.require, model)
    if rule.when is None:
        return required
    return Group("or", (Opposite(resolved_expression(rule.when, model)), required))


def resolved_expression(text: str, model: Model) -> Formula:
    """An expression over a model's options, for rules and display conditions. Raises RuleFault."""
    return _formula(parsed(text), model.by_key)


def nearest(name: str, known: Iterable[str]) -> str:
    """` Did you mean “gold”?`, or the known names, or nothing if there are none."""
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        return f" Did you mean “{close[0]}”?"
    return f" There are: {', '.join(names[:12])}." if names else ""


def _formula(expression: Expression, options: dict[str, Option]) -> Formula:
    if isinstance(expression, Not):
        return Opposite(_formula(expression.part, options))
    if isinstance(expression, Joined):
        return joined(expression.how, tuple(_formula(part, options) for part in expression.parts))
    if isinstance(expression, Among):
        same = (_equal(expression.left, value, options) for value in expression.values)
        return Group("or", tuple(same))
    if isinstance(expression, Comparison):
        return _comparison(expression, options)
    return _member(expression, options)


def _comparison(comparison: Comparison, options: dict[str, Option]) -> Formula:
    left, right = comparison.left, comparison.right
    if _has_words(left, options) or _has_words(right, options):
        if comparison.operator not in ("=", "!=") or not isinstance(left, Word) or not isinstance(right, Word):
            raise RuleFault("Values are compared with = or !=, amounts with numbers.", column=left.column)
        same = _equal(left, right, options)
        return same if comparison.operator == "=" else Opposite(same)
    return _total(comparison, options)


def _total(comparison: Comparison, options: dict[str, Option]) -> Formula:
    """left - right against 0, as `<=` or `=` or the opposite of one of them."""
    left, constant = _side(comparison.left, 1, options)
    right, other = _side(comparison.right, -1, options)
    terms = combined(iter(left + right))
    if not terms:
        raise RuleFault("A comparison names at least one option.", column=comparison.left.column)
    bound = -(constant + other)
    at_most = Total(terms, "<=", bound)
    below = Total(terms, "<=", bound - 1)
    exactly = Total(terms, "=", bound)
    by_operator: dict[str, Formula] = {
        "=": exactly,
        "!=": Opposite(exactly),
        "<=": at_most,
        "<": below,
        ">": Opposite(at_most),
        ">=": Opposite(below),
    }
    return by_operator[comparison.operator]


def _side(side: Side, sign: int, options: dict[str, Option]) -> tuple[list[Term], int]:
    """The terms and the constant of one side of a comparison, in hundredths."""
    parts = side.parts if isinstance(side, Calculated) else ((1, side),)
    found = [_operand(operand, sign * own, options) for own, operand in parts]
    return [term for terms, _ in found for term in terms], sum(constant for _, constant in found)


def _operand(operand: Word | Sum, sign: int, options: dict[str, Option]) -> tuple[list[Term], int]:
    if isinstance(operand, Sum):
        return [_sum(operand, sign, options)], 0
    if operand.text not in options and operand.number is not None:
        return [], sign * SCALE * operand.number
    option = _option(operand, options)
    if operand.member is not None:
        if not isinstance(option.domain, Mix):
            _known(operand.member, option, operand.column)
            member = f"{option.key}.{operand.member}"
            raise RuleFault(f"“{member}” is no amount. Write {member}, or not {member}.", column=operand.column)
        _known(operand.member, option, operand.column)
        return [Term(option.key, ((operand.member, sign * SCALE),))], 0
    if isinstance(option.domain, Number):
        return [Term(option.key, each=sign * SCALE)], 0
    raise RuleFault(f"“{option.key}” is no number.{_how(option)}", column=operand.column)


def _sum(operand: Sum, sign: int, options: dict[str, Option]) -> Term:
    """A fact summed over what is chosen; for a mix the fact is per 100 g."""
    option = _option(Word(operand.option, operand.column), options)
    holders = _holders(option)
    known = dict.fromkeys(fact for holder in holders for fact in holder.facts)
    if operand.fact not in known:
        given = nearest(operand.fact, known) or (_how(option) if not holders else " None of its values has facts.")
        raise RuleFault(f"“{option.key}” has no fact “{operand.fact}”.{given}", column=operand.column)
    scale = sign if isinstance(option.domain, Mix) else sign * SCALE
    return Term(option.key, tuple((holder.key, scale * holder.facts.get(operand.fact, 0)) for holder in holders))


def _equal(left: Word, right: Word, options: dict[str, Option]) -> Formula:
    """`option = value` either way round, `option = option` for two with values in common, or a number."""
    if left.text not in options and right.text in options:
        left, right = right, left
    option = _option(left, options)
    if not isinstance(option.domain, OneOf) or left.member is not None:
        return _total(Comparison(left, "=", right), options)
    keys = [value.key for value in option.domain.values]
    if right.member is None and right.text in keys:
        return Is(option.key, frozenset({right.text}))
    other = options.get(right.text)
    if other is not None and right.member is None and isinstance(other.domain, OneOf):
        shared = (value.key for value in other.domain.values if value.key in keys)
        both = (Group("and", (Is(option.key, frozenset({key})), Is(other.key, frozenset({key})))) for key in shared)
        return Group("or", tuple(both))
    raise RuleFault(f"“{option.key}” has no value “{right.text}”.{nearest(right.text, keys)}", column=right.column)


def _member(word: Word, options: dict[str, Option]) -> Formula:
    option = _option(word, options)
    member = word.member or ""
    if not isinstance(option.domain, SomeOf | Mix):
        raise RuleFault(f"“{option.key}” has no members.{_how(option)}", column=word.column)
    _known(member, option, word.column)
    if isinstance(option.domain, SomeOf):
        return Has(option.key, member)
    return Opposite(Total((Term(option.key, ((member, SCALE),)),), "<=", 0))


def _table(rule: Rule, model: Model) -> Formula:
    options = model.by_key
    columns = [_column(text, number, options) for number, text in enumerate(rule.columns, start=1)]
    return Group("or", tuple(_row(columns, row, number, options) for number, row in enumerate(rule.allow, start=1)))


def _row(
    columns: list[Word], row: tuple[str | tuple[str, ...], ...], number: int, options: dict[str, Option]
) -> Formula:
    if len(row) != len(columns):
        cells = f"{len(row)} cell{'' if len(row) == 1 else 's'}"
        column = min(len(row), len(columns)) + 1
        raise RuleFault(f"This row has {cells}; expected {len(columns)}.", column=column, row=number)
    try:
        return Group("and", tuple(_cells(columns, row, options)))
    except RuleFault as fault:
        raise RuleFault(fault.sentence, column=fault.column, row=number) from fault


def _column(text: str, number: int, options: dict[str, Option]) -> Word:
    key, _, member = text.partition(".")
    word = Word(key, number, member or None)
    option = _option(word, options)
    if isinstance(option.domain, OneOf | Number) == (word.member is None):
        if word.member is not None:
            _known(word.member, option, number)
        return word
    raise RuleFault(f"“{text}” cannot be a column: write an option, or option.member of several.", column=number)


def _cells(
    columns: list[Word], row: tuple[str | tuple[str, ...], ...], options: dict[str, Option]
) -> Iterator[Formula]:
    for word, cell in zip(columns, row, strict=True):
        if cell == "*":
            continue
        values = (cell,) if isinstance(cell, str) else cell
        if word.member is None:
            yield Group("or", tuple(_cell(word, Word(str(value), word.column), options) for value in values))
        else:
            yield Group("or", tuple(_yes_or_no(word, value, options) for value in values))


def _cell(word: Word, value: Word, options: dict[str, Option]) -> Formula:
    if isinstance(options[word.text].domain, Number) and value.number is None:
        raise RuleFault(f"“{value.text}” is no number for “{word.text}”: write one in quotes.", column=word.column)
    return _equal(word, value, options)


def _yes_or_no(word: Word, value: str, options: dict[str, Option]) -> Formula:
    if value not in ("yes", "no"):
        raise RuleFault(f"“{value}” is no cell of “{word.text}.{word.member}”: write yes or no.", column=word.column)
    has = _member(word, options)
    return has if value == "yes" else Opposite(has)


def _has_words(operand: Side, options: dict[str, Option]) -> bool:
    """Whether a side is about values rather than amounts."""
    if not isinstance(operand, Word):
        return False
    option = options.get(operand.text)
    if option is None:
        return operand.number is None
    return operand.member is None and isinstance(option.domain, OneOf)


def _option(word: Word, options: dict[str, Option]) -> Option:
    if word.text not in options:
        raise RuleFault(f"There is no option “{word.text}”.{nearest(word.text, options)}", column=word.column)
    return options[word.text]


def _known(member: str, option: Option, column: int) -> None:
    keys = [holder.key for holder in _holders(option)]
    if member not in keys:
        raise RuleFault(f"“{option.key}” has no member “{member}”.{nearest(member, keys)}", column=column)


def _holders(option: Option) -> tuple[Value | Part, ...]:
    domain = option.domain
    if isinstance(domain, Number):
        return ()
    return domain.parts if isinstance(domain, Mix) else domain.values


def _how(option: Option) -> str:
    """How an option of this kind is written in a rule; nothing of one without values, which is told by itself."""
    if not isinstance(option.domain, Number) and not _holders(option):
        return ""
    if isinstance(option.domain, OneOf):
        return f" It has one of several values: write {option.key} = {option.domain.values[0].key}."
    if isinstance(option.domain, SomeOf):
        return f" It has several of many: write {option.key}.{option.domain.values[0].key}."
    if isinstance(option.domain, Mix):
        return f" It is a mix: write {option.key}.{option.domain.parts[0].key} >= 50, or a sum()."
    return f" It is a number: write {option.key} <= {option.domain.most}."

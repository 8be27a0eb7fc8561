"""Small random models for hypothesis, with every rule as text for the engine and as a predicate for brute force."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hypothesis import strategies as st

from configurator.options.model import Chosen, Mix, Model, Number, OneOf, Option, Part, Rule, SomeOf, Value

Configuration = Mapping[str, Any]
Predicate = Callable[[Configuration], bool]


@dataclass(frozen=True)
class Demanded:
    """A sentence and the predicate it stands for; option bounds are demands too."""

    because: str
    holds: Predicate


@dataclass(frozen=True)
class Small:
    """A model with all it allows, found by looking at every combination."""

    model: Model
    demands: tuple[Demanded, ...]

    def __repr__(self) -> str:
        return repr(self.model)

    @cached_property
    def everything(self) -> list[dict[str, Any]]:
        domains = [every_value(option) for option in self.model.options]
        keys = [option.key for option in self.model.options]
        return [dict(zip(keys, values, strict=True)) for values in itertools.product(*domains)]

    @cached_property
    def valid(self) -> list[dict[str, Any]]:
        return [x for x in self.everything if all(demand.holds(x) for demand in self.demands)]

    def option(self, key: str) -> Option:
        return next(option for option in self.model.options if option.key == key)


def every_value(option: Option) -> list[Any]:
    """All values of an option, its own bounds on several members left aside."""
    domain = option.domain
    if isinstance(domain, OneOf):
        return [value.key for value in domain.values]
    if isinstance(domain, Number):
        return list(range(domain.least, domain.most + 1, domain.step))
    if isinstance(domain, SomeOf):
        keys = [value.key for value in domain.values]
        return [frozenset(c) for n in range(len(keys) + 1) for c in itertools.combinations(keys, n)]
    steps = range(0, domain.total_g + 1, domain.step_g)
    mixes = itertools.product(steps, repeat=len(domain.parts))
    named = (tuple((p.key, g) for p, g in zip(domain.parts, mix, strict=True) if g) for mix in mixes)
    return [
        mix
        for mix in named
        if sum(g for _, g in mix) == domain.total_g and domain.least_kinds <= len(mix) <= domain.most_kinds
    ]


def price(model: Model, x: Configuration) -> int:
    """Hundredths of a minor unit, reckoned here once more from the model's own words."""
    total = 0
    for option in model.options:
        domain, chosen = option.domain, x[option.key]
        if isinstance(domain, OneOf | SomeOf):
            taken = {chosen} if isinstance(chosen, str) else chosen
            total += sum(100 * value.price for value in domain.values if value.key in taken)
        elif isinstance(domain, Number):
            total += 100 * domain.price_each * chosen
        else:
            total += sum(part.per_100g * dict(chosen).get(part.key, 0) for part in domain.parts)
    return total


@st.composite
def small_models(draw: st.DrawFn, rules: int = 4, kinds_of: str = "one one some number mix") -> Small:
    kinds = draw(st.lists(st.sampled_from(kinds_of.split()), min_size=1, max_size=4))
    kinds = [kind for place, kind in enumerate(kinds) if kind != "mix" or "mix" not in kinds[:place]]
    options = tuple(draw(_OPTIONS[kind](f"o{number}")) for number, kind in enumerate(kinds))
    drawn = [draw(_rule(options, number)) for number in range(draw(st.integers(0, rules)))]
    model = Model(options, tuple(rule for rule, _ in drawn))
    bounds = [bound for option in options for bound in _bounds(option)]
    return Small(model, tuple(Demanded(rule.because, holds) for rule, holds in drawn) + tuple(bounds))


@st.composite
def choices_in(draw: st.DrawFn, small: Small) -> dict[str, Chosen]:
    """Some options set to some value each, in any order; they may contradict each other."""
    options = draw(st.permutations(small.model.options))
    return {option.key: draw(st.sampled_from(every_value(option))) for option in options if draw(st.booleans())}


def _bounds(option: Option) -> list[Demanded]:
    domain, key = option.domain, option.key
    if not isinstance(domain, SomeOf):
        return []
    least = Demanded(f"“{option.label}” needs at least {domain.least}.", lambda x: len(x[key]) >= domain.least)
    most = Demanded(f"“{option.label}” takes at most {domain.most}.", lambda x: len(x[key]) <= domain.most)
    return [least] * (domain.least > 0) + [most] * (domain.most < len(domain.values))


_prices = st.sampled_from([0, 0, 10, 25, 40])
_facts = st.fixed_dictionaries({"kg": st.integers(0, 3)})


@st.composite
def _one(draw: st.DrawFn, key: str) -> Option:
    keys = ["a", "b", "c-d", "e"][: draw(st.integers(2, 4))]
    values = tuple(Value(k, k.upper(), draw(_prices), draw(_facts)) for k in keys)
    return Option(key, f"Label {key}", "taste", OneOf(values, draw(st.sampled_from(keys))))


@st.composite
def _some(draw: st.DrawFn, key: str) -> Option:
    keys = ["m", "n", "o"][: draw(st.integers(1, 3))]
    values = tuple(Value(k, k.upper(), draw(_prices), draw(_facts)) for k in keys)
    least = draw(st.integers(0, 1))
    most = draw(st.integers(max(least, 1), len(keys)))
    default = frozenset(keys[: draw(st.integers(least, most))])
    return Option(key, f"Label {key}", "equipment", SomeOf(values, least, most, default))


@st.composite
def _number(draw: st.DrawFn, key: str) -> Option:
    least, step = draw(st.integers(0, 3)), draw(st.integers(1, 3))
    most = least + step * draw(st.integers(1, 4))
    default = draw(st.sampled_from(range(least, most + 1, step)))
    return Option(key, f"Label {key}", "taste", Number(least, most, step, "pages", default, draw(_prices)))


@st.composite
def _mix(draw: st.DrawFn, key: str) -> Option:
    keys = ["p", "q", "r"][: draw(st.integers(2, 3))]
    parts = tuple(Part(k, k.upper(), draw(_prices), draw(_facts)) for k in keys)
    least = draw(st.integers(1, 2))
    most = draw(st.integers(least, len(keys)))
    grams = (("p", 100),) if least == 1 else (("p", 75), ("q", 25))
    return Option(key, f"Label {key}", "taste", Mix(parts, 100, 25, least, most, grams))


_OPTIONS = {"one": _one, "some": _some, "number": _number, "mix": _mix}
Written = tuple[str, Predicate]


@st.composite
def _rule(draw: st.DrawFn, options: tuple[Option, ...], number: int) -> tuple[Rule, Predicate]:
    because = f"Sentence {number}."
    columns = [option for option in options if isinstance(option.domain, OneOf | Number)]
    if columns and draw(st.integers(0, 4)) == 0:
        return _table(draw, because, columns[:2])
    required, holds = draw(_expressions(options))
    if not draw(st.booleans()):
        return Rule(because, require=required), holds
    when, applies = draw(_expressions(options))
    return Rule(because, when=when, require=required), lambda x: holds(x) or not applies(x)


def _table(draw: st.DrawFn, because: str, columns: list[Option]) -> tuple[Rule, Predicate]:
    rows = []
    for _ in range(draw(st.integers(1, 3))):
        rows.append(
            [
                draw(st.one_of(st.none(), st.lists(st.sampled_from(every_value(option)), min_size=1, max_size=2)))
                for option in columns
            ]
        )
    cells = tuple(tuple("*" if cell is None else tuple(str(v) for v in cell) for cell in row) for row in rows)
    keys = [option.key for option in columns]

    def allowed(x: Configuration) -> bool:
        return any(all(cell is None or x[k] in cell for k, cell in zip(keys, row, strict=True)) for row in rows)

    return Rule(because, columns=tuple(keys), allow=cells), allowed


@st.composite
def _expressions(draw: st.DrawFn, options: tuple[Option, ...], depth: int = 2) -> Written:
    how = draw(st.sampled_from(["atom", "atom", "and", "or", "not"])) if depth else "atom"
    if how == "atom":
        return draw(_atoms(options))
    text, holds = draw(_expressions(options, depth - 1))
    if how == "not":
        return f"not ({text})", lambda x: not holds(x)
    other_text, other = draw(_expressions(options, depth - 1))
    if how == "and":
        return f"({text}) and ({other_text})", lambda x: holds(x) and other(x)
    return f"({text}) or ({other_text})", lambda x: holds(x) or other(x)


@st.composite
def _atoms(draw: st.DrawFn, options: tuple[Option, ...]) -> Written:
    option = draw(st.sampled_from(options))
    key, domain = option.key, option.domain
    amounts = draw(st.integers(0, 2)) == 0
    if isinstance(domain, OneOf) and not amounts:
        return draw(_values(option))
    if isinstance(domain, SomeOf) and not amounts:
        member = draw(st.sampled_from(domain.values)).key
        return f"{key}.{member}", lambda x: member in x[key]
    if isinstance(domain, Mix) and not amounts:
        part = draw(st.sampled_from(domain.parts)).key
        return f"{key}.{part}", lambda x: dict(x[key]).get(part, 0) > 0
    return draw(_comparisons(options, option))


@st.composite
def _values(draw: st.DrawFn, option: Option) -> Written:
    key, values = option.key, every_value(option)
    value = draw(st.sampled_from(values))
    form = draw(st.sampled_from(["=", "!=", "in", "reversed"]))
    if form == "=":
        return f"{key} = {value}", lambda x: x[key] == value
    if form == "!=":
        return f'{key} != "{value}"', lambda x: x[key] != value
    if form == "reversed":
        return f"{value}={key}", lambda x: x[key] == value
    listed = draw(st.lists(st.sampled_from(values), min_size=1, max_size=2))
    return f"{key} in ({', '.join(listed)})", lambda x: x[key] in listed


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


@st.composite
def _comparisons(draw: st.DrawFn, options: tuple[Option, ...], option: Option) -> Written:
    text, amount = draw(_calculated(options, option))
    sign = draw(st.sampled_from(list(_COMPARE)))
    other = draw(st.sampled_from([*options, None]))
    if other is None:
        bound = draw(st.integers(0, 6)) * (25 if isinstance(option.domain, Mix) and "sum" not in text else 1)
        return f"{text} {sign} {bound}", lambda x: _COMPARE[sign](amount(x), 100 * bound)
    other_text, other_amount = draw(_calculated(options, other))
    return f"{text} {sign} {other_text}", lambda x: _COMPARE[sign](amount(x), other_amount(x))


@st.composite
def _calculated(
    draw: st.DrawFn, options: tuple[Option, ...], option: Option
) -> tuple[str, Callable[[Configuration], int]]:
    """An amount, or up to three with + and - between them, some of them constants; in hundredths."""
    text, first = draw(_amounts(option))
    signs, amounts = [1], [first]
    for sign in draw(st.lists(st.sampled_from((1, -1)), max_size=2)) if draw(st.integers(0, 2)) == 0 else ():
        more = _constant(draw(st.integers(-3, 30)))
        if draw(st.booleans()):
            more = draw(_amounts(draw(st.sampled_from(options))))
        text += f" {'+' if sign > 0 else '-'} {more[0]}"
        signs.append(sign)
        amounts.append(more[1])
    return text, lambda x: sum(sign * amount(x) for sign, amount in zip(signs, amounts, strict=True))


def _constant(number: int) -> tuple[str, Callable[[Configuration], int]]:
    return str(number), lambda x: 100 * number


@st.composite
def _amounts(draw: st.DrawFn, option: Option) -> tuple[str, Callable[[Configuration], int]]:
    """An amount in hundredths: a number, grams of a part, or a sum of facts (per 100 g in a mix)."""
    key, domain = option.key, option.domain
    if isinstance(domain, Number):
        return key, lambda x: 100 * x[key]
    if isinstance(domain, Mix):
        facts = {part.key: part.facts["kg"] for part in domain.parts}
        part = draw(st.sampled_from([*facts, None]))
        if part is not None:
            return f"{key}.{part}", lambda x: 100 * dict(x[key]).get(part, 0)
        return f"sum({key}.kg)", lambda x: sum(facts[k] * grams for k, grams in x[key])
    weights = {value.key: value.facts["kg"] for value in domain.values}
    return f"sum({key}.kg)", lambda x: 100 * sum(weights[k] for k in ([x[key]] if isinstance(x[key], str) else x[key]))

"""Rules against the options, asked of the configuration engine itself: what it would stumble over is a fault."""

import re
from collections.abc import Iterator, Mapping

from configurator.blanks.blank import Blank
from configurator.blanks.draft import Draft
from configurator.blanks.lines import Path
from configurator.options.answer import Item
from configurator.options.compiling import Engine, compiled
from configurator.options.encoding import TooMuchAddedUp
from configurator.options.model import Choices, Mix, Model, Number, OneOf, Option, Rule
from configurator.options.ranges import rows_of
from configurator.options.resolving import resolved, resolved_expression
from configurator.options.rules import RuleFault

MOST_ROWS = 6
"""Of more ranges of numbers only the first are told."""


def check_rules(draft: Draft, blank: Blank) -> None:
    """Every rule means something; something can be chosen, every value at some time; the defaults keep to the rules."""
    faults_before = len(draft.table.sheet.faults)
    for place, rule in enumerate(blank.model.rules):
        _check_rule(draft, place, rule, blank.model)
    if blank.model.options and len(draft.table.sheet.faults) == faults_before == 0:
        _check_products(draft, blank)


def condition_fault(text: str, model: Model) -> str | None:
    """What is wrong with a display condition of a drawing, if anything."""
    if re.search(r"\bsum\s*\(", text):
        return "sum() cannot be used in a display condition."
    try:
        resolved_expression(text, model)
    except RuleFault as fault:
        return f"“{text}”, column {fault.column}: {fault.sentence}"
    return None


def _check_rule(draft: Draft, place: int, rule: Rule, model: Model) -> None:
    if rule.columns:
        _check(draft, ("rule", place, "allow" if rule.allow else "columns"), rule, model)
        return
    for key, text in (("when", rule.when), ("require", rule.require)):
        if text is not None and text.strip():
            _check(draft, ("rule", place, key), Rule(rule.because, require=text), model)


def _check(draft: Draft, path: Path, rule: Rule, model: Model) -> None:
    try:
        resolved(rule, model)
    except RuleFault as fault:
        if fault.row is None:
            draft.table.sheet.fault(path, f"Column {fault.column}: {fault.sentence}")
        else:
            sentence = f"Row {fault.row}, column {fault.column}: {fault.sentence}"
            draft.table.sheet.fault((*path, fault.row - 1), sentence)


def _check_products(draft: Draft, blank: Blank) -> None:
    try:
        engine = compiled(blank.model)
    except TooMuchAddedUp as fault:
        draft.table.sheet.fault(_path_of_rules(blank, (fault.rule,)), fault.sentence)
        return
    against = engine.contradiction()
    if against is not None:
        _say_contradiction(draft, blank, against, fewest=engine.fewest)
        return
    _say_never(draft, blank.model, engine.never())
    unknown = engine.unknown()
    if unknown:
        _say_unknown(draft, unknown)
        return
    _check_defaults(draft, blank, engine)


def _say_never(draft: Draft, model: Model, never: Mapping[Item, tuple[str, ...]]) -> None:
    """Numbers that the same rules exclude are told together."""
    numbers: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for item, because in never.items():
        if isinstance(item[1], int):
            numbers.setdefault((item[0], because), []).append(item[1])
        else:
            sentence = f"“{item[1]}” can never be chosen: {' '.join(because)}"
            draft.table.sheet.fault(_path_of(model, item), sentence)
    for (option, because), found in numbers.items():
        rows = [
            f"{first} to {last}" if first < last else f"{first}"
            for first, last in rows_of(model.by_key[option].domain, found)
        ]
        more = f" and {len(rows) - MOST_ROWS} more ranges" if len(rows) > MOST_ROWS else ""
        sentence = f"“{'”, “'.join(rows[:MOST_ROWS])}”{more} can never be chosen: {' '.join(because)}"
        draft.table.sheet.fault(_path_of(model, (option, found[0])), sentence)


def _say_contradiction(draft: Draft, blank: Blank, against: tuple[Rule, ...], *, fewest: bool) -> None:
    sentences = " ".join(f"“{rule.because}”" for rule in against)
    more = "" if fewest else " Perhaps some of them have no part in it: to find that out takes too long."
    sentence = f"These rules together leave no product: {sentences} Change or remove one.{more}"
    draft.table.sheet.fault(_path_of_rules(blank, against), sentence)


def _say_unknown(draft: Draft, unknown: tuple[Item, ...]) -> None:
    """A customer's click would have to find out the same, with as little effort."""
    by_option: dict[str, list[str]] = {}
    for option, value in unknown:
        by_option.setdefault(option, []).append(f"“{value}”")
    for option, values in by_option.items():
        sentence = (
            f"Whether any product has {' or '.join(values)} takes too long to find out, so that customers might"
            " never be offered it. Fewer or simpler rules about this option help."
        )
        draft.table.sheet.fault(("option", option), sentence)


def _path_of_rules(blank: Blank, rules: tuple[Rule, ...]) -> Path:
    """The last of them; what an option of several asks for by itself stands in no rule."""
    places = [place for place, rule in enumerate(blank.model.rules) if rule in rules]
    return ("rule", places[-1]) if places else ("option",)


def _check_defaults(draft: Draft, blank: Blank, engine: Engine) -> None:
    for dropped in engine.answer(_defaults(blank.model)).dropped:
        because = " ".join(dropped.because)
        path = (*_home(blank.model, dropped.option), "default")
        draft.table.sheet.fault(path, f"The default “{dropped.value}” breaks a rule: {because}")


def _defaults(model: Model) -> Choices:
    return {option.key: option.domain.default for option in model.options}


def _home(model: Model, key: str) -> Path:
    """Where an option's default stands: numbers and mixes keep theirs in a table of their own."""
    kind = {Number: "number", Mix: "mix"}
    inside = (kind[type(option.domain)] for option in _options(model, key) if type(option.domain) in kind)
    return ("option", key, *inside)


def _path_of(model: Model, item: Item) -> Path:
    for option in _options(model, item[0]):
        if isinstance(option.domain, Number):
            return ("option", option.key, "number")
        if isinstance(option.domain, Mix):
            keys = [part.key for part in option.domain.parts]
            return ("option", option.key, "mix", "of", keys.index(str(item[1])))
        keys = [value.key for value in option.domain.values]
        kind = "one_of" if isinstance(option.domain, OneOf) else "some_of"
        return ("option", option.key, kind, keys.index(str(item[1])))
    return ("option",)


def _options(model: Model, key: str) -> Iterator[Option]:
    return (option for option in model.options if option.key == key)

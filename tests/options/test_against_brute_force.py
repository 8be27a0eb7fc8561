"""The engine against looking at every combination, on small random models of every option kind and rule form."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.options import reasoning
from configurator.options.answer import Answer, Blocked, Item
from configurator.options.compiling import Engine, NothingPossible
from configurator.options.model import Mix, Model, Number, OneOf, Option, SomeOf
from configurator.options.prices import in_minor_units
from configurator.options.telling import NEVER
from tests.effort import examples
from tests.options.small_models import Small, choices_in, every_value, price, small_models

thorough = examples(80)


@st.composite
def clicks(draw: st.DrawFn) -> tuple[Small, dict[str, Any]]:
    small = draw(small_models())
    return small, draw(choices_in(small))


@thorough
@given(small_models(rules=5))
def test_a_maker_is_told_the_exact_number_of_products_and_what_can_never_be_chosen(small: Small) -> None:
    engine = Engine(small.model)
    assert engine.count() == len(small.valid)
    if small.valid:
        assert set(engine.never()) == {i for i in items(small.model) if not any(has(x, i) for x in small.valid)}


@thorough
@given(small_models(rules=5))
def test_a_contradiction_names_as_few_rules_as_possible(small: Small) -> None:
    found = Engine(small.model).contradiction()
    assert (found is None) == bool(small.valid)
    if found is None:
        return
    sentences = {rule.because for rule in found}
    assert not small_without(small, sentences)
    for sentence in sentences:
        assert small_without(small, sentences - {sentence})
    with pytest.raises(NothingPossible):
        Engine(small.model).answer({})


@thorough
@given(clicks())
def test_own_choices_stay_and_the_rest_is_completed_with_most_defaults_then_cheapest_then_nearest(
    click: tuple[Small, dict[str, Any]],
) -> None:
    small, choices = click
    if not small.valid:
        return
    answer = Engine(small.model).answer(choices)
    most_kept = max(sum(x[key] == chosen for key, chosen in choices.items()) for x in small.valid)
    assert len(answer.choices) == most_kept
    assert {drop.option for drop in answer.dropped} == set(choices) - set(answer.choices)
    assert answer.choices.items() <= choices.items()
    assert answer.configuration in small.valid
    fitting = [x for x in small.valid if keeps(x, answer.choices)]
    assert answer.configuration in fitting
    assert effort(small, answer, answer.configuration) == min(effort(small, answer, x) for x in fitting)


@thorough
@given(clicks())
def test_what_is_blocked_kept_forced_and_numbered_is_what_brute_force_finds(
    click: tuple[Small, dict[str, Any]],
) -> None:
    small, choices = click
    if not small.valid:
        return
    answer = Engine(small.model).answer(choices)
    everything = set(items(small.model))
    shown = {item for item in everything if has(answer.configuration, item)}
    possible = {item for item in everything if any(taken(small, answer, item, x) for x in small.valid)}
    several = {item for item in everything if isinstance(small.option(item[0]).domain, SomeOf)}
    assert set(answer.blocked) == everything - shown - possible
    assert set(answer.kept) == (several & shown) - possible
    for option in small.model.options:
        left = {str(x[option.key]) for x in small.valid if others_stay(answer, option.key, x)}
        if not isinstance(option.domain, Mix):
            assert (option.key in answer.forced) == (len(left) == 1 < len(every_value(option)))
        if isinstance(option.domain, Number):
            assert list(map(str, answer.numbers[option.key])) == [str(v) for v in every_value(option) if str(v) in left]


@thorough
@given(clicks(), st.data())
def test_every_blocked_value_says_why_without_a_superfluous_reason_whatever_was_asked_before(
    click: tuple[Small, dict[str, Any]], data: st.DataObject
) -> None:
    small, choices = click
    if not small.valid:
        return
    engine = Engine(small.model)
    before = engine.answer(data.draw(choices_in(small)))
    assert dict(before.blocked).keys() == before.blocked.keys()
    answer = engine.answer(choices)
    for item, blocked in [*answer.blocked.items(), *answer.kept.items()]:
        reasons = reasons_of(small, answer, item, blocked)
        aim = (lambda x, item=item: not has(x, item)) if item in answer.kept else (lambda x, item=item: has(x, item))
        assert not [x for x in small.everything if aim(x) and all(reason(x) for reason in reasons)]
        for left_out in range(len(reasons)):
            rest = reasons[:left_out] + reasons[left_out + 1 :]
            assert any(aim(x) and all(reason(x) for reason in rest) for x in small.everything)


@thorough
@given(clicks(), st.booleans())
def test_every_blocked_value_offers_the_smallest_way_out(click: tuple[Small, dict[str, Any]], swept: bool) -> None:
    small, choices = click
    if not small.valid:
        return
    with pytest.MonkeyPatch.context() as patched:
        if swept:  # by the passes in machine code that large circuits have
            patched.setattr(reasoning, "MANY_EDGES", 0)
        engine = Engine(small.model)
    answer = engine.answer(choices)
    for item, blocked in [*answer.blocked.items(), *answer.kept.items()]:
        wanted = item not in answer.kept
        ways = [x for x in small.valid if has(x, item) is wanted]
        if blocked.repair is None:
            assert not ways
            continue
        after = engine.answer(blocked.repair.choices)
        assert after.dropped == ()
        assert has(after.configuration, item) is wanted
        assert repair_cost(small, answer, item, after.configuration) == min(
            repair_cost(small, answer, item, x) for x in ways
        )
        gained = price(small.model, after.configuration) - price(small.model, answer.configuration)
        assert blocked.repair.price == in_minor_units(gained)
        assert blocked.repair.changes[0].option == item[0]
        for change in blocked.repair.changes:
            assert change.before == answer.choices.get(change.option)
            assert change.after == blocked.repair.choices[change.option] != change.before


@thorough
@given(clicks())
def test_there_are_no_dead_ends(click: tuple[Small, dict[str, Any]]) -> None:
    small, choices = click
    if not small.valid:
        return
    engine = Engine(small.model)
    answer = engine.answer(choices)
    for item in items(small.model):
        key, value = item
        shown = answer.configuration[key]
        if isinstance(shown, tuple) or item in answer.blocked or item in answer.kept:
            continue
        after = engine.answer({**answer.choices, key: shown ^ {value} if isinstance(shown, frozenset) else value})
        assert after.dropped == ()
        assert has(after.configuration, item) is not (isinstance(shown, frozenset) and value in shown)


def items(model: Model) -> list[Item]:
    found: list[Item] = []
    for option in model.options:
        domain = option.domain
        if isinstance(domain, OneOf | SomeOf):
            found += [(option.key, value.key) for value in domain.values]
        elif isinstance(domain, Mix):
            found += [(option.key, part.key) for part in domain.parts]
        else:
            found += [(option.key, number) for number in every_value(option)]
    return found


def has(x: Any, item: Item) -> bool:
    chosen = x[item[0]]
    if isinstance(chosen, tuple):
        return item[1] in dict(chosen)
    return item[1] in chosen if isinstance(chosen, frozenset) else chosen == item[1]


def keeps(x: Any, choices: Any) -> bool:
    return all(x[key] == chosen for key, chosen in choices.items())


def others_stay(answer: Answer, but: str, x: Any) -> bool:
    return keeps(x, {key: chosen for key, chosen in answer.choices.items() if key != but})


def taken(small: Small, answer: Answer, item: Item, x: Any) -> bool:
    """Whether x is a way to take the value, or switch the member, while all other choices stay."""
    key, value = item
    shown = answer.configuration[key]
    if isinstance(small.option(key).domain, SomeOf):
        return others_stay(answer, key, x) and x[key] == shown ^ {value}
    return others_stay(answer, key, x) and has(x, item)


def effort(small: Small, answer: Answer, x: Any) -> tuple[int, int, int]:
    """(untouched options not at their default, price, places strayed from the defaults)."""
    untouched = [option for option in small.model.options if option.key not in answer.choices]
    lost = sum(x[option.key] != option.domain.default for option in untouched)
    return (
        lost,
        price(small.model, x),
        sum(strayed(option, option.domain.default, x[option.key]) for option in untouched),
    )


def strayed(option: Option, wished: Any, value: Any) -> int:
    """How far a value is from the wished one where its price leaves a choice."""
    domain = option.domain
    if isinstance(domain, Number):
        return 0 if domain.price_each else abs(value - wished) // domain.step
    if isinstance(domain, SomeOf):
        return sum(not domain.by_key[member].price for member in value ^ wished)
    if isinstance(domain, Mix) or value == wished:
        return 0
    alike = [each for each in domain.values if each.key != wished and each.price == domain.by_key[value].price]
    keys = list(domain.by_key)
    return abs(keys.index(value) - keys.index(wished)) if len(alike) > 1 else 0


def repair_cost(small: Small, answer: Answer, item: Item, x: Any) -> tuple[int, ...]:
    """(other own choices changed, steps moved, defaults lost, price, places strayed)."""
    others = {key: chosen for key, chosen in answer.choices.items() if key != item[0]}
    changed = sum(x[key] != chosen for key, chosen in others.items())
    moved = sum(moves(small, key, chosen, x[key]) for key, chosen in others.items())
    if isinstance(small.option(item[0]).domain, SomeOf | Mix):
        moved += moves(small, item[0], answer.configuration[item[0]], x[item[0]])
    untouched = [o for o in small.model.options if o.key not in others and o.key != item[0]]
    lost = sum(x[o.key] != o.domain.default for o in untouched)
    away = sum(strayed(small.option(key), chosen, x[key]) for key, chosen in others.items())
    away += sum(strayed(o, o.domain.default, x[o.key]) for o in untouched)
    if isinstance(small.option(item[0]).domain, SomeOf):
        away += strayed(small.option(item[0]), answer.configuration[item[0]], x[item[0]])
    return changed, moved, lost, price(small.model, x), away


def moves(small: Small, key: str, one: Any, other: Any) -> int:
    domain = small.option(key).domain
    if isinstance(domain, Number):
        return abs(one - other) // domain.step
    if isinstance(domain, SomeOf):
        return len(one ^ other)
    if isinstance(domain, Mix):
        return sum(abs(dict(one).get(p.key, 0) - dict(other).get(p.key, 0)) for p in domain.parts)
    return int(one != other)


def small_without(small: Small, sentences: set[str]) -> list[Any]:
    """The products left when only these sentences count."""
    counted = [demand for demand in small.demands if demand.because in sentences]
    return [x for x in small.everything if all(demand.holds(x) for demand in counted)]


def reasons_of(small: Small, answer: Answer, item: Item, blocked: Blocked) -> list[Any]:
    """Each reason given as a predicate: a sentence, a choice, a member left out; a mix counts as one choice."""
    reasons: list[Any] = [d.holds for d in small.demands if d.because in blocked.because]
    assert len(reasons) == len(blocked.because) or blocked.because == (NEVER,)
    mixes = set()
    for key, value in [*blocked.choices, *blocked.without]:
        if isinstance(small.option(key).domain, Mix):
            mixes.add(key)
        elif isinstance(small.option(key).domain, SomeOf):
            there = (key, value) in blocked.choices
            reasons.append(lambda x, key=key, value=value, there=there: (value in x[key]) is there)
        else:
            reasons.append(lambda x, key=key, value=value: x[key] == value)
    reasons += [lambda x, key=key: x[key] == answer.choices[key] for key in mixes]
    for key, _ in [*blocked.choices, *blocked.without]:
        assert key in answer.choices or key == item[0]
    return reasons

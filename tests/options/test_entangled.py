"""Rules too entangled for a circuit, or even for search: makers are told what was found out, and what was not."""

import random
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pysat import solvers

from configurator.blanks.catalogue import read_folder
from configurator.options import clauses, explaining, findings, ordering, sat_answers, sat_costs
from configurator.options.clauses import Clauses
from configurator.options.cnf import Cnf
from configurator.options.compiling import Engine
from configurator.options.encoding import TooMuchAddedUp
from configurator.options.model import Model, OneOf, Option, Rule, SomeOf, Value
from configurator.options.ordering import elimination_order
from tests.blanks.small_shop import Shop
from tests.options.test_beyond_the_budget import without_circuits

BLANK = "cup/blank.toml"


def an_option(key: str, values: int) -> Option:
    return Option(key, key, "taste", OneOf(tuple(Value(f"v{at}", f"V{at}", price=at) for at in range(values)), "v0"))


def guests(number: int, seats: int) -> Model:
    """Everybody has another seat: hard to search once there are more guests than seats."""
    options = [an_option(f"g{at}", seats) for at in range(number)]
    apart = [
        Rule(f"Guests {at} and {other} sit apart.", None, f"g{at} != g{other}")
        for at in range(number)
        for other in range(at)
    ]
    return Model(tuple(options), tuple(apart))


def clashing(seed: int) -> Model:
    """Options of which many pairs do not go together; a circuit of them is beyond the budget."""
    rng = random.Random(seed)
    rules = []
    for at in range(260):
        one, other = rng.sample(range(60), 2)
        left, right = rng.randrange(4), rng.randrange(1, 4)
        rules.append(Rule(f"Clash {at}.", f"o{one} = v{left}", f"o{other} != v{right}"))
    return Model(tuple(an_option(f"o{at}", 4) for at in range(60)), tuple(rules))


def with_findings(model: Model) -> Model:
    """Something to find: a value that is dead by three rules, an option that is forced, two rules that say the same."""
    more = (
        Rule("Dead by this,", "o7 = v2", "o8 = v1"),
        Rule("and this,", "o8 = v1", "o9 = v3"),
        Rule("and this.", "o9 = v3", "o7 != v2"),
        Rule("Only v1 is left.", None, "o3 = v1"),
        Rule("Said once.", "o20 = v1", "o21 != v1"),
        Rule("Said twice.", "o21 = v1", "o20 != v1"),
    )
    return Model(model.options, (*model.rules, *more))


@pytest.mark.slow
def test_a_blank_beyond_the_real_budget_tells_its_maker_everything_but_the_count() -> None:
    engine = Engine(with_findings(clashing(1)))
    assert engine.facts.over_budget
    assert engine.count() is None
    assert engine.contradiction() is None
    assert engine.never()["o7", "v2"] == ("Dead by this,", "and this,", "and this.")
    assert engine.always() == {"o3": ("Only v1 is left.",)}
    assert {"Said once.", "Said twice."} <= {rule.because for rule in engine.idle()}
    assert (engine.unknown(), engine.undecided()) == ((), ())
    assert engine.proved("cheapest")
    assert engine.proved("dearest")


def test_search_finds_what_a_circuit_finds_in_rules_that_nearly_contradict() -> None:
    model = with_findings(clashing(2))
    with without_circuits():
        engine = Engine(model)
    assert engine.never()["o7", "v2"] == ("Dead by this,", "and this,", "and this.")
    contradictory = Rule("Then again not.", None, "o3 in (v0, v2)")
    with without_circuits():
        engine = Engine(Model(model.options, (*model.rules, contradictory)))
    found = engine.contradiction() or ()
    assert [rule.because for rule in found] == ["Only v1 is left.", "Then again not."]
    assert engine.fewest


def test_values_that_search_does_not_find_out_about_are_named_instead_of_guessed() -> None:
    extra = an_option("vip", 2)
    crowded = guests(12, 12)
    closed = tuple(Rule(f"A seat is kept for somebody else ({at}).", "vip = v1", f"g{at} != v11") for at in range(12))
    with without_circuits():
        engine = Engine(Model((*crowded.options, extra), (*crowded.rules, *closed)))
    assert engine.contradiction() is None
    assert engine.unknown() == (("vip", "v1"),)
    assert ("vip", "v1") not in engine.never()
    assert "vip" not in engine.always()


def test_more_guests_than_seats_take_too_long_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sat_answers, "MOST_EFFORT_EACH", 50)
    with without_circuits():
        engine = Engine(guests(9, 8))
    assert engine.contradiction() is None
    assert len(engine.unknown()) == 9 * 8


def test_rules_that_take_too_long_to_judge_are_neither_idle_nor_said_to_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST_EFFORT", 0)
    engine = Engine(guests(3, 4))
    assert engine.idle() == ()
    assert engine.undecided() == engine.model.rules


def test_a_contradiction_that_takes_too_long_to_narrow_down_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explaining, "MOST_EFFORT", 0)
    engine = Engine(guests(5, 4))
    assert engine.contradiction()
    assert not engine.fewest


def test_a_price_that_search_could_not_prove_is_said_to_be_the_best_one_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with without_circuits():
        engine, hasty = Engine(guests(3, 4)), Engine(guests(7, 9))
    assert engine.proved("cheapest")
    monkeypatch.setattr(sat_costs, "MOST_EFFORT", 0)
    assert not hasty.proved("cheapest")


def crowded_cup(rules: str) -> Shop:
    return Shop().spoiled(BLANK, "[area.wrap]", rules + "[area.wrap]")


def test_check_blanks_names_the_option_of_which_nothing_was_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sat_answers, "MOST_EFFORT_EACH", 0)
    rule = '[[rule]]\nbecause = "It sparks."\nwhen = "rim = gold"\nrequire = "not care.microwave"\n\n'
    with without_circuits():
        faults = read_folder(crowded_cup(rule).written(tmp_path)).faults
    assert any("“gold” takes too long to find out" in fault.sentence for fault in faults)
    assert {fault.file for fault in faults} == {BLANK}


def test_a_sum_of_too_many_different_amounts_is_refused_with_its_rule(tmp_path: Path) -> None:
    rng = random.Random(1)
    members = tuple(Value(f"m{at}", f"M{at}", facts={"mg": rng.randrange(10**9)}) for at in range(30))
    heavy = Rule("It is too heavy.", None, f"sum(parts.mg) <= {7 * 10**9}")
    with pytest.raises(TooMuchAddedUp, match=r"“It is too heavy[.]” adds up too much"):
        Engine(Model((Option("parts", "Parts", "taste", SomeOf(members, 0, 30)),), (heavy,)))
    told = [f'{{ key = "m{at}", label = "M{at}", facts = {{ mg = {rng.randrange(10**9)} }} }}' for at in range(30)]
    option = f'[option.parts]\naspect = "taste"\nlabel = "Parts"\nsome_of = [{", ".join(told)}]\n'
    rule = '[[rule]]\nbecause = "It is too heavy."\nrequire = "sum(parts.mg) <= 7000000000"\n\n'
    shop = crowded_cup(f"{option}{rule}")
    (fault,) = read_folder(shop.written(tmp_path)).faults
    assert fault.line == shop.line(BLANK, 'because = "It is too heavy."') - 1
    assert "adds up too much" in fault.sentence


slots = st.lists(st.lists(st.integers(-9, 9), min_size=2, max_size=4), min_size=1, max_size=4)


@given(slots, st.integers(-20, 20), st.booleans())
def test_a_sum_holds_for_exactly_the_amounts_that_keep_to_its_bound(
    weights: list[list[int]], bound: int, exact: bool
) -> None:
    made = Clauses()
    ways = [[(made.variable(), weight) for weight in slot] for slot in weights]
    for slot in ways:
        made.exactly_one([literal for literal, _ in slot])
    holds = made.total([tuple(slot) for slot in ways], bound, exact=exact)
    with solvers.Solver(name="minisat22", bootstrap_with=made.clauses) as solver:
        for taken in product(*ways):
            amount = sum(weight for _, weight in taken)
            kept = amount == bound if exact else amount <= bound
            assumed = [literal for literal, _ in taken]
            assert solver.solve(assumptions=[*assumed, holds]) is kept
            assert solver.solve(assumptions=[*assumed, -holds]) is not kept


def test_sums_that_leave_the_same_ways_to_go_on_are_one() -> None:
    made = Clauses()
    made.total([((made.variable(), 1 << at), (made.variable(), 0)) for at in range(40)], (1 << 40) // 3, exact=False)
    assert made.variables < 200
    assert clauses.MOST_SUMS > 200


def test_an_order_of_branching_is_found_in_time_however_much_hangs_together(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(4)
    ties = tuple((-rng.randrange(1, 90), -rng.randrange(1, 90)) for _ in range(900))
    unhurried = elimination_order(Cnf(90, ties), "fill")
    monkeypatch.setattr(ordering, "MOST_LOOKED_AT", 100)
    assert sorted(elimination_order(Cnf(90, ties), "fill")) == sorted(unhurried) == list(range(1, 91))

"""Where only search can tell a click has a limit too: what was found by then is shown, nothing is offered wrongly."""

from typing import Any

import pytest
from hypothesis import given

from configurator.options import explaining, sat_answers, sat_costs
from configurator.options.compiling import Engine
from configurator.options.model import Model, Rule
from configurator.options.telling import UNCHECKED
from tests.effort import examples
from tests.options import test_against_brute_force as promises
from tests.options.small_models import Small
from tests.options.test_beyond_the_budget import without_circuits
from tests.options.test_entangled import an_option, guests


@pytest.mark.parametrize("effort", [0, 21, 60])
@examples(25)
@given(promises.clicks())
def test_with_hardly_any_effort_only_what_is_possible_is_offered(
    effort: int, click: tuple[Small, dict[str, Any]]
) -> None:
    small, choices = click
    if not small.valid:
        return
    with pytest.MonkeyPatch.context() as patched, without_circuits():
        for module, name in ((sat_answers, "MOST_A_CLICK"), (sat_answers, "MOST_A_PAGE"), (explaining, "MOST_A_CLICK")):
            patched.setattr(module, name, effort)
        patched.setattr(sat_costs, "MOST_EFFORT", effort)
        engine = Engine(small.model)
        answer = engine.answer(choices)
        assert answer.configuration in small.valid
        assert promises.keeps(answer.configuration, answer.choices)
        items = set(promises.items(small.model))
        shown = {item for item in items if promises.has(answer.configuration, item)}
        possible = {i for i in items if any(promises.taken(small, answer, i, x) for x in small.valid)}
        assert items - shown - set(answer.blocked) <= possible
        for blocked in (*answer.blocked.values(), *answer.kept.values()):
            assert blocked.because
            if blocked.repair is not None:
                assert engine.answer(blocked.repair.choices).configuration in small.valid
        for item in answer.forced:
            assert UNCHECKED not in answer.forced[item]


@pytest.mark.slow
def test_what_is_not_found_out_in_time_is_said_to_be_just_that(monkeypatch: pytest.MonkeyPatch) -> None:
    crowded, extra = guests(9, 9), an_option("vip", 2)
    closed = tuple(Rule(f"A seat is kept ({at}).", "vip = v1", f"g{at} != v8") for at in range(9))
    monkeypatch.setattr(sat_answers, "MOST_A_CLICK", 50)
    monkeypatch.setattr(explaining, "MOST_A_CLICK", 50)
    with without_circuits():
        engine = Engine(Model((*crowded.options, extra), (*crowded.rules, *closed)))
    answer = engine.answer({"g0": "v3"})
    assert answer.choices == {"g0": "v3"}
    refused = answer.blocked["vip", "v1"]
    assert refused.because == (UNCHECKED,)
    assert refused.repair is None


def test_a_complete_order_is_checked_whole_however_little_effort_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sat_answers, "MOST_A_CLICK", 1)
    crowded = guests(9, 9)
    seats = {f"g{at}": f"v{(at + 4) % 9}" for at in range(9)}
    with without_circuits():
        engine = Engine(crowded)
    assert engine.answer(seats).choices == seats
    together = engine.answer({**seats, "g1": seats["g0"]})
    assert len(together.choices) < 9
    assert len(set(together.configuration.values())) == 9

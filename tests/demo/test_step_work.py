"""A visitor of the demo sees what every step of a done batch really took, beside what was planned."""

from datetime import timedelta
from random import Random

import pytest

from configurator.clock import FixedClock
from configurator.demo.floor_work import work_off
from configurator.production.actual_store import comparison_of
from configurator.web.wiring import Wiring
from tests.web.browser import Browser
from tests.web.conftest import deniz
from tests.web.shop import browser, parts, wiring
from tests.web.test_paces import released

__all__ = ["browser", "deniz", "parts", "wiring"]


@pytest.mark.parametrize(("pieces", "seen"), [(6, True), (2, False)])
def test_a_larger_batch_tells_of_each_of_its_steps_what_it_took(
    deniz: Browser, wiring: Wiring, clock: FixedClock, pieces: int, seen: bool
) -> None:
    number, _ = released(deniz, wiring, pieces)
    clock.at += timedelta(days=4)
    work_off(wiring, Random(1))
    with wiring.database.read() as session:
        told = comparison_of(session, number, wiring.catalogue.shop)
    assert told
    assert [step.step.name for step in told.steps] == ["Print transfer", "Press", "Check and wrap"]
    assert [step.run_min is not None for step in told.steps] == [seen] * 3

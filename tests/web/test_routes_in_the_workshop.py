"""The steps of a blank in the workshop: changed by its maker, planned with at once, refused with a sentence."""

from dataclasses import replace

import pytest

from configurator.designs.making import leading, operations
from configurator.web.wiring import Wiring
from tests.builders import a_design
from tests.web.browser import Browser

PLACE, KEEP = "/workshop/blanks/mug?at=plant-bremen", "/workshop/blanks/mug/route"


def steps(wiring: Wiring, key: str = "mug") -> list[str]:
    return [step.name for step in wiring.catalogue.blank(key).operations]


def test_the_steps_of_every_blank_sent_back_unchanged_change_nothing(deniz: Browser, wiring: Wiring) -> None:
    for key, before in wiring.premises.start.blanks.items():
        deniz.press(deniz.get(f"/workshop/blanks/{key}"), f"/workshop/blanks/{key}/route", "Keep the steps")
        after = wiring.catalogue.blank(key)
        assert [replace(step, leads_by=None) for step in after.operations] == list(before.operations)
        assert after.version == before.version


def test_minutes_trays_tools_and_drying_are_changed_and_given_back(deniz: Browser, wiring: Wiring) -> None:
    before = wiring.catalogue.blank("mug")
    typed = {"step-run-2": "4,5", "step-setup-2": "9", "step-tray-2": "12", "step-wait-2": "30"}
    page = deniz.press(
        deniz.get(PLACE), KEEP, "Keep the steps", **typed, **{"step-tool-2": "mat", "step-lasts-2": "500"}
    )
    press = wiring.catalogue.blank("mug").operations[1]
    assert (press.setup_min, press.run_min, press.tray, press.wait_min) == (9, 4.5, 12, 30)
    assert (press.tool, press.tool_lasts, press.leads) == ("mat", 500, True)
    deniz.press(page, "route-back", "Make it as blank.toml says again")
    assert wiring.catalogue.blank("mug") == before


def test_a_step_is_added_where_its_place_says_and_taken_out_again(deniz: Browser, wiring: Wiring) -> None:
    n = len(steps(wiring)) + 1
    new = {f"step-name-{n}": "Rinse", f"step-at-{n}": "bench", f"step-run-{n}": "0.5", f"step-place-{n}": "2.5"}
    page = deniz.press(deniz.get(PLACE), KEEP, "Keep the steps", **new)
    assert steps(wiring)[1:3] == ["Press", "Rinse"]
    assert wiring.catalogue.blank("mug").operations[2].family == "rinse"
    deniz.press(page, KEEP, "Keep the steps", **{"step-name-3": ""})
    assert "Rinse" not in steps(wiring)


def test_a_step_can_be_left_out_and_comes_back(deniz: Browser, wiring: Wiring) -> None:
    last = len(steps(wiring))
    page = deniz.press(deniz.get(PLACE), KEEP, "Keep the steps", **{f"step-out-{last}": "yes"})
    assert "Check and wrap" not in steps(wiring)
    assert "Check and wrap" in page.text
    deniz.press(page, KEEP, "Keep the steps", **{f"step-out-{last}": ""})
    assert steps(wiring)[-1] == "Check and wrap"


def test_changed_minutes_do_not_change_which_step_decides_the_batch(deniz: Browser, wiring: Wiring) -> None:
    design, board = a_design(wiring.catalogue.blank("board")), wiring.catalogue.blank("board")
    lead = leading(operations(design, board)).name
    names = steps(wiring, "board")
    typed = {f"step-setup-{n}": "600" for n, name in enumerate(names, start=1) if name != lead}
    deniz.press(deniz.get("/workshop/blanks/board"), "/workshop/blanks/board/route", "Keep the steps", **typed)
    assert leading(operations(design, wiring.catalogue.blank("board"))).name == lead


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"step-run-2": "soon"}, "The minutes a piece of “Press” is “soon”"),
        ({"step-run-2": "9999"}, "“Press” must take from 0 to 1,440 minutes"),
        ({"step-tray-2": "-1"}, "The tray of “Press” is “-1”"),
        ({"step-tool-1": "mat"}, "both a tool and how many pieces it lasts"),
        ({"step-place-2": "first"}, "has the place “first”"),
        ({"step-at-2": "bench"}, "“Press” decides the batch"),
        ({"step-out-1": "yes"}, "pieces are laid on its sheet"),
        ({"step-name-7": "Press", "step-at-7": "bench"}, "two steps called “Press”"),
        ({"step-name-7": "Rinse"}, "Choose where “Rinse” is done"),
        ({"step-name-7": "Rinse", "step-at-7": "moon"}, "No facility has every work centre"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    deniz: Browser, wiring: Wiring, typed: dict[str, str], sentence: str
) -> None:
    before = wiring.catalogue.blank("mug")
    refused = deniz.press(deniz.get(PLACE), KEEP, "Keep the steps", **{"step-wait-6": "77"}, **typed)
    assert refused.status in (409, 422)
    assert sentence in refused.text
    assert 'value="77"' in refused.html
    assert wiring.catalogue.blank("mug") == before


def test_the_second_of_two_makers_is_told_who_was_faster(deniz: Browser, wiring: Wiring) -> None:
    page = deniz.get(PLACE)
    deniz.press(page, KEEP, "Keep the steps", **{"step-run-2": "5"})
    refused = deniz.press(page, KEEP, "Keep the steps", **{"step-run-2": "6"})
    assert "Deniz has changed this since you opened the page" in refused.text
    assert wiring.catalogue.blank("mug").operations[1].run_min == 5

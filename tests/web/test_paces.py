"""Minutes of steps by their scans: scanned at a step, shown on the batch, suggested, taken over by a press."""

import re
from datetime import timedelta

from sqlalchemy import text

from configurator.clock import FixedClock
from configurator.web.wiring import Wiring
from tests.web.browser import Browser

ORDER = {
    "email": "marit@harbour.example",
    "name": "Marit Haugen",
    "street": "Osterdeich 41",
    "postcode": "28203",
    "town": "Bremen",
    "rights": "yes",
}


def released(deniz: Browser, wiring: Wiring, pieces: int = 5) -> tuple[str, list[str]]:
    """A batch of so many mugs, released: its number and its pieces."""
    deniz.press(
        deniz.press(deniz.get("/blanks/mug"), "design", "Add to cart", pieces=str(pieces)), "checkout", "Pay", **ORDER
    )
    wiring.jobs.run_due()
    found = re.search(r"/workshop/batches/(B-\d+)/release", deniz.get("/workshop").html)
    assert found
    path = f"/workshop/batches/{found[1]}"
    deniz.press(deniz.get(path), f"{path}/release", "Release")
    with wiring.database.read() as session:
        waiting = text("select code from piece where stage = 'released' order by code")
        return found[1], list(session.execute(waiting).scalars())


def scanned(deniz: Browser, clock: FixedClock, station: str, codes: list[str], each_min: float) -> None:
    for code in codes:
        clock.at += timedelta(minutes=each_min)
        page = deniz.get(f"/workshop/stations/{station}?at=plant-bremen")
        deniz.press(page, "/workshop/scans", "Book", code=code)


def test_pieces_are_scanned_at_one_step_and_its_minutes_stand_on_the_batch(
    deniz: Browser, wiring: Wiring, clock: FixedClock
) -> None:
    number, codes = released(deniz, wiring)
    path = f"/workshop/batches/{number}"
    assert "Scan here" in deniz.get(path).text
    page = deniz.get(f"{path}/step")
    assert "0 of 5 through “Print transfer”" in page.text.replace("\u00a0", " ")
    for code in codes:
        clock.at += timedelta(minutes=2)
        page = deniz.press(page, f"{path}/step-scans", "It is through", code=code.lower())
        assert 'class="fb ok"' in page.html
    again = deniz.press(page, f"{path}/step-scans", "It is through", code=codes[0])
    assert "was noted by Deniz at" in again.text
    scanned(deniz, clock, "picking", codes, 0)
    scanned(deniz, clock, "production", codes, 6)
    told = deniz.get(path).text
    assert "Run of “Print transfer”" in told
    assert "measured, the run from 5 scans" in told
    assert re.search(r"Print transfer\s*5\spieces\s*was run 10\b", told)
    assert deniz.get(f"{path}/step?step=Polish").status == 404


def test_a_suggested_pace_is_planned_with_once_somebody_presses(
    deniz: Browser, wiring: Wiring, clock: FixedClock
) -> None:
    before = wiring.catalogue.blank("mug")
    for _ in range(3):
        _, codes = released(deniz, wiring)
        scanned(deniz, clock, "picking", codes, 0)
        scanned(deniz, clock, "production", codes, 6)
    told = deniz.get("/workshop/costs/mug?at=plant-bremen").text
    assert "“Press” takes 6 min a piece instead of 3.5" in told
    page = deniz.get("/workshop/blanks/mug?at=plant-bremen")
    assert "took 6 min a piece over the last 3 batches, planned 3.5" in page.text.replace("\u00a0", " ")
    assert wiring.catalogue.blank("mug") == before
    after = deniz.press(page, "/workshop/blanks/mug/pace", "Plan with 6 min")
    assert [step.run_min for step in wiring.catalogue.blank("mug").operations][:2] == [before.operations[0].run_min, 6]
    assert "about as planned" in after.text
    late = deniz.press(page, "/workshop/blanks/mug/pace", "Plan with 6 min")
    assert "has changed since. Nothing was taken over" in late.text

"""The facility page: what a maker changes is kept, planned at once, and nobody's change is lost."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from configurator.blanks.blank import Blank
from configurator.blanks.catalogue import Catalogue
from configurator.blanks.marks import Marks
from configurator.clock import FixedClock
from configurator.production.batch_store import batch_by_number
from configurator.web.wiring import Wiring
from tests.web.browser import Browser

PLACE = "/workshop/facility?at=plant-bremen"


def test_the_page_of_every_facility_shows_its_week_and_its_machines(deniz: Browser, wiring: Wiring) -> None:
    for facility in wiring.catalogue.shop.facilities:
        page = deniz.get(f"/workshop/facility?at={facility.key}")
        assert page.status == 200
        assert "every machine runs" in page.text
        for centre in facility.centres.values():
            assert centre.label in page.html


def test_what_is_sent_back_unchanged_changes_nothing(deniz: Browser, wiring: Wiring) -> None:
    before = wiring.catalogue.shop
    for action, button in (("week", "Keep hours"), ("machines", "Keep the machines"), ("rules", "Keep the rules")):
        assert deniz.press(deniz.get(PLACE), f"/workshop/facility/{action}", button).status == 200
    deniz.press(deniz.get(PLACE), "/workshop/facility/setups", "Keep the setups")
    assert wiring.catalogue.shop.facility("plant-bremen") == before.facility("plant-bremen")
    assert wiring.catalogue.shop.changeovers == before.changeovers


def test_a_machine_that_breaks_down_stands_still_until_it_runs_again(deniz: Browser, wiring: Wiring) -> None:
    stopped = deniz.press(
        deniz.get(PLACE),
        "/workshop/facility/stops",
        "Stands still",
        machine="mug-press:2",
        ends="2026-11-26T14:00",
        reason="belt torn",
    )
    assert "Mug press 2: belt torn, until Thu, 26 Nov, 14:00" in stopped.text.replace("Thu 26", "Thu, 26")
    assert "1 machine stands still" in stopped.text.replace("\u00a0", " ")
    (down,) = wiring.catalogue.shop.facility("plant-bremen").down
    assert (down.work_centre, down.machine, down.reason) == ("mug-press", 2, "belt torn")
    again = deniz.press(stopped, "/workshop/facility/stops/1/end", "Runs again")
    assert "every machine runs" in again.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"ends": "2026-11-20T14:00", "reason": "belt"}, "later than it begins"),
        ({"ends": "2026-11-26T14:00", "reason": " "}, "Write what is wrong with it"),
        ({"ends": "soon", "reason": "belt"}, "Until when is “soon”"),
        ({"ends": "0001-01-01T00:00", "reason": "belt"}, "Until when is “0001-01-01T00:00”"),
        ({"ends": "9999-12-31T23:59", "reason": "belt"}, "within a year"),
        ({"ends": "2026-11-26T14:00", "reason": "belt", "machine": "oven:²"}, "does not stand here"),
        ({"ends": "2026-11-26T14:00", "reason": "belt", "machine": f"mug-press:{10**20}"}, "does not stand here"),
        ({"ends": "2026-11-26T14:00", "reason": "belt", "machine": "oven:1"}, "does not stand here"),
    ],
)
def test_a_stand_still_that_cannot_be_says_what_to_write(
    deniz: Browser, wiring: Wiring, typed: dict[str, str], sentence: str
) -> None:
    page = deniz.press(deniz.get(PLACE), "/workshop/facility/stops", "Stands still", **typed)
    assert page.status == 422
    assert sentence in page.text
    assert wiring.catalogue.shop.facility("plant-bremen").down == ()


def test_of_two_makers_who_change_the_same_week_the_second_is_told(deniz: Browser, wiring: Wiring) -> None:
    page = deniz.get(PLACE)
    assert deniz.press(page, "/workshop/facility/week", "Keep hours", cut_off="12:00").status == 200
    late = deniz.press(page, "/workshop/facility/week", "Keep hours", cut_off="13:00")
    assert late.status == 409
    assert "Deniz has changed this since you opened the page" in late.text
    assert wiring.catalogue.shop.facility("plant-bremen").cut_off.hour == 12


def test_a_cut_off_outside_every_shift_is_refused(deniz: Browser) -> None:
    page = deniz.press(deniz.get(PLACE), "/workshop/facility/week", "Keep hours", cut_off="23:30")
    assert "The cut-off 23:30 lies outside every shift" in page.text


def test_a_work_centre_that_batches_are_made_on_cannot_be_removed(deniz: Browser, wiring: Wiring) -> None:
    cart = deniz.press(deniz.get("/blanks/mug"), "design", "Add to cart", pieces="2")
    customer = {"email": "marit@harbour.example", "name": "Marit Haugen", "street": "Osterdeich 41"}
    deniz.press(cart, "checkout", "Pay", **customer, postcode="28203", town="Bremen", rights="yes")
    wiring.jobs.run_due()
    rows = list(wiring.catalogue.shop.facility("plant-bremen").centres)
    field = f"centre-label-{rows.index('mug-press') + 1}"
    page = deniz.press(deniz.get(PLACE), "/workshop/facility/machines", "Keep the machines", **{field: ""})
    assert page.status == 409
    assert "“Mug press” cannot be removed: B-001 is made there" in page.text


def test_a_rule_of_the_page_fills_the_next_batches(deniz: Browser, wiring: Wiring) -> None:
    page, row = deniz.get(PLACE), len(wiring.catalogue.shop.facility("plant-bremen").rules) + 1
    filled = {f"rule-family-{row}": "tee-*", f"rule-most-{row}": "5"}
    deniz.press(page, "/workshop/facility/rules", "Keep the rules", **filled)
    rule = wiring.catalogue.shop.facility("plant-bremen").rule("garment-printer", "tee-x")
    assert rule.most == 5
    wrong = {**filled, f"rule-least-{row}": "9"}
    refused = deniz.press(deniz.get(PLACE), "/workshop/facility/rules", "Keep the rules", **wrong)
    assert "at least 9 and at most 5 pieces" in refused.text


def test_a_tool_shows_what_it_has_made_and_can_be_changed(deniz: Browser, wiring: Wiring, clock: FixedClock) -> None:
    cart = deniz.press(deniz.get("/blanks/mug"), "design", "Add to cart", pieces="7")
    customer = {"email": "marit@harbour.example", "name": "Marit Haugen", "street": "Osterdeich 41"}
    deniz.press(cart, "checkout", "Pay", **customer, postcode="28203", town="Bremen", rights="yes")
    wiring.jobs.run_due()
    deniz.press(deniz.get("/workshop/batches/B-001"), "/workshop/batches/B-001/release", "Release")
    page = deniz.get(PLACE)
    assert "makes 893 pieces more" in page.text.replace("\u00a0", " ")
    clock.at += timedelta(hours=3)
    page = deniz.get(PLACE)
    changed = deniz.press(page, "/workshop/facility/tools", "Changed now")
    assert "makes 900 pieces more" in changed.text.replace("\u00a0", " ")


def test_a_refusal_keeps_everything_that_was_typed(deniz: Browser, wiring: Wiring) -> None:
    typed = {"opens": "08:15", "cut_off": "23:30", "holiday-first-9": "2027-12-24", "holiday-name-9": "Christmas again"}
    page = deniz.press(deniz.get(PLACE), "/workshop/facility/week", "Keep hours", workdays=["0", "2"], **typed)
    assert page.status == 422
    fields = page.form("/workshop/facility/week").fields
    assert dict(fields).items() >= typed.items()
    assert [value for name, value in fields if name == "workdays"] == ["0", "2"]
    wrong = {"rule-family-4": "tee-*", "rule-most-4": "5", "rule-least-4": "9", "rule-centre-4": "garment-printer"}
    rules = deniz.press(deniz.get(PLACE), "/workshop/facility/rules", "Keep the rules", **wrong)
    assert dict(rules.form("/workshop/facility/rules").fields).items() >= wrong.items()
    stop = {"machine": "mug-press:2", "ends": "2026-11-20T14:00", "reason": "belt"}
    stops = deniz.press(deniz.get(PLACE), "/workshop/facility/stops", "Stands still", **stop)
    assert dict(stops.form("/workshop/facility/stops").fields).items() >= stop.items()


def test_a_work_centre_has_several_shifts_and_people(deniz: Browser, wiring: Wiring) -> None:
    rows = list(wiring.catalogue.shop.facility("plant-bremen").centres)
    n = rows.index("laser") + 1
    typed = {f"centre-shifts-{n}": "06:00-14:00, Mon-Thu 14:00-22:00", f"centre-crew-{n}": "0.5"}
    assert deniz.press(deniz.get(PLACE), "/workshop/facility/machines", "Keep the machines", **typed).status == 200
    laser = wiring.catalogue.shop.facility("plant-bremen").centres["laser"]
    assert [(one.days, one.opens.hour, one.closes.hour) for one in laser.shifts] == [
        ((0, 1, 2, 3, 4), 6, 14),
        ((0, 1, 2, 3), 14, 22),
    ]
    assert laser.crew == Decimal("0.5")
    assert dict(deniz.get(PLACE).form("/workshop/facility/machines").fields).items() >= typed.items()
    wrong = {f"centre-shifts-{n}": "from six to two"}
    refused = deniz.press(deniz.get(PLACE), "/workshop/facility/machines", "Keep the machines", **wrong)
    assert "The shifts of “Laser” say “from six to two”" in refused.text
    assert dict(refused.form("/workshop/facility/machines").fields).items() >= wrong.items()


def test_a_facility_is_renamed_and_moves_to_another_clock(deniz: Browser, wiring: Wiring) -> None:
    typed = {
        "name": "Bremen-Nord",
        "street": "Hafenstraße 3",
        "timezone": "Europe/Lisbon",
        "bins": "90",
        "wage": "24.50",
        "days-to-store-bremen": "",
        "days-to-store-hamburg": "2",
        "days-to-store-berlin": "0",
    }
    page = deniz.press(deniz.get(PLACE), "/workshop/facility/about", "Keep what", **typed)
    assert "Bremen-Nord works" in page.text
    now = wiring.catalogue.shop.facility("plant-bremen")
    assert (now.name, now.street, now.timezone, now.bins, now.wage) == (
        "Bremen-Nord",
        "Hafenstraße 3",
        "Europe/Lisbon",
        90,
        2450,
    )
    assert now.town == "Bremen"
    assert now.days_to == {"store-hamburg": 2, "store-berlin": 0}
    assert wiring.catalogue.shop.days_between(now, "store-bremen") == wiring.catalogue.shop.shipping.days
    assert dict(deniz.get(PLACE).form("/workshop/facility/about").fields).items() >= typed.items()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"timezone": "Bremen"}, "“Bremen” is no time zone. Write it like Europe/Berlin."),
        ({"timezone": "../etc/passwd"}, "is no time zone"),
        ({"name": ""}, "Write the name, street, postcode and town"),
        ({"bins": "many"}, "The number of bins is “many”"),
        ({"wage": "a lot"}, "What an hour of one person costs is “a lot”"),
        ({"wage": "NaN"}, "What an hour of one person costs is “NaN”"),
        ({"wage": "1e999999999"}, "What an hour of one person costs is “1e999999999”"),
        ({"days-to-store-berlin": "-1"}, "The days under way is “-1”"),
        ({"days-to-store-berlin": "61"}, "as 0 (the same day) to 60 days of the carrier"),
    ],
)
def test_what_a_facility_cannot_be_called_is_said(deniz: Browser, typed: dict[str, str], sentence: str) -> None:
    page = deniz.press(deniz.get(PLACE), "/workshop/facility/about", "Keep what", **typed)
    assert page.status == 422
    assert sentence in page.text
    assert dict(page.form("/workshop/facility/about").fields).items() >= typed.items()


FOILS = "gold: 0 12 15\nsilver: 9 0 12.5\ncopper: 10 8 0"


def test_setups_by_a_tool_that_has_no_order_are_a_table_of_every_two(deniz: Browser, wiring: Wiring) -> None:
    typed = {"grid-families-2": "stamp-*", "grid-rows-2": FOILS}
    assert deniz.press(deniz.get(PLACE), "/workshop/facility/setups", "Keep the setups", **typed).status == 200
    minutes = wiring.catalogue.shop.changeovers
    assert (minutes["stamp-gold", "stamp-silver"], minutes["stamp-silver", "stamp-gold"]) == (12, 9)
    assert minutes["stamp-silver", "stamp-copper"] == 12.5
    assert ("stamp-gold", "stamp-gold") not in minutes
    again = deniz.press(deniz.get(PLACE), "/workshop/facility/setups", "Keep the setups")
    assert again.status == 200
    assert wiring.catalogue.shop.changeovers == minutes
    own = {"setup-from-5": "stamp-gold", "setup-to-5": "stamp-silver", "setup-min-5": "4"}
    deniz.press(deniz.get(PLACE), "/workshop/facility/setups", "Keep the setups", **own)
    assert wiring.catalogue.shop.changeovers["stamp-gold", "stamp-silver"] == 4


@pytest.mark.parametrize(
    ("families", "rows", "sentence"),
    [
        ("stamp", FOILS, "The table of “stamp” needs one * where the value stands"),
        ("stamp-*", "gold: 0 12\nsilver", "holds “silver”"),
        ("stamp-*", "gold: 0 12\nsilver: 9", "has 2 lines, but another number of minutes in that of “silver”"),
        ("stamp-*", "gold: 0 12\ngold: 9 0", "needs two values or more, each once"),
        ("stamp-*", "gold: 1 12\nsilver: 9 0", "says that something is changed from a value to itself"),
        ("stamp-*", "", "needs two values or more"),
    ],
)
def test_a_table_of_setups_that_cannot_be_says_how_to_write_it(
    deniz: Browser, wiring: Wiring, families: str, rows: str, sentence: str
) -> None:
    before = wiring.catalogue.shop.changeovers
    typed = {"grid-families-2": families, "grid-rows-2": rows}
    page = deniz.press(deniz.get(PLACE), "/workshop/facility/setups", "Keep the setups", **typed)
    assert page.status == 422
    assert sentence in page.text
    assert wiring.catalogue.shop.changeovers == before


@pytest.mark.parametrize(
    ("part", "typed", "sentence"),
    [
        (
            "setups",
            {"setup-from-5": "mug-coral", "setup-min-5": "9"},
            "The second family of pair 5 is missing",
        ),
        (
            "setups",
            {"setup-to-5": "mug-sun", "setup-min-5": "9"},
            "The first family of pair 5 is missing",
        ),
        ("setups", {"ladder-families-3": "tin-*"}, "The order of tin-* is missing"),
        ("week", {"holiday-name-8": "Works outing"}, "The first day of Works outing is missing"),
        ("week", {"shift-closes-3": "23:30", "shift-days-3": "0"}, "The beginning of shift 3 is missing"),
    ],
)
def test_half_a_row_is_told_and_not_silently_left_out(
    deniz: Browser, wiring: Wiring, part: str, typed: dict[str, str], sentence: str
) -> None:
    before = wiring.catalogue.shop
    page = deniz.press(deniz.get(PLACE), f"/workshop/facility/{part}", "Keep", **typed)
    assert page.status == 422
    assert sentence in page.text
    assert next(iter(typed.values())) in page.html
    assert wiring.catalogue.shop == before


def test_how_many_pieces_fill_a_batch_is_changed_for_the_whole_shop(deniz: Browser, wiring: Wiring) -> None:
    page = deniz.get(PLACE)
    assert deniz.press(page, "/workshop/facility/batch", "Keep this for all", pieces="36", together="1,5").status == 200
    assert (wiring.catalogue.shop.batch_pieces, wiring.catalogue.shop.together_min) == (36, 1.5)
    assert "at most 36 pieces" in deniz.get("/workshop/facility?at=store-berlin").text.replace("\u00a0", " ")
    late = deniz.press(page, "/workshop/facility/batch", "Keep this for all", pieces="12")
    assert (late.status, wiring.catalogue.shop.batch_pieces) == (409, 36)
    wrong = deniz.press(deniz.get(PLACE), "/workshop/facility/batch", "Keep this for all", pieces="0")
    assert (wrong.status, wiring.catalogue.shop.batch_pieces) == (422, 36)
    assert "How many pieces fill a batch is “0”" in wrong.text
    too_much = deniz.press(deniz.get(PLACE), "/workshop/facility/batch", "Keep this for all", together="600")
    assert (too_much.status, wiring.catalogue.shop.together_min) == (422, 1.5)
    assert "Write from 0 to 60 minutes for an hour that an order waits" in too_much.text


def test_the_marks_of_a_cutter_are_changed_in_the_workshop(deniz: Browser, wiring: Wiring) -> None:
    before = wiring.catalogue.shop.facility("plant-bremen").centres
    assert deniz.press(deniz.get(PLACE), "/workshop/facility/marks", "Keep the marks").status == 200
    assert wiring.catalogue.shop.facility("plant-bremen").centres == before
    typed = {"mark-kind-laser": "cross", "mark-size-laser": "4", "mark-in-laser": "3,5", "mark-apart-laser": "200"}
    page = deniz.press(deniz.get(PLACE), "/workshop/facility/marks", "Keep the marks", **typed)
    assert page.status == 200
    marks = wiring.catalogue.shop.facility("plant-bremen").centres["laser"].marks
    assert marks == Marks("cross", 4, 3.5, apart_mm=200, second_mm=15)
    deniz.press(deniz.get(PLACE), "/workshop/facility/machines", "Keep the machines")
    assert wiring.catalogue.shop.facility("plant-bremen").centres["laser"].marks == marks
    deniz.press(deniz.get(PLACE), "/workshop/facility/marks", "Keep the marks", **{"mark-kind-laser": ""})
    assert wiring.catalogue.shop.facility("plant-bremen").centres["laser"].marks is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"mark-in-laser": "7"}, "would reach 10.5 mm into a sheet"),
        ({"mark-in-laser": "2"}, "would hang over the edge 2 mm beside it"),
        ({"mark-second-laser": "6"}, "The second mark would lie on the first"),
        ({"mark-size-laser": "large"}, "The size of the marks of “Laser” is “large”. Write millimetres from 1 to 30."),
        ({"mark-kind-laser": "star"}, "The kind of the marks of “Laser” is “star”. Write dot, square or cross."),
        ({"mark-layer-laser": "cut"}, "The layer “cut” holds other lines"),
    ],
)
def test_marks_that_cannot_be_say_what_to_write(
    deniz: Browser, wiring: Wiring, typed: dict[str, str], sentence: str
) -> None:
    before = wiring.catalogue.shop.facility("plant-bremen").centres["laser"].marks
    page = deniz.press(deniz.get(PLACE), "/workshop/facility/marks", "Keep the marks", **typed)
    assert (page.status, sentence in page.text) == (422, True)
    assert wiring.catalogue.shop.facility("plant-bremen").centres["laser"].marks == before


def test_a_batch_ordered_when_margins_were_narrower_than_the_marks_is_not_released(
    deniz: Browser, wiring: Wiring
) -> None:
    """The blank has got a wider margin and the cutter larger marks since; the order's sheet is as it was ordered."""
    cart = deniz.press(deniz.get("/blanks/keyring"), "design", "Add to cart", pieces="2")
    customer = {"email": "marit@harbour.example", "name": "Marit Haugen", "street": "Osterdeich 41"}
    deniz.press(cart, "checkout", "Pay", **customer, postcode="28203", town="Bremen", rights="yes")
    wiring.jobs.run_due()
    start = wiring.premises.start
    wiring.premises.start = Catalogue(start.shop, {**start.blanks, "keyring": widened(start.blank("keyring"))})
    wiring.premises.forget()
    kept = deniz.press(deniz.get(PLACE), "/workshop/facility/marks", "Keep the marks", **{"mark-in-laser": "9"})
    assert kept.status == 200
    refused = deniz.press(deniz.get("/workshop/batches/B-001"), "/workshop/batches/B-001/release", "Release")
    assert refused.status == 409
    assert "The marks that “Laser” finds its sheets by reach 12.5 mm into the sheet, but its margin is 8 mm" in (
        refused.text
    )
    with wiring.database.read() as session:
        assert batch_by_number(session, "B-001").status == "open"
    deniz.press(deniz.get(PLACE), "/workshop/facility/marks", "Keep the marks", **{"mark-in-laser": "4"})
    deniz.press(deniz.get("/workshop/batches/B-001"), "/workshop/batches/B-001/release", "Release")
    with wiring.database.read() as session:
        assert batch_by_number(session, "B-001").status == "released"


def widened(blank: Blank) -> Blank:
    """The blank as a maker has edited it since: sheets with margins of 20 mm."""
    steps = tuple(
        replace(step, sheet=replace(step.sheet, margin_mm=20)) if step.sheet else step for step in blank.operations
    )
    return replace(blank, operations=steps, version="wider")

"""The promise goes through the whole route: drying, other hours, tails, travel, stores closed on arrival."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from configurator.blanks.blank import Operation
from configurator.blanks.calendar import DownTime, Holiday, Shift
from configurator.blanks.shop import Shop, WorkCentre
from configurator.production.promise import Promise, promised
from configurator.production.wishes import CHECK_MIN, Wish
from tests.builders import a_facility, a_shop
from tests.production.workshop import Workshop, a_sheet_mug, workshop_catalogue

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CUT_OFF = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
PRINT = Operation("Print", "printer", "paper", 4, 1, leads=True)
PACK = Operation("Pack", "bench", "packing", 0, 2)


def promise(*steps: Operation, shop: Shop | None = None, now: datetime = MONDAY, **wish: Any) -> Promise:
    wanted = Wish(steps, 1, "ship", None)
    found = promised(replace(wanted, **wish), {}, shop or a_shop(), now)
    assert found is not None
    return found


def with_plant(**changes: Any) -> Shop:
    plant = a_facility("plant", kind="plant")
    return a_shop(facilities=(replace(plant, **changes), a_facility("store", centres=("printer",))))


def test_steps_after_the_lead_step_take_their_time_too() -> None:
    alone, packed = promise(PRINT), promise(PRINT, PACK)
    assert packed.ready_at - alone.ready_at == timedelta(minutes=2)
    assert alone.ready_at == CUT_OFF + timedelta(minutes=4 + 1 + CHECK_MIN)


def test_what_must_dry_is_ready_as_much_later_day_and_night() -> None:
    night = promise(replace(PRINT, wait_min=12 * 60), PACK)
    assert night.ready_at == datetime(2026, 11, 24, 6, 0, tzinfo=UTC) + timedelta(minutes=2 + CHECK_MIN)
    assert night.on > promise(PRINT, PACK).on


def test_a_step_waits_for_the_hours_of_its_own_work_centre() -> None:
    early = Shift((0, 1, 2, 3, 4), time(6), time(14))
    bench = WorkCentre("bench", "Bench", 1, 1800, shifts=(early,))
    shop = with_plant(centres={**a_facility("plant").centres, "bench": bench})
    assert promise(PRINT, PACK, shop=shop).on == promise(PRINT, PACK).on + timedelta(days=1)


def test_a_work_centre_that_stands_still_keeps_the_promise_back() -> None:
    down = DownTime("bench", 0, MONDAY, datetime(2026, 11, 25, 12, 0, tzinfo=UTC), "broken")
    assert promise(PRINT, PACK, shop=with_plant(down=(down,))).on == date(2026, 11, 26)


def test_nobody_is_sent_to_a_store_that_is_closed_when_the_pieces_arrive() -> None:
    closed = Holiday(date(2026, 11, 24), date(2026, 11, 25), "stocktaking")
    store = replace(a_facility("store", centres=("printer",)), holidays=(closed,))
    shop = a_shop(facilities=(a_facility("plant", kind="plant"), store))
    found = promise(PRINT, PACK, shop=shop, fulfilment="pickup", facility="store")
    assert found.facility == "plant"
    assert found.on == date(2026, 11, 26)


def test_a_promise_over_a_change_of_the_clocks_is_as_long_as_that_night_is() -> None:
    saturday = datetime(2026, 10, 24, 8, 0, tzinfo=UTC)
    found = promise(PRINT, now=saturday)
    assert saturday + found.order_within == datetime(2026, 10, 26, 13, 0, tzinfo=UTC)


def test_the_plan_lets_things_dry_as_the_promise_says(workshop: Workshop) -> None:
    printing, press, *rest = a_sheet_mug().operations
    drying = (replace(printing, wait_min=90), press, *rest)
    mug = replace(a_sheet_mug(), operations=drying, version="dries")
    workshop.catalogue = replace(workshop_catalogue(), blanks={**workshop.catalogue.blanks, "mug": mug})
    workshop.mugs(3)
    workshop.plan()
    batch = workshop.batch("B-001")
    assert batch.starts_at is not None
    assert batch.starts_at + timedelta(minutes=6) == batch.closes_at + timedelta(minutes=4 + 3 * 0.5 + 90)

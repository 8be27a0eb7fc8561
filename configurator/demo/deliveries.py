"""What the demo has sold out of and expects: a delivery in a few days, and an order that waits for it."""

from configurator.demo.week import Demo, place
from configurator.demo.wishes import Wish
from configurator.designs.permalink import Asked
from configurator.errors import Refusal
from configurator.production.hours import Hours
from configurator.stock.expecting import Expected, expect
from configurator.stock.receiving import Goods, count
from configurator.stock.stock_store import item_figures

BLANK, OPTION, VALUE = "mug", "inside", "black"
COMPONENT = "mug-black"
COMES, IN_WORKDAYS, WAITED_FOR = 72, 3, 6


def expect_goods(demo: Demo) -> bool:
    """Count one kind of mug as gone everywhere, expect more of it, and let somebody order some of those; whether it was
    ordered."""
    shop, now = demo.wiring.catalogue.shop, demo.clock.now()
    plant = next(facility for facility in shop.facilities if facility.kind == "plant")
    hours = Hours.of(plant)
    day = hours.workday_after(hours.local(now).date(), IN_WORKDAYS)
    with demo.wiring.database.write() as session:
        for item in item_figures(session):
            if item.component == COMPONENT:
                count(session, Goods(item.facility, COMPONENT, item.reserved, "sold out"), now=now)
        goods = Goods(plant.key, COMPONENT, COMES, "from the pottery")
        expect(session, Expected(goods, day, "Deniz"), now=now)
    blank = demo.wiring.catalogue.blank(BLANK)
    asked = Asked({OPTION: VALUE}, quantity=WAITED_FOR, template=blank.templates[0].key)
    try:
        with demo.wiring.database.write() as session:
            place(demo, session, [Wish(blank, asked)])
    except Refusal:
        return False
    demo.wiring.jobs.run_due()
    return True

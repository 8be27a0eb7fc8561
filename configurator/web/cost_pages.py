"""The workshop's costs: what a piece costs by batch size, from when a batch earns, and prices derived from it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect
from sqlmodel import Session

from configurator.blanks.blank import Blank
from configurator.blanks.shop import Costing
from configurator.errors import Invalid, Refusal
from configurator.production.actual_store import families_lately, real_batches
from configurator.production.changing_prices import give_back, keep_costing, lines_taken, take_price
from configurator.production.paces_lately import paces_lately
from configurator.production.price_proposals import Proposal, proposal, written
from configurator.production.shop_records import Change, revision
from configurator.production.steps_lately import steps_lately
from configurator.web.cost_chart import cost_chart
from configurator.web.cost_forms import Given, asked_of, costing_of
from configurator.web.cost_views import LATELY, BlankCosts, blank_costs
from configurator.web.forms import Form
from configurator.web.guards import makers_only, person
from configurator.web.rendering import AnyRequest, Pages
from configurator.web.samples import Samples
from configurator.web.tool_frame import frame
from configurator.web.wiring import Wiring


class OtherLines(Invalid):
    """What was pressed is not what the page would propose now."""

    def __init__(self) -> None:
        super().__init__(
            "Costs or prices have changed since these lines were worked out. Nothing was taken over: look and decide."
        )


class NotMadeHere(Invalid):
    """Costs are those of a facility that makes it."""

    def __init__(self, blank: str, facility: str) -> None:
        super().__init__(f"{facility} has not all the machines for “{blank}”. Choose a facility that makes it.")


@dataclass(frozen=True)
class CostDesk:
    """The costs of one facility, for one request. typed: what was sent; problem: why it could not be done."""

    request: AnyRequest
    wiring: Wiring
    pages: Pages
    samples: Samples
    typed: Mapping[str, str] = field(default_factory=dict)
    problem: Refusal | None = None

    def frame(self) -> dict[str, Any]:
        """The head, and whose costs they are."""
        return frame(self.request, self.wiring, "costs", self.typed.get("facility")) | {"problem": self.problem}

    def change(self) -> Change:
        """Who changes what now."""
        text = self.typed.get("revision", "")
        seen = int(text) if text.isdecimal() and len(text) < 10 else 0
        return Change(self.frame()["facility"].key, seen, person(self.request).name, self.wiring.clock.now())

    def do(self, deed: Callable[[Session, Change], None], path: str) -> Response[Any] | Refusal:
        """Do it and go to a page, or say why not."""
        change = self.change()
        try:
            with self.wiring.database.write() as session:
                deed(session, change)
        except Refusal as refusal:
            return refusal
        self.wiring.premises.forget()
        return Redirect(f"{path}?at={change.facility}", status_code=303)

    def costs_of(self, session: Session, blank: Blank, facility: str) -> BlankCosts | None:
        """A blank's costs at a facility; None if it is not made there."""
        here = self.wiring.catalogue.shop.facility(facility)
        return blank_costs(session, blank, here, self.wiring, self.samples)

    def proposed(self, found: BlankCosts) -> Proposal:
        """A price by what was sent. Raises NotReadable."""
        start = found.asked(self.wiring.catalogue.shop)
        given = Given(self.typed, self.wiring.currency.digits)
        return proposal(found.made, asked_of(given, start, most=found.blank.most), found.blank.price)

    def lines(self, offer: Proposal) -> str:
        """A proposed price as lines of blank.toml."""
        return written(offer.price, self.wiring.currency.digits)

    def overview(self) -> Response[str]:
        """Every blank that is made here."""
        values, catalogue = self.frame(), self.wiring.catalogue
        with self.wiring.database.read() as session:
            pairs = [
                (blank, self.costs_of(session, blank, values["facility"].key)) for blank in catalogue.blanks.values()
            ]
            values["revision"] = revision(session, "costing")
        values |= {
            "rows": [found for _, found in pairs if found],
            "elsewhere": [blank.name for blank, found in pairs if found is None],
            "costing": {**self._fields(catalogue.shop.costing), **self.typed},
        }
        return self._page("workshop/costs.html", values, self.problem)

    def one(self, key: str) -> Response[str]:
        """One blank, with a price worked out from what it costs."""
        values, blank = self.frame(), self.wiring.catalogue.blank(key)
        with self.wiring.database.read() as session:
            found = self.costs_of(session, blank, values["facility"].key)
            if found:
                here = values["facility"].key, values["now"] - LATELY
                found = replace(found, real=real_batches(session, key, self.wiring.catalogue.shop, here))
            values |= {"revision": revision(session, f"price:{key}"), "taken": lines_taken(session, key)}
            values["lately"] = steps_lately(
                session, key, self.wiring.catalogue.shop, (values["facility"].key, values["now"] - LATELY)
            )
            start = self.wiring.premises.start.blank(key)
            values["paces"] = paces_lately(session, start, self.wiring.catalogue.shop, values["now"])
            values["families"] = families_lately(session, values["facility"].key, key, values["now"] - LATELY)
        needed = {step.at for step in blank.operations if step.key is None}
        values |= {
            "blank": blank,
            "found": found,
            "offer": None,
            "able": [each for each in values["facilities"] if each.makes(needed) and each != values["facility"]],
        }
        return self._page("workshop/cost.html", values | (self._found(found) if found else {}), self.problem)

    def _found(self, found: BlankCosts) -> dict[str, Any]:
        start = found.asked(self.wiring.catalogue.shop)
        shown = {"margin": start.margin, "usual": start.usual, "quantities": ", ".join(map(str, start.quantities))}
        values: dict[str, Any] = {
            "table": found.table(max(found.blank.most, found.made.most)),
            "chart": cost_chart(found.curve(), self.wiring.currency.written),
            "asked": {name: self.typed.get(name, str(value)) for name, value in shown.items()},
        }
        try:
            offer = self.proposed(found)
        except Refusal as refusal:
            return {**values, "problem": self.problem or refusal}
        return {**values, "offer": offer, "lines": self.lines(offer)}

    def _fields(self, costing: Costing) -> dict[str, str]:
        """As the form shows it."""
        digits = self.wiring.currency.digits
        money = {name: f"{getattr(costing, name) / 10**digits:.{digits}f}" for name in ("order_cost", "round_to")}
        return {**{name: str(value) for name, value in asdict(costing).items()}, **money}

    def _page(self, template: str, values: dict[str, Any], problem: Refusal | None) -> Response[str]:
        refused = problem or values["problem"]
        return self.pages.page(self.request, template, values, status=refused.status if refused else 200)


@get("/workshop/costs", guards=[makers_only], sync_to_thread=True)
def costs(request: AnyRequest, wiring: Wiring, pages: Pages, samples: Samples) -> Response[str]:
    """Every blank that this facility makes."""
    return CostDesk(request, wiring, pages, samples).overview()


@post("/workshop/reckoning", guards=[makers_only], sync_to_thread=True)
def reckoning(request: AnyRequest, wiring: Wiring, pages: Pages, samples: Samples, form: Form) -> Response[Any]:
    """How the shop reckons."""
    desk = CostDesk(request, wiring, pages, samples, dict(form.pairs))

    def keep(session: Session, change: Change) -> None:
        keep_costing(session, change, costing_of(Given(desk.typed, wiring.currency.digits)))

    answer = desk.do(keep, "/workshop/costs")
    if isinstance(answer, Refusal):
        return CostDesk(request, wiring, pages, samples, desk.typed, answer).overview()
    return answer


@get("/workshop/costs/{key:str}", guards=[makers_only], sync_to_thread=True)
def cost(key: str, request: AnyRequest, wiring: Wiring, pages: Pages, samples: Samples) -> Response[str]:
    """One blank: its curve, its steps, and a price worked out from it."""
    typed = {name: str(value) for name, value in request.query_params.items() if name != "facility"}
    return CostDesk(request, wiring, pages, samples, typed).one(key)


@post("/workshop/costs/{key:str}/price", guards=[makers_only], sync_to_thread=True)
def price(request: AnyRequest, wiring: Wiring, pages: Pages, samples: Samples, form: Form) -> Response[Any]:
    """Take the worked-out price over, or give it back to blank.toml."""
    key = str(request.path_params["key"])
    desk = CostDesk(request, wiring, pages, samples, dict(form.pairs))
    answer = desk.do(lambda session, change: _price(session, change, desk, key), f"/workshop/costs/{key}")
    if isinstance(answer, Refusal):
        return CostDesk(request, wiring, pages, samples, desk.typed, answer).one(key)
    return answer


def _price(session: Session, change: Change, desk: CostDesk, key: str) -> None:
    """Worked out again in the same transaction: what is taken is what was seen, or nothing."""
    blank, shop = desk.wiring.catalogue.blank(key), desk.wiring.catalogue.shop
    if desk.typed.get("back"):
        return give_back(session, change, key)
    found = desk.costs_of(session, blank, change.facility)
    if found is None:
        raise NotMadeHere(blank.name, shop.facility(change.facility).name)
    lines = desk.lines(desk.proposed(found))
    if lines.split() != desk.typed.get("lines", "").split():
        raise OtherLines
    take_price(session, change, blank, lines, shop)
    return None


ROUTES = [costs, reckoning, cost, price]

"""A blank's costs as the workshop shows them: its ready design at a facility, by batch size, beside its price."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sqlmodel import Session

from configurator.blanks.blank import Blank
from configurator.blanks.shop import Facility, Shop
from configurator.designs.design import Design
from configurator.designs.pricing import components, exact_extras, quote
from configurator.designs.sewing import SewnAreas, sewing_minutes
from configurator.production.actual_store import RealBatch, usual_pieces
from configurator.production.batch_costs import CostAt, Making, break_even, cost_at, making, sizes
from configurator.production.price_proposals import Asked, each_at
from configurator.production.routing import Route, route
from configurator.web.cost_chart import CostCurve, drawn_sizes
from configurator.web.samples import Samples
from configurator.web.wiring import Wiring

LATELY = timedelta(days=90)
"""How far back batches tell how many pieces one usually holds."""


@dataclass(frozen=True)
class BlankCosts:
    """A blank's ready design at a facility. usual: pieces of a usual batch; measured: whether real batches say so.

    each: its gross price alone, net: the same without VAT; extras: what of it is not the base, exact.
    breaks: from how many pieces on a batch of single orders earns its costs. real: released batches of the same blank.
    """

    blank: Blank
    design: Design
    sewn: SewnAreas
    route: Route
    made: Making
    usual: int
    measured: bool
    each: int
    net: Decimal
    extras: Decimal
    vat: Decimal
    breaks: int | None
    real: tuple[RealBatch, ...] = ()

    @property
    def alone(self) -> CostAt:
        """A piece that has its batch for itself."""
        return cost_at(self.made, 1)

    @property
    def usually(self) -> CostAt:
        """A piece of a usual batch."""
        return cost_at(self.made, self.usual)

    @property
    def full(self) -> CostAt:
        """A piece of a full batch."""
        return cost_at(self.made, self.made.most)

    @property
    def real_each(self) -> Decimal | None:
        """What a piece of the real batches came to on average."""
        pieces = sum(each.pieces for each in self.real)
        return sum((each.each * each.pieces for each in self.real), Decimal(0)) / pieces if pieces else None

    @property
    def earns(self) -> bool:
        """Whether a usual batch earns its costs."""
        return self.breaks is not None and self.breaks <= self.usual

    def table(self, most: int) -> tuple[CostAt, ...]:
        """The rows of the table."""
        wanted = [self.usual, *([self.breaks] if self.breaks else []), *(t.pieces for t in self.blank.price.tiers)]
        return tuple(cost_at(self.made, pieces) for pieces in sizes(self.made, most, wanted))

    def net_at(self, pieces: int) -> Decimal:
        """The net price of each of so many pieces ordered together."""
        return Decimal(each_at(self.blank.price, self.extras, pieces)) * 100 / (100 + self.vat)

    def curve(self) -> CostCurve:
        """What the chart draws."""
        most = max(self.blank.most, self.made.most)
        starts = sorted({1, *(tier.pieces for tier in self.blank.price.tiers if tier.pieces <= most)})
        return CostCurve(
            costs=tuple(cost_at(self.made, pieces) for pieces in drawn_sizes(most)),
            prices=tuple((pieces, self.net_at(pieces)) for pieces in starts),
            breaks=self.breaks,
            full=self.made.most,
            real=tuple((each.pieces, each.each) for each in self.real),
        )

    def asked(self, shop: Shop) -> Asked:
        """What a price is derived by as long as nobody says otherwise."""
        tiers = [tier.pieces for tier in self.blank.price.tiers if tier.pieces <= self.blank.most]
        costing = shop.costing
        return Asked(
            margin=costing.margin,
            round_to=costing.round_to,
            order_cost=costing.order_cost,
            usual=self.usual,
            quantities=tuple(sorted({self.blank.least, *tiers})),
            vat=self.vat,
            extras=self.extras,
        )


def blank_costs(
    session: Session, blank: Blank, facility: Facility, wiring: Wiring, samples: Samples
) -> BlankCosts | None:
    """The costs of a blank at a facility; None where a machine for it is missing."""
    shop, now = wiring.catalogue.shop, wiring.clock.now()
    design = samples.sample(blank).design
    sewn = samples.sewn(blank)
    found = route(design, blank, sewing_minutes(blank, shop, sewn), samples.cut(blank))
    if not facility.makes({step.at for step in found.operations}):
        return None
    made = making(found, components(design, blank), facility, shop)
    usual = usual_pieces(session, facility.key, blank.key, now - LATELY)
    single = quote(design, blank, shop, quantity=1, sewn=sewn)
    net = Decimal(single.each) * 100 / (100 + single.tax_percent)
    return BlankCosts(
        blank=blank,
        design=design,
        sewn=sewn,
        route=found,
        made=made,
        usual=min(usual or max(1, made.most // 2), made.most),
        measured=usual is not None,
        each=single.each,
        net=net,
        extras=exact_extras(design, blank, shop, sewn=sewn),
        vat=single.tax_percent,
        breaks=break_even(made, net - shop.costing.order_cost),
    )

"""The plan of a group: the cheapest of simple rules and built orders, then improved for as much work as is given."""

from collections.abc import Sequence
from dataclasses import dataclass

from configurator.production.search.building import built
from configurator.production.search.group import Group, Order, Plan, Sums
from configurator.production.search.improving import Stage, warmed
from configurator.production.search.pricing import Pricing
from configurator.production.search.revisiting import revisited
from configurator.production.search.rules import simple_rules, variations
from configurator.production.search.straightening import straightened

WIDE, OF_MANY_FAMILIES, OF_MANY_MACHINES = 500, 0.45, 0.45
"""With more families or machines than this a look takes longer, its numbers not being at hand: fewer are worth it."""

SMALL = 400
"""Lines up to which several searches from the same start are worth more than one long one."""

ALONE = (Stage(16, 1.0, 0.004), Stage(4, 1.0, 0.004), Stage(1, 0.5, 0.004))
LAST = Stage(1, 0.02, 0.002)
MANY = 40_000

STAGES = (
    (
        4_000,
        (
            (Stage(64, 0.5, 0.01), Stage(16, 0.2, 0.01), Stage(4, 0.05, 0.003), Stage(1, 0.03, 0.003)),
            (Stage(16, 0.1, 0.01), Stage(1, 0.03, 0.003)),
        ),
    ),
    (MANY, ((Stage(200, 0.3, 0.01), Stage(64, 0.3, 0.01), Stage(16, 0.1, 0.005), Stage(4, 0.02, 0.002)),)),
    (10**9, ((Stage(128, 0.3, 0.01, 3), Stage(32, 0.1, 0.005, 3), Stage(8, 0.02, 0.002)),)),
)
"""Up to so many lines, the stages of the search; visits are searched for after each round of them."""


FEW_VISITS, VISITS = 0.15, 0.7
"""Shares of the work that visits are searched for on one machine, up to SMALL lines and beyond; on several machines
so much less, because lines keep their machine meanwhile.
"""


def budget_for(group: Group) -> int:
    """Work that the lines are worth: about 0.6 CPU-seconds for 60, 1 for 1,000, 11 for 100,000."""
    lines = len(group.run)
    work = min(350_000.0 * lines, max(50_000_000.0, (1_150_000.0 if lines <= MANY else 1_000_000.0) * lines**0.5))
    if max(group.families, group.machines) > WIDE:
        work *= OF_MANY_MACHINES if group.machines > WIDE else OF_MANY_FAMILIES
    return int(work)


def plan(group: Group, *, seed: int, budget: int | None = None) -> Plan:
    """A cheap order of all lines, never dearer than a simple rule.

    budget: work, counted in items looked at and not in seconds, so that the same group, seed and budget give the
    same plan on any computer; None: what is worth it for so many lines.
    """
    pricing = Pricing(group)
    simple = cheapest(simple_orders(pricing))
    if not len(group.run):
        return as_plan(simple, pricing, 0.0)
    orders = [*built(pricing), simple.order]
    start = cheapest([simple, *(Priced.straight(pricing, order) for order in orders)])
    work = budget_for(group) if budget is None else budget
    return as_plan(_searched(pricing, start, seed, work), pricing, simple.sums.cost)


@dataclass(frozen=True)
class Priced:
    """An order with what it comes to."""

    order: Order
    sums: Sums

    @staticmethod
    def of(pricing: Pricing, order: Order) -> "Priced":
        """An order, priced."""
        return Priced(order, pricing.sums(order))

    @staticmethod
    def straight(pricing: Pricing, order: Order) -> "Priced":
        """An order, the lines of its runs put straight, priced."""
        return Priced.of(pricing, straightened(pricing.group, order))


def simple_orders(pricing: Pricing) -> Sequence[Priced]:
    """What the simple rules give, in the ways that people mean them."""
    return [Priced.of(pricing, order) for order in (*simple_rules(pricing).values(), *variations(pricing))]


def cheapest(orders: Sequence[Priced]) -> Priced:
    """The cheapest; of equals the first."""
    return min(orders, key=lambda each: each.sums.cost)


def _searched(pricing: Pricing, start: Priced, seed: int, work: int) -> Priced:
    """The start, improved: alone from the same start and then on, or stage by stage from coarse to fine."""
    lines, machines = len(pricing.group.run), pricing.group.machines
    visits = int(work * (FEW_VISITS if lines <= SMALL else VISITS) / machines)
    if lines <= SMALL:
        share = (work - visits) // (len(ALONE) + 1)
        tried = [_stage(pricing, start, stage, seed + n, share) for n, stage in enumerate(ALONE)]
        best = _visited(pricing, cheapest([start, *tried]), seed, visits)
        return cheapest([best, _stage(pricing, best, LAST, seed, share)])
    rounds = next(rounds for most, rounds in STAGES if lines <= most)
    best, share = start, (work - visits) // sum(stage.share for stages in rounds for stage in stages)
    for turn, stages in enumerate(rounds):
        for n, stage in enumerate(stages):
            best = cheapest([best, _stage(pricing, best, stage, seed + 4 * turn + n, share * stage.share)])
        best = _visited(pricing, best, seed + turn, visits // len(rounds))
    return best


def _visited(pricing: Pricing, start: Priced, seed: int, work: int) -> Priced:
    return Priced.straight(pricing, revisited(pricing, start.order, seed=seed, work=work))


def _stage(pricing: Pricing, start: Priced, stage: Stage, seed: int, work: int) -> Priced:
    return Priced.straight(pricing, warmed(pricing.group, start.order, stage, seed=seed, work=work))


def as_plan(best: Priced, pricing: Pricing, cheapest_rule: float) -> Plan:
    """An order with its batches, and the cost of the best simple rule beside it."""
    return Plan(best.order, best.sums, pricing.batches(best.order), cheapest_rule)

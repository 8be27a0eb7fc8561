"""What embroidering a design takes: stitches that are paid for, minutes that the machine sews."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from configurator.artwork.scene import Scene
from configurator.artwork.stitches import stitches
from configurator.blanks.blank import Area, Blank, Operation
from configurator.blanks.shop import Shop
from configurator.designs.design import Design
from configurator.designs.making import operations


class Sewn(NamedTuple):
    """What is sewn on one area: needle points, cuts of the thread, threads one after the other."""

    stitches: int
    trims: int
    threads: int


SewnAreas = Mapping[str, Sewn]
"""Area -> what is sewn on it; areas that nothing is sewn on are left out."""


def sewn_areas(scenes: Sequence[Scene]) -> dict[str, Sewn]:
    """Of a design as laid out. The same scenes, the same stitches."""
    plans = {scene.area: stitches(scene) for scene in scenes if scene.stitching}
    return {area: Sewn(plan.stitches, plan.trims, len(plan.blocks)) for area, plan in plans.items() if plan.stitches}


def read_sewn(plain: Mapping[str, Sequence[int]]) -> dict[str, Sewn]:
    """As kept with a design: area -> [stitches, trims, threads]."""
    return {area: Sewn(*numbers) for area, numbers in plain.items()}


def stitches_price(area: Area, shop: Shop, sewn: SewnAreas) -> Decimal:
    """What the stitches on an area cost, exact, in minor units; 0 where nothing is sewn."""
    method = shop.methods.get(area.method)
    if area.key not in sewn or method is None or method.sewing is None:
        return Decimal(0)
    return Decimal(sewn[area.key].stitches) * method.sewing.price / 1000


def sewn_steps(blank: Blank, shop: Shop) -> frozenset[str]:
    """The names of the steps that take other minutes for every design: a machine sews its artwork there."""
    methods = {area.adds[0]: shop.methods.get(area.method) for area in blank.areas if area.adds}
    keys = {key for key, method in methods.items() if method and method.sewing}
    return frozenset(step.name for step in blank.operations if step.key in keys)


def sewing_minutes(blank: Blank, shop: Shop, sewn: SewnAreas) -> dict[str, float]:
    """Area -> how long a machine sews it, to a tenth of a minute."""
    methods = {area.key: shop.methods.get(area.method) for area in blank.areas}
    return {
        area: round(method.sewing.minutes(*work), 1)
        for area, work in sewn.items()
        if (method := methods.get(area)) and method.sewing
    }


def sewn_operations(design: Design, blank: Blank, shop: Shop, sewn: SewnAreas) -> tuple[Operation, ...]:
    """The routing of a design, with the minutes that its stitches take."""
    return operations(design, blank, sewing_minutes(blank, shop, sewn))

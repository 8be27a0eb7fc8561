"""Which waiting pieces are made together, each kind by the rule of its work centre and family."""

from collections import defaultdict
from collections.abc import Sequence

from configurator.blanks.shop import Shop
from configurator.production.batching import Batching, Densities, Waiting, batches


def formed(waiting: Sequence[Waiting], shop: Shop, densities: Densities | None = None) -> Batching:
    """As `batching.batches`, with the most pieces that each group's rule allows; a pure function."""
    most: dict[int, list[Waiting]] = defaultdict(list)
    for piece in waiting:
        most[_most(piece, shop)].append(piece)
    answers = [batches(pieces, most=count, densities=densities) for count, pieces in sorted(most.items())]
    return Batching(
        formed=tuple(sorted((one for each in answers for one in each.formed), key=lambda one: one.group)),
        left=tuple(one for each in answers for one in each.left),
    )


def _most(piece: Waiting, shop: Shop) -> int:
    group = piece.group
    facility = next((one for one in shop.facilities if one.key == group.facility), None)
    rule = facility.rule(group.work_centre, group.family) if facility else None
    return rule.most or shop.batch_pieces if rule else shop.batch_pieces

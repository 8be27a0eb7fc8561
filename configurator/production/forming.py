"""Which waiting pieces are made together, each kind by the rule of its work centre and family."""

from collections import defaultdict
from collections.abc import Sequence

from configurator.blanks.shop import Shop
from configurator.production.batching import Batching, Densities, Group, Waiting, batches


def formed(waiting: Sequence[Waiting], shop: Shop, densities: Densities | None = None) -> Batching:
    """As `batching.batches`, with the most pieces that each group's rule allows; a pure function."""
    most: dict[tuple[int, bool], list[Waiting]] = defaultdict(list)
    rules: dict[Group, tuple[int, bool]] = {}
    for piece in waiting:
        if piece.group not in rules:
            rules[piece.group] = _most(piece.group, shop)
        most[rules[piece.group]].append(piece)
    answers = [
        batches(own, most=count, no_more=ruled, densities=densities) for (count, ruled), own in sorted(most.items())
    ]
    return Batching(
        formed=tuple(sorted((one for each in answers for one in each.formed), key=lambda one: one.group)),
        left=tuple(one for each in answers for one in each.left),
    )


def _most(group: Group, shop: Shop) -> tuple[int, bool]:
    """How many pieces a batch takes, and whether a rule says so; the shop's own number may be a whole sheet's."""
    facility = next((one for one in shop.facilities if one.key == group.facility), None)
    rule = facility.rule(group.work_centre, group.family) if facility else None
    return (rule.most, True) if rule and rule.most else (shop.batch_pieces, False)

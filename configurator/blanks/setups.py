"""The setup matrix: how long it takes to get a machine from one setup family to another."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ladder:
    """Setups told by an attribute: families that match a pattern like "mug-*", whose star stands for the attribute.

    order: the attribute's values from light to dark. Going on in this order takes `down_min` minutes, going back
    `up_min`; a step counts once, however far it goes.
    """

    families: str
    order: tuple[str, ...]
    down_min: float
    up_min: float

    def minutes(self) -> Mapping[tuple[str, str], float]:
        """(from family, to family) -> minutes, for every two of its values."""
        names = [self.families.replace("*", value) for value in self.order]
        return {
            (start, end): self.down_min if names.index(start) < names.index(end) else self.up_min
            for start in names
            for end in names
            if start != end
        }


@dataclass(frozen=True, slots=True)
class Setups:
    """The setup matrix: minutes between two families by table, and by attribute where the table is silent."""

    table: Mapping[tuple[str, str], float] = field(default_factory=dict)
    ladders: tuple[Ladder, ...] = ()

    def matrix(self) -> Mapping[tuple[str, str], float]:
        """(from family, to family) -> minutes."""
        told: dict[tuple[str, str], float] = {}
        for ladder in self.ladders:
            told |= ladder.minutes()
        return told | dict(self.table)

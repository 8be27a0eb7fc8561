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
class SetupTable:
    """Setups told by an attribute without an order, such as a tool or a foil: minutes for every two of its values.

    families: as of a ladder. minutes: a row for each value, from it to each of them in the same order.
    """

    families: str
    values: tuple[str, ...]
    minutes: tuple[tuple[float, ...], ...]

    def matrix(self) -> Mapping[tuple[str, str], float]:
        """(from family, to family) -> minutes."""
        names = [self.families.replace("*", value) for value in self.values]
        return {
            (start, end): took
            for start, row in zip(names, self.minutes, strict=False)
            for end, took in zip(names, row, strict=False)
            if start != end
        }


@dataclass(frozen=True, slots=True)
class Setups:
    """The setup matrix: minutes between two families by pair; else by an attribute's table; else by its order."""

    table: Mapping[tuple[str, str], float] = field(default_factory=dict)
    ladders: tuple[Ladder, ...] = ()
    grids: tuple[SetupTable, ...] = ()

    def matrix(self) -> Mapping[tuple[str, str], float]:
        """(from family, to family) -> minutes."""
        told: dict[tuple[str, str], float] = {}
        for ladder in self.ladders:
            told |= ladder.minutes()
        for grid in self.grids:
            told |= grid.matrix()
        return told | dict(self.table)

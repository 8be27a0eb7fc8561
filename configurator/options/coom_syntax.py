"""The shape of a COOM file once it is read: types with features and values, and behaviors with what they demand."""

from dataclasses import dataclass, field
from typing import Literal

from configurator.options.coom_words import Place

Sign = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: `wheels[1]`; index counts from 0 and is None where nothing is written."""

    name: str
    index: int | None
    place: Place


@dataclass(frozen=True, slots=True)
class Path:
    """`frontWheel.size`, or a value such as `Yellow`, which looks the same."""

    steps: tuple[Step, ...]

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.steps[0].place

    @property
    def said(self) -> str:
        """As it was written."""
        return ".".join(s.name if s.index is None else f"{s.name}[{s.index}]" for s in self.steps)


@dataclass(frozen=True, slots=True)
class Amount:
    """A whole number."""

    number: int
    place: Place


@dataclass(frozen=True, slots=True)
class Summed:
    """`sum(extras.weight)`."""

    path: Path
    place: Place


@dataclass(frozen=True, slots=True)
class Counted:
    """`count(extras)`: how many parts there are, always the same."""

    path: Path
    place: Place


@dataclass(frozen=True, slots=True)
class Calculated:
    """`load + 2 * sum(bags.weight) - 2`: amounts, each with how many times it is taken, less than 0 to subtract."""

    parts: "Parts"

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.parts[0][1].place


@dataclass(frozen=True, slots=True)
class Compared:
    """`left sign right`."""

    left: "Operand"
    sign: Sign
    right: "Operand"


@dataclass(frozen=True, slots=True)
class Denied:
    """`! part`."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Several:
    """All of the parts (`&&`) or at least one (`||`)."""

    how: Literal["and", "or"]
    parts: tuple["Condition", ...]


Part = Path | Amount | Summed | Counted
Parts = tuple[tuple[int, Part], ...]
Operand = Part | Calculated
Condition = Operand | Compared | Denied | Several
"""A path alone is a Bool that must be true."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A field of a product or structure. kind: a type's name, or `num` with least and most. count: how many."""

    name: str
    kind: str
    count: int
    place: Place
    least: int | None = None
    most: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Structure:
    """The product (its name is empty) or a structure, with its features in order."""

    name: str
    features: tuple[Feature, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of an enumeration with its attributes' numbers and texts, in the order of the attributes."""

    name: str
    numbers: tuple[int, ...]
    place: Place
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A type of named values; attributes: those that are numbers, texts: those that are not."""

    name: str
    attributes: tuple[str, ...]
    choices: tuple[Choice, ...]
    place: Place
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: any of these (sign, value); None: anything."""

    ways: tuple[tuple[Sign, Operand], ...] | None
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """What a table allows, or forbids."""

    allow: bool
    cells: tuple[Cell, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """`combinations` of some columns."""

    columns: tuple[Path, ...]
    rows: tuple[Row, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Preset:
    """`default color = Red`."""

    path: Path
    value: Operand
    place: Place


@dataclass(frozen=True, slots=True)
class Demanded:
    """Something demanded under conditions, and the sentence that explains it."""

    explanation: str
    conditions: tuple[Condition, ...]
    what: Condition | Table | Preset
    place: Place


@dataclass(frozen=True, slots=True)
class Behavior:
    """What is demanded of every instance of a structure (of the product, if `of` is empty)."""

    of: str
    demands: tuple[Demanded, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Coom:
    """A whole file."""

    product: Structure
    structures: dict[str, Structure] = field(default_factory=dict)
    enumerations: dict[str, Enumeration] = field(default_factory=dict)
    behaviors: tuple[Behavior, ...] = ()

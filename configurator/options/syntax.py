"""The shape of a rule expression once it is read: who is compared with what, and where it stood in the text."""

from dataclasses import dataclass
from typing import Literal

MOST_DIGITS = 15
Operator = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Word:
    """A name or number: `rim`, `care.microwave` (member set), `96`, `"dark oak"` (quoted). column counts from 1."""

    text: str
    column: int
    member: str | None = None
    quoted: bool = False

    @property
    def number(self) -> int | None:
        """The whole number it stands for, if it is one."""
        plain = not self.quoted and self.member is None and len(self.text) <= MOST_DIGITS
        return int(self.text) if plain and self.text.lstrip("-").isdecimal() else None


@dataclass(frozen=True, slots=True)
class Sum:
    """`sum(parts.weight)`."""

    option: str
    fact: str
    column: int


@dataclass(frozen=True, slots=True)
class Calculated:
    """`2 * pages + sum(extras.weight) - 8`: amounts, each with how often it is added; below 0 it is subtracted."""

    parts: tuple[tuple[int, Word | Sum], ...]

    @property
    def column(self) -> int:
        """Where it begins."""
        return self.parts[0][1].column


Side = Word | Sum | Calculated


@dataclass(frozen=True, slots=True)
class Comparison:
    """`left operator right`."""

    left: Side
    operator: Operator
    right: Side


@dataclass(frozen=True, slots=True)
class Among:
    """`colour in (red, yellow)`."""

    left: Word
    values: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """`not part`."""

    part: "Expression"


@dataclass(frozen=True, slots=True)
class Joined:
    """All of the parts (`and`) or at least one of them (`or`)."""

    how: Literal["and", "or"]
    parts: tuple["Expression", ...]


Expression = Word | Comparison | Among | Not | Joined
"""A Word alone is a member that must be among those chosen: `care.microwave`."""

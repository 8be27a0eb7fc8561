"""What is wrong in a maker's files: file, line, and a sentence that says what was expected."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from configurator.errors import Invalid

LONGEST = 4_000
"""Characters of a sentence about a mistake."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One mistake. `file` is relative to the blanks' folder ("mug/blank.toml"), `line` counts from 1."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class FaultyBlanks(Invalid):
    """The blanks cannot be used; `faults` says everything that is wrong with them, sorted by place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        count = f"{len(self.faults)} mistakes" if len(self.faults) != 1 else "one mistake"
        super().__init__("\n".join([f"The blanks have {count}.", *map(str, self.faults)]))


def readable(sentence: str) -> str:
    """A sentence without what a terminal cannot show, its longest quotations cut short."""
    shown = "".join(sign if sign.isprintable() or sign == "\n" else f"\\u{ord(sign):04x}" for sign in sentence)
    cut = re.sub(r"“([^“”]{60})[^“”]{140,}”", r"“\1…”", shown)
    return cut if len(cut) <= LONGEST else f"{cut[:LONGEST]} …"


def nearest(wrong: str, valid: Iterable[str]) -> str:
    """ " Did you mean “inside”?", or the valid names when none is near; starts with a space."""
    names = sorted(valid)
    near = difflib.get_close_matches(wrong, names, n=1, cutoff=0.6)
    if near:
        return f" Did you mean “{near[0]}”?"
    if not names:
        return " There is none to name here."
    return f" Valid here: {listed(names)}."


def listed(names: Iterable[str], *, most: int = 12) -> str:
    """Names in a row for a sentence, cut short after `most`."""
    names = list(names)
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")

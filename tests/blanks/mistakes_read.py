"""Reads tests/blanks/mistakes/*.txt: one mistake each, as a passage that is spoiled and the fault it must give.

`# name`, `in file`, `- passage`, `+ what stands there instead`, `@ passage on the line that is named`,
`> part of the sentence`. `\\n` stands for a line break.
"""

from dataclasses import dataclass
from pathlib import Path

from configurator.blanks.faults import Fault
from tests.blanks.small_shop import Shop


@dataclass(frozen=True)
class Mistake:
    file: str
    old: str
    new: str
    passage: str
    sentence: str

    def shop(self) -> Shop:
        return Shop().spoiled(self.file, self.old, self.new)

    def is_told(self, shop: Shop, faults: tuple[Fault, ...]) -> bool:
        """Whether one of the faults has this file, the right line and the sentence."""
        line = shop.line(self.file, self.passage)
        return any(f.file == self.file and f.line == line and self.sentence in f.sentence for f in faults)


def mistakes(name: str) -> dict[str, Mistake]:
    text = (Path(__file__).parent / "mistakes" / f"{name}.txt").read_text("utf-8")
    return dict(_mistake(block.splitlines()) for block in text.strip().split("\n\n"))


def _mistake(lines: list[str]) -> tuple[str, Mistake]:
    marks = ("# ", "in ", "- ", "+ ", "@ ", "> ")
    assert len(lines) == len(marks), lines
    name, *rest = (
        line.removeprefix(mark).replace("\\n", "\n")
        for line, mark in zip((line.ljust(2) for line in lines), marks, strict=True)
    )
    return name, Mistake(*rest)

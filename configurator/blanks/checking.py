"""What `check-blanks` looks for: every mistake with its place, all at once."""

from dataclasses import dataclass
from pathlib import Path

from configurator.blanks.catalogue import Catalogue, read_folder
from configurator.blanks.faults import Fault


@dataclass(frozen=True, slots=True)
class Report:
    """All faults, sorted by file and line; and the catalogue, when there are none."""

    faults: tuple[Fault, ...]
    catalogue: Catalogue | None

    @property
    def right(self) -> bool:
        """Whether the server would start with these blanks."""
        return not self.faults

    def lines(self) -> tuple[str, ...]:
        """The faults as text, one a line, and how many there are; nothing when there are none."""
        if not self.faults:
            return ()
        count = "1 mistake" if len(self.faults) == 1 else f"{len(self.faults)} mistakes"
        return (*map(str, self.faults), f"{count} in the blanks.")


def check(folder: Path) -> Report:
    """Reads everything in the blanks' folder and checks it. Never raises for what a maker wrote."""
    reading = read_folder(folder)
    faults = tuple(sorted(set(reading.faults)))
    return Report(faults, None if faults else reading.catalogue)

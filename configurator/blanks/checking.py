"""What `check-blanks` tells a maker: every mistake with its place, or what the blanks come to."""

from dataclasses import dataclass
from pathlib import Path

from configurator.blanks.blank import Blank
from configurator.blanks.catalogue import Catalogue, read_folder
from configurator.blanks.faults import Fault


@dataclass(frozen=True, slots=True)
class BlankReport:
    """A blank in figures: what can be chosen, how many products that makes, where it is printed."""

    key: str
    name: str
    options: int
    rules: int
    products: int | None
    areas: int
    templates: int


@dataclass(frozen=True, slots=True)
class Report:
    """All faults, sorted by file and line; and the blanks that could be read, when there are no faults."""

    faults: tuple[Fault, ...]
    blanks: tuple[BlankReport, ...]

    @property
    def right(self) -> bool:
        """Whether the server would start with these blanks."""
        return not self.faults

    def lines(self) -> tuple[str, ...]:
        """The report as text: one line a fault, or one line a blank."""
        if self.faults:
            count = "1 mistake" if len(self.faults) == 1 else f"{len(self.faults)} mistakes"
            return (*map(str, self.faults), f"{count} in the blanks.")
        return (*map(_line, self.blanks), f"{len(self.blanks)} blanks, nothing to correct.")


def check(folder: Path) -> Report:
    """Reads everything in the blanks' folder and checks it. Never raises for what a maker wrote."""
    reading = read_folder(folder)
    faults = tuple(sorted(set(reading.faults)))
    if faults or reading.catalogue is None:
        return Report(faults, ())
    catalogue = reading.catalogue
    return Report((), tuple(_report(catalogue, blank) for blank in catalogue.blanks.values()))


def _report(catalogue: Catalogue, blank: Blank) -> BlankReport:
    return BlankReport(
        key=blank.key,
        name=blank.name,
        options=len(blank.model.options),
        rules=len(blank.model.rules),
        products=catalogue.engine(blank.key).count(),
        areas=len(blank.areas),
        templates=len(blank.templates),
    )


def _line(blank: BlankReport) -> str:
    products = "too many products to count" if blank.products is None else f"{blank.products:,} products"
    parts = (
        f"{blank.options} options",
        f"{blank.rules} rules",
        f"{products} before artwork",
        f"{blank.areas} print areas",
        f"{blank.templates} templates",
    )
    return f"{blank.key}: {blank.name}: {', '.join(parts)}"

"""Models from other software: COOM products and DIMACS formulas, read from files and written as blanks."""

from dataclasses import dataclass
from pathlib import Path

from configurator.blanks.faults import FaultyBlanks
from configurator.blanks.reading_shop import read_shop
from configurator.blanks.sheet import read_sheet
from configurator.blanks.sketching import sketch
from configurator.blanks.table import KEY, Table
from configurator.errors import Invalid
from configurator.options.compiling import NothingPossible, compiled
from configurator.options.coom import coom_model
from configurator.options.coom_words import CoomFault
from configurator.options.dimacs import DimacsFault, read_dimacs
from configurator.options.dimacs_model import NoBlankOfIt, formula_model
from configurator.options.encoding import TooMuchAddedUp
from configurator.options.model import Model, Number, OneOf, Option
from configurator.options.naming import key_of, label_of

MOST_LISTED = 40


class CannotImport(Invalid):
    """A file that is no model, or a folder that cannot take its blank."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A model and what it comes to; products is None if it is too large to be counted."""

    file: Path
    model: Model
    products: int | None

    def lines(self) -> tuple[str, ...]:
        """The report as text: the figures, and the options of a model that is not too long to read."""
        options = self.model.options if len(self.model.options) <= MOST_LISTED else ()
        count = "too many products to count" if self.products is None else f"{self.products} products"
        figures = f"{len(self.model.options)} options, {len(self.model.rules)} rules, {count}"
        against = compiled(self.model).contradiction()
        told = () if against is None else (NothingPossible(against).sentence,)
        return (f"{self.file.name}: {figures}", *told, *map(_said, options))


def import_model(file: Path) -> Imported:
    """The model of a .coom, .dimacs or .cnf file. Raises CannotImport with file, place and what was expected."""
    text = _text(file)
    try:
        model = coom_model(text) if file.suffix == ".coom" else formula_model(read_dimacs(text))
        return Imported(file, model, compiled(model).count())
    except (CoomFault, DimacsFault, NoBlankOfIt, TooMuchAddedUp) as fault:
        raise CannotImport(f"{file.name}: {fault.sentence}") from fault


def write_blank(imported: Imported, folder: Path) -> tuple[Path, ...]:
    """Write a blank's folder for it beside the shop's other blanks. Raises CannotImport; nothing is overwritten."""
    key = folder.resolve().name
    if not KEY.fullmatch(key):
        raise CannotImport(f"“{key}” cannot be a blank’s folder. Name it like {key_of(key)}.")
    sheet = read_sheet(folder.resolve().parent / "shop.toml", name="shop.toml")
    table = Table(sheet)
    table.has("blanks")
    shop = read_shop(table)
    if sheet.faults:
        raise FaultyBlanks(sheet.faults)
    files = {
        folder / name: text for name, text in sketch(key, label_of(imported.file.stem), imported.model, shop).items()
    }
    for path in files:
        if path.exists():
            raise CannotImport(f"{path} is there already. Take another folder, or move it away.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotImport(f"{folder} cannot be written: {error.strerror}.") from error
    return tuple(files)


def _text(file: Path) -> str:
    if file.suffix not in (".coom", ".dimacs", ".cnf"):
        raise CannotImport(f"{file.name}: expected a .coom product or a .dimacs or .cnf formula.")
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CannotImport(f"{file.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CannotImport(f"{file.name}: Line {line}: This is not UTF-8. Save the file as UTF-8.") from error


def _said(option: Option) -> str:
    domain = option.domain
    if isinstance(domain, Number):
        return f"  {option.label}: {domain.least} to {domain.most} {domain.unit}"
    assert isinstance(domain, OneOf)  # noqa: S101 - nothing else is imported
    return f"  {option.label}: {', '.join(value.label for value in domain.values)}"

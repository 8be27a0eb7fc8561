"""The catalogue: every blank of the shop, read from the blanks' folder and checked to the line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from configurator.blanks.blank import Blank
from configurator.blanks.checking_together import check_together
from configurator.blanks.drawings import read_shape
from configurator.blanks.faults import Fault, FaultyBlanks, nearest
from configurator.blanks.reading_blank import read_blank
from configurator.blanks.reading_shop import read_shop
from configurator.blanks.sheet import Sheet, read_sheet
from configurator.blanks.shop import Shop
from configurator.blanks.stock_names import called_as_in_blanks
from configurator.blanks.table import Table
from configurator.errors import NotFound
from configurator.options.compiling import Engine, compiled


class NoSuchBlank(NotFound):
    """The shop has no blank of that key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"We have no blank called “{key}”. The catalogue shows all there are.")


@dataclass(frozen=True)
class Catalogue:
    """The shop and its blanks, in the shop's order."""

    shop: Shop
    blanks: Mapping[str, Blank]

    def blank(self, key: str) -> Blank:
        """The blank of that key; raises NoSuchBlank."""
        if key not in self.blanks:
            raise NoSuchBlank(key)
        return self.blanks[key]

    def engine(self, key: str) -> Engine:
        """The blank's compiled configuration engine; raises NoSuchBlank."""
        return self._engines.get(key) or self._engines.setdefault(key, compiled(self.blank(key).model))

    @cached_property
    def _engines(self) -> dict[str, Engine]:
        """Kept here by key: to find an engine by what is in its model takes a millisecond for a large one."""
        return {}


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a folder gave: the catalogue as far as it could be read, and all faults."""

    catalogue: Catalogue | None
    faults: tuple[Fault, ...]


def read_catalogue(folder: Path) -> Catalogue:
    """Reads shop.toml and every blank's folder. Raises FaultyBlanks with all mistakes at once."""
    reading = read_folder(folder)
    if reading.faults or reading.catalogue is None:
        raise FaultyBlanks(reading.faults)
    return reading.catalogue


def read_folder(folder: Path) -> Reading:
    """As read_catalogue, but hands the faults back instead of raising them."""
    sheet = read_sheet(folder / "shop.toml", name="shop.toml")
    if not sheet.content:
        return Reading(None, tuple(sheet.faults))
    table = Table(sheet)
    order = table.texts("blanks")
    shop = replace(read_shop(table, _profiles(folder)), icons=_icons(folder))
    _check_folders(folder, order, table)
    sheets = {key: _sheet_of(folder, key) for key in dict.fromkeys(order) if (folder / key).is_dir()}
    blanks = {
        key: read_blank(key, sheets[key], folder_texts(folder / key), shop) for key in sheets if sheets[key].content
    }
    check_together(table, blanks, sheets)
    faults = (*sheet.faults, *(fault for other in sheets.values() for fault in other.faults), *_icon_faults(shop))
    return Reading(Catalogue(called_as_in_blanks(shop, blanks), blanks), faults)


def _icons(folder: Path) -> dict[str, str]:
    return {file.stem: _text(file) for file in sorted(folder.glob("icons/*.svg"))}


def _profiles(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.icc"))}


def _icon_faults(shop: Shop) -> Iterator[Fault]:
    for name, text in shop.icons.items():
        for line, sentence in read_shape(text).faults:
            yield Fault(f"icons/{name}.svg", line, sentence)


def _sheet_of(folder: Path, key: str) -> Sheet:
    return read_sheet(folder / key / "blank.toml", name=f"{key}/blank.toml")


def folder_texts(folder: Path) -> dict[str, str]:
    """The texts that shape a piece: blank.toml, drawings, shapes. Other files (notes, photographs) do not count."""
    files = [folder / "blank.toml", *folder.glob("*.svg"), *folder.glob("shapes/*.svg")]
    return {file.relative_to(folder).as_posix(): _text(file) for file in sorted(files) if file.is_file()}


def _text(file: Path) -> str:
    return file.read_text("utf-8", errors="replace").replace("\r\n", "\n")


def _check_folders(folder: Path, order: tuple[str, ...], table: Table) -> None:
    """shop.toml names every folder with a blank once, and no other."""
    found = {path.parent.name for path in folder.glob("*/blank.toml")}
    for key in dict.fromkeys(order):
        if order.count(key) > 1:
            table.fault("blanks", f"“{key}” stands here twice.")
        if not (folder / key).is_dir():
            table.fault("blanks", f"There is no folder {key}.{nearest(key, found)}")
    for key in sorted(found - set(order)):
        table.fault("blanks", f'The folder {key} is not named here; add "{key}" where customers shall see it.')

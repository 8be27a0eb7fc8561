"""A mug that also comes as a board in millimetres, whose width and height depend on each other."""

import shutil
from pathlib import Path

from configurator.artwork.fonts import FontBook
from configurator.blanks.catalogue import read_catalogue
from configurator.web.assets import Assets
from configurator.web.resources import ROOT
from tests.web.shop import Parts

SIZES = """
[option.width]
aspect = "design"
label = "Width"
number = { least = 100, most = 410, unit = "mm", price_each = "0.01" }

[option.height]
aspect = "design"
label = "Height"
number = { least = 100, most = 500, unit = "mm" }

[[rule]]
because = "A board is at most 20 mm wider than high."
require = "width <= height + 20"

[[rule]]
because = "Width and height are at most 800 mm together."
require = "width + height <= 800"
"""


def sized_parts(folder: Path) -> Parts:
    """The shop with such a mug; folder: for its blanks."""
    blanks = Path(shutil.copytree(ROOT / "blanks", folder / "blanks"))
    toml = blanks / "mug" / "blank.toml"
    toml.write_text(toml.read_text("utf-8") + SIZES, "utf-8")
    catalogue = read_catalogue(blanks)
    return Parts(catalogue, FontBook(catalogue.shop.fonts, ()), Assets(ROOT / "var" / "assets"))

"""A small shop with one blank that has one of everything, to be spoiled one mistake at a time."""

from dataclasses import dataclass, field
from pathlib import Path

SHOP = """\
name       = "Small shop"
legal_name = "Small GmbH"
address    = "Lane 1, 10000 Town"
email      = "hello@small.example"
vat_id     = "DE0"
currency   = "EUR"
locale     = "en_IE"
country    = "DE"
timezone   = "Europe/Berlin"
blanks     = ["cup"]

[taxes]
standard = "19"

[categories]
kitchen = "Kitchen"

[shipping]
label = "Parcel"
price = "4.90"
days  = 1

[batch]
pieces = 12

[facility.plant]
name     = "Plant"
kind     = "plant"
street   = "Lane 1"
postcode = "10000"
town     = "Town"
timezone = "Europe/Berlin"
opens    = "08:00"
closes   = "17:00"
workdays = ["monday", "friday"]
cut_off  = "14:00"
bins     = 10

[facility.plant.centre]
press = { label = "Press", cost_per_hour = "30.00" }
bench = { label = "Bench", count = 2, cost_per_hour = "25.00" }

[palette]
process = [{ key = "navy", label = "Navy", rgb = "#1f2a63", cmyk = [1, 0.9, 0.25, 0.2] }]

[method.sublimation]
label           = "Sublimation"
output          = "print"
least_text_mm   = 2.0
least_stroke_mm = 0.3
palette         = "process"

[[font]]
key     = "lobster"
label   = "Lobster"
package = "fontpkg_lobster"
file    = "Lobster-Regular.ttf"

[[component]]
key   = "cup-{inside}"
label = "Cup, {inside}"
each  = { inside = ["white", "coral"] }
cost  = "2.35"
start = { plant = 100 }

[[component]]
key   = "oats-g"
label = "Oats"
unit  = "g"
cost  = "0.006"
start = { plant = 90000 }
"""

CUP = """\
name     = "Cup"
tagline  = "A cup."
category = "kitchen"
stage    = "mug"
pieces   = { least = 1, most = 100 }
tax      = "standard"
weight_g = 300
size_mm  = [80, 90]
barcode  = "4262000330013"
drawing  = "cup.svg"
shown    = "front"
body     = [20, 20, 160, 180]
bodies   = { under = [60, 60, 80, 80] }
uses     = { "cup-{inside}" = 1 }

[paint]
inside = "#ffffff"

[food]
name             = "Oats"
best_before_days = 100
date_place       = "the bottom"
storage          = "Store dry."
mix              = "fill"

[option.inside]
aspect  = "taste"
label   = "Inside"
default = "coral"
one_of  = [
  { key = "white", label = "White", swatch = "#ffffff" },
  { key = "coral", label = "Coral", price = "0.40", paint = { inside = "#ee5a3b" } },
]

[option.rim]
aspect = "taste"
label  = "Rim"
one_of = [{ key = "plain", label = "Plain" }, { key = "gold", label = "Gold", adds = ["gild"] }]

[option.care]
aspect  = "equipment"
label   = "Care"
default = ["microwave"]
some_of = [
  { key = "microwave", label = "Microwave-safe" },
  { key = "dishwasher", label = "Dishwasher-safe", icon = "dish" },
]

[option.height]
aspect = "design"
label  = "Height"
number = { least = 80, most = 100, step = 10, unit = "mm", default = 90 }

[option.fill]
aspect = "taste"
label  = "Fill"

[option.fill.mix]
total_g = 100
step_g  = 50
default = { oats = 100 }
of = [
  { key = "oats", label = "Oats", per_100g = "0.60", allergens = ["gluten"], uses = { oats-g = 1 } },
  { key = "nuts", label = "Nuts", per_100g = "1.60", facts = { heavy = 2 } },
]

[[rule]]
because = "Gold is metal and sparks in a microwave."
when    = "rim = gold"
require = "not care.microwave"

[[rule]]
because = "A gold rim goes with white only."
columns = ["rim", "inside"]
allow   = [["plain", "*"], [["gold"], ["white"]]]

[area.wrap]
label   = "Round"
size_mm = [100, 60]
safe_mm = 3
method  = "sublimation"
price   = "2.50"
surface = { kind = "cylinder", view = "front", box = [20, 40, 160, 120], bow = 9, radius_mm = 40, facing_mm = 50 }

[area.foot]
label    = "Foot"
size_mm  = [40, 40]
method   = "sublimation"
backdrop = "ground-{inside}"
surface  = { kind = "flat", view = "under", box = [60, 60, 80, 80] }
also     = [{ kind = "quad", view = "aslant", corners = [60, 60, 140, 66, 150, 130, 50, 120] }]

[[template]]
label    = "Name"
fields   = { name = { label = "Name", most = 10, example = "Marit" } }
elements = [
  { text = "{name}", font = "Lobster", size_mm = 19, at_mm = [50, 40], ink = "navy" },
  { shape = "sun", width_mm = 20, at_mm = [50, 20], inks = ["navy"] },
]

[price]
base  = "13.00"
tiers = { 6 = "-6%", 12 = "-12%" }

[[operation]]
name      = "Press"
at        = "press"
family    = "cup-{inside}"
setup_min = 6
run_min   = 2.5
leads     = true
sheet     = { size_mm = [300, 400], gap_mm = 4, turn = true }

[[operation]]
key     = "gild"
name    = "Gild"
at      = "bench"
family  = "gilding"
run_min = 4
tool    = { name = "burnisher", lasts = 400 }
"""

DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 220">
  <defs><clipPath id="wall"><rect x="20" y="20" width="160" height="180"/></clipPath></defs>
  <g data-view="front">
    <rect x="20" y="20" width="160" height="180" fill="{inside}"/>
    <g clip-path="url(#wall)"><g data-area="wrap"></g></g>
    <rect x="20" y="20" width="160" height="4" fill="#c79a3e" data-when="rim = gold"/>
  </g>
  <g data-view="under"><g data-area="foot"></g></g><g data-view="aslant"><g data-area="foot"></g></g>
</svg>
"""

SUN = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">
  <circle cx="5" cy="5" r="4" fill="ink-1"/>
</svg>
"""


@dataclass
class Shop:
    """The files of the small shop, by name."""

    files: dict[str, str] = field(
        default_factory=lambda: {
            "shop.toml": SHOP,
            "icons/dish.svg": SUN.replace("ink-1", "#2b34cf"),
            "cup/blank.toml": CUP,
            "cup/cup.svg": DRAWING,
            "cup/shapes/sun.svg": SUN,
            "cup/shapes/ground-white.svg": SUN,
            "cup/shapes/ground-coral.svg": SUN,
        }
    )

    def spoiled(self, file: str, old: str, new: str) -> "Shop":
        """The shop with one passage of one file replaced; the passage must be there once."""
        assert self.files[file].count(old) == 1, f"{old!r} stands {self.files[file].count(old)} times in {file}"
        self.files[file] = self.files[file].replace(old, new)
        return self

    def line(self, file: str, passage: str) -> int:
        """The line on which a passage stands."""
        text = self.files[file]
        assert text.count(passage) == 1, f"{passage!r} stands {text.count(passage)} times in {file}"
        return text.count("\n", 0, text.index(passage)) + 1

    def written(self, folder: Path) -> Path:
        """The folder with all files in it."""
        for name, text in self.files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
        return folder

"""The small shop's cup with options of every kind and rules of every form, to be spoiled and compiled."""

from tests.blanks.small_shop import CUP

_HEAD, _, _REST = CUP.partition("[option.inside]")
_AREAS = "[area." + _REST.partition("[area.")[2]

OPTIONS = """\
[option.inside]
aspect  = "taste"
label   = "Inside"
default = "coral"
one_of  = [
  { key = "white", label = "White", swatch = "#ffffff", facts = { weight = 2, gloss = 1 } },
  { key = "coral", label = "Coral", price = "0.40", paint = { inside = "#ee5a3b" }, facts = { weight = 3 } },
]

[option.outside]
aspect  = "taste"
label   = "Outside"
default = "coral"
one_of  = [{ key = "white", label = "White" }, { key = "coral", label = "Coral" }, { key = "sea-blue", label = "Sea" }]

[option.rim]
aspect = "taste"
label  = "Rim"
one_of = [{ key = "plain", label = "Plain" }, { key = "gold", label = "Gold", price = "3.20", adds = ["gild"] }]

[option.care]
aspect  = "equipment"
label   = "Care"
least   = 1
most    = 2
default = ["microwave"]
some_of = [
  { key = "microwave", label = "Microwave-safe", facts = { weight = 1 } },
  { key = "dishwasher", label = "Dishwasher-safe", facts = { weight = 2 }, price = "1.00" },
  { key = "lid", label = "Lid", facts = { weight = 4 } },
]

[option.height]
aspect = "design"
label  = "Height"
number = { least = 80, most = 120, step = 5, unit = "mm", default = 90, price_each = "0.02" }

[option.wide]
aspect = "design"
label  = "Width"
number = { least = 0, most = 80, step = 1, unit = "mm", default = 40 }

[option.deep]
aspect = "design"
label  = "Depth"
number = { least = 0, most = 80, step = 1, unit = "mm", default = 40 }

[option.fill]
aspect = "taste"
label  = "Fill"

[option.fill.mix]
total_g = 200
step_g  = 25
kinds   = { least = 1, most = 3 }
default = { oats = 100, nuts = 100 }
of = [
  { key = "oats", label = "Oats", per_100g = "0.60", facts = { sugar = 1 }, uses = { oats-g = 1 } },
  { key = "nuts", label = "Nuts", per_100g = "1.60", facts = { sugar = 5 } },
  { key = "honey", label = "Honey", per_100g = "2.10", facts = { sugar = 80 } },
]

"""

RULES = """\
[[rule]]
because = "Gold is metal and sparks in a microwave."
when    = "rim = gold"
require = "not care.microwave"

[[rule]]
because = "Gold goes with white only, and with a lid."
columns = ["rim", "inside", "care.lid"]
allow   = [["plain", "*", "*"], ["gold", ["white"], "yes"]]

[[rule]]
because = "Both sides have one colour when the rim is plain."
when    = "rim = plain and outside != sea-blue"
require = "inside = outside or care.lid"

[[rule]]
because = "A tall cup is heavy enough."
when    = "height > 100 or height in (80, 85)"
require = "sum(care.weight) + sum(inside.weight) >= 4"

[[rule]]
because = "It does not tip over."
require = "2 * wide - deep <= height - 20"

[[rule]]
because = "It stands on the shelf."
require = "wide + deep <= 160"

[[rule]]
because = "Nobody likes it that sweet."
require = "sum(fill.sugar) <= 100 and fill.honey < 100"

[[rule]]
because = "Honey sticks to a wide cup."
when    = "fill.honey"
require = "not wide > 60"

[[rule]]
because = "High cups have these depths."
columns = ["height", "outside"]
allow   = [
  [["80", "85", "90", "95", "100"], "*"],
  [["105", "110"], ["coral", "white"]],
  ["115", "sea-blue"],
  ["120", "*"],
]

"""


def cup(options: str = OPTIONS, rules: str = RULES) -> str:
    """The blank's file with these options and rules."""
    return f"{_HEAD}{options}{rules}{_AREAS}"

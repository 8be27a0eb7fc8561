"""How findings speak: names of elements and letters, millimetres, numbers for fields."""

import unicodedata
from math import ceil, floor

from configurator.artwork.clusters import clusters
from configurator.artwork.elements import Element, Image, Text

LONGEST_NAME = 24


def named(element: Element) -> str:
    """“Zoë”, shortened; a shape by its own name; a picture has none."""
    if isinstance(element, Image):
        return "The picture"
    if not isinstance(element, Text):
        return f"“{element.shape}”"
    letters = clusters(" ".join(element.text.split()))
    return "“" + "".join(letters[:LONGEST_NAME]) + ("…" if len(letters) > LONGEST_NAME else "") + "”"


def letter(cluster: str) -> str:
    """“☃” U+2603 SNOWMAN; of a sequence its code points alone."""
    points = " ".join(f"U+{ord(char):04X}" for char in cluster)
    name = unicodedata.name(cluster, "") if len(cluster) == 1 else ""
    return f"“{cluster}” {points} {name}".rstrip()


def stepped(value: float, direction: float) -> str:
    """To a tenth of a millimetre, further in the direction of the move."""
    return number((ceil(value * 10 - 1e-6) if direction > 0 else floor(value * 10 + 1e-6)) / 10)


def mm(value: float) -> str:
    """3.5 mm; whole ones without a point."""
    return f"{number(value)} mm"


def number(value: float) -> str:
    """A number as a field takes it."""
    return f"{value:.1f}".removesuffix(".0")


def decapitalised(label: str) -> str:
    """A label inside a sentence: `laser engraving`, but `UV print`."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]

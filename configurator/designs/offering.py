"""What a customer can put on a blank: its open areas, the shop's fonts, its shapes, the inks of each area."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from configurator.artwork.inks import prints_colours, takes_plates
from configurator.artwork.known import Known
from configurator.blanks.blank import Area, Blank
from configurator.blanks.shop import Shop

_NAMED = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Offer:
    """What a customer can put on a blank: areas open to customers, fonts, shapes, inks by area.

    labels: how people call areas, fonts and inks. coloured: the areas on which pictures keep their colours.
    plated: those on which a text can have a plate behind it.
    """

    areas: tuple[Area, ...]
    fonts: tuple[str, ...]
    shapes: tuple[str, ...]
    inks: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    coloured: frozenset[str] = frozenset()
    plated: frozenset[str] = frozenset()

    def called(self, keys: Iterable[str]) -> Mapping[str, str]:
        """These keys with how people call what they stand for."""
        return {key: self.labels.get(key, key.replace("-", " ")) for key in keys}


def offer(blank: Blank, shop: Shop) -> Offer:
    """What is on offer for a blank; areas that fill themselves are not open to customers."""
    return _offers.get((blank, shop), None, lambda: _offer(blank, shop))


_offers: Known[Offer] = Known(64)


def _offer(blank: Blank, shop: Shop) -> Offer:
    areas = tuple(area for area in blank.areas if area.auto == "none")
    fonts = [font for font in shop.fonts if font.offered]
    inks = [ink for area in areas for ink in shop.methods[area.method].inks]
    backdrops = [_NAMED.sub("*", area.backdrop) for area in blank.areas if area.backdrop]
    return Offer(
        areas=areas,
        fonts=tuple(font.key for font in fonts),
        shapes=tuple(shape for shape in blank.shapes if not any(fnmatchcase(shape, like) for like in backdrops)),
        inks={area.key: tuple(ink.key for ink in shop.methods[area.method].inks) for area in areas},
        labels={
            **{area.key: area.label for area in areas},
            **{font.key: font.label for font in fonts},
            **{ink.key: ink.label for ink in inks},
        },
        coloured=frozenset(area.key for area in areas if prints_colours(shop.methods[area.method])),
        plated=frozenset(area.key for area in areas if takes_plates(shop.methods[area.method])),
    )

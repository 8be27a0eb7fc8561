"""Colours as the press prints them: what the screen shows of process inks is the soft proof of their CMYK."""

from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

from configurator.artwork.condition import Condition, free_condition
from configurator.artwork.inks import prints_colours
from configurator.blanks.methods import InkSpec, Method, Press
from configurator.blanks.shop import Shop

Cmyk = tuple[float, float, float, float]
BLACK: Cmyk = (0, 0, 0, 1)


class PressColours:
    """The press that a shop's print files are made for. Its profile is opened when a colour is first asked for.

    folder: where the free profile is kept, for shops that name none.
    """

    def __init__(self, press: Press, folder: Path | None = None) -> None:
        self._press, self._folder = press, folder

    @cached_property
    def condition(self) -> Condition:
        """The shop's own, or that of the free profile."""
        press = self._press
        if press.profile:
            return Condition(press.condition, press.files[press.profile], press.total_ink)
        return replace(free_condition(self._folder), total_ink=press.total_ink)

    @lru_cache(maxsize=4096)  # noqa: B019  # as many presses as shops
    def separated(self, rgb: str) -> Cmyk:
        """A colour "#rrggbb" out of a drawing, in inks. Black is the black ink alone, so that lines stay sharp."""
        if rgb == "#000000":
            return BLACK
        return self.condition.inked(rgb)

    @lru_cache(maxsize=4096)  # noqa: B019  # as many presses as shops
    def seen(self, cmyk: Cmyk) -> str:
        """What inks look like on paper, "#rrggbb"."""
        return self.condition.seen(cmyk)


def as_printed(shop: Shop, press: PressColours | None = None) -> Shop:
    """The shop with its process inks in the colours that they print in. Foils, lasers and threads keep theirs."""
    press = press or PressColours(shop.press)
    return replace(shop, methods={key: _proofed(method, press) for key, method in shop.methods.items()})


def _proofed(method: Method, press: PressColours) -> Method:
    if not prints_colours(method):
        return method
    return replace(method, inks=tuple(_seen(ink, press) for ink in method.inks), colours=press)


def _seen(ink: InkSpec, press: PressColours) -> InkSpec:
    return ink if ink.spot else replace(ink, rgb=press.seen(ink.cmyk))

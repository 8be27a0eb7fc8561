"""The inks of a scene: the shop's own, and plain colours out of drawings."""

from functools import lru_cache

from configurator.artwork.scene import Ink
from configurator.blanks.methods import Colours, InkSpec, Method


def method_ink(method: Method, key: str) -> Ink:
    """The method's ink of that key; its first one when an old address names another."""
    return _frozen(next((ink for ink in method.inks if ink.key == key), method.inks[0]))


def numbered_ink(method: Method, inks: tuple[str, ...], number: int) -> Ink:
    """The ink that "ink-<number>" stands for: the element's choice, else the method's inks in order."""
    if number <= len(inks):
        return method_ink(method, inks[number - 1])
    return _frozen(method.inks[(number - 1) % len(method.inks)])


def prints_colours(method: Method) -> bool:
    """Whether a picture can come in colours of its own: inks on paper, not foil, thread or a laser's one tone."""
    return method.output == "print" and not method.most_inks and any(ink.spot is None for ink in method.inks)


def takes_plates(method: Method) -> bool:
    """Whether a plate of one ink can lie under letters of another: not burnt, sewn or laid on in one colour."""
    return method.output == "print" and method.most_inks != 1 and len(method.inks) > 1


def drawn_ink(method: Method, rgb: str) -> Ink:
    """What a colour of a drawing is made in: that process colour, or the thread that is most like it."""
    if not method.sewing:
        return process_ink(rgb, method.colours)
    return _frozen(min(method.inks, key=lambda ink: (_unlike(ink.rgb, rgb), ink.key)))


@lru_cache(maxsize=4096)
def process_ink(rgb: str, colours: Colours | None) -> Ink:
    """A colour out of a drawing as the press prints and shows it; without a press, by the plain formula."""
    if colours is None:
        return plain_ink(rgb)
    inks = colours.separated(rgb)
    return Ink(rgb, colours.seen(inks), inks)


def _unlike(one: str, other: str) -> float:
    """How different two colours look, roughly: red, green and blue weighted as the eye does ("redmean")."""
    (r, g, b), (red, green, blue) = ([int(rgb[at : at + 2], 16) for at in (1, 3, 5)] for rgb in (one, other))
    mean = (r + red) / 2
    return (2 + mean / 256) * (r - red) ** 2 + 4 * (g - green) ** 2 + (2 + (255 - mean) / 256) * (b - blue) ** 2


@lru_cache(maxsize=1024)
def plain_ink(rgb: str) -> Ink:
    """A process colour for "#rrggbb", by the plain formula C = 1 - R with black taken out of all three."""
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (1, 3, 5))
    black = 1 - max(red, green, blue)
    if black == 1:
        return Ink(rgb, rgb, (0, 0, 0, 1))
    cyan, magenta, yellow = (round((1 - light - black) / (1 - black), 3) for light in (red, green, blue))
    return Ink(rgb, rgb, (cyan, magenta, yellow, round(black, 3)))


def _frozen(spec: InkSpec) -> Ink:
    return Ink(spec.key, spec.rgb, spec.cmyk, spec.spot, spec.look)

"""The output condition of a print file: its ICC profile, the most ink it bears, the machine's names of spot colours."""

import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

from configurator.artwork.free_profile import free_profile
from configurator.artwork.scene import Glyphs, Scene

Cmyk = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Condition:
    """name: the output condition's identifier. total_ink: most that C, M, Y and K may come to, 3.0 is 300 %.

    spots: a separation's usual name -> what the machine calls it.
    """

    name: str
    profile: bytes
    total_ink: float = 3.0
    spots: Mapping[str, str] = field(default_factory=dict)

    def spot(self, name: str) -> str:
        """The name this machine looks for."""
        return self.spots.get(name, name)

    def limited(self, cmyk: Cmyk) -> Cmyk:
        """The colour within the limit: black stays, the three colours shrink together."""
        colours, black = sum(cmyk[:3]), cmyk[3]
        room = max(0.0, self.total_ink - black)
        if colours <= room:
            return cmyk
        cyan, magenta, yellow = (part * room / colours for part in cmyk[:3])
        return (cyan, magenta, yellow, black)

    def separated(self, picture: Image.Image) -> Image.Image:
        """An sRGB picture in this condition's CMYK, perceptual. The profile itself knows what ink it bears."""
        return _sent(picture.convert("RGB"), _separating(self.profile))

    def proofed(self, picture: Image.Image) -> Image.Image:
        """What an sRGB picture looks like when it is printed, in sRGB: the soft proof of `separated`."""
        return _sent(self.separated(picture), _proofing(self.profile))

    def inked(self, rgb: str) -> Cmyk:
        """A colour "#rrggbb" in this condition's inks, as of a picture, in whole percents, within the limit."""
        pixel = Image.new("RGB", (1, 1), rgb)
        cyan, magenta, yellow, black = (round(level / 255, 2) for level in _levels(pixel, _separating(self.profile)))
        return self.limited((cyan, magenta, yellow, black))

    def seen(self, cmyk: Cmyk) -> str:
        """What a process colour looks like when it is printed, as "#rrggbb": the soft proof."""
        pixel = Image.new("CMYK", (1, 1), tuple(round(255 * part) for part in self.limited(cmyk)))
        return "#" + _levels(pixel, _proofing(self.profile)).hex()


def total_ink(scene: Scene) -> float:
    """The most process ink that lies in one place, 2.4 is 240 %: shapes cover each other, so inks do not add up."""
    inks = [ink for node in scene.nodes for ink in _inks(node) if ink and not ink.spot]
    return max((sum(ink.cmyk) for ink in inks), default=0.0)


@lru_cache(maxsize=2)
def free_condition(folder: Path | None = None) -> Condition:
    """The condition of the free profile, for shops that name none. folder: where the profile is kept, see there."""
    profile = free_profile(folder)
    return Condition(described(profile), profile)


def described(profile: bytes) -> str:
    """What a profile calls its condition."""
    return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile))).strip()


@lru_cache(maxsize=4)
def packed(profile: bytes) -> bytes:
    """The profile as a PDF holds it; packing takes longer than a whole print file."""
    return zlib.compress(profile, 9)


def _sent(picture: Image.Image, through: Any) -> Image.Image:
    sent = ImageCms.applyTransform(picture, through)
    if sent is None:
        raise ValueError("only a transform in place returns nothing")
    return sent


def _levels(pixel: Image.Image, through: Any) -> bytes:
    """As `_sent`, which also copies the whole profile to every picture it makes: half a millisecond a colour."""
    sent = Image.new(through.output_mode, pixel.size)
    through.transform.apply(pixel.getim(), sent.getim())
    return sent.tobytes()


@lru_cache(maxsize=4)
def _separating(profile: bytes) -> Any:
    press = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return ImageCms.buildTransform(ImageCms.createProfile("sRGB"), press, "RGB", "CMYK")


@lru_cache(maxsize=4)
def _proofing(profile: bytes) -> Any:
    press = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return ImageCms.buildTransform(
        press,
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


def _inks(node: Any) -> tuple[Any, ...]:
    if isinstance(node, Glyphs):
        return (node.ink,)
    return (getattr(node, "fill", None), getattr(node, "stroke", None))

"""Customers' pictures of the golden designs: black and white, so that ink can be told; made as uploads make them."""

import hashlib
import io
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from configurator.artwork.condition import free_condition
from configurator.artwork.picture_proofing import picture_proofed
from configurator.artwork.pictures import Picture, Pictures
from configurator.artwork.scene import Image as Placed
from configurator.artwork.silhouettes import silhouette
from configurator.uploads.drawings import read_drawing
from configurator.uploads.made import Made
from configurator.uploads.rasters import read_raster

ART = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80"><g transform="rotate(8 60 40)">
<path d="M10 70C20 10 60 0 70 40S110 60 112 20" fill="none" stroke="#225577" stroke-width="7" stroke-linecap="round"/>
<path fill-rule="evenodd" fill="#aa3322" d="M20 20h40v40h-40zM30 30h20v20h-20z"/><circle cx="90" cy="55" r="14"/>
<polygon points="80,5 95,5 88,22" fill="#e8b020"/></g></svg>"""


@dataclass(frozen=True)
class Gallery:
    """Some pictures by their names, as writers ask for them."""

    made: dict[str, Made]

    @property
    def pictures(self) -> Pictures:
        """As layout sees them."""
        return {
            asset: Picture(
                *(asset, each.width, each.height),
                drawing=each.asset.decode() if each.kind == "drawing" else "",
                silhouette=silhouette(each.small) if each.small else (),
            )
            for asset, each in self.made.items()
        }

    def whole(self, asset: str) -> bytes:
        """For print."""
        return self.made[asset].asset

    def small(self, asset: str) -> bytes:
        """For papers."""
        return self.made[asset].small

    def proofed(self, asset: str) -> bytes:
        """For papers, in the press's colours."""
        return picture_proofed(self.made[asset].small, free_condition())

    def href(self, image: Placed) -> str:
        """What a page of the shop shows, within the page."""
        preview = self.made[image.asset].preview
        shown = preview if image.tone else picture_proofed(preview, free_condition())
        return f"data:image/webp;base64,{b64encode(shown).decode()}"


@lru_cache(maxsize=1)
def gallery() -> Gallery:
    """A photo, a cut-out with transparency and a drawing."""
    photo = Image.new("RGB", (1600, 1200), "white")
    _drawn(photo)
    cut_out = Image.new("RGBA", (1500, 1500), (255, 255, 255, 0))
    _drawn(cut_out)
    made = (read_raster(_file(photo, "JPEG"), "jpeg"), read_raster(_file(cut_out, "PNG"), "png"), read_drawing(ART))
    return Gallery({hashlib.sha256(each.asset).hexdigest(): each for each in made})


def _drawn(image: Image.Image) -> None:
    """Nothing of it looks the same turned or mirrored; it reaches no edge but the left one."""
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 100, 500, 500), fill="black")
    draw.ellipse((600, 150, 1400, 950), fill="black")
    draw.ellipse((800, 300, 1150, 650), fill="white")
    draw.polygon([(150, 1100), (550, 1100), (150, 700)], fill="black")


def _file(image: Image.Image, form: str) -> bytes:
    file = io.BytesIO()
    image.save(file, form, quality=95)
    return file.getvalue()

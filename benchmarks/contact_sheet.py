"""Every blank with designs on it, in one picture for the README: docs/pictures/contact-sheet.webp (`make pictures`)."""

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from configurator.artwork.mockup import mockup, portrait
from configurator.artwork.pictured import png
from tests.artwork.golden import scenes_and_configuration, shop

FILE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "contact-sheet.webp"
ACROSS, CELL, GAP = 7, 300, 12
NAMES = ("Marit", "Дмитрий", "محمد")
GROUNDS = {
    "mug": "#d9def7",
    "tee": "#f3e3a8",
    "note": "#f1d9dc",
    "board": "#d6e2d6",
    "tin": "#cfe3ec",
    "key": "#dfdaf1",
    "book": "#f5dac9",
}


def main(file: Path = FILE) -> None:
    """Three designs of every blank: its first templates, with names in three scripts."""
    columns = [list(designs(key)) for key in shop()[0].blanks]
    width, height = (len(columns), max(len(column) for column in columns))
    sheet = Image.new("RGB", (width * (CELL + GAP) + GAP, height * (CELL + GAP) + GAP), "#ffffff")
    for x, column in enumerate(columns):
        for y, picture in enumerate(column):
            sheet.paste(picture, (GAP + x * (CELL + GAP), GAP + y * (CELL + GAP)))
    sheet.save(file, quality=72, method=6)
    print(f"{file.stat().st_size / 1000:.0f} kB in {file}")


def designs(key: str) -> Iterator[Image.Image]:
    """Pictures of three designs on the blank's own ground."""
    blank = shop()[0].blank(key)
    for number, name in enumerate(NAMES):
        template = blank.templates[number % len(blank.templates)]
        named = [(f"f.{field.key}", name[: field.most]) for field in template.fields if field.key in ("name", "mono")]
        scenes, configuration = scenes_and_configuration(key, (("template", template.key), *named))
        svg = mockup(blank, configuration, scenes, id_prefix=f"c{number}-", side=portrait(blank, scenes))
        yield cell(svg, GROUNDS[blank.stage])


def cell(svg: str, ground: str) -> Image.Image:
    """A picture in the middle of a square of its ground."""
    with Image.open(io.BytesIO(png(svg, 2 * CELL, ground=ground))) as drawn:
        drawn.thumbnail((CELL - 16, CELL - 16), Image.Resampling.LANCZOS)
        square = Image.new("RGB", (CELL, CELL), ground)
        square.paste(drawn.convert("RGB"), ((CELL - drawn.width) // 2, (CELL - drawn.height) // 2))
    return square


if __name__ == "__main__":
    main()

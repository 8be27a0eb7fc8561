import io
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest
from PIL import Image

from configurator.artwork.fonts import FontBook
from configurator.artwork.guest_fonts import find_guests
from configurator.artwork.shapes import read_shape
from configurator.uploads.decoding import PROGRAM, CannotBeUsed, decoded
from configurator.uploads.handing_fonts import told
from configurator.uploads.made import Made
from tests.artwork.workbench import FONTS
from tests.uploads.files import BAD, GOOD, PAYLOAD, SECRET, a_page, a_photo, halves, saved, svg

GROWTH = 150_000_000
"""Bytes by which this process may grow: by the pictures that come back, never by what hostile ones unpack to."""


BOOK = FontBook(FONTS, find_guests())


def made(content: bytes) -> Made:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        return decoded(file, BOOK)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("name", GOOD)
def test_an_honest_picture_becomes_a_picture_and_nothing_but_the_picture(name: str) -> None:
    picture = made(GOOD[name]())
    whole = picture.asset + picture.preview + picture.small
    assert SECRET not in whole and PAYLOAD not in whole and b"PK\x03\x04" not in whole
    assert b"Exif" not in whole and b"javascript" not in whole and b"onload" not in whole
    if picture.kind == "drawing":
        assert read_shape(picture.asset.decode()).parts
    else:
        kept = opened(picture.asset)
        assert (kept.width, kept.height) == (picture.width, picture.height)
        assert kept.mode in ("RGB", "RGBA") and not kept.info.get("icc_profile")
        assert max(opened(picture.preview).size) <= 1200 and max(opened(picture.small).size) <= 320


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_means_harm_is_refused_with_a_sentence_that_says_what_to_do(name: str) -> None:
    with pytest.raises(CannotBeUsed) as refused:
        made(BAD[name]())
    assert re.fullmatch(r"[A-Z“].{30,300}\.", refused.value.sentence), refused.value.sentence
    assert "Traceback" not in refused.value.sentence and "/" not in refused.value.sentence


def test_reading_what_means_harm_does_not_fill_the_servers_memory() -> None:
    before = psutil.Process().memory_info().rss
    for name in ("a PNG of 2.5 gigapixels", "a PNG with a bomb in its text", "an SVG with a million lines", "51 MB"):
        with pytest.raises(CannotBeUsed):
            made(BAD[name]())
    made(saved(Image.new("RGB", (6_000, 6_000), "teal"), "PNG"))
    assert psutil.Process().memory_info().rss - before < GROWTH


def test_the_process_that_reads_stays_small_too() -> None:
    """Far below the address space it may have; the largest picture that can be sent takes 600 MB, with alpha 830 MB."""
    for name in ("a PNG of 2.5 gigapixels", "a PNG with a bomb in its text", "51 MB"):
        assert peak_mb(BAD[name]()) < 200, name
    assert peak_mb(BAD["an SVG with a million lines"]()) < 450
    assert peak_mb(saved(Image.new("RGB", (7_000, 7_000), "teal"), "PNG")) < 900
    assert peak_mb(svg('<g opacity=".5"><path d="M0 0h30v30H0z"/></g>')) < 900


def peak_mb(content: bytes) -> float:
    """The most memory that the process which reads an upload has had resident, looked at until it ends."""
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as out:
        file.write(content)
        file.seek(0)
        with subprocess.Popen([sys.executable, "-m", PROGRAM, told(BOOK)], stdin=file, stdout=out) as process:
            most = 0.0
            while process.poll() is None:
                most = max(most, high_water_mb(process.pid))
                time.sleep(0.002)
    return most


def high_water_mb(pid: int) -> float:
    """What Linux says: the most so far, so that looking now and then misses nothing but the very end."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1000 if found else 0.0


def test_a_photo_stands_upright_as_the_camera_was_held() -> None:
    picture = made(GOOD["a photo with its place, turned"]())
    kept = opened(picture.asset)
    assert (picture.width, picture.height) == (480, 640)
    assert kept.getpixel((20, 320))[2] > 150 and kept.getpixel((460, 320))[0] > 150  # type: ignore[index]  # RGB


@pytest.mark.parametrize("name", ["a photo for print", "a PNG with a palette and alpha", "a HEIC", "a WebP"])
def test_colours_stay_what_they_were(name: str) -> None:
    kept = opened(made(GOOD[name]()).asset).convert("RGB")
    above, below = kept.getpixel((kept.width // 2, 4)), kept.getpixel((kept.width // 2, kept.height - 4))
    assert above[0] > 170 and above[2] < 90 and below[2] > 170 and below[0] < 90  # type: ignore[index]  # RGB


def test_sixteen_bits_become_eight_without_losing_the_middle() -> None:
    for name in ("a PNG of 16 bits", "a grey PNG of 16 bits"):
        assert opened(made(GOOD[name]()).asset).convert("L").getpixel((9, 9)) == pytest.approx(128, abs=1)


def test_a_broken_profile_is_told_and_the_picture_is_kept() -> None:
    assert "colour profile cannot be read" in made(GOOD["a photo with a broken colour profile"]()).note
    assert made(GOOD["a photo"]()).note == ""


def test_transparency_is_kept_and_a_photo_stays_a_photo() -> None:
    half = halves(64, 48, "RGBA")
    half.putalpha(120)
    assert opened(made(saved(half, "PNG")).asset).getpixel((4, 4))[3] == 120  # type: ignore[index]  # RGBA
    assert made(a_photo()).media == "image/jpeg"
    assert made(saved(halves(64, 48), "PNG")).media == "image/png"


def test_the_same_file_is_made_the_same_to_the_byte() -> None:
    for name in ("a photo", "a HEIC", "a PDF", "a drawing", "a PNG with a palette and alpha"):
        assert made(GOOD[name]()) == made(GOOD[name]())


def test_a_page_is_drawn_fine_enough_for_print_and_see_through_where_it_is_empty() -> None:
    picture = made(a_page(size=(283.46, 141.73)))  # 100 x 50 mm
    kept = opened(picture.asset)
    assert picture.width / (100 / 25.4) == pytest.approx(600, abs=2)
    assert kept.getpixel((picture.width - 5, 5))[3] == 0  # type: ignore[index]  # RGBA
    assert kept.getpixel((picture.width // 4, picture.height * 3 // 4)) == (0, 0, 255, 255)


def test_a_drawing_is_kept_as_paths_with_its_colours_holes_and_uses() -> None:
    inside = (
        '<style>.a{fill:#0a0b0c}</style><defs><path id="p" d="M0 0h4v4h-4z"/></defs>'
        '<path class="a" fill-rule="evenodd" d="M0 0h20v20h-20zM5 5h10v10h-10z"/>'
        '<g style="fill:rgb(255,0,0)"><use href="#p" x="30"/></g>'
        '<circle cx="10" cy="25" r="3" fill="none" stroke="navy"/>'
    )
    drawing = read_shape(made(svg(inside)).asset.decode())
    assert [(part.fill, part.stroke) for part in drawing.parts] == [
        ("#0a0b0c", None),
        ("#ff0000", None),
        (None, "#000080"),
    ]
    assert max(drawing.width, drawing.height) == 1000
    outer, inner = (part for part in _rings(drawing.parts[0].data))
    assert _turns_right(outer) != _turns_right(inner)


def _rings(path: tuple[tuple[str, tuple[float, ...]], ...]) -> list[list[tuple[float, ...]]]:
    rings: list[list[tuple[float, ...]]] = []
    for letter, numbers in path:
        if letter == "M":
            rings.append([])
        if numbers:
            rings[-1].append(numbers[-2:])
    return rings


def _turns_right(ring: list[tuple[float, ...]]) -> bool:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True)) > 0

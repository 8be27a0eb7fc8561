"""A photo is seen in the colours that the press prints it in: what is too bright for ink is not shown bright."""

import io

import numpy as np
import pytest
from PIL import Image

from configurator.artwork.condition import free_condition
from configurator.artwork.picture_proofing import picture_proofed

KINDS = {"JPEG": {"quality": 95, "subsampling": 0}, "PNG": {}, "WEBP": {"quality": 95}}


def file(image: Image.Image, kind: str) -> bytes:
    kept = io.BytesIO()
    image.save(kept, kind, **KINDS[kind])
    return kept.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", KINDS)
def test_it_stays_the_same_kind_of_file_of_the_same_size(kind: str) -> None:
    proof = opened(picture_proofed(file(Image.new("RGB", (64, 48), "#3366cc"), kind), free_condition()))
    assert (proof.format, proof.size, proof.mode) == (kind, (64, 48), "RGB")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rgb", ["#00ff00", "#0000ff", "#ff00ff", "#808080", "#ffffff", "#102030"])
def test_a_colour_looks_as_its_ink_does_beside_it(kind: str, rgb: str) -> None:
    condition = free_condition()
    proof = opened(picture_proofed(file(Image.new("RGB", (64, 48), rgb), kind), condition)).convert("RGB")
    ink = bytes.fromhex(condition.seen(condition.inked(rgb))[1:])
    assert np.abs(np.asarray(proof, dtype=int)[24, 32] - list(ink)).max() <= 8


def test_green_that_no_ink_can_print_is_not_shown_as_bright() -> None:
    proof = np.asarray(opened(picture_proofed(file(Image.new("RGB", (8, 8), "#00ff00"), "PNG"), free_condition())))
    assert proof[4, 4, 1] < 200


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_clear_stays_clear(kind: str) -> None:
    image = Image.new("RGBA", (64, 48), (255, 0, 0, 255))
    image.paste((0, 0, 0, 0), (32, 0, 64, 48))
    clear = np.asarray(opened(picture_proofed(file(image, kind), free_condition())).getchannel("A"))
    assert (clear[:, :30] == 255).all() and (clear[:, 34:] == 0).all()


def test_the_same_picture_is_the_same_bytes() -> None:
    content = file(Image.effect_noise((64, 48), 80).convert("RGB"), "JPEG")
    assert picture_proofed(content, free_condition()) == picture_proofed(content, free_condition())

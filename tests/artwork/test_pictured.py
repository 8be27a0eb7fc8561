import io

import numpy as np
import pytest
from PIL import Image

from configurator.artwork.mockup import mockup
from configurator.artwork.pictured import png, webp
from tests.artwork.golden import scenes_and_configuration, shop


def svg(key: str) -> str:
    blank = shop()[0].blank(key)
    scenes, configuration = scenes_and_configuration(key, (("template", blank.templates[0].key),))
    return mockup(blank, configuration, scenes, id_prefix="m-")


@pytest.mark.parametrize("key", ["mug", "notebook", "book"])
def test_a_products_picture_is_as_wide_as_asked_and_shows_the_product_on_white(key: str) -> None:
    with Image.open(io.BytesIO(png(svg(key), 300))) as picture:
        pixels = np.asarray(picture.convert("RGB"))
    assert pixels.shape[1] == 300
    assert tuple(pixels[0, 0]) == (255, 255, 255)
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 500


def test_the_same_picture_is_the_same_bytes_and_small_enough_for_a_mail() -> None:
    drawn = svg("mug")
    assert png(drawn, 300) == png(drawn, 300)
    assert webp(drawn, 1000) == webp(drawn, 1000)
    assert len(webp(drawn, 1000)) < 60_000

import io

import numpy as np
import pypdfium2
import zxingcpp

from configurator.artwork.mockup import mockup
from configurator.export.customer_proof import Proof, customer_proof
from tests.artwork.golden import scenes_and_configuration, shop

HASH = "4f1c" * 16
ADDRESS = f"https://shop.example/proofs/{HASH}.pdf"


def proof(key: str) -> Proof:
    blank = shop()[0].blank(key)
    scenes, configuration = scenes_and_configuration(key, (("template", blank.templates[0].key),))
    return Proof(
        design_hash=HASH,
        blank=key,
        title=blank.name,
        shop="Lot One GmbH, Bremen",
        address=ADDRESS,
        picture=mockup(blank, configuration, scenes, id_prefix="p-"),
        lines=(("Inside", "Coral"), ("Care", "<b>$x$</b>")),
        areas=tuple((scene, blank.area(scene.area).label, "Sublimation") for scene in scenes if scene.nodes),
    )


def test_a_proof_names_measures_choices_code_and_rights_on_one_page() -> None:
    file = customer_proof(proof("mug"))
    pdf = pypdfium2.PdfDocument(io.BytesIO(file))
    assert len(pdf) == 1
    words = " ".join(pdf[0].get_textpage().get_text_range().split())
    for part in (
        "Mug, 330 ml",
        "228 mm",
        "85 mm",
        "All the way round",
        "Coral",
        "<b>$x$</b>",
        "theirs to use",
        "4f1c4f1c",
    ):
        assert part in words
    picture = np.ascontiguousarray(pdf[0].render(scale=200 / 72).to_numpy()[:, :, :3])
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_the_same_proof_is_the_same_bytes_whatever_the_blank() -> None:
    for key in ("book", "keyring"):
        assert customer_proof(proof(key)) == customer_proof(proof(key))

import csv
import io
import json

import pyembroidery
from pypdfium2 import PdfDocument

from configurator.artwork.scene import Scene
from configurator.artwork.stitches import stitches
from configurator.export.frozen import FrozenBatch, frozen_batch, plain_batch
from configurator.export.package import package_files
from tests.artwork.sewing import embroidered
from tests.artwork.workbench import sun, text
from tests.export.batches import mug_scenes, mugs, piece


def tees() -> tuple[FrozenBatch, dict[str, tuple[Scene, ...]]]:
    """Three embroidered shirts, two of them alike."""
    club = (embroidered(sun(inks=("sun", "ivory"), x_mm=50), text("Harbour", ink="ivory", x_mm=120, font="lobster")),)
    plain = (embroidered(text("Zoë", ink="black", size_mm=20)),)
    pieces = tuple(piece(n, places=(), design_hash=f"{1 + n // 3}" * 64) for n in (1, 2, 3))
    labels = (("ivory", "Ivory"), ("sun", "Sun yellow"), ("black", "Black"))
    batch = mugs(
        3, number="B-229", output="stitch", sheets=(), pieces=pieces, threads=labels, sewing=(750.0, 6.0, 12.0)
    )
    return batch, {"1" * 64: club, "2" * 64: plain}


def listed(files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["threads.csv"].decode("utf-8-sig"))))


def test_pieces_alike_share_one_file_for_the_machine() -> None:
    files = package_files(*tees(), {})
    assert [name for name in files if name.startswith("stitches-")] == [
        "stitches-7K4-PM2-01-wrap.pes",
        "stitches-7K4-PM2-01-wrap.dst",
        "stitches-7K4-PM2-03-wrap.pes",
        "stitches-7K4-PM2-03-wrap.dst",
    ]
    holds = {file["name"]: file["holds"] for file in json.loads(files["manifest.json"])["files"]}
    assert "7K4-PM2-01, 7K4-PM2-02" in holds["stitches-7K4-PM2-01-wrap.pes"]


def test_the_thread_list_names_threads_in_the_order_in_which_the_machine_stops() -> None:
    batch, scenes = tees()
    files = package_files(batch, scenes, {})
    rows = listed(files)
    assert [(row["needle"], row["thread"], row["code"]) for row in rows] == [
        ("1", "Sun yellow", "Madeira 1770"),
        ("2", "Ivory", "Madeira 1682"),
        ("1", "Black", "Madeira 1800"),
    ]
    read = pyembroidery.read_pes(io.BytesIO(files["stitches-7K4-PM2-01-wrap.pes"]))
    assert [thread.hex_color() for thread in read.threadlist] == [row["colour"] for row in rows[:2]]
    assert sum(int(row["stitches"]) for row in rows[:2]) == stitches(scenes["1" * 64][0]).stitches
    assert all(0.5 < float(row["metres"]) / int(row["stitches"]) * 1000 < 8 for row in rows)
    assert all(float(row["minutes"]) >= int(row["stitches"]) / 750 - 0.1 for row in rows)


def test_the_work_order_says_which_threads_to_put_in() -> None:
    document = PdfDocument(package_files(*tees(), {})["work-orders.pdf"])
    words = document[0].get_textpage().get_text_range()
    assert "Threads, in the order in which the machine stops" in words
    assert words.index("Madeira 1770") < words.index("Madeira 1682") < words.index("Madeira 1800")
    assert "stitches-7K4-PM2-01-wrap" in words and "762" in words


def test_a_batch_that_is_not_sewn_has_no_threads_on_its_work_order() -> None:
    document = PdfDocument(package_files(mugs(2), mug_scenes(), {})["work-orders.pdf"])
    assert "Threads" not in document[0].get_textpage().get_text_range()


def test_an_embroidered_batch_comes_back_from_the_database_as_it_was_frozen() -> None:
    batch, scenes = tees()
    again = frozen_batch(json.loads(json.dumps(plain_batch(batch))))
    assert again == batch
    assert package_files(again, scenes, {}) == package_files(batch, scenes, {})


def test_a_batch_without_embroidery_has_no_thread_list() -> None:
    assert "threads.csv" not in package_files(mugs(2), mug_scenes(), {})

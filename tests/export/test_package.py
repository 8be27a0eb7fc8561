import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import ezdxf
import numpy as np
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from configurator.export.delivery import Delivery
from configurator.export.frozen import frozen_batch, plain_batch
from configurator.export.package import package_files, write_package
from tests.export.batches import boards, key_rings, mueslis, mug_scenes, mugs, piece


@pytest.fixture(params=["file", "s3"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A folder and a bucket: every test that asks runs on both."""
    return (tmp_path / "packages").as_uri() if request.param == "file" else request.getfixturevalue("s3_url")


def test_a_package_holds_what_machines_and_people_need(url: str) -> None:
    written = write_package(mugs(8), mug_scenes(), Delivery(url))
    assert written.folder == "B-224"
    assert [file.name for file in written.files] == [
        "sheet-1.pdf",
        "sheet-2.pdf",
        "cut-list.csv",
        "cut-list.json",
        "pick-list.csv",
        "work-orders.pdf",
        "labels.pdf",
        "manifest.json",
    ]
    assert Delivery(url).files("B-224") == written.files


def test_the_manifest_holds_the_hash_of_every_file_and_the_digest_is_its_own(url: str) -> None:
    delivery = Delivery(url)
    written = write_package(*key_rings(), delivery)
    manifest = delivery.read("B-225", "manifest.json")
    assert hashlib.sha256(manifest).hexdigest() == written.digest
    for each in json.loads(manifest)["files"]:
        content = delivery.read("B-225", each["name"])
        assert (len(content), hashlib.sha256(content).hexdigest()) == (each["size"], each["sha256"])
        assert each["holds"]


def test_an_export_repeated_by_another_process_is_byte_for_byte_the_same(tmp_path: Path) -> None:
    program = (
        "import sys; from tests.export.test_package import *; "
        "print([write_package(*made, Delivery(sys.argv[1])).digest for made in every_kind()])"
    )
    for seed, folder in (("1", "one"), ("2", "two")):
        environment = {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "1" else "UTC"}
        command = [sys.executable, "-c", program, str(tmp_path / folder)]
        subprocess.run(command, env=environment, check=True, capture_output=True)
    for made in every_kind():
        write_package(*made, Delivery(str(tmp_path / "here")))
    packages = [
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (tmp_path / "one", tmp_path / "two", tmp_path / "here")
    ]
    assert len(packages[0]) > 20
    assert packages[0] == packages[1] == packages[2]
    zips = {Delivery(str(tmp_path / folder)).zip("B-224") for folder in ("one", "two", "here")}
    assert len(zips) == 1


def every_kind() -> tuple:
    return (mugs(4), mug_scenes()), key_rings(), boards(), mueslis()


KILLED = """
import os, signal
from tests.export.test_package import *
synced = 0
def dying(handle, real=os.fsync):
    global synced
    synced += 1
    if synced > 4:
        os.kill(os.getpid(), signal.SIGKILL)
    real(handle)
os.fsync = dying
write_package(mugs(4), mug_scenes(), Delivery(sys.argv[1]))
"""


def test_an_export_that_was_killed_half_way_is_completed_by_the_repeat(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], capture_output=True, check=False)
    assert run.returncode == -9
    half = [path.name for path in tmp_path.rglob("*.*") if path.is_file()]
    assert 0 < len(half) < 7, "it was killed in the middle of writing"
    written = write_package(mugs(4), mug_scenes(), Delivery(str(tmp_path)))
    files = package_files(mugs(4), mug_scenes(), {})
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()} == files
    assert written.digest == hashlib.sha256(files["manifest.json"]).hexdigest()


def test_the_sheets_code_and_the_labels_codes_lead_to_batch_and_pieces() -> None:
    files = package_files(mugs(8), mug_scenes(), {})

    def codes(name: str) -> set[str]:
        pages = pypdfium2.PdfDocument(files[name])
        pictures = [np.ascontiguousarray(page.render(scale=300 / 72).to_numpy()[:, :, :3]) for page in pages]
        return {code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)}

    pieces = {f"7K4-PM2-{n:02d}" for n in range(1, 9)}
    assert codes("sheet-1.pdf") == {"B-224/1"}
    assert codes("sheet-2.pdf") == {"B-224/2"}
    assert codes("labels.pdf") == pieces
    assert codes("work-orders.pdf") == pieces | {"B-224"}


def test_what_is_cut_gets_a_drawing_of_its_contours_and_what_is_engraved_one_of_both() -> None:
    rings, engraved = package_files(*key_rings(), {}), package_files(*boards(), {})
    counts = []
    for files in (rings, engraved):
        doc = ezdxf.read(io.StringIO(files["sheet-1.dxf"].decode()))
        assert not doc.audit().has_errors
        counts.append([len(doc.modelspace().query(f'*[layer=="{layer}"]')) for layer in ("cut", "engrave")])
    assert counts[0] == [2, 0]
    assert counts[1][0] == 0
    assert counts[1][1] > 4
    assert "sheet-1.dxf" not in package_files(mugs(4), mug_scenes(), {})


def test_pieces_that_go_into_the_machine_one_by_one_get_a_file_a_design() -> None:
    loose = [replace(piece(n), places=()) for n in (1, 2, 5)]
    files = package_files(mugs(3, sheets=(), pieces=tuple(loose)), mug_scenes(), {})
    assert [name for name in files if name.startswith(("sheet", "artwork"))] == [
        "artwork-7K4-PM2-01.pdf",
        "artwork-7K4-PM2-02.pdf",
    ]
    manifest = json.loads(files["manifest.json"])
    assert "7K4-PM2-01, 7K4-PM2-05" in manifest["files"][0]["holds"]
    with pikepdf.open(io.BytesIO(files["artwork-7K4-PM2-01.pdf"])) as pdf:
        assert len(pdf.pages) == 1


def test_the_zip_opens_and_holds_the_whole_package(url: str) -> None:
    write_package(mugs(4), mug_scenes(), Delivery(url))
    with zipfile.ZipFile(io.BytesIO(Delivery(url).zip("B-224"))) as archive:
        assert {Path(name).name: archive.read(name) for name in archive.namelist()} == package_files(
            mugs(4), mug_scenes(), {}
        )


def test_a_batch_survives_its_way_through_the_database() -> None:
    for batch, _ in every_kind():
        assert frozen_batch(json.loads(json.dumps(plain_batch(batch)))) == batch


def test_every_file_names_only_pieces_of_the_batch() -> None:
    files = package_files(mugs(4), mug_scenes(), {})
    listed = {row["piece"] for row in csv.DictReader(io.StringIO(files["cut-list.csv"].decode("utf-8-sig")))}
    assert listed == set(json.loads(files["manifest.json"])["pieces"])


def test_what_a_laser_engraves_comes_as_pixels_at_the_machines_resolution_too() -> None:
    batch, scenes = boards()
    files = package_files(replace(batch, dpi=508), scenes, {})
    with Image.open(io.BytesIO(files["sheet-1.png"])) as picture:
        assert picture.mode == "1"
        assert picture.size == (4200, 2960)
        assert [round(part) for part in picture.info["dpi"]] == [508, 508]
        burnt = ~np.asarray(picture)
    placed = batch.pieces[0].places[0]
    # The bar under the name, 22 by 4 mm, mirrored in its place as the sheet is.
    left, top = int((placed.left_mm + 50) * 20), int((placed.top_mm + 26) * 20)
    assert burnt[top + 5 : top + 75, left + 5 : left + 435].all()
    assert not burnt[top + 5 : top + 75, left - 200 : left - 5].any()
    assert 0 < burnt.mean() < 0.2
    assert files["sheet-1.png"] == package_files(replace(batch, dpi=508), scenes, {})["sheet-1.png"]

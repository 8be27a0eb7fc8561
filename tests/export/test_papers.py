import io
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pikepdf
import psutil
import pypdfium2
import pytest
import zxingcpp

from configurator.export.frozen import FrozenBatch
from configurator.export.papers import labels, work_orders
from configurator.export.typesetting import PaperFailed, paper
from tests.export.batches import CUSTOMERS, mueslis, mug_scenes, mugs, piece


def words(file: bytes) -> list[str]:
    """The text of every page, spaces closed up, as it stands in the file."""
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(file)]


def codes(file: bytes) -> list[set[str]]:
    """What a scanner reads from every page, printed at 200 dpi."""
    pictures = [page.render(scale=200 / 72).to_numpy()[:, :, :3] for page in pypdfium2.PdfDocument(file)]
    return [{code.text for code in zxingcpp.read_barcodes(np.ascontiguousarray(picture))} for picture in pictures]


def sizes(file: bytes) -> list[tuple[int, int]]:
    with pikepdf.open(io.BytesIO(file)) as pdf:
        return [(round(float(p.MediaBox[2]) * 25.4 / 72), round(float(p.MediaBox[3]) * 25.4 / 72)) for p in pdf.pages]


def test_every_piece_has_a_label_whose_code_is_the_piece() -> None:
    file = labels(mugs(4))
    assert sizes(file) == [(100, 50)] * 4
    assert codes(file) == [{f"7K4-PM2-0{n}"} for n in range(1, 5)]


def test_a_label_names_customer_order_due_date_place_and_batch() -> None:
    first = words(labels(mugs(4)))[0]
    for part in ("Marit Hansen", "Mug, 330 ml", "Order 7K4-PM2", "7K4-PM2-01", "Thu 26 Nov", "A1", "B-224"):
        assert part in first


def test_what_customers_type_is_printed_and_never_run() -> None:
    for pages in (words(labels(mugs(4))), words(work_orders(mugs(4), mug_scenes(), {}))):
        text = " ".join(pages)
        assert "<b>Zoë</b> [party popper]" in text
        assert "محمد" in text or "دمحم" in text or "ﻣﺤﻤﺪ" in text
        assert CUSTOMERS[2] in text
        assert CUSTOMERS[3] in text


def test_no_word_leaves_its_label_however_long_the_name() -> None:
    long = replace(
        piece(1), customer="Bartholomäus Maximilian von und zu Hohenlohe-Schillingsfürst " * 2, summary="x " * 200
    )
    file = labels(replace(mugs(1), pieces=(long,)))
    assert sizes(file) == [(100, 50)]
    (page,) = pypdfium2.PdfDocument(file)
    picture = page.render(scale=8).to_numpy()[:, :, :3]
    margin = np.ones(picture.shape[:2], dtype=bool)
    margin[16:-16, 16:-16] = False
    assert (picture[margin] == 255).all()
    assert codes(file) == [{"7K4-PM2-01"}]


def test_food_gets_a_second_label_with_what_the_law_asks_for() -> None:
    batch, _ = mueslis()
    file = labels(batch)
    assert len(sizes(file)) == 2
    text = words(file)[1]
    for part in ("Muesli mix", "OAT flakes 45 %", "(SULPHITES)", "Net weight 500 g", "traces of MILK", "dry place"):
        assert part in text
    assert "Best before 22 May 2027" in text
    assert "Lot B-227" in text
    assert "Made by Lot One GmbH" in text
    assert codes(file) == [{"7K4-PM2-04"}] * 2


def test_the_small_x_of_a_food_label_is_as_high_as_the_law_asks_for() -> None:
    batch, _ = mueslis()
    text = pypdfium2.PdfDocument(labels(batch))[1].get_textpage()
    whole = text.get_text_range()

    def height_mm(at: int) -> float:
        _, bottom, _, top = text.get_charbox(at)
        return (top - bottom) * 25.4 / 72

    assert height_mm(whole.index("raisins") + 1) >= 1.2  # the small a: EU 1169/2011, article 13
    assert height_mm(whole.index("500 g")) >= 4.0  # figures of the net weight: 76/211/EEC


def test_the_work_order_says_what_to_make_with_what_and_where() -> None:
    file = work_orders(mugs(8), mug_scenes(), {})
    first = words(file)[0]
    for part in (
        *("8 × Coral mugs", "B-224", "Mug press, Bremen-Hemelingen", "Gild the rim", "10 min", "3.5 min"),
        *("Mug, coral inside", "sheet-2.pdf", "210 mm", "artwork mirrored", "Thu 26 Nov", "by Ines"),
    ):
        assert part in first
    assert codes(file)[0] == {"B-224"}


def test_a_batch_without_sheets_says_nothing_of_sheets() -> None:
    on_sheets, mixed = (words(work_orders(mugs(2, **parts), mug_scenes(), {}))[0] for parts in ({}, {"sheets": ()}))
    assert "Sheets" in on_sheets and "Sheets" not in mixed
    assert "Pieces" in mixed and "Changeover" in mixed


def test_the_work_order_tells_the_time_by_the_clock_on_the_wall() -> None:
    def released(batch: FrozenBatch) -> str:
        text = " ".join(" ".join(words(work_orders(batch, mug_scenes(), {}))).split())
        return text[text.index("Released") :][:60]

    assert "14:00 CET by Ines" in released(mugs(1, timezone="Europe/Berlin"))
    assert "13:00 UTC by Ines" in released(mugs(1))


def test_what_a_customer_ticked_stands_on_the_traveller_so_that_nobody_rejects_it() -> None:
    told = piece(1, warnings=("Letters under 2 mm do not come out well.",), ticked="2026-11-23T14:05+01:00")
    text = " ".join(words(work_orders(replace(mugs(1), pieces=(told,)), mug_scenes(), {})))
    assert "As designed" in text
    assert "Ticked Mon 23 Nov, 14:05: Letters under 2 mm do not come out well." in text


def test_every_piece_has_a_traveller_with_its_code_three_to_a_page() -> None:
    file = work_orders(mugs(8), mug_scenes(), {})
    assert sizes(file) == [(210, 297)] * 4
    expected = [{f"7K4-PM2-0{n}" for n in range(start, min(start + 3, 9))} for start in (1, 4, 7)]
    assert codes(file)[1:] == expected
    for part in ("Marit", "A1", "1 × Gift box for mugs", "Inside Coral", "With it Cork lid, gift box", "Picked", "Bin"):
        assert part in words(file)[1]


def test_a_traveller_shows_the_picture_kept_with_the_order_and_the_artwork_of_every_area() -> None:
    batch, scenes = mugs(1), mug_scenes()
    green = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4" fill="#00c000"/></svg>'
    )

    def share(file: bytes, colour: tuple[int, int, int]) -> float:
        picture = pypdfium2.PdfDocument(file)[1].render(scale=1).to_numpy()[:, :, :3][:, :, ::-1]
        return float((np.abs(picture.astype(int) - colour).max(axis=2) < 30).mean())

    design = batch.pieces[0].design_hash
    assert share(work_orders(batch, scenes, {design: green}), (0, 192, 0)) > 0.02
    assert share(work_orders(batch, scenes, {design: green}), (240, 88, 63)) > 0.0001, "the artwork as it lies flat"
    for unusable in ({}, {design: green.replace("<rect", "<rect x='1' x='2'")}, {design: ""}):
        assert share(work_orders(batch, scenes, unusable), (240, 88, 63)) > 0.0005


def test_every_line_of_a_piece_with_very_many_choices_is_still_on_its_traveller() -> None:
    many = replace(
        piece(1),
        configuration=tuple((f"Option {n}", f"Value {n}, rather long " * 2) for n in range(22)),
        texts=("first", "second text", "third text"),
    )
    file = work_orders(mugs(3, pieces=(many, piece(2), piece(3))), mug_scenes(), {})
    text = words(file)[1]
    assert all(f"Value {n}," in text for n in range(22))
    assert "second text" in text
    assert codes(file)[1] == {"7K4-PM2-01", "7K4-PM2-02", "7K4-PM2-03"}


@pytest.mark.parametrize(
    "batch", [mugs(1), mugs(0), mueslis()[0], mugs(1, operations=(), sheets=(), pieces=(piece(1, places=()),))]
)
def test_any_batch_has_its_papers(batch: FrozenBatch) -> None:
    assert len(sizes(work_orders(batch, mug_scenes(), {}))) >= 1
    assert labels(batch).startswith(b"%PDF")


def test_setting_papers_all_day_does_not_make_the_server_grow() -> None:
    batch, scenes = mugs(24), mug_scenes()
    work_orders(batch, scenes, {})
    before = psutil.Process().memory_info().rss
    for _ in range(4):
        work_orders(batch, scenes, {})
        labels(batch)
    assert (psutil.Process().memory_info().rss - before) / 2**20 < 40


def test_a_paper_that_cannot_be_set_says_so() -> None:
    with pytest.raises(PaperFailed, match=r"labels\.pdf could not be set: .*dictionary does not contain key"):
        paper("labels", {"title": "no pieces"})


def test_papers_are_the_same_bytes_in_every_process() -> None:
    program = (
        "import hashlib; from tests.export.test_papers import *; b = mugs(4); "
        "print(hashlib.sha256(work_orders(b, mug_scenes(), {}) + labels(b)).hexdigest())"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(prints) == 1

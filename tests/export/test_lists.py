import csv
import io
import json
from dataclasses import replace

import pytest

from configurator.export.lists import Cut, Pick, cut_list, pick_list, written_csv
from configurator.export.package import package_files
from configurator.export.placed import NoArtwork
from tests.export.batches import CUSTOMERS, boards, key_rings, mug_scenes, mugs


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_cut_list_has_every_place_in_the_order_of_the_sheets() -> None:
    rows = cut_list(mugs(8), mug_scenes())
    assert [(row.sheet, row.place) for row in rows] == [(n, p) for n in (1, 2) for p in ("A1", "A2", "B1", "B2")]
    first = rows[0]
    assert (first.piece, first.left_mm, first.top_mm, first.width_mm, first.height_mm) == ("7K4-PM2-01", 12, 14, 80, 40)
    assert (first.degrees, first.mirrored, first.contours) == (0, "yes", 0)


def test_a_turned_place_is_listed_as_it_lies_on_the_sheet() -> None:
    batch = mugs(1)
    turned = replace(batch.pieces[0], places=(replace(batch.pieces[0].places[0], degrees=90.0),))
    (row,) = cut_list(replace(batch, pieces=(turned,)), mug_scenes())
    assert (row.width_mm, row.height_mm, row.degrees) == (40, 80, 90)


def test_contours_to_cut_are_counted() -> None:
    assert [row.contours for row in cut_list(*key_rings())] == [1, 1]
    assert [row.contours for row in cut_list(*boards())] == [0, 0]


def test_the_cut_list_says_the_same_to_spreadsheets_and_machines() -> None:
    files = package_files(mugs(8), mug_scenes(), {})
    rows, plain = table(files["cut-list.csv"]), json.loads(files["cut-list.json"])
    assert plain["unit"] == "mm"
    assert [str(place["piece"]) for place in plain["places"]] == [row["piece"] for row in rows]
    assert [place["left_mm"] for place in plain["places"]] == [float(row["left_mm"]) for row in rows]
    assert {place["customer"] for place in plain["places"]} == set(CUSTOMERS)


def test_the_pick_list_sums_what_the_whole_batch_takes() -> None:
    assert pick_list(mugs(8)) == (
        Pick("box-mug", "Gift box for mugs", 8, "", 8),
        Pick("mug-coral", "Mug, coral inside", 8, "", 8),
    )


def test_customers_names_keep_their_script_and_never_become_formulas() -> None:
    rows = table(package_files(mugs(4), mug_scenes(), {})["cut-list.csv"])
    names = {row["customer"] for row in rows}
    assert "<b>Zoë</b> 🎉 محمد" in names
    assert "'=cmd|' /C calc'!A0" in names


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 421", "-2", "@SUM(A1)", "\t=1", "  =1", "\r=1", "\n=1", "\ufeff=1", "＝1+1", "＠x"]
)
def test_a_text_that_a_spreadsheet_would_run_is_defused(text: str) -> None:
    content = written_csv(["a"], [[text]]).decode("utf-8-sig")
    (_, (cell,)) = list(csv.reader(io.StringIO(content, newline="")))
    assert cell == f"'{text}"


def test_our_own_numbers_stay_numbers() -> None:
    assert written_csv(["a", "b"], [[-2.5, 'x, “y” "z"']]) == '\ufeffa,b\r\n-2.5,"x, “y” ""z"""\r\n'.encode()


def test_a_place_for_artwork_that_the_design_does_not_have_is_said() -> None:
    batch = mugs(1)
    strange = replace(batch.pieces[0], places=(replace(batch.pieces[0].places[0], area="lid"),))
    with pytest.raises(NoArtwork, match="7K4-PM2-01"):
        cut_list(replace(batch, pieces=(strange,)), mug_scenes())


def test_the_columns_of_the_lists_are_what_the_docs_promise() -> None:
    assert Cut._fields[:5] == ("sheet", "place", "piece", "order", "customer")
    assert Pick._fields == ("component", "label", "amount", "unit", "pieces")

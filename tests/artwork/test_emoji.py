"""Emoji: in their colours where inks allow it, as lines of one ink elsewhere, refused by name without their font."""

import io
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pikepdf
import pytest

from configurator.artwork.contours import cut_contours
from configurator.artwork.dxf_areas import Areas
from configurator.artwork.elements import Element
from configurator.artwork.emoji import LINES, EmojiFace, line_share, wants_emoji
from configurator.artwork.fonts import FontBook
from configurator.artwork.freezing import freeze, thaw
from configurator.artwork.guest_fonts import Guests, find_guests
from configurator.artwork.layout import lay_out
from configurator.artwork.outlines import Points, box_of, flattened, sent
from configurator.artwork.pdf import proof_pdf
from configurator.artwork.scene import Glyphs, Scene
from configurator.artwork.scene import Path as PathNode
from configurator.artwork.svg import flat_svg
from configurator.artwork.text import shaped_line
from configurator.blanks.methods import InkSpec, Method
from tests.artwork.workbench import FONTS, PLAIN, SHOP, area, blank, scene, text

EMOJI = find_guests().emoji
LASER = Method("laser", "Laser", (InkSpec("burn", "Engraved", "#4a2c12", (0, 0, 0, 1), "Engrave"),), 3.0, 0.2, "laser")

SEQUENCES = ["🎉", "👍🏽", "👩‍🚀", "👨‍👩‍👧‍👦", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "❤️", "❤️‍🔥", "🏳️‍🌈", "☃"]


def test_the_colour_font_is_installed_with_the_other_front_end_packages() -> None:
    assert EMOJI, "npm ci brings it"


@lru_cache(maxsize=1)
def book() -> FontBook:
    return FontBook(FONTS, Guests(EMOJI))


def printed(*elements: Element) -> Scene:
    return lay_out(elements, blank(), PLAIN, SHOP, book())[0]


def engraved(*elements: Element) -> Scene:
    shop = replace(SHOP, methods={"laser": LASER})
    return lay_out(elements, blank(area(method="laser")), PLAIN, shop, book())[0]


def inks(laid: Scene) -> set[str]:
    return {node.ink.key for node in laid.nodes if isinstance(node, Glyphs)}


@pytest.mark.parametrize("emoji", SEQUENCES)
def test_a_sequence_is_one_picture(emoji: str) -> None:
    line = shaped_line(f"a{emoji}", "archivo", book())
    assert not line.missing
    assert [cluster.text for cluster in line.clusters] == ["a", emoji]
    assert len(line.clusters[1].glyphs) == 1


@pytest.mark.parametrize("emoji", ["🎉", "👩‍🚀", "🇩🇪"])
def test_a_picture_stays_whole_in_a_line_from_right_to_left(emoji: str) -> None:
    assert [c.text for c in shaped_line(f"אב{emoji}ג", "rubik", book()).clusters] == ["ג", emoji, "ב", "א"]


def test_letters_that_also_exist_as_emoji_stay_letters_unless_asked_otherwise() -> None:
    assert not any(wants_emoji(cluster) for cluster in ("1", "#", "©", "❤", "☃\ufe0e", "A"))
    assert all(wants_emoji(cluster) for cluster in ("1️⃣", "©️", "❤️", "🎉"))
    assert "+emoji" not in {key.split("/")[0] for key in shaped_line("1 # ©", "noto", book()).outlines}


def test_an_emoji_is_printed_in_its_own_process_colours_and_letters_in_theirs() -> None:
    laid = printed(text("Hi 🎉!", ink="coral"))
    assert laid.findings == ()
    assert {"coral", "#dd2e44"} <= inks(laid)
    assert all(node.ink.spot is None for node in laid.nodes if isinstance(node, Glyphs))


def test_a_laser_draws_an_emoji_as_lines_in_its_one_tone() -> None:
    laid = engraved(text("Hi 🎉!"))
    assert laid.findings == ()
    assert inks(laid) == {"burn"}


def test_line_art_is_no_wider_than_the_picture_and_less_ink() -> None:
    coloured, lined = printed(text("🐼", size_mm=20)), engraved(text("🐼", size_mm=20))
    assert coloured.boxes == lined.boxes
    box = box_of(drawn(lined))
    assert box and lined.boxes[1].grown(0.05).holds(box)
    assert sum(part.area for part in Areas().engraved(lined)) < 0.6 * box.width * box.height


@pytest.mark.parametrize("size", [5.5, 7.0, 12.0, 40.0])
def test_lines_are_as_thick_as_the_method_needs_while_the_size_allows_it(size: float) -> None:
    share = line_share(size, LASER.least_stroke_mm)
    assert share * size >= LASER.least_stroke_mm or share == LINES[-1]
    assert share == LINES[0] or LINES[LINES.index(share) - 1] * size < LASER.least_stroke_mm


def test_a_half_transparent_part_is_given_the_colour_it_has_over_what_lies_beneath() -> None:
    emoji = book().emoji
    assert emoji
    glyph = emoji.shaped("🎯", 0, 1, script="Zyyy", rtl=False)[0][0]
    colours = [rgb for _, rgb in emoji.layers(glyph)]
    assert all(len(rgb) == 7 for rgb in colours)
    assert "#000000" not in colours


def test_emoji_fit_and_run_round_a_circle_like_letters() -> None:
    fitted = printed(text("🎉" * 12, size_mm=30, fit_mm=60))
    assert fitted.boxes[1].width == pytest.approx(60, abs=0.01)
    arched = printed(text("ROWING 🎉 CLUB", arc_mm=50))
    assert arched.findings == ()
    assert arched.boxes[1].height > printed(text("ROWING 🎉 CLUB")).boxes[1].height


def test_emoji_keep_their_colours_in_a_line_that_is_bent_as_a_whole() -> None:
    laid = printed(text("محمد 🎉", arc_mm=40))
    bent = [node for node in laid.nodes if isinstance(node, PathNode)]
    assert {node.fill.key for node in bent if node.fill} >= {"navy", "#dd2e44"}


def test_every_writer_takes_a_scene_with_emoji_and_the_frozen_scene_is_the_same() -> None:
    laid = printed(text("Hi 🎉 👩‍🚀"))
    assert thaw(freeze([laid])) == (laid,)
    assert "#dd2e44" in flat_svg(laid, id_prefix="t-", guides=False)
    assert proof_pdf([laid], title="t") == proof_pdf([laid], title="t")


def test_a_cut_contour_goes_round_an_emoji() -> None:
    island = area(cut="contour", size_mm=(60.0, 84.0))
    laid = lay_out([text("🐼", size_mm=30, x_mm=30)], blank(island), PLAIN, SHOP, book())[0]
    (contour,) = cut_contours(island, laid.nodes, laid.outlines)
    box = box_of(flattened(contour).points)
    assert box and box.grown(-2.5).holds(laid.boxes[1])


def test_without_the_font_an_emoji_is_a_missing_letter_and_the_start_says_so() -> None:
    (finding,) = scene(text("Hi 🎉")).findings
    assert finding.level == "error"
    assert "🎉" in finding.sentence
    assert any("npm ci" in sentence for sentence in Guests().lacking)


def drawn(laid: Scene) -> Points:
    nodes = [node for node in laid.nodes if isinstance(node, Glyphs)]
    return np.concatenate([sent(flattened(laid.outlines[key]).points, by) for n in nodes for key, by in n.placements])


def test_the_font_is_unpacked_once_and_looks_the_same_from_the_kept_file_and_from_memory(tmp_path: Path) -> None:
    assert EMOJI
    kept = FontBook(FONTS, Guests(EMOJI, folder=tmp_path / "fonts"))
    assert lay_out([text("Hi 👩‍🚀")], blank(), PLAIN, SHOP, kept) == (printed(text("Hi 👩‍🚀")),)
    assert kept.fingerprint_for(["🎉"]) == book().fingerprint_for(["🎉"])
    (file,) = (tmp_path / "fonts").iterdir()
    written = file.stat().st_mtime_ns
    assert EmojiFace(EMOJI, tmp_path / "fonts").has("🎉")
    assert file.stat().st_mtime_ns == written


def test_where_nothing_can_be_kept_the_font_is_unpacked_into_memory(tmp_path: Path) -> None:
    assert EMOJI
    (tmp_path / "fonts").write_text("a file where the folder should be")
    assert EmojiFace(EMOJI, tmp_path / "fonts").has("🎉")


def test_pain_6_an_emoji_in_a_print_file_is_plain_outlines_in_process_colours() -> None:
    with pikepdf.open(io.BytesIO(proof_pdf([printed(text("Hi 👩‍🚀"))], title="t"))) as file:
        objects = [each for each in file.objects if isinstance(each, pikepdf.Stream | pikepdf.Dictionary)]
        assert not [each for each in objects if each.get("/Type") == "/Font" or each.get("/Subtype") == "/Image"]
        drawn = b"".join(each.read_bytes() for each in objects if isinstance(each, pikepdf.Stream))
    assert not re.search(rb"\b(rg|RG|Tj|TJ)\b", drawn) and re.search(rb"\bk\b", drawn)

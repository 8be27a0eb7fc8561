"""One blank read from the texts of its folder."""

import hashlib
from collections.abc import Mapping

from configurator.blanks.blank import Area, Blank
from configurator.blanks.checking_drawings import check_drawing, check_shapes
from configurator.blanks.checking_names import check_names
from configurator.blanks.checking_rules import check_rules
from configurator.blanks.draft import Draft
from configurator.blanks.drawings import read_drawing
from configurator.blanks.faults import nearest
from configurator.blanks.reading_areas import read_areas
from configurator.blanks.reading_making import read_food, read_operations, read_price
from configurator.blanks.reading_options import read_options
from configurator.blanks.reading_rules import read_rules
from configurator.blanks.reading_templates import read_templates
from configurator.blanks.sheet import Sheet
from configurator.blanks.shop import Shop
from configurator.blanks.table import Table, four, two
from configurator.options.model import Model

STAGES = ("mug", "tee", "note", "board", "tin", "key", "book")
"""The colour fields products stand on; the stylesheet names them."""


def read_blank(key: str, sheet: Sheet, files: Mapping[str, str], shop: Shop) -> Blank:
    """The blank of a folder's texts (file name -> text); mistakes are noted on the sheet."""
    draft = Draft(Table(sheet), shop, files)
    blank = _blank(key, draft)
    draft.table.close()
    check_shapes(draft, blank)
    check_drawing(draft, blank)
    check_names(draft, blank)
    check_rules(draft, blank)
    return blank


def _blank(key: str, draft: Draft) -> Blank:
    table = draft.table
    options, details = read_options(draft)
    areas = read_areas(draft)
    shapes = _shapes(draft.files)
    least, most = _pieces(table)
    return Blank(
        key=key,
        version=_version(draft.files),
        name=table.text("name"),
        tagline=table.text("tagline"),
        category=_category(draft),
        stage=table.one_of("stage", STAGES),
        least=least,
        most=most,
        tax=_tax(draft),
        weight_g=table.whole("weight_g", least=1, most=100_000),
        size_mm=two(table.numbers("size_mm", 2)),
        body=four(table.numbers("body", 4)),
        barcode=_barcode(table),
        drawing=_drawing(draft),
        paints=table.colours("paint"),
        model=Model(options, read_rules(draft)),
        details=details,
        uses=draft.used(table),
        areas=areas,
        templates=read_templates(draft, areas, frozenset(shapes)),
        shapes=shapes,
        price=read_price(draft),
        operations=read_operations(draft, areas),
        food=read_food(draft, options),
        source=draft.files,
        bodies=_bodies(draft, areas),
        shown=_shown(draft),
        aside=two(table.numbers("aside", 2, (30, 30))),
    )


def _shown(draft: Draft) -> str:
    """The view that lists show, if the blank names one."""
    if not draft.table.has("shown"):
        return ""
    views, shown = read_drawing(_drawing(draft)).views, draft.table.text("shown")
    if shown not in views:
        draft.table.fault("shown", f"“{shown}” is no view of the drawing.{nearest(shown, list(views))}")
    return shown


def _bodies(draft: Draft, areas: tuple[Area, ...]) -> dict[str, tuple[float, float, float, float]]:
    """View -> where the product's size lies on it: the first view's `body`, and what `bodies` adds."""
    views = list(read_drawing(_drawing(draft)).views) or [area.surface.view for area in areas] or ["front"]
    table = draft.table.table("bodies", required=False)
    others = {view: four(table.numbers(view, 4)) for view in table.content} if table else {}
    for view in others:
        if table and view not in views:
            table.fault(view, f"“{view}” is no view of the drawing.{nearest(view, views)}")
    return {views[0]: four(draft.table.numbers("body", 4)), **others}


def _shapes(files: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix("shapes/").removesuffix(".svg"): text
        for name, text in files.items()
        if name.startswith("shapes/")
    }


def _version(files: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        content = files[name].encode()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _pieces(table: Table) -> tuple[int, int]:
    pieces = table.table("pieces")
    if pieces is None:
        return 1, 1
    least = pieces.whole("least", least=1, most=100_000)
    most = pieces.whole("most", least=least, most=100_000)
    pieces.close()
    return least, most


def _category(draft: Draft) -> str:
    category = draft.table.text("category")
    if category and category not in draft.shop.categories:
        draft.table.fault("category", f"“{category}” is no category.{nearest(category, draft.shop.categories)}")
    return category


def _tax(draft: Draft) -> str:
    tax = draft.table.text("tax")
    if tax and tax not in draft.shop.taxes:
        draft.table.fault("tax", f"“{tax}” is no tax of the shop.{nearest(tax, draft.shop.taxes)}")
    return tax


def _barcode(table: Table) -> str:
    """An EAN-13 with its check digit (GS1 General Specifications, 7.9)."""
    code = table.text("barcode")
    if code and not (len(code) == 13 and code.isascii() and code.isdigit()):
        table.fault("barcode", f"“{code}” is no barcode; expected the 13 digits of an EAN in quotes.")
    elif code and _check_digit(code) != code[-1]:
        table.fault("barcode", f"The last digit of “{code}” must be {_check_digit(code)}; is a digit mistyped?")
    return code


def _check_digit(code: str) -> str:
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(code[:12])) % 10)


def _drawing(draft: Draft) -> str:
    name = draft.table.text("drawing")
    if name and name not in draft.files:
        drawings = [file for file in draft.files if file.endswith(".svg") and "/" not in file]
        draft.table.fault("drawing", f"There is no {name} in this folder.{nearest(name, drawings)}")
    return draft.files.get(name, "")

"""A small shop for artwork: one method, the real faces, blanks of any surface."""

from functools import lru_cache

from configurator.artwork.elements import Element, Shape, Text
from configurator.artwork.fonts import FontBook
from configurator.artwork.layout import lay_out
from configurator.artwork.scene import Scene
from configurator.blanks.blank import Area, Blank, Detail, Food, Price, Surface
from configurator.blanks.methods import InkSpec, Method
from configurator.blanks.shop import Font, Shipping, Shop
from configurator.options.model import Configuration, Mix, Model, OneOf, Option, Part, Value

FONTS = (
    Font("archivo", "Archivo", "fontpkg_archivo", "Archivo[wdth,wght].ttf", {"wght": 700}),
    Font("lobster", "Lobster", "fontpkg_lobster", "Lobster-Regular.ttf", {}),
    Font("rubik", "Rubik", "fontpkg_rubik", "Rubik[wght].ttf", {"wght": 500}),
    Font("noto", "Noto Sans", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", {"wght": 600}, offered=False),
    Font("arabic", "Arabic", "fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf", {}, offered=False),
    Font("deva", "Devanagari", "fontpkg_noto_sans_devanagari", "NotoSansDevanagari[wdth,wght].ttf", {}, offered=False),
    Font("thai", "Thai", "fontpkg_noto_sans_thai", "NotoSansThai[wdth,wght].ttf", {}, offered=False),
)
INKS = (
    InkSpec("navy", "Navy", "#1f2a63", (1, 0.9, 0.2, 0.2)),
    InkSpec("coral", "Coral", "#ee5a3b", (0, 0.78, 0.8, 0)),
    InkSpec("gold", "Gold foil", "#c9a14a", (0.2, 0.35, 0.8, 0.1), "GoldFoil", "foil"),
    InkSpec("burn", "Engraved", "#4a2c12", (0, 0, 0, 1), "Laser", "engraved"),
)
PRINT = Method("print", "Sublimation", INKS, least_text_mm=2.0, least_stroke_mm=0.3, output="print")
SHOP = Shop(
    *("Lot One", "Lot One GmbH", "Kai 1, Bremen", "a@example.org", "DE1", "EUR", "en", "DE", "Europe/Berlin"),
    taxes={},
    shipping=Shipping("Parcel", 490, None, 2),
    facilities=(),
    methods={"print": PRINT},
    fonts=FONTS,
    components={},
    changeovers={},
    batch_pieces=24,
    categories={},
)
FLAT = Surface("flat", box=(50, 40, 400, 160))
QUAD = Surface("quad", corners=((60, 40), (440, 70), (430, 260), (80, 240)))
CYLINDER = Surface("cylinder", box=(70, 100, 320, 315), radius_mm=41, facing_mm=100, bow=26)
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 520">
  <defs><linearGradient id="glaze"><stop offset="0" stop-color="{body}"/></linearGradient>
    <clipPath id="wall"><rect width="560" height="520"/></clipPath></defs>
  <rect width="560" height="520" fill="url(#glaze)"/>
  <path id="rim" d="M0 0h10" stroke="#c9a14a" data-when="rim = gold"/>
  <use href="#rim" data-when="rim = gold"/>
  <g clip-path="url(#wall)"><g data-area="wrap"></g></g>
</svg>"""
SUN = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M5 20A15 15 0 0 1 35 20Z" fill="ink-1"/>
<path d="M20 1V4" fill="none" stroke="ink-2" stroke-width="2" stroke-linecap="round"/></svg>"""
RIM = Option("rim", "Rim", "taste", OneOf((Value("plain", "Plain"), Value("gold", "Gold")), "plain"))
PLAIN: Configuration = {"rim": "plain"}


@lru_cache(maxsize=1)
def book() -> FontBook:
    return FontBook(FONTS)


def area(**parts: object) -> Area:
    usual: dict[str, object] = {
        "key": "wrap",
        "label": "All round",
        "size_mm": (200.0, 85.0),
        "bleed_mm": 2.0,
        "safe_mm": 3.0,
        "method": "print",
        "surface": CYLINDER,
    }
    return Area(**{**usual, **parts})  # type: ignore[arg-type]  # parts are the area's own fields


def blank(*areas: Area, drawing: str = DRAWING, shapes: dict[str, str] | None = None) -> Blank:
    return Blank(
        *("mug", "v1", "Mug", "Printed", "kitchen", "mug"),
        least=1,
        most=100,
        tax="standard",
        weight_g=340,
        size_mm=(82.0, 96.0),
        body=(70, 92, 320, 372),
        barcode="4262000330017",
        drawing=drawing,
        paints={"body": "#ffffff"},
        model=Model((RIM,)),
        details={("rim", "gold"): Detail(paint={"body": "#fff4d0"})},
        uses={},
        areas=areas or (area(),),
        templates=(),
        shapes={"sun": SUN} if shapes is None else shapes,
        price=Price(1340),
        operations=(),
    )


def muesli(kinds: int, *, size_mm: tuple[float, float]) -> tuple[Blank, Configuration]:
    """A tin whose facts area holds the legal text of a mix of so many kinds."""
    parts = tuple(Part(f"k{i}", f"Roasted hazelnut {i}") for i in range(kinds))
    grams = tuple((part.key, 500 // kinds) for part in parts)
    plain = blank(area(key="facts", size_mm=size_mm, auto="food", safe_mm=2.0))
    option = Option("mix", "Mix", "taste", Mix(parts, 500, 5, 1, 40, grams))
    food = Food("Muesli", 180, "the lid", "Keep dry.", "mix", "Lot One, Bremen")
    fields = {name: getattr(plain, name) for name in plain.__dataclass_fields__}
    details = {("mix", part.key): Detail(allergens=("hazelnuts",)) for part in parts}
    return Blank(**{**fields, "model": Model((option,)), "food": food, "details": details}), {"mix": grams}


def text(words: str, **parts: object) -> Text:
    usual: dict[str, object] = {
        "area": "wrap",
        "text": words,
        "font": "archivo",
        "size_mm": 10.0,
        "ink": "navy",
        "x_mm": 100.0,
        "y_mm": 45.0,
    }
    return Text(**{**usual, **parts})  # type: ignore[arg-type]  # parts are the text's own fields


def sun(**parts: object) -> Shape:
    usual: dict[str, object] = {
        "area": "wrap",
        "shape": "sun",
        "width_mm": 40.0,
        "inks": ("coral", "navy"),
        "x_mm": 100.0,
        "y_mm": 40.0,
    }
    return Shape(**{**usual, **parts})  # type: ignore[arg-type]  # parts are the shape's own fields


def scene(*elements: Element, on: Area | None = None) -> Scene:
    return lay_out(elements, blank(*([on] if on else [])), PLAIN, SHOP, book())[0]

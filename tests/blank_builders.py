"""A gift with everything a blank can have, in code: every kind of option, three areas, a template, food, tiers."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from configurator.blanks.blank import (
    Area,
    Blank,
    Detail,
    Field,
    Operation,
    Price,
    ShapeSpec,
    Surface,
    Template,
    TextSpec,
    Tier,
)
from configurator.blanks.methods import InkSpec, Method
from configurator.blanks.shop import Font, Shop
from configurator.options.model import Mix, Model, Number, OneOf, Option, Part, Rule, SomeOf, Value
from tests.builders import a_blank, a_shop

INSIDE = OneOf((Value("white", "White"), Value("coral", "Coral", 40)), "white")
RIM = OneOf((Value("plain", "Plain"), Value("gold", "Gold", 320)), "plain")
CARE = SomeOf((Value("dishwasher", "Dishwasher-safe"), Value("microwave", "Microwave-safe")), 0, 2)
EXTRAS = SomeOf((Value("lid", "Cork lid", 290), Value("box", "Gift box", 190), Value("card", "Card", 90)), 0, 2)
PAGES = Number(24, 240, 8, "pages", 96, 6)
MIX = Mix(
    (Part("oats", "Oat flakes", 61), Part("nuts", "Hazelnuts", 163), Part("honey", "Honey", 97)),
    500,
    25,
    2,
    3,
    (("oats", 400), ("honey", 100)),
)


def a_gift(**changes: Any) -> Blank:
    """A mug with a booklet and a mix: 13.40; print on the wrap 2.50, on the card 1.00."""
    gift = a_blank(
        "gift",
        "Gift, 330 ml",
        model=Model(
            (
                Option("inside", "Inside", "taste", INSIDE),
                Option("rim", "Rim", "taste", RIM),
                Option("care", "Care", "taste", CARE),
                Option("extras", "With it", "equipment", EXTRAS),
                Option("pages", "Pages", "taste", PAGES),
                Option("mix", "Your mix", "taste", MIX),
            ),
            (Rule("Gold is metal and sparks in a microwave.", "rim = gold", "not care.microwave"),),
        ),
        details={
            ("rim", "gold"): Detail(uses={"gold-leaf": 2}, adds=("gild",)),
            ("extras", "box"): Detail(uses={"box-{inside}": 1}),
            ("mix", "oats"): Detail(uses={"oats-g": 1}),
            ("mix", "nuts"): Detail(uses={"nuts-g": 1}),
            ("mix", "honey"): Detail(uses={"honey-mg": 1000}),
        },
        uses={"mug-{inside}": 1, "page-{pages}": 1},
        areas=(
            Area("wrap", "All round", (200, 80), 2, 3, "sublimation", Surface("flat"), price=250, most_texts=3),
            Area("card", "Card", (90, 50), 2, 3, "laser", Surface("flat"), price=100, adds=("engrave",)),
            Area("label", "Label", (60, 40), 1, 2, "laser", Surface("flat"), backdrop="paper-{inside}", auto="food"),
        ),
        templates=(
            Template(
                "best",
                "World’s best",
                (Field("name", "Name", 12, "Ana"), Field("year", "Year", 4, "2026")),
                (
                    TextSpec("wrap", "WORLD’S BEST {name}", "Rubik", 9, (100, 30), "navy", arc_mm=60),
                    TextSpec("card", "{name}, {year} {x}", "Rubik", 6, (45, 25), "black", fit_mm=80),
                    ShapeSpec("wrap", "heart", 12, (100, 60), ("navy",)),
                ),
            ),
        ),
        shapes={"heart": "<svg/>", "star": "<svg/>", "paper-white": "<svg/>", "paper-coral": "<svg/>"},
        price=Price(1340, (Tier(10, Decimal("7.5")), Tier(25, Decimal(15)), Tier(50, Decimal(22)))),
        operations=(
            Operation("Print", "printer", "transfer-paper", 4, 0.5),
            Operation("Press", "press", "mug-{inside}", 6, 2.0, leads=True),
            Operation("Gild", "bench", "gilding-{care}", 0, 3.0, key="gild"),
            Operation("Engrave", "bench", "laser-{mix}", 0, 1.0, key="engrave"),
        ),
    )
    return replace(gift, **changes)


def a_gift_shop() -> Shop:
    """The shop of the gift: two methods with two inks each, two faces to choose and one that steps in."""
    navy, red = InkSpec("navy", "Navy", "#12204a", (1, 0.8, 0.2, 0.4)), InkSpec("red", "Red", "#c03020", (0, 1, 1, 0))
    black, white = (
        InkSpec("black", "Black", "#000000", (0, 0, 0, 1)),
        InkSpec("white", "White", "#ffffff", (0, 0, 0, 0)),
    )
    return a_shop(
        methods={
            "sublimation": Method("sublimation", "Sublimation", (navy, red), 2, 0.2, "print"),
            "laser": Method("laser", "Laser", (black, white), 3, 0.1, "laser"),
        },
        fonts=(
            Font("Rubik", "Rubik Bold", "rubik", "Rubik.ttf", {}),
            Font("Lobster", "Lobster", "lobster", "Lobster.ttf", {}),
            Font("Noto", "Noto", "noto", "Noto.ttf", {}, offered=False),
        ),
    )

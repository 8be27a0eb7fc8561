"""Models of a mug, a book and a muesli, as makers write them, for tests that read like the shop."""

from configurator.options.model import Mix, Model, Number, OneOf, Option, Part, Rule, SomeOf, Value

INSIDE = Option("inside", "Inside", "taste", OneOf((Value("white", "White"), Value("coral", "Coral", 40)), "white"))
RIM = Option("rim", "Rim", "taste", OneOf((Value("plain", "Plain"), Value("gold", "Gold", 320)), "plain"))
CARE = Option(
    "care",
    "Care",
    "taste",
    SomeOf((Value("dishwasher", "Dishwasher-safe"), Value("microwave", "Microwave-safe")), 0, 2),
)
EXTRAS = Option(
    "extras",
    "With it",
    "equipment",
    SomeOf(
        (
            Value("lid", "Cork lid", 290, {"weight": 3}),
            Value("box", "Gift box", 190, {"weight": 6}),
            Value("card", "Card", 90, {"weight": 1}),
        ),
        0,
        2,
    ),
)
PAGES = Option("pages", "Pages", "taste", Number(24, 240, 8, "pages", 96, 6))
BINDING = Option(
    "binding", "Binding", "taste", OneOf((Value("stapled", "Stapled"), Value("sewn", "Sewn", 300)), "sewn")
)
MIX = Option(
    "mix",
    "Your mix",
    "taste",
    Mix(
        (
            Part("oats", "Oat flakes", 60, {"sugar": 1}),
            Part("nuts", "Hazelnuts", 160, {"sugar": 4}),
            Part("milk", "Milk chocolate", 180, {"sugar": 50}),
            Part("honey", "Honey", 90, {"sugar": 80}),
        ),
        500,
        25,
        2,
        4,
        (("oats", 400), ("honey", 100)),
    ),
)
VEGAN = Option("vegan", "Vegan", "taste", OneOf((Value("no", "No"), Value("yes", "Yes")), "no"))

GOLD = Rule("Gold is metal and sparks in a microwave.", "rim = gold", "not care.microwave")
STAPLES = Rule("Staples hold 48 pages.", "binding = stapled", "pages <= 48")
NO_MILK = Rule("Milk and honey are not vegan.", "vegan = yes", "not (mix.milk or mix.honey)")
FEW_NUTS = Rule("More than 100 g of nuts turn rancid.", None, "mix.nuts <= 100")

MUG = Model((INSIDE, RIM, CARE, EXTRAS), (GOLD,))
BOOK = Model((PAGES, BINDING), (STAPLES,))
MUESLI = Model((MIX, VEGAN), (NO_MILK, FEW_NUTS))

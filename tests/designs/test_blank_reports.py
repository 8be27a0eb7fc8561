"""What a maker is told of a blank: counted exactly, with everything that customers would stumble over."""

from configurator.blanks.blank import Blank
from configurator.blanks.catalogue import Catalogue
from configurator.designs.blank_reports import BlankReport, blank_report, blank_reports, budget_line, report_lines
from configurator.money import Currency
from configurator.options.answer import EngineFacts
from configurator.options.model import Model, Number, OneOf, Option, Rule, SomeOf, Value
from tests.builders import a_blank, a_shop

COLOUR = Option("colour", "Colour", "taste", OneOf((Value("white", "White"), Value("red", "Red", 120)), "white"))
SIZE = Option("size", "Size", "taste", OneOf((Value("s", "S"), Value("m", "M"), Value("l", "L", 200)), "m"))
PAGES = Option("pages", "Pages", "design", Number(8, 24, 8, "pages", 8, 10))
EXTRAS = Option("extras", "With it", "equipment", SomeOf((Value("lid", "Lid", 290), Value("box", "Box", 90)), 0, 2))
LARGE_RED = Rule("Large ones are red only.", when="size = l", require="colour = red")


def reported(*options: Option, rules: tuple[Rule, ...] = ()) -> BlankReport:
    blank = a_blank("cup", "Cup", model=Model(options, rules))
    return blank_report(blank, Catalogue(a_shop(), {"cup": blank}))


def text(*blanks: Blank) -> list[str]:
    catalogue = Catalogue(a_shop(), {blank.key: blank for blank in blanks})
    return list(report_lines(blank_reports(catalogue), Currency()))


def test_products_are_counted_over_every_kind_of_option() -> None:
    report = reported(COLOUR, SIZE, PAGES, EXTRAS, rules=(LARGE_RED,))
    assert report.products == (2 * 3 - 1) * 3 * 4


def test_cheapest_and_dearest_keep_to_the_rules_and_cost_what_a_customer_would_pay() -> None:
    report = reported(COLOUR, SIZE, PAGES, EXTRAS, rules=(LARGE_RED,))
    assert report.dearest.price - report.cheapest.price == 120 + 200 + 16 * 10 + 290 + 90
    assert dict(report.dearest.chosen)["Colour"] == "Red"
    assert dict(report.cheapest.chosen) == {"Colour": "White", "Size": "M", "Pages": "8 pages", "With it": "none"}


def test_a_rule_without_effect_is_named_by_its_place_and_sentence() -> None:
    again = Rule("Large and white do not go together.", require="not (size = l and colour = white)")
    report = reported(COLOUR, SIZE, rules=(Rule("Nothing.", require="size != l or size = l"), LARGE_RED, again))
    assert [(rule.number, rule.because) for rule in report.idle] == [
        (1, "Nothing."),
        (2, "Large ones are red only."),
        (3, "Large and white do not go together."),
    ]
    assert [rule.number for rule in reported(COLOUR, SIZE, rules=(LARGE_RED,)).idle] == []


def test_an_option_that_every_product_sets_the_same_is_told_with_the_reason() -> None:
    report = reported(COLOUR, SIZE, rules=(Rule("We are out of white.", require="colour = red"),))
    assert [(each.option, each.chosen, each.because) for each in report.settled] == [
        ("Colour", "Red", ("We are out of white.",))
    ]


def test_the_terminal_shows_all_of_it_a_blank_after_the_other() -> None:
    cup = a_blank("cup", "Cup", model=Model((COLOUR, SIZE), (LARGE_RED,)))
    bare = a_blank("bare", "Bare", model=Model((), ()))
    lines = text(cup, bare)
    assert lines[0].startswith("cup: Cup: 2 options, 1 rule, 5 products before artwork, ")
    assert any(line.startswith("  cheapest €") and "Colour White, Size M" in line for line in lines)
    assert any("to a circuit of" in line for line in lines)
    assert any("1 product before artwork" in line for line in lines)
    assert lines[-1] == "2 blanks, nothing to correct."


def test_what_is_over_the_budget_is_said_to_be_answered_by_search() -> None:
    facts = EngineFacts(variables=9, rules=3, nodes=0, edges=0, compile_cpu_s=20.0, over_budget=("Colour", "Size"))
    assert "“Colour”, “Size” are answered by search instead, correctly" in budget_line(facts)
    assert budget_line(EngineFacts(9, 3, 5, 6, 0.1)) == ""

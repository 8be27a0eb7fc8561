"""Rules as makers write them: what is understood, and how a mistake is told."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.options.compiling import Engine
from configurator.options.conditions import condition_holds
from configurator.options.formula import holds
from configurator.options.model import Model, OneOf, Option, Rule, Value
from configurator.options.resolving import resolved, resolved_expression
from configurator.options.rules import RuleFault, parsed
from tests.options.shop_models import BOOK, MUESLI, MUG
from tests.options.small_models import Small, small_models

EVERYTHING = Model((*MUG.options, *BOOK.options, *MUESLI.options))
PRODUCT = {
    "inside": "coral",
    "rim": "gold",
    "care": frozenset({"dishwasher"}),
    "extras": frozenset({"lid", "box"}),
    "pages": 96,
    "binding": "sewn",
    "mix": (("oats", 400), ("honey", 100)),
    "vegan": "no",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rim = gold", True),
        ("gold = rim", True),
        ("rim != gold", False),
        ('rim = "gold"', True),
        ("rim in (plain, gold)", True),
        ("not rim in (plain, gold)", False),
        ("care.dishwasher and not care.microwave", True),
        ("rim = plain or rim = gold and care.microwave", False),
        ("(rim = plain or rim = gold) and care.dishwasher", True),
        ("not rim = plain and not care.microwave", True),
        ("pages <= 96 and pages >= 96 and pages = 96", True),
        ("pages < 96 or pages > 96 or pages != 96", False),
        ("pages in (48, 96)", True),
        ("48 < pages", True),
        ("mix.oats", True),
        ("mix.nuts", False),
        ("mix.oats >= 400 and mix.honey < mix.oats", True),
        ("sum(extras.weight) = 9", True),
        ("sum(extras.weight) > 9", False),
        ("sum(mix.sugar) = 84", True),
        ("sum(mix.sugar) < 84", False),
        ("sum(extras.weight) < pages", True),
        ("pages + mix.nuts - 6 = 90", True),
        ("pages - 100 < -4 + 0", False),
        ("100 - pages >= mix.nuts + 5", False),
        ("sum(extras.weight) + pages = 105", True),
    ],
)
def test_a_rule_means_what_it_says(text: str, expected: bool) -> None:
    assert holds(resolved_expression(text, EVERYTHING), PRODUCT) is expected
    if "sum" not in text:
        assert condition_holds(text, PRODUCT) is expected


@pytest.mark.parametrize(
    ("text", "column", "told"),
    [
        ("", 1, "Expected an option, a value or a number, found the end."),
        ("rim =", 6, "Expected an option, a value or a number, found the end."),
        ("rim = gold gold", 12, "Expected “and”, “or” or the end, found “gold”."),
        (
            "rim = gold AND pages = 48",
            12,
            "Expected “and”, “or” or the end, found “AND”. Write it in small letters: “and”.",
        ),
        (
            "rim = gold, pages = 48",
            11,
            "Expected “and”, “or” or the end, found “,”. Join two conditions with “and” or “or”",
        ),
        ("pages <= 48 mm", 13, "Expected “and”, “or” or the end, found “mm”. A number stands without its unit."),
        (
            "pages * pages <= 48",
            1,
            "One of the two that “*” joins is a number, as in 2 * depth.",
        ),
        ("2000 * pages <= 48", 1, "An amount is taken at most 1,000 times."),
        ("2 * 3 * pages <= 48", 1, "One of the two that “*” joins is a number, as in 2 * depth."),
        ("pages / 2 <= 48", 7, "“/” has no meaning in a rule. Multiply the other side instead, as in 2 * depth"),
        ("pages + rim <= 48", 9, "“rim” is no number. It has one of several values: write rim = plain."),
        ("pages + <= 48", 9, "Expected an option, a value or a number, found “<=”."),
        ("pages -8 <= 48", 7, "Expected = != < <= > >= or “in”, found “-8”. Write spaces around “-” to subtract."),
        ("48 >= pages -8", 13, "Expected “and”, “or” or the end, found “-8”. Write spaces around “-” to subtract."),
        ("pages -(8) <= 48", 7, "“-” has no meaning in a rule. It stands between two amounts, with a space on both"),
        ("pages + 8 in (24, 48)", 11, "Expected = != < <= > >="),
        ("rim = pages + 1", 1, "Values are compared with = or !=, amounts with numbers."),
        ("1 + 2 < 4", 1, "A comparison names at least one option."),
        ("rim == gold", 6, "Write one “=”."),
        ("rim not in (gold)", 5, "Write “not” before what it turns round"),
        ("pages <= 90.5", 10, "Numbers in a rule are whole."),
        ("pages <= " + "9" * 5_000, 10, "A number may have 15 digits."),
        ("rim = " + "x" * 5_000, 7, "A name or value may be 200 characters long."),
        ('rim = "gold', 7, '“"” has no meaning in a rule. It needs a second one'),
        ("care.microwave = 1", 1, "“care.microwave” is no amount. Write care.microwave, or not care.microwave."),
        ("sum(pages.kg) < 3", 1, "“pages” has no fact “kg”. It is a number: write pages <= "),
        ("rim & gold", 5, "“&” has no meaning in a rule. Write “and”."),
        ("(rim = gold", 12, "Expected “)”, found the end."),
        ("rim", 4, "Expected = != < <= > >= or “in”, found the end."),
        ("rim in gold", 8, "Expected “(”, found “gold”."),
        ("24 <= pages <= 96", 13, "Expected “and” before another comparison, found “<=”."),
        ("sum(extras) < 3", 11, "Expected “.” and a fact, as in sum(parts.weight), found “)”."),
        ("rimm = gold", 1, "There is no option “rimm”. Did you mean “rim”?"),
        ("rim = golt", 7, "“rim” has no value “golt”. Did you mean “gold”?"),
        ("rim = xyz", 7, "“rim” has no value “xyz”. There are: plain, gold."),
        ("rim.gold", 1, "“rim” has no members. It has one of several values: write rim = plain."),
        ("care.oven", 1, "“care” has no member “oven”. There are: dishwasher, microwave."),
        ("care = dishwasher", 1, "“care” is no number. It has several of many: write care.dishwasher."),
        ("pages = many", 9, "There is no option “many”."),
        ("rim < 3", 1, "Values are compared with = or !=, amounts with numbers."),
        ("sum(extras.wieght) < 3", 1, "“extras” has no fact “wieght”. Did you mean “weight”?"),
        ("3 < 4", 1, "A comparison names at least one option."),
        ("not " * 60 + "rim = gold", 201, "This rule is nested too deeply. Split it into several."),
        ("x" * 100_001, 100_001, "A rule may be 100,000 characters long."),
    ],
)
def test_a_mistake_is_told_with_its_column_and_what_was_expected(text: str, column: int, told: str) -> None:
    with pytest.raises(RuleFault) as fault:
        resolved_expression(text, EVERYTHING)
    assert fault.value.sentence.startswith(told)
    assert fault.value.column == column


def test_two_options_can_be_asked_to_be_alike() -> None:
    front = Option("front", "Front", "design", OneOf((Value("navy", "Navy"), Value("red", "Red")), "navy"))
    back = Option("back", "Back", "design", OneOf((Value("red", "Red"), Value("sun", "Sun")), "sun"))
    model = Model((front, back), (Rule("Both sides in one go.", None, "front = back"),))
    assert Engine(model).count() == 1
    assert Engine(model).answer({}).configuration == {"front": "red", "back": "red"}
    assert Engine(Model((front, back), (Rule("Two inks.", None, "front != back"),))).count() == 3


def test_a_table_allows_its_rows_and_nothing_else() -> None:
    rule = Rule("So.", columns=("rim", "care.microwave"), allow=(("plain", "*"), (("gold",), ("no",))))
    formula = resolved(rule, MUG)
    assert holds(formula, {"rim": "plain", "care": frozenset({"microwave"})})
    assert holds(formula, {"rim": "gold", "care": frozenset()})
    assert not holds(formula, {"rim": "gold", "care": frozenset({"microwave"})})


@pytest.mark.parametrize(
    ("rule", "column"),
    [
        (Rule("So.", columns=("rim", "colour"), allow=(("*", "*"),)), 2),
        (Rule("So.", columns=("rim", "care"), allow=(("*", "*"),)), 2),
        (Rule("So.", columns=("rim",), allow=(("golt",),)), 1),
        (Rule("So.", columns=("rim", "inside"), allow=(("gold",),)), 2),
        (Rule("So.", columns=("pages",), allow=(("24",), ("many",))), 1),
        (Rule("So.", columns=("pages",), allow=(("9" * 5_000,),)), 1),
        (Rule("So.", columns=("care.microwave",), allow=(("maybe",),)), 1),
        (Rule("So.", when="rim = gold"), 1),
    ],
)
def test_a_mistake_in_a_table_names_its_column(rule: Rule, column: int) -> None:
    with pytest.raises(RuleFault) as fault:
        resolved(rule, EVERYTHING)
    assert fault.value.column == column
    assert fault.value.row in (None, len(rule.allow))


def test_a_display_condition_about_something_else_does_not_hold() -> None:
    assert condition_holds("glaze = matt", PRODUCT) is False
    assert condition_holds("glaze != matt", PRODUCT) is True
    assert condition_holds("pages < 10 or glaze.matt", PRODUCT) is False
    with pytest.raises(RuleFault, match="sum"):
        condition_holds("sum(extras.weight) < 3", PRODUCT)


@given(small_models(rules=3))
def test_resolved_rules_and_the_predicates_they_stand_for_agree(small: Small) -> None:
    for rule, demand in zip(small.model.rules, small.demands, strict=False):
        formula = resolved(rule, small.model)
        assert all(holds(formula, x) == demand.holds(x) for x in small.everything)


@given(st.text(st.sampled_from("ab .()=<>!,'\"0-9nortinsum"), max_size=40) | st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        parsed(text)
    except RuleFault as fault:
        assert 1 <= fault.column <= len(text) + 1


def test_the_rules_and_mistakes_in_the_makers_manual_are_as_it_says() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "rules.md").read_text()
    examples = [
        rule for block in re.findall(r"```toml\n(.*?)```", manual, re.S) for rule in tomllib.loads(block)["rule"]
    ]
    assert len(examples) == 6
    for example in examples:
        rows = tuple(
            tuple(cell if isinstance(cell, str) else tuple(cell) for cell in row) for row in example.pop("allow", ())
        )
        resolved(Rule(**{**example, "columns": tuple(example.get("columns", ())), "allow": rows}), EVERYTHING)
    mistakes = re.findall(r"^\| `(.*)` \| column (\d+): (.*) \|$", manual, re.M)
    assert len(mistakes) == 10
    for text, column, told in mistakes:
        with pytest.raises(RuleFault) as fault:
            resolved_expression(text, EVERYTHING)
        assert (str(fault.value.column), fault.value.sentence) == (column, told)

"""Whatever stands in a file of rules: a sentence with its place, never a stack trace."""

import re
from dataclasses import replace

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from configurator.blanks.faults import Fault
from configurator.blanks.reading_blank import read_blank
from configurator.blanks.reading_shop import read_shop
from configurator.blanks.sheet import sheet_of
from configurator.blanks.shop import Shop as SmallShop
from configurator.blanks.table import Table
from configurator.options.compiling import Engine
from configurator.options.coom import coom_model
from configurator.options.coom_words import CoomFault
from configurator.options.dimacs import DimacsFault, read_dimacs
from configurator.options.dimacs_model import formula_model
from configurator.options.model import Model
from configurator.options.resolving import resolved_expression
from configurator.options.rules import RuleFault
from tests.blanks.rich_cup import OPTIONS, cup
from tests.blanks.rich_cup import RULES as RICH_RULES
from tests.blanks.small_shop import Shop
from tests.effort import examples
from tests.options.shop_models import BINDING, CARE, EXTRAS, INSIDE, MIX, PAGES, RIM, VEGAN
from tests.options.test_coom import BIKE

EVERYTHING = Model((INSIDE, RIM, CARE, EXTRAS, PAGES, BINDING, MIX, VEGAN))
RULES = """rim = gold and not care.microwave or pages <= 48 sum(extras.weight) < pages in (24, 96) mix.nuts != 0
vegan=yes >= ( ) , . " ' - -1 99999999999999999999 sum mix extras.lid inside != white and or not in é ☃ \x00 [ & | !
+ + - - pages"""
FORMULA = "c 1 a\np cnf 4 3\n1 -2 0\n2 3 -4 0\n-1 0\n%\n0 00 -0 -- x p c cnf 99999999999999999999 ² -5 \x00"
SHIRT_WORDS = """product structure enumeration behavior { } ( ) [ ] ; , . .. -*- = == != < >= && || ! + - * / ^ # 2x 3
0..* 1.5 condition require combinations allow forbid explanation "why" default imply define minimize num string Bool
Color color sum( count( True // /* */ ' " \\ é ☃ \x00 99999999999999999999 0-9 wheels[0] wheels[9] basket.color"""

RULE = "rim = gold and (not care.microwave or pages <= 48)"

often = examples(400)


def words(text: str) -> st.SearchStrategy[str]:
    """Its words in any order and number."""
    return st.lists(st.sampled_from(text.split()), max_size=14).map(" ".join)


@st.composite
def changed(draw: st.DrawFn, text: str, strange: str) -> str:
    """A text with a few of its words left out, doubled, moved or replaced by strange ones."""
    parts = re.split(r"(\s+|\b)", text)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(parts) - 1))
        how = draw(st.sampled_from(("drop", "double", "move", "replace", "letter")))
        part = parts[at]
        if how == "replace":
            parts[at] = draw(st.sampled_from(strange.split()))
        elif how == "letter":
            parts[at] = part[:1] + draw(st.characters(codec="utf-8")) + part[1:]
        elif how == "double":
            parts.insert(at, part)
        else:
            parts.pop(at)
            if how == "move":
                parts.insert(draw(st.integers(0, len(parts))), part)
    return "".join(parts)


FEW = st.integers(0, 12).map(str)


@st.composite
def reworded(draw: st.DrawFn, text: str) -> str:
    """A text with a few numbers and words exchanged for others of their kind: most of these can still be read."""
    for _ in range(draw(st.integers(1, 3))):
        places = list(re.finditer(draw(st.sampled_from((r"\b\d+\b", r"\b[a-z]+(?:-[a-z]+)*\b"))), text))
        found = draw(st.sampled_from(places))
        other = draw(FEW) if found.group().isdecimal() else draw(st.sampled_from(places)).group()
        text = text[: found.start()] + other + text[found.end() :]
    return text


def is_sentence(text: str) -> None:
    assert text[:1].isupper() or text[:1] == "“"
    assert text.rstrip()[-1] in ".?!…”"


@often
@given(
    st.one_of(words(RULES), st.text(max_size=40), changed("rim = gold and (not care.microwave or pages <= 48)", RULES))
)
def test_a_rule_is_read_or_told_with_its_column(text: str) -> None:
    try:
        resolved_expression(text, EVERYTHING)
    except RuleFault as fault:
        assert 1 <= fault.column <= len(text) + 1
        is_sentence(fault.sentence)


@st.composite
def formulas(draw: st.DrawFn) -> str:
    """Clauses with a few words changed, under a header that mostly still counts them right."""
    clauses = draw(changed("1 -2 0\n2 3 -4 0\n-1 5 0\n4 -5 -3 1 0\n-2 -2 0\n", "0 0 -- x 6 -6 5 -4 3 -2 1 ² 1.5 +2"))
    count = draw(st.sampled_from((clauses.count(" 0"), clauses.count(" 0"), 5)))
    return f"c 1 a\np cnf {draw(st.integers(4, 6))} {count}\n{clauses}"


@often
@given(st.one_of(words(SHIRT_WORDS), st.text(max_size=60), changed(BIKE, SHIRT_WORDS), reworded(BIKE)))
def test_a_coom_product_is_read_or_told_with_line_and_column(text: str) -> None:
    try:
        model = coom_model(text)
    except CoomFault as fault:
        event("refused before")
        assert 1 <= fault.place.line <= text.count("\n") + 1
        assert 1 <= fault.place.column <= len(text) + 1
        assert fault.sentence.startswith(f"Line {fault.place.line}, column {fault.place.column}: ")
        is_sentence(fault.sentence)
    else:
        count = Engine(model).count()
        assert count is not None
        assert count >= 0


@often
@given(st.one_of(words(FORMULA), st.text(max_size=60), changed(FORMULA[:40], FORMULA), formulas()))
def test_a_formula_is_read_or_told_with_its_line(text: str) -> None:
    try:
        dimacs = read_dimacs(text)
    except DimacsFault as fault:
        assert 1 <= fault.line <= max(1, len(text.splitlines()))
        is_sentence(fault.sentence)
    else:
        if 0 < dimacs.cnf.variables < 50:
            assert Engine(formula_model(dimacs)).count() is not None


RULE_WORDS = f'{RULES} [[rule]] because = require when columns allow [ ] "*" [[]] {{ }} 3 true "" \'\' 2026-01-01 # \n'
CUP_WORDS = (
    "height wide deep care.lid fill.honey sum(care.weight) inside outside coral white sea-blue plain gold not 2 * <"
)


def shop_of(files: dict[str, str]) -> SmallShop:
    table = Table(sheet_of(files["shop.toml"], name="shop.toml"))
    table.has("blanks")
    return replace(read_shop(table), icons={"dish": files["icons/dish.svg"]})


FILES = Shop().files
SHOP = shop_of(FILES)
COMPILED = ("can never be chosen", "leave no product", "breaks a rule", "takes too long", "adds up too much")


def cup_faults(text: str) -> list[Fault]:
    """What is told of the small shop's cup with this file."""
    sheet = sheet_of(text, name="cup/blank.toml")
    if sheet.content:
        texts = {name.removeprefix("cup/"): each for name, each in FILES.items() if name.startswith("cup/")}
        read_blank("cup", sheet, {**texts, "blank.toml": text}, SHOP)
    return sheet.faults


def reached(faults: list[Fault]) -> bool:
    """Whether options and rules were compiled: nothing was wrong, or only what the engine finds."""
    return not faults or any(words in fault.sentence for fault in faults for words in COMPILED)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """The rich cup with its options or its rules changed."""
    how = draw(st.sampled_from(("rules", "rules", "options", "words", "lines")))
    if how == "rules":
        return cup(rules=draw(reworded(RICH_RULES)))
    if how == "options":
        return cup(options=draw(reworded(OPTIONS)))
    if how == "words":
        return cup(rules=draw(changed(RICH_RULES, f"{RULE_WORDS} {CUP_WORDS}")))
    lines = RICH_RULES.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(draw(st.integers(0, len(lines) - 1))))
    return cup(rules="".join(lines))


@examples(80)
@given(spoiled())
def test_a_makers_rules_are_read_or_told_with_file_and_line(text: str) -> None:
    faults = cup_faults(text)
    event("compiled" if reached(faults) else "refused before")
    for fault in faults:
        assert fault.file.startswith("cup/")
        assert 1 <= fault.line <= text.count("\n") + 2
        is_sentence(fault.sentence)


def test_a_rule_about_a_mix_that_lost_its_parts_is_told() -> None:
    faults = cup_faults(cup(options=f"{OPTIONS.partition('of = [')[0]}of = []\n\n"))
    assert any("“fill”" in fault.sentence for fault in faults)


@pytest.mark.slow
def test_what_is_spoiled_was_sound_and_enough_of_it_is_compiled() -> None:
    assert cup_faults(cup()) == []
    seen: list[bool] = []

    @settings(max_examples=60, database=None, derandomize=True, deadline=None)
    @given(spoiled())
    def spoil(text: str) -> None:
        seen.append(reached(cup_faults(text)))

    spoil()
    assert sum(seen) > len(seen) / 4


@pytest.mark.parametrize("text", ["a" * 200_000, "(" * 5_000, "not " * 30_000, "rim = gold and " * 6_000])
def test_a_very_long_rule_is_read_or_told(text: str) -> None:
    try:
        resolved_expression(text, EVERYTHING)
    except RuleFault as fault:
        is_sentence(fault.sentence)


@pytest.mark.parametrize("text", ["product {" * 3_000, "behavior " + "{" * 3_000, "/*" * 50_000, "((" * 9_000])
def test_a_very_deep_product_is_told(text: str) -> None:
    with pytest.raises(CoomFault):
        coom_model(text)

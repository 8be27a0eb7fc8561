"""COOM products with mistakes: what is told when something cannot be read."""

import pytest

from configurator.options.coom import coom_model
from configurator.options.coom_words import CoomFault


def told(text: str) -> str:
    with pytest.raises(CoomFault) as fault:
        coom_model(text)
    return fault.value.sentence


COLOURS = "product { Color color Bool bell } enumeration Color { Red Blue }"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Line 1, column 1: There is no “product { … }” in this file."),
        ("produkt {}", "Line 1, column 1: Expected product, structure, enumeration or behavior, found “produkt”. Did"),
        (
            "product { Colr color } enumeration Color { Red }",
            "Line 1, column 11: There is no type “Colr”. Did you mean",
        ),
        ("product { Color }", "Line 1, column 17: Expected a name for the “Color”, found “}”."),
        (
            "product {\n  0..1 Bool b }",
            "Line 2, column 3: “0..1” leaves open how many there are. Only a fixed number of parts can be read,",
        ),
        ("product { 1..* Bool b }", "“1..*” leaves open how many there are."),
        ("product { 0 Bool b }", "“0” leaves open how many there are."),
        ("product { reference S s }", "“reference” features cannot be read. Write the feature where it belongs."),
        (
            "// wheels\nset frontWheel = W28",
            "Line 2, column 1: “set” says what somebody chose of a product.",
        ),
        ("product { string name }", "Line 1, column 11: “string” features cannot be read: they have no values"),
        ("product { num n }", "Line 1, column 11: “n” needs a range, such as num 0-200 n."),
        ("product { num .##/kg n }", "Line 1, column 15: Expected a unit, a range or a name, found “.”. Only whole"),
        (
            "product { S s } structure S { S s }",
            "Line 1, column 17: “S” is a part of itself, so there is no end of it.",
        ),
        (
            "product { Bool b } enumeration E { attribute num n A = (1 2) }",
            "Line 1, column 52: “A” has 2 constants for 1 attributes. Write one for each.",
        ),
        (f"{COLOURS} behavior {{ require colr = Red }}", "There is no feature “colr”. Did you mean “color”?"),
        (f"{COLOURS} behavior {{ require color = Rde }}", "“Color” has no value “Rde”. Did you mean “Red”?"),
        (f"{COLOURS} behavior {{ require color < Red }}", "“Color” has no order; compare it with = or !=."),
        (f"{COLOURS} behavior {{ require color.size = 3 }}", "“Color” has no attribute “size”. It has none."),
        (f"{COLOURS} behavior {{ require color }}", "Expected a comparison, as in color = Red."),
        (f"{COLOURS} behavior {{ require color = Red & bell }}", "“&” has no meaning here. Write “&&”."),
        (f"{COLOURS} behavior {{ requir bell }}", "found “requir”. Did you mean “require”?"),
        (f"{COLOURS} behavior {{ minimize bell }}", "“minimize” cannot be read: it does not say what may go together."),
        (
            f"{COLOURS} behavior {{ combinations (color bell) allow (Red) }}",
            "This row has 1 cells, the table 2 columns.",
        ),
        (f"{COLOURS} behavior Wheel {{ }}", "There is no structure “Wheel” in the product."),
        (
            f"{COLOURS} behavior {{ require max(color) = 1 }}",
            "“max()” cannot be read; of functions only sum() and count() can.",
        ),
        (f"{COLOURS} behavior {{ require {'!' * 50} bell }}", "This is nested too deeply."),
        (f'{COLOURS} behavior {{ explanation "open', "The text has no closing quote."),
        (
            "product { 3 S s 2 S t } structure S { Bool b } behavior { require s.b || t.b }",
            "There are several of “s.b” and of “t.b”; write which belong together, as in s[0].b and t[0].b.",
        ),
        ("product { 3 S s } structure S { Bool b } behavior { require s[3].b }", "it is counted from 0 to 2."),
        (
            "product { E e } enumeration E { x attribute num w y = (2) }",
            "Expected a value or “}”, found “attribute”. Attributes stand before the values that have them.",
        ),
        (
            "product { num 0-9 n } behavior { require n / 2 < 3 }",
            "found “/”. Of calculations only +, -, *, sum() and count()",
        ),
        ("product { num 0-9 n } behavior { require n * n < 3 }", "One of the two that “*” joins is a number, as in 2"),
        (f"{COLOURS} behavior {{ require color ⊇ Red }}", "found “⊇”."),
        (f"{COLOURS} behavior {{ exists c in color {{ require c = Red }} }}", "Write a “require” for each part that"),
        (
            "product { E e } enumeration E { attribute string ral x = ('1') } behavior { require e.ral = 1 }",
            "“ral” is a text",
        ),
        ("product { 2 Bool b } behavior { require count(b) = 2 }", "This is the same for every product."),
        (
            "product { 2 E e } enumeration E { x } behavior { require count(e.y) = 2 + sum(e.y) }",
            "There is no feature “y”.",
        ),
        ("product { E e } enumeration E { attribute string k x = (A) } behavior { require e.k = B }", "no value “B”."),
        (
            "product { E e } enumeration E { attribute string k x = (A) } behavior { require e.k < A }",
            "“k” has no order",
        ),
        (
            "product { E e } enumeration E { attribute string k x = (A) } behavior { require e.k + 1 > 2 }",
            "is no number",
        ),
        ("product { num 0-9 n } behavior { require n + m < 3 }", "column 46: There is no feature “m”. There are: n."),
        ("product { num 0-9 n } behavior { require n + 1 }", "Expected a comparison, as in color = Red."),
    ],
)
def test_a_mistake_is_told_with_line_and_column_and_what_was_expected(text: str, sentence: str) -> None:
    found = told(text)
    assert sentence in found
    assert found.startswith("Line ")

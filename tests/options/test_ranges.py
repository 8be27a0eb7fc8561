"""Of hundreds of numbers that cannot be taken a page and a maker are told ranges."""

from configurator.options.compiling import Engine
from configurator.options.model import Model, Number, Option, Rule
from configurator.options.ranges import blocked_ranges, rows_of, told_items


def test_numbers_that_follow_each_other_by_the_step_are_one_row() -> None:
    pages = Number(8, 64, 8, "pages", 8)
    assert rows_of(pages, [24, 8, 16, 48, 64, 56, 32 + 8]) == [(8, 24), (40, 64)]
    assert rows_of(pages, []) == []


def test_of_blocked_numbers_the_nearest_of_each_near_range_is_told() -> None:
    width = Option("width", "Width", "taste", Number(100, 500, 1, "mm", 200))
    rules = (
        Rule("The saw takes 450.", None, "width <= 450"),
        Rule("No jig.", None, "width < 150 or width > 160"),
        Rule("Cut off.", None, "width > 120"),
        Rule("A knot.", None, "width != 300"),
    )
    model = Model((width,), rules)
    answer = Engine(model).answer({})
    (found,) = blocked_ranges(model, answer).values()
    assert [(each.said, each.nearest) for each in found] == [("100 to 120", 120), ("150 to 160", 160), ("300", 300)]
    assert told_items(model, answer) == [("width", 120), ("width", 160), ("width", 300)]

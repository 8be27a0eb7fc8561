"""What a customer sees after a click, on models as makers write them."""

import threading
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.options.answer import Change, Dropped, Unfinished
from configurator.options.compiling import Engine, NothingPossible, compiled
from configurator.options.model import Model, OneOf, Option, Rule, SomeOf, Value
from configurator.options.recent import Recent
from tests.options.shop_models import BOOK, CARE, EXTRAS, INSIDE, MUESLI, MUG, PAGES, RIM

NUTS = "More than 100 g of nuts turn rancid."


def test_an_untouched_product_is_made_of_the_defaults() -> None:
    answer = compiled(MUG).answer({})
    assert answer.configuration == {"inside": "white", "rim": "plain", "care": frozenset(), "extras": frozenset()}
    assert answer.choices == {}
    assert dict(answer.blocked) == {}
    assert answer.dropped == ()


def test_a_gold_rim_says_why_the_microwave_is_out_and_what_giving_it_up_costs() -> None:
    """PAINS 1: “invalid configuration” without a reason, or valid values hidden."""
    blocked = compiled(MUG).answer({"rim": "gold", "inside": "coral"}).blocked["care", "microwave"]
    assert blocked.because == ("Gold is metal and sparks in a microwave.",)
    assert blocked.choices == (("rim", "gold"),)
    assert blocked.repair is not None
    assert blocked.repair.choices == {"inside": "coral", "rim": "plain", "care": frozenset({"microwave"})}
    assert blocked.repair.changes == (
        Change("care", None, frozenset({"microwave"})),
        Change("rim", "gold", "plain"),
    )
    assert blocked.repair.price == -320


def test_one_extra_too_many_offers_to_swap_the_one_that_saves_most() -> None:
    blocked = compiled(MUG).answer({"extras": frozenset({"lid", "box"})}).blocked["extras", "card"]
    assert blocked.because == ("“With it” takes at most 2.",)
    assert blocked.choices == (("extras", "lid"), ("extras", "box"))
    assert blocked.repair is not None
    assert blocked.repair.choices == {"extras": frozenset({"box", "card"})}
    assert blocked.repair.price == 90 - 290


@pytest.mark.parametrize(
    ("rule", "default", "own", "nearest"),
    [("size = l or size = xl", "s", "m", "l"), ("size = s or size = m or size = l", "3xl", "xxl", "l")],
)
def test_of_sizes_at_one_price_the_nearest_in_the_list_is_taken(
    rule: str, default: str, own: str, nearest: str
) -> None:
    sizes = OneOf(tuple(Value(key, key.upper()) for key in ("s", "m", "l", "xl", "xxl", "3xl")), default)
    model = Model(
        (Option("size", "Size", "taste", sizes), replace(INSIDE, key="colour")),
        (Rule("Coral is not made in all sizes.", "colour = coral", rule),),
    )
    engine = compiled(model)
    assert engine.answer({"colour": "coral"}).configuration["size"] == nearest
    repair = engine.repair({"size": own}, ("colour", "coral"))
    assert repair is not None
    assert repair.choices["size"] == nearest


def test_swapping_an_extra_leaves_a_colour_alone_that_no_rule_tells_from_the_usual_one() -> None:
    colours = OneOf(tuple(Value(key, key.title()) for key in ("white", "coral", "black")), "white")
    model = Model(
        (replace(INSIDE, domain=colours), EXTRAS), (Rule("None on black.", "inside = black", "not extras.lid"),)
    )
    blocked = compiled(model).answer({"inside": "coral", "extras": frozenset({"lid", "box"})}).blocked["extras", "card"]
    assert blocked.repair is not None
    assert blocked.repair.choices["inside"] == "coral"
    assert [change.option for change in blocked.repair.changes] == ["extras"]


def test_a_required_member_cannot_be_taken_off_and_says_why() -> None:
    model = Model((RIM, EXTRAS), (Rule("Gold travels in a box.", "rim = gold", "extras.box"),))
    answer = compiled(model).answer({"rim": "gold"})
    assert answer.configuration["extras"] == frozenset({"box"})
    assert answer.kept["extras", "box"].because == ("Gold travels in a box.",)
    assert ("extras", "box") not in answer.blocked


def test_a_member_left_out_can_be_the_reason() -> None:
    model = Model((RIM, EXTRAS), (Rule("Gold travels in a box.", "rim = gold", "extras.box"),))
    blocked = compiled(model).answer({"extras": frozenset({"lid"})}).blocked["rim", "gold"]
    assert blocked.choices == ()
    assert blocked.without == (("extras", "box"),)
    assert blocked.repair is not None
    assert blocked.repair.choices == {"rim": "gold", "extras": frozenset({"lid", "box"})}


def test_pages_that_staples_cannot_hold_are_no_longer_offered() -> None:
    answer = compiled(BOOK).answer({"binding": "stapled"})
    assert answer.numbers["pages"] == (24, 32, 40, 48)
    assert answer.blocked["pages", 56].because == ("Staples hold 48 pages.",)
    assert answer.configuration["pages"] == 24


def test_a_way_out_changes_a_number_no_further_than_it_must() -> None:
    repair = compiled(BOOK).answer({"pages": 96}).blocked["binding", "stapled"].repair
    assert repair is not None
    assert repair.choices == {"pages": 48, "binding": "stapled"}
    assert repair.price == -48 * 6 - 300


def test_an_option_left_one_value_says_so() -> None:
    answer = compiled(BOOK).answer({"pages": 96})
    assert dict(answer.forced) == {"binding": ("Staples hold 48 pages.",)}


def test_a_mix_that_does_not_add_up_is_told_and_the_nearest_is_shown() -> None:
    typed = (("oats", 300), ("nuts", 150))
    answer = compiled(MUESLI).answer({"mix": typed})
    sentence = "The mix adds up to 500\u00a0g: 50\u00a0g are missing."
    assert answer.unfinished == {"mix": Unfinished(typed, sentence, (("oats", 400), ("nuts", 100)))}
    assert answer.dropped == (Dropped("mix", "oats 300\u00a0g, nuts 150\u00a0g", (sentence,)),)
    assert answer.configuration["mix"] == (("oats", 400), ("nuts", 100))
    assert "mix" not in answer.choices


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ((("oats", 490), ("nuts", 10)), "“Oat flakes” goes in steps of 25\u00a0g."),
        ((("oats", 500), ("honey", 25)), "The mix adds up to 500\u00a0g: 25\u00a0g are too much."),
        ((("oats", 500),), "A mix has at least 2 kinds."),
        ((), "The mix adds up to 500\u00a0g: 500\u00a0g are missing."),
    ],
)
def test_every_fault_of_a_mix_is_named(typed: Any, sentence: str) -> None:
    answer = compiled(MUESLI).answer({"mix": typed})
    assert answer.unfinished["mix"].because == sentence
    assert sum(grams for _, grams in answer.unfinished["mix"].nearest) == 500


def test_a_mix_names_the_part_that_stands_in_the_way_and_moves_only_that() -> None:
    blocked = compiled(MUESLI).answer({"mix": (("oats", 300), ("nuts", 100), ("milk", 100))}).blocked["vegan", "yes"]
    assert blocked.choices == (("mix", "milk"),)
    assert blocked.repair is not None
    assert blocked.repair.choices["mix"] == (("oats", 400), ("nuts", 100))


def test_a_mix_against_a_rule_is_dropped_with_the_rule() -> None:
    answer = compiled(MUESLI).answer({"mix": (("oats", 300), ("nuts", 200))})
    assert answer.dropped == (Dropped("mix", "oats 300\u00a0g, nuts 200\u00a0g", (NUTS,)),)
    assert answer.unfinished == {}


def test_an_old_link_with_a_contradiction_loses_as_little_as_possible_and_says_why() -> None:
    answer = compiled(MUG).answer({"rim": "gold", "care": frozenset({"microwave"}), "inside": "coral"})
    assert len(answer.choices) == 2
    assert [dropped.because for dropped in answer.dropped] == [("Gold is metal and sparks in a microwave.",)]


@pytest.mark.parametrize(
    "choices",
    [
        {"rim": "platinum"},
        {"rim": 3},
        {"rim": None},
        {"glaze": "matt"},
        {"care": "microwave"},
        {"care": [["x"], 3]},
        {"care": frozenset({"microwave", "oven"})},
        {"inside": "<b>Zoë</b> 🎉 محمد"},
        {"extras": {"lid": 1}},
    ],
)
def test_an_unknown_value_is_dropped_and_never_an_error(choices: dict[str, Any]) -> None:
    answer = compiled(MUG).answer(choices)
    assert answer.dropped
    assert set(answer.configuration) == {"inside", "rim", "care", "extras"}


@pytest.mark.parametrize("number", [97, 10**30, -8, 24.0, True, "96", float("nan")])
def test_a_number_off_the_steps_is_dropped_and_never_an_error(number: Any) -> None:
    answer = compiled(BOOK).answer({"pages": number})
    assert [dropped.option for dropped in answer.dropped] == ["pages"]
    assert answer.configuration["pages"] == 96


@pytest.mark.parametrize(
    "mix", ["oats", 5, (("oats",),), (("oats", -25),), (("oats", 2.5),), ((3, 25),), (("tar", 500),)]
)
def test_a_mix_of_anything_is_dropped_and_never_an_error(mix: Any) -> None:
    answer = compiled(MUESLI).answer({"mix": mix})
    assert answer.dropped
    assert sum(dict(answer.configuration["mix"]).values()) == 500


def test_twenty_thousand_colours_and_25_values_in_five_options_need_no_list_of_variants() -> None:
    """PAINS 2: variants explode. Nothing here ever lists them."""
    colours = tuple(Value(f"c{number}", "Colour") for number in range(20_736))
    sizes = tuple(Value(f"s{number}", "Size") for number in range(25))
    options = [Option("colour", "Colour", "taste", OneOf(colours, "c0"))]
    options += [Option(f"o{place}", "Size", "taste", OneOf(sizes, "s0")) for place in range(5)]
    pairs = tuple(((f"s{number}",), tuple(f"s{other}" for other in range(number, 25))) for number in range(25))
    rules = tuple(
        Rule(f"Part {place + 1} is no smaller.", columns=(f"o{place}", f"o{place + 1}"), allow=pairs)
        for place in range(4)
    )
    engine = compiled(Model(tuple(options), rules))
    answer = engine.answer({"colour": "c20000", "o0": "s10", "o4": "s12"})
    assert answer.configuration["colour"] == "c20000"
    assert {value for option, value in answer.blocked if option == "o2"} == {f"s{n}" for n in range(25)} - {
        "s10",
        "s11",
        "s12",
    }
    assert answer.blocked["o4", "s9"].choices == (("o0", "s10"),)


def test_options_that_no_rule_ties_are_counted_without_listing_their_products() -> None:
    colours = tuple(Value(f"c{number}", "Colour") for number in range(144))
    members = tuple(Value(f"m{number}", "Member") for number in range(40))
    options = [Option(f"o{place}", "Part", "taste", OneOf(colours, "c0")) for place in range(20)]
    options.append(Option("some", "Some", "taste", SomeOf(members, 0, 40)))
    assert compiled(Model(tuple(options))).count() == 144**20 * 2**40


def test_a_mix_is_counted_exactly() -> None:
    two_kinds, three_kinds, four_kinds = 6 * 19, 4 * (19 * 18 // 2), 19 * 18 * 17 // 6
    assert compiled(Model((MUESLI.options[0],))).count() == two_kinds + three_kinds + four_kinds


def test_what_can_never_be_chosen_is_told_to_the_maker_with_the_rule() -> None:
    model = Model((*MUG.options,), (Rule("We have no gold.", None, "rim = plain"),))
    assert compiled(model).never() == {("rim", "gold"): ("We have no gold.",)}
    assert compiled(model).answer({}).blocked["rim", "gold"].repair is None


def test_rules_that_leave_nothing_are_named_and_only_they() -> None:
    rules = (
        Rule("Always gold.", None, "rim = gold"),
        Rule("Always white.", None, "inside = white"),
        Rule("Never gold.", None, "rim != gold"),
    )
    engine = compiled(Model((INSIDE, RIM), rules))
    assert engine.contradiction() == (rules[0], rules[2])
    assert engine.count() == 0
    with pytest.raises(NothingPossible, match="Always gold"):
        engine.answer({})


def test_the_same_model_is_compiled_once() -> None:
    assert compiled(Model((INSIDE, RIM))) is compiled(Model((INSIDE, RIM)))
    assert compiled(Model((INSIDE, RIM))) is not compiled(Model((RIM, INSIDE)))


@pytest.mark.parametrize("model", [MUG, MUESLI, BOOK])
def test_a_rehearsed_engine_answers_as_any_other(model: Model) -> None:
    rehearsed = Engine(model)
    rehearsed.rehearse()
    assert _told(rehearsed, {}) == _told(Engine(model), {})


def test_twenty_threads_get_the_answers_that_one_gets() -> None:
    wishes: list[dict[str, Any]] = [
        {"rim": rim, "care": frozenset(care), "extras": frozenset(extras)}
        for rim in ("plain", "gold")
        for care in ([], ["microwave"], ["dishwasher", "microwave"])
        for extras in ([], ["lid"], ["lid", "box"])
    ]
    alone = [_told(Engine(MUG), wish) for wish in wishes]
    shared, found = Engine(MUG), [[] for _ in range(20)]

    def visit(place: int) -> None:
        order = wishes[place % len(wishes) :] + wishes[: place % len(wishes)]
        told = {repr(wish): _told(shared, wish) for wish in order}
        found[place] = [told[repr(wish)] for wish in wishes]

    threads = [threading.Thread(target=visit, args=(place,)) for place in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(told == alone for told in found)


@given(st.lists(st.integers(0, 12), max_size=60), st.integers(1, 5))
def test_only_so_many_answers_are_remembered_the_last_used_ones(keys: list[int], most: int) -> None:
    recent: Recent[int] = Recent(most)
    made: list[int] = []
    for key in keys:
        assert recent.get(key, lambda key=key: made.append(key) or key) == key
    assert len(recent) == min(most, len(set(keys)))
    for key in list(dict.fromkeys(reversed(keys)))[:most]:
        recent.get(key, lambda key=key: pytest.fail(f"{key} was forgotten"))


def test_care_is_told_apart_from_extras() -> None:
    answer = compiled(Model((CARE, PAGES))).answer({"care": frozenset({"microwave"}), "pages": 240})
    assert answer.configuration == {"care": frozenset({"microwave"}), "pages": 240}


def _told(engine: Engine, wish: dict[str, Any]) -> tuple[Any, ...]:
    answer = engine.answer(wish)
    return answer.configuration, answer.choices, dict(answer.blocked), dict(answer.forced), answer.dropped

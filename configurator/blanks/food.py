"""The text a food label must carry, in the order and form of EU regulation 1169/2011."""

from configurator.blanks.blank import Blank, Detail, Food
from configurator.options.model import Configuration, Grams, Mix, Part


def food_label(blank: Blank, configuration: Configuration) -> tuple[str, ...]:
    """The lines of the label: name, ingredients, traces, net weight, date, storage, maker; none for what is not food.

    Articles 9 (what), 18 (ingredients in falling order of weight), 21 (allergens emphasised: in capitals),
    22 (quantities: a share for every ingredient), 23 (net quantity), 24 and annex X (where the date stands).
    No nutrition declaration: annex V, point 19 exempts small quantities sold directly by their maker.
    """
    if blank.food is None:
        return ()
    grams = _grams(configuration, blank.food)
    total = sum(amount for _, amount in grams)
    ingredients = ", ".join(_ingredient(blank, blank.food, key, amount, total) for key, amount in grams)
    return tuple(
        line
        for line in (
            blank.food.name,
            f"Ingredients: {ingredients}." if ingredients else "",
            blank.food.traces,
            f"Net weight {total} g",
            f"Best before and lot: see {blank.food.date_place}.",
            blank.food.storage,
            f"Made by {blank.food.maker}",
        )
        if line
    )


def allergens(blank: Blank, configuration: Configuration) -> tuple[str, ...]:
    """The allergens in a configured mix, each once, the heaviest ingredient's first."""
    if blank.food is None:
        return ()
    details = [_detail(blank, blank.food, key) for key, _ in _grams(configuration, blank.food)]
    return tuple(dict.fromkeys(name for detail in details for name in detail.allergens))


def _grams(configuration: Configuration, food: Food) -> Grams:
    """The mix, heaviest first; equal weights in the order of the blank."""
    chosen = configuration.get(food.net_g_option, ())
    mix = chosen if isinstance(chosen, tuple) else ()
    return tuple(sorted((part for part in mix if part[1] > 0), key=lambda part: -part[1]))


def _ingredient(blank: Blank, food: Food, key: str, amount: int, total: int) -> str:
    detail = _detail(blank, food, key)
    share = f"{amount * 100 / total:.3g} %"
    if detail.legal:
        return f"{detail.legal} {share}"
    named = f"{_part(blank, food, key).label.lower()} {share}"
    return f"{named} ({', '.join(detail.allergens).upper()})" if detail.allergens else named


def _detail(blank: Blank, food: Food, key: str) -> Detail:
    return blank.details.get((food.net_g_option, key), Detail())


def _part(blank: Blank, food: Food, key: str) -> Part:
    """The mix's part; a part the blank no longer has is named by its key."""
    domains = [option.domain for option in blank.model.options if option.key == food.net_g_option]
    parts = domains[0].parts if domains and isinstance(domains[0], Mix) else ()
    return next((part for part in parts if part.key == key), Part(key, key))

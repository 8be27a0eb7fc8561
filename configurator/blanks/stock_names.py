"""What staff read of stock: a component made for values of options is called as the blank calls those values."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from configurator.blanks.blank import Blank
from configurator.blanks.draft import NAMED
from configurator.blanks.shop import Component, Shop
from configurator.options.model import Mix, Number, Option


def called_as_in_blanks(shop: Shop, blanks: Mapping[str, Blank]) -> Shop:
    """The shop with `T-shirt, Sun yellow, 2XL` for `T-shirt, sun, xxl`: `{colour}` in a component's label is the label
    of that value, where a blank that takes the component from stock has an option of that name, or a value that takes
    it and is called so (`{part}` of a mix). A word that no blank has stays as it is in shop.toml."""
    named = {key: replace(each, label=_label(each, blanks)) for key, each in shop.components.items()}
    return replace(shop, components=named)


def _label(component: Component, blanks: Mapping[str, Blank]) -> str:
    if not component.words:
        return component.label
    said = {name: next(_said(component, name, blanks), word) for name, word in component.words.items()}
    return component.pattern.format(**said)


def _said(component: Component, name: str, blanks: Mapping[str, Blank]) -> Iterator[str]:
    word = component.words[name]
    for blank in blanks.values():
        taking = {pair for pair, detail in blank.details.items() if _takes(detail.uses, component)}
        everywhere = _takes(blank.uses, component)
        for option in blank.model.options:
            if (option.key, word) in taking or (option.key == name and (everywhere or taking)):
                yield from (label for key, label in _values(option) if key == word)


def _takes(uses: Mapping[str, int], component: Component) -> bool:
    """By its own key, or by the one with braces."""
    words = component.words
    return any(NAMED.sub(lambda found: words.get(found[1], found[0]), key) == component.key for key in uses)


def _values(option: Option) -> Iterator[tuple[str, str]]:
    domain = option.domain
    if not isinstance(domain, Number):
        yield from ((each.key, each.label) for each in (domain.parts if isinstance(domain, Mix) else domain.values))

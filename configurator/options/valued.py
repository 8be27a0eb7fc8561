"""The values of every OneOf and Number one by one: hundreds of numbers are asked about after every click."""

from collections.abc import Mapping

from configurator.options.answer import Item
from configurator.options.bands import all_values
from configurator.options.encoding import Encoded
from configurator.options.model import Option


class Values:
    """What the values of a component's options are called, and what holds exactly when they are taken.

    items: option -> value -> the item that it is. literals: option -> value -> its band's literal. Both in order.
    """

    def __init__(self, options: Mapping[str, Option], coded: Encoded) -> None:
        self.items: dict[str, dict[str | int, Item]] = {}
        self.literals: dict[str, dict[str | int, int]] = {}
        for key, option in options.items():
            values = [value for value in all_values(option) if isinstance(value, str | int)]
            if values:
                bands, literals = coded.bands[key], coded.literals[key]
                self.items[key] = {value: (key, value) for value in values}
                self.literals[key] = {value: literals[bands.of(value)] for value in values}

"""Layers: what lies over what on a print area. Later elements lie over earlier ones."""

from collections.abc import Mapping, Sequence

from configurator.artwork.elements import Element

WAYS = ("up", "down", "front", "back")


def rearranged(numbered: Mapping[int, Element], moves: Sequence[str]) -> tuple[list[int], int]:
    """The numbers in their order after moves like `up:3`, over or under those of the same area; what moved last.

    `front` and `back` go all the way. What names no element or no way moves nothing; 0 when nothing moved.
    """
    order, moved = sorted(numbered), 0
    for move in moves:
        way, _, number = move.partition(":")
        if way in WAYS and number.isdecimal() and int(number) in numbered:
            moved = int(number)
            order = _moved(order, numbered, way, moved)
    return order, moved


def _moved(order: list[int], numbered: Mapping[int, Element], way: str, number: int) -> list[int]:
    layers = [other for other in order if numbered[other].area == numbered[number].area]
    places = [order.index(other) for other in layers]
    here = layers.index(number)
    there = {"up": here + 1, "down": here - 1, "front": len(layers) - 1, "back": 0}[way]
    layers.insert(max(0, there), layers.pop(here))
    arranged = list(order)
    for place, layer in zip(places, layers, strict=True):
        arranged[place] = layer
    return arranged

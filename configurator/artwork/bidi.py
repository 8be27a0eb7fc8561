"""Writing direction: which stretches of a line run right to left, and their order on the page (UAX #9)."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from configurator.artwork.bidi_explicit import REMOVED, explicit_levels, first_strong_level, matching_isolates
from configurator.artwork.bidi_implicit import resolve

_RIGHT_TO_LEFT = ((0x0590, 0x05FF, "R"), (0x07C0, 0x085F, "R"), (0xFB1D, 0xFB4F, "R"), (0x10800, 0x10CFF, "R"))
_ARABIC = ((0x0600, 0x07BF, "AL"), (0x0860, 0x08FF, "AL"), (0xFB50, 0xFDCF, "AL"), (0xFE70, 0xFEFF, "AL"))


_ALL_LEFT_TO_RIGHT = frozenset({"L", "EN", "ES", "ET", "CS", "NSM", "BN", "B", "S", "WS", "ON"})
"""With nothing else on the line, no rule raises a level."""


@dataclass(frozen=True, slots=True)
class Run:
    """text[start:end] runs in one direction."""

    start: int
    end: int
    rtl: bool


@lru_cache(maxsize=1024)
def visual_runs(text: str, base: int | None = None) -> tuple[Run, ...]:
    """The runs of one line from left to right. base: 0 left to right, 1 right to left, None by the first letter."""
    levels = levels_of(text, base)
    bounds = [0, *(i for i in range(1, len(levels)) if levels[i] != levels[i - 1]), len(levels)]
    runs = [(a, b, levels[a]) for a, b in pairwise(bounds) if b > a]
    return tuple(Run(a, b, level % 2 == 1) for a, b, level in _reordered(runs))


def levels_of(text: str, base: int | None = None) -> list[int]:
    """The embedding level of each character of a line; even runs left to right. Rules X1 to L1."""
    classes = [_class_of(char) for char in text]
    if not base and _ALL_LEFT_TO_RIGHT.issuperset(classes):
        return [0] * len(text)
    pairs = matching_isolates(classes)
    if base is None:
        base = first_strong_level(classes, pairs, 0, len(classes)) or 0
    explicit, overridden = explicit_levels(classes, pairs, base)
    levels = list(explicit)
    for sequence in _isolating_runs(explicit, classes, pairs):
        edges = _edges(sequence, explicit, classes, pairs, base)
        resolve(sequence, text=text, classes=overridden, levels=levels, edges=edges)
    return _at_rest(levels, classes, base)


def _class_of(char: str) -> str:
    known = unicodedata.bidirectional(char)
    if known:
        return known
    point = ord(char)
    return next((kind for low, high, kind in (*_RIGHT_TO_LEFT, *_ARABIC) if low <= point <= high), "L")


def _isolating_runs(levels: Sequence[int], classes: Sequence[str], pairs: dict[int, int]) -> list[list[int]]:
    """X10: level runs, joined across an isolate to the run that goes on behind it. Removed characters left out."""
    runs: list[list[int]] = []
    for i in (i for i, kind in enumerate(classes) if kind not in REMOVED):
        if runs and levels[runs[-1][-1]] == levels[i]:
            runs[-1].append(i)
        else:
            runs.append([i])
    starting = {run[0]: run for run in runs}
    continued = {pairs[run[-1]] for run in runs if run[-1] in pairs}
    sequences = []
    for run in runs:
        if run[0] not in continued or classes[run[0]] != "PDI":
            sequences.append(_followed(run, starting, pairs))
    return sequences


def _followed(run: list[int], starting: dict[int, list[int]], pairs: dict[int, int]) -> list[int]:
    whole = list(run)
    while whole[-1] in pairs and pairs[whole[-1]] in starting:
        whole.extend(starting[pairs[whole[-1]]])
    return whole


def _edges(
    sequence: Sequence[int], levels: Sequence[int], classes: Sequence[str], pairs: dict[int, int], base: int
) -> tuple[str, str]:
    """The directions sos and eos: of the higher of the two levels that meet at each end."""
    own = levels[sequence[0]]
    before = next((levels[i] for i in range(sequence[0] - 1, -1, -1) if classes[i] not in REMOVED), base)
    last = sequence[-1]
    open_ended = classes[last] in {"LRI", "RLI", "FSI"} and last not in pairs
    behind = (i for i in range(last + 1, len(levels)) if classes[i] not in REMOVED)
    after = base if open_ended else next((levels[i] for i in behind), base)
    return _direction(max(own, before)), _direction(max(own, after))


def _direction(level: int) -> str:
    return "R" if level % 2 else "L"


def _at_rest(levels: Sequence[int], classes: Sequence[str], base: int) -> list[int]:
    """L1: separators and blanks before them or at the end return to the base; removed ones join the one before."""
    rested = list(levels)
    trailing = True
    for i in range(len(rested) - 1, -1, -1):
        if classes[i] in {"B", "S"}:
            trailing = True
            rested[i] = base
        elif classes[i] in {"WS", "LRI", "RLI", "FSI", "PDI"} | REMOVED:
            rested[i] = base if trailing else rested[i]
        else:
            trailing = False
    for i, kind in enumerate(classes):
        if kind in REMOVED:
            rested[i] = rested[i - 1] if i else base
    return rested


def _reordered(runs: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """L2: from the highest level down to the lowest odd one, turn every stretch at that level or above."""
    order = list(runs)
    odd = [level for *_, level in runs if level % 2]
    for level in range(max((level for *_, level in runs), default=0), min(odd, default=1) - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and order[end][2] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return order

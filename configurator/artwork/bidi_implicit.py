"""Implicit directions: weak and neutral characters of UAX #9, rules W1 to W7, N0 to N2, I1 and I2."""

import unicodedata
from collections.abc import Sequence
from itertools import groupby

NEUTRAL = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"})
DEEPEST_BRACKETS = 63


def resolve(
    sequence: Sequence[int], *, text: str, classes: Sequence[str], levels: list[int], edges: tuple[str, str]
) -> None:
    """Raise `levels` of one isolating run sequence. edges: the directions before and behind it (sos, eos)."""
    level = levels[sequence[0]]
    kinds = _weak([classes[i] for i in sequence], edges[0])
    marks = [classes[i] == "NSM" for i in sequence]
    _brackets(kinds, [text[i] for i in sequence], marks, "R" if level % 2 else "L", edges[0])
    _neutral(kinds, "R" if level % 2 else "L", edges)
    for i, kind in zip(sequence, kinds, strict=True):
        levels[i] = level + _raised(kind, level)


def _raised(kind: str, level: int) -> int:
    """I1, I2."""
    if level % 2:
        return 0 if kind == "R" else 1
    return {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)


def _weak(kinds: list[str], before: str) -> list[str]:
    _marks_and_numbers(kinds, before)
    _separators(kinds)
    _terminators(kinds)
    strong = before
    for i, kind in enumerate(kinds):
        if kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[i] = "L"
    return kinds


def _marks_and_numbers(kinds: list[str], before: str) -> None:
    """W1 marks take the class before them; W2 numbers after Arabic are Arabic; W3 Arabic letters are R."""
    previous = strong = before
    for i, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[i] = "ON" if previous in {"LRI", "RLI", "FSI", "PDI"} else previous
        previous = kinds[i]
        if previous in {"L", "R", "AL"}:
            strong = previous
        elif previous == "EN" and strong == "AL":
            kinds[i] = "AN"
            previous = "EN"
    for i, kind in enumerate(kinds):
        kinds[i] = "R" if kind == "AL" else kind


def _separators(kinds: list[str]) -> None:
    """W4: a single separator between two numbers of one kind joins them."""
    for i in range(1, len(kinds) - 1):
        left, here, right = kinds[i - 1 : i + 2]
        if left == right and ((here in {"ES", "CS"} and left == "EN") or (here == "CS" and left == "AN")):
            kinds[i] = left


def _terminators(kinds: list[str]) -> None:
    """W5: terminators beside a European number join it; W6: what is left of separators is neutral."""
    i = 0
    while i < len(kinds):
        end = i
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if end > i:
            beside = (i and kinds[i - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")
            kinds[i:end] = ["EN" if beside else "ON"] * (end - i)
        i = end + 1
    for i, kind in enumerate(kinds):
        kinds[i] = "ON" if kind in {"ES", "CS"} else kind


def _brackets(kinds: list[str], chars: Sequence[str], marks: Sequence[bool], own: str, before: str) -> None:
    """N0: a pair of brackets takes its direction from what it holds, or from what stands before it."""
    for opened, closed in _bracket_pairs(kinds, chars):
        inside = {_strong(kind) for kind in kinds[opened + 1 : closed]} - {None}
        if own in inside:
            direction = own
        elif inside:
            context = next((s for s in map(_strong, reversed(kinds[:opened])) if s), before)
            direction = context if context in inside else own
        else:
            continue
        for at in (opened, closed):
            kinds[at] = direction
            for i in range(at + 1, len(kinds)):
                if not marks[i]:
                    break
                kinds[i] = direction


def _bracket_pairs(kinds: Sequence[str], chars: Sequence[str]) -> list[tuple[int, int]]:
    """BD16, in the order of the opening brackets; none at all when they nest deeper than 63."""
    waiting: list[tuple[str, int]] = []
    pairs = []
    for i, char in enumerate(chars):
        if kinds[i] != "ON":
            continue
        same = unicodedata.normalize("NFC", char)
        if closing := _CLOSING.get(same):
            if len(waiting) == DEEPEST_BRACKETS:
                return []
            waiting.append((closing, i))
        elif same in _OPENING:
            at = next((n for n in range(len(waiting) - 1, -1, -1) if waiting[n][0] == same), None)
            if at is not None:
                pairs.append((waiting[at][1], i))
                del waiting[at:]
    return sorted(pairs)


def _neutral(kinds: list[str], own: str, edges: tuple[str, str]) -> None:
    """N1: neutrals between two of one direction take it; N2: the others take the embedding's."""
    i = 0
    for neutral, group in groupby(list(kinds), key=NEUTRAL.__contains__):
        end = i + len(list(group))
        if neutral:
            left = _strong(kinds[i - 1]) if i else edges[0]
            right = _strong(kinds[end]) if end < len(kinds) else edges[1]
            kinds[i:end] = [(left if left == right else own) or own] * (end - i)
        i = end


def _strong(kind: str) -> str | None:
    """Numbers count as right to left here."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind)


def _paired_brackets() -> dict[str, str]:
    """Opening -> closing: mirrored Ps characters; the closing one is the next Pe within three code points."""
    pairs = {}
    for point in range(0x28, 0xFF63):
        char = chr(point)
        if unicodedata.category(char) == "Ps" and unicodedata.mirrored(char):
            ends = (chr(point + step) for step in _STEPS.get(point, (1, 2)))
            closing = next((end for end in ends if unicodedata.category(end) == "Pe"), None)
            if closing:
                pairs[unicodedata.normalize("NFC", char)] = unicodedata.normalize("NFC", closing)
    return pairs


# The two square brackets with ticks are crossed over in Unicode's BidiBrackets.txt.
_STEPS = {0x298D: (3,), 0x298F: (-1,)}
_CLOSING = _paired_brackets()
_OPENING = frozenset(_CLOSING.values())

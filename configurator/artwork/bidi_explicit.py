"""Explicit directions: embeddings, overrides and isolates of UAX #9, rules P2, P3 and X1 to X8."""

from collections.abc import Sequence
from dataclasses import dataclass

DEEPEST = 125
ISOLATES = frozenset({"LRI", "RLI", "FSI"})
EMBEDDINGS = frozenset({"LRE", "RLE", "LRO", "RLO"})
REMOVED = EMBEDDINGS | {"PDF", "BN"}
"""Classes rule X9 takes out: they have no place in the order."""


def matching_isolates(classes: Sequence[str]) -> dict[int, int]:
    """BD9: where each isolate initiator's PDI is; initiators without one are left out."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for i, kind in enumerate(classes):
        if kind in ISOLATES:
            waiting.append(i)
        elif kind == "PDI" and waiting:
            pairs[waiting.pop()] = i
        elif kind == "B":
            waiting.clear()
    return pairs


def first_strong_level(classes: Sequence[str], pairs: dict[int, int], start: int, end: int) -> int | None:
    """P2, P3: 0 or 1 by the first strong character in start..end outside isolates; None when there is none."""
    i = start
    while i < end:
        if classes[i] in {"L", "R", "AL"}:
            return 0 if classes[i] == "L" else 1
        i = pairs.get(i, end) + 1 if classes[i] in ISOLATES else i + 1
    return None


def explicit_levels(classes: Sequence[str], pairs: dict[int, int], base: int) -> tuple[list[int], list[str]]:
    """The level of each character, and its class after overrides."""
    walk = _Walk(base)
    overridden = list(classes)
    levels = []
    for i, kind in enumerate(classes):
        if kind in ISOLATES:
            levels.append(walk.level)
            overridden[i] = walk.override or kind
            end = pairs.get(i, len(classes))
            walk.isolate(rtl=kind == "RLI" or (kind == "FSI" and first_strong_level(classes, pairs, i + 1, end) == 1))
        elif kind in EMBEDDINGS:
            levels.append(walk.level)
            walk.embed(kind)
        else:
            levels.append(walk.pass_by(kind))
            if kind not in REMOVED and kind != "B":
                overridden[i] = walk.override or kind
    return levels, overridden


@dataclass(frozen=True, slots=True)
class _Status:
    level: int
    override: str | None = None
    isolate: bool = False


class _Walk:
    """The directional status stack, with its overflow counts."""

    def __init__(self, base: int) -> None:
        self._base = base
        self._stack = [_Status(base)]
        self._overflowing_isolates = 0
        self._overflowing_embeddings = 0
        self._open_isolates = 0

    @property
    def level(self) -> int:
        return self._stack[-1].level

    @property
    def override(self) -> str | None:
        return self._stack[-1].override

    def isolate(self, *, rtl: bool) -> None:
        """X5a to X5c."""
        level = self._next(rtl=rtl)
        if level is None:
            self._overflowing_isolates += 1
        else:
            self._open_isolates += 1
            self._stack.append(_Status(level, None, isolate=True))

    def embed(self, kind: str) -> None:
        """X2 to X5."""
        level = self._next(rtl=kind[0] == "R")
        if level is not None:
            self._stack.append(_Status(level, kind[0] if kind[2] == "O" else None))
        elif not self._overflowing_isolates:
            self._overflowing_embeddings += 1

    def pass_by(self, kind: str) -> int:
        """X6 to X8: the level of a character that opens nothing; PDI and PDF close what they match."""
        if kind == "PDI":
            self._end_isolate()
        elif kind == "PDF":
            self._end_embedding()
        elif kind == "B":
            self.__init__(self._base)  # type: ignore[misc]  # a paragraph end resets the walk: X8
        return self.level

    def _next(self, *, rtl: bool) -> int | None:
        level = self.level + 1
        if (level % 2 == 1) != rtl:
            level += 1
        overflowing = self._overflowing_isolates or self._overflowing_embeddings
        return None if level > DEEPEST or overflowing else level

    def _end_isolate(self) -> None:
        if self._overflowing_isolates:
            self._overflowing_isolates -= 1
        elif self._open_isolates:
            self._overflowing_embeddings = 0
            while not self._stack[-1].isolate:
                self._stack.pop()
            self._stack.pop()
            self._open_isolates -= 1

    def _end_embedding(self) -> None:
        if self._overflowing_isolates:
            return
        if self._overflowing_embeddings:
            self._overflowing_embeddings -= 1
        elif not self._stack[-1].isolate and len(self._stack) > 1:
            self._stack.pop()

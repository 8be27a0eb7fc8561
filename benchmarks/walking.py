"""Random walks of clicks through a configuration model, with the CPU time of every question on the way."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

LONGEST_WALK = 30
T = TypeVar("T")


class Times:
    """CPU milliseconds of this thread, by question."""

    def __init__(self) -> None:
        self._spent: dict[str, list[float]] = {}

    def of(self, question: str, deed: Callable[[], T]) -> T:
        """What the deed returns; its time is noted."""
        start = time.thread_time_ns()
        result = deed()
        self._spent.setdefault(question, []).append((time.thread_time_ns() - start) / 1e6)
        return result

    def figures(self, question: str) -> dict[str, float]:
        """p50, p95 and p99 in milliseconds; 0 if it was never asked."""
        spent = sorted(self._spent.get(question, (0.0,)))
        return {f"p{at}": round(spent[min(len(spent) - 1, len(spent) * at // 100)], 4) for at in (50, 95, 99)}

    def asked(self, question: str) -> int:
        """How often it was asked: nothing is explained where nothing is ever blocked."""
        return len(self._spent.get(question, ()))


class Walk(Protocol):
    """One customer's way through a model."""

    def click(self, rng: random.Random, times: Times) -> bool:
        """Ask everything, compare it with SAT, and choose something; False when nothing is left to choose."""


@dataclass
class Walked:
    """What walks came to. clicks: how many; disagreements: answers that SAT contradicts."""

    clicks: int = 0
    times: Times = field(default_factory=Times)


def walk(start: Callable[[], Walk], clicks: int, seed: int) -> Walked:
    """As many clicks as asked for, a new walk after 30 or when a product is complete."""
    rng, walked = random.Random(seed), Walked()
    while walked.clicks < clicks:
        way = start()
        for _ in range(LONGEST_WALK):
            walked.clicks += 1
            if not way.click(rng, walked.times) or walked.clicks >= clicks:
                break
    return walked

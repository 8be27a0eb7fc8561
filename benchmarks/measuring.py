"""Time something, and print it as one JSON line beside something else timed in the same run."""

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Wall milliseconds of every round, and the CPU seconds of this process for all of them."""

    walls_ms: Sequence[float]
    cpu_s: float

    @property
    def median(self) -> float:
        """The middle round, ms."""
        return statistics.median(self.walls_ms)

    def percentile(self, percent: float) -> float:
        """The round that `percent` of all rounds do not exceed, ms."""
        ordered = sorted(self.walls_ms)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def timed(deed: Callable[[], object], rounds: int, *, warm: int = 1) -> Timing:
    """Do it `warm` times uncounted, then `rounds` times counted."""
    for _ in range(warm):
        deed()
    walls, cpu = [], time.process_time()
    for _ in range(rounds):
        start = time.perf_counter()
        deed()
        walls.append((time.perf_counter() - start) * 1000)
    return Timing(walls, time.process_time() - cpu)


def machine() -> str:
    """What it ran on, without naming it."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def report(name: str, timing: Timing, *, beside: tuple[str, Timing] | None = None, **more: object) -> None:
    """Print one JSON line; `beside` is what the ratio is against (medians)."""
    line: dict[str, object] = {
        "name": name,
        "median_ms": round(timing.median, 3),
        "p95_ms": round(timing.percentile(95), 3),
        "p99_ms": round(timing.percentile(99), 3),
        "cpu_ms_each": round(timing.cpu_s * 1000 / len(timing.walls_ms), 3),
        "rounds": len(timing.walls_ms),
        "machine": machine(),
    }
    if beside:
        line |= {"beside": beside[0], "beside_median_ms": round(beside[1].median, 3)}
        line["ratio"] = round(timing.median / max(beside[1].median, 1e-6), 2)
    sys.stdout.write(json.dumps({**line, **more}) + "\n")
    sys.stdout.flush()

"""Judges a plan by its instance alone: what is violated, and what it costs. It shares no code with the planner."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

EXACT = 1e-6
"""Minutes by which times may differ: what comes of adding many of them."""


@dataclass(frozen=True)
class Judged:
    """Violations as sentences, and the figures as they follow from the batches' own start times."""

    violations: tuple[str, ...]
    figures: Mapping[str, float]


def judge(instance: Mapping[str, Any], batches: Sequence[Mapping[str, Any]], setup_weight: float) -> Judged:
    """Every line once and with its family, no batch too large, no machine doing two things at once.

    A batch holds its machine from start_min on: first its setup (first_setup_min when nothing ran before it, else
    setup_min from the family before it to its own, the diagonal for the same one), then its lines one after the
    other. A line is finished when its own run ends.
    """
    violations = _lines_missed(instance, batches)
    setups, ends = 0.0, dict[int, float]()
    for machine, turn in _turns(batches).items():
        if not 0 <= machine < instance["machines"]:
            violations.append(f"There is no machine {machine}.")
        setups += _run(instance, turn, ends, violations)
    late = {n: end - instance["lines"][n]["due_min"] for n, end in ends.items()}
    late = {n: minutes for n, minutes in late.items() if minutes > EXACT}
    weighted = sum(instance["lines"][n]["weight"] * minutes for n, minutes in late.items())
    figures = {
        "changeover_h": round(setups / 60, 4),
        "weighted_tardiness_h": round(weighted / 60, 4),
        "late_lines": len(late),
        "cost": round(setup_weight * setups + weighted, 3),
    }
    return Judged(tuple(violations), figures)


def _lines_missed(instance: Mapping[str, Any], batches: Sequence[Mapping[str, Any]]) -> list[str]:
    seen = Counter(n for batch in batches for n in batch["lines"])
    known = range(len(instance["lines"]))
    return [
        *(f"Line {n} is in no batch." for n in known if n not in seen),
        *(f"Line {n} is planned {times} times." for n, times in seen.items() if times > 1),
        *(f"There is no line {n}." for n in seen if n not in known),
        *("A batch has no lines." for batch in batches if not batch["lines"]),
    ]


def _turns(batches: Sequence[Mapping[str, Any]]) -> dict[int, list[Mapping[str, Any]]]:
    turns: dict[int, list[Mapping[str, Any]]] = {}
    for batch in sorted(batches, key=lambda batch: batch["start_min"]):
        turns.setdefault(batch["machine"], []).append(batch)
    return turns


def _run(
    instance: Mapping[str, Any], turn: Sequence[Mapping[str, Any]], ends: dict[int, float], violations: list[str]
) -> float:
    """Run a machine's batches by the clock; the minutes of setup."""
    free, before, setups = 0.0, None, 0.0
    most = instance["batch_max_lines"]
    for batch in turn:
        family, time = batch["family"], batch["start_min"]
        named = f"The batch at {time:g} on machine {batch['machine']}"
        if time < free - EXACT:
            violations.append(f"{named} starts before the machine is free at {free:g}.")
        if most is not None and len(batch["lines"]) > most:
            violations.append(f"{named} has {len(batch['lines'])} lines, {most} at most are allowed.")
        setup = instance["first_setup_min"][family] if before is None else instance["setup_min"][before][family]
        setups, time, before = setups + setup, time + setup, family
        for n in batch["lines"]:
            if n >= len(instance["lines"]) or n < 0:
                continue
            if instance["lines"][n]["family"] != family:
                violations.append(f"{named} is of family {family}, its line {n} is not.")
            time += instance["lines"][n]["run_min"]
            ends[n] = time
        free = time
    return setups

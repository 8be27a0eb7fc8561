"""A blank's steps as the workshop has changed them, as plain data and back: what the database keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from configurator.blanks.rerouting import StepPlan


def plain_route(steps: Sequence[StepPlan]) -> dict[str, Any]:
    """The steps as data; none: those of blank.toml hold."""
    return {"steps": [asdict(step) for step in steps]}


def read_route(content: Mapping[str, Any]) -> tuple[StepPlan, ...]:
    """The steps from data."""
    return tuple(StepPlan(**step) for step in content["steps"])

"""What the page of a blank sends about its steps, read; a refusal names the step."""

import re
from collections.abc import Sequence
from dataclasses import replace

from configurator.blanks.rerouting import StepPlan
from configurator.errors import Invalid
from configurator.web.facility_forms import minutes, whole
from configurator.web.forms import Form

MOST_STEPS = 30


class NotInOrder(Invalid):
    """A place in the order that is none."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"“{name}” has the place “{value}”. Write a number like 2, or 2.5 to put it between two.")


class NowhereMade(Invalid):
    """A new step without its work centre."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Choose where “{name}” is done.")


def steps_of(form: Form, known: Sequence[StepPlan]) -> tuple[StepPlan, ...]:
    """The steps in the order of their places; a row that was added and has lost its name is taken out."""
    found: list[tuple[float, StepPlan]] = []
    for n, before in enumerate([*known, None][:MOST_STEPS], start=1):
        name = form.text(f"step-name-{n}")[:60] if before is None or before.added else before.name
        if name:
            found.append((_place(form, n, name), _step(form, n, name, before)))
    return tuple(step for _, step in sorted(found, key=lambda each: each[0]))


def _step(form: Form, n: int, name: str, before: StepPlan | None) -> StepPlan:
    start = before or StepPlan(name, "", _family(name), 0, 0, added=True)
    at = form.text(f"step-at-{n}") or start.at
    if not at:
        raise NowhereMade(name)
    lasts = whole(form, f"step-lasts-{n}", f"How many pieces the tool of “{name}” lasts")
    return replace(
        start,
        name=name,
        at=at,
        setup_min=_minutes(form, f"step-setup-{n}", f"The setup minutes of “{name}”"),
        run_min=_minutes(form, f"step-run-{n}", f"The minutes a piece of “{name}”"),
        wait_min=_minutes(form, f"step-wait-{n}", f"The minutes that “{name}” dries"),
        tray=whole(form, f"step-tray-{n}", f"The tray of “{name}”", least=0) or 0,
        tool=form.text(f"step-tool-{n}")[:80],
        tool_lasts=lasts or 0,
        out=form.text(f"step-out-{n}") == "yes",
    )


def _family(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "step"


def _minutes(form: Form, name: str, what: str) -> float:
    return minutes(form, name, what) if form.text(name) else 0.0


def _place(form: Form, n: int, name: str) -> float:
    text = form.text(f"step-place-{n}").replace(",", ".") or str(n)
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", text):
        raise NotInOrder(name, form.text(f"step-place-{n}"))
    return float(text)

"""What somebody counted after a batch was made: read from its form, and shown in it again."""

from collections.abc import Mapping, Sequence

from configurator.production.actual_costs import StepTold
from configurator.production.actual_store import WrittenDown
from configurator.production.batch_store import BatchRow
from configurator.web.facility_forms import minutes, whole
from configurator.web.forms import Form, Texts


def counted_of(form: Form, steps: Sequence[StepTold]) -> WrittenDown:
    """Sheets, the changeover of the lead step, and minutes of every step by its place. Raises NotReadable."""
    told: dict[str, tuple[float | None, float | None]] = {}
    for n, each in enumerate(steps, start=1):
        name = each.step.name
        setup = None if each.step.leads else _minutes(form, f"setup-{n}", f"The changeover of “{name}”")
        told[name] = (setup, _minutes(form, f"run-{n}", f"The run of “{name}”"))
    return WrittenDown(
        sheets=whole(form, "sheets", "How many sheets it took", least=0),
        setup_min=_minutes(form, "setup", "The changeover"),
        steps=told,
    )


def counted_fields(found: BatchRow, steps: Sequence[StepTold], form: Form | None) -> Mapping[str, str]:
    """What was written down, or what was typed and refused."""
    if form is not None:
        return Texts(form.pairs)
    known = {"sheets": found.actual_sheets, "setup": found.actual_setup_min}
    for n, each in enumerate(steps, start=1):
        setup, run = found.actual_steps.get(each.step.name, (None, None))
        known |= {f"setup-{n}": setup, f"run-{n}": run}
    return Texts({name: "" if value is None else f"{value:g}" for name, value in known.items()})


def _minutes(form: Form, name: str, what: str) -> float | None:
    return minutes(form, name, what) if form.text(name) else None

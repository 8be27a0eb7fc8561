"""The values of the customiser's templates, from one step."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from configurator.designs.describing import chosen_label, worth_telling
from configurator.web.editor_views import Editor, editor, finding_views
from configurator.web.element_views import Drawn
from configurator.web.option_runs import OptionRun, option_runs
from configurator.web.option_views import Seen
from configurator.web.step_views import Shown, StepView
from configurator.web.studio import Step, Studio
from configurator.web.taking import to_choose
from configurator.web.wiring import Wiring

ASPECTS = (("taste", "Taste"), ("design", "Design"), ("equipment", "Equipment"))


def customiser_values(shown: Shown, wiring: Wiring, studio: Studio) -> dict[str, Any]:
    """Everything but what depends on the visitor."""
    step, shop = shown.step, shown.step.shop
    seen = Drawn(step.blank, shop, step.asked, step.designed, step.scenes, step.typed)
    artwork = editor(seen)
    return {
        "aspects": _aspects(step, artwork, shop.icons, studio),
        "editor": artwork,
        "findings": finding_views(seen),
        "step": StepView(shown, wiring, studio),
    }


@dataclass(frozen=True)
class Aspect:
    """Taste, design or equipment, with its options. same: all that they look like depends on; None: anew."""

    key: str
    label: str
    runs: Sequence[OptionRun]
    same: Hashable | None

    @property
    def said(self) -> str:
        """What is chosen, in a line; of dozens of options what the customer chose of them."""
        options = [option for run in self.runs for option in run.stretch.options]
        told, others = worth_telling(options, self.runs[0].seen.answer.choices if self.runs else ())
        if not others:
            return ", ".join(said for run in self.runs if (said := run.said))
        configuration = self.runs[0].seen.answer.configuration
        words = [f"{option.label} {chosen_label(option, configuration[option.key])}" for option in told]
        return ", ".join([*words, f"{others} more" if words else f"{others} options"])


def _aspects(step: Step, artwork: Editor | None, icons: Mapping[str, str], studio: Studio) -> list[Aspect]:
    """The same ones as long as the same choices are made."""
    state = _state(step)
    if state is None:
        return _new_aspects(step, artwork, icons, None)
    return studio.aspects.get(
        (step.blank.version, state, artwork is not None), lambda: _new_aspects(step, artwork, icons, state)
    )


def _new_aspects(step: Step, artwork: Editor | None, icons: Mapping[str, str], state: Hashable | None) -> list[Aspect]:
    seen = Seen(
        blank=step.blank,
        answer=step.designed.answer,
        faults=step.asked.faults,
        typed=step.typed,
        write=lambda repair: to_choose({change.option: change.after for change in repair.changes}),
        icons=icons,
    )
    used = {option.aspect for option in step.blank.model.options}
    return [
        Aspect(key, label, option_runs(seen, key), state and (step.blank.version, key, state))
        for key, label in ASPECTS
        if key in used or (key == "design" and artwork)
    ]


def _state(step: Step) -> Hashable | None:
    if step.asked.faults or step.designed.answer.dropped:
        return None
    return repr(sorted(step.asked.choices.items()))

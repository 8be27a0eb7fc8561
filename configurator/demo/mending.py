"""The demo's customers press the buttons that preflight offers, until nothing is left that blocks an order."""

from dataclasses import replace

from configurator.artwork.preflight.place import fields_of
from configurator.blanks.blank import Blank
from configurator.designs.permalink import Asked, write
from configurator.web.forms import query_pairs
from configurator.web.studio import Step, Studio

MOST = 8


def mended(studio: Studio, blank: Blank, asked: Asked) -> Step:
    """The step that somebody comes to who wants this: of every error the first button is pressed."""
    step = studio.step(blank, query_pairs(write(asked)))
    for _ in range(MOST):
        error = next((found for found in step.findings if found.level == "error" and found.fixes), None)
        if error is None:
            break
        changes = fields_of(error.fixes[0])
        own = replace(step.asked, template=None, fields={}, elements=step.designed.design.elements)
        pairs = [pair for pair in query_pairs(write(own)) if pair[0] not in changes]
        step = studio.step(blank, (*pairs, *changes.items()))
    return step

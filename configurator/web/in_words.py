"""The preview in words: what was chosen, and what is on the sides that the picture does not show."""

from configurator.artwork.svg_text import worded
from configurator.designs.describing import configuration_lines
from configurator.web.studio import Step


def in_words(step: Step, picture: str) -> str:
    """Beside the picture's own label, which tells what it shows, where and how large.

    For example: Inside Coral, Glaze Gloss. Not seen from here: Back, 340 by 400 mm: “Ida” in Lobster …
    """
    lines = configuration_lines(step.design, step.blank)
    chosen = ", ".join(f"{option} {label}" for option, label in lines if label != "none")
    hidden = [scene.says for scene in step.scenes if scene.frames and worded(scene.says) not in picture]
    return f"{chosen or step.blank.name}." + (f" Not seen from here: {' '.join(hidden)}" if hidden else "")

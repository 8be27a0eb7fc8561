"""Contrast of LOOK's pairs, computed by WCAG 2 from the tokens of the stylesheet, light and dark."""

import re

import pytest

from configurator.web.resources import resource

AA_TEXT, AA_PART = 4.5, 3.0
STAGES = ("st-mug", "st-tee", "st-note", "st-board", "st-tin", "st-key", "st-book")
FAMILIES = ("f1", "f2", "f3", "f4", "f5", "f6")
PAIRS = [
    *((text, ground, AA_TEXT) for text in ("ink", "ink-2", "ink-3", "accent") for ground in ("paper", "surface")),
    ("ink-3", "sunk", AA_TEXT),
    ("ink-2", "sunk", AA_TEXT),
    *(("edge", ground, AA_PART) for ground in ("paper", "surface")),
    ("on-accent", "accent", AA_TEXT),
    ("on-accent", "accent-press", AA_TEXT),
    ("accent", "accent-soft", AA_TEXT),
    ("ink-2", "accent-soft", AA_TEXT),
    *((state, f"{state}-soft", AA_TEXT) for state in ("good", "warn", "bad")),
    *((state, "surface", AA_TEXT) for state in ("good", "warn", "bad")),
    *((f"on-{state}", f"{state}-fill", AA_TEXT) for state in ("good", "warn", "bad")),
    *(("ink", f"{state}-soft", AA_TEXT) for state in ("good", "warn", "bad")),
    *(("ink-2", stage, AA_TEXT) for stage in STAGES),
    *(("ink", stage, AA_TEXT) for stage in STAGES),
    *(("bar-ink", family, AA_TEXT) for family in FAMILIES),
    ("paper", "ink", AA_TEXT),
    ("on-team", "team", AA_TEXT),
]


def tokens(mode: str) -> dict[str, str]:
    css = (resource("static") / "css" / "10-tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("@media screen and (prefers-color-scheme:dark)")
    found = dict(re.findall(r"--([a-z0-9-]+):(#[0-9A-Fa-f]{6})", light))
    return found | dict(re.findall(r"--([a-z0-9-]+):(#[0-9A-Fa-f]{6})", dark)) if mode == "dark" else found


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_every_pair_of_the_look_can_be_read(mode: str, text: str, ground: str, least: float) -> None:
    known = tokens(mode)
    assert contrast(known[text], known[ground]) >= least
